from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from scraper.pages.initiative import commands
from scraper.pages.proofs import proof

from .looking import sound, told
from .showroom import HOSTILE, Site, build, hostile

SHOWN = (Path(__file__).parent / "shown.sql").read_text("utf-8")
HARBOUR = "/initiative/a%20100%25%20harbour%2Fpact"
MORE = f"""{SHOWN}
INSERT INTO aliases (kind, old_id, new_id, at) VALUES ('initiative', 'harbour pact/old', 'a 100% harbour/pact', '2026-03-02T00:00:00Z');
INSERT INTO mentions (id, article_id, initiative_id, field, name, "start", "end", sentence, cue, rule, language, status, confidence, why, head, instance,
  abbreviation, registry_id, sentence_before, sentence_after) VALUES
  (2, 5, 'trilateral-secretariat', 'text', '調整事務局', 0, 5, '三か国は調整事務局を設立した。', '設立', 'n1', 'ja', 'established', 1, '', 'body', '', '', 'trilateral-secretariat', '', ''),
  (4, 6, 'a 100% harbour/pact', 'text', 'Trilateral Harbour Partnership', 0, 5, 'They welcomed its work.', 'welcomed', 'n1', 'en', '', 1, '', 'body', '', '', '', '', ''),
  (3, 4, 'a 100% harbour/pact', 'text', 'harbour pact', 0, 5, 'They spoke of the harbour pact twice.', 'spoke', 'n1', 'en', 'reaffirmed', 0.5, '', 'body', '2', '', '', '', '');
INSERT INTO observations (initiative_id, statement_id, status, cue, date, side, mention_id) VALUES
  ('a 100% harbour/pact', 1, 'announced', 'announced the launch', '2026-03-01', 'joint', 1),
  ('a 100% harbour/pact', 3, 'not_mentioned', '', '2026-05-01', 'joint', NULL),
  ('trilateral-secretariat', 2, 'established', '設立', '2025-11-02', 'joint', 2);
INSERT INTO initiative_names (initiative_id, name, language) VALUES ('trilateral-secretariat', '調整事務局', 'ja'), ('a 100% harbour/pact', '항만 협력체', 'ko');
UPDATE initiatives SET nearest = '[{{"id": "trilateral-secretariat", "name": "Trilateral Secretariat", "why": "shares a word"}}]', confidence = 0.85,
  reason = 'one name, not known' WHERE id = 'a 100% harbour/pact';
INSERT INTO flags (id, kind, basis, initiative_id, statement_id, mention_id, flagged_at, reason, confidence) VALUES
  (8, 'revived', 'ever', 'harbour pact/old', 9, 1, '2026-03-01T08:00:00Z', 'named again', 0.7);
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    made = Site(build(tmp_path_factory.mktemp("initiative") / "home", MORE))
    yield made
    made.close()


def test_a_life_is_told_with_its_sentences(site: Site) -> None:
    shown = told(site, HARBOUR)
    life = shown[shown.index("Its life") : shown.index("Every mention")]
    assert "1 March 2026 Announced · Joint · Joint Statement on the Busan meeting The ministers announced the launch of a" in life
    assert "State, official · by the words “ announced the launch ”" in life
    assert "1 May 2026 Not mentioned · Joint · Joint Statement on the Jeju meeting" in life
    assert life.index("1 March 2026 Announced") < life.index("1 May 2026 Not mentioned")
    assert "found in texts" in shown
    assert "Sure to 85 %: one name, not known" in shown


def test_the_name_is_marked_in_the_language_of_its_sentence(site: Site) -> None:
    page = site.get(HARBOUR).text
    assert '<blockquote lang="en">The ministers announced the launch of a <mark>Trilateral Harbour Partnership</mark>.</blockquote>' in page
    assert (
        '<blockquote lang="ja">三か国は<mark>調整事務局</mark>を設立した。</blockquote>'
        in site.get("/initiative/trilateral-secretariat").text
    )
    assert '<time datetime="2026-03-01">1 March 2026</time>' in page


def test_every_mention_leads_to_its_place_and_its_source(site: Site) -> None:
    page = site.get(HARBOUR).text
    assert 'href="/statement/1#m1">in the text</a>' in page  # the lead's words are the statement's
    assert 'href="/article/4#m3">in the text</a>' in page
    assert 'href="https://press.example/4"' in page
    assert "3 mentions in 2 statements, on 3 pages." in told(site, HARBOUR)


def test_each_side_has_its_first_or_none(site: Site) -> None:
    shown = told(site, HARBOUR)
    first = shown[shown.index("Who named it first") : shown.index("Its life")]
    assert "Joint 1 March 2026 · Joint Statement on the Busan meeting The ministers announced" in first  # the earliest, and official
    for party in ("Republic of Korea", "United States", "Japan"):
        assert f"{party} No text of its own is known that names it." in first
    assert first.index("Joint 1 March") < first.index("Japan")


def test_names_stand_by_language_with_how_often_they_are_used(site: Site) -> None:
    page, shown = site.get("/initiative/trilateral-secretariat").text, told(site, "/initiative/trilateral-secretariat")
    assert '<span lang="ko">한미일 사무국</span>' in page
    assert "Korean 한미일 사무국 not seen in texts" in shown
    assert "調整事務局 1 time" in shown


def test_flags_say_what_became_of_them(site: Site) -> None:
    shown = told(site, HARBOUR)
    assert "New initiative · Joint Statement on the Busan meeting of 1 March 2026" in shown
    assert "not told · in force" in shown
    assert "Revived" in shown  # raised under a slug, and at a statement, that are others now
    assert "no longer holds since 2 March 2026, 00:00 UTC" in told(site, "/initiative/trilateral-secretariat")


def test_what_waits_says_the_commands_quoted_for_a_shell(site: Site) -> None:
    page, shown = site.get(HARBOUR).text, told(site, HARBOUR)
    assert "It waits for a decision" in shown
    assert "trilateral initiatives confirm 'a 100% harbour/pact'" in shown
    assert "trilateral initiatives merge 'a 100% harbour/pact' trilateral-secretariat" in shown
    assert "trilateral initiatives dismiss 'a 100% harbour/pact'" in shown
    assert 'href="/review"' in page
    assert "It waits for a decision" not in told(site, "/initiative/trilateral-secretariat")


def test_commands_hold_what_a_shell_would_take_apart() -> None:
    one = {
        "id": "a'; rm -rf /",
        "proposals": [{"id": "$(b)", "name": "B"}],
        "nearest": [{"id": "$(b)", "name": "B"}, {"id": "", "name": "C"}],
    }
    assert [command for _, command in commands(one)] == [
        "trilateral initiatives confirm 'a'\"'\"'; rm -rf /'", "trilateral initiatives merge 'a'\"'\"'; rm -rf /' '$(b)'",
        "trilateral initiatives dismiss 'a'\"'\"'; rm -rf /'",
    ]  # fmt: skip


def test_a_merged_slug_leads_to_the_one_that_stands(site: Site) -> None:
    answer = site.get("/initiative/harbour%20pact%2Fold")
    assert (answer.status_code, answer.headers["location"]) == (301, HARBOUR)


def test_a_dismissed_one_is_still_told(tmp_path: Path) -> None:
    review = "INSERT INTO reviews (at, who, action, subject, value, note) VALUES ('2026-03-03T00:00:00Z', '김 분석관', 'dismiss', 'a 100% harbour/pact', '', 'a working title');"
    site = Site(build(tmp_path / "home", MORE + review))
    with closing(site):
        shown = told(site, HARBOUR)
        assert "dismissed by a person" in shown
        assert "3 March 2026, 00:00 UTC: 김 분석관, dismiss: a working title" in shown
        assert "It waits for a decision" not in shown


@pytest.mark.parametrize(
    "key",
    ["nope", "%00", "%ff", "..%2F..%2Fetc", "a%20100%25", "%25", "%F0%9F%98%80", "Trilateral%20Secretariat", "x" * 3000, "'%20OR%201=1"],
)
def test_an_unknown_slug_is_not_found(site: Site, key: str) -> None:
    assert "There is no such initiative" in told(site, f"/initiative/{key}", 404)


@pytest.mark.parametrize("path", [HARBOUR, "/initiative/trilateral-secretariat"])
def test_it_is_sound(site: Site, path: str) -> None:
    sound(site.get(path))


def test_hostile_words_are_shown_as_they_are(tmp_path: Path) -> None:
    folder = build(tmp_path / "home", MORE)
    hostile(folder)
    with closing(sqlite3.connect(folder / "trilateral.db")) as connection, connection:
        connection.execute("UPDATE initiative_names SET name = ? WHERE initiative_id = 'a 100% harbour/pact'", (HOSTILE,))
        connection.execute("UPDATE observations SET status = ?, cue = ?, side = ?", (HOSTILE,) * 3)
        connection.execute(
            "UPDATE initiatives SET scope = ?, reason = ?, nearest = ?",
            (HOSTILE, HOSTILE, json.dumps([{"id": HOSTILE, "name": HOSTILE, "why": HOSTILE}])),
        )
    with closing(Site(folder)) as site:
        answer = site.get(HARBOUR)
        assert answer.status_code == 200
        sound(answer)
        assert "&lt;/title&gt;&lt;script&gt;alert(1)" in answer.text
        assert "javascript:" not in answer.text


def test_very_many_observations_leave_out_the_middle(tmp_path: Path) -> None:
    many = "".join(
        f"INSERT INTO observations (initiative_id, statement_id, status, cue, date, side, mention_id) VALUES "
        f"('a 100% harbour/pact', 1, 'reaffirmed', '', '{1000 + year}-01-01', 'joint', NULL);"
        for year in range(400)
    )
    with closing(Site(build(tmp_path / "home", MORE + many))) as site:
        shown = told(site, HARBOUR)
        assert "202 observations between these are left out here." in shown
        assert "1 January 1000" in shown
        assert "1 May 2026" in shown


@pytest.mark.parametrize(("sentence", "name", "parts"), [
    ("We name A here.", "A", ("We name ", "A", " here.")), ("Nothing", "A", ("Nothing", "", "")), ("A", "A", ("", "A", "")), ("x", "", ("x", "", "")), (None, None, ("", "", "")),
])  # fmt: skip
def test_a_sentence_is_cut_around_its_name(sentence: str | None, name: str | None, parts: tuple[str, str, str]) -> None:
    found = proof(sentence, name)
    assert (found.before, found.name, found.after) == parts


def test_the_first_sentence_is_the_statement_s_own_where_a_translation_gives_no_time_of_day(tmp_path: Path) -> None:
    same_day = """INSERT INTO mentions (id, article_id, initiative_id, field, name, "start", "end", sentence, cue, rule, language, status, confidence, why,
      head, instance, abbreviation, registry_id, sentence_before, sentence_after) VALUES
      (9, 2, 'a 100% harbour/pact', 'text', '항만 협력체', 0, 6, '항만 협력체의 출범을 발표하였다.', '', 'n1', 'ko', 'announced', 1, '', 'body', '', '', '', '', '');"""
    with closing(Site(build(tmp_path / "home", MORE + same_day))) as site:
        shown = told(site, HARBOUR)
    first = shown[shown.index("Who named it first") : shown.index("Its life")]
    assert "The ministers announced the launch" in first
    assert "항만" not in first
