"""Can somebody begin with each action tomorrow, and will anybody know that it worked?"""

from __future__ import annotations

from bot.actions.gate import WEAK, sharper, strength
from bot.report.checks.rule import HOLDS, Found, Matter, Mend, Rule, Verdict, each_item, waits, weak

#: What an item is told to lack while there is none.
NO_ITEMS = "No action was named yet."


def items(matter: Matter) -> Verdict:
    """There is something to do (procedure, step 4)."""
    if any(item.status != "dropped" for item in matter.items):
        return HOLDS
    return weak(Found("Of no action it was said that it will be done" if matter.items else "No action was named"))


def owners(matter: Matter) -> Verdict:
    """Every open action has an owner (procedure, validation)."""
    return _each(matter, each_item(matter.open_items, lambda i: not i.owner, "has", "have", "no owner"))


def due(matter: Matter) -> Verdict:
    """Every open action has a day (procedure, validation)."""
    undated = [item for item in matter.open_items if item.due is None]
    words = [Found(f"{i.number}: “{i.due_words}” is not a date yet", i.number) for i in undated if i.due_words]
    bare = each_item(undated, lambda i: not i.due_words, "has", "have", "no date")
    brief = (*(each.text for each in words), *bare.brief)
    return _each(matter, Verdict((*words, *bare.found), brief=brief))


def priority(matter: Matter) -> Verdict:
    """Every open action has a priority (procedure, validation: owners, deadlines, and priorities)."""
    return _each(matter, each_item(matter.open_items, lambda i: not i.priority, "has", "have", "no priority"))


def measures(matter: Matter) -> Verdict:
    """Every open action says how anybody will know that it worked (procedure, step 4: a clear deliverable)."""
    says = "not say how we will know it worked"
    return _each(matter, each_item(matter.open_items, lambda i: not i.measure, "does", "do", says))


def specific(matter: Matter) -> Verdict:
    """No open action is vague (procedure, pitfall: "improve monitoring" is not actionable)."""
    found = [
        Found(f"{item.number} “{item.text}”: {question}", item.number)
        for item in matter.open_items
        if (question := sharper(item.text)) is not None
    ]
    return _each(matter, weak(*found))


def strong(matter: Matter) -> Verdict:
    """Not every action rests on people remembering (the hierarchy of controls; see `bot/actions/gate.py`).

    One that removes the hazard, automates or detects is enough; what the rules can't sort is not held against anybody.
    """
    kept = [item for item in matter.items if item.status != "dropped"]
    if not kept:
        return waits(NO_ITEMS)
    kinds = [strength(item.text) for item in kept]
    if any(kind not in WEAK for kind in kinds):
        return HOLDS
    told = ", ".join(item.number for item in kept)
    return weak(Found(f"{told}: each only writes something down or asks people to be careful"))


def _each(matter: Matter, verdict: Verdict) -> Verdict:
    return verdict if matter.items else waits(NO_ITEMS)


RULES = (
    Rule(
        "items",
        "There is something to do",
        "Name what will be done in the section of the actions: what, who, by when.",
        items,
        Mend.SECTIONS,
    ),
    Rule("owners", "Every action has an owner", "Choose a person for each.", owners, Mend.ITEMS),
    Rule("due", "Every action has a date", "Choose a day for each.", due, Mend.ITEMS),
    Rule(
        "priority", "Every action has a priority", "Choose one for each; P0 is the most urgent.", priority, Mend.ITEMS
    ),
    Rule(
        "measures",
        "Every action says how we will know that it worked",
        "Write what will be seen then that is not seen now.",
        measures,
        Mend.ITEMS,
    ),
    Rule(
        "specific",
        "No action is vague",
        "Say what exactly, by what, up to which number: edit the message that it was said in.",
        specific,
        Mend.ITEMS,
    ),
    Rule(
        "strong",
        "Some action does more than ask people to remember",
        "Find one that removes the hazard, does it by itself, or makes it seen earlier.",
        strong,
        Mend.SECTIONS,
    ),
)
