"""Which stretch of time in an answer is that of the incident, from when it began until it was better?

Only to a question that asks for what happened, or for when it began: elsewhere a stretch may be of anything. A verb
that says harm is read by `timeline.statements`; here the question says it, so that any verb will do.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.interview.script import WINDOW
from bot.patterns import pattern, plain
from bot.timeline.moments import Moment, Window, windows_in
from bot.timeline.values import shortened

#: "From 9:10 to 12:50" and "9:10 until 12:50" have two ends; "between 9:10 and 9:20" may be a doubt about one.
_FROM = pattern(
    r"\b(?:from|starting|beginning|since|lasted|window:?|impact:?|duration:?)\W{0,3}(?:about |around |~ ?)?$"
)
_UNTIL = pattern(r"^[^\d]*\b(?:until|till|til|through|thru)\b")
#: What people did meanwhile, or meant to do, is not what happened to those who were hit.
_BY_RESPONDERS = pattern(
    r"^[\s,)]*(?:utc)?[\s,]*(?:we|i|you|he|she|engineering|engineers|(?:the|our) (?:[\w-]+ )?team|on-?call|responders"
    r"|somebody|someone|nobody)\b"
)
_ASIDE = pattern(r"\b(?:planned|scheduled|maintenance|will|would|if|whether|usually|normally|every day)\b|\?")
_ENDS_SENTENCE = pattern(r"[.!?;](?:\s|$)|\n")


def window_of(text: str, moments: Sequence[Moment], about: str, noticed: Sequence[datetime]) -> Window | None:
    """The one stretch of time that an answer to `about` names; None where there is none, or any doubt.

    `moments` were found in `text`. To the question for the beginning, "between … and …" is a stretch only where it was
    `noticed` within it: else it may say how little is known of the beginning.
    """
    found = windows_in(text, moments)
    if len(found) != 1:
        return None
    window = found[0]
    begin, end = _sentence(text, window)
    before, after = plain(text[begin : window.start.start]), plain(text[window.end.end : end])
    if _BY_RESPONDERS.search(after) or _ASIDE.search(before) or _ASIDE.search(after):
        return None
    if about == WINDOW:
        return window
    two_ends = _FROM.search(before) or _UNTIL.search(plain(text[window.start.end : window.end.start]))
    inside = any(window.start.at <= at < window.end.at for at in noticed)
    return window if two_ends or inside else None


def words_of(text: str, window: Window) -> str:
    """The sentence that the window stands in, shortened as entries of the timeline are."""
    begin, end = _sentence(text, window)
    return shortened(text[begin:end].strip(" -*•>|")) or window.words


def _sentence(text: str, window: Window) -> tuple[int, int]:
    begin = max((each.end() for each in _ENDS_SENTENCE.finditer(text[: window.start.start])), default=0)
    stop = _ENDS_SENTENCE.search(text[window.end.end :])
    return begin, window.end.end + stop.start() if stop else len(text)
