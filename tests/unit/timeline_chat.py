"""Chats for the tests of the timeline, written as they look: `HH:MM who: words`, a tool's name in angle brackets."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from bot.timeline.record import read_record
from bot.timeline.values import Record, RecordMessage, Stated

DAY = "2026-11-24"


def chat(lines: str, day: str = DAY) -> list[RecordMessage]:
    """The messages of a chat on `day`, times in UTC."""
    found = []
    for number, line in enumerate(filter(str.strip, lines.splitlines())):
        said = re.fullmatch(r"\s*(\d\d:\d\d) (<?)([\w.]+)>?: (.*)", line)
        assert said, line
        clock, tool, who, words = said.groups()
        ts = f"{int(datetime.fromisoformat(f'{day}T{clock}:00+00:00').timestamp())}.{number:06d}"
        found.append(
            RecordMessage(
                ts, None if tool else who, words.replace("\\n", "\n"), bot=who if tool else None, thread_ts=None
            )
        )
    return found


def read(lines: str, zone: str = "UTC", zones: dict[str, str] | None = None) -> Record:
    """The record of a chat."""
    return read_record(chat(lines), zone=zone, zones=zones or {})


def clock(stated: Stated | None) -> str | None:
    """The time of day of a milestone in UTC; None where it is unknown."""
    return None if stated is None else stated.at.astimezone(UTC).strftime("%H:%M")


CHECKOUT = """
13:02 <Grafana>: [FIRING:1] checkout 5xx > 5 % service: checkout https://grafana.example/d/abc
13:04 oncall: looking
13:07 oncall: seeing a lot of 502s from the checkout api
13:09 oncall: declaring SEV-2, I am IC
13:10 dev: ok
13:14 dev: anyone deployed today?
13:40 dev: could be the payment provider, they had issues last week
13:44 oncall: asked them, let's jump on a call https://zoom.us/j/1
13:55 dev: provider says all green, so not the provider
13:58 support: first complaints around half twelve UK time, 11 tickets so far
14:05 dblead: hi, just got paged, reading up
14:12 dblead: the connection pool is exhausted: 20 of 20 in use since release 4312
14:20 dblead: confirmed, graph shows pool at 100% right after the deploy https://grafana.example/d/pool
14:25 oncall: ok rolling back 4312
14:31 <deploybot>: rolled back checkout to 4311 https://github.com/acme/checkout/pull/4312
14:36 oncall: errors are dropping, p99 back to 210ms
15:05 oncall: calling this resolved, all clear. Thanks all
15:07 dev: we should alert on checkout error rate alone
15:20 dev: lunch?
"""
