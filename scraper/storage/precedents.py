"""What came before a finding: the earlier statements that do not name an initiative, what a statement is compared with, who else spoke."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from scraper.model.flag import TOLD_FROM
from scraper.model.wording import Stand, Worded
from scraper.storage import formulae
from scraper.storage.store import Row, Store
from scraper.text import paragraph_at


@dataclass(frozen=True, slots=True)
class Precedents:
    """How many official statements are ``earlier`` than one by date, and the year ``since`` the first of them; 0 where nothing can be said."""

    earlier: int = 0
    since: str = ""


_EARLIER = """SELECT count(*) AS n, coalesce(min(s.date), '') AS first, coalesce(sum(EXISTS (SELECT 1 FROM mentions m JOIN articles x ON x.id = m.article_id
    WHERE x.statement_id = s.id AND m.initiative_id = :slug AND m.revision_id IS NULL)), 0) AS naming
  FROM statements s WHERE s.date < (SELECT date FROM statements WHERE id = :statement) AND NOT s.placeholder
    AND EXISTS (SELECT 1 FROM articles a WHERE a.statement_id = s.id AND a.official)"""


def without(store: Store, slug: str, statement_id: int) -> Precedents:
    """Return the official statements of earlier dates than this one, none of which names the initiative; where one does, nothing is said."""
    row = store.row(_EARLIER, {"slug": slug, "statement": statement_id})
    return Precedents(row["n"], row["first"][:4]) if row and row["n"] and not row["naming"] else Precedents()


def paragraph(store: Store, mention_id: int) -> int:
    """Return the number of the paragraph of the released text in which a mention stands, the first is 1; 0 where it stands in none (in a
    title, beside the released text, in a text that is not kept)."""
    row = store.row(
        'SELECT m."start" - a.statement_start AS place, a.statement_text AS text FROM mentions m JOIN articles a ON a.id = m.article_id '
        "WHERE m.id = ? AND m.field = 'text' AND a.statement_text IS NOT NULL",
        (mention_id,),
    )
    return paragraph_at(row["text"], row["place"]) if row and row["place"] is not None else 0


def comparable(store: Store, statement_id: int, unfit: Callable[[Worded], tuple[str, ...]]) -> tuple[Worded, Worded] | None:
    """Return the last statement that this one can be compared with, and this one; None where there is none. ``unfit`` says why the wording of
    a statement can be compared with nothing, empty where it can."""
    found = formulae.worded(store, (statement_id,))
    if not found or unfit(found[0]):
        return None
    before = next((one for one in formulae.before(store, found[0]) if not unfit(one)), None)
    return (before, found[0]) if before is not None else None


def stands(store: Store, statement_id: int) -> tuple[Stand, ...]:
    """Return the formulae of a statement in the order of its rows."""
    rows = store.rows("SELECT formula, variant, sentence FROM formulae WHERE statement_id = ? ORDER BY rowid", (statement_id,))
    return tuple(Stand(**row) for row in rows)


_DIVERGING = f"""SELECT f.id, f.statement_id, f.comparator_id, coalesce(f.formula, '') AS formula, coalesce(i.name, '') AS name,
  coalesce(f.party, '') AS party, coalesce(f.detail, '') AS detail FROM flags f JOIN statements s ON s.id = f.statement_id
  LEFT JOIN initiatives i ON i.id = f.initiative_id
  WHERE f.kind = 'divergence' AND f.superseded_at IS NULL AND f.confidence >= {TOLD_FROM} AND s.event_id = ? ORDER BY f.id"""


def diverging(store: Store, event_id: int) -> list[Row]:
    """Return the flags in force that tell where the sides' texts of an event differ: ``statement_id``, ``comparator_id``, ``formula`` or
    ``name`` (of an initiative), and the parties ``party`` and ``detail`` with commas."""
    return store.rows(_DIVERGING, (event_id,))
