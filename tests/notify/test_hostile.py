"""Sixty hostile strings through every channel, as titles, names, evidence and addresses: what arrives is inert.

Each goes the way of a real finding (compiled and rendered) and, for the channels' own sake, a second time as a message that nobody cleaned.
"""

from __future__ import annotations

import hashlib
import hmac
import io
import json
import re
import socket
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, cast
from xml.etree import ElementTree as ET

import feedparser
import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from scraper.model.digest import (
    Addresses,
    Attendance,
    Change,
    Comparable,
    Deciding,
    Difference,
    Material,
    Message,
    NewInitiative,
    NewStatement,
    Notable,
    Publication,
    SourceTrouble,
)
from scraper.model.initiative import Near
from scraper.model.settings import Channel
from scraper.notify import notifier_for
from scraper.stages.digest import compile, to_message

HOSTILE = {
    # markup and scripts
    "script": "<script>alert(1)</script>",
    "script in capitals": "<ScRiPt SRC=//evil.example/x.js></sCrIpT>",
    "picture": "<img src=x onerror=alert(1)>",
    "tracking pixel": '<img src="https://evil.example/p.gif" width=1 height=1>',
    "svg": "<svg/onload=alert(1)>",
    "frame": '<iframe src="https://evil.example/"></iframe>',
    "form": '<form action="https://evil.example/"><input name=p></form>',
    "style": "<style>body{background:url(https://evil.example/)}</style>",
    "base": '<base href="https://evil.example/">',
    "refresh": '<meta http-equiv="refresh" content="0;url=https://evil.example/">',
    "leaves the attribute": '" onmouseover="alert(1)',
    "leaves the other attribute": "' onfocus='alert(1)' autofocus='",
    "leaves the tag": '"><script>alert(1)</script>',
    "ends the title": "</title></head><body><script>alert(1)</script>",
    "ends the paragraph": "</p></div></td></table><h1>Owned</h1>",
    "comment": "<!-- --><script>alert(1)</script><!--",
    "cdata": "]]><script>alert(1)</script><![CDATA[",
    "conditional comment": "<!--[if mso]><script>alert(1)</script><![endif]-->",
    "entities": "&lt;script&gt;alert(1)&lt;/script&gt;",
    "numbered entities": "&#60;script&#62;&#x3c;img src=x onerror=alert(1)&#x3e;",
    "template": "{{ ''.__class__.__mro__ }}{% for x in y %}",
    "format": "{0.__class__} {n} %s %(x)s",
    "shell": "$(touch /tmp/x) `id` ${HOME}",
    "xml entity": '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>&b;',
    "processing instruction": '<?xml-stylesheet href="https://evil.example/x.xsl"?>',
    # addresses
    "javascript": "javascript:alert(1)",
    "javascript in disguise": " JaVa\tScRiPt:alert(1)",
    "data": "data:text/html,<script>alert(1)</script>",
    "vbscript": "vbscript:msgbox(1)",
    "file": "file:///etc/passwd",
    "credentials": "https://good.example@evil.example/",
    "address with a quote": 'https://a.example/"onclick="alert(1)',
    "address with markup": "https://a.example/<script>alert(1)</script>",
    "address over two lines": "https://a.example/\r\nBcc: x@evil.example",
    "markdown link": "[click](javascript:alert(1))",
    "markdown picture": "![x](https://evil.example/p.gif)",
    # headers
    "blind copy": "News\r\nBcc: victim@evil.example",
    "body too early": "News\r\n\r\n<script>alert(1)</script>",
    "bare line feed": "News\nX-Evil: 1",
    "bare carriage return": "News\rX-Evil: 1",
    "folded": "News\r\n X-Evil: 1",
    "line separator": "News\u2028X-Evil: 1\u2029\x85X-Evil: 2",
    "end of the mail": "News\r\n.\r\nMAIL FROM:<x@evil.example>",
    "boundary": "--===============0==\r\nContent-Type: text/html\r\n\r\n<script>alert(1)</script>",
    "encoded word": "=?utf-8?q?=0D=0ABcc:_victim@evil.example?=",
    "encoded word in base64": "=?utf-8?b?DQpCY2M6IHZpY3RpbUBldmlsLmV4YW1wbGU=?=",
    # what is not seen
    "direction override": "harmless\u202egnp.exe",
    "isolates": "\u2066a\u2067b\u2069 \u200f\u200e\u061c",
    "zero width": "a\u200bb\u200cc\ufeffd\u00ade",
    "NUL": "a\0b\0",
    "terminal": "\x1b[31m\x1b]0;owned\x07\x1b[2J\x9b31m",
    "backspaces": "good\x08\x08\x08\x08evil\x7f",
    "controls": "".join(map(chr, (*range(1, 32), *range(127, 160)))),
    "lone surrogate": "a\ud800b\udfffc",
    "noncharacters": "\ufffe\uffff\U0010ffff",
    # services
    "mention of all": "<!channel> <!here> @everyone @here @channel <@U123>",
    "hidden link of a service": "<https://evil.example|https://good.example>",
    # size
    "long": "Long title " * 1000,
    "long without a space": "x" * 10_000,
    "emoji": "👩‍👩‍👧‍👦🏴‍☠️" + "👍🏽" * 500 + "Z" + "\u0301" * 300,
}
EVIL = "evil.example"
MADE_AT = "2026-04-03T22:30:00Z"
SECRET = "shared-between-two"
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
TAGS = frozenset([
    "html", "head", "meta", "title", "style", "body", "main", "header", "footer", "section", "article", "div", "span", "p", "h1", "h2", "h3", "h4",
    "ol", "ul", "li", "dl", "dt", "dd", "a", "b", "strong", "em", "mark", "small", "blockquote", "del", "ins", "br", "hr", "table", "tbody",
    "tr", "td", "th", "time",
])  # fmt: skip
Listen = Callable[..., Any]


