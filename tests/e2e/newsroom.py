"""Ten sites of three governments and their press on loopback, whose pages come out, change and go by the clock of a story."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from email.utils import format_datetime
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any, Self
from urllib.parse import urlsplit

from scraper.model.source import Source
from tests.e2e.vocabulary import BODIES, DENUCLEARIZATION, EDITED, HEADS, LEVELS, MONTHS, NOUNS, PLACES, QUALITIES, THINGS, VERBS, Level


@dataclass(frozen=True)
class Desk:
    """One site: its host, language, and party where it is a government's."""

    name: str
    language: str
    party: str = ""

    @property
    def host(self) -> str:
        return f"www.{self.name}.example"

    def source(self) -> Source:
        """How it is polled: every hour, an outage is seen by the next one."""
        values: dict[str, Any] = {"official": bool(self.party), "party": self.party, "country": self.party, "language": self.language}
        return Source(self.name, self.name.title(), "feed", f"http://{self.host}/feed", publisher=self.name.title(), interval=60.0,
                      spacing=0.0, allow_private=True, **values)  # fmt: skip


OFFICIAL = {
    "US": (Desk("state", "en", "US"), Desk("war-office", "en", "US")),
    "KR": (Desk("oegyobu", "ko", "KR"), Desk("gukbangbu", "ko", "KR")),
    "JP": (Desk("gaimusho", "ja", "JP"), Desk("boeisho", "ja", "JP")),
}
PRESS = (Desk("wire", "en"), Desk("harbour-post", "en"), Desk("hangang-ilbo", "ko"), Desk("sumida-shimbun", "ja"))
DESKS = (*(desk for desks in OFFICIAL.values() for desk in desks), *PRESS)


TURN = "/it-is-now/"
"""What the clock of the story is told under."""


