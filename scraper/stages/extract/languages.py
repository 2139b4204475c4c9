"""The language a text is written in: its script, then its commonest words; what a page declares only breaks ties."""

from __future__ import annotations

import re
from collections import Counter

from scraper.text import guess_language, language_code

_SAMPLE = 6000
_LETTERS = re.compile(r"[^\W\d_]+")
# The commonest function words; a word that two of these languages share is left out.
_COMMON = {
    "en": "the of and to that for with was is are on by from at this have has it which they will would been their not",
    "de": "der die das und den von zu mit sich auf für ist im dem nicht ein eine als auch werden aus bei nach wird wurde",
    "fr": "le les des du et une dans pour qui au sur avec ce il est plus aux cette sont leur ont été pas",
    "es": "el los las del una por con para su al lo como más pero sus este fue ha sobre entre también y",
    "it": "il che di della per gli con è del una nel alla dei delle si sono anche più dal ha",
    "pt": "o os da do em uma com não para as dos na no ao mais foi pelo pela são também",
    "nl": "het een van en dat op zijn met voor niet aan er om ook bij maar naar wordt hebben",
}
_WHOSE = {word: code for code, words in _COMMON.items() for word in words.split()}
_FEWEST = 6
_EASTERN = frozenset({"ko", "ja", "zh"})


def language_of(text: str, declared: str = "", expected: str = "") -> str:
    """Return the code of a text (as :func:`scraper.text.language_code` gives it): by its script where that decides, else what is declared, else what is expected, else ``en``.

    A declaration of ``en`` (templates come with it), or one that the script refutes, yields to the commonest words of the text.
    """
    guess = guess_language(text)
    if guess == "zh" and "ja" in {language_code(tag) for tag in (declared, expected)}:
        return "ja"  # a heading in characters alone
    if guess != "en":
        return guess
    named = [code for tag in (declared, expected) if (code := language_code(tag)) and code not in _EASTERN]
    if named and named[0] != "en":
        return named[0]
    return _by_words(text) or "en"


def _by_words(text: str) -> str:
    """The language most of the commonest words belong to, or ``""`` where they are few or split."""
    found = Counter(_WHOSE[word] for word in _LETTERS.findall(text[:_SAMPLE].lower()) if word in _WHOSE)
    ranked = found.most_common(2)
    if not ranked or ranked[0][1] < _FEWEST or (len(ranked) > 1 and ranked[0][1] < 2 * ranked[1][1]):
        return ""
    return ranked[0][0]
