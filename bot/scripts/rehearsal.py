"""How does a conversation go without Slack? Somebody answers, and the same pure functions decide as in a channel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.interview import events as ev
from bot.interview import moves as mv
from bot.interview.outcome import Ignored
from bot.interview.plan import Limits
from bot.interview.script import Script
from bot.interview.state import Asked, Counts, Fact, Interview, Put, Workspace
from bot.interview.step import step
from bot.understanding.answered_cause import with_answered_cause
from bot.understanding.answered_moments import with_answers
from bot.understanding.findings import fields_of, findings_of

#: Who speaks in a rehearsal, and when it begins.
SOMEBODY = "U0REHEARSAL"
BEGINS = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
#: No interview makes more moves than this before it waits.
_MOVES = 200


class Rehearsal:
    """An interview that is held at once: everything that the bot would post stands as soon as it is due."""

    def __init__(self, script: Script, limits: Limits, facts: Sequence[Fact] = ()) -> None:
        self.script = script
        self.limits = limits
        self.now = BEGINS
        self._facts = tuple(facts)
        self._messages = 0
        self.interview = Interview(
            1, Workspace("T0REHEARSAL"), "PM-0000-000", "C0REHEARSAL", "C0REHEARSAL", script.id, script.title,
            SOMEBODY, SOMEBODY, self.now, active_at=self.now, reconciled_at=self.now,
        )  # fmt: skip
        self.settle()

    @property
    def current(self) -> Asked | None:
        """The open question; None when everything was raised."""
        return self.interview.current

    def say(self, text: str, user: str = SOMEBODY) -> None:
        self._hear(ev.Said(self._ts(), user, text, self.now, findings=findings_of(text), fields=fields_of(text)))

    def press(self, button: str) -> str:
        """Presses a button of the open question; why that changed nothing, or an empty text."""
        if self.current is None:
            return "interview_over"
        return self._hear(ev.Pressed(button, self.current.position, SOMEBODY, self.now))

    def go_on(self) -> None:
        """Presses what leads to the next question."""
        confirms = self.current is not None and self.current.put is Put.CONFIRM
        self.press("confirm" if confirms else "next")

    def _hear(self, event: ev.Event) -> str:
        result = step(self.script, self.interview, event, self.limits)
        if isinstance(result, Ignored):
            return result.why
        self.interview = replace(result, facts=with_answered_cause(result))
        self.interview = replace(self.interview, facts=with_answers(self.interview, lambda _: "UTC"))
        self.settle()
        return ""

    def settle(self) -> None:
        """Everything that the bot owes now stands."""
        for _ in range(_MOVES):
            event = self._made(mv.next_move(self.script, self.interview, self.now, self.limits))
            if event is None:
                return
            result = step(self.script, self.interview, event, self.limits)
            if isinstance(result, Ignored):
                return
            self.interview = result

    def _made(self, move: mv.Move) -> ev.Event | None:
        """What comes of a move that succeeds at once; None when the bot waits for people."""
        match move:
            case mv.Post(card):
                return ev.Posted(card.key, self._ts(), self.interview.channel, card.digest, self.now)
            case mv.Update(card, _, _):
                return ev.Shown(card.key, card.digest, self.now)
            case mv.ReadHistory():
                return ev.PageRead(0, 0, "", "", self.now)
            case mv.ReadThread():
                return ev.PhaseDone("threads", self.now)
            case mv.LookUpPerson():
                return ev.PhaseDone("people", self.now)
            case mv.Understand():
                return ev.RecordRead(self._facts, (), Counts(), self.now)
            case _:
                return None

    def _ts(self) -> str:
        self._messages += 1
        self.now += timedelta(seconds=1)
        return f"{int(BEGINS.timestamp()) + self._messages}.000000"
