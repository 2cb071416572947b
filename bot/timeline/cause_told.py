"""When was the cause identified, and in whose words?"""

from __future__ import annotations

from collections.abc import Sequence

from bot.dialogue.turns import Act
from bot.timeline.causes import find_cause
from bot.timeline.likeliest import likeliest
from bot.timeline.reading import Reading
from bot.timeline.related import words_of
from bot.timeline.search import AT_LEAST, RATHER, SLACK, Search
from bot.timeline.values import Kind, Stated

#: From these chances on, among the others and by its own words, it explains what it was.
_CLEARLY, _BY_ITS_WORDS = 0.4, 0.1
_EXPLAIN = (Act.EXPLAINS, Act.FINDS, Act.CHANGED, Act.SUSPECTS)


def cause(search: Search) -> None:
    """Who said what it was: in words that are known, unless by what people do another message explains it."""
    told = search.told_of(Kind.CAUSE_IDENTIFIED, 1)
    if told:
        search.keep(Kind.CAUSE_IDENTIFIED, told[-1][0], told[-1][1].stated)
        return
    found = find_cause(_up_to_the_end(search), search.at(Kind.MITIGATED), search.sources.get(Kind.DETECTED))
    by_rules = found is not None and not _hardly_explains(search, *found, _EXPLAIN, AT_LEAST)
    talk = search.since_the_detection()
    clear = likeliest(talk, Act.EXPLAINS, _CLEARLY, _BY_ITS_WORDS)
    if (
        found is not None
        and by_rules
        and (clear is None or not _hardly_explains(search, *found, (Act.EXPLAINS,), AT_LEAST))
    ):
        search.keep(Kind.CAUSE_IDENTIFIED, *found)
    elif (likely := clear or likeliest(talk, Act.EXPLAINS, RATHER, _BY_ITS_WORDS)) is not None:
        search.keep(Kind.CAUSE_IDENTIFIED, likely)
    elif found is not None and not _hardly_explains(search, *found, (), 0.0):
        search.keep(Kind.CAUSE_IDENTIFIED, *found)


def _hardly_explains(search: Search, by: Reading, cause: Stated, acts: Sequence[Act], least: float) -> bool:
    """Whether what was taken for the cause likely is no explanation of anything."""
    words = search.by_ts.get(cause.source_ts or "", by)
    if search.only_talks(by) or search.only_talks(words):
        return True
    return words.weighed is not None and words.does(*acts) < least


def _up_to_the_end(search: Search) -> list[Reading]:
    """The readings until it was resolved, and those after that which speak of the same things."""
    end, first = search.stated.get(Kind.RESOLVED), search.sources.get(Kind.DETECTED)
    known = {each.read.message.ts for each in search.readings}
    told = [
        each
        for each in search.everything
        if each.read.message.ts in known or (first is not None and each.at >= first.at)
    ]
    if end is None:
        return told
    words = words_of([each for each in told if each.at <= end.at + SLACK])
    return [each for each in told if each.at <= end.at + SLACK or words & words_of([each])]
