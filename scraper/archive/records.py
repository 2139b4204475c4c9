"""A page as one WARC record, and back.

The record is a ``response`` with the body after content decoding; what HTTP does not say of a page (the address asked for,
the redirects) stands in extension fields of the record's header. Addresses that are not HTTP become ``resource`` records.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from http import HTTPStatus
from io import BytesIO
from typing import Any
from urllib.parse import quote

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from scraper.model.moment import utc
from scraper.model.source import Page

MAX_BODY = 64_000_000
"""Bytes of a record's body, after content decoding, beyond which it is no page."""

_REQUESTED = "Trilateral-Requested"
_HOPS = "Trilateral-Hops"
_PERMANENT = "Trilateral-Permanent"
_TRANSFER = ("content-encoding", "transfer-encoding", "content-length")
_DECODED = ("", "identity", "gzip", "deflate")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]+")
_FIELD = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_URI_SAFE = "!#$%&'()*+,/:;=?@[]~"
_DATE = re.compile(r"(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(?:\.\d{1,9})?Z")


def digest(body: bytes) -> str:
    """Return the digest by which a body is recognised: ``sha256:`` and lower-case hexadecimal digits."""
    return "sha256:" + hashlib.sha256(body).hexdigest()


def member(page: Page, now: datetime) -> bytes:
    """Return a page as one whole gzip member that holds one record; ``now`` dates it where the page bears no time."""
    out = BytesIO()
    writer = WARCWriter(out, gzip=True, warc_version="1.1")
    http = page.url.startswith(("http://", "https://"))
    writer.write_record(
        writer.create_warc_record(
            _uri(page.url),
            "response" if http else "resource",
            payload=BytesIO(page.body),
            length=len(page.body),
            warc_content_type="" if http else (_line(page.headers.get("content-type", "")) or "application/octet-stream"),
            warc_headers_dict=_fields(page, now),
            http_headers=_head(page) if http else None,
        )
    )
    return out.getvalue()


def opening(name: str, software: str, now: datetime) -> bytes:
    """Return the ``warcinfo`` record that a file begins with, as one gzip member."""
    out = BytesIO()
    writer = WARCWriter(out, gzip=True, warc_version="1.1")
    record = writer.create_warcinfo_record(name, {"software": software, "format": "WARC File Format 1.1"})
    record.rec_headers.replace_header("WARC-Date", utc(now))
    writer.write_record(record)
    return out.getvalue()


def _fields(page: Page, now: datetime) -> dict[str, str]:
    fields = {
        "WARC-Date": page.fetched_at if _DATE.fullmatch(page.fetched_at) else utc(now),
        "WARC-Payload-Digest": "sha256:" + base64.b32encode(hashlib.sha256(page.body).digest()).decode("ascii"),
    }
    if page.requested != page.url:
        fields[_REQUESTED] = json.dumps(page.requested)
    if page.hops:
        fields[_HOPS] = json.dumps(page.hops)
    if page.permanent:
        fields[_PERMANENT] = "true"
    return fields


def _head(page: Page) -> Any:
    try:
        phrase = HTTPStatus(page.status).phrase
    except ValueError:
        phrase = "Unknown"
    kept = [(name, _line(value)) for name, value in page.headers.items() if name.lower() not in _TRANSFER and _FIELD.fullmatch(name)]
    return StatusAndHeaders(f"{page.status} {phrase}", [*kept, ("content-length", str(len(page.body)))], protocol="HTTP/1.1")


def _line(value: str) -> str:
    return _CONTROL.sub(" ", value).strip()


def _uri(url: str) -> str:
    return quote(url, safe=_URI_SAFE)


def page_of(record: Any, body: bytes) -> Page:
    """Return the page of a parsed ``response`` or ``resource`` record whose body was read and decoded."""
    fields = record.rec_headers
    url = (fields.get_header("WARC-Target-URI") or "").strip("<>")
    requested = _json(fields.get_header(_REQUESTED))
    hops = _json(fields.get_header(_HOPS))
    return Page(
        url=url,
        requested=requested if isinstance(requested, str) else url,
        status=_status(record),
        headers=_headers(record),
        body=body,
        fetched_at=_moment(fields.get_header("WARC-Date") or ""),
        hops=tuple(str(hop) for hop in hops) if isinstance(hops, list) else (),
        permanent=fields.get_header(_PERMANENT) == "true",
    )


def _json(text: str | None) -> object:
    try:
        return json.loads(text) if text else None
    except (ValueError, RecursionError):
        return None


def _status(record: Any) -> int:
    code = record.http_headers.get_statuscode() if record.http_headers else "200"
    return int(code) if re.fullmatch(r"[1-9][0-9]{2}", code) else 0


def _headers(record: Any) -> Mapping[str, str]:
    if not record.http_headers:
        return {"content-type": record.rec_headers.get_header("Content-Type") or ""}
    headers: dict[str, str] = {}
    for name, value in record.http_headers.headers:
        key = name.lower()
        # A coding that could not be undone stays named, so that the body is not taken for text.
        if key not in _TRANSFER or (key == "content-encoding" and value.strip().lower() not in _DECODED):
            headers[key] = f"{headers[key]}, {value}" if key in headers else value
    return headers


def _moment(text: str) -> str:
    found = _DATE.fullmatch(text.strip())
    if found is not None:
        return found[1] + "Z"
    try:
        return utc(datetime.strptime(text.strip()[:14], "%Y%m%d%H%M%S").replace(tzinfo=UTC))
    except ValueError:
        return ""
