"""A page as blocks: its runs of text in order, each with the zone of the page that it stands in. One walk, linear in the page."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

from lxml.html import HtmlElement

_INLINE, _BLOCK, _SILENT, _BREAK, _LINK, _STRESS, _IMAGE = range(7)
_ROLES: Final = {
    **dict.fromkeys((
        "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "div", "dl", "dt", "fieldset",
        "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "html", "legend", "li",
        "main", "menu", "nav", "noscript", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
    ), _BLOCK),
    **dict.fromkeys((
        "audio", "button", "canvas", "datalist", "embed", "frameset", "head", "iframe", "input", "map", "math", "noframes", "object",
        "option", "rp", "rt", "script", "select", "style", "svg", "template", "textarea", "title",
    ), _SILENT),
    "br": _BREAK, "a": _LINK, **dict.fromkeys(("b", "strong", "em", "i", "u"), _STRESS),
    **dict.fromkeys(("img", "picture", "video", "amp-img"), _IMAGE),
}  # fmt: skip

HINTS: Final = (
    "article", "main", "aside", "nav", "footer", "header", "form", "figure", "list", "table", "quote", "hidden",
    "content", "comment", "related", "share", "menu", "side", "meta", "promo", "caption", "title", "author", "legal",
)  # fmt: skip
"""What a zone is for, by its tag or by the words of its class, id and role; a zone's ``flags`` hold one bit for each."""

BIT: Final = {name: 1 << place for place, name in enumerate(HINTS)}
_TAGS: Final = {
    "article": "article", "main": "main", "aside": "aside", "nav": "nav", "menu": "nav", "footer": "footer", "header": "header", "hgroup": "header",
    "form": "form", "fieldset": "form", "figure": "figure", "figcaption": "caption", "caption": "caption", "ul": "list", "ol": "list",
    "dl": "list", "table": "table", "blockquote": "quote", "dialog": "promo", "noscript": "hidden",
}  # fmt: skip
_WORDS: Final = re.compile(
    r"(?P<content>article|content|conts?(?![a-z])|entry|post(?!ed|age|er)|body|story|te?xt(?![a-z])|view|detail|honbun|kiji|gisa|prose)"
    r"|(?P<comment>comment|disqus|respond|reply|replies|discuss|trackback|reactions?)"
    r"|(?P<related>relat|recommend|recomm?|more(?![a-z])|popular|trending|teaser|similar|also|latest|recent|most[-_]|ranking|rank(?![a-z])|next|prev|archive|kanren|outbrain|taboola|read[-_]?next|carousel|slider|ticker)"
    r"|(?P<share>shar(?:e|ing)|social|sns|follow|twitter|facebook|tweet|addthis|like[-_]?b|bookmark)"
    r"|(?P<menu>nav|menu|breadcrumb|crumb|head(?:er)?(?![a-z])|foot(?:er)?(?![a-z])|toolbar|topbar|paginat|pager|skip|gnb|lnb|masthead|search|util|lang)"
    r"|(?P<side>side|aside|widget|rail(?![a-z])|right|left)"
    r"|(?P<meta>meta|date|time|tags?(?![a-z])|categor|info(?![a-z])|published|posted|stamp|views?count|label)"
    r"|(?P<promo>promo|(?<![a-z])ads?(?![a-z])|advert|sponsor|newsletter|subscri|cookie|consent|banner|popup|modal|overlay|paywall|login|sign|regist|donat|cta(?![a-z])|offer|shop|product|price|affiliate|notice|alert|warning)"
    r"|(?P<caption>caption|figure|gallery|image|img|photo|thumb|credit|media|video|player|picture)"
    r"|(?P<title>title|headline|heading)"
    r"|(?P<author>author|byline|bio(?![a-z])|writer|profile|reporter|avatar)"
    r"|(?P<legal>copyright|disclaim|imprint|legal|licen[sc]e|terms|policy|privacy)"
)
_TAG_BITS: Final = {tag: BIT[hint] for tag, hint in _TAGS.items()}
_NAMING: Final = frozenset(("class", "id", "role"))
_HIDING: Final = frozenset(("hidden", "aria-hidden", "style"))
_NOWHERE: Final = frozenset(("body", "html"))  # their classes name every part that the page may have
_MOST_WORDS = 12
_GOOD = BIT["article"] | BIT["main"] | BIT["content"]
_WITHIN = frozenset(("p", "li", "h1", "h2", "h3", "h4", "ul", "ol", "td", "tr", "tbody"))
# Ends of sentences; lines of Korean papers end in verbal nouns without a stop.
_STOPS: Final = re.compile(r"[.!?\u2026](?=[\s\"'\u201d\u2019)\]]|$)|[\u3002\uff01\uff1f]|[\ub2e4\ud568\uc784\uc74c\ub428](?=\n|$)")
_PROSE = 60.0
_MOST = 0.5
_MOST_NAMED = 20_000
_MOST_ELEMENTS = 80_000
"""More is a list or an attack, no article; what stands behind is not read."""


