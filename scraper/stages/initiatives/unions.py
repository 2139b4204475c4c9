"""Disjoint sets (Galler & Fischer 1964): what is joined, directly or through others, is one."""

from __future__ import annotations

from collections.abc import Hashable


class Unions:
    """Disjoint sets of hashable things; the partition does not depend on the order of joining."""

    def __init__(self) -> None:
        self._parent: dict[Hashable, Hashable] = {}

    def add(self, thing: Hashable) -> None:
        """Take ``thing`` in as a set of its own, unless it is in."""
        self._parent.setdefault(thing, thing)

    def root(self, thing: Hashable) -> Hashable:
        """Return the thing that stands for the set of ``thing`` (paths are halved on the way)."""
        self.add(thing)
        while self._parent[thing] != thing:
            self._parent[thing] = self._parent[self._parent[thing]]
            thing = self._parent[thing]
        return thing

    def join(self, one: Hashable, other: Hashable) -> None:
        """Make the sets of ``one`` and ``other`` one."""
        self._parent[self.root(one)] = self.root(other)
