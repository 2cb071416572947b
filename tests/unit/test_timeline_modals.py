"""The timeline's forms: every entry has one, and only what somebody changed in it is read as a change."""

from __future__ import annotations

import copy
import json
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.deliveries.corrections import added, time_faults, when
from bot.sandbox.blocks import interactive
from bot.slack import timeline_modals as forms
from bot.slack.ids import TIMELINE_FORMS, Callback, read_press
from bot.slack.timeline_modals import Line, Time
from bot.timeline.corrections import When
from bot.timeline.values import Entry, Kind, Precision
from tests.unit.sent_forms import HUGE, inputs, option, sent, sound

AT = datetime(2026, 11, 20, 13, 58, 21, tzinfo=UTC)
ENTRY = Entry("1.1", AT, Precision.EXACT, None, Kind.NOTE, "found it: release 4312", "1.1", "U2", "says so")
WARSAW = "Europe/Warsaw"


def texts(view: dict[str, Any]) -> str:
    return json.dumps(view, ensure_ascii=False)


def choice(value: str) -> dict[str, Any]:
    return {"text": {"type": "plain_text", "text": value, "emoji": False}, "value": value}


def changed(view: dict[str, Any], **entered: Any) -> forms.Changed:
    return forms.read_change_entry(sent(view, **entered))


# --- the list ---


@pytest.mark.parametrize("count", [1, 40, 41, 300])
def test_every_entry_has_a_button_to_its_own_form_on_one_of_the_pages(count: int) -> None:
    lines = [
        Line(f"1795183{n:03}.000100/cause_identified/20261120T135800", "13:58 · note · x" * 20) for n in range(count)
    ]
    opened: list[str] = []
    page = 0
    while True:
        view = sound(forms.edit_timeline(12, lines, "UTC", page))
        pressed = [read_press(e["action_id"], e["value"], "") for b in view["blocks"] for e in interactive(b)]
        opened += [key for button, _, _, key in pressed if button == "entry_open"]
        assert all(at == page for button, _, at, _ in pressed if button == "entry_open"), "so that it returns there"
        later = [at for button, _, at, _ in pressed if button == "timeline_page" and at > page]
        if not later:
            break
        page = later[0]
    assert opened == [each.key for each in lines]


def test_a_page_that_is_gone_is_the_last_one_and_an_empty_timeline_says_so() -> None:
    lines = [Line(str(n), "x") for n in range(50)]
    assert "Page 2 of 2" in texts(forms.edit_timeline(12, lines, "UTC", 7))
    assert "The timeline is empty." in texts(sound(forms.edit_timeline(12, [], "UTC")))


def test_what_was_taken_off_can_be_put_back_and_says_who_did_it() -> None:
    view = sound(forms.edit_timeline(12, [Line("a", "13:58 · note · x", "taken off by @tom", removed=True)], "UTC"))
    assert "~13:58 · note · x~\\n_taken off by @tom_" in texts(view)
    assert "Put back" in texts(view)
    assert "0 entries" in texts(view)
    form = sound(forms.put_back(12, "a", "13:58 · note · x", ["Taken off by @tom."], page=3))
    assert (forms.read_key(form), forms.page_of(form)) == ("a", 3)


# --- one entry ---


def test_a_form_that_is_sent_as_it_was_shown_changes_nothing() -> None:
    for entry in (ENTRY, replace(ENTRY, at=None, precision=Precision.UNKNOWN), replace(ENTRY, kind=Kind.RESOLVED)):
        read = changed(sound(forms.change_entry(12, entry, entry.text, WARSAW)))
        assert read == forms.Changed("1.1", forms.digest(entry), None, None, None, "", False)


def test_time_words_and_kind_are_changed_each_by_itself() -> None:
    view = sound(forms.change_entry(12, ENTRY, ENTRY.text, WARSAW, history=["Changed by @tom."], page=2))
    assert "Europe/Warsaw" in texts(view)
    assert forms.page_of(view) == 2
    assert changed(view, text=" found it ").text == "found it"
    assert changed(view, kind=choice("cause_identified")).kind is Kind.CAUSE_IDENTIFIED
    moved = changed(view, time="15:02")
    assert moved.time == Time(date(2026, 11, 20), time(15, 2), Precision.EXACT)
    assert (moved.text, moved.kind) == (None, None)
    assert changed(view, sure=choice("about")).time == Time(date(2026, 11, 20), time(14, 58), Precision.ABOUT)


