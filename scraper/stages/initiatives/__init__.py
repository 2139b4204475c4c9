"""Initiatives: their mentions in a text, from names to initiatives, and the flags for first ones. Pure."""

from __future__ import annotations

from scraper.stages.initiatives.finder import Finder

__all__ = ["Finder"]
