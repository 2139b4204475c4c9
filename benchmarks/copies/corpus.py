"""The texts: articles of invented words, statements half made of what every statement says, and copies of them that were changed.

Every text is told by its number alone, so that each process makes the same ones without asking another.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from itertools import accumulate, islice
from random import Random

COPIES = ("boilerplate", "cut_20", "swapped_15", "swapped_30", "excerpt_25", "statement")
"""The classes of copies; each is to be found."""

Sentences = list[list[str]]

_ONSETS = ("b", "br", "c", "d", "dr", "f", "g", "gl", "h", "j", "k", "l", "m", "n", "p", "pl", "r", "s", "sk", "t", "tr", "v", "w", "z")
_RIMES = ("ab", "an", "ar", "e", "ek", "el", "en", "i", "im", "in", "ost", "ol", "on", "u", "um", "ur")
_SMALL = [
    "the",
    "of",
    "and",
    "to",
    "in",
    "a",
    "for",
    "on",
    "with",
    "as",
    "by",
    "at",
    "from",
    "it",
    "that",
    "is",
    "was",
    "be",
    "or",
    "which",
    "its",
    "their",
    "has",
    "had",
    "not",
    "but",
    "will",
    "after",
    "under",
]
_WORDS = 9000
STOCK = """
The three ministers reaffirmed that the security of their countries and that of the region cannot be parted.
They strongly condemned the launches of ballistic missiles as violations of the resolutions of the United Nations Security Council.
They reaffirmed their commitment to the complete denuclearization of the Korean Peninsula in accordance with those resolutions.
The Secretary reiterated that the commitment of the United States to the defense of Japan and the Republic of Korea is ironclad.
They stressed the importance of peace and stability across the Taiwan Strait as indispensable to the international community.
The leaders welcomed the progress made in trilateral cooperation and agreed to continue close coordination at all levels.
They opposed any unilateral attempts to change the status quo by force or coercion anywhere in the Indo-Pacific.
The officials shared their assessments of the situation in the region and exchanged views on issues of mutual concern.
They underscored the importance of freedom of navigation and overflight and of respect for international law.
The sides emphasized that the path to dialogue remains open and called on North Korea to return to negotiations.
They expressed concern over military cooperation between Russia and North Korea and its implications for global security.
The ministers affirmed their support for an immediate resolution of the issues of abductees and detainees.
They discussed ways to strengthen the resilience of supply chains for semiconductors and critical minerals.
The three countries will continue to work together to promote sustainable development and the rule of law.
They decided to hold regular consultations among their national security advisers and their vice ministers.
The participants recognized the importance of exchanges among young people for the future of the partnership.
They pledged to deepen cooperation with the countries of Southeast Asia and of the Pacific Islands.
The delegations reviewed the implementation of what their leaders had agreed and noted the progress in each field.
They welcomed the successful conduct of joint exercises in the air, at sea, under water and in cyber space.
The ministers agreed to meet again at a mutually convenient time and expressed appreciation to the host.
They highlighted efforts to address the threat of malicious cyber activities that fund unlawful weapons programs.
The sides reiterated that human rights and humanitarian issues remain an essential part of their common agenda.
""".strip().splitlines()
"""Sentences that every statement says."""


def document(number: int) -> str:
    """Return a document that is stored: of twenty, one is a statement; of the articles two in three stand between their site's furniture."""
    if number % 20 == 19:
        return said(statement(number))
    return said(article(number) if number % 3 == 0 else framed(article(number), number % 40))


def original(number: int) -> str:
    """Return the article of a number without any furniture."""
    return said(article(number))


def drawn(seed: str) -> Random:
    """Return the chance of a name: the same texts at every run."""
    return Random(seed)  # noqa: S311  nothing is kept secret by it


def article(number: int) -> Sentences:
    """Return an article of 350 to 850 invented words."""
    chance = drawn(f"article {number}")
    return prose(chance, chance.randint(350, 850))


def statement(number: int) -> Sentences:
    """Return a statement: eight to fourteen sentences that others say too, and between them as many words or some more of its own."""
    chance = drawn(f"statement {number}")
    stock = [line.split() for line in chance.sample(STOCK, chance.randint(8, 14))]
    made = stock + prose(chance, round(sum(map(len, stock)) * chance.uniform(1.0, 1.5)))
    chance.shuffle(made)
    return made


