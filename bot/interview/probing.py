"""Does an answer have what its question needs? Where it has not, one follow-up asks for that."""

from __future__ import annotations

from datetime import datetime

from bot.interview import versions
from bot.interview.filing import answer_at, concerned, filed, only_a_moment
from bot.interview.plan import Limits, probes_used, room
from bot.interview.putting import fill
from bot.interview.script import CONCERNS, ONE_WORD, TELLABLE_MOMENTS, Question, Script
from bot.interview.state import Asked, Interview, Put, Quote, Said

#: A question is probed at most twice (facilitation: up to two follow-ups, then record the condition).
PROBES_PER_QUESTION = 2


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
    idle = [s for s in said if s.findings.mentions & {"unknown", "nothing", "said_before", "only_severity"}]
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
