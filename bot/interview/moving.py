"""Where does an answer belong that was given to another question? People say so, and take it back by moving it back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from bot.interview import events as ev
from bot.interview.filing import answer, as_given, filed, is_telling, position_of
from bot.interview.outcome import Ignored, altered
from bot.interview.replacing import replace
from bot.interview.script import Question, Script, Section
from bot.interview.state import Asked, Closed, Interview, Put, Said, Stage

#: A reply this soon after an automatic advance can be moved back with one press.
JUST_ADVANCED = timedelta(minutes=1)
#: From here on every question has been raised that is, so that an answer may also go to one that never was.
_MOVABLE = (Stage.REVIEWING, Stage.PUBLISHING, Stage.WRITTEN)


# just after an advance -------------------------------------------------------------------------------------------


def just_after_advance(interview: Interview, asked: Asked) -> tuple[Said, ...]:
    """The replies within a minute of an automatic advance to `asked`: they may answer the previous question."""
    if asked.position < 2 or interview.asked[asked.position - 2].closed is not Closed.QUIET:
        return ()
    post = interview.post(asked.key)
    if post is None:
        return ()
    until = post.posted_at + JUST_ADVANCED
    return tuple(s for s in filed(interview, asked.position) if s.put_to is None and s.heard_at <= until)


def moved_back(interview: Interview, asked: Asked, event: ev.Pressed) -> Interview | Ignored:
    late = just_after_advance(interview, asked)
    if not late:
        return Ignored("nothing_to_move")
    said = tuple(replace(s, moved_to=asked.position - 1) if s in late else s for s in interview.said)
    return altered(replace(interview, said=said), event.at)


# while questions are asked ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What was answered to one question says no more than another one wants to know; `offer` stands on the button."""

    question: str
    offer: str


def elsewhere(script: Script, interview: Interview, asked: Asked) -> tuple[Elsewhere, ...]:
    """The questions, passed already, of other sections, to which replies under `asked` belong by the rules."""
    here = filed(interview, asked.position)
    return tuple(
        Elsewhere(question.id, question.offer)
        for question in script.questions
        if question.takes
        and any(question.takes in s.findings.mentions for s in here)
        and _leaves(script, script.question(asked.question).section, question)
        and _place(interview, question) is not None
    )


def moved_elsewhere(script: Script, interview: Interview, asked: Asked, event: ev.Pressed) -> Interview | Ignored:
    """Somebody pressed what `elsewhere` offers: the replies that say only that go to that question."""
    wanted = next((e for e in elsewhere(script, interview, asked) if e.question == event.value), None)
    place = _place(interview, script.question(wanted.question)) if wanted is not None else None
    if wanted is None or place is None:
        return Ignored("nothing_to_move")
    takes = script.question(wanted.question).takes
    going = {s.ts for s in filed(interview, asked.position) if takes in s.findings.mentions}
    return altered(_placed(interview, going, place, event.user), event.at)


def confirmed(script: Script, interview: Interview, asked: Asked, by: str | None) -> Interview:
    """With a confirmed quote goes its reply, where that says no more than what was asked to be confirmed."""
    question, ts = script.question(asked.question), asked.quote.ts if asked.quote is not None else None
    quoted = next((s for s in interview.said if s.ts == ts and question.takes in s.findings.mentions), None)
    if quoted is None or by is None or not _leaves(script, _section(script, interview, quoted), question):
        return interview
    return _placed(interview, {quoted.ts}, asked.position, by)


def _leaves(script: Script, section: str, question: Question) -> bool:
    """Whether what was said in a section can go to a question: of another one, and not out of the one for everybody."""
    return section != question.section and all(s.id != section or s.made_of != "summary" for s in script.sections)


def moved_from(script: Script, interview: Interview, asked: Asked) -> tuple[str, ...]:
    """The headings of the sections to which replies were moved that were given to `asked`."""
    gone = [s for s in filed(as_given(interview), asked.position) if _now(interview, s).placed is not None]
    headings = {s.id: s.heading for s in (*script.sections, *script.passed_sections)}
    found = (_section(script, interview, _now(interview, s)) for s in gone)
    return tuple(dict.fromkeys(headings[each] for each in found if each in headings))


# once they are over ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Movable:
    """An answer as it can be moved: in which section it stands (none: empty), and in which it was given."""

    said: Said
    section: str
    given_in: str


