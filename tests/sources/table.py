"""The table of sources in the docs, made of the packaged catalogue: ``python -m tests.sources.make --table``."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from scraper.config import Config
from scraper.model.source import Source

TABLE = Path(__file__).resolve().parents[2] / "docs" / "sources.md"
HEAD = """# Sources

Made from `config/sources.toml` by `python -m tests.sources.make --table`; a test fails when it is stale. How to add one:
[adding-a-source.md](adding-a-source.md).

{on} of {all} sources are on: {asked} are always asked, {behind} stand by for others of their publisher and language (the rank says in which order).
{keyed} more are on once their key is set. What is read and kept: *full* (the text), *excerpt* (300 characters), *link* (title and address); *feed
only* where pages are never followed, since they refuse programs, are behind a paywall, or the terms say so.
"""
COLUMNS = "| id | name | language | kind | every | rank | kept | seen | note |\n|---|---|---|---|---|---|---|---|---|\n"


def written(config: Config) -> str:
    """The whole page."""
    on = [source for source in config.sources if source.enabled]
    keyed = [source for source in config.sources if source.lacks]
    head = HEAD.format(
        on=len(on), all=len(config.sources), asked=sum(not s.rank for s in on), behind=sum(s.rank > 0 for s in on), keyed=len(keyed)
    )
    parts = [head, "\n## On: official\n\n", _grouped(s for s in on if s.official), "\n## On: agencies, broadcasters, press, searches\n\n"]
    parts += [_grouped(s for s in on if not s.official), "\n## Off\n\n", _grouped(s for s in config.sources if not s.enabled)]
    return "".join(parts) + _keys(config) + _dead(config)


def _grouped(sources: Iterable[Source]) -> str:
    return COLUMNS + "".join(_row(source) for source in sorted(sources, key=lambda s: (s.country, s.publisher, s.language, s.rank)))


def _row(source: Source) -> str:
    kept = source.store + (", feed only" if source.follow == "never" else "")
    wants = f"Wants the key `{source.lacks}`. " if source.lacks else ""
    cells = (
        f"`{source.id}`", f"[{_plain(source.name)}]({_address(source)})", source.language, source.kind, _every(source.interval),
        str(source.rank or ""), kept, source.seen, wants + _plain(source.note),
    )  # fmt: skip
    return f"| {' | '.join(cells)} |\n"


def _address(source: Source) -> str:
    """What a person can open: without the query, which may want a key."""
    shown = source.display_url or source.url
    return shown.partition("?")[0] if "${" in shown else shown


def _every(minutes: float) -> str:
    return f"{minutes:g} min" if minutes < 60 else f"{minutes / 60:g} h" if minutes < 1440 else f"{minutes / 1440:g} d"


def _plain(text: str) -> str:
    return text.replace("|", "\\|")


def _keys(config: Config) -> str:
    rows = "".join(f"- `{key.name}`: {key.title}, from <{key.url}>: {key.how}.\n" for key in config.aside.keys)
    return f"\n## Keys\n\nSet them in the environment (for the service: in `/etc/trilateral.env`). `trilateral doctor` says which are missing.\n\n{rows}"


def _dead(config: Config) -> str:
    rows = "".join(
        f"| {_plain(one.name)} | `{one.url}` | {one.state}{f' since {one.since}' if one.since else ''} | {one.seen} | {one.why} "
        f"| {', '.join(f'`{name}`' for name in one.instead)} |\n"
        for one in config.aside.dead
    )
    head = "| name | address | state | looked at | why | instead |\n|---|---|---|---|---|---|\n"
    return f"\n## Not to be polled\n\nKnown to `sources add`, `import-opml` and `doctor`, so that nobody adds them again.\n\n{head}{rows}"
