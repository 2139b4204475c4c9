"""Who acts in a sentence: the parties together, some of them, or somebody else of whom it tells."""

from __future__ import annotations

import re

from scraper.parties import Group, Naming
from scraper.stages.relevance.glossary import Hit
from scraper.stages.relevance.reading import Lexicon, Sentence
from scraper.stages.relevance.voices import aside, belongs_to_a_name, governed, is_a_place, offices, spoken_by_others
from scraper.text import has_cjk

_OFFICIALS = (
    r"leaders?|ministers?|ministries|secretaries|officials?|diplomats?|chiefs?|generals?|officers?|envoys?|ambassadors?|representatives?|"
    r"governments?|forces|militar(?:y|ies)|advis[eo]rs?|negotiators?|counterparts?|delegat\w+|heads|presidents?|troops|soldiers|nav(?:y|ies)|"
    r"warships|fighters|jets|coast guards|directors"
)
_ACTORS = re.compile(rf"(?:{_OFFICIALS}|brass|secretariat)\s+(?:of|from)\s+(?:the\s+)?$")
_DOERS = re.compile(rf"^\W*(?:[\w-]+\s){{0,4}}?(?:{_OFFICIALS}|sides?)\b")
_PEOPLE = re.compile(r"(?:ese|ean|ican|ipino|ian|ish)$")
_TO_THEM = re.compile(r"(?:of|between|among|amongst|by|with|from|for|involving|to)\s+(?:the\s+)?(?:governments?\s+of\s+)?(?:the\s+)?$")
_ELSEWHERE = re.compile(r"\b(?:by|and|or|to|with|as)\b")
_BELONGS = re.compile(r"\b(?:of|from)\s+(?:the\s+)?$")
# What parts one meeting from another: he met one of them, and after that the other.
_THEN = re.compile(
    r"\b(?:after (?:(?:\w+\s){0,2}(?:meeting|meetings|talks|training|drills?|exercises?|stop|visits?)\b|his |her )|before (?:flying|heading|travel|meeting|going|he |she |his |her )|ahead of|on (?:the|his|her) way to|while|"
    r"followed by|later)\b|た(?:後|のち|あと)|後、|に先立|を前に|を経て|に続|(?:한|난|친|둔|마친) (?:뒤|후)|앞서|거쳐|이은|이어"
)
_AIMED = re.compile(r"\b(?:to|on|in|at|from|against|toward|towards|for|with)\s(?:the\s)?$")
_AIMED_CJK = re.compile(r"^(?:[にへをと]|への|에|로|을|를|과의|와의)")
_FROM = re.compile(r"\s(?:of|from)\s(?:the\s)?")
# The names themselves as the subject: 韓国の3カ国は, 일본이; what follows is no longer theirs by の or 의.
_SUBJECT = re.compile(r"\s?(?:[の의]\s?)?(?:[3三]\s?[かカヶ]?国|3개국|3국|세 나라|政府|정부)?(?:[はが、](?![ぁ-ん])|[이가은는]\s)")
_SUBJECT_OF_TITLE = re.compile(r"\s?(?:[3三]\s?[かカヶ]?国|3개국|3국)?\s?(?:[はが、,](?![ぁ-ん])|[이가은는]\s)")
_CLOSE = 12
_ENUMERATED = re.compile(r"\s?(?:[、,·・]|및|及び)[^、,。]{1,16}")
_OFFICE = 8
_PERSON = 70
_TAIL = (90, 34)
_HEAD = 60
_VERBS = "deed"
_GATHERING = "gathering"
_WITH = re.compile(r"\bwith\s(?:the\s)?$")


def cast(sentence: Sentence, lexicon: Lexicon) -> frozenset[str]:
    """Return the ids of the parties that a sentence names, by name or by office, and of other countries of their company.

    A capital that is only where it happens names nobody, nor does a country whose company or city is named (``Japan's Panasonic``).
    """
    named = frozenset().union(*(group.countries for group in _present(sentence))) | {hit.id for hit in offices(sentence)}
    return named & lexicon.own | others(sentence, lexicon)


