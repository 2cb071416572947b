"""What keeps a script from being used? Each fault in one sentence that says where it is and what to do."""

from __future__ import annotations

import re
import string
from collections.abc import Iterable, Iterator

from bot.interview.fields import FIELDS
from bot.interview.script import (
    CONCERNS,
    FACTS,
    MADE_OF,
    MENTIONS,
    PLACEHOLDERS,
    TELLABLE,
    TELLABLE_MOMENTS,
    Condition,
    Question,
    Script,
    Section,
)

#: A question is put in at most this many sentences.
SENTENCES = 2
#: A page of the form has at most so many inputs, which is a screen or two.
FIELDS_A_PAGE = 25
#: What a question's answers can be turned into.
COLLECTS = frozenset({"", "actions", "alone"})
_ID = re.compile(r"[a-z][a-z0-9_-]*(?:\.[a-z][a-z0-9_-]*)*")
_ENDS = re.compile(r"[.!?…](?=[\s”\"')]*(?:\s|$))")
_WHY = re.compile(
    r"\bwhy (?:on earth )?(?:did|do|does|have|has|had|would|could|were|was|are)(?:n['’]t)? "
    r"(?:you|he|she|they|we|nobody|no one|someone|anyone)\b"
)


def script_faults(script: Script) -> Iterator[str]:
    """Every fault of a script whose tables could be read."""
    if not script.id:
        yield "the script: it needs an id, the name of its file without .toml"
    elif not _ID.fullmatch(script.id):
        yield f"the script: the id {script.id!r} must be small letters, digits and hyphens"
    if not script.title:
        yield "the script: it needs a title, such as 'service incident'"
    if not script.sections:
        yield "the script: it needs at least one [[section]], or its document is empty"
    if not script.topics:
        yield "the script: it needs at least one [[topic]], or nothing is asked"
    yield from _twice("section", (s.id for s in script.sections))
    yield from _twice("topic", (t.id for t in script.topics))
    yield from _twice("question", (q.id for q in script.questions))
    for section in script.sections:
        yield from _section_faults(section)
    if sum(q.collects == "actions" for q in script.questions) > 1:
        yield "the script: only one question can collect actions; take 'collects' off the others"
    yield from _form_faults(script)
    sections = {s.id for s in script.sections}
    every = [q.id for q in script.questions]
    before: list[str] = []
    for topic in script.topics:
        if not topic.id or not topic.title:
            yield f"topic {topic.id!r}: it needs an id and a title of a few words"
        if not topic.questions or topic.questions[0].depth != 0:
            yield f"topic {topic.id!r}: it must begin with a question of depth 0, so that it is always raised"
        for question in topic.questions:
            yield from _question_faults(question, before, every, sections)
            before.append(question.id)


def _twice(what: str, ids: Iterable[str]) -> Iterator[str]:
    found = list(ids)
    for each in sorted({i for i in found if found.count(i) > 1}):
        yield f"{what} {each!r}: the id stands twice; give one of them another"


def _section_faults(section: Section) -> Iterator[str]:
    where = f"section {section.id!r}"
    if not section.id or not section.heading:
        yield f"{where}: it needs an id and a heading"
    if section.made_of not in MADE_OF:
        yield f"{where}: made_of is {section.made_of!r}; it can be {_listed(MADE_OF)}"
    if section.sorts and section.made_of != "items":
        yield f"{where}: only a section made of items has 'sorts'"


def _form_faults(script: Script) -> Iterator[str]:
    form = script.form
    if form is None:
        return
    if form.after not in {q.id for q in script.questions}:
        yield f"the form: it is offered after {form.after!r}, which no question has as its id"
    if not form.pages:
        yield "the form: it needs at least one [[form.page]]"
    for number, page in enumerate(form.pages, 1):
        where = f"page {number} of the form"
        if not page.title or not page.fields:
            yield f"{where}: it needs a title and fields"
        if len(page.fields) > FIELDS_A_PAGE:
            yield f"{where}: {len(page.fields)} fields; a page holds {FIELDS_A_PAGE} at most"
        for name in page.fields:
            if name not in FIELDS:
                yield f"{where}: unknown field {name!r}; there are {_listed(FIELDS)}"
    yield from _twice("field of the form", (name for page in form.pages for name in page.fields))
    for condition in form.when:
        yield from _condition_faults(condition, "the form")


