"""The files as one configuration, and every way they can be wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from scraper.config import Config, defaults_folder, load
from scraper.errors import ConfigError, Problem
from scraper.model.routing import Rule
from scraper.model.settings import FetchSettings

SOURCES = """
[fetch]
workers = 2

[defaults]
interval = 20
spacing = 4.0

[[source]]
id = "ministry"
name = "A ministry"
kind = "feed"
url = "https://ministry.example/feed"
party = "AA"
selectors.body = "article"
"""
WATCH = """
name = "Three lands"

[[party]]
id = "AA"
name = "Aland"
names.en = ["Aland"]

[[party]]
id = "BB"
name = "Bland"
names.en = ["Bland"]
zone = "Asia/Tokyo"

[[level]]
id = "leaders"
words.en = ["summit", "/leaders? met/"]
"""
INITIATIVES = """
[[initiative]]
id = "joint-drill"
name = "Joint Drill"
names.en = ["Joint Drill"]
first_mentioned = 2023-08-18
"""
ALERTS = """
zone = "Asia/Seoul"

[[channel]]
name = "screen"
kind = "stdout"
"""
STOCK = """
[words]
en = "the and of"

[phrases]
ja = ["引き続き緊密に"]

[subjects]
south-sea = ["South Sea", "남해", "南海"]
"""
FILES = {
    "sources.toml": SOURCES,
    "watch.toml": WATCH,
    "initiatives.toml": INITIATIVES,
    "alerts.toml": ALERTS,
    "stock_phrases.toml": STOCK,
}


def fill(folder: Path, **files: str) -> Path:
    """Write a valid configuration to ``folder``; ``sources="..."`` puts another text into that file."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in (FILES | {f"{stem}.toml": text for stem, text in files.items()}).items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with a valid configuration."""
    return fill(tmp_path / "config")


def problems(folder: Path, environ: dict[str, str] | None = None, *, strict: bool = False) -> tuple[Problem, ...]:
    """Return what is wrong with the configuration of ``folder``."""
    with pytest.raises(ConfigError) as caught:
        load(folder, environ or {}, builtin=folder, strict=strict)
    return caught.value.problems


def test_valid_files_become_records(folder: Path) -> None:
    config = load(folder, {})
    (source,) = config.sources
    assert (source.id, source.interval, source.spacing, source.selectors.body) == ("ministry", 20.0, 4.0, "article")
    assert source.display_url == source.url == "https://ministry.example/feed"
    assert config.fetch == FetchSettings(workers=2)
    assert [party.id for party in config.watch.parties] == ["AA", "BB"]
    assert config.watch.levels[0].words["en"] == ("summit", "/leaders? met/")
    assert config.registry.initiatives[0].first_mentioned == "2023-08-18"
    assert config.alerts.channels[0].zone == "Asia/Seoul"
    assert config.stock.words == ("the", "and", "of")
    assert config.stock.phrases == {"ja": ("引き続き緊密に",)}
    assert config.stock.subjects == {"south-sea": ("South Sea", "남해", "南海")}
    assert config.warnings == ()


def test_default_folder_holds_the_packaged_files() -> None:
    assert (defaults_folder() / "config" / "alerts.toml").is_file()


def test_missing_file_comes_from_the_packaged_ones(folder: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / "initiatives.toml").write_text("", encoding="utf-8")
    config = load(home, {}, builtin=folder)
    assert [source.id for source in config.sources] == ["ministry"]
    assert config.registry.initiatives == ()


def test_no_folder(tmp_path: Path) -> None:
    (problem,) = problems(tmp_path / "nowhere")
    assert "no such folder" in problem.message
    assert "nowhere" in problem.file


def test_all_problems_at_once(tmp_path: Path) -> None:
    found = problems(
        fill(
            tmp_path,
            sources=SOURCES.replace('"feed"', '"gopher"') + 'timezone = "Mars/Olympus"\n',
            watch=WATCH.replace("Asia/Tokyo", "Tokyo Time"),
            initiatives=INITIATIVES + "[[initiative]\n",
            alerts='digest_times = ["7:30", "25:00"]\n' + ALERTS,
        )
    )
    assert {(problem.file, problem.key) for problem in found} == {
        ("sources.toml", "source.ministry.kind"),
        ("sources.toml", "source.ministry.timezone"),
        ("watch.toml", "party.BB.zone"),
        ("initiatives.toml", ""),
        ("alerts.toml", "digest_times"),
    }