@dataclass(frozen=True)
class Meeting:
    """What is told by whoever tells of it. ``launched`` and ``named`` are initiatives, as each language names them; ``peninsula`` is which
    of the ways to say what is denuclearized."""

    number: int
    at: datetime
    level: Level
    place: dict[str, str]
    thing: dict[str, str]
    launched: dict[str, str] | None
    named: dict[str, str] | None
    peninsula: int
    seed: int

    def title(self, language: str, form: str) -> str:
        """``form`` is joint, readout or report."""
        level, place, thing = self.level.name[language], self.place[language], self.thing[language]
        forms = {
            "en": {"joint": f"Joint Statement on the United States-Republic of Korea-Japan Trilateral {level} in {place}: {thing} {self.number}",
                   "readout": f"Readout of the Trilateral {level} of the United States, the Republic of Korea, and Japan: {thing} {self.number}",
                   "report": f"US, South Korea and Japan hold trilateral {level.lower()} in {place}, {thing.lower()} {self.number} on the table"},
            "ko": {"joint": f"한미일 {level} 공동성명({place}, {thing} {self.number})", "readout": f"한미일 {level} 개최 결과({thing} {self.number})",
                   "report": f"한미일 {level}, {place}서 열려… {thing} {self.number} 논의"},
            "ja": {"joint": f"日米韓{level}共同声明（{place}、{thing}{self.number}）", "readout": f"日米韓{level}の開催（結果）{thing}{self.number}",
                   "report": f"日米韓{level}、{place}で開催 {thing}{self.number}を協議"},
        }  # fmt: skip
        return forms[language][form]

    def paragraphs(self, language: str, form: str) -> tuple[str, ...]:
        """The text of one teller: a joint statement is the same in every language, a readout or report has sentences of its own."""
        chance = random.Random(f"{self.seed} {form if form == 'joint' else form + language}")
        body = [self._body(language, chance) for _ in range(3 if form == "joint" else 2)]
        return (self._opening(language, form), *self._initiatives(language), *body, self._closing(language, chance))

    def _day(self, language: str) -> str:
        day = self.at
        return (
            f"{MONTHS[day.month]} {day.day}, {day.year}"
            if language == "en"
            else f"{day.year}{'년 ' if language == 'ko' else '年'}{day.month}{'월 ' if language == 'ko' else '月'}{day.day}{'일' if language == 'ko' else '日'}"
        )

    def _opening(self, language: str, form: str) -> str:
        who, place, day, thing = self.level.who[language], self.place[language], self._day(language), self.thing[language]
        issued = {
            "en": {"joint": "and issued the following joint statement", "readout": "for trilateral talks", "report": "for trilateral talks, officials said"},
            "ko": {"joint": "회의를 갖고 다음과 같은 공동성명을 발표하였다", "readout": "한미일 3자 회의를 개최하였다", "report": "한미일 3자 회의를 열었다고 당국이 밝혔다"},
            "ja": {"joint": "会合し、次の共同声明を発出した", "readout": "日米韓会合を実施した", "report": "日米韓の会合を開いたと当局が明らかにした"},
        }[language][form]  # fmt: skip
        return {
            "en": f"{who} met in {place} on {day} {issued}. The {thing.lower()} stood first among their subjects.",
            "ko": f"{who} {day} {place}에서 {issued}. {thing} 문제가 첫 의제였다.",
            "ja": f"{who}、{day}、{place}において{issued}。{thing}が最初の議題であった。",
        }[language]

    def _initiatives(self, language: str) -> Iterator[str]:
        if self.launched is not None:
            name = self.launched[language]
            yield {
                "en": f"They announced the launch of the {name}, under which the three governments will share what they learn each spring.",
                "ko": f"3국은 '{name}'의 출범을 발표하였다. 3국 정부는 이를 통해 해마다 봄에 경험을 나눌 것이다.",
                "ja": f"三か国は、「{name}」の立ち上げを発表した。三か国政府は毎年春に知見を共有する。",
            }[language]
        if self.named is not None:
            name = self.named[language]
            yield {
                "en": f"They welcomed the progress of the {name} and asked their officials to go on with it.",
                "ko": f"3국은 '{name}'의 진전을 환영하고 실무진에 계속 추진할 것을 요청하였다.",
                "ja": f"三か国は、「{name}」の進展を歓迎し、担当者に継続を求めた。",
            }[language]

    def _body(self, language: str, chance: random.Random) -> str:
        things = [_put(language, chance) for _ in range(4)]
        verb, other = (VERBS[language][number] for number in chance.sample(range(len(VERBS[language])), 2))
        return chance.choice(BODIES)[language].format(*things, verb=verb, other=other, number=chance.randint(1013, 99_997))

    def _closing(self, language: str, chance: random.Random) -> str:
        meant, number = DENUCLEARIZATION[language][self.peninsula], chance.randint(2, 30)
        return {
            "en": f"They reaffirmed their commitment to {meant}, and agreed to meet again in {number} weeks.",
            "ko": f"3국은 {meant}에 대한 의지를 재확인하고 {number}주 뒤에 다시 만나기로 하였다.",
            "ja": f"三か国は、{meant}へのコミットメントを再確認し、{number}週間後に再び会うことで一致した。",
        }[language]


@dataclass(frozen=True)
class Page:
    """One page of a site from ``at`` on; ``edited`` is when a sentence is added, ``gone`` and ``back`` are when it is taken down and put up."""

    desk: Desk
    path: str
    title: str
    paragraphs: tuple[str, ...]
    at: datetime
    edited: datetime | None = None
    gone: datetime | None = None
    back: datetime | None = None

    @property
    def url(self) -> str:
        return f"http://{self.desk.host}{self.path}"

    def body(self, now: datetime) -> bytes | None:
        """What it says at a moment; None where it is not there."""
        if now < self.at or (self.gone is not None and self.gone <= now and not (self.back is not None and self.back <= now)):
            return None
        word, number = self.title.split()[-1], sum(self.path.encode())
        added = (EDITED[self.desk.language].format(word=word, number=number),) if self.edited is not None and self.edited <= now else ()
        told = "".join(f"<p>{escape(part)}</p>" for part in (*self.paragraphs, *added))
        stamp = f'<meta property="article:published_time" content="{self.at.isoformat()}">'
        head = f"<head><title>{escape(self.title)}</title>{stamp}</head>"
        return f'<!DOCTYPE html><html lang="{self.desk.language}">{head}<body><article><h1>{escape(self.title)}</h1>{told}</article></body></html>'.encode()


