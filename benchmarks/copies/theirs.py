"""Libraries for near duplicates, each as its documentation has it, at the thresholds that find most without finding everything."""

from __future__ import annotations

import importlib
import re
import sys
from collections.abc import Iterable
from importlib.metadata import version
from typing import Any

from benchmarks.copies.measuring import Index, serve

_WORD = re.compile(r"\w+")


def shingles(text: str) -> list[str]:
    """Return the runs of three words of a text."""
    words = _WORD.findall(text.lower())
    return [" ".join(words[at : at + 3]) for at in range(max(1, len(words) - 2))]


class Datasketch:
    """MinHash of 128 permutations and its locality-sensitive hashing, at a Jaccard likeness of .5."""

    def __init__(self) -> None:
        library: Any = importlib.import_module("datasketch")
        self._empty = library.MinHash(num_perm=128, seed=1)
        self._index = library.MinHashLSH(threshold=0.5, num_perm=128)

    def _made(self, text: str) -> Any:
        made = self._empty.copy()
        made.update_batch([run.encode() for run in set(shingles(text))])
        return made

    def add(self, key: int, text: str) -> None:
        """Store a document under a key."""
        self._index.insert(key, self._made(text), check_duplication=False)

    def finish(self) -> None:
        """It lies in memory alone."""

    def query(self, text: str) -> Iterable[int]:
        """Return the keys of documents that could be alike."""
        keys: list[int] = self._index.query(self._made(text))
        return keys


class Rensa:
    """R-MinHash of 128 permutations in 64 bands; what they propose is kept where the estimated likeness is .3."""

    def __init__(self) -> None:
        self._library: Any = importlib.import_module("rensa")
        self._index = self._library.RMinHashLSH(threshold=0.3, num_perm=128, num_bands=64)
        self._kept: dict[int, Any] = {}

    def _made(self, text: str) -> Any:
        made = self._library.RMinHash(num_perm=128, seed=42)
        made.update(shingles(text))
        return made

    def add(self, key: int, text: str) -> None:
        """Store a document under a key."""
        self._kept[key] = self._made(text)
        self._index.insert(key, self._kept[key])

    def finish(self) -> None:
        """It lies in memory alone."""

    def query(self, text: str) -> Iterable[int]:
        """Return the keys of documents that are estimated to be alike."""
        made = self._made(text)
        return [key for key in self._index.query(made) if made.jaccard(self._kept[key]) >= 0.3]


class Gaoya:
    """MinHash in 42 bands of three, at a Jaccard likeness of .5; it makes the shingles itself."""

    def __init__(self) -> None:
        library: Any = importlib.import_module("gaoya.minhash")
        self._index = library.MinHashStringIndex(
            hash_size=32,
            jaccard_threshold=0.5,
            num_bands=42,
            band_size=3,
            num_hashes=126,
            analyzer="word",
            lowercase=True,
            ngram_range=(3, 3),
        )

    def add(self, key: int, text: str) -> None:
        """Store a document under a key."""
        self._index.insert_document(key, text)

    def finish(self) -> None:
        """It lies in memory alone."""

    def query(self, text: str) -> Iterable[int]:
        """Return the keys of documents that are estimated to be alike."""
        keys: list[int] = self._index.query(text)
        return keys


PEERS: dict[str, type[Index]] = {"datasketch": Datasketch, "rensa": Rensa, "gaoya": Gaoya}

if __name__ == "__main__":
    serve(PEERS[sys.argv[1]], version(sys.argv[1]))
