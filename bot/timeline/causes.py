"""Which message says what the cause was?

A hypothesis is no cause until somebody confirms it. The cause that was found last is the cause; where none was named
or confirmed, it is what was said to be wrong and was then put right.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.patterns import pattern
from bot.timeline.answers import ASKED_CAUSE
from bot.timeline.course import is_act, is_ill, makes_no_difference
from bot.timeline.forms import Form
from bot.timeline.ideas import confirmation, refutation
from bot.timeline.reading import Reading, own_time
from bot.timeline.signs import signs_of
from bot.timeline.values import Precision, Stated

#: Within how many messages an idea is confirmed or given up, if at all.
_TAKEN_UP = 60
#: Within how long, and how many messages, what is wrong is put right by those who say so.
_PUT_RIGHT, _MESSAGES = timedelta(hours=4), 12


_CLAUSE = pattern(r"[.!?;,]\s+|\n| which | when ")
#: "the certificate expired at noon, that is it"
_VERIFIED = pattern(
    r"[,.;:–—-] ?(?:and )?(?:that|this)(?: is|(?:'|’)?s) (?:it|the one)\W*$"
    r"|\b(?:verified|proved|proven|reproduced|confirmed) (?:by|with|in|on|that)\b|\bcan reproduce\b"
)
#: "that's the one", "bingo. the rate is zero": somebody found it in what was just said.
_EXACTLY_THAT = pattern(
    r"^\W*(?:(?:yes|yep|ah|oh|wow)[,.!]? )?(?:that(?:(?:'|’)?s| is) (?:it|the one)|that was it|that must be it"
    r"|bingo|there it is|there we (?:go|have it)|gotcha|so that(?:'|’)?s why)(?:\W*$|[,.!;:] ?\w)"
)
_JUST_SAID, _JUST_BEFORE = timedelta(minutes=10), 3
_TELLS_OF_A_THING = ("change", "fault", "cause", "guess", "hedge", "symptom", "finding", "acts", "question")
#: Who explains what was found, does so within this time of it.
_EXPLAINS = timedelta(minutes=2)


def find_cause(
    readings: Sequence[Reading], ended: datetime | None = None, report: Reading | None = None
) -> tuple[Reading, Stated] | None:
    """The message that gives the cause, and the words that do; the impact `ended` then, where that is known.

    Who first reported it tells what is wrong, and not what did it.
    """
    found: list[tuple[Reading, Stated]] = []
    put_right: list[tuple[Reading, Stated]] = []
    blamed: list[tuple[Reading, Stated]] = []
    for index, each in enumerate(readings):
        asked = ASKED_CAUSE in each.read.signs
        if each.looks_back or each.is_notice or (each.read.is_question and not asked) or each.read.is_alert:
            continue
        later = readings[index + 1 : index + 1 + _TAKEN_UP]
        fault = _asserts_fault(each)
        named = _names_cause(each) or _confirms_itself(each) or (fault and confirmation(each, later) is not None)
        if (named or fault) and refutation(each, later) is not None:
            continue
        said = _just_said(each, readings[max(0, index - _JUST_BEFORE) : index])
        if named:
            found.append((each, own_time(each)))
        elif said is not None:
            words = own_time(each)
            if len(each.read.message.text.split()) < 6:
                words = Stated(each.at, Precision.EXACT, said.read.message.ts, own_time(said).words, None)
            found.append((each, words))
        elif (asked or each.read.is_hypothesis) and (yes := _confirmed(each, later)):
            words = own_time(yes)
            if len(yes.read.message.text.split()) < 6:
                idea = own_time(each)
                words = Stated(yes.at, Precision.EXACT, idea.source_ts, idea.words, None)
            found.append((yes, words))
        elif (fault and "fault" in each.read.signs and _was_put_right(each, later)) or (
            each is not report and _did_it(each, later, ended)
        ):
            put_right.append((each, own_time(each)))
        elif _blames(each) and refutation(each, later) is None and _was_put_right(each, later):
            blamed.append((each, own_time(each)))
    if found:
        return max(found, key=lambda pair: pair[0].at)
    put_right = put_right or blamed
    last = put_right[-1:]
    for pair in reversed(put_right[:-1]):
        if last and last[0][0].at - pair[0].at <= _EXPLAINS:
            last = [pair]
    return last[0] if last else None


def _just_said(each: Reading, before: Sequence[Reading]) -> Reading | None:
    """What somebody else has just said, where `each` says that this is it."""
    if each.read.is_question or not _EXACTLY_THAT.search(each.read.message.text) or "restored" in each.read.signs:
        return None
    for said in reversed(before):
        other = said.read.message.user != each.read.message.user and said.read.message.bot is None
        if other and each.at - said.at <= _JUST_SAID and said.read.any(*_TELLS_OF_A_THING):
            return said
    return None


def _confirmed(idea: Reading, later: Sequence[Reading]) -> Reading | None:
    """Where an idea was confirmed, unless it was given up before that."""
    yes = confirmation(idea, later)
    no = refutation(idea, later) if yes is not None else None
    return None if yes is not None and no is not None and no.at < yes.at else yes


def _names_cause(each: Reading) -> bool:
    read = each.read
    if read.is_question:
        return False
    return "named_cause" in read.signs and not read.any("hedge", "no_cause", "refuted", "action")


def _asserts_fault(each: Reading) -> bool:
    """Whether it says, without a doubt, what is wrong inside: a cause once somebody confirms it."""
    read = each.read
    if not read.any("fault", "cause") or read.any("hedge", "guess", "no_cause", "action", "restored", "resolved"):
        return False
    if read.any("confirmed"):
        return False
    return "refuted" not in read.signs or _one_clause_says_it(read.message.text)


def _confirms_itself(each: Reading) -> bool:
    """Whether it names what is wrong and how that was confirmed: "so it's the library, verified by reverting it"."""
    read = each.read
    return (
        read.any("fault", "cause")
        and not read.is_question
        and not read.any("hedge", "guess", "no_cause", "refuted", "action", "restored", "resolved", "mitigated")
        and _VERIFIED.search(read.message.text) is not None
    )


def _one_clause_says_it(text: str) -> bool:
    """Whether what is wrong, and what is not, stand in clauses of their own: "it comes from X, Y was fine"."""
    return any(
        not each.isdisjoint(("fault", "cause")) and "refuted" not in each for each in map(signs_of, _CLAUSE.split(text))
    )


#: "the update from 5:45 lets the scanner hang", "somebody pointed the test system at it yesterday"
_CHANGED_THEN = pattern(
    r"\b(?:update|upgrade|release|deploy\w*|roll-?out|change|patch|migration|import|config\w*|push\w*|bump|version|job"
    r"|pointed|moved|merged|switched|renamed|removed|replaced|enabled|disabled)\b[^.!?\n]{0,60}\b(?:yesterday(?:(?:'"
    r"|’)s)?"
    r"|last night(?:(?:'|’)s)?|this (?:morning|night)|(?:from|at|on|since) (?:\d|mon|tues|wednes|thurs|fri|satur"
    r"|sun)\w*)"
    r"|\b(?:yesterday|last night|this morning)(?:(?:'|’)s) (?:\w+ )?(?:update|upgrade|release|deploy\w*|change|patch"
    r"|import)"
)


def _blames(each: Reading) -> bool:
    """Whether it tells, as a fact, of something that was changed before and what is wrong since, not of work now."""
    read = each.read
    if read.message.bot is not None or read.is_question:
        return False
    if read.any("hedge", "guess", "no_cause", "action", "restored", "resolved", "mitigated", "rolled_back", "acts"):
        return False
    if read.any("refuted", "decision", "report", "communication"):
        return False
    return read.any("symptom", "fault", "impact") and _CHANGED_THEN.search(read.message.text) is not None


#: "that's the backfill! it was meant for tonight"
_NAMES_IT = pattern(
    r"^\W*(?:oh|ah|aha|wait|hm+|yes|yep|ok)?\W*(?:that|it|this)(?:'|’)?s (?:the|our|my|a|an) [^.?\n]{3,60}!"
)
#: "the vault was locked so the key list was empty, and it wrote that"
_SO_THAT = pattern(
    r"\b(?:was|were|is|are|had|has|got|did|does|doesn(?:'|’)?t|didn(?:'|’)?t)\b[^.?!\n]{4,60},? (?:so|hence"
    r"|therefore|thus"
    r"|which (?:means?|meant|made|broke)) (?:the|it|they|we|all|every|nothing|no|our|its)\b"
)
_KNOWS_NOT_WHY = pattern(r"\bno idea\b|\b(?:do not|don(?:'|’)?t) know\b|\bwhy\b|\bwonder")
#: A number that moved is what was met, not what did it.
_ONLY_MET = ("delta", "impact", "report", "recovering", "partly")


def _tells_what_did_it(each: Reading) -> bool:
    """Whether a person tells, as a fact, what did what, or what was done to a thing then, and what is ill since."""
    read = each.read
    if read.message.bot is not None or read.is_question or read.any("hedge", "guess", "no_cause", "action", "refuted"):
        return False
    if read.any("restored", "resolved", "mitigated", "declared", "communication", "escalated", "unfinished"):
        return False
    if _KNOWS_NOT_WHY.search(read.message.text):
        return False
    if _NAMES_IT.match(read.message.text):
        return True
    if read.any(*_ONLY_MET):
        return False
    if _SO_THAT.search(read.message.text) and is_ill(read.message.text):
        return True
    return each.form is Form.EXPLAINS and is_ill(read.message.text)


def _did_it(each: Reading, later: Sequence[Reading], ended: datetime | None) -> bool:
    return _tells_what_did_it(each) and refutation(each, later) is None and _acted_on(each, later, ended)


def _acted_on(told: Reading, later: Sequence[Reading], ended: datetime | None) -> bool:
    """Whether something was done after it was told, and the impact ended soon after that."""
    if ended is None or not told.at <= ended <= told.at + _PUT_RIGHT:
        return False
    return any(is_act(each, each.form) for each in later if each.at <= ended)


def _was_put_right(fault: Reading, later: Sequence[Reading]) -> bool:
    """Whether a person who said what is wrong acted on it, and it recovered."""
    if fault.read.message.bot is not None:
        return False
    for each in later[:_MESSAGES]:
        if each.at - fault.at > _PUT_RIGHT or each.read.any("relapse") or makes_no_difference(each.read.message.text):
            return False
        if each.read.any("mitigated", "restored", "recovering", "resolved", "rolled_back") and not each.read.any(
            "unfinished", "hedge", "other_resolved"
        ):
            return not each.read.is_question
    return False
