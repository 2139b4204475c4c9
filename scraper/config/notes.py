"""What is found wrong while one file is read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from scraper.errors import Problem

Table = dict[str, object]
"""A TOML table as :mod:`tomllib` gives it."""


@dataclass(frozen=True, slots=True)
class Notes:
    """Collects the problems and warnings of one ``file``; keys are dotted. Messages never hold a value that could be secret."""

    file: str
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)

    def problem(self, key: str, message: str) -> None:
        """Note a fault that makes the configuration unusable."""
        self.problems.append(Problem(self.file, key, message))

    def warn(self, key: str, message: str) -> None:
        """Note an oddity that stops nobody (an error only where the caller asks to be strict)."""
        self.warnings.append(Problem(self.file, key, message))

    def require(self, truth: bool, key: str, message: str) -> None:
        """Note a problem unless ``truth``."""
        if not truth:
            self.problem(key, message)


def join(*parts: str) -> str:
    """Return the dotted key of ``parts``, empty ones left out; ``[3]`` stands for the third table of an array without an id."""
    return ".".join(part for part in parts if part).replace(".[", "[")


def repeated(values: Iterable[str]) -> tuple[str, ...]:
    """Return the values that occur more than once, each once, in order."""
    seen: dict[str, int] = {}
    for value in values:
        seen[value] = seen.get(value, 0) + 1
    return tuple(value for value, count in seen.items() if count > 1)
