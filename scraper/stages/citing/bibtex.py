"""BibTeX as biblatex and biber read it: UTF-8, an ``@online`` entry (biblatex manual 2.1.1, 2.2)."""

from __future__ import annotations

from collections.abc import Iterator

from scraper.model.citation import Citation
from scraper.stages.citing.values import address, clock, copy_told, iso, key, line, names

_SPECIAL = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",  # \{ would do for TeX, but counts as a brace when the entry is read
        "}": r"\textbraceright{}",
        "$": r"\$",
        "&": r"\&",
        "#": r"\#",
        "_": r"\_",
        "%": r"\%",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
    }
)
_BABEL = {
    "en": "english",
    "ko": "korean",
    "ja": "japanese",
    "zh": "chinese",
    "fr": "french",
    "de": "german",
    "es": "spanish",
    "ru": "russian",
}
"""How babel and polyglossia call a language; biblatex needs that name to choose the hyphenation."""


def bibtex(citation: Citation) -> str:
    """Return one entry, ended by a line end.

    Title and bodies stand in braces of their own, so that no style changes their case or takes a ministry's name apart. The archived copy
    is in ``eprint``, which like ``url`` is verbatim: a command in a note could not hold every address.
    """
    fields = ",\n".join(f"  {name} = {{{value}}}" for name, value in _fields(citation) if value)
    return f"@online{{{key(citation)},\n{fields},\n}}\n"


def tex(text: str) -> str:
    """Return a text in which nothing is a command of TeX, on one line."""
    return line(text).translate(_SPECIAL)


def _fields(citation: Citation) -> Iterator[tuple[str, str]]:
    yield "author", " and ".join(f"{{{tex(name)}}}" for name in names(citation))
    yield "title", f"{{{tex(citation.title)}}}"
    yield "titleaddon", tex(citation.genre)
    yield "organization", f"{{{tex(citation.author)}}}" if line(citation.author) else ""
    yield "date", iso(citation.published)
    yield "url", address(citation.url)
    yield "urldate", iso(citation.retrieved)
    yield "langid", _BABEL.get(citation.language, "")
    yield "eprinttype", "archived copy" if address(citation.archived_url) else ""
    yield "eprint", address(citation.archived_url)
    yield "note", tex("; ".join(filter(None, (_read(citation), copy_told(citation)))))


def _read(citation: Citation) -> str:
    return f"Retrieved {clock(citation.retrieved)}" if clock(citation.retrieved) else ""
