"""What a page says of itself in data: JSON-LD, and the payloads of pages that scripts draw."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from lxml.html import HtmlElement

from scraper.stages.extract.tree import from_fragment
from scraper.text import clean, has_cjk, squeeze

_MAX_SCRIPT = 4_000_000
_MAX_NODES = 200_000
_ARTICLE = re.compile(r"(?:Article|BlogPosting|Report|PressRelease|GovernmentService|Statement|LiveBlogPosting)$")
_BODY_KEYS = frozenset((
    "articlebody", "article_body", "body", "content", "contents", "contenthtml", "html", "text", "description_html", "bodytext",
    "body_html", "newscontent", "articletext",
))  # fmt: skip
_PARAGRAPHS = frozenset((
    "p", "h2", "h3", "h4", "li", "blockquote",
))  # fmt: skip
_FLIGHT = re.compile(r"self\.__next_f\.push\(\s{0,9}(\[.*\])\s{0,9}\)", re.DOTALL)
_TEXT_ROW = re.compile(rb"(?:^|\n)[0-9a-f]{1,6}:T([0-9a-f]{1,6}),")
_ASSIGNED = re.compile(r"(?:window\.|var |let |const )?[\w.$\[\]\"']{2,60}\s{0,9}=\s{0,9}(?=\{)")
_SPACED = re.compile(r"\s")
_MARKUP = re.compile(r"<(?:p|br|div|span|h[1-6]|li)\b", re.IGNORECASE)


def linked_data(tree: HtmlElement) -> tuple[Mapping[str, Any], ...]:
    """Return every object of the page's JSON-LD (``@graph`` and nested ones too) in page order; what cannot be read is left out."""
    found: list[Mapping[str, Any]] = []
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or "").lower():
            found += _objects(_loads(script.text or ""))
    return tuple(found)


def article_data(objects: tuple[Mapping[str, Any], ...]) -> Mapping[str, Any]:
    """Return the first object of JSON-LD that is an article with a headline or a body; an empty one where there is none."""
    for node in objects:
        kinds = node.get("@type")
        names = kinds if isinstance(kinds, list) else [kinds]
        if any(isinstance(name, str) and _ARTICLE.search(name) for name in names) and ("headline" in node or "articleBody" in node):
            return node
    return {}


def declared_body(article: Mapping[str, Any]) -> str:
    """Return the text of an article's ``articleBody``, paragraphs parted by blank lines, or ``""``."""
    body = article.get("articleBody")
    return _as_text(body) if isinstance(body, str) else ""


def payload_body(tree: HtmlElement) -> str:
    """Return the longest run of prose in the data a page hands to its own scripts (Next.js and the like), or ``""``."""
    scripts = [
        script.text
        for script in tree.iter("script")
        if script.text and len(script.text) < _MAX_SCRIPT and "ld+json" not in (script.get("type") or "")
    ]
    flight = "".join(_flight_chunks(scripts))
    candidates = [*_flight_texts(flight), *(text for script in scripts for text in _json_texts(script))]
    return max(candidates, key=len, default="")


def _loads(text: str) -> Any:
    """A JSON value, or None; control characters inside strings, a stray CDATA or semicolon are forgiven."""
    plain = text.strip().removeprefix("//<![CDATA[").removeprefix("<![CDATA[").removesuffix("]]>").removesuffix("//").strip().rstrip(";")
    if len(plain) > _MAX_SCRIPT:
        return None
    try:
        return json.loads(plain, strict=False)
    except (ValueError, RecursionError):
        return None


def _walk(value: Any) -> Iterator[Any]:
    """Every value under ``value`` in order, without recursion, at most _MAX_NODES."""
    stack, seen = [value], 0
    while stack and seen < _MAX_NODES:
        seen += 1
        node = stack.pop()
        yield node
        children = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
        stack.extend(reversed(list(children)))


def _objects(value: Any) -> Iterator[Mapping[str, Any]]:
    return (node for node in _walk(value) if isinstance(node, dict))


