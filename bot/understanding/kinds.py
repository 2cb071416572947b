"""Which kind of postmortem does a channel's talk read like? By the words that each script names for itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from bot.patterns import Pattern, pattern

#: A kind is suggested when so many messages use its words, and so many different ones: one word proves little.
MESSAGES = 2
WORDS = 2
#: Before a word that other talk uses too: it counts only beside one of the kind that stands without this mark.
ALSO_SAID = "~"
#: What is looked at of one message.
_LONGEST = 4_000


def suggested(texts: Iterable[str], words: Mapping[str, tuple[str, ...]]) -> str:
    """The kind whose words stand in most messages; empty when none stands out or two stand out alike."""
    own = {kind: {word.lower() for word in listed if not word.startswith(ALSO_SAID)} for kind, listed in words.items()}
    messages: dict[str, int] = dict.fromkeys(words, 0)
    found: dict[str, set[str]] = {kind: set() for kind in words}
    rules = {kind: _rule(listed) for kind, listed in words.items() if listed}
    for text in texts:
        for kind, rule in rules.items():
            here = {(each.group() or "").lower() for each in rule.finditer(text[:_LONGEST])}
            messages[kind] += bool(here)
            found[kind] |= here
    told = [kind for kind in rules if found[kind] & own[kind]]
    fit = [kind for kind in told if messages[kind] >= MESSAGES and len(found[kind]) >= WORDS]
    most = max((messages[kind] for kind in fit), default=0)
    best = [kind for kind in fit if messages[kind] == most]
    return best[0] if len(best) == 1 else ""


@lru_cache(maxsize=64)
def _rule(words: tuple[str, ...]) -> Pattern:
    longest_first = sorted((word.removeprefix(ALSO_SAID) for word in words), key=len, reverse=True)
    return pattern(r"\b(?:" + "|".join(re.escape(word) for word in longest_first) + r")\b")
