"""One program measured: documents go in, copies are asked for; asked by a line on standard input, told by a line of JSON."""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Protocol

from benchmarks.copies import corpus


class Index(Protocol):
    """What is measured; ``finish`` makes what was added durable, where the program can, and opens it again."""

    def add(self, key: int, text: str) -> None:
        """Store a document under a key."""

    def finish(self) -> None:
        """Be ready for queries."""

    def query(self, text: str) -> Iterable[int]:
        """Return the keys of the copies of a text."""


def serve(made: Callable[[], Index], version: str) -> None:
    """Answer lines "documents probes-a-class" with figures until standard input ends; every line gets an index of its own."""
    print(json.dumps({"version": version}), flush=True)
    for line in sys.stdin:
        documents, each = map(int, line.split())
        print(json.dumps(figures(made(), documents, each)), flush=True)


def figures(index: Index, documents: int, each: int) -> dict[str, float]:
    """Return what an index of ``documents`` costs and finds; CPU is user and system time of this process, memory what it grew by.

    The first statements of the pairs are stored beside the documents, under negative keys; their second ones are asked for.
    """
    corpus.document(0)
    before = memory()
    spent, peak = _filled(index, documents, each, before)
    found = _asked(index, documents, each)
    return {"add_per_s": round((documents + each) / spent), "mb": round(max(peak, memory()) - before, 1), **found}


def _filled(index: Index, documents: int, each: int, before: float) -> tuple[float, float]:
    """The seconds that all additions took together with what makes them durable, and the most memory seen."""
    spent, peak = 0.0, before
    for key in range(-each, documents):
        text = corpus.pair(-key)[0] if key < 0 else corpus.document(key)
        began = time.process_time()
        index.add(key + each, text)
        spent += time.process_time() - began
        if key % 1000 == 0:
            peak = max(peak, memory())
    began = time.process_time()
    index.finish()
    return spent + time.process_time() - began, max(peak, memory())


def _asked(index: Index, documents: int, each: int) -> dict[str, float]:
    hits: dict[str, list[bool]] = defaultdict(list)
    took: list[float] = []
    wrong = 0
    for kind, number, wanted in corpus.probes(documents, each):
        keys = _query(index, corpus.copy(kind, number), took)
        hits[kind].append(wanted + each in keys)
        wrong += len(keys - {wanted + each})
    negatives = [bool(_query(index, corpus.pair(number)[1], took)) for number in range(1, each + 1)]
    strangers = [bool(_query(index, corpus.original(documents * 2 + 3 * number), took)) for number in range(each)]
    took.sort()
    return {
        "query_ms": round(statistics.median(took), 3), "query_ms_p95": round(took[int(len(took) * 0.95)], 3),
        **{kind: round(statistics.mean(found), 4) for kind, found in hits.items()},
        "hard_negatives": round(statistics.mean(negatives), 4), "unrelated": round(statistics.mean(strangers), 4), "wrong": wrong,
    }  # fmt: skip


def _query(index: Index, text: str, took: list[float]) -> set[int]:
    began = time.process_time()
    keys = set(index.query(text))
    took.append((time.process_time() - began) * 1000)
    return keys


def memory() -> float:
    """Return the megabytes (of 1024 x 1024 bytes) of this process that lie in memory."""
    lines = Path("/proc/self/status").read_text("ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS:")) / 1024
