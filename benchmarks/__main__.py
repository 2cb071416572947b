"""`python -m benchmarks [name …]`: measures, prints ratios; without a name, all of MEASURES."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from benchmarks import conversing, drafting, large, past, reading, starting, thinking

MEASURES = {
    "conversing": conversing.measure,
    "starting": starting.measure,
    "drafting": drafting.measure,
    "large": large.measure,
    "past": past.measure,
    "reading": reading.measure,
    "thinking": thinking.measure,
}


def main(wanted: list[str]) -> int:
    unknown = set(wanted) - MEASURES.keys()
    if unknown:
        print(f"There is no measure {', '.join(sorted(unknown))}; there are {', '.join(MEASURES)}.")
        return 2
    for name, measure in MEASURES.items():
        if not wanted or name in wanted:
            with tempfile.TemporaryDirectory(prefix="postmortem-bench-") as folder:
                measure(Path(folder))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
