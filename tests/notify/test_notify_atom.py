"""The Atom file, read by a feed parser that is not ours."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import feedparser
import pytest

from scraper.errors import DeliveryError
from scraper.model.digest import Message
from scraper.notify.atom import KEPT, AtomNotifier, paragraphs

MESSAGE = Message(
    "digest-1", "새 성명 & <one>", "Line one\nLine two\n\n   https://a.example/x?a=1&b=2\n\n<script>x</script>\n", "<p>", "ko",
    made_at="2026-04-03T22:30:00Z", short="새 성명 & <one>\nLead https://a.example/x",
)  # fmt: skip


def feed(path: Path) -> feedparser.FeedParserDict:
    found = feedparser.parse(path.read_bytes())
    assert not found.bozo, found.get("bozo_exception")
    return found


def numbered(count: int) -> Message:
    return replace(MESSAGE, message_id=f"digest-{count}", made_at=f"2026-04-{1 + count // 24:02}T{count % 24:02}:00:00Z")


def test_one_entry(tmp_path: Path) -> None:
    path = tmp_path / "new" / "feed.atom"
    assert AtomNotifier(path, "feed", "Desk.example").send(MESSAGE) == f"written to {path} (1 of 50 entries)"
    found = feed(path)
    assert (found.version, found.feed.id, found.feed.title) == ("atom10", "tag:desk.example,2026:feed", "trilateral: feed")
    assert (found.feed.updated, found.feed.author) == (MESSAGE.made_at, "trilateral")
    (entry,) = found.entries
    assert (entry.id, entry.title, entry.updated) == ("tag:desk.example,2026:digest-1", MESSAGE.subject, MESSAGE.made_at)
    assert (entry.title_detail.type, entry.title_detail.language) == ("text/plain", "ko")
    assert entry.summary == "Lead https://a.example/x"
    assert entry.content[0].type == "text/html"
    assert "&lt;script&gt;x&lt;/script&gt;" in path.read_text(encoding="utf-8").replace("&amp;", "&")
    assert [path.name for path in path.parent.iterdir()] == ["feed.atom"]


def test_sent_again_it_takes_the_place_of_what_stands(tmp_path: Path) -> None:
    notifier = AtomNotifier(tmp_path / "f.atom", "f")
    notifier.send(MESSAGE)
    notifier.send(numbered(3))
    notifier.send(MESSAGE)
    once = (tmp_path / "f.atom").read_bytes()
    notifier.send(MESSAGE)
    assert (tmp_path / "f.atom").read_bytes() == once
    assert [entry.id.rpartition(":")[2] for entry in feed(tmp_path / "f.atom").entries] == ["digest-1", "digest-3"]


def test_the_latest_fifty_newest_first(tmp_path: Path) -> None:
    notifier = AtomNotifier(tmp_path / "f.atom", "f")
    for count in (*range(0, 60, 2), *range(1, 60, 2)):
        notifier.send(numbered(count))
    found = feed(tmp_path / "f.atom")
    assert [entry.id.rpartition("-")[2] for entry in found.entries] == [str(count) for count in range(59, 59 - KEPT, -1)]
    assert found.feed.updated == found.entries[0].updated


@pytest.mark.parametrize(
    "before", [b"", b"<feed", b"\xff\xfe\x00", b'<?xml version="1.0" encoding="x-nothing"?><feed/>', b"<rss/>", b"<a>&x;</a>"]
)
def test_a_file_that_is_no_feed_is_begun_anew(tmp_path: Path, before: bytes) -> None:
    (tmp_path / "f.atom").write_bytes(before)
    AtomNotifier(tmp_path / "f.atom", "f").send(MESSAGE)
    assert len(feed(tmp_path / "f.atom").entries) == 1


def test_message_without_a_time(tmp_path: Path) -> None:
    with pytest.raises(DeliveryError, match="no time") as caught:
        AtomNotifier(tmp_path / "f.atom", "f").send(replace(MESSAGE, made_at="yesterday"))
    assert caught.value.permanent


@pytest.mark.parametrize("name", ["file/f.atom", "a\0b", "folder"])
def test_path_that_cannot_be_written(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    (tmp_path / "folder").mkdir()
    with pytest.raises(DeliveryError, match="cannot write") as caught:
        AtomNotifier(tmp_path / name, "f").send(MESSAGE)
    assert not caught.value.permanent


def test_text_as_paragraphs() -> None:
    assert paragraphs("a <b>\n c\n\n\n  https://a.example/?x=1&y=2 \n") == (
        '<p>a &lt;b&gt;<br/> c</p><p><a href="https://a.example/?x=1&amp;y=2">https://a.example/?x=1&amp;y=2</a></p>'
    )
    assert paragraphs("see https://a.example now\njavascript:x\n") == "<p>see https://a.example now<br/>javascript:x</p>"
