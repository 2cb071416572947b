"""How does a postmortem stand by each rule? What holds, what is weak and where, and what cannot be told yet.

The rules come from the validation and the pitfalls of a procedure for blameless reviews, and from the notes of a full
incident template; each says in its docstring which, and what its number rests on (`docs/seeds.md`).
"""

from __future__ import annotations

from bot.report.checks import after, dates, story, tasks, words
from bot.report.checks.rule import Check, Matter, Rule

#: Every rule, in the order of the document.
RULES: tuple[Rule, ...] = (*story.RULES, *tasks.RULES, *words.RULES, *dates.RULES, *after.RULES)


def checklist(matter: Matter) -> tuple[Check, ...]:
    """What each rule says, without those that look at something which this kind of postmortem does not have."""
    told = ((rule, rule.look(matter)) for rule in RULES)
    return tuple(Check(rule, verdict) for rule, verdict in told if verdict is not None)
