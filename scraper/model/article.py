"""An article as extracted, and what was judged of it."""

from __future__ import annotations

from dataclasses import dataclass

from scraper.model.moment import Moment


@dataclass(frozen=True, slots=True)
class Article:
    """One page as read: ``text`` is its main text in NFC, paragraphs parted by blank lines.

    ``statement`` is the half-open stretch of ``text`` that holds the released statement (the whole text where nothing could
    be cut); ``marked`` tells that the page itself marked it ("Begin Text"). ``extractor`` names what found the text.
    ``official`` and ``party`` come from the source or, for a page without one, from the host. ``language`` is en, ko, ja or
    another code (:func:`scraper.text.language_code`).
    """

    url: str
    title: str
    text: str
    language: str
    published: Moment | None = None
    statement: tuple[int, int] = (0, 0)
    marked: bool = False
    canonical_url: str = ""
    source_id: str = ""
    publisher: str = ""
    party: str = ""
    official: bool = False
    extractor: str = ""
    authors: tuple[str, ...] = ()
    store: str = "full"

    @property
    def statement_text(self) -> str:
        """The released statement without the page around it."""
        return self.text[self.statement[0] : self.statement[1]]


@dataclass(frozen=True, slots=True)
class Participant:
    """A person who took part: name as written, office as written or empty, id of the party or empty."""

    person: str
    office: str = ""
    party: str = ""


@dataclass(frozen=True, slots=True)
class Relevance:
    """Whether an article is, or tells of, an act of the watched parties together, and what kind of act; with reasons.

    ``score`` is 0 to 1, relevant from .5. ``kind`` is out of STATEMENT_KINDS: what the parties say
    together, a readout of one side, its press statement or remarks (words spoken), a fact sheet, a memorandum, a preview (of a meeting
    to come), a report, a commentary. ``side`` is joint or the id of the party whose text it is, empty for a report. ``level`` is out of LEVELS or
    empty. ``date`` is the calendar date at the place of the meeting; ``date_stated`` that the text says it (else inferred
    from the publication). ``place`` is the English name of the city or empty.
    """

    relevant: bool
    score: float
    reasons: tuple[str, ...]
    kind: str = "report"
    side: str = ""
    level: str = ""
    date: str = ""
    date_stated: bool = False
    place: str = ""
    participants: tuple[Participant, ...] = ()


LEVELS = (
    "leaders", "foreign_ministers", "vice_ministers", "defence_ministers", "chiefs_of_defence", "security_advisers",
    "ministers_other", "envoys", "officials", "forces",
)  # fmt: skip
STATEMENT_KINDS = (
    "joint_statement", "readout", "press_statement", "remarks", "fact_sheet", "memorandum", "preview", "report", "commentary",
)  # fmt: skip