def clock() -> datetime:
    return datetime(2026, 4, 3, 22, 31, tzinfo=UTC)


def found(text: str) -> Message:
    """The message of a digest in which every text from outside is the hostile one."""
    published = Publication(text, text, text, text, text, text, text)
    addresses, deciding = Addresses(text, text, text, text, text), Deciding(text, text, text)
    statement = NewStatement(
        1, text, "joint_statement", text, text, text, text, text, text, (published,), 2, (text,), languages=(text,), elsewhere=(text,), addresses=addresses,
        comparable=Comparable(2, text, text, text, (Change("moved", text, (text,), (text,), text),), 3), differences=(Difference(text, (text,), (text,), (text,)),),
    )  # fmt: skip
    initiative = NewInitiative(
        text, text, text, text, text, (0, min(3, len(text))), text, text, text, text, text, text, text, why=text, nearest=(Near(text, text, text),),
        statement_id=1, paragraph=2, earlier=3, since=text, addresses=addresses, deciding=deciding,
    )  # fmt: skip
    material = Material(
        MADE_AT,
        sides=(("AA", text),),
        statements=(statement,), initiatives=(initiative, replace(initiative, id=f"{text}2", statement_id=0)),
        attendance=(Attendance(text, text, 0, 2, (text,), text), Attendance(text, text, 1, 2, (text,))),
        notable=(Notable(1, ("omitted",), text, text, (0, 1), text, parties=(text,), url=text, statement_title=text, comparator_url=text),),
        troubles=(SourceTrouble(text, text, text, error=text),),
        recovered=(text,), notices=(text,), known=(text,),
    )  # fmt: skip
    return to_message(compile(material), "digest-1")


def raw(text: str) -> Message:
    """A message that nobody cleaned, but for its HTML part and its payload, which are made by us alone."""
    return Message(text, text, text, "<p>", text, text, MADE_AT, f"{text}\n{text}", json.dumps({"text": text}))


def messages() -> Iterator[tuple[str, Message]]:
    for name, text in HOSTILE.items():
        yield name, found(text)
        yield f"{name} (raw)", raw(text)


