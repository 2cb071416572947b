"""What does it cost to read a large channel? CPU, peak memory and calls; each size in a process of its own.

Slack's pages are made up as they are asked for, so that neither the network nor a local Slack is in the figures: what
is measured is the bot's own work, from the page to the stored rows, the timeline and the receipt.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from benchmarks import figures
from bot.checking import Checking
from bot.clock import SystemClock
from bot.facilitator import Facilitator
from bot.hands import Hands
from bot.interview import events as ev
from bot.interview import moves as mv
from bot.interview.bounds import stamp
from bot.interview.plan import Limits
from bot.interview.state import Interview, Stage, Workspace
from bot.places import PROMPTS, TEMPLATES
from bot.publish.documents import Documents
from bot.readers import Readers
from bot.rendering import Renderer
from bot.scripts.shelf import Scripts, script_of
from bot.showing import Showing
from bot.slack.client import LastingClient
from bot.slack.room import HISTORY_PAGE, Identity, Page, Profile, Room
from bot.workers import Workers
from storage.database import Database
from tests.fakes.channels import CHANNEL, large_channel

ROOT = Path(__file__).resolve().parents[1]
ACME = Workspace("T0ACME")
BEGAN = datetime(2026, 11, 1, tzinfo=UTC)
#: Messages and threads of each channel; half of the messages are replies.
SIZES = ((1_000, 20), (10_000, 200), (100_000, 2_000))
#: What a channel of 100,000 messages may take: peak memory in MB, and the cost of a message beside one in 1,000.
MOST_MEMORY, MOST_COST = 400, 1.2


class Pages(Room):
    """A workspace with one channel, from a seed; its pages are Slack's largest."""

    def __init__(self, messages: int, threads: int) -> None:
        super().__init__(LastingClient("", "http://127.0.0.1:1/"))
        self._identity = Identity(ACME, "U0BOT", "B0BOT", "https://acme.example/")
        self.calls: Counter[str] = Counter()
        self._roots = large_channel(messages, threads)["messages"][CHANNEL]

    def history(self, channel: str, cursor: str = "", latest: str = "", oldest: str = "", **_: int) -> Page:
        self.calls["conversations.history"] += 1
        end = int(cursor) if cursor else min(len(self._roots), self._number(latest))
        begin = max(0, end - HISTORY_PAGE)
        page = tuple(self._root(number) for number in range(end - 1, begin - 1, -1))
        return Page(page, str(begin) if begin else "")

    def replies(self, channel: str, root: str, cursor: str = "", oldest: str = "") -> Page:
        self.calls["conversations.replies"] += 1
        number = self._number(root)
        return Page((self._root(number), *self._replies(number)))

    def profile(self, user: str) -> Profile:
        self.calls["users.info"] += 1
        return Profile(user, user.lower())

    def _root(self, number: int) -> Mapping[str, Any]:
        seed = self._roots[number]
        ts = stamp(BEGAN + timedelta(seconds=20 * number))
        told = _said(seed, ts)
        replies = seed.get("replies", ())
        if replies:
            told |= {"thread_ts": ts, "reply_count": len(replies), "latest_reply": self._at(number, len(replies) - 1)}
        return told

    def _replies(self, number: int) -> Iterator[Mapping[str, Any]]:
        root = stamp(BEGAN + timedelta(seconds=20 * number))
        for n, seed in enumerate(self._roots[number].get("replies", ())):
            yield _said(seed, self._at(number, n)) | {"thread_ts": root}

    @staticmethod
    def _at(number: int, reply: int) -> str:
        return stamp(BEGAN + timedelta(seconds=20 * number + reply / 100 + 0.5))

    @staticmethod
    def _number(root: str) -> int:
        return (int(root.partition(".")[0]) - int(BEGAN.timestamp())) // 20


def _said(seed: Mapping[str, Any], ts: str) -> dict[str, Any]:
    told = {"type": "message", "ts": ts, "text": seed.get("text", "")}
    if "bot" in seed:
        return told | {"bot_id": "B0", "username": seed["bot"]["name"], "attachments": seed["attachments"]}
    return told | {"user": seed["user"]}