def _as_text(value: str) -> str:
    if _MARKUP.search(value):
        return from_fragment(value)
    return "\n\n".join(line for line in (squeeze(line) for line in clean(value).split("\n")) if line)


def _is_prose(text: str, least: int) -> bool:
    """Words rather than code: long enough, with spaces or East Asian characters, and not mostly punctuation."""
    if len(text) < least:
        return False
    sample = text[:2000]
    letters = sum(c.isalpha() or c.isspace() for c in sample)
    return (has_cjk(sample) or len(_SPACED.findall(sample)) * 14 > len(sample)) and (
        letters * 10 > len(sample) * 7 or bool(_MARKUP.search(sample))
    )


def _flight_chunks(scripts: list[str]) -> Iterator[str]:
    for script in scripts:
        found = _FLIGHT.search(script) if "__next_f" in script else None
        row = _loads(found.group(1)) if found else None
        if isinstance(row, list) and len(row) == 2 and isinstance(row[1], str):
            yield row[1]


def _flight_texts(flight: str) -> Iterator[str]:
    """The text rows (``id:T<bytes>,``) and the elements drawn (``["$","p",key,{"children": ...}]``) of a flight stream."""
    data, end = flight.encode("utf-8", "ignore"), 0
    for match in _TEXT_ROW.finditer(data):
        if match.start() < end:
            continue
        end = match.end() + int(match.group(1), 16)
        text = data[match.end() : end].decode("utf-8", "ignore")
        if _is_prose(text, 200):
            yield _as_text(text)
    drawn: list[str] = []
    for row in flight.split("\n"):
        value = _loads(row.partition(":")[2]) if "[" in row or "{" in row else None
        drawn += _drawn(value)
        yield from _bodies(value)
    if sum(map(len, drawn)) > 200:
        yield "\n\n".join(drawn)


def _drawn(value: Any) -> list[str]:
    found = []
    for node in _walk(value):
        if isinstance(node, list) and len(node) > 3 and node[0] == "$" and node[1] in _PARAGRAPHS and isinstance(node[3], dict):
            text = squeeze(clean("".join(_children(node[3].get("children")))))
            found += [text] if text else []
    return found


def _children(value: Any) -> Iterator[str]:
    """The strings a React element holds, in order, without recursion."""
    stack = [value]
    while stack:
        node = stack.pop()
        if isinstance(node, str):
            yield node
        elif isinstance(node, list) and len(node) > 3 and node[0] == "$":
            stack.append(node[3].get("children") if isinstance(node[3], dict) else None)
        elif isinstance(node, list):
            stack.extend(reversed(node))


def _json_texts(script: str) -> Iterator[str]:
    """The prose in a script that is JSON or assigns JSON to a variable."""
    head = script.lstrip()[:1]
    if head in ("{", "["):
        yield from _bodies(_loads(script))
        return
    if len(script) < 400 or '":' not in script:
        return
    found = _ASSIGNED.search(script[:5000])
    if found:
        try:
            yield from _bodies(json.JSONDecoder(strict=False).raw_decode(script, found.end())[0])
        except (ValueError, RecursionError):
            return


def _bodies(value: Any) -> Iterator[str]:
    """Long strings under keys that hold bodies, and lists of pieces (``[{"type": "text", "content": ...}]``) joined."""
    for node in _walk(value):
        if isinstance(node, dict):
            for key, inner in node.items():
                if isinstance(inner, str) and str(key).lower() in _BODY_KEYS and _is_prose(inner, 200):
                    yield _as_text(inner)
        elif isinstance(node, list) and len(node) > 1:
            pieces = [_piece(inner) for inner in node]
            if sum(map(len, pieces)) > 300:
                yield "\n\n".join(piece for piece in pieces if piece)


def _piece(node: Any) -> str:
    if not isinstance(node, dict):
        return ""
    for key in ("content", "text", "html", "value", "body"):
        inner = node.get(key)
        if isinstance(inner, str) and _is_prose(inner, 20):
            return _as_text(inner)
    return ""
