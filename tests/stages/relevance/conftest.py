"""The shipped Watch, a judge for it, and articles in one line."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from scraper.config.notes import Notes
from scraper.config.watching import read_watch
from scraper.model.article import Article, Relevance
from scraper.model.moment import Moment
from scraper.model.watch import Watch
from scraper.stages.relevance import Judge

CONFIG = Path(__file__).resolve().parents[3] / "config" / "watch.toml"


@pytest.fixture(scope="session")
def watch() -> Watch:
    """The Watch as shipped; a fault in the file fails every test."""
    notes = Notes(CONFIG.name)
    found = read_watch(tomllib.loads(CONFIG.read_text(encoding="utf-8")), notes)
    assert found is not None
    assert not notes.problems
    return found


@pytest.fixture(scope="session")
def judge(watch: Watch) -> Judge:
    """A judge built once, as the program builds it."""
    return Judge(watch)


@pytest.fixture(scope="session")
def ruling(judge: Judge) -> Callable[..., Relevance]:
    """Judge a title and a text, published on a day (none where empty) at a URL."""

    def rule(title: str, text: str, day: str = "", url: str = "https://news.example/a") -> Relevance:
        published = Moment(day, "date") if day else None
        return judge.judge(Article(url, title, text, "en", published=published, official="example" not in url))

    return rule
