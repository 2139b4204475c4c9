"""The two real samples, and floors on the labelled corpus, where the shared material is present."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from scraper.model.article import Article, Relevance
from scraper.model.moment import Moment
from scraper.model.watch import Watch
from scraper.parties import Parties
from scraper.stages.relevance import Judge
from scraper.urls import host

FLOOR = 0.97


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("brussels-2025-04-03.txt", ("joint_statement", "joint", "foreign_ministers", "2025-04-03", "Brussels")),
        ("seoul-2024-10-16.txt", ("report", "", "vice_ministers", "2024-10-16", "Seoul")),
    ],
)
def test_a_sample_without_a_publication_day(shared: Path, judge: Judge, name: str, expected: tuple[str, ...]) -> None:
    text = (shared / "samples" / name).read_text(encoding="utf-8")
    found = judge.judge(Article(f"file:{name}", text.partition("\n")[0], text, "en"))
    assert found.relevant
    assert (found.kind, found.side, found.level, found.date, found.place) == expected
    assert {person.party for person in found.participants} == {"KR", "US", "JP"}


def test_relevance_on_the_corpus_stays_above_its_floor(shared: Path, watch: Watch, judge: Judge) -> None:
    lines = (shared / "eval" / "statements" / "corpus.jsonl").read_text(encoding="utf-8").splitlines()
    documents = [document for document in map(json.loads, lines) if document["language"] in ("en", "ko", "ja")]
    scored = [document for document in documents if document.get("relevance") != "either" and document["kind"] != "commentary"]
    parties = Parties(watch)
    told = {document["id"] for document in scored if _judged(document, parties, judge).relevant}
    true = {document["id"] for document in scored if document["kind"] != "hard-negative"}
    assert 2 * len(told & true) / (len(told) + len(true)) >= FLOOR


def _judged(document: dict[str, str], parties: Parties, judge: Judge) -> Relevance:
    party = parties.party_of(host(document["url"]))
    published = Moment(document["date"], "date") if document["date"] else None
    return judge.judge(
        Article(document["url"], document["title"], document["text"], document["language"], published, party=party, official=bool(party))
    )
