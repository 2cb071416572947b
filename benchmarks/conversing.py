"""How long does a person wait? Start until it is acknowledged, and Next until the next question can be seen."""

from __future__ import annotations

import json
import time
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks import channels, figures, processes
from benchmarks.people import Hand, together

#: Conversations that go on at once, and starts that come in one moment.
CONVERSATIONS = 50
STARTS = 20
ROUNDS = 12
#: Seconds between two presses when they do not come in one moment: five a second.
APART = 0.2
#: Seconds in which fifty answers are thought about, on a slow computer, before anything is called for the last of them.
THOUGHT_ABOUT = 3.0
#: The longest that a question is waited for.
VISIBLE_WITHIN = 60.0


@dataclass(eq=False)
class Side:
    """One of the two apps, its local Slack, and everybody who talks to it."""

    name: str
    slack: processes.Slack
    served: processes.Served
    hands: list[Hand]
    roots: dict[str, str] = field(default_factory=dict)
    acknowledged: list[float] = field(default_factory=list)
    waited: dict[str, list[float]] = field(default_factory=lambda: {"at once": [], "spread": []})
    answers: int = 0
    #: When each conversation's button was pressed last.
    pressed: dict[int, float] = field(default_factory=dict)

    def start(self, numbers: range) -> None:
        """Starts a postmortem in each of these channels in the same moment."""
        self.slack.rest()
        for number in numbers:
            self.hands[number].ready()
        acts = [lambda n=n: self._slash(n) for n in numbers]
        self.acknowledged += [took for _, took in together(acts)]

    def _slash(self, number: int) -> None:
        self.hands[number].do("slash", channel=channels.channel(number), command="/postmortem", text="start")

    def answer(self) -> None:
        """Somebody answers in every conversation, and everything that follows from it comes to rest."""
        self.slack.rest()
        self.answers += 1
        for number in range(CONVERSATIONS):
            where = channels.channel(number)
            text = channels.ANSWER.format(n=self.answers)
            self.hands[number].do("post", channel=where, text=text, thread_ts=self.roots[where])
        self.slack.rest()
        time.sleep(THOUGHT_ABOUT)
        self.slack.rest()

    def press(self, how: str) -> None:
        """Next is pressed in every conversation: in the same moment, or one after the other."""
        acts, pressed = [], {}
        for number in range(CONVERSATIONS):
            where = channels.channel(number)
            question, button = self._question(self.hands[number], where)
            acts.append(lambda n=number, q=question, b=button: self._click(n, q, b))
            pressed[where] = number
        self.slack.posts()
        together(acts, APART if how == "spread" else 0.0)
        left, end = dict(pressed), time.monotonic() + VISIBLE_WITHIN
        while left and time.monotonic() < end:
            for post in self.slack.posts():
                is_question = str(post["card"]).startswith(("ask-", "question"))
                if is_question and post["channel"] in left:
                    number = left.pop(post["channel"])
                    self.waited[how].append(post["at"] - self.pressed[number])
            if left:
                time.sleep(0.05)
        if left:
            raise RuntimeError(f"{self.name}: {len(left)} questions were never seen")

    def _question(self, hand: Hand, where: str) -> tuple[str, str]:
        """The newest message with Next, or with its like under a confirmation."""
        for message in reversed(hand.thread(where, self.roots[where])):
            for block in message.get("blocks", ()):
                for element in block.get("elements", ()):
                    if element.get("action_id") in ("next", "confirm"):
                        return str(message["ts"]), str(element["action_id"])
        raise RuntimeError(f"{self.name}: there is no question in {where}")

    def _click(self, number: int, ts: str, button: str) -> None:
        where, hand = channels.channel(number), self.hands[number]
        self.pressed[number] = time.monotonic()
        try:
            hand.do("click", channel=where, ts=ts, action_id=button)
        except RuntimeError:
            # An edit came in between: whoever sees the new buttons presses one of those.
            ts, button = self._question(hand, where)
            self.pressed[number] = time.monotonic()
            hand.do("click", channel=where, ts=ts, action_id=button)

    def stop(self) -> None:
        for hand in self.hands:
            hand.close()
        self.served.stop()
        self.slack.stop()


