"""What kind of text an article is, and whose."""

from __future__ import annotations

import re

from scraper.stages.relevance.evidence import is_commentary
from scraper.stages.relevance.reading import Reading, Sentence
from scraper.text import has_cjk

_HEAD = 900
_FIRST = 320
# The sentence that hands a text over: what follows is the text itself.
_RELEASED = re.compile(
    r"\b(?:text|statement|release|fact sheet)\b[^.\n]{0,80}\b(?:was|were|is|been) (?:released|issued|agreed)\b[^.\n]{0,60}\bby\b|"
    r"\b(?:issue|release|adopt|make|made|agree|publish)(?:s|d|ed)?(?: on| to)? the following (?:joint|trilateral)(?: \w+)? (?:statement|declaration|communiqu[eé]|announcement|press release)\b|"
    r"\bfollowing is (?:a|an|the)(?: text of (?:a|the))? (?:joint|trilateral)\b|\b(?:begin|start) text\b|full text of the (?:joint|statement)|"
    r"(?:성명|발표문|선언)의? 전문|전문은 다음|전문이다|\[전문\]|\[全文\]|【全文】|全文は(?:以下|次)|"
    r"(?:아래|다음)와? ?같[은이][^.\n]{0,40}(?:성명|발표문|선언)|(?:以下|次)の(?:とおり|通り)?[^。\n]{0,20}(?:声明|発表|宣言)"
)
_GIVEN = re.compile(
    r"概要は?、?(?:以下|次)の(?:とおり|通り)|\b(?:below|following) is attributable to\b|\bfor immediate release\b|\bimmediate release\b|^\W{0,4}office of the spokesperson|\noffice of (?:the spokesperson|public affairs)"
)
_WE = re.compile(
    r"(?:^|[\s\"'“])we, (?:the |prime |president |secretary |foreign )|^\W{0,3}(?:today, )?we\b|우리[는,] |우리 .{0,40}(?:정상|장관|차관)들?은 |^\W{0,2}(?:我々|我ら|私たち)"
)
_WE_THE = re.compile(r"(?:today, )?we, the |우리 .{0,40}(?:정상|장관|차관)들은 |我々、")
# A statement speaks of its authors by office; a report says who said it.
_SAID = re.compile(
    r"\b(?:said|says|told|according to|reported|reports|added|noted that|announced on|quoted|they stated)\b|밝혔|전했|말했|따르면|보도했|밝힌|뉴스\s?=|기자\s?=|"
    r"と(?:述べ|語|報じ|発表)|によると|明らかにした"
)
_REPORTED = re.compile(
    r"\b(?:issue[sd]?|release[sd]?|adopt(?:s|ed)?|made?|put out|unveil(?:s|ed)?|have issued|focuses|announce[sd]?)\b[^.]{0,40}\b(?:joint|statement)|"
    r"(?:성명|선언)[을를]?\s?(?:발표|채택|냈)|(?:声明|宣言)を?(?:発表|採択|発出|出)|が共同声明|"
    r"\b(?:sign|ink|exchang|conclud)(?:s|ed|ing)?\b|각서[에를]?\s?(?:서명|체결|교환)|서명|체결|署名|締結|交わ"
)
_DATELINE = re.compile(
    r"^\W{0,3}[A-Z][A-Za-z/ .,]{2,40}(?:\([^)]{2,30}\))?\s?(?:--|[-–—]|\([A-Z][A-Za-z]+\))\s|"
    r"^(?:【(?![^】]{0,20}(?:訳|全文|声明))[^】]{2,20}】|[\[(][^\])=]{1,12}=[^\])]{1,20}[\])])"
)


def kind_and_side(reading: Reading, *, ahead: bool = False) -> tuple[str, str]:
    """Return the kind (one of STATEMENT_KINDS) and the side: joint, the id of the party whose text it is, or ``""`` for a report.

    A joint statement (or memorandum) is one that hands over or begins with the parties' own text; an official page of one party is its
    readout, press statement, remarks or fact sheet; anything else is a report, unless it passes on a text word for word (``The below is
    attributable to ...``). A report or readout of an act that lies ``ahead`` is a preview.
    """
    if is_commentary(reading):
        return "commentary", ""
    if _is_joint(reading):
        return ("memorandum" if _is_memorandum(reading) else "joint_statement"), "joint"
    side = _whose(reading)
    if not side:
        return ("preview" if ahead else "report"), ""
    kind = _own_kind(reading)
    if ahead and kind == "readout":
        return "preview", side
    joint = kind == "fact_sheet" and bool(re.search(r"\bjoint\b|공동|共同", _opening(reading)[:_HEAD]))
    return kind, "joint" if joint else side


def _opening(reading: Reading) -> str:
    """The head of the page as read: what stands before the statement, and its first lines."""
    return f"{reading.before}\n{reading.text[:_HEAD]}".lower().strip()


def _kinds(reading: Reading, sentence: Sentence) -> frozenset[str]:
    return frozenset(hit.id for hit in reading.lexicon.kinds.find(sentence.lower))


def _is_joint(reading: Reading) -> bool:
    opening = _opening(reading)
    if _RELEASED.search(opening) and (reading.article.marked or _names_joint(reading, opening)):
        return True
    first = next((line.text for line in reading.lead), reading.text[:_FIRST])
    if _WE.search(first[:_FIRST].lower()) or any(_WE_THE.match(line.lower) for line in reading.lead[1:5]):
        return True
    titled = bool({"joint_statement", "memorandum"} & _kinds(reading, reading.title)) and not _REPORTED.search(reading.title.lower)
    return titled and not _reports(reading)


def _is_memorandum(reading: Reading) -> bool:
    """Tell whether the title is that of a memorandum itself and of no other text."""
    return _kinds(reading, reading.title) == {"memorandum"}


def _names_joint(reading: Reading, opening: str) -> bool:
    return bool(
        reading.lexicon.parties.all_named(opening) or any(hit.id == "joint_statement" for hit in reading.lexicon.kinds.find(opening))
    )


def _reports(reading: Reading) -> bool:
    """Tell whether the text speaks of a statement as a reporter does."""
    head = reading.text[:_HEAD]
    lead = " ".join(line.lower for line in reading.lead[:4])
    return bool(_DATELINE.search(head)) or len(_SAID.findall(lead)) > (0 if has_cjk(lead) else 1) or bool(_REPORTED.search(lead[:_FIRST]))


def _whose(reading: Reading) -> str:
    """The party whose own words the page passes on, or ``""``."""
    if reading.party and (reading.article.official or reading.lexicon.parties.party_of(_host(reading))):
        return reading.party
    opening = _opening(reading)
    if not (_GIVEN.search(opening) or reading.article.marked):
        return ""
    offices = [hit.id for hit in reading.lexicon.offices.find(opening) if hit.id in reading.lexicon.own]
    return offices[0] if offices else ""


def _host(reading: Reading) -> str:
    return reading.article.url.split("//")[-1].split("/")[0]


def _own_kind(reading: Reading) -> str:
    """Which of the kinds of one party's text, by the words of the title, then of the opening."""
    for found in (_kinds(reading, reading.title), frozenset(hit.id for hit in reading.lexicon.kinds.find(_opening(reading)[:_HEAD]))):
        for kind in ("fact_sheet", "remarks", "press_statement", "readout"):
            if kind in found:
                return kind
    return "readout"
