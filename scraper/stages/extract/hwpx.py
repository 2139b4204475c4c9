"""HWPX (KS X 6101) and DOCX (ISO/IEC 29500), both zip files of XML, to text, within bounds that no file can widen."""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from io import BytesIO

from lxml import etree

from scraper import datestring
from scraper.errors import ExtractError
from scraper.model.moment import Moment
from scraper.stages.extract import furniture
from scraper.stages.extract.document import Document
from scraper.text import clean, fold, squeeze

LARGEST = 20_000_000
"""Bytes of the largest file that is opened."""

_DIRECTORY = 300_000
_XML = 3_000_000
_META = 200_000
_STEPS = 250_000
_LEAST = 40.0
_HEAD = 4_000
_END = b"PK\x05\x06"
_END_SIZE = 22
_BIG = b"PK\x06\x07"
_SECTION = re.compile(r"(?i)Contents/section(\d{1,4})\.xml")
_WORD = "word/document.xml"
_BROKEN = (zipfile.BadZipFile, etree.LxmlError, zlib.error, EOFError, KeyError, NotImplementedError, RuntimeError, ValueError, struct.error)
_ASIDE = frozenset(
    {"header", "footer", "footNote", "endNote", "hiddenComment", "fieldBegin", "shapeComment", "Fallback", "secPr", "instrText"}
)
_SPACES = {"lineBreak": " ", "tab": " ", "nbSpace": " ", "fwSpace": " ", "br": " ", "hyphen": "-", "noBreakHyphen": "-"}


def read(body: bytes) -> Document:
    """Return what a zip file of XML says: the paragraphs of its sections in order, cells of tables as paragraphs, without running
    heads, notes and comments.

    Raises ExtractError: not_text (no such document, broken, encrypted, too large), no_text (a document without text).
    """
    if len(body) > LARGEST or _directory(body) > _DIRECTORY:
        raise ExtractError("the zip file is larger than what is read", code="not_text")
    try:
        with zipfile.ZipFile(BytesIO(body)) as archive:
            return _read(archive)
    except _BROKEN as error:
        raise ExtractError(f"the zip file is broken ({type(error).__name__})", code="not_text") from error


def _directory(body: bytes) -> int:
    """The bytes of the list of files, which is read whole when a zip file is opened; more than allowed for the 64-bit form."""
    last = body[-_END_SIZE:]
    start = len(body) - _END_SIZE if last.startswith(_END) and last.endswith(b"\0\0") else body.rfind(_END, max(0, len(body) - 65_557))
    if start < 0 or start + _END_SIZE > len(body):
        return 0
    if body[max(0, start - 20) : start].startswith(_BIG):
        return _DIRECTORY + 1
    return int(struct.unpack_from("<L", body, start + 12)[0])


def _read(archive: zipfile.ZipFile) -> Document:
    names = archive.namelist()
    sections = sorted((int(found.group(1)), name) for name in names if (found := _SECTION.fullmatch(name)))
    parts, kind = ([name for _, name in sections], "hwpx") if sections else ([_WORD], "docx")
    if not sections and _WORD not in names:
        raise ExtractError("the page is a zip file that holds no document", code="not_text")
    text = "\n\n".join(_paragraphs(archive, parts))
    if furniture.weight(text) < _LEAST:
        raise ExtractError(f"the {kind.upper()} document holds no text")
    title, made = _told(archive, "Contents/content.hpf" if sections else "docProps/core.xml")
    agrees = len(title) > 5 and fold(title).replace(" ", "") in fold(text[:_HEAD]).replace(" ", "")
    return Document(text, kind, title if agrees else "", "", made)


def _paragraphs(archive: zipfile.ZipFile, parts: Iterable[str]) -> Iterator[str]:
    left = _XML
    for name in parts:
        xml = _part(archive, name, left)
        left -= len(xml)
        for paragraph in _texts(_tree(xml)):
            line = squeeze(clean(paragraph))
            if line:
                yield line


def _part(archive: zipfile.ZipFile, name: str, most: int) -> bytes:
    """The bytes of a file in it; raises ExtractError where it holds more than allowed or cannot be read."""
    info = archive.getinfo(name)
    if info.flag_bits & 1:
        raise ExtractError("the document is encrypted", code="not_text")
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise ExtractError("the document is packed in a way that is not read", code="not_text")
    with archive.open(info) as part:
        xml = part.read(most + 1)
    if len(xml) > most:
        raise ExtractError("the document is larger than what is read", code="not_text")
    return xml


def _tree(xml: bytes) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    return etree.fromstring(xml, parser=parser)


def _name(element: etree._Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _texts(root: etree._Element) -> Iterator[str]:
    """The text of each paragraph; one that holds others (a table stands in it) gives what stands before them first."""
    open_paragraphs: list[list[str]] = []
    aside = inside = 0
    for number, (event, element) in enumerate(etree.iterwalk(root, events=("start", "end"))):
        if number > _STEPS:
            raise ExtractError("the document is larger than what is read", code="not_text")
        name = _name(element)
        starts = event == "start"
        if name in _ASIDE:
            aside += 1 if starts else -1
        elif name == "p" and not aside:
            if open_paragraphs:
                yield from _flushed(open_paragraphs[-1])
            open_paragraphs = [*open_paragraphs, []] if starts else open_paragraphs[:-1]
        elif name == "t":
            inside += 1 if starts else -1
        if open_paragraphs and not aside:
            open_paragraphs[-1].append(_said(element, name, starts=starts, inside=inside))


def _flushed(paragraph: list[str]) -> Iterator[str]:
    yield "".join(paragraph)
    paragraph.clear()


def _said(element: etree._Element, name: str, *, starts: bool, inside: int) -> str:
    """What an element adds: text inside ``t``, what follows a mark there, the spaces that are marks themselves."""
    if starts:
        return (element.text or "") if name == "t" else _SPACES.get(name, "")
    return (element.tail or "") if inside and name != "t" else ""


def _told(archive: zipfile.ZipFile, name: str) -> tuple[str, Moment | None]:
    """The document's own title and the day it was made; neither where its data cannot be read."""
    try:
        root = _tree(_part(archive, name, _META))
    except (*_BROKEN, ExtractError):
        return "", None
    title = made = ""
    for element in root.iter():
        local = _name(element)
        if local == "title":
            title = title or (element.text or "")
        elif local == "created" or (local == "meta" and element.get("name", "") == "CreatedDate"):
            made = made or (element.text or element.get("content") or "")
    moment = datestring.read(made[:40]) if made.strip() else None
    return squeeze(clean(title[:500])), Moment(moment.day, "inferred", moment.raw, moment.day) if moment else None
