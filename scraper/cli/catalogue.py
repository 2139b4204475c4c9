"""sources add, hosts, export-opml and import-opml."""

from __future__ import annotations

from collections.abc import Sequence
from typing import BinaryIO

import click

from scraper import app
from scraper.cli.place import NOTHING, Place, emit, progress
from scraper.cli.sources import sources
from scraper.config import defaults_folder
from scraper.jobs import catalogue, opml
from scraper.jobs.catalogue import Proposal
from scraper.model.source import Source
from scraper.stages.discover.outlines import write_outlines


@sources.command()
@click.argument("url")
@click.option("--write", is_flag=True, help="Append what answers to the home's sources.toml.")
@click.option("--only", multiple=True, metavar="ID", help="Write these of the proposals alone; may be given more than once.")
@click.option("--allow-private", is_flag=True, help="The site is on a network of our own.")
@click.option("--json", "as_json", is_flag=True)
@click.pass_obj
def add(place: Place, url: str, write: bool, only: tuple[str, ...], allow_private: bool, as_json: bool) -> None:
    """Find the feeds, the WordPress posts and a sitemap of a site, try each, and propose their TOML.

    Sections with items of their own are asked side by side (rank 0); what brings the same items stands in while the first fails.
    """
    config = place.config()
    waiting = f"Trying what {url} names, with the pauses its site asks for"
    with app.fetcher(config) as fetcher, progress().status(waiting):
        found = catalogue.propose(config, fetcher, url, app.now, private=allow_private)
    good = [one.source for one in found if not one.error]
    strange = set(only) - {source.id for source in good}
    if strange:
        raise click.UsageError(f"there is no proposal {', '.join(sorted(strange))} that answers")
    if as_json:
        emit([_row(one) for one in found])
    else:
        _show(found)
    if write and good:
        _append(place, [source for source in good if not only or source.id in only])
    raise SystemExit(0 if good or any(one.known for one in found) else NOTHING)


def _row(proposal: Proposal) -> dict[str, object]:
    source = proposal.source
    told = {"id": source.id, "kind": source.kind, "url": source.url, "entries": proposal.entries, "error": proposal.error}
    told |= {"known": proposal.known, "newest": proposal.newest, "interesting": proposal.interesting, "behind": proposal.behind}
    return told | {"toml": "" if proposal.error else catalogue.toml(source)}


def _show(found: Sequence[Proposal]) -> None:
    for one in found:
        if one.error:
            click.echo(
                f"# {one.source.kind} {one.source.url}: {catalogue.printable(one.error.removeprefix(f'{one.source.url}: '))}", err=True
            )
        else:
            click.echo(f"# {_described(one)}\n{catalogue.toml(one.source)}")
    if all(one.error and not one.known for one in found):
        click.echo("Nothing was found that can be polled; a listing needs selectors of its own: see docs/adding-a-source.md.", err=True)


def _described(proposal: Proposal) -> str:
    """What a trial brought, and whether the source is always asked."""
    newest = f", the newest of {proposal.newest}" if proposal.newest else ", none of them dated"
    rank = proposal.source.rank
    duty = f"asked only while one of rank {rank - 1} fails, such as {proposal.behind}" if proposal.behind else "always asked"
    return f"{proposal.entries} entries{newest}; {proposal.interesting} could be of interest by their titles; {duty}"


def _append(place: Place, chosen: Sequence[Source]) -> None:
    """Append to the home's file; the packaged configuration is nobody's home."""
    if place.home.config.resolve() == (defaults_folder() / "config").resolve():
        raise click.UsageError("there is no home to write to: name one with --home (trilateral init makes one)")
    path = catalogue.append(place.home.config, chosen, place.config)
    click.echo(f"{len(chosen)} sources were written to {path}. A running daemon reads them at SIGHUP.", err=True)


@sources.command()
@click.option("--all", "everything", is_flag=True, help="Those of sources and channels that are off, too.")
@click.option("--json", "as_json", is_flag=True)
@click.pass_obj
def hosts(place: Place, everything: bool, as_json: bool) -> None:
    """List the hosts and ports that a firewall must let through; articles and redirects may lead to others."""
    found = catalogue.hosts(place.config(), everything=everything)
    if as_json:
        emit([{"host": name, "port": port} for name, port in found])
        return
    for name, port in found:
        click.echo(f"[{name}]:{port}" if ":" in name else f"{name}:{port}")


@sources.command(name="export-opml")
@click.option("--all", "everything", is_flag=True, help="Those that are off, too.")
@click.pass_obj
def export_opml(place: Place, everything: bool) -> None:
    """Print the feeds as OPML for a feed reader."""
    click.echo(write_outlines(one for one in place.config().sources if one.enabled or everything), nl=False)


@sources.command(name="import-opml")
@click.argument("file", type=click.File("rb"))
@click.option("--write", is_flag=True, help="Append the feeds to the home's sources.toml.")
@click.pass_obj
def import_opml(place: Place, file: BinaryIO, write: bool) -> None:
    """Print the TOML of the feeds of an OPML file that are not polled yet. They are not tried: see sources check."""
    config = place.config()
    found, odd = opml.read(file.read(opml.LARGEST + 1), config.sources, config.aside.dead)
    for sentence in odd:
        click.echo(f"# {sentence}", err=True)
    for source in found:
        click.echo(catalogue.toml(source))
    if write and found:
        _append(place, found)


COMMANDS = ()
"""They are commands of the group ``sources``, which is registered where it stands."""
