"""A sentence that proves something, with the name in it that is meant."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from scraper.storage.store import Row


@dataclass(frozen=True, slots=True)
class Proof:
    """A sentence in three parts: what stands before the name, the name, and what follows; a name that is not in it leaves all before."""

    before: str
    name: str = ""
    after: str = ""


def proof(sentence: str | None, name: str | None) -> Proof:
    """Return a sentence with the first place of a name in it."""
    whole, form = sentence or "", name or ""
    at = whole.find(form) if form else -1
    return Proof(whole) if at < 0 else Proof(whole[:at], form, whole[at + len(form) :])


def proven(rows: Iterable[Row]) -> list[Row]:
    """Return rows with a ``proof`` made of their ``sentence`` and ``name``."""
    return [{**row, "proof": proof(row["sentence"], row.get("name"))} for row in rows]
