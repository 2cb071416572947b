"""Every rule about other wordings has an example that it reads, and words that look like it and are something else."""

from __future__ import annotations

import pytest

from bot.actions.find import Spoken, find_items
from bot.actions.values import Person
from bot.timeline.signs import signs_of
from bot.timeline.wordings import WORDINGS
from tests.unit.timeline_chat import chat, clock, read

#: The rule: an example, a counter-example.
EXAMPLES = {
    "gives nothing": ("product search gives no hits", "that has nothing to do with it"),
    "not any more": ("the bell does not ring on the phone anymore", "I do not mind"),
    "shows this instead of that": ("some articles cost 1,299.00 EUR instead of 12.99", "go by bike instead of car"),
    "fell off a cliff": ("conversion fell off a cliff", "the view from the cliff"),
    "nothing comes": ("no claim documents arrive in the portal", "no worries, nothing new"),
    "is not doing": ("here. karpenter not provisioning", "I am not going to the party"),
    "the wrong one": ("a customer received the letter of somebody else", "the wrong trousers"),
    "they get in touch": ("two more customers called with the same", "call the customer"),
    "refuses": ("the assistant refuses harmless questions", "he refuses cake"),
    "is dead": ("the wifi in the hall is dead", "the deadline is on Friday"),
    "is not moving": ("payouts is not going since morning", "he is not going to Paris"),
    "lossy": ("12% packet loss to Geneva", "at a loss for words"),
    "many times the plan": ("spend is 3x the plan", "the index made it 3x faster"),
    "is gone that should be there": ("half of the orders are gone", "the courier is gone"),
    "leaked": ("our ci logs on the public mirror contain a deploy token", "the public key is in the wiki"),
    "alarm of a tool": ("CRITICAL: auth success 61%", "it is not critical"),
    "alarm cleared": ("OK: auth success 99.8%", "ok so far"),
    "rises again": ("they moved to proxies, rate back up", "success rate is back up"),
    "back in it": ("and we're back in it", "back in the office on Monday"),
    "takes it": ("let me have a look", "look at this picture"),
    "doing it": ("grabbing this", "loving this"),
    "label first": ("ok sev 1. @leo heads up", "P1, on it"),
    "makes it one": ("ok I make that an incident", "that makes sense"),
    "brings in": ("raising with their helpdesk", "raising the limit"),
    "acts first": ("pushing the previous config", "the push was at nine"),
    "takes it back": ("damn, yes, mine. rolling it back", "rolling back his chair"),
    "tries": ("let's pull through the mirror", "let's see"),
    "tells them": ("legal is informed", "well informed"),
    "maybe it": ("perhaps the dedup step was too greedy", "maybe later"),
    "a change broke it": ("a config push removed the upstream", "the push was announced"),
    "is broken inside": ("compressor contactor burnt", "burnt toast"),
    "somebody did it": ("someone re-uploaded the archive folder", "someone asked"),
    "did it when": ("I dropped that crontab when I moved the agents", "I laughed when he came"),
    "came with it": ("that came with yesterday's release", "she came with cake"),
    "a change does it": ("the signature update lets the scanner hang", "the update is out"),
    "matches nothing": ("the selector matches 0 subnets", "a match of the day"),
    "got changed": ("it got disabled in chart 3.9", "I got lunch in town"),
    "got a new one": ("the prompt template got a new line", "the line is new"),
    "points to the wrong thing": ("the alias points to an empty index", "the job points to the new bucket now"),
    "one instead of another": ("retention was set to 30 days instead of 3", "tea instead of coffee"),
    "no power": ("the switch has no power", "the power of habit"),
    "lost what it needs": ("the agent lost its token", "we lost the match"),
    "is used up": ("its out of ephemeral ports", "out of curiosity"),
    "it is them": ("ok so it's them not us", "ask them"),
    "ends it": ("I end the incident. A test will be added.", "the end of the incident is open"),
    "closes it": ("quiet. closed from my side", "can someone close the window"),
    "why it did": ("why it leaked: the mirror runs with -x", "why did it leak?"),
    "is the source": ("the analytics export is the source", "the source code is there"),
    "that is why": ("keepalive was turned off, thats why", "that is why we meet on Monday"),
    "that is it": ("the certificate expired, that is it", "is that it?"),
    "it is fine there": ("no, resolves fine everywhere", "no idea"),
    "made no difference": ("the rollback made no difference", "the difference is 3 ms"),
    "it is not that": ("it is not that", "is it far?"),
    "no difference": ("refusals still at 31%", "meet at 31"),
    "shrinks": ("lag is shrinking", "the budget is shrinking"),
    "failures are gone": ("renewed and reloaded, 502s are gone", "Ann is gone for today"),
    "does it again": ("the producer writes again", "try again"),
    "has it again": ("got wifi again in the gym", "got errors again"),
    "goes green": ("builds go green one after another", "a green build"),
    "good too": ("the library is good too", "a good deal"),
    "moves": ("payouts are moving", "we are moving to a new office"),
    "worked off": ("47 pending are cleared", "the desk is cleared"),
    "right again": ("they see the right amount now", "that is right"),
    "redone": ("backfill done, 99,871 rows", "the backfill runs"),
    "is repaired": ("contactor replaced, unit 3 is started", "who replaced him"),
    "fix is live": ("hotfix is live", "the stream is live"),
    "revoked": ("revoked, old token gets 401 now", "can somebody revoke it"),
    "back on": ("keepalive back on, gateway bounced", "I will be back on Monday"),
    "over here": ("no error since, closing from our side", "the shop is closing early"),
    "is paused": ("export paused", "he paused for a moment"),
    "can close": ("ok closing this one", "let's close this one by Friday"),
    "label closed": ("P1 closed, thanks all", "P1 is a priority"),
    "their page": ('their page: "This incident has been resolved"', "their page is slow"),
}


