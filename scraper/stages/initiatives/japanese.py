"""Unknown names in Japanese: the three and a head noun (日米韓調整事務局), names in brackets beside one (共同訓練「…」), things being founded."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scraper.stages.initiatives.coordinates import coordinates, stands_alone
from scraper.stages.initiatives.eastern import (
    EASTERN_HEADS,
    JAPANESE_CREATION,
    JAPANESE_EXERCISE,
    JAPANESE_FOUNDING,
    JAPANESE_STRONG,
    JAPANESE_WEAK,
    eastern_head,
)  # fmt: skip
from scraper.stages.initiatives.marks import marks_before
from scraper.stages.initiatives.reading import Candidate, Reading
from scraper.stages.initiatives.voice import together_act
from scraper.text import Span

HEADED = "headed-ja/1"
QUOTED = "quoted-ja/1"
FOUNDED = "founded-ja/1"
_NOUN = "\u4e00-\u9fff\u3005\u30a1-\u30fa\u30fc・･A-Za-z0-9"
_STRONG = "|".join(sorted(JAPANESE_STRONG, key=lambda head: (-len(head), head)))
_WEAK = "|".join(sorted(JAPANESE_WEAK, key=lambda head: (-len(head), head)))
_WEAK_THINGS = ("制度", "計画", "事業", "構想", "体制", "協定", "チーム", "グループ")
"""Heads of activities that make a name where the thing is founded."""
_PHRASE = re.compile(rf"(?:間の|の)?(?P<body>(?:及び|枠組み|取決め|取り決め|に関する|のための|[{_NOUN}]){{1,40}})")
_BRACKETS = re.compile(r"[「『]([^「」『』\n]{2,50})[」』]")
_AFTER = re.compile(rf"(?:\([^()\n]{{1,60}}\))?(?:と題する|という|の)?(?:共同|合同)?(?:{JAPANESE_EXERCISE}|{_STRONG})")
_BEFORE = re.compile(rf"(?:{JAPANESE_EXERCISE}|{_STRONG})(?:である|の|、)?$")
_SPEECH = re.compile(r"[。、!?]|(?:だ|です|ます|した|する|べき|ない|たい)$|(?:[はがをに])(?![^」]*(?:関する))")
_CREATION = re.compile(JAPANESE_CREATION)
_BEGUN = re.compile(r"(?:の|を)[^。、「」\n]{0,8}?(?:開始|新設|創設|立ち上げ|設置|発足|毎年開催|定例化)")
_LEAST = 2
"""Characters that a name has beside its head noun, at least."""
_VERB = re.compile(JAPANESE_FOUNDING)
_PARTICLE = re.compile(r"(?:\([^()\n]{1,40}\))?[のをがにも](?=[^。、「」\n]{0,14}$)")
_WINDOW = 58
"""Characters before a verb in which its object ends."""
_BACK = re.compile(rf"[{_NOUN}]{{3,40}}$")
_FOUNDED_QUOTE = re.compile(
    rf"(?:\([^()\n]{{1,40}}\))?(?:の|を|に)[^。、「」\n]{{0,14}}?(?:{JAPANESE_FOUNDING}|共催|共同で進め|開始|着手|開く|開き|(?:から|より)(?:実施|始め))"
)
_DECLARED = re.compile(r"(?:と(?:する|定め|命名|宣言)|に(?:指定|定め))")
_CALENDAR = re.compile(r"(?:年|月間|週間|の日)$")
"""The end of the name of a year, a week or a day."""
_PERIODIC = re.compile(
    r"を[^。、「」]{0,6}(?:毎年|毎月|毎週|四半期ごと|半期ごと|半年ごと|年[0-9一二三四]回|定期的|定例)[^。、「」]{0,6}(?:開|実施|行)"
)
"""What follows meetings that are a series of their own from now on."""
_HELD = re.compile(r"を[^。、「」]{0,14}開催する(?:ことで|こととし|ことに合意|方針|予定)")
_REGULAR = re.compile(r"毎[年月週]|定(?:期的|例)|ごと|[0-9一二三四]回|開催する")
"""One of these stands in every sentence that tells of such meetings."""
_SERIES = ("会合", "会議", "協議", "研究会", "演習", "訓練")
_CONVENED = ("フォーラム", "シンポジウム", "サミット", "ラウンドテーブル", "競技会", "コンテスト", "セミナー")
_RANKS = re.compile(r"次回|次期|高級|[閣大]臣|長官|次官|[局課部]長|首脳|外相|実務者|定例|国際")
_LEAST_HELD = 4
"""Characters that a series of meetings has beside its head, at least."""
_JOINED = re.compile(r"(?:と|、|及び|並びに)")
_NAME = re.compile(rf"[{_NOUN}]{{4,40}}")
_CONTENT = 3
"""Characters of a name in brackets beside its head, at least."""
_INSTANCE = re.compile(r"(?:第\s?(\d{1,3})\s?回|(初の)|(20\d\d)年?)\s?$")
_OTHERS = re.compile(r"国連|国際|多国間|二国間")
_ENGLISH = re.compile(r"\s?\(\s?([A-Z][A-Za-z0-9 .'&-]{1,70})\s?\)")
_ALONE = ("事務局", "ホットライン", "作業部会", "協議体", "調整グループ", "運営グループ")


def japanese(reading: Reading, span: Span) -> Iterator[Candidate]:
    """Yield the names of one sentence."""
    for mark in reading.marks_in(span):
        yield from _headed(reading, span, mark.end)
    for match in _BRACKETS.finditer(reading.plain, span.start, span.end):
        candidate = _bracketed(reading, span, match)
        if candidate is None:
            continue
        for first, last in coordinates(reading.plain[candidate.start : candidate.end]):
            yield candidate._replace(start=candidate.start + first, end=candidate.start + last)
    yield from _founded(reading, span)
    if _REGULAR.search(reading.plain, span.start, span.end) is not None:
        yield from _convened(reading, span)


def _headed(reading: Reading, span: Span, after: int) -> Iterator[Candidate]:
    match = _PHRASE.match(reading.plain, after, span.end)
    found = _last_head(match["body"]) if match else None
    if match is None or found is None:
        return
    begin, parts = match.start("body"), coordinates(match["body"][: found[0]])
    named = _of_the_three(reading, span, match, found if len(parts) == 1 else _last_head(match["body"][: parts[0][1]]))
    if named is not None:
        yield named
    for first, last in parts[1:]:
        yield from _beside(reading, begin + first, begin + last)
    joint = _JOINED.match(reading.plain, begin + found[0], span.end)
    right = _NAME.match(reading.plain, joint.end(), span.end) if joint is not None else None
    if named is not None and right is not None and stands_alone(match["body"][: found[0]]):
        yield from _beside(reading, *right.span())


def _beside(reading: Reading, start: int, end: int) -> Iterator[Candidate]:
    """What stands beside a name of the three, joined to it by "and", if it has a strong head of its own and is nobody else's."""
    name, land = reading.plain[start:end], reading.land
    others = land.stop.search(name) or land.bodies.search(name) or land.country.search(name) or land.parties.pairs(name)
    own = reading.marks_in(Span(start, end)) or name[:1].isascii()
    if stands_alone(name) and not (others or own or _OTHERS.search(name) or _RANKS.search(name)):
        yield Candidate(start, end, HEADED, 0.6, "joined to a name of the three", head=EASTERN_HEADS[eastern_head(name)])


