"""Small incidents as people write them, each with the milestones that its words give, and no other."""

from __future__ import annotations

import pytest

from bot.timeline.values import MILESTONES, Precision
from tests.unit.timeline_chat import clock, read

INCIDENTS = {
    "an expired certificate": (
        """
        08:02 <Opsgenie>: [P2] High error rate on payments-api
        08:03 <Opsgenie>: Alert acknowledged by maria
        08:05 maria: checking the payments dashboards now
        08:09 maria: 30% of card payments are failing with 502
        08:12 maria: opening an incident, sev 2. @tom can you be IC?
        08:13 tom: on it
        08:20 ana: I think this is the certificate that was rotated last night
        08:22 maria: paging the network team
        08:31 leo: hi, from network. What do you see?
        08:40 leo: confirmed, the LB still serves the old cert, it expired at 07:55 UTC
        08:47 leo: new cert is on half of the nodes, error rate is dropping
        08:55 leo: all nodes done
        09:01 maria: error rate back to normal, payments are going through
        09:30 tom: closing the incident. Impact from 07:55 to 08:55 UTC, about 12k payments failed
        """,
        {
            "impact_began": "07:55",
            "detected": "08:02",
            "acknowledged": "08:03",
            "declared": "08:12",
            "investigation_began": "08:05",
            "escalated": "08:22",
            "cause_identified": "08:40",
            "mitigated": "08:55",
            "partly_recovered": "08:47",
            "resolved": "09:30",
        },
    ),
    "a lost search alias": (
        """
        14:20 sup1: getting several tickets about search returning nothing
        14:22 sup1: 5 tickets so far, all EU customers
        14:25 raj: looking into it
        14:33 raj: search index on eu-2 is empty?!
        14:35 raj: declaring an incident, SEV1
        14:36 raj: @here search is down for EU
        14:41 kim: the reindex job that ran at 13:50 UTC dropped the alias
        14:44 raj: can you confirm?
        14:50 kim: yes, confirmed in the job log: it deleted the alias before the new index was ready
        14:52 raj: let's restore the alias by hand
        14:58 kim: alias restored
        15:00 sup1: customers confirm that search works again
        15:20 raj: marking as resolved, postmortem to follow
        """,
        {
            "impact_began": "13:50",
            "detected": "14:20",
            "acknowledged": "14:25",
            "declared": "14:35",
            "investigation_began": "14:25",
            "cause_identified": "14:50",
            "mitigated": "14:58",
            "resolved": "15:20",
        },
    ),
    "a wrong first fix": (
        """
        22:10 <Datadog>: [Triggered] Monitor: p95 latency on api-gateway > 2s
        22:14 dana: ack
        22:20 dana: latency is 6s, timeouts on mobile
        22:25 dana: we are in incident mode now, I declare a P1
        22:40 eli: rolled back the gateway release from 21:40
        22:52 dana: no change, still slow
        23:05 eli: found it, redis is out of memory, maxmemory was lowered in today's config change
        23:10 eli: raised maxmemory
        23:14 dana: latency recovered, p95 180ms
        23:15 <Datadog>: [Recovered] Monitor: p95 latency on api-gateway > 2s
        23:40 dana: stable for 25 minutes, calling it resolved
        """,
        {
            "detected": "22:10",
            "acknowledged": "22:14",
            "declared": "22:25",
            "cause_identified": "23:05",
            "mitigated": "23:14",
            "resolved": "23:40",
        },
    ),
    "a login told late": (
        """
        10:00 ann: heads up: login seems flaky for me, anyone else?
        10:04 bob: yep, same here. 500s on /oauth
        10:06 bob: customers started complaining at 9:40am
        10:07 ann: ok this is an incident, I'm incident commander
        10:15 bob: escalated to the identity team
        10:30 cid: we pushed a bad config at 9:35, reverting
        10:36 cid: revert is live
        10:40 ann: login is fine again
        10:41 ann: incident over. thanks everyone
        """,
        {
            "impact_began": "09:40",
            "detected": "10:00",
            "declared": "10:07",
            "escalated": "10:15",
            "cause_identified": "10:30",
            "mitigated": "10:36",
            "resolved": "10:41",
        },
    ),
    "a full broker": (
        """
        06:00 <PagerDuty>: Triggered: Kafka consumer lag > 1M
        06:12 <PagerDuty>: Acknowledged by Zoe
        06:15 zoe: investigating the consumer lag
        06:50 zoe: one broker is down with a full disk
        07:05 zoe: cleaned up old segments, broker is starting
        07:20 zoe: lag is falling
        08:10 zoe: lag back to zero
        08:11 <PagerDuty>: Resolved by Zoe
        08:30 zoe: no customer impact as far as I can see
        """,
        {
            "detected": "06:00",
            "acknowledged": "06:12",
            "investigation_began": "06:15",
            "cause_identified": "06:50",
            "mitigated": "08:10",
            "partly_recovered": "07:20",
            "resolved": "08:11",
        },
    ),
    "a bad deploy": (
        """
        16:00 joe: deploying web 88
        16:06 joe: deploy done
        16:15 amy: is the site down for anyone?
        16:16 joe: yes, blank page. rolling back
        16:21 joe: rollback complete, site is back
        16:30 amy: all good. it was down from 16:06 until 16:21
        """,
        {
            "impact_began": "16:06",
            "detected": "16:15",
            "mitigated": "16:21",
        },
    ),
    "a full disk": (
        """
        09:00 <Grafana>: [FIRING:1] disk usage on db-1 > 95%
        09:02 sam: I'm on it
        09:10 sam: wal files fill the disk because the replication slot is stuck
        09:15 sam: dropped the slot, disk is at 60%
        09:16 <Grafana>: [RESOLVED] disk usage on db-1 > 95%
        09:20 sam: mitigated. will look into the replica tomorrow
        11:00 sam: replica is rebuilt, resolved
        """,
        {
            "detected": "09:00",
            "acknowledged": "09:02",
            "investigation_began": "09:20",
            "mitigated": "09:20",
            "resolved": "11:00",
        },
    ),
}


@pytest.mark.parametrize("name", INCIDENTS)
def test_an_incident_has_the_milestones_that_its_words_give(name: str) -> None:
    lines, expected = INCIDENTS[name]
    milestones = read(lines).facts.milestones()
    assert {kind.value: clock(stated) for kind, stated in milestones.items()} == expected
    for stated in milestones.values():
        assert stated.precision is not Precision.UNKNOWN
        assert stated.source_ts
        assert stated.words


def test_every_milestone_that_has_a_line_of_its_own_says_why() -> None:
    for lines, expected in INCIDENTS.values():
        shown = {each.kind.value: each for each in read(lines).entries if each.kind in MILESTONES}
        assert set(shown) <= set(expected)
        assert all("milestone" in each.reason and each.source_ts for each in shown.values())
        assert {kind: f"{each.at:%H:%M}" for kind, each in shown.items()}.items() <= expected.items()


def test_who_asks_while_calling_somebody_in_has_called() -> None:
    lines = "10:00 <PagerDuty>: Triggered: orders down\n10:05 ann: {} can you look at the connections?"
    assert clock(read(lines.format("Paging the database team,")).facts.escalated) == "10:05"
    assert read(lines.format("should we page somebody, or")).facts.escalated is None
