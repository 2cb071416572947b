"""What do the modals look like, and what did somebody enter? Each form stands beside the function that reads it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.actions.gate import missing
from bot.actions.item import Item, Status
from bot.actions.links import is_address, ticket
from bot.actions.values import Person, Priority, Words
from bot.report.checks.after import URGENT
from bot.report.plain import digest
from bot.slack.document_blocks import SectionPreview
from bot.slack.elements import NAME, Block, actions, button, context, line, section
from bot.slack.forms import (
    INPUT,
    about_of,
    began_with,
    changed,
    entered,
    field,
    modal,
    plain_text,
    postmortem_of,
    text_input,
    value_of,
)
from bot.slack.ids import Button, Callback, encode
from bot.slack.inert import cut, near, plain
from bot.slack.wont_modal import read_reason, reason_input
from bot.wording.sorts import FACTOR_SORTS, factor_sort

#: How many lines the form that divides factors says the sort of.
SORTED = 12
#: Items on one page of the form: up to nine blocks each, of the hundred that a modal may have.
ITEMS_A_PAGE = 10
#: The most bytes of a view: Slack's limit is 250,000.
VIEW = 240_000
#: How much of the newer answers stands beside an edit.
SINCE = 2_000
#: Sections that one list shows, of the hundred blocks that a modal may have.
LISTED = 95


# a question's modals ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Asking:
    """Somebody is to be asked the question at `position`."""

    position: int
    user: str


def ask_someone(postmortem: int, position: int, question: str) -> Block:
    blocks = [
        section(line(question, {}, 600) or " "),
        field("who", "Who could know?", {"type": "users_select"}),
        context("They are mentioned once, in this thread."),
    ]
    return modal(
        Callback.ASK_SOMEONE, "Ask someone", blocks, {"postmortem": postmortem, "position": position}, "Mention them"
    )


def read_ask_someone(view: Mapping[str, Any]) -> Asking:
    return Asking(int(about_of(view).get("position", 0)), str(entered(view, "who").get("selected_user") or ""))


def hand_over(postmortem: int) -> Block:
    blocks = [
        field("who", "Who facilitates from here?", {"type": "users_select"}),
        context("The facilitator gets the reminders and may cancel. Everybody else can do everything else."),
    ]
    return modal(Callback.HAND_OVER, "Hand over", blocks, {"postmortem": postmortem}, "Hand over")


def read_hand_over(view: Mapping[str, Any]) -> str:
    return str(entered(view, "who").get("selected_user") or "")


@dataclass(frozen=True, slots=True)
class Divided:
    """The answer at `position` as separate factors."""

    position: int
    factors: tuple[str, ...]


def split(postmortem: int, position: int, factors: Sequence[str]) -> Block:
    initial = "\n".join(" ".join(f.split()) for f in factors)
    note = context(f"Each line becomes a factor of its own, and each can be asked about.\n{_sorts(factors)}")
    about = {"postmortem": postmortem, "position": position}
    texts = LongText("factors", "One condition per line", initial)
    return _long_view(Callback.SPLIT, "Split into causes", texts, [note], about, "Split")


def _sorts(factors: Sequence[str]) -> str:
    """How the lines are sorted so far, and how a person says otherwise."""
    found = [factor_sort(text) for text in factors[:SORTED]]
    read = [f"{n} {each.name}" for n, each in enumerate(found, 1) if each.name and not each.said]
    said = [f"{n} {each.name}" for n, each in enumerate(found, 1) if each.said]
    lines = [
        *([f"As its writer says: {', '.join(said)}."] if said else []),
        *([f"By their words I would sort them so: {', '.join(read)}."] if read else []),
        f"To say it yourself, begin a line with a sort and a colon: {', '.join(FACTOR_SORTS)}.",
    ]
    return " ".join(lines)


def read_split(view: Mapping[str, Any]) -> Divided:
    lines = _read_long(view, "factors").splitlines()
    return Divided(int(about_of(view).get("position", 0)), tuple(line.strip(" -•\t") for line in lines if line.strip()))


# the document's modals -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Edit:
    """A section as somebody wants it; `shown` is the digest of the text that the form began with."""

    section: str
    text: str
    shown: str
    #: The block of its first input, under which Slack shows what is wrong.
    first_block: str
    #: Of an edit beside which newer answers stood: their digest.
    base: str = ""


def edit_section(
    postmortem: int,
    section_id: str,
    heading: str,
    text: str,
    *,
    since: str = "",
    base: str = "",
    names: Mapping[str, str] | None = None,
) -> Block:
    """A section to be read and rewritten; of an edit that newer answers differ from, `since` is how they read."""
    notes = [context("Sent unchanged, it is accepted as it reads. What you change is kept with your name on it.")]
    about = {"postmortem": postmortem, "section": section_id, "shown": digest(text)}
    if base:
        about["base"] = base
        notes = [
            context("The answers have changed since this edit. Without it, the section would read:"),
            _as_typed(since, names or {}),
            context("Sent unchanged, the edit is kept. What you change is kept with your name on it."),
        ]
    texts = LongText("text", cut(" ".join(heading.split()), NAME), text)
    return _long_view(Callback.EDIT_SECTION, "Read or edit", texts, notes, about, "Accept")


def _as_typed(text: str, names: Mapping[str, str]) -> Block:
    """A section's text as an edit shows it: people by name, and nothing in it is markup."""
    lines = (f"{row[: len(row) - len(row.lstrip())]}{plain(row, names)}" for row in near(text, SINCE).splitlines())
    return {"type": "section", "text": plain_text("\n".join(lines).strip("\n").rstrip() or "nothing", SINCE)}


