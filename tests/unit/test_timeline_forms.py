"""What people do by a sentence is told by its grammar, and what it means by its place in the course of the incident."""

from __future__ import annotations

import pytest

from bot.timeline.course import is_well, says_too
from bot.timeline.forms import Form, form_of, takes_on
from bot.timeline.values import Kind
from tests.unit.timeline_chat import clock, read

#: What is done by it: examples, and words that look like it and do something else.
FORMS: dict[Form, tuple[tuple[str, ...], tuple[str, ...]]] = {
    Form.ACTS: (
        ("reverting", "killed pid 22817", "ok putting it back by hand", "outbound switched to .44", "psk is in again",
         "Old certificate set as primary on node 1", "aliased.", "scancel done", "frozen"),
        ("nothing helps", "still buzzing", "rendering is slow", "not suspended, says in review", "drop rates rise",
         "the cut is deep"),
    ),
    Form.DECIDES: (
        ("kill it", "yes, do it", "ok restart half of them", "let's roll it back", "we'll switch to the spare",
         "Plan: go back"),
        ("reindex ok, 84k docs", "let's see", "switch port flapping"),
    ),
    Form.PROPOSES: (
        ("can we restart the pods", "why not move it to the spare?", "swap to replica? it is warm", "kill it?"),
        ("reindex running?", "can confirm"),
    ),
    Form.SUPPOSES: (
        ("terraform apply last nite?", "does it round?", "temperature?", "reindex running?"),
        ("who touched it?", "did you deploy?", "is this an incident?", "how many were hit?"),
    ),
    Form.ASKS: (
        ("who touched solr", "why died", "is this an incident?", "got a link to one?", "any news?", "salut, how many?",
         "can someone PLEASE tell me which number is right"),
        ("what it does: it rounds", "can someone restart it?"),
    ),
    Form.TELLS: (
        ("told all wards", "mailed the 212 customers", "both customers have been told", "the banner is off again"),
        ("told you it was not the pods", "a customer tells a story"),
    ),
    Form.EXPLAINS: (
        ("it replaced the bucket policy", "validator got bumped by a bot", "heartbeat changed in 9.4",
         "the certificate was rolled over at 00:00", "strategy was changed last week"),
        ("I replaced the policy", "rolled over"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
def test_what_somebody_does_by_a_sentence_is_told_by_its_grammar(form: Form) -> None:
    examples, others = FORMS[form]
    assert {text: form_of(text) for text in examples} == dict.fromkeys(examples, form)
    assert [text for text in others if form_of(text) is form] == []


def test_who_takes_it_on_says_so_in_a_few_words_beside_others() -> None:
    for text in ("me. opening laptop", "Noted. Checking ADFS.", "hm ok let me dig", "grr. I'm up", "on it (mx2)"):
        assert takes_on(text), text
    for text in ("who is on it?", "mine goes through", "look at this picture of the party we had", "I have it open"):
        assert not takes_on(text), text


def test_it_is_well_only_where_nothing_stands_against_it() -> None:
    for text in ("50 out of 50 say 14 now", "declines gone", "no errors since ten", "mine goes thru", "works again"):
        assert is_well(text), text
    for text in ("still not ok", "works for me only", "48 of 50 say 14", "sessions 4x normal", "changed it back"):
        assert not is_well(text), text


def test_who_has_met_it_too_says_so() -> None:
    for text in ("same here", "spins here too, chrome and safari", "reproduced. 20 of 20 say 4", "Mar says the same"):
        assert says_too(text), text
    assert not says_too("the two of us")


RATE = """
    14:52 support: got 3 clients on the line, the assistant quotes 4 for the loan, sheet says 4.75
    14:57 kim: taking a look
    15:01 kim: reproduced. 20 of 20 asks say 4
    15:10 kim: the provider changed nothing, checked against their status
    15:22 kim: the tool that formats rates, does it round?
    15:25 teo: yes. int(rate). there it is
    15:44 <argo>: assistant synced to 4c1e9aa
    15:50 kim: 20 out of 20 say 4.75 now
    16:04 ann: how many people saw a wrong number?
"""


def test_the_first_report_of_a_customer_is_the_detection_and_a_whole_sample_after_the_repair_the_end() -> None:
    facts = read(RATE).facts
    assert clock(facts.detected) == "14:52"
    assert clock(facts.acknowledged) == "14:57"
    assert clock(facts.cause_identified) == "15:25"
    assert clock(facts.mitigated) == "15:50"


def test_who_checks_something_once_the_cause_is_known_did_not_begin_to_look_then() -> None:
    late = RATE.replace("15:10 kim: the provider changed nothing, checked", "15:30 kim: checked")
    late = "\n".join(sorted(late.splitlines()))
    assert clock(read(RATE).facts.investigation_began) == "15:10"
    assert read(late).facts.investigation_began is None


def test_what_is_met_before_a_repair_is_what_is_wrong_and_after_it_that_it_is_right() -> None:
    kinds = {entry.text: entry.kind for entry in read(RATE).entries}
    assert kinds["reproduced. 20 of 20 asks say 4"] in (Kind.IMPACT, Kind.FINDING)
    assert kinds["the tool that formats rates, does it round?"] is Kind.HYPOTHESIS
    assert kinds["assistant synced to 4c1e9aa"] is Kind.CHANGE


def test_an_incident_is_seen_that_two_have_met_in_words_that_no_rule_knows() -> None:
    lines = """
        10:44 vik: search is borked? "jacket" 0 hits
        10:45 lo: lol same, "shoes" nada
        10:46 vik: who touched solr
        10:50 vik: core has 0 docs. zero
        11:00 lo: swap to replica? has yesterdays index
        11:03 vik: aliased.
        11:04 lo: jackets! 1.2k of em
    """
    facts = read(lines).facts
    assert (clock(facts.detected), clock(facts.mitigated)) == ("10:44", "11:04")
    assert read(lines.replace("aliased.", "no idea").replace("jackets! 1.2k of em", "bye")).facts.detected is None


def test_two_parcels_that_are_missing_are_no_incident() -> None:
    lines = """
        09:41 quin: did anyone take the parcel from the reception? says delivered
        09:43 tess: same for me, mine says delivered too and it's nowhere
        09:50 quin: found it, it was behind the plant
    """
    assert read(lines).facts.milestones() == {} or not any(read(lines).facts.milestones().values())


def test_small_talk_and_its_answers_are_left_out_while_an_incident_runs() -> None:
    lines = """
        14:02 <Alertmanager>: [FIRING:3] EdgeHigh5xxRatio
        14:03 rk: looking
        14:05 jo: is the demo for the board still at 2?
        14:06 pia: nope, at three
        14:08 rk: routes are gone on two of six
        14:09 jo: putting them back
        14:12 rk: all six again
    """
    shown = {entry.text for entry in read(lines).entries}
    assert {"routes are gone on two of six", "putting them back", "all six again"} <= shown
    assert not shown & {"is the demo for the board still at 2?", "nope, at three"}


def test_who_gives_it_a_severity_or_calls_somebody_by_name_declares_and_escalates() -> None:
    lines = """
        11:17 <Datadog>: [Triggered] p95 latency on the gateway is 4.1s
        11:18 ade: I've got this
        11:27 sam: sev1 please, I'll run it
        11:28 sam: @network_oncall please join
    """
    facts = read(lines).facts
    assert (clock(facts.declared), clock(facts.escalated)) == ("11:27", "11:28")
    assert read(lines.replace("sev1 please", "not a sev1 yet")).facts.declared is None


def test_what_goes_wrong_in_a_move_that_was_announced_is_no_incident() -> None:
    lines = """
        10:00 ria: today we move to the new tracker, boards are frozen till noon
        10:40 tam: import stops at card 300, some label has an emoji
        10:55 ria: removed the emoji, import runs
        11:20 ria: all 812 cards are in
        11:22 tam: looks good, mine are there
    """
    assert not any(read(lines).facts.milestones().values())


def test_an_alarm_in_words_of_its_own_that_somebody_takes_on_at_once_is_the_detection() -> None:
    lines = """
        01:15 <controlm>: Job BILL_0300 ended not OK, rc=12
        01:16 tom: see it
        01:21 tom: extract of the night is not there, its job waits for a lock
        02:13 gerd: cancelled the report that held it
        02:43 tom: restarting BILL_0300
        03:30 tom: BILL_0300 is through again
        05:10 tom: chain through, 40 min late. closing
    """
    facts = read(lines).facts
    assert (clock(facts.detected), clock(facts.acknowledged)) == ("01:15", "01:16")
    assert read(lines.replace("see it", "lunch was good")).facts.detected != facts.detected


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("it's not redis, ping is 1ms", Kind.FINDING),
        ("still 9s. so not the tooltips", Kind.FINDING),
        ("this is not the dns", Kind.FINDING),
        ("it's not loading for customers in the EU", Kind.IMPACT),
        ("the index is empty?!", Kind.FINDING),
        ("is the index empty?", Kind.HYPOTHESIS),
    ],
)
def test_what_was_ruled_out_or_is_stated_in_astonishment_is_a_finding(said: str, kind: Kind) -> None:
    lines = f"""
        09:00 <Grafana>: [FIRING:1] checkout 5xx
        09:01 ann: looking
        09:05 ann: {said}
        09:20 bob: rolled back, checkout works again
    """
    assert [each.kind for each in read(lines).entries if each.text == said] == [kind]


@pytest.mark.parametrize("said", ["got a link to one?", "can someone PLEASE tell me which number is right"])
def test_who_asks_to_be_told_supposes_and_decides_nothing(said: str) -> None:
    lines = f"09:00 <Grafana>: [FIRING:1] checkout 5xx\n09:01 ann: looking\n09:05 bob: {said}\n09:20 ann: rolled back"
    assert {each.kind for each in read(lines).entries if each.text == said} <= {Kind.NOTE}
