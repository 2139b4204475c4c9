from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from scraper.pages import frame
from scraper.pages.guarding import completed

from .showroom import HOSTILE, Site, build

OURS = ("/", "/event/1", "/statement/1", "/article/1", "/compare/1/2")
DATASETTES = (
    "/trilateral",
    "/trilateral/articles",
    "/trilateral/articles/1",
    "/trilateral/statements_timeline",
    "/trilateral?sql=select+1",
    "/-/versions",
)


@pytest.fixture
def opened() -> Iterator[Callable[..., Site]]:
    """Opens Datasette on a folder, and closes it when the test ends."""
    with ExitStack() as stack:
        yield lambda folder, **settings: stack.enter_context(closing(Site(folder, **settings)))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    made = Site(build(tmp_path_factory.mktemp("frame") / "home"))
    yield made
    made.close()


@pytest.mark.parametrize("path", OURS)
def test_a_page_of_ours_runs_nothing_and_loads_nothing_from_elsewhere(site: Site, path: str) -> None:
    answer = site.get(path)
    assert answer.status_code == 200
    policy = answer.headers["content-security-policy"]
    assert policy == "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    assert not re.search(r"<script|<style|\sstyle=|\son\w+=", answer.text)
    assert set(re.findall(r'<link rel="stylesheet" href="([^"]+)"', answer.text)) == {f"/-/pages/{frame.static_name('pages.css')}"}


@pytest.mark.parametrize("path", [*OURS, *DATASETTES, "/robots.txt", "/nothing", "/trilateral/articles.json", "/-/static/table.js"])
def test_every_answer_has_the_headers(site: Site, path: str) -> None:
    headers = site.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-robots-tag"] == "noindex, nofollow"
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]


@pytest.mark.parametrize("path", DATASETTES)
def test_scripts_of_datasette_run_by_a_nonce_that_no_other_request_has(site: Site, path: str) -> None:
    seen = set()
    for _ in range(2):
        answer = site.get(path)
        policy = answer.headers["content-security-policy"]
        nonce = re.search(r"script-src 'nonce-([\w-]{20,})';", policy)
        assert nonce is not None
        assert "'unsafe-inline'" not in policy.replace("style-src-attr 'unsafe-inline'", "")
        tags = re.findall(r"<(?:script|style)\b[^>]*>", answer.text)
        assert tags
        assert all(f'nonce="{nonce[1]}"' in tag for tag in tags)
        seen.add(nonce[1])
    assert len(seen) == 2


def test_a_script_in_the_data_gets_no_nonce(tmp_path: Path, opened: Callable[..., Site]) -> None:
    site = opened(build(tmp_path / "home", "UPDATE articles SET title = '<script>alert(1)</script>'"))
    answer = site.get("/trilateral/articles")
    assert "<script>alert" not in answer.text
    assert "&lt;script&gt;alert" in answer.text


def test_what_is_no_page_may_do_nothing(site: Site) -> None:
    assert site.get("/trilateral/articles.json").headers["content-security-policy"].startswith("default-src 'none'; base-uri 'none'")


def test_headers_that_an_answer_has_stay() -> None:
    assert completed([(b"Content-Security-Policy", b"own"), (b"X-Robots-Tag", b"all")], "n")[:2] == [
        (b"content-security-policy", b"own"),
        (b"x-robots-tag", b"all"),
    ]
    assert len([name for name, _ in completed([(b"Content-Security-Policy", b"own")], "n") if name == b"content-security-policy"]) == 1


def test_the_first_page_of_datasette_is_still_there(site: Site) -> None:
    answer = site.get("/-/data")
    assert answer.status_code == 200
    assert 'href="/trilateral"' in answer.text
    assert "script-src 'nonce-" in answer.headers["content-security-policy"]


@pytest.mark.parametrize(
    ("path", "link"),
    [
        ("/trilateral/timeline", "/statement/1"),
        ("/trilateral/timeline", "/event/1"),
        ("/trilateral/statements/1", "/statement/1"),
        ("/trilateral/initiatives/trilateral-secretariat", "/initiative/trilateral-secretariat"),
        ("/trilateral?sql=select+'a/b%25%22'+as+initiative_id", "/initiative/a%2Fb%25%22"),
        ("/trilateral/flags", "/trilateral/initiatives/trilateral-secretariat"),
    ],
)
def test_ids_in_tables_lead_to_our_pages_and_labels_to_rows(site: Site, path: str, link: str) -> None:
    assert f'href="{link}"' in site.get(path).text


def test_other_cells_are_no_links(site: Site) -> None:
    page = site.get("/trilateral?sql=select+1+as+id,+''+as+event_id,+null+as+statement_id,+'x'+as+name").text
    assert not re.search(r'href="/(?:statement|event)/', page)


def test_robots_are_kept_out(site: Site) -> None:
    answer = site.get("/robots.txt")
    assert answer.text == "User-agent: *\nDisallow: /\n"
    assert answer.headers["content-type"].startswith("text/plain")


def test_the_style_sheet_is_kept_for_ever_under_an_address_that_changes_with_it(site: Site) -> None:
    answer = site.get(f"/-/pages/{frame.static_name('pages.css')}")
    assert answer.headers["content-type"] == "text/css; charset=utf-8"
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert site.get("/-/pages/pages-000000000000.css").status_code == 404
    assert site.get("/-/pages/..%2Fpages.css").status_code == 404


@pytest.mark.parametrize(
    "path", ["/nothing", "/nothing/at/all", "/trilateral/nothing", "/trilateral/articles/99999", "/statement", "/statement/1/x"]
)
def test_an_unknown_address_is_told_in_our_frame(site: Site, path: str) -> None:
    answer = site.get(path)
    assert answer.status_code == 404
    assert "<h1>Not found</h1>" in answer.text
    assert 'aria-label="Main"' in answer.text


