"""A Datasette in a process of its own, asked over loopback as browsers ask it."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Self

LOCKED = (b"database is locked", b"database table is locked", b"held by another writer")
"""What SQLite says, and what our pages make of it."""
_PATIENCE, _GOOD = 120, 200
_COMMAND = "import sys; from scraper.cli import main; sys.exit(main())"


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of one request: its status, the milliseconds until its last byte, and whether it says that the database is locked."""

    path: str
    status: int
    ms: float
    locked: bool
    size: int


class Server:
    """``trilateral serve`` on a home; ended when the block is left."""

    def __init__(self, home: Path) -> None:
        with socket.create_server(("127.0.0.1", 0)) as probe:
            self.port = probe.getsockname()[1]
        command = [sys.executable, "-c", _COMMAND, "--home", str(home), "serve", "--port", str(self.port)]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)  # noqa: S603  our own program
        self._log: list[str] = []

    def __enter__(self) -> Self:
        assert self.process.stderr
        for line in self.process.stderr:
            self._log.append(line)
            if "Uvicorn running" in line:
                threading.Thread(target=self._drained, daemon=True).start()
                return self
        raise RuntimeError(f"Datasette did not start: {''.join(self._log)}")

    def _drained(self) -> None:
        assert self.process.stderr
        self._log = [line for line in self.process.stderr if " 200 OK" not in line][-200:]

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        self.process.wait(20)

    @contextmanager
    def connection(self) -> Iterator[http.client.HTTPConnection]:
        """Open a connection that stays open between requests."""
        opened = http.client.HTTPConnection("127.0.0.1", self.port, timeout=_PATIENCE)
        try:
            yield opened
        finally:
            opened.close()

    def ask(self, paths: Iterable[str]) -> list[Answer]:
        """Ask one after the other over one connection."""
        with self.connection() as opened:
            return [_answer(opened, path) for path in paths]

    def crowd(self, paths: Sequence[str], connections: int) -> list[Answer]:
        """Ask for all, as many at a time as there are connections."""
        with ThreadPoolExecutor(connections) as threads:
            return [answer for some in threads.map(self.ask, (paths[at::connections] for at in range(connections))) for answer in some]

    def cpu(self) -> float:
        """Return the milliseconds of CPU, user and system, that the process has used."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text("ascii").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) * 1000 / os.sysconf("SC_CLK_TCK")

    def megabytes(self) -> tuple[float, float]:
        """Return its memory now and at most (of 1024 x 1024 bytes), the pages of the file that it maps among them."""
        told = dict(line.split(":", 1) for line in Path(f"/proc/{self.process.pid}/status").read_text("ascii").splitlines())
        return int(told["VmRSS"].split()[0]) / 1024, int(told["VmHWM"].split()[0]) / 1024


def _answer(opened: http.client.HTTPConnection, path: str) -> Answer:
    began = time.perf_counter()
    opened.request("GET", path, headers={"Accept": "text/html"})
    answer = opened.getresponse()
    body = answer.read()
    ms = (time.perf_counter() - began) * 1000
    return Answer(path, answer.status, ms, any(words in body for words in LOCKED) and answer.status != _GOOD, len(body))


def faults(answers: Iterable[Answer]) -> dict[str, int]:
    """Return the addresses that were not answered well, each with its last status."""
    return {answer.path: answer.status for answer in answers if answer.status != _GOOD}


def statuses(answers: Iterable[Answer]) -> dict[str, int]:
    """Return how many answers had each status."""
    return {str(status): count for status, count in sorted(Counter(answer.status for answer in answers).items())}
