"""When the incident began, was detected, declared, understood, mitigated and resolved, as far as the record says.

A statement about the past outranks a message's own time. No order is forced on the answers, and what nobody said
stays None: the last message is never taken for the end.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.dialogue.turns import Act
from bot.patterns import pattern
from bot.timeline.beginnings import likeliest_beginning
from bot.timeline.calm import calm_talks
from bot.timeline.causes import find_cause
from bot.timeline.course import Place, makes_no_difference, places_of
from bot.timeline.forms import is_under_way, takes_on
from bot.timeline.incident import LIKELY, MUCH, has_incident
from bot.timeline.likeliest import is_no_end, likeliest, likeliest_close, likeliest_end, perhaps_end
from bot.timeline.milestone_words import (
    CALLS_IT,
    CALLS_SOMEBODY,
    CLOSES_NOW,
    GIVES_SEVERITY,
    GOES_ON,
    HOW_MANY,
    HYPOTHETICAL,
    LOOKS_BACK,
    NORMAL_AGAIN,
    PAGES,
    RESOLVED_HEAD,
)
from bot.timeline.reading import Reading, own_time
from bot.timeline.related import (
    FIRST_DETECTED,
    called_off,
    of_one,
    of_the_incident,
    same_alarm,
    unheeded,
    words_of,
)
from bot.timeline.statements import Statement
from bot.timeline.stretches import set_aside
from bot.timeline.taken_on import TAKEN_ON_BEFORE, taken_on
from bot.timeline.unsaid import first_report, seen_to_end, story
from bot.timeline.values import Kind, Precision, Stated

#: So long after the end people still say that it works.
_AFTERMATH = timedelta(minutes=30)
_SLACK = timedelta(minutes=5)
#: A finished rollback is what ended the impact if the recovery was seen within this time.
_TAKES_EFFECT = timedelta(minutes=60)
#: What is well so long after it was put right is another story.
_LONG_AFTER = timedelta(hours=3)

#: What is no part of an incident.
_NOTHING = (Act.CHATS, Act.ELSEWHERE)
#: What is said or told where something is broken.
_HARM = (Act.HARM, Act.ALERTS)
_NUMBER = pattern(r"\d")
#: From this chance on somebody who first speaks of it may tell of harm.
_RATHER = 0.35
#: What stands around it makes no harm of words that are less likely to tell of any.
_AT_LEAST = 0.15
#: From this chance on nothing that a rule says of its words takes it back.
_SURELY = 0.6
#: From this chance on it tells of harm though its words alone hardly do.
_VERY_LIKELY, _A_BIT = 0.9, 0.05
#: From this chance on it is so, whatever words that are known are in it.
_BEYOND_DOUBT = 0.9
#: From these chances on, among the others and by its own words, it explains what it was.
_CLEARLY, _BY_ITS_WORDS = 0.4, 0.1
_EXPLAIN = (Act.EXPLAINS, Act.FINDS, Act.CHANGED, Act.SUSPECTS)
_RECOVERS = ("restored", "recovering", "mitigated", "resolved")


@dataclass(frozen=True, slots=True)
class Milestones:
    """The milestones found, each with the reading that gave it. Empty where there is no incident in the record."""

    stated: Mapping[Kind, Stated] = field(default_factory=dict)
    sources: Mapping[Kind, Reading] = field(default_factory=dict)
    #: Stated ends of the impact and other moments that were set aside, with the reason.
    set_aside: tuple[tuple[Statement, str], ...] = ()
    #: The messages that speak of something else than the incident, by their `ts`.
    other: frozenset[str] = frozenset()
    #: The messages on planned work, by their `ts`: where it went wrong, they belong to what it led to.
    work: frozenset[str] = frozenset()

    def at(self, kind: Kind) -> datetime | None:
        found = self.stated.get(kind)
        return found.at if found else None


def find_milestones(readings: Sequence[Reading], likely: float | None = None, *, surely: bool = False) -> Milestones:
    """The milestones of the incident that `readings`, in order of time, tell of; with `surely` there was one.

    `likely` is how likely there is one, from 0 to 1, by what people do in the whole of a conversation, if it is one.
    """
    calm = calm_talks(readings) if likely is not None and likely >= LIKELY and not surely else frozenset()
    if calm:
        readings = [each for each in readings if each.read.message.ts not in calm]
        likely = max((each.weighed.incident for each in readings if each.weighed is not None), default=0.0)
    said = sum(each.read.message.bot is None for each in readings)
    aside = set_aside(each.read for each in readings)
    surely_of_it = {each.read.message.ts for each in readings if _does(each, Act.HARM)}
    other = frozenset({*aside, *called_off(readings)} - surely_of_it) | calm
    readings = [each for each in readings if each.read.message.ts not in other]
    alone = unheeded(readings) - surely_of_it
    other |= alone
    readings = [each for each in readings if each.read.message.ts not in alone]
    told = story(readings)
    if 2 * len(aside) >= said and said < MUCH:
        likely = None  # A few who speak of planned work, a drill or old times: what the rules see in the rest counts.
    if not (surely or has_incident(readings, likely, told, said)):
        return Milestones(other=other)
    # Planned work that went wrong is no milestone, and belongs to what it led to.
    work = frozenset(ts for ts, rule in aside.items() if rule == "planned work")
    return replace(_Search(readings, told, frozenset(aside)).run(), other=other - work, work=work)


def _does(each: Reading, *acts: Act, least: float = _SURELY, alone: float = _AT_LEAST) -> bool:
    """Whether a person does one of these by it, with these chances at least: among the others, and by its own words."""
    return each.weighed is not None and each.does(*acts) >= least and each.weighed.alone(*acts) >= alone


class _Search:
    """One pass over the readings; each method finds one milestone."""

    def __init__(self, readings: Sequence[Reading], told: Reading | None, aside: frozenset[str]) -> None:
        self.story = told
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
        belonging = of_the_incident(self.readings, self._tells_of_harm)
        harm = next((each for each in belonging if self._tells_of_harm(each)), None)
        self.taken_on = taken = taken_on(self.everything, harm)
        self.readings = (
            belonging
            if taken is None
            else [each for each in self.readings if each.at >= taken.at or each.read.any("resolved")]
        )
        self.told = [(each, statement) for each in self.readings for statement in each.statements]

    def run(self) -> Milestones:
        self.detected()
        self.places = places_of(self.everything, self.at(Kind.DETECTED))
        self.resolved()
        self.began()
        self.declared()
        self.mitigated()
        self.cause()
        self.acknowledged()
        # Who checks something once the cause is known began to look before that.
        known = self.at(Kind.CAUSE_IDENTIFIED)
        self.first_own(
            Kind.INVESTIGATION_BEGAN,
            lambda each: "investigating" in each.read.signs and (known is None or each.at <= known),
        )
        self.first_own(
            Kind.ESCALATED,
            lambda each: (
                ("escalated" in each.read.signs or CALLS_SOMEBODY.search(each.read.message.text) is not None)
                and ("declared" not in each.read.signs or PAGES.search(each.read.message.text) is not None)
            ),
        )
        self.partly()
        return Milestones(self.stated, self.sources, tuple(self.set_aside))

    # -- saying what was found

    def keep(self, kind: Kind, reading: Reading, stated: Stated | None = None) -> None:
        self.stated[kind] = stated or own_time(reading)
        self.sources[kind] = reading

    def told_of(self, kind: Kind, least: int = 2) -> list[tuple[Reading, Statement]]:
        return [(reading, each) for reading, each in self.told if each.kind is kind and each.strength >= least]

    def _is_talk(self) -> bool:
        """Whether people talk with each other in the record."""
        return any(each.weighed is not None for each in self.everything)

    def is_public(self, each: Reading) -> bool:
        """Whether a status page wrote it: what it says was decided before, and elsewhere."""
        return each.read.message.bot is not None and each.read.message.bot in self.pages

    # -- the milestones

    def detected(self) -> None:
        own = next((each for each in self.readings if self._tells_of_harm(each)), None)
        own = self.taken_on or own or self.story
        said = own is not self.story
        if own is not None and self.story is not None and self._told_before(self.story, own):
            own, said = self.story, False
        met = next((each for each in self.everything if self._meets_it(each)), None)
        if met is not None and (own is None or self._was_met_before(met, own) or self._only_talks(own)):
            own, said = met, True
        if own is not None and own.read.message.bot is None:
            own = first_report(own, self.everything, surely_said=said)
        label = next(
            (each for each in self.readings if FIRST_DETECTED.match(each.read.message.text) and not each.statements),
            None,
        )
        told = [pair for pair in self.told_of(Kind.DETECTED) if pair[1].stated.at <= pair[1].written + _SLACK]
        told = told or self.told_of(Kind.DETECTED, 1)
        if label is not None:
            self.keep(Kind.DETECTED, label)
        elif told and (own is None or min(each.stated.at for _, each in told) <= own.at + _SLACK):
            reading, statement = min(told, key=lambda pair: pair[1].stated.at)
            self.keep(Kind.DETECTED, reading, statement.stated)
        elif own is not None:
            self.keep(Kind.DETECTED, own)

    def _meets_it(self, each: Reading) -> bool:
        """Whether, by what is done around it, a person or a tool says by it that something is broken."""
        if each.weighed is None or each.looks_back or self.is_public(each):
            return False
        if each.read.message.bot is not None:
            return each.does(Act.ALERTS, Act.HARM) >= LIKELY and "cleared" not in each.read.signs
        if each.read.message.ts in self.aside:
            return False
        return _does(each, Act.HARM, least=_RATHER) or _does(each, Act.HARM, least=_VERY_LIKELY, alone=_A_BIT)

    def _was_met_before(self, met: Reading, own: Reading) -> bool:
        """Whether it was clearly spoken of before it was told in words that are known."""
        clear = met.weighed is not None and (
            met.weighed.alone(*_HARM) >= LIKELY or met.weighed.chance(*_HARM) >= _VERY_LIKELY
        )
        unlike = own.weighed is not None and own.does(*_HARM) < _AT_LEAST
        return met.at < own.at and ((clear and own.at - met.at <= TAKEN_ON_BEFORE) or unlike)

    def _only_talks(self, each: Reading) -> bool:
        """Whether a person likely does nothing for an incident by it."""
        return each.does(*_NOTHING) >= LIKELY

    def _told_before(self, story: Reading, harm: Reading) -> bool:
        """Whether a story begins with the same thing, shortly before somebody says what is wrong."""
        if not timedelta() < harm.at - story.at <= TAKEN_ON_BEFORE:
            return False
        later = (each for each in self.everything if harm.at <= each.at <= harm.at + TAKEN_ON_BEFORE)
        return bool(of_one(story) & frozenset().union(*(of_one(each) for each in later)))

    def _tells_of_harm(self, each: Reading) -> bool:
        read = each.read
        if each.looks_back or self.is_public(each) or read.message.subtype == "huddle_thread":
            return False
        if read.message.bot is not None and self._only_talks(each):
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

    def began(self) -> None:
        detected = self.stated.get(Kind.DETECTED)
        told = [pair for pair in self.told_of(Kind.IMPACT_BEGAN, 1)]
        if detected is not None and self._is_talk() and not any(each.strength == 3 for _, each in told):
            likely = likeliest_beginning(self.everything, detected.at)
            if likely is not None:
                self.keep(Kind.IMPACT_BEGAN, likely.reading, likely.stated)
                return
            told = [pair for pair in told if pair[1].strength == 2]
        label = next((each for each in self.readings if "began_label" in each.read.signs and not each.statements), None)
        page = next((each for each in self.readings if self.is_public(each) and not each.looks_back), None)
        known = detected.at if detected is not None else page.at if page is not None else None
        if known is not None:
            late = [pair for pair in told if pair[1].stated.at > known + _SLACK and pair[1].stated.zone is not None]
            for _, statement in late:
                if statement.strength >= 2 and statement.stated.precision is Precision.EXACT:
                    why = "later than the detection" if detected is not None else "later than the first notice"
                    self.set_aside.append((statement, why))
            told = [pair for pair in told if pair not in late] or [pair for pair in told if pair[1].strength == 3]
        if told:
            strongest = max(each.strength for _, each in told)
            last = [pair for pair in told if pair[1].strength == strongest]
            reading = last[-1][0]
            statement = next(each for found, each in last if found is reading)
            self.keep(Kind.IMPACT_BEGAN, reading, statement.stated)
        elif label is not None:
            self.keep(Kind.IMPACT_BEGAN, label)

    def declared(self) -> None:
        told = self.told_of(Kind.DECLARED, 1)
        own = [
            each
            for each in self.readings
            if "declared" in each.read.signs
            and not self.is_public(each)
            and "undeclared" not in each.read.signs
            and not each.read.is_question
            and not each.looks_back
            and (CALLS_IT.search(each.read.message.text) or not HYPOTHETICAL.search(each.read.message.text[:120]))
        ]
        manual = [each for each in self.readings if "opened_by_tool" in each.read.signs and each.read.is_alert]
        page = [each for each in self.readings if self.is_public(each) and not each.looks_back]
        if told:
            self.keep(Kind.DECLARED, told[0][0], told[0][1].stated)
        elif candidates := own or manual or page or self._given_a_severity() or self._who(Act.DECLARES):
            self.keep(Kind.DECLARED, candidates[0])

    def _who(self, *acts: Act, least: float = _SURELY) -> list[Reading]:
        """Those, from the detection on, by which a person does one of these, with this chance at `least`."""
        detected = self.at(Kind.DETECTED)
        if detected is None:
            return []
        return [
            each
            for each in self.everything
            if _does(each, *acts, least=least) and not each.looks_back and each.at >= detected
        ]

    def _since_the_last_harm(self) -> Sequence[Reading]:
        """What was said after the last time that somebody said it is broken, or since the detection.

        Who counts how many were hit says nothing of now.
        """
        harm = [
            each.at
            for each in self._who(Act.HARM)
            if each is not self.sources.get(Kind.DETECTED)
            and _does(each, Act.HARM, alone=LIKELY)
            and not _NUMBER.search(each.read.message.text)
        ]
        detected = self.at(Kind.DETECTED)
        since = harm[-1] if harm else detected
        return [] if since is None else [each for each in self.everything if each.at > since]

    def _given_a_severity(self) -> list[Reading]:
        return [
            each
            for each in self.everything
            if each.read.message.bot is None
            and GIVES_SEVERITY.match(each.read.message.text)
            and not each.read.is_question
            and not each.looks_back
            and not each.read.any("undeclared", "hedge", "negated", "refuted", "resolved", "unfinished")
            and not HYPOTHETICAL.search(each.read.message.text)
            and (self.at(Kind.DETECTED) is None or each.at >= self.stated[Kind.DETECTED].at)
        ]

    def mitigated(self) -> None:
        told = [pair for pair in self.told_of(Kind.MITIGATED, 1) if not self._before_it_was_known(*pair)]
        strong = [pair for pair in told if pair[1].strength == 3]
        if strong:
            reading = strong[-1][0]
            statement = next(each for found, each in strong if found is reading)
            self.keep(Kind.MITIGATED, reading, statement.stated)
            return
        ended, well = self._ended_by_rules(told), self._likeliest_end()
        if ended is not None and (self._ends_it(*ended) or (well is not None and well.at - ended[0].at > _LONG_AFTER)):
            self.keep(Kind.MITIGATED, *ended)
        elif well is not None:
            self.keep(Kind.MITIGATED, well)
        elif ended is not None and ended[0].read.any(*_RECOVERS, "rolled_back") and not self._only_talks(ended[0]):
            self.keep(Kind.MITIGATED, *ended)
        elif self._is_talk() and (perhaps := perhaps_end(self._since_the_detection(), self._until())) is not None:
            self.keep(Kind.MITIGATED, perhaps)

    def _ends_it(self, by: Reading, stated: Stated) -> bool:
        """Whether what a rule takes for the end tells of it at another time, or may be one by what people do."""
        return stated.at != by.at or not is_no_end(by, self.everything, _RATHER)

    def _ended_by_rules(self, told: Sequence[tuple[Reading, Statement]]) -> tuple[Reading, Stated] | None:
        """The end of the impact by what the words say, where it is not told in a window; `told` are stated ends."""
        for sign in ("mitigated", "restored", "rolled_back"):
            own = self._after_relapse(
                [
                    each
                    for each in self.readings
                    if self._says_it_ended(each, sign) and (sign != "rolled_back" or self._had_effect(each))
                ]
            )
            if told and (own is None or told[-1][1].written >= own.at or sign != "mitigated"):
                return told[-1][0], told[-1][1].stated
            if own is not None:
                seen = self._seen_to_end(tools=False) if sign != "mitigated" else None
                ended = seen if seen is not None and seen.at < own.at else own
                ended = self._what_ended_it(ended) if sign == "restored" else ended
                stated = own_time(ended)
                if self.is_public(ended):  # A status page says so a while after.
                    stated = replace(stated, precision=Precision.ABOUT)
                return ended, stated
        last = self._switched_off() or self._seen_to_end()
        return None if last is None or "relapse" in last.read.signs else (last, own_time(last))

    def _likeliest_end(self) -> Reading | None:
        return likeliest_end(self._since_the_detection(), self._until())

    def _until(self) -> datetime | None:
        """Until when it may be told that it is well."""
        resolved = self.at(Kind.RESOLVED)
        return None if resolved is None else resolved + _SLACK

    def _before_it_was_known(self, reading: Reading, statement: Statement) -> bool:
        """Whether people who talk tell of an end before it began: "restarted it ten minutes ago, it hung again"."""
        detected = self.at(Kind.DETECTED)
        return reading.weighed is not None and detected is not None and statement.stated.at < detected

    def _seen_to_end(self, *, tools: bool = True) -> Reading | None:
        """Who saw that it is well, after something was done about what was reported; perhaps also a tool."""
        report = self.sources.get(Kind.DETECTED)
        if report is None:
            return None
        return seen_to_end(self.everything, self.places, report, self._until(), tools=tools)

    def _switched_off(self) -> Reading | None:
        """The last that was switched off, after which it was soon seen to recover, and not to break again."""
        recovers: datetime | None = None
        for each in reversed(self.readings):
            if "relapse" in each.read.signs:
                recovers = None
            elif "recovering" in each.read.signs and not each.read.any("unfinished", "hedge"):
                recovers = each.at
            elif recovers is not None and self._says_it_ended(each, "turned_off"):
                return each if recovers - each.at <= _TAKES_EFFECT else None
        return None

    def _what_ended_it(self, restored: Reading) -> Reading:
        """The finished rollback that a recovery followed, where nothing broke between them; else the recovery."""
        for each in reversed([each for each in self.readings if each.at < restored.at]):
            if restored.at - each.at > _TAKES_EFFECT or each.read.any("relapse", "unfinished"):
                break
            if makes_no_difference(each.read.message.text):
                break
            done = self._says_it_ended(each, "rolled_back") or self._says_it_ended(each, "turned_off")
            if done and "fault" not in each.read.signs:  # "A push removed the route" tells what broke it.
                return each
        return restored

    def _says_it_ended(self, each: Reading, sign: str) -> bool:
        read = each.read
        if sign not in read.signs or each.looks_back or read.is_question or read.is_alert:
            return False
        if sign == "rolled_back" and "refuted" in read.signs:
            return False  # "It was rolled back on Monday, so it is not that".
        if sign == "restored" and "change" in read.signs and is_under_way(read.message.text):
            return False  # "rolling back to 2.30.4" is at it, "seeing it back to normal" has seen it.
        if read.any("unfinished", "relapse", "other_resolved") or (sign != "mitigated" and read.any("hedge", "partly")):
            return False
        detected, resolved = self.stated.get(Kind.DETECTED), self.stated.get(Kind.RESOLVED)
        if detected is not None and each.at < detected.at:
            return False
        if sign != "mitigated" and resolved is not None and each.at > resolved.at + _AFTERMATH:
            return False  # What works again long after the end is another story.
        return not self.is_public(each) or (sign == "mitigated" and not LOOKS_BACK.match(read.message.text))

    def _had_effect(self, done: Reading) -> bool:
        """Whether nobody said, before it was seen to recover, that what was done made no difference."""
        for each in self.everything:
            if each.at <= done.at or each.read.is_question or each.looks_back:
                continue
            if each.at - done.at > _TAKES_EFFECT or each.read.any(*_RECOVERS):
                return True
            if makes_no_difference(each.read.message.text):
                return False
        return True

    def _after_relapse(self, candidates: Sequence[Reading]) -> Reading | None:
        """The first of the candidates after the last time that it broke again; None where none came after that."""
        if not candidates:
            return None
        chosen, broke = candidates[0], False
        ends = {each.read.message.ts for each in candidates}
        for each in self.readings:
            if each.at <= chosen.at:
                continue
            if broke and each.read.message.ts in ends:
                chosen, broke = each, False
            else:
                broke = broke or ("relapse" in each.read.signs and not each.read.is_question and not each.looks_back)
                broke = broke or self._fires_again(each)
        return None if broke else chosen

    def _fires_again(self, each: Reading) -> bool:
        """Whether a tool raises the alarm again that told of the incident first."""
        first = self.sources.get(Kind.DETECTED)
        if first is None or not (first.read.is_alert and each.read.is_alert) or "cleared" in each.read.signs:
            return False
        return same_alarm(first, each)

    def resolved(self) -> None:
        detected = self.stated.get(Kind.DETECTED)
        told = self.told_of(Kind.RESOLVED, 1)
        if told:
            self.keep(Kind.RESOLVED, told[-1][0], told[-1][1].stated)
            return
        own = [each for each in self.readings if self._says_resolved(each)]
        if detected is not None:
            early = [each for each in own if each.at < detected.at]
            own = [each for each in own if each.at >= detected.at]
            if early and not own:
                statement = Statement(Kind.RESOLVED, own_time(early[-1]), early[-1].at, 2)
                self.set_aside.append((statement, "earlier than the detection"))
        if own:
            self.keep(Kind.RESOLVED, self._final(own))
            return
        by_tool = [each for each in self.readings if "resolved_by" in each.read.signs and each.read.is_alert]
        if by_tool:
            self.keep(Kind.RESOLVED, by_tool[-1])
            return
        if (last := likeliest_close(self._since_the_last_harm())) is not None:
            self.keep(Kind.RESOLVED, last)
            return
        self._closed_by_status_page()

    def _says_resolved(self, each: Reading) -> bool:
        read = each.read
        if RESOLVED_HEAD.match(read.message.text) and not read.is_question:
            return True
        if CLOSES_NOW.search(read.message.text) and not read.any("other_resolved", "relapse") and not read.is_question:
            return True
        if (
            "resolved" not in read.signs
            or read.is_question
            or each.looks_back
            or read.any("other_resolved", "unfinished", "relapse")
        ):
            return False
        return not (read.is_alert and not read.any("incident_word"))

    def _final(self, own: Sequence[Reading]) -> Reading:
        """The first word of the end after which nobody worked on it any more: later ones only repeat it."""
        chosen, went_on = own[0], False
        ends = {each.read.message.ts for each in own}
        for each in self.readings:
            if each.at <= chosen.at:
                continue
            if went_on and each.read.message.ts in ends:
                chosen, went_on = each, False
            else:
                went_on = went_on or each.read.any(
                    "relapse", "unfinished", "investigating", "notice", "rolled_back", "mitigated", "restored"
                )
        return chosen

    def _closed_by_status_page(self) -> None:
        """A status page that ends with a look back on the impact has closed the incident, about then."""
        page = [each for each in self.readings if self.is_public(each)]
        if len(page) < 2 or GOES_ON.search(page[-1].read.message.text[:250]):
            return
        last = page[-1]
        text = last.read.message.text
        if any(each.strength == 3 for each in last.statements) or LOOKS_BACK.search(text) or NORMAL_AGAIN.search(text):
            self.keep(Kind.RESOLVED, last, replace(own_time(last), precision=Precision.ABOUT))

    def cause(self) -> None:
        told = self.told_of(Kind.CAUSE_IDENTIFIED, 1)
        if told:
            self.keep(Kind.CAUSE_IDENTIFIED, told[-1][0], told[-1][1].stated)
            return
        found = find_cause(self._up_to_the_end(), self.at(Kind.MITIGATED), self.sources.get(Kind.DETECTED))
        by_rules = found is not None and not self._hardly_explains(*found, _EXPLAIN, _AT_LEAST)
        talk = self._since_the_detection()
        clear = likeliest(talk, Act.EXPLAINS, _CLEARLY, _BY_ITS_WORDS)
        if (
            found is not None
            and by_rules
            and (clear is None or not self._hardly_explains(*found, (Act.EXPLAINS,), _AT_LEAST))
        ):
            self.keep(Kind.CAUSE_IDENTIFIED, *found)
        elif (likely := clear or likeliest(talk, Act.EXPLAINS, _RATHER, _BY_ITS_WORDS)) is not None:
            self.keep(Kind.CAUSE_IDENTIFIED, likely)
        elif found is not None and not self._hardly_explains(*found, (), 0.0):
            self.keep(Kind.CAUSE_IDENTIFIED, *found)

    def _since_the_detection(self) -> Sequence[Reading]:
        detected = self.at(Kind.DETECTED)
        return [] if detected is None else [each for each in self.everything if each.at >= detected]

    def _hardly_explains(self, by: Reading, cause: Stated, acts: Sequence[Act], least: float) -> bool:
        """Whether what was taken for the cause likely is no explanation of anything."""
        words = self.by_ts.get(cause.source_ts or "", by)
        if self._only_talks(by) or self._only_talks(words):
            return True
        return words.weighed is not None and words.does(*acts) < least

    def _up_to_the_end(self) -> list[Reading]:
        """The readings until it was resolved, and those after that which speak of the same things."""
        end, first = self.stated.get(Kind.RESOLVED), self.sources.get(Kind.DETECTED)
        known = {each.read.message.ts for each in self.readings}
        told = [
            each
            for each in self.everything
            if each.read.message.ts in known or (first is not None and each.at >= first.at)
        ]
        if end is None:
            return told
        words = words_of([each for each in told if each.at <= end.at + _SLACK])
        return [each for each in told if each.at <= end.at + _SLACK or words & words_of([each])]

    def acknowledged(self) -> None:
        told = self.told_of(Kind.ACKNOWLEDGED, 1)
        if told:
            self.keep(Kind.ACKNOWLEDGED, told[0][0], told[0][1].stated)
            return
        detected = self.sources.get(Kind.DETECTED)
        self.first_own(
            Kind.ACKNOWLEDGED,
            lambda each: (
                (each.read.any("acknowledged_by", "acknowledged") or self._takes_on(each))
                and each.does(*_NOTHING) < _BEYOND_DOUBT
                and each is not detected
                and not (each.read.message.bot is not None and not each.read.is_alert)
            ),
        )
        if Kind.ACKNOWLEDGED not in self.stated:
            self.first_own(Kind.ACKNOWLEDGED, lambda each: each.does(Act.TAKES_ON) >= _SURELY and each is not detected)

    def _takes_on(self, each: Reading) -> bool:
        """Whether a person says to be at it."""
        return each.read.message.bot is None and takes_on(each.read.message.text)

    def partly(self) -> None:
        told, ended = self.told_of(Kind.PARTLY_RECOVERED, 1), self.at(Kind.MITIGATED)
        if told:
            self.keep(Kind.PARTLY_RECOVERED, told[0][0], told[0][1].stated)
            return
        self.first_own(
            Kind.PARTLY_RECOVERED,
            lambda each: (
                each.read.any("recovering", "partly")
                and not each.read.any("unfinished", "hedge", "mitigated", "resolved", "relapse", "change")
                and not each.read.is_alert
                and not (ended is not None and each.at >= ended)
            ),
        )

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

    def at(self, kind: Kind) -> datetime | None:
        found = self.stated.get(kind)
        return found.at if found else None
