"""doctor: whether this house can do its work here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from threading import Event

import click

from scraper import app
from scraper.cli.place import OK, SOME_FAILED, USAGE, Place, emit, progress
from scraper.errors import ConfigError
from scraper.jobs import channels, doctoring
from scraper.jobs.doctoring import FAIL, Finding


@click.command()
@click.option("--for-upgrade", "upgrade", is_flag=True, help="Also what an upgrade needs: migrations, room for a copy, unknown keys.")
@click.option("--offline", is_flag=True, help="Ask neither sources nor mail servers.")
@click.option("--json", "as_json", is_flag=True)
@click.pass_obj
def doctor(place: Place, upgrade: bool, offline: bool, as_json: bool) -> None:
    """Check configuration, database, disk, clock, mail and sources: exit code 0, 1 (some failed) or 2 (the configuration)."""
    findings: list[Finding] = []
    code = OK
    try:
        for finding in _examined(place, upgrade=upgrade, offline=offline):
            findings.append(finding)
            _say(finding, as_json)
    except ConfigError as error:
        code = USAGE
        for finding in (*doctoring.broken(error.problems), *doctoring.house(place.home, upgrade=upgrade)):
            findings.append(finding)
            _say(finding, as_json)
    if as_json:
        emit([asdict(finding) for finding in findings])
    raise SystemExit(code or (SOME_FAILED if any(finding.grade == FAIL for finding in findings) else OK))


def _examined(place: Place, *, upgrade: bool, offline: bool) -> Iterator[Finding]:
    """What needs no network first."""
    config = place.config()
    yield from doctoring.configuration(config, upgrade=upgrade)
    yield from doctoring.house(place.home, upgrade=upgrade)
    yield from channels.examined(config, place.home.root)
    if offline:
        return
    yield from doctoring.mail(config, folder=place.home.root)
    waiting = f"Asking {len(doctoring.official(config))} official sources, for {doctoring.PATIENCE:.0f} seconds at most"
    ending = Event()
    with app.fetcher(config, ending) as fetcher, progress().status(waiting):
        seen = doctoring.asked(config, fetcher, app.now, ending=ending)
    yield doctoring.clock_of(seen)
    yield from doctoring.sources(seen)


def _say(finding: Finding, as_json: bool) -> None:
    if not as_json:
        click.echo(f"{finding.grade:5}{finding.name:11}{finding.sentence}")


COMMANDS = (doctor,)
"""The one command of this file."""
