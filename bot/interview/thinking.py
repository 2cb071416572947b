"""How does a second mind ask? Which critiques and wordings an interview wants, and what it makes of those that came.

Nobody waits for a thought: it is asked for while people write, the script's own question is put when they are done,
and what comes after that is put as the follow-up to a later answer, or dropped; either is kept with its reason.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime

from bot.interview import events as ev
from bot.interview.conclusions import Role, Saying, Standing, Thought
from bot.interview.filing import filed, is_telling
from bot.interview.plan import Limits, following, probes_used, room
from bot.interview.probing import PROBES_PER_QUESTION, probe_for
from bot.interview.replacing import replace
from bot.interview.script import CONCERNS, ONE_WORD, Script
from bot.interview.state import Asked, Closed, Interview, Put, Quote, Said, Stage
from bot.interview.thoughts import Purpose

#: What a follow-up is about that a thought put, and not a rule.
CRITIQUE = "critique"
#: An answer is looked at again when more is written, but not more often than this.
CRITIQUES_PER_QUESTION = 3
#: For so many questions a follow-up to an earlier answer may still come.
LATE_BY = 2
#: What people have to be told, once each; what else fails is only kept.
TOLD = frozenset(
    {
        "budget_postmortem", "budget_day", "overloaded", "timeout", "connection", "circuit_open", "refused",
        "spend_limit", "rejected",
    }
)  # fmt: skip
#: The same trouble in another word.
SAME_TROUBLE = {"timeout": "overloaded", "connection": "overloaded", "circuit_open": "overloaded"}


def ended(thought: Thought, standing: Standing, why: str, at: datetime, by: str = "") -> Thought:
    return replace(thought, standing=standing, why=why, ended_at=at, by=by)


def marked(
    interview: Interview, thought: Thought, standing: Standing, why: str, at: datetime, by: str = ""
) -> Interview:
    """The interview in which something was made of a thought."""
    done = ended(thought, standing, why, at, by)
    if all(t.key != thought.key for t in interview.thoughts):
        # What the rules offer is kept only once somebody does something with it.
        return replace(interview, thoughts=(*interview.thoughts, done))
    return replace(interview, thoughts=tuple(done if t.key == thought.key else t for t in interview.thoughts))


# what is wanted --------------------------------------------------------------------------------------------------


def basis_of(said: Sequence[Said]) -> str:
    """The digest of some replies: another one as soon as one of them says something else."""
    return hashlib.sha256(repr([(s.ts, s.text) for s in said]).encode("utf-8", "backslashreplace")).hexdigest()[:12]


def told(interview: Interview, position: int) -> tuple[Said, ...]:
    """What the replies under a question say that can be judged."""
    return tuple(s for s in filed(interview, position) if is_telling(s))


def critique(script: Script, interview: Interview, limits: Limits, at: datetime) -> tuple[Thought, ...]:
    asked = interview.current
    if asked is None or not _worth_a_critique(script, interview, asked, limits):
        return ()
    basis = basis_of(told(interview, asked.position))
    mine = [t for t in interview.thoughts if t.purpose is Purpose.CRITIQUE and t.position == asked.position]
    if any(t.basis == basis for t in mine) or len(mine) >= CRITIQUES_PER_QUESTION:
        return ()
    return (Thought(f"critique-{asked.position}-{basis}", Purpose.CRITIQUE, at, asked.position, asked.question, basis),)


def _worth_a_critique(script: Script, interview: Interview, asked: Asked, limits: Limits) -> bool:
    said = told(interview, asked.position)
    if not said or any("nothing" in s.findings.mentions for s in said) or script.question(asked.question).collects:
        return False
    return may_probe(script, interview, asked, limits)


def too_late(interview: Interview, thought: Thought) -> bool:
    """Whether no answer is left after which what a thought asks could still be put."""
    latest = len(interview.asked)
    if interview.stage is not Stage.ASKING:
        return True
    if thought.purpose is Purpose.CRITIQUE:
        return thought.position < latest - LATE_BY
    asked = [a for a in interview.asked[thought.position :] if a.question == thought.about and a.put is not Put.PROBE]
    return bool(asked) and asked[-1].closed is not None


def may_probe(script: Script, interview: Interview, asked: Asked, limits: Limits) -> bool:
    """Whether a thought may put a follow-up to the answer to `asked`: one for a question, within the limits for all."""
    root = next(
        a
        for a in reversed(interview.asked[: asked.position])
        if a.question == asked.question and a.put is not Put.PROBE
    )
    earlier = [a for a in interview.asked[root.position :] if a.question == asked.question and a.put is Put.PROBE]
    if root.put is Put.CONFIRM or probes_used(interview) >= limits.probes or len(earlier) >= PROBES_PER_QUESTION:
        return False
    if room(script, interview, limits, asking=asked.question) <= 0:
        return False
    return not any(a.about == CRITIQUE for a in earlier)


def question(script: Script, interview: Interview, limits: Limits, at: datetime) -> tuple[Thought, ...]:
    """The wording of what comes next, as far as that can be told while people still write."""
    asked = interview.current
    if asked is None or not told(interview, asked.position):
        return ()
    if any(t.purpose is Purpose.QUESTION and t.position == asked.position for t in interview.thoughts):
        return ()
    coming = following(script, interview, asked, Closed.NEXT, limits)
    if coming is None or not _may_be_reworded(script, coming):
        return ()
    if any(t.purpose is Purpose.QUESTION and t.about == coming.question and t.open for t in interview.thoughts):
        return ()
    key = f"question-{coming.question}-{asked.position}"
    return (Thought(key, Purpose.QUESTION, at, asked.position, coming.question),)


def _may_be_reworded(script: Script, asked: Asked) -> bool:
    """A confirmation and a question with numbers in it stay as the script has them, and hows quote already."""
    return asked.put is Put.ASK and asked.level <= 1 and not script.question(asked.question).collects


# what comes ------------------------------------------------------------------------------------------------------


def came(interview: Interview, event: ev.ThoughtCame) -> Interview | str:
    """The interview with what was thought; or why it changes nothing."""
    thought = next((t for t in interview.thoughts if t.key == event.key), None)
    if thought is None or thought.standing is not Standing.WANTED:
        return "thought_over"
    if thought.purpose is Purpose.REVIEW and thought.basis != str(interview.revision):
        fresh = ended(thought, Standing.DROPPED, "superseded", event.at)
    elif event.why:
        current = interview.current
        where = current.position if current is not None else 0
        fresh = replace(ended(thought, Standing.FAILED, event.why, event.at), position=where)
    else:
        fresh = replace(
            thought,
            standing=Standing.CAME,
            ended_at=event.at,
            sayings=event.sayings,
            enough=event.enough,
            dropped=event.dropped,
        )
    return replace(interview, thoughts=tuple(fresh if t.key == event.key else t for t in interview.thoughts))


def trouble_at(interview: Interview, position: int) -> str:
    """What has to be told under a question, because it went wrong first while that one was open; empty if nothing."""
    found: dict[str, int] = {}
    for thought in interview.thoughts:
        if thought.standing is Standing.FAILED and thought.why in TOLD:
            found.setdefault(SAME_TROUBLE.get(thought.why, thought.why), thought.position)
    return next((why for why, where in found.items() if where == position), "")


# what is made of it ----------------------------------------------------------------------------------------------


def probe_after(
    script: Script, interview: Interview, asked: Asked, limits: Limits, at: datetime
) -> tuple[Interview, Asked | None]:
    """The follow-up to the answer to `asked`: the rules' where somebody could read blame in it, else the thought's.

    Where no thought came in time it is the rules', perhaps in the words of one that came late; and where the rules
    have none, one that an earlier answer called for.
    """
    rule = probe_for(script, interview, asked, limits, at)
    if not interview.thoughts:
        return interview, rule
    if rule is not None and rule.about in CONCERNS - {ONE_WORD}:
        return interview, rule
    if asked.about == CRITIQUE:
        rule = None
    thought = _fresh_critique(interview, asked)
    if thought is not None:
        if thought.enough or not may_probe(script, interview, asked, limits):
            return marked(interview, thought, Standing.USED, "enough" if thought.enough else "limit", at), None
        if put := thought.of(Role.QUESTION):
            return marked(interview, thought, Standing.USED, "probe", at), _probe(interview, asked, put[0], at)
    if rule is not None:
        return _in_late_words(interview, asked, rule, at)
    return _late(script, interview, asked, limits, at)


def _fresh_critique(interview: Interview, asked: Asked) -> Thought | None:
    basis = basis_of(told(interview, asked.position))
    return next(
        (
            t
            for t in interview.thoughts
            if t.purpose is Purpose.CRITIQUE
            and t.standing is Standing.CAME
            and (t.position, t.basis) == (asked.position, basis)
        ),
        None,
    )


def _in_late_words(interview: Interview, asked: Asked, rule: Asked, at: datetime) -> tuple[Interview, Asked | None]:
    """A wording of this very question that came after it was put asks once more for what the answer lacks."""
    late = next(
        (
            t
            for t in interview.thoughts
            if t.purpose is Purpose.QUESTION
            and t.standing is Standing.CAME
            and t.about == asked.question
            and t.position < asked.position
        ),
        None,
    )
    put = late.of(Role.QUESTION) if late is not None else ()
    if late is None or not put:
        return interview, rule
    worded = replace(rule, text=put[0].text, quote=quote_of(put[0]) or rule.quote)
    return marked(interview, late, Standing.USED, "late_probe", at), worded


def _late(
    script: Script, interview: Interview, asked: Asked, limits: Limits, at: datetime
) -> tuple[Interview, Asked | None]:
    """What a critique of an earlier answer asks, when it came after the next question was put."""
    for thought in interview.thoughts:
        earlier = interview.asked[thought.position - 1] if 0 < thought.position < asked.position else None
        if earlier is None or thought.purpose is not Purpose.CRITIQUE or thought.standing is not Standing.CAME:
            continue
        stands = thought.basis == basis_of(told(interview, earlier.position)) and earlier.question != asked.question
        put = thought.of(Role.QUESTION)
        if (
            thought.enough
            or not put
            or not stands
            or earlier.level
            or not may_probe(script, interview, earlier, limits)
        ):
            continue
        return marked(interview, thought, Standing.USED, "late_probe", at), _probe(interview, earlier, put[0], at)
    return interview, None


def _probe(interview: Interview, asked: Asked, saying: Saying, at: datetime) -> Asked:
    return Asked(
        position=len(interview.asked) + 1,
        topic=asked.topic,
        question=asked.question,
        put=Put.PROBE,
        text=saying.text,
        opened_at=at,
        quote=quote_of(saying),
        about=CRITIQUE,
        factor=asked.factor,
        level=asked.level,
    )


def worded(interview: Interview, following: Asked | None, at: datetime) -> tuple[Interview, Asked | None]:
    """The next question in the words of a thought, if one came in time."""
    if following is None or following.put is not Put.ASK or following.level > 1:
        return interview, following
    thought = next(
        (
            t
            for t in reversed(interview.thoughts)
            if t.purpose is Purpose.QUESTION and t.standing is Standing.CAME and t.about == following.question
        ),
        None,
    )
    put = thought.of(Role.QUESTION) if thought is not None else ()
    if thought is None or not put:
        return interview, following
    asked = replace(following, text=put[0].text, quote=quote_of(put[0]) or following.quote)
    return marked(interview, thought, Standing.USED, "asked", at), asked


def quote_of(saying: Saying) -> Quote | None:
    """The words that a saying rests on first."""
    ground = next(iter(saying.grounds), None)
    return Quote(ground.words, ground.ts, ground.user) if ground is not None else None
