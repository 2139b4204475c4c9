"""A digest laid out as a Sheet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import zip_longest

from scraper.model.digest import Attendance, Digest, Edit, NewStatement, Notable, Rewording, SourceTrouble, WatchReport
from scraper.model.revision import Piece
from scraper.stages.digest.frame import Frame, dotted, marked
from scraper.stages.digest.phrases import counted, phrases
from scraper.stages.digest.sheet import Fact, Item, Part, Section, Sheet
from scraper.stages.digest.statements import initiative, statement
from scraper.stages.digest.terms import OUTCOMES

_HOUR = 60


def compose(digest: Digest) -> Sheet:
    """Return the Sheet of ``digest`` in its language, times in its zone."""
    return _Composer(digest).sheet()


def summary(digest: Digest) -> str:
    """Return what is in the digest in one line: counts, or the state of the watch."""
    counts = (
        ("initiative", len(digest.initiatives)),
        ("statement", len(digest.statements)),
        ("flag", len(digest.notable)),
        ("wording", len(digest.wording)),
        ("edit", len(digest.edits)),
        ("trouble", len(digest.troubles)),
    )
    told = [counted(digest.language, noun, n) for noun, n in counts if n]
    told += [phrases(digest.language)[name] for name in ("recovered", "notices") if getattr(digest, name)]
    if digest.still:
        told.insert(0, phrases(digest.language)["still"])
    if digest.watch is not None:
        told.append(phrases(digest.language)[f"{state_of(digest.watch)}_short"])
    return phrases(digest.language)["comma"].join(told)


def statement_item(frame: Digest, item: NewStatement) -> Item:
    """Return a statement as the digest ``frame`` lays it out: in its language and zone, with its names of the sides."""
    return statement(Frame(frame), item)


def state_of(report: WatchReport) -> str:
    """Return quiet, complete (and not quiet) or incomplete."""
    if not report.complete:
        return "incomplete"
    return "complete" if report.statements else "quiet"


class _Composer:
    def __init__(self, digest: Digest) -> None:
        self.digest = digest
        self.frame = Frame(digest)
        self._say = self.frame.say

    def sheet(self) -> Sheet:
        made = self._say["made"].format(time=self.frame.moment(self.digest.made_at), zone=self.digest.zone)
        told = summary(self.digest) or self._say["nothing"]
        watch = self._attendance()
        blind = bool(self.digest.blind)
        return Sheet(self.digest.language, self._say["title"], made, told, tuple(self._sections()), self._held_back(), watch, blind)

    def _sections(self) -> Iterator[Section]:
        digest = self.digest
        if digest.statements:
            yield Section("statements", self._say["statements"], tuple(statement(self.frame, item) for item in digest.statements))
        there = {item.id for item in digest.statements}
        apart = [item for item in digest.initiatives if item.statement_id not in there]
        if apart:
            yield Section("initiatives", self._say["initiatives"], tuple(initiative(self.frame, item) for item in apart))
        if digest.notable:
            yield Section("flags", self._say["flags"], tuple(self._notable(item) for item in digest.notable))
        if digest.wording:
            yield Section("wording", self._say["wording"], tuple(self._rewording(item) for item in digest.wording))
        if digest.edits:
            yield Section("edits", self._say["edits"], tuple(self._edit(item) for item in digest.edits))
        if digest.known:
            yield Section("known", self._say["known"], note=" · ".join(digest.known))
        if digest.troubles:
            yield Section("troubles", self._say["troubles"], tuple(self._trouble(item) for item in digest.troubles))
        for name, said in (("recovered", digest.recovered), ("notices", digest.notices)):
            if said:
                yield Section(name, self._say[name], note=" · ".join(said))
        if digest.watch is not None:
            yield Section("watch", self._say["watch"], (self._watch(digest.watch),), numbered=False)

    def _held_back(self) -> str:
        held = self.digest.held_back
        if not held.statements and not held.initiatives:
            return ""
        statements = counted(self.digest.language, "statement", held.statements)
        initiatives = counted(self.digest.language, "initiative", held.initiatives)
        return self._say["held_back"].format(statements=statements, initiatives=initiatives)

    def _fact(self, key: str, *rows: tuple[Part, ...]) -> Fact:
        return self.frame.fact(self._say[key], *rows)

    def _attendance(self) -> str:
        """How each government was watched, in one line."""
        told = dotted(*(self._attended(one) for one in self.digest.attendance))
        return self._say.filled("watched", governments=told) if told else ""

    def _attended(self, one: Attendance) -> str:
        if not one.official:
            return self._say.filled("unwatched", place=one.place)
        if one.blind:
            time = self.frame.brief(one.looked_at) or self._say["never"]
            return self._say.filled("unseen", place=one.place, total=one.official, time=time)
        if one.silent:
            return self._say.filled("seen_partly", place=one.place, n=one.answered, total=one.official, names=self.frame.listed(one.silent))
        return self._say.filled("seen", place=one.place, n=one.answered, total=one.official)

    # --- other flags

    def _notable(self, item: Notable) -> Item:
        kinds = tuple(self._say[f"flag_{kind}"] for kind in item.kinds)
        heading = Part(item.name or self._say["unnamed"], language=item.language if item.name else "")
        return Item(heading, kinds, self._about(item), marked(item.sentence, item.mark, item.language), tuple(self._notable_facts(item)))

    def _about(self, item: Notable) -> str:
        """What the kind is of: which instance, which sides."""
        words = (
            self._say["instance_of"].format(n=item.instance) if item.instance else "",
            self._say["in_texts_of"].format(sides=self.frame.sides(item.parties)) if item.parties else "",
            self._say["not_in_texts_of"].format(sides=self.frame.sides(item.others)) if item.others else "",
            self._say["said_in_comparator"] if item.from_comparator and item.sentence else "",
        )
        return dotted(*words)

    def _notable_facts(self, item: Notable) -> Iterator[Fact]:
        told = dotted(item.statement_title, self.frame.day(item.statement_date), self.frame.side(item.side), item.publisher)
        if told or item.url:
            yield self._fact("statement", (Part(told or item.url, item.url),))
        compared = dotted(item.comparator_title, self.frame.day(item.comparator_date))
        if compared or item.comparator_url:
            yield self._fact("compared_with", (Part(compared or item.comparator_url, item.comparator_url),))
        yield self._fact("confidence", (Part(f"{round(item.confidence * 100)} %"),))

    # --- wording

    def _rewording(self, item: Rewording) -> Item:
        told = self._say["now_before"].format(now=self._variants(item.after), before=self._variants(item.before))
        quote = (Part(item.sentence, language=item.language),) if item.sentence else ()
        return Item(Part(item.formula), (), told, quote, tuple(self._rewording_facts(item)))

    def _variants(self, names: Iterable[str]) -> str:
        return self.frame.listed(name or self._say["absent"] for name in names)

    def _rewording_facts(self, item: Rewording) -> Iterator[Fact]:
        told = dotted(item.statement_title, self.frame.day(item.statement_date), self.frame.side(item.side), item.publisher)
        if told or item.url:
            yield self._fact("statement", (Part(told or item.url, item.url),))
        compared = dotted(item.before_title, self.frame.day(item.before_date))
        if compared or item.before_url:
            yield self._fact("compared_with", (Part(compared or item.before_url, item.before_url),))
        if item.before_sentence:
            yield self._fact("said_before", (Part(item.before_sentence, language=item.language),))

    # --- edits

    def _edit(self, item: Edit) -> Item:
        under = dotted(self.frame.side(item.side), item.publisher, self.frame.moment(item.seen_at))
        quote = tuple(
            Part(
                _apart(piece, later, item.language),
                language=item.language,
                dimmed=piece.op == "same",
                gone=piece.op == "gone",
                new=piece.op == "new",
            )
            for piece, later in zip_longest(item.pieces, item.pieces[1:])
        )
        took = (self._fact("took_out", *((Part(name, language=item.language),) for name in item.withdrawn)),) if item.withdrawn else ()
        return Item(Part(item.title, item.url, item.language), (self._say[f"edit_{item.kind}"],), under, quote, took)

    # --- sources and the watch

    def _trouble(self, item: SourceTrouble) -> Item:
        facts = [
            self._fact("outcome", (Part(f"{self.frame.term(OUTCOMES, item.outcome)} ({item.outcome})"),)),
            self._fact("last_good", (Part(self.frame.moment(item.last_good) or self._say["never"]),)),
        ]
        if item.since:
            facts.insert(1, self._fact("since", (Part(self.frame.moment(item.since)),)))
        if item.error:
            facts.append(self._fact("error", (Part(item.error, language="en"),)))
        return Item(Part(f"{item.name} ({item.id})"), (self._say["newly"],) if item.new else (), facts=tuple(facts))

    def _watch(self, report: WatchReport) -> Item:
        answered = self._say["answered_of"].format(n=report.answered, total=report.official)
        facts = (
            self._fact("answered", (Part(answered),)),
            self._fact("blind", (Part(self._blind(report)),)),
            self._fact("polls", (Part(self._say["polls_of"].format(n=report.polls, good=report.good)),)),
            self._fact("found", (Part(str(report.statements)),)),
        )
        return Item(Part(self._say[state_of(report)]), facts=facts)

    def _blind(self, report: WatchReport) -> str:
        if report.blind_minutes <= 0:
            return self._say["blind_none"]
        hours, minutes = divmod(report.blind_minutes, _HOUR)
        length = self._say["hours" if hours else "minutes"].format(h=hours, m=minutes)
        if not report.blind_source:
            return length
        start, end = self.frame.between(report.blind_from, report.blind_to)
        return self._say["blind_of"].format(length=length, source=report.blind_source, start=start, end=end)


def _apart(piece: Piece, later: Piece | None, language: str) -> str:
    """A piece of a diff with the space that parts it from the next, where words are parted at all."""
    touching = language in {"ja", "zh"} or later is None or not later.text[:1].isalnum()
    return piece.text if touching and piece.op == "same" else piece.text + " "
