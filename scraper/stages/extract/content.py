"""What a PDF's page draws, lightened to what shows text, and what reading it may cost: counted before it is spent, without a clock."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from pypdf.errors import LimitReachedError
from pypdf.generic import ContentStream, DictionaryObject, NameObject, StreamObject

from scraper.stages.extract import codes

FORMS = 200
"""How many forms of a file are read, and painted on one page."""

_CONTENT = 300_000
_SIZE = 600_000
_OPERATIONS = 36_000
_SQUARE = 1_000_000_000
_LETTERS = 1_000_000
_DEPTH = 3
_SHOWS = frozenset({b"Tj", b"TJ", b"'", b'"'})
_KEPT = _SHOWS | {b"BT", b"ET", b"q", b"Q", b"cm", b"Do", b"Tf", b"Td", b"TD", b"Tm", b"T*", b"TL", b"Tc", b"Tw", b"Tz"}
_BREAK: tuple[list[Any], bytes] = ([], b"ET")
_STREAM_KEYS = ("/Filter", "/Length", "/DecodeParms")


@dataclass(slots=True)
class Work:
    """What was spent on a file: bytes of content and of character maps, instructions, letters shown; pages ``skipped`` because they
    cost too much or are ``broken``; strings ``unknown`` because nothing tells what their codes mean."""

    size: int = 0
    operations: int = 0
    letters: int = 0
    skipped: int = 0
    broken: int = 0
    unknown: int = 0
    forms: dict[int, int] = field(default_factory=dict)

    @property
    def spent(self) -> bool:
        """Whether no further page may be read."""
        return self.size > _SIZE or self.operations > _OPERATIONS or self.letters > _LETTERS


def lighten(page: Any, work: Work) -> bool:
    """Leave of a page's content what shows text, and tell whether there is any; a page that costs too much is ``skipped``.

    Each string is parted from the one before, so that its place is known. Raises what the library raises for a broken page.
    """
    content, resources = page.get("/Contents"), _resources(page)
    if content is None or resources is None:
        return False
    try:
        light = _lightened(ContentStream(content.get_object(), page.pdf, "bytes"), resources, page.pdf, work, 0)
    except LimitReachedError:
        work.skipped += 1
        return False
    page[NameObject("/Contents")] = light
    return True


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


def _lightened(content: ContentStream, resources: DictionaryObject, pdf: Any, work: Work, depth: int) -> ContentStream:
    """The content with the instructions that show text alone, as many as the work left allows; forms likewise, in place.

    Raises LimitReachedError where the content itself is too large.
    """
    fonts = codes.fonts_of(resources)
    size = len(content.get_data())
    work.size += size + sum(map(codes.weight_of, fonts.values()))
    if size > _CONTENT or work.spent:
        raise LimitReachedError("the content is too large")
    left = min(_OPERATIONS - work.operations, _SQUARE // (size + 1))
    reading = _Reading({name: codes.codec_of(font) for name, font in fonts.items()}, work)
    kept: list[tuple[Any, bytes]] = []
    for operands, operator in content.operations:
        if operator == b"Do" and not _may_paint(operands, resources, pdf, work, depth):
            continue
        kept += reading.kept(operands, operator)
        if len(kept) >= left:
            break
    work.operations += len(kept)
    content.operations = kept
    return content


class _Reading:
    """Follows which font is in force, and with it what the codes of a string mean."""

    def __init__(self, codecs: dict[str, str], work: Work) -> None:
        self._codecs = codecs
        self._work = work
        self._codec = ""
        self._saved: list[str] = []

    def kept(self, operands: Any, operator: bytes) -> list[tuple[Any, bytes]]:
        """What stays of one instruction."""
        if operator not in _KEPT:
            return []
        if operator == b"Tf" and operands:
            self._codec = self._codecs.get(str(operands[0]), "")
        elif operator == b"q":
            self._saved = [*self._saved[-60:], self._codec]
        elif operator == b"Q" and self._saved:
            self._codec = self._saved.pop()
        if operator not in _SHOWS:
            return [(operands, operator)]
        if self._codec == codes.UNKNOWN:
            self._work.unknown += 1
            return []
        return [_BREAK, (codes.recoded(operands, self._codec), operator)]


def _may_paint(operands: Any, resources: DictionaryObject, pdf: Any, work: Work, depth: int) -> bool:
    """Whether a form is painted: it holds text within the work left. Its content is lightened at its first painting."""
    forms = resources.get("/XObject")
    held = forms.get_object() if forms is not None else None
    name = operands[0] if operands else None
    if not isinstance(held, DictionaryObject) or not isinstance(name, str) or name not in held or depth >= _DEPTH:
        return False
    form = held[name]
    if not isinstance(form, StreamObject) or form.get("/Subtype") != "/Form":
        return False
    if isinstance(form, ContentStream):
        work.operations += work.forms.get(id(form), _OPERATIONS)
        return not work.spent
    if len(work.forms) >= FORMS:
        return False
    before = work.operations
    try:
        light = _lightened(ContentStream(form, pdf, "bytes"), _resources(form) or DictionaryObject(), pdf, work, depth + 1)
    except LimitReachedError:
        return False
    _replace(held, name, form, light)
    work.forms[id(light)] = work.operations - before
    return not work.spent


def _replace(held: DictionaryObject, name: str, form: StreamObject, light: ContentStream) -> None:
    """Put the lightened form where the form was; its own matrix (ISO 32000-1, 8.10.1) becomes an instruction, which the library heeds."""
    light.update({key: value for key, value in form.items() if key not in _STREAM_KEYS})
    matrix = form.get("/Matrix")
    if matrix is not None:
        light.operations = [([*matrix.get_object()], b"cm"), *light.operations]
    held[NameObject(name)] = light
