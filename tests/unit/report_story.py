"""One small incident, as the tests of the document tell it: answers, record and actions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from bot.interview.script_file import parse_script
from bot.interview.state import (
    Asked,
    Closed,
    Counts,
    Fact,
    Findings,
    Interview,
    Participant,
    Post,
    Put,
    Quote,
    Reading,
    Said,
    Stage,
    Workspace,
)
from bot.places import TEMPLATES
from bot.publish.layouts import Layouts
from bot.report.compose import compose
from bot.report.document import Document, ItemLine
from bot.report.paper import Paper, lay_out
from bot.timeline.values import Entry, Kind, Precision

ONCALL, SUPPORT, DB_LEAD, NEWCOMER = "U1ONCALL", "U2SUPPORT", "U3DBLEAD", "U4NEWCOMER"
NAMES = {ONCALL: "Ana Lima", SUPPORT: "Raj Patel", DB_LEAD: "Mia Chen", NEWCOMER: "Tom Berg"}
DAY = datetime(2026, 11, 19, tzinfo=UTC)
NOW = DAY + timedelta(hours=18, minutes=31)

SCRIPT = parse_script(
    """
id = "service"
title = "service incident"

[[section]]
id = "summary"
heading = "Summary"
made_of = "summary"
[[section]]
id = "facts"
heading = "Key facts"
made_of = "facts"
[[section]]
id = "impact"
heading = "Impact"
[[section]]
id = "timeline"
heading = "Timeline"
made_of = "timeline"
[[section]]
id = "causes"
heading = "Contributing factors"
made_of = "factors"
[[section]]
id = "response"
heading = "The response"
[[section]]
id = "actions"
heading = "Actions"
made_of = "items"
[[section]]
id = "open"
heading = "What was not asked"

[[topic]]
id = "overview"
title = "what happened"
question = [{ id = "overview.sentence", section = "summary", ask = "What stopped working?" }]
[[topic]]
id = "timeline"
title = "timeline"
question = [{ id = "timeline.unseen", label = "Not in the channel", section = "timeline", ask = "What else happened?" }]
[[topic]]
id = "impact"
title = "impact"
  [[topic.question]]
  id = "impact.customers"
  section = "impact"
  ask = "How many?"
  needs = ["count"]
  fields = ["impact.users", "impact.share"]
  probe = [{ about = "count", text = "How could we put a number on “{quote}”?" }]
