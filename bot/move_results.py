"""What came of a move? The events to hear, and what is stored with them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.interview import events as ev
from bot.interview.state import Interview
from storage.unit import Unit


@dataclass(frozen=True)
class Done:
    """The events that a move brought about; `also` is stored in the same transaction as the last of them."""

    events: tuple[ev.Event, ...]
    also: Callable[[Unit, Interview], None] | None = None


class Unsure:
    """Whether the move was made does not matter: it is one that is simply made again."""
