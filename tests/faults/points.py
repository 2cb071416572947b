"""Where can a life end? Before and after every call to Slack and every commit of rows; each has a kind."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from bot.places import ROOT
from storage.database import Database

BEFORE, AFTER = "before", "after"
_BOT, _STORAGE = str(Path(ROOT) / "bot") + "/", str(Path(ROOT) / "storage") + "/"
_SANDBOX = str(Path(ROOT) / "bot" / "sandbox") + "/"
_WRITES = ("INSERT", "UPDATE", "DELETE")


class Struck(BaseException):
    """The process is dead; nothing of it may act any more."""


@dataclass
class Fate:
    """Counts the points that a life passes, and says at which of them it ends.

    `strike` is called at a point with its kind and side, and decides; what it does to the life is its own business.
    """

    strike: Callable[[str, str], None]
    dead: bool = False
    lock: threading.Lock = field(default_factory=threading.Lock)

    def gate(self) -> None:
        if self.dead:
            raise Struck

    def point(self, kind: str, side: str) -> None:
        with self.lock:
            self.gate()
            try:
                self.strike(kind, side)
            except Struck:
                self.dead = True
                raise


def watch(database: Database, fate: Fate) -> None:
    """Has every commit that writes pass its two points; nothing of a dead life reaches the database."""
    for engine in database.engines:
        _watch(engine, fate)


def _watch(engine: sa.Engine, fate: Fate) -> None:
    @sa.event.listens_for(engine, "begin")
    def begun(connection: sa.Connection) -> None:
        fate.gate()
        connection.info["writers"] = set()

    @sa.event.listens_for(engine, "before_cursor_execute")
    def writes(
        connection: sa.Connection, _cursor: Any, statement: str, _parameters: Any, _context: Any, _many: bool
    ) -> None:
        fate.gate()
        if statement.lstrip()[:6].upper() in _WRITES:
            connection.info.setdefault("writers", set()).add(_writer())

    commit = engine.dialect.do_commit

    def do_commit(connection: Any) -> None:
        writers = connection.info.get("writers") or set()
        if not writers:
            commit(connection)
            return
        connection.info["writers"] = set()
        kind = _kind(writers)
        fate.point(kind, BEFORE)
        commit(connection)
        fate.point(kind, AFTER)

    engine.dialect.do_commit = do_commit  # type: ignore[method-assign, assignment]


def _writer() -> str:
    """The function of storage/ that the bot called."""
    frame, found = sys._getframe(2), ""
    while frame is not None:
        file = frame.f_code.co_filename
        if file.startswith(_STORAGE) and not file.endswith("database.py"):
            found = frame.f_code.co_qualname
        elif file.startswith(_BOT):
            break
        frame = frame.f_back  # type: ignore[assignment]
    return found


def _kind(writers: set[str]) -> str:
    """Which part of the bot commits, and what: the event that it saves, or the functions of storage/ that wrote.

    How the facilitator divides its own work into functions and transactions is its own business: there, the kinds of
    rows are enough.
    """
    frame = sys._getframe(2)
    while frame is not None:
        file = frame.f_code.co_filename
        if file.startswith(_BOT) and not file.startswith(_SANDBOX):
            part, event = frame.f_code.co_qualname.partition(".")[0], frame.f_locals.get("event")
            if type(event).__module__ == "bot.interview.events":
                return f"{part} {type(event).__name__}"
            if part == "Facilitator":
                rows = {w.partition(".")[0] for w in writers}
                return "Facilitator Claims" if "Claims" in rows else f"Facilitator {'+'.join(sorted(rows))}"
            return f"{part} {'+'.join(sorted(writers))}"
        frame = frame.f_back  # type: ignore[assignment]
    return f"? {'+'.join(sorted(writers))}"
