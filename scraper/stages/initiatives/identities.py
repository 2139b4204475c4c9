"""What a name is one with, for everything that asks: a known initiative, else the key of its words."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Sequence
from functools import cached_property

from scraper.model.grouping import NameForm
from scraper.model.initiative import Registry
from scraper.model.watch import Watch
from scraper.stages.initiatives.matching import Known
from scraper.stages.initiatives.names import Keys
from scraper.stages.initiatives.renamed import FORMERLY

SHORT = 3
"""Letters below which an abbreviation ties nothing."""


class Identities:
    """Identities of names; build it once for a registry and a watch, since it prepares the registry and keeps what it worked out."""

    def __init__(self, registry: Registry, watch: Watch) -> None:
        self.registry = registry
        self.keys = Keys(watch)
        self.known = Known(registry, self.keys)
        self.by_id = {one.id: one for one in reversed(registry.initiatives)}  # of two the first, as Registry.get has it

    def node(self, name: str, abbreviation: str, slug: str = "") -> Hashable:
        """Return what a name is one with: the slug of a known initiative, else the key of the name."""
        if slug and slug in self.by_id:
            return slug
        variant = self.known.variant(name, abbreviation)
        return variant.id if variant is not None else self.keys.of(name)

    def links(self, abbreviation: str) -> list[Hashable]:
        """Return what ties names of different words together: an abbreviation, the English name that stood beside a Korean or Japanese one, or
        the name that it had before."""
        if " " in abbreviation:
            return [self.keys.of(abbreviation.removeprefix(FORMERLY))]
        return [("abbreviation", abbreviation)] if len(abbreviation) >= SHORT else []

    def registered(self, slug: str, forms: Sequence[NameForm] = ()) -> str:
        """Return the slug that the registry has today for what went by ``slug`` and under these names, or ``""``.

        The slug itself where one of the names is still its own, else that of the entry that has most of the names: a registry may
        learn a name after a person decided on it, give an entry another slug, or drop it.
        """
        owners = [self.owners(form) for form in forms]
        if slug in self.by_id and (not forms or any(slug in held for held in owners)):
            return slug
        votes = Counter(owner for held in owners for owner in held)
        return min(votes, key=lambda owner: (-votes[owner], owner)) if votes else ""

    def owners(self, form: NameForm) -> set[str]:
        """Return the entries of the registry that have a name, as it is written or as a variant."""
        node = self.node(form.name, form.abbreviation)
        return self._literal.get(form.name, set()) | ({node} if isinstance(node, str) else set())

    @cached_property
    def _literal(self) -> dict[str, set[str]]:
        """The slugs that have a name just as it is written."""
        found: dict[str, set[str]] = defaultdict(set)
        for one in self.registry.initiatives:
            for name in (one.name, *(form for forms in one.names.values() for form in forms)):
                found[" ".join(name.split())].add(one.id)
        return dict(found)