def pair(number: int) -> tuple[str, str]:
    """Return two different statements that have 40 to 50 percent of their words in common: the stock sentences, in two orders."""
    chance = drawn(f"pair {number}")
    stock = [line.split() for line in chance.sample(STOCK, chance.randint(8, 14))]
    words = round(sum(map(len, stock)) * chance.uniform(1.0, 1.5))
    made = [stock + prose(chance, words) for _ in range(2)]
    for one in made:
        chance.shuffle(one)
    return said(made[0]), said(made[1])


def copy(kind: str, number: int) -> str:
    """Return the copy of a class of the article (or, as a statement, of the statement) of a number."""
    return _CHANGES[kind](number, drawn(f"{kind} {number}"))


def framed(text: Sentences, site: int) -> Sentences:
    """Return a text between the furniture of a site, 100 to 220 words that stand on all of its pages."""
    furniture = _furniture(site)
    half = len(furniture) // 2
    return furniture[:half] + text + furniture[half:]


@cache
def _furniture(site: int) -> Sentences:
    chance = drawn(f"site {site}")
    return prose(chance, chance.randint(100, 220))


def said(text: Sentences) -> str:
    """Return sentences as a text."""
    return " ".join(" ".join(sentence) for sentence in text)


def cut(text: Sentences, chance: Random) -> Sentences:
    """Return four sentences in five of a text, in their order."""
    return [text[at] for at in sorted(chance.sample(range(len(text)), round(len(text) * 0.8)))]


def _swapped(text: Sentences, share: float, chance: Random) -> Sentences:
    """Every word of substance becomes its synonym with a chance of ``share``."""
    words, where = _vocabulary()
    return [
        [words[where[word] * 31 % _WORDS] if word in where and chance.random() < share else word for word in sentence] for sentence in text
    ]


def prose(chance: Random, words: int) -> Sentences:
    """Sentences of ten to 28 words, of ``words`` words and a few more."""
    sizes: list[int] = []
    while sum(sizes) < words:
        sizes.append(chance.randint(10, 28))
    drawn = iter(chance.choices(_vocabulary()[0], cum_weights=_weights(), k=sum(sizes)))
    return [list(islice(drawn, size)) for size in sizes]


@cache
def _vocabulary() -> tuple[list[str], dict[str, int]]:
    chance = drawn("words")
    words: dict[str, int] = {}
    while len(words) < _WORDS:
        word = "".join(chance.choice(_ONSETS) + chance.choice(_RIMES) for _ in range(chance.choice((2, 2, 3, 4))))
        words.setdefault(word, len(words))
    return [*words, *_SMALL], words


@cache
def _weights() -> list[float]:
    """Words are as uneven as in a language (Zipf): the tenth comes about half as often as the first. Two words in five are small ones."""
    weights = [1 / (rank + 10) for rank in range(_WORDS)]
    return list(accumulate(weights + [sum(weights) * 2 / 3 / len(_SMALL)] * len(_SMALL)))


_CHANGES: dict[str, Callable[[int, Random], str]] = {
    "boilerplate": lambda number, chance: said(framed(article(number), 1000 + chance.randrange(50))),
    "cut_20": lambda number, chance: said(cut(article(number), chance)),
    "swapped_15": lambda number, chance: said(_swapped(article(number), 0.15, chance)),
    "swapped_30": lambda number, chance: said(_swapped(article(number), 0.30, chance)),
    "excerpt_25": lambda number, _: said(article(number)[: max(2, len(article(number)) // 4)]),
    "statement": lambda number, chance: said(framed(statement(number), 2000 + chance.randrange(50))),
}


def probes(documents: int, each: int) -> Iterator[tuple[str, int, int]]:
    """Yield (class, number, number of the document to be found): every class asks for documents of its own, spread over all."""
    stride = documents // (len(COPIES) * each)
    for turn in range(each):
        for at, kind in enumerate(COPIES):
            number = (turn * len(COPIES) + at) * stride
            wanted = number // 20 * 20 + 19 if kind == "statement" else number // 60 * 60 + 3 * (at + 1)
            yield kind, wanted, wanted
