"""Which entries of a page are new: by identity, never by date.

A board that shows "3/14" for last year's item, a feed that stamps every item with the hour it was built, an old item that
appears late: none of them changes what an item is. Known is what has the canonical URL of something known (of any source),
the guid of something of the same source, or, between the sources of one publisher only, a distinctive title within 48 hours.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta

from scraper.model.moment import Moment, parse_utc
from scraper.model.source import Entry, Identities
from scraper.text import CJK, fold
from scraper.urls import canonical

REACH = timedelta(hours=48)
"""How far apart the same title may stand in two sources of a publisher and still be one item."""

_BARE = len("2026-11-21")
_LEAST_WORDS = 4
_LEAST_CJK = 12
_WORD = re.compile(r"\w+")
_CJK = re.compile(f"[{CJK}]")


def unseen(entries: Iterable[Entry], identities: Identities, now: str) -> tuple[Entry, ...]:
    """Return the entries that are not known yet, in their order, each once.

    ``now`` (UTC) is when the page was seen. ``identities.titles`` are folded titles from *other* sources of the publisher
    with the time each was first seen there: a fallback brings its publisher's items a second time, mostly under the same
    URL, else under the same title. The title decides only where it is distinctive (four words, or twelve Korean, Japanese
    or Chinese characters), where it was seen within 48 hours of ``now`` and where the entry's own date does not contradict:
    a ministry gives a yearly statement the same title every year. Within one page a title decides nothing (ministries
    repeat "press conference by the minister" all day). An entry with neither URL nor guid is never new: it could not be
    told from itself at the next poll.
    """
    urls, guids = set(identities.urls), set(identities.guids)
    titles = _recent(identities.titles, now)
    found = []
    for entry in entries:
        url = canonical(entry.url) if entry.url else ""
        if url in urls or (entry.guid and entry.guid in guids) or not (url or entry.guid):
            continue
        if titles and _known_elsewhere(entry, titles):
            continue
        found.append(entry)
        urls.update({url} - {""})
        guids.update({entry.guid} - {""})
    return tuple(found)


def distinctive(title: str) -> bool:
    """Tell whether a folded title is long enough to name one item: four words or twelve CJK characters."""
    wide = len(_CJK.findall(title))
    return wide >= _LEAST_CJK if wide else len(_WORD.findall(title)) >= _LEAST_WORDS


def _recent(titles: Sequence[tuple[str, str]], now: str) -> Mapping[str, list[str]]:
    seen: dict[str, list[str]] = defaultdict(list)
    moment = parse_utc(now)
    for title, at in titles:
        if abs(moment - parse_utc(at)) <= REACH:
            seen[title].append(at)
    return seen


def _known_elsewhere(entry: Entry, titles: Mapping[str, list[str]]) -> bool:
    title = fold(entry.title)
    return distinctive(title) and any(_agrees(entry.published, at) for at in titles.get(title, ()))


def _agrees(published: Moment | None, seen_at: str) -> bool:
    """Tell whether something published then can be what was first seen elsewhere at ``seen_at`` (a bare date is a day wide)."""
    if published is None:
        return True
    slack = timedelta(days=1) if len(published.at) == _BARE else timedelta()
    return abs(parse_utc(seen_at) - parse_utc(published.at)) <= REACH + slack
