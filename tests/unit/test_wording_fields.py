"""Which words of an answer belong to which field: a share, a sum, an objective, hours, a label before a colon."""

from __future__ import annotations

import pytest

from bot.interview.fields import FIELDS
from bot.wording.field_rules.every import PROCESS_PAIR, RULES, TECHNICAL_PAIR, VERSION_PAIR
from bot.wording.fields import fields, shown

HARM = "About 4,000 users in Spain, 12% of all, could not check out. 38,000 requests failed. No data was lost."
MONEY = "Roughly $40k in lost sales, going by the average basket. Had it lasted the evening it would have been $200k."
OBJECTIVE = "SLO is 99.9, we reached 99.2%. It burned 80% of the error budget, 20% left."
WORK = "Payments, SRE and the database team, about 30 engineer-hours. The CTO joined. Two account managers escalated."
TOLD = "Status page at 14:20, email to 1,200 customers afterwards. Support had a macro."
ALERT = "An alert on pool use above 80% for 5 minutes, paging the on-call"


@pytest.mark.parametrize(
    ("text", "name", "words"),
    [
        (HARM, "impact.users", "About 4,000 users in Spain"),
        (HARM, "impact.share", "12% of all"),
        (HARM, "impact.requests", "38,000 requests failed"),
        (HARM, "impact.degradation", "could not check out"),
        (HARM, "impact.data_loss", "No data was lost"),
        (MONEY, "revenue.lost", "Roughly $40k in lost sales"),
        (MONEY, "revenue.method", "going by the average basket"),
        (MONEY, "revenue.potential", "Had it lasted the evening it would have been $200k"),
        (OBJECTIVE, "slo.target", "SLO is 99.9"),
        (OBJECTIVE, "slo.actual", "we reached 99.2%"),
        (OBJECTIVE, "slo.budget_used", "It burned 80% of the error budget"),
        (OBJECTIVE, "slo.budget_left", "20% left"),
        ("1,200 users (12% of all, mostly in Spain) lost their carts", "impact.users", "1,200 users"),
        ("1,200 users (12% of all, mostly in Spain) lost their carts", "impact.share", "12% of all"),
        ("1,200 users (12% of all, mostly in Spain) lost their carts", "impact.geography", "mostly in Spain"),
        ("120 tickets and 14 complaints, a few tweets", "customers.tickets", "120 tickets"),
        ("120 tickets and 14 complaints, a few tweets", "customers.complaints", "14 complaints"),
        ("120 tickets and 14 complaints, a few tweets", "customers.social", "a few tweets"),
        (WORK, "operation.teams", "Payments, SRE and the database team"),
        (WORK, "operation.hours", "about 30 engineer-hours"),
        (WORK, "operation.executives", "The CTO joined"),
        (WORK, "operation.escalations", "Two account managers escalated"),
        (TOLD, "communication.status_page", "Status page at 14:20"),
        (TOLD, "communication.notified", "email to 1,200 customers afterwards"),
        (TOLD, "communication.support", "Support had a macro"),
        (ALERT, "prevention.monitor", "An alert on pool use above 80% for 5 minutes"),
        (ALERT, "prevention.monitor_threshold", "above 80% for 5 minutes"),
        (ALERT, "prevention.monitor_notifies", "paging the on-call"),
        ("Move review of migrations from optional to required.", "prevention.process_to", "required"),
        ("Change the pool from 20 fixed connections to a proxy", "prevention.technical_from", "20 fixed connections"),
        ("Pin the driver instead of taking the newest", "prevention.technical_from", "taking the newest"),
        ("read it from the service instead of a file, search team, 2026-12-18", "prevention.technical_from", "a file"),
        ("fraud-score 2026.11.2, trained on October data", "model.name", "fraud-score 2026.11.2"),
        ("gpt-4.1 on the free plan", "model.name", "gpt-4.1 on the free plan"),
        ("updated the runbook", "sharing.runbook", "updated the runbook"),
        ("yes. the prompt only; see the trace", "change.kind", "the prompt only"),
        ("Asha adds a page to the runbook", "sharing.runbook", "Asha adds a page to the runbook"),
        ("prompt v12 -> v13", "change.before", "prompt v12"),
        ("prompt v12 -> v13", "change.after", "v13"),
        ("prompt v13 to v14, and model mini-1 to mini-2 on the free plan only", "change.before", "prompt v13"),
        ("prompt v13 to v14, and model mini-1 to mini-2 on the free plan only", "change.before", "model mini-1"),
        ("prompt v13 to v14, and model mini-1 to mini-2 on the free plan only", "change.after", "mini-2"),
        ("2.30.4 to 2.31.0, the retry change", "change.after", "2.31.0"),
        ("old: v12", "change.before", "v12"),
        ("before it was v30", "change.before", "before it was v30"),
        ("we swapped the prompt", "change.kind", "we swapped the prompt"),
        ("we lost 3 hours of orders", "impact.data_loss", "we lost 3 hours of orders"),
        ("no customers were told", "communication.notified", "no customers were told"),
        ("not yet, about a third of the users", "impact.share", "about a third of the users"),
        ("prompt v6 became v7, temperature from 0.2 to 0.7, trace https://t.example/1", "change.before", "prompt v6"),
        ("prompt v6 became v7, temperature from 0.2 to 0.7, trace https://t.example/1", "change.after", "v7"),
        ("The incident commander approved it; the risk was losing queued jobs", "mitigation.risk",
         "the risk was losing queued jobs"),
        ("38,000 requests failed and were retried", "impact.requests", "38,000 requests failed and were retried"),
        ("300 customers who tried again were charged twice", "impact.users",
         "300 customers who tried again were charged twice"),
        ("Refunds of €3,200 were within our SLA", "revenue.lost", "Refunds of €3,200 were within our SLA"),
        ("SLO target: 99.95 %", "slo.target", "99.95 %"),
        ("*Risk:* a cold cache", "mitigation.risk", "a cold cache"),
        ("- Support tickets: none so far", "customers.tickets", "none so far"),
        ("The database team was paged since it owns the pool", "escalation.reason",
         "The database team was paged since it owns the pool"),
    ],
)  # fmt: skip
def test_the_words_of_a_field_are_those_of_the_text(text: str, name: str, words: str) -> None:
    found = [(field, said) for field, said in fields(text) if field == name]
    assert (name, words) in found
    assert all(said in text for _, said in found)


