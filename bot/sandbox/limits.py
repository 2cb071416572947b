"""How often a method may be called: token buckets per token and method, on the clock of the local Slack.

The numbers are Slack's published tiers per minute. `chat.postMessage` has one second per channel with small bursts and
a cap for the whole workspace. An app that is sold outside the Marketplace ("throttled") reads once a minute.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from bot.sandbox.clock import SandboxClock

TIER_2: Final = 20
TIER_3: Final = 50
TIER_4: Final = 100
SPECIAL: Final = 600
#: Messages that one channel takes at once before one per second is enforced.
POST_BURST: Final = 5
POSTS_PER_MINUTE: Final = 300
THROTTLED: Final = frozenset({"conversations.history", "conversations.replies"})


@dataclass(slots=True)
class _Bucket:
    size: float
    per_second: float
    left: float
    at: float


@dataclass(slots=True)
class Limits:
    """Whether limits are enforced, and what is left of each."""

    clock: SandboxClock
    enabled: bool = False
    throttled_app: bool = False
    _buckets: dict[tuple[str, ...], _Bucket] = field(default_factory=dict)

    def page_size(self, method: str, wanted: int) -> int:
        """How many messages one page holds at most."""
        return min(wanted, 15) if self.throttled_app and method in THROTTLED else wanted

    def wait(self, token: str, method: str, per_minute: int, args: Mapping[str, Any]) -> int:
        """0 and one call taken off the budget, or the whole seconds to wait (Retry-After)."""
        throttled = self.throttled_app and method in THROTTLED
        if not self.enabled and not throttled:
            return 0
        if throttled:
            return self._take(((token, method), 1, 1 / 60))
        if method == "chat.postMessage":
            one = ((token, method, str(args.get("channel", ""))), POST_BURST, 1.0)
            return self._take(one, ((token, method), POSTS_PER_MINUTE, POSTS_PER_MINUTE / 60))
        return self._take(((token, method), per_minute, per_minute / 60))

    def reset(self) -> None:
        """Fills every bucket again."""
        self._buckets.clear()

    def _take(self, *wanted: tuple[tuple[str, ...], int, float]) -> int:
        now = self.clock.now()
        taken: list[_Bucket] = []
        for key, size, per_second in wanted:
            bucket = self._buckets.setdefault(key, _Bucket(size, per_second, size, now))
            bucket.left = min(bucket.size, bucket.left + max(0.0, now - bucket.at) * bucket.per_second)
            bucket.at = now
            if bucket.left < 1:
                return max(1, math.ceil((1 - bucket.left) / bucket.per_second))
            taken.append(bucket)
        for bucket in taken:
            bucket.left -= 1
        return 0
