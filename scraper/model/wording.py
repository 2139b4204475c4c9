"""The wording of statements: two of them side by side, and the formulae that are watched through all of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from scraper.model.revision import Piece
from scraper.model.watch import Term, Words

ABSENT = "absent"
"""The variant of a formula that is missing where its topic is spoken of."""

OPERATIONS = ("kept", "reworded", "moved", "dropped", "new")
"""What became of a sentence: a moved one may be reworded too, and then has a word diff."""

COMPARED_KINDS = ("joint_statement", "readout", "press_statement", "remarks", "fact_sheet", "memorandum")
"""Kinds of statements whose own words are there to be compared."""

FULL_GRADES = ("official", "official_translation", "verbatim")
"""Grades of articles that carry the words of the statement itself; a verbatim copy does so where no official page is known."""


@dataclass(frozen=True, slots=True)
class Variant:
    """One wording of a formula. ``words`` are phrases by language; ``…`` in a phrase stands for a few words of any kind.

    ``names`` are what it is called in each language (for people), its id where there is none.
    """

    id: str
    words: Words
    names: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula that analysts watch, with its variants; where two match the same words the one that stands first is taken.

    ``topic`` are phrases that tell that its topic is spoken of: only then is its absence one. ``names`` as of a Variant.
    """

    id: str
    variants: tuple[Variant, ...]
    topic: Words = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Watched:
    """The whole of wording.toml: ``formulas``, and ``equals``, ways of saying one thing (Secretary and Foreign Ministers, 장관들), whose
    exchange is no rewording. An empty one watches nothing."""

    formulas: tuple[Formula, ...] = ()
    equals: tuple[Term, ...] = ()

    def get(self, formula: str) -> Formula | None:
        """Return the formula of that id, or None."""
        return next((one for one in self.formulas if one.id == formula), None)

    def named(self, formula: str, variant: str, language: str) -> str:
        """Return what a variant of a formula is called in a language (en where it has no name there); its id where it has none."""
        known = self.get(formula)
        found = next((one for one in known.variants if one.id == variant), None) if known else None
        return _name(found.names, language, variant) if found else variant.replace("-", " ")

    def title(self, formula: str, language: str) -> str:
        """Return what a formula is called in a language."""
        known = self.get(formula)
        return _name(known.names, language, formula) if known else formula.replace("-", " ")


def _name(names: Mapping[str, str], language: str, otherwise: str) -> str:
    return names.get(language) or names.get("en") or otherwise.replace("-", " ")


@dataclass(frozen=True, slots=True)
class Worded:
    """A statement as comparing sees it: its lead's text. ``id``, ``kind``, ``side``, ``level``, ``date`` as in StatementGroup.

    ``grade`` and ``language`` are the lead's; ``text`` is empty where it is not kept. ``placeholder``: only reports are known.
    ``rest`` is what its page has after the text. ``cut`` says why the text is known to be incomplete by other signs than these.
    """

    id: int
    text: str
    language: str
    kind: str = "joint_statement"
    side: str = "joint"
    level: str = ""
    date: str = ""
    title: str = ""
    url: str = ""
    publisher: str = ""
    grade: str = "official"
    placeholder: bool = False
    cut: str = ""
    rest: str = ""

    @property
    def chain(self) -> tuple[str, str, str, str]:
        """What two statements must share to be comparable: level, kind, side and language."""
        return (self.level, self.kind, self.side, self.language)


@dataclass(frozen=True, slots=True)
class Row:
    """What became of one sentence (or of two that were joined or parted): ``op`` out of OPERATIONS, the sentence ``before`` and ``after``
    as they stand, their places (0 the first, -1 none), and, where the words differ, the word diff."""

    op: str
    before: str = ""
    after: str = ""
    before_at: int = -1
    after_at: int = -1
    pieces: tuple[Piece, ...] = ()


@dataclass(frozen=True, slots=True)
class Stand:
    """One variant of a formula as it stands in a text, with the first sentence that holds it; for ABSENT the sentence on its topic."""

    formula: str
    variant: str
    sentence: str


@dataclass(frozen=True, slots=True)
class FormulaRow:
    """A formula in two statements: the variants in each, in the order of the configuration, with their sentences."""

    formula: str
    before: tuple[Stand, ...] = ()
    after: tuple[Stand, ...] = ()

    @property
    def changed(self) -> bool:
        """Whether other variants stand; where one of the two does not speak of it, nothing has changed."""
        return bool(self.before and self.after) and {s.variant for s in self.before} != {s.variant for s in self.after}


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two statements side by side, the older one before (None where a comparable one was looked for and there is none).

    ``refused`` says why they are not comparable, a sentence each; then there is nothing else, unless it was asked for anyway. ``passed`` says of those that stand
    between the two by date why they were passed over.
    """

    before: Worded | None
    after: Worded
    refused: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    formulae: tuple[FormulaRow, ...] = ()
    passed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """The formulae of one statement in the row of those comparable with it: ``order`` parts statements of one date, the same whatever
    arrived first."""

    statement_id: int
    date: str
    order: str
    stands: tuple[Stand, ...]


@dataclass(frozen=True, slots=True)
class Shift:
    """A formula that stands otherwise than in the last comparable statement that speaks of its topic."""

    formula: str
    statement_id: int
    before_id: int
    before: tuple[Stand, ...]
    after: tuple[Stand, ...]
