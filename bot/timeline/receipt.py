"""What was read, and what was not: the counts that a reader can check against the channel."""

from __future__ import annotations

from collections.abc import Sequence

from bot.timeline.signs import Read
from bot.timeline.values import Receipt, RecordMessage


def receipt_of(messages: Sequence[RecordMessage], reads: Sequence[Read]) -> Receipt:
    """The counts over `messages`; `reads` are the same messages with their signs."""
    told = [each for each in messages if not each.deleted]
    service = [each for each in reads if each.is_service and not each.message.deleted]
    times = [each.at for each in told]
    return Receipt(
        messages=len(told),
        replies=sum(each.is_reply for each in told),
        alerts=sum(each.is_alert for each in reads),
        edited=sum(each.edited_ts is not None for each in told),
        deleted=sum(each.deleted for each in messages),
        files=sum(len(each.files) for each in told),
        huddles=sum(each.is_huddle for each in reads),
        service=len(service),
        unreadable=sum(
            1
            for each in reads
            if not each.message.text.strip()
            and not each.message.deleted
            and not each.message.files
            and not each.is_service
            and not each.is_huddle
        ),
        first=min(times, default=None),
        last=max(times, default=None),
    )
