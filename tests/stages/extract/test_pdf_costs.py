"""PDFs made to take long, and broken at random: each gives a document or the one error, in time."""

from __future__ import annotations

import random
import zlib
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scraper.errors import ExtractError
from scraper.stages.extract import pdf
from tests.documents.papers import File, Shown, finished, helvetica, lines, wrapped
from tests.documents.papers import pdf as written
from tests.effort import effort

ENGLISH = "The officers of the three ministries met on the first floor of the harbour office and agreed to set up a rescue staff."
KOREAN = "세 나라 외교장관은 오늘 하버시티에서 만나 협력 방안을 논의하였으며 매년 봄에 공동 훈련을 실시하기로 하였다."


def outcome(body: bytes) -> str:
    """The code of the one error, or nothing where there was a document."""
    try:
        pdf.read(body)
    except ExtractError as error:
        return error.code
    return ""


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


def type_1_fonts() -> bytes:
    made = File()
    program = made.stream(b"/Encoding 256 array " + b"dup 65 /A put\n" * 200_000 + b"readonly def", b"/Length1 99")
    told = made.add(b"<< /Type /FontDescriptor /FontName /Made /Flags 4 /FontFile %d 0 R >>" % program)
    fonts = [made.add(b"<< /Type /Font /Subtype /Type1 /BaseFont /Made /FontDescriptor %d 0 R >>" % told) for _ in range(80)]
    return finished(made, fonts, [b"BT /F1 9 Tf (x) Tj ET"] * 60)


def scattered() -> bytes:
    chance = random.Random(7)
    pages = [[Shown("ab", chance.uniform(0, 590), chance.uniform(0, 840), chance.uniform(1, 30)) for _ in range(3_000)] for _ in range(4)]
    return written(pages)


def one_row() -> bytes:
    return written([[Shown("abcd"[number % 4], number / 10, 500 + number / 1_000, 9) for number in range(6_000)]] * 3)


def same_edges() -> bytes:
    return written([lines([f"Row {number % 3}" for number in range(50)], leading=15) for _ in range(60)])


COSTLY: dict[str, Callable[[], bytes]] = {
    "zeros": lambda: bomb(zlib.compress(b"0 " * 20_000_000, 9)),
    "layers": lambda: bomb(zlib.compress(b"\0" * 10_000_000, 9), 8),
    "three layers": lambda: bomb(zlib.compress(b"\0" * 3_900_000, 9), 3),
    "operators": lambda: long_pages(b"BT /F1 9 Tf " + b"(a) Tj T* " * 28_000 + b"ET"),
    "saves": lambda: long_pages(b"q " * 79_000),
    "numbers": lambda: long_pages(b"1 " * 79_000),
    "brackets": lambda: long_pages(b"[" * 100_000),
    "dictionaries": lambda: long_pages(b"<<" * 100_000),
    "strings": lambda: long_pages(b"BT /F1 9 Tf (" + b"a" * 280_000 + b") Tj " + b"T* () Tj " * 1_000 + b"ET"),
    "long words": lambda: long_pages(b"BT /F1 9 Tf " + b"(" + b"a" * 3_900 + b") Tj T* " * 70 + b"ET"),
    "circle": circular,
    "forms": lambda: nested_forms(12, 40),
    "wide map": wide_map,
    "many fonts": many_fonts,
    "type 1 fonts": type_1_fonts,
    "scattered": scattered,
    "one row": one_row,
    "same edges": same_edges,
    "objects": lambda: b"%PDF-1.4\n" + b"1 0 obj\n<< /Type /Catalog /Pages 1 0 R >>\nendobj\n" * 40_000,
    "unended objects": lambda: b"%PDF-1.4\n" + b"1 0 obj << " * 400_000,
    "lost table": lambda: b"%PDF-1.4\n" + b"1 0 obj << >> endobj\n" * 300_000 + b"startxref\n9\n%%EOF",
    "tables": lambda: b"%PDF-1.4\n" + b"xref\n0 1\n" * 200_000 + b"trailer << /Root 1 0 R /Prev 9 >> startxref 9 %%EOF",
    "deep": lambda: b"%PDF-1.4\n1 0 obj\n" + b"[" * 500_000 + b"\nendobj\ntrailer << /Root 1 0 R >>\nstartxref\n9\n%%EOF",
}


@pytest.mark.parametrize("name", COSTLY)
def test_no_file_takes_long(name: str) -> None:
    body = COSTLY[name]()
    with effort(300):
        assert outcome(body) in ("", "not_text", "no_text")


@settings(max_examples=150, deadline=2_000)
@given(st.binary(max_size=400), st.booleans())
def test_any_bytes_give_a_document_or_the_one_error(body: bytes, headed: bool) -> None:
    assert outcome(b"%PDF-1.7\n" + body if headed else body) in ("", "not_text", "no_text")


@settings(max_examples=150, deadline=2_000)
@given(st.integers(0, 2**32), st.integers(1, 20))
def test_damaged_files_give_a_document_or_the_one_error(seed: int, damages: int) -> None:
    chance = random.Random(seed)
    body = bytearray(written([lines(wrapped(ENGLISH, 60)), lines(wrapped(KOREAN, 30, cut=True))], packed=bool(seed % 2)))
    for _ in range(damages):
        start = chance.randrange(len(body))
        body[start : start + chance.randrange(1, 30)] = chance.choice([b"", b"0", b"[", b"<<", b"/", b"(", b"9 0 R", b"\xff", b"stream\n"])
    assert outcome(bytes(body)) in ("", "not_text", "no_text")
