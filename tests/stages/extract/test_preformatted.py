from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.stages.extract import tree
from scraper.stages.extract.preformatted import part

WRAPPED = "The three ministers met in the old town hall of the harbour\nand went through the long list of projects that their officials\nhad drawn up."


def lines(html: str) -> list[str]:
    root = tree.parse(html)
    assert root is not None
    part(root)
    return tree.paragraphs_of([root]).split("\n\n")


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (f"<pre>{WRAPPED}\n\nThey will meet again.</pre>", [WRAPPED.replace("\n", " "), "They will meet again."]),
        (f"<pre>\r\n{WRAPPED}\r\n \r\nThey will meet again.\r\n</pre>", [WRAPPED.replace("\n", " "), "They will meet again."]),
        ("<pre>HARBOUR CITY\nMay 4, 2030\n\nThey met.</pre>", ["HARBOUR CITY", "May 4, 2030", "They met."]),
        (f"<pre>{WRAPPED[:-1]}:\n- a rescue desk\n- a common patrol</pre>", [f"{WRAPPED[:-1]}:".replace("\n", " "), "- a rescue desk", "- a common patrol"]),
        ("<pre><b>Trade</b>\n\nThey met in <i>Harbour\nCity</i> on Monday.</pre>", ["Trade", "They met in Harbour", "City on Monday."]),
        ("<pre>They met in <i>Harbour City</i>\nand <b>agreed</b> on it.</pre>", ["They met in Harbour City and agreed on it."]),
        ('<div style="font: x; white-space: pre-wrap">세 나라가 만났다.\n\n내년에 다시 만난다.</div>', ["세 나라가 만났다.", "내년에 다시 만난다."]),
        ("<div>They met\n\nagain.</div>", ["They met again."]),
    ],
)  # fmt: skip
def test_line_ends_that_count_part_paragraphs(html: str, expected: list[str]) -> None:
    assert lines(html) == expected


@given(st.text(alphabet="ab -1.\n\r<bi>/", max_size=200))
def test_no_word_is_lost(inner: str) -> None:
    root, other = tree.parse(f"<pre>{inner}</pre><p>x</p>"), tree.parse(f"<pre>{inner}</pre><p>x</p>")
    assert root is not None
    assert other is not None
    part(root)
    assert tree.line_of(root).replace(" ", "") == tree.line_of(other).replace(" ", "")


def test_very_many_lines_are_read_in_linear_time() -> None:
    assert len(lines("<pre>" + "a\n" * 100_000 + "</pre>")) == 100_000
