"""Does a second mind make anybody wait? The same conversations with one that needs a fixed time, and without a key."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from benchmarks import channels, figures, processes
from benchmarks.conversing import APART, CONVERSATIONS, STARTS, Side, opening, questions_seen
from benchmarks.people import Hand

#: How long the stub needs for each thought, in seconds.
LATENCY = 2.0
ROUNDS = 6
#: A key of the right shape; the stub takes any.
KEY = "sk-ant-benchmark-0123456789"
#: Neither a budget of one postmortem nor one of a day is to end it.
BUDGETS = {"POSTMORTEM_CLAUDE_BUDGET": "10000", "POSTMORTEM_CLAUDE_BUDGET_DAY": "100000"}


def measure(folder: Path, rounds: int = ROUNDS) -> dict[str, float]:
    """Runs both bots side by side, one of them at a time, and prints what came of it."""
    needed = -(-CONVERSATIONS // STARTS) * STARTS
    stub = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.claude_stub", str(LATENCY)],
        cwd=processes.ROOT, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert stub.stdout is not None
    address = stub.stdout.readline().strip()
    sides = []
    for name, more in (("with", {"ANTHROPIC_API_KEY": KEY, "ANTHROPIC_BASE_URL": address, **BUDGETS}), ("without", {})):
        slack = processes.Slack.start(channels.conversations(needed))
        own = folder / name
        own.mkdir()
        hands = [Hand(slack.url, channels.USER) for _ in range(needed)]
        sides.append(Side(name, slack, processes.bot(slack, own, more), hands))
    try:
        for side in sides:
            side.slack.sockets(1)
            for first in range(0, needed, STARTS):
                side.start(range(first, first + STARTS))
            questions_seen(side.slack, {channels.channel(number) for number in range(CONVERSATIONS)}, 300)
            for number in range(CONVERSATIONS):
                side.roots[channels.channel(number)] = opening(side.hands[number], channels.channel(number))
        for number in range(rounds):
            for side in sides:
                side.answer()
                side.press("spread" if number % 2 else "at once")
        return _report(*sides)
    finally:
        for side in sides:
            side.stop()
        stub.terminate()
        stub.wait(15)
        stub.stdout.close()


def _report(mine: Side, theirs: Side) -> dict[str, float]:
    figures.heading(f"Next until the next question, {CONVERSATIONS} at once, a thought takes {LATENCY:.0f} s")
    ratios = {}
    for how, text in (("at once", "pressed in one moment"), ("spread", f"{1 / APART:.0f} presses a second")):
        with_key, without = figures.milliseconds(mine.waited[how]), figures.milliseconds(theirs.waited[how])
        if not with_key:
            continue
        columns = ("with", "without")
        figures.row(f"{text}: median", figures.median(with_key), figures.median(without), columns=columns)
        figures.row(f"{text}: p99", figures.p99(with_key), figures.p99(without), columns=columns)
        ratios[how] = figures.p99(with_key) / figures.p99(without)
    return ratios
