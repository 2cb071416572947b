"""What do people do with an action item, from a reminder, the home, or the form that says why it won't be done?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.actions.item import Item, Met, Status
from bot.actions.values import Person
from bot.clock import Clock
from bot.deliveries.replies import Replies
from bot.errors import SlackRefused
from bot.facilitator import Facilitator
from bot.interview import events as ev
from bot.interview.state import Interview, Workspace
from bot.listing import Listing
from bot.nudging import Nudging
from bot.readers import Readers
from bot.showing import Showing
from bot.slack import ids, inbound
from bot.slack.room import TOO_LATE, Room
from bot.slack.wont_modal import Place, read_wont_do, wont_do
from storage.database import Database
from storage.inbox import Delivery
from storage.unit import Unit

#: What somebody says of an item that is done.
MET = {"item_met": Met.YES, "item_unmet": Met.NO, "item_met_later": Met.LATER}


@dataclass
class ItemPresses:
    """Hears what is pressed about one item, and why somebody says that it won't be done."""

    database: Database
    facilitator: Facilitator
    room: Room
    readers: Readers
    replies: Replies
    showing: Showing
    nudging: Nudging
    listing: Listing
    clock: Clock

    def pressed(self, delivery: Delivery, heard: inbound.Press, button: str, number: str) -> None:
        """Does what a button of an item says; it is not noted as heard."""
        place = Place() if heard.in_home else Place(heard.channel, heard.ts)
        item = self._item(delivery.workspace, number)
        if item is None:
            self.replies.why_not(heard, "unknown_item")
            return
        refusal = self._may_change(delivery.workspace, item, heard.user, heard.team)
        if refusal is not None:
            self.replies.answer(heard, refusal)
            return
        why = _passed(button, item)
        if why:
            self.replies.why_not(heard, why)
            self._show_again(delivery.workspace, heard.user, place)
            return
        if button == ids.Button.ITEM_WONT:
            self._ask_why(heard, item, place)
            return
        if button == "item_owner" and self.readers.stranger(delivery.workspace, heard.chosen, "") is not None:
            self.replies.answer(heard, "not_a_person", given=f"<@{heard.chosen}>")
            return
        now = self.clock.now()
        until = self.nudging.rests_until(item, now)

        def also(unit: Unit, _: Interview) -> None:
            match button:
                case "item_done":
                    unit.items.close(delivery.workspace, number, Status.DONE, heard.user, now)
                case "item_met" | "item_unmet" | "item_met_later":
                    unit.items.fill(delivery.workspace, number, met=MET[button], by=heard.user, at=now)
                case "item_reopen":
                    unit.items.close(delivery.workspace, number, Status.OPEN, heard.user, now)
                case "item_snooze":
                    unit.items.snooze(delivery.workspace, number, until, heard.user, now)
                case "item_take_back":
                    unit.items.take_back(delivery.workspace, number, heard.user, now)
                case "item_wake":
                    unit.items.snooze(delivery.workspace, number, None, heard.user, now)
                case "item_date":
                    unit.items.fill(
                        delivery.workspace, number, due=date.fromisoformat(heard.chosen), by=heard.user, at=now
                    )
                case _:
                    unit.items.fill(delivery.workspace, number, owner=Person(heard.chosen), by=heard.user, at=now)

        # Heard only when the reminder shows it: a message to one person is no card that the row would bring up to date.
        self.facilitator.apply(item.postmortem_id, ev.ItemsChanged(now), also=also)
        self.facilitator.wake(item.postmortem_id)
        self._show_again(delivery.workspace, heard.user, place)

    def given_up(self, delivery: Delivery, heard: inbound.Submission) -> None:
        """An action won't be done. Who was slower than somebody else is told, and changes nothing."""
        told, now = read_wont_do(heard.view), self.clock.now()
        item = self._item(delivery.workspace, told.number)
        refusal = self._may_change(delivery.workspace, item, heard.user, heard.team) if item is not None else None
        if item is None or refusal is not None:
            with self.database.writing() as unit:
                unit.inbox.heard(delivery.key, now)
            if refusal is not None:
                self.replies.direct(heard.user, refusal)
            else:
                self.replies.whisper_why("", heard.user, None, "unknown_item")
            return
        in_time = True

        def also(unit: Unit, _: Interview) -> None:
            nonlocal in_time
            in_time = unit.items.give_up(delivery.workspace, told.number, told.reason, heard.user, now)
            unit.inbox.heard(delivery.key, now)

        self.facilitator.apply(item.postmortem_id, ev.ItemsChanged(now), also=also)
        self.facilitator.wake(item.postmortem_id)
        if not in_time:
            self.replies.whisper_why("", heard.user, None, "item_closed")
        self._show_again(delivery.workspace, heard.user, told.place)

    def _item(self, workspace: Workspace, number: str) -> Item | None:
        with self.database.reading() as unit:
            return unit.items.get(workspace, number)

    def _may_change(self, workspace: Workspace, item: Item, user: str, team: str) -> str | None:
        """The owner may, wherever the owner is; everybody else must be a member of the incident's channel."""
        if isinstance(item.owner, Person) and item.owner.user_id == user:
            refusal = self.readers.stranger(workspace, user, team)
        else:
            refusal = self.readers.outsider(workspace, item.channel, user, team)
        return refusal.why if refusal is not None else None

    def _ask_why(self, heard: inbound.Press, item: Item, place: Place) -> None:
        try:
            self.room.open_view(heard.trigger_id, wont_do(item, place))
        except SlackRefused as err:
            if err.error not in TOO_LATE:
                raise
            self.replies.why_not(heard, "pressed_too_late")

    def _show_again(self, workspace: Workspace, user: str, place: Place) -> None:
        """Brings the home or the reminder that was pressed up to date; both are the person's own."""
        if not place.ts:
            self.room.publish_home(user, self.listing.home(workspace, user))
            return
        if not place.channel.startswith("D"):
            return
        now = self.clock.now()
        due = next((d for d in self.nudging.due(now) if d.user == user), None)
        message = self.showing.nudge(
            workspace,
            user,
            due.own if due else (),
            due.unowned if due else (),
            now,
            self.nudging.just_closed(user, now),
            self.nudging.handed_on(user, now),
        )
        self.room.update(place.channel, place.ts, message, number="", card="nudge")


def _passed(button: str, item: Item) -> str:
    """Why a press says nothing any more of an item that somebody closed, or opened again, meanwhile."""
    if button == ids.Button.ITEM_REOPEN:
        return "item_open" if item.status == Status.OPEN else ""
    wanted = Status.DONE if button in ids.DONE_BUTTONS else Status.OPEN
    if item.status == wanted:
        return ""
    return "item_open" if item.status == Status.OPEN else "item_closed"
