"""A writer of HWPX and DOCX files as small as tests need."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from html import escape
from io import BytesIO

NS = "http://www.hancom.co.kr/hwpml/2011"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def paragraph(text: str) -> str:
    """One paragraph of HWPX."""
    return f'<hp:p><hp:run charPrIDRef="0"><hp:t>{escape(text)}</hp:t></hp:run></hp:p>'


def section(body: str) -> str:
    """A section of HWPX around its paragraphs."""
    return f'<?xml version="1.0" encoding="UTF-8"?><hs:sec xmlns:hs="{NS}/section" xmlns:hp="{NS}/paragraph">{body}</hs:sec>'


def zipped(files: Mapping[str, str | bytes], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip file."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def hwpx(paragraphs: Sequence[str], *, title: str = "", made: str = "") -> bytes:
    """An HWPX file of plain paragraphs."""
    told = f'<opf:package xmlns:opf="http://www.idpf.org/2007/opf/"><opf:metadata><opf:title>{escape(title)}</opf:title><opf:meta name="CreatedDate" content="text">{made}</opf:meta></opf:metadata></opf:package>'
    return zipped(
        {
            "mimetype": "application/hwp+zip",
            "Contents/content.hpf": told,
            "Contents/section0.xml": section("".join(map(paragraph, paragraphs))),
        }
    )


def docx(paragraphs: Sequence[str], *, title: str = "") -> bytes:
    """A DOCX file of plain paragraphs."""
    body = "".join(f"<w:p><w:r><w:t>{escape(text)}</w:t></w:r></w:p>" for text in paragraphs)
    core = f'<cp:coreProperties xmlns:cp="c" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="t"><dc:title>{escape(title)}</dc:title><dcterms:created>2026-07-08T01:00:00Z</dcterms:created></cp:coreProperties>'
    return zipped({"word/document.xml": f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>', "docProps/core.xml": core})
