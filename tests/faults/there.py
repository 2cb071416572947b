"""How is a life played in another process? Over a real socket, with threads, until a real SIGKILL."""

from __future__ import annotations

import atexit
import contextlib
import functools
import json
import os
import select
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from typing import IO

from bot.places import ROOT
from bot.sandbox.workspace import Json
from tests.faults.here import NEXT_DAY, PATIENCE
from tests.faults.points import AFTER, BEFORE
from tests.faults.script import Step
from tests.faults.stage import QUIET, RECORDED, SHORT_WHILE, Moment, Stage


class Nursery:
    """A process that has rehearsed, and forks a bot on demand."""

    def __init__(self) -> None:
        self._parent = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.victim"], cwd=ROOT, stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        )  # fmt: skip
        self._rehearsed = False
        self._door = socket.create_server(("127.0.0.1", 0))
        self.port = self._door.getsockname()[1]

    def born(self, order: Json) -> tuple[int, IO[str], socket.socket]:
        assert self._parent.stdin is not None
        assert self._parent.stdout is not None
        while not self._rehearsed:
            said = self._parent.stdout.readline()
            assert said, "the rehearsal failed"
            self._rehearsed = said == "rehearsed\n"
        self._parent.stdin.write(json.dumps({**order, "port": self.port}) + "\n")
        self._parent.stdin.flush()
        self._door.settimeout(PATIENCE)
        line, _ = self._door.accept()
        line.settimeout(PATIENCE)
        talk = line.makefile("rw", encoding="utf-8", newline="\n")
        return int(talk.readline().split()[1]), talk, line

    def close(self) -> None:
        assert self._parent.stdin is not None
        self._parent.stdin.close()
        self._parent.wait(PATIENCE)
        assert self._parent.stdout is not None
        self._parent.stdout.close()
        self._door.close()


@functools.cache
def nursery() -> Nursery:
    """The nursery of this test process, which need not rehearse again for the next file."""
    made = Nursery()
    atexit.register(made.close)
    return made


@dataclass
class LifeThere:
    """A bot in a process of its own; `point` is a kind and a side at whose first occurrence it is killed."""

    stage: Stage
    nursery: Nursery
    armed_at_birth: str = ""
    telling: str = ""
    pid: int = field(init=False, default=0)
    killed: bool = field(init=False, default=False)
    _gone: bool = field(init=False, default=False)
    _point: str = field(init=False, default="")

    def __post_init__(self) -> None:
        stage = self.stage
        stage.slack.gateway.request_url = None
        stage.slack.calls.hooks[:] = [self._call]
        self._point = self.armed_at_birth
        order = {
            "database": stage.url, "api": stage.slack.api_url, "bot_token": stage.slack.bot_token,
            "app_token": stage.slack.app_token, "clock": f"{stage.slack.url}/_sim/clock", "quiet": QUIET,
            "recorded": RECORDED, "armed": self.armed_at_birth, "telling": self.telling,
        }  # fmt: skip
        self.pid, self._talk, self._line = self.nursery.born(order)
        if self._heard() == "ready":
            end = time.monotonic() + PATIENCE
            while not stage.slack.gateway.open_sockets and time.monotonic() < end and not self.dead:
                time.sleep(0.001)
            stage.slack.gateway.wake()

    @property
    def dead(self) -> bool:
        if not self._gone and select.select([self._line], [], [], 0)[0]:
            # It speaks only when it is asked, so what comes unasked is the end of the line.
            self._gone = True
        return self._gone

    def _call(self, phase: str, method: str, _args: Json, _number: int) -> None:
        if self.telling and phase == BEFORE:
            with open(self.telling, "a", encoding="utf-8") as kinds:
                kinds.write(method + "\n")
        if self._point == f"{method}|{phase}" and not self.killed:
            self.killed = True
            os.kill(self.pid, signal.SIGKILL)
        if self.killed:
            raise ConnectionAbortedError

    def arm(self, kind: str, side: str) -> None:
        """From now on; the life ends at the first such point."""
        self._point = f"{kind}|{side}"
        self._ask(f"arm {kind}|{side}")

    @property
    def idle(self) -> bool:
        """Whether it has nothing to do, or nobody is there any more."""
        return self._ask("idle") != "no"

    def _ask(self, word: str) -> str:
        if self._gone:
            return ""
        try:
            self._talk.write(word + "\n")
            self._talk.flush()
            return self._heard()
        except OSError:
            self._gone = True
            return ""

    def _heard(self) -> str:
        try:
            said = self._talk.readline().strip()
        except ConnectionError:
            said = ""
        if not said:
            self._gone = True
        return said

    def look(self) -> None:
        self._ask("look nudge" if self.stage.clock.moment() > NEXT_DAY else "look")

    def rest(self) -> None:
        end = time.monotonic() + PATIENCE
        calm = 0
        while time.monotonic() < end:
            if self.dead:
                self._last_breath(end)
                return
            if self.stage.deliveries()[0] or not self.idle:
                calm = 0
            elif self.stage.waits():
                calm = 0
                self.look()
            else:
                calm += 1
                if calm >= 3:
                    return
            time.sleep(0.003)
        raise AssertionError(f"the bot does not come to rest: {self.stage.unheard()} unheard, due {self.stage.due()}")

    def _last_breath(self, end: float) -> None:
        while (self.stage.deliveries()[0] or self.stage.slack.gateway.open_sockets) and time.monotonic() < end:
            time.sleep(0.002)

    def end_alone(self) -> None:
        """Killed if it still lives; others may live on."""
        self.killed = True
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        self._line.settimeout(PATIENCE)
        while self._heard():
            pass
        self._line.close()

    def end(self) -> None:
        """Killed if it still lives; returns when nothing of it is left."""
        self.end_alone()
        self._last_breath(time.monotonic() + PATIENCE)
        self.stage.slack.calls.hooks.clear()


def after_a_kill(
    stage: Stage, nursery: Nursery, moment: Moment, step: Step, kind: str, side: str, *, at_birth: bool
) -> tuple[bool, Moment]:
    """One step with a SIGKILL in it, and what the next process makes of it; whether it was really killed there."""
    assert side in (BEFORE, AFTER)
    stage.back_to(moment)
    before = stage.heard_of()
    stage.clock.advance(1)  # later than the last comparison with the thread, so that a start compares
    life = LifeThere(stage, nursery, f"{kind}|{side}" if at_birth else "")
    if not life.dead:
        life.rest()
        life.arm(kind, side)
    well = stage.try_as_a_person(step.act)
    life.rest()
    if not life.dead:
        stage.clock.advance(SHORT_WHILE)
        life.look()
        life.rest()
    struck = life.dead
    life.end()
    again = LifeThere(stage, nursery)
    stage.recover(again)
    if not well and not step.kept(stage, before):
        assert stage.try_as_a_person(step.act), f"{step.name} fails again"
        again.rest()
        stage.recover(again)
    assert not again.dead, "the second life ended too"
    again.end()
    return struck, stage.moment()
