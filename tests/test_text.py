"""Shortcuts through text give what every step one by one would give."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper import text
from scraper.text import HAN, HANGUL, KANA, fold, guess_language, spaced, squeeze

MIXED = st.text(
    st.sampled_from("Aé '`´‘’“”„″-‐–—−－·・･•\u00ad\u200b\u2011\ufe63\u3000\n한국일본日本にッポンＡＢ１\ufb01ßİ") | st.characters(),
    max_size=40,
)


@given(MIXED)
def test_folding_takes_every_step(given_text: str) -> None:
    wide = unicodedata.normalize("NFKC", re.sub("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]", "", given_text))
    wide = re.sub("[\u2018\u2019\u201a\u201b\u2032\u00b4\u0060]", "'", wide)
    wide = re.sub("[\u201c\u201d\u201e\u201f\u2033]", '"', wide)
    wide = re.sub("[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]", "-", wide)
    wide = re.sub("[\u00b7\u2219\u2027\u318d\u11a2\u30fb\uff65\u2022\u22c5]", "\u00b7", wide)
    assert fold(given_text) == squeeze(wide.casefold())


def test_folding() -> None:
    assert fold("“U.S.–Japan”  ・ ＲＯＫ`s") == '"u.s.-japan" · rok\'s'
    assert fold("Plain `ASCII`\ttext") == "plain 'ascii' text"


@given(st.text(st.sampled_from("abcXYZ 12한국어の日本語カナ漢字é"), max_size=40))
def test_a_language_is_told_by_all_letters(sample: str) -> None:
    hangul, kana, han, latin = (len(re.findall(f"[{letters}]", sample)) for letters in (HANGUL, KANA, HAN, "A-Za-z"))
    if hangul * 3 > latin and hangul >= kana:
        told = "ko"
    elif (kana + han) * 3 > latin and kana + han > 0:
        told = "ja" if kana * 20 >= han or kana > 2 else "zh"
    else:
        told = "en"
    assert guess_language(sample) == told


def test_languages() -> None:
    told = {"한미일 협의 and more": "ko", "日米韓の協議": "ja", "三国会谈": "zh", "Café talks": "en", "talks": "en", "": "en"}
    assert {sample: guess_language(sample) for sample in told} == told
    assert text.has_cjk("a日")
    assert not text.has_cjk("aé")


_ENDED = re.compile(
    r"(?P<latin>[.!?][\"'\u201d\u2019)\]]*)(?=\s+[^a-z\s])|(?P<cjk>[\u3002\uff01\uff1f][\u300d\u300f\u201d\u2019)\uff09]*)|(?P<line>\n)"
)
_SHORTENED = re.compile(
    r"(?:\b(?:[A-Z]|Mr|Mrs|Ms|Dr|St|Sgt|Gen|Adm|Lt|Col|Capt|Maj|Rep|Sen|Gov|Amb|Prof|No|vs|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Inc|Ltd|Co|Corp|etc|e\.g|i\.e)|(?:[A-Z]\.)+[A-Z])$"
)
_PIECES = ["a", "Z", " ", "\n", ".", "!", "?", "。", "」", "”", ")", "]", "’", "'", "！", "U", "Mr", "Sept", "etc", "e.g", "abcdef", "letters", "日", "한다", "1", "\u3000", "ß", "ª"]  # fmt: skip


@given(st.lists(st.sampled_from(_PIECES), max_size=16).map("".join))
def test_sentences_end_where_every_end_looked_at_one_by_one_says(given_text: str) -> None:
    start, spans = 0, []
    for match in _ENDED.finditer(given_text):
        before = given_text[max(start, match.start() - 12) : match.start()]
        if not (match["latin"] and given_text[match.start()] == "." and _SHORTENED.search(before)):
            spans.append((start, match.end()))
            start = match.end()
    told = [given_text[a:b].strip() for a, b in [*spans, (start, len(given_text))]]
    assert [span.of(given_text) for span in text.sentences(given_text)] == [piece for piece in told if piece]


@pytest.mark.parametrize(
    ("tag", "code"),
    [("en-US", "en"), ("ja_JP", "ja"), (" KO ", "ko"), ("kor", "ko"), ("fil", "fil"), ("tl-PH", "fil"), ("fi", "fi"), ("", ""), ("x", ""),
     ("english", ""), ("日本", ""), ("e1", ""), ("zh-Hant-TW-x-private", "zh")],
)  # fmt: skip
def test_a_tag_names_a_language_by_its_first_part(tag: str, code: str) -> None:
    assert text.language_code(tag) == code


PARAGRAPHS = "One. Two.\n\nThree.\n \n\nFour.\nFive."


@pytest.mark.parametrize(
    ("given_text", "word", "number"),
    [
        (PARAGRAPHS, "One", 1), (PARAGRAPHS, "Two", 1), (PARAGRAPHS, "Three", 2), (PARAGRAPHS, "Four", 3), (PARAGRAPHS, "Five", 3),
        ("\n\n  \n\nOne.\n\nTwo.", "One", 1), ("\n\nOne.\nTwo.\n", "Two", 2), ("One.\nTwo.", "One", 1), ("세 장관은\n\n공동성명을", "공동", 2),
    ],
)  # fmt: skip
def test_a_paragraph_is_counted(given_text: str, word: str, number: int) -> None:
    assert text.paragraph_at(given_text, given_text.index(word)) == number


@pytest.mark.parametrize(("given_text", "position"), [("", 0), ("One.", 4), ("One.", -1), ("One.", 99)])
def test_what_is_outside_has_no_paragraph(given_text: str, position: int) -> None:
    assert text.paragraph_at(given_text, position) == 0


@given(st.text(alphabet="a \n\t", max_size=60), st.integers(0, 60))
def test_a_paragraph_is_never_one_before_an_earlier_place(given_text: str, position: int) -> None:
    numbers = [text.paragraph_at(given_text, place) for place in range(len(given_text))]
    assert numbers == sorted(numbers)
    assert position >= len(given_text) or numbers[position] >= 1


@pytest.mark.parametrize(("text", "expected"), [
    ("한ㆍ미ㆍ일", "한 미 일"),
    ("한·미·일", "한 미 일"),
    ("日･米・韓", "日 米 韓"),
    ("AI·IoT", "AI IoT"),
    ("U.S.‧ROK", "U.S. ROK"),
])  # fmt: skip
def test_dots_between_words_are_spaces_to_a_search(text: str, expected: str) -> None:
    assert spaced(text) == expected


@pytest.mark.parametrize("text", ["한ㆍ미ㆍ일", "한・미・일", "한･미･일", "한•미•일", "한‧미‧일", "한\u119e미\u119e일"])
def test_every_dot_between_korean_words_is_one(text: str) -> None:
    assert fold(text) == "한·미·일"
