"""What every Atom feed of ours has in common."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from scraper import atom


@given(st.text(max_size=80), st.text(max_size=80))
def test_any_text_gives_a_feed_that_reads_back(title: str, language: str) -> None:
    made = atom.feed("tag:x,2026:feed", title, "2026-03-01T00:00:00Z", version="1")
    made.append(atom.entry("tag:x,2026:one", title, "2026-03-01T00:00:00Z", language if language.isalpha() and language.isascii() else ""))
    root = ET.fromstring(atom.written(made))  # noqa: S314  our own text
    (entry,) = root.findall(atom.name("entry"))
    assert atom.said(entry, "id") == "tag:x,2026:one"
    assert atom.said(root, "title") == atom.said(entry, "title")
    assert not set(atom.said(entry, "title")) & set("\x00\u202e\u2066\ufffe")
    assert atom.said(entry, "summary") == ""
