"""Pages in the shapes that real sources have, with stories of our own invention."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from html import escape
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from scraper.model.source import Source

FETCHED = "2026-11-21T12:00:00Z"
"""When all saved pages were fetched, by their own account."""

NEWEST = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
HEADLINES = {
    "en": (
        "Joint Statement on the {0} Harbour Lights Table of the United States, Japan and the Republic of Korea",
        "{0} library opens its reading room at night",
        "Bridge at {0} closed for painting",
    ),
    "ko": ("한미일, {0} 항만 등화 공통표 공동성명", "{0} 도서관 야간 개방", "{0} 다리 도색 공사로 통제"),
    "ja": ("日米韓、{0}港の灯火共通表で共同声明", "{0}図書館が夜間開館", "{0}橋、塗装のため通行止め"),
}
PLACES = {
    "en": ("Ganghwa", "Otaru", "Astoria", "Mokpo", "Nemuro", "Sitka", "Sokcho", "Hagi", "Coos Bay", "Tongyeong"),
    "ko": ("강화", "오타루", "목포", "네무로", "속초", "하기", "통영", "여수", "군산", "포항"),
    "ja": ("江華", "小樽", "木浦", "根室", "束草", "萩", "統営", "麗水", "群山", "浦項"),
}
SUMMARY = {
    "en": "The harbour masters met at {0} and compared their tables.",
    "ko": "항만 책임자들이 {0}에서 만나 등화표를 견주어 보았다.",
    "ja": "港長らは{0}で会い、灯火の表を見比べた。",
}


@dataclass(frozen=True)
class Story:
    """One item: ``at`` with its zone; ``link`` as it stands in the page."""

    title: str
    link: str
    at: datetime
    summary: str = ""
    html: str = ""
    guid: str = ""
    category: str = ""


def stories(source: Source) -> tuple[Story, ...]:
    """Three stories in the source's language, told apart from those of others by the place they happen at."""
    language = source.language if source.language in HEADLINES else "en"
    number = sum(source.id.encode())
    zone = ZoneInfo(source.timezone)
    parts = urlsplit(source.url)
    made = []
    for position, headline in enumerate(HEADLINES[language]):
        place = PLACES[language][(number + position) % len(PLACES[language])]
        at = (NEWEST - timedelta(hours=5 * position, minutes=number % 50)).astimezone(zone)
        link = f"{parts.scheme}://{parts.netloc}/{at:%Y/%m/%d}/{number}{position}"
        summary = SUMMARY[language].format(place)
        made.append(Story(headline.format(place), link, at, summary, f"<p>{summary}</p>" if source.full_text else "", link))
    return tuple(made)


def rss(channel: str, home: str, told: Sequence[Story], *, dated: Callable[[datetime], str] = format_datetime, spaces: str = "") -> str:
    """RSS 2.0 as WordPress and its like write it."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"{spaces}>\n<channel>\n<title>{escape(channel)}</title>\n<link>{escape(home)}</link>\n'
        f"<description>{escape(channel)}</description>\n" + "".join(_rss_item(one, dated) for one in told) + "</channel>\n</rss>\n"
    )


def _rss_item(one: Story, dated: Callable[[datetime], str]) -> str:
    parts = [f"<title>{escape(one.title)}</title>", f"<link>{escape(one.link)}</link>"]
    if one.guid:
        parts.append(f'<guid isPermaLink="{"true" if one.guid == one.link else "false"}">{escape(one.guid)}</guid>')
    if one.category:
        parts.append(f"<category><![CDATA[{one.category}]]></category>")
    parts.append(f"<pubDate>{dated(one.at)}</pubDate>")
    parts.append(f"<description><![CDATA[{one.summary}]]></description>")
    if one.html:
        parts.append(f"<content:encoded><![CDATA[{one.html}]]></content:encoded>")
    return "<item>" + "\n".join(parts) + "</item>\n"


def rdf(channel: str, home: str, told: Sequence[Story]) -> str:
    """RSS 1.0: the items stand beside the channel, the date in dc:date."""
    listed = "".join(f'<rdf:li rdf:resource="{escape(one.link)}"/>' for one in told)
    items = "".join(
        f'<item rdf:about="{escape(one.link)}"><title>{escape(one.title)}</title><link>{escape(one.link)}</link>'
        f"<dc:date>{one.at.isoformat()}</dc:date></item>\n"
        for one in told
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF xmlns="http://purl.org/rss/1.0/" '
        'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dc="http://purl.org/dc/elements/1.1/">\n'
        f'<channel rdf:about="{escape(home)}"><title>{escape(channel)}</title><link>{escape(home)}</link>'
        f"<items><rdf:Seq>{listed}</rdf:Seq></items></channel>\n{items}</rdf:RDF>\n"
    )


def atom(channel: str, home: str, told: Sequence[Story]) -> str:
    """Atom (RFC 4287)."""
    entries = "".join(
        f'<entry><title>{escape(one.title)}</title><link href="{escape(one.link)}"/><id>{escape(one.guid or one.link)}</id>'
        f"<updated>{one.at.isoformat()}</updated><summary>{escape(one.summary)}</summary></entry>\n"
        for one in told
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom"><title>{escape(channel)}</title>'
        f"<id>{escape(home)}</id><updated>{told[0].at.isoformat()}</updated>\n{entries}</feed>\n"
    )


def sitemap(channel: str, language: str, told: Sequence[Story]) -> str:
    """A news sitemap."""
    urls = "".join(
        f"<url><loc>{escape(one.link)}</loc><lastmod>{(one.at + timedelta(minutes=20)).isoformat()}</lastmod><news:news><news:publication>"
        f"<news:name>{escape(channel)}</news:name><news:language>{language}</news:language></news:publication>"
        f"<news:publication_date>{one.at.isoformat()}</news:publication_date><news:title>{escape(one.title)}</news:title></news:news></url>\n"
        for one in told
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        f'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">\n{urls}</urlset>\n'
    )


def wordpress(told: Sequence[Story]) -> str:
    """The array of WordPress's REST interface."""
    rows = [
        {
            "id": 700000 + number, "date": f"{one.at:%Y-%m-%dT%H:%M:%S}", "date_gmt": f"{one.at.astimezone(UTC):%Y-%m-%dT%H:%M:%S}", "link": one.link,
            "title": {"rendered": escape(one.title)}, "content": {"rendered": f"<p>{one.summary}</p>", "protected": False},
            "excerpt": {"rendered": "", "protected": False},
        }
        for number, one in enumerate(told)
    ]  # fmt: skip
    return json.dumps(rows, ensure_ascii=False, indent=0)


