"""A writer of PDF files (ISO 32000-1) as small as tests need: objects, a table of them, text at places."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

TOP, LEFT, LEADING = 760.0, 72.0, 14.0


@dataclass(frozen=True)
class Shown:
    """A piece of text at a place, in points from the lower left corner."""

    text: str
    x: float = LEFT
    y: float = TOP
    size: float = 11.0


@dataclass
class File:
    """The objects of a file; the first is its catalogue, the second its tree of pages."""

    objects: list[bytes] = field(default_factory=lambda: [b"", b""])
    info: int = 0
    trailer: bytes = b""

    def add(self, body: bytes) -> int:
        """Append an object; return its number."""
        self.objects.append(body)
        return len(self.objects)

    def stream(self, data: bytes, head: bytes = b"", *, packed: bool = True) -> int:
        """Append a stream; return its number."""
        body = zlib.compress(data) if packed else data
        told = b"/Filter /FlateDecode " if packed else b""
        return self.add(b"<< /Length %d %s%s >>\nstream\n%s\nendstream" % (len(body), told, head, body))

    def bytes(self) -> bytes:
        """The file."""
        out, places = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", []
        for number, body in enumerate(self.objects, 1):
            places.append(len(out))
            out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
        table = b"".join(b"%010d 00000 n \n" % place for place in places)
        info = b"/Info %d 0 R " % self.info if self.info else b""
        size = len(places) + 1
        return out + b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R %s%s>>\nstartxref\n%d\n%%%%EOF\n" % (
            size, table, size, info, self.trailer, len(out),
        )  # fmt: skip


def pdf(pages: Sequence[Sequence[Shown]], *, info: Mapping[str, str] | None = None, packed: bool = True) -> bytes:
    """A file with a text layer: each page shows its pieces in their order."""
    made = File()
    fonts = [font(made, [one for page in pages for one in page])]
    contents = [b"BT " + b" ".join(shown(one) for one in page) + b" ET" for page in pages]
    return finished(made, fonts, contents, info=info, packed=packed)


def finished(
    made: File,
    fonts: Sequence[int],
    contents: Iterable[bytes],
    *,
    info: Mapping[str, str] | None = None,
    packed: bool = True,
    more: bytes = b"",
) -> bytes:
    """The bytes of a file whose pages have these contents; ``more`` stands in the resources of each."""
    named = b" ".join(b"/F%d %d 0 R" % (number, one) for number, one in enumerate(fonts, 1))
    kids = []
    for content in contents:
        number = made.stream(content, packed=packed)
        kids.append(
            made.add(
                b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R /Resources << /Font << %s >> %s >> >>"
                % (number, named, more)
            )
        )
    made.objects[0] = b"<< /Type /Catalog /Pages 2 0 R >>"
    made.objects[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), b" ".join(b"%d 0 R" % kid for kid in kids))
    if info:
        pairs = b" ".join(
            b"/%s <%s>" % (key.encode(), (b"\xfe\xff" + value.encode("utf-16-be")).hex().encode()) for key, value in info.items()
        )
        made.info = made.add(b"<< %s >>" % pairs)
    return made.bytes()


def shown(one: Shown) -> bytes:
    """The instructions that show a piece: by the font of the file, which knows characters by their UTF-16 code."""
    return b"/F1 %.2f Tf 1 0 0 1 %.2f %.2f Tm <%s> Tj" % (one.size, one.x, one.y, one.text.encode("utf-16-be").hex().encode())


def font(made: File, pieces: Iterable[Shown]) -> int:
    """A composite font (Identity-H) as Korean and Japanese files have it: what its codes mean stands in its ToUnicode map."""
    letters = sorted({letter for one in pieces for letter in one.text})
    lines = [b"<%s> <%s>" % ((letter.encode("utf-16-be").hex().encode(),) * 2) for letter in letters]
    blocks = b"\n".join(
        b"%d beginbfchar\n%s\nendbfchar" % (len(lines[start : start + 100]), b"\n".join(lines[start : start + 100]))
        for start in range(0, len(lines), 100)
    )
    cmap = (
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap 1 begincodespacerange <0000> <ffff> endcodespacerange\n%s\nendcmap end end"
        % blocks
    )
    map_of = made.stream(cmap)
    widths = b" ".join(b"%d [%d]" % (ord(letter), 1000 if letter >= "\u2e80" else 500) for letter in letters)
    below = made.add(
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Made /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /DW 1000 /W [%s] >>"
        % widths
    )
    return made.add(
        b"<< /Type /Font /Subtype /Type0 /BaseFont /Made /Encoding /Identity-H /DescendantFonts [%d 0 R] /ToUnicode %d 0 R >>"
        % (below, map_of)
    )


def helvetica(made: File) -> int:
    """One of the fonts that every reader has."""
    return made.add(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")


def lines(texts: Iterable[str], *, x: float = LEFT, top: float = TOP, size: float = 11.0, leading: float = LEADING) -> list[Shown]:
    """Lines one below the other; an empty one leaves its place free."""
    return [Shown(text, x, top - number * leading, size) for number, text in enumerate(texts) if text]


def wrapped(text: str, width: int, *, cut: bool = False) -> list[str]:
    """A paragraph as lines of at most ``width`` characters, broken between words or, with ``cut``, anywhere."""
    if cut:
        return [text[start : start + width] for start in range(0, len(text), width)]
    rows = [""]
    for word in text.split(" "):
        if rows[-1] and len(rows[-1]) + 1 + len(word) > width:
            rows.append(word)
        else:
            rows[-1] += (" " if rows[-1] else "") + word
    return rows
