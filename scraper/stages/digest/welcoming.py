"""The first message of a home, in its reader's language: text, HTML and subject from one Sheet."""

from __future__ import annotations

from collections.abc import Iterator

from scraper.model.digest import Material, Message
from scraper.model.welcome import Answer, Welcome
from scraper.stages.digest.compiling import compile, line
from scraper.stages.digest.compose import statement_item
from scraper.stages.digest.dates import day, moment
from scraper.stages.digest.html import html_of
from scraper.stages.digest.message import completed
from scraper.stages.digest.phrases import phrases
from scraper.stages.digest.plain import text_of
from scraper.stages.digest.sheet import Fact, Item, Part, Section, Sheet

MAX_SUBJECT = 120


def welcome_message(welcome: Welcome, identity: str, unsubscribe: str = "") -> Message:
    """Return the message; ``identity`` as :func:`scraper.stages.digest.message_id` gives it."""
    sheet = _Composer(welcome).sheet()
    subject = line(f"{sheet.title}: {sheet.summary}", MAX_SUBJECT)
    message = Message(identity, subject, text_of(sheet), html_of(sheet), welcome.language, unsubscribe, welcome.made_at)
    return completed(message, sheet)


class _Composer:
    def __init__(self, welcome: Welcome) -> None:
        self._welcome = welcome
        self._say = phrases(welcome.language, "welcome")
        self._shared = phrases(welcome.language)

    def sheet(self) -> Sheet:
        here = self._welcome
        made = self._shared.filled("made", time=self._moment(here.made_at), zone=here.zone)
        return Sheet(here.language, self._say["title"], made, self._summary(), tuple(self._sections()), self._say["closing"])

    def _summary(self) -> str:
        here = self._welcome
        answers = self._say.counted("answering", len(here.official), answered=sum(one.answered for one in here.official))
        recent = self._say.counted("found", here.recent, span=self._say.counted("days", here.days))
        return self._say.filled("summary", answers=answers, recent=recent)

    def _sections(self) -> Iterator[Section]:
        here = self._welcome
        yield Section("watch", self._say["state"], (Item(Part(self._say["awake"]), facts=tuple(self._state())),), numbered=False)
        if here.official:
            yield Section("answers", self._say["answers"], (self._answers(),), numbered=False)
        title = self._say.counted("recent", here.days)
        if not here.statements:
            yield Section("statements", title, note=self._say["none"])
            return
        frame = compile(Material(here.made_at, here.zone, here.language, here.sides, here.statements))
        shown = len(here.statements)
        note = self._say.filled("shown", n=here.recent, shown=shown) if here.recent > shown else ""
        yield Section("statements", title, tuple(statement_item(frame, one) for one in frame.statements), note)

    def _state(self) -> Iterator[Fact]:
        here = self._welcome
        say = self._say
        yield self._fact("press", say.filled("press_of", n=here.press[0], total=here.press[1]))
        yield self._fact("registry", say.filled("registry_of", n=here.registry, named=here.named))
        stored = say.counted("stored_of", here.stored, date=day(here.earliest, here.language)) if here.stored else say["stored_none"]
        yield self._fact("stored", stored)
        read, known = here.history
        if known:
            yield self._fact("history", say.counted("history_all" if read >= known else "history_of", known, read=read))
        if here.next_digest:
            yield self._fact("next", say.filled("next_of", time=self._moment(here.next_digest)))

    def _fact(self, key: str, said: str) -> Fact:
        return Fact(self._say[key], ((Part(said),),))

    def _answers(self) -> Item:
        """Those that answer in one line, each that does not in one of its own."""
        good = [one for one in self._welcome.official if one.answered]
        silent = tuple((Part(_told(one)),) for one in self._welcome.official if not one.answered)
        names = self._shared["comma"].join(line(one.name) for one in good)
        facts = [self._fact("answered", names)] if good else []
        if silent:
            facts.append(Fact(self._say["silent"], silent))
        return Item(Part(self._say.filled("press_of", n=len(good), total=len(self._welcome.official))), facts=tuple(facts))

    def _moment(self, value: str) -> str:
        return moment(value, self._welcome.zone, self._welcome.language)


def _told(one: Answer) -> str:
    return line(f"{one.name} ({one.id})" + (f": {one.error}" if one.error else ""))
