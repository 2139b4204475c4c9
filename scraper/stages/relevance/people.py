"""Who took part: persons with their offices and parties."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scraper.model.article import Participant
from scraper.parties import Group, Parties
from scraper.stages.relevance.evidence import Evidence
from scraper.stages.relevance.glossary import Hit
from scraper.stages.relevance.reading import Reading, Sentence
from scraper.text import HAN, HANGUL, KANA, has_cjk, squeeze

_SENTENCES = 4
_MOST = 12
_GAP = 4
_TOUCHES = re.compile(r"\)?(?:['’]s?)?\s?|の")
_CAPITAL = r"(?:[A-Z][A-Za-z'’-]+|[A-Z]\.(?:[A-Z]\.)?|[A-Z]{2,}|[A-Z])"
_NAME = re.compile(rf"\s(?:(?:Mr|Ms|Mrs|Dr|Amb|Gen|Adm|Lt)\.?\s)*({_CAPITAL}(?:\s{_CAPITAL}){{0,3}}(?:,?\s(?:Jr\.|Sr\.|I{{2,3}}|IV))?)")
_OF = re.compile(r"\s(?:of|for|from)\s(?:the\s)?")
_BELONGS = re.compile(r"\s?,?\s(?:of|from)\s(?:the\s)?")
_BRACKETS = re.compile(r"\s?[((][^()()]{0,90}[))]\s?$")
_KOREAN = re.compile(rf"((?:[{HANGUL}]{{1,8}}[ ·]){{0,2}}[{HANGUL}]{{1,6}})$")
_PARTICLE = re.compile(r"(?:[와과은는이가및의에를을]|에서|에게|계기|중인|이날|신임|전날|그리고|함께|오늘|면|된|고|직후|직전|인|한)$")
_MINISTRY = re.compile(r"..(?:부|성|청|처|실)$")
_JAPANESE = re.compile(rf"((?:[{KANA}]+[・=]?){{1,4}}|[{HAN}々]{{2,4}})$")
_KANA_PARTICLE = re.compile(r"^(?:[のがはをにとでも、]+|および|及び)")
_HIRAGANA = re.compile("[ぁ-ん]")
_NOT_A_NAME = frozenset({
    "Affairs", "And", "Before", "Defence", "Defense", "For", "Foreign", "General", "Joint", "Level", "Meeting", "Ministerial", "Ministers", "Of", "Office", "Press", "Spokesperson", "State", "Statement", "Talks", "The", "Their", "Treasury", "Trilateral", "War"
})  # fmt: skip


def participants(reading: Reading, evidence: Evidence, rank: str) -> tuple[Participant, ...]:
    """Return the persons named with an office in the title and in the sentences that tell of the act, each once, at most 12.

    The party is that of the country named at the office, else of the office itself, else of the page where a government wrote it. Where persons of the
    ``rank`` (level) of the act are named, those whose office is of another level are left out: they are spoken of, not there.
    """
    found: dict[str, Participant] = {}
    for sentence in (*evidence.told[:_SENTENCES], *reading.lead[:1], reading.title):
        for someone in _named(reading, sentence):
            known = next((key for key in found if _same(key.lower(), someone.person.lower())), None)
            if known is None:
                found[someone.person] = someone
            elif someone.party and not found[known].party and someone.office == found[known].office:
                found[known] = Participant(known, found[known].office, someone.party)
    ranks = {person: {hit.id for hit in reading.lexicon.levels.find(someone.office.lower())} for person, someone in found.items()}
    there = any(rank in levels for levels in ranks.values())
    return tuple(someone for person, someone in found.items() if not there or not ranks[person] or rank in ranks[person])[:_MOST]


def _same(one: str, other: str) -> bool:
    """Tell whether two names are of one person as far as a text says: equal, or one the bare surname of the other."""
    return one == other or other in one.split() or one in other.split() or one.endswith(other) or other.endswith(one)


def _named(reading: Reading, sentence: Sentence) -> Iterator[Participant]:
    for hit in reading.lexicon.titles.find(sentence.lower):
        office = sentence.text[hit.start : hit.end]
        found = _asian(reading, sentence, hit) if has_cjk(office) else _english(reading, sentence, hit)
        if found:
            person, party = found
            yield Participant(person, office, party or _of_office(reading, sentence, hit) or reading.party)


def _of_office(reading: Reading, sentence: Sentence, hit: Hit) -> str:
    own = [office.id for office in sentence.offices if office.start < hit.end + 1 and hit.start - 1 < office.end]
    return next((key for key in own if key in reading.lexicon.own), "")


def _english(reading: Reading, sentence: Sentence, hit: Hit) -> tuple[str, str] | None:
    """The name after an office, or after the country that follows it: ``Minister of Defense of Japan Hamada Yasukazu``."""
    party = _country_before(reading, sentence, hit.start)
    at = hit.end
    following = _country_after(sentence, at, _OF)
    if following:
        at, party = following.end, party or _one(reading, following)
        at += 1 if sentence.text[at : at + 1] == ")" else 0
    match = _NAME.match(sentence.text, at)
    if not match:
        return None
    name = _trim(match.group(1))
    if not name or reading.lexicon.parties.named(name) or reading.lexicon.titles.find(name.lower()):
        return None
    after = _country_after(sentence, match.start(1) + len(name), _BELONGS)
    return name, party or (_one(reading, after) if after else "")


def _trim(name: str) -> str:
    """The name without words that are none, as far as the first of them or a genitive."""
    kept: list[str] = []
    for word in name.split():
        if word.strip(".,") in _NOT_A_NAME:
            break
        kept.append(word)
        if word.endswith(("'s", "’s")):
            break
    plain = squeeze(" ".join(kept)).removesuffix("'s").removesuffix("’s")
    return plain if len(plain) > 2 else ""


def _country_before(reading: Reading, sentence: Sentence, start: int) -> str:
    near = [group for group in sentence.groups if 0 <= start - group.end <= _GAP and _TOUCHES.fullmatch(sentence.text, group.end, start)]
    return _one(reading, near[-1]) if near else ""


def _country_after(sentence: Sentence, at: int, link: re.Pattern[str]) -> Group | None:
    match = link.match(sentence.text, at)
    return next((group for group in sentence.groups if match and group.start == match.end()), None)


def _one(reading: Reading, group: Group) -> str:
    """The party of a group of one country; a country that is none of the parties gives ``""``."""
    return next(iter(group.countries & reading.lexicon.own), "") if len(group.countries) == 1 else ""


def _asian(reading: Reading, sentence: Sentence, hit: Hit) -> tuple[str, str] | None:
    """The name before an office; a country may stand between (ルビオ米国務長官) or before the name (韓国の趙兌烈外相)."""
    end, party = _back_over_country(reading, sentence, hit.start)
    text = sentence.text[max(0, end - 60) : end].rstrip()
    text = _BRACKETS.sub("", text).rstrip()
    korean = "\uac00" <= text[-1:] <= "\ud7a3"
    name = _korean(text, reading.lexicon.parties) if korean else _japanese(text)
    if not name or reading.lexicon.parties.scan(name).groups or reading.lexicon.titles.find(name):
        return None
    begin = sentence.text.rfind(name, 0, hit.start)
    return name, party or _country_before(reading, sentence, begin)


def _back_over_country(reading: Reading, sentence: Sentence, start: int) -> tuple[int, str]:
    """The offset before the country and the ministry that stand straight before an office, and that country's party."""
    party = ""
    for office in reversed(sentence.offices):
        if 0 <= start - office.end <= 1 and office.id in reading.lexicon.own:
            start, party = office.start, office.id
    for group in reversed(sentence.groups):
        # The name of a country may run into the office: 米国防長官 is 米 and 国防長官.
        if (0 <= start - group.end <= 1 or group.start < start < group.end) and len(group.countries) == 1:
            return group.start, _one(reading, group)
    return start, party


def _korean(text: str, parties: Parties) -> str:
    """The last one to three words before an office, back to a particle, without the ministry or the letter of a country after them."""
    match = _KOREAN.search(text)
    words = match.group(1).split() if match else []
    while len(words) > 1 and (parties.letter(words[-1]) or _MINISTRY.search(words[-1])):
        words.pop()
    kept: list[str] = []
    for word in reversed(words):
        if _PARTICLE.search(word):
            break
        kept.insert(0, word)
    name = " ".join(kept)
    return name if len(name) > 1 else ""


def _japanese(text: str) -> str:
    match = _JAPANESE.search(text)
    if not match:
        return ""
    name = _KANA_PARTICLE.sub("", match.group(1)).strip("・=")
    return "" if _HIRAGANA.search(name) or len(name) < 2 else name
