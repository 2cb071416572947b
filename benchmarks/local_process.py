"""A local Slack in a process of its own, so that neither the bot nor the people who press share its thread.

Reads one JSON object, the seed and whether limits are on, then obeys one JSON object a line: `posts` after a number,
`calls` counts, or waiting for open `sockets`. Moments are those of the monotonic clock that all processes share.
"""

from __future__ import annotations

import json
import sys
import threading
import time
from collections import Counter
from typing import Any

from bot.places import MANIFEST
from bot.sandbox.seeds import seed_workspace
from bot.sandbox.server import LocalSlack


class Watch:
    """Notes when each message of the app's exists, and how often each method was called."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.posts: list[dict[str, Any]] = []
        self.calls: Counter[str] = Counter()
        self.last = time.monotonic()

    def hook(self, phase: str, method: str, args: dict[str, Any], _number: int) -> None:
        now = time.monotonic()
        with self.lock:
            self.last = now
            if phase == "before":
                self.calls[method] += 1
            elif method == "chat.postMessage":
                metadata = args.get("metadata") or {}
                told = json.loads(metadata) if isinstance(metadata, str) else metadata
                card = (told.get("event_payload") or {}).get("card", "")
                self.posts.append({"at": now, "channel": args["channel"], "card": card})


def main() -> None:
    wanted = json.loads(sys.stdin.readline())
    # Messages without their previews keep the load on the wire what both apps cause themselves.
    workspace = seed_workspace(wanted["seed"]).workspace
    watch = Watch()
    slack = LocalSlack(workspace, json.loads(MANIFEST.read_text(encoding="utf-8")), limits=wanted["limits"], page=False)
    slack.on_call(watch.hook)
    with slack:
        _tell({"url": slack.url, "api_url": slack.api_url, "bot_token": slack.bot_token, "app_token": slack.app_token})
        for line in sys.stdin:
            asked = json.loads(line)
            match asked["do"]:
                case "posts":
                    with watch.lock:
                        _tell({"posts": watch.posts[asked["since"] :]})
                case "calls":
                    on_the_way = [d for d in slack.workspace.data["deliveries"] if d["state"] in ("waiting", "sent")]
                    with watch.lock:
                        watch.last = time.monotonic() if on_the_way else watch.last
                        _tell({"calls": dict(watch.calls), "quiet": time.monotonic() - watch.last})
                case "sockets":
                    _tell({"at": _sockets(slack, asked["open"], asked["within"])})


def _sockets(slack: LocalSlack, wanted: int, within: float) -> float | None:
    end = time.monotonic() + within
    while time.monotonic() < end:
        if slack.gateway.open_sockets == wanted:
            return time.monotonic()
        time.sleep(0.001)
    return None


def _tell(what: dict[str, Any]) -> None:
    print(json.dumps(what), flush=True)


if __name__ == "__main__":
    main()
