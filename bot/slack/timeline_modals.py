"""What do the timeline's modals look like, and what did somebody enter? The list, one entry, adding, taking off."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from bot.slack.elements import Block, actions, button, context, section
from bot.slack.forms import (
    INPUT,
    about_of,
    began_with,
    changed,
    entered,
    field,
    modal,
    plain_text,
    text_input,
    value_of,
)
from bot.slack.ids import Button, Callback, encode
from bot.slack.inert import cut
from bot.timeline.values import MILESTONES, Entry, Kind, Precision

#: Entries on one page of the list, of the hundred blocks that a modal may have.
ENTRIES_A_PAGE = 40
#: The most characters of an entry that somebody writes: it is one line of the timeline.
WRITTEN = 1000
#: Entries that one list of check boxes offers, how many such lists a modal gets, and the same for menus.
CHOICES, LISTS = 10, 9
IN_MENU, MENUS = 100, 4
#: Earlier changes that the form of one entry tells.
TOLD = 5
_SURE = {Precision.EXACT: "Exactly", Precision.ABOUT: "About", Precision.UNKNOWN: "Nobody knows when"}


@dataclass(frozen=True, slots=True)
class Line:
    """An entry in a list: its words on one line, and what people did to it."""

    key: str
    text: str
    note: str = ""
    removed: bool = False
    #: It is no entry of its own: it is changed where it was said.
    told: bool = False


@dataclass(frozen=True, slots=True)
class Time:
    """When it happened, as it was entered in the form's zone."""

    day: date | None
    time: time | None
    precision: Precision


@dataclass(frozen=True, slots=True)
class Added:
    """An entry that somebody adds; without a time it stands at the end."""

    text: str
    time: Time
    kind: Kind


@dataclass(frozen=True, slots=True)
class Changed:
    """What somebody changed in one entry; None leaves as it is what stands there."""

    key: str
    #: The digest of the entry as the form showed it.
    shown: str
    text: str | None
    time: Time | None
    kind: Kind | None
    #: The key of another entry that tells the same.
    merged: str
    removed: bool


def digest(entry: Entry) -> str:
    """What tells whether somebody else changed an entry while a form of it was open."""
    seen = (entry.text, entry.at, entry.precision, entry.kind)
    return hashlib.sha256(repr(seen).encode()).hexdigest()[:16]


# the list --------------------------------------------------------------------------------------------------------


