"""PDF (ISO 32000) to text: what each page shows and where, read within bounds of work that no file can widen."""

from __future__ import annotations

import binascii
import logging
import math
import struct
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from itertools import islice
from typing import Any

from pypdf import Configuration, PasswordType, PdfReader, apply_configuration, mult
from pypdf.errors import DependencyError, LimitReachedError, PyPdfError
from pypdf.generic import ArrayObject, ContentStream, DictionaryObject, NameObject, StreamObject

from scraper.errors import ExtractError
from scraper.model.moment import Moment
from scraper.stages.extract import furniture, printed
from scraper.stages.extract.document import Document
from scraper.stages.extract.pieces import Piece, piece, touching
from scraper.text import clean, fold, squeeze

# Its remarks on broken files are answered by our own error; only this library's loggers are touched.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)

PAGES = 60
"""How many pages are read at most."""

LARGEST = 20_000_000
"""Bytes of the largest file that is opened."""

_CONTENT = 400_000
_WORK = 700_000
_OPERATIONS = 45_000
_SQUARE = 1_000_000_000
_STRING = 4_000
_TEXT = 1_000_000
_DEPTH = 3
_FORMS = 200
_LEAST = 40.0
_HEAD = 4_000
_BOUNDS = Configuration(
    maximum_declared_stream_length=LARGEST, array_based_stream_maximum_output_length=2_000_000, array_maximum_element_count=40_000,
    dictionary_maximum_element_count=20_000, zlib_maximum_output_length=4_000_000, zlib_maximum_recovery_input_length=200_000,
    lzw_maximum_output_length=1_000_000, run_length_maximum_output_length=4_000_000, brotli_maximum_output_length=1_000_000,
    flate_maximum_row_length=200_000, stream_filters_maximum_length=4, stream_decoding_work_maximum_length=8_000_000,
    stream_parsing_work_maximum_count=150_000, page_tree_maximum_entries=5_000, page_tree_maximum_depth=30, page_tree_maximum_page_entries=60_000,
    xform_maximum_invocations_per_extraction=_FORMS, jbig2dec_binary=None, disable_legacy_handling=True,
)  # fmt: skip
_BROKEN = (
    PyPdfError, ArithmeticError, AssertionError, AttributeError, EOFError, LookupError, NotImplementedError, OSError, RecursionError, TypeError,
    ValueError, binascii.Error, struct.error, zlib.error,
)  # fmt: skip
_SHOWS = frozenset({b"Tj", b"TJ", b"'", b'"'})
_KEPT = _SHOWS | {b"BT", b"ET", b"q", b"Q", b"cm", b"Do", b"Tf", b"Td", b"TD", b"Tm", b"T*", b"TL", b"Tc", b"Tw", b"Tz"}
_BREAK: tuple[list[Any], bytes] = ([], b"ET")


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
    work = _Work()
    sheets = [printed.Sheet(_pieces(page, work)) for page in islice(reader.pages, PAGES) if not work.spent]
    text, heading = _printed(sheets)
    if furniture.weight(text) < _LEAST:
        reason = "holds no text: its pages are pictures" if not work.skipped else "holds no text that can be read within bounds"
        raise ExtractError(f"the PDF {reason}")
    total = len(reader.pages)
    partly = f" (the first {len(sheets) - work.skipped} of {total} pages)" if work.skipped or len(sheets) < total else ""
    told = reader.metadata or {}
    return Document(text, f"pdf{partly}", _own_title(told, text), heading, _made(told))


def _printed(sheets: Sequence[printed.Sheet]) -> tuple[str, str]:
    found = printed.read(sheets)
    return found.text, found.heading


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


# --- the work that a file may cost


@dataclass(slots=True)
class _Work:
    """What was spent on a file: bytes of content and of character maps, instructions, pages ``skipped`` because they cost too much."""

    size: int = 0
    operations: int = 0
    skipped: int = 0
    letters: int = 0
    forms: dict[int, int] = field(default_factory=dict)

    @property
    def spent(self) -> bool:
        """Whether no further page may be read."""
        return self.size > _WORK or self.operations > _OPERATIONS or self.letters > _TEXT


def _pieces(page: Any, work: _Work) -> tuple[Piece, ...]:
    """What a page shows, in the order it is drawn; nothing where it costs more than is left."""
    content = page.get("/Contents")
    resources = _resources(page)
    if content is None or resources is None:
        return ()
    try:
        light = _lightened(ContentStream(content.get_object(), page.pdf, "bytes"), resources, page.pdf, work, 0)
    except LimitReachedError:
        light = None
    if light is None:
        work.skipped += 1
        return ()
    page[NameObject("/Contents")] = light
    shown = _Shown(work)
    page.extract_text(visitor_text=shown.text, visitor_operand_before=shown.before, visitor_operand_after=shown.after)
    return touching(shown.pieces)


def _resources(holder: Any) -> DictionaryObject | None:
    """The resources of a page (its own or inherited) or of a form."""
    for _ in range(30):
        found = holder.get("/Resources")
        if found is not None:
            own = found.get_object()
            return own if isinstance(own, DictionaryObject) else None
        parent = holder.get("/Parent")
        holder = parent.get_object() if parent is not None else None
        if not isinstance(holder, DictionaryObject):
            return None
    return None


