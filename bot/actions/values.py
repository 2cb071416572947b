"""What is an action item, as far as somebody's own words say it?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Priority(StrEnum):
    """How urgent an item is; P0 is the most urgent."""

    P0 = "P0"
    P1 = "P1"
    P2 = "P2"
    P3 = "P3"


@dataclass(frozen=True, slots=True)
class Person:
    """An owner whose Slack account is known."""

    user_id: str


@dataclass(frozen=True, slots=True)
class Group:
    """An owner that is a Slack user group."""

    group_id: str


@dataclass(frozen=True, slots=True)
class Words:
    """An owner as it was typed, such as "db team?": nobody in particular until somebody says who."""

    text: str


Owner = Person | Group | Words


@dataclass(frozen=True, slots=True)
class Due:
    """A day, in the zone of the person who said it, and the words that gave it.

    `sure` is False where people mean different days by the words ("next Friday"): show the day and ask.
    """

    date: date
    words: str
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """Words about a day that name none for certain ("12/1", "next sprint", "31 Feb"); `why` is a few words."""

    words: str
    why: str


@dataclass(frozen=True, slots=True)
class Draft:
    """One item as it was typed. What was not recognised as anything else is still in `text`."""

    text: str
    owner: Owner | None = None
    due: Due | None = None
    #: A phrase about a day that could not be resolved, such as "next sprint".
    due_words: str | None = None
    priority: Priority | None = None
    #: How the author will know that it worked.
    measure: str | None = None
    #: The words that gave the priority, or that speak of one without naming it ("asap").
    priority_words: str | None = None
    #: The message of somebody else whose words stand in `text`, where one does: with it they go.
    repeats: str = ""