class Zone:
    """A block element: its hints, how much stands under it, and ``sign``, the same for zones that look alike (tag, class, parent).

    ``mass``, ``linked`` and ``prose`` weigh all text, linked text and prose (see :func:`weigh`); ``share`` is its part of the
    page's prose, ``dense`` the linked part of its text, ``pieces`` the number of its blocks; ``near`` are the hints of its own
    and of a small element's surroundings, ``flags`` those of everything above too.
    """

    __slots__ = ("dense", "flags", "linked", "mass", "near", "own", "parent", "pieces", "prose", "share", "sign", "tag")

    def __init__(self, parent: Zone | None, tag: str, own: int, sign: int) -> None:
        self.parent, self.tag, self.own, self.sign = parent, tag, own, sign
        self.mass = self.linked = self.prose = self.share = self.dense = 0.0
        self.pieces = self.flags = self.near = 0

    @property
    def outer(self) -> Zone:
        """The zone around it; the outermost is its own."""
        return self.parent or self


class Block:
    """A run of text between two edges of blocks, its lines parted by ``\\n``.

    ``weight``, ``linked`` and ``stress`` weigh it, its linked and its bold or italic text; ``stops`` counts ends of sentences;
    ``pictured`` tells that a picture stands just before it, ``prose`` that it looks like running text.
    """

    __slots__ = ("linked", "pictured", "prose", "stops", "stress", "text", "weight", "zone")

    def __init__(self, zone: Zone, text: str, linked: float, stress: float, pictured: bool) -> None:
        self.zone, self.text, self.linked, self.stress, self.pictured = zone, text, linked, stress, pictured
        self.weight = weigh(text)
        self.stops = len(_STOPS.findall(text))
        self.prose = self.weight >= _PROSE and self.stops > 0 and linked * 3 < self.weight


class Layout(NamedTuple):
    """The blocks of a page in order, and its zones, outer ones first."""

    blocks: list[Block]
    zones: list[Zone]


def read(root: HtmlElement) -> Layout:
    """Return the layout of a page, with what stands under each zone summed up and its hints handed down."""
    top = Zone(None, str(root.tag), 0, 0)
    reader = _Reader(top)
    reader.walk(root, top)
    reader.end(top)
    _sum_up(reader.blocks, reader.zones)
    _mark(reader.zones)
    return Layout(reader.blocks, reader.zones)


def weigh(text: str) -> float:
    """Return the length of ``text`` in Latin letters: a Korean, Japanese or Chinese character, three bytes of UTF-8, counts for 2.5."""
    return float(len(text)) if text.isascii() else 0.25 * len(text) + 0.75 * len(text.encode("utf-8", "ignore"))


