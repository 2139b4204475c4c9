"""Texts of statements and of what is written about them, each with the places where it names initiatives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from benchmarks.datasette.words import Tongue, tongue

_GAP = "\n\n"
_NAMING = {"en": "They welcomed the {} and its work.", "ko": "3국은 {}의 성과를 환영했다.", "ja": "3か国は{}の成果を歓迎した。"}
_SHARE = {"en": 95, "ko": 32, "ja": 38}
"""Characters of a sentence, about."""
MEDIAN = {"en": 2000, "ko": 900, "ja": 800}
"""Characters of a text, the median: about 2 kB of UTF-8 each."""
_SPREAD = 0.7


@dataclass(frozen=True, slots=True)
class Place:
    """Where a text names an initiative: its slug, the name, its bounds, and the sentence with those around it."""

    slug: str
    name: str
    start: int
    end: int
    sentence: str
    before: str
    after: str

    def shifted(self, by: int) -> Place:
        """Return the same place in a text that has ``by`` characters before this one."""
        return Place(self.slug, self.name, self.start + by, self.end + by, self.sentence, self.before, self.after)


@dataclass(frozen=True, slots=True)
class Text:
    """A text and the places in it."""

    text: str
    places: tuple[Place, ...] = ()

    def after(self, lead: str) -> Text:
        """Return this text behind a paragraph."""
        shift = len(lead) + len(_GAP)
        return Text(lead + _GAP + self.text, tuple(place.shifted(shift) for place in self.places))


def written(chance: Random, code: str, named: Sequence[tuple[str, str]], share: float = 1.0) -> Text:
    """Return a text in a language that names these initiatives (slug, name), each in a sentence of its own."""
    length = MEDIAN[code] * share * chance.lognormvariate(0, _SPREAD)
    plain = chance.choices(tongue(code).sentences, k=max(3 + len(named), min(600, round(length / _SHARE[code]))))
    naming = sorted(chance.sample(range(len(plain)), len(named)))
    for at, (_, name) in zip(naming, named, strict=True):
        plain[at] = _NAMING[code].format(name)
    return _joined(plain, dict(zip(naming, named, strict=True)), chance.randint(2, 5))


def _joined(sentences: list[str], naming: dict[int, tuple[str, str]], each: int) -> Text:
    """Sentences in paragraphs of so many, and where the named ones stand."""
    parts: list[str] = []
    places: list[Place] = []
    length = 0
    for at, sentence in enumerate(sentences):
        gap = "" if not at else _GAP if at % each == 0 else " "
        if at in naming:
            slug, name = naming[at]
            start = length + len(gap) + sentence.index(name)
            before, after = sentences[at - 1] if at else "", sentences[at + 1] if at + 1 < len(sentences) else ""
            places.append(Place(slug, name, start, start + len(name), sentence, before, after))
        parts += gap, sentence
        length += len(gap) + len(sentence)
    return Text("".join(parts), tuple(places))


def introduced(language: Tongue, number: int, body: Text) -> Text:
    """Return a text behind the sentence with the rare word of a number, as whoever repeats it introduces it."""
    return body.after(language.rare(number))
