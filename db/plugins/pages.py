"""Our own pages in Datasette, and the headers of every answer; all of it is in scraper.pages."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator
from typing import Any

from datasette import hookimpl
from datasette.app import Datasette
from jinja2 import Environment
from markupsafe import Markup

from scraper.pages import frame, guarding, serving


@hookimpl  # type: ignore[untyped-decorator]
def register_routes(datasette: Datasette) -> list[tuple[str, Callable[..., Any]]]:
    """Our addresses, before Datasette's own."""
    return serving.routes(datasette, os.environ)


@hookimpl  # type: ignore[untyped-decorator]
def asgi_wrapper() -> Callable[[guarding.App], guarding.App]:
    """Security headers on every answer."""
    return guarding.guarded


@hookimpl  # type: ignore[untyped-decorator]
def prepare_jinja2_environment(env: Environment) -> None:
    """Nonces for the scripts of Datasette's own templates."""
    env.add_extension(guarding.Nonces)


@hookimpl  # type: ignore[untyped-decorator]
def render_cell(datasette: Datasette, value: object, column: str, table: str | None) -> Markup | None:
    """Ids in tables and queries lead to our pages."""
    return serving.cell(datasette, value, column, table)


@hookimpl  # type: ignore[untyped-decorator]
def extra_css_urls() -> list[str]:
    """Our additions to the style of Datasette's own pages."""
    return [f"/-/pages/{frame.static_name('data.css')}"]


@hookimpl(hookwrapper=True)  # type: ignore[untyped-decorator]
def handle_exception(datasette: Datasette, request: Any, exception: BaseException) -> Generator[None, Any, None]:
    """An unknown address is told in our frame, and not as a fault in the log."""
    outcome = yield
    told = serving.missing(datasette, request, exception)
    if told is not None:
        outcome.force_result([told])
