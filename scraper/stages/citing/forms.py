"""The forms that a citation can be had in, by name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from scraper.model.citation import Citation
from scraper.stages.citing.bibtex import bibtex
from scraper.stages.citing.chicago import chicago
from scraper.stages.citing.csl import csl
from scraper.stages.citing.ris import ris


@dataclass(frozen=True, slots=True)
class Form:
    """A form: its ``title`` for people, the ``suffix`` of its files and their ``media`` type, and what makes it of citations."""

    title: str
    suffix: str
    media: str
    make: Callable[[Sequence[Citation]], str]


def _bibtex(citations: Sequence[Citation]) -> str:
    return "\n".join(bibtex(one) for one in citations)


def _ris(citations: Sequence[Citation]) -> str:
    return "".join(ris(one) for one in citations)


def _chicago(citations: Sequence[Citation]) -> str:
    return "".join(f"{chicago(one)}\n" for one in citations)


FORMS: Final = {
    "chicago": Form("Footnote, Chicago style", "txt", "text/plain; charset=utf-8", _chicago),
    "bibtex": Form("BibTeX (biblatex)", "bib", "application/x-bibtex; charset=utf-8", _bibtex),
    "ris": Form("RIS", "ris", "application/x-research-info-systems; charset=utf-8", _ris),
    "csl": Form("CSL-JSON", "json", "application/vnd.citationstyles.csl+json; charset=utf-8", csl),
}
"""By name; the first is what is given where none is asked for."""


def cited(citations: Sequence[Citation], form: str) -> str:
    """Return the citations in a form of FORMS, ended by a line end; raises KeyError for another."""
    return FORMS[form].make(citations)
