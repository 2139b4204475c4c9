"""The error tree: every expected failure of the program is one of these.

TrilateralError
├── ConfigError            a configuration that cannot be used; carries every problem
├── FetchError             a URL gave no page: dns, tls, timeout, http, too_large, robots, blocked, address ...
├── DiscoverError          a page gave no entries: not_a_feed, wrong_channel, parse
├── ExtractError           a page gave no article: no_text, not_text, decode
├── InputError             a file or line that a person handed in cannot be read
├── StorageError           the database cannot be used
│   ├── DatabaseBusy       another writer held it longer than the busy timeout
│   ├── DatabaseFull       the disk is full or the file cannot be written
│   ├── DatabaseNewer      written by a newer version of this program
│   └── NotOurDatabase     a file of another kind or another program
├── LockHeld               another instance works on this database
├── NotFound               no row of that id, slug or URL
├── LinkRefused            a signed link does not act: malformed, forged, stored, expired, used, moved
└── DeliveryError          a channel did not accept a digest

Errors carry strings and numbers only. ``code`` is what rows of ``polls`` and ``entries`` are grouped by.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_SECRET = re.compile(
    r"(?i)([?&;#](?:(?:(?:api|app|access|auth|client|crtfc|license|secret|service|session|subscription)[_.-]?)?key|auth|pwd|sig"
    r"|[a-z0-9_.-]{0,40}(?:token|secret|password|passwd|signature))=)[^&\s]+"
)
"""Parameters that are called like a secret: many words end in ``key``, few in ``token``."""
_USERINFO = re.compile(r"(?i)([a-z][a-z0-9+.-]{0,30}://)[^/\s]+@")


def scrub(text: str) -> str:
    """Return ``text`` with the values of secret-looking URL parameters and URL credentials replaced by ``***``."""
    return _USERINFO.sub(r"\1***@", _SECRET.sub(r"\1***", text))


class TrilateralError(Exception):
    """The root of the tree; ``code`` is a short stable word, the message a sentence for a person, secrets scrubbed."""

    code = "error"

    def __init__(self, message: str, *, code: str | None = None) -> None:
        super().__init__(scrub(message))
        if code is not None:
            self.code = code


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault of the configuration: the file, the key inside it (dotted), and what is wrong, as a sentence."""

    file: str
    key: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}: {self.key}: {self.message}" if self.key else f"{self.file}: {self.message}"


class ConfigError(TrilateralError):
    """The configuration cannot be used; ``problems`` names every fault at once."""

    code = "config"

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


class FetchError(TrilateralError):
    """A URL gave no page.

    ``code`` is one of blocked, robots, http, dns, tls, timeout, too_large, redirect, address, unreachable (no connection),
    connect (a connection that broke or is no HTTP), decode;
    ``status`` the HTTP status where there was one; ``retry_after`` seconds the server asked to wait (RFC 9110 10.2.3);
    ``led_to`` the address that redirects had led to by then, empty where there were none.
    """

    code = "http"
    led_to = ""

    def __init__(self, message: str, *, code: str, status: int | None = None, retry_after: float | None = None) -> None:
        super().__init__(message, code=code)
        self.status = status
        self.retry_after = retry_after


class DiscoverError(TrilateralError):
    """A source's page gave no entries; ``code`` is not_a_feed, wrong_channel, blocked or parse."""

    code = "parse"


class ExtractError(TrilateralError):
    """An article's page gave no article; ``code`` is no_text, not_text or decode."""

    code = "no_text"


class InputError(TrilateralError):
    """A file or a line of it that a person handed in cannot be read."""

    code = "input"


class StorageError(TrilateralError):
    """The database cannot be used."""

    code = "storage"


class DatabaseBusy(StorageError):
    """Another writer held the database for longer than the busy timeout."""

    code = "busy"


class DatabaseFull(StorageError):
    """The disk is full, or the file or its folder cannot be written."""

    code = "full"


class DatabaseNewer(StorageError):
    """The database holds migrations that this version does not know."""

    code = "newer"


class NotOurDatabase(StorageError):
    """The file is no SQLite database, or one of another program."""

    code = "foreign"


class LockHeld(TrilateralError):
    """Another instance holds the lock file beside the database."""

    code = "locked"


class NotFound(TrilateralError):
    """No row of that id, slug or URL."""

    code = "not_found"


class LinkRefused(TrilateralError):
    """A signed link does not act.

    ``code`` is malformed (no such link, or cut off), forged (signed by none of our keys), stored (taken out of a stored digest, not out of
    one that was sent), expired, used (it acted already), moved (what it is about goes by another name now).
    """

    code = "malformed"

    def __init__(self, message: str, *, code: str) -> None:
        super().__init__(message, code=code)


class DeliveryError(TrilateralError):
    """A channel did not accept a message.

    ``permanent`` tells that this very message will never be taken. ``refused`` tells that the channel takes none before a person mends
    something (credentials, an address): the message can wait for that. Neither: it may pass by itself. ``retry_after`` are the seconds that
    the channel asked to be left alone (RFC 9110 10.2.3), 0 where it said nothing.
    """

    code = "delivery"

    def __init__(self, message: str, *, permanent: bool = False, refused: bool = False, retry_after: float = 0.0) -> None:
        super().__init__(message)
        self.permanent = permanent
        self.refused = refused
        self.retry_after = retry_after
