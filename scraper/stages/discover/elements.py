"""An XML document as plain values, so that the paths that read JSON read it too.

An element is its text where it has neither children nor attributes, else a dict of lists: children by local name (without their
namespace's prefix), attributes by ``@name``, its own text by ``""``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias
from xml.parsers import expat

from scraper.errors import DiscoverError
from scraper.stages.discover.document import DEEPEST, MOST_CHARACTERS, ROOT, from_root, mended

Element: TypeAlias = "str | dict[str, list[Element]]"

MOST_ELEMENTS = 300_000
_MOST_REFERENCES = 200_000
_HTML = frozenset({"html", "body", "head", "script", "div", "p"})


@dataclass(frozen=True, slots=True)
class Tree:
    """A document's root element: its local name in lower case (``""`` where there is no XML) and its value; ``notes`` on what was cut."""

    root: str
    value: Element
    notes: tuple[str, ...] = ()


def read_elements(text: str, skip: frozenset[str] = frozenset()) -> Tree:
    """Return the document in ``text``; elements named in ``skip`` (local names) are left out with all that is in them.

    Bare ampersands and HTML's named characters are mended; of a document that is cut off, what came whole is kept. HTML and what
    is no markup give a Tree without root. Raises DiscoverError (parse) for declared entities, more nesting than DEEPEST, more
    than MOST_CHARACTERS, or a document of which nothing can be read.
    """
    if len(text) > MOST_CHARACTERS:
        raise DiscoverError(f"a document of {len(text)} characters is too large to parse", code="parse")
    markup = from_root(text)
    found = ROOT.match(markup)
    if found is None or found.group(2).lower() in _HTML:
        return Tree("", "")
    built = _Builder(skip).build(markup)
    if built.fault and markup.count("&") < _MOST_REFERENCES:
        again = _Builder(skip).build(mended(markup))
        built = again if not again.fault or again.count > built.count else built
    if built.fault and built.count == 0:
        raise DiscoverError(f"a broken document of which nothing can be read ({built.fault})", code="parse")
    notes = (f"broken or cut off after {built.count} elements: {built.fault}",) if built.fault else ()
    return Tree(found.group(2).lower(), built.value, notes)


class _Enough(Exception):
    """More elements than are wanted."""


@dataclass(slots=True)
class _Frame:
    """An element that is open."""

    name: str
    inside: dict[str, list[Element]] = field(default_factory=dict)
    text: list[str] = field(default_factory=list)

    def close(self) -> Element:
        text = "".join(self.text).strip()
        if not self.inside:
            return text
        if text:
            self.inside[""] = [text]
        return self.inside


class _Builder:
    """Builds values while expat reads; ``fault`` says why it ended early, ``count`` how many elements came whole."""

    def __init__(self, skip: frozenset[str]) -> None:
        self.value: Element = ""
        self.fault = ""
        self.count = 0
        self._skip = skip
        self._skipped = 0
        self._open: list[_Frame] = []

    def build(self, markup: str) -> _Builder:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        try:
            parser.Parse(markup.encode("utf-8"), True)
        except expat.ExpatError as error:
            self.fault = expat.ErrorString(error.code)
        except _Enough:
            self.fault = f"more than {MOST_ELEMENTS} elements"
        self._give_up()
        return self

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        local = _local(name)
        if self._skipped or local in self._skip:
            self._skipped += 1
        else:
            self._open.append(_Frame(local, {f"@{_local(key)}": [value] for key, value in attributes.items()}))
        if len(self._open) + self._skipped > DEEPEST:
            raise DiscoverError(f"elements nested deeper than {DEEPEST}", code="parse")

    def _end(self, _name: str) -> None:
        if self._skipped:
            self._skipped -= 1
            return
        self.count += 1
        self._keep(self._open.pop())
        if self.count > MOST_ELEMENTS:
            raise _Enough

    def _characters(self, text: str) -> None:
        if not self._skipped and self._open:
            self._open[-1].text.append(text)

    def _keep(self, frame: _Frame) -> None:
        value = frame.close()
        if self._open:
            self._open[-1].inside.setdefault(frame.name, []).append(value)
        else:
            self.value = value

    def _give_up(self) -> None:
        """Close what is still open, without the half item: the outermost element that repeats one which came whole."""
        pairs = zip(self._open, self._open[1:], strict=False)
        whole = next((at for at, (outer, inner) in enumerate(pairs, 1) if inner.name in outer.inside), 1)
        del self._open[whole:]
        while self._open:
            self._keep(self._open.pop())


def _local(name: str) -> str:
    return name.rpartition(" ")[2]
