"""A Claude that knows its part: answers each request for what it is, from the lines that were sent."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.clock import Clock
from bot.interview.thoughts import Purpose
from bot.thinking import Mind
from storage.database import Database
from tests.fakes.claude import Answer, Claude, claim, lines_of, mind, reply, texts

#: By which words of its prompt a request is known.
_TOLD_BY = {
    Purpose.QUESTION: "Put the next question of the script",
    Purpose.CRITIQUE: "Read the answer for what a reader",
    Purpose.DRAFT: "Draft an answer to the question",
    Purpose.GLOSS: "The timeline needs a few words",
    Purpose.SUMMARY: "Summarise the incident for the people who will work",
    Purpose.EXECUTIVE: "Summarise the incident for somebody who leads",
    Purpose.ITEMS: "Find what people said should be done",
    Purpose.REWORDING: "Reword this line",
    Purpose.REVIEW: "The notes hold the sections",
    Purpose.ACCOUNTS: "Compare the accounts",
    Purpose.SIMILAR: "past incident",
}

Part = Callable[[Mapping[str, Any]], Answer]


def purpose_of(body: Mapping[str, Any]) -> Purpose:
    """What a request is for."""
    return next(purpose for purpose, words in _TOLD_BY.items() if words in texts(body)[-1])


@dataclass
class Played:
    """Requests by purpose, answered by the part of that purpose; without one there is nothing to say."""

    parts: dict[Purpose, Part] = field(default_factory=dict)
    asked: list[tuple[Purpose, dict[str, Any]]] = field(default_factory=list)

    def answer(self, body: dict[str, Any]) -> Answer:
        purpose = purpose_of(body)
        self.asked.append((purpose, body))
        part = self.parts.get(purpose)
        return part(body) if part is not None else reply(enough=purpose is Purpose.CRITIQUE)

    def mind(self, database: Database, clock: Clock) -> Mind:
        self.claude = Claude(self.answer)
        return mind(database, self.claude, clock)

    def purposes(self) -> list[Purpose]:
        return [purpose for purpose, _ in self.asked]


def line_with(body: Mapping[str, Any], words: str) -> str:
    """The id of the newest line that holds these words."""
    return next(line["id"] for line in reversed(lines_of(body)) if words in line["text"])


def asks(text: str, words: str) -> Part:
    """Asks this, about these words of a line; nothing where nobody said them."""
    return lambda body: reply(questions=[claim(text, (line_with(body, words), words))] if _says(body, words) else [])


def states(*sentences: tuple[str, str]) -> Part:
    """States each, on these words of a line; only those that somebody said."""
    return lambda body: reply(
        statements=[claim(text, (line_with(body, words), words)) for text, words in sentences if _says(body, words)]
    )


def _says(body: Mapping[str, Any], words: str) -> bool:
    return any(words in line["text"] for line in lines_of(body))
