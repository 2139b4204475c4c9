from __future__ import annotations

import html
import json
import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from html.parser import HTMLParser
from pathlib import Path

import pytest

from scraper.errors import StorageError
from scraper.storage.store import Store

from .showroom import HOSTILE, NOW, Site, build, capture, hostile

WORDS = "The ministers announced the launch of a Trilateral Harbour Partnership."
MORE = (Path(__file__).parent / "shown.sql").read_text("utf-8")


@pytest.fixture
def opened() -> Iterator[Callable[..., Site]]:
    """Opens Datasette on a folder, and closes it when the test ends."""
    with ExitStack() as stack:
        yield lambda folder, **settings: stack.enter_context(closing(Site(folder, **settings)))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = build(tmp_path_factory.mktemp("shown") / "home", MORE)
    capture(
        folder,
        1,
        '<html><head><meta http-equiv="refresh" content="0;url=//evil.example"><LINK rel=preconnect href=//evil.example></head><body><script>1</script>한미일</body></html>'.encode(),
    )
    capture(folder, 2, "외교부 보도자료".encode("euc-kr"), "text/html; charset=euc-kr", server="<b>x</b>")
    capture(folder, 3, b"%PDF-1.7 ...", "application/pdf")
    made = Site(folder)
    yield made
    made.close()


