"""What may a thought be made from? The record, the answers and computed facts, as they stand when it is thought."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from bot.interview.conclusions import Thought
from bot.interview.filing import answer, is_telling
from bot.interview.plan import Limits, following
from bot.interview.replacing import replace
from bot.interview.script import Script
from bot.interview.state import Asked, Closed, Fact, Interview, Said
from bot.interview.thinking import told
from bot.interview.thoughts import Line, Material, Purpose
from bot.report.facts import FACTS
from bot.report.people import People, people
from bot.timeline.mentions import resolved
from bot.timeline.values import RecordMessage, moment_of
from bot.understanding.past_incidents import past_lines
from bot.understanding.people_named import users_in
from bot.understanding.record import of_the_incident
from storage.unit import Unit

#: What an answer needs, in words.
NEEDS: Mapping[str, str] = {
    "number": "a number",
    "count": "how many",
    "duration": "for how long",
    "time": "when",
    "link": "a link to what shows it",
    "version": "which version or change",
    "money": "what it cost",
    "action": "what will be done",
    "audience": "who is told",
}
#: Facts that are lengths or single words, and computed by code.
COMPUTED = {
    "duration": "lasted",
    "detected_after": "detected after",
    "acknowledged_after": "acknowledged after",
    "mitigated_after": "mitigated after",
    "resolved_after": "resolved after",
    "severity": "severity",
    "services": "services",
}


def material(
    unit: Unit,
    script: Script,
    interview: Interview,
    thought: Thought,
    limits: Limits,
    sections: Sequence[Line] = (),
) -> Material:
    """All that a thought of this interview may be made from; `sections` are those of the document, where it is about
    that. What it is about may be gone: then `about` is empty."""
    messages = _messages(unit, interview)
    users = users_in(interview) | {m.user for m in messages if m.user}
    names = dict(unit.people.names(interview.workspace, users))
    known = people(interview.participants, names, "roles")
    asked, question = _asked(script, interview, thought, limits)
    about: tuple[str, ...] = ()
    lines = tuple(_lines(messages, interview.said, known))
    match thought.purpose:
        case Purpose.CRITIQUE:
            about = tuple(s.ts for s in told(interview, thought.position))
        case Purpose.REWORDING:
            # Nothing but the words that are to be reworded need leave for that.
            about, lines = (thought.about,), tuple(line for line in lines if line.id == thought.about)
        case Purpose.ITEMS:
            lines = tuple(line for line in lines if line.kind == "message")
        case Purpose.GLOSS:
            about = tuple(k.entry.source_ts for k in unit.entries.all(interview.id) if k.entry.source_ts)
            lines = tuple(line for line in lines if line.kind == "message")
        case Purpose.SIMILAR:
            past = past_lines(unit, interview)
            about, lines = tuple(line.id for line in past), (*lines, *past)
        case Purpose.REVIEW:
            lines = tuple(sections)
        case Purpose.ACCOUNTS:
            about = tuple(s.ts for s in answer(interview, thought.about).printed)
            lines = tuple(line for line in lines if line.id in about)
        case _:
            pass
    return Material(
        thought.purpose,
        script.title,
        interview.title,
        lines,
        facts=facts_told(interview.facts),
        question=question.text if question is not None else "",
        needs=_needs(script, question),
        asked=asked,
        about=about,
        people=names,
    )


def _messages(unit: Unit, interview: Interview) -> Sequence[RecordMessage]:
    opening = interview.post("opening")
    called = unit.people.called(interview.workspace)
    found = of_the_incident(unit, interview, opening.ts if opening else None)
    return tuple(replace(m, text=resolved(m.text, called)) for m in found if not m.deleted and m.text.strip())


def _lines(messages: Iterable[RecordMessage], said: Iterable[Said], known: People) -> Iterable[Line]:
    for m in messages:
        yield Line(m.ts, m.text, m.user, known.called(m.user) if m.user else m.bot or "", m.at)
    for s in said:
        if not s.deleted and is_telling(s) and s.text.strip():
            yield Line(s.ts, s.text, s.user, known.called(s.user), moment_of(s.ts), "answer")


def facts_told(facts: Iterable[Fact]) -> dict[str, str]:
    """The computed facts, as sentences may use them; what is somebody's words stands in the lines."""
    found: dict[str, str] = {}
    for fact in facts:
        if fact.name in FACTS and fact.at is not None and fact.precision != "unknown":
            about = "about " if fact.precision == "about" else ""
            found[FACTS[fact.name]] = f"{about}{fact.at:%Y-%m-%d %H:%M} UTC"
        elif fact.name in COMPUTED and fact.text:
            found[COMPUTED[fact.name]] = fact.text
    return found


def _needs(script: Script, question: Asked | None) -> tuple[str, ...]:
    """What the answer must hold, in words; what was asked later about one action alone is none of the script's."""
    if question is None or not question.question:
        return ()
    return tuple(NEEDS[need] for need in script.question(question.question).needs if need in NEEDS)


def _asked(
    script: Script, interview: Interview, thought: Thought, limits: Limits
) -> tuple[tuple[str, ...], Asked | None]:
    """What was asked already or will be anyway, and the question that is to be judged or worded."""
    put = interview.asked[thought.position - 1] if 0 < thought.position <= len(interview.asked) else None
    if thought.purpose is Purpose.ACCOUNTS:
        put = next((a for a in interview.asked if a.question == thought.about), None)
    if thought.purpose is Purpose.QUESTION:
        coming = following(script, interview, interview.current, Closed.NEXT, limits) if interview.current else None
        question = coming if coming is not None and coming.question == thought.about else None
        return tuple(a.text for a in interview.asked), question
    later = tuple(q.wordings[-1].text for q in script.questions if not any(a.question == q.id for a in interview.asked))
    return (*(a.text for a in interview.asked), *later), put
