"""A page read together with the documents attached to it, one step and no further, as a thread of the corridor does it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass

from scraper.errors import ExtractError, FetchError, scrub
from scraper.jobs.rooms import Rooms
from scraper.model.article import Article
from scraper.model.source import Entry, Page, Source
from scraper.stages import extract
from scraper.stages.extract import Attachment, Document
from scraper.urls import host, registrable

Alone = Callable[[bytes], AbstractContextManager[object]]

ACCEPT = "application/pdf,application/octet-stream;q=0.9,*/*;q=0.8"


@dataclass(frozen=True, slots=True)
class Whole:
    """An article with what its page and its attachments gave: ``own`` is what the page alone says (None where it holds no text),
    ``files`` are the attachments fetched (to be captured), ``notes`` what became of each as sentences, ``missing`` that one of them
    could not be fetched this time."""

    article: Article
    own: Article | None = None
    files: tuple[Page, ...] = ()
    notes: tuple[str, ...] = ()
    missing: bool = False


@dataclass(frozen=True, slots=True)
class _Opened:
    """What one attachment gave."""

    file: Attachment
    note: str
    page: Page | None = None
    document: Document | None = None
    missing: bool = False


def read(
    rooms: Rooms, page: Page, entry: Entry, source: Source, *, known: frozenset[str] = frozenset(), alone: Alone = lambda _: nullcontext()
) -> Whole:
    """Return the article of a page; where the page of an official source only points to files, the text is that of the best of them.

    At most :data:`~scraper.stages.extract.MOST` files are fetched, of the page's or the source's own site, under the same rules as
    pages. A file that cannot be read is told of, and the page's own title and text stand. ``known`` is what recurs on the pages of its
    host; ``alone`` gives what is held while a body is taken apart. Raises ExtractError where neither the page nor a file gives an
    article.
    """
    with alone(page.body):
        article, failure = _own(page, entry, source, known)
        files = _files(page, source) if source.official and source.follow != "never" else ()
    if not extract.wanted(article, files):
        if article is None:
            raise failure or ExtractError("the page holds no article text")
        return Whole(article, article)
    opened = _opened(rooms, files, page, source, alone)
    notes = tuple(one.note for one in opened)
    base = article or _bare(page, entry, source, failure, notes)
    best = _best(opened, base, own=article is not None)
    whole = extract.with_document(base, best.document) if best and best.document else base
    kept = notes if best is None else (f"text from the attached {best.file.kind.upper()}: {best.file.url}", *(n for n in notes if n))
    fetched = tuple(one.page for one in opened if one.page)
    return Whole(whole, article, fetched, tuple(scrub(note) for note in kept if note), any(one.missing for one in opened))


def _own(page: Page, entry: Entry, source: Source, known: frozenset[str]) -> tuple[Article | None, ExtractError | None]:
    """The article of the page alone; none where it holds no text, which its files may."""
    try:
        return extract.extract(page, entry, source, known=known), None
    except ExtractError as error:
        if error.code != "no_text" or extract.kind_of(page.body, page.content_type):
            raise
        return None, error


def _files(page: Page, source: Source) -> tuple[Attachment, ...]:
    """The files attached to a page that lie on its own site or the source's."""
    if extract.kind_of(page.body, page.content_type):
        return ()
    own = {registrable(page.url), registrable(source.url)}
    found = extract.attachments(page.body, page.url, page.headers.get("content-type", ""), source.encoding)
    return tuple(file for file in found if registrable(file.url) in own)


def _opened(rooms: Rooms, files: tuple[Attachment, ...], page: Page, source: Source, alone: Alone) -> list[_Opened]:
    """The readable files fetched and read, a few at most; those that cannot be read are named without asking for them."""
    opened = [_Opened(file, _unreadable(file.url)) for file in files if file.kind == "hwp"][: extract.MOST]
    readable = [file for file in files if file.kind != "hwp"][: extract.MOST]
    return [_open(rooms, file, page, source, alone) for file in readable] + opened


def _unreadable(url: str) -> str:
    return f"text is in an HWP file that cannot be read: {url}"


def _open(rooms: Rooms, file: Attachment, page: Page, source: Source, alone: Alone) -> _Opened:
    try:
        fetched = rooms.fetcher.get(file.url, source=source, accept=ACCEPT)
    except FetchError as error:
        gone = (
            error.status in (404, 410) or error.code in ("address", "too_large") or (error.code == "robots" and error.retry_after is None)
        )
        return _Opened(file, f"attached file not fetched: {error.code}: {error}", missing=not gone)
    if registrable(fetched.url) not in (registrable(page.url), registrable(source.url)):
        return _Opened(file, f"attached file leads to another site ({host(fetched.url)}): {file.url}")
    if extract.kind_of(fetched.body) == "hwp":
        return _Opened(file, _unreadable(file.url), fetched)
    try:
        with alone(fetched.body):
            document = extract.read_document(fetched.body, fetched.content_type)
    except ExtractError as error:
        return _Opened(file, f"attached file not read: {error.code}: {error}: {file.url}", fetched)
    if document is None:
        return _Opened(file, f"attached file is no document ({fetched.content_type or 'unknown type'}): {file.url}", fetched)
    return _Opened(file, "", fetched, document)


def _bare(page: Page, entry: Entry, source: Source, failure: ExtractError | None, notes: tuple[str, ...]) -> Article:
    """The article of a page without text of its own: what its entry says. Raises ExtractError, with what became of the files."""
    try:
        return extract.from_entry(entry, source, page.fetched_at)
    except ExtractError as error:
        told = "; ".join(filter(None, (str(failure or error), *notes)))
        raise ExtractError(told[:500], code=(failure or error).code) from error


def _best(opened: list[_Opened], base: Article, *, own: bool) -> _Opened | None:
    """The file whose text becomes the article's: in the page's language before others, then by agreement with its title.

    None where none says more than the page itself does.
    """
    read = [one for one in opened if one.document and (not own or extract.heavier(one.document.text, base.text))]
    return max(read, key=lambda one: extract.suits(one.document.text, base) if one.document else (0, 0.0), default=None)
