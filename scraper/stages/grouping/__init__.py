"""One statement, however many copies: events, their statements, and every article's place, from the sightings in reach alone."""

from scraper.stages.grouping.arriving import affected, listed
from scraper.stages.grouping.contradictions import Contradiction, contradictions
from scraper.stages.grouping.decisions import EVENT
from scraper.stages.grouping.evidence import evidence
from scraper.stages.grouping.facts import Glossary, glossary_of
from scraper.stages.grouping.fingerprint import fingerprint
from scraper.stages.grouping.link import Link, components, keys, linked, reach
from scraper.stages.grouping.overlap import Overlap, overlap
from scraper.stages.grouping.regrouping import event_name, regroup
from scraper.stages.grouping.shares import carried
from scraper.stages.grouping.stock import NO_STOCK, Stock, stock_of

__all__ = (
    "EVENT",
    "NO_STOCK",
    "Contradiction",
    "Glossary",
    "Link",
    "Overlap",
    "Stock",
    "affected",
    "carried",
    "components",
    "contradictions",
    "event_name",
    "evidence",
    "fingerprint",
    "glossary_of",
    "keys",
    "linked",
    "listed",
    "overlap",
    "reach",
    "regroup",
    "stock_of",
)  # fmt: skip
