"""A home: its folders and files made from the packaged defaults."""

from __future__ import annotations

import shutil
from pathlib import Path

from scraper.errors import InputError

CONFIG = "TRILATERAL_CONFIG"
"""The environment variable by which ``trilateral serve`` tells the pages of Datasette where the configuration is."""
SOURCES = """# What this home polls. It starts from the packaged catalogue, so that later fixes of it arrive with an upgrade.
# A [[source]] with an id of the catalogue changes only the keys named here; a new id adds a source. See docs/adding-a-source.md.
include = "builtin"

# [[source]]
# id = "us-state-html"
# enabled = false
"""


def make(root: Path, defaults: Path) -> tuple[Path, ...]:
    """Make ``config`` and ``db`` in a folder; files that are there already stay as they are. Return the files written.

    ``defaults`` holds the packaged ``config`` and ``db``. Raises InputError where the folder cannot be written.
    """
    try:
        (root / "config").mkdir(parents=True, exist_ok=True)
        written = [_write(root / "config" / "sources.toml", SOURCES)]
        written += [_copy(file, root / "config" / file.name) for file in sorted((defaults / "config").iterdir()) if file.is_file()]
        written += [_copy(file, root / "db" / file.relative_to(defaults / "db")) for file in datasette_files(defaults / "db")]
    except OSError as error:
        raise InputError(f"{root} cannot be made: {error.strerror}") from error
    return tuple(path for path in written if path is not None)


def datasette_files(folder: Path) -> list[Path]:
    """Return the files of the packaged Datasette configuration directory, without databases and what was made beside them."""
    own = [folder / "metadata.json", folder / "settings.json", *(folder / "plugins").rglob("*.py"), *(folder / "templates").rglob("*.html")]
    return sorted(path for path in own if path.is_file())


def complete(folder: Path, defaults: Path) -> tuple[Path, ...]:
    """Give a Datasette configuration directory that an earlier version made the plugins it lacks; what is there stays as it is. Return the
    files written: none where it is no such directory, or cannot be written."""
    if not (folder / "metadata.json").exists():
        return ()
    lacking = [file for file in datasette_files(defaults / "db") if file.suffix == ".py"]
    try:
        written = [_copy(file, folder / file.relative_to(defaults / "db")) for file in lacking]
    except OSError:
        return ()
    return tuple(path for path in written if path is not None)


def _write(path: Path, text: str) -> Path | None:
    if path.exists():
        return None
    path.write_text(text, "utf-8")
    return path


def _copy(origin: Path, path: Path) -> Path | None:
    if path.exists() or path == origin:
        return None
    path.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(origin, path)
    return path
