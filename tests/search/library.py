"""A home with the texts of texts.toml, imported as a user would, and the questions that are put to it."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from scraper.cli import main

HERE = Path(__file__).parent
HOST = "https://texts.example"
TEXTS: dict[str, dict[str, str]] = tomllib.loads((HERE / "texts.toml").read_text("utf-8"))["text"]
QUERIES: list[dict[str, Any]] = tomllib.loads((HERE / "queries.toml").read_text("utf-8"))["query"]


def build(root: Path) -> Path:
    """Make a home and import the texts into it; returns its db folder."""
    lines = [
        json.dumps({"url": f"{HOST}/{key}", "title": row["title"], "date": row["date"], "language": key[:2], "text": row["text"]})
        for key, row in TEXTS.items()
    ]
    (root / "texts.jsonl").write_text("\n".join(lines), "utf-8")
    for arguments in (["init", str(root / "home")], ["--home", str(root / "home"), "import", str(root / "texts.jsonl")]):
        done = CliRunner().invoke(main, arguments, env={"TRILATERAL_HOME": None, "TRILATERAL_DB": None, "TRILATERAL_CONFIG": None})
        assert done.exit_code == 0, done.output
    return root / "home" / "db"


def title(key: str) -> str:
    """The title under which a row is found: of a text its own, of an initiative (``initiative:NAME``) its name."""
    return TEXTS[key]["title"] if key in TEXTS else key.removeprefix("initiative:")
