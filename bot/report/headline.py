"""What does the document say in two sentences? What a person wrote, and what can be counted."""

from __future__ import annotations

from bot.report.document import Document
from bot.report.facts import counted
from bot.timeline.values import shortened

#: A longer sentence is cut at a word.
LONGEST = 300


def headline(document: Document) -> str:
    """The words that a person found for what happened, then its length and what was found, for the thread.

    Plain text on one line. Where nobody wrote a sentence, only what is computed; where nothing is known, it says so.
    """
    said = shortened(document.sentence, LONGEST)
    if said and said[-1] not in ".!?…":
        said += "."
    parts = []
    if document.duration:
        parts.append(f"lasted {document.duration}")
    elif document.mitigated_after:
        parts.append(f"mitigated after {document.mitigated_after}")
    if document.detected_after:
        parts.append(f"detected after {document.detected_after}")
    found = counted(document.factor_count, document.action_count).rstrip(".").lower()
    if found:
        parts.append(found)
    computed = "; ".join(parts)
    computed = f"{computed[:1].upper()}{computed[1:]}." if computed else ""
    if not said and not computed:
        return "How long it lasted, what contributed to it and what will be done is not known."
    return " ".join(filter(None, (said, computed)))
