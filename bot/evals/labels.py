"""Which sentences are labelled by hand, and with what?

A file of them is UTF-8 text with one JSON object per line:

    {"text": "Raj broke the build", "kinds": ["person_as_cause"]}

`text` is the sentence as somebody typed it. `kinds` names every concern that a facilitator would ask about
(person_as_cause, human_error, counterfactual, hindsight, judgement, vague); empty means that there is nothing to ask.
`also` may name kinds of which two readers would differ: they count neither for nor against the rules. `of` says how the
sentence is read: as part of an answer ("text", when not told), as an action item ("item"), or as an action item of
which it is only asked whether it says how one will know that it worked ("check", where the kind is "unmeasured").
`aside` is true for those that no rule was ever adjusted to.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from bot.errors import BadSentences
from bot.wording.concerns import Kind

_FOLDER = Path(__file__).with_name("sentences")
#: Labelled before the rules, a third of them kept aside.
OWN = _FOLDER / "wording.jsonl"
#: Labelled after the rules, measured once, and then used to adjust them.
SINCE = _FOLDER / "wording_since.jsonl"
#: Labelled after the rules, measured once, and kept aside since.
FRESH = _FOLDER / "wording_fresh.jsonl"
#: An action item that does not say how anybody will know that it worked.
UNMEASURED = "unmeasured"
_KINDS = frozenset({*map(str, Kind), UNMEASURED})


class Of(StrEnum):
    """What a sentence is part of, which decides the rules that read it."""

    TEXT = "text"
    ITEM = "item"
    CHECK = "check"


@dataclass(frozen=True, slots=True)
class Labelled:
    """A sentence, and what a facilitator would ask about in it."""

    text: str
    kinds: frozenset[str]
    #: Kinds of which two readers would differ.
    also: frozenset[str] = frozenset()
    of: Of = Of.TEXT
    aside: bool = False


def read_labelled(path: Path) -> tuple[Labelled, ...]:
    """Every labelled sentence of a file, in its order. Raises BadSentences, which names the line."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as err:
        raise BadSentences(path, f"it is no readable UTF-8 text ({type(err).__name__}).") from err
    found = tuple(_each(path, text))
    if not found:
        raise BadSentences(path, "it holds no sentence.")
    return found


def _each(path: Path, text: str) -> Iterator[Labelled]:
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (json.JSONDecodeError, RecursionError) as err:
            raise BadSentences(path, f"line {number} is no JSON object.") from err
        if not isinstance(row, dict) or not isinstance(row.get("text"), str) or not row["text"].strip():
            raise BadSentences(path, f'line {number} has no "text".')
        if row.get("of", Of.TEXT) not in list(Of):
            raise BadSentences(path, f'line {number}: "of" is one of {", ".join(Of)}.')
        if not isinstance(row.get("aside", False), bool):
            raise BadSentences(path, f'line {number}: "aside" is true or false.')
        yield Labelled(
            row["text"],
            _kinds(path, number, row, "kinds"),
            _kinds(path, number, {"also": [], **row}, "also"),
            Of(row.get("of", Of.TEXT)),
            row.get("aside", False),
        )


def _kinds(path: Path, number: int, row: dict[str, Any], name: str) -> frozenset[str]:
    kinds = row.get(name)
    if not isinstance(kinds, list):
        raise BadSentences(path, f'line {number} has no list "{name}".')
    if unknown := [str(each) for each in kinds if each not in _KINDS]:
        raise BadSentences(path, f'line {number}: "{unknown[0]}" is none of {", ".join(sorted(_KINDS))}.')
    return frozenset(kinds)
