"""What does the bot say of the record? That it begins, what it has read, the window, the timeline and who acted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from bot.interview import cards
from bot.interview.bounds import Bounds, moment_of
from bot.interview.quoting import gist
from bot.interview.state import CONTRADICTION, OF_COUNTS, Fact, Participant, Stage
from bot.slack.clocks import read_in
from bot.slack.elements import (
    NAME,
    TITLE,
    Look,
    Message,
    actions,
    button,
    context,
    day_and_time,
    listed,
    moment,
    section,
)
from bot.slack.ids import Button, encode
from bot.slack.inert import SECTION, near, pieces
from bot.timeline.values import MILESTONES, Entry

#: The timeline in the thread has at most this many lines; all entries are in the document.
TIMELINE_LINES = 15
#: How many characters of an entry stand in one of those lines.
ENTRY = 100
#: Contradictions of the record that stand under the timeline; the others are counted. And how long each may be.
DOUBTS, DOUBT = 3, 300
#: Roles that say nothing of what somebody did.
NO_ROLE = ("", "took part", "responder")


def opening(face: cards.Opening, look: Look) -> Message:
    title = f"{face.number} · {look.line(face.title, TITLE)}"
    value = encode(look.postmortem)
    blocks = [section(f"*Postmortem {title}*")]
    if face.stage is Stage.CANCELLED:
        until = day_and_time(face.restorable_until) if face.restorable_until else ""
        blocks.append(context(look.say("opening", part="cancelled", until=until)))
        blocks.append(actions(button("Undo cancel", Button.RESTORE, value)))
        return Message(f"Postmortem {title}", blocks)
    thread = look.permalink(face.bounds.root) if face.bounds.root else ""
    scope = "" if thread else _scope(face.bounds, look)
    welcome = look.say(
        "opening", part="welcome", topics=face.topics, imported=face.imported, thread=thread, scope=scope
    )
    blocks.append(section(welcome))
    line = look.say(
        "opening",
        part="about",
        private=face.private,
        facilitator=look.name(face.facilitator),
        recorded=face.recorded,
        claude=face.claude,
    )
    blocks.append(context(line))
    if face.stage is Stage.WRITTEN:
        blocks.append(context(look.say("opening", part="written")))
    elif face.paused_by is not None:
        by = look.name(face.paused_by) if face.paused_by else ""
        blocks.append(context(look.say("opening", part="paused", by=by)))
        blocks.append(actions(button("Resume", Button.RESUME, value), button("Hand over", Button.HANDOVER, value)))
    else:
        allow = [button("Allow Claude", Button.CLAUDE_ALLOW, value)] if face.claude == "ask" else []
        steer = (button("Pause", Button.PAUSE, value), button("Hand over", Button.HANDOVER, value))
        blocks.append(actions(*steer, *allow))
    return Message(f"Postmortem {title}", blocks)


def reading(face: cards.ReadingProgress, look: Look, similar: str = "") -> Message:
    """How far the reading is, or the receipt; `similar` is the line on past incidents like this one."""
    scope = _scope(face.bounds, look)
    if face.counts is None:
        oldest = face.reading.oldest
        since = day_and_time(moment_of(oldest)) if oldest and not face.bounds.root else ""
        text = look.say("progress", reading=face.reading, since=since, minutes=face.minutes_left, scope=scope)
        return Message(text, [section(text)])
    counts = face.counts
    utc = f"{counts.first:%d %b %Y %H:%M}–{_end(counts.first, counts.last)} UTC" if counts.first and counts.last else ""
    text = look.say("receipt", part="read", counts=counts, window=utc, scope=scope, windowed=False)
    windowed = face.bounds.start is not None
    not_read = look.say("receipt", part="not_read", counts=counts, window="", scope="", windowed=windowed)
    blocks = [section(text), context(not_read)]
    if face.suggests:
        blocks.append(context(look.say("suggested_kind", kind=face.suggests)))
    if similar:
        blocks.append(context(similar))
    return Message(text, blocks)


def _scope(bounds: Bounds, look: Look) -> str:
    """What was read, in words; empty for a whole channel."""
    if bounds.root:
        return look.say("scope", link=look.permalink(bounds.root), start="", end="")
    start = day_and_time(bounds.start) if bounds.start is not None else ""
    end = day_and_time(bounds.end) if bounds.end is not None else ""
    return look.say("scope", link="", start=start, end=end) if start or end else ""


def window(face: cards.WindowQuestion, look: Look) -> Message:
    """The one question before a large channel is read on."""
    if face.by is not None:
        text = look.say("window", part="chosen", by=look.name(face.by), scope=_scope(face.bounds, look))
        return Message(text, [section(text)])
    days = (face.newest - face.oldest).days
    text = look.say(
        "window", part="question", messages=face.messages, more=face.more, oldest=day_and_time(face.oldest), days=days
    )
    value = encode(look.postmortem)
    buttons = [
        button("Last day", Button.WINDOW_DAY, value),
        button("Last 3 days", Button.WINDOW_DAYS, value),
        button("Everything", Button.WINDOW_ALL, value),
        button("From … to …", Button.WINDOW_TYPE, value),
    ]
    about = context(look.say("window", part="about", newest=day_and_time(face.newest)))
    return Message(text, [section(text), about, actions(*buttons)])


def _end(first: datetime, last: datetime) -> str:
    return f"{last:%H:%M}" if first.date() == last.date() else f"{last:%d %b %Y %H:%M}"


def timeline(face: cards.Timeline, entries: Sequence[Entry], facts: Sequence[Fact], look: Look) -> Message:
    chosen = timeline_lines(entries)
    lines = [_entry(e, facts, look, with_day=new) for e, new in zip(chosen, new_days(chosen), strict=True)]
    value = encode(look.postmortem)
    blocks = [section("*What I understand happened*")]
    blocks += [section(piece) for piece in pieces("\n".join(lines) or "_Nothing that I could date._", SECTION)]
    known = {f.name: look.line(f.text, NAME) for f in facts}
    spans = [(n, known[n]) for n in ("detected_after", "mitigated_after", "resolved_after") if n in known]
    wanted = ("detected",) if face.nearly else ("began", "detected", "mitigated", "resolved")
    unknown = [n for n in wanted if n not in known]
    blocks.append(context(look.say("timeline", spans=spans, unknown=unknown, more=len(entries) - len(chosen))))
    doubts = [f for f in facts if f.name.startswith(CONTRADICTION) and f.text]
    if doubts:
        told = [f"{look.line(f.text, DOUBT)}{_link(f.quote.ts if f.quote else None, look)}" for f in doubts[:DOUBTS]]
        counts, more = [f.name == OF_COUNTS for f in doubts], len(doubts) - len(told)
        line = look.say("contradictions", told=told, more=more, counts=any(counts), times=not all(counts))
        blocks.append(context(line))
    if face.accepted_by is None:
        looks_right = [button("Looks right", Button.TIMELINE_OK, value)]
    else:
        looks_right = []
        blocks.append(context(f"Looked through by {look.name(face.accepted_by)}."))
    edit = (button("Edit timeline", Button.TIMELINE_EDIT, value), button("Add", Button.TIMELINE_ADD, value))
    blocks.append(actions(*looks_right, *edit))
    return Message("What I understand happened", blocks)


def timeline_lines(entries: Sequence[Entry]) -> list[Entry]:
    """The entries that the thread shows: every milestone first, then the best others, in their order."""
    ranked = sorted(entries, key=lambda e: (e.kind not in MILESTONES, -e.score))
    kept = {e.key for e in ranked[:TIMELINE_LINES]}
    return [e for e in entries if e.key in kept]


def new_days(entries: Sequence[Entry]) -> list[bool]:
    """Whether a line says its day: where the day in UTC is another than before, when there is more than one."""
    found: list[bool] = []
    before: date | None = None
    several = len({e.at.date() for e in entries if e.at is not None}) > 1
    for entry in entries:
        day_of = entry.at.date() if entry.at is not None else before
        found.append(several and day_of != before)
        before = day_of
    return found


def _entry(entry: Entry, facts: Sequence[Fact], look: Look, *, with_day: bool) -> str:
    at = moment(entry.at, entry.precision.value, with_day=with_day) if entry.at is not None else "time unknown"
    kind = entry.kind.value.replace("_", " ")
    head = f"*{at} {kind}*" if entry.kind in MILESTONES else f"*{at}* {kind}"
    who = f" · {look.name(entry.actor)}" if entry.actor else ""
    clock = f" · {told}" if (told := read_in(entry, facts, look)) else ""
    return f"{head} · {look.line(gist(near(entry.text, ENTRY)), ENTRY)}{who}{clock}{_link(entry.source_ts, look)}"


def _link(ts: str | None, look: Look) -> str:
    return f" <{look.permalink(ts)}|↗>" if ts else ""


def people(face: cards.People, look: Look) -> Message:
    text = look.say("people", people=listed([_suggested(p, look) for p in face.participants]))
    if face.invited_by is not None:
        return Message(text, [section(text), context(f"Invited by {look.name(face.invited_by)}.")])
    return Message(text, [section(text, button("Invite them", Button.INVITE, encode(look.postmortem)))])


def _suggested(person: Participant, look: Look) -> str:
    return look.name(person.user) + (f" ({look.line(person.role, TITLE)})" if person.role not in NO_ROLE else "")
