"""How is a question shown? With what it builds on and what is known, and with what became of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

from bot.interview import cards
from bot.interview.quoting import gist, shorten, what_was_found
from bot.interview.state import Asked, Closed, Fact, Put, Quote
from bot.slack.clocks import heard
from bot.slack.elements import (
    NAME,
    TITLE,
    Block,
    Look,
    Message,
    actions,
    button,
    context,
    listed,
    moment,
    overflow,
    section,
)
from bot.slack.ids import Button, encode
from bot.slack.inert import cut, near, plain

#: How many characters of the words that a question builds on stand beside it.
QUOTED = 240
#: How many characters of a fact stand there.
BESIDE = 80
#: From this distance on, a clock time does not say which day is meant.
ONE_NIGHT = timedelta(hours=18)


def question(face: cards.Question, look: Look, severities: Sequence[tuple[str, str]] = ()) -> Message:
    """One question; one that asks for the severity while it is open shows what the levels mean."""
    asked = face.asked
    value = encode(look.postmortem, asked.position)
    kind = {
        Put.PROBE: " · one follow-up; “don't know” is an answer too",
        Put.CONFIRM: " · confirm or correct" if face.confirms else "",
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


def fields_form(face: cards.FieldsForm, look: Look) -> Message:
    """The offer to enter fields in one go; that it stands costs nobody anything."""
    text = look.say("fields")
    label = "Change the figures" if face.entered else "Add the figures"
    blocks = [section(text), actions(button(label, Button.FIELDS_ENTER, encode(look.postmortem)))]
    if face.entered:
        by = listed([look.name(user) for user in face.by])
        blocks.append(context(f"{face.entered} entered so far, by {by}."))
    return Message(text, blocks)


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
