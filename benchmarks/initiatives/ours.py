"""Our side, and the plain regular expression: passes over all texts, each told as seconds of CPU and how many names were found."""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.initiatives.texts import Document
from scraper.model.initiative import Registry
from scraper.model.watch import Watch
from scraper.stages.initiatives import Finder

_CAPITALISED = re.compile(r"[A-Z][\w'-]*(?: (?:(?:of|on|for|and|the) ){0,2}[A-Z][\w'-]*)+")


@dataclass(frozen=True, slots=True)
class Pass:
    """One pass over texts: seconds of CPU of this thread, names found, and of those put into the texts how many were."""

    cpu: float
    found: int
    planted: int = 0


class Ours:
    """Passes with the product's own finder."""

    def __init__(self, registry: Registry, watch: Watch) -> None:
        self._finder = Finder(registry, watch)

    def known(self, documents: Sequence[Document]) -> Pass:
        """Find known names in the texts, from the bare text to where each stands and of which initiative it is."""
        began = time.thread_time()
        found = [self._finder.known(one.text, one.language) for one in documents]
        cpu = time.thread_time() - began
        planted = sum(_held(one.known, [one.text[a:b] for a, b, _ in places]) for one, places in zip(documents, found, strict=True))
        return Pass(cpu, sum(map(len, found)), planted)

    def detect(self, documents: Sequence[Document]) -> Pass:
        """Find all mentions: known and unknown names with their sentences, statuses and reasons."""
        began = time.thread_time()
        found = [self._finder.mentions(one.title, one.text, one.language) for one in documents]
        cpu = time.thread_time() - began
        planted = sum(
            _held((*one.known, *one.unknown), [mention.name for mention in mentions])
            for one, mentions in zip(documents, found, strict=True)
        )
        return Pass(cpu, sum(map(len, found)), planted)


def capitalised(documents: Sequence[Document]) -> Pass:
    """Find runs of capitalised words."""
    began = time.thread_time()
    found = sum(len(_CAPITALISED.findall(one.text)) for one in documents)
    return Pass(time.thread_time() - began, found)


def _held(planted: Sequence[str], found: Sequence[str]) -> int:
    """How many of the different names that were put in are among those found, with what may stand before or after them."""
    return sum(any(name in one for one in found) for name in set(planted))
