"""When an incident began, was seen, understood and ended, told by the chat itself."""

from __future__ import annotations

import pytest

from bot.timeline.values import Precision
from tests.unit.timeline_chat import CHECKOUT, clock, read


def test_the_checkout_incident_is_read_as_its_people_told_it() -> None:
    facts = read(CHECKOUT).facts
    assert clock(facts.began) == "12:30"
    assert facts.began is not None
    assert (facts.began.precision, facts.began.zone) == (Precision.ABOUT, "Europe/London")
    assert "half twelve" in facts.began.words
    assert clock(facts.detected) == "13:02"
    assert clock(facts.acknowledged) == "13:04"
    assert clock(facts.declared) == "13:09"
    assert clock(facts.cause_identified) == "14:12"
    assert clock(facts.mitigated) == "14:31"
    assert clock(facts.resolved) == "15:05"
    assert facts.severity == "SEV-2"
    assert facts.services == ("checkout",)
    assert "https://github.com/acme/checkout/pull/4312" in [each.text for each in facts.links]


def test_people_who_chat_have_no_incident() -> None:
    facts = read("""
        09:00 ann: good morning
        09:10 bob: anyone up for lunch at 12:30?
        09:30 cat: the coffee machine is down again
        10:00 bob: I deployed 1.2.3 to staging
        10:20 cat: retro at 15:00, please add notes
        11:00 ann: should we fix the error page copy?
    """).facts
    assert facts.began is facts.detected is facts.declared is facts.mitigated is facts.resolved is None


def test_the_last_message_is_not_the_end() -> None:
    facts = read("""
        10:00 ann: users report that login is broken
        10:10 bob: still failing
        11:30 ann: heading out, will look tomorrow
    """).facts
    assert clock(facts.detected) == "10:00"
    assert facts.mitigated is None
    assert facts.resolved is None


def test_a_guess_is_no_cause() -> None:
    facts = read("""
        10:00 <PagerDuty>: Triggered: hub pods failing
        10:05 ann: that usually means a quota issue
        10:20 bob: quota looks fine, not it
    """).facts
    assert facts.cause_identified is None


def test_what_is_only_prepared_for_is_no_cause() -> None:
    for fear in (
        "is there if it goes wrong",
        "is there in case it breaks",
        "is there, should it be wiped by the script",
    ):
        facts = read(f"""
            10:00 <PagerDuty>: Triggered: invoices without tax
            10:05 ann: looking
            10:30 bob: I have a script for the rows, tried on a copy. the snapshot from 03:00 {fear}
            10:40 ann: go
            10:55 bob: done, fixed, all invoices are back to normal
        """).facts
        assert facts.cause_identified is None, fear
    told = read("""
        10:00 <PagerDuty>: Triggered: invoices without tax
        10:30 bob: the tax table is locked by the import, we can restore it if it goes wrong
        10:55 bob: stopped the import, all invoices are back to normal
    """).facts
    assert clock(told.cause_identified) == "10:30", "what is wrong beside it is still said"


def test_a_guess_becomes_the_cause_when_it_is_confirmed() -> None:
    facts = read("""
        10:00 <PagerDuty>: Triggered: hub pods failing
        10:05 ann: I think it might be the expired certificate
        10:40 bob: confirmed, the certificate expired at midnight
    """).facts
    assert clock(facts.cause_identified) == "10:40"


def test_the_cause_that_was_found_last_is_the_cause() -> None:
    facts = read("""
        10:00 <PagerDuty>: Triggered: hub pods failing
        10:20 ann: root cause is the network policy
        10:40 bob: the network policy is not the cause, I reverted it and nothing changed
        11:10 bob: found the cause: the node image has an old kernel
    """).facts
    assert clock(facts.cause_identified) == "11:10"


def test_what_broke_again_was_not_mitigated() -> None:
    facts = read("""
        10:00 <PagerDuty>: Triggered: API latency high
        10:15 ann: restarted, latency back to normal
        10:40 bob: it is failing again
        11:00 bob: index dropped, everything is back to normal
        11:30 bob: incident resolved
    """).facts
    assert (clock(facts.mitigated), clock(facts.resolved)) == ("11:00", "11:30")


