"""Dates as people and programs write them in English, Korean and Japanese, read without a clock of our own; none is invented.

Forms: RFC 5322 and its forerunners, ISO 8601 (RFC 3339, weeks too), ``2026-09-27 19:00:00``, ``2026.10.16``, ``24.10.16``,
``20261016T0930``, ``2024년 10월 16일 오후 3시 20분``, ``24년 10월 16일``, ``令和6年(2024年)10月16日``, ``令和六年十月十六日``, ``R6.10.16``,
``July 17, 2026``, ``17th of July 2026``, ``2026-Jul-17``, ``11/20/2026``, ``20.11.2026``, seconds or milliseconds since 1970; and where the
day of reading is known ``11月2日``, ``October 7``, ``3시간 전``, ``5 minutes ago``.
"""

from __future__ import annotations

from scraper.datestring.clock import zone_of
from scraper.datestring.reading import read

__all__ = ["read", "zone_of"]
