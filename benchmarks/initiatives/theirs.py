"""flashtext2 in a process of its own, run by the Python of a virtual environment that has it; imports nothing of ours."""

from __future__ import annotations

import json
import sys
import time
from importlib.metadata import version
from pathlib import Path

from flashtext2 import KeywordProcessor


def main(file: str) -> None:
    """Answer each line of standard input with the seconds of CPU for all texts of ``file`` and how many names were found."""
    told = json.loads(Path(file).read_text("utf-8"))
    processor = KeywordProcessor(case_sensitive=False)
    for name in told["names"]:
        processor.add_keyword(name)
    print(json.dumps({"version": version("flashtext2")}), flush=True)
    for _ in sys.stdin:
        began = time.process_time()
        found = sum(len(processor.extract_keywords(text)) for text in told["texts"])
        print(json.dumps({"cpu": time.process_time() - began, "found": found}), flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