def _lightened(content: ContentStream, resources: DictionaryObject, pdf: Any, work: _Work, depth: int) -> ContentStream:
    """The content with the instructions that show text alone, each parted from the next, and as many as the work left allows.

    Forms that it paints are lightened likewise, in place. Raises LimitReachedError where the content itself is too large.
    """
    size = len(content.get_data())
    work.size += size + _maps(resources)
    if size > _CONTENT or work.spent:
        raise LimitReachedError("the content is too large")
    left = min(_OPERATIONS - work.operations, _SQUARE // (size + 1))
    kept: list[tuple[Any, bytes]] = []
    for operands, operator in content.operations:
        if operator not in _KEPT or (operator == b"Do" and not _may_paint(operands, resources, pdf, work, depth)):
            continue
        if operator in _SHOWS:
            kept.append(_BREAK)
        kept.append((_shortened(operands), operator))
        if len(kept) >= left:
            break
    work.operations += len(kept)
    content.operations = kept
    return content


def _shortened(operands: Any) -> Any:
    """Operands without strings longer than any line of print."""
    if not isinstance(operands, list):
        return operands
    if operands and isinstance(operands[0], ArrayObject):
        return [ArrayObject(one for one in operands[0] if not isinstance(one, (str, bytes)) or len(one) <= _STRING)]
    return [one for one in operands if not isinstance(one, (str, bytes)) or len(one) <= _STRING]


def _maps(resources: DictionaryObject) -> int:
    """What the fonts of a page cost: the size of their character maps, which are read anew for every page."""
    fonts = resources.get("/Font")
    held = fonts.get_object() if fonts is not None else None
    if not isinstance(held, DictionaryObject):
        return 0
    total = 0
    for name in islice(held, _FORMS):
        font = held[name]
        stream = font.get("/ToUnicode") if isinstance(font, DictionaryObject) else None
        found = stream.get_object() if stream is not None else None
        total += 500 + (len(found.get_data()) // 4 if isinstance(found, StreamObject) else 0)
    return total + 500 * max(0, len(held) - _FORMS)


def _may_paint(operands: Any, resources: DictionaryObject, pdf: Any, work: _Work, depth: int) -> bool:
    """Whether a form is painted: it holds text within the work left. Its content is lightened at its first painting."""
    forms = resources.get("/XObject")
    held = forms.get_object() if forms is not None else None
    name = operands[0] if operands else None
    if not isinstance(held, DictionaryObject) or not isinstance(name, str) or name not in held or depth >= _DEPTH:
        return False
    form = held[name]
    if not isinstance(form, StreamObject) or form.get("/Subtype") != "/Form":
        return False
    if not isinstance(form, ContentStream):
        if len(work.forms) >= _FORMS:
            return False
        before = work.operations
        light = _lightened(ContentStream(form, pdf, "bytes"), _resources(form) or DictionaryObject(), pdf, work, depth + 1)
        light.update({key: value for key, value in form.items() if key not in ("/Filter", "/Length", "/DecodeParms")})
        held[NameObject(name)] = light
        work.forms[id(light)] = work.operations - before
        return not work.spent
    work.operations += work.forms.get(id(form), _OPERATIONS)
    return not work.spent


class _Shown:
    """Takes what the library finds on a page: pieces of text with their places, those in forms moved to where the form is painted."""

    def __init__(self, work: _Work) -> None:
        self.pieces: list[Piece] = []
        self._work = work
        self._placed: list[list[float]] = [[1.0, 0.0, 0.0, 1.0, 0.0, 0.0]]

    def before(self, operator: bytes, _: Any, matrix: list[float], __: Any) -> None:
        """A form is painted under the matrix in force."""
        if operator == b"Do":
            self._placed.append(mult(matrix, self._placed[-1]))

    def after(self, operator: bytes, *_: Any) -> None:
        """... and ends."""
        if operator == b"Do" and len(self._placed) > 1:
            self._placed.pop()

    def text(self, text: str, matrix: list[float], place: list[float], _: Any, size: float) -> None:
        """One piece of text."""
        self._work.letters += len(text)
        if self._work.letters > _TEXT:
            raise LimitReachedError("more text than is read")
        if not text.strip():
            return self._space(text)
        found = mult(mult(place, matrix), self._placed[-1])
        x, y, scale = found[4], found[5], math.hypot(found[2], found[3])
        height = abs(size) * scale
        if all(map(math.isfinite, (x, y, height))) and max(abs(x), abs(y), height) < 1e6:
            self.pieces.extend(_split(text, x, y, height or 1.0))
        return None

    def _space(self, text: str) -> None:
        """A space drawn alone belongs to the piece before it."""
        if text.strip("\n") and self.pieces and not self.pieces[-1].text.endswith(" "):
            last = self.pieces[-1]
            self.pieces[-1] = Piece(last.text + " ", last.x, last.y, last.size, last.end + 0.28 * last.size)


def _split(text: str, x: float, y: float, size: float) -> Iterator[Piece]:
    """Lines of one piece, which share its place (the library ends a line where the next one begins)."""
    for number, line in enumerate(part for part in text.split("\n") if part.strip()):
        yield piece(line, x, y - number * 1.2 * size, size)
