"""How long until the first question in a large channel, with Slack's limits on? Beside what the limits allow."""

from __future__ import annotations

import time
from pathlib import Path

from benchmarks import figures, processes
from benchmarks.people import Hand
from bot.sandbox.limits import TIER_3, TIER_4
from bot.slack.room import HISTORY_PAGE
from tests.fakes.channels import CHANNEL, large_channel

MESSAGES = 1000
THREADS = 200
PEOPLE = 5
#: The longest that the first question is waited for, in seconds.
ASKED_WITHIN = 900.0


def floor() -> float:
    """The seconds that nobody can be faster than: each bucket is full at first, and then fills at its rate.

    Every thread costs one call of conversations.replies, the channel itself its pages and every person one call. The
    methods have their buckets apart, so the slowest of them is the floor.
    """
    pages = -(-(MESSAGES - MESSAGES // 2) // HISTORY_PAGE)
    owed = ((pages, TIER_3), (THREADS, TIER_3), (PEOPLE, TIER_4))
    return max(max(0.0, (calls - a_minute) / (a_minute / 60)) for calls, a_minute in owed)


def measure(folder: Path) -> dict[str, float]:
    """Starts one postmortem and waits for its first question, in real time: about three minutes."""
    slack = processes.Slack.start(large_channel(MESSAGES, THREADS), limits=True)
    served = processes.bot(slack, folder)
    hand = Hand(slack.url, "U0ADA")
    try:
        slack.sockets(1)
        begun = time.monotonic()
        hand.do("slash", channel=CHANNEL, command="/postmortem", text="start")
        took = _asked(slack) - begun
        calls = slack.calls()
    finally:
        hand.close()
        served.stop()
        slack.stop()
    figures.heading(f"/postmortem start until the first question, {MESSAGES} messages, {THREADS} threads, limits on")
    figures.row("seconds", took, floor(), unit="s", columns=("bot", "limits"))
    print(f"calls: {', '.join(f'{method} {count}' for method, count in sorted(calls.items()))}")
    return {"reading": took / floor()}


def _asked(slack: processes.Slack) -> float:
    end = time.monotonic() + ASKED_WITHIN
    while time.monotonic() < end:
        for post in slack.posts():
            if str(post["card"]).startswith("ask-"):
                return float(post["at"])
        time.sleep(0.05)
    raise RuntimeError("nothing was asked")
