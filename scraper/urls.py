"""Pure handling of URLs: one canonical form for identity, and whose site a URL is."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from tld import get_tld
from tld.result import Result

_TRACKERS = r"(?:utm_\w+|fbclid|gclid|dclid|msclkid|yclid|igshid|mc_[ce]id|_ga|_gl|cmpid|cmp|ref_src|ref_url|spm|ocid|smid|sr_share|share)"
_TRACKING = re.compile(rf"(?i)^{_TRACKERS}$")
_TRACKED = re.compile(rf"(?i)&{_TRACKERS}=")
_SESSION = re.compile(r"(?i);(jsessionid|phpsessid|sid)=[^/?#]*")
_PARAMETERS = r"(?:[\w.~-]+=[\w.~-]*(?:&[\w.~-]+=[\w.~-]*)*)?"
_PLAIN = re.compile(_PARAMETERS, re.ASCII)
# The address as most are written, of which nothing needs to be taken apart: no credentials, port in decimal, no session, no fragment.
_USUAL = re.compile(
    r"(?P<scheme>https?)://(?P<host>[\w.-]+)(?<!\.)(?::(?P<port>[1-5]\d{4}|6[0-4]\d{3}|[1-9]\d{0,3}))?"
    rf"(?P<path>/[!\"$-:<->@-~]*)?(?:\?(?P<query>{_PARAMETERS}))?",
    re.ASCII,
)
_DECEIVING = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\s\"<>\\]|\A(?i:https?)://[^/?#]*@")
_DEFAULT_PORT = {"http": 80, "https": 443}
_PORTS = (None, "80", "443")


@lru_cache(maxsize=8192)
def canonical(url: str, base: str = "") -> str:
    """Return the one form of ``url`` by which an item is recognised (resolved against ``base``).

    Scheme and host lower-case, http written as https, default ports, fragments, tracking parameters, session ids and
    credentials dropped, parameters kept in their order, an empty path as ``/``. The result is for identity, not for fetching.
    A URL that cannot be parsed is returned stripped.
    """
    joined = urljoin(base, url.strip()) if base else url.strip()
    usual = _USUAL.fullmatch(joined)
    return _of_usual(*usual.groups()) if usual else _of_any(joined)


def _of_usual(scheme: str, name: str, port: str | None, path: str | None, query: str | None) -> str:
    """The same as :func:`_of_any` of the parts of a usual address, several times faster."""
    origin = f"https://{name.lower()}" if port in _PORTS else f"{scheme}://{name.lower()}:{port}"
    kept = _kept(query) if query and _TRACKED.search(f"&{query}") else query
    return f"{origin}{path or '/'}?{kept}" if kept else origin + (path or "/")


def _of_any(joined: str) -> str:
    try:
        parts = urlsplit(joined)
        port = parts.port
    except ValueError:
        return joined
    if parts.scheme not in _DEFAULT_PORT or not parts.hostname:
        return joined
    name = parts.hostname.rstrip(".").lower()
    name = f"[{name}]" if ":" in name else name
    netloc = name if port is None or port in _DEFAULT_PORT.values() else f"{name}:{port}"
    scheme = "https" if netloc == name else parts.scheme
    return urlunsplit((scheme, netloc, _SESSION.sub("", parts.path) or "/", _kept(parts.query), ""))


def _kept(query: str) -> str:
    """The parameters but those for tracking, each written in one way."""
    if _PLAIN.fullmatch(query):  # nothing in it could be written otherwise
        return "&".join(pair for pair in query.split("&") if not _TRACKING.match(pair.partition("=")[0]))
    return urlencode([(k, v) for k, v in parse_qsl(query, keep_blank_values=True) if not _TRACKING.match(k)], errors="replace")


def host(url: str) -> str:
    """Return the lower-case host of ``url`` without port, or ``""``."""
    try:
        return (urlsplit(url).hostname or "").rstrip(".").lower()
    except ValueError:
        return ""


def web(url: str) -> str:
    """Return ``url`` where it is an http or https address without white space, control characters, quotes, angle brackets and a user's name,
    else ``""``: what a page may link to (RFC 3986 2; a user's name before the host reads like a host)."""
    return url if url[:8].lower().startswith(("http://", "https://")) and host(url) != "" and not _DECEIVING.search(url) else ""


@lru_cache(maxsize=4096)
def registrable(url_or_host: str) -> str:
    """Return the registrable domain of a URL or host (``mofa.go.kr``, ``state.gov``) by the Public Suffix List.

    A host that has none (an address, ``localhost``) is returned as it is.
    """
    name = host(url_or_host) if "://" in url_or_host else url_or_host.lower().strip(".").split(":")[0]
    found = get_tld(f"https://{name}/", as_object=True, fail_silently=True) if "." in name else None
    return found.fld if isinstance(found, Result) else name


def belongs(name: str, domain: str) -> bool:
    """Tell whether host ``name`` is ``domain`` or lies under it (``www.mofa.go.kr`` under ``go.kr``)."""
    return name == domain or name.endswith("." + domain)
