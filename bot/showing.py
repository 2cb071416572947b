"""What belongs on a card? Fetches from the database what a face leaves to it, and has the message built."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from html import unescape
from typing import Any, assert_never
from zoneinfo import ZoneInfo

from bot.actions.item import Item
from bot.actions.links import new_ticket
from bot.checking import Checking
from bot.deliveries.timeline_forms import form as timeline_form
from bot.interview import cards
from bot.interview.bounds import moment_of
from bot.interview.fields import field
from bot.interview.filing import factor_lines
from bot.interview.moving import movable, targets
from bot.interview.offers import offer_called, offered
from bot.interview.plan import Limits
from bot.interview.script import Script
from bot.interview.state import Interview, Workspace
from bot.publish.documents import Documents
from bot.publish.wanted import FORMATS
from bot.rendering import Renderer
from bot.report.checklist import checklist
from bot.report.checks.questions import Asking
from bot.report.compose import section_markdown
from bot.report.document import Document
from bot.report.headline import headline
from bot.report.silence import Missing
from bot.scripts.shelf import Scripts, script_of
from bot.slack import document_blocks, modals, notice_blocks, nudge_blocks, past_blocks, question_blocks, record_blocks
from bot.slack.after_modals import approve_form, follow_up_form, share_form
from bot.slack.answers_modal import answers_modal
from bot.slack.checklist_modal import checklist_message, checklist_modal
from bot.slack.document_blocks import SectionPreview
from bot.slack.elements import Look, Message
from bot.slack.export_modal import export_form
from bot.slack.fields_modal import fields_form, no_form
from bot.slack.ids import TIMELINE_BUTTONS, Button
from bot.slack.inert import plain, plain_lines
from bot.slack.nudge_blocks import Nudged
from bot.slack.offer_blocks import with_likenesses, with_missing, with_offers, with_offers_at_review
from bot.slack.offer_modal import no_offer, offer_form
from bot.slack.room import Room
from bot.slack.window_modal import window
from bot.understanding.past_incidents import matches
from bot.understanding.people_named import mentioned, users_in
from bot.understanding.told_entries import as_told
from storage.database import Database
from storage.entries import Kept
from storage.past import Match
from storage.postmortems import Brief
from storage.unit import Unit

#: What stands on these is more of the database than names.
_SHOWS_ROWS = (cards.Timeline, cards.Items, cards.FollowUpReview)


@dataclass
class Showing:
    """Builds every message and modal that shows something of a postmortem."""

    database: Database
    room: Room
    renderer: Renderer
    documents: Documents
    scripts: Scripts
    limits: Limits
    checking: Checking
    #: Where a ticket for an action is begun (a setting); empty where nobody has said.
    ticket_url: str = ""

    def say(self, name: str, **values: object) -> str:
        """A template's words."""
        return self.renderer.message(name, **values)

    def name(self, workspace: Workspace, user: str) -> str:
        return self.documents.name(workspace, user)

    # cards -------------------------------------------------------------------------------------------------------

    def names(self, unit: Unit, interview: Interview, card: cards.Card) -> Mapping[str, str] | None:
        """What people are called, where a card shows nothing else of the database; else None."""
        if isinstance(card.face, _SHOWS_ROWS):
            return None
        return unit.people.names(interview.workspace, users_in(interview))

    def message(
        self, script: Script, interview: Interview, card: cards.Card, names: Mapping[str, str] | None = None
    ) -> Message:
        """The message that a card shows now; with `names` the database is not looked at for them again."""
        face = card.face
        entries, found, withdrawn, look = self._rows(interview, face, names)
        match face:
            case cards.Opening():
                return record_blocks.opening(face, look)
            case cards.ReadingProgress():
                named = self._similar(interview) if face.similar else ""
                message = record_blocks.reading(face, look, named)
                # What is no longer to be seen here is not spoken of either.
                return with_likenesses(message, [each for each in face.likenesses if each.about in named], look)
            case cards.WindowQuestion():
                return record_blocks.window(face, look)
            case cards.Timeline():
                message = record_blocks.timeline(face, [k.entry for k in entries], interview.facts, look)
                return with_missing(message, face, look)
            case cards.People():
                return record_blocks.people(face, look)
            case cards.Question():
                message = question_blocks.question(face, look, self.documents.severities.levels)
                return with_offers(message, face.offers, face.taken, face.asked.position, look)
            case cards.Items():
                return document_blocks.items(face, found, look, withdrawn)
            case cards.FieldsForm():
                return question_blocks.fields_form(face, look)
            case cards.Review():
                message = document_blocks.review(face, self.previews(script, interview) if face.open else (), look)
                return with_offers_at_review(message, face, look)
            case cards.Summary():
                return self._summary(script, interview, face, look)
            case cards.AskedLater():
                return question_blocks.asked_later(face, look)
            case cards.Mentioned():
                return question_blocks.mentioned(face, look)
            case cards.Stalled():
                link = self.room.permalink(interview.channel, interview.thread_ts or "")
                return notice_blocks.stalled(face, link, look)
            case cards.FollowUpReview():
                link = self.room.permalink(interview.channel, interview.thread_ts or "")
                return document_blocks.follow_up_review(face, found, link, look)
            case cards.CannotReach():
                return notice_blocks.cannot_reach(face, look)
        assert_never(face)

    def _rows(
        self, interview: Interview, face: cards.Face, names: Mapping[str, str] | None = None
    ) -> tuple[tuple[Kept, ...], tuple[Item, ...], tuple[str, ...], Look]:
        """What a face leaves to the database, all from one look at it, or none where names are all and are known.

        Entries, items, and the numbers of items that were withdrawn.
        """
        entries: tuple[Kept, ...] = ()
        found: tuple[Item, ...] = ()
        withdrawn: tuple[str, ...] = ()
        if names is not None and not isinstance(face, _SHOWS_ROWS):
            return entries, found, withdrawn, self._look_of(interview, names)
        with self.database.reading() as unit:
            if isinstance(face, cards.Timeline):
                entries = tuple(as_told(interview, unit.entries.all(interview.id)))
            if isinstance(face, cards.Items | cards.FollowUpReview):
                found = unit.items.all(interview.id)
            if isinstance(face, cards.Items):
                withdrawn = tuple(each.number for each in unit.items.withdrawn(interview.id))
            look = self._look(interview, unit, entries, found)
        return entries, found, withdrawn, look

    def _similar(self, interview: Interview) -> str:
        with self.database.reading() as unit:
            found = matches(unit, interview)
        return past_blocks.similar(self.say, [self.past(match) for match in found])

    def past(self, match: Match, still_open: int = 0) -> past_blocks.Found:
        """A past incident as it is listed."""
        link = self.room.permalink(match.channel, match.thread_ts) if match.thread_ts else ""
        words = match.likeness.words
        return past_blocks.Found(match.number, match.title, link, match.written_at.date(), words, still_open)

    def _look(self, interview: Interview, unit: Unit, entries: Sequence[Kept] = (), found: Sequence[Item] = ()) -> Look:
        return self._look_of(interview, unit.people.names(interview.workspace, users_in(interview, entries, found)))

    def _look_of(self, interview: Interview, names: Mapping[str, str]) -> Look:
        in_thread = {s.ts for s in interview.said} | {p.ts for p in interview.posts}

        def permalink(ts: str) -> str:
            channel = interview.channel if ts in in_thread else interview.record_channel
            return self.room.permalink(channel, ts, interview.thread_ts if ts in in_thread else None)

        return Look(self.say, names, permalink, interview.id)

    def previews(self, script: Script, interview: Interview) -> tuple[SectionPreview, ...]:
        """Each section as it will read, for the review."""
        document = self.documents.compose(script, interview)
        edited = {e.section for e in interview.edits}
        accepted = {a.section for a in interview.accepted}
        return tuple(
            SectionPreview(
                s.id,
                s.heading,
                section_markdown(document, s.id),
                "edited" if s.id in edited else "accepted" if s.id in accepted else "",
            )
            for s in document.sections
        )

    def _summary(self, script: Script, interview: Interview, face: cards.Summary, look: Look) -> Message:
        document = self.documents.compose(script, interview)
        checks = self.checking.checks(script, interview, document)
        return document_blocks.summary(
            face,
            number=interview.number,
            headline=headline(document),
            front="",
            picture=self.documents.in_words(document.picture, document_blocks.ALTERNATIVE) if face.picture else "",
            checks=checks,
            unmet=self.checking.unmet(checks),
            unanswered=unanswered(document),
            look=look,
        )

    # modals ------------------------------------------------------------------------------------------------------

    def modal(self, button: str, interview: Interview, position: int, extra: str, now: datetime) -> Mapping[str, Any]:
        """The modal that a button opens, from a read of the row."""
        if button in TIMELINE_BUTTONS:
            with self.database.reading() as unit:
                return timeline_form(unit, button, interview, position, extra, now)
        match button:
            case Button.SOMEONE:
                return modals.ask_someone(interview.id, position, self._question(interview, position))
            case Button.HANDOVER:
                return modals.hand_over(interview.id)
            case Button.SPLIT:
                return modals.split(interview.id, position, factor_lines(interview, position))
            case Button.WINDOW_TYPE:
                newest = interview.reading.newest
                return window(interview.id, moment_of(newest) if newest else now, interview.zone)
            case Button.ITEMS_FILL:
                return self.items(modals.ItemsPage(interview.id))
            case Button.ITEMS_MISSING:
                return self.items(modals.ItemsPage(interview.id, only_missing=True))
            case Button.FIELDS_ENTER:
                return self.fields(interview.id)
            case Button.SECTION_OPEN:
                return self._section_modal(interview, extra)
            case Button.ANSWERS | Button.ANSWERS_PAGE:
                return self.answers(interview.id, position)
            case Button.EXPORT:
                return self._export_form(interview)
            case Button.OFFER_EDIT:
                return self._offer_modal(interview, extra)
            case Button.CHECKLIST:
                return self.checklist(interview.id)
            case Button.SHARES | Button.APPROVE | Button.FOLLOW_UP:
                return self._after(button, interview, now)
            case _:
                return self.edit(interview.id, "")

    def timeline(self, postmortem: int, now: datetime) -> Mapping[str, Any]:
        """The list of a timeline's entries, each with its form."""
        with self.database.reading() as unit:
            interview, _ = unit.postmortems.load(postmortem)
            return timeline_form(unit, Button.TIMELINE_EDIT, interview, 0, "", now)

    def _after(self, button: str, interview: Interview, now: datetime) -> Mapping[str, Any]:
        """The form of what is said of a document that is written; days are those of the team's zone."""
        zone = ZoneInfo(interview.zone)
        today = now.astimezone(zone).date()
        match button:
            case Button.SHARES:
                return share_form(interview.id, today, interview.shares)
            case Button.APPROVE:
                with self.database.reading() as unit:
                    names = unit.people.names(interview.workspace, {each.by for each in interview.approvals})
                return approve_form(interview.id, interview.approvals, names)
            case _:
                written = interview.written_at.astimezone(zone).date() if interview.written_at else today
                return follow_up_form(interview.id, written, today, interview.follow_up.day)

    def checklist(self, postmortem: int) -> Mapping[str, Any]:
        """How a postmortem stands by each rule, for one person."""
        with self.database.reading() as unit:
            interview, source = unit.postmortems.load(postmortem)
            look = self._look(interview, unit)
        matter = self.checking.matter(script_of(source), interview)
        checks = checklist(matter)
        asking = self.checking.open_questions(matter, checks)
        return checklist_modal(postmortem, checks, look.names, self.say, asking)

    def unmet(self, postmortem: int) -> str:
        """What still has to hold before the document is final, as half a sentence; empty where nothing has to."""
        with self.database.reading() as unit:
            interview, source = unit.postmortems.load(postmortem)
        return self.checking.unmet(self.checking.checks(script_of(source), interview))

    def question_about(self, interview: Interview, why: str) -> Asking | None:
        """The question that a place of the checklist offers; None where it is not open any more."""
        with self.database.reading() as unit:
            source = unit.postmortems.load(interview.id)[1]
        matter = self.checking.matter(script_of(source), interview)
        asking = self.checking.open_questions(matter, checklist(matter))
        return next((each for each in asking if each.why == why), None)

    def checklist_told(self, postmortem: int) -> Message:
        """The same as a message, where no modal can be opened at once."""
        with self.database.reading() as unit:
            interview, source = unit.postmortems.load(postmortem)
            look = self._look(interview, unit)
        checks = self.checking.checks(script_of(source), interview)
        return checklist_message(postmortem, checks, look.names, self.say)

    def next_items(self, page: modals.ItemsPage) -> Mapping[str, Any] | None:
        """A further page of the form of actions; None where there are no more. Raises UnknownPostmortem."""
        with self.database.reading() as unit:
            more = any(page.holds(item) for item in unit.items.all(page.postmortem))
        return self.items(page) if more else None

    def items(self, page: modals.ItemsPage) -> Mapping[str, Any]:
        """A page of the form of actions. Raises UnknownPostmortem."""
        with self.database.reading() as unit:
            found = unit.items.all(page.postmortem)
            interview, _ = unit.postmortems.load(page.postmortem)
            names = unit.people.names(interview.workspace, users_in(interview, (), found))

        def begin_ticket(item: Item) -> str:
            if not self.ticket_url:
                return ""
            # Trackers know nothing of how Slack escapes what people write.
            title, of, measure = (unescape(plain(t, names)) for t in (item.text, interview.title, item.measure or ""))
            text = f"{item.number} of {interview.number}, {of}"
            text += f"\nHow we will know that it worked: {measure}" if measure else ""
            return new_ticket(self.ticket_url, title, text)

        return modals.fill_items(page, found, names, begin_ticket)

    def fields(self, postmortem: int, page: int = 0) -> Mapping[str, Any]:
        """A page of the form of fields, with what is known of each."""
        with self.database.reading() as unit:
            interview, source = unit.postmortems.load(postmortem)
        script = script_of(source)
        if script.form is None:
            return no_form(postmortem, self.say("sentences", code="no_form", **notice_blocks.NO_VALUES))
        known = {
            name: quote
            for name in script.form.pages[page].fields
            if (quote := field(script, interview, name)) is not None
        }
        return fields_form(postmortem, script.form, known, page)

    def pages(self, postmortem: int) -> int:
        """How many pages the form of fields has; 0 where the kind has none."""
        with self.database.reading() as unit:
            _, source = unit.postmortems.load(postmortem)
        form = script_of(source).form
        return len(form.pages) if form is not None else 0

    def _export_form(self, interview: Interview) -> Mapping[str, Any]:
        """Which document, in which formats; the kind of this postmortem comes first."""
        with self.database.reading() as unit:
            source = unit.postmortems.load(interview.id)[1]
        layouts = self.documents.layouts
        own = layouts.of(script_of(source))
        kinds = sorted(layouts.kinds(), key=lambda kind: kind != own)
        return export_form(interview.id, [(kind, layouts.get(kind).title) for kind in kinds], FORMATS)

    def _question(self, interview: Interview, position: int) -> str:
        if not 0 < position <= len(interview.asked):
            return ""
        with self.database.reading() as unit:
            look = self._look(interview, unit)
        return plain(interview.asked[position - 1].text, look.names)

    def headings(self, postmortem: int) -> Mapping[str, str]:
        """The sections of a document as it would read now: their headings by their ids."""
        with self.database.reading() as unit:
            interview, source = unit.postmortems.load(postmortem)
        return {s.id: s.heading for s in self.documents.compose(script_of(source), interview).sections}

    def edit(self, postmortem: int, section: str) -> Mapping[str, Any]:
        """The form of one section, or the list of all where none is named."""
        with self.database.reading() as unit:
            interview, source = unit.postmortems.load(postmortem)
        if section:
            return self._section_modal(interview, section)
        return modals.sections(interview.id, self.previews(script_of(source), interview))

    def answers(self, postmortem: int, page: int = 0) -> Mapping[str, Any]:
        """A page of all answers, each where it stands, to be moved."""
        with self.database.reading() as unit:
            interview, source = unit.postmortems.load(postmortem)
            look = self._look(interview, unit)
        script = script_of(source)
        headings = {s.id: s.heading for s in targets(script)}
        return answers_modal(postmortem, movable(script, interview), headings, look, page)

    def _section_modal(self, interview: Interview, section_id: str) -> Mapping[str, Any]:
        with self.database.reading() as unit:
            source = unit.postmortems.load(interview.id)[1]
            names = unit.people.names(interview.workspace, users_in(interview))
        document = self.documents.compose(script_of(source), interview)
        section = document.section(section_id) or document.sections[0]
        text = section_markdown(document, section.id)
        if not section.stale:
            return modals.edit_section(interview.id, section.id, section.heading, text)
        unedited = replace(interview, edits=tuple(e for e in interview.edits if e.section != section.id))
        since = section_markdown(self.documents.compose(script_of(source), unedited), section.id)
        about = (interview.id, section.id, section.heading, text)
        return modals.edit_section(*about, since=since, base=section.base, names=names)

    def _offer_modal(self, interview: Interview, key: str) -> Mapping[str, Any]:
        offer = offer_called(interview, key)
        if offer is None:
            return no_offer(interview.id, self.say("ignored", why="offer_over"))
        with self.database.reading() as unit:
            look = self._look(interview, unit)
        shown = replace(offer, text=plain_lines(offer.text, look.names))
        return offer_form(interview.id, shown, look, taken=offered(interview, key) is None)

    # alone -------------------------------------------------------------------------------------------------------

    def cancel_question(self, brief: Brief) -> Message:
        return notice_blocks.cancel_question(self.say, brief.id, brief.number)

    def enter_fields(self, brief: Brief) -> Message:
        return notice_blocks.enter_fields(self.say, brief.id, brief.number)

    def edit_document(self, brief: Brief) -> Message:
        return notice_blocks.edit_document(self.say, brief.id, brief.number)

    def edit_timeline(self, brief: Brief) -> Message:
        return notice_blocks.edit_timeline(self.say, brief.id, brief.number)

    def nudge(
        self,
        workspace: Workspace,
        user: str,
        own: Sequence[Item],
        unowned: Sequence[Item],
        now: datetime,
        done: Sequence[Item] = (),
        handed_on: Sequence[Item] = (),
    ) -> Message:
        """The weekly reminder of one person.

        `done` is what was closed since, to be judged or opened again, `handed_on` what somebody else owns since.
        """
        look = self._look_alone(workspace, [*own, *unowned, *done, *handed_on])
        return nudge_blocks.nudge(
            self.nudged(own), self.nudged(unowned), now.date(), look, self.nudged(done), handed_on
        )

    def nudged(self, found: Sequence[Item]) -> list[Nudged]:
        """Items with the title and the address of their postmortem."""
        known: dict[int, tuple[str, str]] = {}
        with self.database.reading() as unit:
            for postmortem in {i.postmortem_id for i in found}:
                interview, _ = unit.postmortems.load(postmortem)
                link = self.room.permalink(interview.channel, interview.thread_ts) if interview.thread_ts else ""
                known[postmortem] = (interview.title, link)
        return [Nudged(item, *known[item.postmortem_id]) for item in found]

    def _look_alone(self, workspace: Workspace, found: Sequence[Item]) -> Look:
        users = {getattr(i.owner, "user_id", "") for i in found} | {i.facilitator for i in found}
        users |= {i.closed_by or "" for i in found} | {u for i in found for u in mentioned(i)}
        with self.database.reading() as unit:
            names = unit.people.names(workspace, users - {""})
        return Look(self.say, names, lambda ts: "")


def unanswered(document: Document) -> tuple[Missing, ...]:
    """The sections that hold no answer, by their headings, and how that came about."""
    return tuple(Missing(section.heading, section.state) for section in document.unanswered)
