"""What recurs around the texts of one host, page after page: its furniture, learnt from the pages themselves."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from scraper.stages.extract import furniture, markers, surroundings
from scraper.text import fold

PAGES = 3
"""On how many pages of a host, of other titles and other texts, a paragraph must stand to be its furniture ..."""

SHARE = 0.25
"""... and on what share of the pages looked at."""

WINDOW = 30
"""How many of a host's latest pages are looked at."""

MOST = 60
"""How many paragraphs of a page, and of a host, are kept."""

_LONGEST = 1_000
_EDGE = 2
# What statements are about; a paragraph within one that says so is the text's own.
_MATTERS = re.compile(
    r"\b(?:meetings?|sessions?|summits?|talks|dialogues?|consultations?|rounds?|mechanisms?|initiatives?|frameworks?|cooperation|alliances?|partnerships?|peace|security|stability|treat(?:y|ies)|authentic|signed|done (?:at|in|on))\b|"
    r"평화|안보|안정|정상|장관|성명|서명|평화|동맹|平和|安全|安定|首脳|外相|大臣|長官|声明|次回|署名|同盟",
    re.IGNORECASE,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Surround:
    """What stood around one page's statement, as digests: of its ``title``, of the longest paragraph of its ``body``, and of the
    ``paragraphs`` outside the statement or at its edges that could be the site's own."""

    title: str
    body: str
    paragraphs: tuple[str, ...] = ()


def digest(paragraph: str) -> str:
    """Return 16 hexadecimal digits that stand for a paragraph, equal where only case, white space, quotes or width differ."""
    return hashlib.blake2b(fold(paragraph).encode("utf-8", "replace"), digest_size=8).hexdigest()


def surround(title: str, text: str, statement: tuple[int, int]) -> Surround:
    """Return what of a page's ``text`` (paragraphs parted by line ends) could be its site's own; ``statement`` is the isolated stretch.

    What the parties say or do is left out wherever it stands, as is the line that introduces a text; so is all within the statement but its first and last two
    paragraphs, and of these what is about the things that statements are about: a phrase that statements share must never be taken for furniture.
    """
    lines = [line for line in text[statement[0] : statement[1]].split("\n") if line.strip()]
    edges = lines[:_EDGE] + lines[max(_EDGE, len(lines) - _EDGE) :]
    around = [*reversed(text[: statement[0]].split("\n")), *text[statement[1] :].split("\n")]
    own = [line for line in edges if _could_be_the_sites(line, title) and not _MATTERS.search(line)]
    own += [line for line in around if _could_be_the_sites(line, title)]
    longest = max(lines, key=len, default="")
    return Surround(digest(title), digest(longest), tuple(dict.fromkeys(digest(line) for line in own))[:MOST])


def _could_be_the_sites(line: str, title: str) -> bool:
    plain = line.strip()
    return (
        3 <= len(plain) <= _LONGEST
        and not surroundings.tells_of_acts(plain)
        and not furniture.is_item(plain)
        and not furniture.same_title(plain, title)
        and not markers.introduces(plain)
    )


def recurring(pages: Sequence[Surround]) -> dict[str, int]:
    """Return the digests of paragraphs that are a host's furniture, each with the number of pages it stands on, most frequent first.

    ``pages`` are the host's, latest first; a page with the title or the text of one before it is a copy and does not count.
    """
    distinct: list[Surround] = []
    titles: set[str] = set()
    bodies: set[str] = set()
    for page in pages[:WINDOW]:
        if page.title not in titles and page.body not in bodies:
            distinct.append(page)
        titles.add(page.title)
        bodies.add(page.body)
    counts = Counter(paragraph for page in distinct for paragraph in set(page.paragraphs))
    least = max(PAGES, SHARE * len(distinct))
    return {paragraph: count for paragraph, count in sorted(counts.items(), key=lambda one: (-one[1], one[0]))[:MOST] if count >= least}
