"""RIS: a tag and a value a line, lines ended by CR and LF (the format's specification by Research Information Systems, 2001 and 2011)."""

from __future__ import annotations

from collections.abc import Iterator

from scraper.model.citation import Citation
from scraper.stages.citing.values import address, clock, copy_told, key, language, line, minute, names, parts


def ris(citation: Citation) -> str:
    """Return one record from ``TY`` to ``ER``.

    A body's page is ``ELEC`` (a web page), a report on it ``NEWS``. A comma in ``AU`` parts family name from given name, so that a body with a comma in its
    name is taken apart by some readers; ``PB`` has it whole. ``AV`` is where the archived copy is to be had.
    """
    kind = "ELEC" if citation.official else "NEWS"
    told = "".join(f"{tag}  - {value}\r\n" for tag, value in _tags(citation) if value)
    return f"TY  - {kind}\r\n{told}ER  - \r\n"


def _tags(citation: Citation) -> Iterator[tuple[str, str]]:
    yield "ID", key(citation)
    yield "TI", line(citation.title)
    for name in names(citation):
        yield "AU", name
    published = parts(citation.published)
    yield "PY", f"{published[0]:04d}" if published else ""
    yield "DA", _slashed(published)
    yield "PB", line(citation.author)
    yield "M3", line(citation.genre)
    yield "UR", address(citation.url)
    yield "Y2", _slashed(parts(citation.retrieved), minute(citation.retrieved))
    yield "LA", language(citation)
    yield "AV", address(citation.archived_url)
    yield "N1", f"Retrieved {clock(citation.retrieved)}" if clock(citation.retrieved) else ""
    yield "N1", copy_told(citation)


def _slashed(numbers: tuple[int, ...], other: str = "") -> str:
    """A date as ``YYYY/MM/DD/other``; its slashes stand even where a part is not known."""
    if not numbers:
        return ""
    year, month, day = (*numbers, 0, 0)[:3]
    return f"{year:04d}/{f'{month:02d}' if month else ''}/{f'{day:02d}' if day else ''}/{other}"
