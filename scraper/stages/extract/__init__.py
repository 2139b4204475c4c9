"""An article's page to an article: decode, main text, metadata, dates, isolation of the released statement. Pure."""

from __future__ import annotations

from scraper.datestring import read as read_date
from scraper.stages.extract.article import body_text, extract, from_entry, from_html, from_text, page_record
from scraper.stages.extract.decode import Decoded, decode
from scraper.stages.extract.recurring import Surround, digest, recurring, surround
from scraper.stages.extract.statement import isolate

__all__ = [
    "Decoded", "Surround", "body_text", "decode", "digest", "extract", "from_entry", "from_html", "from_text", "isolate", "page_record", "read_date",
    "recurring", "surround",
]  # fmt: skip
