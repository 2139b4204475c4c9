"""The first screen of a statement: who published and who not, the first mention with its proof, what changed, where to look further."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from html import unescape
from html.parser import HTMLParser
from typing import Any

import pytest

from scraper.model.digest import (
    Addresses,
    Attendance,
    Change,
    Comparable,
    Deciding,
    Difference,
    Digest,
    Material,
    NewStatement,
    Publication,
)
from scraper.stages.digest import compile, render_html, render_text, to_message
from scraper.stages.digest.compose import compose
from scraper.stages.digest.sheet import Item, Section

from .rich import DIALOGUE, HARBOUR, LAB, PLACEHOLDER, READOUT, RICH, STATEMENT, rich

LANGUAGES = ("en", "ko", "ja")


def strings(value: object) -> Iterator[str]:
    """Every text and address of a Sheet but the fixed words for style sheets and the codes of languages."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from strings(one)
    elif is_dataclass(value):
        for field in fields(value):
            fixed = field.name == "language" or (isinstance(value, Section) and field.name == "name")
            yield from () if fixed else strings(getattr(value, field.name))


class Page(HTMLParser):
    """The words and addresses of the body of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.said = ""
        self.feed(page.partition("</head>")[2])
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.said += "".join(f" {value} " for key, value in attrs if key == "href" and value)

    def handle_data(self, data: str) -> None:
        self.said += data


def plain(text: str) -> str:
    return re.sub(r"[\W_]+", " ", text).casefold()


@pytest.mark.parametrize("language", LANGUAGES)
def test_both_parts_say_all_that_is_on_the_sheet(language: str) -> None:
    digest = compile(rich(language))
    told = [said for said in map(plain, strings(compose(digest))) if said.strip()]
    assert len(told) > 150
    text = plain(re.sub(r"\n\s*\|?\s*", " ", render_text(digest, width=5000)))
    page = plain(Page(render_html(digest)).said)
    assert [said for said in told if said.strip() not in text] == []
    assert [said for said in told if said.strip() not in page] == []


def made(*statements: NewStatement, **changed: Any) -> Digest:
    return compile(replace(RICH, statements=statements, **{"initiatives": (), "attendance": (), **changed}))


def claimed(digest: Digest, *claims: str) -> None:
    text = " ".join(render_text(digest, width=4000).split())
    page = " ".join(re.sub(r"<[^>]+>", " ", unescape(render_html(digest))).split())
    for claim in claims:
        assert claim in text
        assert plain(claim) in plain(page)


def item(digest: Digest, place: int = 0, section: str = "statements") -> Item:
    (found,) = (one for one in compose(digest).sections if one.name == section)
    return found.items[place]


def test_the_weightiest_statement_stands_first() -> None:
    leaders = replace(READOUT, id=6, level="leaders")
    defence = replace(READOUT, id=7, level="defence_ministers", date="2140-09-30")
    found = made(PLACEHOLDER, READOUT, leaders, defence, STATEMENT).statements
    assert [one.id for one in found] == [STATEMENT.id, 6, READOUT.id, 7, PLACEHOLDER.id]


def test_who_published_when_and_who_has_not() -> None:
    looked = (Attendance("CC", "Clandia", 2, 2, (), "2140-09-22T20:00:00Z"),)
    claimed(
        made(STATEMENT, attendance=looked),
        "Aland · Ministry of Tides (English) - 22 Sep, 22:30; first seen between 22 Sep, 22:25 and 22:45; 1 more page",
        "Not yet seen from: Cland (last looked 23 Sep, 05:00)",
    )
    assert "Embassy" not in render_text(made(STATEMENT))
    claimed(made(READOUT), "Own text in another statement: Aland", "Not yet seen from: Cland")


def test_a_bracket_within_a_minute_is_a_time() -> None:
    closely = Publication("AA", "Ministry", "https://a.example/", seen_after="2140-09-22T13:45:01Z", seen_before="2140-09-22T13:45:40Z")
    claimed(made(replace(STATEMENT, published=(closely,))), "Aland · Ministry - first seen 22 Sep, 22:45")


def test_first_mentions_are_told_with_their_statement_and_others_apart() -> None:
    digest = made(STATEMENT, initiatives=(HARBOUR, LAB, DIALOGUE))
    assert [one.heading.text for one in item(digest).within] == [HARBOUR.name, LAB.name]
    assert item(digest).within[0].badges == ("first mention", "first ever, as far as known")
    assert item(digest, section="initiatives").heading.text == DIALOGUE.name
    assert [one.name for one in compose(digest).sections][:2] == ["statements", "initiatives"]
    assert "initiatives" not in [one.name for one in compose(made(STATEMENT, initiatives=(HARBOUR,))).sections]
    claimed(
        digest, "Joint · Ministry of Tides, paragraph 4", "Official record: in none of 63 earlier statements since 2110",
        "not in the one earlier statement, of 2110", "Harbour Guard (harbour-guard) - same first word",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("language", "claims"),
    [("ko", ("2110년", "63건", "첫 언급", "4번째 단락")), ("ja", ("2110年", "63件", "初出", "第4段落"))],
)
def test_proof_in_other_languages(language: str, claims: tuple[str, ...]) -> None:
    claimed(replace(made(STATEMENT, initiatives=(HARBOUR,)), language=language), *claims)


def test_without_proof_nothing_is_claimed() -> None:
    text = render_text(made(STATEMENT, initiatives=(replace(HARBOUR, paragraph=0, earlier=0),)))
    assert "paragraph" not in text
    assert "Official record" not in text
    nowhere = replace(HARBOUR, side="", publisher="", url="", paragraph=2)
    claimed(made(STATEMENT, initiatives=(nowhere,)), "Source: paragraph 2")


def test_the_evidence_is_marked_with_its_language() -> None:
    page = render_html(made(STATEMENT, initiatives=(LAB, DIALOGUE)))
    assert '<blockquote lang="ko">세 장관은 <mark>3국 해양 실험실</mark>의' in page
    assert '<blockquote lang="ja">' in page
    assert f'<h4><span lang="ko">{LAB.name}</span></h4>' in page
    assert '<span lang="en">a capitalised name' in render_html(replace(made(STATEMENT, initiatives=(LAB,)), language="ko"))


def test_what_changed_against_the_last_comparable_statement() -> None:
    claimed(
        made(STATEMENT),
        "Joint Statement on the Meeting in Jakarta · 11 July 2139",
        "Denuclearization of: now North Korea, before the Korean Peninsula",
        "The door to dialogue: left out, before open",
        "Peace in the strait: indispensable, a topic not spoken of before",
        "2 more changes",
    )
    back = Comparable(3, "Earlier", changes=(Change("taken_up", "The door", ("",), ("open",)),), changed=1)
    claimed(made(replace(STATEMENT, comparable=back)), "The door: open, left out before")
    assert "more change" not in render_text(made(replace(STATEMENT, comparable=back)))
    claimed(made(READOUT), "no watched formula changed")
    assert "Against the last" not in render_text(made(replace(READOUT, comparable=None)))


def test_where_the_sides_differ_is_told_once_an_event() -> None:
    claimed(
        made(STATEMENT),
        "Trilateral Harbour Watch Cell: in the text of Aland, not in that of Bland, Cland",
        "Denuclearization of: North Korea (Aland), the Korean Peninsula (Cland)",
    )
    absent = Difference("The door", ("AA",), ("BB",), ("open",), ("",))
    claimed(made(replace(STATEMENT, differences=(absent,))), "The door: open (Aland), absent (Bland)")
    twice = made(STATEMENT, replace(READOUT, differences=STATEMENT.differences))
    assert [len(one.differences) for one in twice.statements] == [2, 0]


def test_links_to_our_pages_are_there_when_somebody_serves_them() -> None:
    digest = made(STATEMENT, initiatives=(HARBOUR, DIALOGUE))
    shown = item(digest)
    assert [(one.text, one.url.removeprefix("https://monitor.example.org/")) for one in shown.links] == [
        ("Statement page", "statement/4"), ("Archived capture", "capture/9"), ("Citation", "statement/4/cite"), ("Compare", "compare/3/4"),
    ]  # fmt: skip
    assert [one.text for one in shown.within[0].links] == ["Initiative page"]
    assert [one.text for one in shown.within[0].actions] == ["Confirm", "Merge into Harbour Guard", "Not new"]
    apart = item(digest, section="initiatives")
    assert [one.text for one in apart.links] == ["Initiative page", "Statement page", "Archived capture", "Citation"]
    bare = made(replace(STATEMENT, addresses=Addresses()), initiatives=(replace(HARBOUR, addresses=Addresses(), deciding=Deciding()),))
    assert "monitor.example.org" not in render_text(bare) + render_html(bare)


def test_nothing_is_merged_into_nothing() -> None:
    (within,) = item(made(STATEMENT, initiatives=(replace(HARBOUR, nearest=()),))).within
    assert [one.text for one in within.actions] == ["Confirm", "Not new"]


def test_a_review_link_stands_in_one_piece_in_both_parts() -> None:
    digest = made(STATEMENT, initiatives=(HARBOUR,))
    for url in (HARBOUR.deciding.confirm, HARBOUR.deciding.merge, HARBOUR.deciding.dismiss):
        assert f'href="{url}"' in render_html(digest)
        assert url in render_text(digest, width=30).split()


def test_the_watch_line_names_every_government() -> None:
    digest = compile(RICH)
    line = (
        "Watch: Alandia answered (5 of 5) · Blandia answered (3 of 4; silent: Board X) · Clandia BLIND (0 of 3, last answer 23 Sep, 11:00)"
    )
    assert compose(digest).watch == line
    assert 'class="watch alarm"' in render_html(digest)
    unwatched = replace(digest, attendance=(Attendance("AA", "Alandia"), Attendance("BB", "Blandia", 0, 1)))
    assert compose(unwatched).watch == "Watch: Alandia BLIND (no official source) · Blandia BLIND (0 of 1, last answer never)"
    seen = replace(digest, attendance=digest.attendance[:2])
    assert 'class="watch"' in render_html(seen)
    assert "Watch:" not in render_text(replace(digest, attendance=()))


def test_the_payload_says_it_too() -> None:
    found = json.loads(to_message(made(STATEMENT, initiatives=(HARBOUR,), attendance=RICH.attendance), "d").payload)
    initiative, statement = found["findings"][:2]
    assert (initiative["paragraph"], initiative["earlier_statements"], initiative["earlier_since"]) == (4, 63, "2110")
    assert initiative["statement"] == {"id": 4, "title": "Joint Statement of the Ministers", "date": "2140-09-22"}
    assert set(initiative["decide"]) == {"confirm", "merge", "dismiss"}
    assert set(initiative["links"]) == {"page", "statement", "capture", "cite"}
    told = statement["statement"]
    assert told["compared_with"]["changed"] == 5
    assert told["compared_with"]["changes"][0] == {
        "kind": "moved", "formula": "Denuclearization of", "before": ["the Korean Peninsula"], "after": ["North Korea"], "sentence": "S.",
    }  # fmt: skip
    assert told["differences"][0] == {"name": "Trilateral Harbour Watch Cell", "parties": ["AA"], "others": ["BB", "CC"]}
    assert told["links"]["compare"].endswith("compare/3/4")
    assert found["watch"][2] == {
        "party": "CC", "place": "Clandia", "answered": 0, "official": 3, "silent": ["Board Q", "Board R", "Board S"],
        "looked_at": "2140-09-23T02:00:00Z", "blind": True,
    }  # fmt: skip
    assert "watch" not in json.loads(to_message(made(STATEMENT), "d").payload)


def test_a_placeholder_waits_for_nobody_in_particular() -> None:
    assert "Not yet seen" not in render_text(made(PLACEHOLDER))
    joint = replace(STATEMENT, published=(Publication("joint", "Ministry", "https://a.example/"),))
    assert "Not yet seen" not in render_text(made(joint))


def test_addresses_of_others_making_are_no_links() -> None:
    evil = Addresses("javascript:alert(1)", "data:text/html,x", "https://a@evil.example/", 'https://a.example/"x', "//evil.example")
    digest = made(replace(STATEMENT, addresses=evil), initiatives=(replace(HARBOUR, deciding=Deciding(*["javascript:alert(1)"] * 3)),))
    assert item(digest).links == ()
    assert item(digest).within[0].actions == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_material_gives_the_same_message(language: str) -> None:
    assert to_message(compile(rich(language)), "d") == to_message(compile(rich(language)), "d")


def test_a_mailbox_shows_the_first_finding_beside_the_subject() -> None:
    page = render_html(made(STATEMENT, initiatives=(HARBOUR,)))
    assert f'<div class="preview">{HARBOUR.name} - {HARBOUR.sentence}</div>' in page
    assert ".preview { display: none;" in page
    assert Material("").attendance == ()
