"""The sort of a factor, and of what went well or badly: as somebody says, else as the words suggest, else none."""

from __future__ import annotations

import pytest

from bot.wording.sorts import FACTOR_HEADINGS, FACTOR_SORTS, WENT_SORTS, Sorted, factor_group, factor_sort, went_sorts


@pytest.mark.parametrize(
    ("text", "name", "group"),
    [
        ("the pool had no alert", "monitoring", "technical"),
        ("staging holds a hundredth of the rows", "testing", "process"),
        ("no runbook for a full connection pool", "runbook", "process"),
        ("traffic had grown threefold and the pool size stayed", "capacity", "technical"),
        ("the query had no index", "technical", "technical"),
        ("migrations are merged without a review of the plan", "process", "process"),
        ("one person on call at 3 am, new to the service", "people", "people"),
        ("it was a Tuesday", "", ""),
        # One release is a thing; how releases are made is a process.
        ("release 4312 opens one connection per request", "technical", "technical"),
        ("a release needs nobody's approval", "process", "process"),
    ],
)
def test_the_words_of_a_factor_suggest_its_sort(text: str, name: str, group: str) -> None:
    found = factor_sort(text)
    assert found == Sorted(name, False, text)
    assert factor_group(found.name) == group


@pytest.mark.parametrize(
    ("text", "name", "rest"),
    [
        ("process: the pool had no alert", "process", "the pool had no alert"),
        ("Monitoring gap: pool use", "monitoring", "pool use"),
        ("*human:* two tabs that look alike", "people", "two tabs that look alike"),
        ("capacity planning: twenty connections", "capacity", "twenty connections"),
    ],
)
def test_a_sort_that_somebody_wrote_in_front_counts_as_said(text: str, name: str, rest: str) -> None:
    assert factor_sort(text) == Sorted(name, True, rest)


def test_any_other_word_before_a_colon_is_no_sort() -> None:
    assert factor_sort("Redis: it was there") == Sorted("", False, "Redis: it was there")


def test_what_went_well_is_sorted_line_by_line_and_what_fits_nowhere_stays_unsorted() -> None:
    text = "the alert fired within a minute\ncommunication: support heard first\nthe rollback script worked\nit rained"
    assert went_sorts(text) == (
        Sorted("detection", False, "the alert fired within a minute"),
        Sorted("communication", True, "support heard first"),
        Sorted("tooling", False, "the rollback script worked"),
        Sorted("", False, "it rained"),
    )
    (luck,) = went_sorts("luckily the second replica had room")
    assert not luck.name, "luck says nothing of how well anything was done"
    one_line = went_sorts("We noticed late. Three people joined at once.")
    assert [each.name for each in one_line] == ["detection", "response"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Its status page was yellow, so we lost 20 minutes on the provider", "response"),
        ("the provider's status page stayed green all the time, which misled us", "response"),
        ("their status page was green", ""),
        ("The runbook has no page about shards", "tooling"),
        ("the page came after 20 minutes", "detection"),
        ("the status page was updated within five minutes", "communication"),
        ("customers were told on our status page", "communication"),
        ("the decline rate had no alert, merchants told us", "detection"),
        ("we heard of it from customers", "detection"),
        ("customers called us before any alert", "detection"),
        ("users called us heroes", ""),
        ("customers told us they loved the quick updates", "communication"),
        ("the status page is still green, nobody updated it", "communication"),
        ("the status page stayed green for an hour", "communication"),
        ("support told customers at once", "communication"),
    ],
)
def test_what_others_show_or_tell_us_is_no_communication_of_ours(text: str, name: str) -> None:
    assert went_sorts(text) == (Sorted(name, False, text),)


def test_every_sort_has_a_heading() -> None:
    assert {*FACTOR_SORTS, *FACTOR_SORTS.values()} == set(FACTOR_HEADINGS)
    assert list(WENT_SORTS) == ["detection", "response", "communication", "tooling"]
