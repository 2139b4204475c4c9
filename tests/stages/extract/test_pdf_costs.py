"""PDFs made to take long, and broken at random: each gives a document or the one error, in time."""

from __future__ import annotations

import random
import time
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scraper.errors import ExtractError
from scraper.stages.extract import pdf
from tests.documents.papers import File, finished, helvetica
from tests.documents.papers import pdf as written

# --- files made to cost


def bomb(packed: bytes, layers: int = 1) -> bytes:
    data = packed
    for _ in range(layers - 1):
        data = zlib.compress(data, 9)
    made = File()
    number = made.add(b"<< /Length %d /Filter [%s] >>\nstream\n%s\nendstream" % (len(data), b"/FlateDecode " * layers, data))
    page = made.add(
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R /Resources << /Font << /F1 %d 0 R >> >> >>"
        % (number, helvetica(made))
    )
    made.objects[0] = b"<< /Type /Catalog /Pages 2 0 R >>"
    made.objects[1] = b"<< /Type /Pages /Count 1 /Kids [%d 0 R] >>" % page
    return made.bytes()


def long_pages(content: bytes, count: int = 200) -> bytes:
    made = File()
    return finished(made, [helvetica(made)], [content] * count)


def circular() -> bytes:
    made = File()
    made.objects[0] = b"<< /Type /Catalog /Pages 2 0 R >>"
    made.objects[1] = b"<< /Type /Pages /Count 99 /Kids [2 0 R 2 0 R 2 0 R] /Parent 2 0 R >>"
    return made.bytes()


def nested_forms(depth: int, fan: int) -> bytes:
    made = File()
    fonts = [helvetica(made)]
    inner = made.stream(b"BT /F1 9 Tf (x) Tj ET", b"/Subtype /Form /Resources << /Font << /F1 %d 0 R >> >>" % fonts[0])
    for _ in range(depth):
        inner = made.stream(
            b"/X Do " * fan, b"/Subtype /Form /Resources << /Font << /F1 %d 0 R >> /XObject << /X %d 0 R >> >>" % (fonts[0], inner)
        )
    return finished(made, fonts, [b"/X Do " * fan], more=b"/XObject << /X %d 0 R >>" % inner)


def wide_map() -> bytes:
    made = File()
    cmap = b"1 begincodespacerange <00> <ff> endcodespacerange 1 beginbfchar <41> <%s> endbfchar" % (b"0061" * 250)
    below = made.add(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode %d 0 R >>" % made.stream(cmap))
    return finished(
        made, [below], [b"BT /F1 9 Tf 1 0 0 1 9 9 Tm " + b"(" + b"A" * 300_000 + b") Tj " + b"(AAAA) Tj T* " * 5_000 + b"ET"] * 5
    )


def many_fonts() -> bytes:
    made = File()
    cmap = b"1 beginbfrange <0000> <ffff> <0000> endbfrange\n" * 30
    fonts = [made.add(b"<< /Type /Font /Subtype /Type0 /Encoding /Identity-H /ToUnicode %d 0 R >>" % made.stream(cmap)) for _ in range(80)]
    return finished(made, fonts, [b"BT /F1 9 Tf (x) Tj ET"] * 60)


COSTLY = {
    "zeros": bomb(zlib.compress(b"0 " * 50_000_000, 9)),
    "layers": bomb(zlib.compress(b"\0" * 10_000_000, 9), 8),
    "operators": long_pages(b"BT /F1 9 Tf " + b"(a) Tj T* " * 30_000 + b"ET"),
    "saves": long_pages(b"q " * 190_000),
    "numbers": long_pages(b"1 " * 190_000),
    "brackets": long_pages(b"[" * 100_000),
    "dictionaries": long_pages(b"<<" * 100_000),
    "strings": long_pages(b"BT /F1 9 Tf (" + b"a" * 390_000 + b") Tj " + b"T* () Tj " * 1_000 + b"ET"),
    "circle": circular(),
    "forms": nested_forms(12, 40),
    "wide map": wide_map(),
    "many fonts": many_fonts(),
    "objects": b"%PDF-1.4\n" + b"1 0 obj\n<< /Type /Catalog /Pages 1 0 R >>\nendobj\n" * 40_000,
    "unended objects": b"%PDF-1.4\n" + b"1 0 obj << " * 400_000,
    "tables": b"%PDF-1.4\n" + b"xref\n0 1\n" * 200_000 + b"trailer << /Root 1 0 R /Prev 9 >> startxref 9 %%EOF",
    "deep": b"%PDF-1.4\n1 0 obj\n" + b"[" * 500_000 + b"\nendobj\ntrailer << /Root 1 0 R >>\nstartxref\n9\n%%EOF",
}


@pytest.mark.parametrize("name", COSTLY)
def test_no_file_takes_long(name: str) -> None:
    began = time.perf_counter()
    try:
        pdf.read(COSTLY[name])
    except ExtractError as error:
        assert error.code in ("not_text", "no_text")
    assert time.perf_counter() - began < 2


@settings(max_examples=150, deadline=2_000)
@given(st.binary(max_size=400), st.booleans())
def test_any_bytes_give_a_document_or_the_one_error(body: bytes, headed: bool) -> None:
    try:
        pdf.read(b"%PDF-1.7\n" + body if headed else body)
    except ExtractError as error:
        assert error.code in ("not_text", "no_text")


@settings(max_examples=150, deadline=2_000)
@given(st.integers(0, 2**32), st.integers(1, 20))
def test_damaged_files_give_a_document_or_the_one_error(seed: int, damages: int) -> None:
    chance = random.Random(seed)
    body = bytearray(written([article(ENGLISH, 60), article(KOREAN, 30, cut=True)], packed=bool(seed % 2)))
    for _ in range(damages):
        start = chance.randrange(len(body))
        body[start : start + chance.randrange(1, 30)] = chance.choice([b"", b"0", b"[", b"<<", b"/", b"(", b"9 0 R", b"\xff", b"stream\n"])
    try:
        pdf.read(bytes(body))
    except ExtractError as error:
        assert error.code in ("not_text", "no_text")
