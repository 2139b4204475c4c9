"""Articles: what their source's terms let us keep, and full-text search."""

from __future__ import annotations

import pytest

from scraper.errors import StorageError
from scraper.storage import articles, sources
from scraper.storage.articles import pack, unpack
from scraper.storage.store import Store
from scraper.text import spaced

from .made import Text, add, source

LONG = "The ministers met. They announced the Harbour Initiative. They parted. " + "More was said. " * 40 + "Farewell."


def test_a_full_text_is_kept_whole_and_its_mention_points_into_it(store: Store) -> None:
    (number,) = add(store, Text("https://a.example/1", text=LONG, name="Harbour Initiative"))
    (row,) = store.rows("SELECT * FROM articles")
    assert (row["id"], row["text"], row["statement_text"], row["statement_start"], row["statement_end"]) == (
        number,
        LONG,
        LONG,
        0,
        len(LONG),
    )
    (mention,) = store.rows("SELECT * FROM mentions")
    assert row["text"][mention["start"] : mention["end"]] == mention["name"] == "Harbour Initiative"
    assert (mention["sentence_before"], mention["sentence_after"]) == ("The ministers met.", "They parted.")
    assert mention["initiative_id"] is None


@pytest.mark.parametrize(("store_as", "kept"), [("excerpt", LONG[:300]), ("link", None)])
def test_other_terms_keep_the_proof_but_not_the_text(store: Store, store_as: str, kept: str | None) -> None:
    add(store, Text("https://a.example/1", text=LONG, name="Harbour Initiative", store=store_as))
    (row,) = store.rows("SELECT text, statement_text, statement_start, statement_end, length, sketch FROM articles")
    assert (row["text"], row["statement_text"], row["statement_start"], row["statement_end"]) == (kept, None, None, None)
    assert (row["length"], unpack(row["sketch"])) == (len(LONG), (1, 2, 3))
    (mention,) = store.rows('SELECT name, "start", "end", sentence FROM mentions')
    assert mention == {"name": "Harbour Initiative", "start": None, "end": None, "sentence": "They announced the Harbour Initiative."}
    assert found(store, "Farewell") == []


def test_a_name_that_stands_only_in_the_title_points_into_the_title(store: Store) -> None:
    add(store, Text("https://a.example/1", title="On the Lantern Accord", text="They met.", name="Lantern Accord", store="link"))
    (row,) = store.rows('SELECT a.title, m.field, m."start" AS s, m."end" AS e FROM mentions m JOIN articles a ON a.id = m.article_id')
    assert (row["field"], row["title"][row["s"] : row["e"]]) == ("title", "Lantern Accord")


def found(store: Store, words: str) -> list[int]:
    """The articles whose search text holds these words as a phrase."""
    rows = store.rows("SELECT rowid AS id FROM articles_fts WHERE articles_fts MATCH ? ORDER BY rowid", (f'"{spaced(words)}"',))
    return [row["id"] for row in rows]


def test_words_of_three_languages_are_found(store: Store) -> None:
    ko, ja, en = add(
        store,
        Text("https://a.example/ko", "한·미·일 외교장관회의", "장관들은 북한의 도발을 규탄하였다.", language="ko"),
        Text("https://a.example/ja", "日米韓外相会合", "三か国は共同声明を発出した。", language="ja"),
        Text("https://a.example/en", "Joint Statement", "They condemned the launches.", language="en"),
    )
    assert found(store, "북한") == [ko]
    assert found(store, "한미일") == [ko]
    assert found(store, "日米韓") == [ja]
    assert found(store, "声明") == [ja]
    assert found(store, "statement") == [en]
    assert found(store, "condemn launch") == []
    assert found(store, "condemned the launch") == [en]
    assert found(store, "남한") == []


def test_an_article_is_found_by_any_form_of_its_address_and_stands_once(store: Store) -> None:
    (number,) = add(store, Text("https://a.example/1"))
    for url in ("https://a.example/1", "http://A.example/1?utm_source=x#top"):
        row = articles.find(store, url)
        assert row is not None
        assert row["id"] == number
    assert articles.find(store, "https://a.example/2") is None
    with pytest.raises(StorageError, match="UNIQUE"):
        add(store, Text("https://a.example/1"))
    assert store.row("SELECT count(*) AS n FROM articles_fts") == {"n": 1}


def test_the_source_must_be_known_where_one_is_named(store: Store) -> None:
    with pytest.raises(StorageError, match="FOREIGN KEY"):
        add(store, Text("https://a.example/1", source="nobody"))
    sources.sync(store, [source("somebody")])
    add(store, Text("https://a.example/1", source="somebody"))
    assert store.rows("SELECT source_id FROM articles") == [{"source_id": "somebody"}]


def test_hostile_characters_are_stored(store: Store) -> None:
    add(store, Text("https://a.example/1", title="a\ud800\x00b'\"", text="\udfff한" * 3))
    assert store.rows("SELECT title, text FROM articles") == [{"title": "a\ufffd\x00b'\"", "text": "\ufffd한" * 3}]


def test_a_sighting_is_what_was_judged(store: Store) -> None:
    add(store, Text("https://a.example/1?utm_source=x", party="KR"))
    row = articles.find(store, "https://a.example/1")
    assert row is not None
    seen = articles.sighting(row, ("known",))
    assert (seen.url, seen.official, seen.party, seen.date, seen.date_stated) == ("https://a.example/1", True, "KR", "2026-07-08", True)
    assert (seen.sketch, seen.numbers, seen.names, seen.initiatives) == ((1, 2, 3), ("3",), ("Kim",), ("known",))
    assert seen.published == "2026-07-08T09:00:00Z"


@pytest.mark.parametrize("sketch", [(), (0,), (1, 2**64 - 1)])
def test_a_sketch_survives_packing(sketch: tuple[int, ...]) -> None:
    assert unpack(pack(sketch)) == sketch


def test_keys_are_stored_once_and_hashes_are_left_to_the_postings(store: Store) -> None:
    (number,) = add(store, Text("https://a.example/1"))
    for keys in (frozenset({"d:2026-07-08", "s:1"}), frozenset({"d:2026-07-08"}), frozenset[str]()):
        articles.add_keys(store, number, keys)
    assert store.rows("SELECT key FROM article_keys ORDER BY key") == [{"key": "d:2026-07-08"}]
