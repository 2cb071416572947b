"""The demo's incident is what its guide promises, and the bot can read it, whenever it is loaded."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.places import ROOT
from bot.redaction.masking import mask
from bot.sandbox.clock import SandboxClock
from bot.sandbox.messages import shown
from bot.sandbox.seeds import BadSeed, Seeded, seed_workspace
from bot.slack.history import record_messages
from bot.timeline.flatten import flatten
from bot.timeline.lanes import Lane, lane_of
from bot.timeline.record import read_record
from bot.timeline.values import Kind, Precision, Record, RecordMessage, Stated
from tests.fakes.channels import CHANNEL as LARGE
from tests.fakes.channels import large_channel

SEED = ROOT / "bot" / "sandbox" / "seeds" / "checkout.json"
#: Afternoon, just after midnight, and mornings after the clocks of Europe went on and back.
MOMENTS = (
    datetime(2026, 11, 20, 16, 40, tzinfo=UTC),
    datetime(2027, 1, 1, 0, 15, 33, tzinfo=UTC),
    datetime(2026, 3, 29, 6, 30, tzinfo=UTC),
    datetime(2026, 10, 25, 9, 0, tzinfo=UTC),
)


@dataclass(frozen=True)
class Told:
    """The demo's incident, loaded at `base`, as the bot gets and reads it."""

    base: datetime
    seeded: Seeded
    messages: tuple[RecordMessage, ...]
    record: Record

    def ts(self, name: str) -> str:
        return self.seeded.names[name][1]

    def said(self, name: str) -> RecordMessage:
        return next(each for each in self.messages if each.ts == self.ts(name))

    def channel(self, name: str) -> dict[str, Any]:
        found = self.seeded.workspace.channel_named(name)
        assert found is not None
        return found

    def before(self, stated: Stated | None) -> timedelta:
        """How long before the loading something happened."""
        assert stated is not None
        return self.base - stated.at


def told(base: datetime) -> Told:
    seeded = seed_workspace(json.loads(SEED.read_text("utf-8")), clock=SandboxClock(frozen_at=base.timestamp()))
    workspace = seeded.workspace
    channel = workspace.channel_named("inc-checkout")
    assert channel is not None
    messages = record_messages(shown(channel, each) for each in channel["messages"].values())
    zones = {user["id"]: user["tz"] for user in workspace.users.values()}
    return Told(base, seeded, messages, read_record(messages, zones=zones))


@pytest.fixture(scope="module")
def demo() -> Told:
    return told(MOMENTS[0])


# --- the workspace ---


def test_the_bot_is_in_no_channel_yet(demo: Told) -> None:
    workspace = demo.seeded.workspace
    assert [c["name"] for c in workspace.channels.values() if workspace.bot["user_id"] in c["members"]] == []
    assert not demo.channel("inc-checkout")["is_private"]
    assert demo.channel("inc-payroll-leak")["is_private"]
    assert demo.channel("inc-2025-login")["is_archived"]
    assert all(demo.channel(name)["order"] for name in ("general", "releases"))


def test_nine_people_in_four_zones_among_them_a_guest_and_one_who_left(demo: Told) -> None:
    workspace = demo.seeded.workspace
    people = [u for u in workspace.users.values() if not u["is_bot"] and u["id"] != "USLACKBOT"]
    assert len(people) == 9
    assert {u["tz"] for u in people} == {"Europe/London", "Europe/Warsaw", "America/New_York", "Asia/Kolkata"}
    assert [u["name"] for u in people if u["is_restricted"]] == ["lukas"]
    assert [u["name"] for u in people if u["deleted"]] == ["oskar"]
    assert "U0OSKAR" not in demo.channel("inc-checkout")["members"]
    assert workspace.data["usergroups"]["S0DBTEAM"]["users"] == ["U0ROHAN"]


def test_the_guide_says_what_to_type_whom_to_be_and_how_to_turn_the_clock(demo: Told) -> None:
    guide = demo.seeded.workspace.data["guide"]
    assert 4 <= len(guide) <= 5
    for words in ("/postmortem start", "Act as", "//", "clock"):
        assert any(words in line for line in guide), words
    for line in guide:
        for name in (word.strip(".,:") for word in line.split() if word.startswith("#")):
            assert demo.channel(name.removeprefix("#"))


# --- what was said ---


def test_the_incident_channel_holds_what_it_promises(demo: Told) -> None:
    receipt = demo.record.receipt
    assert len(demo.messages) == 80
    assert len(demo.channel("inc-checkout")["threads"]) == 6
    assert (receipt.messages, receipt.deleted, receipt.replies, receipt.edited) == (79, 1, 18, 1)
    assert (receipt.alerts, receipt.service, receipt.huddles, receipt.files) == (7, 8, 1, 1)
    assert receipt.unreadable == 0
    assert receipt.last is not None
    assert demo.base - receipt.last == timedelta(hours=3, minutes=1)


