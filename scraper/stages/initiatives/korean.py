"""Unknown names in Korean: the three and a head noun ("한미일 사무국"), names in quotes beside a head noun ("'OO' 훈련"), things being founded."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scraper.stages.initiatives.coordinates import coordinates, stands_alone
from scraper.stages.initiatives.eastern import (
    EASTERN_HEADS,
    KOREAN_CREATION,
    KOREAN_EXERCISE,
    KOREAN_FOUNDING,
    KOREAN_PARTICLES,
    KOREAN_STRONG,
    KOREAN_WEAK,
    eastern_head,
)  # fmt: skip
from scraper.stages.initiatives.marks import marks_before
from scraper.stages.initiatives.reading import Candidate, Reading
from scraper.stages.initiatives.voice import together_act
from scraper.text import Span

HEADED = "headed-ko/1"
QUOTED = "quoted-ko/1"
FOUNDED = "founded-ko/1"
_HANGUL = "\uac00-\ud7a3"
_TOKEN = re.compile(rf"[{_HANGUL}A-Za-z0-9·∙・‧ㆍ\-]+")
_NOUN_END = re.compile(rf"(?P<noun>.*?)(?P<particle>{KOREAN_PARTICLES})?$")
_MODIFIER_END = re.compile(
    r"(?:하는|되는|있는|없는|위한|대한|관한|통한|따른|한|된|될|할|인|의|은|는|이|가|을|를|에|에서|로|으로|와|과|고|며|도|서|해|게|등)$"
)
_SUBJECT = re.compile(r"(?:은|는|이|가|의) ")
_CREATION = re.compile(KOREAN_CREATION)
_QUOTES = re.compile(r"'([^'\"\n]{2,40})'|\"([^'\"\n]{2,40})\"|[「『《〈<]([^「」『』《》〈〉<>\n]{2,40})[」』》〉>]")
_AFTER_QUOTE = re.compile(
    rf"\s?(?:\([^()\n]{{1,60}}\))?\s?(?:[{_HANGUL}\d]{{1,6}} ){{0,2}}?(?:다영역 |연합|합동|공동)?(?:{KOREAN_EXERCISE}|{'|'.join(KOREAN_STRONG)})"
)
_BEFORE_QUOTE = re.compile(rf"(?:{KOREAN_EXERCISE}|{'|'.join(KOREAN_STRONG)})(?:인|으로| 명칭은)?\s?$")
_SPEECH = re.compile(r"(?:다|요|까|자|며|고|라|해야|필요|된다|한다)[.?!]?$|[.?!,…]|\s(?:은|는|이|가)\s")
_ENGLISH = re.compile(r"\s?\n?\(\s?([A-Z][A-Za-z0-9 ,.'&-]{1,70})\s?\)")
_INSTANCE = re.compile(r"(?:제\s?(\d{1,3})\s?차|(\d{1,3})차|(첫)|(20\d\d)(?:년)?)\s*$")
_OTHERS = re.compile(r"유엔|국제|다자|양자 ?(?:회담|협의|관계|회의|협력|대화|채널|협정)|다국적")
_THINGS = ("캠프", "파트너십", "협력체", "회의체", "사업")
"""Weak heads that are no activity in quotation marks."""
_FAR = 7
_LONGEST = 2000
_FAR_BACK = 60
_WORDS = rf"(?:[{_HANGUL}A-Za-z0-9·∙・‧ㆍ\-]{{1,20}} ){{0,6}}[{_HANGUL}A-Za-z0-9·∙・‧ㆍ\-]{{2,20}}"
_BACK = re.compile(rf"{_WORDS}$")
_VERB = re.compile(KOREAN_FOUNDING)
_PARTICLE = re.compile(rf"(?:\([A-Za-z0-9 ,.'&-]{{2,60}}\))?[을를의에이가도] (?=(?:[{_HANGUL}0-9]{{1,6}} ){{0,3}}$)")
_WINDOW = 90
"""Characters before a verb in which its object ends."""
_BEFORE_COMMA = re.compile(rf"(?P<name>{_WORDS})(?:,| 및| 그리고) $")
_ATTRIBUTE = re.compile(rf"(?:{KOREAN_FOUNDING})(?:한|된|시킨) ")
_TO_BE = re.compile(r"(?:꾸려지는|꾸려질|만들어지는|만들어질|(?:신설|설립|창설|구성|조성|개설|설치|발족|결성)(?:되는|될)|출범(?:하는|할)) ")
"""The attribute of what is about to come into being."""
_NOMINAL = re.compile(r" (?:작성|제작|편찬|제정|설립|신설|창설|구축|조성|개설|출범|발족|결성)$")
"""A verb's noun after its object: "지도 작성에 착수"."""
_HELD = re.compile(r"개최하기로|개최할 예정|정례화하기로")
_CONVENED = ("포럼", "심포지엄", "콘퍼런스", "컨퍼런스", "라운드테이블", "서밋", "경진대회", "캠프", "아카데미")
"""What is a thing of its own where it is to be held; talks and meetings are held anyway."""
_RANKS = re.compile(r"차기|후속|다음|고위급|[국실차장]장급|실무급|정례|연례|첫|별도")
_ADVERBS = re.compile(
    r"(?:만나|모여|함께|다시|새로|새로운|추가|추가로|통해|위해|대해|따라|이어|아울러|또한|더불어|중|후|전|내|때|올해|내년|매년|거쳐|열어)"
)
"""Words that stand alone before a noun phrase and belong to the clause."""
_LEADING = re.compile(r"(?:새로운|추가적인|추가|신규) ")
_POINTER = re.compile(r"차기|다음|이번|지난")
"""What points at a thing that there is already."""
_NOUN_LIKE = re.compile(
    rf"(?!이를|그를|그의|이의|그가|이는|또는|하는|있는|하고|되고|가장|통해|위해|대해|함께)[{_HANGUL}][로해가도서의과이고]"
)
"""A noun of two syllables that ends like one with a particle (항로, 국가)."""
_YEAR = re.compile(r"(?:\([^()\n]{1,60}\))?(?:으로|로) (?:지정|선포|명명|정하)")
_CALENDAR = re.compile(r"(?:의 ?해|년|주간|의 ?날|의 ?달)$")
"""The end of the name of a year, a week or a day."""
_JOINED = re.compile(r"(?:와|과| 및|,) (?=[^ ])")
_FOUNDED_QUOTE = re.compile(rf"(?:\([^()\n]{{1,60}}\))?(?:을|를|의|에) (?:[{_HANGUL}0-9]{{1,6}} ){{0,3}}?(?:{KOREAN_FOUNDING})")
_BORNE = re.compile(rf"(?:^|\s)([{_HANGUL}·]{{2,6}} (?:[{_HANGUL}]{{2,6}} ?){{0,2}})$")
_TOKEN_SPACED = re.compile(r"[^ ]+")
_SUBJECT_END = re.compile(r"(?:[은는이가을를의로에서며고해]|[하되]는|[한된할될]|하여|[뒤후]|위한)$")


