"""Was an idea of the cause confirmed, or given up?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from bot.patterns import pattern
from bot.timeline.reading import Reading

#: What is left of a word without its ending has so many letters.
_ROOT = 4
_LINK = pattern(r"https?://\S+")
_WORD = pattern(r"[\pL][\pL\pN_-]{3,}")


def confirmation(idea: Reading, later: Sequence[Reading]) -> Reading | None:
    """Where a guess was confirmed: soon after or in its thread, by words that take it up."""
    words = content_words(idea.read.message.text)
    for count, each in enumerate(later[:40]):
        if each.at - idea.at > timedelta(hours=6):
            return None
        if each.read.is_question or each.read.is_alert or "confirmed" not in each.read.signs:
            continue
        if each.read.any("refuted", "hedge"):
            continue
        same_thread = (each.read.message.thread_ts or each.read.message.ts) in (
            idea.read.message.ts,
            idea.read.message.thread_ts,
        )
        close = count < 4 and each.at - idea.at < timedelta(minutes=30)
        if words & content_words(each.read.message.text) or (
            (same_thread or close) and len(each.read.message.text) < 120 and "restored" not in each.read.signs
        ):
            return each
    return None


def refutation(idea: Reading, later: Sequence[Reading]) -> Reading | None:
    """Where an idea was given up: by words that take it up and deny it."""
    words = content_words(idea.read.message.text)
    for count, each in enumerate(later):
        if "refuted" not in each.read.signs or "restored" in each.read.signs or each.read.is_question:
            continue
        same_thread = each.read.message.thread_ts is not None and each.read.message.thread_ts in (
            idea.read.message.ts,
            idea.read.message.thread_ts,
        )
        close = count < 3 and each.at - idea.at < timedelta(minutes=20)
        close = close and not _denies_something_else(each.read.message.text, idea.read.message.text)
        if words & content_words(each.read.message.text) or same_thread or (close and len(each.read.message.text) < 80):
            return each
    return None


#: "so it is not the network" gives up the network.
_DENIED = pattern(r"\b(?:not|isn(?:'|’)?t|wasn(?:'|’)?t) (?:the|a|an|our|my) (?P<thing>[\pL]{3,})")


def _denies_something_else(denial: str, idea: str) -> bool:
    """Whether what is denied is a thing that the idea does not name."""
    found = _DENIED.search(denial)
    thing = (found.group("thing") or "").lower() if found else ""
    return bool(thing) and thing not in _COMMON and thing not in idea.lower()


_COMMON = frozenset(
    [
        "have", "this", "that", "with", "from", "they", "them", "then", "than", "were", "been", "what", "when",
        "your", "just", "like", "also", "here", "some", "says", "said", "does", "only", "into", "over", "more",
        "about", "after", "again", "before", "being", "could", "error", "errors", "every", "first", "found",
        "issue", "issues", "might", "other", "probably", "problem", "right", "service", "should", "still",
        "their", "there", "these", "thing", "think", "those", "usually", "where", "which", "would", "looks",
        "maybe", "cause", "caused", "because", "since", "seeing", "causing", "something", "incident",
        "confirmed", "confirm", "anyone", "anybody", "someone", "somebody", "everyone", "everybody", "nobody",
        "anything", "everything", "nothing", "yesterday", "tonight", "tomorrow", "whole", "while", "really",
    ]
)  # fmt: skip


def content_words(text: str) -> frozenset[str]:
    """The words of a text that say what it is about."""
    found = {(each.group() or "").lower() for each in _WORD.finditer(_LINK.sub(" ", text[:600]))}
    return frozenset(root(word) for word in found if word not in _COMMON and word.rstrip("s") not in _COMMON)


def root(word: str) -> str:
    """A word without its ending: "exports", "exported" and "exporting" are one."""
    for ending in ("ing", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= _ROOT:
            return word[: -len(ending)].rstrip("e")
    return word.rstrip("e")
