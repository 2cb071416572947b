"""What stands where nobody said anything? One word for each way in which that came about, wherever it is told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.interview.filing import Answer
from bot.report.values import Paragraph, State, Voice

#: One honest line for each.
ABSENT = {
    State.NOT_ANSWERED: "Not answered.",
    State.UNKNOWN: "Not known.",
    State.SKIPPED: "Skipped by the team.",
    State.NOTHING: "Nothing was named.",
}


@dataclass(frozen=True, slots=True)
class Missing:
    """Something that nobody said, by its name, and how that came about."""

    name: str
    state: State = State.NOT_ANSWERED
    #: Which field of `bot/interview/fields.py` it is, so that a part which shows it settles it; empty for none.
    field: str = ""


def absent(state: State) -> Paragraph:
    """The one honest line for a question without an answer."""
    return Paragraph(ABSENT[state], Voice.ABSENT, silence=state)


def silence(*answers: Answer) -> State:
    """What it means that nothing was said; "don't know" and "nothing" are answers and outweigh Skip."""
    if any(each.unknown for each in answers):
        return State.UNKNOWN
    if any(each.nothing for each in answers):
        return State.NOTHING
    return State.SKIPPED if any(each.skipped for each in answers) else State.NOT_ANSWERED


def of_all(states: Iterable[State]) -> State:
    """What is said of several in one word: their own where it is one, else that they were not answered."""
    found = set(states)
    return found.pop() if len(found) == 1 else State.NOT_ANSWERED


def told(missing: Sequence[Missing]) -> str:
    """All that is missing in one line: `Not answered: a and b. Not known: c.`; empty where nothing is."""
    lines = []
    for state, words in ABSENT.items():
        names = list(dict.fromkeys(each.name for each in missing if each.state is state))
        if names:
            listed = " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))
            lines.append(f"{words.removesuffix('.')}: {listed}.")
    return " ".join(lines)