class Elements(HTMLParser):
    """The tags, attributes and addresses that a browser would see."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.addresses: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.addresses |= {value or "" for name, value in attrs if name in {"href", "src", "action"}}


def text(site: Site, path: str) -> str:
    """A page without its markup, on one line."""
    answer = site.get(path)
    assert answer.status_code == 200, answer.text
    return plain(answer.text)


def plain(page: str) -> str:
    main = page[page.index("<main") : page.index("</main>")]
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", main)).split())


def test_the_first_page_has_what_came_last_with_its_proof(site: Site) -> None:
    shown = text(site, "/")
    assert (
        shown.index("Joint Statement on the Jeju meeting")
        < shown.index("Joint Statement on the Busan meeting")
        < shown.index("日米韓次官協議 共同声明")
    )
    assert "1 March 2026 · Joint statement · Joint · Foreign ministers · Busan" in shown
    assert (
        "4 pages · official: Japan , Republic of Korea , United States" in shown
        or "4 pages · official: Japan, Republic of Korea, United States" in shown
    )
    assert shown.count(WORDS) == 1
    assert "not awake" in shown
    assert "blind" in shown


def test_the_first_page_has_one_search_box(site: Site) -> None:
    page = site.get("/").text
    assert page.count('type="search"') == 1
    assert '<form class="seek large" action="/search" method="get"' in page


def test_a_statement_shows_its_words_with_what_they_name(site: Site) -> None:
    page = site.get("/statement/1").text
    assert (
        '<mark id="m1"><a href="/initiative/a%20100%25%20harbour%2Fpact" title="Trilateral Harbour Partnership">Trilateral Harbour Partnership</a></mark>'
        in page
    )
    assert "They deplored &lt;b&gt;missiles&lt;/b&gt;." in page
    assert '<div class="text" lang="en">' in page


def test_a_statement_shows_its_facts_copies_flags_and_edits(site: Site) -> None:
    shown = text(site, "/statement/1")
    for part in (
        "Kind Joint statement", "Whose words Joint", "Date of the act 1 March 2026", "First seen 1 March 2026, 06:00 UTC",
        "4 pages: official 1 , official translation 2 , report 1 .", "Official translation (2)", "한미일 외교장관회의 공동성명",
        "Divergence Trilateral Secretariat · Republic of Korea , Japan A sentence that differs.", "against Joint Statement on the Busan meeting of 1 March 2026",
        "Words changed , seen 1 March 2026, 12:00 UTC", "90 % of the former words stayed They condemned deplored", "Ann Harbour , Secretary (United States)",
    ):  # fmt: skip
        assert re.sub(r"\s+(?=[,.])", "", part) in re.sub(r"\s+(?=[,.])", "", shown), part
    page = site.get("/statement/1").text
    assert "<del>condemned</del><ins>deplored</ins>" in page
    assert 'href="/statement/1/cite"' in page
    assert 'href="/capture/1"' in page


def test_a_statement_is_told_against_the_last_like_it(site: Site) -> None:
    page = site.get("/statement/3").text
    assert 'href="/compare/1/3"' in page
    assert "sentences." in plain(page)
    assert "There is no whole statement like it" in text(site, "/statement/1")


def test_when_each_side_published_is_told_with_its_bracket(site: Site) -> None:
    shown = text(site, "/statement/1")
    assert "United States 1 March 2026, 05:00 UTC first" in shown
    assert "Japan 1 March 2026, 05:20 UTC 20 min" in shown
    assert "Republic of Korea between 1 March 2026, 05:40 UTC and 1 March 2026, 06:10 UTC 40 min to 70 min" in shown


def test_what_may_not_be_kept_is_told(site: Site) -> None:
    assert "let only an excerpt be kept" in text(site, "/statement/2")
    assert "Only the first words" in text(site, "/statement/2")


def test_a_text_that_may_not_be_kept_at_all_is_told(tmp_path: Path, opened: Callable[..., Site]) -> None:
    site = opened(build(tmp_path / "home", "UPDATE articles SET source_id = 'off', text = NULL, statement_text = NULL WHERE id = 5"))
    for path in ("/statement/2", "/article/5"):
        assert "let only a link be kept, no text." in text(site, path)
    assert "No text of it is kept" in text(site, "/compare/1/2")


@pytest.mark.parametrize(
    ("old", "now"),
    [("/statement/9", "/statement/1"), ("/event/9", "/event/1"), ("/compare/9/3", "/compare/1/3"), ("/compare/3/9", "/compare/3/1")],
)
def test_an_id_that_became_another_leads_there_for_good(site: Site, old: str, now: str) -> None:
    answer = site.get(old)
    assert (answer.status_code, answer.headers["location"]) == (301, now)


def test_an_event_shows_the_sides_and_what_differs(site: Site) -> None:
    shown = text(site, "/event/1")
    for part in (
        "Foreign ministers, Busan",
        "1 March 2026 · Busan · Foreign ministers · 1 statement · 4 pages",
        "What differs Divergence",
        "A sentence that differs.",
        "Ann Harbour",
    ):
        assert part in shown, part
    assert 'href="/statement/1"' in site.get("/event/1").text


def test_a_joint_text_is_shown_in_the_words_of_each_side(site: Site) -> None:
    shown = text(site, "/event/1")
    heads = [
        "Joint, joint statement, English (1) · State", "Joint, joint statement, Japanese, on the page of Japan (1) · 外務省",
        "Joint, joint statement, Korean, on the page of Republic of Korea (1) · 외교부",
    ]  # fmt: skip
    assert [shown.count(head) for head in heads] == [1, 1, 1]
    assert "三か国の外相は、北朝鮮の非核化について議論した。" in shown
    assert "Japanese, Japan" in text(site, "/statement/1")


def test_an_article_shows_how_it_was_read(site: Site) -> None:
    shown = text(site, "/article/1")
    for part in (
        "State · English · official",
        "Came out 1 March 2026, 05:00 UTC",
        "Relevance 1.00",
        "Official of Joint Statement on the Busan meeting",
        "announced",
    ):
        assert part in shown, part


def test_two_that_are_like_each_other_are_compared_sentence_by_sentence(site: Site) -> None:
    page = site.get("/compare/1/3").text
    assert "Not comparable" not in page
    for anchor in re.findall(r'href="#([ab]\d+)"', page):
        assert page.count(f'id="{anchor}"') == 1
    assert re.search(r'id="a\d+"', page)
    assert plain(page) == plain(site.get("/compare/3/1").text)


def test_two_that_are_not_are_shown_with_the_reason(site: Site) -> None:
    shown = text(site, "/compare/1/2")
    assert "Not comparable." in shown
    assert "They differ in language: ja and en." in shown


def test_one_twice_is_refused(site: Site) -> None:
    assert site.get("/compare/1/1").status_code == 400
    assert site.get("/compare/1/9").status_code == 400
    assert site.get("/compare/1/77").status_code == 404
    assert site.get("/compare/x/1").status_code == 404


def test_a_captured_page_can_do_nothing(site: Site) -> None:
    answer = site.get("/capture/1/page")
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("sandbox; default-src 'none'; style-src 'unsafe-inline'")
    assert "allow-" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert not re.search(r"<(?:meta|link)", answer.text, re.IGNORECASE)
    assert "한미일" in answer.text


def test_a_capture_tells_when_and_how_it_was_sent(site: Site) -> None:
    page = site.get("/capture/2").text
    assert '<iframe src="/capture/2/page" sandbox=""' in page
    assert "frame-src 'self'" in site.get("/capture/2").headers["content-security-policy"]
    shown = plain(page)
    for part in ("Retrieved 1 March 2026, 06:00 UTC", "HTTP 200, text/html", "외교부 보도자료", "server <b>x</b>"):
        assert part in shown, part
    assert "외교부 보도자료" in site.get("/capture/2/page").text


def test_a_file_that_is_no_page_can_only_be_saved(site: Site) -> None:
    assert "<iframe" not in site.get("/capture/3").text
    assert site.get("/capture/3/page").status_code == 404
    answer = site.get("/capture/3/file")
    assert answer.content == b"%PDF-1.7 ..."
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"] == 'attachment; filename="capture-3.pdf"'
    assert "sandbox" in answer.headers["content-security-policy"]


def test_a_capture_that_is_gone_says_so(tmp_path: Path, opened: Callable[..., Site]) -> None:
    folder = build(tmp_path / "home")
    capture(folder, 1, b"x")
    site = opened(folder)
    assert site.get("/capture/2").status_code == 404
    assert "No page of article 2 is kept." in plain(site.get("/capture/2").text)
    (kept,) = (folder / "captures").glob("*.warc.gz")
    kept.write_bytes(kept.read_bytes()[:50])
    assert site.get("/capture/1").status_code == 404
    kept.unlink()
    assert site.get("/capture/1/page").status_code == 404


def test_what_is_hostile_is_shown_as_the_characters_that_it_is(tmp_path: Path, opened: Callable[..., Site]) -> None:
    folder = build(tmp_path / "home", MORE)
    hostile(folder)
    site = opened(folder)
    for path in ("/", "/event/1", "/statement/1", "/statement/3", "/article/1", "/article/4", "/compare/1/3", "/compare/1/2"):
        page = site.get(path)
        assert page.status_code == 200, path
        elements = Elements()
        elements.feed(page.text)
        assert not elements.tags & {"script", "img", "style", "iframe"}, path
        assert not {name for name in elements.attributes if name.startswith("on") or name == "style"}, path
        assert not [address for address in elements.addresses if not address.startswith(("/", "https://", "#"))], path
        assert HOSTILE[:20] in html.unescape(page.text), path
        assert "{{ 7 * 7 }}" in page.text, path


def test_a_page_sees_what_was_written_a_moment_ago(tmp_path: Path, opened: Callable[..., Site]) -> None:
    folder = build(tmp_path / "home")
    site = opened(folder)
    assert "Busan" in text(site, "/statement/1")
    with Store(folder / "trilateral.db", lambda: NOW) as store:
        with store.transaction():
            store.write("UPDATE statements SET place = 'Ulsan' WHERE id = 1")
        with store.transaction():
            store.write("UPDATE events SET place = 'Ulsan' WHERE id = 1")
            assert "Ulsan" in text(site, "/statement/1")
            assert "Busan" in text(site, "/event/1")
    assert "Ulsan" in text(site, "/event/1")


def test_a_page_that_takes_too_long_gives_up(tmp_path: Path, opened: Callable[..., Site]) -> None:
    site = opened(build(tmp_path / "home"), sql_time_limit_ms=-1)
    answer = site.get("/statement/1")
    assert answer.status_code == 503
    assert "It took too long." in plain(answer.text)


def test_a_database_of_an_earlier_version_says_what_to_do(tmp_path: Path, opened: Callable[..., Site]) -> None:
    site = opened(build(tmp_path / "home", "ALTER TABLE reviews RENAME TO not_yet"))
    answer = site.get("/statement/1")
    assert answer.status_code == 503
    assert "It was written by an earlier version: trilateral serve" in plain(answer.text)


def test_nothing_can_be_written_through_a_page(tmp_path: Path) -> None:
    folder = build(tmp_path / "home")
    connection = sqlite3.connect(folder / "trilateral.db")
    with Store.over(connection, folder / "trilateral.db", lambda: NOW) as store:
        assert store.row("SELECT count(*) AS n FROM statements") == {"n": 2}
        with pytest.raises(StorageError):
            store.write("DELETE FROM statements")
    assert json.dumps(connection.execute("SELECT count(*) FROM statements").fetchone()) == "[2]"
    connection.close()


def test_a_bracket_within_one_minute_is_told_as_that_minute(tmp_path: Path) -> None:
    minute = "UPDATE articles SET not_seen_before_at = '2026-03-01T06:10:00Z', first_seen_at = '2026-03-01T06:10:40Z' WHERE id = 2;"
    with closing(Site(build(tmp_path / "home", minute))) as site:
        assert "Republic of Korea 1 March 2026, 06:10 UTC" in text(site, "/statement/1")


def test_the_first_page_has_the_newest_initiatives_by_the_date_of_the_act(tmp_path: Path) -> None:
    late = """INSERT INTO flags (kind, basis, initiative_id, statement_id, mention_id, flagged_at, reason, confidence) VALUES
      ('new_initiative', 'in_our_data', 'trilateral-secretariat', 2, NULL, '2026-03-05T00:00:00Z', 'found of the past', 0.9);"""
    with closing(Site(build(tmp_path / "home", late))) as site:
        shown = text(site, "/")
    new = shown[shown.index("New initiatives") :]
    assert new.index("Trilateral Harbour Partnership") < new.index("Trilateral Secretariat")
