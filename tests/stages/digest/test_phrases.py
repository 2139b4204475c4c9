"""The fixed sentences and words are there in every language."""

from __future__ import annotations

import re

from scraper.model.article import LEVELS as ALL_LEVELS
from scraper.model.article import STATEMENT_KINDS
from scraper.model.source import OUTCOMES as ALL_OUTCOMES
from scraper.stages.digest.phrases import PHRASES, counted
from scraper.stages.digest.terms import KINDS, LANGUAGES, LEVELS, OUTCOMES, term


def test_tables_hold_every_language() -> None:
    assert PHRASES["ko"].keys() == PHRASES["ja"].keys() == PHRASES["en"].keys()
    for key, english in PHRASES["en"].items():
        slots = set(re.findall(r"\{(\w+)\}", english))
        for language in ("ko", "ja"):
            assert set(re.findall(r"\{(\w+)\}", PHRASES[language][key])) == slots, (language, key)
            assert PHRASES[language][key] != english or key == "comma"
    for table in (KINDS, LEVELS, OUTCOMES, LANGUAGES):
        assert all(len(set(words)) >= 2 and all(words) for words in table.values())


def test_every_word_of_the_tables_is_known() -> None:
    assert set(ALL_LEVELS) == set(LEVELS)
    assert set(STATEMENT_KINDS) == set(KINDS)
    assert set(ALL_OUTCOMES) <= set(OUTCOMES)


def test_term_and_count() -> None:
    assert [term(KINDS, "readout", language) for language in ("en", "ja", "fr")] == ["Readout", "会談結果の発表", "Readout"]
    assert term(KINDS, "open_letter", "ko") == "open letter"
    assert [counted("en", "statement", n) for n in (0, 1, 2)] == ["0 new statements", "1 new statement", "2 new statements"]