def test_the_seconds_stay_when_the_minute_does_and_the_zone_is_that_of_the_form() -> None:
    same = Time(date(2026, 11, 20), time(14, 58), Precision.ABOUT)
    assert when(same, WARSAW, ENTRY) == When(AT, Precision.ABOUT, None)
    assert when(replace(same, time=time(15, 2)), WARSAW, ENTRY).at == datetime(2026, 11, 20, 14, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    "told",
    [
        Time(date(2026, 11, 20), time(14, 58), Precision.UNKNOWN),
        Time(date(2026, 11, 20), None, Precision.EXACT),
        Time(None, None, Precision.ABOUT),
    ],
)
def test_what_nobody_knows_is_unknown_and_no_guess(told: Time) -> None:
    assert when(told, WARSAW) == When(None, Precision.UNKNOWN, None)
    assert time_faults(told, WARSAW, AT) == {}


def test_a_time_that_never_was_or_is_still_to_come_is_said_at_the_field() -> None:
    spring = Time(date(2026, 3, 29), time(2, 30), Precision.EXACT)
    assert "left that time out" in time_faults(spring, WARSAW, AT)["time"]
    tomorrow = Time(date(2026, 11, 21), time(9, 0), Precision.EXACT)
    assert time_faults(tomorrow, WARSAW, AT)["time"] == "That is still to come: in Europe/Warsaw it is 20 Nov, 14:58."
    assert time_faults(Time(date(2026, 11, 20), time(15, 2), Precision.EXACT), WARSAW, AT) == {}
    autumn = Time(date(2026, 10, 25), time(2, 30), Precision.EXACT)
    assert time_faults(autumn, WARSAW, AT) == {}, "it was twice, so it was"


def test_two_entries_that_tell_the_same_are_merged_and_nothing_is_both_merged_and_taken_off() -> None:
    others = [Line(f"k{n}", f"13:{n:02} x") for n in range(60)]
    view = sound(forms.change_entry(12, ENTRY, ENTRY.text, WARSAW, others=others))
    assert changed(view, same=option(view, "same", 7)).merged == "k7"
    off = [option(view, "off", 0)]
    assert changed(view, off=off).removed
    assert set(forms.faults(sent(view, off=off, same=option(view, "same", 7)))) == {"off"}
    assert set(forms.faults(sent(view, text=" "))) == {"text"}
    assert set(forms.faults(sent(view, day=None))) == {"day"}
    assert forms.faults(sent(view, day=None, sure=choice("unknown"))) == {}


def test_whoever_changed_it_meanwhile_is_noticed() -> None:
    later = [replace(ENTRY, text="y"), replace(ENTRY, at=None), replace(ENTRY, kind=Kind.ALERT)]
    assert len({forms.digest(each) for each in (ENTRY, *later)}) == 4
    assert forms.digest(replace(ENTRY, score=9.0, reason="was pinned")) == forms.digest(ENTRY)


def test_hostile_words_stay_words() -> None:
    lines = [Line("k", HUGE[:140].replace("<", "&lt;").replace(">", "&gt;"))]
    sound(forms.edit_timeline(12, lines, "UTC"))
    sound(forms.change_entry(12, ENTRY, HUGE.replace("<@U1>", "@Maria"), "UTC", others=[Line("k", "x" * 900)]))


# --- adding and taking off ---


def test_an_entry_is_added_with_its_day_and_time() -> None:
    view = sound(forms.add_entry(12, AT, "Europe/London"))
    assert "Europe/London" in json.dumps(view)
    read = forms.read_add_entry(sent(view, text=" Called the provider ", time="13:20"))
    at = Time(date(2026, 11, 20), time(13, 20), Precision.EXACT)
    assert read == forms.Added("Called the provider", at, Kind.NOTE)


