"""Paragraphs that recur on the pages of a host: what was seen of its latest pages, and what was concluded to be its furniture."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from scraper.storage.store import Store

PAGES = 30
"""How many pages of a host are remembered."""

HOSTS = 400
"""How many hosts are: those seen last."""


def known(store: Store) -> dict[str, frozenset[str]]:
    """Return the digests of each host's furniture; hosts without any are absent."""
    found: dict[str, set[str]] = {}
    for row in store.rows("SELECT host, digest FROM host_paragraphs"):
        found.setdefault(row["host"], set()).add(row["digest"])
    return {host: frozenset(digests) for host, digests in found.items()}


def add_page(store: Store, host: str, title: str, body: str, paragraphs: Sequence[str]) -> bool:
    """Remember a page of a host by digests, unless one with its title or body is remembered; part of the transaction in hand.

    Return whether it was new. Pages beyond the latest PAGES of the host, and hosts beyond the latest HOSTS, are forgotten.
    """
    if store.row("SELECT 1 FROM host_pages WHERE host = ? AND (title = ? OR body = ?)", (host, title, body)):
        return False
    strange = store.row("SELECT 1 FROM host_pages WHERE host = ?", (host,)) is None
    store.insert(
        "host_pages", {"host": host, "title": title, "body": body, "paragraphs": json.dumps(list(paragraphs)), "seen_at": store.now()}
    )
    oldest = "SELECT id FROM host_pages WHERE host = ? ORDER BY id DESC LIMIT -1 OFFSET ?"
    store.write(f"DELETE FROM host_pages WHERE id IN ({oldest})", (host, PAGES))
    if strange:
        _forget_hosts(store)
    return True


def _forget_hosts(store: Store) -> None:
    store.write(
        "DELETE FROM host_pages WHERE host IN (SELECT host FROM host_pages GROUP BY host ORDER BY max(id) DESC LIMIT -1 OFFSET ?)", (HOSTS,)
    )
    store.write("DELETE FROM host_paragraphs WHERE host NOT IN (SELECT host FROM host_pages)")


def pages(store: Store, host: str) -> list[tuple[str, str, tuple[str, ...]]]:
    """Return the remembered pages of a host, latest first: digests of title, body and paragraphs."""
    found = store.rows("SELECT title, body, paragraphs FROM host_pages WHERE host = ? ORDER BY id DESC", (host,))
    return [(row["title"], row["body"], tuple(json.loads(row["paragraphs"]))) for row in found]


def conclude(store: Store, host: str, furniture: Mapping[str, int]) -> None:
    """Let a host's furniture be these digests, each with the number of pages it stands on; part of the transaction in hand."""
    standing = {row["digest"]: row["pages"] for row in store.rows("SELECT digest, pages FROM host_paragraphs WHERE host = ?", (host,))}
    for digest in standing.keys() - furniture.keys():
        store.write("DELETE FROM host_paragraphs WHERE host = ? AND digest = ?", (host, digest))
    for digest, count in furniture.items():
        row = {"host": host, "digest": digest, "pages": count, "last_seen": store.now()}
        store.insert("host_paragraphs", row, or_="OR REPLACE")
