"""What is known of one message before it is seen among the others?"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from bot.dialogue.reading import Weighed
from bot.dialogue.turns import Act
from bot.patterns import pattern
from bot.timeline.forms import Form, form_of
from bot.timeline.moments import Moment
from bot.timeline.signs import Read
from bot.timeline.statements import Statement, is_summary
from bot.timeline.values import Precision, Stated, shortened

_STATUS_NOTICE = pattern(
    r"^(?:we(?:'re|’re| are)? |.{0,60} (?:is|are) (?:now )?experiencing|.{0,60} (?:is|are) operating normally"
    r"|update\b|investigating\b)"
)
@dataclass(frozen=True, slots=True)
class Reading:
    """A message with its signs and what it states about other times."""

    read: Read
    statements: tuple[Statement, ...]
    #: How likely it does what among the others; None where they are no talk.
    weighed: Weighed | None = None
    #: Which moments it may name, besides those that it denies; looked for where people talk with each other.
    moments: tuple[Moment, ...] = ()
    #: What its writer does by it.
    form: Form = field(init=False)
    #: When it was posted.
    at: datetime = field(init=False)
    #: Whether it tells the incident afterwards, so that its own time is that of the telling.
    looks_back: bool = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "form", form_of(self.read.message.text))
        object.__setattr__(self, "at", self.read.message.at)
        object.__setattr__(self, "looks_back", is_summary(self.read.message.text, self.statements))

    def does(self, *acts: Act) -> float:
        """How likely a person or a tool does one of these by it, from 0 to 1, as far as that can be told."""
        return 0.0 if self.weighed is None else self.weighed.chance(*acts)

    @property
    def is_notice(self) -> bool:
        """Whether a status page speaks here, in the voice of an organisation."""
        message = self.read.message
        return message.bot is not None and not self.read.is_alert and bool(_STATUS_NOTICE.match(message.text))


def own_time(reading: Reading) -> Stated:
    """The message's own time, as a milestone with its words."""
    message = reading.read.message
    return Stated(message.at, Precision.EXACT, message.ts, shortened(message.text), None)
