"""A small press room on loopback: six sites that publish as real ministries and newsrooms do, for ``trilateral demo``.

Texts, people and meetings are invented. Everything is served over real HTTP with the charsets, feeds and page furniture that
real sites have, so that the demo walks the same road as the daemon.
"""

from __future__ import annotations

from scraper.pressroom.room import PressRoom
from scraper.pressroom.stories import NEW_INITIATIVE

__all__ = ["NEW_INITIATIVE", "PressRoom"]
