"""Links by which a person decides on an initiative out of a digest: signed, of one action, for a time.

A link has two forms of the same payload. The *stored* one stands in the digest as the database keeps it, where everybody who may read the
database reads it, and does nothing; :func:`sealed` makes of it the one that acts, when the digest is sent. Each is signed under a name of its
own (HMAC-SHA256, https://itsdangerous.palletsprojects.com), so that the sealing signs nothing but what was made here: an address that
stands in somebody's text stays as it is.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from datetime import datetime, timedelta

from itsdangerous import BadData, Signer
from itsdangerous.encoding import base64_decode, base64_encode

from scraper.errors import LinkRefused
from scraper.model.initiative import Near
from scraper.model.moment import parse_utc, utc

ACTIONS = ("confirm", "merge", "dismiss")

LONGEST = 2048
"""Characters of a token, more than the longest that is made: two slugs of eighty and a person of LONGEST_WHO, of three bytes each."""

LONGEST_WHO = 120
"""Characters of whoever decides; what is longer is cut."""

_ACTS, _STORED = b"trilateral review link", b"trilateral review link as stored"
_TOKEN = re.compile(r"[A-Za-z0-9_-]{1,2000}\.[A-Za-z0-9_-]{43}", re.ASCII)
_LINK = re.compile(r"(?<=/review/)[A-Za-z0-9_-]{1,2000}\.[A-Za-z0-9_-]{43}(?![A-Za-z0-9_.-])", re.ASCII)
_UNTIL = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", re.ASCII)


@dataclass(frozen=True, slots=True)
class ReviewLink:
    """What one link does: ``action`` out of ACTIONS to the initiative ``subject`` (a slug), by ``who``, before ``until`` (UTC, as
    :func:`scraper.model.moment.utc` writes it); ``into`` is the slug of the one that it is merged into, else empty. ``language`` is that of
    the digest, in which the page behind it speaks."""

    action: str
    subject: str
    who: str
    until: str
    into: str = ""
    language: str = "en"

    @property
    def id(self) -> str:
        """The name by which it is kept that this link acted: a hash (SHA-256, hexadecimal) of all that it says."""
        return hashlib.sha256(_written(self)).hexdigest()


def signed(link: ReviewLink, secret: str) -> str:
    """Return the token that acts, of letters, digits, ``-``, ``_`` and a dot; the same for the same link and secret."""
    return _signer(secret, _ACTS).sign(base64_encode(_written(link))).decode("ascii")


def stored(link: ReviewLink, secret: str) -> str:
    """Return the token of a link as a digest is stored with it, which does nothing until it is :func:`sealed`."""
    return _signer(secret, _STORED).sign(base64_encode(_written(link))).decode("ascii")


def read_link(token: str, secret: str, now: datetime) -> ReviewLink:
    """Return what a token says that acts; raises LinkRefused (malformed, forged, stored, expired). ``now`` has a zone."""
    if len(token) > LONGEST or not _TOKEN.fullmatch(token):
        raise LinkRefused("this is no such link, or only a part of one", code="malformed")
    if not _holds(token, secret, _ACTS):
        if _holds(token, secret, _STORED):
            raise LinkRefused("this link is out of a stored digest; only the one that was sent acts", code="stored")
        raise LinkRefused("this link was not signed here, or was changed", code="forged")
    link = _parsed(token)
    if now >= parse_utc(link.until):
        raise LinkRefused(f"this link held until {link.until}", code="expired")
    return link


def spoken(token: str, secret: str) -> str:
    """Return the language of a token that was signed here, whether it acts or not, else English."""
    ours = len(token) <= LONGEST and bool(_TOKEN.fullmatch(token)) and any(_holds(token, secret, salt) for salt in (_ACTS, _STORED))
    try:
        return _parsed(token).language if ours else "en"
    except LinkRefused:
        return "en"


def sealed(text: str, secret: str) -> str:
    """Return a text, markup or JSON with every stored link in it made into the one that acts; all else stays as it is."""
    return _LINK.sub(lambda found: _sealed(found[0], secret), text)


def review_links(
    pages_url: str,
    secret: str,
    initiative: str,
    nearest: Sequence[Near],
    who: str,
    now: datetime,
    days: float,
    *,
    language: str = "en",
) -> tuple[tuple[str, str], ...]:
    """Return (action, address) for an initiative: confirm, merge into the first of ``nearest`` where there is one, dismiss.

    The addresses are those of a stored digest, to be :func:`sealed` when it is sent. They are the same for the same initiative, person
    and time: ``now`` is when the digest is made, to the second. There are none without a ``pages_url`` (ending in a slash) or a secret.
    """
    if not (pages_url and secret):
        return ()
    until, person = utc(now + timedelta(days=days)), " ".join(who.split())[:LONGEST_WHO]
    into = next((near.id for near in nearest if near.id and near.id != initiative), "")
    links = [ReviewLink(action, initiative, person, until, into if action == "merge" else "", language) for action in ACTIONS]
    return tuple((link.action, f"{pages_url}review/{stored(link, secret)}") for link in links if link.into or link.action != "merge")


def _signer(secret: str, salt: bytes) -> Signer:
    return Signer(secret.encode(), salt=salt, key_derivation="hmac", digest_method=hashlib.sha256)


def _holds(token: str, secret: str, salt: bytes) -> bool:
    """Whether a token is one that we sign, to the last bit: base64 has more than one way to write the last character."""
    try:
        return _signer(secret, salt).sign(_signer(secret, salt).unsign(token)) == token.encode()
    except BadData:
        return False


def _sealed(token: str, secret: str) -> str:
    try:
        return signed(_parsed(token), secret) if _holds(token, secret, _STORED) else token
    except LinkRefused:  # stored by another version: it stays what does nothing
        return token


def _written(link: ReviewLink) -> bytes:
    return json.dumps(astuple(link), ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def _parsed(token: str) -> ReviewLink:
    """What stands in a token whose signature holds; one of another version may say what this one does not know."""
    try:
        said = json.loads(base64_decode(token.partition(".")[0]))
    except (BadData, ValueError, RecursionError) as error:
        raise _foreign() from error
    if not isinstance(said, list) or len(said) != 6 or not all(isinstance(part, str) for part in said):
        raise _foreign()
    link = ReviewLink(*said)
    if link.action not in ACTIONS or not link.subject or not _UNTIL.fullmatch(link.until) or bool(link.into) != (link.action == "merge"):
        raise _foreign()
    return link


def _foreign() -> LinkRefused:
    return LinkRefused("this link says what this version does not know", code="malformed")
