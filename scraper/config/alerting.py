"""alerts.toml: when digests go out, and where."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

from scraper.config import rules
from scraper.config.channels import read_channels
from scraper.config.notes import Notes, Table, join
from scraper.config.secrets import Secrets
from scraper.config.shape import build, members, warn_unknown
from scraper.model.routing import ALERT_KINDS, WHEN
from scraper.model.settings import AlertSettings

LEAST_SECRET = 16
"""Characters of a secret that signs: a hundred bits and more where they are drawn by chance."""

_SECRET_KEYS = frozenset({"heartbeat_url", "review_secret"})


def read_alerts(table: Table, secrets: Secrets, notes: Notes) -> AlertSettings:
    """Return the settings of alerts.toml, those of its channels that can be read among them; every fault is noted."""
    known = set(members(AlertSettings)) | {f"{key}_file" for key in _SECRET_KEYS}
    warn_unknown(table, known, "", notes)
    top = {key: value for key, value in table.items() if key != "channel" and key in known}
    resolved = secrets.resolve(top, _SECRET_KEYS, "", notes, needed=True)
    settings = build(AlertSettings, resolved, "", notes) or AlertSettings()
    channels = read_channels(table, settings.zone, secrets, notes)
    for key, fault in _faults(settings):
        notes.require(not fault, key, fault)
    for key, fault in _rule_faults(table, settings, frozenset(channel.name for channel in channels)):
        notes.require(not fault, key, fault)
    pages_url = settings.pages_url and settings.pages_url.rstrip("/") + "/"
    made = {"channels": channels, "pages_url": pages_url}
    return AlertSettings(**{item.name: getattr(settings, item.name) for item in fields(settings)} | made)


def _faults(settings: AlertSettings) -> Iterator[tuple[str, str]]:
    for time in settings.digest_times:
        yield "digest_times", rules.clock(time)
    yield "zone", rules.zone(settings.zone)
    yield "watch_report", rules.weekday(settings.watch_report)
    yield "quiet", rules.span(settings.quiet) if settings.quiet else ""
    for name in ("max_age_hours", "omitted_after", "revived_after_months", "revived_statements", "press_wait_hours", "review_days"):
        yield name, rules.positive(getattr(settings, name))
    yield "heartbeat_url", rules.address(settings.heartbeat_url) if settings.heartbeat_url else ""
    yield "pages_url", _pages_fault(settings.pages_url) if settings.pages_url else ""
    yield "review_secret", _secret_fault(settings.review_secret) if settings.review_secret else ""


def _pages_fault(url: str) -> str:
    return rules.address(url) or ("must be an address alone, without user, query or fragment" if set(url) & set("@?#") else "")


def _secret_fault(secret: str) -> str:
    """What is wrong with a secret; one that is not set was told of already."""
    return "" if "${" in secret or len(secret) >= LEAST_SECRET else f"must have at least {LEAST_SECRET} characters"


def _rule_faults(table: Table, settings: AlertSettings, channels: frozenset[str]) -> Iterator[tuple[str, str]]:
    """What is wrong with each ``[[rule]]``; channels that could not be read are not held against it."""
    written = table.get("channel", [])
    named = channels | {str(one.get("name")) for one in written if isinstance(one, dict)} if isinstance(written, list) else channels
    for number, rule in enumerate(settings.rules, 1):
        key = join("rule", f"[{number}]")
        yield join(key, "when"), rules.one_of(rule.when, WHEN)
        for kind in rule.kinds:
            yield join(key, "kinds"), rules.one_of(kind, ALERT_KINDS)
        for language in rule.languages:
            yield join(key, "languages"), rules.language(language)
        for channel in rule.channels:
            yield join(key, "channels"), "" if channel in named else "names a channel that there is not"


def check_rules(settings: AlertSettings, parties: frozenset[str], levels: frozenset[str], notes: Notes) -> None:
    """Note every party and level of a ``[[rule]]`` that watch.toml does not have: such a rule would never fit."""
    for number, rule in enumerate(settings.rules, 1):
        key = join("rule", f"[{number}]")
        for name in rule.parties:
            notes.require(name in parties, join(key, "parties"), "is no party of watch.toml")
        for name in rule.levels:
            notes.require(name in levels, join(key, "levels"), "is no level of watch.toml")
