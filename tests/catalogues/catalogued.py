"""What is wrong with the catalogues, and which messages the package asks for."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Formatter

from babel.messages.catalog import Catalog, Message
from babel.messages.plurals import get_plural
from babel.messages.pofile import read_po

from scraper.catalogues import SOURCE, key_of
from scraper.catalogues.dates import PATTERN

NAMES = ("robots.txt",)
"""What is written in Latin letters in every language."""

OWN_LETTERS = {"ko": re.compile(r"[A-Za-z぀-ヿ一-鿿]"), "ja": re.compile(r"[A-Za-z가-힣]")}
"""Letters that are not the language's own: they tell of words not translated, or pasted from another catalogue."""

PARTICLE = re.compile(r"\}[’”'\")]?(?:은|는|이|가|을|를|과|와|으로|로)(?=[\s,.]|\Z)")
"""A Korean particle whose form hangs on the sound before it, after a word that is filled in and may end in any."""

_ENTRY = re.compile(r"^msgid ", re.MULTILINE)
_SAID = re.compile(r"\bsay(?:\.(?:filled|counted)\(|\[)\s*[\"'](\w+)")
Key = tuple[str, str]


@dataclass(frozen=True)
class Opened:
    """A file as it was written, its obsolete messages among it."""

    text: str
    catalogue: Catalog

    @property
    def messages(self) -> dict[Key, Message]:
        return {(one.context or "", key_of(one)): one for one in self.catalogue if one.id}


def opened(folder: Path) -> dict[str, Opened]:
    """Every file of the folder by language. A message with more plural forms than its language has is no message, and raises PoFileError."""
    found = {}
    for path in sorted(folder.glob("*.po")):
        with path.open("rb") as stream:
            found[path.stem] = Opened(path.read_text("utf-8"), read_po(stream, abort_invalid=True))
    return found


def faults(folder: Path) -> list[str]:
    """What a translator has to mend, each in a sentence; nothing where all is in order."""
    files = opened(folder)
    source = files[SOURCE].messages
    return [
        f"{language}: {fault}"
        for language, one in files.items()
        for fault in (*_of_file(language, one), *_of_messages(language, one, source))
    ]


def _of_file(language: str, one: Opened) -> Iterator[str]:
    catalogue = one.catalogue
    if str(catalogue.locale) != language:
        yield f"Language is {catalogue.locale}"
    asked = get_plural(language).num_plurals
    if "Plural-Forms:" not in one.text or catalogue.num_plurals != asked:
        yield f"Plural-Forms are not those of the language, which has {asked}"
    if len(_ENTRY.findall(one.text)) != len(one.messages) + 1:
        yield "a message stands there twice"
    yield from (f"{key_of(message)} is obsolete" for message in catalogue.obsolete.values())


def _of_messages(language: str, one: Opened, source: Mapping[Key, Message]) -> Iterator[str]:
    messages = one.messages
    yield from (f"{key} is missing" for key in source.keys() - messages.keys())
    yield from (f"{key} is not in {SOURCE}" for key in messages.keys() - source.keys())
    for key in source.keys() & messages.keys():
        yield from (f"{key} {fault}" for fault in _of_message(language, messages[key], source[key]))


def _of_message(language: str, message: Message, source: Message) -> Iterator[str]:
    if message.fuzzy:
        yield "is fuzzy"
    if message.id != source.id or (message.pluralizable and len(set(message.id)) > 1):
        yield "has another msgid_plural"
    last = places(forms(source)[-1])
    for number, form in enumerate(forms(message), 1):
        if not form:
            yield "is empty"
        elif places(form) != last and not (number < len(forms(message)) and places(form) == last - {"n"}):
            yield f"has the places {sorted(places(form))}, not {sorted(last)}"
        if message.context != PATTERN and language in OWN_LETTERS and OWN_LETTERS[language].search(_bare(form)):
            yield f"is not translated: {form}"
        if language == "ko" and PARTICLE.search(form):
            yield f"has a particle after a place: {form}"


def forms(message: Message) -> tuple[str, ...]:
    """The one form of a message or all its plural forms; the form of one thing may leave its number out."""
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ("",))


def places(text: str) -> set[str]:
    """The names in braces."""
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def _bare(text: str) -> str:
    for name in NAMES:
        text = text.replace(name, "")
    return re.sub(r"\{\w+\}", "", text)


@dataclass(frozen=True)
class Uses:
    """Expressions for the keys that code asks for by name, and for every string that it holds."""

    asked: frozenset[str]
    strings: frozenset[str]


def uses(*packages: Path) -> Uses:
    """What the modules and templates of packages ask for."""
    trees = [ast.parse(path.read_text("utf-8")) for package in packages for path in sorted(package.glob("*.py"))]
    templates = {key for package in packages for path in package.glob("templates/*") for key in _SAID.findall(path.read_text("utf-8"))}
    asked = {key for tree in trees for node in ast.walk(tree) for part in _asking(node) for key in _keys(part)}
    strings = {key for tree in trees for node in ast.walk(tree) for key in _keys(node)}
    return Uses(frozenset(asked | templates), frozenset(strings | templates))


def _asking(node: ast.AST) -> Iterator[ast.expr]:
    """The expression of a key: ``say[key]``, ``say.filled(key)``, ``say.counted(key)``, ``self._fact(key)``, ``counted(language, key, n)``."""
    if isinstance(node, ast.Subscript) and (_name(node.value).endswith(("say", "_shared")) or _name(node.value) == "phrases"):
        yield node.slice
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in {"filled", "counted", "_fact"}:
        yield from node.args[:1]
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "counted":
        yield from node.args[1:2]


def _name(node: ast.expr) -> str:
    if isinstance(node, ast.Call):
        return _name(node.func)
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def _keys(node: ast.AST) -> Iterator[str]:
    """Expressions for the strings that a node may be."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield re.escape(node.value)
    elif isinstance(node, ast.IfExp):
        yield from (*_keys(node.body), *_keys(node.orelse))
    elif isinstance(node, ast.JoinedStr) and any(
        isinstance(part, ast.Constant) and re.search(r"\w", str(part.value)) for part in node.values
    ):
        yield "".join(re.escape(str(part.value)) if isinstance(part, ast.Constant) else r"\w+" for part in node.values)
