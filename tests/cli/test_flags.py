"""Every kind of flag through the command and the tables: raised, superseded by a backfill, never by a copy, and told once."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from datetime import date, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from scraper import app

from .conftest import Caller

NUMBERS = count()
SITES = {
    "US": "https://www.state.gov",
    "KR": "https://www.mofa.go.kr",
    "JP": "https://www.mofa.go.jp",
    "joint": "https://www.state.gov",
    "": "https://paper.example",
}
MINISTERS = {"US": "Secretary of State Marsh", "KR": "Foreign Minister Han", "JP": "Foreign Minister Sato"}
FILLERS = {
    "US": "The Secretary thanked the hosts for the lamps along the quay, and spoke at length of harvests in the northern valleys and of seed banks.",
    "KR": "Minister Han underlined that rice prices, ferries and the schools of the islands would be followed up by the directors of each ministry.",
    "JP": "Minister Sato explained how divers had cleared the reef of nets over the winter, and proposed that maps of the sea floor be drawn anew.",
}
SUBJECTS = {
    "Seoul": "They praised relief ships and field hospitals, and agreed that doctors will train side by side each spring.",
    "Tokyo": "They asked their experts to compare weather records that go back eighty years, and to meet in the autumn.",
    "Honolulu": "They promised four survey vessels, and thanked those who cleared nets from the reef over the winter.",
    "Busan": "They spoke of the price of grain, of cold valleys, and of the schools on islands that ferries do not reach.",
    "Osaka": "They visited a museum of clocks, where a pendulum from each of the capitals now hangs in the great hall.",
}
LANTERN = "Trilateral Lantern Dialogue"
SLUG = "trilateral-lantern-dialogue"


def day(ago: int) -> str:
    return (app.now() - timedelta(days=ago)).date().isoformat()


def long(day_: str) -> str:
    told = date.fromisoformat(day_)
    return f"{told:%B} {told.day}, {told.year}"


def joint(ago: int, said: str, *, place: str = "Seoul", site: str = "joint") -> dict[str, str]:
    """A joint statement of so many days ago."""
    return {
        "url": f"{SITES[site]}/joint-{day(ago)}-{place.lower()}",
        "title": f"Joint Statement of the United States, the Republic of Korea, and Japan on the Trilateral Ministerial Meeting in {place}",
        "date": day(ago), "language": "en",
        "text": "The following text was released by the Governments of the United States of America, the Republic of Korea, and Japan.\n\n"
        f"The Secretary of State of the United States and the Foreign Ministers of the Republic of Korea and Japan met in {place} on {long(day(ago))}. {said}\n\n"
        f"{SUBJECTS[place]} Lighthouse number {ago} of the northern islands will be lit from dusk until dawn. They will meet again next year.",
    }  # fmt: skip


def readout(side: str, ago: int, said: str, *, place: str = "Busan") -> dict[str, str]:
    """One side's own text on a meeting of so many days ago."""
    return {
        "url": f"{SITES[side]}/readout-{day(ago)}-{place.lower()}",
        "title": f"Readout of the U.S.-Japan-Republic of Korea Trilateral Ministerial Meeting in {place}",
        "date": day(ago), "language": "en",
        "text": f"{MINISTERS[side]} met in {place} on {long(day(ago))} with the Foreign Ministers of the other two countries, so that the United States, "
        f"Japan and the Republic of Korea spoke as three. {said}\n\n{FILLERS[side]}",
    }  # fmt: skip


def report(ago: int, said: str, *, place: str = "Seoul") -> dict[str, str]:
    """What a newspaper tells of a meeting."""
    return {
        "url": f"{SITES['']}/news-{day(ago)}", "title": f"Foreign ministers of South Korea, the United States and Japan meet in {place}", "date": day(ago),
        "language": "en",
        "text": f"{place.upper()} - The foreign ministers of South Korea, the United States and Japan held trilateral talks in {place} on {long(day(ago))}, "
        f"officials said. {said} Reporters waited for hours in the rain outside of the old customs house, and were given tea.",
    }  # fmt: skip


