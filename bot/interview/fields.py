"""Which named fields does an interview fill, in whose words? One vocabulary, shared by all kinds of postmortem.

A field is one cell of a full report, such as `impact.share`. `field(script, interview, "impact.share")` is the best
that is known of it, `told` is all of it, best first: each a quote, in its writer's own words. Its `ts` is the message
that they stand in, and None for what `user` entered in the form. None means that nobody said anything: then the field
is not known, and nothing may stand in its place.

What comes first: what somebody entered in the form; then the newest answer to a question whose script `fields`
declares it; then what the record says. Answers are looked through by the word rules of `bot/wording/fields.py`, when
they are heard, and kept as rows (`Interview.fields`), which go with their message. A field that is `whole` has no
word rule: all that was answered to a question that declares it is its value.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from bot.interview.causes import denials, is_recorded
from bot.interview.filing import REMEMBERED, after, answer, position_of
from bot.interview.kept import kept
from bot.interview.script import Question, Script
from bot.interview.state import Field, Interview, Quote


@dataclass(frozen=True, slots=True)
class Name:
    """How a field is called where people read it, and whether an answer fills it with all its words."""

    label: str
    whole: bool = False
    #: Whether only the record fills it: nobody is asked for it, and nobody has to answer.
    read: bool = False


#: Every field, in the order in which forms and documents show them; the part before the dot is its group.
FIELDS: Mapping[str, Name] = {
    "impact.users": Name("People affected"),
    "impact.share": Name("Share of all"),
    "impact.geography": Name("Where they were"),
    "impact.degradation": Name("How it showed: outage, slow, now and then"),
    "impact.requests": Name("Failed requests"),
    "impact.data_loss": Name("Data lost or spoilt"),
    "revenue.lost": Name("Revenue lost"),
    "revenue.method": Name("How that was worked out"),
    "revenue.potential": Name("What it could have cost had it gone on"),
    "slo.target": Name("Objective: target"),
    "slo.actual": Name("Objective: reached"),
    "slo.budget_used": Name("Error budget used"),
    "slo.budget_left": Name("Error budget left"),
    "customers.tickets": Name("Support tickets"),
    "customers.complaints": Name("Complaints"),
    "customers.social": Name("Social media"),
    "customers.nps": Name("NPS or satisfaction"),
    "operation.hours": Name("Hours spent"),
    "operation.teams": Name("Teams involved"),
    "operation.escalations": Name("Escalations by customer success"),
    "operation.executives": Name("Executives involved"),
    "communication.status_page": Name("Status page"),
    "communication.told": Name("How customers were told"),
    "communication.notified": Name("How many were told"),
    "communication.support": Name("What support had in hand"),
    "communication.internal": Name("Updates inside the company"),
    "detection.first_sign": Name("First sign, and where it showed"),
    "investigation.approach": Name("How it was looked into, with which tools"),
    "escalation.reason": Name("Reason for escalating"),
    "cause.evidence": Name("What showed the cause, and how it was confirmed", whole=True),
    "cause.alone": Name("Which factor could have caused it alone", whole=True),
    "mitigation.plan": Name("Plan of the mitigation", whole=True),
    "mitigation.risk": Name("Its risk"),
    "mitigation.approval": Name("Who approved it"),
    "recovery.validation": Name("How the recovery was checked"),
    "recovery.monitoring": Name("Watched afterwards, and what was still a worry"),
    "runbook.used": Name("Runbook at hand"),
    "runbook.updates": Name("What belongs into the runbook now"),
    "prevention.monitor": Name("New monitor"),
    "prevention.monitor_query": Name("Its query"),
    "prevention.monitor_threshold": Name("Its threshold"),
    "prevention.monitor_notifies": Name("Whom it notifies"),
    "prevention.dashboard": Name("Dashboard: what is added"),
    "prevention.process_from": Name("Process now"),
    "prevention.process_to": Name("Process to come"),
    "prevention.technical_from": Name("Technical state now"),
    "prevention.technical_to": Name("Technical state to come"),
    "references.dashboard": Name("Dashboards"),
    "references.tickets": Name("Tickets"),
    "references.incidents": Name("Related incidents"),
    "references.runbook": Name("Runbook"),
    "references.architecture": Name("Architecture documents"),
    "references.links": Name("In the record", read=True),
    "sharing.meeting": Name("Review meeting"),
    "sharing.briefing": Name("Team briefing"),
    "sharing.all_hands": Name("All-hands or talk"),
    "sharing.documentation": Name("Documentation updated"),
    "sharing.runbook": Name("Runbook updated"),
    "sharing.training": Name("Training material"),
    "model.name": Name("Model"),
    "model.version": Name("Version of the model"),
    "model.data": Name("Data it was trained on, and met"),
    "change.kind": Name("What was changed: prompt, model, context, routing, retrieval, tool, guardrail"),
    "change.before": Name("Version before"),
    "change.after": Name("Version after"),
    "change.retrieval": Name("Retrieval settings"),
    "change.traces": Name("Sample traces"),
}


#: What showed that it was the cause.
EVIDENCE = "cause.evidence"
#: Links of the record to changes, builds, dashboards, logs and runs, whatever stands around them.
LINKS = "references.links"
#: What was changed, and the versions that ran before and after. What the record says of them counts where a kind asks
#: for them.
CHANGED, BEFORE, AFTER = "change.kind", "change.before", "change.after"
#: The figures of a record: how many, how much, how long.
COUNTED = ("impact.", "revenue.", "slo.", "customers.", "operation.")


def field(script: Script, interview: Interview, name: str) -> Quote | None:
    """The best that is known of one field; None when nobody said anything. KeyError for a name that is none."""
    found = told(script, interview, name)
    return found[0] if found else None


def told(script: Script, interview: Interview, name: str) -> tuple[Quote, ...]:
    """All that is known of one field, best first. KeyError for a name that is none."""
    whole, mine = FIELDS[name].whole, _named(interview.fields).get(name, ())
    if not whole and not mine:
        return ()
    entered = [Quote(f.text, None, f.by) for f in mine if f.ts is None]
    asking = _asking(script, name)
    if name in (CHANGED, BEFORE, AFTER) and not asking:
        return tuple(entered)
    if whole:
        denied = denials(interview) if name == EVIDENCE else ()
        idle = {s.ts for s in denied if "only_denies" in s.findings.mentions}
        heard = [Quote(s.text, s.ts, s.user) for q in asking for s in answer(interview, q).printed if s.ts not in idle]
        read = [Quote(f.text, f.ts, f.by or None) for f in mine if f.ts is not None]
        if denied:
            read = [quote for quote in read if not is_recorded(interview, quote)]
        return (*entered, *reversed(heard), *read)
    said = {s.ts: s for s in interview.said if not s.deleted and s.text.strip()}
    heard, read = [], []
    for each in mine:
        if each.ts is None:
            continue
        reply = said.get(each.ts)
        if reply is None:
            read.append(Quote(each.text, each.ts, each.by or None))
            continue
        position = position_of(interview, reply)
        if position and interview.asked[position - 1].question in asking:
            heard.append(Quote(each.text, each.ts, each.by))
    # What is counted grows while an incident lasts, and those who count it last have counted all.
    return (*entered, *_newest_first(heard), *(_newest_first(read) if name.startswith(COUNTED) else read))


@kept(REMEMBERED)
def _named(fields: tuple[Field, ...]) -> dict[str, tuple[Field, ...]]:
    """What is known, by the names of the fields."""
    found: dict[str, tuple[Field, ...]] = {}
    for each in fields:
        found[each.name] = (*found.get(each.name, ()), each)
    return found


def _newest_first(quotes: list[Quote]) -> list[Quote]:
    """The quotes of later messages first; those of one message stay in their order."""
    found: list[Quote] = []
    for quote in quotes:
        at = next((n for n, each in enumerate(found) if after(quote.ts or "0", each.ts or "0")), len(found))
        found.insert(at, quote)
    return found


def takes_whole(question: Question) -> bool:
    """Whether all that is answered to a question is a field's value, for which a mere yes will not do."""
    return not question.collects and any(FIELDS[name].whole for name in question.fields if name in FIELDS)


@lru_cache(maxsize=1024)
def _asking(script: Script, name: str) -> frozenset[str]:
    """The questions, of this kind and of earlier ones, whose answers may fill a field."""
    return frozenset(q.id for q in (*script.questions, *script.passed) if name in q.fields)


def without(interview: Interview, ts: str) -> tuple[Field, ...]:
    """The fields without those of one message."""
    return tuple(f for f in interview.fields if f.ts != ts)


def lacking(script: Script, interview: Interview, names: Iterable[str]) -> tuple[str, ...]:
    """Which of these fields nobody has said anything about."""
    return tuple(name for name in names if field(script, interview, name) is None)
