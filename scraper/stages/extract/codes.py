"""What the codes of a PDF's fonts mean, where the file leaves it to its reader (ISO 32000-1, 9.7.5.2 and 9.10.2)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import islice
from typing import Any

from pypdf.generic import ArrayObject, ByteStringObject, DictionaryObject, NameObject, StreamObject

_FAMILY = re.compile(r"/(.+?)(?:-HW)?-[HV]")
_CODECS = {
    "KSCms-UHC": "cp949", "KSC-EUC": "cp949", "KSCpc-EUC": "cp949", "90ms-RKSJ": "cp932", "90msp-RKSJ": "cp932", "90pv-RKSJ": "cp932",
    "83pv-RKSJ": "cp932", "Ext-RKSJ": "cp932", "Add-RKSJ": "cp932", "EUC": "euc_jp", "Ext-EUC": "euc_jp",
}  # fmt: skip
_UTF16 = NameObject("/UniJIS-UTF16-H")
_FORMERLY = NameObject("/FormerEncoding")
_FONTS = 200
_LONGEST = 4_000
_PROGRAM, _NAMED = 300_000, 1_000
UNKNOWN = "?"
"""Stands for a codec where nobody but the font's own file knows what its codes mean."""


def fonts_of(resources: DictionaryObject) -> Mapping[str, DictionaryObject]:
    """Return the fonts of a page or form by their names there."""
    found = resources.get("/Font")
    held = found.get_object() if found is not None else None
    if not isinstance(held, DictionaryObject):
        return {}
    return {name: font for name in islice(held, _FONTS) if isinstance(font := held[name], DictionaryObject)}


def codec_of(font: DictionaryObject) -> str:
    """Return the codec of a font whose codes the library does not know, UNKNOWN where nothing tells, ``""`` where it knows itself.

    Such a font is marked so that from now on its codes are read as UTF-16, as :func:`recoded` writes them.
    """
    if font.get("/Subtype") != "/Type0" or isinstance(_held(font, "/ToUnicode"), StreamObject):
        return ""
    told = font.get(_FORMERLY) or _held(font, "/Encoding")
    if not isinstance(told, str) or told.startswith("/Identity"):
        return UNKNOWN
    family = _FAMILY.fullmatch(told)
    codec = _CODECS.get(family.group(1), "") if family else ""
    if codec:
        font[_FORMERLY] = NameObject(told)
        font[NameObject("/Encoding")] = _UTF16
    return codec


def _held(font: DictionaryObject, key: str) -> Any:
    found = font.get(key)
    return found.get_object() if found is not None else None


def weight_of(font: DictionaryObject) -> int:
    """Return what reading a font costs, in bytes of content: its map of characters is read anew for every page.

    A font program that the library would look for a map in goes where it is larger than programs are, or names a character a
    thousand times.
    """
    found = _held(font, "/ToUnicode")
    if isinstance(found, StreamObject):
        return 500 + len(found.get_data()) // 4
    described = _held(font, "/FontDescriptor")
    program = _held(described, "/FontFile") if isinstance(described, DictionaryObject) else None
    if not isinstance(program, StreamObject):
        return 500
    data = program.get_data()
    if len(data) <= _PROGRAM and data.count(b"dup") <= _NAMED:
        return 500 + len(data) // 30
    del described["/FontFile"]
    return 500


def recoded(operands: Any, codec: str) -> Any:
    """Return the operands of an instruction with their strings as UTF-16 where ``codec`` names one, without strings longer than any
    line of print."""
    if not isinstance(operands, list):
        return operands
    return [ArrayObject(_strings(one, codec)) if isinstance(one, ArrayObject) else one for one in _strings(operands, codec)]


def _strings(values: Any, codec: str) -> list[Any]:
    kept = [one for one in values if not isinstance(one, str | bytes) or len(one) <= _LONGEST]
    if not codec:
        return kept
    return [ByteStringObject(one.decode(codec, "ignore").encode("utf-16-be")) if isinstance(one, bytes) else one for one in kept]
