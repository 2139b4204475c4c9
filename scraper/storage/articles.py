"""Articles: what was judged relevant, with its text and evidence."""

from __future__ import annotations

import json
import struct
from dataclasses import asdict, dataclass

from scraper.model.article import Article, Relevance
from scraper.model.grouping import Sighting
from scraper.model.initiative import Mention
from scraper.storage.store import Row, Store
from scraper.text import sentence_at, sentences, spaced
from scraper.urls import canonical


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything the pure stages said of one article, ready to be stored.

    ``keys`` are its blocking keys; ``rules`` the version of the rules that judged it; times are UTC.
    """

    article: Article
    relevance: Relevance
    mentions: tuple[Mention, ...]
    sketch: tuple[int, ...]
    numbers: tuple[str, ...]
    names: tuple[str, ...]
    fetched_at: str
    first_seen_at: str
    not_seen_before_at: str = ""
    rules: str = "1"


def find(store: Store, url: str) -> Row | None:
    """Return the article of this address (in any of its forms), or None."""
    return store.row("SELECT * FROM articles WHERE canonical_url = ? OR url = ? ORDER BY id LIMIT 1", (canonical(url), url))


def add(store: Store, reading: Reading, *, capture_id: int | None = None) -> int:
    """Append an article with its mentions and search text; part of the transaction in hand. Return its id."""
    number = store.insert("articles", {**_what(reading), **judged(reading), "capture_id": capture_id})
    store.write(
        "INSERT INTO articles_fts (rowid, title, text) VALUES (?, ?, ?)",
        (number, spaced(reading.article.title), spaced(_kept_text(reading) or "")),
    )
    for mention in reading.mentions:
        store.insert("mentions", mention_row(reading, number, mention))
    return number


def add_keys(store: Store, article_id: int, keys: frozenset[str]) -> None:
    """Store the blocking keys of an article, by which others find it; its hashes (``s:``) are in the postings, which follow its sketch."""
    store.db.conn.executemany(
        "INSERT OR IGNORE INTO article_keys (key, article_id) VALUES (?, ?)",
        [(key, article_id) for key in sorted(keys) if not key.startswith("s:")],
    )


def _kept_text(reading: Reading) -> str | None:
    """The text as far as the source's terms allow it to be kept, None where they do not."""
    limit = {"full": None, "excerpt": 300, "link": 0}[reading.article.store]
    return reading.article.text if limit is None else reading.article.text[:limit] or None


def _what(reading: Reading) -> Row:
    article, moment = reading.article, reading.article.published
    full = article.store == "full"
    return {
        "url": article.url, "canonical_url": canonical(article.canonical_url or article.url), "source_id": article.source_id or None,
        "publisher": article.publisher, "party": article.party, "official": int(article.official), "title": article.title,
        "language": article.language, "published_at": moment.at if moment else None, "published_precision": moment.precision if moment else None,
        "published_raw": moment.raw if moment else None, "published_day": moment.day if moment else None,
        "published_origin": (moment.origin or None) if moment else None, "published_zone": (moment.zone or None) if moment else None,
        "authors": json.dumps(article.authors, ensure_ascii=False),
        "fetched_at": reading.fetched_at,
        "first_seen_at": reading.first_seen_at, "not_seen_before_at": reading.not_seen_before_at or None, "text": _kept_text(reading),
        "statement_text": article.statement_text if full else None, "statement_start": article.statement[0] if full else None,
        "statement_end": article.statement[1] if full else None,
        "marked": int(article.marked), "extractor": article.extractor,
    }  # fmt: skip


def judged(reading: Reading) -> Row:
    """Return the columns of an article that say what the rules, by their version, judged of it."""
    said = reading.relevance
    return {
        "score": said.score, "reasons": json.dumps(said.reasons, ensure_ascii=False), "kind": said.kind, "side": said.side, "level": said.level,
        "date": said.date, "date_stated": int(said.date_stated), "place": said.place,
        "participants": json.dumps([asdict(person) for person in said.participants], ensure_ascii=False), "rules": reading.rules,
        "length": len(reading.article.statement_text), "sketch": pack(reading.sketch), "numbers": json.dumps(reading.numbers, ensure_ascii=False),
        "names": json.dumps(reading.names, ensure_ascii=False),
    }  # fmt: skip


def rewritten(reading: Reading) -> Row:
    """Return the columns of an article that a new reading of its page changes; what it was judged stays where it is no longer relevant."""
    fixed = {"url", "canonical_url", "source_id", "publisher", "party", "official", "first_seen_at", "not_seen_before_at"}
    fixed |= {"published_at", "published_precision", "published_raw", "published_day", "published_origin", "published_zone"}
    said = {name: value for name, value in _what(reading).items() if name not in fixed}
    return said | judged(reading) if reading.relevance.relevant else said


def mention_row(reading: Reading, article_id: int, mention: Mention) -> Row:
    """Return a mention as a row of its article, pointing to no initiative yet."""
    text = reading.article.title if mention.field == "title" else reading.article.text
    before, after = _around(text, mention.start)
    kept = reading.article.store == "full" or mention.field == "title"
    return {
        "article_id": article_id, "initiative_id": None, "field": mention.field, "name": mention.name, "start": mention.start if kept else None,
        "end": mention.end if kept else None, "sentence": mention.sentence, "cue": mention.cue, "rule": mention.rule,
        "language": mention.language, "status": mention.status, "confidence": mention.confidence, "why": mention.why, "head": mention.head,
        "instance": mention.instance, "abbreviation": mention.abbreviation, "registry_id": mention.initiative_id,
        "sentence_before": before, "sentence_after": after,
    }  # fmt: skip


def _around(text: str, position: int) -> tuple[str, str]:
    """The sentence before and the sentence after the one at ``position``."""
    spans = sentences(text)
    at = sentence_at(spans, position)
    before = spans[at - 1].of(text) if at > 0 else ""
    after = spans[at + 1].of(text) if at + 1 < len(spans) else ""
    return before[:500], after[:500]


def pack(sketch: tuple[int, ...]) -> bytes:
    """Return a sketch as bytes, eight a hash, little-endian."""
    return struct.pack(f"<{len(sketch)}Q", *sketch)


def unpack(blob: bytes) -> tuple[int, ...]:
    """Return the sketch that :func:`pack` wrote."""
    return struct.unpack(f"<{len(blob) // 8}Q", blob)


def sighting(row: Row, initiatives: tuple[str, ...]) -> Sighting:
    """Return an article's row as grouping sees it."""
    return Sighting(
        article_id=row["id"], url=row["canonical_url"], title=row["title"], language=row["language"], publisher=row["publisher"],
        official=bool(row["official"]), party=row["party"], kind=row["kind"], side=row["side"], level=row["level"], date=row["date"],
        date_stated=bool(row["date_stated"]), place=row["place"], published=row["published_at"] or "", first_seen_at=row["first_seen_at"],
        length=row["length"], marked=bool(row["marked"]), sketch=unpack(row["sketch"]), numbers=tuple(json.loads(row["numbers"])),
        names=tuple(json.loads(row["names"])), initiatives=initiatives,
    )  # fmt: skip
