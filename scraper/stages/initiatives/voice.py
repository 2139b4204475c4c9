"""Who acts in a sentence: the watched parties together, as "the Ministers", "they", "we", though none of them is named in it.

A statement names the three once, at its head; from there on its subject is "the Ministers". So a sentence of a text that is led by the three
speaks of them where its words for people are plural, unless it names two of them alone, others beside them, or says that only two are meant.
"""

from __future__ import annotations

import re

from scraper.stages.initiatives.reading import Reading
from scraper.text import Span

_PERSONS = (
    "leaders|ministers|secretaries|advisors|advisers|officials|sides|chiefs|governments|participants|countries|directors|directors-general|envoys|"
    "representatives|parties|navies|militaries|forces|delegations|agencies|principals|counterparts|commanders|ministries|deputies|officers|generals|admirals|negotiators|presidents|premiers"
)
_EN = re.compile(
    rf"(?:^\W*|[,;:]\s(?:and\s)?|\b(?:that|as|also|addition|and|which)\s)they\b|\b(?:we|our)\b|\bthe three\b|"
    rf"(?:\bthe|^\W*) ?(?:(?!two\b|other|united\b|both\b|four\b|five\b|seven\b|all\b)[\w-]+ ){{0,2}}?(?:{_PERSONS})\b",
    re.IGNORECASE,
)
_KO = re.compile(
    r"(?:^|\s)3국|기로 (?:합의|결정|의견을 모)?[하했]|(?:뜻|의견)을 모았|인식을 같이|"
    r"(?:장관|차관|정상|대표|국장|실장|의장|당국자|참석자|각료|수장|측)들[은이]|(?:^|\s)우리는|세 (?:나라|정상|장관|차관|의장)|3개 기관|3군"
)
_JA = re.compile(
    r"(?:ことで|に)(?:一致|合意)|ことと(?:し|いた)|ことを(?:決|確認)|"
    r"三(?:か国|[一-龠]{1,4})(?:は|が|の|及び)|我々は|参加者は|出席者は|各国は|(?:会合|会議|会談|協議)では|(?:三|3)(?:者|機関|閣僚|大臣|次官|長官|局長)"
)
_VOICES = {"en": _EN, "ko": _KO, "ja": _JA}
_GOES_ON = {
    "en": re.compile(r"^\W*An? [^.;]{1,80}? (?:will|is to) (?:follow|open|begin|start|be [a-z]{2,12}ed)\b"),
    "ko": re.compile(r"^\W*(?:또|또한|아울러|이와 함께|나아가|이어) |(?:꾸려지|만들어지|신설되|설립되|창설되|출범하)는 "),
    "ja": re.compile(r"^\W*(?:また|あわせて|併せて|さらに|加えて|このほか)"),
}
"""A sentence without persons that goes on with what those of the one before it do ("A pilot will follow", "또 ... 운영한다")."""


def together_act(reading: Reading, start: int, end: int) -> bool:
    """Tell whether the sentence ``text[start:end]`` speaks of the watched parties together: by name, or as the persons who act in it."""
    kept: dict[Span, bool] = reading.voices
    span = Span(start, end)
    if span not in kept:
        kept[span] = reading.marked(start, end) or _collective(reading, start, end) or _goes_on(reading, start, end)
    return kept[span]


def _goes_on(reading: Reading, start: int, end: int) -> bool:
    """Tell whether a sentence that names nobody goes on with what the three do in the one right before it."""
    going = _GOES_ON.get(reading.language)
    sentence = reading.plain[start:end]
    if going is None or going.search(sentence) is None or not reading.led_by_ours or reading.alien(start, end):
        return False
    if reading.land.parties.named(sentence) or reading.land.of_two(sentence):
        return False
    before = reading.before(start)
    return before is not None and (reading.marked(before.start, before.end) or _collective(reading, before.start, before.end))


def _collective(reading: Reading, start: int, end: int) -> bool:
    voice = _VOICES.get(reading.language)
    if voice is None or not reading.led_by_ours or reading.alien(start, end):
        return False
    sentence = reading.plain[start:end]
    if voice.search(sentence) is None:
        return False
    parties = reading.land.parties
    return len(parties.named(sentence)) != len(parties.ids) - 1 and not reading.land.of_two(sentence)
