"""Whether an article is of an act of the parties together: evidence for and against, added up to a score."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from scraper.parties import Group, Naming
from scraper.stages.relevance.glossary import Hit
from scraper.stages.relevance.reading import Lexicon, Reading, Sentence
from scraper.text import has_cjk

_ACTORS = re.compile(
    r"(?:leaders?|ministers?|secretaries|officials?|diplomats?|chiefs?|generals?|officers?|envoys?|representatives?|governments?|forces|"
    r"militar(?:y|ies)|advis[eo]rs?|counterparts?|delegat\w+|heads|presidents?|brass|troops|nav(?:y|ies))\s+(?:of|from)\s+(?:the\s+)?$"
)
_DOERS = re.compile(
    r"^\W*(?:[\w-]+\s){0,4}?(?:leaders?|ministers?|secretaries|officials?|diplomats?|chiefs?|generals?|officers?|envoys?|representatives?|"
    r"governments?|forces|militar(?:y|ies)|advis[eo]rs?|counterparts?|delegat\w+|heads|presidents?|troops|nav(?:y|ies)|sides?)\b"
)
_PEOPLE = re.compile(r"(?:ese|ean|ican|ipino|ian|ish)$")
_TO_THEM = re.compile(r"(?:of|between|among|amongst|by|with|from|for|involving|to)\s+(?:the\s+)?(?:governments?\s+of\s+)?(?:the\s+)?$")
_AGENCY = re.compile(r"^\W{0,3}(?:の|が|は|3|三|および|이|가|은|는|의|도|정상|세)")
_BELONGS = re.compile(r"\bof\s+(?:the\s+)?$")
_OFFICE = 8
_PERSON = 70
_TAIL = (90, 34)
_HEAD = 60
_VERBS = "deed"
_LEAD = 10
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
        return tuple(sentence for sentence in lead if tells(sentence, self.lexicon) or self._weakly(sentence))

    @cached_property
    def strong(self) -> bool:
        """Whether the title names exactly the parties."""
        title = self.reading.title
        return bool(title.together) or (cast(title, self.lexicon) == self.lexicon.own and not lopsided(title, self.lexicon))

    def _say(self, points: float, why: str, *, act: bool = False) -> None:
        self.points.append((points, why))
        self.acted = self.acted or act

    def _title(self) -> None:
        title = self.reading.title
        if title.together:
            whole = bool(title.levels or title.weak) or any(acts(title, naming, self.lexicon) for naming in title.together)
            self._say(0.5 if whole else 0.4, "the title names the parties together", act=whole)
        elif self._whole(title):
            self._say(0.5 if title.acts else 0.4, "the title names every party", act=bool(title.acts))
        elif others(title, self.lexicon) or not self._somewhere():
            return
        elif title.weak:
            self._say(0.3, "the title speaks of the three, who are named below", act=bool(title.acts))
        elif len(title.levels) >= len(self.lexicon.own):
            self._say(0.35, "the title names as many officials as there are parties, who are named below", act=True)

    def _whole(self, sentence: Sentence) -> bool:
        """Tell whether all parties are in it and nobody else; the page's own party may go without saying."""
        who = cast(sentence, self.lexicon)
        own = self.lexicon.own
        if lopsided(sentence, self.lexicon):
            return False
        return who == own or (bool(self.reading.party) and who | {self.reading.party} == own and bool(sentence.acts or sentence.levels))

    def _somewhere(self) -> bool:
        named: frozenset[str] = frozenset()
        for sentence in self.reading.lead[:_LEAD]:
            named |= cast(sentence, self.lexicon)
        return self.lexicon.own <= named | {self.reading.party}

    def _weakly(self, sentence: Sentence) -> bool:
        """A weak word for the three and an act, where the text names all three and nobody else is of the company."""
        if not sentence.weak or not sentence.acts or others(sentence, self.lexicon):
            return False
        active = any(acts(sentence, naming, self.lexicon) for naming in sentence.weak)
        return (active or self._officials(sentence)) and self._somewhere()

    def _officials(self, sentence: Sentence) -> bool:
        """Tell whether as many officials as parties are named in it or the sentence before, and its weak word tells of no relation."""
        before = [line for line in self.reading.lead if line.order == sentence.order - 1]
        many = max(len(line.levels) for line in (sentence, *before)) >= len(self.lexicon.own)
        return many and not all(_relates(sentence, naming, self.lexicon) for naming in sentence.weak)

    def _lead(self) -> None:
        for place, sentence in enumerate(self.reading.lead[:_LEAD]):
            if tells(sentence, self.lexicon):
                self._say(0.5 if place < 3 else 0.3, f"sentence {place + 1} tells of an act of the parties", act=True)
                return
            if place < 4 and self._weakly(sentence):
                self._say(
                    0.5 if place == 0 else 0.45 if place == 1 else 0.35,
                    f"sentence {place + 1} tells of an act of the three, all named around it",
                    act=True,
                )
                return
        if any(sentence.together for sentence in self.reading.lead[:_LEAD]):
            self._say(0.2, "the lead names the parties together")

    def _body(self) -> None:
        found = len(self.lexicon.parties.together(self.reading.text))
        if found:
            self._say(min(0.2, 0.05 + 0.05 * found), f"the text names the parties together {found} times")

    def _against(self) -> None:
        self._company()
        title, first = self.reading.title, self.reading.lead[:2]
        if self.lexicon.against.find(title.lower) or len([1 for s in first for _ in self.lexicon.against.find(s.lower)]) > 1:
            self._say(-0.6, "sport or markets")
        if not self.strong and self.lexicon.bodies.find(title.lower):
            self._say(-0.3, "the title names another group")
        if is_commentary(self.reading):
            self._say(-0.9, "commentary")

    def _soon(self) -> bool:
        return any(sentence in self.told for sentence in self.reading.lead[:2])

    def _bilateral(self) -> bool:
        lead = self.reading.lead[:3]
        return not any(s.weak for s in (self.reading.title, *lead)) and any(self.lexicon.bilateral.find(s.lower) for s in lead)

    def _company(self) -> None:
        """Somebody else's trio, or a pair of the parties."""
        title = self.reading.title
        if not self.strong:
            if others(title, self.lexicon) and not title.together:
                self._say(-0.5, "the title names another country beside a party")
            elif any(group.tight for group in self.lexicon.parties.pairs(title.text)) and not title.weak:
                self._say(-0.5, "the title names a pair")
            elif not self._whole(title) and _some(title, self.lexicon) and not self._soon():
                self._say(-0.15, "the title names some of the parties only")
        if not title.together and self._bilateral():
            self._say(-0.4, "the lead speaks of two sides")
        foreign = next((place for place, s in enumerate(self.reading.lead[:3]) if others(s, self.lexicon)), -1)
        if foreign >= 0 and not title.together:
            self._say(-0.6 if foreign == 0 or not self.strong else -0.3, "the lead tells of other company")