def read_edit_section(view: Mapping[str, Any]) -> Edit:
    about = about_of(view)
    section_id, shown, base = (str(about.get(name, "")) for name in ("section", "shown", "base"))
    return Edit(section_id, _read_long(view, "text"), shown, "text.0", base)


@dataclass(frozen=True, slots=True)
class LongText:
    """A text that takes as many inputs as it needs."""

    block_id: str
    label: str
    text: str


def _long_view(
    callback: Callback, title: str, long: LongText, notes: Sequence[Block], about: Mapping[str, Any], submit: str
) -> Block:
    """A modal that holds the whole text, in as many inputs as Slack allows; one that says so when it cannot."""
    parts, joints = divided(long.text)
    inputs = [
        field(
            f"{long.block_id}.{n}",
            long.label if n == 0 else f"{long.label} (part {n + 1} of {len(parts)})",
            text_input(part),
            optional=True,
        )
        for n, part in enumerate(parts)
    ]
    view = modal(callback, title, [*inputs, *notes], {**about, "joints": joints}, submit)
    if len(inputs) <= LISTED and len(json.dumps(view)) <= VIEW and len(view["private_metadata"]) <= INPUT:
        return view
    sorry = f"*{line(long.label, {}, NAME)}* has {len(long.text):,} characters, more than a form in Slack can hold."
    way = "Edit or delete the messages that it is made of: the document follows them."
    return modal(callback, title, [section(sorry), context(way)], about)


def divided(text: str) -> tuple[list[str], list[str]]:
    """The text in parts that fit into one input each, and what stood between them: both together are the text."""
    # A character outside the basic plane may be counted as two.
    most = INPUT - 200 if all(each <= "\uffff" for each in text) else (INPUT - 200) // 2
    parts: list[str] = []
    joints: list[str] = []
    rest = text
    while len(rest) > most:
        at = max(rest.rfind("\n", 0, most), 0)
        if at <= most // 2:
            at = max(at, rest.rfind(" ", 0, most))
        part = rest[:at].rstrip()
        joint = rest[len(part) :][: len(rest[len(part) :]) - len(rest[len(part) :].lstrip())]
        if not part or len(joint) > JOINT or len(part) <= most // 4:
            part, joint = rest[:most], ""
        parts.append(part)
        joints.append(joint)
        rest = rest[len(part) + len(joint) :]
    return [*parts, rest], joints


#: The longest run of blanks between two parts that is remembered; a longer one is divided in its middle.
JOINT = 8


def _read_long(view: Mapping[str, Any], block_id: str) -> str:
    """The text as it was divided, with what was changed in it; a part that was emptied goes with what joined it."""
    joints = [str(joint) for joint in about_of(view).get("joints") or ()]
    found = ""
    for n, joint in enumerate(["", *joints]):
        part = str(entered(view, f"{block_id}.{n}").get("value") or "")
        found += (joint if found and part else "") + part
    return found


