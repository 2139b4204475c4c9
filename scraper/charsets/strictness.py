"""Reading by one codec, with the characters that vendors put beyond its standard, and a count of what means nothing.

Pages labelled EUC-JP and ISO-2022-JP hold NEC's row 13 and IBM's kanji as CP932 has them (so the Encoding Standard reads them),
later ones the additions of JIS X 0213; Big5 pages those of Hong Kong. Python's codecs stop there, and this goes on.
"""

from __future__ import annotations

import codecs
import re
from functools import lru_cache

from scraper.charsets.pairs import without_stray

_WIDER = {
    "euc_jp": "euc_jis_2004", "cp932": "shift_jis_2004", "cp950": "big5hkscs", "big5": "big5hkscs", "iso2022_jp_ext": "euc_jis_2004",
}  # fmt: skip
_JAPANESE_ROWS = frozenset({"euc_jp", "iso2022_jp_ext"})
_ANY_LEAD = bytes(range(0x81, 0xFF))
# The first bytes of a pair, by codec; any other high byte stands alone.
_LEADS = {
    **dict.fromkeys(("cp949", "gb18030", "cp950"), _ANY_LEAD),
    "euc_jp": b"\x8e\x8f" + bytes(range(0xA1, 0xFF)), "cp932": bytes((*range(0x81, 0xA0), *range(0xE0, 0xFD))),
}  # fmt: skip
# CP932 as Python has it gives these for single bytes that stand for nothing.
_NOTHING = re.compile("[\x80\uf8f0-\uf8f3]")
_GONE = "\ufffd"
# Stand for what is lost and before what was mended until they are counted: no codec makes a lone surrogate, while U+FFFD may be
# the page's own.
_LOST = "\udfff"
_KNOWN = "\udffe"
_MENDING = "trilateral-charsets"
_CHUNK = 65_536
# What is so broken is no text: the rest of it is read the fast way, which mends nothing.
_MOST_MENDED = 10_000


def _mend(error: UnicodeError) -> tuple[str, int]:
    """An error handler of the codecs module (PEP 293) that reads what it can and marks the rest."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    pair = error.object[error.start : error.start + 2]
    known = _beyond(pair, error.encoding)
    if known:
        return _KNOWN + known, error.start + 2
    # A broken pair is one character lost; its second byte is kept where it is ASCII (Encoding Standard, 4).
    torn = len(pair) == 2 and pair[0] in _LEADS.get(error.encoding, b"") and pair[1] >= 0x80
    return _LOST, error.start + 2 if torn else error.end


@lru_cache(maxsize=4096)
def _beyond(pair: bytes, encoding: str) -> str:
    """A character that the codec lacks, or ``""``."""
    if encoding not in _WIDER or len(pair) < 2:
        return ""
    raised = bytes(byte | 0x80 for byte in pair) if encoding == "iso2022_jp_ext" else pair
    if encoding in _JAPANESE_ROWS:
        vendors = _strictly(_shifted(raised), "cp932")
        if vendors:
            return vendors
    return _strictly(raised, _WIDER[encoding])


def _shifted(pair: bytes) -> bytes:
    """Row and cell of JIS X 0208, as EUC writes them, as Shift_JIS does; nothing where they are neither."""
    if not (0xA1 <= pair[0] <= 0xFE and 0xA1 <= pair[1] <= 0xFE):
        return b""
    row, cell = pair[0] - 0xA1, pair[1] - 0xA1
    lead = row // 2 + (0x81 if row < 62 else 0xC1)
    return bytes((lead, cell + 0x9F if row % 2 else cell + (0x40 if cell < 63 else 0x41)))


def _strictly(pair: bytes, name: str) -> str:
    try:
        return pair.decode(name)
    except UnicodeDecodeError:
        return ""


def read(body: bytes, name: str) -> tuple[str, int]:
    """Return the text that a codec makes of ``body``, and how many characters of it are replacements (U+FFFD).

    A last character that the body breaks off in is dropped. A stray byte costs one character, also where it would shift pairs.
    """
    body = without_stray(body, name)
    decoder = codecs.getincrementaldecoder(name)(_MENDING)
    pieces, lost, mended, position = [], 0, 0, 0
    while position < len(body) and lost + mended <= _MOST_MENDED:
        pieces.append(decoder.decode(body[position : position + _CHUNK], final=False))
        lost += pieces[-1].count(_LOST)
        mended += pieces[-1].count(_KNOWN)
        position += _CHUNK
    text = "".join(pieces)
    if lost or mended:
        text = text.replace(_LOST, _GONE).replace(_KNOWN, "")
    decoder.errors = "replace"
    rest = decoder.decode(body[position:], final=False)
    return _without_nothings(text + rest, name, lost + rest.count(_GONE))


def _without_nothings(text: str, name: str, lost: int) -> tuple[str, int]:
    if name != "cp932":
        return text, lost
    plain, more = _NOTHING.subn(_GONE, text)
    return plain, lost + more


codecs.register_error(_MENDING, _mend)
