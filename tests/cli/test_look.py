"""inspect and import: what the stages say of one page, and files taken in."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from scraper.pressroom import PressRoom

from .conftest import Caller

KEYS = {
    "url", "title", "published", "language", "text", "statement_text", "relevant", "score", "reasons", "kind", "relation", "side", "level",
    "date", "place", "participants", "initiatives",
}  # fmt: skip
INITIATIVE_KEYS = {"name", "id", "start", "end", "sentence", "status", "new"}
TITLE = "Joint Statement on the Trilateral Vice Foreign Ministers' Meeting in Kyoto"
TEXT = (
    "The Vice Foreign Ministers of the United States, the Republic of Korea, and Japan met in Kyoto on March 3, 2026. "
    "They welcomed the conduct of Freedom Edge and reaffirmed their commitment to the Trilateral Indo-Pacific Dialogue. "
    "The Vice Ministers announced the launch of the Trilateral Lighthouse Keepers Programme, and agreed to meet again in the autumn."
)
HTML = f"<!doctype html><html lang='en'><head><title>{TITLE}</title></head><body><nav>Home News</nav><article><h1>{TITLE}</h1><p>{TEXT}</p></article></body></html>"


def shape(told: dict[str, object]) -> dict[str, object]:
    """Check the keys and that every mention stands where it is said to stand; return what was told."""
    assert told.keys() >= KEYS
    assert isinstance(told["initiatives"], list)
    for one in told["initiatives"]:
        assert one.keys() >= INITIATIVE_KEYS
        field = told[one["field"]]
        assert isinstance(field, str)
        assert field[one["start"] : one["end"]] == one["name"]
        assert one["sentence"] in field
    return told


def check_answers(told: dict[str, object]) -> None:
    assert told["relevant"] is True
    assert (told["level"], told["date"], told["place"], told["language"]) == ("vice_ministers", "2026-03-03", "Kyoto", "en")
    new = {one["name"]: one["new"] for one in told["initiatives"]}  # type: ignore[attr-defined]
    assert new["Freedom Edge"] is False
    assert new["Trilateral Lighthouse Keepers Programme"] is True


def test_a_text_from_standard_input(fresh: Caller) -> None:
    check_answers(shape(fresh.json("inspect", "--text", "-", "--title", TITLE, "--language", "en", stdin=TEXT)))


def test_a_text_from_a_file(fresh: Caller, tmp_path: Path) -> None:
    (tmp_path / "t.txt").write_text(TEXT, "utf-8")
    check_answers(shape(fresh.json("inspect", "--text", tmp_path / "t.txt", "--title", TITLE)))


def test_a_page_from_a_file(fresh: Caller, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(HTML, "utf-8")
    told = shape(fresh.json("inspect", tmp_path / "page.html"))
    check_answers(told)
    assert told["title"] == TITLE
    assert "Home News" not in str(told["text"])


def test_a_saved_text_begins_with_its_title(fresh: Caller, tmp_path: Path) -> None:
    (tmp_path / "t.txt").write_text(f"{TITLE}\n\n{TEXT}", "utf-8")
    told = shape(fresh.json("inspect", tmp_path / "t.txt"))
    check_answers(told)
    assert told["title"] == TITLE


def test_initiatives_of_a_text_that_is_not_relevant(fresh: Caller) -> None:
    told = shape(fresh.json("inspect", "--text", "-", stdin="The band Freedom Edge will play in Ohio. Tickets are sold out."))
    assert told["relevant"] is False
    assert [one["name"] for one in told["initiatives"]] == ["Freedom Edge"]  # type: ignore[attr-defined]


def test_for_people(fresh: Caller) -> None:
    told = fresh("inspect", "--text", "-", "--title", TITLE, stdin=TEXT)
    assert told.exit_code == 0
    assert "Kyoto" in told.stdout
    assert "Lighthouse" in told.stdout


def test_nothing_is_stored(fresh: Caller) -> None:
    assert fresh.home is not None
    fresh.json("inspect", "--text", "-", stdin=TEXT)
    assert not list((fresh.home / "db").glob("*.db"))


@pytest.mark.parametrize("arguments", [["--text", "FILE"], ["FILE"]])
def test_an_empty_file(fresh: Caller, tmp_path: Path, arguments: list[str]) -> None:
    (tmp_path / "empty").write_text("", "utf-8")
    told = fresh("inspect", *[str(tmp_path / "empty") if word == "FILE" else word for word in arguments])
    assert told.exit_code == 2
    assert "empty" in told.stderr


@pytest.mark.parametrize("arguments", [["--text", "/no/such/file"], ["/no/such/file"]])
def test_a_file_that_is_not_there(fresh: Caller, arguments: list[str]) -> None:
    told = fresh("inspect", *arguments)
    assert told.exit_code == 2
    assert "No such file" in told.stderr


def test_bytes_that_are_no_text(fresh: Caller) -> None:
    told = fresh("inspect", "--text", "-", stdin=bytes(range(256)) * 8)
    assert told.exit_code in (0, 2)
    assert "Traceback" not in told.stderr


def test_an_address_that_may_not_be_fetched(fresh: Caller, room: PressRoom) -> None:
    told = fresh("inspect", f"{room.url}/us-ministry/")
    assert told.exit_code == 4
    assert "not an address of the public internet" in told.stderr
    assert not [path for path in room.requests if path == "/us-ministry/"]


def lines(*records: object) -> str:
    return "".join(f"{record if isinstance(record, str) else json.dumps(record, ensure_ascii=False)}\n" for record in records)


GOOD = {"url": "https://www.state.gov/kyoto/", "title": TITLE, "date": "2026-03-03", "language": "en", "text": TEXT, "other": [1]}
PAGE = {"url": "https://news.example.org/kyoto", "html": HTML}


def test_broken_lines_are_named_and_the_rest_goes_in(fresh: Caller, tmp_path: Path) -> None:
    file = tmp_path / "l.jsonl"
    file.write_bytes(
        lines(GOOD, "{broken", "", [1], {"url": 5}, {"url": "https://a.example/"}, "\ufffd", PAGE).encode() + b'\xff\xfe{"url"\n'
    )
    told = fresh("import", file, "--json")
    assert told.exit_code == 0
    named = [line.split(":")[0] for line in told.stderr.splitlines() if line.startswith("l.jsonl")]
    assert named == [f"l.jsonl, line {number}" for number in (2, 4, 5, 6, 7, 9)]
    assert json.loads(told.stdout) == {"read": 2, "relevant": 2, "new": 2, "refused": 6, "flags": 1}
    again = fresh("import", file, "--json")
    assert json.loads(again.stdout)["new"] == 0
    assert [row["title"] for row in fresh.json("statements", "list")] == [TITLE]
    assert "Nothing" in fresh("digest").stdout, "an import alerts only when asked"


def test_alerts_when_asked(fresh: Caller, tmp_path: Path) -> None:
    assert fresh.home is not None
    (fresh.home / "config" / "alerts.toml").write_text("max_age_hours = 900000\n", "utf-8")
    (tmp_path / "l.jsonl").write_text(lines(GOOD), "utf-8")
    assert fresh("import", "--alert", tmp_path / "l.jsonl").exit_code == 0
    assert "Trilateral Lighthouse Keepers Programme" in " ".join(fresh("digest").stdout.split())


def test_pages_and_archives(fresh: Caller, filled: Caller, tmp_path: Path) -> None:
    assert filled.home is not None
    (tmp_path / "page.html").write_text(HTML, "utf-8")
    archive = min((filled.home / "db" / "captures").glob("kept-*.warc.gz"))
    torn = tmp_path / "torn.warc.gz"
    torn.write_bytes(archive.read_bytes()[:-100])
    whole = json.loads(fresh("import", "--json", tmp_path / "page.html", archive).stdout)
    assert whole["refused"] == 0
    assert whole["new"] > 5
    again = fresh("import", "--json", torn)
    assert again.exit_code == 0
    assert json.loads(again.stdout) == {"read": whole["read"] - 2, "relevant": whole["relevant"] - 2, "new": 0, "refused": 1, "flags": 0}
    assert "torn.warc.gz" in again.stderr


def test_a_file_with_nothing_to_take_in(fresh: Caller, tmp_path: Path) -> None:
    (tmp_path / "empty.jsonl").write_text("", "utf-8")
    assert fresh.json("import", tmp_path / "empty.jsonl")["read"] == 0
    (tmp_path / "poem.txt").write_text("not\njson\n", "utf-8")
    told = fresh("import", tmp_path / "poem.txt")
    assert told.exit_code == 1
    assert "poem.txt, line 2" in told.stderr


def test_the_shared_sample_of_brussels(fresh: Caller, shared: Path) -> None:
    told = shape(fresh.json("inspect", shared / "samples" / "brussels-2025-04-03.txt"))
    assert (told["relevant"], told["side"], told["level"], told["date"], told["place"]) == (
        True,
        "joint",
        "foreign_ministers",
        "2025-04-03",
        "Brussels",
    )
    statement = str(told["statement_text"])
    assert statement.startswith("United States Secretary of State Marco Rubio")
    assert statement.rstrip().endswith("in Japan this summer.")
    named = " · ".join(one["name"] for one in told["initiatives"])  # type: ignore[attr-defined]
    for name in (
        "Minerals Security Partnership",
        "Trilateral Maritime Security and Law Enforcement Cooperation Framework",
        "Trilateral Global Leadership Youth Summit",
    ):
        assert name in named


@pytest.mark.parametrize("registry", ["packaged", "empty"])
def test_the_shared_sample_of_seoul(fresh: Caller, shared: Path, registry: str) -> None:
    assert fresh.home is not None
    if registry == "empty":
        (fresh.home / "config" / "initiatives.toml").write_text("", "utf-8")
    told = shape(fresh.json("inspect", shared / "samples" / "seoul-2024-10-16.txt"))
    assert (told["relevant"], told["relation"], told["level"], told["date"], told["place"]) == (
        True,
        "report",
        "vice_ministers",
        "2024-10-16",
        "Seoul",
    )
    named = {one["name"].lower(): one["new"] for one in told["initiatives"]}  # type: ignore[attr-defined]
    plain = {"a trilateral coordinating mechanism", "a trilateral framework advancing next-generation technologies"}
    if registry == "empty":
        assert plain <= {name for name, new in named.items() if new}, named
        return
    missing = {
        name
        for name in {"freedom edge", "indo-pacific dialogue", "young trilateral leaders"} | plain
        if not any(name in have for have in named)
    }
    assert not missing, named
    assert any("memorandum" in name and "trilateral security cooperation framework" in name for name in named)
