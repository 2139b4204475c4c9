"""What a digest tells, and the message that carries it.

Times are UTC strings ``YYYY-MM-DDTHH:MM:SSZ`` as :func:`scraper.model.moment.utc` writes them, or a bare date, or ``""``.
"""

from __future__ import annotations

from dataclasses import dataclass

from scraper.model.initiative import Near
from scraper.model.revision import Piece


@dataclass(frozen=True, slots=True)
class Publication:
    """One side's own text of a statement: ``side`` is joint or a party's id, ``language`` the text's.

    ``published_at`` is what the publisher says (a time, a bare date, or empty). ``seen_after`` and ``seen_before`` bracket what
    we know ourselves: the last good poll without it, and the first with it.
    """

    side: str
    publisher: str
    url: str
    published_at: str = ""
    seen_after: str = ""
    seen_before: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where our own pages show a finding: its ``page``, that of its ``statement`` where it is none itself, the archived ``capture``, the
    ``cite`` page, the ``compare`` page with the last comparable statement; each empty where there is none or nobody serves them."""

    page: str = ""
    statement: str = ""
    capture: str = ""
    cite: str = ""
    compare: str = ""


@dataclass(frozen=True, slots=True)
class Deciding:
    """The signed addresses by which a person decides on an initiative: it is new (``confirm``), it is the nearest known one (``merge``), it is
    none (``dismiss``); each empty where it is not offered."""

    confirm: str = ""
    merge: str = ""
    dismiss: str = ""


CHANGES = ("moved", "dropped", "taken_up", "new")
"""How a watched formula changed, the strongest first: to another variant, to none though its topic is spoken of, from none, and with its topic."""


@dataclass(frozen=True, slots=True)
class Change:
    """A watched formula that stands otherwise than in the last comparable statement; ``kind`` out of CHANGES, ``formula``, ``before`` and
    ``after`` as in Rewording, ``sentence`` the one now."""

    kind: str
    formula: str
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class Comparable:
    """The last statement of an earlier date that a new one can be compared with, the strongest ``changes`` since, and how many there are in all."""

    id: int
    title: str
    date: str = ""
    url: str = ""
    changes: tuple[Change, ...] = ()
    changed: int = 0


@dataclass(frozen=True, slots=True)
class Difference:
    """Where the sides' texts of one event differ: the initiative or formula ``name`` stands in those of ``parties`` and not, or otherwise, in
    those of ``others`` (ids). Of a formula ``here`` and ``there`` are the names of the variants, as in Rewording."""

    name: str
    parties: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    here: tuple[str, ...] = ()
    there: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NewStatement:
    """A statement not told of before. ``title``, ``kind``, ``date``, ``level``, ``place``, ``side`` as in StatementGroup.

    ``copies`` counts the sightings folded away and ``publishers`` names them, most telling first. ``placeholder``: only
    reports are known. ``languages`` are those of all sightings. ``late``: found long after its own date. ``event_id`` is its event, of which
    the parties ``elsewhere`` have texts of their own in other statements. ``capture_id`` is the article whose page is archived, 0 for none.
    """

    id: int
    title: str
    kind: str
    date: str = ""
    level: str = ""
    place: str = ""
    side: str = ""
    url: str = ""
    language: str = ""
    published: tuple[Publication, ...] = ()
    copies: int = 0
    publishers: tuple[str, ...] = ()
    placeholder: bool = False
    languages: tuple[str, ...] = ()
    late: bool = False
    event_id: int = 0
    elsewhere: tuple[str, ...] = ()
    capture_id: int = 0
    comparable: Comparable | None = None
    differences: tuple[Difference, ...] = ()
    addresses: Addresses = Addresses()


@dataclass(frozen=True, slots=True)
class NewInitiative:
    """An initiative flagged as new, with its proof.

    ``sentence[mark[0]:mark[1]]`` is the name as it stands in the evidence ``sentence``; ``before`` and ``after`` are the
    sentences beside it, of the language ``language``. ``side``, ``publisher`` and ``url`` say who wrote it.
    ``confidence`` is 0 to 1 with ``why``; ``nearest`` are known names; ``basis`` is in_our_data or ever.
    ``placeholder``: no official text of its statement is known. ``paragraph`` is the number of the sentence's in the released text, the first
    is 1, 0 where it stands in none. It stands in none of ``earlier`` official statements, the first of the year ``since``; 0 claims nothing.
    """

    id: str
    name: str
    kind: str
    language: str
    sentence: str
    mark: tuple[int, int]
    before: str = ""
    after: str = ""
    side: str = ""
    publisher: str = ""
    url: str = ""
    statement_title: str = ""
    statement_date: str = ""
    confidence: float = 1.0
    why: str = ""
    nearest: tuple[Near, ...] = ()
    basis: str = "in_our_data"
    placeholder: bool = False
    statement_id: int = 0
    paragraph: int = 0
    earlier: int = 0
    since: str = ""
    capture_id: int = 0
    addresses: Addresses = Addresses()
    deciding: Deciding = Deciding()


@dataclass(frozen=True, slots=True)
class Edit:
    """What an official page changed after it was first read: ``kind`` is substance, gone or returned.

    ``pieces`` are the word diff in order, ``op`` same, gone or new; ``seen_at`` is when it was seen, ``title`` the page's title now,
    ``withdrawn`` the names of initiatives that it took out.
    """

    id: int
    kind: str
    title: str
    url: str = ""
    publisher: str = ""
    side: str = ""
    seen_at: str = ""
    language: str = ""
    pieces: tuple[Piece, ...] = ()
    withdrawn: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rewording:
    """A formula that stands otherwise than in the last comparable statement that speaks of its topic.

    ``formula`` is its name in the reader's language; ``before`` and ``after`` are the names of the variants, ``""`` for one that is
    absent though its topic is spoken of. ``sentence`` is the one now (for an absent one that on its topic), ``before_sentence`` the one then.
    """

    id: int
    formula: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    sentence: str
    before_sentence: str = ""
    language: str = ""
    side: str = ""
    publisher: str = ""
    url: str = ""
    statement_title: str = ""
    statement_date: str = ""
    before_title: str = ""
    before_date: str = ""
    before_url: str = ""


@dataclass(frozen=True, slots=True)
class Notable:
    """Something else that a flag tells of an initiative, a formula or a text: ``kinds`` are those that hold of it at one event, as in
    scraper.model.flag.STRENGTH, the one that is told first.

    ``name`` is the initiative's, or the formula's in the reader's language, empty for what has no name. ``sentence`` proves it, in
    ``language``; ``sentence[mark[0]:mark[1]]`` is the name in it. Of an omission it is the comparator's (``from_comparator``).
    ``parties`` and ``others`` are ids of parties, ``instance`` an ordinal or year. The ``comparator`` is what it is told against.
    """

    id: int
    kinds: tuple[str, ...]
    name: str = ""
    sentence: str = ""
    mark: tuple[int, int] = (0, 0)
    language: str = ""
    from_comparator: bool = False
    parties: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    instance: str = ""
    side: str = ""
    publisher: str = ""
    url: str = ""
    statement_title: str = ""
    statement_date: str = ""
    comparator_title: str = ""
    comparator_date: str = ""
    comparator_url: str = ""
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class SourceTrouble:
    """A source that fails or fell silent: ``outcome`` out of OUTCOMES, ``since`` its first bad poll in a row.

    ``new`` tells that no digest told of it yet.
    """

    id: str
    name: str
    outcome: str
    since: str = ""
    last_good: str = ""
    error: str = ""
    new: bool = True


@dataclass(frozen=True, slots=True)
class HeldBack:
    """How many findings were stored without an alert because they were old (the backlog)."""

    statements: int = 0
    initiatives: int = 0


@dataclass(frozen=True, slots=True)
class WatchReport:
    """How well the last seven days were watched.

    ``answered`` of ``official`` sources gave at least one good poll; ``polls`` were made, ``good`` of them succeeded.
    The longest blind spot is ``blind_minutes`` long, of ``blind_source`` from ``blind_from`` to ``blind_to``.
    ``statements`` were found. ``complete`` tells that the watch was good enough to take silence for silence.
    """

    answered: int
    official: int
    polls: int = 0
    good: int = 0
    statements: int = 0
    complete: bool = False
    blind_minutes: int = 0
    blind_source: str = ""
    blind_from: str = ""
    blind_to: str = ""


@dataclass(frozen=True, slots=True)
class Attendance:
    """How a government was watched when the digest was made: ``answered`` of its ``official`` sources answer, ``silent`` names the others.

    ``place`` is what it is called in the reader's language, by its capital where that is known; ``looked_at`` the last good poll. It is
    blind where none answers, or where no source watches it.
    """

    party: str
    place: str
    answered: int = 0
    official: int = 0
    silent: tuple[str, ...] = ()
    looked_at: str = ""

    @property
    def blind(self) -> bool:
        """Whether nothing of it would be seen."""
        return self.answered == 0


@dataclass(frozen=True, slots=True)
class Material:
    """What a digest is compiled from: everything since the last one.

    ``zone`` is that of the times shown, ``language`` en, ko or ja. ``sides`` are (party id, name in that language) of the
    watched parties. ``known`` are names of known initiatives recognised, ``recovered`` those of sources that answer
    again after a trouble that was told, ``notices`` sentences about the machine (a disk that fills). ``still``: nothing was told since
    the first message, and the report says that we watch. ``attendance`` is that of each watched government, empty where nobody watches
    (a home that only imports). ``between``: told between digests, because it could not wait.
    """

    made_at: str
    zone: str = "UTC"
    language: str = "en"
    sides: tuple[tuple[str, str], ...] = ()
    statements: tuple[NewStatement, ...] = ()
    initiatives: tuple[NewInitiative, ...] = ()
    notable: tuple[Notable, ...] = ()
    edits: tuple[Edit, ...] = ()
    wording: tuple[Rewording, ...] = ()
    known: tuple[str, ...] = ()
    troubles: tuple[SourceTrouble, ...] = ()
    recovered: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    held_back: HeldBack = HeldBack()
    watch: WatchReport | None = None
    still: bool = False
    attendance: tuple[Attendance, ...] = ()
    between: bool = False


@dataclass(frozen=True, slots=True)
class Digest:
    """A compiled digest: the Material put in order, cleaned and cut to what a reader can take in; links http(s) only."""

    made_at: str
    zone: str
    language: str
    sides: tuple[tuple[str, str], ...] = ()
    statements: tuple[NewStatement, ...] = ()
    initiatives: tuple[NewInitiative, ...] = ()
    notable: tuple[Notable, ...] = ()
    edits: tuple[Edit, ...] = ()
    wording: tuple[Rewording, ...] = ()
    known: tuple[str, ...] = ()
    troubles: tuple[SourceTrouble, ...] = ()
    recovered: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    held_back: HeldBack = HeldBack()
    watch: WatchReport | None = None
    still: bool = False
    attendance: tuple[Attendance, ...] = ()
    between: bool = False

    @property
    def blind(self) -> tuple[str, ...]:
        """The places of the governments of which nothing would be seen."""
        return tuple(one.place for one in self.attendance if one.blind)

    @property
    def has_news(self) -> bool:
        """Whether something happened: a statement, an initiative or something else of one, another wording, an official edit, a source
        that newly fails or answers again, a notice."""
        happened = self.statements or self.initiatives or self.notable or self.wording or self.edits or self.recovered or self.notices
        return bool(happened or any(trouble.new for trouble in self.troubles))

    @property
    def is_due(self) -> bool:
        """Whether it is to be sent: there is news, or a watch report is in it."""
        return self.has_news or self.watch is not None


@dataclass(frozen=True, slots=True)
class Message:
    """A digest ready for a channel. ``message_id`` is the same for the same alerts (letters, digits, dashes; a channel adds
    its domain), ``unsubscribe`` an https or mailto address or empty, ``made_at`` UTC. ``short`` is the form for push in two lines, the subject
    and the first finding with its address; ``payload`` the form for machines, one JSON object; either may be empty."""

    message_id: str
    subject: str
    text: str
    html: str
    language: str = "en"
    unsubscribe: str = ""
    made_at: str = ""
    short: str = ""
    payload: str = ""