def _question_faults(q: Question, before: list[str], every: list[str], sections: set[str]) -> Iterator[str]:
    where = f"question {q.id!r}"
    if not _ID.fullmatch(q.id):
        yield f"{where}: its id must be words with dots between, such as 'impact.customers'"
    if q.section not in sections:
        yield f"{where}: unknown section {q.section!r}; declare it as a [[section]], or name one of {_listed(sections)}"
    if not q.wordings:
        yield f"{where}: it needs 'ask', the wording"
    elif q.wordings[-1].when:
        yield f"{where}: its last wording must have no 'when', so that one always applies"
    elif q.confirms and q.confirms[-1].when:
        yield f"{where}: its last 'confirm' must have no 'when', so that one always applies"
    if q.settled and not q.confirms:
        yield f"{where}: 'settled' needs a 'confirm' wording"
    if q.confirms and not q.settled:
        yield f"{where}: 'confirm' is never used without 'settled'"
    if q.collects not in COLLECTS:
        yield f"{where}: answers cannot be collected as {q.collects!r}, only as {_listed(COLLECTS - {''})}"
    for need in q.needs:
        if need not in MENTIONS:
            yield f"{where}: nothing can find {need!r} in an answer; it can find {_listed(MENTIONS)}"
    for concern in q.watch:
        if concern not in CONCERNS:
            yield f"{where}: unknown concern {concern!r}; there are {_listed(CONCERNS)}"
    if q.takes and q.takes not in MENTIONS:
        yield f"{where}: nothing can find {q.takes!r} in an answer; it can find {_listed(MENTIONS)}"
    if bool(q.takes) != bool(q.offer):
        yield f"{where}: 'takes' and 'offer' go together: what is moved here, and what stands on the button"
    about = {p.about for p in q.probes}
    for need in (*q.needs, *q.watch):
        if need not in about:
            yield f"{where}: {need!r} is looked for, and no [[…probe]] is about it"
    moments = {w.tells for w in q.wordings if w.tells in TELLABLE_MOMENTS}
    for probe in about - {*q.needs, *q.watch, *moments}:
        yield f"{where}: the probe about {probe!r} is never used; name it in 'needs', 'watch' or a wording's 'tells'"
    for wording in (*q.wordings, *q.confirms):
        if wording.tells and wording.tells not in TELLABLE:
            yield f"{where}: an answer cannot tell {wording.tells!r}, only {_listed(TELLABLE)}"
    yield from _reference_faults(q, where, before, every)
    for text in q.texts:
        for fault in wording_faults(text):
            yield f"{where}: {fault}"


def _reference_faults(q: Question, where: str, before: list[str], every: list[str]) -> Iterator[str]:
    for name in q.fields:
        if name not in FIELDS:
            yield f"{where}: unknown field {name!r} in 'fields'; there are {_listed(FIELDS)}"
    for fact in q.shows:
        if fact not in FACTS:
            yield f"{where}: unknown fact {fact!r} in 'shows'; there are {_listed(FACTS)}"
    for ref in (*q.builds_on, *(ref for wording in q.wordings for ref in wording.builds_on)):
        kind, _, name = ref.partition(":")
        if kind == "answer":
            yield from _answer_faults(name, q.id, where, "builds on", before, every)
        elif kind == "fact":
            if name not in FACTS:
                yield f"{where}: unknown fact {name!r} in 'builds_on'; there are {_listed(FACTS)}"
        elif ref not in ("last", "parked"):
            yield (
                f"{where}: cannot build on {ref!r}; use 'last', 'parked', 'fact:<name>' or "
                "'answer:<an earlier question>'"
            )
    for condition in (*q.when, *q.settled, *(c for w in (*q.wordings, *q.confirms) for c in w.when)):
        yield from _condition_faults(condition, where)
        if condition.of:
            yield from _answer_faults(condition.of, q.id, where, "waits for", before, every)


def _answer_faults(name: str, own: str, where: str, does: str, before: list[str], every: list[str]) -> Iterator[str]:
    if name == own:
        yield f"{where}: it {does} its own answer, which is a loop"
    elif name not in every:
        yield f"{where}: it {does} the answer to {name!r}, which no question has as its id"
    elif name not in before:
        yield f"{where}: it {does} the answer to {name!r}, which is asked later; put that one first"


def _condition_faults(condition: Condition, where: str) -> Iterator[str]:
    for fact in (condition.fact, condition.missing):
        if fact is not None and fact not in FACTS:
            yield f"{where}: unknown fact {fact!r} in a condition; there are {_listed(FACTS)}"
    if condition.said is not None and condition.said not in MENTIONS:
        yield f"{where}: nothing can find {condition.said!r} in an answer; it can find {_listed(MENTIONS)}"
    kinds = (condition.fact or condition.missing, condition.said, condition.factors or None)
    stated = sum(kind is not None for kind in kinds)
    if stated > 1 or (stated == 0 and not condition.lacks):
        yield (
            f"{where}: a condition has exactly one of fact, missing, said and factors; "
            "'missing' may stand beside 'fact', and 'lacks' beside any"
        )
    for name in condition.lacks:
        if name not in FIELDS:
            yield f"{where}: unknown field {name!r} in 'lacks'; there are {_listed(FIELDS)}"
    if condition.values and condition.fact is None:
        yield f"{where}: 'in' goes with 'fact'"
    if condition.of and condition.said is None:
        yield f"{where}: 'of' goes with 'said'"


def wording_faults(text: str) -> list[str]:
    """What makes a wording unfit to be asked: too long, a why to a person, an unknown placeholder."""
    if not text.strip():
        return ["an empty wording; write what is asked"]
    faults: list[str] = []
    try:
        names = {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
    except ValueError as err:
        return [f"“{text}”: braces do not match ({err})"]
    for unknown in sorted(names - PLACEHOLDERS):
        faults.append(f"“{text}”: unknown placeholder {{{unknown}}}; there are {_listed(PLACEHOLDERS)}")
    if len(_ENDS.findall(text)) > SENTENCES:
        faults.append(f"“{text}”: more than two sentences; say less, or ask the rest as a question of its own")
    if _WHY.search(text.lower()):
        faults.append(f"“{text}”: asks a person why; ask how it came to be possible")
    return faults


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(names))