def take(call: Caller, folder: Path, *records: dict[str, str], alert: bool = True) -> None:
    """Import records, each as it arrives, by itself."""
    for record in records:
        file = folder / f"{next(NUMBERS)}.jsonl"
        file.write_text(json.dumps(record, ensure_ascii=False), "utf-8")
        done = call.json("import", file, *(["--alert"] if alert else []))
        assert (done["new"], done["relevant"]) == (1, 1), done


def rows(call: Caller, sql: str, *values: object) -> list[tuple[Any, ...]]:
    assert call.home is not None
    with closing(sqlite3.connect(call.home / "db" / "trilateral.db")) as connection:
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        return connection.execute(sql, values).fetchall()


def flags(call: Caller, kind: str) -> list[tuple[Any, ...]]:
    """The flags of a kind in force: what of, the statement's date, the comparator's date."""
    return rows(
        call,
        "SELECT coalesce(f.initiative_id, f.formula, ''), s.date, c.date FROM flags f JOIN statements s ON s.id = f.statement_id "
        "LEFT JOIN statements c ON c.id = f.comparator_id WHERE f.kind = ? AND f.superseded_at IS NULL ORDER BY 1, 2",
        kind,
    )


def superseded(call: Caller, kind: str) -> int:
    return int(rows(call, "SELECT count(*) FROM flags WHERE kind = ? AND superseded_at IS NOT NULL", kind)[0][0])


def alerts(call: Caller, kind: str) -> list[str]:
    return [key for (key,) in rows(call, "SELECT key FROM alerts WHERE kind = ? ORDER BY id", kind)]


def value(call: Caller, kind: str, column: str) -> Any:
    ((told,),) = rows(call, f"SELECT {column} FROM flags WHERE kind = ? AND superseded_at IS NULL", kind)
    return told


def again(record: dict[str, str], path: str) -> dict[str, str]:
    """The same words on another's page."""
    return {**record, "url": f"https://wire.example/{path}"}


LAUNCH = f"The ministers announced the launch of the {LANTERN}."
WELCOME = f"The ministers welcomed the {LANTERN}."
SECOND = f"The ministers convened the second {LANTERN} at the lighthouse."


def test_new_instance(fresh: Caller, tmp_path: Path) -> None:
    new = joint(1, SECOND, place="Tokyo")
    take(fresh, tmp_path, joint(400, LAUNCH), new)
    assert flags(fresh, "new_instance") == [(SLUG, day(1), None)]
    assert (value(fresh, "new_instance", "instance"), value(fresh, "new_instance", "sentence")) == ("2", SECOND)
    assert len(alerts(fresh, "new_instance")) == 1
    assert flags(fresh, "new_initiative") == [(SLUG, day(400), None)]
    take(fresh, tmp_path, again(new, "copy"))
    assert flags(fresh, "new_instance") == [(SLUG, day(1), None)]
    take(fresh, tmp_path, joint(200, SECOND, place="Honolulu"))  # a backfill: it was spoken of before
    assert flags(fresh, "new_instance") == [(SLUG, day(200), None)]
    assert superseded(fresh, "new_instance") == 1
    assert alerts(fresh, "new_instance") == []


