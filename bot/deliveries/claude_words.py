"""What does `/postmortem ai` do? Says whether Claude reads the channel, what leaves and what it costs; on, and off."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.clock import Clock
from bot.deliveries.replies import Asking, Replies
from bot.errors import SlackRefused
from bot.facilitator import Facilitator
from bot.interview import events as ev
from bot.interview.conclusions import Thought
from bot.interview.offers import PROMISES
from bot.interview.outcome import Ignored
from bot.interview.state import Interview, Stage
from bot.interview.thoughts import Purpose
from bot.readers import Readers
from bot.showing import Showing
from bot.slack import inbound
from bot.slack.elements import Message, context, section
from bot.slack.room import Room
from bot.thinking import Thinking
from storage.calls import Entry
from storage.database import Database
from storage.inbox import Delivery
from storage.unit import Unit

#: So many of the newest calls are told one by one.
TOLD = 8
MICRODOLLARS = 1_000_000


@dataclass
class ClaudeWords:
    """Hears what people say of Claude. `thinking` is None where there is no second mind."""

    database: Database
    facilitator: Facilitator
    thinking: Thinking | None
    room: Room
    readers: Readers
    replies: Replies
    showing: Showing
    clock: Clock

    def hear(self, delivery: Delivery, heard: inbound.Command, rest: str) -> None:
        refusal = self.readers.outsider(delivery.workspace, heard.channel, heard.user, heard.team)
        if refusal is not None:
            self.replies.answer(heard, refusal.why)
        elif self.thinking is None:
            self.replies.answer(heard, "claude_no_key")
        elif rest.lower() in ("on", "off"):
            self._said(delivery, heard, rest.lower())
        elif rest:
            self.replies.answer(heard, "claude_on_or_off", given=rest)
        else:
            self._show(delivery, heard, self.thinking)

    def allowed(self, delivery: Delivery, heard: inbound.Press, interview: Interview) -> None:
        """Somebody pressed Allow Claude; whether that person may was looked at before."""
        if self.thinking is None:
            self.replies.answer(heard, "claude_no_key")
        elif interview.claude != "ask":
            self.replies.why_not(heard, "claude_already")
        else:
            self._said(delivery, heard, "on")

    def _said(self, delivery: Delivery, heard: Asking, state: str) -> None:
        """Kept for the channel, and heard by everything that runs in it; what failed halfway is said again."""
        now = self.clock.now()

        def also(unit: Unit, _: Interview | None = None) -> None:
            unit.consents.say(delivery.workspace, heard.channel, state == "on", heard.user, now)

        with self.database.writing() as unit:
            also(unit)
            briefs = unit.postmortems.of_channel(delivery.workspace, heard.channel)
        for brief in briefs:
            if brief.stage is Stage.CANCELLED:
                continue
            result = self.facilitator.apply(brief.id, ev.ClaudeAllowed(state, heard.user, now), also=also)
            if not isinstance(result, Ignored):
                self.facilitator.wake(brief.id)
        self.replies.answer(heard, "claude_on" if state == "on" else "claude_off")

    # showing -----------------------------------------------------------------------------------------------------

    def _show(self, delivery: Delivery, heard: inbound.Command, thinking: Thinking) -> None:
        """The ledger to who asked, and then, which may take longer, a file with what was and would be sent."""
        with self.database.reading() as unit:
            briefs = unit.postmortems.of_channel(delivery.workspace, heard.channel)
            here = [b for b in briefs if heard.thread_ts is not None and b.thread_ts == heard.thread_ts]
            newest = next((b for b in [*here, *briefs] if b.stage is not Stage.CANCELLED), None)
            if newest is None:
                consent = unit.consents.of(delivery.workspace, heard.channel)
            else:
                interview, source = unit.postmortems.load(newest.id)
                calls = unit.calls.of(newest.id)
        if newest is None:
            allowed = consent is not None and consent[0]
            asks = self.room.channel(heard.channel).private if consent is None else False
            state = "ask" if asks else "on" if consent is None or allowed else "off"
            self.replies.answer(heard, "claude_state", state=state)
            return
        name = self.showing.name(delivery.workspace, interview.claude_by) if interview.claude_by else ""
        self.replies.send(heard, _ledger(self.showing, interview, calls, name))
        thoughts = _to_show(interview, self.clock.now())
        texts = [f"=== {t.purpose.value} ===\n\n{thinking.preview(interview, source, t)}" for t in thoughts]
        head = self.showing.say("claude", part="file", number=interview.number)
        content = "\n\n".join([head, *texts]).encode()
        try:
            channel = self.room.direct(heard.user)
            file, url = self.room.file_reserve(f"{interview.number}-claude.txt", len(content))
            self.room.file_upload(url, content)
            title = f"{interview.number} · what Claude is sent"
            comment = self.showing.say("sent_file", what="text", number="", title=title, formats=[])
            self.room.file_share(file, title, channel, None, comment)
        except SlackRefused:
            self.replies.answer(heard, "opened_in_dm_failed", number=interview.number)


def _to_show(interview: Interview, now: datetime) -> tuple[Thought, ...]:
    """The newest thought of each purpose; where none was asked for yet, what would be asked for first."""
    newest = {t.purpose: t for t in interview.thoughts if not t.key.startswith(PROMISES)}
    if newest:
        return tuple(newest.values())
    current = interview.current
    return (Thought("preview", Purpose.CRITIQUE, now, current.position if current is not None else 0),)


def _ledger(showing: Showing, interview: Interview, calls: tuple[Entry, ...], name: str) -> Message:
    tokens = sum(c.fresh + c.written + c.reread + c.out for c in calls)
    cost = sum(c.cost for c in calls) / MICRODOLLARS
    text = showing.say(
        "claude",
        part="ledger",
        number=interview.number,
        state=interview.claude,
        by=name,
        calls=len(calls),
        tokens=tokens,
        cost=cost,
    )
    lines = [
        showing.say("claude", part="call", call=call, cost=call.cost / MICRODOLLARS, at=f"{call.begun_at:%d %b %H:%M}")
        for call in calls[-TOLD:]
    ]
    blocks = [section(text), *([context("\n".join(lines))] if lines else [])]
    return Message(text, blocks)
