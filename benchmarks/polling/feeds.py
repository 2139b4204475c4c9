"""The feeds that are served: well-formed, in three formats and three languages, about nothing that is watched.

A feed's items are told by its number, the generation and the item's number alone, so the server, the counting of what was
stored and the tests all know them without asking each other.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from html import escape

LANGUAGES = ("en", "ko", "ja")
_SPACING = timedelta(minutes=20)
_NAMES = {"en": "The Harbour Courier", "ko": "항구 신문", "ja": "みなと新報"}
_TITLES = {
    "en": (
        "City council puts off vote on tram line {n}",
        "Storm closes {n} coastal roads & two bridges",
        "Hospital opens children's ward after {n} months of work",
        "Japan's apple growers expect harvest to fall by {n} percent",
        "Library lends its {n}th book by bicycle",
        "Museum of clocks shows “Time & Tide” with {n} pendulums",
        "Seoul marathon draws {n} runners despite rain",
    ),
    "ko": (
        "시의회, 노선 {n}호 표결 연기",
        "태풍으로 해안도로 {n}곳 통제",
        "도서관, 자전거로 책 {n}권 배달",
        "일본 사과 수확량 {n}% 감소 전망",
        "어린이 병동 {n}개월 공사 끝에 개원",
    ),
    "ja": (
        "市議会、路面電車{n}号線の採決を延期",
        "台風で海岸道路{n}か所が通行止め",
        "図書館が自転車で{n}冊を配達",
        "小児病棟、{n}か月の工事を終えて開設",
        "時計博物館に振り子{n}台",
    ),
}
_SUMMARIES = {
    "en": (
        "Officials said on item {n} that the work would go on through the winter; residents asked for <b>quieter</b> nights & more benches. "
        "“We have waited long enough,” said a baker whose shop looks out on the square, where the old fountain is to be mended as well."
    ),
    "ko": "관계자는 {n}번째 안건에 대해 공사가 겨울 내내 이어질 것이라고 밝혔다. 주민들은 <b>더 조용한</b> 밤과 더 많은 의자를 요청했다. 광장의 오래된 분수도 함께 고칠 예정이다.",
    "ja": "担当者は{n}件目について、工事は冬の間も続くと述べた。住民からは<b>静かな</b>夜とベンチの増設を求める声が上がった。広場の古い噴水もあわせて修理される予定だという。",
}


@dataclass(frozen=True, slots=True)
class Told:
    """One item as it is served; ``summary`` holds HTML."""

    url: str
    title: str
    summary: str
    at: datetime


def language(feed: int) -> str:
    """Return the language of a feed."""
    return LANGUAGES[feed % len(LANGUAGES)]


def address(base: str, feed: int, generation: int, item: int) -> str:
    """Return the address of an item, which is its identity too."""
    return f"{base}/news/{feed}/{generation}-{item}.html?section=city&edition={feed % 7}"


def told(base: str, feed: int, generation: int, items: int, start: datetime) -> Iterator[Told]:
    """Yield the items of a feed, newest first; ``start`` is when the newest of the first generation came out."""
    words = language(feed)
    for item in range(items):
        number = feed * 1000 + generation * 100 + item
        title = _TITLES[words][number % len(_TITLES[words])].format(n=number)
        at = start + timedelta(minutes=generation) - item * _SPACING
        yield Told(address(base, feed, generation, item), title, f"<p>{_SUMMARIES[words].format(n=number)}</p>", at)


def body(base: str, feed: int, generation: int, items: int, start: datetime) -> bytes:
    """Return a feed as it is served: of ten, seven are RSS 2.0, two Atom and one RSS 1.0 (RDF)."""
    write = (_rss, _rss, _rss, _atom, _rss, _rss, _rdf, _rss, _rss, _atom)[feed % 10]
    title = f"{_NAMES[language(feed)]} {feed}"
    return write(base, title, tuple(told(base, feed, generation, items, start))).encode()


def _rss(base: str, title: str, items: tuple[Told, ...]) -> str:
    written = "".join(
        f"<item>\n<title>{escape(item.title)}</title>\n<link>{escape(item.url)}</link>\n<description><![CDATA[{item.summary}]]></description>\n"
        f"<dc:creator><![CDATA[Newsroom]]></dc:creator>\n<category><![CDATA[City]]></category>\n<pubDate>{format_datetime(item.at)}</pubDate>\n"
        f'<guid isPermaLink="false">{escape(item.url)}</guid>\n</item>\n'
        for item in items
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom">\n'
        f'<channel>\n<title>{title}</title>\n<link>{base}/</link>\n<description>News of the town</description>\n<atom:link href="{base}/feed" rel="self" type="application/rss+xml"/>\n'
        f"<lastBuildDate>{format_datetime(items[0].at)}</lastBuildDate>\n<ttl>30</ttl>\n{written}</channel>\n</rss>\n"
    )


def _atom(base: str, title: str, items: tuple[Told, ...]) -> str:
    written = "".join(
        f'<entry>\n<title>{escape(item.title)}</title>\n<link rel="alternate" type="text/html" href="{escape(item.url)}"/>\n<id>{escape(item.url)}</id>\n'
        f"<author><name>Newsroom</name></author>\n<published>{item.at.isoformat()}</published>\n<updated>{item.at.isoformat()}</updated>\n"
        f'<summary type="html">{escape(item.summary)}</summary>\n</entry>\n'
        for item in items
    )
    return (
        f'<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">\n<title>{title}</title>\n<link href="{base}/"/>\n'
        f'<link rel="self" href="{base}/feed"/>\n<id>{base}/{title.rsplit(maxsplit=1)[-1]}</id>\n<updated>{items[0].at.isoformat()}</updated>\n{written}</feed>\n'
    )


def _rdf(base: str, title: str, items: tuple[Told, ...]) -> str:
    written = "".join(
        f'<item rdf:about="{escape(item.url)}">\n<title>{escape(item.title)}</title>\n<link>{escape(item.url)}</link>\n'
        f"<description>{escape(item.summary)}</description>\n<dc:date>{item.at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}</dc:date>\n</item>\n"
        for item in items
    )
    listed = "".join(f'<rdf:li rdf:resource="{escape(item.url)}"/>' for item in items)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF xmlns="http://purl.org/rss/1.0/" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dc="http://purl.org/dc/elements/1.1/">\n'
        f'<channel rdf:about="{base}/">\n<title>{title}</title>\n<link>{base}/</link>\n<description>News of the town</description>\n<items><rdf:Seq>{listed}</rdf:Seq></items>\n</channel>\n{written}</rdf:RDF>\n'
    )
