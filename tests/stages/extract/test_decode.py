from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.errors import ExtractError
from scraper.stages.extract.decode import decode

KOREAN = "세 나라 외교차관은 서울에서 만나 협력을 논의하였다. "
JAPANESE = "三か国の次官は東京で会談し、協力を確認した。"
# Characters that the plain codecs lack and the pages of these labels hold nevertheless.
WIDE_KOREAN = "똠방각하 펲 " + KOREAN
WIDE_JAPANESE = "①髙橋ⅲ㈱ " + JAPANESE


def meta(label: str, text: str) -> str:
    return f'<html><head><meta charset="{label}"></head><body><p>{text * 5}</p></body></html>'


@pytest.mark.parametrize(
    ("label", "codec", "text"),
    [
        ("utf-8", "utf-8", KOREAN),
        ("euc-kr", "cp949", WIDE_KOREAN),
        ("ks_c_5601-1987", "cp949", WIDE_KOREAN),
        ("shift_jis", "cp932", WIDE_JAPANESE),
        ("x-sjis", "cp932", WIDE_JAPANESE),
        ("euc-jp", "euc_jp", JAPANESE),
        ("iso-2022-jp", "iso2022_jp", JAPANESE),
        ("iso-8859-1", "cp1252", "It\u2019s \u201cagreed\u201d \u2014 caf\u00e9"),
        ("gb2312", "gb18030", "三国外长会晤"),
        ("big5", "cp950", "三國外長會晤"),
    ],
)
def test_a_label_of_the_page_is_read_as_what_it_holds_in_practice(label: str, codec: str, text: str) -> None:
    page = meta(label, text)
    assert decode(page.encode(codec)).text == page


@pytest.mark.parametrize(
    ("content_type", "fallback", "codec", "label"),
    [
        ("text/html; charset=EUC-KR", "", "cp949", "utf-8"),  # the header wins over a wrong meta
        ('text/html;charset="euc-kr"', "", "cp949", "nonsense-label"),
        ("text/html", "euc-kr", "cp949", "x"),  # the source's own encoding where the page says nothing usable
        ("text/html; charset=utf-8", "", "cp949", "euc-kr"),  # a header that cannot be true gives way to the page
        ("text/html; charset=iso-8859-1", "", "utf-8", "euc-kr"),  # beyond accident UTF-8, whatever the labels say
        ("", "", "cp949", "utf-8"),  # nobody tells the truth: the detector
    ],
)
def test_labels_that_lie_give_way_to_those_that_read(content_type: str, fallback: str, codec: str, label: str) -> None:
    page = meta(label, KOREAN * 3)
    decoded = decode(page.encode(codec), content_type, fallback)
    assert decoded.text == page
    assert decoded.replaced == 0


@pytest.mark.parametrize(
    ("mark", "codec"), [(codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")]
)
def test_a_byte_order_mark_wins_over_everything(mark: bytes, codec: str) -> None:
    assert decode(mark + KOREAN.encode(codec), "text/html; charset=shift_jis").text == KOREAN


def test_escapes_of_iso_2022_need_no_label() -> None:
    assert decode(meta("x", JAPANESE).encode("iso2022_jp")).text == meta("x", JAPANESE)


def test_an_xml_declaration_is_a_label() -> None:
    page = f'<?xml version="1.0" encoding="EUC-KR"?><html><body>{KOREAN}</body></html>'
    assert decode(page.encode("cp949")).text == page


def test_a_character_torn_at_the_end_is_dropped() -> None:
    body = meta("utf-8", KOREAN).encode() + "끝".encode()[:2]
    assert decode(body).text == meta("utf-8", KOREAN)
    assert decode(body).replaced == 0


def test_a_stray_byte_costs_one_character_and_is_counted() -> None:
    body = meta("euc-kr", KOREAN).encode("cp949") + b"<p>\xff!</p>" + KOREAN.encode("cp949")
    decoded = decode(body)
    assert decoded.encoding == "cp949"
    assert decoded.replaced == 1
    assert decoded.text.count("외교차관") == 6


def test_bytes_that_nothing_reads_raise() -> None:
    with pytest.raises(ExtractError) as caught:
        decode(codecs.BOM_UTF8 + bytes(range(128, 256)) * 30)
    assert caught.value.code == "decode"


@given(st.binary(max_size=400), st.text(max_size=40), st.text(max_size=20))
def test_any_bytes_decode_or_raise_the_one_error(body: bytes, content_type: str, fallback: str) -> None:
    try:
        outcome = decode(body, content_type, fallback).text
    except ExtractError as error:
        outcome = error.code
    assert isinstance(outcome, str)


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=300))
def test_utf8_always_comes_back(text: str) -> None:
    body = text.encode()
    if not body.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF8)) and "\x1b" not in text:
        assert decode(body, "text/html; charset=utf-8").text == text
