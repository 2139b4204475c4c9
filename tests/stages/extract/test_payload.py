from __future__ import annotations

import pytest

from scraper.errors import ExtractError
from scraper.model.moment import Moment
from scraper.model.source import Entry, Page, Source
from scraper.stages.extract import extract, from_html, kind_of, read_document, with_document
from tests.documents import packed, papers

TITLE = "Joint Statement of the Harbours"
TEXT = "The ministers of the three harbours met on Monday and agreed to keep the lamps of the coast lit through the winter."
SOURCE = Source("m", "M", "feed", "https://m.example/", publisher="Ministry", party="norland", official=True, timezone="Asia/Seoul")
SAID = Moment("2026-07-09T01:00:00Z", "second", "", "2026-07-09")


def fetched(body: bytes, media: str = "application/pdf") -> Page:
    return Page("https://m.example/s.pdf?utm_source=x", "", 200, {"content-type": media}, body, "2026-07-10T00:00:00Z")


def pdf(*head: str, info: dict[str, str] | None = None) -> bytes:
    return papers.pdf([papers.lines([*head, "", *papers.wrapped(TEXT, 60)])], info=info)


def test_a_pdf_is_an_article() -> None:
    article = extract(fetched(pdf(TITLE)), Entry("m", "https://m.example/s.pdf", "Title of the list", published=SAID), SOURCE)
    assert (article.title, article.text, article.published) == ("Title of the list", f"{TITLE}\n\n{TEXT}", SAID)
    assert (article.language, article.extractor, article.canonical_url) == ("en", "pdf", "https://m.example/s.pdf")
    assert (article.source_id, article.publisher, article.party, article.official) == ("m", "Ministry", "norland", True)
    assert article.statement_text.endswith(TEXT)


@pytest.mark.parametrize("media", ["text/html", "application/octet-stream", "", "application/hwp+zip"])
def test_what_a_document_is_stands_in_its_first_bytes(media: str) -> None:
    assert extract(fetched(packed.hwpx([TITLE, TEXT]), media)).extractor == "hwpx"
    assert extract(fetched(pdf(TITLE), media)).extractor == "pdf"


@pytest.mark.parametrize(
    ("body", "media", "kind"),
    [
        (b"%PDF-1.4", "", "pdf"),
        (b"\xef\xbb\xbf\n%PDF-1.4", "text/html", "pdf"),
        (b"HTTP junk before %PDF-1.4", "application/pdf", "pdf"),
        (b"HTTP junk before %PDF-1.4", "text/html", ""),
        (b"PK\x03\x04", "", "zip"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "", "hwp"),
        (b"HWP Document File V3.00", "", "hwp"),
        (b"<html>", "application/pdf", ""),
    ],
)
def test_kinds(body: bytes, media: str, kind: str) -> None:
    assert kind_of(body, media) == kind


@pytest.mark.parametrize(
    ("body", "media", "words"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "application/x-hwp", "an HWP or older Office file, which cannot be read"),
        (b"HWP Document File V3.00 \x1a\1\2" + bytes(600), "application/octet-stream", "an HWP or older Office file"),
        (b"\x89PNG\r\n", "image/png", "a picture (PNG)"),
        (b"\x1f\x8b\x08", "application/octet-stream", "a gzip file"),
        (b"\x00\x00\x00 ftyp", "video/mp4", "film or a picture"),
        (b"words", "application/msword", "application/msword"),
        (b"a\x00b", "", "binary"),
    ],
)
def test_other_payloads_are_named(body: bytes, media: str, words: str) -> None:
    with pytest.raises(ExtractError, match="the page is no text") as caught:
        extract(fetched(body, media))
    assert caught.value.code == "not_text"
    assert words in str(caught.value)


@pytest.mark.parametrize(
    ("head", "info", "expected"),
    [
        (["July 9, 2026"], {}, ("2026-07-09", "date")),
        (["보도일시 2026. 7. 8.(수) 10:00"], {}, ("2026-07-08T01:00:00Z", "minute")),
        (["令和8年7月7日"], {}, ("2026-07-07", "date")),
        (["July 9, 2031"], {"CreationDate": "D:20260706"}, ("2026-07-06", "inferred")),
        ([], {"CreationDate": "D:20260706"}, ("2026-07-06", "inferred")),
        ([], {"CreationDate": "D:20360706"}, None),
        ([], {}, None),
    ],
)
def test_the_date_is_what_the_first_lines_say(head: list[str], info: dict[str, str], expected: tuple[str, str] | None) -> None:
    published = extract(fetched(pdf(TITLE, "", *head, info=info)), None, SOURCE).published
    assert (published and (published.at, published.precision)) == expected


def test_titles_in_their_order() -> None:
    entry = Entry("m", "https://m.example/s.pdf", "Title of the list")
    assert extract(fetched(pdf(TITLE, info={"Title": TITLE})), entry).title == TITLE
    assert extract(fetched(pdf(TITLE, info={"Title": "untitled"})), entry).title == "Title of the list"
    assert extract(fetched(pdf(TITLE))).title == TITLE
    large = papers.pdf([[papers.Shown(TITLE, size=20, y=800), *papers.lines(papers.wrapped(TEXT + " " + TEXT, 60))]])
    assert extract(fetched(large)).title == TITLE
    long = papers.pdf([papers.lines(papers.wrapped(TEXT + " " + TEXT, 60))])
    assert extract(fetched(long)).title == ""


def test_a_document_handed_in() -> None:
    article = from_html(url="file:///a.pdf", html=pdf(TITLE), title="Given", date="2026-07-01", language="fr")
    assert (article.title, article.language, article.published and article.published.day) == ("Given", "fr", "2026-07-01")
    plain = from_html(url="file:///a.pdf", html=pdf(TITLE))
    assert (plain.title, plain.language, plain.text) == (TITLE, "en", f"{TITLE}\n\n{TEXT}")


def test_a_pages_article_with_the_text_of_its_document() -> None:
    page = from_html(url="https://m.example/p", html=f"<html><title>{TITLE}</title><p>{TEXT}</p></html>", date="2026-07-01")
    korean = read_document(packed.hwpx(["세 나라 항만장관은 오늘 하버시티에서 만나 등대 관리 협력 방안을 논의하였다."] * 2))
    assert korean is not None
    whole = with_document(page, korean)
    assert (whole.title, whole.url, whole.published) == (page.title, page.url, page.published)
    assert (whole.text, whole.language, whole.extractor) == (korean.text, "ko", "attached hwpx")
    assert whole.statement_text in whole.text


def test_a_page_is_no_document() -> None:
    assert read_document(b"<html><p>%PDF-1.7</p></html>", "text/html") is None