def test_by_what_we_will_know_that_an_action_worked_is_no_monitor_to_come() -> None:
    action = "alert on pool use over 80 %, @tom, friday; we'll know when it pages within 5 minutes in the drill"
    assert [(name, said) for name, said in fields(action) if name.startswith("prevention.")] == [
        ("prevention.monitor", "alert on pool use over 80 %"),
        ("prevention.monitor_threshold", "over 80 %"),
    ]
    assert not [n for n, _ in fields("cap the pool at 20, how we will know: no alert above 90 %") if "monitor" in n]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("It lasted 40 minutes", "impact.share"),
        ("The objective is 99.9 %", "impact.share"),
        ("We wrote to 1,200 customers", "impact.users"),
        ("It could have cost $200k", "revenue.lost"),
        ("80% of the error budget is gone", "impact.requests"),
        ("80% of the error budget is gone", "slo.actual"),
        ("PROJ-12 tracks the tickets in jira", "customers.tickets"),
        ("Nothing to add", "impact.users"),
        ("checkout-api 2.4.1", "model.name"),
        ("node-exporter v1.8.2", "model.name"),
        ("eu-west-1 1.5 times slower", "model.name"),
        ("the runbook was wrong", "sharing.runbook"),
        ("nobody has updated the runbook", "sharing.runbook"),
        ("We had 11 tickets before anybody was paged", "escalation.reason"),
        ("About 900 of those customers tried again later and paid", "impact.users"),
        ("12% of those customers came back", "impact.share"),
        ("About 900 customers who tried again later and paid", "impact.users"),
        ("900 payments went through on the second try", "impact.requests"),
        ("4,118 orders repaired", "impact.requests"),
        ("412 of the customers have been refunded", "impact.users"),
        ("We replayed all 900 payments", "impact.requests"),
        ("Refunds of €3,200 were within our SLA", "slo.target"),
        ("Refunds of €3,200 were within our SLA", "slo.actual"),
        ("Hollow Press lost ~3h of label printing", "impact.data_loss"),
        ("no. I mail the managers today", "communication.notified"),
        ("old: bot still asks the long one", "change.before"),
        ("before 14:20 the bot asked twice", "change.before"),
        ("the bot asks the long one instead of v31", "change.after"),
        ("model latency went up, 2.5 to 3.1 seconds", "change.after"),
        ("between 10:20 to 11:56 the model was slow", "change.before"),
        ("nobody reviewed the prompt", "change.kind"),
    ],
)
def test_what_only_looks_like_a_field_is_none(text: str, name: str) -> None:
    assert name not in {field for field, _ in fields(text)}


def test_every_field_has_a_rule_or_takes_the_whole_answer_or_is_read_from_the_record_alone() -> None:
    ruled = {rule.name for rule in RULES} | {*PROCESS_PAIR, *TECHNICAL_PAIR, *VERSION_PAIR}
    others = {name for name, field in FIELDS.items() if field.whole or field.read}
    assert ruled | others == set(FIELDS)
    assert not ruled & others


def test_a_long_text_gives_a_few_words_for_each_field() -> None:
    found = fields("\n".join(f"{n} users" for n in range(2, 4000)))
    assert [name for name, _ in found] == ["impact.users"] * 3


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("Tomasz forgot to run the load test", ""),
        ("The heap dump showed it. Tomasz forgot to run the load test.", "The heap dump showed it."),
        ("The log shows that Raj broke the build", "The log shows that Raj broke the build"),
        ("Errors ended with the rollback", "Errors ended with the rollback"),
    ],
)
def test_that_a_person_did_it_shows_no_cause(said: str, left: str) -> None:
    assert shown(said) == left


@pytest.mark.parametrize(
    ("text", "money", "share"),
    [
        ("We lost 12,000 EUR, about 4% of the day's revenue", "We lost 12,000 EUR", "about 4% of the day's revenue"),
        ("We lost 12,000 EUR (about 4% of the day's revenue).", "We lost 12,000 EUR", "about 4% of the day's revenue"),
        ("Lost 12k EUR, which is 4 percent of daily sales", "Lost 12k EUR", "4 percent of daily sales"),
        ("€12,000 or 4% of turnover", "€12,000", "4% of turnover"),
        ("€12,000 = 4% of turnover", "€12,000", "4% of turnover"),
    ],
)
def test_a_sum_and_its_share_of_the_revenue_are_two_figures_of_the_money_and_none_of_the_people(
    text: str, money: str, share: str
) -> None:
    assert fields(text) == (("revenue.lost", money), ("revenue.lost", share))


def test_what_is_told_in_one_measure_alone_stays_whole() -> None:
    for text in (
        "300 or 400 customers (mostly in Spain)",
        "3% (or 4%) of requests",
        "$12k or $13k lost",
    ):
        assert {words for _, words in fields(text)} == {text}


def test_a_sum_and_the_people_that_it_hit_have_a_cell_each() -> None:
    told = dict(fields("12,000 EUR in refunds (about 4% of all users)"))
    assert told["revenue.lost"] == "12,000 EUR in refunds"
    assert told["impact.share"] == "about 4% of all users"
