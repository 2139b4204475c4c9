"""The sentences of two statements side by side, by the words that bear their meaning and not by where they stand.

Pairs are taken by likeness, the most alike first (a greedy matching of the weighted Dice coefficient, rare words weighing more, as in
Gale and Church's successors that align by words); what is out of the order of the others (off the longest increasing run) has moved.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from scraper.model.wording import Row
from scraper.stages.wording.differing import difference
from scraper.stages.wording.folding import Sentence, Token, bearing

ALIKE = 0.35
"""From so much likeness on two sentences are one reworded: a good third of what weighs in both is the same."""

_JOINED = 0.05
"""How much more alike two sentences together must be to the other one than the first of them alone."""

_MOST_SHARED = 200
"""A word in so many pairs of sentences tells none from another."""


@dataclass(frozen=True, slots=True)
class _Pair:
    """Sentences ``old`` of the one text that became ``new`` of the other; mostly one each."""

    old: tuple[int, ...]
    new: tuple[int, ...]


def align(before: Sequence[Sentence], after: Sequence[Sentence]) -> tuple[Row, ...]:
    """Return what became of every sentence, in the order of the newer text, what was dropped where it stood."""
    pairs = _pairs(before, after)
    settled = _settled(pairs)
    rows = [_row(pair, before, after, moved=pair not in settled) for pair in pairs]
    rows += [Row("dropped", before[at].text, before_at=at) for at in _left(len(before), (pair.old for pair in pairs))]
    rows += [Row("new", "", after[at].text, after_at=at) for at in _left(len(after), (pair.new for pair in pairs))]
    return tuple(sorted(rows, key=lambda row: _place(row, settled)))


def _left(size: int, taken: Iterator[tuple[int, ...]]) -> list[int]:
    gone = {at for places in taken for at in places}
    return [at for at in range(size) if at not in gone]


def _place(row: Row, settled: Collection[_Pair]) -> tuple[int, int, int]:
    """By the newer text; what was dropped stands after the sentence that it followed in the older one."""
    if row.after_at >= 0:
        return row.after_at, 0, 0
    anchors = [pair.new[-1] for pair in settled if pair.old[-1] < row.before_at]
    return max(anchors, default=-1), 1, row.before_at


def _row(pair: _Pair, before: Sequence[Sentence], after: Sequence[Sentence], *, moved: bool) -> Row:
    old, new = _joined(before, pair.old), _joined(after, pair.new)
    same = old.folded == new.folded
    op = "moved" if moved else "kept" if same else "reworded"
    return Row(op, old.text, new.text, pair.old[0], pair.new[0], () if same else difference(old, new))


def _joined(sentences: Sequence[Sentence], places: tuple[int, ...]) -> Sentence:
    text, tokens = "", []
    for at in places:
        text += " " if text else ""
        tokens += [Token(t.folded, t.stem, t.start + len(text), t.end + len(text)) for t in sentences[at].tokens]
        text += sentences[at].text
    return Sentence(text, tuple(tokens))


def _pairs(before: Sequence[Sentence], after: Sequence[Sentence]) -> list[_Pair]:
    old, new = [bearing(one) for one in before], [bearing(one) for one in after]
    weights = _weights([*old, *new])
    same = _unchanged(before, after)
    chosen = dict(same)
    taken = set(same.values())
    for _, _, i, j in sorted(_likenesses(old, new, weights)):
        if i not in chosen and j not in taken:
            chosen[i] = j
            taken.add(j)
    pairs = [_Pair((i,), (j,)) for i, j in sorted(chosen.items())]
    return _with_parts(pairs, old, new, weights)


def _unchanged(before: Sequence[Sentence], after: Sequence[Sentence]) -> dict[int, int]:
    """Sentences that are the same word for word, the first with the first."""
    places: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for j in reversed(range(len(after))):
        places[after[j].folded].append(j)
    return {i: places[one.folded].pop() for i, one in enumerate(before) if places.get(one.folded)}


def _weights(sets: Sequence[frozenset[str]]) -> dict[str, float]:
    counts = Counter(word for words in sets for word in words)
    return {word: math.log(1 + len(sets) / count) for word, count in counts.items()}


def _likenesses(
    old: Sequence[frozenset[str]], new: Sequence[frozenset[str]], weights: Mapping[str, float]
) -> Iterator[tuple[float, float, int, int]]:
    """Every pair that is alike enough, with the negative of its likeness and how far apart the two stand."""
    holding: dict[str, list[int]] = defaultdict(list)
    for j, words in enumerate(new):
        for word in words:
            holding[word].append(j)
    for i, words in enumerate(old):
        near = {j for word in words if len(holding.get(word, ())) <= _MOST_SHARED for j in holding.get(word, ())}
        for j in near:
            likeness = _likeness(words, new[j], weights)
            if likeness >= ALIKE:
                yield -likeness, abs(i / len(old) - j / len(new)), i, j


def _likeness(one: frozenset[str], other: frozenset[str], weights: Mapping[str, float]) -> float:
    total = sum(weights[word] for word in one) + sum(weights[word] for word in other)
    return 2 * sum(weights[word] for word in sorted(one & other)) / total if total else 0.0


def _with_parts(
    pairs: list[_Pair], old: Sequence[frozenset[str]], new: Sequence[frozenset[str]], weights: Mapping[str, float]
) -> list[_Pair]:
    """Give a pair the sentence beside it that nothing else became, where it was joined to it or parted from it."""
    free_old, free_new = (
        set(_left(len(sets), (places for places in of))) for sets, of in ((old, (p.old for p in pairs)), (new, (p.new for p in pairs)))
    )
    made = []
    for pair in pairs:
        grown = pair
        for beside in (pair.old[0] - 1, pair.old[0] + 1):
            wider = replace(grown, old=tuple(sorted({*grown.old, beside})))
            if beside in free_old and len(grown.new) == 1 and _gain(grown, wider, old, new, weights) > _JOINED:
                grown = wider
                free_old.discard(beside)
        for beside in (pair.new[0] - 1, pair.new[0] + 1):
            wider = replace(grown, new=tuple(sorted({*grown.new, beside})))
            if beside in free_new and len(grown.old) == 1 and _gain(grown, wider, old, new, weights) > _JOINED:
                grown = wider
                free_new.discard(beside)
        made.append(grown)
    return made


def _gain(pair: _Pair, wider: _Pair, old: Sequence[frozenset[str]], new: Sequence[frozenset[str]], weights: Mapping[str, float]) -> float:
    def alike(one: _Pair) -> float:
        left = frozenset[str]().union(*(old[at] for at in one.old))
        right = frozenset[str]().union(*(new[at] for at in one.new))
        return _likeness(left, right, weights)

    return alike(wider) - alike(pair)


def _settled(pairs: Sequence[_Pair]) -> frozenset[_Pair]:
    """The pairs that stand in one order in both texts: the longest run that increases (patience sorting)."""
    tails: list[int] = []
    links: list[tuple[int, int]] = []  # of each pair: the one before it in its run
    ends: list[int] = []
    for number, pair in enumerate(pairs):
        at = bisect_left(tails, pair.new[0])
        links.append((number, ends[at - 1] if at else -1))
        if at == len(tails):
            tails.append(pair.new[0])
            ends.append(number)
        else:
            tails[at] = pair.new[0]
            ends[at] = number
    kept, number = set(), ends[-1] if ends else -1
    while number >= 0:
        kept.add(pairs[number])
        number = links[number][1]
    return frozenset(kept)
