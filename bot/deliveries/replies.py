"""How are people answered, each alone? Sentences that only one person sees; none of them is a duty."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import structlog

from bot.errors import PostmortemError
from bot.slack import inbound
from bot.slack.elements import Message
from bot.slack.notice_blocks import ignored, sentence
from bot.slack.room import Room

log = structlog.get_logger()

#: Somebody who asks for something, and is answered alone.
Asking = inbound.Command | inbound.Press | inbound.Chosen


@dataclass
class Replies:
    """Answers by the response address where there is one, else in the channel, else by direct message."""

    room: Room
    say: Callable[..., str]

    def answer(self, to: Asking, code: str, /, **fields: object) -> None:
        """Answers a command or a press with the sentence of that name."""
        self.send(to, sentence(self.say, code, **fields))

    def why_not(self, to: Asking, why: str) -> None:
        """Says why a press or a command changed nothing."""
        self.send(to, ignored(self.say, why))

    def send(self, to: Asking, message: Message) -> None:
        if to.response_url and self._tried(lambda: self.room.respond(to.response_url, message)):
            return
        self._alone(to.channel, to.user, to.thread_ts or None, message)

    def whisper(self, channel: str, user: str, thread_ts: str | None, code: str, /, **fields: object) -> None:
        """Says a sentence to one person in a channel or thread."""
        self._alone(channel, user, thread_ts, sentence(self.say, code, **fields))

    def whisper_why(self, channel: str, user: str, thread_ts: str | None, why: str) -> None:
        """Says to one person, in a channel or thread, why nothing was changed."""
        self._alone(channel, user, thread_ts, ignored(self.say, why))

    def direct(self, user: str, code: str, /, **fields: object) -> None:
        """Says a sentence to one person in their direct messages."""
        message = sentence(self.say, code, **fields)
        self._tried(lambda: self.room.post(self.room.direct(user), message, number="", card=f"reply-{code}"))

    def _alone(self, channel: str, user: str, thread_ts: str | None, message: Message) -> None:
        if channel and self._tried(lambda: self.room.whisper(channel, user, message, thread_ts)):
            return
        self._tried(lambda: self.room.post(self.room.direct(user), message, number="", card="reply"))

    @staticmethod
    def _tried(send: Callable[[], object]) -> bool:
        try:
            send()
        except PostmortemError as err:
            log.info("reply.not_sent", why=type(err).__name__)
            return False
        return True
