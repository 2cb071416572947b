"""How does a postmortem stand by each rule? What holds, what is weak and where, and what cannot be told yet.

The rules come from the validation and the pitfalls of a procedure for blameless reviews, and from the notes of a full
incident template; each says in its docstring which, and what its number rests on (`docs/seeds.md`).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from bot.report.checks import after, dates, story, tasks, words
from bot.report.checks.rule import Check, Matter, Rule, listed

#: Every rule, in the order of the document.
RULES: tuple[Rule, ...] = (*story.RULES, *tasks.RULES, *words.RULES, *dates.RULES, *after.RULES)
#: The rules that a setting may make binding.
BINDABLE: tuple[str, ...] = tuple(rule.id for rule in RULES if rule.can_bind)


def unmet(checks: Sequence[Check], binding: Collection[str]) -> str:
    """What still has to hold before the document is final, as half a sentence; empty where all that binds holds."""
    titles = [check.title for check in checks if check.id in binding and not check.ok]
    return listed([f"{title[:1].lower()}{title[1:]}" for title in titles])


def checklist(matter: Matter) -> tuple[Check, ...]:
    """What each rule says, without those that look at something which this kind of postmortem does not have."""
    told = ((rule, rule.look(matter)) for rule in RULES)
    return tuple(Check(rule, verdict) for rule, verdict in told if verdict is not None)
