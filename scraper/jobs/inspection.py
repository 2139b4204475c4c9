"""Inspect: every stage's answer for one page or text; nothing is stored."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from scraper.charsets import decode
from scraper.errors import InputError
from scraper.jobs.intake import owned
from scraper.jobs.rooms import Desk
from scraper.model.article import Article, Relevance
from scraper.model.initiative import Mention, SeenName
from scraper.model.source import Page
from scraper.stages import extract
from scraper.stages.initiatives import firsts


def of_text(desk: Desk, text: str, *, language: str = "", title: str = "", url: str = "text:") -> dict[str, Any]:
    """Return the answers for a plain text; the initiatives are given whether or not it is relevant. Raises ExtractError."""
    article = owned(desk, extract.from_text(url=url, title=title, text=text, language=language))
    return answers(desk, article, always=True)


def of_target(desk: Desk, target: str, get: Callable[[str], Page], *, language: str = "", title: str = "") -> dict[str, Any]:
    """Return the answers for an address (fetched by ``get``) or a file (HTML or a document by its look, else plain text).

    Raises InputError for a file that cannot be read, FetchError and ExtractError for a page.
    """
    if target.startswith(("http://", "https://")):
        return answers(desk, owned(desk, extract.extract(get(target))))
    body = _bytes(Path(target))
    if b"<html" in body[:4000].lower() or b"<!doctype html" in body[:4000].lower() or extract.kind_of(body):
        return answers(desk, owned(desk, extract.from_html(url=target, html=body)))
    text = decode(body).text
    return answers(
        desk, owned(desk, extract.from_text(url=target, title=title or _first_line(text), text=text, language=language)), always=True
    )


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError(f"{path.name}: {error.strerror}") from error


def _first_line(text: str) -> str:
    """A saved text begins with its title where the first line is short and ends like no sentence."""
    line = text.lstrip("\ufeff \t\r\n").split("\n", 1)[0].strip()
    return line if len(line) <= 200 and not line.endswith((".", "。", "다.")) else ""


def answers(desk: Desk, article: Article, *, always: bool = False) -> dict[str, Any]:
    """Return what every stage says of an article, in the shape of ``inspect --json``."""
    relevance = desk.judge.judge(article)
    wanted = relevance.relevant or always
    mentions = desk.finder.mentions(article.title, article.text, article.language, span=article.statement) if wanted else ()
    return {
        "url": article.url, "title": article.title, "published": article.published.at if article.published else None, "language": article.language,
        "text": article.text, "statement_text": article.statement_text, "relevant": relevance.relevant, "score": relevance.score,
        "reasons": list(relevance.reasons), "kind": relevance.kind, "relation": relation(article, relevance), "side": relevance.side,
        "level": relevance.level, "date": relevance.date, "place": relevance.place, "participants": [asdict(p) for p in relevance.participants],
        "initiatives": _named(desk, relevance, mentions),
    }  # fmt: skip


def relation(article: Article, relevance: Relevance) -> str:
    """Return how an article alone stands to its statement: original on a government's site, copy where another carries the
    text of one, else report."""
    if not relevance.side:
        return "report"
    return "original" if article.official else "copy"


def _named(desk: Desk, relevance: Relevance, mentions: tuple[Mention, ...]) -> list[dict[str, Any]]:
    seen = tuple(_seen(number, mention, relevance) for number, mention in enumerate(mentions))
    found = desk.resolver.found(seen, ())
    new = {flag.initiative_id for flag in firsts(found, seen, desk.config.registry) if flag.kind == "new_initiative"}
    owner = {number: one.id for one in found for number in one.mention_ids}
    return [
        {
            "name": mention.name, "id": owner.get(number, mention.initiative_id), "start": mention.start, "end": mention.end, "field": mention.field,
            "sentence": mention.sentence, "status": mention.status, "new": owner.get(number) in new, "confidence": mention.confidence,
            "why": mention.why,
        }
        for number, mention in enumerate(mentions)
    ]  # fmt: skip


def _seen(number: int, mention: Mention, relevance: Relevance) -> SeenName:
    return SeenName(
        mention_id=number, article_id=1, statement_id=1, url="", name=mention.name, language=mention.language, initiative_id=mention.initiative_id,
        head=mention.head, abbreviation=mention.abbreviation, rule=mention.rule, confidence=mention.confidence, status=mention.status,
        date=relevance.date, published="", official=bool(relevance.side), grade="", instance=mention.instance, side=relevance.side,
    )  # fmt: skip
