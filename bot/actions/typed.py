"""How would somebody type an item, so that whoever reads it again finds the same in it?"""

from __future__ import annotations

from typing import assert_never

from bot.actions.values import Draft, Group, Owner, Person, Words


def typed(draft: Draft) -> str:
    """The item on one line: its words, owner, day, priority and measure.

    A day is written out, since words such as "by Friday" mean another one when they are read on another day; where
    they name none for certain, none is written.
    """
    due = draft.due.date if draft.due is not None and draft.due.sure else None
    parts = (
        " ".join(draft.text.split()).rstrip(" .,;"),
        _owner(draft.owner),
        f"by {due.day} {due:%b %Y}" if due is not None else "",
        str(draft.priority or ""),
        f"measure: {draft.measure}" if draft.measure else "",
    )
    return ", ".join(filter(None, parts))


def _owner(owner: Owner | None) -> str:
    match owner:
        case None:
            return ""
        case Person(user_id):
            return f"<@{user_id}>"
        case Group(group_id):
            return f"<!subteam^{group_id}>"
        case Words(text):
            return f"owner: {text}"
    assert_never(owner)
