"""The severity that nobody wrote into the channel is asked for with the impact, and known only when it is clear."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.interview.plan import Limits
from bot.interview.state import Asked, Fact, Interview, Post, Put, Quote, Said, Workspace
from bot.places import PROMPTS, TEMPLATES
from bot.rendering import Renderer
from bot.scripts.rehearsal import Rehearsal
from bot.scripts.shelf import Scripts, script_of
from bot.understanding.severity import Severities, read_severities, told_severity, with_severity

SHIPPED = read_severities(Renderer(TEMPLATES).message("severities"))
OWN = read_severities("critical: everything is down; major: a part is down; minor: a nuisance")
NOW = datetime(2026, 11, 20, 16, tzinfo=UTC)


def test_five_levels_ship_the_worst_first_each_with_its_meaning() -> None:
    assert [name for name, _ in SHIPPED.levels] == ["SEV-0", "SEV-1", "SEV-2", "SEV-3", "SEV-4"]
    assert all(20 < len(meaning) < 80 for _, meaning in SHIPPED.levels)


@pytest.mark.parametrize(
    ("text", "scale", "named"),
    [
        ("1,240 payments for an hour, sev2", SHIPPED, "SEV-2"),
        ("it was a SEV-1 for us", SHIPPED, "SEV-1"),
        ("severity 3 I would say", SHIPPED, "SEV-3"),
        ("2", SHIPPED, "SEV-2"),
        ("between SEV-1 and SEV-2", SHIPPED, None),
        ("2 of 3 shops", SHIPPED, None),
        ("SEV-21", SHIPPED, None),
        ("SEV-7", SHIPPED, None),
        ("quite bad", SHIPPED, None),
        ("major, I think", OWN, "major"),
        ("SEV-2", OWN, None),
        ("SEV-2", Severities(), None),
    ],
)
def test_a_level_is_known_when_a_text_names_exactly_one(text: str, scale: Severities, named: str | None) -> None:
    assert scale.named(text) == named


@pytest.mark.parametrize("text", ["", "SEV-1", "SEV-1:", ": bad", "SEV-1: a; SEV-1: b", "x" * 40 + ": long name"])
def test_what_is_no_scale_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="level"):
        read_severities(text)


def answered(*texts: str, facts: tuple[Fact, ...] = ()) -> Interview:
    stamp = int(NOW.timestamp())
    said = tuple(Said(f"{stamp + n}.000000", "U2", text, NOW, NOW) for n, text in enumerate(texts, 1))
    return Interview(
        1, Workspace("T1"), "PM-2026-001", "C1", "C1", "service", "checkout", "U1", "U1", NOW,
        asked=(Asked(1, "impact", "impact.customers", Put.ASK, "How many?", NOW, about="severity"),),
        posts=(Post("ask-1", f"{stamp}.000000", "C1", NOW, "", NOW),), said=said, facts=facts,
    )  # fmt: skip


def severity(interview: Interview) -> str | None:
    return next((f.text for f in with_severity(interview, SHIPPED) if f.name == "severity"), None)


def test_the_last_clear_answer_counts_and_what_the_record_shows_comes_before_it() -> None:
    assert severity(answered("SEV-3", "no, sev-2", "1,240 payments")) == "SEV-2"
    assert severity(answered("no idea")) is None
    shown = Fact("severity", "SEV-1", quote=Quote("declaring SEV-1", "900.1", "U9"))
    assert severity(answered("SEV-3", facts=(shown,))) == "SEV-1"


def test_an_answer_that_is_gone_leaves_no_severity() -> None:
    first = answered("SEV-3")
    known = with_severity(first, SHIPPED)
    said = first.said[0]
    edited = answered("it was bad", facts=known)
    assert said.ts == edited.said[0].ts
    assert severity(edited) is None
    assert told_severity(first) != told_severity(edited)


@pytest.mark.parametrize("kind", ["service", "ml", "llm"])
@pytest.mark.parametrize("facts", [(), (Fact("impact", "1,240 failed payments", quote=Quote("1,240", "900.2", "U3")),)])
def test_the_impact_question_asks_for_it_only_where_nobody_wrote_it(kind: str, facts: tuple[Fact, ...]) -> None:
    for known, asks in (((), True), ((Fact("severity", "SEV-2"),), False)):
        talk = Rehearsal(script_of(Scripts((PROMPTS,)).source(kind)), Limits(), (*facts, *known))
        while talk.current is not None and talk.current.question != "impact.customers":
            talk.say("so it was, with version 7")
            talk.go_on()
        assert talk.current is not None
        assert (talk.current.about == "severity") is asks
        assert ("severity" in talk.current.text) is asks
