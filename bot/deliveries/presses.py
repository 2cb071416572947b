"""What does a press do? Its value says which postmortem and question; the saved row says whether it still counts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from bot.beginning.recording import Recording
from bot.clock import Clock
from bot.deliveries.at_once import QUESTION_BUTTONS
from bot.deliveries.claude_words import ClaudeWords
from bot.deliveries.item_presses import ItemPresses
from bot.deliveries.offers import Offers
from bot.deliveries.replies import Replies
from bot.errors import SlackRefused
from bot.facilitator import Facilitator
from bot.interview import events as ev
from bot.interview.bounds import Bounds, moment_of
from bot.interview.outcome import Ignored
from bot.interview.state import Interview
from bot.publish.documents import Documents
from bot.readers import Readers, Standing
from bot.showing import Showing
from bot.slack import ids, inbound
from bot.slack.answers_modal import NONE
from bot.slack.room import TOO_LATE, Room
from storage.database import Database
from storage.errors import AlreadyRunning, UnknownPostmortem
from storage.inbox import Delivery
from storage.unit import Unit

#: How many days back from the newest message each choice of a window goes; None: everything.
WINDOW_BUTTONS = {"window_day": 1, "window_days": 3, "window_all": None}


@dataclass
class Presses:
    """Hears presses: of questions, cards, reminders and ephemeral messages."""

    database: Database
    facilitator: Facilitator
    room: Room
    readers: Readers
    replies: Replies
    showing: Showing
    documents: Documents
    items: ItemPresses
    recording: Recording
    claude: ClaudeWords
    offers: Offers
    clock: Clock

    def hear(self, delivery: Delivery, heard: inbound.Press) -> None:
        button, postmortem, position, extra = ids.read_press(heard.action, heard.value, heard.chosen)
        if button in ids.OFFER_BUTTONS:
            self.recording.pressed(delivery, heard, button)
            self._done(delivery)
            return
        if button in ids.ITEM_BUTTONS:
            self.items.pressed(delivery, heard, button, extra)
            self._done(delivery)
            return
        try:
            with self.database.reading() as unit:
                interview, _ = unit.postmortems.load(postmortem)
                standing = self.readers.standing(unit, delivery.workspace, interview.channel, heard.user)
        except UnknownPostmortem:
            self.replies.why_not(heard, "unknown_question")
            self._done(delivery)
            return
        refusal = self._refused(delivery, heard, interview, standing)
        if refusal is not None:
            self.replies.answer(heard, refusal)
            self._done(delivery)
            return
        if button == ids.Button.GLOSS_ADD:
            self._apply(delivery, heard, interview, *self.offers.missing(extra, heard.user, interview))
            return
        if button == ids.Button.CLAUDE_ALLOW:
            self.claude.allowed(delivery, heard, interview)
            self._done(delivery)
            return
        if button in ids.OPENS_MODAL:
            self._open(heard, button, interview, position, extra)
            self._done(delivery)
            return
        if button == ids.Button.ANSWER_MOVE:
            self._move_answer(delivery, heard, interview, position, extra)
            return
        if button == ids.Button.ASK_LATER:
            self._ask_later(delivery, heard, interview, extra)
            return
        event = self._window(button, heard, interview) or self._event(button, heard, interview, position, extra)
        if event is None:
            self._other(heard, button, interview)
            self._done(delivery)
            return
        self._apply(delivery, heard, interview, event)

    def _done(self, delivery: Delivery) -> None:
        with self.database.writing() as unit:
            unit.inbox.heard(delivery.key, self.clock.now())

    def _refused(
        self, delivery: Delivery, heard: inbound.Press, interview: Interview, standing: Standing
    ) -> str | None:
        """Why this person may not press here; a press from another channel than the postmortem's is none of ours."""
        if interview.workspace != delivery.workspace:
            return "wrong_team"
        elsewhere = heard.channel and heard.channel != interview.channel and not heard.channel.startswith("D")
        if elsewhere:
            return "outsider_refused"
        refusal = self.readers.outsider(delivery.workspace, interview.channel, heard.user, heard.team, standing)
        return refusal.why if refusal is not None else None

    def _apply(
        self,
        delivery: Delivery,
        heard: inbound.Press,
        interview: Interview,
        event: ev.Event,
        more: Callable[[Unit, Interview], None] = lambda unit, interview: None,
    ) -> None:
        now = self.clock.now()

        def also(unit: Unit, before: Interview) -> None:
            more(unit, before)
            unit.inbox.heard(delivery.key, now)

        try:
            result = self.facilitator.hear(interview.id, event, also=also)
        except AlreadyRunning:
            self.replies.answer(heard, "restorable_not_while_running")
            self._done(delivery)
            return
        if isinstance(result, Ignored):
            self.replies.why_not(heard, result.why)
            return
        if heard.ephemeral and heard.response_url:
            self.room.take_back(heard.response_url)

    def _event(
        self, button: str, heard: inbound.Press, interview: Interview, position: int, extra: str
    ) -> ev.Event | None:
        now, user = self.clock.now(), heard.user
        if button in (
            ids.Button.OFFER_USE,
            ids.Button.OFFER_IGNORE,
            ids.Button.QUESTION_IGNORE,
            ids.Button.GLOSS_IGNORE,
        ):
            return self.offers.pressed(button, extra, user, interview)
        if button == ids.Button.QUESTION_ASK:
            return self.offers.asked(extra, user, interview)
        if button in QUESTION_BUTTONS:
            return ev.Pressed(button, position, user, now, extra)
        plain: dict[str, Callable[[], ev.Event]] = {
            "pause": lambda: ev.Paused(user, now),
            "resume": lambda: ev.Resumed(user, now),
            "restore": lambda: ev.Restored(user, now),
            "cancel_yes": lambda: ev.Cancelled(user, now),
            "timeline_ok": lambda: ev.TimelineChanged(user, now, accepted=True),
            "invite": lambda: ev.Invited(user, now),
            "follow_up_held": lambda: ev.FollowUpHeld(user, now),
            "new_file": lambda: ev.NewFile(user, now),
            "write_it": lambda: ev.WriteIt(user, now),
        }
        make = plain.get(button)
        return make() if make is not None else None

    def _ask_later(self, delivery: Delivery, heard: inbound.Press, interview: Interview, why: str) -> None:
        """Asks who knows about a weak place; the facilitator in the place of somebody who can take no part any more."""
        asking = self.showing.question_about(interview, why)
        if asking is None:
            self.replies.why_not(heard, "nothing_to_ask")
            self._done(delivery)
            return
        away = self.readers.outsider(delivery.workspace, interview.channel, asking.to, "") is not None
        event = ev.AskedLater(
            asking.why, asking.text, asking.question, interview.facilitator if away else asking.to, heard.user,
            self.clock.now(), asking.quote, asking.about, asking.level, asking.factor,
        )  # fmt: skip
        self._apply(delivery, heard, interview, event)
        self._show_again(heard, lambda: self.showing.checklist(interview.id))

    def _move_answer(self, delivery: Delivery, heard: inbound.Press, interview: Interview, page: int, ts: str) -> None:
        section = "" if heard.chosen == NONE else heard.chosen
        self._apply(delivery, heard, interview, ev.AnswerMoved(ts, section, heard.user, self.clock.now()))
        self._show_again(heard, lambda: self.showing.answers(interview.id, page))

    def _show_again(self, heard: inbound.Press, view: Callable[[], Mapping[str, Any]]) -> None:
        """The modal that was pressed in, as it reads after the press."""
        if not heard.in_modal:
            return
        try:
            self.room.update_view(heard.view_id, view(), heard.view_hash)
        except SlackRefused as err:
            if err.error not in TOO_LATE:
                raise

    def _window(self, button: str, heard: inbound.Press, interview: Interview) -> ev.Event | None:
        """What of a large channel belongs to the incident: days are counted back from its newest message."""
        if button not in WINDOW_BUTTONS:
            return None
        days, newest = WINDOW_BUTTONS[button], interview.reading.newest
        start = moment_of(newest) - timedelta(days=days) if days is not None and newest else None
        with self.database.reading() as unit:
            threads = unit.record.owed(interview.id, Bounds(start=start).oldest)
        return ev.WindowChosen(start, None, threads, heard.user, self.clock.now())

    def _other(self, heard: inbound.Press, button: str, interview: Interview) -> None:
        if button == "cancel_no" and heard.response_url:
            self.room.take_back(heard.response_url)

    # modals ------------------------------------------------------------------------------------------------------

    def _open(self, heard: inbound.Press, button: str, interview: Interview, position: int, extra: str) -> None:
        """Opens a modal from a read of the row; when its three seconds are over, the person presses again."""
        view = self.showing.modal(button, interview, position, extra, self.clock.now())
        try:
            if button in ids.TURNS_PAGE:
                self.room.update_view(heard.view_id, view, heard.view_hash)
            elif heard.in_modal:
                self.room.push_view(heard.trigger_id, view)
            else:
                self.room.open_view(heard.trigger_id, view)
        except SlackRefused as err:
            if err.error not in TOO_LATE:
                raise
            self.replies.why_not(heard, "pressed_too_late")
