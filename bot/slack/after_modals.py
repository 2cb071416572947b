"""What do people say of a document that is written: to whom it was given, who approves, when it is looked at again?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from bot.interview.state import Approval, Share
from bot.report.checks.after import REVIEWED_AFTER, ROLES
from bot.report.times import day
from bot.slack.elements import LINE, Block, context, line, section
from bot.slack.forms import entered, field, modal, plain_text, text_input, value_of
from bot.slack.ids import Callback

#: The most characters of where a document was given to.
WHERE = 200
#: Earlier shares that the form tells.
TOLD = 10
#: What somebody says who takes an approval back.
BACK = "back"


@dataclass(frozen=True, slots=True)
class Shared:
    """To whom, and on which day; None is today."""

    where: str
    day: date | None


@dataclass(frozen=True, slots=True)
class Approving:
    """In which role, and whether an approval is taken back."""

    role: str
    taken_back: bool


def share_form(postmortem: int, today: date, shares: Sequence[Share]) -> Block:
    """`today` is that of the team's zone."""
    blocks: list[Block] = [
        field("where", "Who has it now?", text_input(multiline=False), hint="A channel, a list, a meeting, a person."),
        field("day", "Since when?", {"type": "datepicker", "initial_date": today.isoformat()}),
    ]
    if shares:
        told = "\n".join(f"{line(s.where, {}, WHERE)}, {day(s.at)}" for s in shares[-TOLD:])
        blocks.append(context(f"Said so far:\n{told}"))
    return modal(Callback.SHARES, "Shared", blocks, {"postmortem": postmortem}, "Save")


def read_share(view: Mapping[str, Any], today: date) -> Shared:
    where = " ".join(value_of(entered(view, "where").get("value")).split())[:WHERE]
    chosen = _day(view, "day")
    return Shared(where, chosen if chosen != today else None)


def approve_form(postmortem: int, approvals: Sequence[Approval], names: Mapping[str, str]) -> Block:
    given = {each.role: each for each in approvals}
    options = [{"text": plain_text(role), "value": role} for role in ROLES]
    what = [
        {"text": plain_text("I have read it and approve"), "value": "approve"},
        {"text": plain_text("I take my approval back"), "value": BACK},
    ]
    told = "\n".join(
        f"{role}: {line('@' + names.get(given[role].by, 'someone'), {}, LINE)}, {day(given[role].at)}"
        if role in given
        else f"{role}: nobody yet"
        for role in ROLES
    )
    blocks: list[Block] = [
        context(told),
        field("role", "In which role?", {"type": "static_select", "options": options}),
        field("what", "What do you say?", {"type": "radio_buttons", "options": what, "initial_option": what[0]}),
        context("It is kept with your name and today's date, and stands in the document."),
    ]
    return modal(Callback.APPROVE, "Approve", blocks, {"postmortem": postmortem}, "Save")


def read_approve(view: Mapping[str, Any]) -> Approving:
    role = value_of(entered(view, "role").get("selected_option"))
    return Approving(role, value_of(entered(view, "what").get("selected_option")) == BACK)


def follow_up_form(postmortem: int, written: date, today: date, planned: date | None) -> Block:
    """Begins with the day that is planned, else four weeks after it was written, never at a weekend."""
    offered = planned if planned is not None and planned > today else max(written + REVIEWED_AFTER, today + SOON)
    blocks: list[Block] = [
        section("A look back, some weeks later: which actions are done, and did they help?"),
        field("day", "On which day?", {"type": "datepicker", "initial_date": workday(offered).isoformat()}),
        context("The facilitator gets one message in the morning of that day, with the open actions in it."),
    ]
    return modal(Callback.FOLLOW_UP, "Follow-up review", blocks, {"postmortem": postmortem}, "Save")


#: Where four weeks are over already, the next week is offered.
SOON = timedelta(days=7)


def workday(chosen: date) -> date:
    """The day itself, or the Monday after it."""
    return chosen + timedelta(days=max(0, 7 - chosen.weekday()) if chosen.weekday() >= 5 else 0)


def read_follow_up(view: Mapping[str, Any]) -> date | None:
    return _day(view, "day")


def after_faults(view: Mapping[str, Any], today: date) -> dict[str, str]:
    """What is wrong with what was entered, by block; `today` is that of the team's zone."""
    match view.get("callback_id"):
        case Callback.SHARES:
            shared = read_share(view, today)
            if not shared.where:
                return {"where": "Write to whom or where, such as #engineering."}
            if shared.day is not None and shared.day > today:
                return {"day": "That day is still to come: enter it once it was shared."}
        case Callback.APPROVE if read_approve(view).role not in ROLES:
            return {"role": "Choose a role."}
        case Callback.FOLLOW_UP:
            chosen = read_follow_up(view)
            if chosen is None or chosen <= today:
                return {"day": "Choose a day that is still to come."}
    return {}


def _day(view: Mapping[str, Any], block: str) -> date | None:
    chosen = value_of(entered(view, block).get("selected_date"))
    return date.fromisoformat(chosen) if chosen else None


#: The forms of this file.
AFTER_FORMS = frozenset({Callback.SHARES, Callback.APPROVE, Callback.FOLLOW_UP})
