"""What does an owner of actions read? Every week what is overdue, with its buttons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.actions.item import Item, Met
from bot.slack.elements import (
    LINE,
    NAME,
    Block,
    Look,
    Message,
    actions,
    button,
    context,
    day,
    due_day,
    given_up,
    owner,
    section,
)
from bot.slack.ids import Button
from bot.slack.inert import SECTION, pieces

#: Items with pickers of their own in one reminder; the next ones are listed below them, the rest are counted.
NUDGED_WITH_BUTTONS, NUDGED_LISTED = 12, 30
#: Items that are done and asked about in one message.
JUDGED = 8


@dataclass(frozen=True, slots=True)
class Nudged:
    """An item in a reminder, with the postmortem that it comes from."""

    item: Item
    title: str
    link: str


def nudge(
    own: Sequence[Nudged],
    unowned: Sequence[Nudged],
    today: date,
    look: Look,
    done: Sequence[Nudged] = (),
    handed_on: Sequence[Item] = (),
) -> Message:
    """One person's reminder of the week, and after a press what became of that, or whether it has helped."""
    told = [judged(each, look) for each in done] + [given_away(item, look) for item in handed_on]
    asking = [block for blocks in told[:JUDGED] for block in blocks]
    undated = sum(each.item.due is None for each in own)
    text = look.say("nudge", part="title", own=len(own) - undated, undated=undated, unowned=len(unowned))
    if not own and not unowned:
        text = look.say("nudge", part="all_done")
        return Message(text, [section(text), *asking])
    blocks = [section(f"*{text}*"), *asking]
    with_buttons = NUDGED_WITH_BUTTONS - len(told[:JUDGED])
    for each in own[:with_buttons]:
        blocks += nudged(each, look, mine=True)
    left = max(0, with_buttons - len(own))
    if own and unowned:
        blocks.append(section("*" + look.say("nudge", part="unowned", count=len(unowned)) + "*"))
    for each in unowned[:left]:
        blocks += nudged(each, look, mine=False)
    rest = [*own[with_buttons:], *unowned[left:]]
    if rest:
        listed = "\n".join(f"{n.item.number} {look.line(n.item.text, 60)}" for n in rest[:NUDGED_LISTED])
        blocks += [section(piece) for piece in pieces(listed, SECTION)]
        if len(rest) > NUDGED_LISTED:
            blocks.append(context(f"… and {len(rest) - NUDGED_LISTED} more."))
    blocks.append(context(look.say("nudge", part="foot")))
    return Message(text, blocks)


def judged(each: Nudged, look: Look) -> list[Block]:
    """Whether an item that is done did what its measure says; where it did not, it can be opened again.

    So can one that won't be done, and what is put off comes back at once.
    """
    item = each.item
    if item.status == "open":
        return put_off(item, look)
    undo = button("Undo", f"{Button.ITEM_REOPEN}.{item.number}", item.number)
    if item.status == "done" and (not item.measure or item.met in (Met.YES, Met.LATER)):
        line = f"~{item.number} {look.line(item.text, NAME)}~ · *done ✓*"
        return [section(line), {**actions(undo), "block_id": f"judged|{item.number}"}]
    again = button("Open it again", f"{Button.ITEM_REOPEN}.{item.number}", item.number)
    if item.status == "dropped":
        line = f"*{item.number}* {look.line(item.text, NAME)} · {given_up(item, look)}"
        return [section(line), {**actions(again), "block_id": f"judged|{item.number}"}]
    asks = look.say("nudge", part="unmet" if item.met == Met.NO else "judge")
    line = f"*{item.number}* {look.line(item.text, NAME)} · done ✓\n{asks} “{look.line(item.measure or '', LINE)}”"
    if item.met == Met.NO:
        buttons = [again]
    else:
        buttons = [
            button("Yes", f"{Button.ITEM_MET}.{item.number}", item.number),
            button("No", f"{Button.ITEM_UNMET}.{item.number}", item.number),
            button("Too early to say", f"{Button.ITEM_MET_LATER}.{item.number}", item.number),
            undo,
        ]
    return [section(line), {**actions(*buttons), "block_id": f"judged|{item.number}"}]


def put_off(item: Item, look: Look) -> list[Block]:
    """An item of which nobody is reminded before a day."""
    until = day(item.snoozed_until) if item.snoozed_until is not None else ""
    undo = button("Undo", f"{Button.ITEM_WAKE}.{item.number}", item.number)
    line = f"~{item.number} {look.line(item.text, NAME)}~ · *snoozed until {until}*"
    return [section(line), {**actions(undo), "block_id": f"judged|{item.number}"}]


def given_away(item: Item, look: Look) -> list[Block]:
    """An item that somebody else owns since, by this person's choice."""
    undo = button("Undo", f"{Button.ITEM_TAKE_BACK}.{item.number}", item.number)
    line = f"~{item.number} {look.line(item.text, NAME)}~ · *now belongs to {owner(item.owner, look)}*"
    return [section(line), {**actions(undo), "block_id": f"judged|{item.number}"}]


def without_day(item: Item, look: Look) -> str:
    """That an item has no day, with the words that name none for certain."""
    return f"no date (“{look.line(item.due_words, NAME)}”)" if item.due_words else "no date"


def nudged(each: Nudged, look: Look, *, mine: bool) -> list[Block]:
    item = each.item
    due = f"due {due_day(item)}" if item.due is not None else without_day(item, look)
    who = "" if mine else f" · {'owner ' + owner(item.owner, look) if item.owner else 'no owner'}"
    title = look.line(each.title, 60)
    where = f"<{each.link}|{title}>" if each.link else title
    line = f"*{item.number}* {look.line(item.text, LINE)}\n{due}{who} · {where}"
    done = button("Done", f"{Button.ITEM_DONE}.{item.number}", item.number)
    snooze = button("Snooze a week", f"{Button.ITEM_SNOOZE}.{item.number}", item.number)
    wont = button("Won't do", f"{Button.ITEM_WONT}.{item.number}", item.number)
    date_picker: Block = {
        "type": "datepicker",
        "action_id": f"{Button.ITEM_DATE}.{item.number}",
        "placeholder": {"type": "plain_text", "text": "New date", "emoji": False},
    }
    pickers = [done, snooze, date_picker, wont]
    if not mine:
        person: Block = {
            "type": "users_select",
            "action_id": f"{Button.ITEM_OWNER}.{item.number}",
            "placeholder": {"type": "plain_text", "text": "Owner", "emoji": False},
        }
        pickers = [done, person, date_picker, wont]
    return [section(line), {**actions(*pickers), "block_id": f"item|{item.number}"}]
