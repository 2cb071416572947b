"""What was worked out once is not worked out again at every press, and comes to the same as if it were."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from bot.interview import events as ev
from bot.interview.outcome import Ignored
from bot.interview.replacing import replace as replace_quickly
from bot.interview.state import Fact, Interview, Quote
from bot.interview.step import step
from bot.understanding.consequences import Consequences
from bot.understanding.findings import fields_of, findings_of
from storage.database import Database
from storage.unit import Unit
from tests.storage.values import undone
from tests.unit.test_interview import START, Talk


@dataclass
class Remembering(Talk):
    """An interview of which what follows is worked out by one that remembers, and beside it by one that does not."""

    unit: Unit | None = None
    remembers: Consequences = field(default_factory=Consequences)
    compared: int = 0

    def hear(self, event: ev.Event) -> Ignored | None:
        before, unit = self.interview, self.unit
        result = step(self.script, before, event, self.limits)
        if isinstance(result, Ignored) or unit is None:
            return result if isinstance(result, Ignored) else None
        # What it does to the items is undone: done twice, it would change nothing the second time.
        with unit.connection.begin_nested() as point:
            anew = Consequences().of(unit, self.script, before, result, event, self.now)
            point.rollback()
        self.interview = self.remembers.of(unit, self.script, before, result, event, self.now)
        assert anew == self.interview
        self.compared += 1
        return None

    def settle(self) -> None:
        if self.unit is not None:
            super().settle()

    def begin(self, unit: Unit) -> None:
        """Begins with a row of its own, as items need one."""
        kept = unit.postmortems.create(replace(self.interview, number=""), "", None)
        self.unit, self.interview = unit, replace(self.interview, id=kept.id)
        self.settle()

    def answer(self, text: str) -> None:
        self.ts += 1
        found, told = findings_of(text, {}), fields_of(text)
        self.hear(ev.Said(f"{self.ts}.000000", "U1", text, self.now, findings=found, fields=told))
        self.settle()


CAUSE = Fact(
    "cause", "release 88 opened a file handle for every query", START, quote=Quote("it is release 88", "900.1")
)
ANSWERS = (
    "At 14:05 UTC release 88 opened a file handle for every query, so 1,240 customers saw errors for 50 minutes",
    "no, it was the load balancer that dropped the sessions",
    "about 900 customers, and it began at 13:50 UTC",
    "yes",
    "Tom forgot to check the limit",
    "@Tom adds an alert on open file handles by 2026-12-04",
)


@pytest.mark.parametrize(
    "buttons", [("next",), ("next", "back", "next"), ("skip", "next"), ("next", "unknown", "deeper")]
)
def test_a_whole_interview_knows_at_every_press_what_working_it_all_out_anew_would_tell(
    database: Database, buttons: tuple[str, ...]
) -> None:
    talk = Remembering(facts=(CAUSE, Fact("began", "14:05 UTC", START, quote=Quote("errors since 14:05", "901.1"))))
    with undone(database) as unit:
        talk.begin(unit)
        for turn in range(40):
            if talk.interview.current is None:
                break
            if turn % 3 != 2:
                talk.answer(ANSWERS[turn % len(ANSWERS)])
            if talk.press(buttons[turn % len(buttons)]) is not None:
                talk.press("next")
    assert talk.compared > 60


def test_what_is_replaced_quickly_is_what_is_replaced_slowly() -> None:
    interview = Talk().interview
    asked = interview.asked[0]
    assert replace_quickly(interview, title="other", asked=(asked,)) == replace(
        interview, title="other", asked=(asked,)
    )
    assert replace_quickly(asked, text="How come?") == replace(asked, text="How come?")
    assert interview.title == "checkout"


def test_a_field_that_there_is_not_cannot_be_replaced() -> None:
    wrong: dict[str, Any] = {"titel": "other"}
    with pytest.raises(TypeError, match="Interview has no titel"):
        replace_quickly(Talk().interview, **wrong)
    assert not hasattr(Interview, "titel")
