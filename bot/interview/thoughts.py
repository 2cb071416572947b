"""What can a second mind be asked, and what may come of it? Values only: who thinks, and how, is not said here.

A thought is wanted for a purpose, about one thing of the interview (its key), from material that can be pointed at.
What comes back has been checked against that material, or says in one word why nothing came.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Purpose(StrEnum):
    """What a thought is for; each has one prompt file of the same name in `prompts/claude/`."""

    #: The next question, worded from what has been said, quoting it.
    QUESTION = "question"
    #: What an answer lacks: one question, or enough.
    CRITIQUE = "critique"
    #: A draft of the answer to a question, from the record.
    DRAFT = "draft"
    #: A few words for entries of the timeline, and messages that the rules missed; by message only.
    GLOSS = "gloss"
    #: The summary, and the one for a reader outside the trade, from accepted answers.
    SUMMARY = "summary"
    EXECUTIVE = "executive"
    #: Action items that people named in the record.
    ITEMS = "items"
    #: A blameless rewording of one sentence.
    REWORDING = "rewording"
    #: What the whole document leaves open, as at most five questions.
    REVIEW = "review"
    #: What two accounts disagree about.
    ACCOUNTS = "accounts"
    #: How past incidents are, or are not, like this one.
    SIMILAR = "similar"


@dataclass(frozen=True, slots=True)
class Line:
    """One piece of material that a statement may point at: a message, an answer, an entry, a section, an old incident.

    `id` is the asker's own name for it (a message's ts, a section's id, PM-2026-003); it never leaves as it is.
    """

    id: str
    text: str
    #: The Slack user who wrote it, and how the document speaks of that person ("the on-call engineer").
    user: str | None = None
    who: str = ""
    #: When it was written, aware UTC.
    at: datetime | None = None
    #: message, answer, entry, section, item or incident.
    kind: str = "message"


@dataclass(frozen=True, slots=True)
class Material:
    """All that a thought may be made from; what is not in it cannot be stated."""

    purpose: Purpose
    #: The kind of postmortem and its title, as people see them.
    kind: str
    title: str
    lines: tuple[Line, ...]
    #: Computed facts by their names, as the document words them; their numbers and times may be used.
    facts: Mapping[str, str] = field(default_factory=dict)
    #: The question that is to be worded, answered or judged, as the script has it.
    question: str = ""
    #: What the answer must hold, in words ("a count", "a time").
    needs: tuple[str, ...] = ()
    #: Questions that were put already; none of them is asked again.
    asked: tuple[str, ...] = ()
    #: What is to be judged, reworded or compared: the ids of lines.
    about: tuple[str, ...] = ()
    #: What people are called, by Slack user: so that names that were typed can be told from other words.
    people: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words that stand in a line, unchanged, and the line's id."""

    id: str
    quote: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """One statement or question, and what it rests on."""

    text: str
    evidence: tuple[Evidence, ...] = ()
    #: What it is about, where the purpose sorts: a section's id, the id of a line, a role.
    about: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """An action item that somebody named; `owner` is a Slack user of the material, `due` their own words."""

    text: str
    evidence: tuple[Evidence, ...]
    owner: str | None = None
    due_words: str = ""


@dataclass(frozen=True, slots=True)
class Conclusion:
    """What came of a thought, after every check; an empty one says that there is nothing to say."""

    purpose: Purpose
    #: Statements (draft, summary, gloss, rewording, similar), each about one thing.
    sentences: tuple[Sentence, ...] = ()
    #: Questions (question, critique, review, accounts), the best first.
    questions: tuple[Sentence, ...] = ()
    items: tuple[Proposal, ...] = ()
    #: Of a critique: the answer has what it needs.
    enough: bool = False
    #: How many statements the checks took out.
    dropped: int = 0
    #: How many lines of the material were not shown, because there were too many.
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class Unavailable:
    """Why nothing came, in one word that a template turns into a sentence.

    off, not_allowed, no_key, budget_postmortem, budget_day, overloaded, timeout, connection, circuit_open, refused,
    truncated, schema, spend_limit, rejected, nothing_left (every statement failed the checks), under_way (the same
    thought is being thought elsewhere), lost (its process died twice), no_database (it could not be written down).
    """

    reason: str
    #: Whether a later try may go better.
    retryable: bool = False
