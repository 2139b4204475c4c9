"""The channels of alerts.toml: what each kind needs, and what none may have."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from ipaddress import ip_address
from urllib.parse import urlsplit

from scraper.config import rules
from scraper.config.notes import Notes, Table, join, repeated
from scraper.config.secrets import Secrets
from scraper.config.shape import build, tables
from scraper.model.settings import Channel

KINDS = ("stdout", "file", "email", "apprise", "webhook", "atom")
SECURITY = ("none", "starttls", "tls")
FORMS = ("short", "full")
MAX_PORT = 65535
_CHANNEL_KEYS = frozenset(item.name for item in fields(Channel)) - {"name", "kind"}


def read_channels(table: Table, zone: str, secrets: Secrets, notes: Notes) -> tuple[Channel, ...]:
    """Read every ``[[channel]]``; one that names no zone has the zone of the digest times."""
    found = [(key, {"zone": zone} | inner) for key, inner in tables(table, "channel", notes)]
    for key in repeated(str(inner.get("name")) for _, inner in found if inner.get("name")):
        notes.problem(join("channel", key), "this name is used more than once")
    channels = (_read_channel(key, inner, secrets, notes) for key, inner in found)
    return tuple(channel for channel in channels if channel is not None)


def _read_channel(key: str, table: Table, secrets: Secrets, notes: Notes) -> Channel | None:
    if table.get("kind") == "apprise" and isinstance(table.get("url"), str) and "${" not in str(table["url"]):
        notes.problem(join(key, "url"), "is a secret written plainly: write ${NAME} or url_file")
    needed = table.get("enabled", True) is not False
    resolved = secrets.resolve(table, _CHANNEL_KEYS, key, notes, needed=needed)
    channel = build(Channel, resolved, key, notes)
    if channel is None:
        return None
    for name, fault in _channel_faults(channel):
        notes.require(not fault, join(key, name), fault)
    if channel.kind == "email" and channel.password and channel.security == "none" and not _is_loopback(channel.host):
        notes.warn(join(key, "security"), "the password would go over the network unencrypted")
    if channel.kind == "webhook" and channel.url.startswith("http://") and not channel.allow_private:
        notes.warn(join(key, "url"), "what is sent would go over the network unencrypted")
    return channel


def _channel_faults(channel: Channel) -> Iterator[tuple[str, str]]:
    yield "name", rules.identifier(channel.name)
    yield "kind", rules.one_of(channel.kind, KINDS)
    yield "language", rules.one_of(channel.language, rules.LANGUAGES)
    yield "zone", rules.zone(channel.zone)
    yield "security", rules.one_of(channel.security, SECURITY)
    yield "form", rules.one_of(channel.form, FORMS)
    yield "reviewer", rules.filled(channel.reviewer) if channel.reviewer else ""
    yield "port", "" if 0 <= channel.port <= MAX_PORT else f"must be between 0 (the usual one) and {MAX_PORT}"
    if channel.enabled:
        yield from _faults_of_kind(channel)


def _faults_of_kind(channel: Channel) -> Iterator[tuple[str, str]]:
    """What a channel that is on lacks for its kind."""
    if channel.kind in {"file", "atom"}:
        yield "path", rules.filled(channel.path)
    if channel.kind == "atom" and channel.host:
        yield "host", rules.host_name(channel.host)
    if channel.kind == "email":
        yield from _email_faults(channel)
    if channel.kind == "apprise":
        yield "url", rules.filled(channel.url)
    if channel.kind == "webhook":
        yield "url", rules.address(channel.url) or _credentials(channel.url)
        yield "secret", rules.filled(channel.secret)


def _credentials(url: str) -> str:
    return "must hold no user and password: what is sent is signed" if "@" in urlsplit(url).netloc else ""


def _email_faults(channel: Channel) -> Iterator[tuple[str, str]]:
    yield "host", rules.host_name(channel.host)
    yield "sender", rules.mailbox(channel.sender)
    yield "recipients", "" if channel.recipients else "at least one is needed"
    for recipient in channel.recipients:
        yield "recipients", rules.mailbox(recipient)
    yield "password", "" if bool(channel.username) == bool(channel.password) else "username and password belong together"
    yield "unsubscribe", _unsubscribe(channel.unsubscribe)


def _unsubscribe(value: str) -> str:
    if value.startswith("mailto:"):
        return rules.mailbox(value.removeprefix("mailto:").partition("?")[0])
    return rules.address(value) if value else ""


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
