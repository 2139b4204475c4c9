"""The stories that the press room tells, with their dates filled in."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import reduce
from importlib import resources
from string import Template
from typing import Any

BACKLOG = 1
RELEASE = 2
AFTERMATH = 3
NEW_INITIATIVE: Mapping[str, str] = {
    "en": "Trilateral Undersea Cable Resilience Initiative",
    "ko": "한미일 해저케이블 복원력 이니셔티브",
    "ja": "日米韓海底ケーブル強靱性イニシアティブ",
}
"""The one initiative of the release that nobody has named before, by language code, as it stands in the texts."""

# strftime would follow the locale of whoever runs the demo.
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True, slots=True)
class Story:
    """One item of one site: ``path`` is below the site's prefix, ``published`` has zone UTC, ``paragraphs`` are plain text."""

    site: str
    chapter: int
    path: str
    title: str
    summary: str
    paragraphs: tuple[str, ...]
    published: datetime


def tell(site: str, chapter: int, moment: datetime) -> tuple[Story, ...]:
    """Return the stories of one chapter of a site, newest first, told at ``moment`` (a time with a zone).

    Every story is dated by its own age before ``moment``, to the whole second. Days named in a text are the UTC date of the
    time it tells of, so that no text speaks of a day that has not begun where it is published.
    """
    told = [_story(site, row, moment) for row in _rows(site) if row["chapter"] == chapter]
    return tuple(sorted(told, key=lambda story: story.published, reverse=True))


def corrected(site: str, stories: Iterable[Story]) -> tuple[Story, ...]:
    """Return stories of a site as they stand once it has corrected them: some words of a paragraph are others."""
    fixes = _file(site).get("correction", [])
    return tuple(reduce(_correct, fixes, story) for story in stories)


def _correct(story: Story, fix: Mapping[str, str]) -> Story:
    if story.path != fix["path"]:
        return story
    return replace(story, paragraphs=tuple(paragraph.replace(fix["was"], fix["is"]) for paragraph in story.paragraphs))


def _rows(site: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = _file(site)["story"]
    return rows


def _file(site: str) -> dict[str, Any]:
    return tomllib.loads((resources.files(__package__) / "stories" / f"{site}.toml").read_text("utf-8"))


def _story(site: str, row: dict[str, Any], moment: datetime) -> Story:
    words = days(moment - timedelta(hours=row["held"]))
    text = Template(row["text"]).substitute(words)
    paragraphs = tuple(" ".join(part.split()) for part in text.split("\n\n"))
    published = (moment - timedelta(hours=row["age"])).astimezone(UTC).replace(microsecond=0)
    return Story(site, row["chapter"], row["path"], row["title"], row["summary"], tuple(p for p in paragraphs if p), published)


def days(moment: datetime) -> dict[str, str]:
    """Return the words by which a text names the UTC date of ``moment``.

    Keys are ``date_`` (with the year) and ``md_`` (month and day) with ``en``, ``ko`` or ``ja``, and ``weekday_en``.
    """
    day = moment.astimezone(UTC)
    month_day = f"{_MONTHS[day.month - 1]} {day.day}"
    return {
        "date_en": f"{month_day}, {day.year}",
        "md_en": month_day,
        "weekday_en": _WEEKDAYS[day.weekday()],
        "date_ko": f"{day.year}년 {day.month}월 {day.day}일",
        "md_ko": f"{day.month}월 {day.day}일",
        "date_ja": f"{day.year}年{day.month}月{day.day}日",
        "md_ja": f"{day.month}月{day.day}日",
    }