def targets(script: Script) -> tuple[Section, ...]:
    """The sections that answers can be moved to: those that a question of the script feeds."""
    fed = {q.section for q in (*script.questions, *script.passed)}
    return tuple(s for s in (*script.sections, *script.passed_sections) if s.id in fed)


def movable(script: Script, interview: Interview) -> tuple[Movable, ...]:
    """The answers that the sections print, in their order; last those that were given before the first question."""
    printed = {s.ts for q in (*script.questions, *script.passed) for s in answer(interview, q.id).printed}
    before = {s.ts for s in filed(interview, 0) if is_telling(s)}
    given = as_given(interview)
    found = [
        Movable(s, _section(script, interview, s), _section(script, given, replace(s, placed=None)))
        for s in sorted(interview.said, key=lambda s: s.ts)
        if s.ts in printed | before and not s.deleted
    ]
    order = {s.id: n for n, s in enumerate(targets(script))}
    return tuple(sorted(found, key=lambda m: order.get(m.section, len(order))))


@dataclass(frozen=True, slots=True)
class Stray:
    """An answer that says no more than another section is about: its words, where they stand and where they belong."""

    text: str
    stands_in: str
    belongs_to: str


def strays(script: Script, interview: Interview) -> tuple[Stray, ...]:
    """What nobody has moved and may stand in the wrong section; whoever reads the sections is told."""
    headings = {s.id: s.heading for s in targets(script)}
    return tuple(
        Stray(each.said.text, headings[each.section], headings[question.section])
        for each in movable(script, interview)
        if each.said.placed is None and each.section
        for question in script.questions
        if question.takes in each.said.findings.mentions and _leaves(script, each.section, question)
    )


def answer_moved(script: Script, interview: Interview, event: ev.AnswerMoved) -> Interview | Ignored:
    """Moves an answer to a section; to the one in which it was given, it goes back to its own question."""
    if interview.stage not in _MOVABLE:
        return Ignored("moved_too_early")
    said = next((s for s in interview.said if s.ts == event.ts and not s.deleted and s.text.strip()), None)
    if said is None:
        return Ignored("deleted")
    if _section(script, interview, said) == event.section:
        return Ignored("stands_there")
    if _section(script, as_given(interview), replace(said, placed=None)) == event.section:
        return altered(_placed(interview, {said.ts}, None, ""), event.at)
    question = _of_section(script, interview, event.section)
    if question is None:
        return Ignored("unknown_section")
    place = _place(interview, question)
    if place is None:
        # The question was never raised: it gets a place that nobody sees but the document.
        place = len(interview.asked) + 1
        never = Asked(
            place,
            question.topic,
            question.id,
            Put.RETURN,
            "",
            event.at,
            level=int(bool(question.how)),
            closed=Closed.LEFT,
            closed_at=event.at,
            closed_by=event.by,
        )
        interview = replace(interview, asked=(*interview.asked, never))
    return altered(_placed(interview, {said.ts}, place, event.by), event.at)


def _placed(interview: Interview, going: Iterable[str], place: int | None, by: str) -> Interview:
    wanted = frozenset(going)
    said = tuple(replace(s, placed=place, placed_by=by) if s.ts in wanted else s for s in interview.said)
    return replace(interview, said=said)


def _now(interview: Interview, said: Said) -> Said:
    return next(s for s in interview.said if s.ts == said.ts)


def _section(script: Script, interview: Interview, said: Said) -> str:
    position = position_of(interview, said)
    asked = interview.asked[position - 1] if 0 < position <= len(interview.asked) else None
    question = next((q for q in (*script.questions, *script.passed) if asked and q.id == asked.question), None)
    return question.section if question is not None else ""


def _of_section(script: Script, interview: Interview, section: str) -> Question | None:
    """The question of a section that takes what is moved there: one that was put, rather one about how it came to be,
    rather an early one; what is answered by number takes nothing."""
    mine = [q for q in (*script.questions, *script.passed) if q.section == section and q.collects != "alone"]
    return min(mine, key=lambda q: (_place(interview, q) is None, not q.how, mine.index(q)), default=None)


def _place(interview: Interview, question: Question) -> int | None:
    """Where what is moved to a question stands: where it was put last, the first level of a chain of hows."""
    rounds = [
        a
        for a in interview.asked
        if a.question == question.id and a.put is not Put.PROBE and a.why is None and a.level <= 1 and a.closed
    ]
    return rounds[-1].position if rounds else None