@pytest.mark.parametrize(
    ("language", "said", "launch"),
    [
        (
            "ko",
            "한미일 외교장관은 서울에서 제2차 한미일 등대대화를 개최하였다.",
            "한미일 외교장관은 서울에서 한미일 등대대화를 신설하기로 하였다.",
        ),
        (
            "ja",
            "日米韓外相は東京で会談し、第2回日米韓灯台対話を開催した。",
            "日米韓外相は東京で会談し、日米韓灯台対話を立ち上げることで一致した。",
        ),
    ],
)
def test_new_instance_in_korean_and_japanese(fresh: Caller, tmp_path: Path, language: str, said: str, launch: str) -> None:
    site = {"ko": "https://www.mofa.go.kr", "ja": "https://www.mofa.go.jp"}[language]
    title = {"ko": "한미일 외교장관회의 개최", "ja": "日米韓外相会合"}[language]
    rest = {"ko": "세 장관은 섬의 학교와 나룻배에 관하여도 논의하였다.", "ja": "三外相は、島々の学校や渡し船についても意見交換を行った。"}[
        language
    ]
    told = [
        {"url": f"{site}/{ago}", "title": title, "date": day(ago), "language": language, "text": f"{text}\n\n{rest} ({day(ago)})"}
        for ago, text in ((500, launch), (1, said))
    ]
    take(fresh, tmp_path, *reversed(told))
    ((_, when, _),) = flags(fresh, "new_instance")
    assert when == day(1)
    assert value(fresh, "new_instance", "instance") == "2"


def test_first_by_party(fresh: Caller, tmp_path: Path) -> None:
    korean = readout("KR", 1, f"The Minister welcomed the {LANTERN}.")
    take(fresh, tmp_path, readout("US", 60, f"The Secretary proposed to launch the {LANTERN}.", place="Tokyo"))
    take(fresh, tmp_path, {**again(korean, "early"), "title": "Ministers meet"}, korean)
    assert (SLUG, day(1), day(60)) in flags(fresh, "first_by_party")
    assert rows(fresh, "SELECT party, confidence >= 0.6 FROM flags WHERE kind = 'first_by_party' AND initiative_id = ?", SLUG) == [
        ("KR", 1)
    ]
    # of a series that the registry knows for longer than our data nobody can say so surely, and nobody is told
    assert rows(fresh, "SELECT DISTINCT confidence < 0.5 FROM flags WHERE kind = 'first_by_party' AND initiative_id <> ?", SLUG) == [(1,)]
    assert alerts(fresh, "first_by_party") == [
        f"flag:{SLUG}:{rows(fresh, 'SELECT max(event_id) FROM statements WHERE date = ?', day(1))[0][0]}"
    ]
    take(fresh, tmp_path, joint(90, WELCOME, place="Honolulu"))  # all three had named it before
    assert flags(fresh, "first_by_party") == []
    assert superseded(fresh, "first_by_party") >= 1
    assert alerts(fresh, "first_by_party") == []


def quiet(*agos: int) -> Iterable[dict[str, str]]:
    places = ("Seoul", "Tokyo", "Honolulu", "Busan")
    return (joint(ago, f"They spoke of harvest {ago}, of salt, and of the weather.", place=places[at % 4]) for at, ago in enumerate(agos))


def test_revived(fresh: Caller, tmp_path: Path) -> None:
    last, back = joint(1200, LAUNCH), joint(1, WELCOME, place="Tokyo")
    take(fresh, tmp_path, last, back, *quiet(900, 700))
    assert flags(fresh, "revived") == []  # two statements in between are too few to tell
    take(fresh, tmp_path, *quiet(500))
    assert flags(fresh, "revived") == [(SLUG, day(1), day(1200))]
    assert value(fresh, "revived", "sentence") == WELCOME
    take(fresh, tmp_path, again(back, "copy"))
    assert len(rows(fresh, "SELECT 1 FROM flags WHERE kind = 'revived'")) == 1
    take(fresh, tmp_path, joint(600, WELCOME, place="Honolulu"))  # it was not silent after all
    assert flags(fresh, "revived") == [(SLUG, day(600), day(1200))] or flags(fresh, "revived") == []
    assert superseded(fresh, "revived") == 1


