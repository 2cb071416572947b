"""Which entry does a message make that somebody marked? Its own words at its own time, whatever the rules say."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.timeline.kinds import kind_of
from bot.timeline.signs import read_signs
from bot.timeline.values import Entry, Precision, RecordMessage, shortened

#: Why a message is an entry that somebody added by hand.
BY_HAND = "added by hand"
#: Why a message is an entry that somebody pinned after the record was read.
PINNED = "was pinned"


def reason_of(reaction: str) -> str:
    """Why a message is an entry that was marked with this reaction, and for no other reason."""
    return f"was marked with :{reaction}:"


def entry_of(message: RecordMessage, reason: str) -> Entry | None:
    """The message as an entry; None when it says nothing. Its author is the actor, not who marked it."""
    words = shortened(message.text) or shortened(", ".join(message.files))
    if message.deleted or not words:
        return None
    return Entry(
        key=message.ts,
        at=message.at,
        precision=Precision.EXACT,
        zone=None,
        kind=kind_of(read_signs(message)),
        text=words,
        source_ts=message.ts,
        actor=message.user or message.bot,
        reason=reason,
    )


def is_marked(message: RecordMessage, reaction: str) -> bool:
    """Whether somebody gave it the reaction, in whatever colour of skin."""
    return bool(reaction) and any(each.partition("::")[0] == reaction for each in message.reactions)


def with_marked(entries: Sequence[Entry], messages: Iterable[RecordMessage], reaction: str) -> tuple[Entry, ...]:
    """The entries with those that were marked with the reaction and that no rule has chosen."""
    there = {entry.source_ts for entry in entries}
    made = (entry_of(m, reason_of(reaction)) for m in messages if m.ts not in there and is_marked(m, reaction))
    found = [*entries, *(entry for entry in made if entry is not None)]
    return tuple(sorted(found, key=lambda e: (e.at is None, e.at.timestamp() if e.at is not None else 0.0)))
