"""Whose doing a sentence tells of where it only names the parties: a wider company, a firm, somebody who speaks of them."""

from __future__ import annotations

import re

from scraper.parties import Group, Naming
from scraper.stages.relevance.glossary import Hit
from scraper.stages.relevance.reading import Lexicon, Sentence
from scraper.text import CJK, HANGUL, has_cjk

_GOVERNED = re.compile(r"\b(?:of|from|in|to|for|with|by|against|between|among|toward|towards|on|at|involving|about)\s+(?:the\s+)?$")
_INCLUDING = re.compile(r"(?:\b(?:including|such as|among them|notably|especially)|[をが]含む|を始めとする)\s?(?:the\s+)?$")
_MANY = (
    r"(?:(?:[4-9]|[1-9]\d{1,2})|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen|"
    r"(?:twen|thir|for|fif|six|seven|eigh|nine)ty(?:-\w{3,5})?|dozens? of|several|many|other)"
)
_NATIONS = r"(?:nations|countries|economies|states|members|partners)"
_AND_MORE = re.compile(
    rf"^,?\s?(?:(?:was|were|are) among|and|plus|along with|as well as|together with|joined (?:those|forces) of)\s{_MANY}\s(?:other\s)?{_NATIONS}\b"
)
_MORE_BEFORE = re.compile(rf"\b{_MANY}\s(?:other\s)?{_NATIONS}\b[^.;]{{0,24}}$")
_AND_SO_ON = re.compile(
    r"^\s?(?:등|을 비롯한|를 비롯한|など|をはじめ(?:とする)?|ほか)[^\d。.]{0,10}(\d{1,3})\s?(?:개\s?(?:국|나라|회원국)|[かカヶケ]国|国)"
)
_WITH_THEM = re.compile(
    r"^\s?(?:3국|3개국|세 나라|[3三][かカヶ]?国)?\s?(?:向け|への|へ|を|にとって|に対|に(?!よ|お|て|関)|との|에 대|에게|에\s|으로 |로 |을\s|를\s|과의\s|와의\s|과\s|와\s)"
)
_ABOUT_THEM = re.compile(
    r"^\s?(?:[의の]\s?)?[^\s、,はが]{1,12}(?:\s[^\s、,]{1,6})?[을를を]\s?(?:두고|놓고|둘러싸고|비판|비난|겨냥|문제|巡|めぐ|批判|非難|問題)"
)
# A topic: は in Japanese, 은 or 는 behind a noun in Korean (behind a verb's stem they qualify what follows).
_TOPIC = re.compile(rf"は(?![じっ])|(?<=[{HANGUL})\]])(?<![하되있없받같많높깊않했됐왔갔었였겠지가오주])[은는](?=[\s,])")
_BREAK = re.compile(r"[、,。]")
_TOPIC_REACH = 60
_SUBJECT = 48
_HEAD = 12
_SPEAKS = re.compile(
    r"\b(?:condemn|denounc|criticiz|criticis|blast|slam|warn|urg|accus|vow|protest|threaten|thank|tighten|welcom|clash|grill|call|demand|oppos|argu|brand|lash|"
    r"decr|reject|rail|pledg|propos|attack|fir|launch|test|conduct|send|deploy|decid|pass|hear|debat)(?:e?s|e?d|t?ed|ing)?\b|\b(?:said|says|told|tells|heard|held|gathered)\b"
)
_NOT_THEN = re.compile(r"\b(?:as|while|when|but|where)\s(?:the\s)?$")
_IN_RESPONSE = re.compile(r"\b(?:to|against|after|following|over|on|amid|by|of|from|with)\s(?:the\s)?$")
_PLACE_BEFORE = re.compile(r"\b(?:in|at|to|near|visit(?:s|ed|ing)?|for|from)\s$")
_PLACE_AFTER = re.compile(r"^(?:市|都内)?(?:で(?!も)|にて|にお|発|を訪|入り)|^(?:에서|서\s|에\s|을 방문|를 방문)")
_GENITIVE = re.compile(r"'s\s(?=[A-Z])")
_REACH, _NEAR = 28, 14
# A noun of its own between the names and the act, with the particle of a subject: 한미일 스카우트들이, 日米韓の球団が.
_SUBJECT_BEHIND = re.compile(
    rf"\s?(?:[의の]\s?)?(?![\d一二三세各양両])[{CJK}\s]{{1,14}}?(?:들?[은는이가도](?=[\s,])|들(?=\s)|(?<![ぁ-ん])[はが](?![ぁ-ん]))"
)
_POST = 40
_TOUCHING = 1


def aside(sentence: Sentence, naming: Naming, lexicon: Lexicon, first: int) -> bool:
    """Tell whether the parties named at ``naming`` do not act there themselves; ``first`` is where the first word of an act behind it stands."""
    before, after = sentence.lower[max(0, naming.start - 60) : naming.start], sentence.lower[naming.end : naming.end + 60]
    if _INCLUDING.search(before) or _MORE_BEFORE.search(before) or _AND_MORE.match(after):
        return True
    if has_cjk(sentence.text[naming.start : naming.end]) and _aside_in_asia(lexicon, after, first - naming.end):
        return True
    return others_of(sentence, naming, first) or spoken_by_others(sentence, lexicon, naming.start)


