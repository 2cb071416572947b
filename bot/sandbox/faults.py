"""What goes wrong on purpose: a plan of faults per method, the log of calls, and hooks around each call."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

from bot.sandbox.workspace import Json

KINDS = frozenset({"ratelimited", "http_500", "drop_before", "drop_after", "delay", "error"})
#: Called with "before" or "after" an effect, the method, its arguments and the number of the call; may raise.
Hook = Callable[[Literal["before", "after"], str, Json, int], None]


@dataclass(slots=True)
class Fault:
    """One planned fault: for the next `times` calls of `method` ("*" for any), after `skip` of them went well."""

    method: str
    kind: str
    times: int = 1
    skip: int = 0
    retry_after: int = 1
    seconds: float = 0.0
    error: str = "internal_error"


@dataclass(slots=True)
class Calls:
    """The plan of faults and the numbered log of what was called."""

    plan: list[Fault] = field(default_factory=list)
    log: deque[Json] = field(default_factory=lambda: deque(maxlen=5000))
    hooks: list[Hook] = field(default_factory=list)
    count: int = 0

    def next_fault(self, method: str) -> Fault | None:
        """The fault that strikes this call, taken off the plan."""
        for fault in self.plan:
            if fault.method not in ("*", method):
                continue
            if fault.skip:
                fault.skip -= 1
                return None
            fault.times -= 1
            if fault.times <= 0:
                self.plan.remove(fault)
            return fault
        return None

    def begin(self, method: str, args: Json, token: str, at: float) -> Json:
        """A new line in the log, to be completed by the caller."""
        self.count += 1
        line: dict[str, Any] = {"n": self.count, "at": at, "method": method, "token": token[:4], "args": args,
                                "status": None, "response": None}  # fmt: skip
        self.log.append(line)
        return line

    def around(self, phase: Literal["before", "after"], method: str, args: Json, number: int) -> None:
        """Calls every hook."""
        for hook in self.hooks:
            hook(phase, method, args, number)
