"""How likely a text is, so that the readings of one page in several encodings can be compared.

Bytes decode into text in one way for each encoding, so the likelier text tells the encoding (Bayes' rule; Li and Momoi, "A
composite approach to language/encoding detection", 2001, weigh the same evidence).
"""

from __future__ import annotations

import re
from collections import Counter

from scraper.charsets.frequency import bits
from scraper.text import CJK

LANGUAGES = ("ko", "ja", "zh", "en")
# In Western texts accented letters stand alone between plain ones; in a misread page they stand together.
_TOGETHER = re.compile("[\u00a1-\u024f\u0192](?=[\u00a1-\u024f\u0192])")
_TOGETHER_BITS = 8.0
# A syllable or ideograph right before a small letter: the quotation mark of "smart" read as something else.
_AMIDST = re.compile(f"[{CJK}\uff61-\uff9f](?=[a-z])")
_AMIDST_BITS = 10.0
# Half-width kana come in words; one alone is a Western sign read as something else.
_ALONE = re.compile("(?<![\uff61-\uff9f])[\uff61-\uff9f](?![\uff61-\uff9f])")
_ALONE_BITS = 8.0
# Syllables and ideographs by turns, more than a name in brackets would bring.
_MIXED = re.compile("[\uac00-\ud7a3](?=[\u3400-\u9fff\uf900-\ufaff])|[\u3400-\u9fff\uf900-\ufaff](?=[\uac00-\ud7a3])")
_MIXED_BITS = 2.0


def cost(text: str, language: str) -> float:
    """Return how many bits ``text`` takes if it is of ``language``: the lower, the likelier; linear in its length."""
    letters = sum(count * bits(char, language) for char, count in Counter(text).items())
    together = _TOGETHER_BITS * len(_TOGETHER.findall(text)) if language == "en" else 0.0
    amidst = _AMIDST_BITS * len(_AMIDST.findall(text))
    mixed = _MIXED_BITS * len(_MIXED.findall(text))
    alone = _ALONE_BITS * len(_ALONE.findall(text))
    return letters + together + amidst + mixed + alone


def per_letter(text: str, total: float) -> float:
    """Return the bits for each character of ``text`` that is not ASCII, what ASCII costs left out; 0 where all is ASCII."""
    foreign = sum(count for char, count in Counter(text).items() if char > "\x7f")
    plain = sum(count * bits(char, "") for char, count in Counter(text).items() if char <= "\x7f")
    return (total - plain) / foreign if foreign else 0.0
