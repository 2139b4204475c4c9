"""Citations, read back by the parsers that other people use."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

import bibtexparser
import pytest
import rispy
from citeproc import Citation as Cited
from citeproc import CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from hypothesis import given
from hypothesis import strategies as st

from scraper.model.citation import Citation
from scraper.stages.citing import FORMS, cited
from scraper.stages.citing.bibtex import tex
from scraper.stages.citing.values import address, clock, iso, key, line, names, parts, spoken

ONE = Citation(
    number=12,
    title="Joint Statement on the Harbour Dialogue",
    author="Ministry of Foreign Affairs and Trade",
    url="https://www.ministry.example/press/12",
    published="2026-07-09",
    language="en",
    retrieved="2026-07-09T12:00:05Z",
    archived_url="https://web.archive.org/web/20260709120102/https://www.ministry.example/press/12",
    archived_at="2026-07-09T12:01:02Z",
    archive="Internet Archive",
    capture="kept-20260709T120000Z-7.warc.gz, sha256:00ff",
    genre="press release",
)
KOREAN = replace(ONE, number=13, title="한미일 외교장관 공동성명 “새로운 협력”", author="외교부", language="ko")
JAPANESE = replace(ONE, number=14, title="日米韓外相会合「共同声明」", author="外務省", language="ja", published="2026-07")
REPORT = replace(
    ONE, number=15, title="Ministers meet in Seoul", author="Harbour Post", genre="", official=False, authors=("Kim Minji", "Sato Hana")
)
BARE = Citation(16, "", "", "")
HOSTILE = replace(
    ONE,
    number=17,
    title='100% {of} A&B_#1 ~ $5 ^2 \\input{/etc/passwd} } @misc{evil, title="x"}\r\nER  - \nTY  - BOOK "quoted" \u202etxt.exe\x00',
    author="Body, with a comma} and @string{x}\nAU  - Evil",
    url='https://ministry.example/a b?x={1}&y=한"<>\\#z%20',
    genre="press\nrelease",
    language="ko\r\nER  - ",
    retrieved="2026-07-09T\r\nER:00Z",
)
ALL = (ONE, KOREAN, JAPANESE, REPORT, BARE, HOSTILE)
IDS = ("plain", "korean", "japanese", "report", "bare", "hostile")
CSL_NAMES = {
    "id", "type", "title", "author", "container-title", "publisher", "genre", "issued", "accessed", "URL", "language", "archive", "archive_location", "note",
}  # fmt: skip

TEXT = st.text(max_size=80) | st.text(alphabet='{}\\$&#_%~^"@,=\r\n -ER한日', max_size=40)


def anything(**fixed: Any) -> st.SearchStrategy[Citation]:
    given_ = {
        "number": st.integers(1, 10**6),
        "title": TEXT,
        "author": TEXT,
        "url": TEXT.map("https://h.example/".__add__),
        "genre": TEXT,
        "capture": TEXT,
        "language": TEXT,
        "retrieved": TEXT | TEXT.map("2026-07-09T".__add__),
        "archive": TEXT,
        "archived_at": TEXT,
    }
    return st.builds(
        Citation, **{**given_, "official": st.booleans(), "authors": st.lists(TEXT, max_size=3).map(tuple), "published": TEXT, **fixed}
    )


# --- values


@pytest.mark.parametrize(
    ("day", "numbers", "written", "said"),
    [
        ("2026-07-09", (2026, 7, 9), "2026-07-09", "July 9, 2026"),
        ("2026-07-09T12:00:05Z", (2026, 7, 9), "2026-07-09", "July 9, 2026"),
        ("2026-12", (2026, 12), "2026-12", "December 2026"),
        ("1999", (1999,), "1999", "1999"),
        ("", (), "", ""),
        ("2026-13-01", (), "", ""),
        ("2026-07-32", (), "", ""),
        ("0000-01-01", (), "", ""),
        ("9 July 2026", (), "", ""),
        ("２０２６-07-09", (), "", ""),
    ],
)
def test_dates_are_taken_as_far_as_they_are_known(day: str, numbers: tuple[int, ...], written: str, said: str) -> None:
    assert (parts(day), iso(day), spoken(day)) == (numbers, written, said)


def test_a_moment_says_its_zone_and_a_day_has_none() -> None:
    assert (clock("2026-07-09T12:00:05Z"), clock("2026-07-09"), clock("")) == ("2026-07-09 12:00 UTC", "2026-07-09", "")


@pytest.mark.parametrize(
    ("url", "printed"),
    [
        ("https://a.example/b?c=d&e=%20#f", "https://a.example/b?c=d&e=%20#f"),
        ("https://a.example/한", "https://a.example/%ED%95%9C"),
        ('https://a.example/{x}\\"<y> z', "https://a.example/%7Bx%7D%5C%22%3Cy%3E%20z"),
        ("https://a.example/\r\nER  - ", "https://a.example/ER%20%20-"),
        ("javascript:alert(1)", ""),
        ("ftp://a.example/", ""),
        ("https://", ""),
        ("", ""),
    ],
)
def test_an_address_holds_nothing_that_a_format_takes_for_its_own(url: str, printed: str) -> None:
    assert address(url) == printed


@given(TEXT)
def test_a_line_is_one_line_without_marks_that_turn_it(text: str) -> None:
    assert not re.search(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]", line(text))


def test_a_very_long_title_is_cut() -> None:
    assert len(line("가" * 50_000)) == 2_000


def test_keys_are_stable_and_each_is_another() -> None:
    assert key(ONE) == "trilateral-12" == key(replace(ONE, title="Corrected", published="2027", author="Another"))
    assert len({key(one) for one in ALL}) == len(ALL)


def test_a_body_speaks_for_itself_and_a_report_is_signed() -> None:
    assert names(replace(ONE, authors=("Press Office",))) == ("Ministry of Foreign Affairs and Trade",)
    assert names(REPORT) == ("Kim Minji", "Sato Hana")
    assert names(replace(REPORT, authors=("", "\n"))) == ("Harbour Post",)
    assert names(BARE) == ()


# --- BibTeX


def entries(text: str) -> list[Any]:
    library = bibtexparser.parse_string(text)
    assert library.failed_blocks == []
    assert len(library.blocks) == len(library.entries)
    return list(library.entries)


def untexed(text: str) -> str:
    """What TeX would print of a value."""
    marks = {"textbackslash": "\\", "textbraceleft": "{", "textbraceright": "}", "textasciitilde": "~", "textasciicircum": "^"}
    return re.sub(r"\\(?:(text[a-z]+)\{\}|([$&#_%]))", lambda found: marks[found[1]] if found[1] else found[2], text)


@pytest.mark.parametrize("one", ALL, ids=IDS)
def test_bibtex_is_read_back(one: Citation) -> None:
    (entry,) = entries(cited((one,), "bibtex"))
    said = {field.key: str(field.value) for field in entry.fields}
    assert (entry.entry_type, entry.key) == ("online", key(one))
    assert untexed(said["title"].removeprefix("{").removesuffix("}")) == line(one.title)
    assert untexed(said.get("author", "")).count("{") >= len(names(one))
    assert said.get("url", "") == address(one.url)
    assert said.get("date", "") == iso(one.published)
    assert said.get("eprint", "") == address(one.archived_url)


def test_bibtex_says_what_biblatex_needs() -> None:
    text = cited((KOREAN,), "bibtex")
    for said in (
        "@online{trilateral-13,", "author = {{외교부}}", "title = {{한미일 외교장관 공동성명 “새로운 협력”}}", "titleaddon = {press release}", "date = {2026-07-09}",
        "urldate = {2026-07-09}", "langid = {korean}", "eprinttype = {archived copy}", "note = {Retrieved 2026-07-09 12:00 UTC; capture kept-20260709T120000Z-7.warc.gz, sha256:00ff}",
    ):  # fmt: skip
        assert said in text
    assert "author = {{Kim Minji} and {Sato Hana}}" in cited((REPORT,), "bibtex")
    assert "eprint" not in cited((replace(ONE, archived_url=""),), "bibtex")


def test_several_entries_stand_in_one_file() -> None:
    assert [entry.key for entry in entries(cited(ALL, "bibtex"))] == [key(one) for one in ALL]


@given(anything())
def test_no_text_ends_an_entry_of_bibtex(one: Citation) -> None:
    text = cited((one,), "bibtex")
    assert text.count("\n@") == 0
    depth = 0
    for character in text:
        depth += (character == "{") - (character == "}")
        assert depth >= 0
    assert depth == 0
    (entry,) = entries(text)
    assert entry.key == key(one)


@given(TEXT)
def test_nothing_in_a_text_is_a_command_of_tex(text: str) -> None:
    bare = re.sub(r"\\(?:textbackslash|textbraceleft|textbraceright|textasciitilde|textasciicircum)\{\}|\\[$&#_%]", "", tex(text))
    assert not set(bare) & set("\\{}$&#_%~^")


# --- RIS


def records(text: str) -> list[dict[str, Any]]:
    return list(rispy.loads(text))


@pytest.mark.parametrize("one", ALL, ids=IDS)
def test_ris_is_read_back(one: Citation) -> None:
    (record,) = records(cited((one,), "ris"))
    assert record["type_of_reference"] == ("ELEC" if one.official else "NEWS")
    assert record.get("title", "") == line(one.title)
    assert record.get("authors", []) == list(names(one))
    assert record.get("urls", [""]) == [address(one.url)]
    assert record.get("year", "") == iso(one.published)[:4]
    assert record.get("language", "") == ("" if one is HOSTILE else one.language)


def test_ris_has_its_tags_in_order_and_its_line_ends() -> None:
    text = cited((ONE,), "ris")
    assert text.replace("\r\n", "").count("\n") == text.replace("\r\n", "").count("\r") == 0
    assert [entry[:6] for entry in text.split("\r\n")[:-1]] == [
        f"{tag}  - " for tag in ("TY", "ID", "TI", "AU", "PY", "DA", "PB", "M3", "UR", "Y2", "LA", "AV", "N1", "N1", "ER")
    ]
    assert "DA  - 2026/07/09/\r\n" in text
    assert "Y2  - 2026/07/09/12:00 UTC\r\n" in text
    assert text.endswith("ER  - \r\n")
    assert "DA  - 2026/07//\r\n" in cited((JAPANESE,), "ris")


@given(st.lists(anything(), min_size=1, max_size=3))
def test_no_text_begins_a_record_of_ris(found: list[Citation]) -> None:
    text = cited(found, "ris")
    assert all(re.fullmatch(r"[A-Z][A-Z0-9]  - [^\x00-\x1f]*", entry) for entry in text.split("\r\n")[:-1])
    assert len(records(text)) == len(found)
    assert [entry[:6] for entry in text.split("\r\n") if entry.startswith(("TY", "ER"))] == ["TY  - ", "ER  - "] * len(found)


# --- CSL-JSON


@pytest.mark.parametrize("one", ALL, ids=IDS)
def test_csl_has_the_names_and_types_of_its_schema(one: Citation) -> None:
    (item,) = json.loads(cited((one,), "csl"))
    assert set(item) <= CSL_NAMES
    assert item["type"] == ("webpage" if one.official else "article-newspaper")
    assert all(isinstance(item.get(name, ""), str) for name in CSL_NAMES - {"author", "issued", "accessed"})
    assert item.get("author", []) == [{"literal": name} for name in names(one)]
    assert item.get("issued", {"date-parts": [[]]}) == {"date-parts": [list(parts(one.published))]}


def test_csl_keeps_every_script() -> None:
    text = cited((KOREAN, JAPANESE), "csl")
    assert "한미일 외교장관" in text
    assert [item["language"] for item in json.loads(text)] == ["ko", "ja"]


def test_csl_is_read_by_a_processor() -> None:
    found = [one for one in ALL if one is not BARE]
    source = CiteProcJSON(json.loads(cited(found, "csl")))
    style = CitationStylesStyle("harvard-cite-them-right", validate=False)
    made = CitationStylesBibliography(style, source, formatter.plain)
    for one in found:
        made.register(Cited([CitationItem(key(one))]))
    told = [str(entry) for entry in made.bibliography()]
    assert len(told) == len(found)
    assert any("외교부" in entry and "2026" in entry for entry in told)


@given(anything())
def test_csl_is_json_whatever_the_text(one: Citation) -> None:
    (item,) = json.loads(cited((one,), "csl"))
    assert item.get("title", "") == line(one.title)


# --- Chicago


@pytest.mark.parametrize(
    ("one", "note"),
    [
        (
            ONE,
            (
                "Ministry of Foreign Affairs and Trade, “Joint Statement on the Harbour Dialogue,” press release, July 9, 2026, https://www.ministry.example/press/12, "
                "archived July 9, 2026, at https://web.archive.org/web/20260709120102/https://www.ministry.example/press/12, accessed July 9, 2026, 12:00 UTC."
            ),
        ),
        (
            replace(KOREAN, archived_url="", archived_at=""),
            "외교부, “한미일 외교장관 공동성명 ‘새로운 협력’,” press release, July 9, 2026, https://www.ministry.example/press/12, accessed July 9, 2026, 12:00 UTC.",
        ),
        (
            replace(REPORT, archived_url="", retrieved=""),
            "Kim Minji and Sato Hana, “Ministers meet in Seoul,” Harbour Post, July 9, 2026, https://www.ministry.example/press/12.",
        ),
        (
            replace(REPORT, authors=("A", "B", "C"), archived_url="", retrieved="", title="Will they meet?", published=""),
            "A, B, and C, “Will they meet?” Harbour Post, n.d., https://www.ministry.example/press/12.",
        ),
        (
            replace(ONE, title='He said "no" and "never', archived_at="", retrieved="2026-07-09", genre=""),
            (
                "Ministry of Foreign Affairs and Trade, “He said ‘no’ and ’never,” July 9, 2026, https://www.ministry.example/press/12, "
                "archived at https://web.archive.org/web/20260709120102/https://www.ministry.example/press/12, accessed July 9, 2026."
            ),
        ),
        (BARE, "n.d."),
    ],
)
def test_footnotes(one: Citation, note: str) -> None:
    assert cited((one,), "chicago") == f"{note}\n"


@given(st.lists(anything(), max_size=3))
def test_a_footnote_is_a_line(found: list[Citation]) -> None:
    assert cited(found, "chicago").count("\n") == len(found)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("one", ALL, ids=IDS)
def test_every_form_is_the_same_for_the_same_and_has_no_control_characters(one: Citation, form: str) -> None:
    text = cited((one,), form)
    assert text == cited((replace(one),), form)
    assert text.endswith("\n")
    assert not re.search(r"[\x00-\x09\x0b\x0c\x0e-\x1f\u202a-\u202e]", text)
