"""Makes the proof of a source: ``python -m tests.sources.make ID...``, then look at what it wrote.

Where ``tests/sources/ID/`` has no page yet, one is made in the shape of the source's kind; make it like what the real address sends
(its oddities, no sentence of its own). ``expected.json`` is then written from the page by the code itself: read it, since from now on it
is what the test holds the code to. ``--usual N`` records how many entries the real page usually holds. ``--records`` writes the packaged
records that ``sources check`` compares with; ``--table`` writes docs/sources.md.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from scraper.config import defaults_folder, load
from scraper.config.aside import RECORDS
from scraper.model.catalogue import Records
from scraper.model.source import Page, Source
from scraper.stages import drift
from scraper.stages.discover import discover
from tests.sources import shapes
from tests.sources.table import TABLE, written

FOLDER = Path(__file__).parent
KEYS = {"DATA_GO_KR_KEY": "-", "CONGRESS_GOV_KEY": "-", "TRILATERAL_SMTP_PASSWORD": "-"}
MEDIA = {
    "feed": ("xml", "application/rss+xml; charset=utf-8"), "listing": ("html", "text/html; charset=utf-8"), "sitemap": ("xml", "application/xml"),
    "wordpress": ("json", "application/json; charset=utf-8"), "gdelt": ("json", "application/json; charset=utf-8"),
    "google-news": ("xml", "application/xml; charset=utf-8"),
}  # fmt: skip


def catalogue(keys: dict[str, str] | None = None) -> dict[str, Source]:
    """The packaged sources by id, as they are where every key is set."""
    found = load(defaults_folder() / "config", KEYS if keys is None else keys).sources
    return {source.id: source for source in found}


def saved() -> list[Path]:
    """The folders that hold a page and its record."""
    return sorted(path.parent for path in FOLDER.glob("*/expected.json"))


def record_of(folder: Path) -> dict[str, Any]:
    """What ``expected.json`` of a folder holds; where it is not there yet, what every record begins with."""
    path = folder / "expected.json"
    made: dict[str, Any] = json.loads(path.read_text("utf-8")) if path.exists() else {"fetched_at": shapes.FETCHED}
    return made


def page_of(folder: Path, source: Source, record: dict[str, Any]) -> Page:
    """The saved page as it would come over the network."""
    body = next(folder.glob("page.*")).read_bytes()
    return Page(source.url, source.url, 200, {"content-type": record["content_type"]}, body, record["fetched_at"])


def page_in_shape(source: Source) -> tuple[str, str, str]:
    """A page in the shape of the source's kind: its file's ending, its media type, its text. Raises SystemExit for a kind without one."""
    told = shapes.stories(source)
    made = {
        "feed": lambda: shapes.rss(source.channel or source.name, source.url, told),
        "listing": lambda: shapes.listing(source.name, source.language, source, told),
        "sitemap": lambda: shapes.sitemap(source.name, source.language, told),
        "wordpress": lambda: shapes.wordpress(told),
        "gdelt": lambda: shapes.gdelt(told),
        "google-news": lambda: shapes.google_news(source.name, told),
    }
    if source.kind not in made:
        raise SystemExit(
            f"{source.id}: a list of kind {source.kind} has a shape of its own: write {FOLDER / source.id}/page.{source.kind} by hand"
        )
    ending, media = MEDIA[source.kind]
    return ending, media, made[source.kind]()


def make(source: Source, usual: int | None = None) -> dict[str, Any]:
    """Write the page of a source where there is none, then its record; return the record."""
    folder = FOLDER / source.id
    record = record_of(folder)
    if not list(folder.glob("page.*")):
        ending, record["content_type"], text = page_in_shape(source)
        folder.mkdir(exist_ok=True)
        (folder / f"page.{ending}").write_text(text, "utf-8")
    record.setdefault(
        "content_type", {".html": "text/html", ".json": "application/json"}.get(next(folder.glob("page.*")).suffix, "application/xml")
    )
    found = discover(page_of(folder, source, record), source)
    record |= {"channel": found.channel, "entries": rows(found.entries)}
    record |= {"ttl": found.ttl} if found.ttl else {}
    record |= {"usual": usual} if usual else {}
    (folder / "expected.json").write_text(json.dumps(record, ensure_ascii=False, indent=2) + "\n", "utf-8")
    return record


def rows(entries: Sequence[Any]) -> list[dict[str, Any]]:
    """Entries as they stand in a record."""
    return [
        {
            "url": entry.url,
            "title": entry.title,
            "published": entry.published.at if entry.published else None,
            "precision": entry.published.precision if entry.published else None,
        }
        for entry in entries
    ]


def records() -> Records:
    """What the saved pages say of every source, in the order of their ids."""
    known = catalogue()
    made = {}
    for folder in saved():
        source, record = known[folder.name], record_of(folder)
        made[folder.name] = drift.record(source, discover(page_of(folder, source, record), source).entries, record.get("usual", 0))
    return made


def packed(made: Records) -> str:
    """Records as the packaged file holds them: a line each."""
    lines = [f"{json.dumps(name)}: {json.dumps(asdict(one))}" for name, one in made.items()]
    return "{\n" + ",\n".join(lines) + "\n}\n"


def main(arguments: list[str]) -> None:
    """Do what the command line says."""
    parser = argparse.ArgumentParser(prog="python -m tests.sources.make", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("id", nargs="*")
    parser.add_argument("--usual", type=int, help="how many entries the real page usually holds")
    parser.add_argument("--records", action="store_true", help="write the packaged records")
    parser.add_argument("--table", action="store_true", help="write docs/sources.md")
    given = parser.parse_args(arguments)
    known = catalogue()
    for name in given.id:
        record = make(known[name], given.usual)
        print(f"{name}: {len(record['entries'])} entries; read {FOLDER / name}/expected.json before you keep it")
    if given.records:
        path = defaults_folder() / "config" / RECORDS
        path.parent.mkdir(exist_ok=True)
        path.write_text(packed(records()), "utf-8")
    if given.table:
        TABLE.write_text(written(load(defaults_folder() / "config", {"TRILATERAL_SMTP_PASSWORD": "-"})), "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
