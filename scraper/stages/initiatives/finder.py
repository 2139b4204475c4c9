"""The names of initiatives in an article: known ones from the registry, unknown ones by the rules of each language."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from scraper.model.initiative import Mention, Registry
from scraper.model.watch import Watch
from scraper.stages.initiatives.coined import coined
from scraper.stages.initiatives.eastern import abbreviation_after
from scraper.stages.initiatives.english import headed
from scraper.stages.initiatives.introduced import introduced
from scraper.stages.initiatives.japanese import japanese
from scraper.stages.initiatives.known import RULE as KNOWN
from scraper.stages.initiatives.known import KnownNames
from scraper.stages.initiatives.korean import korean
from scraper.stages.initiatives.learning import LEARNED
from scraper.stages.initiatives.lowercase import lowercase
from scraper.stages.initiatives.matching import Known
from scraper.stages.initiatives.names import Key, Keys
from scraper.stages.initiatives.reading import SHORT, Candidate, Land, Reading, ours
from scraper.stages.initiatives.renamed import FORMERLY, former_name
from scraper.stages.initiatives.status import status_of
from scraper.stages.initiatives.titled import titled
from scraper.text import Span, guess_language

MOST = 3
"""Mentions kept of one initiative in one article: the first ones prove it."""

Rule = Callable[[Reading, Span], Iterator[Candidate]]
_RULES: dict[str, tuple[Rule, ...]] = {"en": (headed, introduced, coined, lowercase), "ko": (korean,), "ja": (japanese,)}


class Finder:
    """Finds mentions; build it once for a registry and a watch (it compiles the names) and use it for every text."""

    def __init__(self, registry: Registry, watch: Watch) -> None:
        self._land = Land(watch)
        self._keys = Keys(watch)
        self._names = KnownNames(registry, self._land)
        self._known = Known(registry, self._keys)

    def mentions(self, title: str, text: str, language: str, *, span: tuple[int, int] | None = None) -> tuple[Mention, ...]:
        """Return the mentions of an article in order, those of the title last; ``span`` is the part of ``text`` to be read.

        A mention has ``field`` title only where its initiative does not stand in the text. At most MOST are kept of each.
        """
        low, high = span or (0, len(text))
        short = len(text) < SHORT
        body = Reading("text", text, language, self._land, short, (max(0, low), min(len(text), high)), title)
        head = Reading("title", title, language, self._land, short, (0, len(title)))
        about = ours((head, body))
        found = [(body, c) for c in self._candidates(body, about=about)]
        found += [(head, c) for c in self._candidates(head, about=about)]
        return tuple(self._kept(found))

    def known(self, text: str, language: str) -> tuple[tuple[int, int, str], ...]:
        """Return where known names stand in a text that is taken to be about the watched parties: start, end and slug, in order."""
        reading = Reading("text", text, language, self._land, len(text) < SHORT, (0, len(text)))
        places, wrapping = self._names.outermost(reading)
        kept = _apart(places)
        if not set(wrapping) <= set(kept):
            kept = _apart(self._names.find(reading))
        return tuple((one.start, one.end, one.known) for one in kept if not one.blocked)

    def _candidates(self, reading: Reading, *, about: bool) -> list[Candidate]:
        """The places of one field without overlap."""
        places = list(self._names.find(reading, about=about))
        if about:
            rules = _RULES.get(reading.language) or _RULES.get(guess_language(reading.text), ())
            places += [c for span in reading.scope() for rule in rules for c in rule(reading, span)]
            places += titled(reading) if reading.field == "title" else ()
        within = [self._linked(reading, c) for c in places if reading.span[0] <= c.start < c.end <= reading.span[1]]
        return [c for c in _without_echoes(_apart(within), reading.plain) if not c.blocked]

    def _linked(self, reading: Reading, candidate: Candidate) -> Candidate:
        """Give a name found by a rule the slug of the known initiative that it is a variant of."""
        if not candidate.abbreviation:
            candidate = candidate._replace(abbreviation=_beside(reading, candidate))
        if candidate.known:
            return candidate
        match = self._known.variant(reading.text[candidate.start : candidate.end], candidate.abbreviation)
        if match is None:
            return candidate
        return candidate._replace(known=match.id, why=f"{candidate.why}; {match.why}", blocked=match.others)

    def _kept(self, found: Iterable[tuple[Reading, Candidate]]) -> Iterator[Mention]:
        seen: Counter[str | Key] = Counter()
        for reading, candidate in found:
            name = reading.text[candidate.start : candidate.end]
            identity = candidate.known or self._keys.of(name)
            if seen[identity] >= (1 if reading.field == "title" else MOST) or (reading.field == "title" and seen[identity]):
                continue
            mention = _mention(reading, candidate)
            if mention is not None:
                seen[identity] += 1
                yield mention


def _beside(reading: Reading, candidate: Candidate) -> str:
    """What a text says beside a name that ties it to another: the name that it had before, or an abbreviation."""
    old = former_name(reading.plain, candidate.start, candidate.end, reading.language)
    if old:
        return FORMERLY + old
    return abbreviation_after(reading.plain, candidate.end) if reading.language != "en" else ""


def _apart(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Of overlapping places keep the longest, a known name before an unknown one; its slug passes to a longer name that wraps it.

    At one place what a rule says goes before a name that is looked for because a person decided on it: that changes no kind.
    """
    kept: list[Candidate] = []
    for one in sorted(candidates, key=_rank):
        index = bisect_right(kept, one.start, key=lambda c: c.start)
        clash = next((i for i in (index - 1, index) if 0 <= i < len(kept) and one.start < kept[i].end and kept[i].start < one.end), None)
        if clash is None:
            kept.insert(index, one)
        elif kept[clash].rule != KNOWN and one.rule == KNOWN and _wraps(kept[clash], one):
            kept[clash] = kept[clash]._replace(known=one.known, blocked=one.blocked)
    return kept


def _rank(one: Candidate) -> tuple[int, int, bool, int, str, str]:
    decided = one.rule == KNOWN and one.known.startswith(LEARNED)
    return one.start - one.end, 2 if decided else int(one.rule != KNOWN), not one.known, one.start, one.rule, one.known


def _without_echoes(places: list[Candidate], plain: str) -> Iterator[Candidate]:
    """Leave out an abbreviation in parentheses right after the name that it stands for."""
    before = ""
    end = 0
    for one in places:
        echo = one.known == before and one.abbreviation == plain[one.start : one.end] and plain[end : one.start].strip() in {"(", "（"}
        if not echo:
            yield one
        before, end = one.known, one.end


def _wraps(outer: Candidate, inner: Candidate) -> bool:
    """A longer unknown name is the known one inside it if that is most of it."""
    return outer.start <= inner.start and inner.end <= outer.end and (inner.end - inner.start) >= 0.5 * (outer.end - outer.start)


def _mention(reading: Reading, candidate: Candidate) -> Mention | None:
    around = reading.sentence(candidate.start)
    if not (around.start <= candidate.start and candidate.end <= around.end):
        return None
    sentence = around.of(reading.text)
    cue = status_of(sentence, candidate.start - around.start, candidate.end - around.start, reading.language)
    return Mention(
        name=reading.text[candidate.start : candidate.end], start=candidate.start, end=candidate.end, field=reading.field, sentence=sentence,
        language=reading.language, initiative_id=candidate.known, rule=candidate.rule, cue=cue.words, status=cue.status or "reaffirmed",
        confidence=candidate.confidence, why=candidate.why, head=candidate.head, instance=candidate.instance, abbreviation=candidate.abbreviation,
    )  # fmt: skip
