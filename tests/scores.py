"""Runs the scorer of the shared material on the installed command and refuses to fall below the floors kept beside this file.

Skips with a reason, and succeeds, where the shared material is absent. With --write the floors rise to what was reached.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
FLOORS = ROOT / "tests" / "floors.json"
SLACK = 0.0005


def measured(shared: Path) -> dict[str, Any]:
    """Return the scorer's figures."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "scores.json"
        command = [sys.executable, str(shared / "eval/statements/score.py"), "--command", str(Path(sys.executable).parent / "trilateral")]
        subprocess.run([*command, "--config", str(ROOT / "config"), "--json", str(out)], check=True)
        scores: dict[str, Any] = json.loads(out.read_text("utf-8"))
    return scores


def below(scores: dict[str, Any], floors: dict[str, Any]) -> list[str]:
    """Return a sentence for each figure that fell: shares must not fall, counts of faults must not rise."""
    fallen = []
    for part, figures in floors.items():
        for name, floor in figures.items():
            got = scores[part][name]
            worse = got > floor if name in ("wrong", "false") else got < floor - SLACK
            if worse:
                fallen.append(f"{part} {name}: {got} is worse than the floor {floor}")
    return fallen


def main() -> int:
    """Score and compare."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    if not (given.shared / "eval/statements/score.py").exists():
        print(f"scores skipped: there is no shared material at {given.shared.name}")
        return 0
    scores = measured(given.shared)
    floors = json.loads(FLOORS.read_text("utf-8"))
    if given.write:
        floors = {part: {name: scores[part][name] for name in figures} for part, figures in floors.items()}
        FLOORS.write_text(json.dumps(floors, indent=1) + "\n", "utf-8")
    fallen = below(scores, floors)
    print("\n".join(fallen) or "no score fell below its floor")
    return bool(fallen)


if __name__ == "__main__":
    sys.exit(main())
