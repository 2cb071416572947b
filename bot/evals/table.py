"""How the outcomes of a comparison read: a table per source, and what was missed, one by one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from bot.evals.outcomes import Outcome, Verdict
from bot.evals.truth import MILESTONES

_COLUMNS = ("stated", "right", "wrong", "missed", "carried", "right of them", "asserted beside")


def table(outcomes: Sequence[Outcome], cases: int) -> Iterator[str]:
    """A line per kind of truth under each source; `carried` are those that a message carries."""
    if not outcomes:
        yield "Nothing to compare: none of the cases has a `truth`."
        return
    width = max(len(each.about) for each in outcomes)
    for source, found in groupby(outcomes, key=lambda each: each.source):
        together = list(found)
        yield f"{source}: {len({each.case for each in together})} cases"
        yield "  " + " ".ljust(width) + "".join(f"{column:>16}" for column in _COLUMNS)
        for about in sorted({each.about for each in together}, key=_place):
            yield "  " + about.ljust(width) + _row([each for each in together if each.about == about])
        yield ""
    yield f"{cases} cases read."


def misses(outcomes: Iterable[Outcome]) -> Iterator[str]:
    """What is not right, one block each: where, what was expected, what was told, and how they differ."""
    for each in outcomes:
        if each.verdict in (Verdict.WRONG, Verdict.MISSED):
            yield f"{each.case}: {each.about} {each.verdict.value}{f' ({each.reason})' if each.reason else ''}"
            yield f"    expected {each.expected}"
            yield f"    got      {each.got}"


def _place(about: str) -> tuple[int, str]:
    """Milestones first, in the order of an incident; then what else was compared."""
    return (MILESTONES.index(about) if about in MILESTONES else len(MILESTONES), about)


def _row(outcomes: Sequence[Outcome]) -> str:
    def count(*verdicts: Verdict, carried: bool = False) -> int:
        return sum(each.verdict in verdicts and (each.carried or not carried) for each in outcomes)

    compared = (Verdict.RIGHT, Verdict.WRONG, Verdict.MISSED)
    stated, right = count(*compared), count(Verdict.RIGHT)
    carried = count(*compared, carried=True)
    share = f"{count(Verdict.RIGHT, carried=True) / carried:.1%}" if carried else "-"
    told = (stated, f"{right} ({right / stated:.1%})" if stated else right, count(Verdict.WRONG), count(Verdict.MISSED))
    return "".join(f"{each!s:>16}" for each in (*told, carried, share, count(Verdict.UNCHECKED)))
