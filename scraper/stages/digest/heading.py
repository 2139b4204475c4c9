"""The subject of a digest: the news in at most MAX_SUBJECT characters, in the reader's language.

What comes first is what the message is for: a government that could not be seen (in a digest, not in what could not wait for one), else the
weightiest statement and the first new initiative, else that initiative, else whatever happened. Where room is short the date gives way to the
name of the initiative, then the place; the kind and the level stay, and the name is cut at the end of a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from scraper.model.digest import Digest, Edit, NewStatement, WatchReport
from scraper.stages.digest.compiling import line
from scraper.stages.digest.compose import state_of, summary
from scraper.stages.digest.dates import short_day
from scraper.stages.digest.frame import Frame
from scraper.stages.digest.phrases import Phrases, counted, phrases
from scraper.stages.digest.terms import LEVELS_SHORT, NEWS, OUTCOMES, term
from scraper.text import HAN, KANA

MAX_SUBJECT = 60
"""Characters, wherever the language; a telephone shows about forty of them, and fewer of Korean and Japanese."""

_ELLIPSIS = "…"
_UNPARTED = re.compile(f"[{HAN}{KANA}]")
_LEAST = 8
"""So much of a name is worth a place."""

_DOT = " · "


def subject(digest: Digest) -> str:
    """Return the subject as one line of at most MAX_SUBJECT characters."""
    return line(cut(_Heading(digest).said()))


def cut(text: str, limit: int = MAX_SUBJECT) -> str:
    """Return ``text`` in at most ``limit`` characters, cut at the end of a word (anywhere in scripts that part none) with an ellipsis."""
    text = line(text)
    if len(text) <= limit:
        return text
    head = text[: limit - 1]
    space = head.rfind(" ") if not text[limit - 1].isspace() else len(head)
    # A word so long that it takes half the room is cut itself; Japanese parts no words.
    whole = head[:space] if space >= limit // 2 and not _UNPARTED.search(head, space) else head
    return whole.rstrip(" ,;:·+、，：；＋(（「‘-–") + _ELLIPSIS


class _Heading:
    def __init__(self, digest: Digest) -> None:
        self.digest = digest
        self.frame = Frame(digest)
        self.say: Phrases = phrases(digest.language, "subject")

    def said(self) -> str:
        news = next(self._news(), "")
        if not self.digest.blind or self.digest.between:
            return news or summary(self.digest) or self.frame.say["nothing"]
        return self._blind()

    def _blind(self) -> str:
        """Which governments could not be seen, and the news as far as it fits."""
        alarm = self._alarm()
        lead = [text for one in self.digest.statements[:1] for text in self._forms(one)]
        count = len(self.digest.statements)
        told = (*lead, counted(self.digest.language, "statement", count) if count else "", summary(self.digest))
        return next((whole for text in told if text and len(whole := alarm + _DOT + text) <= MAX_SUBJECT), alarm)

    def _alarm(self) -> str:
        """As many places as there is room for."""
        places = self.digest.blind
        for shown in range(len(places), 0, -1):
            named = self.frame.listed(places[:shown])
            rest = len(places) - shown
            told = self.say.filled("blind", places=self.say.filled("more", news=named, n=rest) if rest else named)
            if len(told) <= MAX_SUBJECT:
                break
        return told

    def _news(self) -> Iterator[str]:
        """What the message is for, weightiest first."""
        digest = self.digest
        if digest.still:
            yield summary(digest)
        if digest.statements:
            yield self._statements()
        if digest.initiatives:
            yield self._listed("mention", [one.name for one in digest.initiatives], "name")
        yield from self._rest()

    def _rest(self) -> Iterator[str]:
        digest = self.digest
        if digest.edits:
            yield self._several(self._edit(digest.edits[0]), len(digest.edits))
        if digest.wording:
            first = digest.wording[0]
            now = self.frame.listed(name or self.frame.say["absent"] for name in first.after)
            yield self._several(self.say.filled("wording", formula=first.formula, now=now), len(digest.wording))
        if digest.notable:
            what = self.frame.say[f"flag_{digest.notable[0].kinds[0]}"]
            yield self._several(self._finding(what, digest.notable[0].name), len(digest.notable))
        yield from self._of_the_house()

    def _of_the_house(self) -> Iterator[str]:
        digest = self.digest
        new = [one for one in digest.troubles if one.new]
        if new:
            outcome = term(OUTCOMES, new[0].outcome, digest.language)
            yield self._several(self.say.filled("trouble", name=new[0].name, outcome=outcome), len(new))
        if digest.recovered:
            yield self._listed("recovered", digest.recovered, "name")
        if digest.notices:
            yield self._several(self._finding(self.frame.say["notices"], digest.notices[0]), len(digest.notices))
        if digest.watch is not None:
            yield self._report(digest.watch)

    # --- statements

    def _statements(self) -> str:
        """The weightiest statement with the first new initiative, in the fullest form that leaves room for its name; one number tells how
        many statements and initiatives there are besides."""
        forms = tuple(self._forms(self.digest.statements[0]))
        names = [one.name for one in self.digest.initiatives]
        more = len(self.digest.statements) - 1 + max(0, len(names) - 1)
        told = [self._more(text, more) for text in forms]
        if not names:
            return next((text for text in told if len(text) <= MAX_SUBJECT), told[-1])
        whole = (self._more(self.say.filled("with_mention", news=text, name=names[0]), more) for text in forms)
        return next((text for text in whole if len(text) <= MAX_SUBJECT), "") or self._squeezed(forms[-1], names[0], more)

    def _squeezed(self, form: str, name: str, more: int) -> str:
        """The shortest form with what there is room for of the name."""
        bare, rest = self.say.filled("with_mention", news=form, name=""), self._more("", more).rstrip()
        return bare + cut(name, max(_LEAST, MAX_SUBJECT - len(bare) - len(rest))) + rest

    def _forms(self, item: NewStatement) -> Iterator[str]:
        """What kind of statement, of whom, where and when: the fullest form first."""
        language = self.digest.language
        kind = self.say["press_only"] if item.placeholder else term(NEWS, item.kind, language)
        level = term(LEVELS_SHORT, item.level, language) if item.level else ""
        words = (level, item.place, short_day(item.date, language))
        for size in (3, 2, 1):
            where = " ".join(word for word in words[:size] if word)
            yield self.frame.listed(part for part in (kind, where or (item.title if not any(words) else "")) if part)

    # --- the others

    def _edit(self, item: Edit) -> str:
        who = self.frame.side(item.side) or item.publisher or counted(self.digest.language, "edit", 1)
        return self.say.filled(f"edit_{item.kind}", who=who, title=item.title)

    def _finding(self, what: str, name: str) -> str:
        return self.say.filled("finding", what=what, name=name) if name else what

    def _report(self, report: WatchReport) -> str:
        state = self.frame.say[f"{state_of(report)}_short"]
        return self.say.counted("report", report.official, state=state, answered=report.answered)

    def _listed(self, key: str, names: Sequence[str], place: str) -> str:
        """A line of the first of several names."""
        return self._several(self.say.filled(key, **{place: names[0]}), len(names))

    def _several(self, text: str, n: int) -> str:
        """A line that says of how many findings it is the first; what is cut is the line."""
        rest = self._more("", n - 1).rstrip()
        return cut(text, MAX_SUBJECT - len(rest)) + rest

    def _more(self, text: str, n: int) -> str:
        return self.say.filled("more", news=text, n=n) if n > 0 else text
