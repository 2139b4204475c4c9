from __future__ import annotations

import struct
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scraper.errors import ExtractError
from scraper.model.moment import Moment
from scraper.stages.extract import hwpx
from tests.documents.packed import docx, paragraph, section, zipped
from tests.documents.packed import hwpx as written
from tests.effort import effort

TEXT = [
    "세 나라 항만장관 공동성명",
    "세 나라 항만장관은 오늘 하버시티에서 만나 등대 관리 협력 방안을 논의하였다.",
    "장관들은 부품 공급망을 함께 점검하고 정보를 공유하기로 하였다.",
]


def outcome(body: bytes) -> str:
    """The code of the one error, or nothing where there was a document."""
    try:
        hwpx.read(body)
    except ExtractError as error:
        return error.code
    return ""


def failure(body: bytes) -> tuple[str, str]:
    with effort(300), pytest.raises(ExtractError) as caught:
        hwpx.read(body)
    return caught.value.code, str(caught.value)


def test_paragraphs_of_the_sections_in_order() -> None:
    body = zipped({f"Contents/section{number}.xml": section(paragraph(f"제{number}절 " + TEXT[1])) for number in (10, 2, 0)})
    assert hwpx.read(body).text.split("\n\n") == [f"제{number}절 " + TEXT[1] for number in (0, 2, 10)]


@pytest.mark.parametrize(("title", "expected"), [(TEXT[0], TEXT[0]), ("보도자료 양식(최종)", ""), ("", "")])
def test_what_the_document_says_of_itself(title: str, expected: str) -> None:
    found = hwpx.read(written(TEXT, title=title, made="2026-07-09T01:02:03Z"))
    assert found.text.split("\n\n") == TEXT
    assert (found.extractor, found.title) == ("hwpx", expected)
    assert found.made == Moment("2026-07-09", "inferred", "2026-07-09T01:02:03Z", "2026-07-09")


def test_a_table_stands_where_it_stands() -> None:
    cell = "<hp:tc><hp:subList>{}</hp:subList></hp:tc>"
    rows = "".join(
        f"<hp:tr>{cell.format(paragraph(a))}{cell.format(paragraph(b))}</hp:tr>" for a, b in (("일시", "7월 9일"), ("장소", "하버시티"))
    )
    table = f"<hp:p><hp:run><hp:t>회의 개요</hp:t><hp:tbl>{rows}</hp:tbl><hp:t>끝.</hp:t></hp:run></hp:p>"
    found = hwpx.read(zipped({"Contents/section0.xml": section(paragraph(TEXT[0]) + table + paragraph(TEXT[1]))}))
    assert found.text.split("\n\n") == [TEXT[0], "회의 개요", "일시", "7월 9일", "장소", "하버시티", "끝.", TEXT[1]]


def test_marks_inside_text_and_what_is_no_text() -> None:
    head = f"<hp:ctrl><hp:header><hp:subList>{paragraph('쪽 머리말')}</hp:subList></hp:header></hp:ctrl>"
    note = f"<hp:ctrl><hp:footNote><hp:subList>{paragraph('각주')}</hp:subList></hp:footNote></hp:ctrl>"
    run = f"<hp:p><hp:run>{head}<hp:t>공동<hp:markpenBegin/>성명<hp:markpenEnd/>을<hp:tab/>발표<hp:lineBreak/>하였다</hp:t>{note}<hp:t>. 그리고 다시 만나기로 하였다.</hp:t></hp:run></hp:p>"
    found = hwpx.read(zipped({"Contents/section0.xml": section(run + paragraph(TEXT[1]))}))
    assert found.text.split("\n\n") == ["공동성명을 발표 하였다. 그리고 다시 만나기로 하였다.", TEXT[1]]


