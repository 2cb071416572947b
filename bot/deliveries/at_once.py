"""What is heard in the transaction that keeps it? A press of a question's button, where nothing is in doubt."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

import structlog

from bot.clock import Clock
from bot.errors import DatabaseFault
from bot.facilitator import Facilitator
from bot.interview import events as ev
from bot.interview.state import Interview, Workspace
from bot.readers import Readers
from bot.slack import ids, inbound
from storage.errors import UnknownPostmortem
from storage.unit import Unit

log = structlog.get_logger()

#: The buttons that mean an event of the question they stand under.
QUESTION_BUTTONS = frozenset(
    {"next", "skip", "unknown", "wait", "back", "confirm", "deeper", "other", "previous", "elsewhere"}
)
#: Seconds that are tried; what is left of the time that keeping may take is for keeping alone.
WITHIN = 0.5


class Outcome(Enum):
    """What became of a delivery."""

    HEARD = "heard"
    REPEATED = "repeated"
    #: It is neither kept nor heard: the ordinary way decides.
    IN_DOUBT = "in doubt"


class _InDoubt(Exception):
    pass


class _Repeated(Exception):
    pass


@dataclass
class AtOnce:
    """Keeps a press, says what it means and begins the move that follows, all in one transaction.

    Before Slack gets its acknowledgement nobody may be asked anything, so it acts only on what the rows say: a person
    who is known, in a channel where they were seen lately, with a press that changes something.
    """

    facilitator: Facilitator
    readers: Readers
    clock: Clock

    def hear(self, key: str, workspace: Workspace, payload: Mapping[str, Any]) -> Outcome:
        """Raises nothing: what goes wrong here is in doubt, and goes the ordinary way."""
        press = inbound.read("press", payload, "")
        if not isinstance(press, inbound.Press) or press.ephemeral or press.in_modal or press.in_home:
            return Outcome.IN_DOUBT
        button, postmortem, position, extra = ids.read_press(press.action, press.value, press.chosen)
        if button not in QUESTION_BUTTONS or extra or not postmortem:
            return Outcome.IN_DOUBT
        now = self.clock.now()

        def also(unit: Unit, interview: Interview) -> None:
            if not unit.inbox.put(key, workspace, "press", None, now):
                raise _Repeated
            standing = self.readers.standing(unit, workspace, interview.channel, press.user)
            here = interview.workspace == workspace and press.channel == interview.channel
            if not here or not self.readers.belongs(workspace, press.team, standing):
                raise _InDoubt

        begun = time.monotonic()
        event = ev.Pressed(button, position, press.user, now)
        try:
            heard = self.facilitator.hear_at_once(postmortem, event, also, WITHIN)
        except _Repeated:
            return Outcome.REPEATED
        except (_InDoubt, UnknownPostmortem):
            return Outcome.IN_DOUBT
        except DatabaseFault:
            log.info("at_once.busy", after=round(time.monotonic() - begun, 3))
            return Outcome.IN_DOUBT
        except Exception as err:
            # The ordinary way meets the same error where it is counted, and told to the person.
            log.error("at_once.unforeseen", error=type(err).__name__, exc_info=True)
            return Outcome.IN_DOUBT
        return Outcome.HEARD if heard else Outcome.IN_DOUBT
