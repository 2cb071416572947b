"""Is the story whole: what happened, when, and how it came to be possible?"""

from __future__ import annotations

from bot.interview.filing import factors
from bot.interview.plan import LEVELS_UNASKED
from bot.interview.state import Closed
from bot.report.checks.rule import HOLDS, Found, Matter, Mend, Rule, Verdict, waits, weak
from bot.report.document import SectionText, State
from bot.report.facts import ALWAYS, factors_counted

#: One cause is never the whole of it (procedure, validation: multiple contributing factors, not only one).
FEWEST_FACTORS = 2
#: So many levels of hows the bot asks by itself. The procedure asks for five questions; the fourth and the fifth come
#: when people press *Go deeper*, so that a chain that ends where nobody knows more is not held against anybody.
DEEP_ENOUGH = LEVELS_UNASKED


def answered(matter: Matter) -> Verdict:
    """Every section holds an answer (template: every section).

    That something is not known is an answer (facilitation: unknown is one, and nothing is skipped silently).
    """
    silent = [s for s in matter.document.unanswered if s.state is not State.UNKNOWN]
    return weak(
        *(
            Found(f"“{s.heading}” {'was skipped' if s.state is State.SKIPPED else 'is not answered'}", s.id)
            for s in silent
        )
    )


def moments(matter: Matter) -> Verdict | None:
    """The four times without which no duration can be told (procedure, validation: the timeline is complete).

    Where it only nearly happened, nothing began or had to be ended.
    """
    if matter.script.nearly:
        return None
    document = matter.document
    known = {
        "began": document.began,
        "detected": document.detected,
        "mitigated": document.mitigated,
        "resolved": document.resolved,
    }
    return weak(*(Found(f"“{label}” has no time", name) for name, label in ALWAYS.items() if known[name] is None))


def timeline(matter: Matter) -> Verdict:
    """Somebody has looked the timeline through (procedure, validation: chronologically accurate)."""
    section = next((s.id for s in matter.document.sections if s.made_of == "timeline"), "")
    confirmed = matter.interview.timeline_by is not None
    return HOLDS if confirmed else weak(Found("Nobody has confirmed the timeline yet", section))


def contributing(matter: Matter) -> Verdict | None:
    """Two or more contributing factors (procedure, validation)."""
    section = _causes(matter)
    if section is None:
        return None
    count = matter.document.factor_count
    if count.named >= FEWEST_FACTORS:
        return HOLDS
    told = f"Only {factors_counted(count)}, is named" if count.below else "Only one contributing factor is named"
    return weak(Found(told if count.named else "No contributing factor is named", section.id))


def depth(matter: Matter) -> Verdict | None:
    """A chain of hows that goes deep enough (procedure, pitfall: stopping at the first cause).

    A chain that ended in "don't know" is as deep as anybody can go; an edited section can't be counted.
    """
    section = _causes(matter)
    if section is None or not any(q.how for q in (*matter.script.questions, *matter.script.passed)):
        return None
    if section.state is State.EDITED:
        return waits("The section was written by hand, so its depth can't be counted.")
    chain = factors(matter.interview)
    deepest = max((factor.level for factor in chain), default=0)
    ended = any(a.level > 1 and a.closed is Closed.UNKNOWN for a in matter.interview.asked)
    if deepest >= DEEP_ENOUGH or (ended and deepest):
        return HOLDS
    if not deepest:
        return weak(Found("No how was answered", section.id))
    return weak(Found(f"The deepest chain of hows has {deepest} of {DEEP_ENOUGH} levels", section.id))


def edits(matter: Matter) -> Verdict:
    """No edit of a section was left behind by its answers."""
    return weak(
        *(
            Found(f"“{s.heading}” was edited, and the answers have changed since", s.id)
            for s in matter.document.sections
            if s.stale
        )
    )


def _causes(matter: Matter) -> SectionText | None:
    return next((s for s in matter.document.sections if s.made_of == "factors"), None)


RULES = (
    Rule(
        "answered",
        "Every section is answered, or says that nobody knows",
        "Write the section yourself, or answer in the thread; “don't know” is an answer too.",
        answered,
        Mend.SECTIONS,
    ),
    Rule(
        "moments",
        "Began, detected, mitigated and resolved are known",
        "Give the entry that tells it its time and its kind.",
        moments,
        Mend.TIMELINE,
    ),
    Rule(
        "timeline",
        "Somebody has confirmed the timeline",
        "Read it through and press *Looks right* under it, or correct it.",
        timeline,
        Mend.TIMELINE,
    ),
    Rule(
        "factors",
        "There are at least two contributing factors",
        "Ask what else had to be true for it to happen, or to last so long.",
        contributing,
        Mend.SECTIONS,
    ),
    Rule(
        "depth",
        "The chain of hows goes deep enough",
        "Ask of the last line how that came to be possible, until it is something that the team can change.",
        depth,
        Mend.SECTIONS,
    ),
    Rule(
        "edits",
        "Edited sections match their answers",
        "Read the section again: keep the edit, or take in what was answered since.",
        edits,
        Mend.SECTIONS,
    ),
)
