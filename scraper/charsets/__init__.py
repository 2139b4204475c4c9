"""Bytes to text: which character encoding a page is in, decided by its labels where they can be true and by its letters where not.

The order is that of the Encoding Standard of the WHATWG as far as pages keep to it: a byte-order mark; the escapes of ISO-2022;
the declared label, read as what such pages hold in practice (``euc-kr`` is CP949, ``shift_jis`` is CP932); UTF-8; and where no
label holds, the reading that is the likeliest text of the languages that these bytes can be.
"""

from __future__ import annotations

from scraper.charsets.labels import codecs_of
from scraper.charsets.reading import Decoded, decode

__all__ = ["Decoded", "codecs_of", "decode"]
