"""What people do by their messages is told from many small hints, and whether there is an incident from all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.labelled_talk import BadChannel, labelled
from bot.cases import read_cases
from bot.dialogue.reading import Dialogue, read_dialogue
from bot.dialogue.turns import Act, Turn
from bot.places import ROOT

NINE = datetime(2026, 11, 24, 9, tzinfo=UTC)
ASIDE = ROOT / "benchmarks" / "talk_aside"

DRIVE = """
joan: morning all. the coffee machine on 2 is out of order, use the one on 1
joan: is it just me or can nobody get into the P drive? it spins and says location not available
prit: same here, rebooted twice
filip: morning, just in. looking at it now
filip: I can log in to the server fine, so it's not the network
malcolm: probably the vpn again
filip: found it. the scanner dumps its temporary files in there and nobody clears them, so the box filled up
filip: moving them off to the old box now, will take a while
joan: have you seen the weather
filip: done, 4 TB free. please try again
prit: works!! thank you
filip: ok closing this. I'll add a warning on free space by Friday
"""
DRILL = """
elin: reminder: exercise from 13:00, all of it in the test cluster with fake traffic. act as if it was real
pager [bot]: FIRING: order-api-test error rate 40%
oskar: looking
oskar: debug logging was switched on at 12:58, somebody evil did this
elin: declaring a sev1 for the exercise, oskar leads
oskar: rolled back, errors fall
pager [bot]: RESOLVED: order-api-test
elin: exercise over, well done everybody. cake in the kitchen
"""


def read(text: str) -> tuple[list[Turn], Dialogue]:
    turns = []
    for minute, line in enumerate(text.strip().splitlines()):
        writer, _, words = line.partition(": ")
        turns.append(Turn(NINE + timedelta(minutes=2 * minute), writer, words, writer.endswith("[bot]")))
    return turns, read_dialogue(turns)


def act_of(text: str, words: str) -> Act:
    turns, dialogue = read(text)
    place = next(place for place, turn in enumerate(turns) if words in turn.text)
    return dialogue.turns[place].act


@pytest.mark.parametrize(
    ("words", "act"),
    [
        ("can nobody get into", Act.HARM),
        ("same here", Act.HARM),
        ("looking at it now", Act.TAKES_ON),
        ("not the network", Act.FINDS),
        ("probably the vpn", Act.SUSPECTS),
        ("found it.", Act.EXPLAINS),
        ("moving them off", Act.MENDS),
        ("works!!", Act.RECOVERS),
    ],
)
def test_what_a_message_does_is_told_among_the_others(words: str, act: Act) -> None:
    assert act_of(DRIVE, words) is act


def test_an_incident_is_seen_that_nobody_calls_one() -> None:
    assert read(DRIVE)[1].incident > 0.9


def test_a_drill_in_the_words_of_an_incident_is_none() -> None:
    assert read(DRILL)[1].incident < 0.5
    assert act_of(DRILL, "declaring a sev1") is Act.ELSEWHERE


def test_what_is_said_after_a_silence_is_another_talk() -> None:
    drill, _ = read(DRILL)
    later = [replace(turn, at=turn.at + timedelta(hours=3)) for turn in read(DRIVE)[0]]
    dialogue = read_dialogue([*drill, *later])
    assert dialogue.incident > 0.9
    assert max(each.incident for each in dialogue.turns[: len(drill)]) < 0.5
    assert dialogue.turns[len(drill) :] == read(DRIVE)[1].turns


def test_the_same_words_do_something_else_where_nothing_is_broken() -> None:
    calm = """
    ben: standup notes are in the doc
    ana: thanks
    ben: the projector works again by the way
    ana: great, see you at two
    ben: see you
    """
    assert act_of(calm, "works again") in (Act.CHATS, Act.ELSEWHERE)
    assert act_of(DRIVE, "works!!") is Act.RECOVERS


def test_nobody_said_anything() -> None:
    assert read_dialogue([]) == Dialogue((), 0.0)


@given(st.lists(st.text(max_size=80), min_size=1, max_size=12), st.lists(st.booleans(), min_size=12, max_size=12))
def test_whatever_is_written_the_chances_of_all_acts_make_one(texts: Sequence[str], tools: Sequence[bool]) -> None:
    turns = [
        Turn(NINE + timedelta(seconds=place), f"U{place % 3}", text, tool)
        for place, (text, tool) in enumerate(zip(texts, tools, strict=False))
    ]
    dialogue = read_dialogue(turns)
    assert 0 <= dialogue.incident <= 1
    assert len(dialogue.turns) == len(turns)
    for each in dialogue.turns:
        assert sum(each.chances) == pytest.approx(1)
        assert each.chance(*Act) == pytest.approx(1)
        assert sum(each.by_words) == pytest.approx(1)


def aside(name: str) -> dict[str, float]:
    """How likely each of the channels is to have an incident that no weight was fitted to."""
    found = {}
    for case in read_cases(ASIDE / f"{name}.jsonl"):
        turns = [Turn(each.at, each.user or each.bot or "", each.text, each.bot is not None) for each in case.messages]
        found[case.id] = read_dialogue(turns).incident
    return found


@pytest.mark.parametrize("name", ["first_none", "second_none"])
def test_of_channels_kept_aside_none_without_an_incident_has_one(name: str) -> None:
    assert {case: chance for case, chance in aside(name).items() if chance >= 0.5} == {}


@pytest.mark.parametrize(("name", "most"), [("third_none", 1), ("fourth_none", 3)])
def test_of_the_channels_by_which_nothing_was_chosen_few_without_an_incident_have_one(name: str, most: int) -> None:
    assert sum(chance >= 0.5 for chance in aside(name).values()) <= most


@pytest.mark.parametrize(
    ("name", "least"),
    [("first_incidents", 15), ("second_incidents", 17), ("third_incidents", 15), ("fourth_incidents", 16)],
)
def test_of_channels_kept_aside_most_incidents_are_seen(name: str, least: int) -> None:
    assert sum(chance >= 0.5 for chance in aside(name).values()) >= least


def test_the_labelled_channels_are_read_and_hold_both_sorts() -> None:
    channels = labelled()
    assert len({each.name for each in channels}) == len(channels) > 600
    assert 0.3 < sum(each.incident for each in channels) / len(channels) < 0.7
    assert {act for each in channels for act in each.acts} == set(Act)
    harmless = {Act.CHATS, Act.ELSEWHERE, Act.PLANS}
    assert [each.name for each in channels if not each.incident and not set(each.acts) <= harmless] == []


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("== K01 | #general | UTC", "begins with"),
        ("09:12 ana | sings | la la", "with one of"),
        ("ana | chats | no time", "HH:MM"),
    ],
)
def test_a_line_that_is_not_understood_is_named(tmp_path: Path, line: str, says: str) -> None:
    path = tmp_path / "talk.txt"
    path.write_text(f"== K00 | #general | UTC | none\n> nothing\n09:00 ana | chats | hi\n{line}\n", encoding="utf-8")
    with pytest.raises(BadChannel, match=rf"talk\.txt, line 4: .*{says}"):
        labelled([path])
