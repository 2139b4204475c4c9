"""Where the things of a house lie. It stands alone, so that a command that asks for no more has not to read what reads pages."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Home:
    """Where things lie: ``root`` holds ``config`` and ``db``; ``database`` is the SQLite file, ``folder`` the one it is in."""

    root: Path
    config: Path
    database: Path

    @property
    def folder(self) -> Path:
        """The folder of the database, of its captures and of digests written as files."""
        return self.database.parent

    @property
    def captures(self) -> Path:
        """The folder of WARC files."""
        return self.folder / "captures"

    @property
    def backups(self) -> Path:
        """The folder of copies: those of ``backup``, those made before migrations, and what ``restore`` put aside."""
        return self.folder / "backups"
