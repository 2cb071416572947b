"""A bot that dies at any point of the script and is put together anew leaves the same rows and the same thread."""

from __future__ import annotations

import pytest

from tests.faults.here import after_a_death, points_of
from tests.faults.picture import differences, picture
from tests.faults.points import AFTER, BEFORE
from tests.faults.recorded import recorded, standing
from tests.faults.script import STEPS


@pytest.mark.parametrize("number", range(len(STEPS)), ids=[s.name.replace(" ", "-") for s in STEPS])
def test_a_death_at_any_point_of_a_step_changes_nothing_that_anybody_would_notice(number: int) -> None:
    played, here, step = recorded(), standing("sqlite"), STEPS[number]
    kinds = points_of(here, played.moments[number], step)
    assert differences(played.pictures[number + 1], picture(here.moment())) == [], "without any death"
    assert kinds
    missed = []
    for point in range(len(kinds)):
        # What follows one point reaches nobody before the next: to die after it is to die before the one that follows.
        for side in (BEFORE, AFTER) if point == 0 else (AFTER,):
            met, left = after_a_death(here, played.moments[number], step, point, side)
            where = f"a death {side} point {point}, {met}"
            missed += [] if met else [where]
            assert differences(played.pictures[number + 1], picture(left)) == [], where
    # Slack's own events come a moment sooner or later, and what they lead to is then done in fewer transactions.
    assert len(missed) <= 3, missed
