"""Does the full product of deaths leave no trace? Every point of the script, both sides, both databases.

`python -m benchmarks.faults_full [sqlite|postgresql]` prints a line per step and every difference; 1 if there is one.
Without an argument, both. It takes some minutes: the tests play every point on SQLite, and each kind on both.
"""

from __future__ import annotations

import sys
import time

import structlog

from tests.fakes.databases import ENGINES
from tests.faults.here import after_a_death, points_of
from tests.faults.picture import differences, picture
from tests.faults.points import AFTER, BEFORE
from tests.faults.recorded import recorded, standing
from tests.faults.script import STEPS


def main(engines: tuple[str, ...]) -> int:
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))
    played, deaths, traces = recorded(), 0, 0
    for engine in engines:
        here = standing(engine)
        for number, step in enumerate(STEPS):
            began, expected = time.monotonic(), played.pictures[number + 1]
            kinds = points_of(here, played.moments[number], step)
            for point in range(len(kinds)):
                for side in (BEFORE, AFTER):
                    met, left = after_a_death(here, played.moments[number], step, point, side)
                    deaths += 1
                    found = differences(expected, picture(left)) if met else ["the point was never reached"]
                    traces += bool(found)
                    for line in found:
                        print(f"  {side} {met or kinds[point]}: {line[:400]}")
            print(f"{engine:10}  {step.name:40} {len(kinds):3} points  {time.monotonic() - began:6.1f} s", flush=True)
    print(f"{deaths} deaths, {traces} of them left a trace")
    return 1 if traces else 0


if __name__ == "__main__":
    sys.exit(main(tuple(sys.argv[1:]) or ENGINES))
