from __future__ import annotations

import pytest

from scraper.stages.extract import tree
from scraper.stages.extract.blocks import read
from scraper.stages.extract.render import render


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>One<br>two</p><p>three</p>", ["One", "two", "three"]),
        ("<ul><li>one</li><li>two<br><br>more of two</li></ul>", ["- one", "- two", "more of two"]),
        ("<h2>Head</h2>text", ["Head", "text"]),
        ("<table><tr><th>Ship</th><th>Days</th></tr><tr><td>A</td><td>3</td></tr></table>end", ["Ship | Days", "A | 3", "end"]),
        (f"<table><tr><td>{'long ' * 50}</td><td>cell</td></tr></table>", [("long " * 50).strip(), "cell"]),
        ("<table><tr><td>one<br>two</td><td>cell</td></tr></table>", ["one", "two", "cell"]),
        ("<p>Text.</p><p>Share this</p><p>Copyright 2030 Example</p>", ["Text."]),
        ("<p>Copyright 2030 Example</p>", ["Copyright 2030 Example"]),
        ("<p>Cafe\u0301 \u200bnoir</p>", ["Caf\u00e9 noir"]),
        ("", [""]),
    ],
)
def test_blocks_become_paragraphs(body: str, expected: list[str]) -> None:
    root = tree.parse(f"<html><body>{body}</body></html>")
    assert root is not None
    assert render(read(root).blocks).split("\n\n") == expected


def test_paragraphs_of_one_cell_are_not_cells() -> None:
    root = tree.parse("<table><tr><td>First.<br><br>Second.</td></tr></table>")
    assert root is not None
    assert render(read(root).blocks) == "First.\n\nSecond."