def sections(postmortem: int, previews: Sequence[SectionPreview]) -> Block:
    """The list of sections; opening one replaces this modal."""
    blocks: list[Block] = [context("Answers can also be changed where they were given: edit or delete the message.")]
    for each in previews[:LISTED]:
        read = button("Read or edit", f"{Button.SECTION_OPEN}.{each.id}", encode(postmortem, 0, each.id))
        state = f" · _{line(each.state, {}, 20)}_" if each.state else ""
        blocks.append(section(f"*{line(each.heading, {}, NAME)}*{state}", read))
    if len(previews) > LISTED:
        blocks.append(context(f"… {len(previews) - LISTED} more do not fit here."))
    blocks.append(actions(button("Move an answer", Button.ANSWERS, encode(postmortem))))
    return modal(Callback.SECTIONS, "Change something", blocks, {"postmortem": postmortem})


# the items' modal ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Filled:
    """What somebody entered for one item; None leaves as it is what stands there."""

    number: str
    owner: str | None
    due: date | None
    priority: Priority | None
    measure: str | None
    #: Empty where somebody took it out.
    link: str | None = None
    sponsor: str | None = None
    #: Why it won't be done; empty where nobody says so.
    wont: str = ""
    #: That one which was not to be done is to be done after all.
    again: bool = False


@dataclass(frozen=True, slots=True)
class ItemsPage:
    """A page of the form of actions, counted from 0: it begins behind the item `after`.

    The items of the page before may be filled by then, and miss nothing any more: pages are no places in a list.
    """

    postmortem: int
    page: int = 0
    after: str = ""
    #: Whether only those stand in it that miss something.
    only_missing: bool = False

    def holds(self, item: Item) -> bool:
        """Whether an item stands on this page or a later one."""
        later = (len(item.number), item.number) > (len(self.after), self.after)
        return later and (not self.only_missing or bool(missing(item)))


