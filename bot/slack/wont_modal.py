"""How do people say that an action won't be done? One reason, kept with their name; it can be taken back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.actions.item import Item
from bot.slack.elements import Block, context, line, section
from bot.slack.forms import about_of, entered, field, modal, text_input, value_of
from bot.slack.ids import Callback

#: The most characters of a reason: it stands in one cell of a table.
REASON = 300
NOTE = (
    "It is kept with your name and today's date. The action stays in the document as one that won't be done; "
    "nobody is reminded of it, and it can be opened again."
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where the button was pressed, to bring that up to date: a person's own message, or their home without a `ts`."""

    channel: str = ""
    ts: str = ""


@dataclass(frozen=True, slots=True)
class GivenUp:
    """An action that won't be done, and why."""

    number: str
    reason: str
    place: Place


def wont_do(item: Item, place: Place) -> Block:
    blocks = [
        section(f"*{item.number}* {line(item.text, {}, 500)}"),
        field("reason", "Why won't it be done?", reason_input()),
        context(NOTE),
    ]
    about = {"postmortem": item.postmortem_id, "number": item.number, "channel": place.channel, "ts": place.ts}
    return modal(Callback.WONT_DO, "Won't do", blocks, about, "Save")


def reason_input() -> Block:
    return {**text_input(multiline=False), "max_length": REASON}


def read_wont_do(view: Mapping[str, Any]) -> GivenUp:
    about = about_of(view)
    place = Place(str(about.get("channel") or ""), str(about.get("ts") or ""))
    return GivenUp(str(about.get("number") or ""), read_reason(view, "reason"), place)


def read_reason(view: Mapping[str, Any], block: str) -> str:
    return " ".join(value_of(entered(view, block).get("value")).split())[:REASON]