def _present(sentence: Sentence) -> tuple[Group, ...]:
    return tuple(
        group
        for group in sentence.groups
        if len(group.countries) > 1 or not (is_a_place(sentence, group) or belongs_to_a_name(sentence, group))
    )


def others(sentence: Sentence, lexicon: Lexicon) -> frozenset[str]:
    """Return the ids of other countries that stand side by side with a party or with each other, or whose officials are named."""
    beside = [group.countries for group in sentence.groups if group.countries & lexicon.own and group.countries - lexicon.own]
    found = frozenset().union(*beside) - lexicon.own
    if any(group.countries >= lexicon.own for group in sentence.groups):
        return found
    foreign = [group for group in sentence.groups if not group.countries & lexicon.own]
    return found.union(
        *(group.countries for group in foreign if _has_office(sentence, group) or (sentence.weak and len(group.countries) > 1))
    )


def _has_office(sentence: Sentence, group: Group) -> bool:
    """Tell whether an official of the country is named: ``Australian Foreign Minister``, ``President X of the Philippines``."""
    after = [hit for hit in sentence.levels if group.end <= hit.start <= group.end + _OFFICE]
    if any(not _ELSEWHERE.search(sentence.lower[group.end : hit.start]) for hit in after):
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
        and bool(sentence.levels or shared(sentence, lexicon))
        and not lopsided(sentence, lexicon)
        and not spoken_by_others(sentence, lexicon, len(sentence.lower))
    )


def shared(sentence: Sentence, lexicon: Lexicon) -> tuple[Naming, ...]:
    """Return the weak words for the three in a sentence that stand for them or an act of theirs, not for a relation."""
    return tuple(naming for naming in sentence.weak if not relates(sentence, naming, lexicon))


def lopsided(sentence: Sentence, lexicon: Lexicon) -> bool:
    """Tell whether some of the parties act and the rest only hear of it, watch it, are where it happens or met one of them at another time."""
    if sentence.together:
        return False
    weak = shared(sentence, lexicon)
    if not weak and (_apart(sentence, lexicon) or (lexicon.bilateral.find(sentence.lower) and not enumerated(sentence))):
        return True
    own = [group for group in sentence.groups if group.countries and group.countries <= lexicon.own]
    pairs = [group for group in own if 1 < len(group.countries) < len(lexicon.own)]
    if not pairs:
        return False
    if weak:
        return any(_joined_later(sentence, pair, weak[0]) for pair in pairs)
    return any(_aimed(sentence, pair) for pair in pairs) or not _represented(sentence, own, pairs)


def enumerated(sentence: Sentence) -> bool:
    """Tell whether officials are told off one after the other, as those whom one meets at one time: 岸田首相、韓国の尹大統領と会談."""
    starts = [hit.start for hit in sentence.levels]
    lists = (_ENUMERATED.match(sentence.lower, hit.end) for hit in sentence.levels)
    return has_cjk(sentence.text) and any(found and any(found.start() < start < found.end() for start in starts) for found in lists)


def _represented(sentence: Sentence, own: list[Group], pairs: list[Group]) -> bool:
    """Tell whether somebody of a party outside the pairs is named."""
    alone = [group for group in own if len(group.countries) == 1 and not any(group.countries <= pair.countries for pair in pairs)]
    return any(_has_office(sentence, group) for group in alone) or any(
        not any(hit.id in pair.countries for pair in pairs) for hit in offices(sentence)
    )


def _aimed(sentence: Sentence, pair: Group) -> bool:
    """Tell whether the pair is what somebody goes to or speaks of, without anybody of theirs (``travel to Japan and South Korea``)."""
    if _has_office(sentence, pair):
        return False
    if has_cjk(sentence.text[pair.start : pair.end]):
        return bool(_AIMED_CJK.match(sentence.lower[pair.end : pair.end + 3]))
    after = sentence.lower[pair.end : pair.end + _OFFICE]
    return bool(_AIMED.search(sentence.lower[max(0, pair.start - 14) : pair.start])) and not after.startswith("'s")


