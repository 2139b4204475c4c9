"""Prints the shape of the code and refuses functions over 50 lines, a median over 8, and files over 400 lines."""

from __future__ import annotations

import ast
import statistics
import sys
from collections.abc import Iterator
from pathlib import Path

LONGEST, MEDIAN, FILE = 50, 8, 400
ROOT = Path(__file__).resolve().parent.parent


def functions(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Yield the lines of code of each function (its docstring not counted) and its name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            first = node.body[0]
            documented = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str)
            doc = (first.end_lineno or 0) - first.lineno + 1 if documented else 0
            yield (node.end_lineno or 0) - node.lineno + 1 - doc, node.name


def main() -> int:
    """Measure every file of the package and the plugins."""
    sizes, faults = [], []
    for path in sorted([*(ROOT / "scraper").rglob("*.py"), *(ROOT / "db").rglob("*.py")]):
        text = path.read_text("utf-8")
        lines = text.count("\n")
        if lines > FILE:
            faults.append(f"{path.relative_to(ROOT)}: {lines} lines, at most {FILE}")
        for size, name in functions(ast.parse(text)):
            sizes.append(size)
            if size > LONGEST:
                faults.append(f"{path.relative_to(ROOT)}: {name} has {size} lines, at most {LONGEST}")
    median = statistics.median(sizes)
    if median > MEDIAN:
        faults.append(f"functions have a median of {median} lines, at most {MEDIAN}")
    print(f"{len(sizes)} functions, median {median} lines, longest {max(sizes)}")
    print("\n".join(faults))
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main())
