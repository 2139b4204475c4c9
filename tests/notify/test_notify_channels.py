"""Which channel becomes what; a stream; files."""

from __future__ import annotations

import io
import os
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest

from scraper.errors import DeliveryError
from scraper.model.digest import Message
from scraper.model.settings import Channel
from scraper.notify import notifier_for
from scraper.notify.file import FileNotifier, replace_file
from scraper.notify.mail import EmailNotifier
from scraper.notify.stdout import StdoutNotifier

MESSAGE = Message("digest-1", "Subject", "text 한미일\n", "<p>日米韓</p>\n", made_at="2026-04-03T22:30:00Z")


def clock() -> datetime:
    return datetime(2026, 4, 3, 22, 30, tzinfo=UTC)


def test_notifier_of_each_kind(tmp_path: Path) -> None:
    stream = io.StringIO()
    assert notifier_for(Channel("a", "stdout"), stdout=stream, clock=clock) == StdoutNotifier(stream)
    assert notifier_for(Channel("b", "file", path="db/d.html"), stdout=stream, clock=clock, folder=tmp_path) == FileNotifier(
        tmp_path / "db/d.html"
    )
    assert notifier_for(Channel("b", "file", path="/x/d.html"), stdout=stream, clock=clock, folder=tmp_path) == FileNotifier(
        Path("/x/d.html")
    )
    mail = Channel("c", "email")
    assert notifier_for(mail, stdout=stream, clock=clock) == EmailNotifier(mail)
    with pytest.raises(DeliveryError, match="unknown kind: pigeon") as caught:
        notifier_for(Channel("d", "pigeon"), stdout=stream, clock=clock)
    assert caught.value.permanent


def test_stream() -> None:
    stream = io.StringIO()
    assert StdoutNotifier(stream).send(MESSAGE) == "9 characters written"
    assert stream.getvalue() == MESSAGE.text


def test_stream_that_cannot_show_it() -> None:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding="ascii", newline="\n")
    StdoutNotifier(stream).send(MESSAGE)
    assert raw.getvalue() == b"text ???\n"


def test_closed_stream_and_broken_pipe() -> None:
    closed = io.StringIO()
    closed.close()
    with pytest.raises(DeliveryError, match="closed"):
        StdoutNotifier(closed).send(MESSAGE)
    reading, writing = os.pipe()
    os.close(reading)
    stream = io.TextIOWrapper(io.FileIO(writing, "w"), encoding="utf-8", write_through=True)
    with pytest.raises(DeliveryError, match="standard output") as caught:
        StdoutNotifier(stream).send(MESSAGE)
    assert not caught.value.permanent
    stream.close()


def test_files_beside_each_other(tmp_path: Path) -> None:
    page = tmp_path / "new" / "folder" / "digest.html"
    assert FileNotifier(page).send(MESSAGE) == f"written to {page}"
    assert page.read_text(encoding="utf-8") == MESSAGE.html
    assert page.with_suffix(".txt").read_text(encoding="utf-8") == MESSAGE.text
    assert sorted(path.name for path in page.parent.iterdir()) == ["digest.html", "digest.txt"]
    assert page.stat().st_mode & 0o777 == 0o644


def test_path_without_a_suffix_gets_one(tmp_path: Path) -> None:
    FileNotifier(tmp_path / "v1.2").send(MESSAGE)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["v1.2.html", "v1.2.txt"]


def test_lone_surrogate_is_written_as_a_question_mark(tmp_path: Path) -> None:
    FileNotifier(tmp_path / "d.html").send(Message("d", "s", "a\ud800b", "x"))
    assert (tmp_path / "d.txt").read_bytes() == b"a?b"


@pytest.mark.parametrize("name", ["file/digest.html", "a\0b.html"])
def test_path_that_cannot_be_written(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    with pytest.raises(DeliveryError, match="cannot write") as caught:
        FileNotifier(tmp_path / name).send(MESSAGE)
    assert not caught.value.permanent


def test_failed_replacement_leaves_the_old_file_and_no_other(tmp_path: Path) -> None:
    target = tmp_path / "digest.html"
    target.mkdir()
    (target / "inside").write_text("old", encoding="utf-8")
    with pytest.raises(DeliveryError, match="cannot write"):
        FileNotifier(target).send(MESSAGE)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["digest.html", "digest.txt"]
    assert (target / "inside").read_text(encoding="utf-8") == "old"


def test_a_reader_never_sees_half_a_file(tmp_path: Path) -> None:
    target = tmp_path / "digest.html"
    whole = {letter * 300_000 for letter in "ab"}
    replace_file(target, "a" * 300_000)
    done = threading.Event()

    def write() -> None:
        for turn in range(40):
            replace_file(target, "ba"[turn % 2] * 300_000)
        done.set()

    writer = threading.Thread(target=write)
    writer.start()
    reads = [target.read_text(encoding="utf-8") in whole]
    while not done.is_set():
        reads.append(target.read_text(encoding="utf-8") in whole)
    writer.join()
    assert all(reads)
