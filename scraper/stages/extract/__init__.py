"""An article's page to an article: decode, main text, metadata, dates, isolation of the released statement. Pure."""

from __future__ import annotations

from scraper.datestring import read as read_date
from scraper.stages.extract.article import body_text, extract, from_document, from_entry, from_html, from_text, page_record, with_document
from scraper.stages.extract.attachments import MOST, Attachment, attachments, heavier, suits, wanted
from scraper.stages.extract.decode import Decoded, decode
from scraper.stages.extract.document import Document, kind_of
from scraper.stages.extract.payload import read as read_document
from scraper.stages.extract.recurring import Surround, digest, recurring, surround
from scraper.stages.extract.statement import isolate

__all__ = [
    "MOST", "Attachment", "Decoded", "Document", "Surround", "attachments", "body_text", "decode", "digest", "extract", "from_document", "from_entry",
    "from_html", "from_text", "heavier", "isolate", "kind_of", "page_record", "read_date", "read_document", "recurring", "suits", "surround", "wanted", "with_document",
]  # fmt: skip
