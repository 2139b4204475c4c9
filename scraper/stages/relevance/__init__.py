"""Is an article of an act of the watched parties together, and of what kind: pure, with reasons."""

from __future__ import annotations

from scraper.model.article import Article, Relevance
from scraper.model.watch import Watch
from scraper.stages.relevance.evidence import Weighing
from scraper.stages.relevance.kinds import kind_and_side
from scraper.stages.relevance.level import level
from scraper.stages.relevance.place import place
from scraper.stages.relevance.reading import Lexicon, read
from scraper.stages.relevance.when import when


class Judge:
    def __init__(self, watch: Watch) -> None:
        self._lexicon = Lexicon(watch)

    def judge(self, article: Article) -> Relevance:
        reading = read(article, self._lexicon)
        evidence = Weighing(reading).weigh()
        kind, side = kind_and_side(reading)
        day = when(reading, evidence)
        return Relevance(evidence.score >= 0.5, evidence.score, evidence.reasons, kind, side, level=level(reading, evidence), date=day.day, date_stated=day.stated, place=place(reading, evidence))