def test_every_rule_has_its_examples() -> None:
    assert set(EXAMPLES) == set(WORDINGS)


@pytest.mark.parametrize("rule", EXAMPLES)
def test_a_rule_reads_its_example_only(rule: str) -> None:
    sign = WORDINGS[rule][0]
    example, counter_example = EXAMPLES[rule]
    assert sign in signs_of(example)
    assert sign not in signs_of(counter_example)


def kinds(lines: str) -> dict[str, list[str]]:
    """By the words of each entry of a chat: what it is shown as, in order of time."""
    found: dict[str, list[str]] = {}
    for entry in read(lines).entries:
        found.setdefault(entry.text, []).append(entry.kind.value)
    return found


EDGE = """
    14:02 <Alertmanager>: [FIRING:3] EdgeHigh5xxRatio
    14:03 rk: looking
    14:05 rk: 502s on a third of the edge
    14:07 mo: who took the standing desk adapter from the shelf
    14:10 jo: I think it is the cache
    14:19 rk: not the cache. A config push at 13:58 UTC removed the upstream
    14:27 rk: renewed and reloaded, 502s are gone
    14:50 rk: closing
"""


def test_errors_that_are_gone_end_the_impact_and_the_push_that_broke_it_is_the_cause() -> None:
    facts = read(EDGE).facts
    assert clock(facts.mitigated) == "14:27"
    assert clock(facts.cause_identified) == "14:19"


def test_what_is_told_at_its_own_time_is_not_told_again_as_the_same_thing() -> None:
    lines = """
        14:02 <Alertmanager>: [FIRING:3] EdgeHigh5xxRatio
        14:05 rk: looking, 502s on a third of the edge
        14:09 rk: v41 was deployed at 13:40 UTC
        14:27 rk: rolled back to v40, 502s are gone
    """
    assert kinds(lines)["v41 was deployed at 13:40 UTC"] == ["change"]


def test_a_sentence_about_something_else_is_no_line_of_the_timeline() -> None:
    assert "who took the standing desk adapter from the shelf" not in kinds(EDGE)


def test_a_sentence_that_says_how_it_goes_on_is_one() -> None:
    assert kinds(EDGE + "    14:20 rk: create still in progress")["create still in progress"] == ["note"]


def test_the_same_alarm_again_means_that_it_was_not_mitigated_yet() -> None:
    lines = """
        00:08 <Nagios>: CRITICAL: pos-gw auth success 61%
        00:09 sha: ack, terminals are timing out
        00:34 ben: mitigated, keep watching
        00:51 <Nagios>: CRITICAL: pos-gw auth success 58%
        01:12 sha: rolled back the patch
        01:45 ben: P1 closed
    """
    facts = read(lines).facts
    assert clock(facts.mitigated) == "01:12"
    assert clock(facts.resolved) == "01:45"


def test_what_stopped_working_at_a_time_began_then() -> None:
    lines = """
        09:00 ann: customers report that the dashboard is missing half of the orders, looking
        09:20 ann: the producer stopped writing at 8:20 UTC, disk full on the broker
        09:40 ann: producer writes again
    """
    facts = read(lines).facts
    assert clock(facts.began) == "08:20"
    assert clock(facts.cause_identified) == "09:20"
    assert clock(facts.mitigated) == "09:40"


@pytest.mark.parametrize(
    ("answer", "cause"),
    [("that's the one. without the line all prompts pass", "09:12"), ("bingo", "09:12"), ("that's it for today", None)],
)
def test_that_is_the_one_names_what_was_just_said(answer: str, cause: str | None) -> None:
    lines = f"""
        09:00 ann: declaring a SEV2, users report that the assistant refuses everything
        09:10 bob: the prompt template got a new line last night
        09:12 ann: {answer}
    """
    assert clock(read(lines).facts.cause_identified) == cause


