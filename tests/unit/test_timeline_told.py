"""What people state about another time than their own: each rule with an example and a counter-example."""

from __future__ import annotations

import pytest

from bot.timeline.statements import statements_in
from bot.timeline.values import Kind
from tests.unit.timeline_chat import chat

#: Words, written on 24 November 2026 at 18:00 UTC, and what they state at what time; nothing is an empty list.
TOLD = {
    "a window": ("Pages was degraded from 13:00 to 13:40 UTC", ["impact_began 13:00", "mitigated 13:40"]),
    "a window with other words of harm": (
        "Between 13:00 and 13:40 UTC merging took longer than usual", ["impact_began 13:00", "mitigated 13:40"],
    ),
    "a window in which something was experienced because of a plan": (
        "Between 13:00 and 13:40 UTC we experienced delays due to planned maintenance",
        ["impact_began 13:00", "mitigated 13:40"],
    ),
    "a window that is only planned": ("errors are expected between 20:00 and 21:00 UTC", []),
    "a window of a meeting": ("the review is from 13:00 to 13:40 UTC", []),
    "a window with days in brackets": (
        "Between November 23rd, 2026 (09:45 UTC) and November 24th, 2026 (13:10 UTC), users experienced errors",
        ["impact_began 09:45", "mitigated 13:10"],
    ),
    "what began later in the sentence": (
        "Starting at 13:00 UTC, a small share of clients in one region are seeing connection timeouts",
        ["impact_began 13:00"],
    ),
    "work that began": ("Starting at 13:00 UTC we investigated the logs", []),
    "a heading before the sentence": (
        "Incident report (about 4 hours) On Nov 24 at 10:40 AM UTC, chat began returning errors to 6% of users",
        ["impact_began 10:40"],
    ),
    "what recovered at once": ("At 13:18 UTC, we reverted it and service immediately recovered", ["mitigated 13:18"]),
    "what held until it broke again": ("back to normal until 13:00 UTC when it degraded again", []),
    "the deploy of a time": ("root cause was a bad timeout in the 9:30 deploy", ["change 09:30"]),
    "the meeting of a time": ("resolved in the 9:30 meeting", []),
    "a change that went live": ("the sync was rewritten, it went live Monday 17:40 CET", ["change 16:40"]),
    "a deed in whatever verb": ("we switched the resolver at 13:00 UTC", ["change 13:00"]),
    "a thing that was done something to": ("the cert got replaced on Monday around 4pm CET", ["change 15:00"]),
    "a number that did so": ("orders dropped at 13:00 UTC", []),
    "a resolution": ("it was resolved at 13:30 UTC", ["resolved 13:30"]),
}  # fmt: skip


@pytest.mark.parametrize("rule", TOLD)
def test_what_is_stated_of_another_time(rule: str) -> None:
    words, expected = TOLD[rule]
    (message,) = chat(f"18:00 ann: {words}")
    found = [
        f"{each.kind.value} {each.stated.at:%H:%M}" for each in statements_in(words, message.ts, message.at, "UTC")
    ]
    assert found == expected


def test_a_window_names_what_it_is_about() -> None:
    (message,) = chat("18:00 ann: errors between 13:00 and 13:40 UTC")
    began, ended = statements_in(message.text, message.ts, message.at, "UTC")
    assert (began.kind, ended.kind) == (Kind.IMPACT_BEGAN, Kind.MITIGATED)
    assert began.stated.words == "errors between 13:00 and 13:40 UTC"