def edit_timeline(postmortem: int, lines: Sequence[Line], zone: str, page: int = 0) -> Block:
    """One page of all entries, each with a button to its own form."""
    pages = max(1, -(-len(lines) // ENTRIES_A_PAGE))
    page = min(max(page, 0), pages - 1)
    here = lines[page * ENTRIES_A_PAGE : (page + 1) * ENTRIES_A_PAGE]
    standing = sum(not each.removed for each in lines)
    head = f"{standing} {'entry' if standing == 1 else 'entries'}. Times are {zone}. What you change counts at once."
    blocks = [context(head + (f" Page {page + 1} of {pages}." if pages > 1 else ""))]
    for n, each in enumerate(here):
        text = f"~{each.text}~" if each.removed else each.text
        note = f"\n_{each.note}_" if each.note else ""
        opens = button(
            "Put back" if each.removed else "Change", f"{Button.ENTRY_OPEN}.{n}", encode(postmortem, page, each.key)
        )
        blocks.append(section(text + note) if each.told else section(text + note, opens))
    if not lines:
        blocks.append(section("The timeline is empty."))
    # Each button opens a form that knows to which page it returns.
    value = encode(postmortem, page)
    buttons = [button("Add", Button.TIMELINE_ADD, value)]
    if standing > 1:
        buttons.append(button("Take several off", Button.TIMELINE_REMOVE, value))
    if page > 0:
        buttons.append(button("Earlier", f"{Button.TIMELINE_PAGE}.0", encode(postmortem, page - 1)))
    if page + 1 < pages:
        buttons.append(button("Later", f"{Button.TIMELINE_PAGE}.1", encode(postmortem, page + 1)))
    return modal(Callback.EDIT_TIMELINE, "Edit timeline", [*blocks, actions(*buttons)], {"postmortem": postmortem})


def page_of(view: Mapping[str, Any]) -> int:
    """The page of the list to which a form returns."""
    found = about_of(view).get("page")
    return found if isinstance(found, int) else 0


# one entry -------------------------------------------------------------------------------------------------------


def change_entry(
    postmortem: int,
    entry: Entry,
    text: str,
    zone: str,
    *,
    others: Sequence[Line] = (),
    history: Sequence[str] = (),
    page: int = 0,
) -> Block:
    """The form of one entry; `text` is its words as people read them, `others` what it can be merged with."""
    at = entry.at.astimezone(ZoneInfo(zone)) if entry.at is not None else None
    blocks = [
        field("text", "What happened", text_input(cut(text, INPUT - 200))),
        *_time_fields(at.date() if at else None, at.time() if at else None, entry.precision, zone),
        _kind_field(entry.kind),
    ]
    if others:
        options = [_option(each.key, each.text) for each in others[:IN_MENU]]
        menu = {"type": "static_select", "options": options, "placeholder": plain_text("No other")}
        hint = "That one is folded into this one, with its source."
        blocks.append(field("same", "Another entry tells the same", menu, optional=True, hint=hint))
    off = {"type": "checkboxes", "options": [_option("off", "Take it off; it can be put back")]}
    blocks.append(field("off", "It does not belong here", off, optional=True))
    if history:
        blocks.append(context(*history[:TOLD]))
    about = {"postmortem": postmortem, "key": entry.key, "shown": digest(entry), "page": page}
    return modal(Callback.CHANGE_ENTRY, "Change an entry", blocks, about, "Save")


def put_back(postmortem: int, key: str, text: str, history: Sequence[str] = (), page: int = 0) -> Block:
    """The form of an entry that was taken off."""
    blocks = [section(text), *([context(*history[:TOLD])] if history else [])]
    about = {"postmortem": postmortem, "key": key, "page": page}
    return modal(Callback.PUT_BACK, "Put it back", blocks, about, "Put back")


def gone_entry(postmortem: int) -> Block:
    """What stands instead of the form of an entry that is not there any more."""
    text = "This entry is gone: its message was deleted or says something else now."
    return modal(Callback.EDIT_TIMELINE, "Edit timeline", [section(text)], {"postmortem": postmortem})


def read_key(view: Mapping[str, Any]) -> str:
    """Which entry a form is about."""
    return str(about_of(view).get("key") or "")


def read_change_entry(view: Mapping[str, Any]) -> Changed:
    """What was entered; what was sent as the form showed it counts as left alone."""
    moved = any(
        value_of(entered(view, block).get(now)) != began_with(view, block, initial)
        for block, now, initial in (
            ("day", "selected_date", "initial_date"),
            ("time", "selected_time", "initial_time"),
            ("sure", "selected_option", "initial_option"),
        )
    )
    return Changed(
        key=read_key(view),
        shown=str(about_of(view).get("shown") or ""),
        text=changed(view, "text", "value", "initial_value").strip() or None,
        time=_time(view) if moved else None,
        kind=_kind(changed(view, "kind", "selected_option", "initial_option")),
        merged=value_of(entered(view, "same").get("selected_option")),
        removed=bool(entered(view, "off").get("selected_options")),
    )


# adding and taking off -------------------------------------------------------------------------------------------


def add_entry(postmortem: int, on: datetime, zone: str, page: int = 0) -> Block:
    """The day begins as that of `on` (aware) in `zone` (IANA), which is also the zone of the time that is entered."""
    text = {**text_input(), "max_length": WRITTEN}
    blocks = [
        field("text", "What happened", text),
        *_time_fields(on.astimezone(ZoneInfo(zone)).date(), None, Precision.EXACT, zone),
        _kind_field(Kind.NOTE),
    ]
    return modal(Callback.ADD_ENTRY, "Add to the timeline", blocks, {"postmortem": postmortem, "page": page}, "Add")


def read_add_entry(view: Mapping[str, Any]) -> Added:
    kind = _kind(value_of(entered(view, "kind").get("selected_option"))) or Kind.NOTE
    return Added(str(entered(view, "text").get("value") or "").strip(), _time(view), kind)


def remove_entries(postmortem: int, entries: Sequence[tuple[str, str]], page: int = 0) -> Block:
    """Check boxes for (key, text), menus when there are many; what does not fit either is said."""
    blocks: list[Block] = []
    many = len(entries) > CHOICES * LISTS
    size, kind = (IN_MENU, "multi_static_select") if many else (CHOICES, "checkboxes")
    offered = entries[: IN_MENU * MENUS]
    for n in range(0, len(offered), size):
        here = offered[n : n + size]
        options = [_option(key, text, 60 if many else 75) for key, text in here]
        label = "Take these off the timeline" if n == 0 else "and these"
        if many:
            label = f"Entries {n + 1} to {n + len(here)}, in order of time"
        blocks.append(field(f"keys.{n // size}", label, {"type": kind, "options": options}, optional=True))
    about = {"postmortem": postmortem, "lists": -(-len(offered) // size), "page": page}
    if not blocks:
        return modal(Callback.REMOVE_ENTRIES, "Take entries off", [section("The timeline is empty.")], about)
    if len(entries) > len(offered):
        blocks.append(context(f"{len(entries) - len(offered)} later entries do not fit here."))
    return modal(Callback.REMOVE_ENTRIES, "Take entries off", blocks, about, "Take off")


def read_remove_entries(view: Mapping[str, Any]) -> tuple[str, ...]:
    """The keys of the chosen entries."""
    chosen: list[str] = []
    for n in range(int(about_of(view).get("lists", 0))):
        for option in entered(view, f"keys.{n}").get("selected_options") or ():
            chosen.append(str(option["value"]))
    return tuple(chosen)


def faults(view: Mapping[str, Any]) -> dict[str, str]:
    """What is wrong with what was entered, by block, as far as the form alone tells."""
    if view.get("callback_id") not in (Callback.ADD_ENTRY, Callback.CHANGE_ENTRY):
        return {}
    told = _time(view)
    if not str(entered(view, "text").get("value") or "").strip():
        return {"text": "Write what happened, in a few words."}
    if told.time is not None and told.day is None and told.precision is not Precision.UNKNOWN:
        return {"day": "A time needs its day; choose one, or leave the time empty."}
    change = read_change_entry(view)
    if change.time is not None and change.time.precision is Precision.UNKNOWN and _time_was_entered(view):
        return {"sure": "You gave a time: choose Exactly or About, or leave the time as it was."}
    if change.merged and change.removed:
        return {"off": "Either it tells the same as another, or it goes: choose one of the two."}
    return {}


def _time_was_entered(view: Mapping[str, Any]) -> bool:
    return any(
        value_of(entered(view, block).get(now)) not in ("", began_with(view, block, initial))
        for block, now, initial in (
            ("day", "selected_date", "initial_date"),
            ("time", "selected_time", "initial_time"),
        )
    )


# parts -----------------------------------------------------------------------------------------------------------


def _time_fields(day: date | None, at: time | None, precision: Precision, zone: str) -> list[Block]:
    days: Block = {"type": "datepicker"} | ({"initial_date": day.isoformat()} if day is not None else {})
    times: Block = {"type": "timepicker"} | ({"initial_time": f"{at:%H:%M}"} if at is not None else {})
    options = [_option(each.value, label) for each, label in _SURE.items()]
    initial = next(each for each in options if each["value"] == precision.value)
    sure = {"type": "static_select", "options": options, "initial_option": initial}
    hint = "Leave it empty when nobody knows; the entry then says so."
    return [
        field("day", "Day", days, optional=True),
        field("time", f"Time ({zone})", times, optional=True, hint=hint),
        field("sure", "How well is the time known?", sure),
    ]


def _kind_field(kind: Kind) -> Block:
    groups = [
        _group("Milestones, one of each", [k for k in Kind if k in MILESTONES]),
        _group("Everything else", [k for k in Kind if k not in MILESTONES]),
    ]
    menu = {"type": "static_select", "option_groups": groups, "initial_option": _option(kind.value, _spoken(kind))}
    return field("kind", "What is it?", menu, hint="A milestone is where you put it, whatever else the record says.")


def _group(label: str, kinds: Sequence[Kind]) -> Block:
    return {"label": plain_text(label), "options": [_option(k.value, _spoken(k)) for k in kinds]}


def _spoken(kind: Kind) -> str:
    return kind.value.replace("_", " ").capitalize()


def _option(value: str, text: str, most: int = 75) -> Block:
    return {"text": plain_text(" ".join(text.split()), most), "value": value}


def _time(view: Mapping[str, Any]) -> Time:
    day, at = (
        str(entered(view, name).get(f) or "") for name, f in (("day", "selected_date"), ("time", "selected_time"))
    )
    sure = value_of(entered(view, "sure").get("selected_option"))
    precision = Precision(sure) if sure in set(Precision) else Precision.EXACT
    if precision is Precision.UNKNOWN and sure == began_with(view, "sure", "initial_option") and (at or day):
        # Whoever fills in a time that nobody knew so far knows it now, and need not say so a second time.
        precision = Precision.EXACT
    return Time(date.fromisoformat(day) if day else None, time.fromisoformat(at) if at else None, precision)


def _kind(value: str) -> Kind | None:
    return Kind(value) if value in set(Kind) else None
