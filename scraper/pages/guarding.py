"""Headers that keep a page from doing harm: on our pages nothing may run; on Datasette's own only the scripts of its templates.

A script of a template carries a nonce, new with every request (Content Security Policy Level 3). It is put into the *source* of a
template as it is loaded, never into a page that is made, so that what an article brings along can never have it.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from contextvars import ContextVar
from typing import Any

from jinja2 import Environment
from jinja2.ext import Extension

OURS = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
"""The policy of our pages."""
FRAMING = f"{OURS}; frame-src 'self'"
"""The same for a page of ours that shows a captured one inside."""
INERT = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
"""The policy of a captured page: a sandbox in which nothing runs and nothing is loaded from anywhere."""
NOTHING = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
"""The policy of what is no page: JSON, CSV, style sheets."""
_EDITOR = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=' 'sha256-38xqj8N9cygggde3AvM+xVgS15DUXTOhM9fjk0hLOS0='"
"""The style element that the handle of Datasette's SQL editor adds (cm-resize 1.0.1), empty and filled."""
_DATASETTE = (
    f"default-src 'none'; script-src 'nonce-{{0}}'; style-src 'self' 'nonce-{{0}}' {_EDITOR}; style-src-attr 'unsafe-inline'; img-src 'self' data:; "
    "connect-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_ALWAYS = (
    (b"x-content-type-options", b"nosniff"), (b"referrer-policy", b"no-referrer"), (b"x-robots-tag", b"noindex, nofollow"),
    (b"cross-origin-opener-policy", b"same-origin"),
)  # fmt: skip
_POLICY = b"content-security-policy"
_TAG = re.compile(r"<(script|style)(?=[\s>{])")
_nonce: ContextVar[str] = ContextVar("nonce", default="")

Message = MutableMapping[str, Any]
App = Callable[[Message, Callable[[], Awaitable[Message]], Callable[[Message], Awaitable[None]]], Awaitable[None]]
Headers = list[tuple[bytes, bytes]]


class Nonces(Extension):
    """Gives each script and style element of a template the nonce of the request."""

    def __init__(self, environment: Environment) -> None:
        super().__init__(environment)
        environment.globals["csp_nonce"] = _nonce.get

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:  # noqa: ARG002  as Jinja calls it
        """Return the source of a template with the nonce in it."""
        return _TAG.sub(r'<\1 nonce="{{ csp_nonce() }}"', source)


def guarded(inner: App) -> App:
    """Return the ASGI app whose every answer carries the headers; a policy that a page sets itself stays."""

    async def outer(scope: Message, receive: Callable[[], Awaitable[Message]], send: Callable[[Message], Awaitable[None]]) -> None:
        nonce = secrets.token_urlsafe(16)
        _nonce.set(nonce)

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": completed(message.get("headers", ()), nonce)}
            await send(message)

        await inner(scope, receive, sent)

    return outer


def completed(headers: Iterable[tuple[bytes, bytes]], nonce: str) -> Headers:
    """Return the headers of an answer with those added that it lacks."""
    given = [(bytes(name).lower(), bytes(value)) for name, value in headers]
    names = {name for name, _ in given}
    html = any(name == b"content-type" and value.lower().startswith(b"text/html") for name, value in given)
    policy = _DATASETTE.format(nonce) if html else NOTHING
    return given + [pair for pair in (*_ALWAYS, (_POLICY, policy.encode())) if pair[0] not in names]
