"""No message, and no row that holds one, says a secret."""

from __future__ import annotations

import pytest

from scraper.errors import FetchError, scrub

from .effort import effort

SECRETS = (
    "key", "token", "apikey", "api_key", "api-key", "serviceKey", "ServiceKey", "secret", "password", "auth", "access_token", "accessToken", "authKey",
    "auth_key", "subscription-key", "client_secret", "crtfc_key", "sig", "signature", "X-Amz-Signature", "X-Amz-Security-Token", "passwd", "pwd",
    "access_key", "license_key", "session_token", "appkey",
)  # fmt: skip


@pytest.mark.parametrize("name", SECRETS)
@pytest.mark.parametrize("before", ["?", "?a=1&", "?a=1;", "#", "?a=1&amp;"])
def test_what_a_parameter_is_called_tells_a_secret(name: str, before: str) -> None:
    assert (
        scrub(f"https://a.example/list{before}{name}=Zx9%2Bq&page=2: no answer")
        == f"https://a.example/list{before}{name}=***&page=2: no answer"
    )


@pytest.mark.parametrize(
    "name", ["keyword", "searchKey", "sort_key", "monkey", "author", "authors", "page", "id", "sign", "design", "tokenize", "board_key"]
)
def test_other_parameters_stay(name: str) -> None:
    assert scrub(f"https://a.example/list?{name}=Zx9") == f"https://a.example/list?{name}=Zx9"


def test_a_login_is_none_of_anybodys_business() -> None:
    assert scrub("ftp://kim:secret@a.example/x, and https://token@b.example/") == "ftp://***@a.example/x, and https://***@b.example/"
    assert (
        str(FetchError("no answer of https://a.example/?access_token=Zx9", code="timeout"))
        == "no answer of https://a.example/?access_token=***"
    )


def test_scrubbing_what_is_long_takes_time_in_step_with_its_length() -> None:
    with effort(20):
        for text in ("?" + "a-" * 50_000, "?api" * 25_000, "&token" * 20_000, "://" * 30_000):
            assert scrub(text) == text
