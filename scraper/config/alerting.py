"""alerts.toml: when digests go out, and where."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from ipaddress import ip_address

from scraper.config import rules
from scraper.config.notes import Notes, Table, join, repeated
from scraper.config.secrets import Secrets
from scraper.config.shape import build, members, tables, warn_unknown
from scraper.model.settings import AlertSettings, Channel

KINDS = ("stdout", "file", "email")
SECURITY = ("none", "starttls", "tls")
MAX_PORT = 65535
_CHANNEL_KEYS = frozenset(item.name for item in fields(Channel)) - {"name", "kind"}


def read_alerts(table: Table, secrets: Secrets, notes: Notes) -> AlertSettings:
    """Return the settings of alerts.toml, those of its channels that can be read among them; every fault is noted."""
    known = set(members(AlertSettings))
    warn_unknown(table, known | {"heartbeat_url_file"}, "", notes)
    top = {key: value for key, value in table.items() if key != "channel" and (key in known or key == "heartbeat_url_file")}
    resolved = secrets.resolve(top, frozenset({"heartbeat_url"}), "", notes, needed=True)
    settings = build(AlertSettings, resolved, "", notes) or AlertSettings()
    channels = _read_channels(table, settings.zone, secrets, notes)
    for key, fault in _faults(settings):
        notes.require(not fault, key, fault)
    return AlertSettings(**{item.name: getattr(settings, item.name) for item in fields(settings)} | {"channels": channels})


def _faults(settings: AlertSettings) -> Iterator[tuple[str, str]]:
    for time in settings.digest_times:
        yield "digest_times", rules.clock(time)
    yield "zone", rules.zone(settings.zone)
    yield "watch_report", rules.weekday(settings.watch_report)
    for name in ("max_age_hours", "omitted_after", "revived_after_months", "revived_statements"):
        yield name, rules.positive(getattr(settings, name))
    yield "heartbeat_url", rules.address(settings.heartbeat_url) if settings.heartbeat_url else ""


def _read_channels(table: Table, zone: str, secrets: Secrets, notes: Notes) -> tuple[Channel, ...]:
    """Read every ``[[channel]]``; one that names no zone has the zone of the digest times."""
    found = [(key, {"zone": zone} | inner) for key, inner in tables(table, "channel", notes)]
    for key in repeated(str(inner.get("name")) for _, inner in found if inner.get("name")):
        notes.problem(join("channel", key), "this name is used more than once")
    channels = (_read_channel(key, inner, secrets, notes) for key, inner in found)
    return tuple(channel for channel in channels if channel is not None)


def _read_channel(key: str, table: Table, secrets: Secrets, notes: Notes) -> Channel | None:
    needed = table.get("enabled", True) is not False
    resolved = secrets.resolve(table, _CHANNEL_KEYS, key, notes, needed=needed)
    channel = build(Channel, resolved, key, notes)
    if channel is None:
        return None
    for name, fault in _channel_faults(channel):
        notes.require(not fault, join(key, name), fault)
    if channel.password and channel.security == "none" and not _is_loopback(channel.host):
        notes.warn(join(key, "security"), "the password would go over the network unencrypted")
    return channel


def _channel_faults(channel: Channel) -> Iterator[tuple[str, str]]:
    yield "name", rules.identifier(channel.name)
    yield "kind", rules.one_of(channel.kind, KINDS)
    yield "language", rules.one_of(channel.language, rules.LANGUAGES)
    yield "zone", rules.zone(channel.zone)
    yield "security", rules.one_of(channel.security, SECURITY)
    yield "port", "" if 0 <= channel.port <= MAX_PORT else f"must be between 0 (the usual one) and {MAX_PORT}"
    if channel.enabled and channel.kind == "file":
        yield "path", rules.filled(channel.path)
    if channel.enabled and channel.kind == "email":
        yield from _email_faults(channel)


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
