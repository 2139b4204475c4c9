"""Captures go out and come back, whatever is in them."""

from __future__ import annotations

import gzip
import hashlib
import os
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from scraper.archive import Archive, pages, read, writing
from scraper.archive.records import digest
from scraper.errors import DatabaseFull, NotFound, StorageError
from scraper.model.source import Capture, Page

START = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


def page(number: int = 1, body: bytes = b"<p>body</p>", **changed: object) -> Page:
    values: dict[str, object] = {
        "url": f"https://www.example.org/news/{number}",
        "requested": f"https://www.example.org/news/{number}",
        "status": 200,
        "headers": {"content-type": "text/html; charset=euc-kr", "etag": '"v"'},
        "body": body,
        "fetched_at": "2026-11-20T08:59:58Z",
    } | changed
    return Page(**values)  # type: ignore[arg-type]


def archive(folder: Path, run_id: str = "run1") -> Archive:
    return Archive(folder, lambda: START, run_id=run_id)


PAGES = {
    "ordinary": page(),
    "empty": page(body=b""),
    "not found": page(status=404),
    "odd status": page(status=799),
    "redirected": page(
        requested="http://example.org/n?a=b c", hops=("https://example.org/n", "https://www.example.org/news/1"), permanent=True
    ),
    "binary": page(body=bytes(range(256)) * 500, headers={"content-type": "application/pdf"}),
    "a WARC inside": page(body=gzip.compress(b"WARC/1.1\r\n\r\n", 0) * 3),
    "no headers": page(headers={}),
    "escaped address": page(url="https://www.example.org/%EB%89%B4?x=%20y", requested="https://www.example.org/뉴"),
    "a file": page(url="file:///srv/pages/one.html", requested="file:///srv/pages/one.html", headers={"content-type": "text/html"}),
}


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("kept", [True, False])
def test_every_capture_reads_back(tmp_path: Path, name: str, kept: bool) -> None:
    with archive(tmp_path) as box:
        before = box.keep(page(7), kept=kept)
        capture = box.keep(PAGES[name], kept=kept)
        after = box.keep(page(8), kept=kept)
    assert read(tmp_path, capture) == PAGES[name]
    assert (read(tmp_path, before), read(tmp_path, after)) == (page(7), page(8))
    assert list(pages(tmp_path / capture.file)) == [page(7), PAGES[name], page(8)]


def test_the_capture_tells_all(tmp_path: Path) -> None:
    with archive(tmp_path) as box:
        capture = box.keep(page(), kept=True)
        name = "kept-20261120T090000Z-run1.warc.gz"
        assert box.writing == {name}
    size = (tmp_path / name).stat().st_size
    assert capture == Capture(
        file=name, offset=size - capture.length, length=capture.length, digest=digest(b"<p>body</p>"), url=page().url,
        fetched_at="2026-11-20T08:59:58Z", status=200, content_type="text/html", kept=True,
    )  # fmt: skip
    assert capture.digest == "sha256:" + hashlib.sha256(b"<p>body</p>").hexdigest()


def test_an_independent_reader_finds_the_records_valid(tmp_path: Path) -> None:
    with archive(tmp_path) as box:
        capture = box.keep(page(body="공동성명".encode()), kept=True)
    with (tmp_path / capture.file).open("rb") as handle:
        found = []
        for record in ArchiveIterator(handle, check_digests=True):
            body = record.content_stream().read()
            found.append(
                (record.rec_type, body, record.digest_checker.passed, record.http_headers and record.http_headers.get_statuscode())
            )
    assert found[0][0] == "warcinfo"
    assert found[1] == ("response", "공동성명".encode(), True, "200")


