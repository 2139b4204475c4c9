"""From what a format holds (items) to entries: addresses resolved, titles and summaries plain, dates read, oddities noted."""

from __future__ import annotations

import html
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from urllib.parse import quote, urljoin, urlsplit

from scraper.datestring import read as read_date
from scraper.errors import DiscoverError
from scraper.model.moment import Moment
from scraper.model.source import Discovery, Entry, Page, Source
from scraper.stages.discover.board import read_board_date
from scraper.stages.discover.dates import believable
from scraper.text import clean, fold, guess_language, squeeze
from scraper.urls import canonical, registrable

TITLE_LENGTH = 500
SUMMARY_LENGTH = 2000
HTML_LENGTH = 1_000_000
_MOST_NOTES = 20
_LONGEST_URL = 2000

_HIDDEN = re.compile(r"(?is)<(script|style)\b[^<>]{0,500}>")
_BLOCK = re.compile(r"(?i)</?(?:p|div|br|li|ul|ol|td|tr|table|h[1-6]|blockquote|section|article|hr|dd|dt|dl)(?:\s[^<>]{0,500})?/?>")
_TAG = re.compile(r"</?[A-Za-z!][^<>]{0,2000}>")
# A Korean headline may begin with "<종합>": in a title only tags that are surely markup go.
_INLINE = re.compile(r"(?i)</?(?:a|b|i|u|em|strong|span|br|font|sup|sub|p|mark|wbr|small|img|div)(?:\s[^<>]{0,500})?/?>")
_CODE = re.compile(r"[a-z]{2,3}")
_LANGUAGES = {
    "english": "en", "korean": "ko", "japanese": "ja", "chinese": "zh", "kor": "ko", "jpn": "ja", "eng": "en", "russian": "ru",
    "french": "fr", "german": "de", "spanish": "es", "vietnamese": "vi", "indonesian": "id", "arabic": "ar", "portuguese": "pt",
}  # fmt: skip
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f]")
# A whole address of which nothing can change when it is taken apart and put together again.
_ABSOLUTE = re.compile(r"https?://[A-Za-z0-9.-]+(?::\d{1,5})?(?:/[!\"$-:<->@-~]*)?(?:\?[!\"$-~]+)?")


@dataclass(frozen=True, slots=True)
class Item:
    """One item as its format holds it.

    ``link`` may be relative, ``title`` and ``summary`` may hold markup and entities, ``dates`` are candidates in order of
    preference, ``html`` is the full text where the source brings it. ``board`` tells that dates may be shortened as boards do
    (``11.20``, ``14:30``), ``inferred`` that they are not the time of publication. ``language`` is a code or an English name.
    """

    link: str = ""
    title: str = ""
    guid: str = ""
    summary: str = ""
    html: str = ""
    dates: tuple[str, ...] = ()
    board: bool = False
    inferred: bool = False
    language: str = ""
    publisher: str = ""
    publisher_url: str = ""


def to_discovery(
    items: Sequence[Item], page: Page, source: Source, *, channel: str = "", ttl: float | None = None, notes: Iterable[str] = (),
    more: tuple[str, ...] = (), searched: bool = False,
) -> Discovery:  # fmt: skip
    """Return the Discovery of ``items`` in their order, at most ``source.max_entries`` of them.

    Items with neither address nor guid are left out; one with a guid only gets that as its address (``urn:guid:source:guid``
    unless it is a URL itself), which nothing can fetch but which tells it from all others. A guid that stands on items of
    different addresses is ignored, dates that cannot be read or believed become None; each of these is told in ``notes``.
    Raises DiscoverError (wrong_channel) where ``source.channel`` is set and not in the channel's own title.
    """
    title = plain_title(channel)
    _check_channel(title, source)
    told = [*notes]
    entries = [_entry(item, page, source, told) for item in items[: source.max_entries]]
    if len(items) > source.max_entries:
        told.append(f"more than {source.max_entries} items: the rest was left out")
    kept = _without_shared_guids([entry for entry in entries if entry.url], told)
    if len(kept) < len(entries):
        told.append(f"{len(entries) - len(kept)} items without address and guid were left out")
    if not items:
        told.append("the page holds no items")
    return Discovery(kept, title, ttl, _counted(told), more, searched)


def plain_title(markup: str) -> str:
    """Return a title as plain text: entities unescaped twice (feeds double them), tags, direction marks and controls gone."""
    text = markup[: TITLE_LENGTH * 8]
    for _ in range(2):
        if "<" in text or "&" in text:
            text = _INLINE.sub("", html.unescape(text))
    return _one_line(text)[:TITLE_LENGTH]


def plain_text(markup: str, length: int = SUMMARY_LENGTH) -> str:
    """Return HTML as plain text in one line of at most ``length`` characters."""
    text = _without_tags(markup[: length * 20])
    if "<" in text or "&" in text:
        text = html.unescape(_without_tags(html.unescape(text)))
    return _one_line(text)[:length]


def _one_line(text: str) -> str:
    if text.isprintable():  # no control character, no direction mark, no space but the common one, no lone surrogate
        plain = text if text.isascii() else unicodedata.normalize("NFC", text)
        return squeeze(plain) if "  " in plain else plain.strip()
    return squeeze(clean(_CONTROLS.sub(" ", text)))


