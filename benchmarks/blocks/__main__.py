"""Learns ``scraper/stages/extract/weights.py`` from labelled pages; prints the cross-validated figures, as the last line in JSON.

The folder of pages holds ``evaldata.json`` (address -> file, and the pieces of text ``with`` and ``without`` which the main text
must be) and the pages in ``cache/`` and ``eval/``, as trafilatura's evaluation data are laid out. A block with a piece of the text
is a good one, a block with another piece a bad one; the general extractor's verdict on all others counts a little, so that the
weights hold for whole texts. Five folds by the digest of the file name: each page is scored by weights learnt from the other four.

    python -m benchmarks.blocks PAGES [--write]
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from hashlib import md5
from pathlib import Path

import trafilatura

from benchmarks.blocks.fitting import Row, fit
from scraper.stages.extract import tree
from scraper.stages.extract.blocks import Layout, read
from scraper.stages.extract.choice import chosen, context, judged
from scraper.stages.extract.decode import decode
from scraper.stages.extract.render import render
from scraper.stages.extract.signs import signs
from scraper.text import clean, squeeze

_FOLDS = 5
_LABELLED, _FAINT = 1.0, 0.2
_EVERY = 4  # of the blocks without a label one in so many is learnt from
_TARGET = Path(__file__).resolve().parents[2] / "scraper" / "stages" / "extract" / "weights.py"
_HEAD = '''"""What every sign says of a block, as log odds: made by ``python -m benchmarks.blocks``, not by hand.

``SIGNS`` weighs the signs of ``signs.py``, ``CONTEXT`` the columns of ``choice.context`` in their order.
"""

from __future__ import annotations

from typing import Final

'''


class Sample:
    """One labelled page: its layout, its signs, and for each block a label (1 or 0) with the weight of that label."""

    def __init__(self, name: str, html: str, wanted: Sequence[str], unwanted: Sequence[str]) -> None:
        root = tree.parse(html)
        if root is None:
            raise ValueError(name)
        self.fold = md5(name.encode(), usedforsecurity=False).digest()[0] % _FOLDS
        self.wanted, self.unwanted = [squeeze(clean(piece)) for piece in wanted], [squeeze(clean(piece)) for piece in unwanted]
        self.layout: Layout = read(root)
        self.signs = [["bias", *held] for held in signs(self.layout)]
        self.texts = [squeeze(clean(block.text)) for block in self.layout.blocks]
        self._labels(squeeze(clean(trafilatura.extract(html, include_comments=False) or "")))

    def _labels(self, general: str) -> None:
        self.labels = [float(text in general) for text in self.texts]
        self.weights = [_FAINT if place % _EVERY == 0 else 0.0 for place in range(len(self.texts))]
        good = set()
        for piece in self.wanted:
            holding = [place for place, text in enumerate(self.texts) if piece in text]
            if holding:
                best = max(holding, key=lambda place: (self.texts[place] in general, len(self.texts[place])))
                self.weights[best] = self.weights[best] + _LABELLED if best in good else _LABELLED
                self.labels[best] = 1.0
                good.add(best)
        for piece in self.unwanted:
            holding = [place for place, text in enumerate(self.texts) if piece in text and place not in good]
            for place in holding:
                self.labels[place], self.weights[place] = 0.0, max(self.weights[place], _LABELLED / len(holding) ** 0.5)

    def rows(self, columns: Sequence[Row]) -> list[tuple[Row, float, float]]:
        """Return what there is to learn from: the row of each block that has a weight, its label, its weight."""
        return [(row, label, weight) for row, label, weight in zip(columns, self.labels, self.weights, strict=True) if weight > 0.0]

    def counted(self, scores: Sequence[float]) -> tuple[int, int, int]:
        """Return how many pieces were rightly and wrongly found, and how many missed."""
        text = squeeze(render(chosen(judged(self.layout.blocks, scores))))
        right = sum(piece in text for piece in self.wanted)
        return right, sum(piece in text for piece in self.unwanted), len(self.wanted) - right


def main(arguments: list[str]) -> int:
    """Learn, print, and with ``--write`` replace the table; see the module."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.blocks", description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("pages", type=Path)
    parser.add_argument("--write", action="store_true", help="replace the table of weights")
    chosen_ = parser.parse_args(arguments)
    samples = _samples(chosen_.pages)
    first = _crossed(samples, [[_named(held) for held in sample.signs] for sample in samples])
    views = [[_numbered(row) for row in context(sample.layout, scores)] for sample, scores in zip(samples, first, strict=True)]
    second = _crossed(samples, views)
    for name, scores in (("signs", first), ("with context", second)):
        print(f"{name:14s} F1 {_figures(samples, scores)['f1']:.4f}")
    if chosen_.write:
        signs_, columns = _learnt(samples, [[_named(held) for held in sample.signs] for sample in samples]), _learnt(samples, views)
        _TARGET.write_text(_table(signs_, columns), "utf-8")
    print(json.dumps(_figures(samples, second)))
    return 0


