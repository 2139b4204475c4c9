"""Links that decide: what they say comes back whole, a changed character never, and each is the same whenever it is made."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from itsdangerous import Signer
from itsdangerous.encoding import base64_encode

from scraper.errors import LinkRefused
from scraper.model.initiative import Near
from scraper.model.links import ACTIONS, LONGEST, LONGEST_WHO, ReviewLink, read_link, review_links, sealed, signed, spoken, stored
from scraper.model.moment import utc

SECRET, OTHER = "a secret of sixteen and more", "another secret of such length"
NOW = datetime(2026, 7, 9, 12, 0, 0, tzinfo=UTC)
LATER = utc(NOW + timedelta(days=7))
LINK = ReviewLink("confirm", "trilateral-reef-dialogue", "김 <kim@example.org>", LATER)
NEAR = (Near("reef-dialogue", "Reef Dialogue", "alike"),)
PAGES = "https://monitor.example.org/"

TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=80)
LINKS = st.builds(
    lambda action, subject, into, who, at: ReviewLink(action, subject, who, utc(at), into if action == "merge" else ""),
    st.sampled_from(ACTIONS),
    TEXT,
    TEXT,
    st.text(st.characters(exclude_categories=["Cs"]), max_size=LONGEST_WHO),
    st.timedeltas(timedelta(days=1), timedelta(days=30_000)).map(lambda after: NOW + after),
)


def refused(token: str, secret: str = SECRET, now: datetime = NOW) -> str:
    """With which code a token is refused."""
    with pytest.raises(LinkRefused) as caught:
        read_link(token, secret, now)
    return caught.value.code


@given(LINKS)
def test_what_is_signed_is_read(link: ReviewLink) -> None:
    token = signed(link, SECRET)
    assert read_link(token, SECRET, NOW) == link
    assert len(token) <= LONGEST
    assert set(token) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.")


@given(st.integers(min_value=0), st.characters(min_codepoint=1, max_codepoint=0x250))
def test_any_changed_character_is_refused(at: int, character: str) -> None:
    token = signed(LINK, SECRET)
    at %= len(token)
    changed = token[:at] + character + token[at + 1 :]
    if changed != token:
        assert refused(changed) in {"forged", "malformed"}


def test_every_other_way_to_write_the_last_character_is_refused() -> None:
    token = signed(LINK, SECRET)
    others = [token[:-1] + last for last in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_" if last != token[-1]]
    assert {refused(other) for other in others} == {"forged"}


@given(st.text(max_size=300))
def test_garbage_is_refused(text: str) -> None:
    assert refused(text) in {"malformed", "forged"}


@given(st.integers(min_value=0))
def test_a_link_cut_off_is_refused(at: int) -> None:
    token = signed(LINK, SECRET)
    assert refused(token[: at % len(token)]) in {"malformed", "forged"}


@pytest.mark.parametrize(
    ("token", "code"),
    [
        ("", "malformed"),
        ("a", "malformed"),
        ("." * 50, "malformed"),
        ("a" * (LONGEST + 1), "malformed"),
        ("A" * 4 + "." + "B" * 43, "forged"),
        (signed(LINK, OTHER), "forged"),
        (stored(LINK, OTHER), "forged"),
        (stored(LINK, SECRET), "stored"),
        (signed(LINK, SECRET) + "=", "malformed"),
        (" " + signed(LINK, SECRET), "malformed"),
        (signed(LINK, SECRET) + "\n", "malformed"),
        (Signer(SECRET.encode(), salt=b"cookie").sign(base64_encode(b"[]")).decode(), "malformed"),
    ],
)
def test_what_does_not_act(token: str, code: str) -> None:
    assert refused(token) == code


def test_a_link_ends_with_its_time() -> None:
    token, end = signed(LINK, SECRET), NOW + timedelta(days=7)
    assert read_link(token, SECRET, end - timedelta(seconds=1)) == LINK
    assert refused(token, now=end) == refused(token, now=end + timedelta(days=900)) == "expired"


@pytest.mark.parametrize(
    "link",
    [
        ReviewLink("rename", "a", "me", LATER),
        ReviewLink("merge", "a", "me", LATER),
        ReviewLink("confirm", "a", "me", LATER, "b"),
        ReviewLink("confirm", "", "me", LATER),
        ReviewLink("confirm", "a", "me", "some day"),
    ],
)
def test_what_another_version_signed_is_refused(link: ReviewLink) -> None:
    assert refused(signed(link, SECRET)) == "malformed"
    assert sealed(f"/review/{stored(link, SECRET)}", SECRET) == f"/review/{stored(link, SECRET)}"


@pytest.mark.parametrize("said", [b"", b"\xff", b"{}", b"[1,2,3,4,5,6]", b'["confirm"]', b"[" * 1400])
def test_a_signed_payload_that_is_none_is_refused(said: bytes) -> None:
    def signer(salt: bytes) -> Signer:
        return Signer(SECRET.encode(), salt=salt, key_derivation="hmac", digest_method=sha256)

    token = signer(b"trilateral review link").sign(base64_encode(said) or b"A").decode()
    assert refused(token) == "malformed"


@given(LINKS, LINKS)
def test_a_link_is_known_by_all_that_it_says(one: ReviewLink, other: ReviewLink) -> None:
    assert (one.id == other.id) == (one == other) == (signed(one, SECRET) == signed(other, SECRET))


def test_the_links_of_a_digest() -> None:
    made = review_links(PAGES, SECRET, "new-one", NEAR, "kim@example.org", NOW, 7)
    assert [action for action, _ in made] == ["confirm", "merge", "dismiss"]
    assert review_links(PAGES, SECRET, "new-one", NEAR, "kim@example.org", NOW, 7) == made
    addresses = [urlsplit(sealed(url, SECRET)) for _, url in made]
    assert {(one.scheme, one.netloc) for one in addresses} == {("https", "monitor.example.org")}
    links = [read_link(one.path.removeprefix("/review/"), SECRET, NOW) for one in addresses]
    assert links == [
        ReviewLink("confirm", "new-one", "kim@example.org", LATER),
        ReviewLink("merge", "new-one", "kim@example.org", LATER, "reef-dialogue"),
        ReviewLink("dismiss", "new-one", "kim@example.org", LATER),
    ]
    assert len({link.id for link in links}) == 3


def test_the_page_speaks_as_the_digest_does() -> None:
    ((_, url), *_) = review_links(PAGES, SECRET, "new-one", (), "kim", NOW, 7, language="ko")
    kept = url.rpartition("/")[2]
    acts = sealed(url, SECRET).rpartition("/")[2]
    assert spoken(kept, SECRET) == spoken(acts, SECRET) == read_link(acts, SECRET, NOW).language == "ko"
    assert {spoken(other, SECRET) for other in ("", "x", acts[:-1], signed(LINK, OTHER), "a" * (LONGEST + 1))} == {"en"}


def test_no_links_without_an_address_or_a_secret() -> None:
    assert review_links("", SECRET, "new-one", NEAR, "kim", NOW, 7) == ()
    assert review_links(PAGES, "", "new-one", NEAR, "kim", NOW, 7) == ()


@pytest.mark.parametrize("nearest", [(), (Near("new-one", "New One", "itself"),), (Near("", "Nobody", "-"),)])
def test_nothing_to_merge_into(nearest: tuple[Near, ...]) -> None:
    assert [action for action, _ in review_links(PAGES, SECRET, "new-one", nearest, "kim", NOW, 7)] == ["confirm", "dismiss"]


def test_the_longest_that_can_be_is_read() -> None:
    far = (Near("が" * 80, "-", "-"),)
    made = review_links(PAGES, SECRET, "역" * 80, far, "김\n" * 400, NOW, 7)
    links = [read_link(sealed(url, SECRET).rpartition("/")[2], SECRET, NOW) for _, url in made]
    assert {len(link.who) for link in links} == {LONGEST_WHO}
    assert not any("\n" in link.who for link in links)


def test_a_stored_digest_is_sealed_wherever_the_link_stands() -> None:
    ((_, url), *_) = review_links(PAGES, SECRET, "new-one", (), "kim", NOW, 7)
    acts = sealed(url, SECRET)
    assert acts != url
    told = [f"Confirm: {url}", f'<a href="{url}">Confirm</a>', json.dumps({"links": [url, url]}), f"({url}) <{url}>\n{url}"]
    assert [sealed(text, SECRET) for text in told] == [text.replace(url, acts) for text in told]
    assert sealed(acts, SECRET) == acts


@given(st.text(max_size=200), LINKS)
def test_nothing_is_sealed_that_was_not_made_here(text: str, link: ReviewLink) -> None:
    told = [
        text,
        f"/review/{text}",
        f"/review/{signed(link, OTHER)}",
        f"/review/{stored(link, OTHER)}",
        f"/elsewhere/{stored(link, SECRET)}",
    ]
    bare = signed(link, SECRET).partition(".")[0]
    told += [f"/review/{bare}", f"/review/{bare}.{'A' * 43}", f"/review/{stored(link, SECRET)}A", f"/review/{stored(link, SECRET)}.x"]
    assert [sealed(one, SECRET) for one in told] == told


def test_sealing_of_a_hostile_text_takes_one_look() -> None:
    text = "/review/" + "A" * 400_000 + "/review/A." * 40_000
    assert sealed(text, SECRET) == text
