"""Where people talk with each other, what they do tells the end and the cause in words that no rule knows."""

from __future__ import annotations

import pytest

from bot.actions.find import Spoken, find_items
from bot.timeline.record import read_record
from bot.timeline.values import Record
from tests.unit.timeline_chat import chat, clock

DRIVE = """
08:40 joan: is it just me or can nobody open the P drive? it spins and says location is not available
08:41 pritesh: same here, rebooted twice
08:50 filip: looking at it now
08:58 filip: ok I see it, the storage box took the whole share offline because it's 100% full
09:03 filip: the new scanner has been dumping its temporary files in there and nobody ever clears them
09:20 filip: moving them off to the old one
10:20 filip: done, please try
10:23 joan: opens again, saved fine, thanks Filip
10:40 filip: all good then, closing this
"""
OFFICE = """
09:02 ann: the build of the docs failed again, it is only the spell checker
09:05 bob: haha it hates my name
09:11 <deploybot>: deployed handbook 114 to staging
09:15 ann: printer on 2 is broken, use the one on 3
09:20 cat: is the demo still at two?
09:21 bob: yes, room 4
09:40 ann: lunch at the usual place?
09:41 cat: sure
09:55 bob: remember last year when the whole site was down and we ate there
"""


def read(lines: str, *, surely: bool = False) -> Record:
    return read_record(chat(lines), surely=surely)


def test_a_cause_and_an_end_in_everyday_words_are_found() -> None:
    facts = read(DRIVE).facts
    assert clock(facts.cause_identified) in ("08:58", "09:03")
    assert clock(facts.mitigated) in ("10:20", "10:23")
    assert clock(facts.resolved) == "10:40"


def test_what_broke_again_was_not_the_end() -> None:
    again = DRIVE.replace("10:40 filip: all good then, closing this", "10:30 joan: gone again, it died again")
    assert clock(read(again).facts.mitigated) is None


def test_an_end_that_is_said_less_clearly_is_taken_where_nobody_says_more() -> None:
    told = "\n".join([*DRIVE.strip().splitlines()[:6], "10:23 joan: drawings open, slowly", "10:30 filip: ok"])
    assert clock(read(told).facts.mitigated) == "10:23"
    silent = "\n".join(DRIVE.strip().splitlines()[:6])
    assert clock(read(silent).facts.mitigated) is None


@pytest.mark.parametrize("surely", [False, True])
def test_talk_that_is_no_incident_shows_few_lines_also_where_somebody_says_that_there_is_one(surely: bool) -> None:
    record = read(OFFICE, surely=surely)
    assert len(record.entries) <= 2
    assert "deployed handbook" not in " ".join(each.text for each in record.entries)


def test_a_few_words_are_a_talk_and_say_so_when_they_are_sure() -> None:
    few = "\n".join(DRIVE.strip().splitlines()[:4] + DRIVE.strip().splitlines()[7:])
    assert clock(read(few).facts.detected) == "08:40"
    assert read("\n".join(OFFICE.strip().splitlines()[:6])).facts.detected is None


def test_who_promises_two_things_in_one_sentence_has_two_items() -> None:
    said = "i'll move the reminder mails to the team address today and i'll write a check for the renewal tomorrow"
    (message,) = chat(f"11:00 vik: {said}")
    found = find_items([Spoken(message.text, message.at, "vik")], zone="UTC")
    assert [each.text.split()[0] for each in found] == ["move", "write"]
    calm = "i'll be back tomorrow and I'll have a look at the cake"
    assert find_items([Spoken(calm, message.at, "vik")], zone="UTC") == ()