def test_omitted_with_its_comparator_and_a_dated_observation(fresh: Caller, tmp_path: Path) -> None:
    said = [
        joint(ago, f"{WELCOME} They welcomed the Minerals Security Partnership.", place=place)
        for ago, place in ((400, "Seoul"), (300, "Tokyo"), (200, "Honolulu"))
    ]
    without = joint(1, "They spoke of salt and of the weather.", place="Busan")
    take(fresh, tmp_path, without, *said)
    assert flags(fresh, "omitted") == [(SLUG, day(1), day(200))]  # and never a wider body's
    assert value(fresh, "omitted", "sentence") == WELCOME
    assert rows(fresh, "SELECT initiative_id, date, side, mention_id FROM observations WHERE status = 'not_mentioned'") == [
        (SLUG, day(1), "joint", None)
    ]
    ((silent,),) = rows(fresh, "SELECT statement_id FROM flags WHERE kind = 'omitted' AND superseded_at IS NULL")
    assert SLUG not in {one["id"] for one in fresh.json("statements", "show", silent)["initiatives"]}  # it does not name it
    status = rows(fresh, "SELECT status FROM initiatives WHERE id = ?", SLUG)
    assert status == [("reaffirmed",)]
    take(fresh, tmp_path, again(said[2], "copy"), again(without, "another"))
    assert flags(fresh, "omitted") == [(SLUG, day(1), day(200))]
    take(fresh, tmp_path, joint(100, "They spoke of boats.", place="Osaka"))  # the one before left it out already
    assert flags(fresh, "omitted") == [(SLUG, day(100), day(200))]
    assert superseded(fresh, "omitted") == 1
    assert rows(fresh, "SELECT date FROM observations WHERE status = 'not_mentioned'") == [(day(100),)]


def test_unnamed(fresh: Caller, tmp_path: Path) -> None:
    pointing = "The ministers settled on several new trilateral initiatives."
    take(fresh, tmp_path, report(1, "Several new trilateral initiatives were agreed, an official said."))
    assert flags(fresh, "unnamed") == [("", day(1), None)]
    assert value(fresh, "unnamed", "confidence") < 0.7
    assert value(fresh, "unnamed", "sentence") == "Several new trilateral initiatives were agreed, an official said."
    assert len(alerts(fresh, "unnamed")) == 1
    official = joint(1, pointing)
    take(fresh, tmp_path, official, again(official, "copy"))
    assert flags(fresh, "unnamed") == [("", day(1), None)]
    assert (value(fresh, "unnamed", "confidence"), value(fresh, "unnamed", "sentence")) == (0.8, pointing)
    assert rows(fresh, "SELECT initiative_id, mention_id FROM flags WHERE kind = 'unnamed'") == [(None, None)]
    assert len(alerts(fresh, "unnamed")) == 1


def test_unnamed_no_longer_holds_where_the_official_text_says_no_such_thing(fresh: Caller, tmp_path: Path) -> None:
    take(fresh, tmp_path, report(1, "Several new trilateral initiatives were agreed, an official said."))
    assert len(flags(fresh, "unnamed")) == 1
    take(fresh, tmp_path, joint(1, LAUNCH))
    assert flags(fresh, "unnamed") == []
    assert (superseded(fresh, "unnamed"), alerts(fresh, "unnamed")) == (1, [])


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ko", "한미일 외교장관은 서울에서 회담을 갖고 새로운 3국 이니셔티브를 추진하기로 하였다."),
        ("ja", "日米韓外相は東京で会談し、新たな日米韓の取組を進めることで一致した。"),
    ],
)
def test_unnamed_in_korean_and_japanese(fresh: Caller, tmp_path: Path, language: str, text: str) -> None:
    site = {"ko": "https://www.mofa.go.kr", "ja": "https://www.mofa.go.jp"}[language]
    title = {"ko": "한미일 외교장관회의 개최", "ja": "日米韓外相会合"}[language]
    take(fresh, tmp_path, {"url": f"{site}/1", "title": title, "date": day(1), "language": language, "text": text})
    assert value(fresh, "unnamed", "sentence") == text


