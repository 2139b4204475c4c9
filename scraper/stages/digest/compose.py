"""A digest laid out as a Sheet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import zip_longest

from scraper.model.digest import Digest, Edit, NewInitiative, NewStatement, Notable, Publication, Rewording, SourceTrouble, WatchReport
from scraper.model.initiative import Near
from scraper.model.revision import Piece
from scraper.stages.digest.dates import between, day, moment
from scraper.stages.digest.phrases import Phrases, counted, phrases
from scraper.stages.digest.sheet import Fact, Item, Part, Section, Sheet
from scraper.stages.digest.terms import KINDS, LANGUAGES, LEVELS, OUTCOMES, term

JOINT = "joint"
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
    return _Composer(frame).statement(item)


def state_of(report: WatchReport) -> str:
    """Return quiet, complete (and not quiet) or incomplete."""
    if not report.complete:
        return "incomplete"
    return "complete" if report.statements else "quiet"


@dataclass(frozen=True, slots=True)
class _Composer:
    digest: Digest

    @property
    def _say(self) -> Phrases:
        return phrases(self.digest.language)

    def sheet(self) -> Sheet:
        made = self._say["made"].format(time=self._moment(self.digest.made_at), zone=self.digest.zone)
        told = summary(self.digest) or self._say["nothing"]
        return Sheet(self.digest.language, self._say["title"], made, told, tuple(self._sections()), self._held_back())

    def _sections(self) -> Iterator[Section]:
        digest = self.digest
        if digest.initiatives:
            yield Section("initiatives", self._say["initiatives"], tuple(self._initiative(item) for item in digest.initiatives))
        if digest.statements:
            yield Section("statements", self._say["statements"], tuple(self.statement(item) for item in digest.statements))
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

    def _moment(self, value: str) -> str:
        return moment(value, self.digest.zone, self.digest.language)

    def _day(self, value: str) -> str:
        return day(value, self.digest.language)

    def _term(self, table: dict[str, tuple[str, str, str]], word: str) -> str:
        return term(table, word, self.digest.language)

    def _list(self, words: Iterable[str]) -> str:
        return self._say["comma"].join(words)

    def _side(self, side: str) -> str:
        return self._say["joint"] if side == JOINT else dict(self.digest.sides).get(side, side)

    def _fact(self, key: str, *rows: tuple[Part, ...]) -> Fact:
        return Fact(self._say[key], rows)

    # --- initiatives

    def _initiative(self, item: NewInitiative) -> Item:
        basis = self._say["ever" if item.basis == "ever" else "in_our_data"]
        under = " · ".join(word for word in (item.kind.replace("_", " "), self._term(LANGUAGES, item.language)) if word)
        badges = (basis, self._say["placeholder"]) if item.placeholder else (basis,)
        return Item(Part(item.name, language=item.language), badges, under, _quote(item), tuple(self._initiative_facts(item)))

    def _initiative_facts(self, item: NewInitiative) -> Iterator[Fact]:
        told = " · ".join(word for word in (self._side(item.side), item.publisher) if word)
        if told or item.url:
            yield self._fact("source", (Part(told or item.url, item.url),))
        if item.statement_title or item.statement_date:
            dated = " · ".join(word for word in (item.statement_title, self._day(item.statement_date)) if word)
            yield self._fact("statement", (Part(dated),))
        percent = f"{round(item.confidence * 100)} %"
        yield self._fact("confidence", (Part(f"{percent} · {item.why}" if item.why else percent),))
        yield self._fact("nearest", *(_near(near) for near in item.nearest) if item.nearest else ((Part(self._say["no_nearest"]),),))

    # --- statements

    def statement(self, item: NewStatement) -> Item:
        """Return a statement as an Item."""
        words = (
            self._term(KINDS, item.kind),
            self._side(item.side),
            self._term(LEVELS, item.level),
            self._day(item.date) or self._say["undated"],
            item.place,
        )
        badges = tuple(self._say[key] for key, holds in (("placeholder", item.placeholder), ("late", item.late)) if holds)
        under = " · ".join(word for word in words if word)
        return Item(Part(item.title, item.url, item.language), badges, under, facts=tuple(self._statement_facts(item)))

    def _statement_facts(self, item: NewStatement) -> Iterator[Fact]:
        if item.published:
            yield self._fact("published", *(self._publication(one) for one in item.published))
        absent = self._absent(item)
        if absent:
            yield self._fact("not_yet", (Part(self._list(absent)),))
        if item.copies:
            yield self._fact("copies", (Part(self._copies(item)),))
        if item.languages:
            yield self._fact("languages", (Part(self._list(self._term(LANGUAGES, code) for code in item.languages)),))

    def _absent(self, item: NewStatement) -> tuple[str, ...]:
        """The sides without a text of their own yet; a placeholder says so of all by its badge."""
        if item.placeholder or not item.published:
            return ()
        there = {one.side for one in item.published}
        return () if JOINT in there else tuple(name for side, name in self.digest.sides if side not in there)

    def _publication(self, item: Publication) -> tuple[Part, ...]:
        who = " · ".join(word for word in (self._side(item.side), item.publisher) if word)
        language = f" ({self._term(LANGUAGES, item.language)})" if item.language else ""
        when = "; ".join(word for word in (self._moment(item.published_at), self._seen(item)) if word)
        return (Part(who or item.url, item.url), Part(f"{language} - {when}" if when else language))

    def _seen(self, item: Publication) -> str:
        if not item.seen_before:
            return ""
        if not item.seen_after:
            return self._say["seen_by"].format(end=self._moment(item.seen_before))
        start, end = between(item.seen_after, item.seen_before, self.digest.zone, self.digest.language)
        return self._say["seen_between"].format(start=start, end=end)

    def _copies(self, item: NewStatement) -> str:
        more = item.copies - len(item.publishers)
        if not item.publishers:
            return str(item.copies)
        form = self._say["copies_more" if more > 0 else "copies_of"]
        return form.format(n=item.copies, names=self._list(item.publishers), more=more)

    # --- other flags

    def _notable(self, item: Notable) -> Item:
        kinds = tuple(self._say[f"flag_{kind}"] for kind in item.kinds)
        heading = Part(item.name or self._say["unnamed"], language=item.language if item.name else "")
        return Item(heading, kinds, self._about(item), _marked(item.sentence, item.mark, item.language), tuple(self._notable_facts(item)))

    def _about(self, item: Notable) -> str:
        """What the kind is of: which instance, which sides."""
        words = (
            self._say["instance_of"].format(n=item.instance) if item.instance else "",
            self._say["in_texts_of"].format(sides=self._list(self._side(side) for side in item.parties)) if item.parties else "",
            self._say["not_in_texts_of"].format(sides=self._list(self._side(side) for side in item.others)) if item.others else "",
            self._say["said_in_comparator"] if item.from_comparator and item.sentence else "",
        )
        return " · ".join(word for word in words if word)

    def _notable_facts(self, item: Notable) -> Iterator[Fact]:
        dated = (item.statement_title, self._day(item.statement_date), self._side(item.side), item.publisher)
        told = " · ".join(word for word in dated if word)
        if told or item.url:
            yield self._fact("statement", (Part(told or item.url, item.url),))
        compared = " · ".join(word for word in (item.comparator_title, self._day(item.comparator_date)) if word)
        if compared or item.comparator_url:
            yield self._fact("compared_with", (Part(compared or item.comparator_url, item.comparator_url),))
        yield self._fact("confidence", (Part(f"{round(item.confidence * 100)} %"),))

    # --- wording

    def _rewording(self, item: Rewording) -> Item:
        told = self._say["now_before"].format(now=self._variants(item.after), before=self._variants(item.before))
        quote = (Part(item.sentence, language=item.language),) if item.sentence else ()
        return Item(Part(item.formula), (), told, quote, tuple(self._rewording_facts(item)))

    def _variants(self, names: Iterable[str]) -> str:
        return self._list(name or self._say["absent"] for name in names)

    def _rewording_facts(self, item: Rewording) -> Iterator[Fact]:
        told = " · ".join(
            word for word in (item.statement_title, self._day(item.statement_date), self._side(item.side), item.publisher) if word
        )
        if told or item.url:
            yield self._fact("statement", (Part(told or item.url, item.url),))
        compared = " · ".join(word for word in (item.before_title, self._day(item.before_date)) if word)
        if compared or item.before_url:
            yield self._fact("compared_with", (Part(compared or item.before_url, item.before_url),))
        if item.before_sentence:
            yield self._fact("said_before", (Part(item.before_sentence, language=item.language),))

    # --- edits

    def _edit(self, item: Edit) -> Item:
        under = " · ".join(word for word in (self._side(item.side), item.publisher, self._moment(item.seen_at)) if word)
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
            self._fact("outcome", (Part(f"{self._term(OUTCOMES, item.outcome)} ({item.outcome})"),)),
            self._fact("last_good", (Part(self._moment(item.last_good) or self._say["never"]),)),
        ]
        if item.since:
            facts.insert(1, self._fact("since", (Part(self._moment(item.since)),)))
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
        start, end = between(report.blind_from, report.blind_to, self.digest.zone, self.digest.language)
        return self._say["blind_of"].format(length=length, source=report.blind_source, start=start, end=end)


def _apart(piece: Piece, later: Piece | None, language: str) -> str:
    """A piece of a diff with the space that parts it from the next, where words are parted at all."""
    touching = language in {"ja", "zh"} or later is None or not later.text[:1].isalnum()
    return piece.text if touching and piece.op == "same" else piece.text + " "


def _quote(item: NewInitiative) -> tuple[Part, ...]:
    """The evidence sentence with the name marked, and one sentence either side, dimmed."""
    start, end = item.mark
    gap = "" if item.language in {"ja", "zh"} else " "
    before = item.before + gap if item.before else ""
    after = gap + item.after if item.after else ""
    pieces = (
        Part(before, language=item.language, dimmed=True),
        Part(item.sentence[:start], language=item.language),
        Part(item.sentence[start:end], language=item.language, marked=True),
        Part(item.sentence[end:], language=item.language),
        Part(after, language=item.language, dimmed=True),
    )
    return tuple(piece for piece in pieces if piece.text)


def _marked(sentence: str, mark: tuple[int, int], language: str) -> tuple[Part, ...]:
    start, end = mark
    pieces = (
        Part(sentence[:start], language=language),
        Part(sentence[start:end], language=language, marked=True),
        Part(sentence[end:], language=language),
    )
    return tuple(piece for piece in pieces if piece.text)


def _near(near: Near) -> tuple[Part, ...]:
    return (Part(f"{near.name} ({near.id})"), Part(f" - {near.why}" if near.why else ""))
