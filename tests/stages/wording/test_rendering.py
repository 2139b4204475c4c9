"""A comparison as text, as a page and as JSON."""

from __future__ import annotations

import json
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from scraper.model.wording import Worded
from scraper.stages.wording import Formulary, as_json, compare, render_html, render_text

BEFORE = Worded(
    7,
    "The ministers met. They support the complete denuclearization of the Korean Peninsula. The lamps of the harbour will be mended.",
    "en", level="foreign_ministers", date="2140-01-01", title="Joint <b>Statement</b>", url="https://example.org/?a=1&b=2", publisher="Ministry & Co",
)  # fmt: skip
AFTER = replace(
    BEFORE, id=9, date="2140-02-01", url="javascript:alert(1)",
    text="They support the complete denuclearization of North Korea. The ministers met. <script>alert('x')</script> Forty boats & nets are lent out.",
)  # fmt: skip


class Outline(HTMLParser):
    """The tags and the text of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]

    def handle_data(self, data: str) -> None:
        self.text += data


def outline(page: str) -> Outline:
    made = Outline()
    made.feed(page)
    return made


def test_the_text_tells_formulae_and_changes(formulary: Formulary) -> None:
    told = render_text(compare(BEFORE, AFTER, formulary), formulary.watched)
    assert "~ Denuclearization of: the Korean Peninsula -> the DPRK" in told
    assert "denuclearization of [-the Korean Peninsula.-]{+North Korea.+}" in " ".join(told.split())
    assert "- dropped (3)" in told
    assert "+ new (3)" in told
    assert "0 dropped" not in told
    assert "The ministers met." not in told.partition("Sentences")[2] or "moved" in told
    assert all(len(line) <= 100 for line in told.splitlines() if not line.strip().startswith("http"))


def test_kept_sentences_are_shown_where_asked(formulary: Formulary) -> None:
    made = compare(BEFORE, replace(BEFORE, id=9, date="2140-02-01"), formulary)
    assert "3 kept, 0 reworded" in render_text(made, formulary.watched)
    assert "= kept (1)" not in render_text(made, formulary.watched)
    assert "= kept (1)\n    The ministers met." in render_text(made, formulary.watched, kept=True)


def test_words_of_japanese_are_not_parted(formulary: Formulary) -> None:
    before = Worded(1, "三か国は港湾の安全に関する協議を毎年行う。", "ja", level="leaders", date="2140-01-01")
    told = render_text(
        compare(before, replace(before, id=2, date="2140-02-01", text=before.text.replace("協議", "対話")), formulary), formulary.watched
    )
    assert "三か国は港湾の安全に関する[-協議-]{+対話+}を毎年行う。" in told
    assert "none of the watched ones stands in either" in told


def test_everything_on_the_page_is_escaped(formulary: Formulary) -> None:
    page = render_html(compare(BEFORE, AFTER, formulary), formulary.watched)
    made = outline(page)
    assert "script" not in made.tags
    assert "b" not in made.tags
    assert "<script>" in made.text
    assert "Joint <b>Statement</b>" in made.text
    assert made.links == ["https://example.org/?a=1&b=2"]
    assert {"table", "del", "ins"} <= set(made.tags)


def test_the_page_is_one_file_for_light_and_dark(formulary: Formulary) -> None:
    page = render_html(compare(BEFORE, AFTER, formulary), formulary.watched)
    assert page.startswith("<!DOCTYPE html>")
    assert "prefers-color-scheme: dark" in page
    assert "src=" not in page
    assert "@import" not in page
    assert "<details>" in render_html(compare(BEFORE, replace(BEFORE, id=9, date="2140-02-01"), formulary), formulary.watched)


def test_json_holds_everything(formulary: Formulary) -> None:
    told = json.loads(json.dumps(as_json(compare(BEFORE, AFTER, formulary), formulary.watched)))
    assert told["comparable"] is True
    assert (told["before"]["id"], told["after"]["id"]) == (7, 9)
    assert sum(told["counts"].values()) == len(told["sentences"])
    assert {"moved", "dropped", "new"} <= {row["op"] for row in told["sentences"]}
    (formula,) = [row for row in told["formulae"] if row["formula"] == "denuclearization-object"]
    assert formula["changed"]
    assert [stand["variant"] for stand in formula["before"] + formula["after"]] == ["peninsula", "dprk"]
    assert all(op in ("same", "gone", "new") for row in told["sentences"] for op, _ in row["diff"])


@pytest.mark.parametrize("other", [replace(BEFORE, id=9, side="KR"), None])
def test_a_refusal_is_told_in_every_form(formulary: Formulary, other: Worded | None) -> None:
    made = compare(other, BEFORE, formulary, ("statement 3 of 2139-12-01, its text has a gap.",))
    (why,) = made.refused
    assert "Not comparable:" in render_text(made, formulary.watched)
    assert why in " ".join(render_text(made, formulary.watched).split())
    assert "Passed over: statement 3" in render_text(made, formulary.watched)
    assert why in outline(render_html(made, formulary.watched)).text
    told = as_json(made, formulary.watched)
    assert (told["comparable"], told["refused"], told["sentences"]) == (False, [why], [])
