"""Certificates that prove nothing: no page comes over a connection whose other end is not known."""

from __future__ import annotations

import os
import shutil
import socket
import ssl
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from scraper.errors import FetchError

from .tools import fetcher, local

pytestmark = pytest.mark.skipif(shutil.which("openssl") is None, reason="the openssl command makes the certificates")
PAGE = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok"


def certificate(folder: Path, names: str) -> tuple[Path, Path]:
    """A certificate for ``names`` that no authority signed, and its key."""
    made, key = folder / "made.pem", folder / "key.pem"
    ask = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=site", "-addext", f"subjectAltName={names}"]
    subprocess.run(["openssl", *ask, "-keyout", str(key), "-out", str(made)], check=True, capture_output=True)
    return made, key


@contextmanager
def secured(made: Path, key: Path) -> Iterator[tuple[int, list[bytes]]]:
    """A TLS server with a certificate: its port, and the requests that reached it."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(made, key)
    asked: list[bytes] = []
    bound = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        with suppress(OSError):
            while True:
                raw, _ = bound.accept()
                with suppress(OSError), raw, context.wrap_socket(raw, server_side=True) as connection:
                    asked.append(connection.recv(10_000))
                    connection.sendall(PAGE)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield int(bound.getsockname()[1]), asked
    with suppress(OSError):
        bound.shutdown(socket.SHUT_RDWR)
    bound.close()
    thread.join(5)


TRUSTING = """
import sys
from datetime import UTC, datetime
from scraper.errors import FetchError
from scraper.fetch import Fetcher
from scraper.model.settings import FetchSettings
from scraper.model.source import Source
source = Source("x", "x", "feed", sys.argv[1], spacing=0.0, allow_private=True)
with Fetcher(FetchSettings(robots=False, spacing=0.0), lambda: datetime.now(UTC)) as ours:
    try:
        print(ours.get(sys.argv[1], source=source).body.decode())
    except FetchError as error:
        print(error.code, error)
"""


def trusting(made: Path, url: str) -> str:
    """What a process of its own that trusts the certificate says of the page."""
    environment = os.environ | {"SSL_CERT_FILE": str(made), "PYTHONPATH": str(Path(__file__).resolve().parents[2])}
    command = [sys.executable, "-c", TRUSTING, url]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=True, timeout=60).stdout


def test_a_trusted_certificate_holds_for_its_own_name_only(tmp_path: Path) -> None:
    made, key = certificate(tmp_path, "IP:127.0.0.1")
    with secured(made, key) as (port, _):
        assert trusting(made, f"https://127.0.0.1:{port}/") == "ok\n"
    made, key = certificate(tmp_path, "DNS:other.example")
    with secured(made, key) as (port, asked):
        said = trusting(made, f"https://127.0.0.1:{port}/")
        assert said.startswith("tls ")
        assert "mismatch" in said
        assert asked == []


@pytest.mark.parametrize(("names", "says"), [("IP:127.0.0.1", "certificate"), ("DNS:other.example", "certificate")])
def test_a_certificate_that_proves_nothing_is_refused_before_anything_is_asked(tmp_path: Path, names: str, says: str) -> None:
    with secured(*certificate(tmp_path, names)) as (port, asked), fetcher() as ours:
        with pytest.raises(FetchError, match=says) as caught:
            ours.get(f"https://127.0.0.1:{port}/", source=local())
        assert caught.value.code == "tls"
        assert asked == []
