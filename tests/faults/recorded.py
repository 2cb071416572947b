"""What does the script look like when nothing happens to it? Played once per test run, to compare with."""

from __future__ import annotations

import atexit
import fcntl
import functools
import os
import pickle
import shutil
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.fakes.databases import migrated
from tests.faults.here import LifeHere, play
from tests.faults.picture import picture
from tests.faults.points import BEFORE, Fate
from tests.faults.script import STEPS
from tests.faults.stage import Moment, Stage, stage


@dataclass(frozen=True)
class Recorded:
    """The moments before each step and after the last one, and the kinds of points that each step passes."""

    moments: tuple[Moment, ...]
    kinds: tuple[tuple[str, ...], ...]
    pictures: tuple[dict[str, Any], ...]

    def first_step_with(self, kind: str) -> int | None:
        return next((n for n, kinds in enumerate(self.kinds) if kind in kinds), None)


@functools.cache
def standing(engine: str) -> Stage:
    """The stage of this test process on one engine; whoever uses it puts it back to the moment they begin with."""
    open_for_now = ExitStack()
    folder = Path(tempfile.mkdtemp(prefix="postmortem-faults-"))
    open_for_now.callback(shutil.rmtree, folder, ignore_errors=True)
    here = open_for_now.enter_context(stage(open_for_now.enter_context(migrated(engine, folder))))
    # After the database server has asked to be stopped at the end, so that this is closed before.
    atexit.register(open_for_now.close)
    return here


@functools.cache
def recorded() -> Recorded:
    """One life without a death, on SQLite; rows of it may be put into either database.

    The processes of one test run share it: the first plays, the others wait for what it has written down.
    """
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID")
    if run is None:
        return _played()
    written = Path(tempfile.gettempdir()) / f"postmortem-recorded-{run}"
    with written.open("a+b") as file:
        atexit.register(written.unlink, missing_ok=True)
        fcntl.flock(file, fcntl.LOCK_EX)
        file.seek(0)
        known = file.read()
        if known:
            recorded: Recorded = pickle.loads(known)  # noqa: S301 - written by this very run
            return recorded
        recorded = _played()
        file.write(pickle.dumps(recorded))
        return recorded


def _played() -> Recorded:
    here = standing("sqlite")
    passed: list[str] = []
    life = LifeHere(here, Fate(lambda kind, side: passed.append(kind) if side == BEFORE else None))
    life.begin()
    life.rest()
    moments, kinds = [here.moment()], []
    try:
        for step in STEPS:
            passed.clear()
            assert play(here, life, step), f"{step.name} failed"
            kinds.append(tuple(passed))
            moments.append(here.moment())
    finally:
        life.end()
    return Recorded(tuple(moments), tuple(kinds), tuple(picture(m) for m in moments))
