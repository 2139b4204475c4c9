"""The words of the tables are there, and counts take the form of their language."""

from __future__ import annotations

import pytest

from scraper.catalogues import CATALOGUES
from scraper.model.article import LEVELS as ALL_LEVELS
from scraper.model.article import STATEMENT_KINDS
from scraper.model.source import OUTCOMES as ALL_OUTCOMES
from scraper.stages.digest.phrases import counted, phrases
from scraper.stages.digest.terms import INITIATIVES, KINDS, LANGUAGES, LEVELS, LEVELS_SHORT, NEWS, OUTCOMES, Table, term
from scraper.stages.initiatives.eastern import EASTERN_HEADS
from scraper.stages.initiatives.lexicon import CATEGORIES, FAMILY


@pytest.mark.parametrize(
    ("table", "words"),
    [
        (KINDS, STATEMENT_KINDS),
        (NEWS, STATEMENT_KINDS),
        (LEVELS, ALL_LEVELS),
        (LEVELS_SHORT, ALL_LEVELS),
        (OUTCOMES, ALL_OUTCOMES),
        (INITIATIVES, tuple({*FAMILY.values(), *CATEGORIES.values(), *EASTERN_HEADS.values()})),
    ],
)
@pytest.mark.parametrize("language", sorted(CATALOGUES))
def test_every_word_of_the_tables_is_known(table: Table, words: tuple[str, ...], language: str) -> None:
    assert set(phrases(language, table)) == {word for word in words if word}
    assert len({term(table, word, language) for word in words}) == len(words)


@pytest.mark.parametrize(
    ("table", "word", "language", "said"),
    [
        (KINDS, "readout", "en", "Readout"),
        (KINDS, "readout", "ja", "会談概要"),
        (KINDS, "readout", "fr", "Readout"),
        (KINDS, "open_letter", "ko", "open letter"),
        (LEVELS, "", "ko", ""),
        (LANGUAGES, "en", "ko", "영어"),
        (LANGUAGES, "zh", "ja", "中国語"),
        (LANGUAGES, "fil", "en", "Filipino"),
        (LANGUAGES, "x_nowhere", "en", "x nowhere"),
        (LANGUAGES, "", "ja", ""),
    ],
)
def test_term(table: Table, word: str, language: str, said: str) -> None:
    assert term(table, word, language) == said


@pytest.mark.parametrize(
    ("language", "n", "said"),
    [
        ("en", 0, "0 new statements"),
        ("en", 1, "1 new statement"),
        ("en", 2, "2 new statements"),
        ("en", 1_234, "1,234 new statements"),
        ("ko", 1, "새 성명 1건"),
        ("ja", 2, "新たな声明 2件"),
        ("fr", 1, "1 new statement"),
    ],
)
def test_counted(language: str, n: int, said: str) -> None:
    assert counted(language, "statement", n) == said
