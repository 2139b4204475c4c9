"""Bodies: decoded in bounded pieces."""

from __future__ import annotations

import gzip
import tracemalloc
import zlib
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.errors import FetchError
from scraper.fetch.body import read_body

RAW = zlib.compressobj(wbits=-15)
TEXT = "공동성명 共同声明 joint statement ".encode() * 40
CODED = {
    "": TEXT,
    "identity": TEXT,
    "gzip": gzip.compress(TEXT, mtime=0),
    "X-GZIP": gzip.compress(TEXT, mtime=0),
    "deflate": zlib.compress(TEXT),
    " Deflate ": RAW.compress(TEXT) + RAW.flush(),
}


def pieces(data: bytes, size: int) -> Iterator[bytes]:
    for place in range(0, len(data), size):
        yield data[place : place + size]


@pytest.mark.parametrize("coding", CODED)
@pytest.mark.parametrize("size", [1, 2, 7, 65_536])
def test_every_coding_is_undone(coding: str, size: int) -> None:
    assert read_body(pieces(CODED[coding], size), coding, 100_000) == TEXT


@given(st.lists(st.binary(max_size=300), max_size=5), st.integers(1, 50), st.binary(max_size=3))
def test_gzip_of_several_members_and_padding(parts: list[bytes], size: int, padding: bytes) -> None:
    wire = b"".join(gzip.compress(part) for part in parts)
    tail = b"\0" + padding if parts else b""
    assert read_body(pieces(wire + tail, size), "gzip", 10_000) == b"".join(parts)


@given(st.binary(max_size=3_000), st.integers(0, 2_000), st.sampled_from(["", "gzip", "deflate"]), st.integers(1, 500))
def test_the_cap_holds_exactly(body: bytes, limit: int, coding: str, size: int) -> None:
    wire = {"": body, "gzip": gzip.compress(body), "deflate": zlib.compress(body)}[coding]
    assert read_body(pieces(wire, size), coding, limit, cut=True) == body[:limit]
    if len(body) > limit:
        with pytest.raises(FetchError) as caught:
            read_body(pieces(wire, size), coding, limit)
        assert caught.value.code == "too_large"
    else:
        assert read_body(pieces(wire, size), coding, limit) == body


@pytest.mark.parametrize("coding", ["gzip", "deflate"])
def test_a_bomb_takes_little_memory(coding: str) -> None:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31 if coding == "gzip" else 15)
    bomb = b"".join(packer.compress(bytes(1 << 20)) for _ in range(200)) + packer.flush()
    assert len(bomb) < 300_000
    tracemalloc.start()
    try:
        with pytest.raises(FetchError) as caught:
            read_body(pieces(bomb, 65_536), coding, 1_000_000)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert caught.value.code == "too_large"
    assert peak < 8_000_000


def test_members_without_content_do_not_go_on_for_ever() -> None:
    def endless() -> Iterator[bytes]:
        while True:
            yield gzip.compress(b"") * 100

    with pytest.raises(FetchError) as caught:
        read_body(endless(), "gzip", 10_000)
    assert caught.value.code == "too_large"


def test_a_thousand_members_are_enough() -> None:
    empty = gzip.compress(b"")
    assert read_body(iter([empty * 1_000]), "gzip", 10_000_000) == b""
    with pytest.raises(FetchError) as caught:
        read_body(iter([empty * 1_001]), "gzip", 10_000_000)
    assert caught.value.code == "too_large"


def test_a_body_that_only_claims_to_be_gzip() -> None:
    assert read_body(pieces(b"<html>", 1), "gzip", 100) == b"<html>"
    assert read_body(iter([b"<"]), "gzip", 100) == b"<"
    assert read_body(iter([]), "gzip", 100) == b""


@pytest.mark.parametrize(("coding", "wire"), [("gzip", CODED["gzip"][:-9]), ("deflate", CODED["deflate"][:-5]), ("gzip", b"\x1f\x8b\x08")])
def test_a_compressed_body_that_ends_early(coding: str, wire: bytes) -> None:
    with pytest.raises(FetchError) as caught:
        read_body(iter([wire]), coding, 100_000)
    assert caught.value.code == "connect"


@pytest.mark.parametrize(("coding", "wire"), [("gzip", b"\x1f\x8b\x08\0" + b"\xff" * 40), ("br", b"x"), ("gzip, gzip", b"x")])
def test_a_broken_or_unknown_coding(coding: str, wire: bytes) -> None:
    with pytest.raises(FetchError) as caught:
        read_body(iter([wire]), coding, 100_000)
    assert caught.value.code == "decode"
