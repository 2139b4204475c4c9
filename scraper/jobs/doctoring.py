"""What a doctor looks at: configuration, database, disk, clock, mail, and which sources answer from this address. Nothing is changed."""

from __future__ import annotations

import math
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from statistics import median_low
from threading import Event
from urllib.parse import urlsplit

from scraper.config import Config
from scraper.errors import DatabaseBusy, DeliveryError, Problem, StorageError
from scraper.fetch import Fetcher
from scraper.jobs.checking import Look, looks
from scraper.jobs.rooms import Home
from scraper.model.moment import parse_utc, utc
from scraper.model.source import Page, Source
from scraper.notify.mail import EmailNotifier
from scraper.storage import soundness
from scraper.storage.soundness import Soundness

OK, WARN, FAIL = "ok", "warn", "fail"
CLOCK_SECONDS = 120
"""A clock that is further off is told of: times of first sight and of digests would be wrong."""

LEAST_FREE, LITTLE_FREE = 100_000_000, 1_000_000_000
"""Bytes of free disk below which the watch is about to stop, and below which somebody should look."""

PATIENCE = 90.0
"""Seconds for which all official sources together are waited for."""

_ANSWERED = frozenset({"ok", "stale", "gap", "not_modified"})


@dataclass(frozen=True, slots=True)
class Finding:
    """One line: what was looked at, its ``grade`` (ok, warn, fail), and a sentence."""

    name: str
    grade: str
    sentence: str


def configuration(config: Config, *, upgrade: bool = False) -> Iterator[Finding]:
    """Yield what is odd in a configuration that can be used: unknown keys, which a newer version may mean otherwise."""
    for problem in config.warnings:
        yield Finding("config", WARN, str(problem))
    if not config.warnings:
        enabled = sum(source.enabled for source in config.sources)
        known = "; no key is unknown to this version" if upgrade else ""
        yield Finding("config", OK, f"{enabled} of {len(config.sources)} sources are on{known}.")
    yield _expected(config)
    yield from _keys(config)


def _keys(config: Config) -> Iterator[Finding]:
    """A key that is missing is no fault: its sources are off, which is told with how to get it."""
    for key in config.aside.keys:
        off = [source.id for source in config.sources if key.name in source.lacks.split(", ")]
        if off:
            told = f"{', '.join(off)} {'is' if len(off) == 1 else 'are'} off for want of {key.name}, a free key of {key.title}"
            put = f"put it into the environment as {key.name} (for the service: /etc/trilateral.env)"
            yield Finding("key", OK, f"{told} ({key.url}): {key.how}; {put}.")


def _expected(config: Config) -> Finding:
    """What windows.toml and its iCalendar files came to, since nothing else shows that a meeting was understood."""
    meetings, briefings = config.windows.windows, len(config.windows.briefings)
    last = f", the last until {utc(max(one.end for one in meetings))}" if meetings else ""
    return Finding("windows", OK, f"{_counted(len(meetings), 'announced meeting')}{last}; {_counted(briefings, 'weekly briefing')}.")


def broken(problems: Sequence[Problem]) -> Iterator[Finding]:
    """Yield the problems of a configuration that cannot be used."""
    for problem in problems:
        yield Finding("config", FAIL, str(problem))


def house(home: Home, *, upgrade: bool = False) -> Iterator[Finding]:
    """Yield what is found on this machine: the database, the disk and, for an upgrade, migrations and room for the copy before."""
    state = None
    if home.database.exists():
        try:
            state = soundness.look(home.database)
            yield Finding("database", OK, f"{home.database.name} is whole ({_size(state.size)}).")
        except DatabaseBusy as error:
            yield Finding("database", WARN, str(error))
        except StorageError as error:
            yield Finding("database", FAIL, str(error))
    else:
        yield Finding("database", WARN, f"{home.database} is not there yet; the first start makes it.")
    yield _disk(home)
    if upgrade and state is not None:
        yield _migrations(state)
        yield _backup(home, state)


def _disk(home: Home) -> Finding:
    folder = _standing(home.folder)
    try:
        usage = shutil.disk_usage(folder)
    except OSError as error:
        return Finding("disk", FAIL, f"{folder} cannot be looked at: {error.strerror}.")
    if not os.access(folder, os.W_OK):
        return Finding("disk", FAIL, f"{folder} cannot be written.")
    grade = FAIL if usage.free < LEAST_FREE else WARN if usage.free < LITTLE_FREE else OK
    return Finding("disk", grade, f"{_size(usage.free)} of {_size(usage.total)} are free at {folder}.")


def _migrations(state: Soundness) -> Finding:
    if not state.pending:
        return Finding("migrations", OK, "none is pending.")
    return Finding("migrations", OK, f"pending, applied at the next start after a copy: {', '.join(state.pending)}.")


def _backup(home: Home, state: Soundness) -> Finding:
    folder = _standing(home.backups)
    free = shutil.disk_usage(folder).free
    if not os.access(folder, os.W_OK):
        return Finding("backup", FAIL, f"{folder} cannot be written, so that no copy can be made before migrations.")
    if free < 2 * state.size + LEAST_FREE:
        return Finding("backup", FAIL, f"a copy needs {_size(state.size)} and as much again to migrate; {_size(free)} are free.")
    return Finding("backup", OK, f"there is room for a copy of {_size(state.size)} in {home.backups}.")


def _standing(folder: Path) -> Path:
    """The folder, or the nearest above it that exists."""
    return next((path for path in (folder, *folder.absolute().parents) if path.is_dir()), Path("/"))


