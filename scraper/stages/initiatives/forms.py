"""The forms in which a known initiative is searched for: its names, what is left of them without the marks of the three, its abbreviations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from scraper.model.initiative import Initiative
from scraper.stages.initiatives.eastern import eastern_head
from scraper.stages.initiatives.lexicon import DETERMINERS, MEETING_ONLY, ONLY_ONES, WEAK, head_of
from scraper.stages.initiatives.marks import strip_marks
from scraper.stages.initiatives.reading import Land
from scraper.text import has_cjk

_LATIN = re.compile("[A-Za-z]+")
_VOWEL = re.compile("[AEIOU]")


@dataclass(frozen=True, slots=True)
class Form:
    """One searched form: of which initiative, what case it asks for, and whether marks of the three must stand beside it.

    What can be said of it without a text is worked out when it is made: ``head`` is the head noun in it, ``capitals`` are the
    words that need a capital, ``wordy`` tells that it says enough in lower case, ``telling`` that an abbreviation stands for one thing only.
    """

    initiative: Initiative
    text: str
    mark: str
    abbreviation: bool
    strict: bool
    eastern: bool
    head: str
    capitals: tuple[bool, ...]
    wordy: bool
    telling: bool

    def cased(self, stands: str) -> bool:
        """Tell whether capitals stand in ``stands`` where the form has them (or everywhere)."""
        if self.eastern or stands == self.text or stands.isupper():
            return True
        words = _LATIN.findall(stands)
        return len(words) != len(self.capitals) or all(
            word[0].isupper() for word, capital in zip(words, self.capitals, strict=True) if capital
        )


def made(initiative: Initiative, text: str, mark: str = "", *, abbreviation: bool = False, strict: bool = False) -> Form:
    """Return the form with all that is to be known of it."""
    return Form(
        initiative=initiative, text=text, mark=mark, abbreviation=abbreviation, strict=strict, eastern=has_cjk(text), head=_head(text),
        capitals=tuple(word[0].isupper() and word.lower() not in DETERMINERS for word in _LATIN.findall(text)),
        wordy=len(text.split()) >= 2 or text.lower() in ONLY_ONES,
        telling=len(text) >= 4 and (not text.isupper() or not _VOWEL.search(text)),
    )  # fmt: skip


def forms_of(initiative: Initiative, land: Land) -> Iterator[Form]:
    """Yield the forms of one initiative."""
    seen = {name for names in initiative.names.values() for name in names}
    if initiative.casing != "generic":
        seen.add(initiative.name)
    for name in sorted(seen):
        if name in initiative.abbreviations:
            continue
        core, stripped = strip_marks(name, land)
        yield made(initiative, re.sub("^[Tt]he ", "", name), strict=stripped and not _says_enough(core))
        if stripped and initiative.trilateral and _says_enough(core):
            yield made(initiative, core, _mark_needed(core))
    for abbreviation in initiative.abbreviations:
        yield made(initiative, abbreviation, abbreviation=True)


def variants(text: str) -> frozenset[str]:
    """Return British and American spelling, with and without the article inside ("on the", "on")."""
    found = {text}
    for one, other in (
        ("programme", "program"),
        ("program", "programme"),
        ("defense", "defence"),
        (" on the ", " on "),
        (" for the ", " for "),
        (" on ", " on the "),
    ):
        found |= {form.replace(one, other) for form in found if one in form and "programmemme" not in form.replace(one, other)}
    return frozenset(form.strip() for form in found if form.strip())


def _says_enough(core: str) -> bool:
    """Tell whether a core says anything beside its marks: two words at least, or a head of which the three have only one."""
    if has_cjk(core):
        bare = core.replace(" ", "")
        return len(bare) - len(eastern_head(bare)) >= 2 or bare in ("사무국", "핫라인", "事務局")
    return len(core.split()) >= 2 or core.lower() in ONLY_ONES


def _mark_needed(core: str) -> str:
    """``beside`` where the core says little alone, ``sentence`` where its sentence must speak of the three."""
    if has_cjk(core):
        bare = core.replace(" ", "")
        return "sentence" if len(bare) - len(eastern_head(bare)) >= 6 else "beside"
    words = core.split()
    heads = {head_of(word.strip("'")) for word in words}
    return "beside" if len(words) < 3 or heads & (MEETING_ONLY | WEAK | {"statement"}) or not core[:1].isupper() else "sentence"


def _head(name: str) -> str:
    if has_cjk(name):
        return eastern_head(name.replace(" ", ""))
    return next((head_of(word) for word in reversed(_LATIN.findall(name)) if head_of(word)), "")
