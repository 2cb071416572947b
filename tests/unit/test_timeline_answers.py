"""A question and its answer tell together what neither tells alone; each rule with an example and a counter-example."""

from __future__ import annotations

import pytest

from bot.timeline.values import Facts
from tests.unit.timeline_chat import clock, read

BROKEN = """
10:00 ann: exports are failing for all customers
10:01 ann: declaring a SEV-2
10:02 bob: looking
"""


def facts(lines: str) -> Facts:
    return read(BROKEN + lines).facts


#: What is asked and answered, and which milestone it gives at what time; "" is none.
PAIRS = {
    "what is asked for as the cause": (
        "10:10 ann: did the storage token expire?\n10:12 bob: yep, that's it", "cause_identified", "10:12",
    ),
    "what is asked of people": ("10:10 ann: did anybody deploy?\n10:12 bob: yes, at nine", "cause_identified", ""),
    "what is denied": ("10:10 ann: is it the storage token?\n10:12 bob: no, that is valid", "cause_identified", ""),
    "what is asked back": ("10:10 ann: is it back?\n10:12 bob: yes", "mitigated", "10:12"),
    "what is not back": ("10:10 ann: is it back?\n10:12 bob: not yet", "mitigated", ""),
    "what is answered too late": ("10:10 ann: is it back?\n10:50 bob: yes", "mitigated", ""),
    "what is answered by who asked": ("10:10 ann: is it back?\n10:12 ann: yes", "mitigated", ""),
    "what is done on request": (
        "10:10 ann: can you restart the workers?\n10:12 bob: done\n10:15 ann: exports are working again",
        "mitigated",
        "10:12",
    ),
    "what may be closed": ("10:10 ann: can we close this?\n10:12 bob: yes", "resolved", "10:12"),
    "what may not be closed": ("10:10 ann: can we close this?\n10:12 bob: nope, wait", "resolved", ""),
}  # fmt: skip


@pytest.mark.parametrize("rule", PAIRS)
def test_what_a_question_and_its_answer_tell_together(rule: str) -> None:
    lines, name, expected = PAIRS[rule]
    assert (clock(getattr(facts(lines), name)) or "") == expected


def test_an_alarm_that_a_person_calls_false_is_no_incident_unless_one_was_declared() -> None:
    alarm = "03:00 <PagerDuty>: Triggered: disk usage above 90 %\n"
    assert read(alarm + "03:05 kim: false alarm, the weekly backup").facts == Facts()
    declared = read(alarm + "03:02 kim: declaring SEV-2, writes fail\n03:05 lee: that second page was a false alarm")
    assert clock(declared.facts.detected) == "03:00"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("I close this incident. The charges will be paid back until Friday", "10:30"),
        ("steady since ten, I'm calling it resolved. We lost 20 carts between 10:00 and 10:20", "10:30"),
        ("ok, closing", "10:30"),
        ("I will close the incident once the queue is empty", ""),
        ("not resolved until the queue is empty", ""),
    ],
)
def test_who_closes_it_closes_it_now_whatever_else_is_told(words: str, expected: str) -> None:
    assert (clock(facts(f"10:30 ann: {words}").resolved) or "") == expected


def test_what_broke_again_after_the_last_recovery_is_not_mitigated() -> None:
    lines = "10:20 bob: exports are working again\n10:40 ann: spoke too soon, exports are failing again"
    assert facts(lines).mitigated is None
    calm = facts("10:20 bob: exports are working again\n10:40 ann: no recurrence so far")
    assert clock(calm.mitigated) == "10:20"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("309 of 312 tenants verified", "10:20"),
        ("the first six screens are alive", "10:20"),
        ("200 of 200 connections are taken and 340 requests wait", ""),
        ("2 of 6 gateways answer with 503", ""),
    ],
)
def test_a_part_that_works_again_is_a_partial_recovery_and_a_part_that_is_used_up_is_none(
    words: str, expected: str
) -> None:
    assert (clock(facts(f"10:20 bob: {words}").partly_recovered) or "") == expected
