"""What does a form of the timeline show? Its entries as they stand at this moment, and what people did to each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.interview.quoting import gist
from bot.interview.state import Interview
from bot.slack import timeline_modals as forms
from bot.slack.elements import NAME, Block, day_and_time, line
from bot.slack.ids import Button
from bot.slack.inert import near, plain
from bot.timeline.values import MILESTONES, Entry, Kind, Precision
from bot.understanding.people_named import users_in
from bot.understanding.told_entries import as_told
from storage.entries import Change, Kept
from storage.unit import Unit

#: How many characters of an entry stand in one line of a list.
ENTRY = 150
#: Under a moment that stands in no entry.
TOLD = "told in an answer; edit the answer to change it"
#: Somebody whose name Slack has not told.
SOMEBODY = "someone"
_DONE = {"removed": "taken off", "corrected": "changed"}


def form(unit: Unit, button: str, interview: Interview, page: int, key: str, now: datetime) -> Block:
    """The form that a button of the timeline opens."""
    zone = interview.zone
    if button == Button.TIMELINE_ADD:
        began = next((f.at for f in interview.facts if f.at is not None), now)
        return forms.add_entry(interview.id, began, zone, page)
    kept = [k for k in unit.entries.all(interview.id, removed=True) if not k.erased]
    names = unit.people.names(interview.workspace, users_in(interview, kept))
    if button == Button.TIMELINE_REMOVE:
        return forms.remove_entries(interview.id, _choices([k for k in kept if k.stands], zone, names), page)
    if button != Button.ENTRY_OPEN:
        return forms.edit_timeline(interview.id, _lines(interview, kept, zone, names), zone, page)
    one = next((k for k in kept if k.entry.key == key), None)
    if one is None:
        return forms.gone_entry(interview.id)
    days = _several_days(kept, zone)
    changes = [c for c in unit.entries.changes(interview.id) if c.key == key]
    history = [_told(change, zone, names) for change in reversed(changes)]
    if not one.stands:
        return forms.put_back(interview.id, key, _line(one, zone, days, names), history, page)
    others = _nearest(one.entry, [k for k in kept if k.stands and k.entry.key != key])
    return forms.change_entry(
        interview.id,
        one.entry,
        gist(plain(one.entry.text, names)),
        zone,
        others=[forms.Line(k, text) for k, text in _choices(others, zone, names)],
        history=history,
        page=page,
    )


def _lines(interview: Interview, kept: Sequence[Kept], zone: str, names: Mapping[str, str]) -> list[forms.Line]:
    """What stands first, with the moments that people told in answers, what was taken off last."""
    standing = as_told(interview, [k for k in kept if k.stands])
    days = _several_days([*standing, *kept], zone)
    mine = {k.entry.key for k in kept}
    found = []
    for each in (*standing, *(k for k in kept if not k.stands)):
        key, told = each.entry.key, each.entry.key not in mine
        note = TOLD if told else _note(each, names)
        found.append(forms.Line(key, _line(each, zone, days, names), note, removed=not each.stands, told=told))
    return found


def _line(kept: Kept, zone: str, days: bool, names: Mapping[str, str]) -> str:
    entry = kept.entry
    head = f"{_when(entry.at, entry.precision, zone, days)} · {spoken(entry.kind)}"
    return f"{f'*{head}*' if entry.kind in MILESTONES else head} · {_words(entry.text, names)}"


def _words(text: str, names: Mapping[str, str]) -> str:
    return line(gist(near(text, ENTRY)), names, ENTRY)


def _choices(kept: Sequence[Kept], zone: str, names: Mapping[str, str]) -> list[tuple[str, str]]:
    days = _several_days(kept, zone)
    return [
        (k.entry.key, f"{_when(k.entry.at, k.entry.precision, zone, days)} {gist(plain(k.entry.text, names))}")
        for k in kept
    ]


def _note(kept: Kept, names: Mapping[str, str]) -> str:
    """Who did the last thing to it, and when."""
    if kept.changed_by is not None and kept.changed_at is not None:
        did = "merged" if kept.merged_into else "changed" if kept.stands else "taken off"
        return f"{did} by {_name(kept.changed_by, names)}, {day_and_time(kept.changed_at)}"
    return f"added by {_name(kept.added_by, names)}" if kept.added_by else ""


def _told(change: Change, zone: str, names: Mapping[str, str]) -> str:
    done = _DONE.get(change.change, change.change)
    did = f"{done[:1].upper()}{done[1:]} by {_name(change.by, names)}, {day_and_time(change.changed_at)}"
    if change.kind is None or change.change not in ("corrected", "merged"):
        return did + "."
    precision = Precision(change.precision or Precision.UNKNOWN)
    before = f"{_when(change.at, precision, zone, True)} · {spoken(Kind(change.kind))}"
    words = _words(change.text, names)
    return f"{did}. Before: {before}" + (f" · {words}" if words else "")


def _name(user: str | None, names: Mapping[str, str]) -> str:
    return line("@" + names.get(user or "", SOMEBODY), {}, NAME)


def _nearest(entry: Entry, others: Sequence[Kept]) -> list[Kept]:
    """As many as a menu takes, in their order: those that happened closest to the entry."""
    at = entry.at

    def distance(kept: Kept) -> timedelta:
        return timedelta.max if at is None or kept.entry.at is None else abs(kept.entry.at - at)

    near = {k.entry.key for k in sorted(others, key=distance)[: forms.IN_MENU]}
    return [k for k in others if k.entry.key in near]


def _several_days(kept: Sequence[Kept], zone: str) -> bool:
    return len({k.entry.at.astimezone(ZoneInfo(zone)).date() for k in kept if k.entry.at is not None}) > 1


def _when(at: datetime | None, precision: Precision, zone: str, days: bool) -> str:
    if at is None or precision is Precision.UNKNOWN:
        return "time unknown"
    local = at.astimezone(ZoneInfo(zone))
    about = "about " if precision is Precision.ABOUT else ""
    return about + (f"{local.day} {local:%b} {local:%H:%M}" if days else f"{local:%H:%M}")


def spoken(kind: Kind) -> str:
    return kind.value.replace("_", " ")
