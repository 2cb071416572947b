"""What does a press do? Its value says which postmortem and question; the saved row says whether it still counts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from bot.actions.item import Item, Met
from bot.actions.values import Person
from bot.beginning.recording import Recording
from bot.clock import Clock
from bot.deliveries.at_once import QUESTION_BUTTONS
from bot.deliveries.claude_words import ClaudeWords
from bot.deliveries.offers import Offers
from bot.deliveries.replies import Replies
from bot.errors import SlackRefused
from bot.facilitator import Facilitator
from bot.interview import events as ev
from bot.interview.bounds import Bounds, moment_of
from bot.interview.state import Interview
from bot.interview.step import Ignored
from bot.listing import Listing
from bot.nudging import Nudging
from bot.publish.documents import Documents
from bot.readers import Readers, Standing
from bot.showing import Showing
from bot.slack import ids, inbound
from bot.slack.room import Room
from storage.database import Database
from storage.errors import AlreadyRunning, UnknownPostmortem
from storage.inbox import Delivery
from storage.unit import Unit

#: How long Snooze lets an item rest: on whichever day it is pressed, exactly one weekly reminder is left out.
SNOOZE = timedelta(days=8)
#: How Slack refuses a modal that comes too late, or takes the place of one that was changed or closed meanwhile.
TOO_LATE = frozenset(
    {
        "expired_trigger_id",
        "exchanged_trigger_id",
        "invalid_trigger_id",
        "trigger_expired",
        "hash_conflict",
        "not_found",
    }
)
#: How many days back from the newest message each choice of a window goes; None: everything.
WINDOW_BUTTONS = {"window_day": 1, "window_days": 3, "window_all": None}
#: What somebody says of an item that is done.
MET = {"item_met": Met.YES, "item_unmet": Met.NO, "item_met_later": Met.LATER}


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
    nudging: Nudging
    recording: Recording
    listing: Listing
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
            self._item(delivery, heard, button, extra)
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
        if heard.in_modal:
            try:
                self.room.update_view(heard.view_id, self.showing.checklist(interview.id), heard.view_hash)
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
            if button == ids.Button.TIMELINE_PAGE:
                self.room.update_view(heard.view_id, view, heard.view_hash)
            elif heard.in_modal:
                self.room.push_view(heard.trigger_id, view)
            else:
                self.room.open_view(heard.trigger_id, view)
        except SlackRefused as err:
            if err.error not in TOO_LATE:
                raise
            self.replies.why_not(heard, "pressed_too_late")

    # reminders ---------------------------------------------------------------------------------------------------

    def _item(self, delivery: Delivery, heard: inbound.Press, button: str, number: str) -> None:
        now = self.clock.now()
        with self.database.reading() as unit:
            item = unit.items.get(delivery.workspace, number)
        if item is None:
            self.replies.why_not(heard, "unknown_item")
            return
        refusal = self._may_change(delivery, heard, item)
        if refusal is not None:
            self.replies.answer(heard, refusal)
            return
        wanted = "done" if button in ids.DONE_BUTTONS else "open"
        if str(item.status) != wanted:
            self.replies.why_not(heard, "item_closed")
            self._show_again(delivery, heard)
            return

        if button == "item_owner" and self.readers.stranger(delivery.workspace, heard.chosen, "") is not None:
            self.replies.answer(heard, "not_a_person", given=f"<@{heard.chosen}>")
            return

        def also(unit: Unit, _: Interview) -> None:
            match button:
                case "item_done":
                    unit.items.close(delivery.workspace, number, "done", heard.user, now)
                case "item_met" | "item_unmet" | "item_met_later":
                    unit.items.fill(delivery.workspace, number, met=MET[button], by=heard.user, at=now)
                case "item_reopen":
                    unit.items.close(delivery.workspace, number, "open", heard.user, now)
                case "item_snooze":
                    unit.items.snooze(delivery.workspace, number, (now + SNOOZE).date(), heard.user, now)
                case "item_date":
                    unit.items.fill(
                        delivery.workspace, number, due=date.fromisoformat(heard.chosen), by=heard.user, at=now
                    )
                case _:
                    unit.items.fill(delivery.workspace, number, owner=Person(heard.chosen), by=heard.user, at=now)

        # Heard only when the reminder shows it: a message to one person is no card that the row would bring up to date.
        self.facilitator.apply(item.postmortem_id, ev.ItemsChanged(now), also=also)
        self.facilitator.wake(item.postmortem_id)
        self._show_again(delivery, heard)

    def _may_change(self, delivery: Delivery, heard: inbound.Press, item: Item) -> str | None:
        """The owner may, wherever the owner is; everybody else must be a member of the incident's channel."""
        if isinstance(item.owner, Person) and item.owner.user_id == heard.user:
            refusal = self.readers.stranger(delivery.workspace, heard.user, heard.team)
        else:
            refusal = self.readers.outsider(delivery.workspace, item.channel, heard.user, heard.team)
        return refusal.why if refusal is not None else None

    def _show_again(self, delivery: Delivery, heard: inbound.Press) -> None:
        """Brings the home or the reminder that was pressed up to date; both are the person's own."""
        if heard.in_home:
            self.room.publish_home(heard.user, self.listing.home(delivery.workspace, heard.user))
            return
        if not heard.channel.startswith("D") or not heard.ts:
            return
        now = self.clock.now()
        due = next((d for d in self.nudging.due(now) if d.user == heard.user), None)
        message = self.showing.nudge(
            delivery.workspace,
            heard.user,
            due.own if due else (),
            due.unowned if due else (),
            now,
            self.nudging.just_done(heard.user, now),
        )
        self.room.update(heard.channel, heard.ts, message, number="", card="nudge")
