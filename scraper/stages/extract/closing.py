"""Short sentences of a text, which the shape of a page gives little hold to find: its last words above all."""

from __future__ import annotations

from collections import Counter

from scraper.stages.extract import surroundings
from scraper.stages.extract.blocks import Block

_REACH = 3
_SURE = 3
_LONG = 300.0


def with_last_words(chosen: list[Block], blocks: list[Block]) -> list[Block]:
    """Return the chosen blocks of a page with the sentences that stand close behind one of them, in the same zone and looking the
    same, be they ever so short; ``blocks`` are all of the page's, in its order.

    Nothing is added where fewer than three chosen paragraphs look like that, or where it is the site that speaks.
    """
    taken = set(map(id, chosen))
    fellows = Counter(block.zone.sign for block in chosen)
    found: list[Block] = []
    behind = _REACH
    for block in blocks:
        behind += 1
        if id(block) in taken:
            behind = 0
            found.append(block)
        elif behind <= _REACH and fellows[block.zone.sign] >= _SURE and _goes_with(block, found[-1]):
            found.append(block)
    return found


def _goes_with(block: Block, last: Block) -> bool:
    if block.zone.sign != last.zone.sign or block.zone.outer is not last.zone.outer or block.linked or block.weight > _LONG:
        return False
    return "\n" not in block.text and surroundings.is_last_word(block.text) and not surroundings.is_around(block.text)