def test_an_idea_that_was_given_up_is_confirmed_by_no_later_yes() -> None:
    lines = """
        09:00 ann: users report that payouts fail, looking
        09:05 bob: maybe they blocked our ip
        09:07 ann: no, telnet works, the ip is ok
        09:10 bob: shall we use the second bank?
        09:11 ann: yes, doing
    """
    assert read(lines).facts.cause_identified is None


@pytest.mark.parametrize(
    "talk",
    [
        "13:00 ann: load test on staging from 13:00 to 14:00, ignore alerts\n13:12 <Grafana>: [FIRING:1] api p99 > 2s",
        "04:12 <Pingdom>: www is DOWN\n04:14 ann: looking\n04:17 ann: it's the probe, the site was never down",
        "12:10 ann: was the site down on black friday last year?\n12:12 bob: yes, we declared a sev1, it was the proxy",
        "08:00 ann: a client asks why payouts are not moving\n08:02 bob: it is Sunday\n08:03 ann: closing this",
        "09:00 ann: P1: finish the onboarding\n09:02 bob: P1, on it\n09:05 ann: let's close this one by Friday",
        "10:00 ann: the candidate comes at 11\n10:02 bob: we say: checkout is down, declare an incident, what then",
    ],
)
def test_what_was_planned_or_false_or_long_ago_is_no_incident(talk: str) -> None:
    assert read(talk).facts.milestones() == {}


def test_who_asks_one_person_for_a_thing_by_a_day_asks_for_an_item() -> None:
    said = [
        "@tina can you please send the apology to all by tomorrow?",
        "can you send it?",
        "I'll write a check that an empty run stops itself",
        "I'll check that now",
        "will add a disk alert by thursday",
    ]
    spoken = [Spoken(each.text, each.at, each.user) for each in chat("\n".join(f"10:00 pavel: {one}" for one in said))]
    found = find_items(spoken, zone="UTC", people={"tina": "tina"})
    assert [each.text for each in found] == [
        "send the apology to all",
        "write a check that an empty run stops itself",
        "add a disk alert",
    ]
    assert [each.owner for each in found] == [Person("tina"), Person("pavel"), Person("pavel")]


def test_what_is_reported_and_taken_on_is_the_detection_in_whatever_words() -> None:
    lines = """
        15:30 bex: the support bot just told a customer that refunds run for 90 days
        15:31 hal: lol
        15:35 hal: grabbing this
        15:52 hal: someone re-uploaded the archive folder this morning, it errors on every date
        15:55 hal: pulled the archive out of the index
        16:40 bex: calling this resolved
    """
    facts = read(lines).facts
    assert clock(facts.detected) == "15:30"
    assert clock(facts.acknowledged) == "15:35"
    assert clock(facts.mitigated) == "15:55"
    assert clock(facts.resolved) == "16:40"


def test_a_ticket_that_is_closed_is_no_incident() -> None:
    lines = """
        08:30 lia: where is the export button now?
        08:32 max: moved under the three dots, looking for the page
        08:40 max: found it, here you are
        08:41 lia: thanks, closing this
    """
    assert read(lines).facts.milestones() == {}


def test_what_was_switched_off_before_it_recovered_ended_it() -> None:
    lines = """
        04:11 <Datadog>: [Triggered] replica lag > 600s
        04:15 sol: looking, people see stale carts
        04:50 nur: export paused
        04:52 sol: lag is shrinking
        05:40 sol: resolved
    """
    assert clock(read(lines).facts.mitigated) == "04:50"


def test_where_it_is_not_broken_is_no_recovery() -> None:
    lines = """
        10:02 ola: checkout errors in PL since 9:40 UTC, other countries look normal
        10:06 kuba: looking
        10:24 kuba: rolled back the config
    """
    facts = read(lines).facts
    assert clock(facts.detected) == "10:02"
    assert clock(facts.mitigated) == "10:24"


def test_what_was_taken_on_before_about_something_else_is_not_the_detection() -> None:
    lines = """
        10:00 ann: can somebody have a look at the slides for Monday
        10:02 bob: on it
        10:30 <Grafana>: [FIRING:1] checkout 5xx > 5 %
        10:31 bob: looking, checkout is down
        10:50 bob: rolled back, checkout works again. incident resolved
    """
    facts = read(lines).facts
    assert clock(facts.detected) == "10:30"
    assert clock(facts.acknowledged) == "10:31"


def test_a_rate_that_is_back_up_is_no_recovery() -> None:
    lines = """
        02:03 <Splunk>: ALERT failed logins 40x baseline
        02:04 ken: mine, looking
        02:13 ken: rate limit is on, hits are dropping
        02:16 ken: they moved to other addresses, rate back up
    """
    assert read(lines).facts.mitigated is None