class _Reader:
    """One walk over a tree, and the run of text it stands in."""

    def __init__(self, top: Zone) -> None:
        self.blocks: list[Block] = []
        self.zones = [top]
        self._signs: dict[tuple[str, str | None, int], int] = {}
        self._pieces: list[str] = []
        self._room = _MOST_ELEMENTS
        self._link = self._stress = 0
        self._linked = self._stressed = 0.0
        self._said = self._broken = self._pictured = self._captioned = False

    def walk(self, node: HtmlElement, zone: Zone) -> None:
        """Read what stands inside ``node``; one frame a level, and the parser stops at 255 levels."""
        if node.text:
            self._say(node.text)
        for child in node:
            self._room -= 1
            if self._room < 0:
                return
            role = _ROLES.get(child.tag, _INLINE)
            if role == _BLOCK:
                self.end(zone)
                inner = self._open(child, zone)
                self.walk(child, inner)
                self.end(inner)
            elif role == _INLINE:
                self.walk(child, zone)
                if self._captioned:
                    self._caption_ends(zone)
            elif role != _SILENT:
                self._within(child, role, zone)
            if child.tail:
                self._say(child.tail)

    def _within(self, node: HtmlElement, role: int, zone: Zone) -> None:
        """What does not end the run but changes it: a link, stressed words, a line break, a picture."""
        if role == _BREAK:
            self._break(zone)
        elif role == _IMAGE:
            self._picture(node, zone)
        else:
            self._link += role == _LINK
            self._stress += role == _STRESS
            self.walk(node, zone)
            self._link -= role == _LINK
            self._stress -= role == _STRESS
            if self._captioned:
                self._caption_ends(zone)

    def _picture(self, node: HtmlElement, zone: Zone) -> None:
        """A picture inside an inline element: the words beside it there are its caption, no part of the sentence around it."""
        if _ROLES.get(node.getparent().tag, _INLINE) != _BLOCK:
            self.end(zone)
            self._captioned = True
        self._pictured = True

    def _caption_ends(self, zone: Zone) -> None:
        self.end(zone)
        self._captioned = False

    def _open(self, node: HtmlElement, zone: Zone) -> Zone:
        tag = node.tag
        named = node.get("class")
        key = (tag, named, zone.sign if tag in _WITHIN else zone.own)
        own = _own(node, tag) if len(self.zones) < _MOST_NAMED else 0
        inner = Zone(zone, tag, own, self._signs.setdefault(key, len(self._signs) + 1))
        self.zones.append(inner)
        return inner

    def _say(self, text: str) -> None:
        if text.isspace():
            if self._said:
                self._pieces.append(" ")
            return
        self._said, self._broken = True, False
        self._pieces.append(text.replace("\n", " ") if "\n" in text else text)
        if self._link:
            self._linked += weigh(text.strip())
        if self._stress:
            self._stressed += weigh(text.strip())

    def _break(self, zone: Zone) -> None:
        """One line break parts lines, the second in a row parts blocks (paragraphs without an element of their own)."""
        if self._broken:
            self.end(zone)
        elif self._said:
            self._pieces.append("\n")
        self._broken = True

    def end(self, zone: Zone) -> None:
        """Close the run of text; it stands in ``zone``."""
        if not self._said:
            return
        joined = "".join(self._pieces)
        lines = (" ".join(line.split()) for line in joined.split("\n"))
        text = "\n".join([line for line in lines if line]) if "\n" in joined else " ".join(joined.split())
        self.blocks.append(Block(zone, text, self._linked, self._stressed, self._pictured))
        self._pieces, self._linked, self._stressed = [], 0.0, 0.0
        self._said = self._pictured = False


@lru_cache(maxsize=8192)
def _hint(word: str) -> int:
    found = 0
    for match in _WORDS.finditer(word.lower()):
        found |= BIT[match.lastgroup or "content"]
    return found


@lru_cache(maxsize=8192)
def _hints(words: str) -> int:
    found = 0
    for word in words.split()[:_MOST_WORDS]:
        found |= _hint(word[:60])
    return found


def _own(node: HtmlElement, tag: str) -> int:
    found = _TAG_BITS.get(tag, 0)
    if tag in _NOWHERE:
        return found
    for name, value in node.items():
        if name in _NAMING:
            found |= _hints(value[:200])
        elif name in _HIDING and (name == "hidden" or (value == "true" if name == "aria-hidden" else "none" in value[:200])):
            found |= BIT["hidden"]
    return found


def _sum_up(blocks: list[Block], zones: list[Zone]) -> None:
    for block in blocks:
        zone = block.zone
        zone.mass += block.weight
        zone.linked += block.linked
        zone.pieces += 1
        if block.prose:
            zone.prose += block.weight
    for zone in reversed(zones):
        above = zone.parent
        if above is not None and zone.pieces:
            above.mass += zone.mass
            above.linked += zone.linked
            above.prose += zone.prose
            above.pieces += zone.pieces


def _mark(zones: list[Zone]) -> None:
    """Hand hints down; a bad hint on a zone that holds most of the page's prose says nothing."""
    whole = zones[0].prose or 1.0
    for zone in zones:
        zone.share = zone.prose / whole
        zone.dense = zone.linked / zone.mass if zone.mass else 1.0
        own = zone.own if zone.share < _MOST else zone.own & _GOOD
        above = zone.parent
        if above is not None:
            zone.flags = above.flags | own
            plain = zone.tag in _WITHIN and not own & ~BIT["list"]
            zone.near = own | above.near if plain else own
