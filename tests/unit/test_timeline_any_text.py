"""Whatever stands in a message: it is flattened, and its times are read, without a crash and in linear work."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from types import FrameType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.timeline.durations import lengths_in
from bot.timeline.flatten import flatten
from bot.timeline.moments import moments_in, windows_in
from bot.timeline.statements import statements_in

WRITTEN = datetime(2026, 11, 24, 15, 30, tzinfo=UTC)
SCRAPS = (
    "10:00", "9:5", "25:61", "14:??", "13:30-13:45", "between", "and", "UTC", "BST", "(10 am", "half twelve", "noon",
    "2026-02-30", "on Tuesday", "yesterday", "2 hours ago", "for 2h 15m", "Time to repair:", "resolved", "down", "```",
    "<@U1>", "\n", "~", "1.2.3.4:80", "00:00:00", "24:00", "24/11", "٣:٤٥", "\u202e", "\x00", "last", "1e9 minutes",
)  # fmt: skip
TEXTS = st.lists(st.one_of(st.sampled_from(SCRAPS), st.text(max_size=8)), max_size=14).map(" ".join)
JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=12)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(("text", "blocks", "attachments", "elements", "type", "fields", "title", "x", "value")),
            inner,
            max_size=4,
        ),
    ),
    max_leaves=12,
)


@settings(max_examples=60, deadline=None)
@given(TEXTS, st.sampled_from(("UTC", "Europe/London", "America/St_Johns", "Pacific/Kiritimati")))
def test_times_are_read_from_any_text_and_stand_in_it(text: str, zone: str) -> None:
    moments = moments_in(text, WRITTEN, zone)
    for moment in moments:
        assert moment.at.utcoffset() == timedelta(0)
        assert text[moment.start : moment.end] == moment.words
    assert all(window.start.at <= window.end.at for window in windows_in(text, moments))
    assert all(length.value > timedelta(0) for length in lengths_in(text))
    statements_in(text, "1.0", WRITTEN, zone)


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.sampled_from(("text", "blocks", "attachments", "room", "files", "x")), JSON, max_size=4))
def test_any_message_is_flattened(message: dict[str, object]) -> None:
    assert isinstance(flatten(message), str)


@pytest.mark.parametrize(
    "piece",
    [
        "between 10:00 and 11:00 UTC ",
        "13:30-13:45, ",
        "on Nov 24 at 10:00 or 2 hours ago ",
        "the outage lasted 2h 15m. ",
        "yesterday yesterday 24/11 ",
        "(10:00 (10:00 (",
    ],
)
def test_reading_times_takes_work_in_proportion_to_the_text(piece: str) -> None:
    def reads(count: int) -> Callable[[], object]:
        return lambda: (statements_in(piece * count, "1.0", WRITTEN, "UTC"), lengths_in(piece * count))

    assert calls(reads(80)) <= 6 * calls(reads(20)) + 500


def test_flattening_takes_work_in_proportion_to_the_message() -> None:
    def alert(count: int) -> dict[str, object]:
        fields = [{"title": f"field {place}", "value": f"<https://a.example/{place}|link>"} for place in range(count)]
        short = [{"type": "mrkdwn", "text": f"*{place}*"} for place in range(count)]
        return {"attachments": [{"title": "x", "fields": fields}], "blocks": [{"type": "section", "fields": short}]}

    assert calls(lambda: flatten(alert(400))) <= 6 * calls(lambda: flatten(alert(100))) + 500


def calls(work: Callable[[], object]) -> int:
    """How many function calls `work` takes: the same on every machine, unlike its seconds."""
    count = 0

    def counted(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    work()  # What is cached for ever is not counted.
    sys.setprofile(counted)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count
