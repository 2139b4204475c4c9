"""Services of others (Slack, Teams, Telegram, ntfy, HTTPS mail gateways and a hundred more) by Apprise.

The address that Apprise takes holds tokens, so it is a secret as a whole: nothing of it is told, logged or shown.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable
from dataclasses import dataclass

from apprise import Apprise, AppriseAsset, NotifyFormat
from apprise.exception import AppriseException
from apprise.plugins.base import NotifyBase
from apprise.result import AppriseResult

from scraper.errors import DeliveryError
from scraper.model.digest import Message
from scraper.model.settings import Channel
from scraper.notify.plain import lines, one_line, without

DEADLINE = 60.0
"""Seconds for the whole delivery."""

_PASSING = frozenset({408, 409, 425, 429})
_OF_THE_MESSAGE = frozenset({400, 413, 415, 422})
_CREDENTIALS = frozenset({401, 403, 407})
_STATUS = re.compile(r"error=([1-5][0-9]{2})\b")
_SIGNS = re.compile(r"https?://[^\s<>]+|[<>]|@(?=\w)|\](?=\()")
_STANDINS = {"<": "‹", ">": "›", "@": "@\u2060", "]": "] "}


@dataclass(frozen=True, slots=True)
class AppriseNotifier:
    """Sends to the ``url`` of ``channel``: the two lines of the short form, or with ``form`` full the text part, cut to what the service
    takes. ``deadline`` is seconds."""

    channel: Channel
    deadline: float = DEADLINE

    def send(self, message: Message) -> str:
        """Send and return which kind of service accepted it.

        Raises DeliveryError: permanent for an answer that is about the message (400, 413, 415, 422), refused for another of 4xx (a token or
        an address that is not right) but 408, 409, 425 and 429 and for an address that Apprise does not understand; all else may pass. What
        the service said is told only as far as it is a status.
        """
        service = self._service()
        title, body = self._parts(message, service)
        sender = Apprise(asset=service.asset)
        sender.add(service)
        result = sender.notify(body=body, title=title, body_format=NotifyFormat.TEXT, timeout=self.deadline)
        if not result:
            raise self._refusal(service, result)
        return f"accepted by {service.service_name}"

    def probe(self) -> str:
        """Return which kind of service the address is of; nothing is sent. Raises DeliveryError (refused) where it is of none."""
        return f"the address is one of {self._service().service_name}"

    def _service(self) -> NotifyBase:
        """The service of the address; it follows no redirect, keeps nothing on the disk and names no picture of others."""
        _silence()
        asset = AppriseAsset(
            app_id="trilateral", app_desc="trilateral", app_url="", image_url_mask="", image_url_logo="", http_redirects=False,
            interpret_emojis=False, async_mode=False, storage_mode="memory", service_timeout=self.deadline, allow_templates=False,
        )  # fmt: skip
        try:
            service = Apprise.instantiate(self.channel.url, asset=asset, suppress_exceptions=True)
        except (AppriseException, ValueError, TypeError):
            service = None
        if not isinstance(service, NotifyBase):
            raise DeliveryError("the url of the channel is understood by none of Apprise's services", refused=True)
        return service

    def _parts(self, message: Message, service: NotifyBase) -> tuple[str, str]:
        """Title and body, no longer than the service takes: what is too long it may refuse as a whole."""
        short = self.channel.form != "full"
        title, _, rest = message.short.partition("\n") if short and message.short else (message.subject, "", message.text)
        title = inert(one_line(title))
        body = inert(lines(rest)).strip() or title or "…"  # a service refuses what is empty
        room = service.body_maxlen - (len(title) + 2 if service.title_maxlen <= 0 or service.overflow_amalgamate_title else 0)
        return _cut(title, service.title_maxlen or service.body_maxlen), _cut(body, max(room, 1))

    def _refusal(self, service: NotifyBase, result: AppriseResult) -> DeliveryError:
        said = [str(entry.message) for entry in result.logs()]
        status = _status(said)
        if status:
            permanent = status in _OF_THE_MESSAGE
            refused = 400 <= status < 500 and not permanent and status not in _PASSING
            head = "credentials refused: " if status in _CREDENTIALS else ""
            return DeliveryError(f"{head}{service.service_name} answered {status}", permanent=permanent, refused=refused)
        if result.status.name == "TIMEOUT":
            return DeliveryError(f"{service.service_name} took longer than {self.deadline:g} seconds")
        told = without(said[-1], self.channel.url) if said else "no reason was given"
        return DeliveryError(f"{service.service_name} did not accept it: {told}")


def inert(text: str) -> str:
    """Return ``text`` without the signs that services read as markup, a mention of everybody or a hidden link; addresses stay whole."""
    return _SIGNS.sub(lambda found: _STANDINS.get(found[0], found[0]), text)


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: max(limit - 1, 0)].rstrip() + "…"


def _status(said: Iterable[str]) -> int:
    """The last HTTP status that the service's log names, 0 for none."""
    found = [int(match[1]) for entry in said for match in _STATUS.finditer(entry)]
    return found[-1] if found else 0


def _silence() -> None:
    """What Apprise and the client below it log can hold parts of the address; we tell what matters ourselves."""
    for name in ("apprise", "urllib3", "requests", "requests_oauthlib", "oauthlib"):
        library = logging.getLogger(name)
        library.propagate = False
        if not library.handlers:
            library.addHandler(logging.NullHandler())
