"""What a whole record tells besides its milestones: lines, people, loose ends, contradictions, the receipt."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from bot.timeline.durations import lengths_in, spoken_length
from bot.timeline.gaps import best
from bot.timeline.record import read_record
from bot.timeline.values import Kind, LooseEnd, Precision, RecordMessage, in_order, moment_of, shortened
from tests.unit.timeline_chat import CHECKOUT, chat, clock, read


def ends(lines: str) -> list[str]:
    return [each.kind for each in read(lines).loose_ends]


# Lines of the timeline


def test_the_timeline_tells_the_incident_in_order_and_in_peoples_own_words() -> None:
    messages = chat(CHECKOUT)
    entries = read_record(messages).entries
    texts = {each.ts: each.text for each in messages}
    assert all(one.at <= two.at for one, two in pairwise(entries) if one.at and two.at)
    assert all(entry.text.rstrip("…") in texts[entry.source_ts or ""] for entry in entries)
    told = {(f"{each.at:%H:%M}", each.kind) for each in entries if each.at}
    assert ("12:30", Kind.IMPACT_BEGAN) in told
    assert ("13:40", Kind.HYPOTHESIS) in told
    assert ("14:12", Kind.CAUSE_IDENTIFIED) in told
    assert ("14:31", Kind.MITIGATED) in told


def test_small_talk_is_not_in_the_timeline() -> None:
    texts = [each.text for each in read(CHECKOUT).entries]
    assert "ok" not in texts
    assert "lunch?" not in texts


def test_every_line_says_why_it_is_there() -> None:
    assert all(len(each.reason) > 5 for each in read(CHECKOUT).entries)
    assert len({each.key for each in read(CHECKOUT).entries}) == len(read(CHECKOUT).entries)


def test_what_somebody_pinned_is_kept_whatever_it_says() -> None:
    messages = chat("10:00 <PagerDuty>: Triggered: down\n10:05 ann: hm")
    entries = read_record([messages[0], replace(messages[1], pinned=True)]).entries
    assert [each.text for each in entries] == ["Triggered: down", "hm"]


def test_an_alert_that_repeats_itself_does_not_fill_the_timeline() -> None:
    lines = "\n".join(f"10:{minute:02d} <Grafana>: [FIRING:1] error rate {minute} %" for minute in range(50))
    alerts = [each for each in read(f"{lines}\n10:50 ann: looking").entries if each.kind in (Kind.ALERT, Kind.DETECTED)]
    assert len(alerts) <= 5
    assert alerts[0].reason.startswith("gives a milestone")
    assert (alerts[-1].text, alerts[-1].reason.split(";")[0]) == ("[FIRING:1] error rate 49 %", "is the last alert")


def test_a_busy_hour_does_not_push_a_quiet_one_out() -> None:
    busy = "\n".join(f"11:{n % 60:02d} ann: restarted pod {n} and it is failing with errors" for n in range(600))
    record = read(
        f"10:00 <PagerDuty>: Triggered: api down\n{busy}\n15:00 bob: drained the old nodes\n16:00 bob: ok fine"
    )
    assert len(record.entries) <= 125
    assert "drained the old nodes" in [each.text for each in record.entries]


def test_a_long_message_is_cut_at_a_word() -> None:
    assert shortened("word " * 100, 50) == ("word " * 10)[:-1][:49].rsplit(" ", 1)[0] + "…"
    assert len(shortened("x" * 1000)) == 600


def test_a_cause_of_several_sentences_is_quoted_whole() -> None:
    cause = (
        "root cause found: the cleanup job that is meant to drop old label caches was switched off by the migration to"
        " the new scheduler, so that every worker kept each label that it had ever printed in memory until the kernel"
        " ended it. The dashboard hid that, because it shows the average over all workers, see"
        " https://git.example.com/printing/pull/4312"
    )
    lines = f"""
    10:00 <PagerDuty>: Triggered: printing is down
    10:05 ann: declaring an incident, customers cannot print
    10:30 ben: {cause}
    10:45 ann: mitigated, we rolled back the release
    11:40 ann: incident resolved
    """
    found = read(lines)
    assert found.facts.cause_identified is not None
    assert found.facts.cause_identified.words == cause
    assert any(entry.text == cause for entry in found.entries)
    assert shortened(" a \n b ") == "a b"


def test_a_version_that_is_live_is_a_change_and_an_open_call_is_none() -> None:
    record = read("""
    09:55 ben: notify-worker 2.31.0 is live
    10:00 ann: customers cannot print
    10:05 ben: declaring an incident, the call is live
    10:45 ben: mitigated, we rolled back the release
    """)
    kinds = {each.text: each.kind for each in record.entries}
    assert kinds["notify-worker 2.31.0 is live"] is Kind.CHANGE
    assert kinds["declaring an incident, the call is live"] is Kind.DECLARED


# People


def test_people_are_named_by_what_they_did() -> None:
    roles = {each.user: each.role for each in read(CHECKOUT).actors}
    assert roles["dblead"] == "found the cause"
    assert roles["oncall"] == "incident lead"
    assert roles["support"] == "heard it first"
    assert "deploybot" not in roles


@pytest.mark.parametrize(
    ("words", "role"),
    [
        ("rolled back the release, errors are gone", "mitigated it"),
        ("mitigated, I restarted the pods", "mitigated it"),
        ("mitigated. 0 failures for 5 min", "saw it end"),
        ("we're good, all green, mitigated", "saw it end"),
    ],
)
def test_who_only_tells_that_it_is_over_has_not_ended_it(words: str, role: str) -> None:
    found = read(f"""
    10:00 ann: customers cannot print
    10:05 ben: declaring an incident
    10:45 cid: {words}
    11:40 ben: incident resolved
    """)
    assert found.facts.mitigated is not None
    assert {each.user: each.role for each in found.actors}["cid"] == role


@pytest.mark.parametrize(
    ("words", "role"),
    [
        ("declaring a SEV-2, I'm lead", "incident lead"),
        ("ok taking IC", "incident lead"),
        ("I'll run the response, declaring an incident", "incident lead"),
        ("declaring an incident. no idea who is IC", "declared it"),
        ("declaring an incident. this is leading to timeouts", "declared it"),
        ("declaring an incident, I'll run the migration again", "declared it"),
    ],
)
def test_who_says_that_they_lead_is_the_incident_lead(words: str, role: str) -> None:
    found = read(f"""
    10:00 ann: customers cannot print
    10:05 ben: {words}
    10:45 cid: mitigated, we rolled back the release
    11:40 ann: incident resolved
    """)
    assert {each.user: each.role for each in found.actors}["ben"] == role


# Loose ends


def test_customers_felt_it_before_the_alert() -> None:
    (end,) = [each for each in read(CHECKOUT).loose_ends if each.kind == "symptom_before_alert"]
    facts = dict(end.question_facts)
    assert facts["length"] == "32 min"
    assert facts["felt"] == "2026-11-24T12:30:00+00:00"
    assert end.quote is not None
    assert end.quote.user == "support"


def test_somebody_who_mattered_came_late() -> None:
    (end,) = [each for each in read(CHECKOUT).loose_ends if each.kind == "late_expert"]
    assert dict(end.question_facts)["user"] == "dblead"
    assert dict(end.question_facts)["after"] == "1 h 3 min"


def test_the_talk_moved_to_a_call() -> None:
    assert "jump_to_call" in ends(CHECKOUT)


def test_an_idea_that_nobody_took_up_is_open_and_one_that_was_dropped_is_not() -> None:
    start = "10:00 <PagerDuty>: Triggered: api down\n10:02 ann: could be the cache"
    assert "open_hypothesis" in ends(f"{start}\n10:30 bob: restarted the api")
    assert "open_hypothesis" not in ends(f"{start}\n10:10 bob: not the cache, hit rate is fine")
    assert "open_hypothesis" not in ends(f"{start}\n10:10 bob: confirmed, the cache is cold")


def test_a_long_silence_is_worth_a_question_and_a_short_one_is_not() -> None:
    lines = "10:00 ann: declaring SEV-1, api down\n{}\n12:00 ann: incident resolved"
    assert "silence" in ends(lines.format("10:05 bob: looking"))
    talk = "\n".join(f"{10 + n // 60}:{n % 60:02d} bob: checking node {n}" for n in range(5, 120, 10))
    assert "silence" not in ends(lines.format(talk))


def test_a_decision_without_a_reason_is_worth_a_question() -> None:
    start = "10:00 ann: declaring SEV-1, api down\n"
    assert "unexplained_decision" in ends(start + "10:20 bob: let's fail over to eu-west")
    assert "unexplained_decision" not in ends(start + "10:20 bob: let's fail over to eu-west because us-east is gone")


def test_no_incident_no_questions() -> None:
    assert ends("09:00 ann: hello\n12:00 bob: anyone on a call?") == []


# Contradictions

TWO_HOURS = """
10:00 <PagerDuty>: Triggered: api down
11:40 ann: rolled back
12:00 ann: incident resolved
12:10 ann: {}
"""


@pytest.mark.parametrize(
    "words",
    [
        "downtime lasted 45 minutes",
        "incident resolved in 20 minutes",
        "time to resolve: 8h 10m",
        "we were down for 15 minutes",
        "total incident duration: 30 min",
        "it was broken from 10:00 to 11:30 UTC (45 minutes)",
    ],
)
def test_a_stated_length_that_the_clock_does_not_give_is_questioned(words: str) -> None:
    record = read(TWO_HOURS.format(words))
    assert len(record.contradictions) == 1
    assert "but" in record.contradictions[0].text


@pytest.mark.parametrize(
    "words",
    [
        "downtime lasted about 1h 40m",
        "incident resolved in two hours",
        "time to resolve: 2h 0m",
        "we were down for roughly two hours",
        "time to resolve 45m (during support hours)",
        "next update in 30 minutes",
        "requests were delayed by up to 15 minutes",
        "increased the timeout to 30 mins",
        "the job takes 5 minutes per node",
        "reduce our time to detection and mitigation",
        "the previous outage lasted 24 hours",
        "it was broken from 10:00 to 11:30 UTC (90 minutes)",
    ],
)
def test_a_length_that_fits_or_measures_something_else_is_not(words: str) -> None:
    record = read(TWO_HOURS.format(words))
    assert record.contradictions == ()


def test_a_report_that_counts_its_minutes_is_held_to_them() -> None:
    key_events = """
    12:14 ann: First detected
    13:05 ann: Incident declared
    13:20 ann: Repaired
    13:44 ann: Resolved
    17:00 ann: Time to repair: {}
    """
    assert read(key_events.format("1h 6m")).contradictions == ()
    assert len(read(key_events.format("0h 15m")).contradictions) == 1
    assert len(read(key_events.format("1h 10m")).contradictions) == 1


def test_key_events_in_one_message_are_read_and_checked() -> None:
    events = (
        "Key events", "- First detected: 2026-11-24 12:14", "- Incident declared: 2026-11-24 13:05",
        "- Repaired: 2026-11-24 13:20", "- Resolved 2026-11-24 13:44",
        "Time to repair: 0h 15m", "Time to resolve: 1h 30m",
    )  # fmt: skip
    record = read("18:00 ann: " + "\\n".join(events))
    facts = record.facts
    assert [clock(each) for each in (facts.detected, facts.declared, facts.mitigated, facts.resolved)] == [
        "12:14", "13:05", "13:20", "13:44",
    ]  # fmt: skip
    assert ["Time to repair" in each.text for each in record.contradictions] == [True]


def test_an_end_before_the_detection_is_questioned_and_not_believed() -> None:
    start = "10:00 <PagerDuty>: Triggered: api down\n10:05 ann: declaring an incident, api down"
    record = read(f"09:00 ann: Incident resolved\n{start}")
    assert record.facts.resolved is None
    assert len(record.contradictions) == 1


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("2h 15m", 135),
        ("an hour and a half", 90),
        ("20h 03m", 1203),
        ("half an hour", 30),
        ("4h45m", 285),
        ("a 90-minute outage", 90),
        ("1 day 2 hours", 1560),
        ("1.5 hours", 90),
        ("two hours", 120),
    ],
)
def test_lengths_are_read_as_people_write_them(text: str, minutes: int) -> None:
    assert [int(each.value.total_seconds() // 60) for each in lengths_in(text)] == [minutes]
    assert spoken_length(lengths_in("2h 15m")[0].value) == "2 h 15 min"


# The receipt, and what was taken back


def test_the_receipt_counts_what_was_read_and_what_was_not() -> None:
    messages = chat(
        "10:00 <Grafana>: [FIRING:1] down\n10:01 ann: looking\n10:02 ann: fixed\n10:03 bob: x\n10:04 cat: y"
    )
    joined = replace(messages[3], subtype="channel_join")
    reply = replace(messages[2], thread_ts=messages[1].ts, edited_ts="1795514900.000000", files=("graph.png",))
    huddle = RecordMessage("1795515000.000000", "ann", "", subtype="huddle_thread")
    empty = RecordMessage("1795515001.000000", "ann", "")
    gone = replace(messages[4], deleted=True)
    receipt = read_record([messages[0], messages[1], reply, joined, gone, huddle, empty]).receipt
    assert (receipt.messages, receipt.replies, receipt.alerts, receipt.edited, receipt.deleted) == (6, 1, 1, 1, 1)
    assert (receipt.files, receipt.huddles, receipt.service, receipt.unreadable) == (1, 1, 1, 1)
    assert receipt.first == messages[0].at


def test_a_deleted_message_leaves_no_words() -> None:
    messages = chat("10:00 ann: declaring SEV-1, api down\n10:05 bob: the password is wrong, root cause is bob")
    record = read_record([messages[0], replace(messages[1], deleted=True)])
    assert "bob" not in str(record.entries) + str(record.facts) + str(record.loose_ends)


def test_the_same_message_twice_is_one_and_the_newest_edit_counts() -> None:
    (message,) = chat("10:00 ann: declaring SEV-2, api down")
    edited = replace(message, text="declaring SEV-1, api down", edited_ts="1795514500.000000")
    for order in ([message, edited], [edited, message]):
        assert read_record(order).facts.severity == "SEV-1"
        assert len(in_order(order)) == 1


def test_the_order_of_the_messages_does_not_matter() -> None:
    messages = chat(CHECKOUT)
    assert read_record(messages) == read_record(list(reversed(messages)))


def test_what_ought_to_be_done_is_kept_for_the_actions() -> None:
    assert [each.text for each in read(CHECKOUT).action_candidates] == ["we should alert on checkout error rate alone"]


def test_nothing_is_read_from_nothing() -> None:
    record = read_record([])
    assert (record.entries, record.receipt.messages, record.facts.began) == ((), 0, None)


def test_a_ts_keeps_its_microseconds() -> None:
    assert moment_of("1355517523.000005").microsecond == 5
    with pytest.raises(ValueError, match="no message time"):
        moment_of("yesterday")


@pytest.mark.timeout(90)  # Three seconds on an idle machine of 2026; what grows with the square would take minutes.
def test_ten_thousand_messages_are_read_in_a_few_seconds() -> None:
    words = [
        "seeing errors since 10:05 on node 7, investigating",
        "restarted it, looks better now but still failing",
        "incident resolved, I think it could be the cache",
        "confirmed, it was down for 20 minutes",
    ]
    messages = [
        RecordMessage(f"{1795514400 + 5 * n}.{n % 1000:06d}", f"U{n % 40}", f"{words[n % 4]} #{n}")
        for n in range(10_000)
    ]
    record = read_record(messages)
    assert record.receipt.messages == 10_000
    assert len(record.entries) <= 130
    assert all(each.precision in Precision for each in record.entries)


@pytest.mark.timeout(30)
def test_one_endless_message_is_read_too() -> None:
    text = "at 10:00 it failed, 5 minutes later " * 4000 + "`" * 5000 + "<" * 5000
    assert read_record([RecordMessage("1795514400.000000", "ann", text)]).receipt.messages == 1


def test_a_count_that_was_still_growing_gives_way_to_the_final_one_of_the_same() -> None:
    lines = """
    10:00 <PagerDuty>: Triggered: printing is down
    10:05 ann: declaring an incident, customers are affected: 9 tickets and counting
    10:45 ann: mitigated, we rolled back the release
    11:30 ann: final count: 31 tickets
    11:40 ann: incident resolved
    """
    assert [quote.text for quote in read(lines).facts.impact] == ["final count: 31 tickets"]
    other = read(lines.replace("31 tickets", "4 customers lost their labels")).facts.impact
    assert len(other) == 2, "another thing is counted"


def test_the_first_loose_end_of_each_kind_is_worth_more_than_a_second() -> None:
    ends = [LooseEnd(kind, (("number", str(number)),), None) for number, kind in enumerate("aabcb")]
    assert [(end.kind, dict(end.question_facts)["number"]) for end in best(ends)] == [
        ("a", "0"), ("b", "2"), ("c", "3"), ("a", "1"), ("b", "4"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "repaired",
    ["backfill done: 4,118 orders repaired, 0 lost", "412 customers were refunded", "we replayed all 900 payments"],
)
def test_what_was_put_right_is_not_what_was_hit(repaired: str) -> None:
    lines = f"""
    10:00 <PagerDuty>: Triggered: checkout is down
    10:05 ann: declaring an incident, 300 customers cannot pay
    10:45 ann: mitigated, we rolled back the release
    11:30 ann: {repaired}
    11:40 ann: incident resolved
    """
    assert [quote.text for quote in read(lines).facts.impact] == ["declaring an incident, 300 customers cannot pay"]
    both = read(lines.replace(repaired, "312 orders failed, 300 of them refunded")).facts.impact
    assert "312 orders failed, 300 of them refunded" in [quote.text for quote in both]


#: What a deploy at 12:41 broke, by those who found it.
RELEASE = "found it: release 4312 uses all database connections, the graph confirms it"


@pytest.mark.parametrize(
    ("began", "cause", "warned"),
    [
        ("first errors came at 12:10 UTC", RELEASE, True),
        ("first errors came at 12:10 UTC", "found it: the 12:41 deploy dropped the index, the graph confirms it", True),
        ("first errors came at 12:42 UTC", RELEASE, False),
        ("first errors came at 12:10 UTC", "found it: the disk of the queue is full", False),
        ("first errors came at 12:10 UTC", "could be release 4312", False),
        ("first errors came at 12:10 UTC", "root cause was the certificate, we deployed the fix at 12:41", False),
    ],
)
def test_a_beginning_before_the_change_that_is_its_cause_is_questioned(began: str, cause: str, warned: bool) -> None:
    record = read(f"""
    12:41 <deploybot>: deployed release 4312 to production
    13:00 <PagerDuty>: Triggered: checkout is down
    13:05 ann: declaring an incident, customers cannot pay
    13:14 ann: {began}
    14:10 tom: {cause}
    14:30 ann: rolled back 4312, errors are gone
    15:00 ann: incident resolved
    """)
    told = ["the change that is taken for the cause" in each.text for each in record.contradictions]
    assert told == [True] * warned


@pytest.mark.parametrize("then", ["", " last week"])
def test_a_cause_that_was_set_up_earlier_is_found_when_it_is_told(then: str) -> None:
    record = read(f"""
        10:00 <Grafana>: [FIRING] disk on db-3 above 95 %
        10:04 kim: looking
        10:10 deshawn: exports fail with no space left on device
        10:15 kim: on a call with lukasz
        10:55 deshawn: ok so from the call: lukasz set retention to 30 days{then} for an audit, that filled the disk
        11:10 kim: set it back to 3 days and deleted old segments
        11:25 deshawn: disk at 60 %, exports work again
        11:40 kim: resolved
    """)
    assert clock(record.facts.cause_identified) == "10:55"
    assert [e.kind for e in record.entries if "filled the disk" in e.text] == [Kind.CAUSE_IDENTIFIED]


def test_an_incident_of_last_week_is_no_finding_of_now() -> None:
    record = read("""
        10:00 <Grafana>: [FIRING] disk on db-3 above 95 %
        10:04 kim: looking
        10:10 deshawn: exports fail with no space left on device
        10:15 kim: the outage last week was retention too, that filled the disk
        11:10 kim: deleted old segments
        11:25 deshawn: disk at 60 %, exports work again
    """)
    assert not [e for e in record.entries if "last week" in e.text]


@pytest.mark.parametrize("between", ["", "06:50 sora: vacuum finished 15:42 JST. queue draining fast"])
def test_who_says_after_hours_of_silence_that_what_was_slow_is_fast_again_tells_its_end(between: str) -> None:
    record = read(f"""
        02:00 <Grafana>: [FIRING] export job duration > 10 min
        02:10 sora: exports are super slow, 20 min instead of 40s
        02:14 kenji: looking
        02:20 kenji: queue at 4000 and growing
        {between}
        07:30 sora: queue at 900
        08:05 sora: back to ~200. exports take 40s again. we did nothing lol
        08:20 kenji: ok so it fixed itself
    """)
    assert clock(record.facts.mitigated) == "08:05"
    assert any("queue draining fast" in e.text for e in record.entries) is bool(between)


def test_what_a_customer_lost_is_told_also_where_it_is_heard_hours_later() -> None:
    record = read("""
        11:52 <UptimeRobot>: Monitor is DOWN: booking-api
        11:58 kim: on it
        12:02 kim: cert for booking-api expired
        12:20 lee: renewing it now
        14:05 lee: back up
        18:40 sam: partner Acme Travel says they lost ~150 bookings
        18:55 kim: ok
    """)
    assert [e.kind for e in record.entries if "Acme" in e.text] == [Kind.IMPACT]
