"""How is thought beside a conversation? Each thought is a row with a claim of its own, in a pool of its own.

The conversation asks for thoughts in its rows and goes on; whoever thinks reads the rows, thinks outside of any
transaction, and tells what came as an event. If the process dies, the next sweep finds the thought still wanted.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Protocol

import structlog

from bot.clock import Clock
from bot.errors import DatabaseFault
from bot.facilitator import Facilitator
from bot.interview import events as ev
from bot.interview.conclusions import Ground, Role, Saying, Standing, Thought
from bot.interview.outcome import Ignored
from bot.interview.plan import Limits
from bot.interview.script import Script
from bot.interview.state import Interview, Workspace
from bot.interview.thoughts import Conclusion, Evidence, Line, Material, Purpose, Sentence, Unavailable
from bot.scripts.shelf import script_of
from bot.understanding.materials import material
from bot.workers import Workers
from storage.database import Database
from storage.errors import Fenced, UnknownPostmortem

log = structlog.get_logger()

#: What came of these is seen only when somebody goes on.
UNSEEN = (Purpose.CRITIQUE.value, Purpose.QUESTION.value)
#: The pool of workers in which is thought.
THINKING = "thinking"
#: How long one thought may take, in seconds: the first two are of use only while people still write.
DEADLINE: Mapping[Purpose, float] = {Purpose.CRITIQUE: 20.0, Purpose.QUESTION: 20.0}
LONGEST = 60.0
#: How much longer than its deadline a claim lasts, in seconds.
GRACE = 60.0
#: After so many seconds a thought that is under way elsewhere, or could not be written down, is looked at again.
AGAIN = 5.0
#: Whoever thinks lets people go first, for so many seconds at most.
PATIENCE = 2.0
#: So often a thought is begun, whatever happens to who thinks it.
TRIES = 3


class Mind(Protocol):
    """Who thinks; see `bot.claude.mind`."""

    def think(
        self, material: Material, *, workspace: Workspace, postmortem: int, key: str, deadline: float
    ) -> Conclusion | Unavailable: ...

    def preview(self, material: Material) -> str: ...


@dataclass
class Thinking:
    """Thinks what the postmortems of one workspace want; several replicas may share one database."""

    database: Database
    mind: Mind
    facilitator: Facilitator
    clock: Clock
    limits: Limits
    workers: Workers
    workspace: Workspace
    #: The sections of the document as it reads now.
    sections: Callable[[Script, Interview], Sequence[Line]]
    #: What this process is at, so that a sweep does not look at it again.
    _under_way: set[tuple[int, str]] = field(default_factory=set)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def wake(self, postmortem: int) -> None:
        """Has the thoughts of a postmortem thought, soon."""
        self.workers.submit(f"thoughts:{postmortem}", lambda: self._begin_of(postmortem), THINKING, first=True)

    def sweep(self) -> None:
        """Begins whatever is wanted and nobody is at; called every few seconds, and by every replica."""
        with self.database.reading() as unit:
            waiting = unit.thoughts.waiting(self.workspace)
        self._begin(waiting)

    def _begin_of(self, postmortem: int) -> None:
        with self.database.reading() as unit:
            interview, _ = unit.postmortems.load(postmortem)
        self._begin((postmortem, t.key) for t in interview.thoughts if t.standing is Standing.WANTED)

    def _begin(self, waiting: Iterable[tuple[int, str]]) -> None:
        for postmortem, key in waiting:
            with self._lock:
                if (postmortem, key) in self._under_way:
                    continue
                self._under_way.add((postmortem, key))
            self.workers.submit(f"thought:{postmortem}:{key}", self._one(postmortem, key), THINKING)

    def _one(self, postmortem: int, key: str) -> Callable[[], None]:
        def work() -> None:
            try:
                # A thought is in less of a hurry than a press or an answer.
                self.workers.wait_until_calm(PATIENCE)
                self.think(postmortem, key)
            finally:
                with self._lock:
                    self._under_way.discard((postmortem, key))

        return work

    def think(self, postmortem: int, key: str) -> None:
        """Thinks one thought, if it is still wanted and nobody else is at it, and tells what came of it."""
        owner = self.facilitator.owner
        with self.database.writing() as unit:
            tries = unit.thoughts.take(self.workspace, postmortem, key, owner, LONGEST + GRACE)
        if tries is None:
            return
        try:
            outcome, writers = self._thought(postmortem, key, owner, tries)
        except DatabaseFault as err:
            log.warning("thought.not_begun", postmortem=postmortem, key=key, why=str(err))
            return
        except UnknownPostmortem:
            return
        if isinstance(outcome, Unavailable) and outcome.reason in ("under_way", "no_database"):
            with self.database.writing() as unit:
                unit.thoughts.rest(postmortem, key, owner, AGAIN)
            return
        self.workers.wait_until_calm(PATIENCE)
        self._tell(postmortem, key, owner, came(key, outcome, writers, self.clock.now()))

    def _thought(
        self, postmortem: int, key: str, owner: str, tries: int
    ) -> tuple[Conclusion | Unavailable, Mapping[str, str]]:
        with self.database.reading() as unit:
            interview, source = unit.postmortems.load(postmortem)
            thought = next((t for t in interview.thoughts if t.key == key), None)
            paid = tries > 1 and any(c.key == key and c.outcome == "ok" for c in unit.calls.of(postmortem))
            if thought is None or thought.standing is not Standing.WANTED:
                return Unavailable("off"), {}
            if paid or tries > TRIES:
                # It was answered, and the process died before anybody was told: it is not paid for once more. Nor is
                # one tried for ever that always ends in an error.
                return Unavailable("lost"), {}
        made = self._made(interview, script_of(source), thought)
        deadline = DEADLINE.get(thought.purpose, LONGEST)
        outcome = self.mind.think(made, workspace=self.workspace, postmortem=postmortem, key=key, deadline=deadline)
        if isinstance(outcome, Conclusion) and thought.purpose is Purpose.GLOSS:
            # What stands on the timeline already is told there in its own words.
            fresh = tuple(s for s in outcome.sentences if s.about not in made.about)
            outcome = replace(outcome, sentences=fresh)
        return outcome, {line.id: line.user for line in made.lines if line.user}

    def _tell(self, postmortem: int, key: str, owner: str, event: ev.ThoughtCame) -> None:
        try:
            heard = self.facilitator.apply(
                postmortem, event, also=lambda unit, _: unit.thoughts.finish(postmortem, key, owner)
            )
        except Fenced:
            log.info("thought.lost", postmortem=postmortem, key=key)
            return
        if isinstance(heard, Ignored) or (not event.why and key.startswith(UNSEEN)):
            return
        self.facilitator.wake(postmortem)

    def preview(self, interview: Interview, source: str, thought: Thought) -> str:
        """What would be sent for a thought, word for word."""
        return self.mind.preview(self._made(interview, script_of(source), thought))

    def _made(self, interview: Interview, script: Script, thought: Thought) -> Material:
        sections = self.sections(script, interview) if thought.purpose is Purpose.REVIEW else ()
        with self.database.reading() as unit:
            return material(unit, script, interview, thought, self.limits, sections)


def came(key: str, outcome: Conclusion | Unavailable, writers: Mapping[str, str], at: datetime) -> ev.ThoughtCame:
    """The event that says what came of a thought; `writers` are the users who wrote its lines, by the lines' ids."""
    if isinstance(outcome, Unavailable):
        return ev.ThoughtCame(key, at, why=outcome.reason)

    def grounds(evidence: tuple[Evidence, ...]) -> tuple[Ground, ...]:
        return tuple(Ground(each.id, each.quote, writers.get(each.id)) for each in evidence)

    def saying(sentence: Sentence, role: Role) -> Saying:
        return Saying(sentence.text, role, grounds(sentence.evidence), sentence.about)

    sayings = (
        *(saying(each, Role.STATEMENT) for each in outcome.sentences),
        *(saying(each, Role.QUESTION) for each in outcome.questions),
        *(
            Saying(each.text, Role.ITEM, grounds(each.evidence), owner=each.owner, due_words=each.due_words)
            for each in outcome.items
        ),
    )
    return ev.ThoughtCame(key, at, sayings, outcome.enough, outcome.dropped)
