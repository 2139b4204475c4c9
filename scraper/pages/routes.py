"""The addresses of our pages. A line here and a function are all that a page needs."""

from __future__ import annotations

from dataclasses import dataclass

from scraper.pages import (
    articles,
    charts,
    citing,
    comparing,
    coverage,
    events,
    feeds,
    home,
    house,
    initiative,
    reviewing,
    reviews,
    search,
    source,
    statements,
)
from scraper.pages.asking import Page


@dataclass(frozen=True, slots=True)
class Route:
    """An address as an expression of Python over the path (its named groups become ``ask.keys``), and who answers it.

    An ``open`` one is answered without leave to see the database: what it shows must not need it. A ``lasting`` one may be kept by
    browsers and proxies.
    """

    path: str
    page: Page
    methods: tuple[str, ...] = ("GET",)
    open: bool = False
    lasting: bool = False


ROUTES: tuple[Route, ...] = (
    Route(r"/", home.home),
    Route(r"/event/(?P<id>[^/]+)", events.event),
    Route(r"/statement/(?P<id>[^/]+)", statements.statement),
    Route(r"/statement/(?P<id>[^/]+)/cite", citing.cite),
    Route(r"/statement/(?P<id>[^/]+)/cite\.(?P<suffix>[a-z]+)", citing.cite_file),
    Route(r"/feeds/statements\.atom", feeds.statements),
    Route(r"/feeds/initiatives\.atom", feeds.initiatives),
    Route(r"/article/(?P<id>[^/]+)", articles.article),
    Route(r"/capture/(?P<id>[^/]+)", articles.capture),
    Route(r"/capture/(?P<id>[^/]+)/page", articles.inert),
    Route(r"/capture/(?P<id>[^/]+)/file", articles.file),
    Route(r"/compare/(?P<one>[^/]+)/(?P<other>[^/]+)", comparing.compare),
    Route(r"/initiative/(?P<slug>[^/]+)", initiative.initiative),
    Route(r"/source/(?P<id>[^/]+)", source.source),
    Route(r"/coverage", coverage.coverage),
    Route(r"/coverage/(?P<day>[^/]+)", coverage.of_day),
    Route(r"/charts", charts.charts),
    Route(r"/review", reviews.waiting, methods=("GET", "POST")),
    Route(r"/search", search.search),
    Route(r"/robots\.txt", house.robots, open=True),
    Route(r"/-/pages/(?P<name>[^/]+)", house.static_file, open=True, lasting=True),
    Route(r"/review/(?P<token>[^/]+)", reviewing.review, methods=("GET", "POST"), open=True),  # the signature is the leave
)
