"""A page, an entry or a text as an Article: decoded, its main text found, its metadata read, the statement isolated."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import timedelta

from lxml.html import HtmlElement

from scraper import datestring
from scraper.errors import ExtractError
from scraper.model.article import Article
from scraper.model.moment import Moment, parse_utc
from scraper.model.source import Entry, Page, Source
from scraper.stages.extract import dates, furniture, payload, structured, tree
from scraper.stages.extract.body import Body, main_text
from scraper.stages.extract.decode import Decoded, decode
from scraper.stages.extract.document import Document, name_of
from scraper.stages.extract.metadata import Metadata, language_of, metadata
from scraper.stages.extract.statement import isolate, without_inserts
from scraper.text import clean, language_code, squeeze
from scraper.urls import canonical

_BINARY = (
    b"%PDF",
    b"PK\x03\x04",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x1f\x8b",
    b"\xd0\xcf\x11\xe0",
    b"RIFF",
    b"\x00\x00\x00",
    b"BZh",
    b"Rar!",
    b"7z\xbc\xaf",
    b"ID3",
    b"OggS",
    b"\x7fELF",
    b"MZ\x90",
)
_TEXTUAL = re.compile(r"^(?:$|text/|application/(?:xhtml|xml|rss|atom|json|octet-stream)|application/[\w.+-]*\+xml|.*unknown)")
_CHALLENGE = re.compile(
    r"(?i)^(?:just a moment|attention required|access denied|checking your browser|one moment,? please|verify(?:ing)? you are (?:a )?human|are you a (?:robot|human)|please wait|ddos-guard|request rejected|"
    r"403 forbidden|404 not found|page not found|error \d{3}|security check|pardon our interruption|bot verification|robot or human|human verification|technical difficulties)"
)
_SCRIPT_ONLY = re.compile(
    r"(?i)(?:enable|requires?|turn on|activate)\s(?:\w+\s){0,2}java ?script|java ?script\s?(?:is|を有効|が無効|를 활성화|을 활성화|must be)|자바스크립트를|cookies? (?:to be|must be|are) enabled|verify(?:ing)? (?:that )?you are (?:a )?human"
)
_LEAST = 40.0
# What a page says of itself stands at its top, and a statement is no book: longer ones would cost seconds and bring nothing.
_TOP = 600_000
_LONGEST = 200_000
_NOTICE_AT_MOST = 700.0


@dataclass(frozen=True, slots=True)
class _Read:
    """What one page says: its metadata, its main text, when it was published."""

    meta: Metadata
    body: Body
    published: Moment | None


def extract(page: Page, entry: Entry | None = None, source: Source | None = None, *, known: frozenset[str] = frozenset()) -> Article:
    """Return the article of a fetched page.

    ``entry`` is what the source said of it (title and date where the page says none), ``source`` whose rules apply (selectors,
    zone, encoding, rights). ``known`` are digests of paragraphs that recur on the pages of the same host
    (:func:`~scraper.stages.extract.recurring.recurring`): furniture around the statement. A PDF, HWPX or DOCX is read as the page.
    Raises ExtractError: not_text (image, binary, a document that cannot be read), decode (no encoding reads it), no_text
    (empty, a challenge, drawn by scripts only, nothing like an article).
    """
    document = payload.read(page.body, page.content_type)
    if document is not None:
        return from_document(page, document, entry, source, known=known)
    _check_textual(page.body, page.content_type)
    decoded = decode(page.body, page.headers.get("content-type", ""), source.encoding if source else "")
    read = _read(decoded.text, page.url, source, _day_after(page.fetched_at))
    title = read.meta.title or (squeeze(entry.title) if entry else "")
    return _article(page.url, title, read, entry, source, _name(read.body, decoded), known)


def from_entry(entry: Entry, source: Source, fetched_at: str) -> Article:
    """Return the article that a source's own entry brings: its full text, or title and summary where the page may not be read.

    ``fetched_at`` (UTC) bounds its date. Raises ExtractError (no_text) where neither holds any text.
    """
    full = bool(entry.html) and source.follow != "never"
    text = tree.from_fragment(entry.html) if full else ""
    if furniture.weight(text) < _LEAST:
        summary = tree.from_fragment(entry.summary)
        text, full = "\n\n".join(part for part in (clean(squeeze(entry.title)), summary) if part), False
    if not text.strip():
        raise ExtractError("the entry holds no text")
    address = canonical(entry.url)
    when = entry.published if entry.published is None or entry.published.day <= _day_after(fetched_at) else None
    read = _Read(Metadata("", (), entry.language, address), Body(text, "entry" if full else "summary"), when)
    return _article(entry.url, squeeze(clean(entry.title)), read, replace(entry, published=when), source, read.body.extractor)


def from_document(
    page: Page, document: Document, entry: Entry | None = None, source: Source | None = None, *, known: frozenset[str] = frozenset()
) -> Article:
    """Return the article of a document that was fetched as ``page``: its title is its own, else the entry's, else the line set largest;
    its date the entry's, else one that its first lines say, else the day its file was made."""
    title = document.title or (squeeze(clean(entry.title)) if entry else "") or document.heading or payload.first_line(document.text)
    said = entry is not None and entry.published is not None
    when = None if said else payload.day_of(document, source.timezone if source else "UTC", _day_after(page.fetched_at))
    read = _Read(Metadata(title, (), "", canonical(page.url)), Body(document.text, document.extractor), when)
    return _article(page.url, title, read, entry, source, document.extractor, known)


