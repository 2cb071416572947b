"""What did people answer about single actions, when they were asked what the document leaves open?"""

from __future__ import annotations

from dataclasses import replace

from bot.interview.filing import answer_at
from bot.interview.state import Interview
from bot.report.document import ItemLine


def told_later(interview: Interview, rule: str, number: str) -> str:
    """The words that somebody answered about one item, on one line; empty where nobody has."""
    asked = next((a for a in interview.later if a.why == f"{rule}:{number}"), None)
    if asked is None:
        return ""
    return " ".join(" ".join(s.text.split()) for s in answer_at(interview, asked.position).printed)


def completed(interview: Interview, item: ItemLine) -> ItemLine:
    """The item with what was answered about it later: its measure, and what a vague one means."""
    sharper = told_later(interview, "specific", item.number)
    return replace(
        item,
        measure=item.measure or told_later(interview, "measures", item.number),
        text=f"{item.text}: {sharper}" if sharper else item.text,
    )
