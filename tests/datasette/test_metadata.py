"""What Datasette shows with our metadata: titles, descriptions, labels, facets and queries, over a real database."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

METADATA = json.loads((Path(__file__).parents[2] / "db" / "metadata.json").read_text("utf-8"))
TABLES = METADATA["databases"]["trilateral"]["tables"]
QUERIES = METADATA["databases"]["trilateral"]["queries"]


@pytest.mark.parametrize("table", sorted(TABLES))
def test_metadata_speaks_of_what_is_there(site: Any, table: str) -> None:
    database = site.datasette.get_database("trilateral")
    columns = set(site.run(database.table_columns(table)))
    assert columns
    said = TABLES[table]
    named = {*said.get("columns", {}), *said.get("units", {}), *said.get("facets", [])}
    named |= {said[key] for key in ("label_column", "sort", "sort_desc", "fts_pk") if key in said} - {"rowid"}
    assert named <= columns
    if "fts_table" in said:
        assert site.run(database.table_exists(said["fts_table"]))


def test_every_shown_table_is_described(site: Any) -> None:
    shown = {table["name"] for table in site.get("trilateral.json").json()["tables"] if not table["hidden"]}
    assert shown
    assert shown <= {name for name, said in TABLES.items() if said.get("description")}


@pytest.mark.parametrize("table", sorted(name for name, said in TABLES.items() if "hidden" not in said))
def test_every_table_opens(site: Any, table: str) -> None:
    page = site.get(f"trilateral/{table}")
    assert page.status_code == 200
    assert TABLES[table]["description"].split("'")[0] in page.text


@pytest.mark.parametrize("query", sorted(QUERIES))
def test_every_query_opens(site: Any, query: str) -> None:
    page = site.get(f"trilateral/{query}")
    assert page.status_code == 200
    assert QUERIES[query]["title"] in page.text


def test_the_front_page_and_the_charts_lead_to_the_queries(site: Any) -> None:
    asked = re.findall(r'href="/trilateral/(\w+)"', site.get("").text)
    drawn = re.findall(r'href="/trilateral/(chart_\w+)', site.get("charts").text)
    assert set(QUERIES) == {one for one in asked if one in QUERIES} | {*drawn, "search_everything"}  # which the search box stands for
    in_order = [one for one in asked if one in QUERIES]
    assert [one for one in dict.fromkeys(in_order) if one.startswith("chart_")] == []


def test_the_first_page_of_datasette_leads_to_queries_too(site: Any) -> None:
    targets = re.findall(r'(?:href|action)="\.\./trilateral/([^"]+)"', site.get("-/data").text)
    assert set(targets)
    assert set(targets) <= set(QUERIES)


def test_new_initiatives_come_with_their_proof(site: Any) -> None:
    (row,) = site.rows("new_initiatives_with_proof")
    assert row["initiative"] == "Trilateral Harbour Partnership"
    assert row["proof"] == "The ministers announced the launch of a Trilateral Harbour Partnership."
    assert row["url"] == "https://us.example/1"


def test_the_timeline_counts_each_statement_once(site: Any) -> None:
    rows = site.rows("statements_timeline")
    assert [(row["date"], row["pages"], row["publishers"]) for row in rows] == [("2026-03-01", 4, 4), ("2025-11-02", 1, 1)]
    assert set(rows[0]["languages"].split(",")) == {"en", "ko", "ja"}


@pytest.mark.parametrize(("word", "found"), [
    ("한미일", [("initiative", "Trilateral Secretariat"), ("article", "한미일 외교장관회의 공동성명")]),
    ("声明", [("statement", "日米韓次官協議 共同声明"), ("article", "日米韓外相会合共同声明"), ("article", "日米韓次官協議 共同声明")]),
    ("harbour", [("initiative", "Trilateral Harbour Partnership"), ("statement", "Joint Statement on the Busan meeting"), ("article", "Joint Statement on the Busan meeting")]),
    ("", []),
])  # fmt: skip
def test_one_search_goes_over_everything(site: Any, word: str, found: list[tuple[str, str]]) -> None:
    rows = site.rows("search_everything", q=word)
    assert sorted((row["found"], row["title"]) for row in rows) == sorted(found)
    assert [row["found"] for row in rows] == [kind for kind, _ in found]


def test_an_excerpt_stands_beside_each_find(site: Any) -> None:
    (row,) = site.rows("search_everything", q="북한")
    assert row["excerpt"] == "한·미·일 장관은 부산에서 북한의 비핵화를 논의하였다."


def test_silent_and_failing_sources_are_named(site: Any) -> None:
    rows = site.rows("silent_sources")
    assert [row["source"] for row in rows] == ["外務省報道発表", "외교부 보도자료"]
    assert rows[1]["error"] == "no answer within 20 s"
    assert rows[1]["hours_without"] > 24
    assert [row["source"] for row in site.rows("silent_sources", hours="10000000")] == ["外務省報道発表", "외교부 보도자료"]


def test_publishers_stand_in_the_order_of_publication(site: Any) -> None:
    rows = [row for row in site.rows("who_published_first") if row["date"] == "2026-03-01"]
    assert [(row["place"], row["publisher"], row["hours_behind"]) for row in rows] == [
        (1, "State", 0.0), (2, "外務省", 0.3), (3, "외교부", 1.2), (4, "Harbour Post", 4.0),
    ]  # fmt: skip


def test_facets_count(site: Any) -> None:
    facets = site.get("trilateral/articles.json").json()["facet_results"]
    assert {result["value"]: result["count"] for result in facets["language"]["results"]} == {"en": 2, "ja": 2, "ko": 1}


def test_references_show_labels(site: Any) -> None:
    page = site.get("trilateral/flags").text
    assert '<a href="/trilateral/initiatives/trilateral-harbour-partnership">Trilateral Harbour Partnership</a>' in page
    assert ">Joint Statement on the Busan meeting</a>" in page


def test_a_find_leads_to_its_row(site: Any) -> None:
    page = site.get("trilateral/search_everything", q="harbour").text
    targets = re.findall(r'class="col-row"><a href="(/trilateral/[^"]+)">', page)
    assert targets == ["/trilateral/initiatives/trilateral-harbour-partnership", "/trilateral/statements/1", "/trilateral/articles/1"]
    assert [site.get(target.removeprefix("/")).status_code for target in targets] == [200, 200, 200]


def test_a_row_column_cannot_carry_markup(site: Any) -> None:
    page = site.get("trilateral", sql="select '\"><b>/<i>' as row, 7 as found").text
    assert "<b>" not in page
    assert "<i>" not in page


def test_machinery_is_hidden(site: Any) -> None:
    tables = {table["name"]: table["hidden"] for table in site.get("trilateral.json").json()["tables"]}
    assert tables["articles_fts"]
    assert tables["articles_fts_data"]
    assert tables["wishes"]
    assert not tables["articles"]


def test_units_are_shown(site: Any) -> None:
    assert "30.0&nbsp;min" in site.get("trilateral/sources").text


def test_markup_in_a_text_is_shown_as_text(site: Any) -> None:
    page = site.get("trilateral/articles/1").text
    assert "&lt;b&gt;missiles&lt;/b&gt;" in page
    assert "<b>missiles</b>" not in page


def test_the_live_file_is_not_for_download(site: Any) -> None:
    assert site.get("trilateral.db").status_code == 403