class Audit(HTMLParser):
    """Collects what in a page could act: elements, attributes and addresses that are none of ours."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.faults: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in TAGS:
            self.faults.append(f"<{tag}>")
        for name, value in attrs:
            told = value or ""
            if name.startswith("on") or name in {"src", "srcset", "action", "background", "poster", "http-equiv"}:
                self.faults.append(f"{name}={told}")
            if name == "href" and (not told.startswith(("http://", "https://")) or re.search(r"\s|[<>\"]", told)):
                self.faults.append(f"href={told}")
            if name == "style" and "url(" in told:
                self.faults.append(f"style={told}")

    def handle_comment(self, data: str) -> None:
        self.faults.append(f"<!--{data}")


def one_line_and_harmless(text: str) -> bool:
    return not CONTROL.search(text) and "\n" not in text and "\t" not in text


def test_sixty_of_them() -> None:
    assert len(HOSTILE) == len(set(HOSTILE.values())) == 60


class Letterbox:
    def __init__(self) -> None:
        self.envelopes: list[Envelope] = []

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802  aiosmtpd calls it so
        self.envelopes.append(envelope)
        return "250 kept"


@pytest.fixture
def letterbox() -> Iterator[tuple[Letterbox, int]]:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = int(taken.getsockname()[1])
    box = Letterbox()
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    yield box, port
    controller.stop()


HEADERS = {
    "From", "To", "Subject", "Date", "Message-ID", "List-Id", "Auto-Submitted", "MIME-Version", "Content-Type", "Content-Language",
    "List-Unsubscribe", "List-Unsubscribe-Post", "X-Peer",
}  # fmt: skip


def test_mail(letterbox: tuple[Letterbox, int]) -> None:
    box, port = letterbox
    channel = Channel("mail", "email", host="127.0.0.1", port=port, security="none", sender="a@desk.example", recipients=("b@to.example",))
    for name, message in messages():
        box.envelopes.clear()
        assert notifier_for(channel, stdout=io.StringIO(), clock=clock).send(message) == "accepted for 1 of 1 recipients", name
        (envelope,) = box.envelopes
        assert (envelope.mail_from, envelope.rcpt_tos) == ("a@desk.example", ["b@to.example"]), name
        mail = cast("EmailMessage", message_from_bytes(cast("bytes", envelope.content), policy=default))
        assert set(mail.keys()) <= HEADERS, name
        assert len(mail.keys()) == len(set(mail.keys())), name
        assert str(mail["To"]) == "b@to.example", name
        assert all(one_line_and_harmless(str(value)) for value in mail.values()), name
        assert len(mail["Subject"]) <= 300, name
        text, page = (cast("EmailMessage", part).get_content() for part in mail.iter_parts())
        assert not CONTROL.search(text.replace("\r\n", "\n")), name
        assert Audit(page).faults == [], name


def test_webhook(listen: Listen) -> None:
    receiver = listen()
    channel = Channel("hook", "webhook", url=f"http://127.0.0.1:{receiver.port}/in", secret=SECRET, allow_private=True)
    for name, message in messages():
        receiver.got.clear()
        notifier_for(channel, stdout=io.StringIO(), clock=clock).send(message)
        ((path, headers, body),) = receiver.got
        assert path == "/in", name
        assert set(headers) == {"Host", "Content-Type", "User-Agent", "Idempotency-Key", "Trilateral-Signature", "Content-Length"}, name
        made, given = (part.partition("=")[2] for part in headers["Trilateral-Signature"].split(","))
        assert given == hmac.new(SECRET.encode(), made.encode() + b"." + body, hashlib.sha256).hexdigest(), name
        told = json.loads(body.decode("utf-8"))
        if "format" in told:
            assert all(one_line_and_harmless(text) for text in strings(told)), name
            assert all(url.startswith(("http://", "https://")) for url in strings(told, "url")), name


def strings(value: Any, key: str = "") -> Iterator[str]:
    """Every string inside a JSON value; with ``key`` those under it."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from strings(inner, "" if key == name else key)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner, key)
    elif isinstance(value, str) and not key:
        yield value


