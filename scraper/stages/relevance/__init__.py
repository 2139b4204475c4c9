"""Is an article of an act of the watched parties together, and of what kind: pure, with reasons."""

from __future__ import annotations

from scraper.model.article import Article, Relevance
from scraper.model.watch import Watch
from scraper.stages.relevance.evidence import Weighing
from scraper.stages.relevance.kinds import kind_and_side
from scraper.stages.relevance.level import level
from scraper.stages.relevance.people import participants
from scraper.stages.relevance.place import place
from scraper.stages.relevance.preview import announces
from scraper.stages.relevance.reading import Lexicon, read
from scraper.stages.relevance.when import when

RELEVANT = 0.5
"""The score from which an article is relevant."""


class Judge:
    """Judges articles for one Watch; build it once (it compiles every word of the Watch) and use it for every article."""

    def __init__(self, watch: Watch) -> None:
        self._lexicon = Lexicon(watch)

    def judge(self, article: Article) -> Relevance:
        """Return whether ``article`` is of an act of the parties together, its kind, side, level, date, place and participants.

        The text judged is the isolated statement where one is set, else the whole; the title counts too. The day is inferred from the
        publication where the text states none, and empty where there is neither.
        """
        reading = read(article, self._lexicon)
        evidence = Weighing(reading).weigh()
        day = when(reading, evidence)
        kind, side = kind_and_side(reading, ahead=announces(reading, evidence, day))
        rank = level(reading, evidence)
        return Relevance(
            relevant=evidence.score >= RELEVANT,
            score=evidence.score,
            reasons=evidence.reasons,
            kind=kind,
            side=side,
            level=rank,
            date=day.day,
            date_stated=day.stated,
            place=place(reading, evidence),
            participants=participants(reading, evidence, rank),
        )


def judge(article: Article, watch: Watch) -> Relevance:
    """Return :meth:`Judge.judge` of ``article`` for ``watch``; for many articles build a Judge once."""
    return Judge(watch).judge(article)