def test_a_recovery_is_dated_by_the_rollback_that_brought_it() -> None:
    facts = read("""
        10:00 ann: users report errors on login, this is a SEV-1
        10:30 bob: rolled back the release
        10:40 ann: login is working again
    """).facts
    assert clock(facts.mitigated) == "10:30"


def test_an_incident_may_be_declared_after_it_was_repaired() -> None:
    facts = read("""
        14:44 ann: First detected
        14:51 ann: Repaired
        15:09 ann: Incident declared
        16:49 ann: Resolved
    """).facts
    assert [clock(each) for each in (facts.detected, facts.mitigated, facts.declared, facts.resolved)] == [
        "14:44", "14:51", "15:09", "16:49",
    ]  # fmt: skip


def test_a_declared_resolution_declares_no_incident() -> None:
    facts = read("""
        10:24 ann: Team alerted via high priority alarm
        10:33 ann: teams report that services are unavailable
        10:40 ann: Incident declared as resolved
    """).facts
    assert facts.declared is None
    assert clock(facts.resolved) == "10:40"


def test_a_question_or_a_plan_declares_and_resolves_nothing() -> None:
    facts = read("""
        10:00 <PagerDuty>: Triggered: checkout is down
        10:05 ann: should we declare an incident?
        10:30 bob: once this is resolved we write it up
        10:40 ann: can we call this resolved?
    """).facts
    assert facts.declared is None
    assert facts.resolved is None


def test_a_status_page_opens_tells_the_window_and_closes() -> None:
    facts = read("""
        14:39 <status.example.com>: We are investigating reports of degraded performance for Issues and Actions.
        15:10 <status.example.com>: Actions is experiencing degraded performance. We are continuing to investigate.
        16:12 <status.example.com>: On November 24, 2026, between 14:17 UTC and 15:54 UTC jobs were degraded.
    """).facts
    assert (clock(facts.began), clock(facts.mitigated)) == ("14:17", "15:54")
    assert clock(facts.declared) == "14:39"
    assert clock(facts.resolved) == "16:12"
    assert facts.resolved is not None
    assert facts.resolved.precision is Precision.ABOUT
    assert facts.detected is None
    assert facts.services == ("Issues", "Actions")


def test_a_status_page_that_still_works_on_it_has_not_closed() -> None:
    facts = read("""
        01:26 <status.example.com>: We are investigating reports of degraded performance for Pages.
        01:40 <status.example.com>: Builds were delayed starting at 1:00 UTC. We are continuing to monitor
    """).facts
    assert clock(facts.began) == "01:00"
    assert facts.resolved is None


def test_a_correction_outranks_what_was_said_first() -> None:
    facts = read(
        """
        18:00 ann: API is returning 500 for all customers since 10 am PT
        18:10 bob: this started at 9:45am Pacific, not 10
        18:30 bob: failed over to eu-west, recovered at 18:25 UTC
        18:40 ann: closing the incident
        """
    ).facts
    assert clock(facts.began) == "17:45"
    assert clock(facts.mitigated) == "18:25"
    assert clock(facts.resolved) == "18:40"


def test_a_time_without_a_zone_is_the_writers() -> None:
    lines = "18:00 ann: API is returning errors since 12:40, SEV-1"
    assert clock(read(lines, zones={"ann": "America/New_York"}).facts.began) == "17:40"
    assert clock(read(lines, zone="Europe/Berlin").facts.began) == "11:40"


def test_a_timeline_that_somebody_pastes_is_read_by_its_own_times() -> None:
    pasted = (
        "Timeline:",
        "13:02 alert fired",
        "13:09 declared SEV2",
        "14:31 - mitigated, rolled back",
        "15:05 resolved",
    )
    facts = read("18:00 ann: " + "\\n".join(pasted)).facts
    assert [clock(each) for each in (facts.detected, facts.declared, facts.mitigated, facts.resolved)] == [
        "13:02", "13:09", "14:31", "15:05",
    ]  # fmt: skip


def test_a_tool_that_was_acknowledged_and_closed_by_people_says_so() -> None:
    facts = read("""
        16:01 <PagerDuty>: Triggered through the API. Description:[FIRING:1] servers failed to start
        16:18 <PagerDuty>: Acknowledged by Ann through the website.
        20:21 <PagerDuty>: Resolved by Ann through the website.
    """).facts
    assert [clock(each) for each in (facts.detected, facts.acknowledged, facts.resolved)] == ["16:01", "16:18", "20:21"]


