"""Every kind of source on one loopback press room: two passes bring every item once, and fallbacks bring nothing new."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from scraper.jobs import poll
from scraper.jobs.rooms import Rooms
from scraper.model.source import KINDS, Selectors, Source
from tests.jobs.house import START, Clock, Item, Sheet, Site, one, rooms, rows

TEXT = """The ministers of the United States, Japan, and the Republic of Korea met in {place} on July 9 and issued this joint statement.

The Secretary and Foreign Ministers reviewed what their three governments did together this year, and welcomed the work of their officials.

They agreed to meet again before winter, and thanked their hosts in {place} for a warm welcome and a well prepared table."""
PLACES = ("Honolulu", "Busan", "Kyoto", "Seattle", "Manila", "Lima", "Geneva", "Rome", "Ottawa", "Hanoi", "Delhi", "Perth", "Doha", "Oslo")
RFC = "%a, %d %b %Y %H:%M:%S +0000"


class Newsroom(Site):
    """A site that prints the same items in every shape a source may have."""

    def fill(self) -> None:
        self.state = [self._item(f"/state/{n}", place) for n, place in enumerate(PLACES[:3])]
        self.rest = {kind: [self._item(f"/{kind}/{n}", PLACES[3 + 2 * i + n]) for n in range(2)] for i, kind in enumerate(SHAPES)}
        for item in (*self.state, *(item for items in self.rest.values() for item in items)):
            self.pages[item.path] = Sheet(item.page())
        for kind, items in (("wordpress", self.state), ("listing", self.state), ("rss", self.state), *self.rest.items()):
            self._print(kind, items)

    def _item(self, path: str, place: str) -> Item:
        title = f"Joint Statement of the United States, Japan, and the Republic of Korea in {place}"
        return Item(path, title, TEXT.format(place=place), START - timedelta(hours=3))

    def _print(self, kind: str, items: list[Item]) -> None:
        media, body = getattr(self, "_" + kind.replace("-", "_"))(items)
        self.pages[f"/{kind}"] = Sheet(body if isinstance(body, bytes) else body.encode(), media)

    def _rss(self, items: list[Item]) -> tuple[str, str]:
        inner = "".join(
            f"<item><title>{i.title}</title><link>{self.url}{i.path}?utm_source=rss</link><pubDate>{i.at:{RFC}}</pubDate></item>"
            for i in items
        )
        return "application/rss+xml", f'<rss version="2.0"><channel><title>Newsroom</title>{inner}</channel></rss>'

    def _rdf(self, items: list[Item]) -> tuple[str, str]:
        inner = "".join(
            f'<item rdf:about="{self.url}{i.path}"><title>{i.title}</title><link>{self.url}{i.path}</link><dc:date>{i.at.isoformat()}</dc:date></item>'
            for i in items
        )
        spaces = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        return (
            "application/rdf+xml",
            f'<rdf:RDF {spaces}><channel rdf:about="{self.url}"><title>Newsroom</title></channel>{inner}</rdf:RDF>',
        )

    def _atom(self, items: list[Item]) -> tuple[str, str]:
        inner = "".join(
            f'<entry><title>{i.title}</title><id>{i.path}</id><link href="{self.url}{i.path}"/><updated>{i.at.isoformat()}</updated></entry>'
            for i in items
        )
        return "application/atom+xml", f'<feed xmlns="http://www.w3.org/2005/Atom"><title>Newsroom</title>{inner}</feed>'

    def _jsonfeed(self, items: list[Item]) -> tuple[str, str]:
        made = [{"id": i.path, "url": self.url + i.path, "title": i.title, "date_published": i.at.isoformat()} for i in items]
        return "application/feed+json", json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "Newsroom", "items": made})

    def _wordpress(self, items: list[Item]) -> tuple[str, str]:
        made = [
            {
                "id": n, "date_gmt": f"{i.at:%Y-%m-%dT%H:%M:%S}", "link": self.url + i.path, "title": {"rendered": i.title.replace("and", "&#97;nd")},
                "content": {"rendered": "".join(f"<p>{p}</p>" for p in i.text.split("\n\n"))}, "excerpt": {"rendered": ""},
            }
            for n, i in enumerate(items)
        ]  # fmt: skip
        return "application/json", json.dumps(made)

    def _listing(self, items: list[Item]) -> tuple[str, str]:
        inner = "".join(f'<li><a href="{i.path}">{i.title}</a><span>{i.at:%B %d, %Y}</span></li>' for i in items)
        return "text/html; charset=utf-8", f"<!DOCTYPE html><html><body><ul class=news>{inner}</ul></body></html>"

    def _sitemap(self, items: list[Item]) -> tuple[str, str]:
        inner = "".join(
            f"<url><loc>{self.url}{i.path}</loc><news:news><news:publication><news:name>Newsroom</news:name><news:language>en</news:language>"
            f"</news:publication><news:publication_date>{i.at.isoformat()}</news:publication_date><news:title>{i.title}</news:title></news:news></url>"
            for i in items
        )
        spaces = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
        self.pages["/part.xml.gz"] = Sheet(gzip.compress(f"<urlset {spaces}>{inner}</urlset>".encode()), "application/gzip")
        part = f"<sitemap><loc>{self.url}/part.xml.gz</loc><lastmod>{START.isoformat()}</lastmod></sitemap>"
        return "application/xml", f"<sitemapindex {spaces}>{part}</sitemapindex>"

    def _json(self, items: list[Item]) -> tuple[str, str]:
        made = [{"id": i.path, "title": i.title, "page_url": i.path, "public_at": str(int(i.at.timestamp() * 1000))} for i in items]
        return "application/json", json.dumps({"data": made})

    def _xml(self, items: list[Item]) -> tuple[str, str]:
        inner = "".join(
            f"<NewsItem><Title><![CDATA[{i.title}]]></Title><ApproveDate>{i.at:%m/%d/%Y %H:%M:%S}</ApproveDate><OriginalUrl>{self.url}{i.path}</OriginalUrl></NewsItem>"
            for i in items
        )
        return "text/xml", f"<response><header><resultCode>0</resultCode></header><body>{inner}</body></response>"

    def _gdelt(self, items: list[Item]) -> tuple[str, str]:
        made = [{"url": self.url + i.path, "title": i.title, "seendate": f"{i.at:%Y%m%dT%H%M%SZ}", "language": "English"} for i in items]
        return "application/json", json.dumps({"articles": made})

    def _google_news(self, items: list[Item]) -> tuple[str, str]:
        inner = "".join(
            f'<item><title>{i.title} - Newsroom</title><link>{self.url}/rss/articles/CBMi{n}</link><guid isPermaLink="false">CBMi{n}</guid>'
            f'<pubDate>{i.at:{RFC}}</pubDate><source url="{self.url}">Newsroom</source></item>'
            for n, i in enumerate(items)
        )
        return "application/rss+xml", f'<rss version="2.0"><channel><title>search - Google News</title>{inner}</channel></rss>'


SHAPES = {
    "rdf": "feed", "atom": "feed", "jsonfeed": "feed", "sitemap": "sitemap", "json": "json", "xml": "xml", "gdelt": "gdelt", "google-news": "google-news",
}  # fmt: skip
PLACES += ("Accra", "Quito", "Riga", "Tunis", "Sofia")
PATHS = {
    "json": Selectors(item="data[]", id="id", title="title", link="page_url", date="public_at"),
    "xml": Selectors(item="body.NewsItem[]", title="Title", link="OriginalUrl", date="ApproveDate"),
    "listing": Selectors(item="ul.news li", link="a", title="a", date="span"),
}


def catalogue(site: Newsroom) -> list[Source]:
    """Three sources of one publisher in order, and one of every other shape."""
    line = [
        site.source("state-rest", "/wordpress", kind="wordpress", publisher="State", full_text=True),
        site.source("state-list", "/listing", kind="listing", publisher="State", rank=1, selectors=PATHS["listing"]),
        site.source("state-feed", "/rss", publisher="State", rank=2),
    ]
    return line + [site.source(shape, f"/{shape}", kind=kind, selectors=PATHS.get(shape, Selectors())) for shape, kind in SHAPES.items()]


@pytest.fixture
def site() -> Iterator[Newsroom]:
    with Newsroom() as open_site:
        open_site.fill()
        yield open_site


@contextmanager
def house(folder: Path, site: Newsroom) -> Iterator[tuple[Rooms, Clock]]:
    clock = Clock()
    with rooms(folder, clock, catalogue(site)) as made:
        yield made, clock


def state_of(made: Rooms) -> tuple[list[object], ...]:
    """What is stored, by address."""
    return (
        rows(made, "SELECT canonical_url, count(*) FROM entries GROUP BY 1 ORDER BY 1"),
        rows(made, "SELECT canonical_url, count(*) FROM articles GROUP BY 1 ORDER BY 1"),
        rows(made, "SELECT id, event_id FROM statements ORDER BY 1"),
        rows(made, "SELECT key FROM alerts ORDER BY 1"),
    )


def test_every_kind_is_here() -> None:
    assert {*SHAPES.values(), "wordpress", "listing"} == set(KINDS)


def test_every_item_is_stored_once_and_fallbacks_bring_nothing_new(tmp_path: Path, site: Newsroom) -> None:
    with house(tmp_path, site) as (made, clock):
        first = poll.run(made, poll.due(made))
        assert {p.source_id: p.outcome for p in first.polls} == {**dict.fromkeys(SHAPES, "ok"), "state-rest": "ok"}
        stored = state_of(made)
        assert len(stored[0]) == 3 + 2 * len(SHAPES)
        assert all(count == 1 for _, count in (*stored[0], *stored[1]))  # type: ignore[misc]
        assert one(made, "SELECT count(*) FROM articles") == 3 + 2 * len(SHAPES)

        clock.advance(hours=1)
        second = poll.run(made, poll.due(made))
        assert {p.source_id for p in second.polls} == {p.source_id for p in first.polls}
        assert all(p.new == 0 for p in second.polls)
        assert state_of(made) == stored

        for path, fallback in (("/wordpress", "state-list"), ("/listing", "state-feed")):
            site.pages[path] = replace(site.pages[path], status=503)
            for _ in range(2):  # the failure is seen, then the next in the line is asked
                clock.advance(hours=1)
                third = poll.run(made, poll.due(made))
            assert {p.source_id: (p.outcome, p.new) for p in third.polls}[fallback] == ("ok", 0)
            assert state_of(made) == stored
