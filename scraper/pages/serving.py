"""Our pages in Datasette: routes, the read-only connection, leave to see, and errors as pages. Only this file and the plugin know it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, quote, unquote

from datasette import Response
from datasette.utils import sqlite_timelimit
from datasette.utils.asgi import NotFound as Unknown
from datasette.views.index import IndexView
from markupsafe import Markup

from scraper import app
from scraper.config import defaults_folder
from scraper.errors import ConfigError, DatabaseBusy, InputError, NotFound, StorageError, TrilateralError
from scraper.jobs.home import CONFIG
from scraper.jobs.rooms import Home
from scraper.pages.asking import DATABASE, Answer, Ask, Site
from scraper.pages.frame import fault
from scraper.pages.guarding import OURS
from scraper.pages.routes import ROUTES, Route
from scraper.storage.store import Store

INDEX = r"^/-/data(?:\.(?P<format>jsono?))?$"
MOST_FORM = 64 * 1024
"""Bytes of a form that are read."""
_OF_COLUMN = {"statement_id": "statement", "event_id": "event", "article_id": "article", "initiative_id": "initiative"}
_OF_TABLE = {"statements": "statement", "events": "event", "articles": "article", "initiatives": "initiative", "sources": "source"}
_READ = frozenset({"GET", "HEAD"})
_HEADERS = {"Content-Security-Policy": OURS, "Cache-Control": "no-cache"}
_FAULTS: tuple[tuple[type[TrilateralError], int, str], ...] = (
    (NotFound, 404, "Not found"),
    (InputError, 400, "That cannot be done"),
    (DatabaseBusy, 503, "Busy"),
    (StorageError, 503, "The database did not answer"),
    (ConfigError, 500, "The configuration has faults"),
)


def home_of(database: Path, environ: Mapping[str, str]) -> Home:
    """Return the home that a database lies in: its configuration is the one named, else the one beside its folder, else the packaged one."""
    root = database.resolve().parent.parent
    named = environ.get(CONFIG) or ""
    own = Path(named) if named else root / "config"
    return Home(root, own if own.is_dir() else defaults_folder() / "config", database)


def routes(datasette: Any, environ: Mapping[str, str]) -> list[tuple[str, Callable[..., Any]]]:
    """Return our routes as Datasette registers them, and another one for its first page, whose place ours takes."""
    sites: dict[str, Site] = {}
    ours = [(f"^{route.path}$", _view(datasette, route, sites, environ)) for route in ROUTES]
    return [*ours, (INDEX, IndexView.as_view(datasette))]


def _view(datasette: Any, route: Route, sites: dict[str, Site], environ: Mapping[str, str]) -> Callable[..., Any]:
    async def view(request: Any) -> Any:
        database = _database(datasette)
        if not route.open:
            await datasette.ensure_permissions(request.actor, [("view-database", database.name), "view-instance"])
        form = await _form(request) if request.method == "POST" and request.method in route.methods else {}
        site = sites.setdefault(str(database.path), Site(home_of(Path(database.path), environ), app.now, environ))
        limit = datasette.setting("sql_time_limit_ms")

        def in_thread(connection: Any) -> Answer:
            with Store.over(connection, site.home.database, site.clock) as store, sqlite_timelimit(connection, limit):
                return _answered(route, _ask(datasette, request, site, store, form, database.name))

        answer = await database.execute_fn(in_thread)
        if _unchanged(request, answer):
            return Response("", 304, {**_HEADERS, **answer.headers}, answer.content_type)
        return Response(answer.body, answer.status, {**_HEADERS, **answer.headers}, answer.content_type)

    view._datasette_static = route.lasting  # type: ignore[attr-defined]  # noqa: SLF001  Datasette then lets browsers and proxies keep the answer
    return view


def _unchanged(request: Any, answer: Answer) -> bool:
    """Whether the reader has this answer already: it names its ETag (RFC 9110 13.1.2)."""
    known = request.headers.get("if-none-match") or ""
    tag = answer.headers.get("ETag", "")
    return bool(tag) and request.method in _READ and any(one.strip().removeprefix("W/") in (tag, "*") for one in known[:1_000].split(","))


def _database(datasette: Any) -> Any:
    """The database of that name, else the first file that is served: one elsewhere may be called otherwise."""
    files = [one for one in datasette.databases.values() if one.path]
    found = next((one for one in files if one.name == DATABASE), next(iter(files), None))
    if found is None:
        raise Unknown("no database is served")
    return found


def _ask(datasette: Any, request: Any, site: Site, store: Store, form: Mapping[str, str], database: str) -> Ask:
    return Ask(
        site,
        store,
        path=unquote(request.scope.get("route_path") or request.path),
        base=datasette.setting("base_url"),
        method=request.method,
        keys={name: unquote(value or "") for name, value in request.url_vars.items()},
        query={name: request.args[name] for name in request.args},
        form=form,
        actor=request.actor,
        csrf=request.scope.get("csrftoken") or str,
        database=database,
        queries={
            name: (told.get("title") if isinstance(told, dict) else "") or name for name, told in _queries(datasette, database).items()
        },
    )


def _queries(datasette: Any, database: str) -> Mapping[str, Any]:
    return datasette.metadata("queries", database=database, fallback=False) or {}


def _answered(route: Route, ask: Ask) -> Answer:
    """The page, or a page that says what is wrong; what is no expected failure goes on to Datasette."""
    if ask.method not in route.methods and not (ask.method in _READ and "GET" in route.methods):
        return fault(ask, 405, "Not like that", f"This address takes {' and '.join(route.methods)} only.")
    try:
        return route.page(ask)
    except TrilateralError as error:
        for kind, status, title in _FAULTS:
            if isinstance(error, kind):
                return fault(ask, status, title, _told(error))
        raise


def _told(error: TrilateralError) -> str:
    if isinstance(error, ConfigError):
        return "trilateral check-config names them."
    text = str(error)
    if "no such table" in text or "no such column" in text:
        return "It was written by an earlier version: trilateral serve, or any other command, brings it up to date."
    return "It took too long." if "interrupted" in text else f"{text[:1].upper()}{text[1:]}."


async def _form(request: Any) -> dict[str, str]:
    """The first value of each field of a form; a body that is too long, or no UTF-8, gives none."""
    body = b""
    while len(body) <= MOST_FORM:
        message = await request.receive()
        body += message.get("body", b"")
        if not message.get("more_body"):
            break
    try:
        pairs = parse_qsl(body.decode("utf-8"), keep_blank_values=True, max_num_fields=100) if len(body) <= MOST_FORM else []
    except ValueError:
        pairs = []
    return dict(reversed(pairs))


def cell(datasette: Any, value: object, column: str, table: str | None) -> Markup | None:
    """Return the id of something that has a page of ours as a link to it, None for any other cell of Datasette's tables and queries."""
    kind = _OF_COLUMN.get(column) or (_OF_TABLE.get(table or "") if column == "id" else None)
    if kind is None or not isinstance(value, int | str) or value == "":
        return None
    address = f"{datasette.setting('base_url')}{kind}/{quote(str(value), safe='')}"
    return Markup('<a href="{}">{}</a>').format(address, value)


def missing(datasette: Any, request: Any, exception: BaseException) -> Any:
    """Return a page in our frame for an address that nobody knows, None for every other failure and for programs that ask for JSON."""
    if getattr(exception, "status", 500) != 404 or re.search(r"\.(json|csv|blob)$", request.path):
        return None
    if not any(one.path for one in datasette.databases.values()):
        return None
    database = _database(datasette)

    async def told() -> Any:
        def in_thread(connection: Any) -> Answer:
            site = Site(home_of(Path(database.path), {}), app.now, {})
            with Store.over(connection, site.home.database, site.clock) as store:
                return fault(_ask(datasette, request, site, store, {}, database.name), 404, "Not found", "There is no such page.")

        answer = await database.execute_fn(in_thread)
        return Response(answer.body, answer.status, _HEADERS, answer.content_type)

    return told
