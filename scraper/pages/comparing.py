"""Two statements side by side, each pair of sentences with an anchor that can be quoted."""

from __future__ import annotations

from scraper.jobs import comparing
from scraper.pages.asking import Answer, Ask, moved
from scraper.pages.frame import page, watched
from scraper.pages.marking import paragraphs


def compare(ask: Ask) -> Answer:
    """Answer ``/compare/A/B``; ids that were merged away lead to those that stand. Two that are not comparable are shown with the reason."""
    (one, moved_one), (other, moved_other) = ask.standing("statement", "one"), ask.standing("statement", "other")
    made = comparing.compare(ask.store, ask.site.desk.formulary, str(one), str(other), anyway=True)
    if moved_one or moved_other:
        return moved(ask, "compare", one, other)
    sides = [(side, paragraphs(side.text)) for side in (made.before, made.after) if side is not None]
    return page(ask, "compare.html", made=made, sides=sides, watched=watched(ask))
