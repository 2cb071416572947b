"""What did people answer to the questions of a section, in their own words, and what stands where they did not?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.interview import versions
from bot.interview.causes import denials, is_recorded
from bot.interview.conditions import said_already
from bot.interview.fields import AFTER, BEFORE, EVIDENCE
from bot.interview.filing import answer, filed, puts, shows_to_confirm
from bot.interview.quoting import what_was_found
from bot.interview.script import Question, Script, Section
from bot.interview.state import Asked, Closed, Said
from bot.report.desk import Desk
from bot.report.people import People
from bot.report.silence import absent, of_all, silence
from bot.report.values import Block, Label, Paragraph, State, Voice
from bot.wording.beside import without_talk
from bot.wording.corrections import puts_right, without_lead
from bot.wording.counts import bare_count
from bot.wording.denials import without_denials
from bot.wording.speaking import speaks_of, without
from bot.wording.whether import without_yes

#: Beside what the record took for the cause, once people said that it is not.
DENIED = "from the record; not the cause, as people say"

#: Beside what the record shows, once somebody said that it is so.
CONFIRMED = "confirmed when asked"

#: Beside words that were answered to another question, and shown to be confirmed.
ANSWERED = "answered before"

#: Beside a reply that only tells a moment, where nothing else was answered.
ON_TIMELINE = "told in the timeline"


def answers(desk: Desk, section: Section, *, but: Sequence[Question] = ()) -> tuple[tuple[Block, ...], State]:
    """What people answered to the section's questions, in their own words."""
    questions = [q for q in desk.questions(section.id) if q not in but]
    told = [(q, *told_of(desk, q)) for q in questions if _was_told(desk, q)]
    states = [state for _, _, state in told]
    if not {State.COMPOSED, State.NOTHING} & {*states} or {*states} == {State.NOTHING}:
        state = of_all(states)
        return (absent(state),), state
    blocks: list[Block] = []
    for question, words, state in told:
        if len(told) > 1:
            blocks.append(Label(question.label or topic_title(desk.script, question)))
        blocks += words or (absent(state),)
    return tuple(blocks), State.COMPOSED


def _was_told(desk: Desk, question: Question) -> bool:
    """Whether the section has a place for a question: each topic's own, and what people were asked or said before."""
    before = said_already(desk.script, desk.interview, question)
    return question.depth == 0 or before is not None or bool(puts(desk.interview, question.id))


def topic_title(script: Script, question: Question) -> str:
    """The title of the topic that a question belongs to."""
    return script.topic(question.topic, question.id)[0].title


def told_of(desk: Desk, question: Question) -> tuple[tuple[Paragraph, ...], State]:
    """What people said to one question, and what it means where they said nothing."""
    found = answer(desk.interview, question.id)
    # What people wrote when they were asked to confirm stands before what they corrected.
    who = desk.by_name if plans(question) else desk.people
    printed = [said for said in found.printed if not _only_severity(question, said)]
    words = (replace(said, text=_own_words(desk, question, said)) for said in printed)
    paragraphs = (*(_words(desk, said, who) for said in words), *_confirmed(desk, question, printed))
    paragraphs = paragraphs or _versions(desk, question)
    paragraphs = paragraphs or tuple(_words(desk, said, who, ON_TIMELINE) for said in found.moments)
    before = said_already(desk.script, desk.interview, question) if not paragraphs else None
    if before is not None:
        told = speaks_of(before.text.strip(), _settling(question))
        paragraphs = (Paragraph(who.spoken(told), Voice.WORDS, desk.quoted(before)),)
    if paragraphs:
        return paragraphs, State.COMPOSED
    return (), silence(found)


def _only_severity(question: Question, said: Said) -> bool:
    """Whether a reply names the severity, which stands among the facts, and no figure of those that were asked for."""
    return "count" in question.needs and "only_severity" in said.findings.mentions


def _own_words(desk: Desk, question: Question, said: Said) -> str:
    """A reply as it stands under its question: without lead and talk, and without what another section tells of it."""
    shown = _shown_to(desk, question, said)
    text = without_lead(without_talk(said.text) or said.text, shown)
    if shown or any(versions.shown(desk.interview, asked) for asked in puts(desk.interview, question.id)):
        text = without_yes(text)
    for other in desk.script.questions:
        taken = said_already(desk.script, desk.interview, other) if other.section != question.section else None
        if taken is not None and taken.ts == said.ts and not answer(desk.interview, other.id).all:
            text = without(text, _settling(other))
    return text


