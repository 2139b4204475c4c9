"""From a name to what is known: exact variants by key and abbreviation, and the nearest known ones with reasons."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property, lru_cache

from scraper.model.initiative import Initiative, Near, Registry
from scraper.stages.initiatives.lexicon import ONLY_ONES
from scraper.stages.initiatives.names import KEPT, Key, Keys, overlap
from scraper.stages.initiatives.renamed import FORMERLY
from scraper.stages.initiatives.shortened import shortened

NEAREST = 3
_NEAR_AT = 0.2
_TELLING = ONLY_ONES | {"사무국", "핫라인", "事務局", "ホットライン"}


@dataclass(frozen=True, slots=True)
class Variant:
    """A known initiative that a name is a variant of, and why; ``others`` tells that it is somebody else's, to be left alone."""

    id: str
    why: str
    others: bool


class Known:
    """The registry by the keys of its names."""

    def __init__(self, registry: Registry, keys: Keys) -> None:
        self._keys = keys
        self._by_key: dict[Key, Initiative] = {}
        self._by_abbreviation: dict[str, Initiative] = {}
        self._names: list[tuple[Key, str, Initiative]] = []
        self._variants = lru_cache(maxsize=KEPT)(self._variant)
        self._near = lru_cache(maxsize=KEPT)(self._nearest)
        for initiative in registry.initiatives:
            self._add(initiative)

    def _add(self, initiative: Initiative) -> None:
        for name in sorted({initiative.name, *(n for names in initiative.names.values() for n in names)}):
            key = self._keys.of(name)
            if not key.bare or key.content[0] in _TELLING:
                self._by_key.setdefault(key, initiative)
                self._names.append((key, name, initiative))
        for abbreviation in initiative.abbreviations:
            self._by_abbreviation.setdefault(abbreviation, initiative)

    def variant(self, name: str, abbreviation: str = "") -> Variant | None:
        """Return the known initiative of the same content and family of head noun, or of the same abbreviation (four letters or more)."""
        return self._variants(name, abbreviation)

    def _variant(self, name: str, abbreviation: str) -> Variant | None:
        initiative = self._by_key.get(self._keys.of(name))
        if initiative is not None:
            return _variant(initiative, "the same words as a known name")
        initiative = self._by_abbreviation.get(abbreviation)
        if initiative is not None and (len(abbreviation) >= 4 or self._kin(name, initiative)):
            return _variant(initiative, "the abbreviation of a known one")
        beside = self._by_key.get(self._keys.of(abbreviation.removeprefix(FORMERLY))) if " " in abbreviation else None
        why = "the name that it had before is known" if abbreviation.startswith(FORMERLY) else "the English name beside it is known"
        return _variant(beside, why) if beside is not None else None

    def _kin(self, name: str, initiative: Initiative) -> bool:
        key = self._keys.of(name)
        return any(overlap(key, other) >= 0.5 for other, _, known in self._names if known is initiative)

    def longer(self, key: Key) -> tuple[Initiative, ...]:
        """Return the known initiatives of which a name of this key may be a shorter form (see shortened)."""
        return tuple(self._longer.get(key, {}).values())

    @cached_property
    def _longer(self) -> dict[Key, dict[str, Initiative]]:
        found: dict[Key, dict[str, Initiative]] = defaultdict(dict)
        for key, _, initiative in self._names:
            for short in shortened(key):
                found[short][initiative.id] = initiative
        return dict(found)

    def nearest(self, name: str, *, but: str = "") -> tuple[Near, ...]:
        """Return up to three known initiatives other than ``but`` that ``name`` resembles, the most alike first, each with a reason."""
        return self._near(name, but)

    def _nearest(self, name: str, but: str) -> tuple[Near, ...]:
        key = self._keys.of(name)
        best: dict[str, tuple[float, Near]] = {}
        for other, form, initiative in self._names:
            alike = overlap(key, other)
            score = alike + (0.05 if key.family == other.family else 0.0)
            if alike >= _NEAR_AT and initiative.id != but and score > best.get(initiative.id, (0.0, None))[0]:
                best[initiative.id] = (score, Near(initiative.id, initiative.name, _reason(key, other, form)))
        ranked = sorted(best.values(), key=lambda pair: (-pair[0], pair[1].id))
        return tuple(near for _, near in ranked[:NEAREST])


def _variant(initiative: Initiative, why: str) -> Variant:
    return Variant(initiative.id, why, not (initiative.trilateral or initiative.scope == "wider"))


def _reason(key: Key, other: Key, form: str) -> str:
    """Why a known form is near: the same words with another head, a few words more or less, or words in common."""
    mine, theirs = set(key.content), set(other.content)
    if mine == theirs:
        return f'same words as "{form}", another head noun'
    more, less = mine - theirs, theirs - mine
    if not less and len(more) <= 2:
        return f'"{form}" with {", ".join(sorted(more))} added'
    if not more and len(less) <= 2:
        return f'"{form}" without {", ".join(sorted(less))}'
    shared = ", ".join(sorted(mine & theirs))
    return f'shares {shared} with "{form}"' if shared else f'shares characters with "{form}"'