def test_syntax_error_names_the_line(tmp_path: Path) -> None:
    (problem,) = problems(fill(tmp_path, watch=WATCH + "\nbroken = = 1\n"))
    assert problem.file == "watch.toml"
    assert f"line {(WATCH + chr(10)).count(chr(10)) + 1}" in problem.message


def test_not_utf_8(folder: Path) -> None:
    (folder / "alerts.toml").write_bytes("zone = 'Asia/Seoul' # 서울".encode("cp949"))
    (problem,) = problems(folder)
    assert (problem.file, problem.message) == ("alerts.toml", "is not UTF-8 text (byte 23)")


def test_a_folder_in_place_of_a_file(folder: Path) -> None:
    (folder / "alerts.toml").unlink()
    (folder / "alerts.toml").mkdir()
    (problem,) = problems(folder)
    assert problem.file == "alerts.toml"
    assert "cannot be read" in problem.message


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a = " + "[" * 2000 + "]" * 2000, "nested"),
        ("a" + ".a" * 40 + " = 1", "nested"),
        ("a = 0x" + "f" * 5000, "64 bits"),
        ("a = " + "9" * 5000, "not valid TOML"),
    ],
)
def test_hostile_toml(tmp_path: Path, text: str, message: str) -> None:
    (problem,) = problems(fill(tmp_path, alerts=text))
    assert problem.file == "alerts.toml"
    assert message in problem.message


SOURCE = '[[source]]\nid = "s"\nname = "S"\nkind = "feed"\nurl = "https://a.example/"\n'


@pytest.mark.parametrize(
    ("text", "key", "message"),
    [
        (SOURCE + SOURCE, "source.s", "more than once"),
        (SOURCE.replace('"s"', '"s s"'), "source.S.id", "must be of letters"),
        (SOURCE.replace("https:", "gopher:"), "source.s.url", "http"),
        (SOURCE.replace("a.example", ""), "source.s.url", "http"),
        (SOURCE.replace("a.example", "a b.example"), "source.s.url", "http"),
        (SOURCE.replace("a.example/", "a.example:99999/"), "source.s.url", "valid address"),
        (SOURCE.replace("a.example", "-.example"), "source.s.url", "host"),
        (SOURCE.replace("a.example", "a..example"), "source.s.url", "host"),
        (SOURCE.replace("a.example", "[::1"), "source.s.url", "valid address"),
        (SOURCE.replace('name = "S"', 'name = " "'), "source.s.name", "empty"),
        ('[[source]]\nid = "s"\n', "source.s.name", "is required"),
        (SOURCE + "interval = 0", "source.s.interval", "above 0"),
        (SOURCE + "interval = inf", "source.s.interval", "above 0"),
        (SOURCE + "interval = nan", "source.s.interval", "above 0"),
        (SOURCE + 'interval = "20"', "source.s.interval", "number"),
        (SOURCE + 'enabled = "yes"', "source.s.enabled", "boolean"),
        (SOURCE + 'follow = "always"', "source.s.follow", "article, never"),
        (SOURCE + 'store = "all"', "source.s.store", "full, excerpt, link"),
        (SOURCE + 'language = "Korean"', "source.s.language", "language code"),
        (SOURCE + 'encoding = "klingon"', "source.s.encoding", "encoding"),
        (SOURCE + 'timezone = "../etc"', "source.s.timezone", "time zone"),
        (SOURCE + 'timezone = "Asia"', "source.s.timezone", "time zone"),
        (SOURCE + "rank = -1", "source.s.rank", "0 or above"),
        (SOURCE + "stale_after = -1", "source.s.stale_after", "0 or above"),
        (SOURCE + "spacing = -1", "source.s.spacing", "0 or above"),
        (SOURCE + "max_entries = 0", "source.s.max_entries", "above 0"),
        (SOURCE + 'party = "ZZ"', "source.s.party", "no party of watch.toml (AA, BB)"),
        (SOURCE.replace("feed", "listing"), "source.s.selectors.item", "is required"),
        (SOURCE + 'selectors.link_pattern = "("\nselectors.link_template = "x"', "source.s.selectors.link_pattern", "regular expression"),
        (SOURCE + 'selectors.link_pattern = "x"', "source.s.selectors.link_template", "together"),
        (SOURCE + 'selectors.link_pattern = "x"\nselectors.link_template = "{a}"', "source.s.selectors.link_template", "{0}"),
        (SOURCE + "selectors = 3", "source.s.selectors", "object"),
        ("source = 3", "source", "[[source]]"),
        ("source = [3]", "source[1]", "[[source]]"),
        ("[[source]]\nname = 3", "source[1].name", "string"),
        ("fetch = 1", "fetch", "[fetch]"),
        ("defaults = 1", "defaults", "[defaults]"),
        ("[fetch]\ntimeout = 0", "fetch.timeout", "above 0"),
        ("[fetch]\nspacing = -1", "fetch.spacing", "0 or above"),
        ("[fetch]\nworkers = 1.5", "fetch.workers", "integer"),
        ('[fetch]\nuser_agent = ""', "fetch.user_agent", "empty"),
        ('[fetch]\nuser_agent = "a\\r\\nX: b"', "fetch.user_agent", "control"),
        ('include = "builtin"', "include", "itself"),
        ('include = "elsewhere"', "include", '"builtin"'),
    ],
)
def test_problem_of_sources(tmp_path: Path, text: str, key: str, message: str) -> None:
    found = problems(fill(tmp_path, sources=text))
    assert any(p.file == "sources.toml" and p.key == key and message in p.message for p in found), found


