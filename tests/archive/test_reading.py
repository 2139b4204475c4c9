"""Foreign files: what is read from them, and that garbage is told as such."""

from __future__ import annotations

import gzip
import zlib
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from scraper.archive import pages, records
from scraper.errors import InputError

BODY = "<p>공동성명</p>".encode()
DATE = {"WARC-Date": "2026-11-20T09:00:00.123456Z"}


def warc(*found: tuple[str, str, list[tuple[str, str]], bytes], zipped: bool = True) -> bytes:
    """Return a file of records (type, address, HTTP headers, bytes on the wire) as another program would write it."""
    out = BytesIO()
    writer = WARCWriter(out, gzip=zipped)
    for kind, url, headers, wire in found:
        http = StatusAndHeaders("200 OK", headers, protocol="HTTP/1.1") if kind == "response" else None
        media = "text/html" if kind == "resource" else ""
        record = writer.create_warc_record(
            url, kind, payload=BytesIO(wire), length=len(wire), http_headers=http, warc_content_type=media, warc_headers_dict=DATE
        )
        writer.write_record(record)
    return out.getvalue()


def bodies(folder: Path, data: bytes) -> list[bytes]:
    path = folder / "foreign.warc.gz"
    path.write_bytes(data)
    return [page.body for page in pages(path)]


@pytest.mark.parametrize("zipped", [True, False])
@pytest.mark.parametrize(
    ("headers", "wire"),
    [([], BODY), ([("Content-Encoding", "gzip")], gzip.compress(BODY, mtime=0)), ([("Content-Encoding", "deflate")], zlib.compress(BODY)),
     ([("Transfer-Encoding", "chunked")], b"5\r\n" + BODY[:5] + b"\r\n" + f"{len(BODY) - 5:x}".encode() + b"\r\n" + BODY[5:] + b"\r\n0\r\n\r\n"),
     ([("Content-Encoding", "gzip")], BODY), ([("Transfer-Encoding", "chunked")], BODY)],
)  # fmt: skip
def test_bodies_come_decoded(tmp_path: Path, zipped: bool, headers: list[tuple[str, str]], wire: bytes) -> None:
    path = tmp_path / "foreign.warc"
    path.write_bytes(warc(("response", "https://example.org/a", [("Content-Type", "text/html"), *headers], wire), zipped=zipped))
    (page,) = pages(path)
    assert (page.body, page.status, page.url, page.requested) == (BODY, 200, "https://example.org/a", "https://example.org/a")
    assert (page.headers, page.fetched_at) == ({"content-type": "text/html"}, "2026-11-20T09:00:00Z")


def test_a_coding_that_cannot_be_undone_stays_named(tmp_path: Path) -> None:
    path = tmp_path / "foreign.warc"
    path.write_bytes(warc(("response", "https://example.org/a", [("Content-Encoding", "br")], b"??")))
    (page,) = pages(path)
    assert page.headers == {"content-encoding": "br"}


def test_only_pages_are_read(tmp_path: Path) -> None:
    data = warc(
        ("request", "https://example.org/a", [], b"GET / HTTP/1.1\r\n\r\n"),
        ("metadata", "https://example.org/a", [], b"via: x"),
        ("response", "dns:example.org", [], b"example.org. 60 IN A 192.0.2.1"),
        ("resource", "file:///a.html", [], b"<p>file</p>"),
        ("response", "https://example.org/a", [], BODY),
    )
    assert bodies(tmp_path, data) == [b"<p>file</p>", BODY]


def test_a_record_that_is_no_page_for_its_size_is_left_out(tmp_path: Path) -> None:
    data = warc(
        ("response", "https://example.org/video", [("Content-Encoding", "gzip")], gzip.compress(bytes(records.MAX_BODY + 1), mtime=0)),
        ("response", "https://example.org/a", [], BODY),
    )
    assert bodies(tmp_path, data) == [BODY]


def test_an_arc_file_is_read(tmp_path: Path) -> None:
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + BODY
    first = b"1 0 Test\nURL IP-address Archive-date Content-type Archive-length\n\n"
    data = b"filedesc://a.arc 0.0.0.0 20261120090000 text/plain %d\n" % len(first) + first
    data += b"\nhttps://example.org/a 192.0.2.1 20261120090000 text/html %d\n" % len(http) + http + b"\n"
    path = tmp_path / "old.arc"
    path.write_bytes(data)
    (page,) = pages(path)
    assert (page.body, page.fetched_at, page.content_type) == (BODY, "2026-11-20T09:00:00Z", "text/html")


@pytest.mark.parametrize(
    "data", [b"", b"garbage", b"<html></html>", b"PK\x03\x04", b"\x1f\x8b\x08\0rubbish", gzip.compress(b"no record", mtime=0), b"WARC/1.0"]
)
def test_garbage_is_told(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(InputError):
        bodies(tmp_path, data)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    for path in (tmp_path / "nothing.warc", tmp_path):
        with pytest.raises(InputError):
            list(pages(path))


@pytest.mark.parametrize("zipped", [True, False])
def test_a_file_that_is_cut_off_gives_what_was_whole(tmp_path: Path, zipped: bool) -> None:
    one = ("response", "https://example.org/a", [("Content-Type", "text/html")], BODY * 100)
    path = tmp_path / "cut.warc"
    path.write_bytes(warc(one, one, zipped=zipped)[:-40])
    found = pages(path)
    assert next(found).body == BODY * 100
    with pytest.raises(InputError) as caught:
        list(found)
    assert "after 1 pages" in str(caught.value)


def told(path: Path) -> bool:
    """Read a whole file; whatever is wrong with it must name it. Any other error ends the test."""
    try:
        list(pages(path))
    except InputError as error:
        return path.name in str(error)
    return True


@examples(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(st.binary(max_size=400), st.sampled_from(["", "WARC/1.0\r\nWARC-Type: response\r\n", "filedesc://", "1f8b"]), st.booleans())
def test_no_bytes_raise_anything_else(tmp_path: Path, dirt: bytes, start: str, zipped: bool) -> None:
    data = (bytes.fromhex(start) if start == "1f8b" else start.encode()) + dirt
    path = tmp_path / "dirt.warc"
    path.write_bytes(gzip.compress(data) if zipped else data)
    assert told(path)


@examples(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(st.integers(0, 3_000), st.binary(min_size=1, max_size=4), st.booleans())
def test_no_damage_raises_anything_else(tmp_path: Path, place: int, dirt: bytes, zipped: bool) -> None:
    one = ("response", "https://example.org/a", [("Content-Type", "text/html"), ("Transfer-Encoding", "chunked")], b"3\r\nabc\r\n0\r\n\r\n")
    data = bytearray(warc(one, one, one, zipped=zipped))
    place %= len(data)
    data[place : place + len(dirt)] = dirt
    path = tmp_path / "damaged.warc"
    path.write_bytes(bytes(data))
    assert told(path)