def _aside_in_asia(lexicon: Lexicon, after: str, first: int) -> bool:
    """The same by what stands behind the names: members of a larger group (など11カ国, などG20), or whom it is done to or with (に, を, 과)."""
    if _WITH_THEM.match(after) or _ABOUT_THEM.match(after):
        return True
    many = _AND_SO_ON.match(after)
    if many and int(many.group(1)) > len(lexicon.own):
        return True
    return any(hit.start < min(first, _NEAR) for hit in lexicon.bodies.find(after))


def others_of(sentence: Sentence, naming: Naming, first: int) -> bool:
    """Tell whether somebody else acts with the parties' names about them: those of :func:`bystanders_of`, or, in Japanese and Korean,
    anybody unknown who stands as the subject between the names and the act at ``first``."""
    if bystanders_of(sentence, naming, first):
        return True
    if not has_cjk(sentence.text[naming.start : naming.end]):
        return False
    subject = _SUBJECT_BEHIND.match(sentence.lower, naming.end, first)
    return subject is not None and not any(naming.end <= hit.start < subject.end() for hit in sentence.actors)


def bystanders_of(sentence: Sentence, naming: Naming, first: int) -> bool:
    """Tell whether those who act for no government are named by the parties' names: 日米韓の企業, scholars from the United States, ..."""
    cjk = has_cjk(sentence.text[naming.start : naming.end])
    reach = _NEAR if cjk else _REACH
    if any(naming.end <= hit.start <= first and hit.start - naming.end < reach for hit in sentence.bystanders):
        return True
    return not cjk and governed(sentence, naming) and any(0 <= naming.start - hit.end <= reach for hit in sentence.bystanders)


def governed(sentence: Sentence, naming: Naming) -> bool:
    """Tell whether an English preposition stands before ``naming``, so that what follows is told of somebody else."""
    return bool(_GOVERNED.search(sentence.lower[max(0, naming.start - 14) : naming.start]))


def spoken_by_others(sentence: Sentence, lexicon: Lexicon, before: int) -> bool:
    """Tell whether the subject of a sentence, standing before the offset ``before``, is another country, two of the parties alone or
    somebody who acts for no government of theirs, so that it tells what these say or do about them."""
    if has_cjk(sentence.text):
        return _asian_topic(sentence, lexicon, before)
    two = any(hit.start <= _HEAD and hit.end < before for hit in lexicon.bilateral.find(sentence.lower[:_SUBJECT]))
    return two or _english_subject(sentence, lexicon, before)


def _asian_topic(sentence: Sentence, lexicon: Lexicon, before: int) -> bool:
    topic = _TOPIC.search(sentence.lower, 0, min(before, _TOPIC_REACH))
    if not topic:
        return False
    start = max((found.end() for found in _BREAK.finditer(sentence.lower, 0, topic.start())), default=0)
    return _is_other(sentence, lexicon, start, topic.start())


def _is_other(sentence: Sentence, lexicon: Lexicon, start: int, end: int) -> bool:
    if any(start <= hit.start < end for hit in sentence.bystanders) or lexicon.bilateral.find(sentence.lower[start:end]):
        return True
    named = [group for group in sentence.groups if start <= group.start < end]
    return (
        bool(named)
        and not any(group.countries & lexicon.own for group in named)
        and not any(start <= hit.start < end and hit.id in lexicon.own for hit in offices(sentence))
    )


def _english_subject(sentence: Sentence, lexicon: Lexicon, before: int) -> bool:
    own = [group.start for group in sentence.groups if group.countries & lexicon.own]
    ends = [hit.end for hit in sentence.bystanders if hit.start < _SUBJECT]
    ends += [
        group.end
        for group in sentence.groups
        if group.start < _SUBJECT / 2
        and not group.countries & lexicon.own
        and not any(start < group.start for start in own)
        and not _IN_RESPONSE.search(sentence.lower[: group.start])
    ]
    if not ends or _NOT_THEN.search(sentence.lower[max(0, before - 12) : before]):
        return False
    return bool(_SPEAKS.search(sentence.lower, min(ends), before))


def is_a_place(sentence: Sentence, group: Group) -> bool:
    """Tell whether a capital at ``group`` is where something happens and not a government (``met in Seoul``, ソウルで)."""
    if group.start not in sentence.capitals:
        return False
    return bool(
        _PLACE_BEFORE.search(sentence.lower[max(0, group.start - 12) : group.start])
        or _PLACE_AFTER.match(sentence.lower[group.end : group.end + 5])
    )


def belongs_to_a_name(sentence: Sentence, group: Group) -> bool:
    """Tell whether a country only says where a name is from that bears no office: ``Japan's Panasonic``."""
    match = _GENITIVE.match(sentence.text, group.end)
    if not match:
        return False
    near = (*sentence.levels, *sentence.offices)
    return not any(match.end() - 1 <= hit.start <= match.end() + _POST for hit in near)


def offices(sentence: Sentence) -> tuple[Hit, ...]:
    """Return the offices that name a country: one that stands straight behind other countries is theirs (米韓の防衛相)."""
    return tuple(hit for hit in sentence.offices if not any(_bears(sentence, group, hit) for group in sentence.groups))


def _bears(sentence: Sentence, group: Group, hit: Hit) -> bool:
    between = sentence.text[group.end : hit.start]
    return hit.id not in group.countries and 0 <= hit.start - group.end <= _TOUCHING and between in ("", " ", "の", "의")