def measure(folder: Path, rounds: int = ROUNDS) -> dict[str, float]:
    """Runs both apps side by side, one of them at a time, and prints what came of it."""
    # As many starts as the conversations need, and once more for the last one that begins in one moment.
    channels_needed = -(-CONVERSATIONS // STARTS) * STARTS
    seed = channels.conversations(channels_needed)
    sides = []
    for name, serve in (("bot", processes.bot), ("bare", processes.bare)):
        slack = processes.Slack.start(seed)
        hands = [Hand(slack.url, channels.USER) for _ in range(channels_needed)]
        sides.append(Side(name, slack, serve(slack, folder), hands))
    try:
        for side in sides:
            side.slack.sockets(1)
        _start(sides, channels_needed)
        _converse(sides, rounds)
        return _report(*sides)
    finally:
        for side in sides:
            side.stop()


def _start(sides: list[Side], channels_needed: int) -> None:
    ours, bare = sides
    for first in range(0, channels_needed, STARTS):
        for side in sides:
            side.start(range(first, first + STARTS))
    questions_seen(ours.slack, {channels.channel(number) for number in range(CONVERSATIONS)}, 300)
    for number in range(CONVERSATIONS):
        where = channels.channel(number)
        ours.roots[where] = opening(ours.hands[number], where)
        bare.roots[where] = _first_question(bare.slack, where)


def questions_seen(slack: processes.Slack, left: set[str], within: float) -> None:
    """Waits for a question in each of these channels."""
    end = time.monotonic() + within
    while left and time.monotonic() < end:
        left -= {post["channel"] for post in slack.posts() if str(post["card"]).startswith("ask-")}
        time.sleep(0.05)
    if left:
        raise RuntimeError(f"nothing was asked in {len(left)} channels")


def opening(hand: Hand, where: str) -> str:
    """The message whose thread the interview is held in."""
    end = time.monotonic() + VISIBLE_WITHIN
    while time.monotonic() < end:
        for message in hand.channel(where):
            if message.get("bot_id") and message.get("reply_count") and not message.get("ephemeral"):
                return str(message["ts"])
        time.sleep(0.2)
    raise RuntimeError(f"nothing was begun in {where}")


def _first_question(slack: processes.Slack, where: str) -> str:
    """The bare app asks nothing by itself: its first question is posted for it."""
    button = {"type": "button", "action_id": "next", "value": "1:1:", "text": {"type": "plain_text", "text": "Next"}}
    body = {"channel": where, "text": "What happened?", "blocks": [{"type": "actions", "elements": [button]}]}
    headers = {"content-type": "application/json", "authorization": f"Bearer {slack.bot_token}"}
    request = urllib.request.Request(f"{slack.api_url}chat.postMessage", json.dumps(body).encode(), headers)
    with urllib.request.urlopen(request) as answer:
        said: dict[str, Any] = json.load(answer)
    return str(said["ts"])


def _converse(sides: list[Side], rounds: int) -> None:
    for number in range(rounds):
        for side in sides:
            side.answer()
            side.press("spread" if number % 2 else "at once")


def _report(ours: Side, bare: Side) -> dict[str, float]:
    figures.heading(f"Next until the next question can be seen, {CONVERSATIONS} conversations, limits off")
    ratios = {}
    for how, text in (("at once", "pressed in one moment"), ("spread", f"{1 / APART:.0f} presses a second")):
        mine, theirs = figures.milliseconds(ours.waited[how]), figures.milliseconds(bare.waited[how])
        if not mine:
            continue
        figures.row(f"{text}: median", figures.median(mine), figures.median(theirs))
        figures.row(f"{text}: p99", figures.p99(mine), figures.p99(theirs))
        ratios[how] = figures.median(mine) / figures.median(theirs)
    figures.heading(f"/postmortem start until it is acknowledged, {STARTS} at once")
    mine, theirs = figures.milliseconds(ours.acknowledged), figures.milliseconds(bare.acknowledged)
    figures.row("median", figures.median(mine), figures.median(theirs))
    figures.row("p99", figures.p99(mine), figures.p99(theirs))
    ratios["start"] = figures.median(mine) / figures.median(theirs)
    return ratios
