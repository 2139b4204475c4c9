from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scraper.errors import ExtractError
from scraper.model.article import Article
from scraper.stages.extract import Attachment, attachments, heavier, suits, wanted
from tests.effort import effort

BASE = "https://www.harbours.go.kr/eng/brd/view.do?seq=7"


def page(body: str, script: str = "") -> str:
    return f"<html><head><script>{script}</script></head><body><div class='view'>{body}</div></body></html>"


def found(body: str, script: str = "") -> list[tuple[str, str, str]]:
    return [(one.url.removeprefix("https://www.harbours.go.kr"), one.name, one.kind) for one in attachments(page(body, script), BASE)]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<a href='/files/100.pdf'>仮訳（PDF）</a>", [("/files/100.pdf", "仮訳（PDF）", "pdf")]),
        ("<a href='down.do?n=1'>Joint Statement.PDF (120KB)</a>", [("/eng/brd/down.do?n=1", "Joint Statement.PDF", "pdf")]),
        ("<a href='/d?id=1' download='공동성명.hwpx'><img src=i.png></a>", [("/d?id=1", "공동성명.hwpx", "hwpx")]),
        ("<a href='/d?id=1' title='첨부 공동성명.docx 내려받기'></a>", [("/d?id=1", "첨부 공동성명.docx", "docx")]),
        ("<ul><li>보도자료.hwp [34KB] <a href='/d?f=2'>다운로드</a> <a href='/viewer?f=2'>바로보기</a></li></ul>", [("/d?f=2", "보도자료.hwp", "hwp")]),
        ("<iframe src='/files/text.pdf'></iframe>", [("/files/text.pdf", "text.pdf", "pdf")]),
        ("<object data='/files/%EB%AC%B8%EC%84%9C.pdf'></object>", [("/files/%EB%AC%B8%EC%84%9C.pdf", "문서.pdf", "pdf")]),
        ("<a href='/one.hwp'>보도자료.hwp</a><a href='/one.pdf'>보도자료.pdf</a><a href='/one.hwpx'>보도자료.hwpx</a>", [("/one.hwpx", "보도자료.hwpx", "hwpx")]),
        ("<a href='/b.pdf'>b.pdf</a><a href='/a.hwp'>a.hwp</a>", [("/b.pdf", "b.pdf", "pdf"), ("/a.hwp", "a.hwp", "hwp")]),
        ("<a href='/about'>About pdf files</a><a href='/x.pdfx'>x</a><a href='/hwpset.html'>hwp</a>", []),
        ("<a href='/synapViewer?f=text.pdf'>text.pdf</a>", []),
        ("<a href='#'>text.pdf</a><a href='javascript:void(0)'>other.pdf</a><a href='mailto:a@b.pdf'>mail</a>", []),
        ("<a href='http://[bad/x.pdf'>x.pdf</a>", []),
        ("<nav><a href='/guide.pdf'>guide.pdf</a></nav><div id='footer'><a href='/law.pdf'>law.pdf</a></div>", []),
        ("<div class='quick-menu'><a href='/map.pdf'>map.pdf</a></div><aside><a href='/y.pdf'>y.pdf</a></aside>", []),
    ],
)  # fmt: skip
def test_the_files_of_a_page(body: str, expected: list[tuple[str, str, str]]) -> None:
    assert found(body) == expected


