"""Whether an article is of an act of the parties together: evidence for and against, added up to a score."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from scraper.stages.relevance.agency import acts, at_once, cast, enumerated, lopsided, others, relates, shared, tells
from scraper.stages.relevance.deciding import deciding
from scraper.stages.relevance.reading import Lexicon, Reading, Sentence
from scraper.stages.relevance.voices import bystanders_of, others_of, spoken_by_others
from scraper.text import has_cjk

_COUNTERPARTS = re.compile(r"\bcounterparts?\b")
_VERBS = "deed"
_LEAD = 10
_SKIPPED = 2
_HEADS = 8
_STOPS = ".。!?"
_NAMED_AT_MOST = 0.45
_KICKER = 60
_OPEN = ("[", "【", "(", "<", "〈", "《", "「", "|", "-")
_CLOSE = ("]", "】", ")", ">", "〉", "》", "」", "|", ":", "")


@dataclass(frozen=True, slots=True)
class Evidence:
    """``score`` 0 to 1, the ``reasons`` for it, and the sentences that tell of the act, the best first (the title may be one)."""

    score: float
    reasons: tuple[str, ...]
    told: tuple[Sentence, ...]


class Weighing:
    """The evidence of one Reading."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.lexicon = reading.lexicon
        self.points: list[tuple[float, str]] = []
        self.acted = False

    def weigh(self) -> Evidence:
        """Return the evidence added up."""
        self._title()
        self._lead()
        self._body()
        self._against()
        score = sum(points for points, _ in self.points)
        if not self.acted and score > _NAMED_AT_MOST:
            self._say(_NAMED_AT_MOST - score, "named, but nothing tells of an act of theirs")
            score = _NAMED_AT_MOST
        score = min(1.0, max(0.0, score))
        return Evidence(round(score, 3), tuple(f"{points:+.2f} {why}" for points, why in self.points), self.told)

    @cached_property
    def told(self) -> tuple[Sentence, ...]:
        """The sentences of the lead that tell of an act of all the parties, in their order."""
        lead = self.reading.lead[:_LEAD]
        first = self.opening[:1]
        return tuple(
            sentence
            for sentence in lead
            if tells(sentence, self.lexicon) or self._weakly(sentence) or (sentence in first and self._titled(sentence))
        )

    @cached_property
    def opening(self) -> tuple[Sentence, ...]:
        """The lead without up to two sentences at its head that name nobody (an invitation to subscribe, a picture's credit)."""
        lead = self.reading.lead[:_LEAD]
        named = (place for place, line in enumerate(lead[:_SKIPPED]) if line.groups or line.weak or line.levels)
        return lead[next(named, min(len(lead), _SKIPPED)) :]

    @cached_property
    def home(self) -> str:
        """The party whose page it is: by the source, else by an office on a line of its own at the head (``Deputy Secretary of State``)."""
        start = self.reading.lead[0].start if self.reading.lead else len(self.reading.text)
        heads = [
            line for line in self.reading.lines[:_HEADS] if line.start < start and len(line.text) < _KICKER and line.text[-1:] not in _STOPS
        ]
        posts = {hit.id for line in heads for hit in self.lexicon.offices.find(line.lower)} & self.lexicon.own
        return self.reading.party or (next(iter(posts)) if len(posts) == 1 else "")

    @cached_property
    def strong(self) -> bool:
        """Whether the title names exactly the parties."""
        title = self.reading.title
        return bool(title.together) or (cast(title, self.lexicon) == self.lexicon.own and not lopsided(title, self.lexicon))

    def _say(self, points: float, why: str, *, act: bool = False, of: Sentence | None = None) -> None:
        """Note ``points`` and why, with the words of the sentence ``of`` that decided."""
        words = deciding(of, self.lexicon) if of else ""
        self.points.append((points, f"{why}: {words}" if words else why))
        self.acted = self.acted or act

    def _title(self) -> None:
        title = self.reading.title
        if title.together:
            whole = any(acts(title, naming, self.lexicon) for naming in (*title.together, *shared(title, self.lexicon)))
            self._say(0.5 if whole else 0.4, "the title names the parties together", act=whole and self._held(title), of=title)
        elif self._whole(title):
            self._say(0.5 if title.acts else 0.4, "the title names every party", act=bool(title.acts), of=title)
        elif others(title, self.lexicon):
            return
        elif self._three_titled(title):
            self._say(0.5, "the title names a meeting of three, two of the parties and a third person in office", act=True, of=title)
        elif not self._somewhere():
            return
        elif title.weak:
            self._say(0.3, "the title speaks of the three, who are named below", act=bool(title.acts) and not title.bystanders, of=title)
        elif len(title.levels) >= len(self.lexicon.own):
            self._say(0.35, "the title names as many officials as there are parties, who are named below", act=True, of=title)

    def _three_titled(self, title: Sentence) -> bool:
        """Tell whether a title calls a meeting one of three and names as many officials, all but one with their country: who speaks for
        his own country need not name it."""
        officials = len(title.levels) >= len(self.lexicon.own) and len(cast(title, self.lexicon)) == len(self.lexicon.own) - 1
        return officials and bool(title.weak) and bool(title.acts) and not title.bystanders and not has_cjk(title.text)

    def _held(self, title: Sentence) -> bool:
        """Tell whether a title has a meeting, text, exercise or office, which tell of an act though the text says nothing; a verb does not."""
        officials = title.levels or shared(title, self.lexicon) or any(at_once(title, naming) for naming in title.together)
        return bool(officials) or any(hit.id != _VERBS for hit in title.acts)

    def _whole(self, sentence: Sentence) -> bool:
        """Tell whether all parties are in it and nobody else; the page's own party may go without saying."""
        who = cast(sentence, self.lexicon)
        own = self.lexicon.own
        if lopsided(sentence, self.lexicon):
            return False
        return who == own or (bool(self.home) and who | {self.home} == own and bool(sentence.acts or sentence.levels))

    def _somewhere(self) -> bool:
        title = self.reading.title
        named = self.lexicon.own if title.together else frozenset()
        for sentence in self.reading.lead[:_LEAD]:
            named |= cast(sentence, self.lexicon)
        return self.lexicon.own <= named | {self.home}

    def _weakly(self, sentence: Sentence) -> bool:
        """A weak word for the three and an act, where the text names all three and nobody else is of the company."""
        if not sentence.weak or not sentence.acts or others(sentence, self.lexicon):
            return False
        if sentence.bystanders or self.reading.title.bystanders or others(self.reading.title, self.lexicon):
            return False
        if lopsided(sentence, self.lexicon):
            return False
        active = any(acts(sentence, naming, self.lexicon) for naming in sentence.weak)
        return (active or self._officials(sentence)) and (self._somewhere() or self._at_home(sentence))

    def _titled(self, sentence: Sentence) -> bool:
        """Tell whether a first sentence, under a title of the three or of officials told off, tells of all of them but the one at home."""
        title = self.reading.title
        if not sentence.acts or lopsided(sentence, self.lexicon) or not self._at_home(sentence):
            return False
        return bool(title.together or shared(title, self.lexicon)) or self._counted(sentence)

    def _counted(self, sentence: Sentence) -> bool:
        """Tell whether as many officials as parties are named as one company, the one without a country being of the party at home."""
        if len(sentence.levels) < len(self.lexicon.own):
            return False
        near = " ".join(line.text for line in (self.reading.title, *self.reading.lead[:3]))
        return enumerated(sentence) or (not has_cjk(sentence.text) and self.lexicon.parties.all_named(near))

    def _at_home(self, sentence: Sentence) -> bool:
        """Tell whether officials of all parties but one meet somebody whose country goes without saying: a text for readers at home."""
        near = (self.reading.title, *self.reading.lead[:3])
        abroad = frozenset().union(*(self.lexicon.parties.others(line.text) for line in near))
        posts = len(sentence.levels) + len(_COUNTERPARTS.findall(sentence.lower))
        return (
            not abroad
            and len(cast(sentence, self.lexicon)) == len(self.lexicon.own) - 1
            and posts >= len(self.lexicon.own) - 1 > 0
            and bool(sentence.levels)
        )

    def _officials(self, sentence: Sentence) -> bool:
        """Tell whether as many officials as parties are named in it or the sentence before, and its weak word tells of no relation."""
        before = [line for line in self.reading.lead if line.order == sentence.order - 1]
        many = max(len(line.levels) for line in (sentence, *before)) >= len(self.lexicon.own)
        return many and not all(relates(sentence, naming, self.lexicon) for naming in sentence.weak)

    def _lead(self) -> None:
        for place, sentence in enumerate(self.opening):
            if tells(sentence, self.lexicon):
                self._say(0.5 if place < 3 else 0.3, f"sentence {sentence.order} tells of an act of the parties", act=True, of=sentence)
                return
            if place < 4 and (self._weakly(sentence) or (place == 0 and self._titled(sentence))):
                self._say(
                    0.5 if place == 0 else 0.45 if place == 1 else 0.35,
                    f"sentence {sentence.order} tells of an act of the three, all named around it",
                    act=True,
                    of=sentence,
                )
                return
        if any(sentence.together for sentence in self.reading.lead[:_LEAD]):
            self._say(0.2, "the lead names the parties together")

    def _body(self) -> None:
        found = len(self.lexicon.parties.together(self.reading.text))
        if found:
            self._say(min(0.2, 0.05 + 0.05 * found), f"the text names the parties together {'once' if found == 1 else f'{found} times'}")

    def _against(self) -> None:
        self._company()
        title, first = self.reading.title, self.reading.lead[:2]
        if self.lexicon.against.find(title.lower) or len([1 for s in first for _ in self.lexicon.against.find(s.lower)]) > 1:
            self._say(-0.6, "sport or markets")
        if not self.strong and not self._soon() and self.lexicon.bodies.find(title.lower):
            self._say(-0.3, "the title names another group")
        if is_commentary(self.reading):
            self._say(-0.9, "commentary")
        if self.lexicon.roundups.find(title.lower):
            self._say(-0.9, "a list of headlines or dates")
        if any(self._told_of(s) for s in self.opening[:1]):
            self._say(-0.6, "the first sentence tells what others say or do")

    def _told_of(self, sentence: Sentence) -> bool:
        """Tell whether a sentence names the parties as whom others speak of."""
        named = sentence.together[0].start if sentence.together else len(sentence.lower) if sentence.weak else 0
        if tells(sentence, self.lexicon):
            return False
        end = len(sentence.lower)
        firms = any(
            bystanders_of(sentence, naming, end) or (others_of(sentence, naming, end) and not relates(sentence, naming, self.lexicon))
            for naming in sentence.together
        )
        return firms or spoken_by_others(sentence, self.lexicon, named)

    def _soon(self) -> bool:
        return any(sentence in self.told for sentence in self.reading.lead[:2])

    def _three_first(self) -> bool:
        """Tell whether the first sentence tells of an act of the three and says so."""
        return any(sentence in self.told and shared(sentence, self.lexicon) for sentence in self.opening[:1])

    def _titled_first(self) -> bool:
        return any(self._titled(sentence) for sentence in self.opening[:1])

    def _bilateral(self) -> bool:
        lead = self.reading.lead[:3]
        return not any(s.weak for s in (self.reading.title, *lead)) and any(self.lexicon.bilateral.find(s.lower) for s in lead)

    def _company(self) -> None:
        """Somebody else's trio, or a pair of the parties."""
        title = self.reading.title
        if not self.strong:
            if others(title, self.lexicon) and not title.together:
                self._say(-0.5, "the title names another country beside a party")
            elif any(group.tight for group in self.lexicon.parties.pairs(title.text)) and not title.weak and not self._three_first():
                self._say(-0.5, "the title names a pair")
            elif not self._whole(title) and _some(title, self.lexicon) and not self._soon():
                self._say(-0.15, "the title names some of the parties only")
        if not title.together and self._bilateral() and not self._titled_first():
            self._say(-0.4, "the lead speaks of two sides")
        told = next((place for place, s in enumerate(self.reading.lead[:3]) if tells(s, self.lexicon)), 3)
        foreign = next((place for place, s in enumerate(self.reading.lead[:told]) if others(s, self.lexicon)), -1)
        if foreign >= 0 and not title.together:
            self._say(-0.6 if foreign == 0 or not self.strong else -0.3, "the lead tells of other company")


def _some(title: Sentence, lexicon: Lexicon) -> bool:
    return not title.weak and 1 < len(cast(title, lexicon)) < len(lexicon.own) > len(title.levels)


def is_commentary(reading: Reading) -> bool:
    """Tell whether the title, or a short line of its own at the head, bears the mark of an opinion piece."""
    heads = (reading.title.lower, *(line.lower for line in reading.lines[:4] if not line.is_prose and len(line.text) < _KICKER))
    return any(_marked(head, reading.lexicon) for head in heads)


def _marked(head: str, lexicon: Lexicon) -> bool:
    """Tell whether a mark of opinion begins ``head``, stands in brackets or before a colon, or ends it after a word at most or in CJK."""
    for hit in lexicon.commentary.find(head[:_KICKER]):
        before, after = head[: hit.start].strip(), head[hit.end :].strip()
        begins = not before and not after[:1].isalnum()
        framed = before[-1:] in _OPEN and after[:1] in _CLOSE
        ends = not after and (len(before.split()) == 1 or has_cjk(head[hit.start : hit.end]))
        if begins or framed or ends:
            return True
    return False
