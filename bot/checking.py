"""How does a saved postmortem stand by each rule now? Loads what the rules look at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.actions.values import Person
from bot.clock import Clock
from bot.interview.script import Script
from bot.interview.state import Interview, Stage
from bot.interview.writing import LATER_AT_MOST
from bot.publish.documents import Documents, item_lines
from bot.report.checklist import checklist, unmet
from bot.report.checks.questions import Asking, askings
from bot.report.checks.rule import Check, Matter
from bot.report.document import Document
from bot.understanding.people_named import known_names, users_in
from storage.database import Database


@dataclass
class Checking:
    """Holds postmortems of one workspace against the rules."""

    database: Database
    documents: Documents
    clock: Clock

    def checks(self, script: Script, interview: Interview, document: Document | None = None) -> tuple[Check, ...]:
        """What each rule says; `document` saves composing it once more."""
        return checklist(self.matter(script, interview, document))

    def unmet(self, checks: Sequence[Check]) -> str:
        """What still has to hold before the document is final, as half a sentence; empty where nothing has to."""
        return unmet(checks, self.documents.binding)

    def open_questions(self, matter: Matter, checks: Sequence[Check]) -> tuple[Asking, ...]:
        """What could be asked about what is weak; none while the questions go on, or once enough were asked."""
        interview = matter.interview
        after_asking = interview.stage in (Stage.REVIEWING, Stage.WRITTEN)
        if not after_asking or len(interview.later) >= LATER_AT_MOST:
            return ()
        with self.database.reading() as unit:
            items = unit.items.all(interview.id)
        owners = {item.number: item.owner.user_id for item in items if isinstance(item.owner, Person)}
        return askings(matter, checks, owners)

    def matter(self, script: Script, interview: Interview, document: Document | None = None) -> Matter:
        """All that the rules look at, from one look at the database."""
        with self.database.reading() as unit:
            items = unit.items.all(interview.id)
            names = unit.people.names(interview.workspace, users_in(interview, (), items))
            known = frozenset(known_names(unit, interview))
        composed = document or self.documents.compose(script, interview)
        lines = tuple(item_lines(interview, items, names))
        wants = self.documents.wants_approvals(script)
        return Matter(script, composed, interview, lines, self.clock.now(), wants, known)
