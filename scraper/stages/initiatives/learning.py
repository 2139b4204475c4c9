"""Names that people decided on, as entries by which they are found in every later text, not only where a rule would see them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from scraper.model.grouping import NameForm, Review, name_forms
from scraper.model.initiative import Initiative, Registry
from scraper.stages.initiatives.deciding import Rulings, ordered
from scraper.stages.initiatives.identities import Identities
from scraper.stages.initiatives.names import Key
from scraper.text import has_cjk

LEARNED = "~"
"""Stands before the slug of an entry that is no registry's: a mention found by it is resolved by its name, so that the decision can be taken back."""
_SHORTEST, _SHORTEST_EASTERN = 2, 4
"""Words, and characters of Korean and Japanese, that a name must have to be looked for anywhere."""


def learned(identities: Identities, reviews: Iterable[Review]) -> Registry:
    """Return the registry with an entry for the names of each decision that holds and does not dismiss, where the registry does not have them.

    What says too little to be looked for anywhere is left out: descriptions in lower case, single words, what is nothing but a head noun.
    """
    mine = ordered(reviews)
    held = Rulings(identities, mine)
    names: dict[str, list[NameForm]] = defaultdict(list)
    for review in mine:
        for form in (*name_forms(review.subject_names), *name_forms(review.value_names)):
            key = identities.node(form.name, form.abbreviation)
            ruling = held.at(key) if isinstance(key, Key) and not key.bare and _telling(form.name) else None
            if ruling is not None and not ruling.dismissed:
                names[ruling.slug].append(form)
    return Registry((*identities.registry.initiatives, *(_entry(slug, forms) for slug, forms in sorted(names.items()))))


def _telling(name: str) -> bool:
    if has_cjk(name):
        return len("".join(name.split())) >= _SHORTEST_EASTERN
    return name[:1].isupper() and len(name.split()) >= _SHORTEST


def _entry(slug: str, forms: Sequence[NameForm]) -> Initiative:
    languages = sorted({form.language for form in forms})
    names = {language: tuple(sorted({form.name for form in forms if form.language == language})) for language in languages}
    return Initiative(LEARNED + slug, min(form.name for form in forms), names=names)
