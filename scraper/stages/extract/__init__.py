"""An article's page to an article: decode, main text, metadata, dates, isolation of the released statement. Pure."""

from __future__ import annotations

from scraper.stages.extract.article import body_text, extract, from_entry, from_html, from_text, page_record
from scraper.stages.extract.datestring import read as read_date
from scraper.stages.extract.decode import Decoded, decode
from scraper.stages.extract.statement import isolate

__all__ = ["Decoded", "body_text", "decode", "extract", "from_entry", "from_html", "from_text", "isolate", "page_record", "read_date"]
