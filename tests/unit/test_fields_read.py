"""What the record says of single fields: of the impact, the escalation, how the cause is known, and in its links."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from bot.interview.fields import LINKS
from bot.timeline.record import read_record
from bot.timeline.values import RecordMessage
from bot.understanding.record import fields_of

BEGAN = 1795183200
TOLD = (
    "declaring SEV-1, checkout is down, 12% of users get errors",
    "paged the database team because the pool is full",
    "found it: the new query has no index, the graph confirms it https://grafana.example/d/pool",
    "rolled back 4312, errors are dropping",
    "resolved, all clear",
)


def test_the_record_fills_fields_with_its_own_words_and_their_messages() -> None:
    messages = [RecordMessage(f"{BEGAN + 300 * n}.000100", f"U{n}", text) for n, text in enumerate(TOLD)]
    record = read_record(messages, zone="UTC", zones={})
    found = {field.name: field for field in fields_of(record, datetime(2026, 11, 20, tzinfo=UTC))}
    assert "12% of users" in found["impact.share"].text
    assert found["impact.share"].ts == messages[0].ts
    assert "the graph confirms it" in found["cause.evidence"].text
    assert (found["cause.evidence"].ts, found["cause.evidence"].by) == (messages[2].ts, "U2")
    assert "grafana.example" in found["references.dashboard"].text
    assert all(
        field.text in text for field in found.values() for text in [" ".join(TOLD)] if field.ts == messages[0].ts
    )


def test_every_link_that_shows_something_is_kept_with_its_message_also_of_what_is_no_entry() -> None:
    links = (
        "https://github.com/acme/checkout/pull/4312",
        "https://deploys.example/runs/99",
        "https://grafana.example/d/pool",
    )
    told = (*TOLD, f"lol {links[0]}", f"thanks! {links[1]} and {links[0]}", "https://blog.example/on-calmness")
    messages = [RecordMessage(f"{BEGAN + 300 * n}.000100", f"U{n}", text) for n, text in enumerate(told)]
    record = read_record(messages, zone="UTC", zones={})
    found = [f for f in fields_of(replace(record, entries=()), datetime(2026, 11, 20, tzinfo=UTC)) if f.name == LINKS]
    assert {f.text: f.ts for f in found} == dict(
        zip(links, (messages[-3].ts, messages[-2].ts, messages[2].ts), strict=True)
    )


def test_what_support_counts_after_the_recovery_is_read_and_talk_of_tickets_is_not() -> None:
    told = (*TOLD, "the phones are quiet, 47 tickets in all", "we went through the tickets")
    messages = [RecordMessage(f"{BEGAN + 300 * n}.000100", f"U{n}", text) for n, text in enumerate(told)]
    record = read_record(messages, zone="UTC", zones={})
    found = [f.text for f in fields_of(record, datetime(2026, 11, 20, tzinfo=UTC)) if f.name == "customers.tickets"]
    assert found == ["47 tickets in all"]
