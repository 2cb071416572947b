"""What is shown when everything was asked? The actions, each section as it will read, and the summary."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.actions.gate import missing
from bot.actions.gate import sharper as sharper_question
from bot.actions.item import Item
from bot.actions.values import Words
from bot.interview import cards
from bot.interview.quoting import gist
from bot.patterns import exact_pattern
from bot.report.checks.rule import Check, Standing
from bot.report.silence import Missing, told
from bot.report.tables import UNSAID
from bot.slack.elements import (
    BLOCKS,
    LINE,
    NAME,
    TITLE,
    URL,
    Look,
    Message,
    actions,
    button,
    context,
    day,
    due_day,
    given_up,
    listed,
    owner,
    section,
)
from bot.slack.ids import Button, encode
from bot.slack.inert import MESSAGE, SECTION, cut, near, pieces

#: Findings of the checklist that the summary names; the others are counted.
FINDINGS = 3
#: Answers that may stand in the wrong section, as the review names them.
STRAYS = 3
#: Slack's limit for what an image shows in words.
ALTERNATIVE = 2000
#: A label on a line of its own, as the plain form of a section has it.
LABEL = exact_pattern(r"^\*\*([^*\n]+)\*\*$")
ADDRESS = exact_pattern(r"https?://[^\s<>|]+")


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
