"""What do two replicas leave behind that are killed again and again, at moments that a seed chooses?"""

from __future__ import annotations

import os
import random
import re
import signal
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.workspace import Json
from tests.faults.here import PATIENCE
from tests.faults.picture import differences, picture
from tests.faults.recorded import recorded
from tests.faults.script import STEPS
from tests.faults.stage import SHORT_WHILE, Stage
from tests.faults.there import LifeThere, Nursery

#: A death comes before one of so many first calls of a step, or just after its last one.
CALLS = 6
#: An hour in a picture, whose minutes are left out already.
_HOUR = re.compile(r"T\d\d:hh")
_REMINDER = re.compile(r"nudge-\d{4}-W\d\d")
#: So often the living look for what a dead one has left, or what they put off; the rest needs time to pass first.
IN_VAIN = 20
#: So often in a row a call may be given up after a death: each time costs the bot a minute at most.
GIVEN_UP = 3


@dataclass
class Replicas:
    """Two bots in processes of their own on one database, one of which dies where the dice say."""

    stage: Stage
    nursery: Nursery
    dice: random.Random
    lives: list[LifeThere] = field(default_factory=list)
    deaths: int = 0
    #: How many calls are made before the next death; None: nobody is to die now.
    until_death: int | None = None

    def __post_init__(self) -> None:
        self.fill()

    @property
    def dead(self) -> bool:
        return False

    def fill(self) -> None:
        """New ones in the place of those that died."""
        for life in self.lives:
            if life.dead:
                life.end_alone()
        self.lives = [life for life in self.lives if not life.dead]
        while len(self.lives) < 2:
            self.lives.append(LifeThere(self.stage, self.nursery))
        self.stage.slack.calls.hooks[:] = [self._call]

    def _call(self, _phase: str, _method: str, _args: Json, _number: int) -> None:
        if self.until_death is None:
            return
        self.until_death -= 1
        if self.until_death <= 0:
            self.kill_one()

    def kill_one(self) -> None:
        self.until_death = None
        os.kill(self.dice.choice(self.lives).pid, signal.SIGKILL)
        self.deaths += 1

    def look(self) -> None:
        for life in self.lives:
            life.look()

    def rest(self) -> None:
        end, calm, in_vain = time.monotonic() + PATIENCE, 0, 0
        while time.monotonic() < end:
            living = [life for life in self.lives if not life.dead]
            if self.stage.deliveries()[0] or not all(life.idle for life in living):
                calm = 0
            elif self.stage.waits():
                calm = 0
                # The living hold nothing, so this is what a dead one held, or had not heard when it died; or what
                # somebody living has put off, because a call was given up on a computer that stood still.
                if in_vain == IN_VAIN:
                    return
                in_vain += 1
                if len(living) < len(self.lives):
                    self.stage.leases_run_out()
                self.look()
            else:
                calm += 1
                if calm >= 3:
                    return
            time.sleep(0.003)
        raise AssertionError(f"they do not come to rest: {self.stage.unheard()} unheard, due {self.stage.due()}")

    def end(self) -> None:
        for life in self.lives:
            life.end_alone()
        self.stage.slack.calls.hooks.clear()


def traces_of_a_storm(stage: Stage, nursery: Nursery, seed: int, steps: Sequence[int]) -> tuple[int, list[str]]:
    """Plays steps that follow each other with a death in each; how many died, and what anybody would notice."""
    dice = random.Random(seed)  # noqa: S311 -- a storm, not a secret
    stage.back_to(recorded().moments[steps[0]])
    stage.clock.advance(1)  # later than the last comparison with the thread, so that a start compares
    replicas = Replicas(stage, nursery, dice)
    found: list[str] = []
    try:
        replicas.rest()
        for number in steps:
            step, before = STEPS[number], stage.heard_of()
            replicas.until_death = dice.randint(1, CALLS)
            stage.try_as_a_person(step.act)
            replicas.rest()
            if replicas.until_death is not None:
                replicas.kill_one()
            stage.clock.advance(SHORT_WHILE)
            replicas.look()
            replicas.rest()
            replicas.fill()
            stage.recover(replicas)
            if not step.kept(stage, before):
                # Also where a press was heard, and its modal was lost with whoever was to open it.
                assert stage.try_as_a_person(step.act), f"{step.name} fails again"
                replicas.rest()
                stage.recover(replicas)
            found = _noticed(stage, number)
            for _ in range(GIVEN_UP):
                if not found:
                    break
                # On a computer that stands still, calls are given up; they are made again after a while.
                stage.recover(replicas)
                found = _noticed(stage, number)
            if found:
                return replicas.deaths, [f"{step.name}: {line}" for line in found]
    finally:
        replicas.end()
    return replicas.deaths, found


def _noticed(stage: Stage, number: int) -> list[str]:
    return differences(_calmly(recorded().pictures[number + 1]), _calmly(picture(stage.moment())))


def _calmly(shown: Any) -> Any:
    """A picture without its hours: whoever waits for somebody who has died is later than whoever need not.

    A reminder is called by its week as long as nobody has pressed in it, and messages of one moment by either name.
    """
    match shown:
        case str():
            return _HOUR.sub("Thh:hh", _REMINDER.sub("nudge", shown))
        case dict():
            return {name: _calmly(each) for name, each in shown.items()}
        case list() | tuple():
            return [_calmly(each) for each in shown]
        case _:
            return shown
