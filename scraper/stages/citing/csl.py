"""CSL-JSON, as reference managers exchange it (the schema csl-data.json of CSL 1.0.2)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from scraper.model.citation import Citation
from scraper.stages.citing.values import address, clock, copy_told, key, language, line, names, parts


def csl(citations: Sequence[Citation]) -> str:
    """Return a JSON array of items, ended by a line end; characters stand as they are (UTF-8)."""
    return json.dumps([item(one) for one in citations], ensure_ascii=False, indent=2) + "\n"


def item(citation: Citation) -> dict[str, Any]:
    """Return one item: ``webpage`` with its genre for a body's own page, ``article-newspaper`` for a report; what is not known is left out."""
    told: dict[str, Any] = {
        "id": key(citation),
        "type": "webpage" if citation.official else "article-newspaper",
        "title": line(citation.title),
        "author": [{"literal": name} for name in names(citation)],
        "container-title": "" if citation.official else line(citation.author),
        "publisher": line(citation.author),
        "genre": line(citation.genre),
        "issued": _date(citation.published),
        "accessed": _date(citation.retrieved),
        "URL": address(citation.url),
        "language": language(citation),
        "archive": line(citation.archive) if address(citation.archived_url) else "",
        "archive_location": address(citation.archived_url),
        "note": "; ".join(
            filter(None, (f"retrieved {clock(citation.retrieved)}" if clock(citation.retrieved) else "", copy_told(citation)))
        ),
    }
    return {name: value for name, value in told.items() if value}


def _date(day: str) -> dict[str, list[list[int]]]:
    numbers = parts(day)
    return {"date-parts": [list(numbers)]} if numbers else {}