def korean(reading: Reading, span: Span) -> Iterator[Candidate]:
    """Yield the names of one sentence."""
    yield from _after_the_three(reading, span)
    yield from _in_quotes(reading, span)
    yield from _brought_into_being(reading, span)


def _after_the_three(reading: Reading, span: Span) -> Iterator[Candidate]:
    for mark in reading.marks_in(span):
        candidate = _headed(reading, span, mark.end)
        if candidate is not None:
            yield from _coordinated(reading, span, candidate)


def _coordinated(reading: Reading, span: Span, candidate: Candidate) -> Iterator[Candidate]:
    """A name of the three as the names that it joins, and one that "and" joins to it from behind, if that has a strong head of its own."""
    name = reading.plain[candidate.start : candidate.end]
    parts = coordinates(name)
    yield candidate if len(parts) == 1 else candidate._replace(end=candidate.start + parts[0][1])
    for start, end in parts[1:]:
        yield from _beside(reading, candidate.start + start, candidate.start + end)
    joint = _JOINED.match(reading.plain, candidate.end, span.end)
    if joint is not None and stands_alone(name):
        found = _head_end(reading.plain, joint.end(), span.end)
        if found is not None:
            yield from _beside(reading, joint.end(), found[0])


def _beside(reading: Reading, start: int, end: int) -> Iterator[Candidate]:
    """What stands beside a name of the three, joined to it by "and"."""
    name = reading.plain[start:end]
    if stands_alone(name) and not (
        _OTHERS.search(name) or _RANKS.search(name) or _somebodys(reading, name) or reading.marks_in(Span(start, end))
    ):
        head = eastern_head(name.replace(" ", ""))
        yield Candidate(start, end, HEADED, 0.6, "joined to a name of the three", head=EASTERN_HEADS[head])


