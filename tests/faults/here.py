"""How is a life played in this process? One piece of work after the other, so that every point has a number."""

from __future__ import annotations

import contextlib
import json
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from slack_bolt import BoltRequest

from bot.assembly import Bot, assemble
from bot.clock import Clock
from bot.sandbox.http_mode import Posted, RequestUrl
from bot.sandbox.workspace import Json
from bot.thinking import Mind
from bot.workers import Work, Workers
from storage.database import Database
from tests.fakes.databases import share_statements
from tests.fakes.scene import NOW, HandClock
from tests.faults.points import BEFORE, Fate, Struck, watch
from tests.faults.script import Step
from tests.faults.stage import SHORT_WHILE, Moment, Stage

#: Nobody is reminded of anything on the first day, so nobody is looked for.
NEXT_DAY = NOW + timedelta(days=1)
#: Seconds of real time after which a life that does not come to rest is called hung.
PATIENCE = 20.0


class OneByOne(Workers):
    """Workers whose work stands in a line until somebody asks for the next piece."""

    def __init__(self) -> None:
        super().__init__()
        self.line: deque[tuple[str, Work]] = deque()

    def _start(self, key: str, work: Work, pool: str, first: bool, *, rest: bool = False) -> None:
        self.line.append((key, work))

    def next(self) -> bool:
        """Does the next piece in the caller's thread; False when the line is empty."""
        if not self.line:
            return False
        self._run(*self.line.popleft())
        return True


@dataclass(frozen=True, slots=True)
class Ear(RequestUrl):
    """Brings what Slack sends to a bot in this process; a dead one acknowledges nothing."""

    heard: Callable[[Json], Posted] = field(default=lambda _: Posted("http_error"))

    def event(self, payload: Json, attempt: int, reason: str) -> Posted:
        return self._tell(payload)

    def ask(self, kind: str, payload: Json) -> Posted:
        return self._tell(payload)

    def _tell(self, payload: Json) -> Posted:
        try:
            return self.heard(payload)
        except BaseException:
            return Posted("http_error")


@dataclass
class LifeHere:
    """A bot in this process, without sockets and threads of its own."""

    stage: Stage
    fate: Fate
    #: What thinks along in this life.
    mind: Callable[[Database, Clock, Fate], Mind] | None = None
    bot: Bot = field(init=False)
    workers: OneByOne = field(init=False)

    def __post_init__(self) -> None:
        self.workers = OneByOne()
        database = Database(self.stage.url)
        share_statements(database)
        watch(database, self.fate)
        self.stage.slack.calls.hooks[:] = [self._call]
        clock = HandClock(self.stage.clock)
        mind = self.mind(database, clock, self.fate) if self.mind is not None else None
        self.bot = assemble(self.stage.settings, clock, database, self.workers, mind)
        self.stage.slack.gateway.request_url = Ear("", "", heard=self._hear)
        self.stage.slack.gateway.wake()

    @property
    def dead(self) -> bool:
        return self.fate.dead

    def _call(self, phase: str, method: str, _args: Json, _number: int) -> None:
        # What is raised here cuts the connection: a dead process reads no answer.
        try:
            self.fate.point(method, phase)
        except Struck as err:
            raise ConnectionAbortedError from err

    def _hear(self, payload: Json) -> Posted:
        self.fate.gate()
        response = self.bot.app.dispatch(BoltRequest(body=payload, mode="socket_mode"))
        self.fate.gate()
        if response.status != 200:
            return Posted("http_error")
        body = response.body
        if isinstance(body, str) and body.startswith("{"):
            body = json.loads(body)
        return Posted("", body or None)

    def begin(self) -> None:
        """What a start does before it listens."""
        with contextlib.suppress(Struck):
            self.bot.facilitator.listening_anew()

    def look(self) -> None:
        works = [self.bot.facilitator.sweep, self.bot.hearing.sweep]
        if self.bot.thinking is not None:
            works.append(self.bot.thinking.sweep)
        if self.stage.clock.moment() > NEXT_DAY:
            works.append(self.bot.nudging.tick)
        for work in works:
            with contextlib.suppress(Struck):
                if not self.dead:
                    work()

    def rest(self) -> None:
        end = time.monotonic() + PATIENCE
        calm = 0
        while time.monotonic() < end:
            if self.dead:
                self._last_breath(end)
                return
            if self.workers.next():
                calm = 0
                continue
            if self.stage.deliveries()[0]:
                calm = 0
                time.sleep(0.0005)
                continue
            if self.stage.waits():
                calm = 0
                self.bot.facilitator.sweep()
                if not self.workers.line:
                    time.sleep(0.001)
                continue
            calm += 1
            if calm >= 2:
                return
        raise AssertionError(f"the bot does not come to rest: {self.stage.unheard()} unheard, due {self.stage.due()}")

    def _last_breath(self, end: float) -> None:
        """What was on its way to a dead process finds nobody."""
        while self.stage.deliveries()[0] and time.monotonic() < end:
            time.sleep(0.0005)

    def end(self) -> None:
        self.fate.dead = True
        self._last_breath(time.monotonic() + PATIENCE)
        self.stage.slack.calls.hooks.clear()
        # Threads that the SDK has started in advance, though nothing was connected; they end when they look next.
        client: Any = self.bot.handler.client
        client.closed = True
        client.current_session_runner.event.set()
        client.message_processor.event.set()
        client.message_workers.shutdown(wait=False)
        self.bot.app.listener_runner.listener_executor.shutdown(wait=False)
        self.bot.room.close()
        self.bot.database.close()


def never(kind: str, side: str) -> None:
    """A fate without a death."""


def play(stage: Stage, life: LifeHere, step: Step) -> bool:
    """One step with all that follows from it at once and a minute later; whether the person read no failure."""
    well = stage.try_as_a_person(step.act)
    life.look()
    life.rest()
    if not life.dead:
        stage.clock.advance(SHORT_WHILE)
        life.look()
        life.rest()
    return well


def strike_at(number: int, side: str, met: list[str]) -> Callable[[str, str], None]:
    """Death at the point of that number, counted from 0 over both sides; `met` then holds its kind."""
    passed = 0

    def strike(kind: str, at: str) -> None:
        nonlocal passed
        if met or at != side:
            return
        if passed == number:
            met.append(kind)
            raise Struck
        passed += 1

    return strike


def points_of(stage: Stage, moment: Moment, step: Step) -> list[str]:
    """The kinds of the points that one step passes when the bot was assembled just before it."""
    stage.back_to(moment)
    kinds: list[str] = []
    life = LifeHere(stage, Fate(lambda kind, side: kinds.append(kind) if side == BEFORE else None))
    kinds.clear()  # who the bot is has been asked while it was put together
    try:
        assert play(stage, life, step)
    finally:
        life.end()
    return kinds


def after_a_death(stage: Stage, moment: Moment, step: Step, number: int, side: str) -> tuple[str, Moment]:
    """One step with a death in it, and everything that a new life makes of it; the kind of the point ("" if none)."""
    stage.back_to(moment)
    met: list[str] = []
    fate = Fate(never)
    life = LifeHere(stage, fate)
    fate.strike = strike_at(number, side, met)
    before = stage.heard_of()
    well = play(stage, life, step)
    life.end()
    again = LifeHere(stage, Fate(never))
    again.begin()
    stage.recover(again)
    if not well and not step.kept(stage, before):
        assert stage.try_as_a_person(step.act), f"{step.name} fails again"
        again.look()
        again.rest()
        stage.recover(again)
    again.end()
    return (met or [""])[0], stage.moment()
