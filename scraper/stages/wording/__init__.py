"""The wording of statements: two of them aligned sentence by sentence, and the watched formulae in each."""

from __future__ import annotations

from scraper.model.wording import Comparison, Worded
from scraper.stages.wording.aligning import align
from scraper.stages.wording.comparable import lonely, refusals, unfit, whole
from scraper.stages.wording.formulae import Formulary, beside, shifts
from scraper.stages.wording.page import render_html
from scraper.stages.wording.plain import render_text
from scraper.stages.wording.records import as_json

__all__ = ["Formulary", "align", "as_json", "beside", "compare", "refusals", "render_html", "render_text", "shifts", "unfit", "whole"]


def compare(
    before: Worded | None, after: Worded, formulary: Formulary, passed: tuple[str, ...] = (), *, anyway: bool = False
) -> Comparison:
    """Return two statements side by side, or why they are not comparable; the one of the earlier date is ``before``.

    None stands for the comparable one that was looked for and is not there; ``passed`` as in Comparison. With ``anyway`` two texts of one
    language are held side by side besides saying why they are not comparable.
    """
    if before is None:
        return Comparison(None, after, lonely(after), passed=passed)
    if before.date and after.date and after.date < before.date:
        before, after = after, before
    refused = refusals(before, after)
    if refused and not (anyway and before.text and after.text and before.language == after.language):
        return Comparison(before, after, refused, passed=passed)
    rows = align(formulary.folding.sentences(before.text), formulary.folding.sentences(after.text))
    stood, stands = (formulary.stands(one.text, one.language) for one in (before, after))
    return Comparison(before, after, refused, rows, beside(stood, stands), passed)