def _somebodys(reading: Reading, name: str) -> bool:
    """Tell whether a stop name, a body of others or a country stands in a name."""
    land = reading.land
    return bool(land.stop.search(name) or land.bodies.search(name) or land.country.search(name) or land.parties.pairs(name))


def _headed(reading: Reading, span: Span, after: int) -> Candidate | None:
    """The noun phrase after a mark, up to its last head noun; a particle of a modifier inside it ends it without a name."""
    topic = _SUBJECT.match(reading.plain, after, span.end)
    if topic is not None:
        return _founded(reading, span, topic.end())
    found = _head_end(reading.plain, after, span.end)
    if found is None:
        return None
    end, head = found
    start = marks_before(reading, after + _gap(reading.plain, after))[0]
    content = re.sub(rf"[\s·\-]|^간|{head}$", "", reading.plain[after:end])
    instance, front = _instance(reading.plain, start, span.start)
    start = _annual(reading.plain, start, span.start)
    if head in KOREAN_STRONG and (len(content) >= 2 or head in ("사무국", "협의체", "핫라인", "실무그룹")):
        return Candidate(
            start, end, HEADED, 0.75 if len(content) >= 2 else 0.7, "the three and a head noun", head=KOREAN_STRONG[head], instance=instance
        )
    created = _CREATION.search(reading.plain[end : min(span.end, end + 16)]) is not None
    if (
        len(content) >= 2
        and head in KOREAN_WEAK
        and (front or (created and KOREAN_WEAK[head] in ("body", "exercise", "programme", "system")))
    ):
        return Candidate(
            start,
            end,
            HEADED,
            0.65 if created and len(content) >= 4 else 0.55,
            "a series of the three with its number" if front else "an activity of the three being founded",
            head=KOREAN_WEAK[head],
            instance=instance,
        )
    return None


def _founded(reading: Reading, span: Span, start: int) -> Candidate | None:
    """What the three, as the subject of the sentence, bring into being: its name does not carry them."""
    found = _head_end(reading.plain, start, span.end)
    if found is None or found[1] not in KOREAN_STRONG or _OTHERS.search(reading.plain, start, found[0]):
        return None
    end, head = found
    leading = _LEADING.match(reading.plain, start, end)
    start = leading.end() if leading else start
    marks = reading.marks_in(Span(start, end))
    content = re.sub(rf"[\s·\-]|{head}$", "", reading.plain[marks[-1].end if marks else start : end])
    if len(content) < 2 or _POINTER.search(content) or not _CREATION.search(reading.plain[end : min(span.end, end + 16)]):
        return None
    return Candidate(start, end, FOUNDED, 0.65, "founded by the three", head=KOREAN_STRONG[head])


def _brought_into_being(reading: Reading, span: Span) -> Iterator[Candidate]:
    """The object of a verb of founding, or a member of a list of such, in a sentence where the three act."""
    line = reading.plain[span.start : min(span.end, span.start + _LONGEST)]
    for start, end in _objects(line):
        if not together_act(reading, span.start, span.end):
            return
        for first, last in _listed(line, start, end):
            yield from _founded_here(reading, span, line, first, last)


def _founded_here(reading: Reading, span: Span, line: str, first: int, last: int) -> Iterator[Candidate]:
    """The names in ``line[first:last]``, from the mark of the three on where one stands in it."""
    marks = reading.marks_in(Span(span.start + first, span.start + last))
    own = reading.land.parties.pairs(line[max(0, first - 8) : last])
    begin, bare = (marks[-1].start - span.start, marks[-1].end - span.start) if marks else (first, first)
    if own or reading.land.stop.search(line[begin:last]) or reading.land.bodies.search(line[begin:last]):
        return
    for start, end in coordinates(line[begin:last]):
        name = line[max(bare, begin + start) : begin + end]
        head = eastern_head(name.replace(" ", ""))
        if _enough(name, head):
            borne = start == 0 and bare > begin and head in KOREAN_STRONG
            rule, sure, why = (HEADED, 0.75, "the three and a head noun") if borne else (FOUNDED, 0.65, "founded by the three")
            yield Candidate(span.start + begin + start, span.start + begin + end, rule, sure, why, head=EASTERN_HEADS[head])


