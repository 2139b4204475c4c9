"""Homes with two new initiatives in them, and Datasette over one as a browser sees it."""

from __future__ import annotations

import asyncio
import json
import re
import shutil
import sqlite3
from collections.abc import Coroutine
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import httpx
from datasette.app import Datasette

from scraper import app
from scraper.jobs import intake, linking, naming
from scraper.jobs.naming import Author
from scraper.jobs.rooms import Home, Rooms
from scraper.model.links import ReviewLink, signed
from scraper.storage import review_links as links

ROOT = Path(__file__).parents[2]
KELP, KELP_ID = "Trilateral Kelp Forest Partnership", "trilateral-kelp-forest-partnership"
REEF, REEF_ID = "Trilateral Reef Restoration Dialogue", "trilateral-reef-restoration-dialogue"
WHO = "김 분석관"
FAR, PAST = "2199-01-01T00:00:00Z", "2020-01-01T00:00:00Z"
STATEMENT = (
    "The following text was released by the Governments of the United States of America, the Republic of Korea, and Japan.\n\n"
    "The Secretary of State of the United States and the Foreign Ministers of the Republic of Korea and Japan met in {place} on {day}.\n\n"
    "The ministers announced the launch of the {name}, under which the three governments will share what they learn.\n\n"
    "They spoke of {subject}.\n\nThey reaffirmed the importance of trilateral cooperation and will meet again next year."
)


def line(place: str, day: datetime, name: str, subject: str) -> str:
    title = f"Joint Statement of the United States, the Republic of Korea, and Japan on the Trilateral Ministerial Meeting in {place}"
    text = STATEMENT.format(place=place, day=f"{day:%B} {day.day}, {day.year}", name=name, subject=subject)
    given = {
        "url": f"https://www.state.gov/{place.lower()}",
        "title": title,
        "date": day.date().isoformat(),
        "language": "en",
        "text": text,
    }
    return json.dumps(given)


LINES = (
    line("Seoul", datetime(2026, 2, 3, tzinfo=UTC), KELP, "harvests, seed banks in cold valleys, and eighty years of weather records"),
    line("Tokyo", datetime(2026, 4, 7, tzinfo=UTC), REEF, "survey vessels that map the sea floor, and divers who clear nets from reefs"),
)


def place(folder: Path) -> Home:
    return app.home(str(folder), None, None, {})


def build(root: Path) -> Path:
    """Make a home with two statements, each of which launches something new, and no secret but the key beside the database."""
    shutil.copytree(ROOT / "db", root / "db", ignore=shutil.ignore_patterns("*.db*", "__pycache__", "captures", "backups"))
    shutil.copytree(ROOT / "config", root / "config")
    alerts = root / "config" / "alerts.toml"
    alerts.write_text('pages_url = "https://monitor.example.org"\n' + alerts.read_text("utf-8"), "utf-8")
    (root / "in.jsonl").write_text("\n".join(LINES) + "\n", "utf-8")
    with app.rooms(place(root), {}) as rooms:
        intake.run(rooms, [root / "in.jsonl"])
        assert linking.secret(rooms)
    return root


class Desk:
    """A home with Datasette over it, as a browser sees it: cookies are kept."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.home = place(root)
        self.loop = asyncio.new_event_loop()
        self.datasette = Datasette(config_dir=root / "db")
        self.cookies: dict[str, str] = {}
        self.run(self.datasette.invoke_startup())

    def run(self, work: Coroutine[Any, Any, Any]) -> Any:
        return self.loop.run_until_complete(work)

    def ask(self, path: str, method: str = "GET", form: dict[str, str] | None = None, **headers: str) -> httpx.Response:
        """The answer to one request."""
        body = urlencode(form or {})
        sent = {"Content-Type": "application/x-www-form-urlencoded"} if method == "POST" else {}
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        sent |= {"Cookie": cookie} if cookie else {}
        response: httpx.Response = self.run(self.datasette.client.request(method, path, content=body, headers=sent))
        self.cookies |= dict(response.cookies)
        return response

    def press(self, path: str) -> httpx.Response:
        """The page opened, and its button pressed."""
        shown = self.ask(path)
        assert shown.status_code == 200, shown.text
        return self.ask(path, "POST", {"csrftoken": token_of(shown)})

    @property
    def secret(self) -> str:
        return links.key(self.home.database)

    def link(
        self, action: str = "confirm", subject: str = KELP_ID, into: str = "", *, until: str = FAR, who: str = WHO, language: str = "en"
    ) -> str:
        """The address of a link of ours."""
        return f"/review/{signed(ReviewLink(action, subject, who, until, into, language), self.secret)}"

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(self.home.database)) as connection:
            return connection.execute(sql).fetchall()

    def all(self) -> list[str]:
        """Everything that the database holds."""
        with closing(sqlite3.connect(self.home.database)) as connection:
            return list(connection.iterdump())

    def rooms(self) -> Any:
        return app.rooms(self.home, {}, alone=False)

    def close(self) -> None:
        self.datasette.executor.shutdown()
        for database in self.datasette.databases.values():
            database.close()
        self.loop.close()


def token_of(shown: httpx.Response) -> str:
    found = re.search(r'name="csrftoken" value="([^"]+)"', shown.text)
    assert found, shown.text
    return found[1]


def told(response: httpx.Response) -> str:
    """What a page says, without markup."""
    main = response.text.partition("<main")[2].partition(">")[2].partition("</main>")[0]
    return " ".join(re.sub(r"<[^>]*>", " ", main).split())


def decide(rooms: Rooms, action: str, *slugs: str) -> int:
    deed: Any = getattr(naming, action)
    return int(deed(rooms, *slugs, Author("somebody else")).review)