def fill_items(
    at: ItemsPage,
    found: Sequence[Item],
    names: Mapping[str, str],
    begin_ticket: Callable[[Item], str] = lambda item: "",
) -> Block:
    """One page of the form; sending it leads to the next. `begin_ticket` gives the address where one is begun."""
    left = [item for item in found if at.holds(item)]
    here, page = left[:ITEMS_A_PAGE], at.page
    pages = page + -(-len(left) // ITEMS_A_PAGE)
    blocks: list[Block] = []
    if pages > 1:
        blocks.append(context(f"Page {page + 1} of {pages}. Each page is kept when you send it."))
    for item in here:
        given_up = item.status == Status.DROPPED
        blocks += _given_up(item, names) if given_up else _item_inputs(item, names, begin_ticket(item))
    if not blocks:
        blocks = [section("Nothing is missing." if found else "There are no items.")]
    numbers = [i.number for i in here]
    about = {"postmortem": at.postmortem, "page": page, "numbers": numbers, "missing": at.only_missing}
    title, last = "What is missing" if at.only_missing else "Actions", page + 1 >= pages
    return modal(Callback.FILL_ITEMS, title, blocks, about, "Save" if last else "Save, next page")


def _item_inputs(item: Item, names: Mapping[str, str], begin_ticket: str) -> list[Block]:
    who: Block = {"type": "users_select"}
    if isinstance(item.owner, Person):
        who["initial_user"] = item.owner.user_id
    due: Block = {"type": "datepicker"}
    if item.due is not None:
        due["initial_date"] = item.due.isoformat()
    options = [{"text": plain_text(p.value), "value": p.value} for p in Priority]
    priority: Block = {"type": "static_select", "options": options}
    if item.priority is not None:
        priority["initial_option"] = next(o for o in options if o["value"] == item.priority.value)
    typed = f" (written: {item.owner.text})" if isinstance(item.owner, Words) else ""
    meant = f" (written: {item.due_words})" if item.due is None and item.due_words else ""
    n, measure = item.number, item.measure or ""
    blocks = [
        section(f"*{n}* {line(item.text, names, 500)}"),
        field(f"{n}.owner", f"Owner{cut(typed, 100)}", who, optional=True),
        field(f"{n}.due", f"Due{cut(meant, 100)}", due, optional=True),
        field(f"{n}.priority", "Priority", priority, optional=True),
    ]
    if len(measure) > INPUT // 2:
        blocks.append(context("How we will know that it worked is written at length; it stays as it is."))
    else:
        worked = text_input(measure, multiline=False)
        blocks.append(field(f"{n}.measure", "How will we know that it worked?", worked, optional=True))
    link = text_input(item.link or ticket(item.text), multiline=False)
    blocks.append(field(f"{n}.link", "Where is it tracked?", link, optional=True, hint="The address of its ticket."))
    if begin_ticket and not (item.link or ticket(item.text)):
        blocks.append(
            context(f"No ticket yet? <{begin_ticket}|Begin one with these words>, then paste its address above.")
        )
    if item.priority in URGENT or item.sponsor:
        stands_up: Block = {"type": "users_select"} | ({"initial_user": item.sponsor} if item.sponsor else {})
        hint = "Who stands up for it when something else comes first."
        blocks.append(field(f"{n}.sponsor", "Sponsor", stands_up, optional=True, hint=hint))
    if item.status == Status.OPEN:
        hint = "It then stays in the document as one that won't be done, with your name; nobody is reminded of it."
        blocks.append(field(f"{n}.wont", "Won't do it? Say why", reason_input(), optional=True, hint=hint))
    return blocks


def _given_up(item: Item, names: Mapping[str, str]) -> list[Block]:
    """An item that won't be done: why, and how to think again."""
    again = {"type": "checkboxes", "options": [{"text": plain_text("Open it again"), "value": "again"}]}
    said = section(f"*{item.number}* {line(item.text, names, 500)}\nwon't do: {line(item.reason, names, 500)}")
    return [said, field(f"{item.number}.again", "Is it to be done after all?", again, optional=True)]


def read_fill_items(view: Mapping[str, Any]) -> tuple[Filled, ...]:
    """What was entered for each item of the page; what was sent as the form showed it counts as left alone."""
    return tuple(_filled(view, str(n)) for n in about_of(view).get("numbers") or ())


def _filled(view: Mapping[str, Any], number: str) -> Filled:
    owner = changed(view, f"{number}.owner", "selected_user", "initial_user")
    due = changed(view, f"{number}.due", "selected_date", "initial_date")
    priority = changed(view, f"{number}.priority", "selected_option", "initial_option")
    measure = changed(view, f"{number}.measure", "value", "initial_value").strip()
    link, linked = (
        value_of(entered(view, f"{number}.link").get("value")).strip(),
        began_with(view, f"{number}.link", "initial_value"),
    )
    sponsor = changed(view, f"{number}.sponsor", "selected_user", "initial_user")
    return Filled(
        number,
        owner or None,
        date.fromisoformat(due) if due else None,
        Priority(priority) if priority in {p.value for p in Priority} else None,
        measure or None,
        link if link != linked else None,
        sponsor or None,
        read_reason(view, f"{number}.wont"),
        bool(entered(view, f"{number}.again").get("selected_options")),
    )


def next_page(view: Mapping[str, Any]) -> ItemsPage | None:
    """The page that a sent page of the items' form leads to; None for other modals."""
    if view.get("callback_id") != Callback.FILL_ITEMS:
        return None
    about = about_of(view)
    numbers = about.get("numbers") or [""]
    return ItemsPage(postmortem_of(view), int(about.get("page", 0)) + 1, str(numbers[-1]), bool(about.get("missing")))


def faults(view: Mapping[str, Any]) -> dict[str, str]:
    """What is wrong with what was entered, by block, as Slack shows it under the input."""
    match view.get("callback_id"):
        case Callback.SPLIT if not read_split(view).factors:
            return {"factors.0": "Write at least one line."}
        case Callback.EXPORT if not entered(view, "formats").get("selected_options"):
            return {"formats": "Choose at least one format."}
        case Callback.ASK_SOMEONE | Callback.HAND_OVER if not read_hand_over(view):
            return {"who": "Choose a person."}
        case Callback.WONT_DO if not read_reason(view, "reason"):
            return {"reason": "Write why, in a few words."}
        case Callback.FILL_ITEMS:
            wrong = [each.number for each in read_fill_items(view) if each.link and not is_address(each.link)]
            return {f"{number}.link": "Enter one address that begins with https:// or http://." for number in wrong}
    return {}
