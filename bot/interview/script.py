"""What is a script? The kind of postmortem that a file declares: topics, questions and sections, as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

#: Facts that the record can settle, and that wordings and conditions may name.
FACTS = frozenset(
    {
        "began", "detected", "acknowledged", "declared", "investigated", "escalated", "cause", "mitigated",
        "partly_recovered", "resolved", "duration", "detected_after", "acknowledged_after", "mitigated_after",
        "resolved_after", "severity", "services", "impact", "milestones", "versions",
        "hypothesis", "suspected", "mitigation", "loose_end", "loose_end_2",
        "loose_end_3", "links", "artefacts", "customers_told", "promised", "promised_2", "promised_3", "promised_4",
        "promised_5", "promised_6",
    }
)  # fmt: skip
#: Facts that an answer can settle where the record does not.
TELLABLE_MOMENTS = frozenset({"began", "detected"})
#: A stretch of time in the answer is that of the incident: when it began, and from when on it was better.
WINDOW = "window"
#: The versions of the record, which an answer can confirm.
VERSIONS = "versions"
TELLABLE = TELLABLE_MOMENTS | {"cause", "severity", VERSIONS, WINDOW}
#: What the word rules can find in an answer.
MENTIONS = frozenset(
    {
        "number", "count", "duration", "time", "link", "version", "money", "objective", "data_loss", "action",
        "audience", "luck", "nothing", "unknown", "doubt", "pointer", "only_impact", "only_luck",
    }
)  # fmt: skip
#: An answer that is one word: what is meant by it?
ONE_WORD = "one_word"
CONCERNS = frozenset({"person_as_cause", "human_error", "counterfactual", "hindsight", "judgement", "vague", ONE_WORD})
#: What a wording may name in braces: a fact, the words it builds on, who said them, and the numbered factors.
PLACEHOLDERS = FACTS | {"quote", "who", "factors"}
#: The section of a near miss that says how far it could have gone.
NEARLY = "reach"
#: How a section can be composed.
MADE_OF = frozenset({"answers", "summary", "facts", "timeline", "factors", "items"})


class ScriptError(ValueError):
    """The script cannot be used; `faults` lists every reason in words."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("; ".join(faults))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Condition:
    """One thing to hold: a fact is known (or has one of the values), is missing, somebody said such a thing, or at
    least so many factors are named. `missing` beside `fact` must hold too. With `lacks`, one of these fields must be
    unknown besides."""

    fact: str | None = None
    values: tuple[str, ...] = ()
    missing: str | None = None
    said: str | None = None
    #: With `said`: only answers to this question count; empty means any earlier answer.
    of: str | None = None
    factors: int = 0
    #: Fields of `fields.py`; alone or beside any of the others.
    lacks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Wording:
    """A text with placeholders in braces, used when one of its conditions holds; always when there is none."""

    text: str
    when: tuple[Condition, ...] = ()
    #: The moment that it asks for: an answer that names one becomes that fact.
    tells: str | None = None
    #: What this wording builds on, where that is not what the question does.
    builds_on: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Probe:
    """The follow-up for an answer that lacks something or raises a concern."""

    about: str
    text: str


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a topic."""

    id: str
    topic: str
    wordings: tuple[Wording, ...]
    section: str
    #: What it builds on, best first: "answer:<question>", "fact:<name>", "parked" (an idea that was) or "last".
    builds_on: tuple[str, ...] = ("last",)
    needs: tuple[str, ...] = ()
    watch: tuple[str, ...] = ()
    probes: tuple[Probe, ...] = ()
    #: Asked when one of these holds; always when there is none.
    when: tuple[Condition, ...] = ()
    #: What makes it a confirmation, and how that reads.
    settled: tuple[Condition, ...] = ()
    confirms: tuple[Wording, ...] = ()
    #: 0: the topic's own question. 1 and more: depth, asked while the limit allows, small numbers first.
    depth: int = 0
    #: A question about causes goes deeper by hows: wording for the deeper levels.
    how: str = ""
    #: "actions" turns its answers into items; "alone" marks the factors that its answers name by number.
    collects: str = ""
    #: Which fields of `fields.py` an answer to it can fill.
    fields: tuple[str, ...] = ()
    #: Which facts stand beside it.
    shows: tuple[str, ...] = ()
    label: str = ""
    #: What says only this, and was answered to another question, can be moved here: `offer` stands on the button.
    takes: str = ""
    offer: str = ""

    @property
    def texts(self) -> tuple[str, ...]:
        """Everything that it may say."""
        asked = (*(w.text for w in (*self.wordings, *self.confirms)), *(p.text for p in self.probes))
        return (*asked, self.how) if self.how else asked


@dataclass(frozen=True, slots=True)
class Topic:
    """One thing the bot raises; `title` is a few words."""

    id: str
    title: str
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """One section of the document."""

    id: str
    heading: str
    #: answers, summary, timeline, factors, items or facts: how it is composed.
    made_of: str = "answers"
    #: Whether it stands on the first page, for a reader who was not there.
    front: bool = False
    #: Of items: the words before a colon that sort them, in the order in which the document shows them.
    sorts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the form in which people may enter fields."""

    title: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """Fields that people may enter in one go: offered once, after a question was passed, where `when` holds."""

    after: str
    pages: tuple[Page, ...]
    when: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class Script:
    """A kind of postmortem: what is asked, and what the document is made of."""

    id: str
    title: str
    version: int
    topics: tuple[Topic, ...]
    sections: tuple[Section, ...]
    #: How much it asks at most, where that is less than the setting; 0: as much as the setting allows.
    asks: int = 0
    #: Words of a channel that suggest this kind.
    words: tuple[str, ...] = ()
    #: The form of fields, where the kind has one.
    form: Form | None = None
    #: The scripts that the interview followed before its kind was changed, the newest first.
    earlier: tuple[Script, ...] = ()
    #: Its questions, in order.
    questions: tuple[Question, ...] = field(init=False, repr=False, compare=False)
    #: Those, and the questions that only earlier kinds had.
    _by_id: Mapping[str, Question] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "questions", tuple(q for t in self.topics for q in t.questions))
        known = {q.id: q for each in (self.passed, self.questions) for q in reversed(each)}
        object.__setattr__(self, "_by_id", known)

    def __hash__(self) -> int:
        # What is remembered of a script is looked up all the time: without going through all of its words.
        return hash((self.id, self.title, self.version))

    def question(self, question_id: str) -> Question:
        """The question, also one that only an earlier kind had. Raises KeyError when no kind has it."""
        return self._by_id[question_id]

    @property
    def nearly(self) -> bool:
        """Whether it is about what only nearly happened: it has a section for how far that could have gone."""
        return any(section.id == NEARLY for section in self.sections)

    @property
    def passed(self) -> tuple[Question, ...]:
        """The questions that only earlier kinds had: they are not asked any more, and what they heard is kept.

        It stands in their section, also where the new kind has that too, under a label that says when it was asked. A
        summary is none any more: what the incident was taken for then stands apart.
        """
        if not self.earlier:
            return ()
        found = {q.id: q for q in self.questions}
        for script in self.earlier:
            found = {**{q.id: _passed(script, q) for q in script.questions}, **found}
        return tuple(q for q in found.values() if q not in self.questions)

    @property
    def passed_sections(self) -> tuple[Section, ...]:
        """The sections of those questions that this kind does not have."""
        if not self.earlier:
            return ()
        mine, wanted = {s.id for s in self.sections}, {q.section for q in self.passed}
        all_of_them = (_passed_section(script, s) for script in self.earlier for s in script.sections)
        return tuple({s.id: s for s in all_of_them if s.id in wanted - mine}.values())

    def topic(self, topic_id: str, question_id: str) -> tuple[Topic, int, int]:
        """The topic of a question that was put, its number and out of how many, as when it was put."""
        for script in (self, *self.earlier):
            ids = [t.id for t in script.topics]
            if topic_id in ids and (script is not self or any(q.id == question_id for q in script.questions)):
                return script.topics[ids.index(topic_id)], 1 + ids.index(topic_id), len(ids)
        raise KeyError(topic_id)

    @property
    def actions_question(self) -> Question | None:
        return next((q for q in self.questions if q.collects == "actions"), None)


def _passed(script: Script, question: Question) -> Question:
    label = question.label or script.topic(question.topic, question.id)[0].title
    section = next((_passed_section(script, s).id for s in script.sections if s.id == question.section), "")
    told = f"{label}, asked while the kind was “{script.title}”"
    return replace(question, depth=max(question.depth, 1), label=told, section=section)


def _passed_section(script: Script, section: Section) -> Section:
    if section.made_of != "summary":
        return section
    heading = f"{section.heading}, while the kind was “{script.title}”"
    return Section(f"{section.id}-{script.id}", heading)
