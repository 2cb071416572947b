"""Which process is killed? A whole bot, forked from one that has rehearsed, and told what to do over a line.

`python -m tests.faults.victim` says "rehearsed" when it has played the script once, so that statements, templates and
weights are compiled and read before anybody is forked and not by every bot anew. From then on it reads one JSON order
per line from its standard input and forks a bot for each, while it has neither threads nor connections. The bot
connects to the order's port, says "born <pid>" and "ready", and answers "look", "idle" and "arm <kind>|<side>". It
kills itself with SIGKILL just before or just after the first commit of the kind that it is armed with. Nothing in the
product knows of it.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import socket
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import IO, Any

from pydantic import SecretStr

from bot.assembly import Bot, assemble
from bot.clock import OffsetClock
from bot.settings import Settings
from storage.database import Database
from tests.fakes.databases import migrated, share_statements
from tests.faults.here import PATIENCE, LifeHere, never, play
from tests.faults.points import Fate, watch
from tests.faults.script import STEPS
from tests.faults.stage import stage

#: Connections of one bot to its database.
POOL = 20


def serve() -> None:
    """Forks a bot per order, until there are no more orders."""
    rehearse()
    sys.stdout.write("rehearsed\n")
    sys.stdout.flush()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    # What all share is not looked through, and so not copied, by each.
    gc.collect()
    gc.freeze()
    for order in sys.stdin:
        if os.fork() == 0:
            os.setsid()
            live(json.loads(order))
            os._exit(0)


def rehearse() -> None:
    """The whole script on a stage that is gone afterwards; returns when no thread of it is left."""
    with tempfile.TemporaryDirectory() as folder, migrated("sqlite", Path(folder)) as url, stage(url) as here:
        life = LifeHere(here, Fate(never))
        life.begin()
        life.rest()
        for step in STEPS:
            assert play(here, life, step), step.name
        life.end()
    end = time.monotonic() + PATIENCE
    while threading.active_count() > 1:
        assert time.monotonic() < end, threading.enumerate()
        time.sleep(0.01)


def live(order: dict[str, Any]) -> None:
    """One bot, until its line is cut or it is killed."""
    armed: list[str] = [order["armed"]] if order["armed"] else []
    with socket.create_connection(("127.0.0.1", order["port"])) as line:
        talk = line.makefile("rw", encoding="utf-8", newline="\n")
        _say(talk, f"born {os.getpid()}")

        def strike(kind: str, side: str) -> None:
            if order["telling"] and side == "before":
                with open(order["telling"], "a", encoding="utf-8") as kinds:
                    kinds.write(kind + "\n")
            if armed and armed[0] == f"{kind}|{side}":
                os.kill(os.getpid(), signal.SIGKILL)

        database = Database(order["database"], pool_size=POOL)
        share_statements(database)
        watch(database, Fate(strike))
        settings = Settings(
            slack_bot_token=SecretStr(order["bot_token"]),
            slack_app_token=SecretStr(order["app_token"]),
            slack_api_url=order["api"],
            database_url=SecretStr(order["database"]),
            quiet_seconds=order["quiet"],
            record_channels=(order["recorded"],),
        )
        bot = assemble(settings, OffsetClock(order["clock"], every=0.0), database)
        bot.facilitator.listening_anew()
        bot.handler.connect()  # type: ignore[no-untyped-call]
        _say(talk, "ready")
        for heard in talk:
            word, _, rest = heard.strip().partition(" ")
            match word:
                case "look":
                    _look(bot, nudge=rest == "nudge")
                    _say(talk, "looked")
                case "idle":
                    _say(talk, "yes" if bot.workers.settled(0) else "no")
                case "arm":
                    armed[:] = [rest]
                    _say(talk, "armed")


def _look(bot: Bot, *, nudge: bool) -> None:
    bot.facilitator.sweep()
    bot.hearing.sweep()
    if nudge:
        bot.nudging.tick()


def _say(talk: IO[str], word: str) -> None:
    talk.write(word + "\n")
    talk.flush()


if __name__ == "__main__":
    serve()
