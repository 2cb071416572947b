"""What does every milestone look at? The readings in one pass, what was found so far, and what people do by them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta

from bot.dialogue.turns import Act
from bot.timeline.course import Place
from bot.timeline.incident import LIKELY
from bot.timeline.milestone_words import HOW_MANY
from bot.timeline.reading import Reading, own_time
from bot.timeline.related import of_the_incident
from bot.timeline.statements import Statement
from bot.timeline.taken_on import taken_on
from bot.timeline.values import Kind, Stated

#: Two moments that are no further apart may be the same one.
SLACK = timedelta(minutes=5)
#: What is no part of an incident.
NOTHING = (Act.CHATS, Act.ELSEWHERE)
#: From this chance on it may be so: that somebody tells of harm, of an end or of a cause.
RATHER = 0.35
#: What stands around it makes nothing of words that are less likely than this to tell of it.
AT_LEAST = 0.15
#: From this chance on nothing that a rule says of its words takes it back.
SURELY = 0.6


def does(each: Reading, *acts: Act, least: float = SURELY, alone: float = AT_LEAST) -> bool:
    """Whether a person does one of these by it, with these chances at least: among the others, and by its own words."""
    return each.weighed is not None and each.does(*acts) >= least and each.weighed.alone(*acts) >= alone


class Search:
    """One pass over the readings: what was found so far, and what is asked of them for more than one milestone.

    `story` is a report whose words alone do not tell that something is broken, `aside` the messages that a rule takes
    for other talk.
    """

    def __init__(self, readings: Sequence[Reading], story: Reading | None, aside: frozenset[str]) -> None:
        self.story = story
        #: What a rule takes for other talk, and the weighed reading does not.
        self.aside = aside
        self.readings = [each for each in readings if each.read.signs or each.statements]
        self.everything = readings
        self.by_ts = {each.read.message.ts: each for each in readings}
        self.stated: dict[Kind, Stated] = {}
        self.sources: dict[Kind, Reading] = {}
        self.set_aside: list[tuple[Statement, str]] = []
        self.places: Mapping[str, Place] = {}
        #: The bots that speak here as a public status page.
        self.pages = {each.read.message.bot for each in self.readings if each.is_notice and "notice" in each.read.signs}
        belonging = of_the_incident(self.readings, self.tells_of_harm)
        harm = next((each for each in belonging if self.tells_of_harm(each)), None)
        self.taken_on = taken = taken_on(self.everything, harm)
        self.readings = (
            belonging
            if taken is None
            else [each for each in self.readings if each.at >= taken.at or each.read.any("resolved")]
        )
        self.told = [(each, statement) for each in self.readings for statement in each.statements]

    def keep(self, kind: Kind, reading: Reading, stated: Stated | None = None) -> None:
        """Takes a milestone from a reading: at the moment that it states, else at its own."""
        self.stated[kind] = stated or own_time(reading)
        self.sources[kind] = reading

    def told_of(self, kind: Kind, least: int = 2) -> list[tuple[Reading, Statement]]:
        """The statements on a milestone of that strength at least, as they were written."""
        return [(reading, each) for reading, each in self.told if each.kind is kind and each.strength >= least]

    def is_talk(self) -> bool:
        """Whether people talk with each other in the record."""
        return any(each.weighed is not None for each in self.everything)

    def is_public(self, each: Reading) -> bool:
        """Whether a status page wrote it: what it says was decided before, and elsewhere."""
        return each.read.message.bot is not None and each.read.message.bot in self.pages

    def at(self, kind: Kind) -> datetime | None:
        found = self.stated.get(kind)
        return found.at if found else None

    def who(self, *acts: Act, least: float = SURELY) -> list[Reading]:
        """Those, from the detection on, by which a person does one of these, with this chance at `least`."""
        detected = self.at(Kind.DETECTED)
        if detected is None:
            return []
        return [
            each
            for each in self.everything
            if does(each, *acts, least=least) and not each.looks_back and each.at >= detected
        ]

    def since_the_detection(self) -> Sequence[Reading]:
        """What was said from the detection on; nothing where there is none."""
        detected = self.at(Kind.DETECTED)
        return [] if detected is None else [each for each in self.everything if each.at >= detected]

    def only_talks(self, each: Reading) -> bool:
        """Whether a person likely does nothing for an incident by it."""
        return each.does(*NOTHING) >= LIKELY

    def tells_of_harm(self, each: Reading) -> bool:
        """Whether its words say that something is broken now."""
        read = each.read
        if each.looks_back or self.is_public(each) or read.message.subtype == "huddle_thread":
            return False
        if read.message.bot is not None and self.only_talks(each):
            return False
        if read.is_alert:
            return "firing" in read.signs or bool(read.signs - {"alert", "cleared", "resolved_by", "resolved"})
        if read.message.bot is not None and not read.any("report", "firing", "noticed"):
            return False  # Builds, merges and deploys are told by tools all day.
        if read.any("undeclared", "action") and not read.any("report", "firing"):
            return False
        if HOW_MANY.match(read.message.text):
            return False
        if read.signs & {"restored", "mitigated", "resolved"} and "unfinished" not in read.signs:
            return False
        return read.is_symptom and (not read.is_hypothesis or read.any("report", "noticed", "firing"))

    def first_own(self, kind: Kind, tells: Callable[[Reading], bool]) -> None:
        """The first message after the detection, and before the end, of which `tells` holds."""
        start = self.at(Kind.DETECTED)
        end = self.at(Kind.RESOLVED)
        for each in self.everything:
            if (start is not None and each.at < start) or each.looks_back or each.read.is_question:
                continue
            if end is not None and each.at > end:
                return
            if tells(each):
                self.keep(kind, each)
                return

    def first_after_all(
        self, candidates: Sequence[Reading], goes_on: Callable[[Reading], bool]
    ) -> tuple[Reading, bool]:
        """The first of the candidates after the last reading of which `goes_on` holds, and whether one came after all.

        Where one came after all, it is the last candidate that opened a stretch without any.
        """
        chosen, went_on = candidates[0], False
        ends = {each.read.message.ts for each in candidates}
        for each in self.readings:
            if each.at <= chosen.at:
                continue
            if went_on and each.read.message.ts in ends:
                chosen, went_on = each, False
            else:
                went_on = went_on or goes_on(each)
        return chosen, went_on
