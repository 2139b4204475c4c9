"""Reading what a server answered: waits it asks for, block pages, redirects, the headers that are kept. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx

from scraper.errors import FetchError

REDIRECTS = (301, 302, 303, 307, 308)
PERMANENT = (301, 308)

_MAX_HEADERS = 256
_MAX_HEAD = 64 * 1024
_LONGEST = 10 * 365 * 86_400.0
# They describe the bytes on the wire, which are gone, or hold what only this exchange may know.
_DROPPED = frozenset({"content-encoding", "transfer-encoding", "content-length", "connection", "keep-alive", "set-cookie", "trailer"})
_CHALLENGE_HEADERS = {"cf-mitigated": ("challenge",), "x-amzn-waf-action": ("challenge", "captcha")}
_SERVED_CHALLENGE = re.compile(rb"_cf_chl_opt|cf-browser-verification|awsWafCookieDomainList")
_ERROR_CHALLENGE = re.compile(rb"(?i)_cf_chl_|/cdn-cgi/challenge-platform/|_Incapsula_Resource|captcha-delivery\.com|sucuri_cloudproxy_js")
_NUMBER = re.compile(r"[0-9]{1,10}")
_DIRECTIVE = re.compile(r"(?<![\w-])(no-store|no-cache|max-age)(?![\w-])(?:\s?=\s?\"?([0-9]{1,20}))?")
_LONG_HEADER = 1_000
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]{0,30}):")


def retry_after(value: str, now: datetime) -> float | None:
    """Return the seconds that a Retry-After asks to wait, given as a number or as an HTTP date; None where it says nothing.

    ``now`` is aware; a date in the past is 0, a senseless far one ten years.
    """
    text = value.strip()
    if _NUMBER.fullmatch(text):
        return min(float(text), _LONGEST)
    moment = _moment(text)
    return None if moment is None else min(max((moment - now).total_seconds(), 0.0), _LONGEST)


def fresh_for(headers: Mapping[str, str], now: datetime) -> float | None:
    """Return the seconds for which an answer may still be used without asking again (RFC 9111 4.2): ``max-age``, else ``Expires``
    less ``Date`` (``now``, aware, where there is none), less ``Age``; None where it does not say, 0 where it must be asked for.

    Names of headers are lower-case. ``s-maxage`` is for caches that many share, which this program is not.
    """
    directives = dict(_DIRECTIVE.findall(headers.get("cache-control", "")[:_LONG_HEADER].lower()))
    if "no-store" in directives or "no-cache" in directives:
        return 0.0
    lasting = _lasting(directives.get("max-age", ""), headers, now)
    age = headers.get("age", "").strip()
    return None if lasting is None else min(max(lasting - (float(age) if _NUMBER.fullmatch(age) else 0.0), 0.0), _LONGEST)


def _lasting(told: str, headers: Mapping[str, str], now: datetime) -> float | None:
    if told:
        return float(told[:10])
    if "expires" not in headers:
        return None
    over = _moment(headers["expires"])
    # A date that cannot be read, above all "0", is one that has passed (RFC 9111 5.3).
    return (over - (_moment(headers.get("date", "")) or now)).total_seconds() if over else 0.0


def _moment(value: str) -> datetime | None:
    """An HTTP date with its zone; None where it is none."""
    text = value.strip()
    if len(text) > 64:
        return None
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def check_head(headers: httpx.Headers) -> None:
    """Raise FetchError ``too_large`` where there are more headers than any page needs."""
    if len(headers.raw) > _MAX_HEADERS or sum(len(name) + len(value) for name, value in headers.raw) > _MAX_HEAD:
        raise FetchError("the headers are too large", code="too_large")


def kept_headers(headers: httpx.Headers) -> Mapping[str, str]:
    """Return the headers of a Page: names lower-case, repeated ones joined, those of the transfer and cookies dropped."""
    return {name: value for name, value in headers.items() if name not in _DROPPED}


def challenged(status: int, headers: Mapping[str, str], body: bytes) -> bool:
    """Tell whether a bot check answered instead of the site.

    With a good status only what such pages alone hold counts: sites behind the same services load their scripts as well.
    """
    if any(headers.get(name, "").lower() in values for name, values in _CHALLENGE_HEADERS.items()):
        return True
    pattern = _ERROR_CHALLENGE if status >= 400 else _SERVED_CHALLENGE
    return pattern.search(body[:65_536]) is not None


def failure(url: str, status: int, headers: Mapping[str, str], body: bytes, now: datetime) -> FetchError:
    """Return the error of an unsuccessful status: ``blocked`` for a refusal (403, 451) or a bot check, else ``http``."""
    checked = challenged(status, headers, body)
    blocked = checked or status in (403, 451)
    wait = retry_after(headers.get("retry-after", ""), now)
    reason = "a bot check, HTTP status" if checked else "refused, HTTP status" if blocked else "HTTP status"
    return FetchError(f"{url}: {reason} {status}", code="blocked" if blocked else "http", status=status, retry_after=wait)


def location(url: httpx.URL, status: int, headers: Mapping[str, str]) -> str:
    """Return the absolute address a redirect points to, without fragment; raises FetchError ``redirect`` where there is none
    and ``address`` where it has a scheme that is not fetched."""
    value = headers.get("location", "").strip()
    if not value:
        raise FetchError(f"{url}: redirect {status} without an address", code="redirect", status=status)
    scheme = _SCHEME.match(value)
    if scheme and scheme[1].lower() not in ("http", "https"):
        raise FetchError(f"{url} redirects to {value[:200]!r}: only http and https are fetched", code="address", status=status)
    try:
        return str(url.join(value).copy_with(fragment=None))
    except (httpx.InvalidURL, ValueError) as error:
        raise FetchError(f"{url}: redirect to no URL ({error})", code="redirect", status=status) from error
