"""Talk that has no incident in it, alone and in the middle of one: nothing is made of it."""

from __future__ import annotations

import pytest

from bot.actions.find import Spoken, find_items
from bot.timeline.signs import read_signs
from bot.timeline.stretches import set_aside
from bot.timeline.values import MILESTONES
from tests.unit.timeline_chat import CHECKOUT, chat, clock, read

#: What channels are full of. Each says words that an incident says too.
TALK = {
    "a standup": """
        09:00 <Geekbot>: Daily standup: what did you do yesterday?
        09:02 ann: yesterday I fixed the flaky login test, today I'm working on the billing migration
        09:05 bob: finished the search PR, it failed CI twice because of a timeout. blocked on review
        09:07 cat: investigated the slow dashboard query, it's down to 200ms. next: error page copy
        09:10 dan: I was out yesterday. Will start on the payment provider upgrade at 14:00
        09:12 ann: standup over, see you tomorrow
    """,
    "deploys that went well": """
        10:00 ann: deploying api 4.12.0 to production
        10:04 <deploybot>: api 4.12.0 deployed to production by ann
        10:05 ann: all green, no errors in the logs
        10:20 bob: rolling out the new feature flag to 10 %
        10:40 bob: flag is at 100 %, done
        11:00 cat: merged https://github.com/acme/api/pull/88, will be in the next release
        11:02 <deploybot>: api 4.12.1 deployed to production by cat
    """,
    "a release that waits": """
        10:00 ana: morning all, cutting the 4.12 release branch at 11
        10:03 ben: can you wait for my PR? the one with the retry fix, tests are still running
        10:06 ana: how long
        10:07 ben: 15 min. one flaky test failed twice, restarted it
        10:12 cho: that test is flaky since march, there is a ticket
        10:24 ben: green now, merging
        10:26 ana: branch cut. deploying to staging
        10:31 dov: staging looks slow to me today, is that the branch?
        10:33 ana: no that's the nightly load job, it ends at noon
        10:35 dov: ah right
        10:40 ana: staging green. prod tomorrow 9:00 as always
    """,
    "jokes": """
        12:00 ann: my brain is down, rebooting with coffee
        12:01 bob: declaring a SEV1: we are out of milk
        12:02 cat: lol, who is on call for the fridge
        12:03 ann: resolved, bought oat milk :tada:
        12:10 bob: 5 stars, would outage again
    """,
    "planning": """
        13:00 ann: planning meeting: we need to decide on the queue
        13:05 bob: I think the outage in March showed that we need failover
        13:08 cat: the risk is that the database is down for an hour during the migration
        13:10 ann: let's schedule the migration for Saturday 10:00 to 12:00 UTC, users will see errors then
        13:15 bob: fine, I would expect 20 minutes of downtime at most
        13:20 cat: we can announce the maintenance on the status page on Thursday
    """,
    "a game that is down": """
        18:00 ann: anyone else can't log in to Fortnite?
        18:01 bob: yeah epic servers are down since 17:30
        18:03 cat: same, says 503. downdetector is full of reports
        18:20 ann: it's back up! :tada:
        18:21 bob: finally, squad at 19:00?
    """,
    "a flaky test": """
        09:30 ann: test_checkout_retry fails again on main, 3 times this week
        09:32 bob: yeah, it's flaky. timeouts in CI
        09:33 ann: we should fix the flaky test
        09:35 bob: restarting the job fixes it every time
        09:50 ann: build is green again
    """,
    "a merge conflict": """
        14:00 ann: I have a merge conflict in schema.rb
        14:05 bob: just take theirs and rerun the migration
        14:10 ann: resolved the merge conflict, thanks
        14:12 ann: tests pass now
        14:15 bob: approved, merging
    """,
    "a code review": """
        15:00 ann: can someone review https://github.com/acme/web/pull/12 ? fixes the 500 on empty carts
        15:10 bob: looking
        15:20 bob: the error handling in line 40 is wrong, it will crash when user is nil
        15:30 ann: good catch, fixed
        15:32 bob: LGTM, approved
        15:33 ann: merged
    """,
    "the postmortem of another company": """
        16:00 ann: great read: the Cloudflare postmortem of their outage https://blog.cloudflare.com/november-outage
        16:02 bob: wow, their dashboard was down for 3 hours, between 11:28 and 14:30 UTC
        16:03 cat: root cause was a database permission change that doubled a feature file
        16:05 ann: "mitigated at 14:30, resolved at 17:06". nice timeline
        16:08 bob: glad we are not affected
    """,
    "scheduling an interview": """
        11:00 ann: who can take the interview with the SRE candidate on Tuesday at 14:00?
        11:02 bob: I can, but only until 15:00
        11:05 cat: he was asked about a time when production was down
        11:06 ann: please escalate to Dan if the candidate does not show up
        11:10 bob: feedback is due by Thursday
    """,
    "lunch": """
        11:30 ann: lunch at 12:15?
        11:31 bob: the burger place is closed, down for renovation
        11:32 cat: pizza then. I'm starving, critical alert: stomach empty
        11:33 ann: see you downstairs at 12:15
        12:50 bob: back
    """,
    "a handover with nothing": """
        08:00 ann: on-call handover: quiet week, no incidents, no pages
        08:01 ann: two alerts on Tuesday night were false alarms, both auto-resolved
        08:03 bob: thanks, taking over. anything to watch?
        08:05 ann: disk on db-3 is at 70 %, ticket is open
        08:06 bob: ok, ack
    """,
    "a question of a customer": """
        10:00 sup: a customer asks how to export the invoices to csv
        10:04 bob: settings > billing > export
        10:06 sup: they say they get an error when they upload a 3 GB file
        10:08 bob: limit is 2 GB, it's documented
        10:09 sup: thanks, closing the ticket
        10:10 sup: resolved
    """,
    "maintenance as planned": """
        09:00 ann: reminder: planned maintenance tonight 22:00-23:00 UTC, the staging cluster will be unavailable
        22:00 ann: starting the maintenance
        22:40 ann: maintenance complete, staging is back up
    """,
    "trains": """
        07:00 ann: trains are down again, I'll be 30 min late
        07:10 bob: same, signal failure since 6:40, they say it's fixed by 8
        08:20 ann: made it, finally
    """,
    "a game day": """
        10:00 ann: game day starts now: we will kill the primary database at 10:15
        10:15 <Grafana>: [FIRING:1] primary database down (staging)
        10:16 bob: ack, this is the exercise
        10:25 bob: failover worked, staging is back to normal
        10:30 ann: drill over, well done
    """,
    "a broken laptop": """
        09:00 ann: my vpn is broken, can't connect since this morning
        09:05 bob: restart your laptop?
        09:15 ann: works again, thanks
        09:20 cat: printer on 3rd floor is offline btw
    """,
    "release notes": """
        15:00 ann: release notes for 5.0: fixed crash on startup, fixed timeouts when uploading, improved error messages
        15:10 bob: docs are missing for the new flag
        15:20 ann: I'll write them tomorrow
        15:30 cat: marketing wants to announce at 17:00
    """,
    "an incident of last week": """
        10:00 ann: we have the postmortem for last week's incident at 15:00
        10:05 bob: I'll bring the graphs. The root cause was the config change on Tuesday
        10:10 ann: action items from the last incident are still open
        10:12 bob: yes, the alert for queue depth. I'll do it this week
    """,
    "an alarm that nobody heeds": """
        03:00 <Datadog>: [Triggered] CPU high on batch-7
        03:10 <Datadog>: [Recovered] CPU high on batch-7
        04:00 <Datadog>: [Triggered] CPU high on batch-7
        04:10 <Datadog>: [Recovered] CPU high on batch-7
        09:00 ann: batch-7 is noisy, that's the nightly job, ignore
    """,
    "a design": """
        10:00 ann: thoughts on the retry design? if the payment api times out we retry 3 times
        10:05 bob: what happens when the queue is full? we drop messages?
        10:07 ann: we'd return a 503 and the client backs off
        10:15 cat: I'd rather fail fast. last time retries made the outage worse
        10:40 bob: decision: no retries on 4xx, exponential backoff on 5xx
    """,
    "a provider's trouble": """
        12:00 ann: fyi larger runners are degraded https://status.example.com
        12:30 bob: we don't use them
        13:10 ann: resolved on their side
    """,
    "a runbook": """
        10:00 ann: the runbook says "if checkout is down page the payments team", is that still right?
        10:10 bob: yes. also the escalation policy changed, first page sre
        10:15 ann: updated the runbook
    """,
    "a bug fix": """
        15:15 ann: fixed the crash in the settings page, PR is up
        15:16 bob: was it the null avatar?
        15:17 ann: yes, root cause was a missing check
        15:20 bob: merged, goes out with tomorrow's release
    """,
    "builds": """
        09:00 <GitHub>: [acme/api] Pull request merged by ann: Fix timeout handling
        09:02 <Jenkins>: Build #233 failed: api-master
        09:20 <Jenkins>: Build #234 succeeded: api-master
        09:30 <deploybot>: deployed api 1.2.3 to production
    """,
    "an upgrade that was announced": """
        08:55 kat: good morning! as announced last week: postgres 15 to 16 on the reporting cluster today
        09:00 kat: replica is down, upgrading
        09:02 <Grafana>: [FIRING:1] pg replica reporting-2 down
        09:02 kat: ^ that's me, expected
        09:20 kat: replica back on 16, catching up
        09:24 <Grafana>: [RESOLVED] pg replica reporting-2 down
        09:28 kat: primary is on 16. done, all green
        09:40 bob: any issues?
        09:41 kat: none. smoothest one so far
    """,
    "a disk alert that nobody minds": """
        02:10 <Alertmanager>: [FIRING:1] DiskSpaceLow ci-runner-4 / 91%
        04:30 jo: morning, anyone seen my blue mug?
        04:45 al: kitchen, second shelf
        05:10 <Alertmanager>: [FIRING:1] DiskSpaceLow ci-runner-4 / 92%
        06:05 jo: design review moved to 3pm
        06:40 jo: does anyone know how to get a second monitor? mine is on its way out
    """,
    "an exercise with roles": """
        17:00 nora: :rotating_light: GAME DAY :rotating_light: scenario: loss of a zone. this is practice
        17:06 <Datadog>: [Triggered] staging api 5xx > 10%
        17:07 pete: ack. declaring a (fake) sev2, I'm IC
        17:09 liz: seeing connection refused to redis in az-a
        17:12 pete: escalating to the data team
        17:15 liz: root cause: redis has no replica in az-b
        17:20 liz: failing over by hand
        17:26 <Datadog>: [Recovered] staging api 5xx
        17:27 pete: resolved. total 21 min, better than last quarter
        17:30 nora: exercise over, cake in the kitchen
    """,
    "an outage of the coffee": """
        11:58 max: SEV0: the espresso machine is showing error E07
        11:59 vic: oh no. customer impact?
        12:00 max: 100% of engineers affected
        12:01 vic: escalating to facilities
        12:04 max: impact began 11:55, mitigation: the filter machine on 2
        12:15 linda: done, working again
    """,
}
#: By itself it is no incident; within one, a person too would have to ask what it belongs to.
BY_ITSELF = {
    "the times of an old incident": """
        15:01 hana: writing the post-mortem for the outage of 12 nov, can someone check my timeline?
        15:04 hana: alert fired 14:07, acked 14:09, declared at 14:20, rolled back 14:51, resolved 15:30
        15:06 igor: rollback was started 14:51 but finished 14:58
        15:08 hana: ah thx. root cause = the migration locked the orders table
    """,
    "a queue of customers": """
        09:15 tess: one can't log in, says "wrong password" :)
        09:16 olu: did they try to reset it
        09:20 tess: reset works, closed
        09:33 tess: someone is getting 429s on the api, 600 req/min on a free plan
        09:35 olu: that's the rate limit, they need to upgrade
        09:50 tess: and: export takes 5 minutes for a 2 GB project, is that normal?
        09:52 olu: yes for that size
        10:10 tess: thanks, that was my queue. resolved 7 tickets before coffee
    """,
    "questions to support": """
        11:00 lia: a customer asks why their export has no header row
        11:03 tom: they need to tick "include headers", it's off by default
        11:06 lia: thx. and another one says login fails for them since yesterday
        11:09 tom: which user? did they change their password
        11:12 lia: yes they did. they used the old one. works now
        11:20 moe: btw the office wifi is down on floor 3 for a few minutes, they replace the router
        11:31 moe: and back
    """,
    "a feature that people missed": """
        12:00 hao: should search show archived items?
        12:02 ira: no, people complained last time
        12:05 hao: but then they can't find them at all
        12:07 ira: a filter maybe, off by default
        12:09 jen: we had that and nobody used it
        12:15 hao: ok i write it up, we decide on thursday
        12:20 ira: the count on the page is wrong btw, it includes archived
        12:24 ira: ticket done, 2290
    """,
}
#: Who committed themselves to something in it, in their own words.
COMMITTED = {"release notes": 1, "an incident of last week": 1}

