"""A change of name that a text states: "the Reef Dialogue, formerly the Coral Talks", 「珊瑚対話」(旧称「礁対話」)."""

from __future__ import annotations

import re

FORMERLY = "formerly "
"""Stands before the name that something had, where the abbreviation beside a name would stand: it ties names of different words together."""
_REACH = 160
"""Characters that are looked at on either side of a name."""
_MARK = "[\"'“”‘’「」『』]?"
_THE = "(?:(?:the|its|their|our|an?) )?"
_OLD = '([^"“”「」『』().;,]{3,90}?)'
_RUN = r"([A-Z][\w'’.-]{0,30}(?: (?:[A-Z][\w'’.-]{0,30}|of|on|for|and|the|in|to)){0,9})"
_END = r"(?=[\"”]|[).;,]|$| (?:and|which|that|will|was|is|has|met|in) )"
_CHANGED_EN = (
    re.compile(rf"\bchang\w+ the (?:name|title) of {_THE}{_MARK}{_OLD}{_MARK} (?:in)?to {_THE}{_MARK}{_THE}$", re.IGNORECASE),
    re.compile(rf"\b(?:re-?nam|re-?brand|re-?launch)\w* {_THE}{_MARK}{_OLD}{_MARK} (?:to|as|into) {_THE}{_MARK}{_THE}$", re.IGNORECASE),
    re.compile(rf"\bre-?nam\w+ {_THE}{_MARK}{_OLD}{_MARK} {_THE}[\"“]{_THE}$", re.IGNORECASE),
    re.compile(
        rf"\b{_RUN}{_MARK},? (?:was|were|is|are|has been|have been|will be|is to be|would be) (?:\w+ly )?(?:re-?named|re-?branded|re-?launched)"
        rf"(?: as| to| into)? {_THE}{_MARK}{_THE}$"
    ),
)
_WAS_EN = (
    re.compile(
        rf"^{_MARK},? \(?(?:formerly|previously|earlier|until (?:now|then|recently|20\d\d))"
        rf"(?: (?:known as|called|named)|(?= (?:the |[\"“])|(?-i: [A-Z]))) {_THE}{_MARK}{_OLD}{_END}",
        re.IGNORECASE,
    ),
    re.compile(rf"^{_MARK},? \(?(?:re-?named|re-?branded) from {_THE}{_MARK}{_OLD}{_END}", re.IGNORECASE),
)
_WAS = {
    "ko": (re.compile(rf"^{_MARK}\s?\((?:구|옛|이전 명칭|종전)[:, ]{{0,2}}{_MARK}([^()\"'“”‘’「」『』]{{3,60}}){_MARK}\)"),),
    "ja": (re.compile(rf"^{_MARK}\s?\(旧(?:称|名称)?[は:、 ]{{0,2}}{_MARK}([^()「」『』]{{3,60}}){_MARK}\)"),),
}
_FROM = {
    "ko": re.compile(rf"(?:^|[\s\"'“‘「『])([^\"'“”‘’「」『』.,]{{3,60}}){_MARK}(?:의 (?:명칭|이름)을|[을를]) {_MARK}$"),
    "ja": re.compile(rf"([^「」『』、。]{{3,60}}){_MARK}(?:の名称を|を){_MARK}$"),
}
_TO = {
    "ko": re.compile(rf"^{_MARK}\s?(?:으로|로) (?:명칭을 |이름을 )?(?:변경|개칭|바꾸|바꿔)"),
    "ja": re.compile(rf"^{_MARK}に(?:名称を)?(?:改称|改名|変更|改め)"),
}
"""What follows a new name of which the old one stands before it."""


def former_name(plain: str, start: int, end: int, language: str) -> str:
    """Return the name that a text says ``plain[start:end]`` had before, or ``""``; ``plain`` is of level width."""
    before = plain[max(0, start - _REACH) : start].rpartition("\n")[2]
    after = plain[end : end + _REACH].partition("\n")[0]
    if language in _TO:
        found = _first(_WAS[language], after) or (_FROM[language].search(before) if _TO[language].search(after) else None)
    else:
        found = _first(_WAS_EN, after) or _first(_CHANGED_EN, before)
    return " ".join(found[1].split()).removeprefix("The ") if found else ""


def _first(patterns: tuple[re.Pattern[str], ...], text: str) -> re.Match[str] | None:
    return next((found for pattern in patterns if (found := pattern.search(text))), None)
