"""Pages broken in every way a page breaks: for tests of the extraction and for the fuzz run."""

from __future__ import annotations

import re
from collections.abc import Sequence
from random import Random

_TAG = re.compile(rb"<[^<>]{1,200}>")
_PARTS = (
    b"<p>", b"</div>", b"<table><tr><td>", b"<script>", b"</script>", b"<!--", b"-->", b"<![CDATA[", b"<svg><path d='", b"<meta charset=utf-16>",
    b"<meta charset='x-unknown'>", b'<script type="application/ld+json">{"@type":"NewsArticle","articleBody":', b'<script id="__NEXT_DATA__">{"a":[[[',
    b"&#x110000;", b"&#0;", b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\x1b$B", b"\xed\xa0\x80", b"<time datetime='9999-99-99'>", b"<h1>" * 40, b"<b>" * 400,
    b"<a href='javascript:1'>", b"\xe2\x80\xae", b"<base href='http://[::1'>", b"<link rel=canonical href='http://%00/'>", b"{{{{" * 50, b"((((" * 50,
)  # fmt: skip


def mutated(page: bytes, luck: Random, others: Sequence[bytes] = ()) -> bytes:
    """Return ``page`` broken in one to four ways: bytes flipped, cut, doubled, moved, tags lost or put in, halves of two pages joined."""
    for _ in range(luck.randint(1, 4)):
        page = luck.choice(_WAYS)(page, luck, others) or b"<"
    return page


def _flip(page: bytes, luck: Random, _: Sequence[bytes]) -> bytes:
    out = bytearray(page)
    for _ in range(min(len(out), luck.choice((1, 10, 200)))):
        out[luck.randrange(len(out))] = luck.randrange(256)
    return bytes(out)


def _cut(page: bytes, luck: Random, _: Sequence[bytes]) -> bytes:
    return page[: luck.randrange(len(page) + 1)]


def _hole(page: bytes, luck: Random, _: Sequence[bytes]) -> bytes:
    start = luck.randrange(len(page))
    return page[:start] + page[start + luck.randrange(1, 5000) :]


def _double(page: bytes, luck: Random, _: Sequence[bytes]) -> bytes:
    start = luck.randrange(len(page))
    piece = page[start : start + luck.randrange(1, 2000)]
    return page[:start] + piece * luck.choice((2, 5, 40)) + page[start:]


def _untag(page: bytes, luck: Random, _: Sequence[bytes]) -> bytes:
    share = luck.random() * 0.5
    return _TAG.sub(lambda tag: b"" if luck.random() < share else tag[0], page)


def _insert(page: bytes, luck: Random, _: Sequence[bytes]) -> bytes:
    for _ in range(luck.choice((1, 3, 30))):
        at = luck.randrange(len(page) + 1)
        page = page[:at] + luck.choice(_PARTS) + page[at:]
    return page


def _join(page: bytes, luck: Random, others: Sequence[bytes]) -> bytes:
    other = luck.choice(others) if others else page[::-1]
    return page[: luck.randrange(len(page) + 1)] + other[luck.randrange(len(other) + 1) :]


def _recode(page: bytes, luck: Random, _: Sequence[bytes]) -> bytes:
    text = page.decode("utf-8", "replace")
    return text.encode(luck.choice(("utf-16", "cp949", "shift_jis", "iso2022_jp", "euc_jp", "latin-1", "utf-7")), "replace")


_WAYS = (_flip, _cut, _hole, _double, _untag, _insert, _join, _recode)
