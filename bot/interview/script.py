"""What is a script: topics, questions and sections as a file says them, checked when it is loaded."""

from __future__ import annotations

import re
import string
import tomllib
from dataclasses import dataclass
from typing import Any

#: Facts that the record can settle, and that wordings and conditions may name.
FACTS = frozenset(
    {
        "began", "detected", "acknowledged", "declared", "cause", "mitigated", "resolved", "duration",
        "detected_after", "mitigated_after", "resolved_after", "severity", "services", "impact", "milestones",
        "hypothesis", "mitigation", "loose_end", "links",
    }
)  # fmt: skip
#: Moments that an answer can settle where the record does not.
TELLABLE = frozenset({"began", "detected"})
#: What the word rules can find in an answer.
MENTIONS = frozenset(
    {"number", "count", "duration", "time", "link", "action", "audience", "luck", "nothing", "unknown"}
)
CONCERNS = frozenset({"person_as_cause", "human_error", "counterfactual", "hindsight", "judgement", "vague"})
PLACEHOLDERS = FACTS | {"quote", "who"}


class ScriptError(ValueError):
    """The script cannot be used; `faults` lists every reason in words."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("; ".join(faults))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Condition:
    """One thing to hold: a fact is known (or has one of the values), is missing, or somebody said such a thing."""

    fact: str | None = None
    values: tuple[str, ...] = ()
    missing: str | None = None
    said: str | None = None
    #: With `said`: only answers to this question count; empty means any earlier answer.
    of: str | None = None


@dataclass(frozen=True, slots=True)
class Wording:
    """A text with placeholders in braces, used when its condition holds."""

    text: str
    when: Condition | None = None
    #: The moment that it asks for: an answer that names one becomes that fact.
    tells: str | None = None


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
    #: What it builds on, best first: "answer:<question>", "fact:<name>" or "last".
    builds_on: tuple[str, ...] = ("last",)
    needs: tuple[str, ...] = ()
    watch: tuple[str, ...] = ()
    probes: tuple[Probe, ...] = ()
    when: Condition | None = None
    #: What makes it a confirmation, and how that reads.
    settled: tuple[Condition, ...] = ()
    confirm: str = ""
    #: 0: the topic's own question. 1 and more: depth, asked while the limit allows, small numbers first.
    depth: int = 0
    #: A question about causes goes deeper by hows: wording for the deeper levels.
    how: str = ""
    #: "actions" turns its answers into items.
    collects: str = ""
    #: Which facts stand beside it.
    shows: tuple[str, ...] = ()
    label: str = ""


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


@dataclass(frozen=True, slots=True)
class Script:
    """A kind of postmortem: what is asked, and what the document is made of."""

    id: str
    title: str
    version: int
    topics: tuple[Topic, ...]
    sections: tuple[Section, ...]

    def question(self, question_id: str) -> Question:
        return next(q for t in self.topics for q in t.questions if q.id == question_id)

    @property
    def questions(self) -> tuple[Question, ...]:
        return tuple(q for t in self.topics for q in t.questions)

    def topic_number(self, topic_id: str) -> int:
        return 1 + [t.id for t in self.topics].index(topic_id)

    @property
    def actions_question(self) -> Question | None:
        return next((q for q in self.questions if q.collects == "actions"), None)


def parse_script(source: str) -> Script:
    """Reads a script from TOML. Raises ScriptError with every fault found."""
    try:
        table = tomllib.loads(source)
    except tomllib.TOMLDecodeError as err:
        raise ScriptError([f"not valid TOML: {err}"]) from err
    faults: list[str] = []
    sections = tuple(
        Section(str(s.get("id", "")), str(s.get("heading", "")), str(s.get("made_of", "answers")))
        for s in table.get("section", [])
    )
    topics = tuple(_topic(t, faults) for t in table.get("topic", []))
    script = Script(
        str(table.get("id", "")), str(table.get("title", "")), int(table.get("version", 1)), topics, sections
    )
    faults += _faults(script)
    if faults:
        raise ScriptError(faults)
    return script


def _topic(table: dict[str, Any], faults: list[str]) -> Topic:
    topic_id = str(table.get("id", ""))
    return Topic(
        topic_id,
        str(table.get("title", "")),
        tuple(_question(topic_id, q, faults) for q in table.get("question", [])),
    )


_QUESTION_KEYS = {
    "id", "ask", "section", "builds_on", "needs", "watch", "probe", "when", "settled", "confirm", "depth", "how",
    "collects", "shows", "label",
}  # fmt: skip


def _question(topic: str, table: dict[str, Any], faults: list[str]) -> Question:
    question_id = str(table.get("id", ""))
    for unknown in sorted(set(table) - _QUESTION_KEYS):
        faults.append(f"question {question_id!r}: unknown key {unknown!r}")
    asks = table.get("ask", [])
    if isinstance(asks, str):
        asks = [{"text": asks}]
    settled = table.get("settled", [])
    return Question(
        id=question_id,
        topic=topic,
        wordings=tuple(
            Wording(str(a.get("text", "")), _condition(a.get("when"), question_id, faults), a.get("tells"))
            for a in asks
        ),
        section=str(table.get("section", "")),
        builds_on=tuple(table.get("builds_on", ["last"])),
        needs=tuple(table.get("needs", [])),
        watch=tuple(table.get("watch", [])),
        probes=tuple(Probe(str(p.get("about", "")), str(p.get("text", ""))) for p in table.get("probe", [])),
        when=_condition(table.get("when"), question_id, faults),
        settled=tuple(
            c
            for c in (_condition(s, question_id, faults) for s in ([settled] if isinstance(settled, dict) else settled))
            if c is not None
        ),
        confirm=str(table.get("confirm", "")),
        depth=int(table.get("depth", 0)),
        how=str(table.get("how", "")),
        collects=str(table.get("collects", "")),
        shows=tuple(table.get("shows", [])),
        label=str(table.get("label", "")),
    )


def _condition(table: dict[str, Any] | None, owner: str, faults: list[str]) -> Condition | None:
    if table is None:
        return None
    for unknown in sorted(set(table) - {"fact", "in", "missing", "said", "of"}):
        faults.append(f"question {owner!r}: a condition knows fact, in, missing, said and of, not {unknown!r}")
    found = Condition(
        table.get("fact"),
        tuple(table.get("in", ())),
        table.get("missing"),
        table.get("said"),
        table.get("of"),
    )
    for fact in (found.fact, found.missing):
        if fact is not None and fact not in FACTS:
            faults.append(f"question {owner!r}: unknown fact {fact!r}")
    if found.said is not None and found.said not in MENTIONS:
        faults.append(f"question {owner!r}: nothing can find {found.said!r} in an answer")
    if not (found.fact or found.missing or found.said):
        faults.append(f"question {owner!r}: an empty condition")
    return found


def _faults(script: Script) -> list[str]:
    faults: list[str] = []
    if not script.id or not script.topics or not script.sections:
        faults.append("a script needs an id, at least one topic and at least one section")
    ids = [q.id for q in script.questions]
    faults += [f"the id {i!r} stands twice" for i in sorted({i for i in ids if ids.count(i) > 1})]
    topic_ids = [t.id for t in script.topics]
    faults += [f"the topic {i!r} stands twice" for i in sorted({i for i in topic_ids if topic_ids.count(i) > 1})]
    known_sections = {s.id for s in script.sections}
    before: set[str] = set()
    for topic in script.topics:
        if not topic.questions or topic.questions[0].depth != 0:
            faults.append(f"topic {topic.id!r} must begin with a question of depth 0")
        for q in topic.questions:
            faults += _question_faults(q, before, known_sections)
            before.add(q.id)
    return faults


def _question_faults(q: Question, before: set[str], sections: set[str]) -> list[str]:
    faults: list[str] = []
    where = f"question {q.id!r}"
    if not q.wordings or q.wordings[-1].when is not None:
        faults.append(f"{where}: its last wording must have no condition, so that one always applies")
    if q.section not in sections:
        faults.append(f"{where}: unknown section {q.section!r}")
    if q.settled and not q.confirm:
        faults.append(f"{where}: 'settled' needs a 'confirm' wording")
    faults += [f"{where}: nothing can find {n!r} in an answer" for n in q.needs if n not in MENTIONS]
    faults += [f"{where}: an answer cannot tell {w.tells!r}" for w in q.wordings if w.tells and w.tells not in TELLABLE]
    faults += [f"{where}: unknown concern {c!r}" for c in q.watch if c not in CONCERNS]
    faults += [f"{where}: unknown fact {f!r}" for f in q.shows if f not in FACTS]
    faults += [
        f"{where}: a need without its probe: {n!r}"
        for n in (*q.needs, *q.watch)
        if n not in {p.about for p in q.probes}
    ]
    for ref in q.builds_on:
        kind, _, name = ref.partition(":")
        if not (ref == "last" or (kind == "fact" and name in FACTS) or (kind == "answer" and name in before)):
            faults.append(
                f"{where}: cannot build on {ref!r}; use 'last', 'fact:<name>' or 'answer:<an earlier question>'"
            )
    for text in [
        *(w.text for w in q.wordings),
        *(p.text for p in q.probes),
        *filter(None, [q.confirm, q.how]),
    ]:
        faults += [f"{where}: {fault}" for fault in wording_faults(text)]
    return faults


def wording_faults(text: str) -> list[str]:
    """What makes a wording unfit to be asked: too long, a why to a person, an unknown placeholder."""
    faults: list[str] = []
    try:
        names = {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
    except ValueError as err:
        return [f"braces do not match: {err}"]
    faults += [f"unknown placeholder {{{n}}}" for n in sorted(names - PLACEHOLDERS)]
    if len(re.findall(r"[.!?](?:\s|$)", text)) > 2:
        faults.append("more than two sentences")
    if re.search(r"\bwhy (did|didn't|do|don't|have|haven't) (you|he|she|they)\b", text, re.IGNORECASE):
        faults.append("asks a person why; ask how it came to be possible")
    if not text.strip():
        faults.append("an empty wording")
    return faults
