"""What would a script's conversation look like? Every question with when it is asked; one line of text each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from bot.interview.fields import FIELDS
from bot.interview.plan import Limits
from bot.interview.script import Condition, Question, Script, ScriptError
from bot.interview.script_file import read_script
from bot.wording.question_rules import question_faults

#: How what the word rules find is called.
_MENTIONED = {
    "number": "a number", "count": "how many", "duration": "how long", "time": "a time", "link": "a link",
    "version": "a version", "money": "money", "objective": "an SLO, an SLA or an error budget",
    "data_loss": "lost or damaged data", "action": "something to do", "audience": "whom to tell", "luck": "luck",
    "nothing": "“nothing”", "unknown": "“don't know”", "doubt": "something that nobody knows",
    "pointer": "words that only point elsewhere", "only_impact": "what was hit, and nothing else",
    "only_luck": "luck, and nothing else", "person_as_cause": "a person as the cause",
    "human_error": "human error", "counterfactual": "what should have been", "hindsight": "hindsight",
    "judgement": "a judgement", "vague": "a vague intention", "one_word": "a single word",
}  # fmt: skip
#: How facts are called where their name alone does not say it.
_KNOWN = {
    "began": "when it began", "detected": "when it was noticed", "acknowledged": "when somebody took it",
    "declared": "when it was declared", "investigated": "when the search began", "escalated": "when help was called",
    "cause": "the cause", "mitigated": "when it was mitigated", "partly_recovered": "when a part was back",
    "resolved": "when it was resolved", "duration": "how long it lasted",
    "detected_after": "how long it took to notice", "acknowledged_after": "how long it took until somebody took it",
    "mitigated_after": "how long it took to mitigate", "resolved_after": "how long it took to resolve",
    "severity": "the severity", "services": "which services", "impact": "who was affected",
    "milestones": "any milestone", "hypothesis": "an early reading of the cause",
    "suspected": "a suspicion that nobody closed",
    "mitigation": "what ended it",
    "loose_end": "a loose end", "loose_end_2": "a second loose end", "loose_end_3": "a third loose end",
    "promised": "what somebody said should be done", "promised_2": "a second such thing",
    "promised_3": "a third such thing", "promised_4": "a fourth such thing", "promised_5": "a fifth such thing",
    "promised_6": "a sixth such thing",
    "customers_told": "what customers were told", "links": "any link",
    "artefacts": "links to dashboards, logs or traces",
}  # fmt: skip


#: The question with which every kind that ships ends.
LAST = "closing.open"


def faults_of(source: str, file: Path) -> tuple[Script | None, tuple[str, ...]]:
    """The script as far as it can be read, and everything that is wrong with it, each with what to do."""
    try:
        script, faults = read_script(source)
    except ScriptError as err:
        return None, tuple(err.faults)
    found = list(faults)
    if script.id and script.id != file.stem:
        found.append(f"the script: its id {script.id!r} must be the name of its file, {file.stem!r}")
    for question in script.questions:
        for text in question.texts:
            if not any(f"“{text}”" in fault for fault in faults):
                found += [f"question {question.id!r}: “{text}” {fault}" for fault in question_faults(text)]
    return script, tuple(dict.fromkeys(found))


def preview(script: Script, limits: Limits) -> Iterator[str]:
    """The conversation in its order, then how much of it there is room for."""
    headings = {section.id: section.heading for section in script.sections}
    for number, topic in enumerate(script.topics, 1):
        yield f"{number} of {len(script.topics)} · {topic.title}"
        for question in topic.questions:
            yield f"  {question.id} → “{headings[question.section]}”{_when(question)}"
            yield from (f"    {line}" for line in _wordings(question))
    yield from _form(script)
    most = min(limits.asks, script.asks or limits.asks)
    always = sum(q.depth == 0 for q in script.questions)
    yield ""
    yield f"At most {most} questions and {limits.probes} follow-ups."
    yield f"{always} of the {len(script.questions)} are raised in every conversation to which they apply."
    if always > most:
        yield f"That is more than {most}: these {always} are asked all the same, and nothing deeper is."
    if script.questions and script.questions[-1].id != LAST:
        yield f"It ends with {script.questions[-1].id}: let “What did I not ask?” ({LAST}) be the last question."


def _form(script: Script) -> Iterator[str]:
    if script.form is None:
        return
    when = f" when {_either(script.form.when)}" if script.form.when else ""
    yield f"A form for figures is offered once, after {script.form.after}{when}"
    for page in script.form.pages:
        yield f"  {page.title}: {_fields(page.fields)}"


def _when(question: Question) -> str:
    rules = []
    if question.when:
        rules.append(f"only when {_either(question.when)}")
    if question.depth:
        rules.append(f"while the limit allows, rank {question.depth}")
    return f" ({'; '.join(rules)})" if rules else ""


def _wordings(question: Question) -> Iterator[str]:
    for wording in question.wordings:
        when = f"when {_either(wording.when)}: " if wording.when else ""
        otherwise = "otherwise: " if not wording.when and len(question.wordings) > 1 else ""
        yield f"{when}{otherwise}“{wording.text}”"
    for wording in question.confirms:
        besides = f", and {_either(wording.when)}" if wording.when else ""
        yield f"only confirmed when {_either(question.settled)}{besides}: “{wording.text}”"
    if question.how:
        yield f"then deeper, level by level: “{question.how}”"
    if question.fields:
        yield f"what it says of {_fields(question.fields)} is kept as a field of the report"
    if question.takes:
        yield f"an answer elsewhere that speaks of {_MENTIONED[question.takes]} is offered to it: “{question.offer}”"
    for probe in question.probes:
        lacks = "an answer speaks of" if probe.about in question.watch else "no answer says"
        called = _MENTIONED.get(probe.about) or _KNOWN[probe.about]
        yield f"asked again when {lacks} {called}: “{probe.text}”"


def _either(conditions: Sequence[Condition]) -> str:
    return ", or ".join(_words(condition) for condition in conditions)


def _words(condition: Condition) -> str:
    lacks = f"nobody has said {_fields(condition.lacks, ' or ')}" if condition.lacks else ""
    if condition.lacks and condition == Condition(lacks=condition.lacks):
        return lacks
    return f"{_stated(condition)} and {lacks}" if lacks else _stated(condition)


def _fields(names: Sequence[str], joint: str = ", ") -> str:
    """Fields as they are called in the form."""
    return joint.join(f"“{FIELDS[name].label}”" for name in names if name in FIELDS)


def _stated(condition: Condition) -> str:
    if condition.fact is not None:
        name = _KNOWN.get(condition.fact, condition.fact.replace("_", " "))
        shown = f"{name} is {' or '.join(condition.values)}" if condition.values else f"the record shows {name}"
        return f"{shown} and {_missing(condition.missing)}" if condition.missing is not None else shown
    if condition.missing is not None:
        return _missing(condition.missing)
    if condition.factors:
        return f"{condition.factors} factors or more are named"
    where = f"the answer to {condition.of}" if condition.of else "an answer"
    return f"{where} speaks of {_MENTIONED[condition.said or '']}"


def _missing(fact: str) -> str:
    return f"the record does not show {_KNOWN.get(fact, fact.replace('_', ' '))}"
