"""Rows of the watch itself: polls and entries of a year, days that are over, and what people decided and were told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

from benchmarks.datasette.press import url
from benchmarks.datasette.sink import Sink
from benchmarks.datasette.words import COMMON, LANGUAGES, drawn, tongue
from scraper.model.moment import utc
from scraper.model.source import Source
from scraper.text import fold

DAYS = 365
_OUTCOMES = ("ok", "not_modified", "timeout")
_WEIGHTS = (30, 67, 3)
_DECISIONS = (
    ("irrelevant", "the parties are not named together"),
    ("not_read", "neither title nor summary names what is watched"),
    ("failed", "timeout"),
)
_PAGE = "<p>A digest as it was sent.</p>" * 400


def polls(sink: Sink, sources: Sequence[Source], seed: int, today: date, kept_days: int, scale: float) -> None:
    """Write the attempts of the days that are kept singly, the sums of those before, and the coverage of all days that are over."""
    chance = drawn(f"polls {seed}")
    begun = today - timedelta(days=DAYS)
    single = max(1, round(kept_days * scale))
    names = "source_id started_at finished_at outcome http_status entries new error"
    sink.all("polls", names, _attempts(chance, sources, today, single))
    days = [str(begun + timedelta(days=past)) for past in range(DAYS)]
    sink.all("poll_days", "source_id day outcome n", _sums(sources, days[: DAYS - single]))
    official = [one for one in sources if one.official and one.party]
    sink.all(
        "coverage_days", "day source_id party polls good minutes blind_minutes longest_blind_minutes blind_from blind_to",
        ((day, one.id, one.party, 96, 95, 1440, number % 40, number % 40, f"{day}T03:00:00Z", f"{day}T03:30:00Z") for number, one in enumerate(official) for day in days[:-1]),
    )  # fmt: skip
    sink.connection.execute("UPDATE terms SET since = ?", (f"{begun}T00:00:00Z",))
    sink.connection.execute("UPDATE parties SET since = ?", (f"{begun}T00:00:00Z",))
    last = f"{today}T00:00:00Z"
    sink.connection.execute("UPDATE source_states SET last_good_at = ?1, last_poll_at = ?1, last_outcome = 'ok', polls = 9000", (last,))


def _attempts(chance: Random, sources: Sequence[Source], today: date, days: int) -> Iterator[tuple[Any, ...]]:
    """Polls in the order of their times, each source at its own interval."""
    start = datetime(today.year, today.month, today.day, tzinfo=UTC) - timedelta(days=days)
    for minute in range(0, days * 1440, 5):
        at = utc(start + timedelta(minutes=minute))
        for number, one in enumerate(sources):
            if (minute + number * 5) % max(10, round(one.interval)) < 5:
                outcome = chance.choices(_OUTCOMES, _WEIGHTS)[0]
                status, error = {"ok": (200, None), "not_modified": (304, None), "timeout": (None, "no answer in 20 seconds")}[outcome]
                yield one.id, at, at, outcome, status, 30, int(outcome == "ok"), error


def _sums(sources: Sequence[Source], days: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    for one in sources:
        each = max(1, round(1440 / max(10, one.interval)))
        yield from (
            (one.id, day, outcome, max(1, each * weight // 100))
            for day in days
            for outcome, weight in zip(_OUTCOMES, _WEIGHTS, strict=True)
        )


def entries(sink: Sink, sources: Sequence[Source], seed: int, today: date, many: int, articles: int) -> None:
    """Write so many entries: one for each article, between others that were not read or were not relevant."""
    chance = drawn(f"entries {seed}")
    names = "source_id url canonical_url guid title folded_title published_at published_precision published_raw first_seen_at not_seen_before_at decision reason article_id capture_id"
    sink.all("entries", names, _items(chance, sources, today, many, articles))
    sink.all(
        "entry_days",
        "source_id day decision n",
        ((one.id, str(today - timedelta(days=past)), "irrelevant", 40) for one in sources for past in range(DAYS, DAYS + 200)),
    )


def _items(chance: Random, sources: Sequence[Source], today: date, many: int, articles: int) -> Iterator[tuple[Any, ...]]:
    start = datetime(today.year, today.month, today.day, tzinfo=UTC) - timedelta(days=DAYS)
    step, each = DAYS * 86400 / many, max(1, many // articles)
    for number in range(many):
        at, source = utc(start + timedelta(seconds=number * step)), sources[chance.randrange(len(sources))]
        article = number // each + 1 if number % each == 0 and number // each < articles else None
        decision, reason = ("relevant", "") if article else _DECISIONS[min(chance.randrange(30), 2) - 1]
        title = headline(chance, number)
        address = url(article) if article else f"https://press{number % 400}.example.org/{chance.randrange(1 << 40):x}"
        yield (
            source.id,
            address,
            address,
            f"guid-{chance.randrange(1 << 44):x}",
            title,
            fold(title),
            at,
            "second",
            at,
            at,
            at,
            decision,
            reason,
            article,
            article,
        )


def headline(chance: Random, number: int) -> str:
    """Return a title of an entry."""
    code = LANGUAGES[number % 3]
    return f"{' '.join(chance.sample(COMMON[code], 3))} {chance.choice(tongue(code).sentences)[:30]} {number}"


def people(sink: Sink, pages: Sequence[tuple[int, str, str, str]], slugs: Sequence[str], flags: int, scale: float) -> None:
    """Write decisions on initiatives and on statements, and what was told: an alert for each statement and flag, in a digest a day."""
    for number, slug in enumerate(slugs[:: max(1, len(slugs) // max(1, round(300 * scale)))]):
        _review(sink, number, "dismiss" if number % 5 == 0 else "confirm", slug, "")
    for number, (_, one, _, _) in enumerate(pages[:: max(1, len(pages) // max(1, round(200 * scale)))]):
        _review(sink, number, "merge", one, one.replace("article", "other"))
    digests = max(1, round(1000 * scale))
    for number in range(1, digests + 1):
        at = f"20{10 + number % 16}-0{1 + number % 9}-01T07:00:00Z"
        sink.put(
            "digests",
            id=number,
            channel="mail",
            made_at=at,
            subject=f"Digest {number}",
            message_id=f"<{number}@example.org>",
            text=_PAGE[:4000],
            html=_PAGE,
            short="",
            payload="{}",
        )
    alerts = [("new_statement", number, None, day) for number, _, day, _ in pages] + [
        ("flag", None, flag, "2026-01-01") for flag in range(1, flags + 1)
    ]
    for number, (kind, statement, flag, day) in enumerate(alerts, 1):
        at = f"{day}T10:00:00Z"
        sink.put("alerts", id=number, key=f"{kind}:{number}", kind=kind, raised_at=at, statement_id=statement, flag_id=flag)
        sink.put(
            "deliveries",
            alert_id=number,
            digest_id=number % digests + 1,
            channel="mail",
            state="sent",
            attempts=1,
            attempted_at=at,
            settled_at=at,
            answer="250 ok",
        )


def _review(sink: Sink, number: int, action: str, subject: str, value: str) -> None:
    sink.put(
        "reviews",
        at=f"2026-01-{number % 28 + 1:02d}T10:00:00Z",
        who=f"analyst {number % 4}",
        action=action,
        subject=subject,
        value=value,
        note="seen",
        subject_names=f"en\t{subject}\t",
    )


def aliases(sink: Sink, statements: int, scale: float) -> None:
    """Write numbers that became others."""
    for number in range(round(3000 * scale)):
        sink.put(
            "aliases",
            kind="statement",
            old_id=str(statements + 1000 + number),
            new_id=str(number % statements + 1),
            at="2026-01-01T00:00:00Z",
        )
