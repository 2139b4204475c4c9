"""Processes that are talked with by lines, and the virtual environment of the other program."""

from __future__ import annotations

import json
import select
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Self

PATIENCE = 900.0
"""Seconds that one answer may take."""

_INSTALLING = 300.0


class Talking:
    """A process that answers each line with a line of JSON; ended when the block is left, whatever it does."""

    def __init__(self, command: Sequence[object]) -> None:
        self._process = subprocess.Popen(  # noqa: S603  our own programs
            [str(part) for part in command], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    @classmethod
    def python(cls, *arguments: object) -> Self:
        """Run this Python."""
        return cls([sys.executable, *arguments])

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        assert self._process.stdin
        self._process.stdin.close()
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        assert self._process.stdout
        self._process.stdout.close()

    def ask(self, line: str, *, patience: float = PATIENCE) -> Any:
        """Send a line and return the answer, waiting ``patience`` seconds for it."""
        assert self._process.stdin
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()
        return self.hear(patience=patience)

    def hear(self, *, patience: float = PATIENCE) -> Any:
        """Return the next answer; raises RuntimeError where none comes within ``patience`` seconds."""
        assert self._process.stdout
        ready, _, _ = select.select([self._process.stdout], [], [], patience)
        line = self._process.stdout.readline() if ready else ""
        if not line:
            raise RuntimeError(f"{self._process.args!r} gave no answer")
        return json.loads(line)


def installed(folder: Path, requirements: Sequence[str], modules: Sequence[str] = ("reader", "sgmllib")) -> tuple[Path, str]:
    """Return the Python of a virtual environment that has the packages and so can import the modules, made where it is missing, and what
    went wrong (nothing: ``""``)."""
    python = folder / "bin" / "python"
    try:
        if not python.exists():
            _run(sys.executable, "-m", "venv", folder)
        if not _imports(python, modules):
            _run(python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *requirements)
        fault = "" if _imports(python, modules) else "it was installed but cannot be imported"
    except (OSError, subprocess.SubprocessError) as error:
        fault = str(getattr(error, "stderr", "") or error).strip().splitlines()[-1]
    return python, fault


def _imports(python: Path, modules: Sequence[str]) -> bool:
    done = subprocess.run([python, "-c", f"import {', '.join(modules)}"], capture_output=True, check=False, timeout=_INSTALLING)  # noqa: S603
    return done.returncode == 0


def _run(*command: object) -> None:
    subprocess.run([str(part) for part in command], capture_output=True, text=True, check=True, timeout=_INSTALLING)  # noqa: S603