def _samples(folder: Path) -> list[Sample]:
    said = json.loads((folder / "evaldata.json").read_text("utf-8"))
    found = []
    for address in sorted(said):
        value = said[address]
        path = next((path for part in ("cache", "eval") if (path := folder / part / value["file"]).is_file()), None)
        if path is not None:
            found.append(Sample(value["file"], decode(path.read_bytes()).text, value["with"], value["without"]))
    return found


def _named(held: Sequence[str]) -> Row:
    return dict.fromkeys(held, 1.0)


def _numbered(row: Sequence[float]) -> Row:
    return {f"{place:02d}": float(value) for place, value in enumerate(row)}


def _learnt(samples: Sequence[Sample], columns: Sequence[Sequence[Row]]) -> dict[str, float]:
    return fit([row for sample, own in zip(samples, columns, strict=True) for row in sample.rows(own)])


def _crossed(samples: Sequence[Sample], columns: Sequence[Sequence[Row]]) -> list[list[float]]:
    """Return the scores of every block of every page, by weights learnt without its fold."""
    scores: list[list[float]] = [[] for _ in samples]
    for fold in range(_FOLDS):
        others = [place for place, sample in enumerate(samples) if sample.fold != fold]
        weights = _learnt([samples[place] for place in others], [columns[place] for place in others])
        for place, sample in enumerate(samples):
            if sample.fold == fold:
                scores[place] = [sum(weights.get(name, 0.0) * value for name, value in row.items()) for row in columns[place]]
    return scores


def _figures(samples: Sequence[Sample], scores: Sequence[Sequence[float]]) -> dict[str, float]:
    counts = [sample.counted(own) for sample, own in zip(samples, scores, strict=True)]
    right, wrong, missed = (sum(count[place] for count in counts) for place in range(3))
    return {
        "pages": len(samples),
        "f1": round(2 * right / (2 * right + wrong + missed), 4),
        "precision": round(right / (right + wrong), 4),
        "recall": round(right / (right + missed), 4),
    }


def _table(named: dict[str, float], columns: dict[str, float]) -> str:
    entries = [f'"{name}": {value:.2f}' for name, value in sorted(named.items()) if abs(value) >= 0.03]
    numbers = [f"{columns[name]:.3f}" for name in sorted(columns)]
    return (
        f'{_HEAD}SIGNS: Final = {{\n{_wrapped(entries)}}}  # fmt: skip\n"""Log odds of each sign; one that is not named says nothing."""\n\n'
        f'CONTEXT: Final = (\n{_wrapped(numbers)})  # fmt: skip\n"""Log odds of each column of the second look."""\n'
    )


def _wrapped(items: Sequence[str]) -> str:
    lines, line = [], "   "
    for item in items:
        if len(line) + len(item) > 136:
            lines.append(line)
            line = "   "
        line += f" {item},"
    return "\n".join([*lines, line]) + "\n"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
