"""How what an interview keeps of thoughts becomes rows, and rows thoughts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from typing import Any

from bot.interview.conclusions import Ground, Saying, Thought
from bot.interview.state import Interview
from bot.interview.thoughts import Purpose

Row = Mapping[Any, Any]
_THOUGHT = tuple(f.name for f in fields(Thought) if f.name != "sayings")
_SAYING = tuple(f.name for f in fields(Saying) if f.name != "grounds")
_GROUND = tuple(f.name for f in fields(Ground))


def thought_rows(interview: Interview) -> Iterator[dict[str, Any]]:
    for place, thought in enumerate(interview.thoughts):
        yield {**{name: getattr(thought, name) for name in _THOUGHT}, "place": place}


def saying_rows(interview: Interview) -> Iterator[dict[str, Any]]:
    for thought in interview.thoughts:
        for place, saying in enumerate(thought.sayings):
            yield {**{name: getattr(saying, name) for name in _SAYING}, "key": thought.key, "place": place}


def ground_rows(interview: Interview) -> Iterator[dict[str, Any]]:
    for thought in interview.thoughts:
        for number, saying in enumerate(thought.sayings):
            for place, ground in enumerate(saying.grounds):
                own = {name: getattr(ground, name) for name in _GROUND}
                yield {**own, "key": thought.key, "saying": number, "place": place}


def thoughts_of(thoughts: Sequence[Row], sayings: Sequence[Row], grounds: Sequence[Row]) -> tuple[Thought, ...]:
    """The thoughts that these rows stand for, each in the order of its place."""
    resting: dict[tuple[str, int], list[Ground]] = {}
    for row in grounds:
        resting.setdefault((row["key"], row["saying"]), []).append(Ground(**{name: row[name] for name in _GROUND}))
    said: dict[str, list[Saying]] = {}
    for row in sayings:
        own = {name: row[name] for name in _SAYING}
        rests = tuple(resting.get((row["key"], row["place"]), ()))
        said.setdefault(row["key"], []).append(Saying(**own, grounds=rests))
    return tuple(_thought(row, tuple(said.get(row["key"], ()))) for row in thoughts)


def _thought(row: Row, sayings: tuple[Saying, ...]) -> Thought:
    own = {name: row[name] for name in _THOUGHT} | {"purpose": Purpose(row["purpose"])}
    return Thought(**own, sayings=sayings)
