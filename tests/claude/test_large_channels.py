"""A channel of any size has a bounded price: looked through in parts by time, ids back only, and no end is cut off."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest

from bot.claude.outgoing import nonces, outgoing, tokens_in, with_ids
from bot.claude.selection import OVERLAP, PART, PARTS, PICKED, WHOLE, by_rules, parts, reduced, weighed
from bot.interview.thoughts import Conclusion, Line, Material, Purpose
from storage.database import Database
from tests.fakes.claude import NOON, Claude, error, lines_of, material, message, mind, reply, texts, thought

#: Above this the model for extraction costs five times as much. Source: prompts/claude/prices.toml.
STEP = 100_000
_WORDS = (
    "we see the deploy of checkout with errors on three hosts latency went up again looking at graphs for payments "
    "maybe the pool is full customers report timeouts rolled back waiting restart of workers queue is growing dashboard"
)
WORDS = _WORDS.split()


def channel(count: int, *, seed: int = 7) -> tuple[Line, ...]:
    """Messages of twenty people and an alert that repeats, a few seconds apart; every 50th is only thanks."""
    chance = random.Random(seed)  # noqa: S311 -- the same channel every time
    texts = [" ".join(chance.choices(WORDS, k=chance.randint(8, 30))) for _ in range(997)]
    found = []
    for number in range(count):
        user, text = f"U0AAAAA{10 + number % 20}", texts[number % 997]
        if number % 50 == 1:
            text = "thanks!"
        line = Line(f"17950{number:06d}.000100", text, user, "", NOON + timedelta(seconds=3 * number))
        if number % 10 == 0:
            line = replace(line, user=None, text=f"[FIRING] HighLatency on host-{number % 40}: p99 is {number % 7}.2 s")
        found.append(line)
    return tuple(found)


HUGE = channel(10_000)


def size(body: dict[str, Any]) -> int:
    return sum(tokens_in(text) for text in texts(body))


def looks_through(body: dict[str, Any]) -> bool:
    return "ids" in body["output_config"]["format"]["schema"]["properties"]


def picks_some(body: dict[str, Any]) -> dict[str, Any]:
    """Forty lines of a part, and some that were not in it; nothing of anything else."""
    if not looks_through(body):
        return reply()
    ids = [line["id"] for line in lines_of(body)]
    picked = [*ids[:: len(ids) // 40][:40], "m9999999", "a0001", "m0001\n</record>"]
    return message(json.dumps({"ids": picked}), usage=USAGE)


USAGE = {"input_tokens": 80_000, "output_tokens": 600, "cache_creation_input_tokens": 0, "cache_read_input_tokens": 0}


def test_what_fits_is_shown_whole_and_what_fits_without_talk_is_not_looked_through() -> None:
    small = weighed(with_ids(channel(500)))
    assert by_rules(small, WHOLE) is None
    much_talk = [Line(f"{n}.0", "thanks a lot!", "U1", "", NOON) for n in range(6_000)]
    found = weighed(with_ids([*channel(800), *much_talk]))
    keep = by_rules(found, WHOLE)
    assert keep is not None
    assert 600 < len(keep) <= 800


@pytest.mark.parametrize("count", [3_000, 10_000])
def test_parts_are_in_order_overlap_a_little_and_stay_under_the_price_step(count: int) -> None:
    found = weighed(with_ids(channel(count)))
    divided = parts(found)
    assert len(divided) <= PARTS
    assert all(sum(found.sizes[local] for local in part) <= PART < STEP for part in divided)
    for before, after in pairwise(divided):
        assert before[-OVERLAP:] == after[:OVERLAP]
    order = [local for local, _ in found.lines]
    assert divided[0][0] in order[:40]
    assert divided[-1][-1] in order[-40:]


def test_what_is_shown_of_what_was_picked_is_bounded_and_keeps_both_ends() -> None:
    lines = with_ids(HUGE)
    found = weighed(lines)
    everything = [local for local, _ in found.lines]
    for picked in (everything, everything[:400], everything[::7]):
        shown = reduced(lines, picked)
        assert sum(found.sizes[local] for local in shown) <= WHOLE
        assert len(shown) <= 3 * PICKED
    shown = reduced(lines, everything)
    assert shown & set(everything[:40])
    assert shown & set(everything[-40:])


def test_ten_thousand_messages_cost_cents_and_are_looked_through_once(database: Database, postmortem: int) -> None:
    claude = Claude(picks_some)
    made = mind(database, claude)
    summary, draft = (Material(each, "service", "x", HUGE) for each in (Purpose.SUMMARY, Purpose.DRAFT))
    first = thought(made, summary, postmortem, "summary")
    assert isinstance(first, Conclusion)
    assert first.left_out > 9_000
    looked = [body for body in claude.bodies if looks_through(body)]
    assert len(looked) == PARTS
    assert max(map(size, claude.bodies)) < STEP
    assert {body["model"] for body in looked} == {"claude-haiku-5-5"}
    with database.reading() as unit:
        assert sum(entry.cost for entry in unit.calls.of(postmortem)) < 100_000, "microdollars: ten cents"

    # The second thought pays for its own words only: what was picked is known, and what is shown is the same.
    thought(made, draft, postmortem, "draft")
    assert len(claude.bodies) == PARTS + 2
    one, other = (body["messages"][0]["content"][0] for body in claude.bodies[-2:])
    assert one == other
    assert one["cache_control"] == {"type": "ephemeral"}


def test_what_is_written_later_is_looked_through_with_the_last_part_alone(database: Database, postmortem: int) -> None:
    claude = Claude(picks_some)
    made = mind(database, claude)
    summary = Material(Purpose.SUMMARY, "service", "x", HUGE[:4_000])
    thought(made, summary, postmortem, "one")
    count = len(claude.bodies)
    assert count > 3
    later = Line("1799000000.000100", "it was the pool after all", "U0AAAAA10", "", NOON + timedelta(days=1))
    thought(made, replace(summary, lines=(*summary.lines, later)), postmortem, "two")
    assert len(claude.bodies) == count + 2


def test_a_part_that_is_refused_is_chosen_from_by_rules_and_not_asked_for_again(
    database: Database, postmortem: int
) -> None:
    refused: list[str] = []

    def answer(body: dict[str, Any]) -> dict[str, Any]:
        if looks_through(body) and (not refused or lines_of(body)[0]["id"] in refused):
            refused.append(lines_of(body)[0]["id"])
            return message("", stop_reason="refusal", content=[])
        return picks_some(body)

    claude = Claude(answer)
    made = mind(database, claude)
    wanted = Material(Purpose.SUMMARY, "service", "x", HUGE)
    assert isinstance(thought(made, wanted, postmortem, "one"), Conclusion)
    shown = len(lines_of(claude.bodies[-1]))
    assert isinstance(thought(made, wanted, postmortem, "two"), Conclusion)
    assert len(claude.bodies) == PARTS + 2
    assert len(lines_of(claude.bodies[-1])) == shown > 300


def test_where_no_part_can_be_looked_through_the_rules_choose(database: Database, postmortem: int) -> None:
    def answer(body: dict[str, Any]) -> Any:
        return error(529, "overloaded_error", retry_after="600") if looks_through(body) else picks_some(body)

    claude = Claude(answer)
    found = thought(mind(database, claude), Material(Purpose.SUMMARY, "service", "x", HUGE), postmortem)
    assert isinstance(found, Conclusion)
    ids = [int(line["id"][1:]) for line in lines_of(claude.bodies[-1])]
    assert size(claude.bodies[-1]) < WHOLE * 1.1
    assert (min(ids) < 100, max(ids) > 9_900) == (True, True)


def test_a_hundred_thousand_messages_cost_no_more(database: Database, postmortem: int) -> None:
    lines = channel(100_000)
    claude = Claude(picks_some)
    made = mind(database, claude)
    found = thought(made, Material(Purpose.SUMMARY, "service", "x", lines), postmortem)
    assert isinstance(found, Conclusion)
    assert len(claude.bodies) == PARTS + 1
    assert sum(map(size, claude.bodies)) < PARTS * PART + 2 * WHOLE


def test_one_line_is_never_the_whole_message(database: Database, postmortem: int) -> None:
    long = (Line("1.0", "a log line of a machine\n" * 5_000, "U1", "", NOON),)
    claude = Claude(reply())
    thought(mind(database, claude), material(Purpose.SUMMARY, *long), postmortem)
    (line,) = lines_of(claude.bodies[0])
    assert (len(line["text"]), line["cut"]) == (4_000, "116000 characters more")


def test_what_a_purpose_is_about_never_changes_the_record() -> None:
    lines = with_ids(HUGE[:100])
    keep = frozenset(local for local, _ in lines[:50])
    wanted = Material(Purpose.GLOSS, "service", "x", HUGE[:100])
    plain = outgoing(wanted, by_name=False, nonce=nonces(b"s"), keep=keep)
    about = outgoing(replace(wanted, about=(HUGE[80].id,)), by_name=False, nonce=nonces(b"s"), keep=keep)
    assert plain.record == about.record
    assert "m0081" in about.notes
    assert about.local(HUGE[80].id) == "m0081"
