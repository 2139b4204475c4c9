"""Secrets come from outside, and never come out in a message."""

from __future__ import annotations

from pathlib import Path

import pytest

from scraper.config import Config, load
from scraper.errors import ConfigError

WATCH = 'name = "Lands"\n[[party]]\nid = "AA"\nname = "A"\nnames.en = ["A"]\n[[party]]\nid = "BB"\nname = "B"\nnames.en = ["B"]\n'
MAIL = '[[channel]]\nname = "mail"\nkind = "email"\nhost = "h.example"\nsender = "a@b.example"\nrecipients = ["${TO}"]\nusername = "u"\n'
SOURCE = '[[source]]\nid = "s"\nname = "S"\nkind = "feed"\n'
SECRET = "hunter2-very-secret"


def configured(folder: Path, environ: dict[str, str], *, sources: str = "", alerts: str = "") -> Config:
    """Return the configuration of these texts."""
    for name, text in {"sources": sources, "watch": WATCH, "initiatives": "", "alerts": alerts, "stock_phrases": ""}.items():
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    return load(folder, environ, builtin=folder)


def test_reference_is_expanded(tmp_path: Path) -> None:
    config = configured(
        tmp_path,
        {"TO": "c@d.example", "KEY": SECRET, "BEAT": "https://beat.example/1"},
        sources=SOURCE + 'url = "https://a.example/?serviceKey=${KEY}&page=1"\n',
        alerts='heartbeat_url = "${BEAT}"\n' + MAIL + 'password = "${KEY}"\n',
    )
    (source,) = config.sources
    (channel,) = config.alerts.channels
    assert source.url == f"https://a.example/?serviceKey={SECRET}&page=1"
    assert source.display_url == "https://a.example/?serviceKey=${KEY}&page=1"
    assert (channel.password, channel.recipients) == (SECRET, ("c@d.example",))
    assert config.alerts.heartbeat_url == "https://beat.example/1"


def test_secret_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "pass").write_text(f"{SECRET}\nsecond line\n", encoding="utf-8")
    config = configured(tmp_path, {"TO": "c@d.example"}, alerts=MAIL + 'password_file = "pass"\n')
    assert config.alerts.channels[0].password == SECRET


@pytest.mark.parametrize(
    ("sources", "alerts", "key", "message"),
    [
        ("", MAIL + f'password = "{SECRET}"', "channel.mail.password", "write ${NAME} or password_file"),
        ("", MAIL + f'password = "${{TO}}"\napi_token = "{SECRET}"', "channel.mail.api_token", "write ${NAME}"),
        (SOURCE + f'url = "https://a.example/?serviceKey={SECRET}"', "", "source.s.url", "write ${NAME} or url_file"),
        (SOURCE + f'url = "https://me:{SECRET}@a.example/"', "", "source.s.url", "write ${NAME}"),
        (SOURCE + f'url = "https://a.example:{SECRET}/${{TO}}"', "", "source.s.url", "valid address"),
        ("", f'heartbeat_url = "https://me:{SECRET}@a.example/"', "heartbeat_url", "write ${NAME}"),
        (SOURCE + 'url = "https://[::${TO}"', "", "source.s.url", "valid address"),
        (SOURCE + 'url = "${LOST}"', "", "source.s.url", "LOST is not set"),
        (SOURCE + 'url = "https://${lo-st}/"', "", "source.s.url", "broken reference"),
        ("", MAIL + 'password = "${LOST}${LOST}"', "channel.mail.password", "variable LOST is not set"),
        ("", MAIL + 'password = "${EMPTY}"', "channel.mail.password", "EMPTY is not set or empty"),
        ("", MAIL + 'password_file = "lost"', "channel.mail.password_file", "cannot be read"),
        ("", MAIL + "password_file = 3", "channel.mail.password_file", "path of a file"),
        ("", MAIL + 'password_file = "x"\npassword = "${TO}"', "channel.mail.password_file", "beside password"),
        ("", MAIL + 'password_file = "binary"', "channel.mail.password_file", "cannot be read as text"),
    ],
)
def test_problem_of_a_secret(tmp_path: Path, sources: str, alerts: str, key: str, message: str) -> None:
    (tmp_path / "binary").write_bytes(b"\xff\xfe\xff")
    with pytest.raises(ConfigError) as caught:
        configured(tmp_path, {"TO": "c@d.example", "EMPTY": ""}, sources=sources, alerts=alerts)
    assert any(problem.key == key and message in problem.message for problem in caught.value.problems), caught.value.problems
    assert SECRET not in str(caught.value) + repr(caught.value.problems)


def test_expanded_secret_is_not_in_a_message(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        configured(tmp_path, {"U": f"gopher://{SECRET}/"}, sources=SOURCE + 'url = "${U}"')
    assert SECRET not in str(caught.value) + repr(caught.value.problems)


def test_what_is_switched_off_needs_no_secret(tmp_path: Path) -> None:
    off = "\nenabled = false\n"
    config = configured(
        tmp_path,
        {},
        sources=SOURCE + 'url = "${LOST}"' + off + SOURCE.replace('"s"', '"t"') + 'url_file = "lost"' + off,
        alerts=MAIL + 'password_file = "lost"' + off,
    )
    assert [source.url for source in config.sources] == ["${LOST}", ""]
    assert not config.alerts.channels[0].enabled


def test_folder_in_place_of_a_secret_file(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"password_file: the file cannot be read"):
        configured(tmp_path, {"TO": "c@d.example"}, alerts=MAIL + 'password_file = "."')