def resolved(link: str, base: str) -> str:
    """Return ``link`` as an absolute http(s) URL, resolved against ``base``, or ``""`` where it is none."""
    if len(link) <= _LONGEST_URL and _ABSOLUTE.fullmatch(link):
        return link
    return _joined(re.sub(r"[\t\r\n]+", "", link.strip()).replace(" ", "%20"), base)


def _joined(link: str, base: str) -> str:
    if not link or len(link) > _LONGEST_URL:
        return ""
    try:
        stated, url = urlsplit(link), urljoin(base, link)
        parts = urlsplit(url)
    except ValueError:
        return ""
    whole = parts.scheme in {"http", "https"} and parts.hostname and (stated.netloc or not stated.scheme)
    return url if whole else ""


def further(link: str, page: Page) -> tuple[str, ...]:
    """Return the address of a page's next page, where it names one that is another address of the same site."""
    url = resolved(link, page.url) if link else ""
    return (url,) if url and canonical(url) != canonical(page.url) and registrable(url) == registrable(page.url) else ()


def filled(template: str, found: re.Match[str]) -> str:
    """Return an address template with ``{0}``, ``{1}`` as the groups of ``found`` (the whole where it has none), escaped."""
    for number, value in enumerate(found.groups() or (found.group(),)):
        template = template.replace(f"{{{number}}}", quote(value or "", safe="/-._~?&=%+:"))
    return template


def _entry(item: Item, page: Page, source: Source, told: list[str]) -> Entry:
    title = plain_title(item.title)
    guid = squeeze(item.guid)[:TITLE_LENGTH]
    return Entry(
        source_id=source.id,
        url=resolved(item.link, page.url) or _named(guid, source),
        title=title,
        guid=guid,
        summary=plain_text(item.summary),
        published=_published(item, page, source, told),
        html=item.html.strip()[:HTML_LENGTH],
        language=_language(title, item.language, source),
        publisher=plain_title(item.publisher) if item.publisher else "",
        publisher_url=squeeze(clean(item.publisher_url))[:TITLE_LENGTH] if item.publisher_url else "",
    )


def _named(guid: str, source: Source) -> str:
    # What has only a guid still needs an address of its own: addresses are what items are told apart by, in all sources.
    if guid.startswith(("http://", "https://")):
        return resolved(guid, "")
    return f"urn:guid:{quote(source.id, safe='')}:{quote(guid, safe='')}" if guid else ""


def _published(item: Item, page: Page, source: Source, told: list[str]) -> Moment | None:
    read = read_board_date if item.board else read_date
    for raw in filter(None, item.dates):
        moment = read(raw, source.timezone, page.fetched_at)
        if moment and believable(moment, page.fetched_at):
            return replace(moment, precision="inferred") if item.inferred else moment
        told.append(f"date not {'believed' if moment else 'understood'}: {squeeze(raw)[:60]!r}")
    return None


def _language(title: str, said: str, source: Source) -> str:
    # A source in two languages tells neither; Chinese characters alone do not tell Japanese from Chinese.
    guess = guess_language(title)
    stated = (_code(said) if said else "") or source.language
    return guess if guess in ("ko", "ja") or not stated else stated


def _code(said: str) -> str:
    """The code of a language given by code or English name, or ``""``."""
    low = said.strip().lower()
    named = _LANGUAGES.get(low, low.partition("-")[0].partition("_")[0])
    return named if _CODE.fullmatch(named) else ""


def _without_tags(markup: str) -> str:
    if "<" not in markup:
        return markup
    shown = "".join(_visible(markup)) if _HIDDEN.search(markup) else markup
    return _TAG.sub("", _BLOCK.sub(" ", shown))


def _visible(markup: str) -> Iterator[str]:
    start, low = 0, markup.lower()
    while found := _HIDDEN.search(markup, start):
        yield markup[start : found.start()]
        end = low.find(f"</{found.group(1).lower()}", found.end())
        if end < 0:
            return
        start = end
    yield markup[start:]


def _check_channel(title: str, source: Source) -> None:
    if source.channel and fold(source.channel) not in fold(title):
        raise DiscoverError(f"{source.id}: the channel calls itself {title[:80]!r}, not {source.channel!r}", code="wrong_channel")


def _without_shared_guids(entries: Sequence[Entry], told: list[str]) -> tuple[Entry, ...]:
    times = Counter(entry.guid for entry in entries if entry.guid)
    addresses: dict[str, set[str]] = defaultdict(set)
    for entry in entries:
        if times[entry.guid] > 1:
            addresses[entry.guid].add(canonical(entry.url))
    shared = {guid for guid, urls in addresses.items() if len(urls) > 1}
    if shared:
        told.append("one guid stands on items of different addresses: it is ignored")
    return tuple(replace(entry, guid="") if entry.guid in shared else entry for entry in entries) if shared else tuple(entries)


def _counted(told: list[str]) -> tuple[str, ...]:
    counts = Counter(told)
    return tuple(note if times == 1 else f"{note} ({times} times)" for note, times in list(counts.items())[:_MOST_NOTES])
