"""Who is asking, where a proxy before Datasette signs people in and says so in a header."""

from __future__ import annotations

import os
from typing import Any

from datasette import hookimpl
from datasette.utils.asgi import Request

VARIABLE = "TRILATERAL_ACTOR_HEADER"
"""Names the header; without it no header says who anybody is."""

LONGEST = 200


@hookimpl  # type: ignore[untyped-decorator]
def actor_from_request(request: Request) -> dict[str, Any] | None:
    """The person whom the proxy names, as ``{"id": name}``; None where there is no proxy, or it names nobody."""
    return actor(request.headers, os.environ.get(VARIABLE, ""))


def actor(headers: dict[str, str], header: str) -> dict[str, Any] | None:
    """Return who ``header`` says is asking. What is empty, too long or no printable text names nobody."""
    name = _decoded(headers.get(header.lower(), "")).strip() if header else ""
    return {"id": name} if name and len(name) <= LONGEST and name.isprintable() else None


def _decoded(value: str) -> str:
    """A value whose bytes are UTF-8 as that: the server takes every header for Latin-1 (RFC 9110 5.5 leaves it open)."""
    try:
        return value.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return value
