"""PDF (ISO 32000) to text: what each page shows and where, read within bounds of work that no file can widen."""

from __future__ import annotations

import binascii
import logging
import struct
import zlib
from collections.abc import Mapping
from io import BytesIO
from itertools import islice
from typing import Any

from pypdf import Configuration, PasswordType, PdfReader, apply_configuration
from pypdf.errors import DependencyError, DeprecationError, LimitReachedError, PyPdfError

from scraper.errors import ExtractError
from scraper.model.moment import Moment
from scraper.stages.extract import furniture, printed
from scraper.stages.extract.content import FORMS, Work, lighten
from scraper.stages.extract.document import Document
from scraper.stages.extract.shown import Shown
from scraper.text import clean, fold, squeeze

# Its remarks on broken files are answered by our own error; only this library's loggers are touched.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)

PAGES = 60
"""How many pages are read at most."""

LARGEST = 20_000_000
"""Bytes of the largest file that is opened."""

_LEAST = 40.0
_HEAD = 4_000
_BOUNDS = Configuration(
    maximum_declared_stream_length=LARGEST, array_based_stream_maximum_output_length=2_000_000, array_maximum_element_count=40_000,
    dictionary_maximum_element_count=20_000, zlib_maximum_output_length=4_000_000, zlib_maximum_recovery_input_length=200_000,
    lzw_maximum_output_length=1_000_000, run_length_maximum_output_length=4_000_000, brotli_maximum_output_length=1_000_000,
    flate_maximum_row_length=200_000, stream_filters_maximum_length=4, stream_decoding_work_maximum_length=8_000_000,
    stream_parsing_work_maximum_count=80_000, page_tree_maximum_entries=5_000, page_tree_maximum_depth=30, page_tree_maximum_page_entries=60_000,
    xform_maximum_invocations_per_extraction=FORMS, jbig2dec_binary=None, disable_legacy_handling=True,
)  # fmt: skip
_BROKEN = (
    PyPdfError, DeprecationError, ArithmeticError, AssertionError, AttributeError, EOFError, LookupError, NotImplementedError, OSError, RecursionError, TypeError,
    ValueError, binascii.Error, struct.error, zlib.error,
)  # fmt: skip


def read(body: bytes) -> Document:
    """Return what a PDF says; its pages are read until the bounds of work are reached, and ``extractor`` says where not all were.

    Raises ExtractError: not_text (encrypted, broken, too large), no_text (no text layer, as scanned pages have none).
    """
    if len(body) > LARGEST:
        raise ExtractError(f"the PDF is larger than {LARGEST} bytes", code="not_text")
    with apply_configuration(_BOUNDS):
        try:
            return _read(body)
        except DependencyError as error:
            raise ExtractError("the PDF is encrypted in a way that cannot be read", code="not_text") from error
        except LimitReachedError as error:
            raise ExtractError("the PDF is larger or deeper than what is read", code="not_text") from error
        except _BROKEN as error:
            raise ExtractError(f"the PDF is broken ({type(error).__name__})", code="not_text") from error


def _read(body: bytes) -> Document:
    reader = PdfReader(BytesIO(body), strict=False)
    if reader.is_encrypted and reader.decrypt("") == PasswordType.NOT_DECRYPTED:
        raise ExtractError("the PDF asks for a password", code="not_text")
    work = Work()
    sheets = [_sheet(page, work) for page in islice(reader.pages, PAGES) if not work.spent]
    found = printed.read(sheets)
    if furniture.weight(found.text) < _LEAST:
        raise ExtractError(f"the PDF holds no text {_why(work)}")
    total = len(reader.pages)
    partly = f" (the first {len(sheets) - work.skipped} of {total} pages)" if work.skipped or len(sheets) < total else ""
    told: Mapping[str, Any] = reader.metadata or {}
    return Document(found.text, f"pdf{partly}", _own_title(told, found.text), found.heading, _made(told))


def _sheet(page: Any, work: Work) -> printed.Sheet:
    """What a page shows; as much of it as the bounds allow, and of a broken one what comes before the fault."""
    shown = Shown(work)
    try:
        if lighten(page, work):
            page.extract_text(visitor_text=shown.text, visitor_operand_before=shown.before, visitor_operand_after=shown.after)
    except LimitReachedError:
        work.skipped += not shown.pieces()
    except _BROKEN:
        work.skipped += 1
        work.broken += 1
    return printed.Sheet(shown.pieces())


def _why(work: Work) -> str:
    if work.unknown:
        return "that can be read: its fonts do not tell which letters they show"
    if work.broken:
        return "that can be read: its pages are broken"
    return "that can be read within bounds" if work.skipped else "(its pages are pictures, or empty)"


def _own_title(told: Mapping[str, Any], text: str) -> str:
    """The title in the file's data where its text begins with it too: programs fill the field with names of files and templates."""
    title = squeeze(clean(str(told.get("/Title") or "")[:500]))
    whole = fold(text[:_HEAD]).replace(" ", "")
    return title if len(title) > 5 and fold(title).replace(" ", "") in whole else ""


def _made(told: Mapping[str, Any]) -> Moment | None:
    """``D:20260709...`` (ISO 32000-1 7.9.4) as a day that the file was made, which need not be that of its publication."""
    raw = str(told.get("/CreationDate") or "")[:40]
    digits = raw.removeprefix("D:")[:8]
    if len(digits) != 8 or not (digits.isascii() and digits.isdigit()) or not "1995" <= digits[:4] <= "2099":
        return None
    day = f"{digits[:4]}-{digits[4:6]}-{digits[6:]}"
    return Moment(day, "inferred", raw, day) if "01" <= digits[4:6] <= "12" and "01" <= digits[6:] <= "31" else None