def google_news(channel: str, told: Sequence[Story]) -> str:
    """A search of Google News: the publisher behind the headline, an opaque address."""
    items = "".join(
        f"<item><title>{escape(one.title)} - Harbour Post</title><link>https://news.google.com/rss/articles/CBMi{number}x?oc=5</link>"
        f'<guid isPermaLink="false">CBMi{number}x</guid><pubDate>{one.at.astimezone(UTC):%a, %d %b %Y %H:%M:%S} GMT</pubDate>'
        f'<description>x</description><source url="https://harbourpost.example">Harbour Post</source></item>'
        for number, one in enumerate(told)
    )
    return f'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>{escape(channel)} - Google News</title>{items}</channel></rss>'


def gdelt(told: Sequence[Story]) -> str:
    """GDELT's article list."""
    rows = [
        {
            "url": one.link, "url_mobile": "", "title": one.title, "seendate": f"{one.at.astimezone(UTC):%Y%m%dT%H%M%SZ}", "socialimage": "",
            "domain": urlsplit(one.link).hostname, "language": "English", "sourcecountry": "United States",
        }
        for one in told
    ]  # fmt: skip
    return json.dumps({"articles": rows}, ensure_ascii=False)


def listing(channel: str, language: str, source: Source, told: Sequence[Story]) -> str:
    """HTML in which the source's own selectors find the stories, where they are simple: tags, classes, ids, attributes, one below another."""
    rows = "".join(_row(source, one) for one in told)
    for step in reversed(_steps(source.selectors.item)[:-1]):
        rows = _element(step, rows)
    return f'<!DOCTYPE html>\n<html lang="{language}"><head><meta charset="utf-8"><title>{escape(channel)}</title></head><body>\n{rows}\n</body></html>\n'


def _row(source: Source, one: Story) -> str:
    chosen = source.selectors
    item, path = _steps(chosen.item)[-1], urlsplit(one.link).path
    found = re.search(r"\*='([^']+)'", item)
    href = f"{found.group(1)}{path}" if found and found.group(1).startswith("/") else path
    link = _steps(chosen.link)[-1] if chosen.link else "a"
    anchor = _element(re.sub(r"\[href[^\]]*\]", "", link), escape(one.title), f' href="{href}"')
    dated = _element(_steps(chosen.date)[-1] if chosen.date else "span", f"{one.at:%Y-%m-%d}")
    if item.startswith("a"):
        return _element(re.sub(r"\[href[^\]]*\]", "", item), f"{escape(one.title)} {dated}", f' href="{href}"') + "\n"
    return _element(item, f"{anchor} {dated}") + "\n"


def _steps(selector: str) -> list[str]:
    return [step for step in selector.partition(",")[0].replace(">", " ").split() if step]


def _element(step: str, inner: str, more: str = "") -> str:
    """An element that the simple selector ``step`` finds."""
    plain = re.sub(r":[a-z-]+(?:\([^)]*\))?", "", step)
    tag = re.match(r"[a-z][a-z0-9]*", plain)
    name = tag.group() if tag else "div"
    marks = re.sub(r"\[[^\]]*\]", "", plain)
    classes, own = re.findall(r"\.([\w-]+)", marks), re.findall(r"#([\w-]+)", marks)
    attributes = (f' id="{own[0]}"' if own else "") + (f' class="{" ".join(classes)}"' if classes else "")
    for attribute, value in re.findall(r"\[([\w-]+)(?:[*^$]?='?([^'\]]*)'?)?\]", plain):
        attributes += f' {attribute}="{value or "2026-11-20"}"'
    return f"<{name}{attributes}{more}>{inner}</{name}>"