@pytest.mark.parametrize(
    ("link", "script", "expected"),
    [
        ("href='#' onclick=\"fileDown('12','3');return false\"", "function fileDown(seq, no) { location.href = '/down.do?seq=' + seq + '&file=' + no; }", "/down.do?seq=12&file=3"),
        ('href="javascript:dl(7)"', "var dl = function(n){ window.open('/f/'+n+'/get', '_blank'); }", "/f/7/get"),
        ("href='#' onclick=\"go('a b')\"", 'function go(name){ var url = "/f?n=" + encodeURIComponent(name); location.href=url; }', "/f?n=a%20b"),
        ("onclick=\"location.href='/direct.do?x=1'\"", "", "/direct.do?x=1"),
        ("href='#' onclick=\"window.open('/pop/9')\"", "", "/pop/9"),
        ("href=\"javascript:fn_egov_downFile('FILE_001','0')\"", "", "/cmm/fms/FileDown.do?atchFileId=FILE_001&fileSn=0"),
        ("href='#' onclick=\"send('1')\"", "function send(n){ document.frm.seq.value = n; document.frm.submit(); }", None),
        ("href='#' onclick=\"mix('1')\"", "function mix(n){ location.href = root + '/f?n=' + n; }", None),
        ("href='#' onclick=\"bare('1')\"", "function bare(n){ location.href = n; }", None),
        ("href='#' onclick=\"torn('1')\"", "function torn(n){ location.href = ; }", None),
        ("href='#' onclick=\"gone('1')\"", "", None),
    ],
)  # fmt: skip
def test_addresses_that_scripts_make(link: str, script: str, expected: str | None) -> None:
    assert [url for url, _, _ in found(f"<a {link}>보도자료.hwpx</a>", script)] == ([expected] if expected else [])


ARTICLE = Article("https://x", "Joint statement of the harbours", "Text.", "en", statement=(0, 5))
PDF = (Attachment("https://x/a.pdf", "a.pdf", "pdf"),)
LONG = "The ministers of the three harbours met on Monday and agreed to keep the lamps of the coast lit through the winter. " * 6


@pytest.mark.parametrize(
    ("text", "files", "expected"),
    [
        (None, PDF, True),
        (None, (), False),
        ("Short.", PDF, True),
        ("Short.", (), False),
        (LONG, PDF, False),
        (LONG + " Please see the attached file.", PDF, True),
        (LONG + " 자세한 내용은 첨부파일을 참조하시기 바랍니다.", PDF, True),
        (LONG + " 붙임 참고.", PDF, True),
        (LONG + " 全文は別添のとおり。", PDF, True),
        (LONG[:270], PDF, True),
        (LONG[:330], PDF, False),
        (LONG * 3 + " Please see the attached file.", PDF, False),
    ],
)
def test_when_the_files_are_wanted(text: str | None, files: tuple[Attachment, ...], expected: bool) -> None:
    article = None if text is None else replace(ARTICLE, text=text, statement=(0, len(text)))
    assert wanted(article, files) is expected


def test_the_file_that_suits_a_page_best() -> None:
    told, korean, other = "Joint statement of the harbours. " + LONG, "세 항구의 공동성명이다. " * 20, LONG
    assert max([other, korean, told], key=lambda text: suits(text, ARTICLE)) == told
    assert max([other, korean], key=lambda text: suits(text, replace(ARTICLE, title="세 항구 공동성명", language="ko"))) == korean
    assert suits(told, replace(ARTICLE, title="")) == (True, 0.0)
    assert heavier(LONG, "Short.")
    assert not heavier("Short.", LONG)


@pytest.mark.parametrize(
    "body",
    [
        "<a href='x.pdf'>x</a>" * 20_000,
        '<a onclick="' + "f(" * 5_000 + '">x.pdf</a>',
        "<a onclick=\"f('" + "a" * 50_000 + "')\">x.pdf</a>" * 5,
        "<li>" + "a.pdf <a href=y>z</a>" * 5_000,
        "<div class='" + "nav" * 20_000 + "'><a href=x.pdf>x</a></div>",
        "<div>" * 5_000 + "<a href=x>x</a>",
    ],
)
def test_no_page_takes_long(body: str) -> None:
    with effort(300):
        attachments(page(body, "function f(a){location.href='/" + "'+a+'" * 50_000 + "';}" + "location.href=" * 20_000), BASE)


@settings(max_examples=150, deadline=2_000)
@given(st.binary(max_size=300) | st.text(alphabet="<a href='()+\"onclick.pdfFILEfunction{}=/ ", max_size=200).map(str.encode))
def test_any_bytes_give_files_or_none(body: bytes) -> None:
    page = b"<html><a onclick='" + body + b"'>x.pdf</a>" + body
    try:
        found = attachments(page, BASE, "text/html; charset=utf-8", "euc-kr")
    except ExtractError as error:
        found = ()
        assert error.code == "decode"  # noqa: PT017  either may be
    assert all(one.url.startswith("http") for one in found)
