"""What was deleted unheard is known only where Slack listed everything around it."""

from __future__ import annotations

from typing import Any

from bot.slack.room import Page
from bot.slack.unlisted import of_channel, of_thread
from bot.timeline.values import RecordMessage


def kept(*stamps: str, root: str | None = None) -> list[RecordMessage]:
    return [RecordMessage(ts, "U1", f"words of {ts}", thread_ts=root) for ts in stamps]


def page(*stamps: str, cursor: str = "", replies: int = 0, root: str | None = None) -> Page:
    listed: list[dict[str, Any]] = [{"ts": ts, "reply_count": replies} for ts in stamps]
    for message in listed:
        if root is not None and message["ts"] != root:
            message["thread_ts"] = root
    return Page(tuple(listed), cursor)


def gone(found: tuple[RecordMessage, ...]) -> list[str]:
    return [message.ts for message in found]


ALL = kept("10", "20", "30", "40", "50")


def test_a_message_that_a_whole_history_does_not_list_is_gone() -> None:
    assert gone(of_channel(ALL, page("50", "40", "20", "10"), "", "60", "60")) == ["30"]
    assert gone(of_channel(ALL, page("50", "40", "30", "20"), "", "60", "60")) == ["10"], "the first one too"


def test_nothing_is_known_beyond_a_page_that_goes_on_outside_of_the_window_or_of_an_empty_page() -> None:
    assert gone(of_channel(ALL, page("50", "30", cursor="more"), "", "60", "60")) == ["40"]
    assert gone(of_channel(ALL, page("20"), "", "30", "60")) == ["10"], "the next page ends where that one began"
    assert gone(of_channel(ALL, page("50", "40"), "30", "60", "60")) == [], "read from then on only"
    assert gone(of_channel(ALL, page("40", "30", "20", "10"), "", "60", "45")) == [], "too new to be listed surely"
    assert gone(of_channel(ALL, page(), "", "60", "60")) == []


def test_the_replies_go_with_a_root_that_is_gone_or_counts_none() -> None:
    record = [*kept("10", "20"), *kept("11", "12", root="10"), *kept("21", root="20")]
    assert gone(of_channel(record, page("20", replies=1), "", "60", "60")) == ["10", "11", "12"]
    assert gone(of_channel(record, page("20", "10", replies=0), "", "60", "60")) == ["11", "12", "21"]
    assert gone(of_channel(record, page("20", "10", replies=1), "", "60", "60")) == []


def test_a_reply_that_a_thread_does_not_list_is_gone() -> None:
    record = kept("11", "12", "13", "14", root="10")
    assert gone(of_thread(record, page("10", "11", "14", root="10"), "10", "10", "60")) == ["12", "13"]
    assert gone(of_thread(record, page("10", "12", cursor="more", root="10"), "10", "10", "60")) == ["11"]
    assert gone(of_thread(record, page("10", "13", root="10"), "10", "", "60")) == ["14"], "a later page"
    assert gone(of_thread(record, page("10", root="10"), "10", "10", "60")) == [], "the thread was not told"