TERM = '\n[[level]]\nid = "envoys"\n'


@pytest.mark.parametrize(
    ("text", "key", "message"),
    [
        ("", "name", "is required"),
        ("", "party", "is required"),
        (WATCH.partition('[[party]]\nid = "BB"')[0], "party", "at least 2"),
        (WATCH.replace('"BB"', '"AA"'), "party.AA", "more than once"),
        (WATCH.replace('id = "BB"\n', ""), "party.Bland.id", "is required"),
        (WATCH.replace('["Bland"]', "[]"), "party.BB.names", "at least one"),
        (WATCH.replace('["Bland"]', '[" "]'), "party.BB.names.en", "empty word"),
        (WATCH.replace('["Bland"]', '"Bland"'), "party.BB.names.en", "array"),
        (WATCH.replace("Asia/Tokyo", "") + "", "party.BB.zone", "time zone"),
        (WATCH.replace('zone = "Asia', 'domains = ["https://x"]\nzone = "Asia'), "party.BB.domains", "go.jp"),
        (WATCH + TERM + 'words.EN = ["x"]', "level.envoys.words.EN", "language code"),
        (WATCH + TERM + 'words.en = ["/(/"]', "level.envoys.words.en", "regular expression"),
        (WATCH + TERM + 'words.en = [""]', "level.envoys.words.en", "empty word"),
        (WATCH + TERM, "level.envoys.words", "is required"),
        (WATCH + '[[level]]\nid = "kings"\nwords.en = ["king"]', "level.kings.id", "must be one of leaders"),
        (WATCH + '[[level]]\nid = "leaders"\nwords.en = ["king"]', "level.leaders", "more than once"),
        (WATCH + '[[act]]\nid = " "\nwords.en = ["king"]', "act.id", "must not be empty"),
        (WATCH + '[[office]]\nid = "ZZ"\nwords.en = ["king"]', "office.ZZ.id", "must be one of AA, BB"),
        (WATCH + '[stop]\nen = ["ok", ""]', "stop.en", "empty word"),
    ],
)
def test_problem_of_watch(tmp_path: Path, text: str, key: str, message: str) -> None:
    found = problems(fill(tmp_path, watch=text))
    assert any(p.file == "watch.toml" and p.key == key and message in p.message for p in found), found


