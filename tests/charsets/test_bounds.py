"""No bytes raise, and none take long."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scraper.charsets import codecs_of, decode

SIZE = 5_000_000
NOISE = random.Random(4)
KOREAN = "세 나라 외교차관은 부산에서 만났다. "


def filled(piece: bytes) -> bytes:
    return piece * (SIZE // len(piece))


HOSTILE = {
    "noise": NOISE.randbytes(SIZE),
    "high noise": bytes(byte | 0x80 for byte in NOISE.randbytes(SIZE)),
    "euc-kr": filled(KOREAN.encode("cp949")),
    "euc-jp, no spaces": filled("三か国の次官は会談した。".encode("euc_jp")),
    "one by one": filled(b"a\xff"),
    "nothing but 0xff": filled(b"\xff"),
    "vendors' characters": filled(b"\xad\xa1"),
    "vendors' and broken": filled(b"\xad\xa1\xff"),
    "escapes": filled(b"\x1b$B"),
    "escaped vendors' characters": b"\x1b$B" + filled(b"-!"),
    "escapes to and fro": filled(b"\x1b$B-!\x1b(B"),
    "half metas": filled(b"<meta ") + b"\xb0",
    "half roots": filled(b"<html ") + b"\xb0",
    "half surrogates": b"\xff\xfe" + filled(b"\x00\xd8"),
    "broken behind a mark": b"\xef\xbb\xbf" + filled(b"\xff"),
    "zeros": filled(b"\x00<"),
    "late": filled(b" ") + b"\xb0\xa1",
}


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("label", ["", "charset=euc-jp"])
def test_five_megabytes_in_under_two_seconds(name: str, label: str) -> None:
    began = time.process_time()
    read = decode(HOSTILE[name], label)
    assert time.process_time() - began < 2
    assert isinstance(read.text, str)


@settings(deadline=None, max_examples=300)
@given(
    st.binary(max_size=400) | st.lists(st.sampled_from([b"\x1b$B", b"\x1b(B", b"\xff\xfe", b"<\x00", "한".encode("cp949"), b"\xad\xa1", b"\xff", b"a", b"\x1b$)C"])).map(b"".join),
    st.sampled_from(["", "euc-kr", "utf-16", "iso-2022-jp", "shift_jis", "euc-jp", "gb18030", "big5", "utf-7", "cp037", "koi8-r", "utf-8"]),
    st.sampled_from(["", "ko", "ja", "en"]),
)  # fmt: skip
def test_any_bytes_give_text_that_utf8_can_hold_and_losses_are_counted(body: bytes, label: str, language: str) -> None:
    read = decode(body, f"text/html; charset={label}", language=language)
    assert len(read.text.encode("utf-8")) >= len(read.text)
    assert read.replaced <= read.text.count("\ufffd") or read.encoding == "gb18030"
    assert decode(body, f"text/html; charset={label}", language=language) == read


@settings(deadline=None)
@given(st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\x00\x1b"), max_size=300))
def test_utf8_under_its_label_always_comes_back(text: str) -> None:
    assert decode(text.encode(), "text/html; charset=utf-8").text == text.removeprefix("\ufeff")


@settings(deadline=None)
@given(st.text(max_size=60), st.text(max_size=60))
def test_any_label_is_known_or_not(content_type: str, label: str) -> None:
    assert decode(KOREAN.encode("cp949") * 3, content_type, label).text == KOREAN * 3
    assert len(codecs_of(label)) <= 1
