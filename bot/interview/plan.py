"""Which question comes next? The script decides, the answers and the limits choose."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.interview.conditions import applies, holds, said_already, settled_by
from bot.interview.filing import REMEMBERED, Factor, factors, puts, says_otherwise, taken_over
from bot.interview.kept import kept
from bot.interview.putting import done, how, rounds_of, to_put
from bot.interview.quoting import is_bare
from bot.interview.replacing import replace
from bot.interview.script import Question, Script
from bot.interview.state import Asked, Closed, Interview, Put

#: Levels of a chain of hows that come by themselves, and that it has at most (three unasked, five in all).
LEVELS_UNASKED = 3
LEVELS_AT_MOST = 5
#: For confirmations and for what Back brings up there is one message beside those for asks and probes, 17 with the
#: usual limits, and one more is left for a late way back. Of the 25 messages that a small incident ends with at most,
#: seven are no questions: what was read, the timeline, who acted, the figures, the actions, the review, the summary.
ROOM_BESIDE = 1
#: Where the severity is why the form of figures is offered, the incident is no small one: so many messages more may
#: confirm something. Where that form is not offered at all, its message is free for that.
CONFIRMATIONS_SEVERE, CONFIRMATIONS_WITHOUT_FORM = 3, 1


@dataclass(frozen=True, slots=True)
class Limits:
    """How much the bot may ask in one interview, and how long it waits for more words, in seconds (0: only Next)."""

    asks: int = 12
    probes: int = 4
    quiet_seconds: int = 120


def asks_used(interview: Interview) -> int:
    """How often the bot has asked; a level of hows that people asked for is theirs, and takes nothing from a topic."""
    return sum(a.put is Put.ASK and a.level <= LEVELS_UNASKED for a in interview.asked)


def probes_used(interview: Interview) -> int:
    return sum(a.put is Put.PROBE for a in interview.asked)


def next_question(script: Script, interview: Interview, limits: Limits, at: datetime) -> Asked | None:
    """The next question to put, or None when everything has been raised."""
    chain = _next_how(script, interview, limits, at)
    if chain is not None:
        return chain
    for index, question in enumerate(script.questions):
        if done(interview, question) or not applies(script, interview, question):
            continue
        if question.depth and _topic_was_skipped(script, interview, question):
            continue
        if said_already(script, interview, question) is not None:
            continue
        # What is put once more costs nothing, and belongs where it was.
        if question.depth and not rounds_of(interview, question):
            free = settled_by(script, interview, question) is not None
            if _topic_was_passed(script, interview, question):
                continue
            beside = _beside(script, interview)[1] if free else 0
            if room(script, interview, limits, question.depth, index) + beside <= 0:
                continue
            if not free and not _affordable(script, interview, limits, index):
                continue
        return to_put(script, interview, question, at)
    return None


@kept(REMEMBERED)
def following(script: Script, interview: Interview, asked: Asked, closed: Closed, limits: Limits) -> Asked | None:
    """What `next_question` says once `asked`, which is open, is passed that way.

    Who passes it, and when, changes nothing of that, so it can be worked out before anybody does. It is still to be
    said when it was opened.
    """
    passed = replace(asked, closed=closed, held=False)
    after = replace(interview, asked=tuple(passed if a.position == asked.position else a for a in interview.asked))
    return next_question(script, after, limits, asked.opened_at)


def _topic_was_passed(script: Script, interview: Interview, question: Question) -> bool:
    """Whether people are at a later topic: asks that became free since do not bring them back to an earlier one."""
    if script.earlier and all(question.id != q.id for each in script.earlier for q in each.questions):
        # Only the new kind has it: nobody could be asked before.
        return False
    topics = [t.id for t in script.topics]
    last = next((a for a in reversed(interview.asked) if a.why is None and a.topic in topics), None)
    return last is not None and topics.index(last.topic) > topics.index(question.topic)


def _topic_was_skipped(script: Script, interview: Interview, question: Question) -> bool:
    first = next(t for t in script.topics if t.id == question.topic).questions[0]
    return any(a.closed is Closed.SKIPPED and a.put is not Put.PROBE for a in puts(interview, first.id))


def _topics_owed(script: Script, interview: Interview, after_index: int) -> int:
    return sum(
        1
        for q in script.questions[after_index + 1 :]
        if q.depth == 0
        and applies(script, interview, q)
        and not rounds_of(interview, q)
        and settled_by(script, interview, q) is None
    )


def _affordable(script: Script, interview: Interview, limits: Limits, index: int, depth: int | None = None) -> bool:
    """Depth yields to the topics still to come and to more important depth; a topic never yields."""
    mine = depth if depth is not None else script.questions[index].depth
    dearer = sum(
        1
        for q in script.questions[index + 1 :]
        if 0 < q.depth < mine
        and applies(script, interview, q)
        and not rounds_of(interview, q)
        and settled_by(script, interview, q) is None
    )
    dearer += sum(
        1
        for q in script.questions[index + 1 :]
        if q.how and applies(script, interview, q) and not done(interview, q)
        for level in range(1, LEVELS_UNASKED)
        if _rank(level) < mine
    )
    most = min(limits.asks, script.asks or limits.asks)
    return asks_used(interview) + 1 + _topics_owed(script, interview, index) + dearer <= most


def room(script: Script, interview: Interview, limits: Limits, depth: int = 0, index: int = 0, asking: str = "") -> int:
    """How many messages are left for what is not owed anyway: the noise budget, which Back uses up as well.

    Owed is what every topic has still to raise and what Back has left, beside the question that is `asking`; what is
    more important than `depth`, after `index`, comes first. A topic never yields, nor does what people ask for.
    """
    put = sum(a.why is None for a in interview.asked) - len(taken_over(interview)) - _beside(script, interview)[0]
    owed = sum(
        1
        for n, q in enumerate(script.questions)
        if q.id != asking
        and (q.depth == 0 or rounds_of(interview, q) or (n > index and q.depth < depth))
        and not done(interview, q)
        and applies(script, interview, q)
        and not (q.depth and said_already(script, interview, q))
    )
    most = min(limits.asks, script.asks or limits.asks) + limits.probes + ROOM_BESIDE
    return most - put - owed


@kept(REMEMBERED)
def _beside(script: Script, interview: Interview) -> tuple[int, int]:
    """How many messages beside the rest what is merely confirmed has taken, and how many are left for it."""
    offered = script.form.when if script.form is not None else ()
    why = [each for each in offered if holds(script, interview, each) is not None]
    if any(each.fact is not None for each in why):
        most = CONFIRMATIONS_SEVERE
    else:
        most = 0 if why else CONFIRMATIONS_WITHOUT_FORM
    depth = {question.id for question in script.questions if question.depth}
    taken = min(most, sum(a.put is Put.CONFIRM and a.question in depth for a in interview.asked))
    return taken, most - taken


def _rank(level: int) -> int:
    """What a how that follows this level weighs beside the depth of other questions."""
    return 2 * level - 1


def _next_how(script: Script, interview: Interview, limits: Limits, at: datetime) -> Asked | None:
    """One level deeper in the chain of hows, when the last how was answered and neither limit is reached."""
    last = next((a for a in reversed(interview.asked) if a.put is not Put.PROBE), None)
    if last is None or last.level == 0 or last.closed in (None, Closed.SKIPPED, Closed.UNKNOWN, Closed.LEFT):
        return None
    asked_for = last.closed is Closed.DEEPER
    if last.level >= LEVELS_AT_MOST or (last.level >= LEVELS_UNASKED and not asked_for):
        return None
    question = script.question(last.question)
    if question not in script.questions:
        return None
    index = script.questions.index(question)
    mine = last.level < LEVELS_UNASKED
    if mine and not _affordable(script, interview, limits, index, depth=0 if asked_for else _rank(last.level)):
        return None
    if not asked_for and room(script, interview, limits, _rank(last.level), index) <= 0:
        return None
    named = [f for f in factors(interview) if f.key.startswith(f"{last.position}.")]
    own = named if asked_for else [f for f in named if not says_otherwise(interview, f) and not is_bare(f.text)]
    return how(interview, question, own[0], at) if own else None


def can_go_deeper(script: Script, interview: Interview, limits: Limits, asked: Asked) -> bool:
    """Whether Go deeper is offered: there is room in the chain and, up to the third level, in the number of asks."""
    if asked.level == 0 or asked.level >= LEVELS_AT_MOST:
        return False
    if asked.level >= LEVELS_UNASKED:
        return True
    question = script.question(asked.question)
    if question not in script.questions:
        return False
    index = script.questions.index(question)
    return _affordable(script, interview, limits, index, depth=0)


def open_branches(interview: Interview) -> tuple[Factor, ...]:
    """Factors that nobody has asked deeper about, beside the one the chain is following."""
    explored = {a.factor for a in interview.asked if a.factor is not None}
    tree = factors(interview)
    siblings = {f.key.split(".")[0] for f in tree}
    several = {p for p in siblings if sum(f.key.startswith(f"{p}.") for f in tree) > 1}
    return tuple(
        f
        for f in tree
        if f.key not in explored
        and f.key.split(".")[0] in several
        and f.level < LEVELS_AT_MOST
        and not says_otherwise(interview, f)
    )
