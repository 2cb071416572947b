"""What does a second mind ask of the whole document, and where two accounts differ? Kept open until somebody asks it.

Nothing of it is a statement: each is one question with the words that it is about, to be put to who knows, or ignored.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.interview.conclusions import Ground, Role, Saying, Standing, Thought
from bot.interview.filing import answer
from bot.interview.replacing import replace
from bot.interview.script import Script
from bot.interview.state import Interview, Stage
from bot.interview.thinking import basis_of
from bot.interview.thoughts import Purpose

#: The purposes whose questions stand beside the sections.
ASKING = frozenset({Purpose.REVIEW, Purpose.ACCOUNTS})
#: Accounts are compared under at most so many questions, the ones that most people answered.
COMPARED = 3
#: Before the name of an open question, where it becomes one of the thread.
OF_CLAUDE = "claude:"
#: The document is read so often, where it changed while it was read.
READ = 3
#: At most so many questions stand beside the sections (facilitation: no more than five follow-ups on a document).
SHOWN = 5


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """One question that stands beside the sections. `about` is the section or the question of the script."""

    key: str
    number: int
    purpose: Purpose
    text: str
    grounds: tuple[Ground, ...]
    about: str


def wanted_reviews(script: Script, interview: Interview, at: datetime) -> tuple[Thought, ...]:
    """What is to be thought once the questions are over: of the document as a whole, and of answers of several people.

    Once for each: what people change afterwards is theirs. What was thought of a document that has changed meanwhile is
    dropped, and it is read again.
    """
    if interview.stage is not Stage.REVIEWING:
        return ()
    printed = {q.id: answer(interview, q.id).printed for q in script.questions}
    if not any(printed.values()):
        return ()
    several = sorted(
        ((len({s.user for s in said}), id) for id, said in printed.items() if len({s.user for s in said}) > 1),
        reverse=True,
    )
    found = [Thought(f"review-{interview.revision}", Purpose.REVIEW, at, 0, "", str(interview.revision))]
    mine = [t for t in interview.thoughts if t.purpose is Purpose.REVIEW]
    if len(mine) >= READ or any(t.standing is not Standing.DROPPED for t in mine):
        found = []
    found += [
        Thought(f"accounts-{id}", Purpose.ACCOUNTS, at, 0, id, basis_of(printed[id])) for _, id in several[:COMPARED]
    ]
    known = {t.key for t in interview.thoughts}
    return tuple(thought for thought in found if thought.key not in known)


def open_questions(interview: Interview) -> tuple[OpenQuestion, ...]:
    """The questions that may be asked, or ignored, before the document is written."""
    if interview.stage is not Stage.REVIEWING:
        return ()
    found = [
        OpenQuestion(t.key, number, t.purpose, saying.text, saying.grounds, saying.about or t.about)
        for t in interview.thoughts
        if t.purpose in ASKING and t.standing is Standing.CAME
        for number, saying in enumerate(t.sayings)
        if saying.role is Role.QUESTION
    ]
    return tuple(found[:SHOWN])


def question_called(interview: Interview, name: str) -> OpenQuestion | None:
    """The open question whose name, `key#number`, a button carries."""
    return next((q for q in open_questions(interview) if f"{q.key}#{q.number}" == name), None)


def without_question(interview: Interview, asked: OpenQuestion, why: str, by: str, at: datetime) -> Interview:
    """The interview in which that question was asked or is not wanted; a thought without questions is done."""

    def left(thought: Thought) -> Thought:
        if thought.key != asked.key:
            return thought
        sayings = tuple(_done(s) if n == asked.number else s for n, s in enumerate(thought.sayings))
        fresh = replace(thought, sayings=sayings)
        if any(s.role is Role.QUESTION for s in sayings):
            return fresh
        return replace(fresh, standing=Standing.USED, why=why, ended_at=at, by=by)

    return replace(interview, thoughts=tuple(left(t) for t in interview.thoughts))


def _done(saying: Saying) -> Saying:
    """A question that was asked is a statement of the past; the numbers of the others stay."""
    return replace(saying, role=Role.STATEMENT)