def cast(sentence: Sentence, lexicon: Lexicon) -> frozenset[str]:
    """Return the ids of the parties that a sentence names, by name or by office, and of other countries of their company."""
    named = frozenset().union(*(group.countries for group in sentence.groups)) | {hit.id for hit in sentence.offices}
    return named & lexicon.own | others(sentence, lexicon)


def others(sentence: Sentence, lexicon: Lexicon) -> frozenset[str]:
    """Return the ids of other countries that stand side by side with a party or whose officials are named."""
    beside = [group.countries for group in sentence.groups if group.countries & lexicon.own and group.countries - lexicon.own]
    found = frozenset().union(*beside) - lexicon.own
    if any(group.countries >= lexicon.own for group in sentence.groups):
        return found
    foreign = [group for group in sentence.groups if not group.countries & lexicon.own]
    return found.union(*(group.countries for group in foreign if _has_office(sentence, group)))


def _has_office(sentence: Sentence, group: Group) -> bool:
    """Tell whether an official of the country is named: ``Australian Foreign Minister``, ``President X of the Philippines``."""
    if any(group.end <= hit.start <= group.end + _OFFICE for hit in sentence.levels):
        return True
    before = any(group.start - _PERSON <= hit.start < group.start for hit in sentence.levels)
    return before and bool(_BELONGS.search(sentence.lower[max(0, group.start - 12) : group.start]))


def tells(sentence: Sentence, lexicon: Lexicon) -> bool:
    """Tell whether a sentence tells of an act of all the parties: named in one compound that acts, or each of them with an act."""
    if any(acts(sentence, naming, lexicon) for naming in sentence.together):
        return True
    return (
        not sentence.together
        and cast(sentence, lexicon) == lexicon.own
        and bool(sentence.acts)
        and bool(sentence.levels or sentence.weak)
        and not lopsided(sentence, lexicon)
    )


def lopsided(sentence: Sentence, lexicon: Lexicon) -> bool:
    """Tell whether some of the parties are named as a pair and the rest elsewhere without anybody of theirs: those two act, and the
    others hear of it, watch it or are where it happens."""
    own = [group for group in sentence.groups if group.countries and group.countries <= lexicon.own]
    pairs = [group for group in own if 1 < len(group.countries) < len(lexicon.own)]
    if sentence.together or sentence.weak or not pairs:
        return False
    alone = [group for group in own if len(group.countries) == 1 and not any(group.countries <= pair.countries for pair in pairs)]
    return not any(_has_office(sentence, group) for group in alone) and not any(
        not any(hit.id in pair.countries for pair in pairs) for hit in sentence.offices
    )


def acts(sentence: Sentence, naming: Naming, lexicon: Lexicon) -> bool:
    """Tell whether the parties act at ``naming``, and are not only named for their relation (``U.S.-Japan-ROK cooperation``)."""
    width = _TAIL[has_cjk(sentence.text[naming.start : naming.end + 4])]
    deeds = not _PEOPLE.search(sentence.lower[: naming.end]) or bool(_DOERS.search(sentence.lower[naming.end : naming.end + width]))
    told = (*(hit for hit in sentence.acts if deeds or hit.id != _VERBS), *sentence.levels)
    cues = [hit.start for hit in told if naming.end <= hit.start < naming.end + width]
    relation = [hit.start + naming.end for hit in lexicon.relations.find(sentence.lower[naming.end : naming.end + width])]
    head = sentence.lower[max(0, naming.start - _HEAD) : naming.start]
    if relation and min(relation) < min(cues, default=len(sentence.lower)):
        return bool(_ACTORS.search(head))
    if cues or _ACTORS.search(head):
        return True
    nouns = tuple(hit for hit in lexicon.acts.find(head) if hit.id != _VERBS)
    return bool(_TO_THEM.search(head)) and _last(nouns) > _last(lexicon.relations.find(head))


def _relates(sentence: Sentence, naming: Naming, lexicon: Lexicon) -> bool:
    return bool(lexicon.relations.find(sentence.lower[naming.end : naming.end + _HEAD]))


def _last(hits: tuple[Hit, ...]) -> int:
    return max((hit.start for hit in hits), default=-1)


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