def _of_the_three(reading: Reading, span: Span, match: re.Match[str], found: tuple[int, str] | None) -> Candidate | None:
    """The name that a mark of the three and the noun phrase after it are."""
    if found is None:
        return None
    size, head = found
    end = match.start("body") + size
    start = marks_before(reading, match.start("body"))[0]
    content = match["body"][: size - len(head)].replace("・", "").replace("に関する", "")
    instance, numbered = _instance(reading.plain, start, span.start)
    if head in JAPANESE_STRONG and (len(content) >= 2 or head in _ALONE):
        return Candidate(start, end, HEADED, 0.75, "the three and a head noun", head=JAPANESE_STRONG[head], instance=instance)
    created = _CREATION.search(reading.plain[end : min(span.end, end + 14)]) is not None
    begun = _BEGUN.match(reading.plain, end, span.end) is not None
    founding = created and JAPANESE_WEAK.get(head) in ("body", "programme", "system")
    founding |= begun and JAPANESE_WEAK.get(head) in ("body", "programme", "system", "dialogue")
    if head in JAPANESE_WEAK and len(content) >= 2 and (numbered or founding):
        return Candidate(
            start,
            end,
            HEADED,
            0.65 if founding and len(content) >= 4 else 0.55,
            "a series of the three with its number" if numbered else "founded by the three",
            head=JAPANESE_WEAK[head],
            instance=instance,
        )
    return None


def _last_head(body: str) -> tuple[int, str] | None:
    """How much of a noun phrase is a name: up to its last head noun, with what it is; a strong one wins over a weak one after it."""
    strong = list(re.finditer(_STRONG, body))
    if strong:
        return strong[-1].end(), strong[-1].group()
    weak = list(re.finditer(_WEAK, body))
    return (weak[-1].end(), weak[-1].group()) if weak and weak[-1].end() >= len(body) - 1 else None


def _instance(plain: str, start: int, low: int) -> tuple[str, bool]:
    match = _INSTANCE.search(plain[max(low, start - 8) : start])
    return (match[1] or match[3] or "1", bool(match[1])) if match else ("", False)


