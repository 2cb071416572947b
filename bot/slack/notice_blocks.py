"""What is said to one person, or once? A sentence, a notice, an offer."""

from __future__ import annotations

from bot.interview import cards
from bot.slack.elements import LINE, NAME, TITLE, URL, Look, Message, Say, actions, button, context, line, section
from bot.slack.ids import Button, encode


def stalled(face: cards.Stalled, link: str, look: Look) -> Message:
    text = look.say(
        "stalled", number=face.number, title=look.line(face.title, TITLE), reminder=face.reminder, link=link
    )
    return Message(text, [section(text)])


def cannot_reach(face: cards.CannotReach, look: Look) -> Message:
    text = look.say(
        "cannot_reach", number=face.number, title=look.line(face.title, TITLE), why=face.why, channel=face.channel
    )
    return Message(text, [section(text)])


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
        "why", "formats", "state", "new", "gone", "beside",
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


def enter_fields(say: Say, postmortem: int, number: str) -> Message:
    """What leads to the form of fields where no modal can be opened at once."""
    text = say("sentences", code="enter_fields", **{**NO_VALUES, "number": number})
    return Message(text, [section(text, button("Add the figures", Button.FIELDS_ENTER, encode(postmortem)))])