LOGIN = """
    12:20 sue: hmm customers say they can't log in
    12:24 bob: seeing a spike of 401s on auth, taking a look
    12:31 <PagerDuty>: Triggered: auth error rate above 5%
    12:33 bob: this is a SEV-2, I'm IC
    12:40 eve: might be the new session cache
    12:52 bob: rolled back the session cache
    12:55 eve: logins are back to normal
    13:10 bob: all clear, closing the incident. impact started at 12:05 UTC
"""


@pytest.mark.parametrize("name", TALK | BY_ITSELF)
def test_talk_without_an_incident_has_no_milestone(name: str) -> None:
    record = read({**TALK, **BY_ITSELF}[name])
    assert [each.kind for each in record.entries if each.kind in MILESTONES] == []
    facts = record.facts
    assert facts.began is facts.detected is facts.declared is facts.cause_identified is None
    assert facts.acknowledged is facts.mitigated is facts.resolved is None
    assert (record.contradictions, record.loose_ends) == ((), ())


@pytest.mark.parametrize("name", TALK)
def test_talk_has_no_action_item_but_in_somebodys_own_words(name: str) -> None:
    people = [each for each in chat(TALK[name]) if each.bot is None]
    items = find_items((Spoken(each.text, each.at, each.user) for each in people), zone="UTC")
    assert len(items) == COMMITTED.get(name, 0)
    said = " ".join(each.text for each in people)
    for item in items:
        assert all(part in said for part in item.text.rstrip("”").split(": “"))
        assert item.due is None or "tomorrow" in said