def _size(count: int) -> str:
    if count < 1000:
        return f"{count} bytes"
    power = min(int(math.log10(count)) // 3, 4)
    return f"{count / 1000**power:.1f} {('', 'kB', 'MB', 'GB', 'TB')[power]}"


def mail(config: Config, probe: Callable[[EmailNotifier], str] = EmailNotifier.probe, folder: Path | None = None) -> Iterator[Finding]:
    """Yield for each e-mail channel that is on whether its server answers; no message is sent. ``folder`` is the home."""
    for channel in config.alerts.channels:
        if channel.enabled and channel.kind == "email":
            try:
                yield Finding("mail", OK, f"{channel.name}: {probe(EmailNotifier(channel, folder=folder))}.")
            except DeliveryError as error:
                yield Finding("mail", FAIL, f"{channel.name}: {error}.")


def clock_of(seen: Iterable[Look]) -> Finding:
    """Return how far our clock is from those of the official servers that answered (Date, RFC 9110 6.6.1), one a host; of several the
    middle one counts, since a server's clock may be wrong, too."""
    told = {urlsplit(look.page.url).netloc: offset(look.page) for look in seen if look.page is not None}
    offsets = sorted((off for off in told.values() if off is not None), key=abs)
    if not offsets:
        return Finding("clock", WARN, "could not be compared: no source answered with its time.")
    off = median_low(offsets)
    if abs(off) > CLOCK_SECONDS:
        return Finding("clock", FAIL, f"our clock is {abs(off):.0f} seconds {'ahead of' if off > 0 else 'behind'} that of the sources.")
    return Finding("clock", OK, f"within {_counted(max(round(abs(off)), 1), 'second')} of {_counted(len(offsets), 'server')}.")


def offset(page: Page) -> float | None:
    """Return the seconds by which our clock was ahead of the server's when the page came; None where it tells no time.

    A copy out of a cache is older than its Date by ``Age`` (RFC 9111 5.1).
    """
    age = page.headers.get("age", "0").strip()
    try:
        told = parsedate_to_datetime(page.headers.get("date", "")[:64])
    except (ValueError, TypeError, OverflowError):
        return None
    aware = told if told.tzinfo else told.replace(tzinfo=UTC)
    seconds = int(age) if age.isascii() and age.isdigit() and len(age) < 10 else 0
    return (parse_utc(page.fetched_at) - aware).total_seconds() - seconds


def official(config: Config) -> tuple[Source, ...]:
    """Return the official sources that are on, one of each publisher first, then their fallbacks."""
    return tuple(sorted((source for source in config.sources if source.enabled and source.official), key=lambda source: source.rank))


def asked(
    config: Config, fetcher: Fetcher, clock: Callable[[], datetime], *, patience: float = PATIENCE, ending: Event | None = None
) -> list[Look]:
    """Ask every official source once for its page, within ``patience`` seconds in all; nothing is stored. ``ending`` is what the
    client sleeps by (see ``checking.looks``)."""
    return looks(fetcher, official(config), clock, patience=patience, ending=ending or Event())


def sources(seen: Sequence[Look]) -> Iterator[Finding]:
    """Yield whether the official sources answer from this address: first in a sentence, then each, those that fail in front; sources
    that fail alike, as those of one host do, share a line.

    A source that does not answer is a warning where another of the same publisher and language does, else a failure.
    """
    served = {_voice(look.source) for look in seen if look.outcome in _ANSWERED}
    yield _summary(seen, served)
    alike: dict[tuple[str, str], list[str]] = {}
    for look in sorted(seen, key=lambda look: (look.outcome in _ANSWERED, _voice(look.source) in served)):
        alike.setdefault(_answer(look, replaced=_voice(look.source) in served), []).append(look.source.id)
    for (grade, sentence), ids in alike.items():
        yield Finding("source", grade, f"{', '.join(ids)}: {sentence}.")


def _summary(seen: Sequence[Look], served: set[tuple[str, str]]) -> Finding:
    if not seen:
        return Finding("sources", WARN, "none of the sources that are on is official.")
    failed = [look for look in seen if look.outcome not in _ANSWERED]
    blind = sorted({"{} ({})".format(*_voice(look.source)) for look in failed if _voice(look.source) not in served})
    told = f"{len(seen) - len(failed)} of {_counted(len(seen), 'official source')} answer from this address"
    if len(failed) == len(seen):
        return Finding("sources", FAIL, f"{told}: {_nobody(failed)}.")
    if blind:
        return Finding("sources", FAIL, f"{told}; unwatched: {', '.join(blind)}.")
    return Finding("sources", WARN if failed else OK, f"{told}{'; of each that fails another of its publisher answers' if failed else ''}.")


def _nobody(failed: Sequence[Look]) -> str:
    """What to look at first where nobody answers."""
    outcomes = {look.outcome for look in failed}
    if outcomes == {"dns"}:
        return "no host's name is resolved, so look at this machine's network and DNS first"
    if outcomes <= {"dns", "http", "timeout", "tls"}:
        return "look at this machine's network, firewall (see: trilateral sources hosts) and proxy first"
    return "see each below"


def _answer(look: Look, *, replaced: bool) -> tuple[str, str]:
    """The grade of an answer, and the words for it, which are the same for all sources of a host that is down."""
    if look.outcome == "stale":
        return WARN, f"answers, but {look.error}"
    if look.outcome in _ANSWERED:
        newest = f", the newest of {look.newest}" if look.newest else ""
        return OK, _counted(len(look.entries), "entry") + newest
    rest = "; another of its publisher answers" if replaced else ""
    return WARN if replaced or look.late else FAIL, f"{look.outcome}: {look.error.rstrip('.')}{rest}"


def _counted(number: int, noun: str) -> str:
    plural = noun[:-1] + "ies" if noun.endswith("y") else noun + "s"
    return f"{number} {noun if number == 1 else plural}"


def _voice(source: Source) -> tuple[str, str]:
    return source.publisher or source.id, source.language
