"""What does a submitted modal do? Its id says which postmortem; what it holds is read by the file that built it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.actions.item import Status
from bot.actions.values import Person
from bot.clock import Clock
from bot.deliveries.afterwards import Afterwards
from bot.deliveries.corrections import Corrections
from bot.deliveries.exporting import Exporting
from bot.deliveries.item_presses import ItemPresses
from bot.deliveries.offers import Offers
from bot.deliveries.replies import Replies
from bot.facilitator import Facilitator
from bot.interview import events as ev
from bot.interview.bounds import Bounds
from bot.interview.outcome import Ignored
from bot.interview.state import Interview
from bot.publish.documents import Documents
from bot.readers import Readers
from bot.report.compose import digest, section_markdown
from bot.scripts.shelf import script_of
from bot.showing import Showing
from bot.slack import inbound, modals
from bot.slack.after_modals import AFTER_FORMS
from bot.slack.fields_modal import following_page, read_fields
from bot.slack.forms import postmortem_of
from bot.slack.ids import TIMELINE_FORMS, Callback
from bot.slack.offer_modal import read_offer
from bot.slack.window_modal import read_window, window_faults
from storage.database import Database
from storage.errors import UnknownPostmortem
from storage.inbox import Delivery
from storage.unit import Unit

#: Said under the text of a section whose answers were changed, or deleted, while somebody had it open.
CHANGED_MEANWHILE = "The answers under this section changed meanwhile. Copy your text, close this, and open it again."


@dataclass
class Submissions:
    """Hears submitted modals."""

    database: Database
    facilitator: Facilitator
    readers: Readers
    replies: Replies
    showing: Showing
    documents: Documents
    corrections: Corrections
    afterwards: Afterwards
    exporting: Exporting
    offers: Offers
    items: ItemPresses
    clock: Clock

    def acknowledge(self, body: Mapping[str, Any]) -> Mapping[str, Any] | None:
        """The next page of a paged modal, or what is wrong with what was entered; None closes it."""
        faults = self.faults(body)
        if faults:
            return {"response_action": "errors", "errors": faults}
        view = body.get("view") or {}
        fields = following_page(view)
        if fields is not None:
            return self._next_fields(*fields)
        following = modals.next_page(view)
        if following is None:
            return None
        try:
            page = self.showing.next_items(following)
        except UnknownPostmortem:
            return None
        return {"response_action": "update", "view": page} if page is not None else None

    def _next_fields(self, postmortem: int, page: int) -> Mapping[str, Any] | None:
        """The next page of the form of fields. The page before it is heard after this, and stands on it no more."""
        try:
            if page >= self.showing.pages(postmortem):
                return None
            return {"response_action": "update", "view": self.showing.fields(postmortem, page)}
        except UnknownPostmortem:
            return None

    def faults(self, body: Mapping[str, Any]) -> Mapping[str, str]:
        """What is wrong with what was entered, by block. A faulty form changes nothing and stays open."""
        view = body.get("view") or {}
        if view.get("callback_id") in TIMELINE_FORMS:
            return self.corrections.faults(view)
        if view.get("callback_id") in AFTER_FORMS:
            return self.afterwards.faults(view)
        if view.get("callback_id") == Callback.WINDOW:
            return window_faults(view, self.clock.now())
        found = modals.faults(view)
        if found or view.get("callback_id") != Callback.EDIT_SECTION:
            return found
        edit = modals.read_edit_section(view)
        try:
            with self.database.reading() as unit:
                interview, source = unit.postmortems.load(postmortem_of(view))
        except UnknownPostmortem:
            return {}
        document = self.documents.compose(script_of(source), interview)
        section = document.section(edit.section)
        if section is None or digest(section_markdown(document, edit.section)) == edit.shown:
            return {}
        return {edit.first_block: CHANGED_MEANWHILE}

    def hear(self, delivery: Delivery, heard: inbound.Submission) -> None:
        if heard.callback == Callback.WONT_DO:
            self.items.given_up(delivery, heard)
            return
        postmortem = postmortem_of(heard.view)
        try:
            with self.database.reading() as unit:
                interview, _ = unit.postmortems.load(postmortem)
        except UnknownPostmortem:
            self._done(delivery)
            return
        refusal = self.readers.outsider(delivery.workspace, interview.channel, heard.user, heard.team)
        if interview.workspace != delivery.workspace or refusal is not None:
            why = refusal.why if refusal is not None else "wrong_team"
            self.replies.direct(heard.user, why)
            self._done(delivery)
            return
        if heard.callback in TIMELINE_FORMS:
            self.corrections.hear(delivery, heard, interview)
            return
        if heard.callback in AFTER_FORMS:
            self.afterwards.hear(delivery, heard, interview)
            return
        if heard.callback == Callback.EXPORT:
            self.exporting.sent(heard.user, heard.view, interview)
            self._done(delivery)
            return
        event = self._event(delivery, heard, interview)
        if event is None:
            self._done(delivery)
            return
        now, filled = self.clock.now(), self._filled(delivery, heard, interview)

        def also(unit: Unit, _: Interview) -> None:
            if heard.callback == Callback.FILL_ITEMS:
                # In the transaction of its event, so that it is written once.
                self._fill(unit, interview, heard.user, filled)
            unit.inbox.heard(delivery.key, now)

        result = self.facilitator.apply(interview.id, event, also=also)
        if isinstance(result, Ignored):
            self.replies.whisper_why(interview.channel, heard.user, interview.thread_ts, result.why)
            return
        self.facilitator.wake(interview.id)
        if heard.callback == Callback.FILL_ITEMS:
            self.afterwards.show_again(heard.view, interview.id)

    def _done(self, delivery: Delivery) -> None:
        with self.database.writing() as unit:
            unit.inbox.heard(delivery.key, self.clock.now())

    def _event(self, delivery: Delivery, heard: inbound.Submission, interview: Interview) -> ev.Event | None:
        now, user, view = self.clock.now(), heard.user, heard.view
        match heard.callback:
            case Callback.ASK_SOMEONE:
                asked = modals.read_ask_someone(view)
                return ev.AskedPerson(asked.position, asked.user, user, now)
            case Callback.WINDOW:
                return self._window(heard, interview)
            case Callback.HAND_OVER:
                return self._handed_over(delivery, heard, interview)
            case Callback.SPLIT:
                split = modals.read_split(view)
                return ev.SplitInto(split.position, split.factors, user, now)
            case Callback.EDIT_SECTION:
                return self._section(heard, interview)
            case Callback.OFFER:
                key, text = read_offer(view)
                return self.offers.sent(key, text, user, interview) if key else None
            case Callback.FIELDS:
                values = read_fields(view)
                return ev.FieldsEntered(values, user, now) if values else None
            case Callback.FILL_ITEMS:
                return ev.ItemsChanged(now)
            case _:
                return None

    def _handed_over(self, delivery: Delivery, heard: inbound.Submission, interview: Interview) -> ev.Event | None:
        to = modals.read_hand_over(heard.view)
        if self.readers.outsider(delivery.workspace, interview.channel, to, "") is not None:
            self.replies.whisper(interview.channel, heard.user, interview.thread_ts, "not_a_person", given=f"<@{to}>")
            return None
        return ev.HandedOver(to, heard.user, self.clock.now())

    def _window(self, heard: inbound.Submission, interview: Interview) -> ev.Event:
        chosen = read_window(heard.view)
        bounds = Bounds(start=chosen.start, end=chosen.end)
        with self.database.reading() as unit:
            threads = unit.record.owed(interview.id, bounds.oldest, bounds.latest(""))
        return ev.WindowChosen(chosen.start, chosen.end, threads, heard.user, self.clock.now())

    def _section(self, heard: inbound.Submission, interview: Interview) -> ev.Event:
        """What was sent unchanged is accepted, what was changed is an edit by its author."""
        edit, now = modals.read_edit_section(heard.view), self.clock.now()
        with self.database.reading() as unit:
            source = unit.postmortems.load(interview.id)[1]
        document = self.documents.compose(script_of(source), interview)
        section = document.section(edit.section)
        if section is None or digest(edit.text) == edit.shown:
            return ev.SectionAccepted(edit.section, heard.user, now, edit.base)
        return ev.SectionEdited(edit.section, edit.text, heard.user, now, section.base)

    def _filled(self, delivery: Delivery, heard: inbound.Submission, interview: Interview) -> tuple[modals.Filled, ...]:
        """What was filled in, without owners who can't own anything here; that is said to who chose them."""
        if heard.callback != Callback.FILL_ITEMS:
            return ()
        kept: list[modals.Filled] = []
        for each in modals.read_fill_items(heard.view):
            if each.owner is not None and self.readers.stranger(delivery.workspace, each.owner, "") is not None:
                given = f"<@{each.owner}>"
                self.replies.whisper(interview.channel, heard.user, interview.thread_ts, "not_a_person", given=given)
                each = replace(each, owner=None)
            if each.sponsor and self.readers.stranger(delivery.workspace, each.sponsor, "") is not None:
                given = f"<@{each.sponsor}>"
                self.replies.whisper(interview.channel, heard.user, interview.thread_ts, "not_a_person", given=given)
                each = replace(each, sponsor=None)
            kept.append(each)
        return tuple(kept)

    def _fill(self, unit: Unit, interview: Interview, by: str, filled: Sequence[modals.Filled]) -> None:
        own, now = {item.number for item in unit.items.all(interview.id)}, self.clock.now()
        for each in filled:
            if each.number not in own:
                continue
            unit.items.fill(
                interview.workspace,
                each.number,
                owner=Person(each.owner) if each.owner else None,
                due=each.due,
                measure=each.measure,
                priority=each.priority,
                link=each.link,
                sponsor=each.sponsor,
                by=by,
                at=now,
            )
            if each.wont:
                unit.items.give_up(interview.workspace, each.number, each.wont, by, now)
            if each.again:
                unit.items.close(interview.workspace, each.number, Status.OPEN, by, now)