@examples(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(
    body=st.binary(max_size=2_000),
    headers=st.dictionaries(
        st.from_regex(r"[a-z][a-z-]{0,15}", fullmatch=True), st.text(st.characters(codec="ascii"), max_size=30), max_size=5
    ),
    status=st.integers(100, 999),
)
def test_any_page_reads_back(tmp_path: Path, body: bytes, headers: dict[str, str], status: int) -> None:
    written = page(body=body, headers=headers, status=status)
    with archive(tmp_path) as box:
        again = read(tmp_path, box.keep(written, kept=True))
    assert (again.body, again.status, again.url) == (body, status, written.url)
    kept = {name: value for name, value in headers.items() if name not in ("content-encoding", "transfer-encoding", "content-length")}
    assert set(again.headers) == set(kept)
    for name, value in kept.items():
        if value.isprintable() and value == value.strip():
            assert again.headers[name] == value


def test_a_header_cannot_smuggle_another(tmp_path: Path) -> None:
    with archive(tmp_path) as box:
        capture = box.keep(page(headers={"x": "1\r\nevil: 2\r\n\r\nbody", "bad name": "3"}), kept=True)
    again = read(tmp_path, capture)
    assert (set(again.headers), again.body) == ({"x"}, b"<p>body</p>")


def test_each_process_has_its_own_files(tmp_path: Path) -> None:
    first, second, third = archive(tmp_path), archive(tmp_path), archive(tmp_path, run_id="../run 2")
    names = [box.keep(page(), kept=False).file for box in (first, second, third)]
    for box in (first, second, third):
        box.close()
    assert names == ["rest-20261120T090000Z-run1.warc.gz", "rest-20261120T090000Z-run1-2.warc.gz", "rest-20261120T090000Z-..-run-2.warc.gz"]
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(names)


def test_nothing_is_made_before_the_first_page(tmp_path: Path) -> None:
    with archive(tmp_path / "captures"):
        assert not (tmp_path / "captures").exists()


def test_a_new_file_each_day_and_after_so_many_bytes(tmp_path: Path) -> None:
    time = [START]
    with Archive(tmp_path, lambda: time[0], run_id="r") as box:
        first = box.keep(page(), kept=True)
        assert box.keep(page(), kept=True).file == first.file
        time[0] = START + timedelta(days=1)
        second = box.keep(page(), kept=True)
        assert second.file == "kept-20261121T090000Z-r.warc.gz"
        box._files["kept"].size = writing.FILE_SIZE
        third = box.keep(page(), kept=True)
        assert third.file == "kept-20261121T090000Z-r-2.warc.gz"
        assert len(box.writing) == 1
    assert [read(tmp_path, capture) for capture in (first, second, third)] == [page()] * 3


def test_many_threads_write_whole_records(tmp_path: Path) -> None:
    with archive(tmp_path) as box, ThreadPoolExecutor(8) as pool:
        captures = list(pool.map(lambda n: box.keep(page(n, body=str(n).encode() * 500), kept=n % 2 == 0), range(60)))
    assert [read(tmp_path, capture).body for capture in captures] == [str(n).encode() * 500 for n in range(60)]
    assert sum(len(list(pages(path))) for path in tmp_path.iterdir()) == 60


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with archive(tmp_path / "file" / "captures") as box, pytest.raises(DatabaseFull):
        box.keep(page(), kept=True)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_is_told(tmp_path: Path) -> None:
    with archive(tmp_path) as box:
        box.keep(page(), kept=True)
        file = box._files["kept"]
        os.close(file.descriptor)
        file.descriptor = os.open("/dev/full", os.O_WRONLY)
        with pytest.raises(DatabaseFull):
            box.keep(page(2), kept=True)
        assert read(tmp_path, box.keep(page(3), kept=True)) == page(3)


def test_a_write_cut_short_leaves_nothing_behind(tmp_path: Path) -> None:
    """The limit on a file's size makes the system write a part only, as a disk that fills up does."""
    resource = pytest.importorskip("resource")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    with archive(tmp_path) as box:
        first = box.keep(page(), kept=True)
        size = (tmp_path / first.file).stat().st_size
        resource.setrlimit(resource.RLIMIT_FSIZE, (size + 50, limits[1]))
        try:
            with pytest.raises(DatabaseFull):
                box.keep(page(2), kept=True)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        assert (tmp_path / first.file).stat().st_size == size
        third = box.keep(page(3), kept=True)
    assert third.file != first.file
    assert (read(tmp_path, first), read(tmp_path, third)) == (page(), page(3))


def test_a_capture_whose_file_was_deleted(tmp_path: Path) -> None:
    with archive(tmp_path) as box:
        capture = box.keep(page(), kept=False)
    (tmp_path / capture.file).unlink()
    with pytest.raises(NotFound):
        read(tmp_path, capture)


@pytest.mark.parametrize("name", ["../../etc/passwd", "kept-x.warc.gz", "", "kept-20261120T090000Z-a/b.warc.gz"])
def test_a_capture_names_no_other_file(tmp_path: Path, name: str) -> None:
    with pytest.raises(NotFound):
        read(tmp_path, Capture(name, 0, 10, "", "https://example.org/", "", 200, "", kept=True))


@pytest.mark.parametrize(("offset", "length"), [(1, 0), (0, -20), (10**9, 0), (-200, 200)])
def test_a_capture_that_points_wrong_is_noticed(tmp_path: Path, offset: int, length: int) -> None:
    with archive(tmp_path) as box:
        box.keep(page(body=b"first"), kept=True)
        capture = box.keep(page(body=b"second"), kept=True)
    wrong = Capture(
        capture.file, max(capture.offset + offset, 0), capture.length + length, capture.digest, capture.url, "", 200, "", kept=True
    )
    with pytest.raises(StorageError):
        read(tmp_path, wrong)