@pytest.mark.parametrize("incident", [CHECKOUT, LOGIN], ids=["checkout", "login"])
def test_other_talk_of_the_day_moves_no_milestone(incident: str) -> None:
    def times(lines: str) -> dict[str, str | None]:
        facts = read(lines).facts
        return {
            name: clock(getattr(facts, name))
            for name in ("began", "detected", "acknowledged", "declared", "cause_identified", "mitigated", "resolved")
        }

    alone = times(incident)
    assert {name: found for name in TALK if (found := times(incident + TALK[name])) != alone} == {}


@pytest.mark.parametrize(
    ("rule", "example", "counter_example"),
    [
        ("development", "test_checkout fails again on main, it's flaky", "checkout fails again, errors everywhere"),
        ("private", "my vpn is broken", "the vpn gateway is broken for everyone"),
        ("others", "great read: the outage of a cloud provider", "the cloud provider reports an outage"),
        ("past", "the outage in March showed that we need failover", "an outage in eu-west since 9:40"),
        ("planned", "users will see errors during that window", "users see errors"),
        ("drill", "game day starts now: we kill the primary", "this is not a drill: the primary is down"),
        ("planned work", "replica is down, upgrading", "replica is down, is somebody upgrading?"),
    ],
)
def test_each_rule_has_an_example_and_a_counter_example(rule: str, example: str, counter_example: str) -> None:
    def asides(text: str) -> list[str]:
        return list(set_aside(read_signs(each) for each in chat(f"10:00 ann: {text}")).values())

    assert asides(example) == [rule]
    assert asides(counter_example) == []


