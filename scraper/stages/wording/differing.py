"""The word diff of two sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from scraper.model.revision import Piece
from scraper.stages.wording.folding import Sentence, Token, is_glue

MOST_CELLS = 1_000_000
"""Longer sentences are not compared word by word."""

_Move = tuple[str, int, int, int, int]


def difference(before: Sentence, after: Sentence) -> tuple[Piece, ...]:
    """Return the word diff: all of both texts, what stayed as it stands in the newer one.

    A word that bears no meaning between two changes is part of them: three changes of a word each read worse than one.
    """
    old, new = before.tokens, after.tokens
    return tuple(_pieces(before, after, _grouped(_moves(old, new), old)))


def _moves(old: Sequence[Token], new: Sequence[Token]) -> list[_Move]:
    if len(old) * len(new) > MOST_CELLS:
        return [("replace", 0, len(old), 0, len(new))]
    matcher = SequenceMatcher(None, [t.folded for t in old], [t.folded for t in new], autojunk=False)
    return [(str(op), i1, i2, j1, j2) for op, i1, i2, j1, j2 in matcher.get_opcodes()]


def _grouped(moves: Sequence[_Move], old: Sequence[Token]) -> Iterator[_Move]:
    """Join changes that only glue parts."""
    held: _Move | None = None
    for number, move in enumerate(moves):
        op, i1, i2, j1, j2 = move
        inner = 0 < number < len(moves) - 1
        if op == "equal" and not (inner and i2 - i1 <= 2 and all(is_glue(token) for token in old[i1:i2])):
            if held:
                yield held
            yield move
            held = None
        else:
            held = ("replace", held[1] if held else i1, i2, held[3] if held else j1, j2)
    if held:
        yield held


def _pieces(before: Sentence, after: Sentence, moves: Iterator[_Move]) -> Iterator[Piece]:
    for op, i1, i2, j1, j2 in moves:
        if op == "equal":
            yield Piece("same", _stretch(after, j1, j2))
            continue
        if i2 > i1:
            yield Piece("gone", _stretch(before, i1, i2))
        if j2 > j1:
            yield Piece("new", _stretch(after, j1, j2))


def _stretch(sentence: Sentence, first: int, last: int) -> str:
    """The text of some words up to the next word, so that no mark is lost."""
    tokens = sentence.tokens
    start = tokens[first].start if first else 0
    end = tokens[last].start if last < len(tokens) else len(sentence.text)
    return sentence.text[start:end]
