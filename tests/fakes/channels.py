"""Channels of any size, as seeds for the local Slack: for benchmarks, and for tests of what grows with a channel."""

from __future__ import annotations

from typing import Any

CHANNEL = "C0LARGE"
#: How long before the moment of loading the last message was said, and how far apart messages are, in seconds.
_ENDED = 3 * 3600
_APART = 20

_PEOPLE = (
    ("U0ADA", "ada", "Europe/London"),
    ("U0BEN", "ben", "Europe/Warsaw"),
    ("U0CLEO", "cleo", "America/New_York"),
    ("U0DEV", "deepa", "Asia/Kolkata"),
    ("U0EMIL", "emil", "Europe/London"),
)
#: What is said over and over; `{n}` is the number of the message, so that no two are the same.
_SAID = (
    "Batch {n}: still timeouts from the search nodes, about 4 % of requests.",
    "Restarted search-{n}, no change.",
    "Could it be the disk of search-{n}? iowait looks high.",
    "No, disk is fine. https://grafana.acme.example/d/search/nodes?var-node={n}",
    "ok",
    "Heap of search-{n} went from 61 % to 88 % in ten minutes.",
    "Customers ask for an update, 30 tickets & counting <see queue {n}>",
    "Who has the runbook open? I am at step {n}",
    "Draining shard {n} now.",
    "lunch",
)
_ANSWERED = ("Same here, {n}.", "Looking at it.", "That was shard {n}, now moved.", "Thanks!", "Not it, see graph {n}.")


def large_channel(messages: int, threads: int) -> dict[str, Any]:
    """A seed whose channel `CHANNEL` holds exactly `messages` messages, replies included, and `threads` threads.

    About half of the messages are replies when there are threads. One in ten is an alert with everything in its
    attachment. The bot is a member. It is an incident with a beginning and an end where there is room for them (at
    least 4 messages outside of threads), and the same every time. ValueError when the threads do not fit.
    """
    if threads < 0 or messages < 2 * threads:
        raise ValueError(f"{threads} threads need at least {2 * threads} messages")
    replies = max(threads, messages // 2) if threads else 0
    roots = messages - replies
    said = [_message(number, roots, (messages - number) * _APART) for number in range(roots)]
    for thread in range(threads):
        root = said[thread * roots // threads]
        count = replies // threads + (thread < replies % threads)
        root["replies"] = [_reply(thread, number) for number in range(count)]
    return {
        "team": {"id": "T0ACME", "name": "Acme", "domain": "acme"},
        "base": "now",
        "users": [{"id": user, "name": name, "tz": zone} for user, name, zone in _PEOPLE],
        "channels": [{"id": CHANNEL, "name": "inc-search", "members": [user for user, _, _ in _PEOPLE], "bot": True}],
        "messages": {CHANNEL: said},
    }


def _message(number: int, roots: int, age: int) -> dict[str, Any]:
    at = f"-{_ENDED + age}s"
    if roots >= 4:
        match number:
            case 0:
                return _alert(at, "[FIRING:1] SearchLatencyHigh", number)
            case 1:
                return {"at": at, "user": "U0ADA", "text": "Declaring a SEV-2, search fails for many customers."}
            case _ if number == roots - 2:
                return {"at": at, "user": "U0BEN", "text": "Rolled back r88, search is back to normal."}
            case _ if number == roots - 1:
                return {"at": at, "user": "U0ADA", "text": "I am calling this incident resolved."}
    if number % 10 == 5:
        return _alert(at, f"[FIRING:{number % 7 + 1}] SearchNodeSlow", number)
    user = _PEOPLE[number % len(_PEOPLE)][0]
    return {"at": at, "user": user, "text": _SAID[number % len(_SAID)].format(n=number)}


def _alert(at: str, title: str, number: int) -> dict[str, Any]:
    attachment = {"title": title, "text": f"search-{number} answers in {number % 90} s", "fallback": title}
    return {"at": at, "bot": {"name": "Alertmanager", "id": "B0ALERTS"}, "text": "", "attachments": [attachment]}


def _reply(thread: int, number: int) -> dict[str, Any]:
    user = _PEOPLE[(thread + number) % len(_PEOPLE)][0]
    return {"at": f"+{number + 1}s", "user": user, "text": _ANSWERED[number % len(_ANSWERED)].format(n=number)}
