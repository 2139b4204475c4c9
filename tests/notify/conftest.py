"""A real HTTP server on loopback that keeps what it is handed and answers as it is told; a certificate made for the tests."""

from __future__ import annotations

import shutil
import ssl
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest


@dataclass
class Receiver:
    """``status``, ``body`` and ``headers`` are what it answers; ``hangs`` lets it answer when the test is over; ``drips`` lets it send its
    answer's body without end. ``got`` holds (path, headers, body)."""

    status: int = 200
    body: bytes = b"ok"
    headers: dict[str, str] = field(default_factory=dict)
    hangs: bool = False
    drips: bool = False
    got: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)
    port: int = 0

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        body = request.rfile.read(int(request.headers.get("Content-Length", 0)))
        self.got.append((request.path, dict(request.headers.items()), body))
        if self.hangs:
            self.over.wait(30)
        with suppress(OSError):
            request.send_response(self.status)
            for name, value in self.headers.items():
                request.send_header(name, value)
            request.send_header("Content-Length", str(10**9 if self.drips else len(self.body)))
            request.end_headers()
            request.wfile.write(self.body)
            while self.drips and not self.over.wait(0.02):
                request.wfile.write(b"x")


Listen = Callable[..., Receiver]


@pytest.fixture
def listen() -> Iterator[Listen]:
    """Start receivers; with ``tls`` they speak HTTPS."""
    running: list[tuple[Receiver, ThreadingHTTPServer, threading.Thread]] = []

    def start(tls: ssl.SSLContext | None = None, **told: object) -> Receiver:
        receiver = Receiver(**told)  # type: ignore[arg-type]

        class Handler(BaseHTTPRequestHandler):
            timeout = 30

            def do_POST(self) -> None:
                receiver.answer(self)
                self.close_connection = True

            def log_message(self, *_: object) -> None:
                return

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        server.daemon_threads = False
        if tls is not None:
            server.socket = tls.wrap_socket(server.socket, server_side=True)
        receiver.port = server.server_port
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        running.append((receiver, server, thread))
        return receiver

    yield start
    for receiver, server, thread in running:
        receiver.over.set()
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Return a certificate for 127.0.0.1 and its key."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("needs the openssl program to make a certificate")
    folder = tmp_path_factory.mktemp("tls")
    cert, key = folder / "cert.pem", folder / "key.pem"
    subject = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"]
    made = [openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", *subject, "-keyout", str(key), "-out", str(cert)]
    subprocess.run(made, check=True, capture_output=True)
    return cert, key


@pytest.fixture
def server_tls(certificate: tuple[Path, Path]) -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(*certificate)
    return context