def read(messages: int, threads: int, folder: Path) -> dict[str, Any]:
    """Reads one channel to its end in this process."""
    database = Database(f"sqlite:///{folder / 'large.db'}")
    database.migrate()
    room, clock, limits = Pages(messages, threads), SystemClock(), Limits(12, 4, 120)
    scripts, renderer = Scripts((PROMPTS,)), Renderer(TEMPLATES)
    documents = Documents(database, room, renderer, "roles")
    showing = Showing(database, room, renderer, documents, scripts, limits, Checking(database, documents, clock))
    hands = Hands(database, room, Readers(database, room, clock, ACME), showing, documents, clock)
    facilitator = Facilitator(database, hands, clock, limits, Workers())
    source, now = scripts.source("service"), clock.now()
    about = Interview(0, ACME, "", CHANNEL, CHANNEL, "service", "Search", "U0ADA", "U0ADA", now)
    with database.writing() as unit:
        id = unit.postmortems.create(about, source, now).id
    facilitator.apply(id, ev.Posted("opening", stamp(now), CHANNEL, "", now))
    script, memory, begun = script_of(source), _memory(), time.process_time()
    for row in _rows(database, id):
        move = _move(row)
        if move is None:
            facilitator.apply(id, ev.WindowChosen(None, None, row.reading.threads, "U0ADA", now))
            continue
        done = hands.make(script, row, move)
        facilitator.apply(id, done.events[-1], also=done.also)
    took = time.process_time() - begun
    with database.reading() as unit:
        counts = unit.postmortems.load(id)[0].counts
    assert counts.messages == messages, f"{counts.messages} of {messages} were counted"
    return {"cpu": took, "memory": _memory(), "before": memory, "calls": dict(room.calls)}


def _rows(database: Database, id: int) -> Iterator[Interview]:
    while True:
        with database.reading() as unit:
            row = unit.postmortems.load(id)[0]
        if row.stage is not Stage.READING:
            return
        yield row


def _move(row: Interview) -> mv.Move | None:
    match row.reading.phase:
        case "history":
            return mv.ReadHistory(row.reading.cursor)
        case "window":
            return None
        case "threads":
            return mv.ReadThread()
        case "people":
            return mv.LookUpPerson()
        case _:
            return mv.Understand()


def _memory() -> float:
    """The most memory that this process has had, in MB."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1 << 20 if sys.platform == "darwin" else 1 << 10)


def fewest(messages: int, threads: int) -> dict[str, int]:
    """The calls that nobody can do without: the pages, one for each thread, one for each of five people."""
    roots = messages - messages // 2
    return {"conversations.history": -(-roots // HISTORY_PAGE), "conversations.replies": threads, "users.info": 5}


def measure(folder: Path) -> dict[str, float]:
    """Reads channels of all sizes and prints what each took."""
    figures.heading("Reading a large channel: the bot's own work")
    costs: dict[int, float] = {}
    for messages, threads in SIZES:
        place = folder / str(messages)
        place.mkdir()
        child = subprocess.run(
            [sys.executable, "-m", "benchmarks.large", str(messages), str(threads), str(place)],
            cwd=ROOT, capture_output=True, text=True, check=True,
        )  # fmt: skip
        told = json.loads(child.stdout)
        costs[messages] = told["cpu"] / messages * 1e6
        exact = "the fewest" if told["calls"] == fewest(messages, threads) else f"NOT {fewest(messages, threads)}"
        print(
            f"{messages:>8,} messages, {threads:>5,} threads: {told['cpu']:>7.1f} s CPU, {costs[messages]:>6.0f} µs a "
            f"message, peak {told['memory']:>5.0f} MB ({told['before']:.0f} before), "
            f"{sum(told['calls'].values())} calls, {exact}",
            flush=True,
        )
    ratio = costs[SIZES[-1][0]] / costs[SIZES[0][0]]
    print(f"a message of {SIZES[-1][0]:,} beside one of {SIZES[0][0]:,}: {ratio:.2f} (aim: at most {MOST_COST})")
    return {"large": ratio}


if __name__ == "__main__":
    print(json.dumps(read(int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]))))
