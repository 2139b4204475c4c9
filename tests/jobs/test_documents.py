"""Documents that a person hands in: inspected and imported like pages."""

from __future__ import annotations

from pathlib import Path

import pytest

from scraper.errors import ExtractError
from scraper.jobs import inspection, intake
from scraper.model.source import Page
from tests.documents import packed, papers
from tests.jobs.house import Clock, desk, one, rooms, statement


def files() -> dict[str, bytes]:
    item = statement()
    paragraphs = [item.title, *item.text.split("\n\n")]
    rows = [row for paragraph in paragraphs for row in (*papers.wrapped(paragraph, 70), "")]
    return {"a.pdf": papers.pdf([papers.lines(rows)]), "b.hwpx": packed.hwpx(paragraphs), "c.docx": packed.docx(paragraphs)}


def nothing(url: str) -> Page:
    raise AssertionError(url)


@pytest.mark.parametrize("name", ["a.pdf", "b.hwpx", "c.docx"])
def test_a_document_is_inspected(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(files()[name])
    told = inspection.of_target(desk(), str(path), nothing)
    assert told["title"] == statement().title
    assert told["text"].endswith(statement().text)
    assert told["relevant"]


def test_an_hwp_is_refused_in_words(tmp_path: Path) -> None:
    path = tmp_path / "d.hwp"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    with pytest.raises(ExtractError, match="HWP"):
        inspection.of_target(desk(), str(path), nothing)


def test_documents_are_imported(tmp_path: Path, clock: Clock) -> None:
    for name, body in files().items():
        (tmp_path / name).write_bytes(body)
    (tmp_path / "d.hwp").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    with rooms(tmp_path, clock) as made:
        done = intake.run(made, [tmp_path / name for name in (*files(), "d.hwp")])
        assert (done.read, done.relevant, done.new) == (3, 3, 3)
        assert [(refused.where, "HWP" in refused.why) for refused in done.refused] == [("d.hwp", True)]
        assert one(made, "SELECT count(DISTINCT text) FROM articles") == 1
