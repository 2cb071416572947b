"""Every kind of postmortem that ships: what it raises, in which order, how much it asks, and what becomes of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.interview.fields import AFTER, BEFORE
from bot.interview.filing import factors, puts
from bot.interview.plan import Limits, asks_used
from bot.interview.script import Script
from bot.interview.state import Asked, Fact, Field, Put, Quote, Stage
from bot.places import PROMPTS
from bot.scripts.rehearsal import Rehearsal
from bot.scripts.shelf import Scripts, script_of
from bot.scripts.walk import document

KINDS = Scripts((PROMPTS,)).kinds()
CAUSE = Fact("cause", "release 4312", quote=Quote("found it: release 4312 takes all connections", "900.1", "U2"))
IMPACT = Fact("impact", "1,240 failed payments", quote=Quote("1,240 failed payments", "900.2", "U3"))
SEV1, SEV3 = Fact("severity", "SEV-1"), Fact("severity", "SEV-3")


def kind(name: str) -> Script:
    return script_of(Scripts((PROMPTS,)).source(name))


def held(
    script: Script,
    *facts: Fact,
    limits: Limits | None = None,
    say: Callable[[Asked], str] = lambda asked: f"so it was, at {asked.position}",
) -> Rehearsal:
    """The whole conversation, one answer to each question; an empty answer skips."""
    talk = Rehearsal(script, limits or Limits(), facts)
    while (asked := talk.current) is not None:
        answer = say(asked)
        if answer:
            talk.say(answer)
            talk.go_on()
        else:
            talk.press("skip")
    assert talk.interview.stage is Stage.REVIEWING
    return talk


def questions(talk: Rehearsal) -> list[str]:
    return list(dict.fromkeys(a.question for a in talk.interview.asked))


def answers(**by_question: str) -> Callable[[Asked], str]:
    """These answers by question, with underscores for dots; to a follow-up that nobody knows."""

    def say(asked: Asked) -> str:
        if asked.put is Put.PROBE:
            return "don't know"
        return by_question.get(asked.question.replace(".", "__"), "it was as it was")

    return say


def test_these_kinds_ship() -> None:
    assert KINDS == ("llm", "ml", "near-miss", "quick", "service")


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize("facts", [(), (CAUSE, IMPACT, SEV1)], ids=["nothing known", "much known"])
def test_every_topic_is_raised_within_the_limits_and_nobody_is_asked_too_much(
    name: str, facts: tuple[Fact, ...]
) -> None:
    script = kind(name)
    talk = held(script, *facts)
    assert {a.topic for a in talk.interview.asked} == {t.id for t in script.topics}
    assert asks_used(talk.interview) <= min(12, script.asks or 12)
    assert sum(a.put is Put.PROBE for a in talk.interview.asked) <= 4
    # The opening, receipt, timeline, people, items, review and summary stand beside the questions.
    assert len(talk.interview.asked) + 7 <= 25


@pytest.mark.parametrize("name", KINDS)
def test_the_timeline_comes_before_causes_causes_before_fixes_and_last_what_was_not_asked(name: str) -> None:
    order = [q.id for q in kind(name).questions]
    noticed = next(q.id for q in kind(name).questions if q.section == "timeline")
    assert order.index(noticed) < order.index("causes.how") < order.index("actions.items")
    assert kind(name).questions[-1].id == "closing.open"
    assert kind(name).topics[-1].questions == (kind(name).questions[-1],)
    assert kind(name).question("closing.open").wordings[-1].text == "What did I not ask?"


def test_an_id_means_the_same_in_every_kind() -> None:
    meant: dict[str, set[tuple[str, bool]]] = {}
    for name in KINDS:
        for question in kind(name).questions:
            meant.setdefault(question.id, set()).add((question.collects, bool(question.how)))
    assert {id: kinds for id, kinds in meant.items() if len(kinds) > 1} == {}


def test_a_small_incident_is_five_questions_and_no_more() -> None:
    talk = held(kind("quick"), say=answers(actions__items="alert on disk space, @tom, Friday"))
    assert asks_used(talk.interview) == 5
    assert questions(talk) == ["overview.sentence", "timeline.unseen", "causes.how", "actions.items", "closing.open"]


def test_a_near_miss_is_about_what_nearly_happened_and_what_stopped_it() -> None:
    talk = held(
        kind("near-miss"),
        say=answers(
            near__sentence="a migration was about to drop the orders table",
            near__reach="every shop, within minutes",
            near__stopped="a lock that happened to be held",
        ),
    )
    assert asks_used(talk.interview) <= 9
    written = document(talk)
    front = written[: written.index("---\n\n##")]
    assert "## What nearly happened\n\nevery shop, within minutes" in front
    assert "a lock that happened to be held" in written
    assert written.index("## What stopped it") < written.index("## Contributing factors")
    assert "impact.customers" not in questions(talk)


def test_an_ml_incident_asks_for_the_version_confirms_what_set_it_off_and_sorts_its_actions() -> None:
    talk = held(
        kind("ml"),
        CAUSE,
        say=answers(
            model__served="the ranking model, trained on last year's clicks",
            actions__items="monitoring: alert on the share of empty results, @tom, Friday\n"
            "fix: pin the tokenizer\nwrite to the vendor",
        ),
    )
    probe = next(a for a in talk.interview.asked if a.question == "model.served" and a.put is Put.PROBE)
    assert "Which version do you mean" in probe.text
    trigger = puts(talk.interview, "causes.trigger")[0]
    assert (trigger.put, "release 4312" in trigger.text) == (Put.CONFIRM, True)
    written = document(talk)
    # What set it off stands before the conditions, what let it through apart from them.
    assert written.index("## Immediate cause") < written.index("**What showed it**") < written.index("## Contributing")
    assert "## What let it through" in written
    actions = written[written.index("## Actions") :]
    assert actions.index("**Fix**") < actions.index("pin the tokenizer") < actions.index("**Monitoring**")
    assert actions.index("**Monitoring**") < actions.index("**Not sorted**") < actions.index("write to the vendor")
    assert "monitoring: alert" not in actions


def test_an_ml_incident_without_a_known_cause_asks_for_it_with_the_conditions() -> None:
    talk = held(kind("ml"))
    assert "causes.trigger" not in questions(talk)
    assert "What set it off, and what else" in puts(talk.interview, "causes.how")[0].text


def test_an_llm_incident_asks_for_versions_and_traces_and_keeps_the_words_that_lacked_them() -> None:
    said = iter(["the new instruction dropped the check", "prompt 12 before, 13 after", "https://traces.example/1"])
    talk = Rehearsal(kind("llm"), Limits())
    while talk.current is not None and talk.current.question != "change.what":
        talk.say("it was so")
        talk.go_on()
    asked = []
    while talk.current is not None and talk.current.question == "change.what":
        asked.append(talk.current.text)
        talk.say(next(said))
        talk.go_on()
    assert ["which version ran before" in text for text in asked] == [False, True, False]
    assert "Which traces show" in asked[2]
    written = document(talk)
    for words in ("the new instruction dropped the check", "prompt 12 before, 13 after", "traces.example/1"):
        assert words in written


@pytest.mark.parametrize(
    ("said", "follow_ups"),
    [
        # What is right is not asked for again, and a link beside it is all that is missing.
        ("yes", ["Which traces show “v29 before, v30 after” best"]),
        ("That's right, see https://traces.example/1", []),
        # What is not right is.
        ("no", ["For “v29 before, v30 after”: which version ran before"]),
        ("yes and no, the vendor changed it, see https://traces.example/1", ["which version ran before"]),
    ],
)
def test_versions_of_the_record_that_are_confirmed_are_not_asked_for_again(said: str, follow_ups: list[str]) -> None:
    talk = Rehearsal(kind("llm"), Limits(), (Fact("versions", "v29 before, v30 after"),))
    ran = (Field(BEFORE, "v29", "U2", talk.now, "900.1"), Field(AFTER, "v30", "U2", talk.now, "900.2"))
    talk.interview = replace(talk.interview, fields=ran)
    while talk.current is not None and talk.current.question != "change.what":
        talk.press("skip")
    talk.say(said)
    talk.go_on()
    found = []
    while talk.current is not None and talk.current.question == "change.what":
        found.append(talk.current.text)
        talk.say("v28 and v31" if "which version" in talk.current.text else "none were kept")
        talk.go_on()
    assert len(found) >= len(follow_ups)
    assert all(words in text for words, text in zip(follow_ups, found, strict=False))
    assert follow_ups or not found


def test_an_llm_incident_asks_what_the_evaluations_lacked_and_how_the_system_let_it_through() -> None:
    talk = held(kind("llm"), IMPACT, say=answers(causes__how="brevity was asked for\nno source was required"))
    assert "evaluation.missing" in questions(talk)
    deeper = [a.text for a in talk.interview.asked if a.level == 2]
    assert deeper == ["“brevity was asked for”: how did the system around the model let that through?"]
    heading = "## What the evaluations lacked, and what let it through"
    assert heading in document(talk)


@pytest.mark.parametrize("name", ["service", "ml", "llm"])
def test_where_we_were_lucky_quotes_what_says_it_and_not_all_that_helped(name: str) -> None:
    said = "The rollback took one click. Luckily it was Friday afternoon. Support had a text ready."
    talk = held(kind(name), say=answers(response__well=said))
    assert "response.luck" not in questions(talk)
    lucky = document(talk).partition("## Where we were lucky")[2].partition("\n## ")[0]
    assert "Luckily it was Friday afternoon." in lucky
    assert "one click" not in lucky
    helped = document(talk).partition("## What went well")[2].partition("\n## ")[0]
    assert "The rollback took one click. Support had a text ready." in helped, "and of what helped no luck is told"


def test_depth_is_asked_only_where_it_applies() -> None:
    wide = Limits(asks=30)
    plain = questions(held(kind("service"), SEV3, limits=wide))
    for id in ("impact.data", "impact.severity", "impact.business", "impact.objective", "response.runbook"):
        assert id not in plain
    assert "impact.severity" in questions(held(kind("service"), limits=wide))
    severe = questions(held(kind("service"), SEV1, CAUSE, limits=wide))
    for id in (
        "impact.business", "impact.objective", "impact.operation", "response.runbook", "communication.customers",
        "causes.evidence",
    ):  # fmt: skip
        assert id in severe
    touched = answers(impact__customers="300 orders were lost, which broke the SLA")
    named = questions(held(kind("service"), SEV3, limits=wide, say=touched))
    assert {"impact.data", "impact.business", "impact.objective"} <= set(named)


def test_lost_data_is_asked_about_even_at_the_usual_limit_and_no_data_lost_is_not() -> None:
    lost = held(kind("service"), say=answers(impact__customers="300 rows of the ledger were overwritten"))
    assert "impact.data" in questions(lost)
    assert asks_used(lost.interview) <= 12
    assert {t.id for t in lost.script.topics} == {a.topic for a in lost.interview.asked}
    assert "impact.data" not in questions(held(kind("service"), say=answers(impact__customers="no rows were lost")))


def test_depth_before_the_causes_leaves_room_for_the_first_hows() -> None:
    talk = held(kind("service"), SEV1, IMPACT)
    assert max(a.level for a in talk.interview.asked) == 3


@pytest.mark.parametrize(
    ("reply", "alone"),
    [
        ("1", [True, False]), ("only 2", [False, True]), ("1 and 2", [True, True]), ("none of them", [False, False]),
        ("1 was enough", [True, False]), ("I think 2 could have caused it alone", [False, True]),
    ],
)  # fmt: skip
def test_each_factor_says_whether_it_could_have_caused_it_alone(reply: str, alone: list[bool]) -> None:
    said = answers(causes__how="no query plan in review\nstaging is too small", causes__alone=reply)
    talk = held(kind("service"), limits=Limits(asks=30), say=said)
    asked = puts(talk.interview, "causes.alone")[0]
    assert "(1) no query plan in review; (2) staging is too small" in asked.text
    lines = document(talk).splitlines()
    for factor, enough in zip(factors(talk.interview)[:2], alone, strict=True):
        line = next(each for each in lines if factor.text in each and each.startswith("- ") and "(below" not in each)
        assert ("could have caused it alone" in line) is enough
        assert ("not enough alone" in line) is not enough


@pytest.mark.parametrize("said", ["", "yes", "don't know"])
def test_that_no_factor_was_enough_alone_is_confirmed_with_one_press_and_takes_nothing_of_the_limit(said: str) -> None:
    talk = Rehearsal(kind("service"), Limits(), (SEV3,))
    while talk.current is not None and talk.current.question != "causes.alone":
        talk.say("no query plan in review\nstaging is too small" if talk.current.level == 1 else "it was so")
        talk.go_on()
    assert talk.current is not None
    used = asks_used(talk.interview)
    assert talk.current.text.startswith("I take it that none of these would have been enough alone: (1) no query plan")
    assert "it was so" not in talk.current.text, "what explains a factor is none beside it"
    if said:
        talk.say(said)
    talk.press("confirm")
    assert asks_used(talk.interview) == used + 1, "the next topic's question"
    while talk.current is not None:
        talk.press("skip")
    assert ("not enough alone" in document(talk)) is (said != "don't know")


def vague(asked: Asked) -> str:
    """Answers that call for a follow-up wherever one can be put, and two factors."""
    return "the review shows no plan\nstaging is too small" if asked.level == 1 else "quite a lot"


def test_follow_ups_do_not_crowd_out_what_takes_one_press_to_confirm() -> None:
    artefacts = Fact("artefacts", "traces.example/1", quote=Quote("see traces.example/1", "900.3", "U2"))
    times = [Fact(name, "first bad answer", quote=Quote(name, "900.5", "U2")) for name in ("began", "detected")]
    talk = held(kind("llm"), CAUSE, *times, artefacts, SEV3, say=vague)
    put = [a.put for a in talk.interview.asked]
    assert put.count(Put.PROBE) == 3
    assert {"timeline.artefacts", "causes.evidence", "causes.alone"} <= set(questions(talk))
    # Nobody is offered the form of figures, so one message less is no question.
    assert len(put) + 6 <= 25


def test_a_severe_incident_confirms_how_it_was_ended_and_how_the_cause_was_found_beside_all_that_is_asked() -> None:
    ended = Fact("mitigation", "rolled back", quote=Quote("rolled back 4312", "900.4", "U2"))
    talk = held(kind("service"), CAUSE, IMPACT, ended, SEV1, say=vague)
    assert asks_used(talk.interview) == 12
    assert {"causes.evidence", "causes.alone", "response.mitigation"} <= set(questions(talk))
    confirmed = {a.question for a in talk.interview.asked if a.put is Put.CONFIRM}
    assert {"causes.evidence", "causes.alone", "response.mitigation"} <= confirmed


def test_an_answer_about_the_factors_in_words_is_kept_as_words() -> None:
    said = answers(causes__how="no query plan\nsmall staging", causes__alone="the first, on a busy day")
    written = document(held(kind("service"), limits=Limits(asks=30), say=said))
    assert "**Enough by itself**\n\nthe first, on a busy day" in written
    assert "not enough alone" not in written


def test_what_is_known_of_a_figure_is_not_asked_again() -> None:
    wide = Limits(asks=30)
    told = answers(
        impact__customers="2,000 customers, 12% of all, $5k in refunds, going by the refund report, 31 tickets",
        sharing__how="review on Thursday; status page at 10:20, email to 2,000 customers",
    )
    asked = questions(held(kind("service"), SEV1, limits=wide, say=told))
    assert "impact.business" not in asked
    assert "communication.customers" not in asked
    assert "impact.objective" in asked, "nobody spoke of the objective"


def test_what_customers_were_told_is_confirmed_where_the_record_has_it() -> None:
    post = "status page: some payments fail"
    told = Fact("customers_told", post, quote=Quote(post, "900.1", "U2"))
    talk = held(
        kind("service"), SEV1, told, limits=Limits(asks=30), say=lambda asked: f"so it was, at {asked.position}"
    )
    (asked,) = puts(talk.interview, "communication.customers")
    assert (asked.put, asked.quote) == (Put.CONFIRM, told.quote)
    assert f"“{post}”" in asked.text
    assert "customers told" not in puts(talk.interview, "sharing.how")[0].text


def test_how_the_cause_was_confirmed_is_asked_where_the_record_does_not_say_and_costs_nothing() -> None:
    talk = held(kind("service"), CAUSE, SEV1)
    asked = puts(talk.interview, "causes.evidence")[0]
    assert (asked.put, "release 4312" in asked.text) == (Put.CONFIRM, True)
    assert asks_used(talk.interview) <= 12
    assert "causes.evidence" not in questions(held(kind("service"), CAUSE, SEV3))


def test_a_severe_incident_is_asked_the_wider_questions_and_a_small_one_is_not() -> None:
    severe, small = held(kind("service"), SEV1), held(kind("service"), SEV3)
    for id, words in (("impact.customers", "which share of all"), ("sharing.how", "what were customers told")):
        assert words in puts(severe.interview, id)[0].text
        assert words not in puts(small.interview, id)[0].text


@pytest.mark.parametrize("name", KINDS)
def test_every_field_that_a_form_offers_can_be_told_or_entered_and_is_offered_where_it_matters(name: str) -> None:
    script = kind(name)
    if name in ("near-miss", "quick"):
        assert script.form is None
        return
    assert script.form is not None
    offered = [field for page in script.form.pages for field in page.fields]
    assert len(offered) == len(set(offered))
    severe, small = held(script, SEV1), held(script, SEV3)
    assert severe.interview.post("fields") is not None
    assert small.interview.post("fields") is None


def test_who_names_nothing_below_a_factor_ends_the_chain_and_adds_no_line_to_it() -> None:
    said = {1: "no query plan in review", 2: "nothing I can think of"}
    talk = held(kind("service"), CAUSE, IMPACT, say=lambda asked: said.get(asked.level, "it was so"))
    assert max(a.level for a in talk.interview.asked) == 2
    assert [factor.text for factor in factors(talk.interview)] == ["no query plan in review"]
    assert "nothing I can think of" not in document(talk).partition("## Contributing factors")[2]


def test_a_yes_before_what_showed_the_cause_is_left_out_and_the_words_stand_once_in_the_full_report() -> None:
    said = answers(causes__trigger="yes, the join returned nulls since 07:40", causes__how="nulls are allowed")
    written = document(held(kind("ml"), CAUSE, IMPACT, say=said), "full")
    causes = written.partition("## How it came to be possible")[2].partition("\n## ")[0]
    assert causes.count("the join returned nulls since 07:40") == 1
    assert "yes, the join" not in causes


@pytest.mark.parametrize("name", ["service", "ml", "llm"])
def test_how_long_it_lasted_is_not_asked_where_it_is_known(name: str) -> None:
    lasted = Fact("duration", "1 h 30 min")
    known = puts(held(kind(name), SEV3, lasted).interview, "impact.customers")[0]
    asked = puts(held(kind(name), SEV3).interview, "impact.customers")[0]
    assert known.text.startswith("Roughly how many")
    assert "for how long" not in known.text
    assert "for how long" in asked.text


def test_the_severity_alone_is_asked_for_where_it_is_known_how_long_it_lasted() -> None:
    lasted = Fact("duration", "1 h 30 min")
    known = puts(held(kind("service"), lasted).interview, "impact.customers")[0]
    asked = puts(held(kind("service")).interview, "impact.customers")[0]
    for each in (known, asked):
        assert "Name the severity too" in each.text
    assert "for how long" not in known.text
    assert "for how long" in asked.text
