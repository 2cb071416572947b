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
    r"^[\s,)]*(?:utc)?[\s,]*(?:we|i|you|he|she|engineering|(?:the |our )?(?:[\w-]+ )?(?:team|on-?call|engineers?"
    r"|responders?|shift|commander)|somebody|someone|nobody)\b"
)
_ASIDE = pattern(r"\b(?:planned|scheduled|maintenance|will|would|if|whether|usually|normally|every day)\b|\?")
#: How people say of a stretch that all was well in it.
_GOOD = (
    r"(?:fine|ok(?:ay)?|good|normal(?:ly)?|healthy|green|well|up|stable|quiet|calm|open|available|reachable|working"
    r"|correct(?:ly)?|right|as (?:usual|always))"
)
_WAS_WELL = pattern(
    r"\b(?:is|are|was|were|been|be|looked|seemed|stayed|remained|kept|ran|went|all|everything|still)"
    rf" (?:(?:\pL+ly|all|still|quite|very|just) )*{_GOOD}\b|\b(?:worked|works)\b"
    r"|\b(?:nothing|no-?thing|no one|nobody) (?:at all )?(?:was|were|is|went|seemed|looked|felt)(?: \pL+ly)?"
    r" (?:wrong|amiss|broken|odd|strange|unusual|bad|off|down|affected|hit|failing|missing|harmed)\b"
    r"|\bnothing (?:broke|failed|happened)\b|\bno (?:problems?|issues?|errors?|impact|outage|incident)\b"
)
#: What is not well, or well again after the stretch, says nothing good of it.
_NOT_WELL = pattern(
    rf"(?:\bnot|\bnever|n't|\bhardly|\bbarely|\bnothing|\bnobody|\bno \pL+|\bnone)(?: \pL+){{0,3}}? "
    rf"(?:{_GOOD}|worked|works)\b|\b(?:then|until|till|and|before|since|now|after(?:wards)?)(?: \pL+){{0,5}}? "
    rf"{_GOOD}\b|\b{_GOOD} (?:again|afterwards|after that|now|since)\b"
)
#: What was done or was going on, and is told with the time that it took.
_WORK = pattern(
    r"\b(?:deploy(?:ment|s)?|releases?|roll-?outs?|migrations?|backups?|upgrades?|restarts?|imports?|exports?|jobs?"
    r"|batch(?:es)?|tests?|drills?|scripts?|failovers?|builds?|change)\b(?: \pL+){0,2}? (?:ran|runs|took|lasted|went"
    r"|happened|(?:was|were|is) (?:running|rolling|going|live|done|out|on|in progress|under way|underway))\b"
)
#: Where it only fell over after the stretch.
_THEN_ILL = pattern(
    r"\b(?:then|after that|afterwards|from then on)\b[^.]{0,40}?\b(?:down|fell|broke|broken|fail\w*|crash\w*|died|dead"
    r"|stopped|wrong|collapsed|outage|errors?)\b"
)
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
    if was_well(text, window):
        return None
    if about == WINDOW:
        return window
    two_ends = _FROM.search(before) or _UNTIL.search(plain(text[window.start.end : window.end.start]))
    inside = any(window.start.at <= at < window.end.at for at in noticed)
    return window if two_ends or inside else None


def was_well(text: str, window: Window) -> bool:
    """Whether a sentence tells a stretch in which all was well, or something else went on than the incident."""
    begin, end = _sentence(text, window)
    told, after = plain(text[begin:end]), plain(text[window.end.end : end])
    well = _NOT_WELL.sub(" ", told)
    return any(found is not None for found in (_WAS_WELL.search(well), _WORK.search(told), _THEN_ILL.search(after)))


def words_of(text: str, window: Window) -> str:
    """The sentence that the window stands in, shortened as entries of the timeline are."""
    return words_around(text, window.start.start, window.end.end) or window.words


def words_around(text: str, start: int, end: int) -> str:
    """The sentence that stands around these places, shortened in the same way."""
    begin, stop = _around(text, start, end)
    return shortened(text[begin:stop].strip(" -*•>|"))


def _sentence(text: str, window: Window) -> tuple[int, int]:
    return _around(text, window.start.start, window.end.end)


def _around(text: str, start: int, end: int) -> tuple[int, int]:
    begin = max((each.end() for each in _ENDS_SENTENCE.finditer(text[:start])), default=0)
    stop = _ENDS_SENTENCE.search(text[end:])
    return begin, end + stop.start() if stop else len(text)
