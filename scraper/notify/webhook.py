"""Signed JSON to an address of one's own (a webhook).

The body is the message's payload as it is stored, so that what is sent again is the same to the byte. Two headers go with it:

``Idempotency-Key``
    The message's id; a receiver that has seen it before answers 2xx and does nothing.
``Trilateral-Signature``
    ``t=<seconds since 1970>,v1=<hex>``: HMAC-SHA-256 (RFC 2104) of ``<t>.<body>`` under the shared secret. A receiver computes the same,
    compares in constant time, and refuses a ``t`` that is some minutes old.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.parse import urlsplit

import httpcore
import httpx

from scraper.errors import DeliveryError
from scraper.model.digest import Message
from scraper.model.settings import Channel
from scraper.notify.network import Network
from scraper.notify.plain import utf8, without
from scraper.notify.trust import tls_context

TIMEOUT = 20.0
DEADLINE = 60.0
"""Seconds for one operation on the network, and for the whole exchange."""

MAX_ANSWER = 4096
"""Bytes of an answer that are read; what follows is of no use to us."""

LONGEST_WAIT = 86_400.0
"""Seconds for which a receiver's Retry-After is heeded at most."""

_PASSING = frozenset({408, 409, 425, 429})
"""409 is said of a key that is just being worked on."""

_OF_THE_MESSAGE = frozenset({400, 413, 415, 422})
_CREDENTIALS = frozenset({401, 403, 407})
_SECONDS = re.compile(r"[0-9]{1,10}")
_NOT_ID = re.compile(r"[^A-Za-z0-9._-]+")


def signature(secret: str, moment: datetime, body: bytes) -> str:
    """Return the value of ``Trilateral-Signature`` for a body sent at an aware ``moment``."""
    seconds = str(int(moment.timestamp()))
    digest = hmac.new(utf8(secret).encode(), seconds.encode() + b"." + body, hashlib.sha256).hexdigest()
    return f"t={seconds},v1={digest}"


@dataclass(frozen=True, slots=True)
class WebhookNotifier:
    """Posts to the ``url`` of ``channel``, signed with its ``secret`` at the time of ``clock`` (aware).

    ``timeout`` is seconds for one operation on the network, ``deadline`` for the whole; a ``ca_file`` of the channel lies in ``folder``
    (None: the working folder) where its path is relative. No proxy is used, no redirect followed, no cookie kept.
    """

    channel: Channel
    clock: Callable[[], datetime]
    timeout: float = TIMEOUT
    deadline: float = DEADLINE
    folder: Path | None = None

    def send(self, message: Message) -> str:
        """Post the message's payload and return what was answered.

        Raises DeliveryError: permanent for an answer that is about the message (400, 413, 415, 422); refused for 3xx, other 4xx (a secret
        or an address that is not right) but 408, 409, 425 and 429, and for an address that cannot be asked or may not be; passing for
        these, 5xx, a timeout and everything else on the network. ``retry_after`` on it is a day at most.
        """
        body = utf8(message.payload).encode()
        status, said, wait = self._exchange(body, self._headers(message, body))
        told = f"{self._host} answered {status}" + (f" {said}" if said else "")
        if 200 <= status < 300:
            return told
        raise self._refusal(status, told, wait)

    def _refusal(self, status: int, told: str, wait: str) -> DeliveryError:
        head = "credentials refused: " if status in _CREDENTIALS else ""
        later = f" (try again after {self._shown(wait)})" if wait else ""
        permanent = status in _OF_THE_MESSAGE
        refused = not permanent and status not in _PASSING and status < 500
        return DeliveryError(head + told + later, permanent=permanent, refused=refused, retry_after=asked_to_wait(wait, self.clock()))

    @property
    def _host(self) -> str:
        """What is shown of the address; its path and query may be secret."""
        return f"the webhook at {urlsplit(self.channel.url).hostname or 'no host'}"

    def _headers(self, message: Message, body: bytes) -> dict[bytes | str, bytes | str]:
        return {
            "Content-Type": "application/json",
            "User-Agent": "trilateral",
            "Idempotency-Key": _NOT_ID.sub("-", message.message_id)[:200],
            "Trilateral-Signature": signature(self.channel.secret, self.clock(), body),
        }

    def _exchange(self, body: bytes, headers: dict[bytes | str, bytes | str]) -> tuple[int, str, str]:
        """The status, what was said with it (short, our secrets hidden), and how long to wait."""
        target = self._target()
        network = Network(private=self.channel.allow_private, seconds=self.deadline)
        context = tls_context(self.channel.ca_file and str(Path(self.folder or "", self.channel.ca_file)))
        limits = {"timeout": dict.fromkeys(("connect", "read", "write", "pool"), self.timeout)}
        try:
            with (
                httpcore.ConnectionPool(ssl_context=context, network_backend=network) as pool,
                pool.stream("POST", target, content=body, headers=headers, extensions=limits) as answer,
            ):
                wait = next((value for name, value in answer.headers if name.lower() == b"retry-after"), b"")
                return answer.status, self._shown(_beginning(answer)), wait.decode("latin-1").strip()
        except httpcore.TimeoutException as error:
            raise DeliveryError(f"{self._host} did not answer in time") from error
        except (httpcore.NetworkError, httpcore.ProtocolError) as error:
            raise DeliveryError(f"{self._host} could not be reached: {self._shown(str(error)) or type(error).__name__}") from error

    def _target(self) -> httpcore.URL:
        """The address in the form that goes over the wire (names in IDNA)."""
        try:
            url = httpx.URL(self.channel.url)
            found = httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path)
        except (httpx.InvalidURL, UnicodeError):
            found = httpcore.URL(scheme=b"", host=b"", port=None, target=b"")
        if found.scheme not in {b"http", b"https"} or not found.host or not 0 < (found.port or 80) < 65536:
            raise DeliveryError("the url of the webhook is no web address", refused=True)
        return found

    def _shown(self, said: str) -> str:
        return without(said, self.channel.secret, urlsplit(self.channel.url).path, urlsplit(self.channel.url).query)


def asked_to_wait(value: str, now: datetime) -> float:
    """Return the seconds that a Retry-After asks to wait (RFC 9110 10.2.3), given as a number or as an HTTP date; ``now`` is aware. 0 where it
    says nothing or lies in the past, LONGEST_WAIT at most."""
    if _SECONDS.fullmatch(value):
        return min(float(value), LONGEST_WAIT)
    try:
        moment = parsedate_to_datetime(value[:100])
    except (ValueError, TypeError, IndexError, OverflowError):
        return 0.0
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return min(max((aware - now).total_seconds(), 0.0), LONGEST_WAIT)


def _beginning(answer: httpcore.Response) -> str:
    """As much of the answer as tells what is wrong; what is packed is not unpacked, and one that breaks off has its status all the same."""
    found = b""
    packed = any(name.lower() == b"content-encoding" for name, _ in answer.headers)
    with suppress(httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError):
        for chunk in () if packed else answer.iter_stream():
            found += chunk
            if len(found) >= MAX_ANSWER:
                break
    return found[:MAX_ANSWER].decode("utf-8", "replace")