@dataclass
class Chronicle:
    """Everything that happens: pages, and outages of sites (from, until)."""

    pages: list[Page] = field(default_factory=list)
    outages: dict[str, list[tuple[datetime, datetime]]] = field(default_factory=dict)
    launched: list[dict[str, str]] = field(default_factory=list)

    @property
    def edits(self) -> list[Page]:
        """The pages of governments that are edited."""
        return [page for page in self.pages if page.desk.party and page.edited is not None]

    def down(self, desk: str, now: datetime) -> bool:
        """Whether a site's list of news cannot be had."""
        return any(begins <= now < ends for begins, ends in self.outages.get(desk, ()))


def museum(desk: Desk, at: datetime) -> Page:
    """Something that is nobody's joint act."""
    text = {
        "en": (
            "The museum of clocks opens a new wing on Saturday. Visitors will find two hundred pendulums there.",
            "Museum of Clocks Opens Wing",
        ),
        "ko": ("시계 박물관이 토요일에 새 전시관을 연다. 관람객은 추시계 이백 점을 보게 된다.", "시계 박물관 새 전시관 개관"),
        "ja": ("時計博物館は土曜日に新館を開く。来館者は振り子時計二百点を見ることができる。", "時計博物館が新館を開設"),
    }[desk.language]
    return Page(desk, "/museum", text[1], (text[0],), at)