def test_divergence(fresh: Caller, tmp_path: Path) -> None:
    american = readout(
        "US", 1, f"The Secretary announced the launch of the {LANTERN}. They support the complete denuclearization of North Korea."
    )
    korean = readout("KR", 1, "They support the complete denuclearization of the Korean Peninsula.")
    take(fresh, tmp_path, american)
    assert flags(fresh, "divergence") == []  # the others have not published
    take(fresh, tmp_path, korean, again(korean, "copy"))
    assert flags(fresh, "divergence") == [("denuclearization-object", day(1), day(1)), (SLUG, day(1), day(1))]
    assert rows(fresh, "SELECT party, detail FROM flags WHERE kind = 'divergence' ORDER BY formula") == [("US", "KR"), ("KR", "US")]
    assert [key.split(":")[0] for key in alerts(fresh, "divergence")] == ["divergence"]
    take(fresh, tmp_path, readout("JP", 1, f"The Minister welcomed the {LANTERN}."))
    assert rows(fresh, "SELECT party, detail FROM flags WHERE kind = 'divergence' AND initiative_id = ?", SLUG) == [("US,JP", "KR")]


def test_one_alert_for_an_initiative_and_event(fresh: Caller, tmp_path: Path) -> None:
    old = readout("US", 300, f"The Secretary announced the launch of the {LANTERN}.", place="Tokyo")
    korean = readout("KR", 1, f"The Minister attended the second {LANTERN} beforehand.")
    take(fresh, tmp_path, old, readout("US", 1, "The Secretary thanked all."), korean)
    kinds = rows(fresh, "SELECT kind FROM flags WHERE initiative_id = ? AND superseded_at IS NULL ORDER BY kind", SLUG)
    assert [kind for (kind,) in kinds] == ["divergence", "first_by_party", "new_initiative", "new_instance"]
    told = rows(fresh, "SELECT kind, key FROM alerts WHERE initiative_id = ?", SLUG)
    assert [kind for kind, _ in told] == ["first_by_party"]
    page = " ".join(fresh("digest", "--preview").stdout.split())
    assert "ALSO NOTICED" in page
    assert "first named by a party" in page
    assert "the sides' texts differ" in page
    take(fresh, tmp_path, readout("JP", 1, "The Minister spoke of boats."))
    assert rows(fresh, "SELECT kind, key FROM alerts WHERE initiative_id = ?", SLUG) == told


def test_a_wrong_first_becomes_what_else_it_is_before_anybody_is_told(fresh: Caller, tmp_path: Path) -> None:
    take(fresh, tmp_path, joint(1, SECOND))
    assert [kind for (kind,) in rows(fresh, "SELECT kind FROM alerts WHERE initiative_id = ?", SLUG)] == ["new_initiative"]
    take(fresh, tmp_path, joint(300, LAUNCH, place="Tokyo"))
    assert flags(fresh, "new_initiative") == [(SLUG, day(300), None)]
    assert [kind for (kind,) in rows(fresh, "SELECT kind FROM alerts WHERE initiative_id = ?", SLUG)] == ["new_instance"]


def test_old_findings_and_quiet_imports_tell_nothing(fresh: Caller, tmp_path: Path) -> None:
    take(fresh, tmp_path, joint(400, LAUNCH), joint(30, SECOND, place="Tokyo"))
    assert len(flags(fresh, "new_instance")) == 1
    assert rows(fresh, "SELECT count(*) FROM alerts WHERE initiative_id IS NOT NULL") == [(0,)]
    take(fresh, tmp_path, joint(1, SECOND.replace("second", "third"), place="Busan"), alert=False)
    assert len(flags(fresh, "new_instance")) == 2
    assert rows(fresh, "SELECT count(*) FROM alerts WHERE initiative_id IS NOT NULL") == [(0,)]


def test_the_view_tells_every_flag_with_its_sentence(fresh: Caller, tmp_path: Path) -> None:
    take(fresh, tmp_path, joint(400, LAUNCH), joint(1, SECOND, place="Tokyo"))
    told = rows(fresh, "SELECT kind, about, sentence, date FROM flagged ORDER BY date")
    assert (told[0][0], told[0][2]) == ("new_initiative", LAUNCH)
    assert told[-1] == ("new_instance", LANTERN, SECOND, day(1))
