"""What does somebody do with an offer? Takes it as it stands, in words of their own, or not at all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.clock import Clock
from bot.interview import events as ev
from bot.interview.conclusions import Ground
from bot.interview.glosses import missing
from bot.interview.offers import EXECUTIVE, offered, text_of
from bot.interview.reviews import OF_CLAUDE, question_called
from bot.interview.state import Interview, Quote
from bot.interview.thoughts import Purpose
from bot.publish.documents import Documents
from bot.report.brief import base_of
from bot.report.checks.questions import about_section
from bot.scripts.shelf import script_of
from bot.slack.ids import Button
from bot.slack.inert import plain_lines
from bot.timeline.marked import entry_of
from bot.timeline.mentions import resolved
from bot.understanding.findings import fields_of, findings_of
from bot.understanding.people_named import known_names, users_in, users_of
from storage.database import Database
from storage.unit import Unit

#: Why such an entry stands on the timeline.
REASON = "missed by the rules"


@dataclass
class Offers:
    """Turns presses and forms into events; whether an offer still stands is for the row to say."""

    database: Database
    documents: Documents
    clock: Clock

    def pressed(self, button: str, key: str, user: str, interview: Interview) -> ev.Event:
        if button in (Button.OFFER_IGNORE, Button.QUESTION_IGNORE, Button.GLOSS_IGNORE):
            return ev.OfferIgnored(key, user, self.clock.now())
        thought = offered(interview, key)
        return self._taken(key, text_of(thought) if thought is not None else "", user, interview, edited=False)

    def sent(self, key: str, text: str, user: str, interview: Interview) -> ev.Event:
        """The form was sent: unchanged, it is taken as it stood."""
        thought = offered(interview, key)
        if thought is not None:
            with self.database.reading() as unit:
                names = unit.people.names(interview.workspace, users_in(interview))
            offer = text_of(thought)
            if text.strip() == plain_lines(offer, names).strip():
                return self._taken(key, offer, user, interview, edited=False)
            for person in users_of(offer):
                # The form reads no markup: who is named there as in the offer is that person.
                text = text.replace(f"@{names[person]}", f"<@{person}>") if person in names else text
        return self._taken(key, text, user, interview, edited=True)

    def missing(self, key: str, user: str, interview: Interview) -> tuple[ev.Event, Callable[[Unit, Interview], None]]:
        """The event that puts missed messages on the timeline, and what is written with it: in their own words."""
        now = self.clock.now()

        def also(unit: Unit, before: Interview) -> None:
            thought = offered(before, key)
            if thought is None:
                return
            there = {kept.entry.source_ts for kept in unit.entries.all(before.id)}
            called = unit.people.called(before.workspace)
            for each in missing(before)[1]:
                said = unit.record.get(before.workspace, before.record_channel, each.ts)
                entry = entry_of(replace(said, text=resolved(said.text, called)), REASON) if said is not None else None
                if entry is not None and each.ts not in there:
                    unit.entries.add(before.id, entry, user, now)

        thought = offered(interview, key)
        return ev.OfferTaken(key, text_of(thought) if thought is not None else "", user, now), also

    def asked(self, key: str, user: str, interview: Interview) -> ev.Event:
        """An open question is put in the thread, to who knows: the writer of the section, else the facilitator."""
        now, found = self.clock.now(), question_called(interview, key)
        if found is None:
            return ev.OfferIgnored(key, user, now)
        with self.database.reading() as unit:
            script = script_of(unit.postmortems.load(interview.id)[1])
        why, to, question = f"{OF_CLAUDE}{key}", interview.facilitator, found.about
        if found.purpose is Purpose.REVIEW:
            asking = about_section(script, interview, found.about, found.text, why)
            to, question = (asking.to, asking.question) if asking is not None else (to, "")
        quote = next((said for ground in found.grounds if (said := _said_there(interview, ground)) is not None), None)
        return ev.AskedLater(why, found.text, question, to, user, now, quote)

    def _taken(self, key: str, text: str, user: str, interview: Interview, *, edited: bool) -> ev.OfferTaken:
        thought, now = offered(interview, key), self.clock.now()
        if thought is not None and thought.purpose in (Purpose.SUMMARY, Purpose.EXECUTIVE):
            return ev.OfferTaken(key, text, user, now, edited, base=self._base(interview, thought.about))
        with self.database.reading() as unit:
            found = findings_of(text, known_names(unit, interview))
        return ev.OfferTaken(key, text, user, now, edited, found, fields_of(text))

    def _base(self, interview: Interview, section_id: str) -> str:
        """The digest of what the section says without it."""
        with self.database.reading() as unit:
            source = unit.postmortems.load(interview.id)[1]
        document = self.documents.compose(script_of(source), interview)
        section = document.section(section_id)
        if section is None:
            return base_of(document.sections) if section_id == EXECUTIVE else ""
        return section.base


def _said_there(interview: Interview, ground: Ground) -> Quote | None:
    """The words of a ground as those of the answer that they stand in, so that they go with it."""
    said = next((s for s in interview.said if not s.deleted and ground.words in s.text), None)
    return Quote(ground.words, said.ts, said.user) if said is not None else None