def test_the_picture_shows_as_many_alerts_as_the_receipt_counts_and_the_status_page_is_none(demo: Told) -> None:
    drawn = [each for each in demo.record.entries if each.at is not None and lane_of(each) is Lane.ALERTS]
    assert len(drawn) == demo.record.receipt.alerts
    assert "Statuspage" not in {each.actor for each in drawn}
    assert "Statuspage" in {each.actor for each in demo.record.entries if lane_of(each) is Lane.PEOPLE}


def test_tools_say_everything_outside_of_their_text(demo: Told) -> None:
    from_tools = [
        message
        for channel in demo.seeded.workspace.channels.values()
        for message in channel["messages"].values()
        if message.get("subtype") == "bot_message"
    ]
    assert {m["username"] for m in from_tools} == {
        "PagerDuty", "Alertmanager", "Grafana", "Statuspage", "Slipway deploys",
    }  # fmt: skip
    for message in from_tools:
        assert message["text"] == ""
        assert flatten(message)
        for attachment in message.get("attachments", []):
            assert len(flatten({"attachments": [attachment]})) > 10


def test_the_reading_gets_the_awkward_parts_of_a_channel_too(demo: Told) -> None:
    assert demo.said("tombstone").deleted
    assert demo.said("tombstone").reply_count == 2
    assert demo.said("cause").pinned
    assert demo.said("resolved").reactions.count("tada") == 3
    assert demo.said("provider-fine").broadcast
    assert demo.said("failed-payments").edited_ts is not None
    assert "1,240 failed payments" in demo.said("failed-payments").text
    assert not any("1,420 failed" in each.text for each in demo.messages)
    late = demo.said("late-reply")
    assert late.thread_ts == demo.ts("first-alert")
    assert late.at - demo.said("first-alert").at > timedelta(hours=2)


def test_the_graph_is_a_picture(demo: Told) -> None:
    [stored] = demo.seeded.workspace.data["files"].values()
    assert stored["file"]["mimetype"] == "image/png"
    assert base64.b64decode(stored["content"]).startswith(b"\x89PNG\r\n\x1a\n")


def test_the_password_in_the_channel_is_no_real_one_and_is_masked(demo: Told) -> None:
    _, ts = demo.seeded.names["secret"]
    stored = demo.channel("inc-checkout")["messages"][ts]["text"]
    assert "not-a-real-password" in stored
    assert mask(stored).kinds == ("password in a URL",)
    assert not any("not-a-real-password" in each.text for each in demo.messages)
    others = [each.text for each in demo.messages if each.ts != ts and "[secret" in each.text]
    assert others == []


def test_private_and_archived_channels_keep_their_own_words(demo: Told) -> None:
    oldest = min(float(ts) for ts in demo.channel("inc-2025-login")["order"])
    assert datetime.fromtimestamp(oldest, UTC).year == 2025
    assert not any("salaries" in each.text for each in demo.messages)


# --- what the bot makes of it ---


@pytest.mark.parametrize("base", MOMENTS, ids=str)
def test_the_milestones_are_found_whenever_the_demo_is_started(base: datetime) -> None:
    read = told(base)
    facts = read.record.facts
    assert facts.began is not None
    assert facts.began.precision is Precision.ABOUT
    assert facts.began.zone == "Europe/London"
    assert facts.began.source_ts == read.ts("began")
    assert abs(read.before(facts.began) - timedelta(hours=6)) <= timedelta(minutes=3)
    near = timedelta(minutes=2)
    assert abs(read.before(facts.detected) - timedelta(hours=5, minutes=28)) <= near
    assert abs(read.before(facts.acknowledged) - timedelta(hours=5, minutes=24)) <= near
    assert abs(read.before(facts.declared) - timedelta(hours=5, minutes=17)) <= near
    assert abs(read.before(facts.mitigated) - timedelta(hours=3, minutes=50)) <= timedelta(minutes=8)
    assert abs(read.before(facts.resolved) - timedelta(hours=3, minutes=26)) <= near
    assert facts.partly_recovered is None  # “200 of 200 connections are taken” is no recovery.
    assert facts.severity == "SEV-2"
    assert read.record.contradictions == ()


def test_the_cause_is_the_release_and_not_the_payment_provider(demo: Told) -> None:
    cause = demo.record.facts.cause_identified
    assert cause is not None
    assert cause.source_ts in (demo.ts("cause"), demo.ts("graph"))
    assert "r4312" in cause.words
    assert not any(
        "Paylane" in entry.text for entry in demo.record.entries if entry.kind is Kind.CAUSE_IDENTIFIED
    )  # fmt: skip
    lines = {entry.source_ts: entry for entry in demo.record.entries}
    assert lines[demo.ts("wrong-idea")].kind is Kind.HYPOTHESIS
    assert demo.ts("dropped") in lines


