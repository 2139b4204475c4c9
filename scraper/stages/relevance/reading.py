"""An article prepared for judging: its title and its first sentences with who and what is named in each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from scraper.model.article import Article
from scraper.model.watch import Watch
from scraper.parties import Group, Naming, Parties, level_case
from scraper.stages.relevance.glossary import Glossary, Hit, of_words
from scraper.text import CJK, fold, sentences
from scraper.urls import host

_OPENING = 4000
"""How many characters of a text are read sentence by sentence; an act is told at the head of a text."""
_PROSE = 14
_LONG = 900
_MANY = 80
_WIDE = re.compile(f"[{CJK}]")
_WORD = re.compile(r"[A-Za-z]+")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence (or line, or title): ``text`` and its ``lower`` form of equal length, and what it names, by offsets into it.

    ``start`` is its offset in the text judged, -1 for the title; ``order`` counts sentences of prose (the title is 0) and is 0 for a
    line that is no prose (a date line, a menu). ``bystanders`` are those who act for no government, ``actors`` those who do without an office; ``capitals`` are where a capital is named.
    """

    text: str
    lower: str
    start: int
    order: int
    groups: tuple[Group, ...]
    together: tuple[Naming, ...]
    weak: tuple[Naming, ...]
    acts: tuple[Hit, ...]
    levels: tuple[Hit, ...]
    offices: tuple[Hit, ...]
    bystanders: tuple[Hit, ...]
    actors: tuple[Hit, ...]
    capitals: frozenset[int]

    @property
    def is_prose(self) -> bool:
        """Whether it is a sentence of the text and neither title nor line of furniture."""
        return self.order > 0


class Lexicon:
    """Everything that is compiled once from a Watch."""

    def __init__(self, watch: Watch) -> None:
        self.watch = watch
        self.parties = Parties(watch)
        self.own = frozenset(self.parties.ids)
        self.acts = Glossary(watch.acts)
        self.levels = Glossary(watch.levels)
        self.offices = Glossary(watch.offices)
        self.kinds = Glossary(watch.kinds)
        self.places = Glossary(watch.places)
        self.relations = of_words("relation", watch.relations)
        self.titles = of_words("title", watch.titles)
        self.against = of_words("against", watch.against)
        self.bilateral = of_words("bilateral", watch.bilateral)
        self.bodies = of_words("body", watch.bodies)
        self.commentary = of_words("commentary", watch.commentary)
        self.bystanders = of_words("bystander", watch.bystanders)
        self.actors = of_words("actor", watch.actors)
        self.roundups = of_words("roundup", watch.roundups)

    def read(self, text: str, start: int, order: int) -> Sentence:
        """Return ``text`` as a Sentence with what it names."""
        lower = level_case(text)
        names, weak = self.parties.scan(text), self.parties.weak(text)
        # Who else is there matters only beside a party's name or a word for the three.
        around = bool(names.groups or weak)
        return Sentence(
            text, lower, start, order, names.groups, self.parties.together(text), weak, self.acts.find(lower), self.levels.find(lower),
            self.offices.find(lower), self.bystanders.find(lower) if around else (), self.actors.find(lower) if around else (),
            frozenset(mention.start for mention in names.mentions if mention.capital),
        )  # fmt: skip


def bare(text: str, start: int) -> Sentence:
    """Return a line that is no prose as a Sentence; who is named in a menu or a date line tells nothing, so it is not looked up."""
    return Sentence(text, level_case(text), start, 0, (), (), (), (), (), (), (), (), frozenset())


@dataclass(frozen=True, slots=True)
class Reading:
    """An article as it is judged: ``text`` is the statement where one was cut out, else the whole; ``before`` what stands before it."""

    article: Article
    title: Sentence
    lines: tuple[Sentence, ...]
    lead: tuple[Sentence, ...]
    text: str
    before: str
    published: date | None
    party: str
    lexicon: Lexicon


def read(article: Article, lexicon: Lexicon) -> Reading:
    """Prepare ``article``: the title, the sentences of the opening, of which ``lead`` is prose in order and ``lines`` is all."""
    text = article.statement_text or article.text
    before = article.text[: article.statement[0]][-_LONG:] if article.statement_text else ""
    lines = tuple(_sentences(text, article.title, lexicon))
    lead = tuple(line for line in lines if line.is_prose)
    party = article.party or lexicon.parties.party_of(host(article.url))
    return Reading(article, lexicon.read(article.title[:_LONG], -1, 0), lines, lead, text, before, _day(article), party, lexicon)


def _day(article: Article) -> date | None:
    if article.published is None:
        return None
    try:
        return date.fromisoformat(article.published.day)
    except ValueError:
        return None


def _sentences(text: str, title: str, lexicon: Lexicon) -> Iterator[Sentence]:
    named = fold(title)
    order = 0
    for span in sentences(text[:_OPENING])[:_MANY]:
        piece = text[span.start : min(span.end, span.start + _LONG)]
        prose = _is_prose(piece) and fold(piece) != named
        order += prose
        yield lexicon.read(piece, span.start, order) if prose else bare(piece, span.start)


def _is_prose(piece: str) -> bool:
    """Tell a sentence from a menu entry, a heading or a date line, by its length in words (a CJK character is about half a word)."""
    words = len(_WORD.findall(piece)) + len(_WIDE.findall(piece)) / 2
    return words >= _PROSE or (words >= _PROSE / 2 and piece.rstrip("\"'”’」』)）]")[-1:] in ".。!?")
