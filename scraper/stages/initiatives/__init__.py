"""Initiatives: their mentions in a text, from names to initiatives, and the flags for first ones. Pure."""

from __future__ import annotations

from scraper.stages.initiatives.deciding import WIDER, Ruling, Rulings, side
from scraper.stages.initiatives.finder import Finder
from scraper.stages.initiatives.firsts import FLAG_AT, firsts
from scraper.stages.initiatives.kinship import PROPOSED, akin, kinship
from scraper.stages.initiatives.learning import learned
from scraper.stages.initiatives.names import slug_of
from scraper.stages.initiatives.reach import reach
from scraper.stages.initiatives.resolve import Resolver, resolve

__all__ = [
    "FLAG_AT",
    "PROPOSED",
    "WIDER",
    "Finder",
    "Resolver",
    "Ruling",
    "Rulings",
    "akin",
    "firsts",
    "kinship",
    "learned",
    "reach",
    "resolve",
    "side",
    "slug_of",
]
