from __future__ import annotations

import json

import pytest

from scraper.stages.extract import structured, tree

SENTENCE = "The representatives of the three governments met in the capital and agreed on the next steps of their work. "
LONG = SENTENCE * 4


def root_of(scripts: str):  # type: ignore[no-untyped-def]
    root = tree.parse(f"<html><head>{scripts}</head><body><div id='app'></div></body></html>")
    assert root is not None
    return root


def flight(stream: str) -> str:
    return f"<script>self.__next_f.push({json.dumps([1, stream])})</script>"


def test_linked_data_of_graphs_and_lists_is_flat() -> None:
    found = structured.linked_data(
        root_of('<script type="application/ld+json">[{"@graph":[{"@type":"NewsArticle","headline":"h"}]},{"a":1}]</script>')
    )
    assert structured.article_data(found)["headline"] == "h"


@pytest.mark.parametrize(
    "text", ["", "{", "null", "[" * 100_000, '{"a":' * 100_000, "{'a': 1}", '"x"', "[[[]]]", '{"@type": {"@type": 3}, "headline": []}']
)
def test_hostile_linked_data_is_left_out(text: str) -> None:
    found = structured.linked_data(root_of(f'<script type="application/ld+json">{text}</script>'))
    assert structured.article_data(found) == {}


def test_control_characters_and_cdata_are_forgiven() -> None:
    text = '//<![CDATA[\n{"@type":"Article","headline":"a\tb"};\n//]]>'
    assert (
        structured.article_data(structured.linked_data(root_of(f'<script type="application/ld+json">{text}</script>')))["headline"]
        == "a\tb"
    )


@pytest.mark.parametrize(("body", "expected"), [("One.\n\nTwo.", "One.\n\nTwo."), ("<p>One.</p><p>Two.</p>", "One.\n\nTwo."), (3, "")])
def test_declared_bodies(body: object, expected: str) -> None:
    assert structured.declared_body({"articleBody": body}) == expected


def test_text_rows_of_a_flight_stream() -> None:
    html = f"<p>{LONG.strip()}</p><p>세 나라.</p>"
    stream = f'1:"$Sreact.fragment"\n2:T{len(html.encode()):x},{html}3:["$","div",null,{{}}]\n'
    assert structured.payload_body(root_of(flight(stream))) == f"{LONG.strip()}\n\n세 나라."


def test_elements_drawn_by_a_flight_stream() -> None:
    row = [
        "$",
        "article",
        None,
        {
            "children": [
                ["$", "p", None, {"children": [SENTENCE, ["$", "b", None, {"children": "So it was."}]]}],
                ["$", "p", "2", {"children": LONG}],
            ]
        },
    ]
    assert structured.payload_body(root_of(flight("5:" + json.dumps(row) + "\n"))) == f"{SENTENCE}So it was.\n\n{LONG.strip()}"


def test_page_properties_of_next() -> None:
    data = {"props": {"pageProps": {"article": {"title": "t", "content": f"<p>{LONG.strip()}</p>"}}}}
    assert (
        structured.payload_body(root_of(f'<script id="__NEXT_DATA__" type="application/json">{json.dumps(data)}</script>')) == LONG.strip()
    )


def test_a_state_assigned_to_a_variable_with_a_list_of_pieces() -> None:
    data = {"content_elements": [{"type": "text", "content": SENTENCE * 2}, {"type": "image"}, {"type": "text", "content": LONG}]}
    assert (
        structured.payload_body(root_of(f"<script>window.__STATE__ = {json.dumps(data)};</script>"))
        == f"{(SENTENCE * 2).strip()}\n\n{LONG.strip()}"
    )


@pytest.mark.parametrize(
    "script",
    ["<script>var a = {not json at all, really not, " + '"x": 1 ' * 100 + "}</script>", "<script>" + "[" * 100_000 + "</script>", flight("1:T999999,short\n2:["), flight("x"), "<script>self.__next_f.push([1])</script>",
     "<script>var code = {" + '"content": "' + "a1b2;" * 200 + '"};</script>'],
)  # fmt: skip
def test_payloads_without_prose_yield_nothing(script: str) -> None:
    assert structured.payload_body(root_of(script)) == ""
