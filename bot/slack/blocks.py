"""What does each card look like in Slack? Pure builders: a face and what belongs to it in, Block Kit out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from bot.actions.gate import missing
from bot.actions.gate import sharper as sharper_question
from bot.actions.item import Item, Met
from bot.actions.values import Words
from bot.interview import cards
from bot.interview.bounds import Bounds, moment_of
from bot.interview.quoting import gist, shorten, what_was_found
from bot.interview.state import CONTRADICTION, OF_COUNTS, Asked, Closed, Fact, Participant, Put, Quote, Stage
from bot.patterns import exact_pattern
from bot.report.checks.rule import Check, Standing
from bot.report.silence import Missing, told
from bot.report.tables import UNSAID
from bot.slack.clocks import heard, read_in
from bot.slack.elements import (
    BLOCKS,
    LINE,
    NAME,
    TITLE,
    Block,
    Look,
    Message,
    Say,
    actions,
    button,
    context,
    day,
    day_and_time,
    due_day,
    line,
    moment,
    overflow,
    owner,
    section,
)
from bot.slack.ids import Button, encode
from bot.slack.inert import MESSAGE, SECTION, cut, near, pieces, plain
from bot.timeline.values import MILESTONES, Entry

#: The timeline in the thread has at most this many lines; all entries are in the document.
TIMELINE_LINES = 15
#: How many characters of an entry stand in one of those lines, and of a fact beside a question.
ENTRY, BESIDE = 100, 80
#: Items with pickers of their own in one reminder; the next ones are listed below them, the rest are counted.
NUDGED_WITH_BUTTONS, NUDGED_LISTED = 12, 30
#: Items that are done and asked about in one message.
JUDGED = 8
#: Findings of the checklist that the summary names; the others are counted.
FINDINGS = 3
#: Answers that may stand in the wrong section, as the review names them.
STRAYS = 3
#: The longest text that a notification shows.
NOTICE = 3000
#: How many characters of the words that a question builds on stand beside it.
QUOTED = 240
#: Contradictions of the record that stand under the timeline; the others are counted. And how long each may be.
DOUBTS, DOUBT = 3, 300
#: From this distance on, a clock time does not say which day is meant.
ONE_NIGHT = timedelta(hours=18)
#: Roles that say nothing of what somebody did.
NO_ROLE = ("", "took part", "responder")
#: Slack's limit for the address of a button, and for what an image shows in words.
URL, ALTERNATIVE = 3000, 2000
#: A label on a line of its own, as the plain form of a section has it.
LABEL = exact_pattern(r"^\*\*([^*\n]+)\*\*$")
ADDRESS = exact_pattern(r"https?://[^\s<>|]+")


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


def listed(names: Sequence[str]) -> str:
    """Names as a sentence has them: Ann, Bo and Cy."""
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def question(face: cards.Question, look: Look, severities: Sequence[tuple[str, str]] = ()) -> Message:
    """One question; one that asks for the severity while it is open shows what the levels mean."""
    asked = face.asked
    value = encode(look.postmortem, asked.position)
    kind = {
        Put.PROBE: " · one follow-up; “don't know” is an answer too",
        Put.CONFIRM: " · confirm or correct",
        Put.RETURN: " · once more",
    }
    head = f"*{face.topic_number} of {face.topics} · {look.line(face.topic_title, TITLE)}*{kind.get(asked.put, '')}"
    text = look.words(asked.text)
    blocks = [context(head), section(text)]
    beside: list[str] = [_quote(asked, look)] if asked.quote is not None and asked.quote.text else []
    if face.shows:
        with_day = _over_days(face.shows, asked.opened_at)
        beside.append(" · ".join(_fact(f, look, with_day) for f in face.shows if not _quoted_already(f, asked)))
    if any(beside):
        blocks.append(context("\n".join(filter(None, beside))))
    if face.trouble:
        blocks.append(context(look.say("claude", part="trouble", why=face.trouble)))
    if severities and asked.about == "severity" and asked.put is not Put.PROBE and face.live:
        blocks.append(context("\n".join(f"{name}: {meaning}" for name, meaning in severities)))
    if not face.live and not face.paused:
        if face.heard:
            blocks.append(context(heard(face.heard, look)))
        passed = {Closed.SKIPPED: "Skipped.", Closed.UNKNOWN: "Not known.", Closed.CONFIRMED: "Confirmed."}
        if asked.closed in passed:
            blocks.append(context(passed[asked.closed]))
        if face.above:
            blocks.append(context(f"<{look.permalink(face.above)}|The question before> is open again, further up."))
        return Message(text, blocks)
    if face.paused:
        blocks.append(context("Paused."))
        blocks.append(actions(button("Resume", Button.RESUME, encode(look.postmortem))))
        return Message(text, blocks)
    blocks += _noted(face, value, look)
    blocks.append(actions(*_answers(face, value)))
    if face.branches:
        blocks.append(
            actions(
                *(
                    button(
                        f"Ask about “{cut(plain(f.text, look.names), 50)}”",
                        f"{Button.OTHER}.{n}",
                        encode(look.postmortem, asked.position, f.key),
                    )
                    for n, f in enumerate(face.branches)
                )
            )
        )
    return Message(text, blocks)


def _noted(face: cards.Question, value: str, look: Look) -> list[Block]:
    moved = [context(look.say("moved", part="away", heading=look.line(h, NAME), by="")) for h in face.moved_to]
    if not face.noted:
        return moved
    next_at = moment(face.next_at) if face.next_at is not None else ""
    line = look.say("noted", people=face.noted, next_at=next_at, held=face.asked.held, late=face.can_move_back)
    line = " ".join(filter(None, (line, heard(face.heard, look))))
    extra = []
    if face.next_at is not None:
        extra.append(button("Wait", Button.WAIT, value))
    if face.can_move_back:
        extra.append(button("It answers the previous one", Button.PREVIOUS, value))
    extra += [
        button(each.offer, f"{Button.ELSEWHERE}.{n}", encode(look.postmortem, face.asked.position, each.question))
        for n, each in enumerate(face.elsewhere)
    ]
    blocks = [*moved, context(line)]
    return [*blocks, actions(*extra)] if extra else blocks


def _answers(face: cards.Question, value: str) -> list[Block]:
    asked = face.asked
    first = (
        button("That's it", Button.CONFIRM, value, style="primary")
        if face.confirms and not face.noted
        else button("Next", Button.NEXT, value, style="primary" if face.noted else "")
    )
    found = [first, button("Skip", Button.SKIP, value)]
    if face.can_go_deeper:
        found.append(button("Go deeper", Button.DEEPER, value))
    if face.can_split:
        found.append(button("Split into causes", Button.SPLIT, value))
    options = [("Don't know", Button.UNKNOWN), ("Ask someone…", Button.SOMEONE), ("Pause", Button.PAUSE)]
    if asked.position > 1:
        options.insert(1, ("Back", Button.BACK))
    found.append(overflow(Button.MORE, [(label, f"{name}|{value}") for label, name in options]))
    return found


def _quote(asked: Asked, look: Look) -> str:
    """Whose words the question builds on; the words themselves unless the question has them already."""
    quote = asked.quote or Quote("")
    text = look.line(what_was_found(gist(near(quote.text, QUOTED))), QUOTED)
    if quote.ts is None:
        return "" if shorten(quote.text) in asked.text else f"builds on “{text}”"
    said = "" if shorten(quote.text) in asked.text else f": “{text}”"
    link = look.permalink(quote.ts)
    written = datetime.fromtimestamp(int(quote.ts.partition(".")[0]), tz=UTC)
    at = moment(written, with_day=asked.opened_at - written > ONE_NIGHT)
    who = look.name(quote.user) if quote.user else "an alert"
    return f"builds on {who}, {at}{said} <{link}|↗>"


def _over_days(facts: Sequence[Fact], asked_at: datetime) -> bool:
    """Whether clock times alone would mislead: the facts lie too far apart, or too far back, for one night."""
    times = [f.at for f in facts if f.at is not None]
    return bool(times) and max(*times, asked_at) - min(times) > ONE_NIGHT


def _quoted_already(fact: Fact, asked: Asked) -> bool:
    """Whether a fact is the very words that the question builds on."""
    same = fact.quote is not None and asked.quote is not None and fact.quote.ts == asked.quote.ts
    return same and (fact.name in SAID or fact.name == "cause")


def _fact(fact: Fact, look: Look, with_day: bool) -> str:
    label = FACTS.get(fact.name, fact.name.replace("_", " ") + " ")
    if fact.at is not None:
        return f"{label}{moment(fact.at, fact.precision, with_day=with_day)}"
    text = look.line(shorten(near(fact.text, BESIDE), BESIDE), BESIDE)
    return f"{label}“{text}”" if fact.name in SAID else f"{label}{text}"


#: What stands before a fact beside a question, where that is not its name; and the facts that are somebody's words.
FACTS: Mapping[str, str] = {
    "duration": "lasted ",
    "services": "",
    "severity": "",
    "cause": "cause found ",
    "mitigation": "ended by ",
    "loose_end_2": "also open ",
    "loose_end_3": "and ",
    "detected_after": "detected after ",
    "acknowledged_after": "acknowledged after ",
    "mitigated_after": "mitigated after ",
}
SAID = frozenset({
    "mitigation", "impact", "hypothesis", "loose_end", "loose_end_2", "loose_end_3",
})  # fmt: skip


def items(face: cards.Items, found: Sequence[Item], look: Look, withdrawn: Sequence[str] = ()) -> Message:
    """Every item with what is known of it; more than fit are counted, and all of them are in the modal."""
    value = encode(look.postmortem)
    title = "*Actions, as I read them*"
    lines = [_item(item, look) for item in found]
    blocks = [section(title)]
    room = MESSAGE - 1200
    shown = 0
    for text in lines:
        room -= len(text) + 1
        if room < 0 or shown >= BLOCKS - 8:
            break
        blocks.append(section(text))
        shown += 1
    if shown < len(lines):
        blocks.append(context(f"… {len(lines) - shown} more; all of them are in the form below and in the document."))
    if withdrawn:
        blocks.append(context(look.say("items_withdrawn", numbers=listed(list(withdrawn)), several=len(withdrawn) > 1)))
    lacking = sum(bool(missing(i)) for i in found)
    if lacking and not face.stage_over:
        blocks.append(context(look.say("items_missing", missing=lacking)))
    if found:
        fill = [button("Fill in what is missing", Button.ITEMS_MISSING, value)] if lacking else []
        blocks.append(actions(*fill, button("Change", Button.ITEMS_FILL, value)))
    else:
        blocks.append(context("No action was named."))
    return Message("Actions, as I read them", blocks)


def fields_form(face: cards.FieldsForm, look: Look) -> Message:
    """The offer to enter fields in one go; that it stands costs nobody anything."""
    text = look.say("fields")
    label = "Change the figures" if face.entered else "Add the figures"
    blocks = [section(text), actions(button(label, Button.FIELDS_ENTER, encode(look.postmortem)))]
    if face.entered:
        by = listed([look.name(user) for user in face.by])
        blocks.append(context(f"{face.entered} entered so far, by {by}."))
    return Message(text, blocks)


def enter_fields(say: Say, postmortem: int, number: str) -> Message:
    """What leads to the form of fields where no modal can be opened at once."""
    text = say("sentences", code="enter_fields", **{**NO_VALUES, "number": number})
    return Message(text, [section(text, button("Add the figures", Button.FIELDS_ENTER, encode(postmortem)))])


def _item(item: Item, look: Look) -> str:
    due = due_day(item) or (look.line(item.due_words, NAME) + "?" if item.due_words else "?")
    if item.due is not None and not item.due_sure:
        due += " (is that the day?)"
    measure = look.line(item.measure, LINE) if item.measure else "?"
    priority = f" · {item.priority}" if item.priority else ""
    state = "" if item.status == "open" else f" · {item.status}"
    line = f"*{item.number}* {look.line(item.text, 300)}"
    if item.source_index is None:
        line += f" · _{UNSAID}_"
    if item.status == "dropped":
        return f"{line}\n      {given_up(item, look)}"
    unknown = " (not known to me)" if isinstance(item.owner, Words) and not item.owner.text.endswith("?") else ""
    line += f"\n      owner {owner(item.owner, look)}{unknown} · due {due}{priority}"
    line += f" · how we will know: {measure}{state}"
    sharper = sharper_question(item.text) or ""
    return line + (f"\n      ▸ _{look.words(sharper)}_" if sharper and item.status == "open" else "")


@dataclass(frozen=True, slots=True)
class SectionPreview:
    """One section as the review shows it; `state` is empty, accepted or edited."""

    id: str
    heading: str
    text: str
    state: str


def review(face: cards.Review, sections: Sequence[SectionPreview], look: Look) -> Message:
    title = look.say("review", part="title", count=0)
    if not face.open:
        return Message(title, [section(look.say("review", part="done", count=len(face.accepted)))])
    blocks = [section(title)]
    listed = sections[: BLOCKS - 6]
    room = (MESSAGE - 1500) // max(1, len(listed)) - 110
    for each in listed:
        state = f" · _{look.line(each.state, 20)}_" if each.state else ""
        text = look.words(preview(each.text), max(40, min(room, 260)))
        read = button("Read or edit", f"{Button.SECTION_OPEN}.{each.id}", encode(look.postmortem, 0, each.id))
        blocks.append(section(f"*{look.line(each.heading, 60)}*{state}\n{text}", read))
    if len(sections) > len(listed):
        blocks.append(context(look.say("review", part="more", count=len(sections) - len(listed))))
    stray = [
        look.say(
            "stray",
            words=look.line(gist(near(each.text, NAME)), NAME),
            stands_in=look.line(each.stands_in, NAME),
            belongs_to=look.line(each.belongs_to, NAME),
        )
        for each in face.strays[:STRAYS]
    ]
    blocks += [context(*stray)] if stray else []
    blocks.append(context(look.say("review", part="how", count=0)))
    write = button("Write the document", Button.WRITE_IT, encode(look.postmortem), style="primary")
    blocks.append(actions(write, button("Move an answer", Button.ANSWERS, encode(look.postmortem))))
    return Message(title, blocks)


def preview(text: str) -> str:
    """A section's first lines for the eye, labels in Slack's bold.

    A table's rows stand without its head and bars, its columns set apart by dots.
    """
    lines: list[str] = []
    head = True
    for row in text.splitlines():
        if not row.startswith("|"):
            lines.append(LABEL.sub(r"*\1*", row.strip()))
            head = True
            continue
        cells = [c.strip() for c in row.strip().strip("|").split("|")]
        if all(set(c) <= {"-", ":"} for c in cells):
            lines = lines[:-1] if head and lines else lines
            head = False
            continue
        lines.append(" · ".join(c for c in cells if c))
    return "\n".join(filter(None, lines))


def summary(
    face: cards.Summary,
    *,
    number: str,
    headline: str,
    front: str,
    picture: str,
    checks: Sequence[Check],
    unanswered: Sequence[Missing],
    look: Look,
    unmet: str = "",
) -> Message:
    """The document in short, with how many checks hold and the first of what is weak.

    `picture` is the timeline's picture in words; `unmet` is what has to hold before it is called written.
    """
    value = encode(look.postmortem)
    publication = face.publication
    said = tuple(f"“{each.name}” " for each in unanswered)
    weak = [finding for check in checks for finding in check.found if not finding.startswith(said)]
    title = f"{number} is a draft until {unmet}." if unmet else f"{number} is written."
    blocks = [section(f"*{title}* {look.words(headline, 1000)}")]
    if front:
        blocks += [section(look.words(front, 1500))]
    if face.picture:
        alternative = cut(picture, ALTERNATIVE) or number
        blocks.append({"type": "image", "slack_file": {"id": face.picture}, "alt_text": alternative})
    lines = [look.say("no_picture", why=look.line(face.no_picture, NAME))] if face.no_picture else []
    if unanswered:
        lines.append(look.line(told(unanswered), 600))
    lines.append(checked(checks, weak, look))
    blocks.append(context(*lines))
    if publication.kind == "file" and publication.revision < face.revision:
        blocks.append(context("Answers have changed since the file was written."))
    buttons = []
    if ADDRESS.fullmatch(publication.url) and len(publication.url) <= URL and publication.step == "done":
        buttons.append(button("Open the document", Button.DOCUMENT_OPEN, value, url=publication.url))
    buttons.append(button("Change something", Button.CHANGE, value))
    buttons.append(button("Edit timeline", Button.TIMELINE_EDIT, value))
    buttons.append(button("Checklist", Button.CHECKLIST, value))
    buttons.append(button("Export", Button.EXPORT, value))
    if publication.kind == "file":
        buttons.append(button("New file", Button.NEW_FILE, value))
    return Message(title, [*blocks, actions(*buttons)])


def checked(checks: Sequence[Check], weak: Sequence[str], look: Look) -> str:
    """The checklist on one line: how many rules hold and wait, and the first of what was found weak."""
    held = f"Checklist: {sum(check.ok for check in checks)} of {len(checks)} rules hold"
    early = sum(check.early for check in checks)
    unclear = sum(check.standing is Standing.OPEN for check in checks) - early
    held += f", {early} {'is' if early == 1 else 'are'} not yet due" if early else ""
    held += f", {unclear} can't be told yet" if unclear else ""
    shown = "; ".join(look.line(finding, LINE) for finding in weak[:FINDINGS])
    rest = len(weak) - FINDINGS
    more = f"; and {rest} more {'finding' if rest == 1 else 'findings'}" if rest > 0 else ""
    return f"{held}. Weak: {shown}{more}." if shown else f"{held}."


def mentioned(face: cards.Mentioned, look: Look) -> Message:
    """The only message that mentions anybody for real, because somebody asked for it."""
    users = listed([f"<@{user}>" for user in face.mention.users])
    text = look.say("mentioned", users=users, by=look.name(face.mention.by), question=look.words(face.question, 1500))
    return Message(text, [section(text)])


def asked_later(face: cards.AskedLater, look: Look) -> Message:
    """One question that mentions the person who knows, because somebody asked for it."""
    asked = face.asked
    who = f"<@{asked.to}>" if asked.closed is None else look.name(asked.to)
    text = look.say("later", part="ask", who=who, question=look.words(asked.text, 1500))
    blocks = [section(text)]
    if asked.quote is not None and asked.quote.text and (beside := _quote(asked, look)):
        blocks.append(context(beside))
    if asked.closed is not None:
        part = {Closed.SKIPPED: "skipped", Closed.UNKNOWN: "unknown"}.get(asked.closed, "answered")
        return Message(text, [*blocks, context(look.say("later", part=part))])
    blocks.append(context(look.say("later", part="noted" if face.noted else "how")))
    value = encode(look.postmortem, asked.position)
    buttons = [button("Don't know", Button.UNKNOWN, value), button("Skip", Button.SKIP, value)]
    if face.noted:
        buttons.insert(0, button("That's it", Button.NEXT, value, style="primary"))
    return Message(text, [*blocks, actions(*buttons)])


def stalled(face: cards.Stalled, link: str, look: Look) -> Message:
    text = look.say(
        "stalled", number=face.number, title=look.line(face.title, TITLE), reminder=face.reminder, link=link
    )
    return Message(text, [section(text)])


def follow_up_review(face: cards.FollowUpReview, found: Sequence[Item], link: str, look: Look) -> Message:
    """The one message on the day of the follow-up review; `found` are the postmortem's actions."""
    title = f"{face.number} · {look.line(face.title, TITLE)}"
    head = look.say("follow_up", part="head", link=link, title=title, day=day(face.day))
    value = encode(look.postmortem)
    blocks = [section(head)]
    if face.held_by is not None:
        return Message(head, [*blocks, context(look.say("follow_up", part="held", by=look.name(face.held_by)))])
    if face.moved is not None:
        return Message(head, [*blocks, context(look.say("follow_up", part="moved", day=day(face.moved)))])
    lines = [_reviewed(item, look) for item in found]
    blocks += [section(piece) for piece in pieces(cut("\n".join(lines), MESSAGE // 2), SECTION)] if lines else []
    blocks.append(context(look.say("follow_up", part="how")))
    held = button("It was held", Button.FOLLOW_UP_HELD, value)
    blocks.append(
        actions(held, button("Another day", Button.FOLLOW_UP, value), button("Checklist", Button.CHECKLIST, value))
    )
    return Message(head, blocks)


def _reviewed(item: Item, look: Look) -> str:
    if item.status == "dropped":
        return f"*{item.number}* {look.line(item.text, NAME)} · {given_up(item, look)}"
    measure = f" · “{look.line(item.measure, NAME)}”" if item.measure else ""
    told = {"yes": "done, measure met", "no": "done, measure not met"}.get(
        item.met or "", "done, nobody has said if it helped"
    )
    state = told if item.status == "done" else f"open, {owner(item.owner, look) if item.owner else 'no owner'}"
    return f"*{item.number}* {look.line(item.text, NAME)} · {state}{measure}"


def cannot_reach(face: cards.CannotReach, look: Look) -> Message:
    text = look.say(
        "cannot_reach", number=face.number, title=look.line(face.title, TITLE), why=face.why, channel=face.channel
    )
    return Message(text, [section(text)])


# what one person alone is told -----------------------------------------------------------------------------------


def sentence(say: Say, code: str, **fields: object) -> Message:
    """The answer to a command, by its name."""
    most = {"link": URL, "names": URL}
    escaped = {k: line(v, {}, most.get(k, LINE)) if isinstance(v, str) else v for k, v in fields.items()}
    return Message(say("sentences", code=code, **{**NO_VALUES, **escaped}))


def ignored(say: Say, why: str) -> Message:
    """Why a press or a command changed nothing."""
    return Message(say("ignored", why=why))


NO_VALUES = dict.fromkeys(
    (
        "word", "kind", "kinds", "number", "link", "facilitator", "channel", "title", "given", "to", "names", "zone",
        "why", "formats", "state", "new", "gone",
    ),
    "",
)  # fmt: skip


def cancel_question(say: Say, postmortem: int, number: str) -> Message:
    text = say("sentences", code="cancel_question", **{**NO_VALUES, "number": number})
    value = encode(postmortem)
    buttons = actions(
        button("Cancel it", Button.CANCEL_YES, value, style="danger"), button("Keep it", Button.CANCEL_NO, value)
    )
    return Message(text, [section(text), buttons])


def edit_document(say: Say, postmortem: int, number: str) -> Message:
    """What leads to the sections of the document where no modal can be opened at once."""
    text = say("sentences", code="edit_document", **{**NO_VALUES, "number": number})
    return Message(text, [section(text, button("Change something", Button.CHANGE, encode(postmortem)))])


def edit_timeline(say: Say, postmortem: int, number: str) -> Message:
    """What leads to the timeline where no modal can be opened at once."""
    text = say("sentences", code="edit_timeline", **{**NO_VALUES, "number": number})
    return Message(text, [section(text, button("Edit timeline", Button.TIMELINE_EDIT, encode(postmortem)))])


def offer(say: Say) -> Message:
    """The one offer in a recorded channel that says that its incident is over."""
    text = say("offer", part="offer", number="", by="")
    value = encode(0)
    buttons = actions(
        button("Start the postmortem", Button.OFFER_START, value, style="primary"),
        button("Not now", Button.OFFER_NO, value),
    )
    return Message(text, [section(text), context(say("offer", part="recorded", number="", by="")), buttons])


def offer_over(say: Say, number: str, by: str) -> Message:
    """What stands in its place once somebody has pressed."""
    text = say("offer", part="taken" if number else "not_now", number=number, by=line(by, {}, NAME))
    return Message(text, [section(text)])


# reminders -------------------------------------------------------------------------------------------------------


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


def given_up(item: Item, look: Look) -> str:
    """That an item won't be done, why, and who said so."""
    why = look.line(item.reason, SECTION // 4)
    return f"won't do: {why} ({look.name(item.closed_by)})" if why else "won't do"


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
