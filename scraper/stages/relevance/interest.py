"""Whether an entry could be of interest, by its title and summary alone, so that a busy news site is not fetched page by page."""

from __future__ import annotations

from scraper.parties import Parties


def of_interest(title: str, summary: str, parties: Parties) -> bool:
    """Tell whether a press entry is worth fetching: the watched parties are named together, or two of them at all, or a weak
    word for the three stands there with one of them. Doubt is interest: a page read in vain costs one request."""
    text = f"{title}\n{summary}"
    if not parties.scan(text).groups:  # mostly nobody is named
        return False
    if parties.together(text):
        return True
    named = parties.named(text)
    return len(named) >= 2 or (bool(named) and bool(parties.weak(text)))