def _bracketed(reading: Reading, span: Span, match: re.Match[str]) -> Candidate | None:
    start, end = match.span(1)
    inner = match[1]
    if (
        _SPEECH.search(inner)
        or _OTHERS.search(inner)
        or reading.land.bodies.search(inner)
        or reading.land.stop.fullmatch(inner)
        or reading.alien(start, end)
    ):
        return None
    lead = re.match(r"20\d\d年?", inner)
    own, around = reading.marked(start, end), reading.short or together_act(reading, span.start, span.end)
    head = eastern_head(inner.rstrip("0123456789"))
    after = _AFTER.match(reading.plain, match.end(), min(span.end, match.end() + 80))
    before = _BEFORE.search(reading.plain[max(span.start, match.start() - 16) : match.start()])
    grade = _grade(inner, head, own=own, around=around, beside=bool(after or before))
    declared = _CALENDAR.search(inner) is not None and _DECLARED.match(reading.plain, match.end(), span.end) is not None
    declared = declared or _FOUNDED_QUOTE.match(reading.plain, match.end(), span.end) is not None
    if not grade and around and declared and _coined(inner, head):
        grade = 0.65
    if not grade or _of_a_pair(reading, span, match.start()):
        return None
    english = _ENGLISH.match(reading.plain, match.end())
    family = EASTERN_HEADS.get(head, "") or EASTERN_HEADS.get(eastern_head((before or after or match).group().rstrip("、の")), "")
    return Candidate(
        start + (lead.end() if lead else 0), end, QUOTED, grade, "a name in brackets", head=family, instance=lead.group()[:4] if lead else "",
        abbreviation=english.group(1) if english else "",
    )  # fmt: skip


def _coined(inner: str, head: str) -> bool:
    """A name without a strong head noun: no hiragana in it but "of", and something beside a weak head."""
    return re.search(r"[ぁ-ん]", inner.replace("の", "")) is None and len(inner) - len(head) >= _CONTENT


def _of_a_pair(reading: Reading, span: Span, start: int) -> bool:
    """Tell whether the noun phrase right before a bracket is borne by two of the parties: 日米共同統合演習「…」."""
    before = re.search(rf"[{_NOUN}]{{2,30}}$", reading.plain[max(span.start, start - 30) : start])
    if before is None:
        return False
    parties, borne = reading.land.parties, before.group()
    if all(map(parties.letter, borne[:2])) and not parties.together(borne):
        return True
    return bool(parties.pairs(borne) or parties.other_trios(borne)) and not parties.together(borne)


def _grade(inner: str, head: str, *, own: bool, around: bool, beside: bool) -> float:
    if own and head:
        return 0.8
    if beside and around:
        return 0.75
    named = len(inner) > len(head) + 2
    return 0.65 if head and named and around and (head in JAPANESE_STRONG or JAPANESE_WEAK.get(head) == "document") else 0.0


def _particles(plain: str, span: Span) -> Iterator[re.Match[str]]:
    """The particles, each once, between an object and a verb of founding."""
    done = span.start
    for verb in _VERB.finditer(plain, span.start, span.end):
        for match in _PARTICLE.finditer(plain, max(done, verb.start() - _WINDOW), verb.start()):
            yield match
            done = match.end()


def _founded(reading: Reading, span: Span) -> Iterator[Candidate]:
    """A body set up in a sentence of the three, without them in its name."""
    for match in _particles(reading.plain, span):
        found = _BACK.search(reading.plain, max(span.start, match.start() - 40), match.start())
        head = eastern_head(found.group()) if found is not None else ""
        if found is None or not (head in JAPANESE_STRONG or head in _WEAK_THINGS):
            continue
        if not (reading.short or together_act(reading, span.start, span.end)):
            return
        name = found.group()
        thin = len(name) - len(head) < _LEAST
        stopped = _OTHERS.search(name) or reading.land.bodies.search(name) or reading.land.stop.search(name)
        if not (thin or stopped or reading.alien(span.start, span.end)):
            yield Candidate(found.start(), found.end(), FOUNDED, 0.6, "founded in a sentence of the three", head=EASTERN_HEADS[head])


def _convened(reading: Reading, span: Span) -> Iterator[Candidate]:
    """Meetings that are to be held regularly from now on, and a forum that is to be held."""
    for rule, heads, least in ((_PERIODIC, _SERIES, _LEAST_HELD), (_HELD, _CONVENED, _LEAST)):
        for match in rule.finditer(reading.plain, span.start, span.end):
            found = _BACK.search(reading.plain, max(span.start, match.start() - 40), match.start())
            name = found.group() if found is not None else ""
            head = eastern_head(name)
            if found is None or head not in heads or len(name) - len(head) < least or _RANKS.search(name):
                continue
            land, own = reading.land, reading.marks_in(Span(*found.span()))
            if not (own or land.stop.search(name) or land.bodies.search(name)) and together_act(reading, span.start, span.end):
                yield Candidate(found.start(), found.end(), FOUNDED, 0.6, "to be held by the three", head=EASTERN_HEADS[head])
