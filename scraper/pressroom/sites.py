"""The six sites of the press room: how each looks, and how it is watched."""

from __future__ import annotations

from dataclasses import dataclass

from scraper.model.source import Selectors, Source

RSS = "application/rss+xml"
XML = "application/xml"
ATOM = "application/atom+xml"
HTML = "text/html"
NO_SELECTORS = Selectors()


@dataclass(frozen=True, slots=True)
class Site:
    """One publisher. ``prefix`` is its first path segment and the id of its source; ``index`` the polled page below it.

    ``charset`` is the label that the pages declare, ``codec`` the Python codec that writes them: a page declared euc-kr or
    shift_jis holds characters of Microsoft's supersets, as on real sites (WHATWG Encoding names the same decoders).
    ``index_type`` is the media type of the polled page; ``kind``, ``selectors`` and the rest are those of the Source.
    """

    prefix: str
    name: str
    publisher: str
    language: str
    country: str
    zone: str
    index: str
    index_type: str
    kind: str = "feed"
    party: str = ""
    charset: str = "utf-8"
    codec: str = "utf-8"
    full_text: bool = False
    selectors: Selectors = NO_SELECTORS


BOARD = Selectors(
    item="table.board-list tbody tr",
    link="td.subject a",
    title="td.subject a",
    date="td.date",
    body="div.board-view div.view-content",
    article_title="div.board-view h3.view-title",
    article_date="div.board-view span.view-date",
)

SITES = (
    Site(
        "us-ministry", "Department of State (demo), releases", "Department of State (demo)", "en", "US", "America/New_York",
        "feed/", RSS, party="US", full_text=True,
    ),
    Site(
        "kr-ministry", "외교부(데모) 보도자료", "외교부(데모)", "ko", "KR", "Asia/Seoul",
        "list.do", HTML, kind="listing", party="KR", charset="euc-kr", codec="cp949", selectors=BOARD,
    ),
    Site(
        "jp-ministry", "外務省（デモ）報道発表", "外務省（デモ）", "ja", "JP", "Asia/Tokyo",
        "rss/release.rdf", XML, party="JP", charset="Shift_JIS", codec="cp932", selectors=Selectors(body="#main .text"),
    ),
    Site("daily-reprint", "Daily Reprint (demo)", "Daily Reprint (demo)", "en", "AU", "Australia/Sydney", "rss.xml", RSS),
    Site("harbour-post", "Harbour Post (demo)", "Harbour Post (demo)", "en", "KR", "Asia/Seoul", "atom.xml", ATOM),
    Site("other-trio", "Southern Seas News (demo)", "Southern Seas News (demo)", "en", "PH", "Asia/Manila", "rss.xml", RSS),
)  # fmt: skip


def source(site: Site, base: str) -> Source:
    """Return how the site at ``base`` (an address without a slash at its end) is polled: loopback allowed, no spacing."""
    return Source(
        id=site.prefix,
        name=site.name,
        kind=site.kind,
        url=f"{base}/{site.prefix}/{site.index}",
        publisher=site.publisher,
        country=site.country,
        party=site.party,
        language=site.language,
        official=bool(site.party),
        interval=1.0,
        timezone=site.zone,
        spacing=0.0,
        allow_private=True,
        full_text=site.full_text,
        selectors=site.selectors,
    )
