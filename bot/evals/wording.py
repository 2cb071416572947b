"""How many of the places that a facilitator would ask about do the rules find, and how many others?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.actions.gate import sharper
from bot.actions.parse import parse_items
from bot.evals.labels import UNMEASURED, Labelled, Of
from bot.wording.concerns import Kind, concerns

#: No item of a labelled sentence depends on the day; parsing needs one.
_SOME_DAY = datetime(2026, 1, 5, 9, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Read:
    """A labelled sentence, and what the rules found in it: the words by their kind."""

    labelled: Labelled
    found: dict[str, str]

    @property
    def missed(self) -> frozenset[str]:
        return self.labelled.kinds - set(self.found)

    @property
    def wrong(self) -> frozenset[str]:
        return frozenset(self.found) - self.labelled.kinds - self.labelled.also


@dataclass(frozen=True, slots=True)
class Score:
    """Of what was found, the share that is right (precision); of what is there, the share that was found (recall)."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float | None:
        """None where nothing was found."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else None

    @property
    def recall(self) -> float | None:
        """None where there is nothing to find."""
        return self.right / (self.right + self.missed) if self.right + self.missed else None


def read(labelled: Labelled) -> Read:
    """What the rules find in a sentence; the sentence is read as what it is part of."""
    text = labelled.text
    match labelled.of:
        case Of.TEXT:
            return Read(labelled, {str(each.kind): each.words for each in reversed(concerns(text))})
        case Of.ITEM:
            found = {str(each.kind): each.words for each in reversed(concerns(text)) if each.kind is not Kind.VAGUE}
            return Read(labelled, found | ({str(Kind.VAGUE): text} if sharper(text) is not None else {}))
        case Of.CHECK:
            items = parse_items(text, said_at=_SOME_DAY, zone="UTC", speaker=None)
            return Read(labelled, {} if all(each.measure for each in items) else {UNMEASURED: text})


def of_kind(reads: Iterable[Read], kind: str) -> Score:
    """How well one kind is found; sentences of which two readers would differ are left out."""
    counted = [each for each in reads if kind not in each.labelled.also]
    return _score((kind in each.labelled.kinds, kind in each.found) for each in counted)


def of_labels(reads: Iterable[Read]) -> Score:
    """How well the labels are found, each counted by itself."""
    together = list(reads)
    return Score(
        sum(len(each.labelled.kinds & set(each.found)) for each in together),
        sum(len(each.wrong) for each in together),
        sum(len(each.missed) for each in together),
    )


def of_sentences(reads: Iterable[Read]) -> Score:
    """How well sentences with something to ask about are told from those without, whatever the kind."""
    return _score((bool(each.labelled.kinds), bool(set(each.found) - each.labelled.also)) for each in reads)


def _score(pairs: Iterable[tuple[bool, bool]]) -> Score:
    """From pairs of (is there, was found)."""
    told = list(pairs)
    return Score(told.count((True, True)), told.count((False, True)), told.count((True, False)))


# how it reads ----------------------------------------------------------------------------------------------------

_COLUMNS = ("sentences", "right", "wrong", "missed", "precision", "recall")
_WIDTH = 22


def table(reads: Sequence[Read]) -> Iterator[str]:
    """A line per kind, and two for all of them, for the sentences to adjust the rules to and for those kept aside."""
    for title, aside in (("To adjust the rules to", False), ("Kept aside", True)):
        part = [each for each in reads if each.labelled.aside is aside]
        if not part:
            continue
        asked = [each for each in part if each.labelled.of is not Of.CHECK]
        neutral = sum(not each.labelled.kinds for each in asked)
        yield f"{title}: {len(asked)} sentences, {neutral} of them with nothing to ask about"
        yield "  " + "".ljust(_WIDTH) + "".join(f"{column:>11}" for column in _COLUMNS)
        for kind in map(str, Kind):
            yield _line(kind, sum(kind in each.labelled.kinds for each in asked), of_kind(asked, kind))
        yield _line("every label", sum(len(each.labelled.kinds) for each in asked), of_labels(asked))
        yield _line("anything to ask about", len(asked) - neutral, of_sentences(asked))
        if checks := [each for each in part if each.labelled.of is Of.CHECK]:
            unmeasured = sum(bool(each.labelled.kinds) for each in checks)
            yield _line(f"{UNMEASURED} (of {len(checks)})", unmeasured, of_kind(checks, UNMEASURED))
        yield ""


def misses(reads: Iterable[Read], *, aside: bool) -> Iterator[str]:
    """What is missed or wrongly found, one block each; those kept aside only where that is wanted."""
    for each in reads:
        if each.labelled.aside is aside and (each.missed or each.wrong):
            yield each.labelled.text
            yield f"    expected {', '.join(sorted(each.labelled.kinds)) or 'nothing'}"
            got = [f"{kind} “{words}”" for kind, words in sorted(each.found.items())]
            yield f"    got      {', '.join(got) or 'nothing'}"


def _line(name: str, sentences: int, score: Score) -> str:
    shares = ("-" if share is None else f"{share:.3f}" for share in (score.precision, score.recall))
    told = (sentences, score.right, score.wrong, score.missed, *shares)
    return "  " + name.ljust(_WIDTH) + "".join(f"{each:>11}" for each in told)
