"""What is a message made of? Texts and the elements of Block Kit, for whatever builds messages, forms and the home."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from bot.actions.item import Item
from bot.actions.values import Group, Owner, Person, Words
from bot.patterns import exact_pattern
from bot.slack.inert import SECTION, cut, inert, near

Block = dict[str, Any]
Say = Callable[..., str]

#: A message has at most 50 blocks; some room is kept for what stands around a list.
BLOCKS = 50
#: The longest of what stands in one line among others.
NAME, TITLE, LINE = 80, 120, 200
#: Slack's limit for the address of a button.
URL = 3000
PERSON_ID = exact_pattern(r"[UW][A-Z0-9]{2,}")


@dataclass(frozen=True, slots=True)
class Message:
    """A message: its blocks, and the text that notifications and screen readers show."""

    text: str
    blocks: list[Block] = field(default_factory=list)

    def without_pictures(self) -> Message:
        return Message(self.text, [block for block in self.blocks if block["type"] != "image"])


@dataclass(frozen=True)
class Look:
    """What every builder needs: the templates, people's names, and where a message stands."""

    say: Say
    names: Mapping[str, str]
    #: The address of a message of the channel, or of the thread, by its ts.
    permalink: Callable[[str], str]
    postmortem: int = 0

    def name(self, user: str | None) -> str:
        """How a person is spoken of, without calling them; a tool goes by its own name."""
        if not user:
            return "the record"
        if user not in self.names and not PERSON_ID.fullmatch(user):
            return line(user, {}, NAME)
        return line("@" + self.names.get(user, "someone"), {}, NAME)

    def words(self, text: str, most: int = SECTION) -> str:
        """People's words, as much as fits into `most` characters."""
        return cut(inert(near(text, most), self.names), most)

    def line(self, text: str, most: int) -> str:
        """The same on one line."""
        return line(text, self.names, most)


def line(text: str, names: Mapping[str, str], most: int) -> str:
    """People's words on one line, as much as fits into `most` characters."""
    return cut(" ".join(inert(near(text, most), names).split()), most)


def section(text: str, accessory: Block | None = None) -> Block:
    block: Block = {"type": "section", "text": {"type": "mrkdwn", "text": cut(text, SECTION) or " "}}
    return {**block, "accessory": accessory} if accessory else block


def context(*lines: str) -> Block:
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": cut(line, SECTION)} for line in lines[:10]]}


def header(text: str) -> Block:
    return {"type": "header", "text": {"type": "plain_text", "text": cut(text, 150), "emoji": False}}


def actions(*elements: Block) -> Block:
    return {"type": "actions", "elements": list(elements)}


def button(label: str, action: str, value: str, *, style: str = "", url: str = "") -> Block:
    found: Block = {
        "type": "button",
        "text": {"type": "plain_text", "text": cut(label, 75), "emoji": False},
        "action_id": action,
        "value": value,
    }
    if style:
        found["style"] = style
    if url:
        found["url"] = url
    return found


def overflow(action: str, options: Sequence[tuple[str, str]]) -> Block:
    return {
        "type": "overflow",
        "action_id": action,
        "options": [{"text": {"type": "plain_text", "text": t, "emoji": False}, "value": v} for t, v in options],
    }


def moment(at: datetime, precision: str = "exact", *, with_day: bool = False) -> str:
    """A time that every reader sees in the own zone; UTC where Slack cannot."""
    about = "about " if precision == "about" else ""
    if with_day:
        alone = f"{at:%d %b %Y}, {about}{at:%H:%M} UTC"
        return f"<!date^{int(at.timestamp())}^{{date_short_pretty}}, {about}{{time}}|{alone}>"
    return f"{about}<!date^{int(at.timestamp())}^{{time}}|{at:%H:%M} UTC>"


def day_and_time(at: datetime) -> str:
    return f"<!date^{int(at.timestamp())}^{{date_short_pretty}} {{time}}|{at:%d %b %Y %H:%M} UTC>"


def day(value: date) -> str:
    return f"{value:%a} {value.day} {value:%b}"


def due_day(item: Item) -> str:
    """The day by which an item is due, with the time where one was named; empty where none is known."""
    if item.due is None:
        return ""
    return f"{day(item.due)}, {item.due_time}" if item.due_time else day(item.due)


def owner(value: Owner | None, look: Look) -> str:
    match value:
        case None:
            return "?"
        case Person(user):
            return look.name(user)
        case Group():
            return "a user group"
        case Words(text):
            return look.line(text, NAME)


def listed(names: Sequence[str]) -> str:
    """Names as a sentence has them: Ann, Bo and Cy."""
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def given_up(item: Item, look: Look) -> str:
    """That an item won't be done, why, and who said so."""
    why = look.line(item.reason, SECTION // 4)
    return f"won't do: {why} ({look.name(item.closed_by)})" if why else "won't do"
