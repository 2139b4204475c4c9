"""The command ``trilateral``: arguments in, one call down, output, exit code.

Exit codes: 0 ok, 1 some sources failed, 2 usage or config, 3 another instance holds the lock, 4 nothing could be fetched.
"""

from __future__ import annotations

from scraper.cli.main import main

__all__ = ["main"]