def test_the_release_itself_is_placed_by_the_clock_of_who_told_it(demo: Told) -> None:
    [change] = [e for e in demo.record.entries if e.source_ts == demo.ts("release") and e.kind is Kind.CHANGE
                and e.at != demo.said("release").at]  # fmt: skip
    assert change.at is not None
    assert abs(demo.base - change.at - timedelta(hours=6, minutes=12)) <= timedelta(minutes=1)
    assert change.zone == "Europe/Warsaw"


def test_the_record_leaves_questions_open(demo: Told) -> None:
    kinds = {end.kind for end in demo.record.loose_ends}
    assert kinds >= {
        "symptom_before_alert", "open_hypothesis", "late_expert", "silence", "jump_to_call", "unexplained_decision",
    }  # fmt: skip
    open_ideas = [end.quote.text for end in demo.record.loose_ends if end.kind == "open_hypothesis" and end.quote]
    assert not any("Paylane" in idea for idea in open_ideas)


def test_people_and_numbers_stand_out(demo: Told) -> None:
    roles = {actor.user: actor.role for actor in demo.record.actors}
    assert roles["U0ROHAN"] == "found the cause"
    assert roles["U0MARIA"] == "declared it"
    assert roles["U0BETHAN"] == "heard it first"
    assert "1,240 failed payments" in demo.record.facts.impact[0].text
    ideas = {quote.source_ts for quote in demo.record.action_candidates}
    assert {demo.ts("alert-idea"), demo.ts("runbook")} <= ideas


# --- clock times in seeds ---


def stored(text: str, base: datetime, **more: Any) -> str:
    seed = {
        "users": [{"id": "U1", "name": "maria"}],
        "channels": [{"id": "C1", "name": "inc", "members": ["maria"]}],
        "messages": {"inc": [{"at": "-1h", "user": "maria", "text": text, **more}]},
    }
    channel = seed_workspace(seed, base.timestamp()).workspace.channels["C1"]
    [message] = channel["messages"].values()
    return flatten(message)


def test_a_clock_time_in_a_seed_is_what_that_zone_showed_then() -> None:
    base = datetime(2026, 11, 20, 14, 12, 40, tzinfo=UTC)
    assert stored("at {time:-3h40m:Europe/London} UK", base) == "at 10:32 UK"
    assert stored("{time:-3h40m:Asia/Kolkata}, {time:+5m:UTC}", base) == "16:02, 14:17"
    assert stored("around {about:-3h40m:Europe/London}", base) == "around 10:35"


def test_the_clocks_of_a_zone_go_on_and_back() -> None:
    after_the_change = datetime(2026, 3, 29, 12, 0, tzinfo=UTC)
    assert stored("{time:-12h:Europe/London} {time:-1h:Europe/London}", after_the_change) == "00:00 12:00"


def test_clock_times_stand_in_attachments_too_and_other_braces_stay() -> None:
    base = datetime(2026, 11, 20, 14, 12, tzinfo=UTC)
    attachments = [{"fields": [{"title": "Since", "value": "{time:-1h:UTC}"}], "text": 'labels {job="api"} {time}'}]
    assert stored("", base, attachments=attachments) == 'labels {job="api"} {time}\nSince: 13:12'


@pytest.mark.parametrize(
    "text", ["{time:-3h}", "{time:yesterday:UTC}", "{time:-3h:Europe/Narnia}", "{about:-3h:Europe}", "{time::UTC}"]
)
def test_a_mistake_in_a_clock_time_shows(text: str) -> None:
    with pytest.raises(BadSeed):
        stored(text, MOMENTS[0])


# --- large channels ---


@pytest.mark.parametrize(("messages", "threads"), [(0, 0), (1, 0), (2, 1), (7, 3), (500, 0), (1000, 40), (400, 200)])
def test_a_large_channel_is_as_large_as_asked_for(messages: int, threads: int) -> None:
    seed = large_channel(messages, threads)
    assert seed == large_channel(messages, threads)
    channel = seed_workspace(seed, MOMENTS[0].timestamp()).workspace.channels[LARGE]
    assert len(channel["messages"]) == messages
    assert len(channel["threads"]) == threads
    assert len(channel["order"]) == messages - sum(len(replies) for replies in channel["threads"].values())


def test_a_large_channel_is_an_incident_that_ended() -> None:
    workspace = seed_workspace(large_channel(600, 20), MOMENTS[0].timestamp()).workspace
    channel = workspace.channels[LARGE]
    facts = read_record(record_messages(shown(channel, each) for each in channel["messages"].values())).facts
    assert None not in (facts.detected, facts.declared, facts.mitigated, facts.resolved)


def test_threads_that_do_not_fit_are_refused() -> None:
    with pytest.raises(ValueError, match="need at least 20"):
        large_channel(19, 10)