def test_a_program_is_told_in_json(site: Site) -> None:
    answer = site.get("/trilateral/nothing.json")
    assert answer.status_code == 404
    assert answer.json()["ok"] is False


@pytest.mark.parametrize(
    "key", ["0", "-1", "1e9", "１", "01", "1.0", "99999999999999999999", "999999999999", "%00", "a%20b", "%F0%9F%98%80", "..%2F1", "%ff"]
)
@pytest.mark.parametrize("kind", ["statement", "event", "article", "capture"])
def test_an_odd_id_is_not_found(site: Site, kind: str, key: str) -> None:
    answer = site.get(f"/{kind}/{key}")
    assert answer.status_code == 404
    assert "Traceback" not in answer.text


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_a_page_is_only_read(site: Site, method: str) -> None:
    assert site.get("/statement/1", method, headers={"Authorization": "Bearer x"}).status_code == 405


def test_head_is_answered_as_get_is(site: Site) -> None:
    assert site.get("/statement/1", "HEAD").status_code == 200


def test_whoever_may_not_see_the_database_sees_no_page(tmp_path: Path, opened: Callable[..., Site]) -> None:
    folder = build(tmp_path / "home")
    (folder / "metadata.json").write_text('{"allow": {"id": "ann"}}', "utf-8")
    site = opened(folder)
    assert {path: site.get(path).status_code for path in OURS} == dict.fromkeys(OURS, 403)
    assert site.get("/robots.txt").status_code == 200


def test_links_hold_under_another_root(tmp_path: Path, opened: Callable[..., Site]) -> None:
    site = opened(build(tmp_path / "home"), base_url="/watch/")
    answer = site.get("/statement/1")  # the client puts the root before it
    assert answer.status_code == 200
    assert not [address for address in re.findall(r'(?:href|action)="(/[^"]*)"', answer.text) if not address.startswith("/watch/")]


def test_a_database_of_another_name_has_the_pages_too(tmp_path: Path, opened: Callable[..., Site]) -> None:
    folder = build(tmp_path / "home")
    (folder / "trilateral.db").rename(folder / "my copy.db")
    site = opened(folder)
    assert 'href="/my+copy/statements/1"' in site.get("/statement/1").text
    assert site.get("/my+copy/statements/1").status_code == 200


def test_a_configuration_with_faults_stops_only_what_needs_it(tmp_path: Path, opened: Callable[..., Site]) -> None:
    folder = build(tmp_path / "home")
    (folder.parent / "config" / "wording.toml").write_text("[[", "utf-8")
    site = opened(folder)
    assert {path: site.get(path).status_code for path in OURS} == {**dict.fromkeys(OURS, 200), "/compare/1/2": 500}
    assert "check-config" in site.get("/compare/1/2").text


def test_a_folder_without_a_database_says_so(tmp_path: Path, opened: Callable[..., Site]) -> None:
    folder = build(tmp_path / "home")
    (folder / "trilateral.db").unlink()
    site = opened(folder)
    assert site.get("/statement/1").status_code == 404


@given(st.text())
def test_no_text_gets_out_of_its_place(text: str) -> None:
    for made in (
        frame.when(text),
        frame.day(text),
        frame.web_link("https://a.example/", text),
        frame.web_link(text, text),
        frame.lang(text),
    ):
        assert isinstance(made, Markup)
        assert not re.search(r"<(?!/?(?:time|a)\b)", made)


@given(st.lists(st.tuples(st.sampled_from(["same", "gone", "new", "x"]), st.text())))
def test_a_diff_shows_every_character_and_no_markup(pieces: list[tuple[str, str]]) -> None:
    assert frame.diff(pieces).replace("<del>", "").replace("</del>", "").replace("<ins>", "").replace("</ins>", "") == "".join(
        str(Markup.escape(text)) for _, text in pieces
    )


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("2026-03-01T05:00:00Z", '<time datetime="2026-03-01T05:00:00Z">1 March 2026, 05:00 UTC</time>'),
        ("2026-03-01", '<time datetime="2026-03-01">1 March 2026</time>'),
        ("2026-03", '<time datetime="2026-03">2026-03</time>'),
        ("", "–"),
        (None, "–"),
    ],
)
def test_times_say_their_zone(stored: str | None, shown: str) -> None:
    assert frame.when(stored) == shown


@pytest.mark.parametrize(
    ("url", "linked"),
    [
        ("https://a.example/x?y=1&z=2", True),
        ("HTTP://a.example", True),
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("//a.example", False),
        ("https://good.example@evil.example/", False),
        ('https://a.example/"onmouseover=x', False),
        ("https://", False),
        ("", False),
        (None, False),
    ],
)
def test_only_addresses_of_the_web_are_links(url: str | None, linked: bool) -> None:
    assert ("<a " in frame.web_link(url, "label")) is linked


def test_hostile_words_are_shown_as_they_are() -> None:
    assert "<script" not in frame.web_link("https://a.example/", HOSTILE)


@pytest.mark.parametrize(("number", "told"), [(0, "0 copies"), (1, "1 copy"), (2301, "2,301 copies")])
def test_counts(number: int, told: str) -> None:
    assert frame.count(number, "copy", "copies") == told


@pytest.mark.parametrize(("code", "shown"), [("ko", ' lang="ko"'), ("zh-Hant", ' lang="zh-Hant"'), ("", ""), (None, ""), ('en" x="', "")])
def test_languages(code: str | None, shown: str) -> None:
    assert frame.lang(code) == shown
