"""The virtual environment of the peer, and the process that is talked with by lines."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

PACKAGE = "flashtext2"
_INSTALLING = 300.0


def installed(folder: Path) -> tuple[Path, str]:
    """Return the Python of a virtual environment that has the peer, made where it is missing, and what went wrong (nothing: ``""``)."""
    python = folder / "bin" / "python"
    try:
        if not python.exists():
            _run(sys.executable, "-m", "venv", folder)
        if not _imports(python):
            _run(python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", PACKAGE)
        fault = "" if _imports(python) else "it was installed but cannot be imported"
    except (OSError, subprocess.SubprocessError) as error:
        fault = str(getattr(error, "stderr", "") or error).strip().splitlines()[-1]
    return python, fault


def _imports(python: Path) -> bool:
    done = subprocess.run([python, "-c", f"import {PACKAGE}"], capture_output=True, check=False, timeout=_INSTALLING)  # noqa: S603
    return done.returncode == 0


def _run(*command: object) -> None:
    subprocess.run([str(part) for part in command], capture_output=True, text=True, check=True, timeout=_INSTALLING)  # noqa: S603
