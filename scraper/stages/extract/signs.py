"""What speaks for and against a block of a page being of its main text: named signs of the block itself, its zones, its neighbours.

Every sign is a name that holds or does not hold; what each says is a weight (``weights.py``), learnt from labelled pages.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Final

from scraper.stages.extract.blocks import HINTS, Block, Layout, Zone

_WEIGHTS: Final = (15.0, 30.0, 60.0, 100.0, 200.0, 400.0)
_PARTS: Final = (0.02, 0.15, 0.33, 0.6, 0.9)
_SHARES: Final = (0.005, 0.05, 0.2, 0.5, 0.8)
_PROSE: Final = (0.01, 0.2, 0.5, 0.8, 0.95)
_PIECES: Final = (2, 4, 8, 20)
_STRESS: Final = (0.05, 0.5, 0.9)
_DIGITS: Final = (0.01, 0.1, 0.3)
_PLACES: Final = (0.001, 0.05, 0.5, 0.95, 0.999)
_NEAR: Final = (30.0, 100.0)
_KINDS: Final = {
    **dict.fromkeys(("p", "li", "td", "th", "div", "section", "article", "blockquote", "pre", "dd", "dt", "figcaption", "h1", "h2", "h3")),
    **dict.fromkeys(("h4", "h5", "h6"), "h4"),
}  # fmt: skip
_FAMILIES: Final = {
    "p": "p", **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "h"), **dict.fromkeys(("li", "dd", "dt"), "li"), "td": "td", "th": "td",
}  # fmt: skip
_FINAL: Final = frozenset(".!?\u2026\"\u201d\u3002\uff01\uff1f\u300d\u300f)\uff09\u2019'")
_COLONS: Final = frozenset(":\uff1a")
_BARS: Final = re.compile("[|\u00bb\u203a\uff5c]")
_DIGIT: Final = re.compile(r"\d")
# How calls, bylines, captions and page labels begin, in the languages that pages of news agencies and ministries are written in.
_CUE: Final = re.compile(
    r"\W{0,4}(?:read (?:more|also|next|the)|related|see also|also read|you may|more (?:on|from|about)|contacts?\b|photos?\b|image\b|source\b|by |tags?\b|categor|share\b|newsletter|"
    r"subscribe|sign up|follow\b|facebook|twitter|comments?\b|copyright|\u00a9|updated|published|advertisement|back to|download|click here|about the author|"
    r"lesen sie|lies auch|mehr (?:zu|zum|\u00fcber|infos|informationen)|weitere|siehe auch|auch interessant|das k\u00f6nnte|schon gelesen|zum thema|zur (?:startseite|\u00fcbersicht)|zur\u00fcck|hier klicken|"
    r"kontakt|foto\b|bild\b|quelle|von |autor|schlagw|kategorie|teilen|jetzt |abonn|folge|kommentare?\b|aktualisiert|ver\u00f6ffentlicht|stand:|datum|anzeige|werbung|"
    r"lea (?:tambi|adem)|lea:|(?:le|te) puede interesar|mira tambi|ver tambi|fuente|por |aviso|nota\b|leia|veja|lire aussi|\u00e0 lire|voir aussi|lees ook|leggi anche|czytaj|zobacz|przeczytaj|dowiedz|\u017ar\u00f3d\u0142o|"
    r"\uad00\ub828|\ucd94\ucc9c|\ub9ce\uc774 \ubcf8|\uc0ac\uc9c4|\uae30\uc0ac ?\uc81c\ubcf4|\uc81c\ubcf4|\uc800\uc791\uad8c|\ubb34\ub2e8|\uc785\ub825|\uc218\uc815|\ub4f1\ub85d|\ub2f4\ub2f9|\ubb38\uc758|\ucca8\ubd80|\uad6c\ub3c5|\ub313\uae00|\uacf5\uc720|"
    r"\u95a2\u9023|\u304a\u3059\u3059\u3081|\u5199\u771f|\u7121\u65ad|\u66f4\u65b0|\u516c\u958b|\u914d\u4fe1|\u63b2\u8f09|\u62c5\u5f53|\u554f\u3044\u5408|\u304a\u554f|\u30ed\u30b0\u30a4\u30f3|\u4f1a\u54e1|\u30b7\u30a7\u30a2|\u3042\u308f\u305b\u3066|\u7d9a\u304d)",
    re.IGNORECASE,
)  # fmt: skip


def _names(prefix: str, edges: tuple[float, ...]) -> tuple[str, ...]:
    return tuple(f"{prefix}{place}" for place in range(len(edges) + 1))


_WEIGHT, _LINKED, _UNLINKED = _names("weight", _WEIGHTS), _names("linked", _PARTS), _names("unlinked", _WEIGHTS)
_STRESSED, _STRESSED_SIZE, _CUE_SIZE = _names("stress", _STRESS), _names("stressed", _WEIGHTS), _names("cue", _WEIGHTS)
_PICTURED_SIZE, _NUMBERS, _PLACE = _names("pictured", _WEIGHTS), _names("digits", _DIGITS), _names("place", _PLACES)
_STOP_NAMES, _COMMA_NAMES = _names("stops", (1, 2, 3)), _names("commas", (1, 2, 3))
_FAMILY_SIZE = {family: _names(f"{family}-weight", _WEIGHTS) for family in ("p", "h", "li", "td", "d")}
_SHARE = tuple(_names(f"share{level}-", _SHARES) for level in (1, 2))
_DENSE = tuple(_names(f"dense{level}-", _PARTS) for level in (1, 2))
_MEANT = tuple(_names(f"prose{level}-", _PROSE) for level in (1, 2))
_PIECE_NAMES = _names("pieces", _PIECES)
_ANY, _OWN = tuple(f"under-{hint}" for hint in HINTS), tuple(f"in-{hint}" for hint in HINTS)
_BESIDE = {
    side: tuple(tuple(tuple(f"{side}{kind}{size}{linked}" for linked in "uk") for size in range(len(_NEAR) + 1)) for kind in "xp")
    for side in ("before-", "after-")
}
_BESIDE_TAG = {side: {kind: f"{side}{kind}" for kind in (*_KINDS, "other")} for side in ("before-", "after-")}


def signs(layout: Layout) -> list[list[str]]:
    """Return the signs of each block of a page, in order."""
    found: list[list[str]] = []
    zones: dict[Zone, list[str]] = {}
    seen, whole = 0.0, layout.zones[0].prose or 1.0
    blocks = layout.blocks
    counts: dict[str, int] = {}
    for block in blocks:
        counts[block.text] = counts.get(block.text, 0) + 1
    last = len(blocks) - 1
    for place, block in enumerate(blocks):
        zone = block.zone
        around = zones.get(zone)
        if around is None:
            around = zones[zone] = _zone_signs(zone)
        own = [*_own_signs(block), *around, _PLACE[bisect_right(_PLACES, seen / whole)]]
        if block.prose:
            seen += block.weight
        own += _beside("before-", block, blocks[place - 1]) if place else ("first",)
        own += _beside("after-", block, blocks[place + 1]) if place < last else ("last",)
        if counts[block.text] > 1:
            own.append("repeated")
        found.append(own)
    return found


def _own_signs(block: Block) -> list[str]:
    weight, text, tag = block.weight, block.text, block.zone.tag
    size = bisect_right(_WEIGHTS, weight)
    found = [
        _WEIGHT[size],
        _LINKED[bisect_right(_PARTS, block.linked / weight)],
        _UNLINKED[bisect_right(_WEIGHTS, weight - block.linked)],
        _STOP_NAMES[min(3, block.stops)],
        _COMMA_NAMES[min(3, text.count(",") + text.count("\u3001"))],
        _FAMILY_SIZE[_FAMILIES.get(tag, "d")][size],
        f"tag-{_KINDS.get(tag) or tag}" if tag in _KINDS else "tag-other",
        "ends" if text[-1] in _FINAL else "colon" if text[-1] in _COLONS else "open",
        *_stress_signs(block, size),
    ]
    if _CUE.match(text):
        found += ("cue", _CUE_SIZE[size])
    if weight < 80:
        digits = len(_DIGIT.findall(text))
        found.append(_NUMBERS[bisect_right(_DIGITS, digits / len(text))])
    if tag == "p" and weight >= 100 and block.stops:
        found.append("paragraph")
    return found + _letter_signs(text)


def _stress_signs(block: Block, size: int) -> list[str]:
    part = block.stress / block.weight
    found = [_STRESSED[bisect_right(_STRESS, part)]]
    if part > 0.9:
        found.append(_STRESSED_SIZE[size])
    if block.pictured:
        found += ("pictured", _PICTURED_SIZE[size])
    return found


def _letter_signs(text: str) -> list[str]:
    found = []
    if "\n" in text:
        found.append("lines")
    if "@" in text:
        found.append("at")
    if text[0].islower():
        found.append("lower")
    if _BARS.search(text, 0, 400):
        found.append("bar")
    return found


def _zone_signs(zone: Zone) -> list[str]:
    found = _hint_signs(zone)
    level = zone
    for place in (0, 1):
        level = level.outer
        mass = level.mass or 1.0
        found += (
            _SHARE[place][bisect_right(_SHARES, level.share)],
            _DENSE[place][bisect_right(_PARTS, level.dense)],
            _MEANT[place][bisect_right(_PROSE, level.prose / mass)],
        )
    found.append(_PIECE_NAMES[bisect_right(_PIECES, zone.outer.pieces)])
    return found


def _hint_signs(zone: Zone) -> list[str]:
    found, flags, near, place = [], zone.flags, zone.near, 0
    while flags:
        if flags & 1:
            found.append(_ANY[place])
            if near >> place & 1:
                found.append(_OWN[place])
        flags >>= 1
        place += 1
    return found


def _beside(side: str, block: Block, other: Block) -> tuple[str, ...]:
    tag = other.zone.tag
    shape = _BESIDE[side][other.prose][bisect_right(_NEAR, other.weight)][other.linked * 3 > other.weight]
    same = f"{side}same" if other.zone.outer is block.zone.outer else f"{side}apart"
    return shape, same, _BESIDE_TAG[side][tag if tag in _KINDS else "other"]
