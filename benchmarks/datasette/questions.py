"""What is asked: addresses of our pages, of Datasette's own of the same things, of the canned queries and of the tables."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import quote, urlencode

from benchmarks.datasette.acts import ARTICLES, STATEMENTS, Size
from benchmarks.datasette.words import COMMON, LANGUAGES, RARE, drawn, rare, vocabulary

_PARAMETER = re.compile(r"(?<![\w'\":]):([a-z_]+)")
_COPIED = "SELECT statement_id FROM articles WHERE statement_id IS NOT NULL GROUP BY 1 ORDER BY count(*) DESC LIMIT 5"
_NAMED = "SELECT initiative_id FROM mentions WHERE initiative_id IS NOT NULL GROUP BY 1 ORDER BY count(*) DESC"
_RANKS = (40, 150, 400, 1_000, 3_000, 8_000)
"""Places of the words between the common ones and the rare ones, by how often they come."""


class Questions:
    """The addresses for one database: the same at every run of the same seed, whatever was written in earlier ones."""

    def __init__(self, database: Path, metadata: Path, size: Size, each: int) -> None:
        self._each = each
        self._queries: dict[str, dict[str, str]] = json.loads(metadata.read_text("utf-8"))["databases"]["trilateral"]["queries"]
        with closing(sqlite3.connect(database)) as opened:
            self._statements = [row[0] for row in opened.execute("SELECT id FROM statements WHERE id <= ?", (size.of(STATEMENTS),))]
            self._copied = [row[0] for row in opened.execute(_COPIED)]
            self._named = [row[0] for row in opened.execute(_NAMED)]
            self._formula = next((row[0] for row in opened.execute("SELECT formula FROM formulae LIMIT 1")), "")
            self._source = opened.execute("SELECT source_id FROM entries LIMIT 1").fetchone()[0]
        self._articles = size.of(ARTICLES)

    def pages(self) -> Mapping[str, tuple[list[str], list[str]]]:
        """Return for each kind of page the addresses of ours and of Datasette's own of the same."""
        chance = drawn("pages")
        statements = [*self._spread(chance, self._statements), *self._copied]
        initiatives = [*self._named[:10], *self._spread(chance, self._named)]
        words = self.words()
        return {
            "home": (["/"] * self._each, ["/trilateral/timeline"] * self._each),
            "statement": ([f"/statement/{one}" for one in statements], [f"/trilateral/statements/{one}" for one in statements]),
            "initiative": ([f"/initiative/{one}" for one in initiatives], [f"/trilateral/initiatives/{one}" for one in initiatives]),
            "search": (
                [f"/search?{urlencode({'q': word})}" for word in words],
                [f"/trilateral/articles?{urlencode({'_search': word})}" for word in words],
            ),
        }

    def _spread(self, chance: Random, found: Sequence[Any]) -> list[Any]:
        return chance.sample(list(found), min(self._each, len(found)))

    def words(self) -> list[str]:
        """Return the words that are searched for, a third of them in each language: common ones, less common ones, rare ones."""
        found = []
        for code in LANGUAGES:
            chance = drawn(f"sought {code}")
            sought = [*COMMON[code][:8], *(vocabulary(code)[rank] for rank in _RANKS)]
            found += [*sought, *(rare(code, chance.randrange(min(RARE, self._articles))) for _ in range(6))]
        return found

    def queries(self) -> dict[str, str]:
        """Return the address of each canned query, with something for each of its parameters."""
        known = {
            "q": "security",
            "initiative": self._named[0],
            "statement": str(self._statements[-1]),
            "formula": self._formula,
            "source": self._source,
        }
        found = {}
        for name, query in self._queries.items():
            asked = {parameter: known.get(parameter, "") for parameter in _PARAMETER.findall(query["sql"])}
            found[name] = f"/trilateral/{name}.json?{urlencode({**asked, '_shape': 'objects'})}"
        return found

    def others(self) -> list[str]:
        """Return addresses of further pages, ours and Datasette's own."""
        top = quote(self._named[0])
        ours = [
            f"/event/{len(self._statements) // 3}",
            f"/source/{self._source}",
            "/coverage",
            "/charts",
            "/feeds/statements.atom",
            "/feeds/initiatives.atom",
        ]
        ours += [
            f"/article/{self._articles // 2}",
            f"/statement/{self._statements[-1]}/cite",
            f"/compare/{self._statements[0]}/{self._statements[-1]}",
            f"/charts?initiative={top}",
        ]
        tables = (
            "",
            "/entries",
            "/articles",
            "/statements",
            "/mentions",
            "/timeline",
            "/polls",
            "/flagged",
            "/lags",
            "/coverage",
            "/source_health",
            "/edits",
            "/statement_provenance",
        )
        return [*ours, "/-/data", *(f"/trilateral{table}" for table in tables), f"/trilateral/mentions?initiative_id__exact={top}"]
