"""How severe can an incident be, what does each level mean, and which one did people name when they were asked?"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from bot.interview.filing import answer_at
from bot.interview.state import Fact, Interview, Put, Quote, Said
from bot.patterns import Pattern, pattern

#: The fact, and what a wording `tells` that asks for it.
SEVERITY = "severity"
_NUMBER_AT_END = re.compile(r"^(?P<word>[^\d]*?)[-\s]*(?P<number>\d+)$")


@dataclass(frozen=True, slots=True)
class Severities:
    """The levels and their meanings, the worst first."""

    levels: tuple[tuple[str, str], ...] = ()

    @property
    def meanings(self) -> Mapping[str, str]:
        return dict(self.levels)

    def named(self, text: str) -> str | None:
        """The one level that a text names, as SEV-2, sev2 or "severity 2"; None when it names none or several."""
        found = {name for name, _ in self.levels if _rule(name).search(text)}
        if not found:
            found = {name for name, _ in self.levels if _alone(name).fullmatch(text)}
        return found.pop() if len(found) == 1 else None


#: Where nobody says which levels there are.
NO_SCALE = Severities()


def read_severities(text: str) -> Severities:
    """Levels from `name: meaning`, one per line or with semicolons between. Raises ValueError for anything else."""
    levels: dict[str, str] = {}
    for part in text.replace(";", "\n").splitlines():
        name, colon, meaning = (each.strip() for each in part.partition(":"))
        if not part.strip():
            continue
        if not (name and colon and meaning) or name in levels or len(name) > 30:
            raise ValueError(f"a part that is no level with its meaning ({name[:30]!r})")
        levels[name] = meaning.rstrip(".")
    if not levels:
        raise ValueError("no level in it")
    return Severities(tuple(levels.items()))


def told_severity(interview: Interview) -> tuple[Said, ...]:
    """The replies to questions that asked for the severity."""
    return tuple(
        said
        for asked in interview.asked
        if asked.about == SEVERITY and asked.put is not Put.PROBE
        for said in answer_at(interview, asked.position).printed
    )


def with_severity(interview: Interview, severities: Severities) -> tuple[Fact, ...]:
    """The facts with the severity that people answered, the last one that is clear; what the record shows stays."""
    heard = {said.ts for said in interview.said}
    known = tuple(
        f for f in interview.facts if not (f.name == SEVERITY and f.quote is not None and f.quote.ts in heard)
    )
    if any(f.name == SEVERITY for f in known):
        return known
    for said in reversed(told_severity(interview)):
        if (name := severities.named(said.text)) is not None:
            return (*known, Fact(SEVERITY, name, quote=Quote(said.text, said.ts, said.user)))
    return known


def _rule(name: str) -> Pattern:
    parts = _NUMBER_AT_END.match(name)
    if parts is None:
        return pattern(rf"\b{re.escape(name)}\b")
    return pattern(rf"\b(?:{re.escape(parts['word'])}|severity)[-\s:#]{{0,3}}{parts['number']}\b")


def _alone(name: str) -> Pattern:
    parts = _NUMBER_AT_END.match(name)
    return pattern(rf"\W*{parts['number'] if parts is not None else re.escape(name)}\W*")
