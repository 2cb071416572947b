"""Which shape must an answer have? One for all purposes, so that the cached text in front of it is the same for all.

The server enforces the shape, not the limits: how many there may be and how long is for `evidence` to say.
"""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from bot.claude.evidence import Claim, Named, Said
from bot.claude.prompts import Schema


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Quoted(_Shape):
    """Words of one line."""

    id: str
    quote: str


class Statement(_Shape):
    """A sentence or a question; what it rests on comes first."""

    evidence: tuple[Quoted, ...]
    about: str
    text: str


class Item(_Shape):
    """An action item that somebody named."""

    evidence: tuple[Quoted, ...]
    text: str
    owner: str | None
    due_words: str | None


class Reply(_Shape):
    """What may be answered to any purpose."""

    statements: tuple[Statement, ...]
    questions: tuple[Statement, ...]
    items: tuple[Item, ...]
    enough: bool


class Selection(_Shape):
    """The lines that were picked from one part of a record."""

    ids: tuple[str, ...]


#: The model of each schema that can be asked for.
SHAPES: dict[Schema, type[_Shape]] = {Schema.REPLY: Reply, Schema.SELECTION: Selection}


def said(reply: Reply) -> Said:
    """The same as plain values."""
    return Said(
        tuple(_claim(each) for each in reply.statements),
        tuple(_claim(each) for each in reply.questions),
        tuple(
            Named(each.text, _evidence(each.evidence), each.owner or "", each.due_words or "") for each in reply.items
        ),
        reply.enough,
    )


def _claim(statement: Statement) -> Claim:
    return Claim(statement.text, _evidence(statement.evidence), statement.about)


def _evidence(quoted: tuple[Quoted, ...]) -> tuple[tuple[str, str], ...]:
    return tuple((each.id, each.quote) for each in quoted)