def with_document(article: Article, document: Document) -> Article:
    """Return a page's article with the text of a document attached to it in place of its own."""
    text = without_inserts(document.text)
    language = language_of(text, "", article.language)
    start, end, marked = isolate(text, language, article.title)
    return replace(article, text=text, language=language, statement=(start, end), marked=marked, extractor=f"attached {document.extractor}")


def from_text(*, url: str, title: str, text: str, language: str = "", date: str = "") -> Article:
    """Return the article of a plain text a person handed in; it stays as given but for NFC, line ends and invisible marks.

    ``date`` is any date as people write it; ``language`` an ISO 639-1 code, found from the script where empty.
    Raises ExtractError (no_text) where the text is blank.
    """
    plain = clean(text)
    if not plain.strip():
        raise ExtractError("the text is empty")
    spoken = language_code(language) or language_of(plain)
    start, end, marked = _isolated(plain, spoken, clean(title))
    return Article(
        url=url, title=squeeze(clean(title)), text=plain, language=spoken, published=datestring.read(date) if date else None,
        statement=(start, end), marked=marked, canonical_url=canonical(url), extractor="text",
    )  # fmt: skip


def from_html(
    *, url: str, html: str | bytes, title: str = "", language: str = "", date: str = "", fetched_at: str = "", content_type: str = ""
) -> Article:
    """Return the article of HTML, or of a document's bytes, that a person handed in; what is given beside it goes before what it says.

    ``fetched_at`` (UTC, may be empty) is the latest date accepted. Raises ExtractError as :func:`extract` does.
    """
    document = payload.read(html, content_type.partition(";")[0].strip().lower()) if isinstance(html, bytes) else None
    if document is not None:
        entry = Entry("", url, title, published=datestring.read(date) if date else None, language=language)
        told = from_document(Page(url, url, 200, {}, b"", fetched_at), document, entry)
        return replace(told, title=squeeze(clean(title)) or told.title, language=language or told.language)
    decoded = _decoded(html, content_type)
    read = _read(decoded.text, url, None, _day_after(fetched_at))
    published = (datestring.read(date) if date else None) or read.published
    meta = Metadata(read.meta.title, read.meta.authors, language or read.meta.language, read.meta.address)
    return _article(url, squeeze(clean(title)) or meta.title, _Read(meta, read.body, published), None, None, _name(read.body, decoded))


def body_text(html: str | bytes, url: str | None = None) -> str:  # noqa: ARG001 - callers hand the address to any extractor
    """Return the main text of a page, paragraphs parted by blank lines, or ``""``; ``url`` is not needed for it."""
    text = _decoded(html, "").text
    root = tree.parse(text)
    return main_text(root, text).text if root is not None else ""


def page_record(html: str | bytes, url: str | None = None) -> dict[str, object]:
    """Return what a page says as ``title``, ``date`` (``YYYY-MM-DD`` or None), ``author`` (a list), ``text`` and ``language``."""
    text = _decoded(html, "").text
    root = tree.parse(text)
    if root is None:
        return {"title": "", "date": None, "author": [], "text": "", "language": ""}
    read = _read_tree(root, text, url or "", None, dates.FAR)
    language = language_of(read.body.text, read.meta.language) if read.body.text else read.meta.language
    day = read.published.day if read.published else None
    return {"title": read.meta.title, "date": day, "author": list(read.meta.authors), "text": read.body.text, "language": language}


def _decoded(html: str | bytes, content_type: str) -> Decoded:
    if isinstance(html, str):
        return Decoded(html, "str")
    _check_textual(html, content_type.partition(";")[0].strip().lower())
    return decode(html, content_type)


