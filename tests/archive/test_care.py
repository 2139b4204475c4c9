"""Torn tails are cut, old files go, kept ones stay."""

from __future__ import annotations

import random
import zlib
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from scraper.archive import Archive, care, mend, pages, prune, read
from scraper.model.source import Capture

from .test_archive import START, page


def filled(folder: Path, count: int = 3, *, kept: bool = True, at: datetime = START, body: bytes = b"x" * 300) -> list[Capture]:
    with Archive(folder, lambda: at, run_id="r") as box:
        return [box.keep(page(n, body=body + str(n).encode()), kept=kept) for n in range(count)]


def test_whole_files_are_left_alone(tmp_path: Path) -> None:
    captures = filled(tmp_path)
    (tmp_path / "foreign.warc.gz").write_bytes(b"not ours")
    (tmp_path / "notes.txt").write_bytes(b"not ours")
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    assert mend(tmp_path) == ()
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before
    assert [read(tmp_path, capture) for capture in captures]


def test_a_folder_that_is_not_there_yet(tmp_path: Path) -> None:
    assert mend(tmp_path / "captures") == ()
    assert prune(tmp_path / "captures", older_than=START, budget_bytes=1) == ()


@pytest.mark.parametrize("torn", [1, 5, 9, 10, 11, 20, 100, -1])
def test_a_torn_tail_is_cut(tmp_path: Path, torn: int) -> None:
    """``torn`` bytes of the last record were written before the kill."""
    captures = filled(tmp_path)
    path = tmp_path / captures[0].file
    last = captures[-1]
    path.write_bytes(path.read_bytes()[: last.offset + (torn if torn > 0 else last.length + torn)])
    assert mend(tmp_path) == (path.name,)
    assert path.stat().st_size == last.offset
    assert [read(tmp_path, capture).body for capture in captures[:-1]] == [b"x" * 300 + b"0", b"x" * 300 + b"1"]
    assert len(list(pages(path))) == 2
    assert mend(tmp_path) == ()


def test_every_cut_of_a_file_leaves_whole_records(tmp_path: Path) -> None:
    captures = filled(tmp_path / "whole")
    data = (tmp_path / "whole" / captures[0].file).read_bytes()
    ends = [captures[0].offset, *(capture.offset + capture.length for capture in captures)]
    for size in range(0, len(data), 7):
        path = tmp_path / captures[0].file
        path.write_bytes(data[:size])
        mend(tmp_path)
        expected = max((end for end in ends if end <= size), default=0)
        assert (path.stat().st_size if path.exists() else 0) == expected


@pytest.mark.parametrize("tail", [bytes(5_000), b"\x1f\x8b\x08\0", b"\x1f\x8b\x08\0" * 500, random.Random(3).randbytes(5_000)], ids=len)
def test_dirt_after_the_last_record_is_cut(tmp_path: Path, tail: bytes) -> None:
    captures = filled(tmp_path)
    path = tmp_path / captures[0].file
    size = path.stat().st_size
    with path.open("ab") as handle:
        handle.write(tail)
    assert mend(tmp_path) == (path.name,)
    assert path.stat().st_size == size


@pytest.mark.parametrize("data", [b"", b"\x1f\x8b\x08", bytes(100)])
def test_a_file_without_any_record_is_deleted(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "rest-20261120T090000Z-r.warc.gz"
    path.write_bytes(data)
    assert mend(tmp_path) == (path.name,)
    assert not path.exists()


def test_a_record_inside_a_torn_body_is_not_taken_for_the_end(tmp_path: Path) -> None:
    """A body that cannot be compressed stands in the file as it is, here with whole records in it."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    inner = packer.compress(b"WARC/1.1\r\n\r\n") + packer.flush()
    body = random.Random(5).randbytes(50_000) + inner + random.Random(6).randbytes(50_000)
    captures = filled(tmp_path, body=body)
    path = tmp_path / captures[0].file
    data = path.read_bytes()
    assert data.count(inner) == 3
    path.write_bytes(data[:-10])
    assert mend(tmp_path) == (path.name,)
    assert path.stat().st_size == captures[-1].offset


def test_a_large_record_is_found_whole(tmp_path: Path) -> None:
    captures = filled(tmp_path, body=random.Random(7).randbytes(3 << 20))
    assert mend(tmp_path) == ()
    path = tmp_path / captures[0].file
    path.write_bytes(path.read_bytes()[:-1])
    assert mend(tmp_path) == (path.name,)
    assert path.stat().st_size == captures[-1].offset


def test_a_very_compressible_record_is_found_whole(tmp_path: Path) -> None:
    captures = filled(tmp_path, body=bytes(9 << 20))
    assert mend(tmp_path) == ()
    path = tmp_path / captures[0].file
    with path.open("rb") as handle:
        assert care._whole_until(handle) == path.stat().st_size
    path.write_bytes(path.read_bytes() + b"torn")
    assert mend(tmp_path) == (path.name,)
    assert list(pages(path))[-1].body == bytes(9 << 20) + b"2"


def test_old_files_of_the_rest_are_deleted(tmp_path: Path) -> None:
    days = [START + timedelta(days=number) for number in range(4)]
    rest = [filled(tmp_path, 1, kept=False, at=day)[0].file for day in days]
    kept = [filled(tmp_path, 1, kept=True, at=day)[0].file for day in days]
    assert prune(tmp_path, older_than=days[2], budget_bytes=0) == (rest[0], rest[1])
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(kept + rest[2:])
    assert prune(tmp_path, older_than=days[2], budget_bytes=0) == ()


def test_the_budget_takes_the_oldest_first_and_spares_what_is_kept_or_written(tmp_path: Path) -> None:
    days = [START + timedelta(days=number) for number in range(4)]
    rest = [filled(tmp_path, 1, kept=False, at=day)[0].file for day in days]
    filled(tmp_path, 5, kept=True, at=START)
    total = sum(path.stat().st_size for path in tmp_path.iterdir())
    long_ago = datetime(2000, 1, 1, tzinfo=UTC)
    assert prune(tmp_path, older_than=long_ago, budget_bytes=total) == ()
    assert prune(tmp_path, older_than=long_ago, budget_bytes=total - 1) == (rest[0],)
    assert prune(tmp_path, older_than=long_ago, budget_bytes=1, spare={rest[3]}) == (rest[1], rest[2])
    assert len(list(tmp_path.iterdir())) == 2