def test_an_alert_that_cleared_is_not_the_end_of_the_incident() -> None:
    facts = read("""
        16:01 <Grafana>: [FIRING:1] error rate
        16:05 ann: declaring an incident
        16:20 <Grafana>: [RESOLVED] error rate
    """).facts
    assert facts.resolved is None


def test_a_mitigation_that_was_only_tried_has_not_worked_yet() -> None:
    facts = read("""
        10:00 <PagerDuty>: Triggered: queue is stuck
        10:20 ann: we've applied a mitigation and are monitoring
        10:30 ann: rolled back the consumer, no improvement
    """).facts
    assert facts.mitigated is None


def test_the_beginning_is_what_customers_felt_or_a_graph_showed_before_the_page() -> None:
    page = "11:58 <PagerDuty>: Triggered: checkout p95 latency high\n"
    for said, precision in (
        ("grafana says p95 went over 2s at 11:18 UTC, so customers felt it 40 min before the page", Precision.ABOUT),
        ("customers felt it from 11:18 UTC", Precision.EXACT),
        ("customers noticed it from 11:18 UTC on", Precision.EXACT),
        ("first one came in at 5:18 am Chicago", Precision.EXACT),
    ):
        facts = read(f"{page}12:30 ann: {said}").facts
        assert clock(facts.began) == "11:18", said
        assert facts.began is not None
        assert (facts.began.precision, clock(facts.detected)) == (precision, "11:58")
    for said in (
        "grafana says p95 came down at 11:18 UTC",
        "grafana shows memory was flat at 11:18 UTC",
        "customers noticed it at 11:18 UTC",
    ):
        assert read(f"{page}12:30 ann: {said}").facts.began is None, said


@pytest.mark.parametrize(
    ("after", "mitigated"),
    [
        ("", None),
        ("09:30 <Grafana>: [RESOLVED] checkout 5xx", "09:30"),
        ("09:20 ann: rollback's done\n09:30 <Grafana>: [RESOLVED] checkout 5xx", "09:20"),
        ("09:20 ann: rollback's done\n09:23 bob: still 9s. so not the release", None),
        (
            "09:20 ann: rolled back 4312\n09:23 bob: hm still 5xx\n09:44 bob: raised the pool, works again",
            "09:44",
        ),
        ("09:20 ann: rolled back 4312\n09:23 bob: works again\n09:31 bob: it died again", None),
    ],
)
def test_what_is_under_way_or_did_not_help_has_mitigated_nothing(after: str, mitigated: str | None) -> None:
    lines = f"""
09:00 <Grafana>: [FIRING:1] checkout 5xx
09:01 ann: looking
09:05 bob: customers get errors at checkout
09:15 ann: ok rolling back 4312
{after}
"""
    assert clock(read(lines).facts.mitigated) == mitigated


@pytest.mark.parametrize(
    ("last", "resolved"),
    [
        ("looks propagated everywhere I can test. calling it", "11:40"),
        ("closing. 37 jobs failed between 10:02 and 10:45", "11:40"),
        ("I'll be calling it a bug in the spooler", None),
        ("the office reopens on monday", None),
    ],
)
def test_who_closes_in_passing_has_closed_it(last: str, resolved: str | None) -> None:
    facts = read(f"""
        10:00 ann: customers report that printing is down
        10:05 ben: declaring an incident
        10:30 ben: rolling back to 2.30.4
        10:45 ben: rollback done, printers take jobs again
        11:40 ben: {last}
    """).facts
    assert clock(facts.resolved) == resolved
    # "Rolling back to" is at it, the finished rollback has ended it.
    assert clock(facts.mitigated) == "10:45"


def test_what_a_status_page_posts_is_what_customers_were_told() -> None:
    record = read("""
        10:00 ann: customers report that printing is down
        10:05 ben: declaring an incident
        10:20 <Statuspage>: Monitoring: delayed prints. A fix is in place.
        10:45 ben: mitigated, rolled back the release
        10:50 ben: incident resolved
        11:00 <Statuspage>: Resolved: delayed prints. All prints have been delivered.
    """)
    told = [f"{each.at:%H:%M} {each.kind}" for each in record.entries if each.at and each.actor == "Statuspage"]
    assert told == ["10:20 communication", "11:00 communication"]
