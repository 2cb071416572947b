"""Does the full product of deaths leave no trace? Every point of the script, both sides, both databases.

`python -m benchmarks.faults_full [--every K] [--kept FILE] [--storm N] [sqlite|postgresql ...]` says which step it is
at, how much is done and how many minutes are left, and prints every difference; it ends with 1 if there is one.
Without an engine, both. `--every K` plays only each K-th death. With `--kept`, what was played is written to FILE, and
a run that was broken off goes on where it stopped. The tests play every point on SQLite, and each kind on both.

`--storm N` plays something else: the whole script with two replicas on PostgreSQL of which one is killed at every step,
N times, each time at other moments.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import structlog

from tests.fakes.databases import ENGINES
from tests.faults.here import after_a_death, points_of
from tests.faults.picture import differences, picture
from tests.faults.points import AFTER, BEFORE
from tests.faults.recorded import recorded, standing
from tests.faults.script import STEPS
from tests.faults.storm import traces_of_a_storm
from tests.faults.there import Nursery


class Outcome(StrEnum):
    """How a death ended."""

    WELL = "well"
    #: Something that anybody would notice was left, twice.
    TRACE = "left a trace"
    SEEN_ONCE = "left a trace that was not seen again"
    #: The step passed fewer points than when they were counted: how often it reads depends on time.
    MISSED = "never reached"


@dataclass(frozen=True, slots=True)
class Death:
    """One death of the product: where the process ends."""

    engine: str
    step: int
    point: int
    side: str

    def __str__(self) -> str:
        return f"{self.engine} {self.step} {self.point} {self.side}"


def product(engines: Sequence[str], points: Sequence[int], every: int) -> Iterator[Death]:
    """The deaths to play, in their order; `points` is how many each step has."""
    whole = [
        Death(engine, step, point, side)
        for engine in engines
        for step, count in enumerate(points)
        for point in range(count)
        for side in (BEFORE, AFTER)
    ]
    yield from whole[::every]


def traces_of(death: Death) -> tuple[str, list[str]]:
    """What a death leaves that anybody would notice, and the kind of its point."""
    played, step = recorded(), STEPS[death.step]
    moment, expected = played.moments[death.step], played.pictures[death.step + 1]
    try:
        met, left = after_a_death(standing(death.engine), moment, step, death.point, death.side)
    except AssertionError as err:
        return "", [f"it does not go on: {err}"]
    return met, differences(expected, picture(left)) if met else []


def outcome_of(death: Death) -> tuple[Outcome, str, list[str]]:
    """How a death ended. What is seen is looked for twice: a computer that stood still is not the bot's fault."""
    met, found = traces_of(death)
    if found:
        return (Outcome.TRACE if traces_of(death)[1] else Outcome.SEEN_ONCE), met, found
    return (Outcome.WELL if met else Outcome.MISSED), met, found


def main(engines: Sequence[str], every: int, kept: Path | None) -> int:
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))
    played, here = recorded(), standing("sqlite")
    points = [len(points_of(here, played.moments[number], step)) for number, step in enumerate(STEPS)]
    known = _known(kept)
    wanted = list(product(engines, points, every))
    left = [death for death in wanted if str(death) not in known]
    ended = Counter(known[str(death)] for death in wanted if str(death) in known)
    print(f"{len(STEPS)} steps, {sum(points)} points, {len(wanted)} deaths, {len(left)} of them to play", flush=True)
    began, step = time.monotonic(), -1
    for done, death in enumerate(left):
        if death.step != step:
            step = death.step
            spent = time.monotonic() - began
            rest = f", about {spent / done * (len(left) - done) / 60:.0f} minutes left" if done else ""
            print(f"{death.engine:10} {STEPS[step].name:40} {done} of {len(left)} done{rest}", flush=True)
        outcome, met, found = outcome_of(death)
        ended[outcome] += 1
        for line in found:
            print(f"  {death} {met}, {outcome}: {line[:400]}", flush=True)
        if kept is not None:
            with kept.open("a", encoding="utf-8") as file:
                file.write(f"{death}\t{outcome}\n")
    told = ", ".join(f"{count} {outcome}" for outcome, count in sorted(ended.items()))
    print(f"{len(wanted)} deaths: {told}; {time.monotonic() - began:.0f} s")
    return 1 if ended[Outcome.TRACE] else 0


def storm(times: int) -> int:
    """The whole script, `times` over, in a storm of kills; 1 when anybody would notice."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))
    nursery, bad = Nursery(), 0
    try:
        for seed in range(1, times + 1):
            began = time.monotonic()
            deaths, traces = traces_of_a_storm(standing("postgresql"), nursery, seed, range(len(STEPS)))
            bad += bool(traces)
            for line in traces:
                print(f"  seed {seed}: {line[:400]}", flush=True)
            left = (times - seed) * (time.monotonic() - began) / 60
            print(f"storm {seed} of {times}: {deaths} deaths, about {left:.0f} minutes left", flush=True)
    finally:
        nursery.close()
    print(f"{times} storms, {bad} of them left a trace")
    return 1 if bad else 0


def _known(kept: Path | None) -> dict[str, str]:
    if kept is None or not kept.exists():
        return {}
    lines = kept.read_text(encoding="utf-8").splitlines()
    return dict(line.split("\t", 1) for line in lines if "\t" in line)


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(prog="python -m benchmarks.faults_full")
    arguments.add_argument("engines", nargs="*", metavar="engine", help="sqlite or postgresql; both when not told")
    arguments.add_argument("--every", type=int, default=1, help="play only each K-th death")
    arguments.add_argument("--kept", type=Path, help="a file of what was played, to go on from")
    arguments.add_argument("--storm", type=int, default=0, metavar="N", help="play N storms of kills instead")
    chosen = arguments.parse_args()
    if chosen.storm:
        sys.exit(storm(chosen.storm))
    if strange := set(chosen.engines) - set(ENGINES):
        arguments.error(f"there is no engine {', '.join(sorted(strange))}")
    sys.exit(main(chosen.engines or ENGINES, max(1, chosen.every), chosen.kept))