def chronicle(seed: int, start: datetime, days: int, meetings: int) -> Chronicle:
    """Write a story: meetings told by the three, by one side, or by the press alone, edits and takedowns of their pages, and outages."""
    luck, made = random.Random(seed), Chronicle([museum(desk, start - timedelta(days=9)) for desk in DESKS])
    for place, desk in enumerate(DESKS):
        lasting = timedelta(hours=26 if desk.party else 50)  # the press is asked ever less often
        begins = start + timedelta(hours=12 + place * (days * 24 - 72) / len(DESKS))
        made.outages[desk.name] = [(begins, begins + lasting)]
    made.outages[PRESS[0].name].append((start + timedelta(hours=4), start + timedelta(hours=6)))  # shorter than anybody wants to hear of
    things = luck.sample(THINGS, len(THINGS))
    for number in range(meetings):
        at = start + timedelta(hours=2 + number * (days * 24 - 6) / meetings, minutes=luck.randint(0, 50))
        launched = _name(things[number % len(things)], HEADS[number // len(things) % len(HEADS)]) if number % 3 != 2 else None
        named = luck.choice(made.launched) if made.launched and number % 4 in (1, 2) else None
        made.launched += [launched] if launched is not None else []
        level, place = number % len(LEVELS), (number // len(LEVELS) + number) % len(PLACES)  # no two alike within days
        meeting = Meeting(number, at, LEVELS[level], PLACES[place], things[-number % len(things)], launched,
                          named, number // 6 % 2, luck.randrange(10**9))  # fmt: skip
        made.pages += [_changed(made, page, luck) for page in _told(meeting, luck)]
    return made


def _put(language: str, chance: random.Random) -> str:
    """A thing with a quality: the same one in every language, where chance is the same."""
    quality, noun = chance.randrange(len(QUALITIES["en"])), chance.randrange(len(NOUNS["en"]))
    return f"{QUALITIES[language][quality]}{'' if language == 'ja' else ' '}{NOUNS[language][noun]}"


def _name(thing: dict[str, str], head: dict[str, str]) -> dict[str, str]:
    return {
        "en": f"Trilateral {thing['en']} {head['en']}",
        "ko": f"한미일 {thing['ko']} {head['ko']}",
        "ja": f"日米韓{thing['ja']}{head['ja']}",
    }


def _told(meeting: Meeting, luck: random.Random) -> Iterator[Page]:
    """The pages on one meeting: a joint statement by one side or all, readouts, and reports; some by the press alone."""
    room, kind = meeting.level.room, meeting.number % 5
    sides = luck.sample(sorted(OFFICIAL), {0: 3, 1: 1, 2: 2, 3: 1, 4: 0}[kind])
    form = "readout" if kind == 3 else "joint"
    for late, side in enumerate(sides):
        desk, at = OFFICIAL[side][room], meeting.at + timedelta(minutes=20 * late)
        yield Page(desk, f"/{meeting.number}-{form}", meeting.title(desk.language, form), meeting.paragraphs(desk.language, form), at)
    for desk in luck.sample(PRESS, 1 + (kind == 4)):
        at = meeting.at + timedelta(minutes=luck.randint(70, 150))
        yield Page(
            desk, f"/{meeting.number}-report", meeting.title(desk.language, "report"), meeting.paragraphs(desk.language, "report"), at
        )


def _changed(made: Chronicle, page: Page, luck: random.Random) -> Page:
    """Some pages of governments are edited within hours, some are taken down, and of these some come back; none before it can be read."""
    lot, hours = luck.random(), luck.uniform(3, 5)
    readable = not any(made.down(page.desk.name, page.at + timedelta(hours=after)) for after in range(4))
    if not page.desk.party or not readable or lot >= 0.45:
        return page
    if lot < 0.3:
        return replace(page, edited=page.at + timedelta(hours=hours))
    back = page.at + timedelta(hours=16) if lot >= 0.4 else None
    return replace(page, gone=page.at + timedelta(hours=hours), back=back)


class Newsroom:
    """The sites as they are at ``now``; ``heard`` is called with each path before it is answered."""

    def __init__(self, told: Chronicle, now: datetime, heard: Callable[[str], object]) -> None:
        self.told = told
        self.now = now
        self.heard = heard
        self.by_host: dict[str, list[Page]] = {}
        for page in told.pages:
            self.by_host.setdefault(page.desk.host, []).append(page)
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.newsroom = self
        self._server.block_on_close = False
        self._thread = Thread(target=self._server.serve_forever, args=(0.02,))

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def answer(self, host: str, path: str) -> tuple[int, bytes]:
        """The page of a path of a host as it is now."""
        desk = next((desk for desk in DESKS if desk.host == host), None)
        if desk is None:
            return 404, b""
        if path == "/feed":
            return (503, b"down for repairs") if self.told.down(desk.name, self.now) else (200, self._feed(desk))
        body = next((page.body(self.now) for page in self.by_host.get(host, ()) if page.path == path), None)
        return (200, body) if body is not None else (404, b"")

    def _feed(self, desk: Desk) -> bytes:
        """A feed of the latest pages, and of something that is nobody's joint act."""
        out = [page for page in self.by_host.get(desk.host, ()) if page.body(self.now) is not None][-30:]
        items = "".join(
            f"<item><title>{escape(page.title)}</title><link>{page.url}</link><guid>{page.url}</guid><pubDate>{format_datetime(page.at)}</pubDate></item>"
            for page in out
        )
        return f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>News</title><link>http://{desk.host}</link>{items}</channel></rss>'.encode()


class _Server(ThreadingHTTPServer):
    newsroom: Newsroom

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that was killed is no error here."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: _Server

    def do_GET(self) -> None:
        newsroom, path = self.server.newsroom, urlsplit(self.path).path
        status, body = (200, b"") if path.startswith(TURN) else newsroom.answer(self.headers["Host"].partition(":")[0], path)
        if path.startswith(TURN):
            newsroom.now = datetime.fromisoformat(path.removeprefix(TURN))
        else:
            newsroom.heard(path)
        tag = f'"{hashlib.sha256(body).hexdigest()[:20]}"'
        fresh = status == 200 and self.headers.get("If-None-Match") == tag
        self.send_response(304 if fresh else status)
        self.send_header("ETag", tag)
        self.send_header("Content-Type", "application/rss+xml; charset=utf-8" if path == "/feed" else "text/html; charset=utf-8")
        self.send_header("Content-Length", "0" if fresh else str(len(body)))
        self.end_headers()
        self.wfile.write(b"" if fresh else body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the base class names it so
        pass
