"""Append-only migrations: each is one SQL file that imports nothing live and is never edited once released."""

from __future__ import annotations

from importlib import resources

from sqlite_utils import Database, Migrations

MIGRATIONS = Migrations("trilateral")
NAMES = (
    "0001_house", "0002_watching", "0003_vouching", "0004_edits", "0005_furniture", "0006_postings", "0007_witnesses", "0008_lags", "0009_wording",
    "0010_flags", "0011_proposals", "0012_backfills", "0013_edits_view", "0014_messages",
    "0015_routing", "0016_review_links", "0017_resending",
    "0018_public_archive", "0020_search", "0021_speed",
)  # fmt: skip


def _script(name: str) -> str:
    return (resources.files(__name__) / f"{name}.sql").read_text("utf-8")


def _statements(script: str) -> list[str]:
    """Split a script at the semicolons that end a line, so that each runs inside the migration's transaction."""
    lines = [line for line in script.splitlines() if not line.lstrip().startswith("--")]
    return [part.strip() for part in "\n".join(lines).split(";\n") if part.strip()]


def _register(name: str) -> None:
    @MIGRATIONS(name=name)
    def apply(db: Database) -> None:
        for statement in _statements(_script(name)):
            db.execute(statement.rstrip(";"))


for _name in NAMES:
    _register(_name)