def _check_textual(body: bytes, media: str) -> None:
    """Refuse what is no page: by its first bytes, its media type, or zero bytes in it."""
    head = body[:2048].lstrip(b"\xef\xbb\xbf \r\n\t")
    if not head:
        raise ExtractError("the page is empty")
    # Every second byte of UTF-16 is zero where the text is markup; a mark is often left out.
    wide = body[:2] in (b"\xff\xfe", b"\xfe\xff") or head.count(0) * 3 > len(head) > head.count(0) * 3 // 2
    if head.startswith(_BINARY) or not _TEXTUAL.match(media) or (b"\x00" in head and not wide):
        raise ExtractError(f"the page is no text ({name_of(body, media)})", code="not_text")


def _read(html: str, url: str, source: Source | None, latest: str) -> _Read:
    root = tree.parse(html)
    if root is None:
        raise ExtractError("the page is empty")
    read = _read_tree(root, html, url, source, latest)
    size = furniture.weight(read.body.text)
    if size < _LEAST:
        raise ExtractError("the page holds no article text")
    if size < _NOTICE_AT_MOST and (_CHALLENGE.match(read.meta.title) or _SCRIPT_ONLY.search(read.body.text)):
        raise ExtractError(f"the page is a notice, not an article: {read.meta.title[:80]}")
    return read


def _read_tree(root: HtmlElement, html: str, url: str, source: Source | None, latest: str) -> _Read:
    """Metadata and date before the text: finding the text uses the tree up."""
    objects = structured.linked_data(root)
    chosen = source.selectors if source else None
    heading = _chosen_line(html, chosen.article_title if chosen else "")
    zone = source.timezone if source else "UTC"
    top = _top(root, html)
    meta = metadata(top, url, objects, heading)
    said = _chosen_line(html, chosen.article_date if chosen else "")
    chosen_date = datestring.read(said, zone) if said else None
    when = (replace(chosen_date, origin="selector") if chosen_date else None) or dates.published(
        top, url=url, zone=zone, latest=latest, objects=objects
    )
    return _Read(meta, main_text(root, html, chosen), when)


def _top(root: HtmlElement, html: str) -> HtmlElement:
    """The tree to read metadata from: the page's, or for a page of megabytes that of its beginning."""
    top = tree.parse(html[:_TOP]) if len(html) > _TOP else None
    return root if top is None else top


def _isolated(text: str, language: str, title: str, known: frozenset[str] = frozenset()) -> tuple[int, int, bool]:
    """Where the released statement stands; of a text longer than any statement only the beginning is looked through."""
    start, end, marked = isolate(text[:_LONGEST], language, title, known)
    return start, end if len(text) <= _LONGEST else len(text), marked


def _chosen_line(html: str, selector: str) -> str:
    found = tree.select(html, selector)
    return tree.line_of(found[0]) if found else ""


def _day_after(fetched_at: str) -> str:
    """The latest day a page read then can bear: a day more than UTC's, for zones ahead of it."""
    try:
        return (parse_utc(fetched_at) + timedelta(days=1)).date().isoformat()
    except (ValueError, OverflowError):
        return dates.FAR


def _name(body: Body, decoded: Decoded) -> str:
    return f"{body.extractor} ({decoded.encoding}, {decoded.replaced} characters replaced)" if decoded.replaced else body.extractor


def _better(page: Moment | None, entry: Moment | None) -> Moment | None:
    """The page's date, but the entry's where the page only yielded a guess, or where it knows the time of the same day."""
    entry = replace(entry, origin="entry") if entry else None
    if page is None or entry is None:
        return page or entry
    if page.precision == "inferred" or (page.precision == "date" and entry.day == page.day):
        return entry
    return page


def _article(
    url: str, title: str, read: _Read, entry: Entry | None, source: Source | None, extractor: str, known: frozenset[str] = frozenset()
) -> Article:
    text = without_inserts(read.body.text) if len(read.body.text) <= _LONGEST else read.body.text
    language = language_of(text, read.meta.language, (entry.language if entry else "") or (source.language if source else ""))
    start, end, marked = _isolated(text, language, title, known)
    return Article(
        url=url, title=title, text=text, language=language, published=_better(read.published, entry.published if entry else None),
        statement=(start, end), marked=marked, canonical_url=read.meta.address or canonical(url), extractor=extractor, authors=read.meta.authors,
        source_id=source.id if source else "", publisher=source.publisher if source else "", party=source.party if source else "",
        official=source.official if source else False, store=source.store if source else "full",
    )  # fmt: skip