[[topic]]
id = "causes"
title = "causes"
question = [{ id = "causes.how", section = "causes", ask = "How did it come to be possible?", how = "“{quote}”: how?" }]
[[topic]]
id = "response"
title = "response"
question = [
  { id = "response.well", label = "What helped", section = "response", ask = "What helped?" },
  { id = "response.hard", label = "What was hard", section = "response", ask = "What was hard?" },
  { id = "response.luck", label = "Luck", section = "response", ask = "Luck?", depth = 3 },
]
[[topic]]
id = "actions"
title = "actions"
question = [{ id = "actions.items", section = "actions", ask = "What will we do?", collects = "actions" }]
[[topic]]
id = "closing"
title = "closing"
question = [{ id = "closing.open", section = "open", ask = "What did I not ask?" }]
"""
)


def at(hour: int, minute: int = 0) -> datetime:
    """A moment of the day of the incident, UTC."""
    return DAY + timedelta(hours=hour, minutes=minute)


def ts(hour: int, minute: int = 0, second: int = 0) -> str:
    """The message written at that moment."""
    return f"{int(at(hour, minute).timestamp()) + second}.000100"


def permalink(message: str) -> str:
    return f"https://acme.slack.com/archives/C1/p{message.replace('.', '')}"


@dataclass(frozen=True, slots=True)
class Kept:
    """A timeline entry as it is stored."""

    entry: Entry
    added_by: str | None = None
    changed_by: str | None = None
    merged: tuple[Entry, ...] = ()


def entry(hour: int, minute: int, kind: Kind, text: str, actor: str | None = None, *, about: bool = False) -> Kept:
    precision = Precision.ABOUT if about else Precision.EXACT
    return Kept(Entry(f"{hour}:{minute}", at(hour, minute), precision, None, kind, text, ts(hour, minute), actor, ""))


def nobody() -> Interview:
    """A postmortem that was opened and not answered."""
    return Interview(
        1, Workspace("T1"), "PM-2026-014", "C1", "C1", "service", "Checkout errors", ONCALL, ONCALL, at(16, 40)
    )


def asked(
    interview: Interview,
    question: str,
    *replies: tuple[str, str] | tuple[str, str, Findings],
    closed: Closed = Closed.NEXT,
    put: Put = Put.ASK,
    about: str | None = None,
    quote: Quote | None = None,
    level: int = 0,
    factor: str | None = None,
) -> Interview:
    """The interview after one more question, with what people replied: (who, words) or (who, words, findings)."""
    position = len(interview.asked) + 1
    moment = at(17, 3 * position)
    topic = SCRIPT.question(question).topic
    one = Asked(position, topic, question, put, "?", moment, quote, about, factor, level, closed=closed)
    said = tuple(
        Said(ts(17, 3 * position, 10 * i), reply[0], reply[1], moment, moment, findings=_findings(reply))
        for i, reply in enumerate(replies, 1)
    )
    return replace(
        interview,
        asked=(*interview.asked, one),
        posts=(*interview.posts, Post(one.key, ts(17, 3 * position), "C1", moment, "", moment)),
        said=(*interview.said, *said),
    )


def _findings(reply: Sequence[object]) -> Findings:
    found = reply[2] if len(reply) > 2 else Findings()
    assert isinstance(found, Findings)
    return found


def factors(*texts: str) -> Findings:
    return Findings(factors=texts)


FACTS = (
    Fact("began", "12:30", at(12, 30), "about", Quote("first complaints around half twelve", ts(13, 58), SUPPORT)),
    Fact("detected", "13:02", at(13, 2), quote=Quote("checkout 5xx > 5 %", ts(13, 2))),
    Fact("mitigated", "14:31", at(14, 31), quote=Quote("rolled back", ts(14, 31))),
    Fact("resolved", "15:05", at(15, 5), quote=Quote("all clear", ts(15, 5), ONCALL)),
    Fact("severity", "SEV-2", quote=Quote("declaring SEV-2", ts(13, 9), ONCALL)),
    Fact("services", "checkout"),
)
ENTRIES = (
    entry(13, 2, Kind.DETECTED, "checkout 5xx > 5 %", "Alertmanager"),
    entry(12, 30, Kind.IMPACT_BEGAN, "first complaints around half twelve", SUPPORT, about=True),
    entry(13, 40, Kind.HYPOTHESIS, "the provider? <@U3DBLEAD> can you check", ONCALL),
    entry(15, 5, Kind.RESOLVED, "all clear", ONCALL),
)
ITEMS = (
    ItemLine("AI-031", "Alert on checkout alone", "Ana Lima", date(2026, 11, 27), "", "P2", "Pages in the drill"),
    ItemLine("AI-032", "Query plan in CI", "db team?", None, "next sprint", "P1"),
    ItemLine("AI-033", "Improve monitoring"),
)


def checkout() -> Interview:
    """The incident of the checkout, told to its end."""
    told = replace(
        nobody(),
        stage=Stage.WRITTEN,
        written_at=at(18, 30),
        facts=FACTS,
        reading=Reading(phase="done"),
        timeline_by=ONCALL,
        counts=Counts(messages=264, replies=41, alerts=22, edited=6, deleted=1, files=2, first=at(13, 2), last=at(16)),
        participants=(
            Participant(ONCALL, "declared it"),
            Participant(SUPPORT, "heard it first"),
            Participant(DB_LEAD, "found the cause"),
        ),
    )
    told = asked(told, "overview.sentence", (ONCALL, "Nobody could pay by card for two hours."))
    told = asked(told, "timeline.unseen", (SUPPORT, "We were on a call, <@U3DBLEAD> joined at 13:30."))
    told = asked(told, "impact.customers", (DB_LEAD, "quite a lot"))
    counted = Findings(mentions=frozenset({"count"}))
    number = (DB_LEAD, "1,240 failed payments", counted)
    told = asked(told, "impact.customers", number, put=Put.PROBE, about="count")
    causes = (
        ONCALL,
        "one release could use the pool / no index",
        factors("One release could use the pool", "No index"),
    )
    told = asked(told, "causes.how", causes, level=1)
    told = asked(told, "causes.how", (DB_LEAD, "review shows no query plan"), level=2, factor="5.2")
    told = asked(told, "causes.how", level=2, factor="5.1", closed=Closed.UNKNOWN)
    thanks = (ONCALL, "thanks!", Findings(chatter=True))
    told = asked(told, "response.well", (SUPPORT, "The rollback was rehearsed."), thanks)
    told = asked(told, "response.hard", closed=Closed.SKIPPED)
    told = asked(told, "actions.items", (ONCALL, "alert on checkout alone, me, friday"))
    return asked(told, "closing.open", closed=Closed.UNKNOWN)


def document(
    interview: Interview | None = None,
    *,
    entries: Sequence[Kept] = ENTRIES,
    items: Sequence[ItemLine] = ITEMS,
    names_policy: str = "roles",
) -> Document:
    """The document of an interview; of the checkout incident when none is given."""
    told = checkout() if interview is None else interview
    return compose(SCRIPT, told, entries, items, NAMES, permalink=permalink, now=NOW, names_policy=names_policy)


LAYOUTS = Layouts(TEMPLATES)


def paper(found: Document | None = None, kind: str = "report") -> Paper:
    """A document laid out in a kind; that of the checkout incident when none is given."""
    return lay_out(document() if found is None else found, LAYOUTS.get(kind), LAYOUTS.queries)
