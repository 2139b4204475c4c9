"""WordPress's REST interface (``/wp-json/wp/v2/<type>``): an array of posts, the texts rendered, titles as HTML."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from scraper.errors import DiscoverError
from scraper.model.source import Discovery, Page, Source
from scraper.stages.discover.charset import decode
from scraper.stages.discover.guard import refuse_mitigated
from scraper.stages.discover.items import Item, to_discovery
from scraper.stages.discover.jsontext import read_json
from scraper.stages.discover.paths import text_at
from scraper.stages.discover.records import site_of

_PAST_THE_END = "rest_post_invalid_page_number"
_REFUSALS = ("rest_forbidden", "rest_cannot", "rest_not_logged_in", "rest_login_required", "rest_disabled", "rest_user_invalid")
_FARTHEST = timedelta(hours=14)
_REFUSED = frozenset({"401", "403", "429"})


def discover_wordpress(page: Page, source: Source) -> Discovery:
    """Return the posts of one page in its order, their text in ``Entry.html``; ``more`` is the next page where there is one.

    A page past the last is an empty answer. Raises DiscoverError: blocked (a challenge, or the interface closed to us),
    not_a_feed (HTML, or JSON that is no array of posts), parse, wrong_channel.
    """
    refuse_mitigated(page, source)
    posts = read_json(decode(page, source), source)
    if isinstance(posts, dict):
        return _answered(posts, source)
    raw = [post for post in posts if isinstance(post, dict)] if isinstance(posts, list) else []
    items = [_item(post) for post in raw]
    if raw and not any(item.link for item in items):
        raise DiscoverError(f"{source.id}: JSON that is no array of posts", code="not_a_feed")
    closed = sum(post_is_closed(post) for post in raw)
    notes = (f"{closed} posts are behind a password",) if closed else ()
    return to_discovery(items, page, source, channel=site_of(items, page), notes=notes, more=_next(page) if items else ())


def post_is_closed(post: dict[str, object]) -> bool:
    """Tell whether a post's text is kept behind a password (its rendered text is then a form)."""
    content = post.get("content")
    return isinstance(content, dict) and content.get("protected") is True


def _answered(answer: dict[str, object], source: Source) -> Discovery:
    code, message = text_at(answer, "code"), text_at(answer, "message")[:200]
    if code == _PAST_THE_END:
        return Discovery((), source.channel, None, ("a page past the last one",), searched=True)
    told = f"{source.id}: the server answered {code or 'an object'!r}: {message}"
    if code.startswith(_REFUSALS) or text_at(answer, "data.status") in _REFUSED:
        raise DiscoverError(told, code="blocked")
    raise DiscoverError(told, code="not_a_feed")


def _item(post: dict[str, object]) -> Item:
    html = "" if post_is_closed(post) else text_at(post, "content.rendered")
    return Item(
        link=text_at(post, "link"),
        title=text_at(post, "title.rendered"),
        guid=text_at(post, "id"),
        summary=text_at(post, "excerpt.rendered") or html,
        html=html,
        dates=(_zoned(text_at(post, "date"), text_at(post, "date_gmt")), text_at(post, "date")),
    )


def _zoned(local: str, utc: str) -> str:
    """Return a post's local time with its offset, which follows from ``date_gmt``: the two have no zone of their own.

    Where only one can be read that is taken: ``date_gmt`` as UTC, ``""`` for a draft's, which is all zeros.
    """
    here, there = _read(local), _read(utc)
    if there is None:
        return ""
    ahead = here - there if here else timedelta(days=1)
    if abs(ahead) > _FARTHEST or ahead.seconds % 60:
        return f"{there.isoformat()}Z"
    return there.replace(tzinfo=UTC).astimezone(timezone(ahead)).isoformat()


def _read(value: str) -> datetime | None:
    try:
        return datetime.fromisoformat(value[:19]).replace(tzinfo=None)
    except ValueError:
        return None


def _next(page: Page) -> tuple[str, ...]:
    parts = urlsplit(page.url)
    query = [(key, value) for key, value in parse_qsl(parts.query, keep_blank_values=True) if key != "page"]
    now = _number(dict(parse_qsl(parts.query)).get("page", "")) or 1
    if now >= _number(page.headers.get("x-wp-totalpages", "")):
        return ()
    return (urlunsplit(parts._replace(query=urlencode([*query, ("page", str(now + 1))], safe=","), fragment="")),)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else 0