def _joined_later(sentence: Sentence, pair: Group, weak: Naming) -> bool:
    """Tell whether the pair met, and what is of the three is only spoken of: ``The ministers of A and B met and agreed on three-way drills``."""
    met = [hit for hit in sentence.acts if hit.id == _GATHERING and pair.end <= hit.start < weak.start - 2]
    return bool(met) and bool(_WITH.search(sentence.lower[: _last_single(sentence, weak)]))


def _last_single(sentence: Sentence, weak: Naming) -> int:
    return next((group.start for group in sentence.groups if group.start > weak.end), 0)


def _apart(sentence: Sentence, lexicon: Lexicon) -> bool:
    """Tell whether the parties are named about two meetings, of which neither has all of them."""
    for cut in _THEN.finditer(sentence.lower):
        before: set[str] = set()
        after: set[str] = set()
        for group in _present(sentence):
            (before if group.start < cut.start() else after).update(group.countries & lexicon.own)
        for hit in offices(sentence):
            (before if hit.start < cut.start() else after).add(hit.id)
        if before and after and not (lexicon.own <= before or lexicon.own <= after):
            return True
    return False


def acts(sentence: Sentence, naming: Naming, lexicon: Lexicon) -> bool:
    """Tell whether the parties act at ``naming``, and are not only named for their relation (``U.S.-Japan-ROK cooperation``), as members of
    a wider company, as whom others speak to or of, or for their firms and scholars."""
    width = _TAIL[has_cjk(sentence.text[naming.start : naming.end + 4])]
    deeds = not _PEOPLE.search(sentence.lower[: naming.end]) or bool(_DOERS.search(sentence.lower[naming.end : naming.end + width]))
    told = (*(hit for hit in sentence.acts if deeds or hit.id != _VERBS), *sentence.levels)
    cues = [hit.start for hit in told if naming.end <= hit.start < naming.end + width]
    first = min(cues, default=naming.end + width)
    if aside(sentence, naming, lexicon, first):
        return False
    relation = [hit.start + naming.end for hit in lexicon.relations.find(sentence.lower[naming.end : naming.end + width])]
    head = sentence.lower[max(0, naming.start - _HEAD) : naming.start]
    if _ACTORS.search(head) or _rank_before(sentence, naming):
        return True
    if relation and min(relation) < first and not _SUBJECT.match(sentence.lower, naming.end, min(relation)):
        return False
    if cues and not (naming in sentence.together and governed(sentence, naming)):
        return True
    nouns = tuple(hit for hit in lexicon.acts.find(head) if hit.id != _VERBS)
    return bool(_TO_THEM.search(head)) and _last(nouns) > _last(lexicon.relations.find(head))


def _rank_before(sentence: Sentence, naming: Naming) -> bool:
    """Tell whether an office of a level stands before the parties' names: the chiefs of defense from the ROK, U.S. and Japan."""
    return any(_FROM.fullmatch(sentence.lower, hit.end, naming.start) for hit in sentence.levels if hit.end < naming.start)


def at_once(sentence: Sentence, naming: Naming) -> bool:
    """Tell whether the names are straight away the subject of a verb, or those of officials: ``U.S., Japan, ROK condemn``, 日米韓が合意."""
    if has_cjk(sentence.text[naming.start : naming.end]):
        return bool(_SUBJECT_OF_TITLE.match(sentence.lower, naming.end))
    near = any(0 < hit.start - naming.end <= _CLOSE for hit in sentence.acts)
    return near or bool(_DOERS.search(sentence.lower[naming.end : naming.end + _HEAD]))


def relates(sentence: Sentence, naming: Naming, lexicon: Lexicon) -> bool:
    """Tell whether what stands at ``naming`` is named for a standing relation (``trilateral cooperation``)."""
    return bool(lexicon.relations.find(sentence.lower[naming.end : naming.end + _HEAD]))


def _last(hits: tuple[Hit, ...]) -> int:
    return max((hit.start for hit in hits), default=-1)
