"""What is the same after a death and without one? The rows and what people see, without ids, times and attempts."""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import Any

import sqlalchemy as sa

from bot.sandbox.api.canvases import markdown_of
from storage.tables import metadata
from storage.types import Ts, UtcDateTime
from tests.fakes.scene import said
from tests.faults.stage import Moment

#: What is about the work and not about the postmortem: who is at it, how much Slack may still be asked.
_ABOUT_THE_WORK = frozenset({"claims", "rate_budgets", "runs", "inbox"})
#: Ids, the count of saves, digests of what is shown (which holds times), and who did the work.
_ABOUT_THE_RUN = frozenset({"id", "postmortem_id", "item_id", "version", "shown", "worker", "reconcile_cursor"})
#: Revisions are Slack's own stamps; here it counts that there is one.
_STAMPS = re.compile(r"\b\d{10,}(\.\d{6})?\b")
_DATES = re.compile(r"<!date\^[^|>]*\|([^>]*)>")
_TIMES = re.compile(r"\b\d\d:\d\d\b")
_IDS = re.compile(r"\b([FD])0[0-9A-Z]{9}\b")
_HOSTS = re.compile(r"http://127\.0\.0\.1:\d+/\S*?(?=[|>\s\"]|$)")


def picture(moment: Moment) -> dict[str, Any]:
    """Two of these are equal when nothing was lost, doubled or confused."""
    slack = json.loads(moment.slack)
    # One that was made twice, because nobody heard that it was made, is empty and shared with nobody.
    shared = [c for c in slack["canvases"].values() if c["channel_ids"] or c["user_ids"]]
    shown: dict[str, Any] = {"canvases": [(c["title"], plain(markdown_of(c))) for c in shared]}
    names: dict[str, str] = {}
    for channel in slack["channels"].values():
        lines = []
        for ts in sorted(channel["messages"]):
            message = channel["messages"][ts]
            card = (message.get("metadata") or {}).get("event_payload", {}).get("card", "")
            if card.startswith("reply"):
                continue  # told to one person instead of an ephemeral message, which Slack does not keep either
            text = plain(said(message))
            names[ts] = card or text[:60]
            files = sorted(f.get("name", "") for f in message.get("files", ()))
            lines.append((message.get("user", ""), bool(message.get("thread_ts")), plain(card), text, files))
        shown[channel["name"] or f"direct messages of {channel['user']}"] = lines
    return {"shown": shown, "rows": _rows(moment, names), "waiting": _waiting(moment)}


def plain(text: str) -> str:
    """A text without the times, ids and addresses in it."""
    text = _TIMES.sub("hh:mm", _DATES.sub(r"\1", _HOSTS.sub("link", text)))
    return _IDS.sub(r"\1…", _STAMPS.sub("…", text))


def _rows(moment: Moment, names: dict[str, str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for table in metadata.sorted_tables:
        if table.name in _ABOUT_THE_WORK:
            continue
        rows = [repr(_row(table, row, names)) for row in moment.rows[table.name]]
        found[table.name] = sorted(Counter(rows).items())
    return found


def _row(table: sa.Table, row: dict[str, Any], names: dict[str, str]) -> dict[str, Any]:
    seen: dict[str, Any] = {}
    for column in table.c:
        value = row[column.name]
        if column.name in _ABOUT_THE_RUN or column.name in ("script",):
            continue
        if isinstance(column.type, UtcDateTime):
            value = None if value is None or column.name.endswith(("_until", "due_at")) else "a time"
        elif column.type is Ts and value is not None:
            value = names.get(value, "gone")
        elif isinstance(value, str):
            value = plain(value)
        seen[column.name] = value
    return seen


def _waiting(moment: Moment) -> list[str]:
    """Deliveries that nobody has heard, and claims with a move that was never settled."""
    left = [f"{r['kind']} {r['why']}" for r in moment.rows["inbox"] if r["heard_at"] is None]
    return left + [f"{r['move']}" for r in moment.rows["claims"] if r["move"] is not None]


def differences(expected: dict[str, Any], found: dict[str, Any]) -> list[str]:
    """What differs, in lines that a person can read."""
    lines: list[str] = []
    for part in ("shown", "rows"):
        for name in sorted({*expected[part], *found[part]}):
            one, other = expected[part].get(name, []), found[part].get(name, [])
            if one == other:
                continue
            lines += [f"{name}: missing {each}" for each in one if each not in other]
            lines += [f"{name}: too many {each}" for each in other if each not in one]
            if not [each for each in one if each not in other] and not [each for each in other if each not in one]:
                lines.append(f"{name}: in another order or number: {one} / {other}")
    return lines + [f"left waiting: {each}" for each in found["waiting"]]
