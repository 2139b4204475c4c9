"""A ministry whose pages only point to files: polled, read, stored, read again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest

from scraper.jobs import poll, rereading
from scraper.jobs.rooms import Rooms
from tests.documents import packed, papers
from tests.jobs.house import FETCH, Clock, Item, Log, Sheet, Site, one, rooms, rows, rss, sound, statement, unrelated

FILES = "<ul class='file'>{}</ul>"
NOTICE = "The text of the joint statement is published today. Please see the attached file for the full text."


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as made:
        yield made


def document(item: Item) -> bytes:
    """The statement as a PDF with running head and numbered foot."""
    body = [row for paragraph in (item.title, *item.text.split("\n\n")) for row in (*papers.wrapped(paragraph, 70), "")]
    pages = [
        [papers.Shown("Press sheet of the ministry", 200, 810, 8), *papers.lines(part), papers.Shown(f"- {number} -", 290, 30, 8)]
        for number, part in enumerate((body[:9], body[9:]), 1)
    ]
    return papers.pdf(pages)


def page(item: Item, files: str, text: str = NOTICE) -> Sheet:
    """The page of an item whose text is in files."""
    html = replace(item, text=text).page().decode()
    return Sheet(html.replace("</article>", FILES.format(files) + "</article>").encode())


def publish(site: Site, item: Item, files: str, text: str = NOTICE) -> None:
    site.publish(item)
    site.pages[item.path] = page(item, files, text)


def link(path: str, name: str) -> str:
    return f'<li><a href="{path}">{name}</a></li>'


def fate(made: Rooms) -> tuple[str, str]:
    """Decision and reason of the only entry."""
    ((decision, reason),) = rows(made, "SELECT decision, reason FROM entries")
    return decision, reason


def test_the_text_of_an_attached_pdf_is_the_articles(tmp_path: Path, clock: Clock, site: Site) -> None:
    item = statement()
    publish(site, item, link("/statement.pdf", "Joint Statement.pdf"))
    site.pages["/statement.pdf"] = Sheet(document(item), "application/pdf")
    with rooms(tmp_path, clock, [site.source()]) as made:
        poll.run(made, made.config.sources)
        decision, reason = fate(made)
        assert decision == "relevant"
        assert f"text from the attached PDF: {site.url}/statement.pdf" in reason
        ((title, text, address),) = rows(made, "SELECT title, text, url FROM articles")
        assert (title, address) == (item.title, site.url + item.path)
        assert text.split("\n\n") == [item.title, *item.text.split("\n\n")]
        captured = dict(rows(made, "SELECT url, kept FROM captures"))
        assert captured == {site.url + item.path: 1, site.url + "/statement.pdf": 1}
        sound(made)


def test_an_hwpx_goes_before_the_same_text_as_pdf_and_hwp(tmp_path: Path, clock: Clock, site: Site) -> None:
    item = statement()
    publish(site, item, link("/1", "statement.hwp") + link("/2", "statement.pdf") + link("/3", "statement.hwpx"))
    site.pages["/3"] = Sheet(packed.hwpx(item.text.split("\n\n")), "application/octet-stream")
    with rooms(tmp_path, clock, [site.source()]) as made:
        poll.run(made, made.config.sources)
        assert one(made, "SELECT text FROM articles") == item.text
        assert [site.times(path) for path in ("/1", "/2", "/3")] == [0, 0, 1]


def test_a_file_that_a_script_opens_is_followed(tmp_path: Path, clock: Clock, site: Site) -> None:
    item = statement()
    publish(
        site,
        item,
        "<script>function fileDown(a){location.href='/down.do?n='+a;}</script><a href='#' onclick=\"fileDown('5')\">statement.pdf</a>",
    )
    site.pages["/down.do?n=5"] = Sheet(document(item), "application/octet-stream")
    with rooms(tmp_path, clock, [site.source()]) as made:
        poll.run(made, made.config.sources)
        assert one(made, "SELECT text FROM articles").split("\n\n") == [item.title, *item.text.split("\n\n")]


def test_an_hwp_is_told_of_with_its_address(tmp_path: Path, clock: Clock, site: Site) -> None:
    item = statement()
    publish(site, item, link("/statement.hwp", "statement.hwp"))
    with rooms(tmp_path, clock, [site.source()]) as made:
        poll.run(made, made.config.sources)
        _, reason = fate(made)
        assert f"text is in an HWP file that cannot be read: {site.url}/statement.hwp" in reason
        assert site.times("/statement.hwp") == 0
        assert rows(made, "SELECT url FROM captures") == [(site.url + item.path,)]


def test_a_page_of_nothing_but_an_hwp_is_its_title(tmp_path: Path, clock: Clock, site: Site) -> None:
    item = statement()
    publish(site, item, link("/statement.hwp", "statement.hwp"), "")
    with rooms(tmp_path, clock, [site.source()]) as made:
        poll.run(made, made.config.sources)
        decision, reason = fate(made)
        assert decision in ("relevant", "irrelevant")
        assert "text is in an HWP file that cannot be read" in reason


def ole() -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2_000)


@pytest.mark.parametrize(
    ("sheet", "told"),
    [
        (Sheet(ole(), "application/octet-stream"), "text is in an HWP file that cannot be read: {url}"),
        (Sheet(b"%PDF-1.7 torn", "application/pdf"), "attached file not read: not_text: the PDF is broken"),
        (Sheet(papers.pdf([[]]), "application/pdf"), "attached file not read: no_text: the PDF holds no text"),
        (Sheet(b"<html>Please log in</html>"), "attached file is no document (text/html): {url}"),
        (Sheet(b"", status=404), "attached file not fetched: http"),
        (Sheet(b"", status=503), "attached file not fetched: http"),
        (Sheet(b"%PDF" + bytes(500_000), "application/pdf"), "attached file not fetched: too_large"),
    ],
)
def test_a_file_that_cannot_be_read_leaves_the_pages_own_text(tmp_path: Path, clock: Clock, site: Site, sheet: Sheet, told: str) -> None:
    item = statement()
    publish(site, item, link("/statement.pdf", "statement.pdf"))
    site.pages["/statement.pdf"] = sheet
    with rooms(tmp_path, clock, [site.source()]) as made:
        poll.run(made, made.config.sources)
        _, reason = fate(made)
        assert reason.count(told.format(url=site.url + "/statement.pdf")) == 1
        for (text,) in rows(made, "SELECT text FROM articles"):
            assert NOTICE in text
        sound(made)


def test_a_page_without_any_text_says_what_became_of_its_files(tmp_path: Path, clock: Clock, site: Site) -> None:
    item = statement()
    site.pages["/feed"] = Sheet(rss(site.url, [replace(item, title="")]), "application/rss+xml")
    site.pages[item.path] = Sheet(b"<html><body><a href='/a.pdf'>a.pdf</a></body></html>")
    site.pages["/a.pdf"] = Sheet(b"%PDF-1.7 torn", "application/pdf")
    with rooms(tmp_path, clock, [site.source()]) as made:
        poll.run(made, made.config.sources)
        decision, reason = fate(made)
        assert decision == "failed"
        assert reason.startswith("no_text: ")
        assert "the PDF is broken" in reason


def elsewhere(site: Site, item: Item) -> str:
    return link("http://localhost:1/statement.pdf", "statement.pdf")


def led_away(site: Site, item: Item) -> str:
    site.pages["/statement.pdf"] = Sheet(status=302, headers=(("Location", site.url.replace("127.0.0.1", "localhost") + "/other.pdf"),))
    site.pages["/other.pdf"] = Sheet(document(item), "application/pdf")
    return link("/statement.pdf", "statement.pdf")


def test_files_of_other_sites_are_left(tmp_path: Path, clock: Clock, site: Site) -> None:
    item = statement()
    publish(site, item, elsewhere(site, item))
    with rooms(tmp_path, clock, [site.source()]) as made:
        poll.run(made, made.config.sources)
        assert "attached" not in fate(made)[1]


def test_a_file_that_leads_to_another_site_is_left(tmp_path: Path, clock: Clock, site: Site) -> None:
    item = statement()
    publish(site, item, led_away(site, item))
    with rooms(tmp_path, clock, [site.source()]) as made:
        poll.run(made, made.config.sources)
        assert "attached file leads to another site (localhost)" in fate(made)[1]


@pytest.mark.parametrize("changed", [{"official": False, "party": ""}, {"follow": "never"}])
def test_only_official_pages_that_may_be_read_are_followed(tmp_path: Path, clock: Clock, site: Site, changed: dict[str, object]) -> None:
    item = statement()
    publish(site, item, link("/statement.pdf", "statement.pdf"))
    with rooms(tmp_path, clock, [site.source(**changed)]) as made:
        poll.run(made, made.config.sources)
        assert site.times("/statement.pdf") == 0


def test_a_page_with_its_own_statement_needs_no_file(tmp_path: Path, clock: Clock, site: Site) -> None:
    item = statement()
    publish(site, item, link("/statement.pdf", "statement.pdf"), item.text)
    with rooms(tmp_path, clock, [site.source()]) as made:
        poll.run(made, made.config.sources)
        assert site.times("/statement.pdf") == 0
        assert one(made, "SELECT text FROM articles").endswith(item.text)


def test_three_files_at_most_and_one_step(tmp_path: Path, clock: Clock, site: Site) -> None:
    item = statement()
    publish(site, item, "".join(link(f"/{name}.pdf", f"{name}.pdf") for name in "abcde"))
    for name in "abcde":
        site.pages[f"/{name}.pdf"] = Sheet(
            packed.docx([f"See the attached file {name}.", *unrelated().text.split("\n\n")]), "application/zip"
        )
    site.pages["/b.pdf"] = Sheet(document(item), "application/pdf")
    with rooms(tmp_path, clock, [site.source()]) as made:
        poll.run(made, made.config.sources)
        assert [site.times(f"/{name}.pdf") for name in "abcde"] == [1, 1, 1, 0, 0]
        assert one(made, "SELECT text FROM articles").startswith(item.title)
        assert one(made, "SELECT count(*) FROM captures") == 4


def test_robots_hold_for_files_too(tmp_path: Path, clock: Clock, site: Site) -> None:
    item = statement()
    publish(site, item, link("/files/statement.pdf", "statement.pdf"))
    site.pages["/robots.txt"] = Sheet(b"User-agent: *\nDisallow: /files/", "text/plain")
    with rooms(tmp_path, clock, [site.source()], fetch=replace(FETCH, robots=True)) as made:
        poll.run(made, made.config.sources)
        assert site.times("/files/statement.pdf") == 0
        assert "attached file not fetched: robots" in fate(made)[1]


def test_an_entry_that_is_a_pdf_itself(tmp_path: Path, clock: Clock, site: Site) -> None:
    item = statement(path="/statement.pdf")
    site.publish(item)
    site.pages[item.path] = Sheet(document(item), "application/pdf")
    with rooms(tmp_path, clock, [site.source()]) as made:
        poll.run(made, made.config.sources)
        ((title, text, published),) = rows(made, "SELECT title, text, published_at FROM articles")
        assert (title, text.split("\n\n")) == (item.title, [item.title, *item.text.split("\n\n")])
        assert published == f"{item.at:%Y-%m-%dT%H:%M:%SZ}"


# --- read again


def shown(change: Callable[[Site, Item], object], tmp_path: Path, clock: Clock, site: Site) -> list[tuple[str, str]]:
    """Read a page with a file, let ``change`` happen, read both again thrice; what became of it."""
    item = statement()
    publish(site, item, link("/statement.pdf", "statement.pdf"))
    site.pages["/statement.pdf"] = Sheet(document(item), "application/pdf")
    with rooms(tmp_path, clock, [site.source()], log=Log()) as made:
        poll.run(made, made.config.sources)
        before = one(made, "SELECT text FROM articles")
        assert before.startswith(item.title)
        change(site, item)
        for hours in (1, 6, 24):
            clock.advance(hours=hours)
            rereading.run(made, Event())
        return [
            (kind, "same" if one(made, "SELECT text FROM articles") == before else "changed")
            for (kind,) in rows(made, "SELECT kind FROM revisions")
        ]


def edited(site: Site, item: Item) -> None:
    site.pages["/statement.pdf"] = Sheet(
        document(replace(item, text=item.text + "\n\nThey also asked the keepers of the reef to report every month.")), "application/pdf"
    )


def lost(site: Site, item: Item) -> None:
    site.pages["/statement.pdf"] = Sheet(status=503)


def nothing(site: Site, item: Item) -> None:
    """All stays as it is."""


@pytest.mark.parametrize(("change", "expected"), [(nothing, []), (lost, []), (edited, [("substance", "changed")])])
def test_a_page_with_a_file_is_read_again_with_it(
    tmp_path: Path, clock: Clock, site: Site, change: Callable[[Site, Item], object], expected: list[tuple[str, str]]
) -> None:
    assert shown(change, tmp_path, clock, site) == expected


def test_a_file_that_comes_later_completes_the_article_and_is_no_edit(tmp_path: Path, clock: Clock, site: Site) -> None:
    item = statement()
    publish(site, item, link("/statement.pdf", "Joint Statement.pdf"))
    site.pages["/statement.pdf"] = Sheet(b"busy", status=503)
    with rooms(tmp_path, clock, [site.source()]) as made:
        poll.run(made, made.config.sources)
        assert one(made, "SELECT count(*) FROM articles") == 1
        clock.advance(hours=1)
        assert rereading.run(made, Event()).revisions == ()
        site.pages["/statement.pdf"] = Sheet(document(item), "application/pdf")
        clock.advance(hours=2)
        rereading.run(made, Event())
        assert rows(made, "SELECT kind FROM revisions") == [("completed",)]
        assert "trilateral cooperation" in one(made, "SELECT text FROM articles")
        assert one(made, "SELECT count(*) FROM alerts WHERE revision_id IS NOT NULL") == 0
        site.pages["/statement.pdf"] = Sheet(
            document(replace(item, text=item.text.replace("next year", "in ten years"))), "application/pdf"
        )
        clock.advance(hours=8)
        rereading.run(made, Event())
        assert rows(made, "SELECT kind FROM revisions") == [("completed",), ("substance",)]