def test_a_story_of_others_ends_where_people_speak_of_their_own() -> None:
    lines = """
        10:00 ann: great read: their outage https://blog.example/outage
        10:02 bob: wow, root cause was a permission change
        10:10 cat: our login is failing for everyone, investigating
        10:12 bob: same error in the logs
    """
    assert list(set_aside(read_signs(each) for each in chat(lines)).values()) == ["others", "others"]


def test_an_alarm_that_somebody_heeds_counts_though_it_cleared() -> None:
    facts = read("""
        03:00 <Datadog>: [Triggered] CPU high on batch-7
        03:10 <Datadog>: [Recovered] CPU high on batch-7
        03:15 ann: looking into the batch-7 CPU, jobs are failing
        03:40 ann: restarted the scheduler, back to normal
    """).facts
    assert clock(facts.detected) == "03:00"


def test_planned_work_that_goes_wrong_is_an_incident_from_the_effect_on() -> None:
    work = """
        20:00 timo: starting the firmware upgrade on vpn1 and vpn2 as announced
        20:14 timo: vpn1 is down, rebooting
        20:21 timo: vpn1 back on 9.4
        20:24 <Zabbix>: PROBLEM: vpn2 active sessions below 100
    """
    of_the_worker = read(
        work
        + """
        20:41 timo: hmm. vpn2 does not come up
        20:55 sanna: looking
        21:33 sanna: reverted to 9.3, works again
    """
    )
    of_others = read(
        work
        + """
        20:41 mika: our night shift can not work, vpn is disconnecting all the time
        20:55 timo: looking
        21:33 timo: reverted to 9.3, works again
    """
    )
    for record in (of_the_worker, of_others):
        assert clock(record.facts.detected) == "20:41"
        assert "starting the firmware upgrade" in record.entries[0].text
    assert read(work).facts.milestones() == {}


@pytest.mark.parametrize(
    ("said", "detected"),
    [
        ("02:40 ann: looking into it", "02:10"),
        ("06:00 ann: checkout looks dead, is that related?", "02:10"),
        ("12:00 ann: the alert for checkout was noise, ignore", None),
        ("12:00 ann: lunch?\n13:00 bob: the menu is on the wiki", None),
        (
            "06:00 ann: users report that exports fail\n06:05 bob: looking\n06:40 bob: rolled back",
            "06:00",
        ),
    ],
)
def test_an_alarm_counts_once_somebody_takes_it_up(said: str, detected: str | None) -> None:
    assert (
        clock(read(f"02:10 <Alertmanager>: [FIRING:1] CheckoutErrorsHigh checkout / 91%\n{said}").facts.detected)
        == detected
    )