@pytest.mark.parametrize(
    ("text", "key", "message"),
    [
        (INITIATIVES + INITIATIVES, "initiative.joint-drill", "more than once"),
        ('[[initiative]]\nid = "a"', "initiative.a.name", "is required"),
        (INITIATIVES.replace('"joint-drill"', '"joint drill"'), "initiative.joint drill.id", "letters"),
        (INITIATIVES + 'casing = "loud"', "initiative.joint-drill.casing", "proper"),
        (INITIATIVES.replace("2023-08-18", '"August"'), "initiative.joint-drill.first_mentioned", "date"),
        (INITIATIVES + 'abbreviations = [""]', "initiative.joint-drill.abbreviations", "empty word"),
        (INITIATIVES + 'trilateral = "no"', "initiative.joint-drill.trilateral", "boolean"),
        ("initiative = 1", "initiative", "array"),
    ],
)
def test_problem_of_initiatives(tmp_path: Path, text: str, key: str, message: str) -> None:
    found = problems(fill(tmp_path, initiatives=text))
    assert any(
        p.file == "initiatives.toml" and p.key.replace("initiative.[1]", "initiative[1]") == key and message in p.message for p in found
    ), found


def test_rules_are_read_in_their_order(folder: Path) -> None:
    rules = '[[rule]]\nwhen = "weekly"\nkinds = ["disk"]\nlanguages = ["ko"]\n[[rule]]\nwhen = "never"\nparties = ["AA"]\n'
    (folder / "alerts.toml").write_text(rules, "utf-8")
    assert load(folder, {}).alerts.rules == (Rule("weekly", ("disk",), languages=("ko",)), Rule("never", parties=("AA",)))


EMAIL = '[[channel]]\nname = "mail"\nkind = "email"\nhost = "smtp.example"\nsender = "Desk <a@b.example>"\nrecipients = ["c@d.example"]\n'


@pytest.mark.parametrize(
    ("text", "key", "message"),
    [
        ('digest_times = ["24:00"]', "digest_times", "HH:MM"),
        ("digest_times = [07:30:00]", "digest_times", "HH:MM"),
        ('zone = "KST9"', "zone", "time zone"),
        ('watch_report = "Monday"', "watch_report", "day of the week"),
        ("max_age_hours = 0", "max_age_hours", "above 0"),
        ('quiet = "22:00"', "quiet", "hours as"),
        ('quiet = "22:00-22:00"', "quiet", "hours as"),
        ('quiet = "22:00-26:00"', "quiet", "hours as"),
        ("press_wait_hours = 0", "press_wait_hours", "above 0"),
        ('[[rule]]\nwhen = "soon"', "rule[1].when", "at_once, digest, weekly, never"),
        ('[[rule]]\nkinds = ["disk"]', "rule[1].when", "is required"),
        ('[[rule]]\nwhen = "never"\nkinds = ["storms"]', "rule[1].kinds", "new_statement"),
        ('[[rule]]\nwhen = "never"\nlanguages = ["k!"]', "rule[1].languages", "language code"),
        ('[[rule]]\nwhen = "never"\nchannels = ["nowhere"]', "rule[1].channels", "there is not"),
        ('[[rule]]\nwhen = "never"\nparties = ["ZZ"]', "rule[1].parties", "watch.toml"),
        ('[[rule]]\nwhen = "never"\nlevels = ["kings"]', "rule[1].levels", "watch.toml"),
        ('heartbeat_url = "ftp://x"', "heartbeat_url", "http"),
        ("channel = 1", "channel", "[[channel]]"),
        (EMAIL + EMAIL, "channel.mail", "more than once"),
        (EMAIL.replace('"email"', '"pigeon"'), "channel.mail.kind", "stdout, file, email"),
        (EMAIL + 'language = "fr"', "channel.mail.language", "en, ja, ko"),
        (EMAIL + 'zone = "nowhere"', "channel.mail.zone", "time zone"),
        (EMAIL + 'security = "ssl"', "channel.mail.security", "starttls"),
        (EMAIL + "port = 70000", "channel.mail.port", "65535"),
        (EMAIL.replace("smtp.example", ""), "channel.mail.host", "host"),
        (EMAIL.replace("Desk <a@b.example>", "desk"), "channel.mail.sender", "e-mail address"),
        (EMAIL.replace("Desk <a@", "Desk\\r\\nBcc: x@y <a@"), "channel.mail.sender", "e-mail address"),
        (EMAIL.replace('["c@d.example"]', "[]"), "channel.mail.recipients", "at least one"),
        (EMAIL.replace("c@d", "c d"), "channel.mail.recipients", "e-mail address"),
        (EMAIL + 'username = "me"', "channel.mail.password", "belong together"),
        (EMAIL + 'unsubscribe = "javascript:x"', "channel.mail.unsubscribe", "http"),
        (EMAIL + 'unsubscribe = "mailto:nobody"', "channel.mail.unsubscribe", "e-mail address"),
        ('[[channel]]\nname = "f"\nkind = "file"', "channel.f.path", "empty"),
        ('[[channel]]\nkind = "stdout"', "channel[1].name", "is required"),
    ],
)
def test_problem_of_alerts(tmp_path: Path, text: str, key: str, message: str) -> None:
    found = problems(fill(tmp_path, alerts=text))
    assert any(p.file == "alerts.toml" and p.key == key and message in p.message for p in found), found