@pytest.mark.parametrize("form", ["short", "full"])
@pytest.mark.parametrize("scheme", ["json", "ntfy"])
def test_push(listen: Listen, scheme: str, form: str) -> None:
    receiver = listen()
    channel = Channel("push", "apprise", url=f"{scheme}://127.0.0.1:{receiver.port}/topic", form=form)
    for name, message in messages():
        receiver.got.clear()
        notifier_for(channel, stdout=io.StringIO(), clock=clock).send(message)
        ((_, _, body),) = receiver.got
        # ntfy takes what is long as a file of plain text.
        told = json.loads(body) if body.startswith(b"{") else {"message": body.decode("utf-8")}
        title, text = told.get("title", ""), told["message"]
        assert one_line_and_harmless(title), name
        assert not CONTROL.search(text), name
        assert len(title) <= 250, name
        assert form == "full" or name.endswith("(raw)") or (len(text) <= 4000 and "\n" not in text), name
        for said in (title, text):
            assert not re.search(r"[<>]|@(?:everyone|here|channel)\b|\]\(", said), name


def test_file(tmp_path: Path) -> None:
    for name, message in messages():
        notifier_for(Channel("file", "file", path="d.html"), stdout=io.StringIO(), clock=clock, folder=tmp_path).send(message)
        assert Audit((tmp_path / "d.html").read_text(encoding="utf-8")).faults == [], name
        assert name.endswith("(raw)") or not CONTROL.search((tmp_path / "d.txt").read_text(encoding="utf-8")), name


def test_atom(tmp_path: Path) -> None:
    path = tmp_path / "f.atom"
    for name, message in messages():
        path.unlink(missing_ok=True)
        notifier_for(Channel("feed", "atom", path="f.atom"), stdout=io.StringIO(), clock=clock, folder=tmp_path).send(message)
        parsed = feedparser.parse(path.read_bytes())
        assert (parsed.bozo, len(parsed.entries)) == (False, 1), name
        (entry,) = ET.parse(path).getroot().findall("{*}entry")  # noqa: S314  made by us
        assert [child.tag.rpartition("}")[2] for child in entry] == [
            "id",
            "title",
            "updated",
            "published",
            *(["summary"] if len(entry) == 6 else []),
            "content",
        ]
        assert re.fullmatch(r"tag:localhost,2026:[A-Za-z0-9._-]+", entry.findtext("{*}id", "")), name
        assert all(not CONTROL.search(child.text or "") for child in entry), name
        page = entry.findtext("{*}content", "")
        assert Audit(page).faults == [], name
        assert set(re.findall(r"<(/?[a-z]+)", page)) <= {"p", "/p", "br", "a", "/a"}, name


def test_stdout() -> None:
    for name, message in messages():
        stream = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="\n")
        notifier_for(Channel("out", "stdout"), stdout=stream, clock=clock).send(message)
        stream.seek(0)
        assert not CONTROL.search(stream.read()), name


def test_no_link_leads_elsewhere_than_it_says() -> None:
    """A link that holds a user in front of the host is one that deceives."""
    for name in ("credentials", "address with a quote", "address with markup", "address over two lines"):
        message = found(HOSTILE[name])
        assert "href" not in message.html.partition("</head>")[2], name
        assert list(strings(json.loads(message.payload), "url")) == [], name


def test_an_unsubscribe_address_cannot_be_smuggled_in(letterbox: tuple[Letterbox, int]) -> None:
    box, port = letterbox
    channel = Channel("mail", "email", host="127.0.0.1", port=port, security="none", sender="a@desk.example", recipients=("b@to.example",))
    for text in HOSTILE.values():
        notifier_for(channel, stdout=io.StringIO(), clock=clock).send(replace(found("News"), unsubscribe=text))
        mail = message_from_bytes(cast("bytes", box.envelopes[-1].content), policy=default)
        assert re.fullmatch(r"<https?://[^\s<>]+>|", str(mail["List-Unsubscribe"] or "")), text
