"""Which kept messages does Slack no longer list, where it listed everything? They were deleted unheard; pure.

Only what lies inside a span that was read whole counts: beyond a page that goes on, outside of the window that was
asked for, and on a page that came empty, nothing is known.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.slack.room import Page
from bot.timeline.values import RecordMessage


def of_channel(
    kept: Sequence[RecordMessage], page: Page, after: str, before: str, settled: str
) -> tuple[RecordMessage, ...]:
    """The messages of a channel, and the replies to them, that a page of its history shows to be gone.

    The page was read newest first; everything between `after` and `before`, both excluded, was asked for. What was
    written after `settled` may be missing from it only because it is new.
    """
    listed = _stamps(page)
    if not listed:
        return ()
    first = max(after, min(listed)) if page.cursor else after
    roots = {m.ts for m in kept if _is_root(m) and first < m.ts < min(before, settled) and m.ts not in listed}
    # A thread whose root is gone without a trace, or that counts no replies, has none any more.
    alone = roots | {str(m["ts"]) for m in page.messages if _counts_none(m)}
    return tuple(
        m
        for m in kept
        if not m.deleted and (m.ts in roots or (m.thread_ts in alone and not _is_root(m) and m.ts < settled))
    )


def of_thread(
    kept: Sequence[RecordMessage], page: Page, root: str, after: str, before: str
) -> tuple[RecordMessage, ...]:
    """The replies to `root` that a page of its thread shows to be gone.

    The page was read oldest first; everything between `after` and `before`, both excluded, was asked for.
    """
    listed = _stamps(page)
    replies = listed - {root}
    if not replies:
        return ()
    # Where an earlier page ended is not known: what follows on it counts from the first message of this one.
    first, last = after or min(replies), min(before, max(replies)) if page.cursor else before
    return tuple(
        m
        for m in kept
        if not m.deleted and m.thread_ts == root and m.ts != root and first < m.ts < last and m.ts not in listed
    )


def _stamps(page: Page) -> frozenset[str]:
    return frozenset(str(m.get("ts", "")) for m in page.messages) - {""}


def _is_root(message: RecordMessage) -> bool:
    return message.thread_ts in (None, message.ts)


def _counts_none(message: Mapping[str, Any]) -> bool:
    return (
        bool(message.get("ts"))
        and not message.get("reply_count")
        and message.get("thread_ts")
        in (
            None,
            message.get("ts"),
        )
    )


def told(channel: str, message: RecordMessage) -> dict[str, Any]:
    """The event that Slack would have told of the deletion."""
    previous: dict[str, Any] = {"ts": message.ts, **({"thread_ts": message.thread_ts} if message.thread_ts else {})}
    event = {"type": "message", "subtype": "message_deleted", "channel": channel, "deleted_ts": message.ts}
    return {"event": {**event, "previous_message": previous}}