def test_the_day_that_is_offered_is_that_of_the_zone() -> None:
    view = forms.add_entry(12, datetime(2026, 11, 20, 23, 30, tzinfo=UTC), "Asia/Tokyo")
    assert forms.read_add_entry(sent(view)).time.day == date(2026, 11, 21)


def test_a_time_that_nobody_knows_may_stay_empty() -> None:
    view = forms.add_entry(12, AT, "UTC")
    entered = sent(view, text="Somebody called", day=None)
    assert forms.faults(entered) == {}
    read = forms.read_add_entry(entered).time
    assert (read.day, read.time) == (None, None)


def test_an_entry_without_words_or_with_a_time_of_no_day_is_sent_back() -> None:
    view = forms.add_entry(12, AT, "UTC")
    assert set(forms.faults(sent(view, text=" "))) == {"text"}
    assert set(forms.faults(sent(view, text="x", day=None, time="13:20"))) == {"day"}


@pytest.mark.parametrize("count", [1, 25, 90, 91, 250])
def test_every_entry_can_be_taken_off(count: int) -> None:
    keys = [f"1795183{n:03}.000100/cause_identified/20261120T135800" for n in range(count)]
    view = sound(forms.remove_entries(12, [(key, f"13:58 {HUGE.replace('<@U1>', '')}") for key in keys]))
    offered = [each["value"] for block in inputs(view) for each in block["element"]["options"]]
    assert offered == keys
    assert forms.read_remove_entries(sent(view)) == ()
    last = list(inputs(view))[-1]["block_id"]
    first, end = option(view, "keys.0", 0), option(view, last, -1)
    entered = {"keys.0": [first]} | ({last: [end]} if last != "keys.0" else {})
    assert forms.read_remove_entries(sent(view, **entered)) == (keys[0],) + ((keys[-1],) if last != "keys.0" else ())


def test_entries_that_no_form_can_hold_are_counted_and_an_empty_timeline_says_so() -> None:
    many = sound(forms.remove_entries(12, [(f"k{n}", "x") for n in range(1000)]))
    assert "600 later entries do not fit here." in json.dumps(many)
    assert "empty" in json.dumps(sound(forms.remove_entries(12, [])))


def test_an_entry_is_removed_by_its_key_whatever_came_in_between() -> None:
    view = forms.remove_entries(12, [("k1", "first"), ("k2", "second")])
    assert forms.read_remove_entries(sent(view, **{"keys.0": [option(view, "keys.0", 1)]})) == ("k2",)


def test_what_is_added_is_its_authors_and_may_be_a_milestone() -> None:
    view = forms.add_entry(12, AT, WARSAW, page=1)
    told = forms.read_add_entry(
        sent(view, text="We noticed", time="13:20", sure=choice("about"), kind=choice("detected"))
    )
    entry = added(told, WARSAW, "U7", AT)
    assert (entry.actor, entry.kind, entry.precision) == ("U7", Kind.DETECTED, Precision.ABOUT)
    assert entry.at == datetime(2026, 11, 20, 13, 20, tzinfo=ZoneInfo(WARSAW))
    assert added(told, WARSAW, "U7", AT + timedelta(seconds=1)).key != entry.key
    assert forms.page_of(view) == 1


# --- whatever arrives ---


@pytest.mark.parametrize("callback", sorted([*TIMELINE_FORMS, Callback.EDIT_TIMELINE]))
@pytest.mark.parametrize(
    "view",
    [
        {},
        {"private_metadata": "not json", "state": None},
        {"private_metadata": '{"page": "x", "key": 7}', "state": {"values": {"text": {"value": None}}}},
    ],
)
def test_a_submission_that_is_none_of_ours_changes_nothing_and_breaks_nothing(
    callback: Callback, view: dict[str, Any]
) -> None:
    given = {**copy.deepcopy(view), "callback_id": callback.value}
    forms.faults(given)
    assert forms.page_of(given) == 0
    assert forms.read_add_entry(given).text == ""
    assert forms.read_remove_entries(given) == ()
    read = forms.read_change_entry(given)
    assert (read.text, read.time, read.kind, read.merged, read.removed) == (None, None, None, "", False)