def _objects(line: str) -> Iterator[tuple[int, int]]:
    """The noun phrases before a verb of founding ("... 기금을 조성"), and those after one that is their attribute ("서명한 ... 협정")."""
    founded = False
    for verb in _VERB.finditer(line):
        founded = True
        yield from _governed(line, verb.start())
    for verb in _HELD.finditer(line) if "하기로" in line or "예정" in line else ():
        for start, end in _governed(line, verb.start()):
            name = line[start:end]
            if eastern_head(name.replace(" ", "")) in _CONVENED and not _RANKS.search(name):
                yield start, end
    yield from _with_attribute(line, _ATTRIBUTE) if founded else ()
    yield from _with_attribute(line, _TO_BE) if any(word in line for word in ("되는 ", "될 ", "지는 ", "질 ", "출범")) else ()


def _with_attribute(line: str, attribute: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    for match in attribute.finditer(line):
        found = _head_end(line, match.end(), len(line))
        if found is not None:
            yield match.end(), found[0]


def _governed(line: str, verb: int) -> Iterator[tuple[int, int]]:
    """The noun phrases that are objects of the verb at ``verb``, a noun of doing after them left off."""
    for match in _PARTICLE.finditer(line, max(0, verb - _WINDOW), verb):
        phrase = _BACK.search(line, max(0, match.start() - _FAR_BACK), match.start())
        if phrase is None:
            continue
        doing = _NOMINAL.search(phrase.group())
        start, end = phrase.start(), phrase.end() - (len(doing.group()) if doing else 0)
        if eastern_head(line[start:end].replace(" ", "")):
            yield start, end


def _enough(name: str, head: str) -> bool:
    """A head noun that makes a name, or a weak one of a thing with two words before it; nobody else's."""
    content = len(re.sub(r"[\s·\-]", "", name)) - len(head)
    if content < 2 or _OTHERS.search(name):
        return False
    return head in KOREAN_STRONG or (KOREAN_WEAK.get(head) in ("body", "programme", "system", "framework", "network") and content >= 4)


def _listed(line: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretches of a noun phrase and of those that a list joins to it by commas, each without the modifiers before it."""
    while True:
        first = _unmodified(line, start, end)
        yield first, end
        before = _BEFORE_COMMA.search(line[max(0, first - _FAR_BACK) : first])
        if before is None or first > start + 2:
            return
        low = max(0, first - _FAR_BACK)
        start, end = low + before.start("name"), low + before.end("name")


def _unmodified(line: str, start: int, end: int) -> int:
    """Where the noun phrase begins: after the last word that ends like a modifier or an object, unless that is "about"."""
    begin = end
    for word in reversed(list(_TOKEN_SPACED.finditer(line, start, end))):
        text = word.group()
        about = text in ("관한", "대한") or (text.endswith("에") and line[word.end() : end].lstrip().startswith(("관한", "대한")))
        modifier = _MODIFIER_END.search(text) or _SUBJECT_END.search(text) or _ADVERBS.fullmatch(text)
        if begin < end and not about and modifier and eastern_head(text) == "" and not _noun_like(text):
            break
        begin = word.start()
    return begin


def _noun_like(text: str) -> bool:
    return _NOUN_LIKE.fullmatch(text) is not None and _ADVERBS.fullmatch(text) is None


def _gap(plain: str, after: int) -> int:
    match = re.compile(r"[\s·\-]{0,2}").match(plain, after)
    return match.end() - after if match else 0


def _head_end(plain: str, after: int, limit: int) -> tuple[int, str] | None:
    best: tuple[int, str] | None = None
    position, count = after, 0
    while count < _FAR:
        match = _TOKEN.match(plain, position + (plain[position : position + 1] == " "))
        if match is None or match.end() > limit:
            return best
        noun, particle = _split(match.group())
        head = eastern_head(noun)
        if head in KOREAN_STRONG or (head in KOREAN_WEAK and not (best and best[1] in KOREAN_STRONG)):
            best = (match.start() + len(noun), head)
        if particle or (not head and _MODIFIER_END.search(noun) and len(noun) > 1 and count and not _noun_like(noun)):
            return best
        position, count = match.end(), count + 1
    return best


def _split(token: str) -> tuple[str, str]:
    """A token as (noun, particle); a head noun that happens to end like a particle keeps its end."""
    if eastern_head(token):
        return token, ""
    match = _NOUN_END.fullmatch(token)
    noun, particle = (match["noun"], match["particle"] or "") if match else (token, "")
    return (noun, particle) if particle and eastern_head(noun) else (token, "") if len(noun) < 2 else (noun, particle)


def _instance(plain: str, start: int, low: int) -> tuple[str, bool]:
    match = _INSTANCE.search(plain[max(low, start - 12) : start])
    if match is None:
        return "", False
    return (match[1] or match[2] or match[4] or "1"), bool(match[1] or match[2])


def _annual(plain: str, start: int, low: int) -> int:
    match = re.search(r"(?:연례|정례) $", plain[max(low, start - 3) : start])
    return start - len(match.group()) if match else start


def _in_quotes(reading: Reading, span: Span) -> Iterator[Candidate]:
    for match in _QUOTES.finditer(reading.plain, span.start, span.end):
        inner = next(i for i in (1, 2, 3) if match[i] is not None)
        start, end = match.span(inner)
        candidate = _quoted(reading, span, start, end, match.end())
        if candidate is None:
            continue
        for first, last in coordinates(reading.plain[candidate.start : candidate.end]):
            yield candidate._replace(start=candidate.start + first, end=candidate.start + last)


def _quoted(reading: Reading, span: Span, start: int, end: int, close: int) -> Candidate | None:
    name = reading.plain[start:end]
    english = _ENGLISH.search(name) or _ENGLISH.match(reading.plain, close)
    inner = re.sub(r"\s?\([^()]*\),?$", "", name).rstrip(", ")
    lead = re.match(r"20\d\d ", inner)
    begin, finish = start + (lead.end() if lead else 0), start + len(inner)
    if (
        not inner
        or _SPEECH.search(inner)
        or _OTHERS.search(inner)
        or reading.land.bodies.search(inner)
        or reading.land.stop.fullmatch(inner)
        or reading.alien(start, end)
    ):
        return None
    own, around = reading.marked(begin, finish), reading.short or together_act(reading, span.start, span.end)
    head = eastern_head(inner.replace(" ", ""))
    after = _AFTER_QUOTE.match(reading.plain, close, min(span.end, close + 80))
    before = _BEFORE_QUOTE.search(reading.plain[max(span.start, start - 20) : start - 1])
    grade = _grade(inner, head, own=own, around=around, beside=bool(after or before), english=english is not None)
    declared = _CALENDAR.search(inner) is not None and _YEAR.match(reading.plain, close, span.end) is not None
    declared = declared or _FOUNDED_QUOTE.match(reading.plain, close, span.end) is not None
    if not grade and around and declared and len(inner.replace(" ", "")) >= len(head) + 3:
        grade = 0.65
    if grade and _of_a_pair(reading, span, start - 1):
        return None
    if not grade or len(inner) < 3 or len(inner.split()) > 6:
        return None
    family = EASTERN_HEADS.get(head, "") or _family_beside(after, before)
    return Candidate(
        begin,
        finish,
        QUOTED,
        grade,
        "a name in quotes",
        head=family,
        instance=(lead.group().strip() if lead else ""),
        abbreviation=english.group(1).strip() if english else "",
    )


def _of_a_pair(reading: Reading, span: Span, start: int) -> bool:
    """Tell whether the words right before a quotation are borne by others than the three: 한미 연합연습 '...'."""
    before = _BORNE.search(reading.plain[max(span.start, start - 30) : start])
    parties = reading.land.parties
    return before is not None and bool(parties.pairs(before[1]) or parties.other_trios(before[1])) and not parties.together(before[1])


def _grade(inner: str, head: str, *, own: bool, around: bool, beside: bool, english: bool) -> float:
    if len(inner) < 3 or len(inner.split()) > 6:
        return 0.0
    if own and head and EASTERN_HEADS[head] != "cooperation" and (head in KOREAN_STRONG or len(inner.replace(" ", "")) >= len(head) + 4):
        return 0.8
    if beside and around:
        return 0.75
    if head in _THINGS and around and len(inner.replace(" ", "")) >= len(head) + 3:
        return 0.6
    if (
        head
        and around
        and (head in KOREAN_STRONG or KOREAN_WEAK.get(head) == "document" or english)
        and len(inner.replace(" ", "")) > len(head) + 1
    ):
        return 0.65
    return 0.0


def _family_beside(after: re.Match[str] | None, before: re.Match[str] | None) -> str:
    words = (after.group() if after else before.group() if before else "").replace(" ", "")
    return EASTERN_HEADS.get(eastern_head(re.sub(r"(?:인|으로|명칭은)$", "", words)), "")
