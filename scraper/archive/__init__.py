"""Captures: the bytes of fetched pages as WARC files (ISO 28500), out and in."""

from scraper.archive.care import mend, prune
from scraper.archive.packing import pack, unpack
from scraper.archive.reading import pages, read
from scraper.archive.writing import Archive

__all__ = ["Archive", "mend", "pack", "pages", "prune", "read", "unpack"]