def _settling(question: Question) -> frozenset[str]:
    """What an earlier answer has to speak of for this question to be answered with it."""
    return frozenset(each.said for each in question.settled if each.said is not None)


def _shown_to(desk: Desk, question: Question, said: Said) -> str:
    """The words that a reply was shown to confirm; empty where there were none."""
    rounds = [a for a in puts(desk.interview, question.id) if shows_to_confirm(desk.interview, a)]
    return next((a.quote.text for a in rounds if a.quote is not None and said in filed(desk.interview, a.position)), "")


def _says_yes(desk: Desk, asked: Asked) -> bool:
    """Whether somebody wrote that it is so, in place of the button."""
    return any("only_yes" in said.findings.mentions for said in filed(desk.interview, asked.position))


def evidence_of(desk: Desk, question: Question) -> tuple[tuple[Paragraph, ...], State]:
    """What of the answers to a question shows the cause: neither what denies it, nor the record's words once denied."""
    denied = {said.ts for said in denials(desk.interview)}
    if not denied:
        return told_of(desk, question)
    found = answer(desk.interview, question.id)
    kept = ((said, without_denials(said.text) if said.ts in denied else said.text) for said in found.printed)
    paragraphs = tuple(_words(desk, replace(said, text=text), desk.people) for said, text in kept if text.strip())
    return (paragraphs, State.COMPOSED) if paragraphs else ((), silence(found))


def plans(question: Question) -> bool:
    """Whether people say what is still to come when they answer: ideas and actions."""
    return "action" in question.needs


def _words(desk: Desk, said: Said, who: People, note: str = "") -> Paragraph:
    return Paragraph(who.spoken(said.text.strip()), Voice.WORDS, desk.source(said.ts, said.user), note)


def _confirmed(desk: Desk, question: Question, printed: Sequence[Said]) -> tuple[Paragraph, ...]:
    """What the record had already said, where the question was whether that is so; an answer stands for itself.

    The cause does not show itself: under what showed it, only answers stand.
    """
    denied, corrected = bool(denials(desk.interview)), any(said.placed is None for said in printed)
    for asked in () if EVIDENCE in question.fields or question.collects else puts(desk.interview, question.id):
        if not shows_to_confirm(desk.interview, asked) or asked.quote is None or not asked.quote.text.strip():
            continue
        if any(said.ts == asked.quote.ts or puts_right(said.text, asked.quote.text) for said in printed):
            continue
        answered = any(said.ts == asked.quote.ts for said in desk.interview.said)
        if answered and printed and not any(_against(said) for said in printed):
            # It stands where it was answered, and what was added to it stands here.
            continue
        match asked.closed:
            case Closed.CONFIRMED if not (corrected or denied):
                note = CONFIRMED
            case Closed.NEXT | Closed.QUIET if not (corrected or denied) and _says_yes(desk, asked):
                note = CONFIRMED
            case Closed.CONFIRMED | Closed.NEXT | Closed.QUIET | Closed.DEEPER:
                known = ANSWERED if answered else "from the record"
                note = DENIED if denied and is_recorded(desk.interview, asked.quote) else known
            case _:
                continue
        text = desk.people.spoken(what_was_found(asked.quote.text.strip()))
        return (Paragraph(text, Voice.WORDS, desk.quoted(asked.quote), note),)
    return ()


def _against(said: Said) -> bool:
    """Whether an answer says nothing without what it is said against: "no, it was 412"."""
    return "denies" in said.findings.mentions or bare_count(said.text) is not None


def _versions(desk: Desk, question: Question) -> tuple[Paragraph, ...]:
    """The versions of the record that the question showed, once people said that they are right."""
    told = next((t for a in puts(desk.interview, question.id) if (t := versions.shown(desk.interview, a))), "")
    if not told or not versions.confirmed(desk.interview):
        return ()
    ran = [f for f in desk.interview.fields if f.name in (BEFORE, AFTER) and f.ts and f.text in told]
    sources = dict.fromkeys(source for f in ran for source in desk.source(f.ts, f.by or None))
    return (Paragraph(desk.people.spoken(told), Voice.WORDS, tuple(sources), CONFIRMED),)
