"""Which question comes next, and what does it build on? The script decides, the answers and the limits choose."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.interview import versions
from bot.interview.fields import lacking, takes_whole
from bot.interview.filing import (
    REMEMBERED,
    Factor,
    answer,
    answer_at,
    concerned,
    contributing,
    factors,
    filed,
    is_telling,
    only_a_moment,
    puts,
    says_otherwise,
    taken_over,
)
from bot.interview.gone import quotes_what_is_gone
from bot.interview.kept import kept
from bot.interview.quoting import is_bare, shorten
from bot.interview.script import CONCERNS, ONE_WORD, TELLABLE_MOMENTS, Condition, Question, Script, Wording
from bot.interview.state import Asked, Closed, Interview, Put, Quote, Said

#: Levels of a chain of hows that come by themselves, and that it has at most (three unasked, five in all).
LEVELS_UNASKED = 3
LEVELS_AT_MOST = 5
#: A question is probed at most twice (facilitation: up to two follow-ups, then record the condition).
PROBES_PER_QUESTION = 2
#: For confirmations and for what Back brings up there is one message beside those for asks and probes, 17 with the
#: usual limits, and one more is left for a late way back. Of the 25 messages that a small incident ends with at most,
#: seven are no questions: what was read, the timeline, who acted, the figures, the actions, the review, the summary.
ROOM_BESIDE = 1
#: Where the severity is why the form of figures is offered, the incident is no small one: so many messages more may
#: confirm something. Where that form is not offered at all, its message is free for that.
CONFIRMATIONS_SEVERE, CONFIRMATIONS_WITHOUT_FORM = 3, 1
#: How many factors a wording can number, and how much it shows of each: a phone shows about 45 characters a line.
FACTORS_SHOWN = 9
FACTOR_LENGTH = 60
#: Of so many conditions it is remembered whether they hold: those of all scripts, for a dozen interviews.
HELD = 1024


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


@kept(HELD)
def holds(script: Script, interview: Interview, condition: Condition) -> Quote | None:
    """The evidence that a condition holds: a quote (perhaps without a message), or None when it does not."""
    if condition.lacks and not lacking(script, interview, condition.lacks):
        return None
    return _holds(interview, condition)


def any_holds(script: Script, interview: Interview, conditions: Sequence[Condition]) -> bool:
    """Whether there is no condition, or one of them holds."""
    return not conditions or any(holds(script, interview, condition) is not None for condition in conditions)


def _holds(interview: Interview, condition: Condition) -> Quote | None:
    if condition.fact is not None:
        fact = interview.fact(condition.fact)
        if fact is None or (condition.values and fact.text not in condition.values):
            return None
        if condition.missing is not None and interview.fact(condition.missing) is not None:
            return None
        return fact.quote or Quote(fact.text)
    if condition.missing is not None:
        return Quote("") if interview.fact(condition.missing) is None else None
    if condition.factors:
        return Quote("") if len(contributing(factors(interview))) >= condition.factors else None
    if condition.said is None:
        return Quote("") if condition.lacks else None
    for said in reversed(interview.said):
        if said.deleted or not is_telling(said) or condition.said not in said.findings.mentions:
            continue
        if condition.of and said not in answer(interview, condition.of).all:
            continue
        return Quote(said.text, said.ts, said.user)
    return None


def applies(script: Script, interview: Interview, question: Question) -> bool:
    return any_holds(script, interview, question.when)


def settled_by(script: Script, interview: Interview, question: Question) -> Quote | None:
    """The words that make a question a mere confirmation."""
    for condition in question.settled:
        quote = holds(script, interview, condition)
        if quote is not None:
            return quote
    return None


def said_already(script: Script, interview: Interview, question: Question) -> Quote | None:
    """What people just said of a question when another one of its topic asked for it: they need not say yes to it.

    None once the question itself was put, and where the confirmation asks for more than whether that is all.
    """
    if not question.depth or takes_whole(question) or puts(interview, question.id):
        return None
    topic = {q.id for q in script.questions if q.topic == question.topic}
    for condition in question.settled:
        quote = holds(script, interview, condition) if condition.of in topic else None
        if quote is not None:
            return quote
    return None


def done(interview: Interview, question: Question) -> bool:
    """Whether a question was passed, and Back has not brought it or a level of it up again since."""
    before = _rounds(interview, question)
    return any(a.closed not in (None, Closed.LEFT) for a in before) and _left(before) is None


def _rounds(interview: Interview, question: Question) -> tuple[Asked, ...]:
    return tuple(a for a in puts(interview, question.id) if a.put is not Put.PROBE)


def _left(rounds: Sequence[Asked]) -> Asked | None:
    """The first level of a question that Back left, and that was not put since."""
    newest = {a.level: a for a in rounds}
    return next((newest[level] for level in sorted(newest) if newest[level].closed is Closed.LEFT), None)


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
        if question.depth and not _rounds(interview, question):
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
        and not _rounds(interview, q)
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
        and not _rounds(interview, q)
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
        and (q.depth == 0 or _rounds(interview, q) or (n > index and q.depth < depth))
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


def to_put(script: Script, interview: Interview, question: Question, at: datetime) -> Asked:
    """A question as it is put now: for the first time, or once more."""
    rounds = _rounds(interview, question)
    if rounds:
        return again(script, interview, _left(rounds) or rounds[-1], at)
    return _fresh(script, interview, question, at)


def again(script: Script, interview: Interview, before: Asked, at: datetime) -> Asked:
    """A question once more: as it was put, and where its words are no longer what somebody says, on what stands now."""
    found = anew(script, interview, before, at) if quotes_what_is_gone(interview, before) else before
    return Asked(
        position=len(interview.asked) + 1,
        topic=before.topic,
        question=before.question,
        put=Put.RETURN,
        text=found.text,
        opened_at=at,
        quote=found.quote,
        factor=found.factor,
        level=found.level,
        about=found.about,
    )


def anew(script: Script, interview: Interview, before: Asked, at: datetime) -> Asked:
    """A question on what stands now; a deeper level whose factor is gone begins at the first again."""
    question = script.question(before.question)
    factor = next((f for f in factors(interview) if f.key == before.factor), None)
    if before.level > 1 and factor is not None:
        return how(interview, question, factor, at)
    return _fresh(script, interview, question, at)


def _fresh(script: Script, interview: Interview, question: Question, at: datetime) -> Asked:
    """A question as it is put for the first time, on what is known now."""
    quote = settled_by(script, interview, question)
    if quote is not None:
        wording = _wording(script, interview, question.confirms)
        put, text, about = Put.CONFIRM, fill(wording.text, interview, quote), wording.tells
        quote = quote if quote.text else builds_on(interview, question.builds_on)
    else:
        wording = _wording(script, interview, question.wordings)
        quote = builds_on(interview, wording.builds_on or question.builds_on)
        put, text, about = Put.ASK, fill(wording.text, interview, quote), wording.tells
    return Asked(
        position=len(interview.asked) + 1,
        topic=question.topic,
        question=question.id,
        put=put,
        text=text,
        opened_at=at,
        quote=quote if quote and quote.text else None,
        about=about,
        level=int(bool(question.how)),
    )


def _wording(script: Script, interview: Interview, wordings: tuple[Wording, ...]) -> Wording:
    """The first that applies; the last one always does, which `script_rules` sees to."""
    return next(wording for wording in wordings if any_holds(script, interview, wording.when))


def builds_on(interview: Interview, refs: Sequence[str]) -> Quote | None:
    """The best words to build on: what the script names, first found first; words about something else never."""
    for ref in refs:
        kind, _, name = ref.partition(":")
        quote = None
        if kind == "fact":
            fact = interview.fact(name)
            quote = fact.quote if fact is not None else None
        elif kind == "answer":
            quote = last_words(answer(interview, name).printed)
        elif kind == "parked":
            quote = _parked(interview)
        else:
            quote = _last_of_all(interview)
        if quote is not None and not is_bare(quote.text):
            return quote
    return None


def _parked(interview: Interview) -> Quote | None:
    """The newest words that were put aside as an idea: what should have been, without blaming anybody."""
    for asked in reversed(interview.asked):
        if asked.about == "counterfactual" and asked.quote is not None and asked.quote.ts is not None:
            said = next((s for s in interview.said if s.ts == asked.quote.ts and not s.deleted), None)
            if said is not None and not {"person_as_cause", "human_error"} & {*said.findings.concerns}:
                return Quote(said.text, said.ts, said.user)
    return None


def last_words(said: tuple[Said, ...]) -> Quote | None:
    """The newest words that say something by themselves."""
    telling = [s for s in said if not s.findings.mentions & {"pointer", "nothing", "only_yes"} and not is_bare(s.text)]
    return Quote(telling[-1].text, telling[-1].ts, telling[-1].user) if telling else None


def _last_of_all(interview: Interview) -> Quote | None:
    for asked in reversed(interview.asked):
        words = last_words(tuple(s for s in filed(interview, asked.position) if is_telling(s)))
        if words is not None:
            return words
    return None


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


def how(interview: Interview, question: Question, factor: Factor, at: datetime) -> Asked:
    """The how-question about one factor."""
    return Asked(
        position=len(interview.asked) + 1,
        topic=question.topic,
        question=question.id,
        put=Put.ASK,
        text=fill(question.how, interview, factor.quote),
        opened_at=at,
        quote=factor.quote,
        factor=factor.key,
        level=factor.level + 1,
    )


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


def probe_for(script: Script, interview: Interview, asked: Asked, limits: Limits, at: datetime) -> Asked | None:
    """The follow-up that the answer to `asked` calls for, or None when it has what the question needs."""
    question = script.question(asked.question)
    root = next(
        a
        for a in reversed(interview.asked[: asked.position])
        if a.question == asked.question and a.put is not Put.PROBE
    )
    earlier = [a for a in interview.asked[root.position :] if a.question == asked.question and a.put is Put.PROBE]
    if root.put is Put.CONFIRM or probes_used(interview) >= limits.probes or len(earlier) >= PROBES_PER_QUESTION:
        return None
    said = [s for s in answer_at(interview, root.position).all if not s.findings.chatter]
    said = [s for s in said if root.about in TELLABLE_MOMENTS or not only_a_moment(interview, s)]
    idle = [s for s in said if s.findings.mentions & {"unknown", "nothing"}]
    if not said or any(versions.instead_of(interview, root, s) is None for s in idle):
        return None
    already = {a.about for a in earlier}
    if versions.settled(script, interview, question, root):
        already.add("version")
    about, because = _lacking(question, said, filed(interview, asked.position), already)
    if because is None and root.about in TELLABLE_MOMENTS - already and interview.fact(root.about or "") is None:
        about, because = root.about or "", said[-1]
    if about not in CONCERNS and any("doubt" in s.findings.mentions for s in said):
        # They say themselves what they do not know.
        return None
    probe = next((p for p in question.probes if p.about == about), None)
    if probe is None or because is None or room(script, interview, limits, asking=asked.question) <= 0:
        return None
    at_fault = sorted(concerned(because, about))
    words = because.findings.factors[at_fault[0]] if at_fault else because.text
    quote = versions.instead_of(interview, root, because) or Quote(words, because.ts, because.user)
    return Asked(
        position=len(interview.asked) + 1,
        topic=asked.topic,
        question=asked.question,
        put=Put.PROBE,
        text=fill(probe.text, interview, quote),
        opened_at=at,
        quote=quote,
        about=about,
        factor=root.factor,
        level=root.level,
    )


def _lacking(
    question: Question, said: list[Said], newest: tuple[Said, ...], already: set[str | None]
) -> tuple[str, Said | None]:
    told = any(ONE_WORD not in s.findings.concerns for s in said)
    for concern in question.watch:
        if concern == ONE_WORD and (told or concern in already):
            continue
        for reply in newest:
            if concern in reply.findings.concerns:
                return concern, reply
    for need in question.needs:
        if need not in already and not any(need in s.findings.mentions for s in said):
            return need, said[-1]
    return "", None


def numbered(found: tuple[Factor, ...]) -> str:
    """The factors on one line, by the numbers that an answer may name."""
    shown = [f"({n}) {shorten(factor.text, FACTOR_LENGTH)}" for n, factor in enumerate(found[:FACTORS_SHOWN], 1)]
    return "; ".join(shown) or "…"


def fill(text: str, interview: Interview, quote: Quote | None) -> str:
    """Puts known facts and the quote into a wording; a placeholder without a value reads as an ellipsis."""
    return text.format_map(_Known(interview, quote)).replace("….", "…")


class _Known:
    """What a wording may name, each shortened when it is asked for."""

    def __init__(self, interview: Interview, quote: Quote | None) -> None:
        self._interview = interview
        self._quote = quote

    def __getitem__(self, name: str) -> str:
        if self._quote is not None and name == "quote":
            return shorten(self._quote.text)
        if self._quote is not None and name == "who":
            return f"<@{self._quote.user}>" if self._quote.user else "the record"
        if name == "factors":
            return numbered(contributing(factors(self._interview)))
        fact = self._interview.fact(name)
        return shorten(fact.text) if fact is not None else "…"
