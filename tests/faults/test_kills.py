"""A real bot that is killed just before or just after any kind of call or commit, and started again."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fakes.databases import ENGINES
from tests.faults.picture import differences, picture
from tests.faults.points import AFTER, BEFORE
from tests.faults.recorded import recorded, standing
from tests.faults.script import STEPS
from tests.faults.stage import SHORT_WHILE
from tests.faults.storm import traces_of_a_storm
from tests.faults.table import AT_BIRTH, POINTS, SOMETIMES
from tests.faults.there import LifeThere, after_a_kill, nursery

#: A thread that stands already, so that a start has something to look at.
_A_THREAD_STANDS = 5


@pytest.mark.parametrize("engine", ENGINES)
def test_the_whole_script_in_one_process_passes_only_points_that_the_table_names(engine: str, tmp_path: Path) -> None:
    here, played, telling = standing(engine), recorded(), tmp_path / "kinds"
    here.back_to(played.moments[0])
    life = LifeThere(here, nursery(), telling=str(telling))
    life.rest()
    for number, step in enumerate(STEPS, 1):
        assert here.try_as_a_person(step.act), step.name
        life.rest()
        here.clock.advance(SHORT_WHILE)
        life.look()
        life.rest()
        assert differences(played.pictures[number], picture(here.moment())) == [], step.name
    life.end()
    later = LifeThere(here, nursery(), telling=str(telling))  # what a start with a thread does
    later.rest()
    later.end()
    passed = set(telling.read_text(encoding="utf-8").splitlines())
    assert passed - set(POINTS) == set(), "kinds of calls or commits without a row in tests/faults/table.py"
    assert set(POINTS) - SOMETIMES - passed == set(), "rows that never happen"


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("side", [BEFORE, AFTER])
@pytest.mark.parametrize("kind", [kind for kind in POINTS if kind not in SOMETIMES])
def test_a_killed_bot_leaves_the_same_rows_and_the_same_thread(kind: str, side: str, engine: str) -> None:
    here, played = standing(engine), recorded()
    at_birth = kind in AT_BIRTH
    number = _A_THREAD_STANDS if at_birth else played.first_step_with(kind)
    assert number is not None, "this kind no longer happens"
    struck, left = after_a_kill(here, nursery(), played.moments[number], STEPS[number], kind, side, at_birth=at_birth)
    assert struck, "it was never killed there"
    assert differences(played.pictures[number + 1], picture(left)) == [], STEPS[number].name


def test_two_replicas_in_a_storm_of_kills_say_everything_once() -> None:
    steps = range(_A_THREAD_STANDS, _A_THREAD_STANDS + 4)
    deaths, traces = traces_of_a_storm(standing("postgresql"), nursery(), 20, steps)
    assert traces == []
    assert deaths == len(steps)
