"""Which processes take part? Local Slacks, bots and bare apps, each its own process, started and ended here."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

ROOT = Path(__file__).resolve().parents[1]
#: Seconds that a process gets to open its socket.
READY_WITHIN = 60.0
#: The local Slack is at rest when for so long everything was delivered and nobody has called.
AT_REST = 1.3


@dataclass(eq=False)
class Slack:
    """A local Slack in a process of its own."""

    process: subprocess.Popen[str]
    url: str
    api_url: str
    bot_token: str
    app_token: str
    _seen: int = field(default=0)

    @classmethod
    def start(cls, seed: Mapping[str, Any], *, limits: bool = False) -> Slack:
        process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.local_process"],
            cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1,
        )  # fmt: skip
        _write(process, {"seed": seed, "limits": limits})
        return cls(process, **_read(process))

    def posts(self) -> list[dict[str, Any]]:
        """The app's messages since the last look, each with the moment from which on it existed."""
        found: list[dict[str, Any]] = self._ask(do="posts", since=self._seen)["posts"]
        self._seen += len(found)
        return found

    def calls(self) -> dict[str, int]:
        """How often each method was called so far."""
        return dict(self._ask(do="calls")["calls"])

    def rest(self, within: float = 120.0) -> None:
        """Waits until everything is delivered and nobody calls any more."""
        end = time.monotonic() + within
        while time.monotonic() < end:
            quiet = self._ask(do="calls")["quiet"]
            if quiet > AT_REST:
                return
            time.sleep(AT_REST - quiet + 0.01)

    def sockets(self, count: int, within: float = READY_WITHIN) -> float:
        """Waits until so many sockets are open; the moment at which that was so."""
        at = self._ask(do="sockets", open=count, within=within)["at"]
        if at is None:
            raise RuntimeError(f"there were never {count} sockets")
        return float(at)

    def _ask(self, **what: Any) -> dict[str, Any]:
        _write(self.process, what)
        return _read(self.process)

    def stop(self) -> None:
        _end(self.process)


@dataclass(eq=False)
class Served:
    """An app that serves a local Slack: the bot or the bare app."""

    process: subprocess.Popen[bytes]
    begun: float
    log: IO[bytes]

    def stop(self) -> None:
        _end(self.process)
        self.log.close()


def bot(slack: Slack, folder: Path, more: Mapping[str, str] | None = None) -> Served:
    """The bot as it runs in production: `python -m bot run` with SQLite, and with `more` settings."""
    settings = {
        "SLACK_API_URL": slack.api_url,
        "DATABASE_URL": f"sqlite:///{folder / 'bot.db'}",
        # Nothing may move on by itself while a question is waited for.
        "QUIET_SECONDS": "3600",
        "LOG_LEVEL": "warning",
        **(more or {}),
    }
    return _serve(slack, ["-m", "bot", "run"], settings, folder / "bot.log")


def bare(slack: Slack, folder: Path) -> Served:
    """The bare Bolt app."""
    return _serve(slack, ["-m", "benchmarks.bare_app", str(folder / "bare.db"), slack.api_url], {}, folder / "bare.log")


def _serve(slack: Slack, arguments: list[str], settings: Mapping[str, str], log: Path) -> Served:
    kept = {k: os.environ[k] for k in ("PATH", "HOME", "LANG") if k in os.environ}
    tokens = {"SLACK_BOT_TOKEN": slack.bot_token, "SLACK_APP_TOKEN": slack.app_token}
    out = log.open("ab")
    begun = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, *arguments], cwd=ROOT, env={**kept, **tokens, **settings}, stdout=out, stderr=out
    )
    return Served(process, begun, out)


def _end(process: subprocess.Popen[Any]) -> None:
    process.terminate()
    try:
        process.wait(15)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    for stream in (process.stdin, process.stdout):
        if stream is not None:
            stream.close()


def _write(process: subprocess.Popen[str], what: Mapping[str, Any]) -> None:
    assert process.stdin is not None
    process.stdin.write(json.dumps(what) + "\n")
    process.stdin.flush()


def _read(process: subprocess.Popen[str]) -> dict[str, Any]:
    assert process.stdout is not None
    line = process.stdout.readline()
    if not line:
        raise RuntimeError("the local Slack ended")
    return dict(json.loads(line))
