"""From names to initiatives: variants of a known one, of one another, or something new. A pure function of its inputs, whatever their order."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence

from scraper.model.grouping import Review
from scraper.model.initiative import Found, Registry, SeenName
from scraper.model.watch import Watch
from scraper.stages.initiatives.deciding import ruled
from scraper.stages.initiatives.descriptions import described, formerly_described
from scraper.stages.initiatives.eastern import EASTERN_HEADS
from scraper.stages.initiatives.gathering import Group, arrival, display, named, own_slug
from scraper.stages.initiatives.identities import Identities
from scraper.stages.initiatives.initials import one_spelling
from scraper.stages.initiatives.lexicon import FAMILY
from scraper.stages.initiatives.matching import Known
from scraper.stages.initiatives.names import Key
from scraper.stages.initiatives.rementions import doubted
from scraper.stages.initiatives.states import state_of
from scraper.stages.initiatives.translations import translated
from scraper.stages.initiatives.unions import Unions

__all__ = ["Resolver", "arrival", "own_slug", "resolve"]


class Resolver(Identities):
    """Makes initiatives of names; build it once for a registry and a watch, since it prepares the registry and keeps what it worked out of names."""

    def found(self, seen: Sequence[SeenName], reviews: Iterable[Review]) -> tuple[Found, ...]:
        """Return the initiatives that the names speak of, by slug; see :func:`resolve`."""
        groups = doubted(ruled(named(self._partition(seen), self.by_id), self, reviews), self)
        return tuple(sorted((_found(group, self.known) for group in groups), key=lambda found: found.id))

    def _partition(self, members: Sequence[SeenName]) -> dict[Hashable, list[SeenName]]:
        unions: Unions = Unions()
        parts: dict[Hashable, list[SeenName]] = {}
        nodes = [self.node(one.name, one.abbreviation, one.initiative_id) for one in members]
        keyed = [(one, node) for one, node in zip(members, nodes, strict=True) if isinstance(node, Key)]
        for one, key in keyed:
            for link in self.links(one.abbreviation):
                unions.join(key, link)
        for spelled, short in one_spelling((one.name for one, _ in keyed), self.keys.of):
            unions.join(spelled, short)
        for description, name in (*described(keyed), *formerly_described(keyed, self.keys.of)):
            unions.join(description, name)
        for one_name, other_name in translated([(one, unions.root(node)) for one, node in zip(members, nodes, strict=True)]):
            if not isinstance(unions.root(one_name), str):  # two known initiatives never become one by themselves
                unions.join(one_name, other_name)
        for one, node in zip(members, nodes, strict=True):
            parts.setdefault(unions.root(node), []).append(one)
        return parts


def resolve(seen: tuple[SeenName, ...], registry: Registry, reviews: tuple[Review, ...], watch: Watch) -> tuple[Found, ...]:
    """Return the initiatives that the names speak of, by slug.

    Names of one key (see names.Key) are one; so are names with the same abbreviation, or with the same English name beside them;
    so are the names of one thing in the translations of one statement (see translations). What people decided goes before all
    of that (see deciding); a slug comes from the earliest name by date, then by name, unless a person decided on it.
    """
    return Resolver(registry, watch).found(seen, reviews)


def _found(group: Group, known: Known) -> Found:
    initiative = group.known
    name = group.name or (initiative.name if initiative is not None else display(group.seen))
    return Found(
        id=group.slug,
        name=name,
        kind=initiative.kind if initiative is not None else next((_family(one.head) for one in group.seen if one.head), ""),
        scope=group.scope or (initiative.scope if initiative is not None else "trilateral-government"),
        status=state_of(group.seen),
        known=initiative is not None,
        names=tuple(sorted({(one.name, one.language) for one in group.seen})),
        mention_ids=tuple(one.mention_id for one in group.seen),
        first_mention_id=group.seen[0].mention_id,
        nearest=known.nearest(name, but=initiative.id if initiative is not None else ""),
        reason=group.reason,
        confidence=1.0 if group.decided or initiative is not None else min(group.cap, max(one.confidence for one in group.seen)),
        decided=group.decided,
    )


def _family(head: str) -> str:
    """The family of a head noun; a family stays what it is."""
    return FAMILY.get(head) or EASTERN_HEADS.get(head, head)
