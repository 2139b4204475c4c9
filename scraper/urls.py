"""Pure handling of URLs: one canonical form for identity, and whose site a URL is."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from tld import get_tld
from tld.result import Result

_TRACKING = re.compile(
    r"(?i)^(utm_\w+|fbclid|gclid|dclid|msclkid|yclid|igshid|mc_[ce]id|_ga|_gl|cmpid|cmp|ref_src|ref_url|spm|ocid|smid|sr_share|share)$"
)
_SESSION = re.compile(r"(?i);(jsessionid|phpsessid|sid)=[^/?#]*")
_PLAIN = re.compile(r"(?:[\w.~-]+=[\w.~-]*(?:&[\w.~-]+=[\w.~-]*)*)?", re.ASCII)
_DEFAULT_PORT = {"http": 80, "https": 443}


@lru_cache(maxsize=8192)
def canonical(url: str, base: str = "") -> str:
    """Return the one form of ``url`` by which an item is recognised (resolved against ``base``).

    Scheme and host lower-case, http written as https, default ports, fragments, tracking parameters, session ids and
    credentials dropped, parameters kept in their order, an empty path as ``/``. The result is for identity, not for fetching.
    A URL that cannot be parsed is returned stripped.
    """
    joined = urljoin(base, url.strip()) if base else url.strip()
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
