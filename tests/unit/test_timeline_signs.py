"""Every sign has an example that carries it, and words that look like it and do not."""

from __future__ import annotations

import pytest

from bot.timeline.sign_words import SIGNS
from bot.timeline.signs import signs_of

#: Sign: an example, a counter-example.
EXAMPLES = {
    "firing": ("[FIRING:1] checkout 5xx", "the kiln is on fire in every sense"),
    "cleared": ("[RESOLVED] checkout 5xx", "the alert is still open"),
    "opened_by_tool": ("Triggered by Ann through the website", "the deploy set it off"),
    "acknowledged_by": ("Acknowledged by Ann through the website", "ann is looking"),
    "resolved_by": ("Resolved by Ann through the website", "ann thinks it is over"),
    "declared": ("declaring SEV-2, I am IC", "the customs declaration form is new"),
    "undeclared": ("should we declare an incident?", "we declare an incident"),
    "severity": ("this is a sev2", "several people saw it"),
    "notice": ("We are investigating reports of slow pages", "he asked about pages"),
    "incident_word": ("the outage was long", "outrageous prices"),
    "symptom": ("checkout returns 502s", "502nd order of the day"),
    "report": ("users report that login is broken", "login has a new colour"),
    "noticed": ("we noticed it at ten", "the notice period is a month"),
    "began_label": ("Start of incident", "please start the incident channel topic"),
    "acknowledged": ("on it", "online"),
    "investigating": ("digging into the logs", "the private investor"),
    "escalated": ("escalated to the network team", "take the escalator"),
    "change": ("deployed 4312 to production", "a nice day"),
    "acts": ("flipping to the backup provider", "a flip of the coin"),
    "decision": ("let's roll back", "it rolls well"),
    "escape": ("let's jump on a call", "the recall rate is high"),
    "hedge": ("it might be the cache", "the mighty cache"),
    "guess": ("I suspect the cache", "the cache is warm"),
    "fault": ("the connection pool is exhausted", "exhaustive list of connections"),
    "cause": ("it fails because of the cache", "a cosy afternoon"),
    "named_cause": ("root cause was the cache", "cause for celebration"),
    "no_cause": ("the root cause is still unknown", "the root cause is the cache"),
    "confirmed": ("confirmed, it is the cache", "the conference is in May"),
    "refuted": ("not it, quota looks fine", "finely tuned quota"),
    "mitigated": ("mitigated", "we mitigate risks by reviews"),
    "restored": ("latency is back to normal", "normally it takes a day"),
    "rolled_back": ("rolled back the release", "rolled out the release"),
    "turned_off": ("turned off the event items", "the turn is off by one"),
    "recovering": ("error rate is dropping", "drop me a line"),
    "partly": ("12 of 16 pods are back", "200 of 200 connections are taken"),
    "resolved": ("incident resolved", "a resolution in 4k"),
    "other_resolved": ("resolved the merge conflict: conflict resolved", "incident resolved"),
    "unfinished": ("not fixed yet", "fixed"),
    "relapse": ("it is failing again", "see you again"),
    "negated": ("false alarm", "the alarm was right"),
    "impact": ("1,240 payments failed for 300 customers", "a new customer portal"),
    "communication": ("status page updated", "the page has a status"),
    "finding": ("logs show timeouts", "lots of showers"),
    "delta": ("p95 went from 200 ms to 6 s", "from Berlin to Paris"),
    "chatter": ("thanks!", "thanks to the cache, 502s are gone after 4 minutes"),
    "question": ("is it down?", "it is down"),
    "action": ("TODO: alert on error rate", "today: no alert"),
}


def test_every_sign_has_its_examples() -> None:
    assert set(EXAMPLES) == set(SIGNS)


@pytest.mark.parametrize("sign", EXAMPLES)
def test_a_sign_is_carried_by_its_example_only(sign: str) -> None:
    example, counter_example = EXAMPLES[sign]
    assert sign in signs_of(example)
    assert sign not in signs_of(counter_example)


@pytest.mark.parametrize(
    "words",
    ["resolved. thanks everyone", "Resolved!", "we're resolved :tada:", "we are now resolved", "RESOLVED - all good"],
)
def test_the_end_is_said_in_many_ways(words: str) -> None:
    assert "resolved" in signs_of(words)


@pytest.mark.parametrize("words", ["we resolved to test it first", "unresolved. more later", "are we done?"])
def test_not_every_such_word_is_the_end(words: str) -> None:
    assert "resolved" not in signs_of(words)
