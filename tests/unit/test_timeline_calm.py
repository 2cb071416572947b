"""A rehearsal, work that went as it was announced, and a customer's own trouble are no incident; a real one is."""

from __future__ import annotations

import pytest

from bot.timeline.calm import calm_talks
from bot.timeline.reading import Reading
from bot.timeline.signs import read_signs
from tests.unit.timeline_chat import chat, read

#: By name: a talk that says itself that it was no incident, and what would make it one.
CALM = {
    "a rehearsal": (
        """
        09:00 yun: reminder: game day today 12:00 to 14:00, all of it in the sandbox account
        12:00 kim: and we're off. observers, keep quiet please
        12:06 <Grafana>: CRITICAL sandbox-checkout: error rate 48%
        12:08 bea: I see it, half of the nodes return 502
        12:09 yun: declaring SEV1, I'm IC
        12:21 <script>: INJECT 2: a journalist is calling support
        12:38 bea: applied, errors are gone
        12:50 yun: calling it. debrief in five
        """,
        "12:40 bea: stop the exercise, production is down as well",
    ),
    "planned work": (
        """
        15:00 rui: reminder for tonight: firmware from 9.2 to 9.4, window 22:00-02:00, announced to all customers
        22:01 rui: draining node 1
        22:14 rui: node 1 going down now
        22:16 <Zabbix>: PROBLEM: node 1 unreachable (suppressed: maintenance)
        22:31 ines: back up with 9.4, trunks register
        22:40 ines: test calls ok
        22:45 rui: waiting the 30 min like in the plan, then node 2
        23:20 ines: all tests fine, finished an hour before the end
        """,
        "22:33 ines: node 1 is stuck at boot, customers report dropped calls",
    ),
    "a customer's own": (
        """
        10:05 mei: hi team, Vantage says our tracking is down since this morning, everything disappeared
        10:07 raj: all other customers are fine, 14k calls in ten minutes
        10:10 mei: they say zero results
        10:14 raj: their query asks for shipments created today only
        10:18 mei: so nothing broken on our side?
        10:19 raj: nope. with their old filter I get three thousand
        10:31 mei: called them, they changed the filter in their saved view, and put it back
        10:32 raj: no worries
        """,
        "10:20 raj: ah no, we do, rolled back release 14 for all",
    ),
}


def aside(lines: str) -> bool:
    return bool(calm_talks([Reading(read_signs(each), ()) for each in chat(lines)]))


def with_one_more(lines: str, one: str) -> str:
    return "\n".join(sorted(line.strip() for line in [*lines.strip().splitlines(), one]))


@pytest.mark.parametrize("name", CALM)
def test_each_has_an_example_and_a_counter_example(name: str) -> None:
    lines, real = CALM[name]
    assert aside(lines)
    assert not aside(with_one_more(lines, real))


@pytest.mark.parametrize("name", CALM)
def test_no_milestone_is_told_of_it(name: str) -> None:
    assert not read(CALM[name][0]).facts.milestones()


def test_the_trouble_of_a_provider_is_an_incident_of_those_who_are_hit() -> None:
    lines = """
        10:05 mei: no codes arrive, nobody gets in
        10:10 raj: our side sends fine, nothing on our side
        10:20 raj: the provider says it is fixed on their side
        10:25 mei: clinics are in again
    """
    assert not aside(lines)


def test_what_was_not_announced_is_not_planned() -> None:
    lines, _ = CALM["planned work"]
    assert not aside("\n".join(lines.strip().splitlines()[1:]))


#: By name: an outage in which words of a calm talk stand.
REAL = {
    "work that broke something": """
        15:00 rui: reminder: firmware upgrade at 22:00
        22:01 rui: draining node 1
        22:05 rui: step 1
        22:14 rui: back up, all tests fine
        22:20 ines: payments are failing, 30% errors
        22:24 rui: the firewall drops packets
        22:31 rui: set the mtu back
        22:35 ines: payments are good again
    """,
    "a customer who was the first of many": """
        10:05 mei: Kiwi says webhooks do not arrive
        10:07 raj: nobody else has it?
        10:08 mei: just them so far
        10:10 raj: not us I think
        10:20 raj: webhooks for 40 customers are stuck, the sender lost its token
        10:31 raj: gave it a new one
        10:34 mei: webhooks flow again
    """,
    "an outage beside planned work": """
        10:01 ana: booking page down, nobody gets in, it just spins
        10:02 ben: planned upgrade today at 10
        10:04 cleo: draining node 2
        10:09 ana: 40 guests have called
        10:31 cleo: the certificate of the gateway was not renewed, that's it
        10:35 cleo: new one is in
        10:38 ana: booking works again
    """,
}


@pytest.mark.parametrize("name", REAL)
def test_an_outage_with_words_of_a_calm_talk_keeps_its_milestones(name: str) -> None:
    assert not aside(REAL[name])
    assert read(REAL[name]).facts.milestones()


def test_what_is_down_as_it_was_meant_to_be_is_no_harm() -> None:
    lines, _ = CALM["planned work"]
    assert aside(with_one_more(lines, "22:17 rui: node 1 is down as expected, calls fail over to node 2"))


def test_one_customer_is_not_alone_where_another_has_it() -> None:
    lines, _ = CALM["a customer's own"]
    assert aside(with_one_more(lines, "10:33 mei: two other customers asked for such a lock, too"))
    assert not aside(with_one_more(lines, "10:33 mei: another customer reports it"))
