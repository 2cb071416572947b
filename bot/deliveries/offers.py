"""What does somebody do with an offer? Takes it as it stands, in words of their own, or not at all."""

from __future__ import annotations

from dataclasses import dataclass

from bot.clock import Clock
from bot.interview import events as ev
from bot.interview.offers import offered, text_of
from bot.interview.state import Interview
from bot.interview.thoughts import Purpose
from bot.publish.documents import Documents
from bot.scripts.shelf import script_of
from bot.slack.ids import Button
from bot.slack.inert import plain
from bot.understanding.findings import fields_of, findings_of
from bot.understanding.people_named import users_in
from storage.database import Database


@dataclass
class Offers:
    """Turns presses and forms into events; whether an offer still stands is for the row to say."""

    database: Database
    documents: Documents
    clock: Clock

    def pressed(self, button: str, key: str, user: str, interview: Interview) -> ev.Event:
        if button == Button.OFFER_IGNORE:
            return ev.OfferIgnored(key, user, self.clock.now())
        thought = offered(interview, key)
        return self._taken(key, text_of(thought) if thought is not None else "", user, interview, edited=False)

    def sent(self, key: str, text: str, user: str, interview: Interview) -> ev.Event:
        """The form was sent: unchanged, it is taken as it stood."""
        thought = offered(interview, key)
        if thought is not None:
            with self.database.reading() as unit:
                names = unit.people.names(interview.workspace, users_in(interview))
            if text.strip() == plain(text_of(thought), names).strip():
                return self._taken(key, text_of(thought), user, interview, edited=False)
        return self._taken(key, text, user, interview, edited=True)

    def _taken(self, key: str, text: str, user: str, interview: Interview, *, edited: bool) -> ev.OfferTaken:
        thought, now = offered(interview, key), self.clock.now()
        if thought is not None and thought.purpose in (Purpose.SUMMARY, Purpose.EXECUTIVE):
            return ev.OfferTaken(key, text, user, now, edited, base=self._base(interview, thought.about))
        return ev.OfferTaken(key, text, user, now, edited, findings_of(text), fields_of(text))

    def _base(self, interview: Interview, section_id: str) -> str:
        """The digest of what the section says without it."""
        with self.database.reading() as unit:
            source = unit.postmortems.load(interview.id)[1]
        section = self.documents.compose(script_of(source), interview).section(section_id)
        return section.base if section is not None else ""