def test_a_word_document_is_read_too() -> None:
    paragraphs = [
        "Joint statement of the harbours",
        "The ministers of the three harbours met & agreed to keep the lamps lit through winter.",
    ]
    found = hwpx.read(docx(paragraphs, title=paragraphs[0]))
    assert found.text.split("\n\n") == paragraphs
    assert (found.extractor, found.title, found.made and found.made.day) == ("docx", paragraphs[0], "2026-07-08")


def entity_bomb() -> bytes:
    names = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    xml = f'<!DOCTYPE x [<!ENTITY a0 "ha">{names}<!ENTITY f SYSTEM "file:///etc/hostname">]><sec><p><run><t>&a9;&f;</t></run></p></sec>'
    return zipped({"Contents/section0.xml": xml})


def marked(body: bytes, flag: int) -> bytes:
    """The same file with a general purpose flag set in its list of files."""
    start = body.index(b"PK\x01\x02")
    return body[: start + 8] + struct.pack("<H", flag) + body[start + 10 :]


def many_files(count: int) -> bytes:
    return zipped({f"f{number}": "" for number in range(count)}, method=zipfile.ZIP_STORED)


@pytest.mark.parametrize(
    ("body", "code", "words"),
    [
        (zipped({"a.txt": "x"}), "not_text", "holds no document"),
        (written([]), "no_text", "HWPX document holds no text"),
        (docx(["x"]), "no_text", "DOCX document holds no text"),
        (b"PK\x03\x04 and then nothing", "not_text", "broken"),
        (written(TEXT)[:-30], "not_text", "broken"),
        (zipped({"Contents/section0.xml": "<sec><p>"}), "not_text", "broken"),
        (zipped({"Contents/section0.xml": section("<hp:p>" * 5000)}), "not_text", "broken"),
        (marked(zipped({"Contents/section0.xml": section(paragraph(TEXT[1]))}), 1), "not_text", "encrypted"),
        (zipped({"Contents/section0.xml": section(paragraph(TEXT[1]))}, method=zipfile.ZIP_LZMA), "not_text", "packed"),
        (zipped({"Contents/section0.xml": section(" " * 60_000_000)}), "not_text", "larger"),
        (
            zipped({"Contents/section0.xml": section("<hp:p/>" * 400_000), "Contents/section1.xml": section("<hp:p/>" * 400_000)}),
            "not_text",
            "larger",
        ),
        (zipped({"Contents/section0.xml": section("<hp:t/>" * 300_000)}), "not_text", "larger"),
        (many_files(10_000), "not_text", "larger"),
        (many_files(70_000), "not_text", "larger"),
        (b"PK\x03\x04" + bytes(hwpx.LARGEST), "not_text", "larger"),
        (entity_bomb(), "no_text|not_text", "no text|broken"),
    ],
)
def test_files_that_cannot_be_read_say_why_at_once(body: bytes, code: str, words: str) -> None:
    found, told = failure(body)
    assert found in code.split("|")
    assert any(word in told for word in words.split("|")), told


def test_a_document_of_many_paragraphs_is_read_in_time() -> None:
    with effort(300):
        assert len(hwpx.read(written([TEXT[1]] * 12_000)).text.split("\n\n")) == 12_000


def test_metadata_that_cannot_be_read_is_left() -> None:
    body = zipped({"Contents/section0.xml": section("".join(map(paragraph, TEXT))), "Contents/content.hpf": "<broken"})
    assert hwpx.read(body).title == ""
    assert hwpx.read(body).made is None


@settings(max_examples=200, deadline=2_000)
@given(st.integers(0, 10**6), st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), max_size=30), st.floats(0, 1))
def test_damaged_files_give_a_document_or_the_one_error(seed: int, damages: list[tuple[float, int]], end: float) -> None:
    body = bytearray(written(TEXT, title=TEXT[0]) if seed % 2 else docx(TEXT))
    for place, value in damages:
        body[int(place * (len(body) - 1))] = value
    kept = bytes(body) if seed % 3 else bytes(body[: int(end * len(body))])
    assert outcome(kept) in ("", "not_text", "no_text")