@pytest.mark.parametrize(
    ("text", "key", "message"),
    [
        ("words = 1", "words", "table by language"),
        ("[phrases]\nko = 3", "phrases.ko", "list of phrases"),
        ("[phrases]\nko = [3]", "phrases.ko", "list of phrases"),
    ],
)
def test_problem_of_stock_phrases(tmp_path: Path, text: str, key: str, message: str) -> None:
    (problem,) = problems(fill(tmp_path, stock_phrases=text))
    assert (problem.file, problem.key) == ("stock_phrases.toml", key)
    assert message in problem.message


def test_disabled_channel_may_be_unfinished(tmp_path: Path) -> None:
    config = load(fill(tmp_path, alerts='[[channel]]\nname = "f"\nkind = "email"\nenabled = false'), {})
    assert not config.alerts.channels[0].enabled


@pytest.mark.parametrize(
    ("stem", "text", "key", "hint"),
    [
        ("sources", SOURCES + "intervall = 3", "source.ministry.intervall", "interval"),
        ("sources", SOURCES + 'selectors.bodi = "x"', "source.ministry.selectors.bodi", "body"),
        ("sources", "[defaults]\nintervall = 3\n" + SOURCE + SOURCE.replace('"s"', '"t"'), "defaults.intervall", "interval"),
        ("sources", "[fetch]\nworker = 3\n", "fetch.worker", "workers"),
        ("sources", "[feetch]\n", "feetch", "fetch"),
        ("watch", WATCH + '[togther]\nen = ["x"]', "togther", "together"),
        ("watch", WATCH + '[[other]]\nid = "CC"\nname = "C"\nnames.en = ["C"]\nshort_name = "x"', "other.CC.short_name", ""),
        ("initiatives", INITIATIVES + "note = 1", "initiative.joint-drill.note", ""),
        ("initiatives", "schema = 1\n" + INITIATIVES, "schema", ""),
        ("initiatives", INITIATIVES + 'related = ["nothing"]', "initiative.joint-drill.related", "nothing"),
        ("stock_phrases", "[word]", "word", "words"),
        ("alerts", "digest_time = []\n" + ALERTS, "digest_time", "digest_times"),
        ("alerts", ALERTS + 'colour = "red"', "channel.screen.colour", ""),
        ("alerts", EMAIL + 'security = "none"\nusername = "u"\npassword = "${P}"', "channel.mail.security", "unencrypted"),
    ],
)
def test_oddity_is_a_warning_and_strictly_an_error(tmp_path: Path, stem: str, text: str, key: str, hint: str) -> None:
    folder = fill(tmp_path, **{stem: text})
    config = load(folder, {"P": "x"})
    assert [(warning.file, warning.key) for warning in config.warnings] == [(f"{stem}.toml", key)]
    assert hint in config.warnings[0].message
    assert problems(folder, {"P": "x"}, strict=True) == config.warnings


def test_config_is_frozen(folder: Path) -> None:
    config = load(folder, {})
    assert isinstance(config, Config)
    with pytest.raises(AttributeError):
        config.sources = ()  # type: ignore[misc]
