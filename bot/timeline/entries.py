"""Which messages become lines of the timeline, and why each of them did.

Recall comes first: a person prunes, and cannot add what was never shown. Only where a record is long does the score
decide, per stretch of time, so that a busy hour does not push a quiet one out.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.dialogue.turns import Act
from bot.patterns import pattern
from bot.timeline.belonging import ENOUGH, ENOUGH_ALONE, Belonging
from bot.timeline.course import Place, places_of
from bot.timeline.kinds import LISTED, kind_of, told_kind
from bot.timeline.milestones import Milestones
from bot.timeline.reading import Reading
from bot.timeline.signs import Read
from bot.timeline.values import MILESTONES, Entry, Kind, Precision, Stated, shortened

#: The most lines that are kept; more than a person would read (a guess, to be measured).
MOST = 120
_STRETCHES = 24
#: From this chance on a message keeps people company, or speaks of something else, whatever its words say.
_SURELY_TALK = 0.7
#: How much less a message tells that speaks of something else than the incident.
_OTHER_TALK = 3.0

#: What each sign is worth, and how its reason reads. The values follow the rules prototype: recall over precision.
_WORTH: tuple[tuple[str, float, str], ...] = (
    ("resolved", 4.0, "says that it is over"),
    ("declared", 4.0, "declares the incident"),
    ("mitigated", 3.5, "says that it was mitigated"),
    ("severity", 2.5, "gives the severity"),
    ("named_cause", 3.0, "names a cause"),
    ("restored", 2.5, "says that it works again"),
    ("rolled_back", 2.5, "undoes a change"),
    ("recovering", 2.0, "sees it recover"),
    ("relapse", 2.0, "sees it break again"),
    ("report", 2.0, "reports what people notice"),
    ("noticed", 2.0, "says that it was noticed"),
    ("began_label", 3.0, "says when it began"),
    ("symptom", 1.5, "describes a symptom"),
    ("change", 1.5, "tells of a change"),
    ("decision", 1.5, "takes a decision"),
    ("escalated", 2.0, "brings somebody in"),
    ("impact", 2.0, "says who was affected"),
    ("delta", 2.0, "gives a measurement that changed"),
    ("communication", 1.5, "tells others"),
    ("notice", 1.5, "is a public notice"),
    ("confirmed", 1.5, "confirms something"),
    ("refuted", 1.5, "rules something out"),
    ("guess", 1.0, "has an idea of the cause"),
    ("fault", 1.5, "says what is wrong inside"),
    ("cause", 1.0, "explains something"),
    ("finding", 1.0, "reports a finding"),
    ("investigating", 1.0, "investigates"),
    ("acknowledged", 1.0, "takes it on"),
    ("acknowledged_by", 2.5, "takes the alarm on"),
    ("resolved_by", 2.5, "closes the alarm"),
    ("escape", 1.5, "moves to a call"),
    ("acts", 1.0, "does something about it"),
    ("incident_word", 0.5, "speaks of the incident"),
)
_HEEDED = frozenset(
    [
        "eyes", "white_check_mark", "heavy_check_mark", "rotating_light", "fire", "pushpin", "warning",
        "exclamation", "bangbang", "tada", "rewind", "rocket", "mag", "memo", "stopwatch", "red_circle",
        "large_green_circle",
    ]
)  # fmt: skip
_TELLING_LINK = pattern(
    r"/(?:pull|pulls|merge_requests|commit|commits|releases?|actions/runs|builds?|pipelines?|deployments?"
    r"|deploys?|incidents?|d|dashboards?|explore|tickets?|browse|issues)/|grafana|datadog|kibana|dashboard|status"
)
#: A message as short as this says no more than one thing.
_SHORT = 140
#: By which signs a message is taken for a kind that it may state of another time as well.
_SIGNS_OF = {Kind.CHANGE: frozenset({"change", "acts"})}
_WORDS = pattern(r"[\pL\pN]{2,}")
_NUMBERS = pattern(r"[\d.:,-]+")


def entries_of(readings: Sequence[Reading], milestones: Milestones, *, most: int = MOST) -> tuple[Entry, ...]:
    """The lines of the timeline in order of time, those without a time last, at most about `most` of them."""
    found = [*_of_statements(readings, milestones), *_own(readings, milestones)]
    found = list(_pruned(found, most))
    found.sort(key=lambda each: (each.at is None, each.at or readings[0].at, each.source_ts or "", each.key))
    return tuple(found)


def worth(read: Read) -> tuple[float, tuple[str, ...]]:
    """How much a message tells, and the reasons in words, the weightiest first."""
    message, signs = read.message, read.signs
    reasons: list[tuple[float, str]] = [(value, why) for sign, value, why in _WORTH if sign in signs]
    if read.is_alert:
        reasons.append((2.5, "comes from an alerting tool"))
    if message.pinned:
        reasons.append((5.0, "was pinned"))
    if heeded := [each for each in message.reactions if each.split("::")[0] in _HEEDED]:
        reasons.append((1.0, f"was marked with :{heeded[0]}:"))
    if message.reply_count >= 3:
        reasons.append((1.0, f"has a thread of {message.reply_count}"))
    if any(_TELLING_LINK.search(link) for link in read.links):
        reasons.append((1.5, "links to a change, a ticket or a dashboard"))
    reasons.sort(reverse=True)
    score = sum(value / (1 + index) for index, (value, _) in enumerate(reasons))
    count = len(list(_WORDS.finditer(message.text[:400])))
    if message.bot is None and count >= 4 and not read.is_question:
        score += 1.0
        reasons.append((1.0, "states something"))
    if read.is_question and not read.any("report", "notice", "guess"):
        score -= 1.5
    if "action" in signs and not read.any("resolved", "mitigated", "declared", "report"):
        score -= 2.0  # What ought to be done is not what happened.
    if read.is_chatter and not message.pinned:
        score -= 5.0
    if count < 2 and not read.any("resolved", "mitigated", "acknowledged", "declared", "acts"):
        score -= 2.0
    return score, tuple(why for _, why in reasons)


def _own(readings: Sequence[Reading], milestones: Milestones) -> list[Entry]:
    people = sum(1 for each in readings if each.read.signs or each.read.message.text)
    least = 1.0 if people <= 60 else 1.6 if people <= 300 else 2.2
    if not milestones.stated:
        least = 2.5  # Without an incident a line has to tell a lot, or be likely to belong to one.
    marked = _marked(milestones)
    alerts = [each.read.message.ts for each in readings if each.read.is_alert]
    seen: Counter[str] = Counter()
    places = places_of(readings, milestones.at(Kind.DETECTED))
    belonging = Belonging(readings, milestones, places)
    found = []
    for reading in readings:
        read = reading.read
        message = read.message
        if read.is_service or message.deleted or not message.text.strip():
            continue
        kind = marked.get(message.ts)
        score, reasons = worth(read)
        if message.ts in (alerts[:1] + alerts[-1:]):
            score += 2.0
            reasons = ("is the first alert" if message.ts == alerts[0] else "is the last alert", *reasons)
        elif message.ts in milestones.other and not message.pinned:
            score -= _OTHER_TALK
        if kind is not None:
            score += 10.0
            reasons = (f"gives a milestone: {kind.value.replace('_', ' ')}", *reasons)
        elif _only_tells_of_then(reading, milestones) or (
            _surely_talk(reading)
            and message.ts not in milestones.work
            and not message.pinned
            and not (milestones.stated and read.any(*_OF_ITS_COURSE) and belonging.shares(reading))
        ):
            continue
        elif message.bot is None and not message.pinned:
            likely = belonging.of(reading)
            if belonging.is_small_talk(reading) or (likely < 0 and not read.signs - _SAID_IN_PASSING):
                continue
            if reasons == _JUST_A_SENTENCE or not reasons or score < least:
                if likely < (ENOUGH if milestones.stated else ENOUGH_ALONE):
                    continue
                score = max(score, least)
        elif message.bot is not None and not read.is_alert and belonging.is_deed(reading):
            score = max(score, least)
        if score < least:
            continue
        told = kind or _kind_beside(reading, places[message.ts])
        if told is None:
            continue
        if kind is None and read.is_alert and _repeated(read, seen) and message.ts != alerts[-1]:
            continue
        found.append(
            Entry(
                key=message.ts,
                at=message.at,
                precision=Precision.EXACT,
                zone=None,
                kind=told,
                text=shortened(message.text),
                source_ts=message.ts,
                actor=message.user or message.bot,
                reason="; ".join(reasons[:2]) or "states something",
                score=round(score, 2),
            )
        )
    return found


def _surely_talk(reading: Reading) -> bool:
    return reading.does(Act.CHATS, Act.ELSEWHERE) >= _SURELY_TALK


#: Who says one of these of what the incident is about speaks of it, whatever stands around it.
_OF_ITS_COURSE = ("restored", "recovering", "mitigated", "impact", "report")
#: What words say of other things as well: of those that do not belong, no line is made.
_SAID_IN_PASSING = frozenset({
    "acts", "finding", "confirmed", "refuted", "cleared", "incident_word", "undeclared", "other_resolved", "question",
    "hedge", "unfinished", "action", "cause", "decision",
})  # fmt: skip
#: The reasons for a message that carries no sign: it is shown where it shares a word with those that do.
_JUST_A_SENTENCE = ("states something",)


def _kind_beside(reading: Reading, place: Place) -> Kind | None:
    """What a message tells at its own time, beside what it states of another; None where that is all it tells."""
    kind = told_kind(reading, place)
    if kind is Kind.NOTE and reading.statements and len(reading.read.message.text) < _SHORT:
        return None
    stated = {_MINOR.get(each.kind, each.kind) for each in reading.statements}
    if kind not in stated:
        return kind
    others = reading.read.signs - _SIGNS_OF.get(kind, frozenset())
    if LISTED.match(reading.read.message.text):
        return None
    kind = kind_of(replace(reading.read, signs=others))
    # A deed is told where it was done; how many were hit stands beside when it began.
    again = {Kind.NOTE, *(stated & {Kind.CHANGE})}
    return None if kind in again and len(reading.read.message.text) < _SHORT else kind


#: The milestone that a message is shown as, where it gives several.
_RANK = (
    Kind.RESOLVED,
    Kind.MITIGATED,
    Kind.CAUSE_IDENTIFIED,
    Kind.DECLARED,
    Kind.DETECTED,
    Kind.IMPACT_BEGAN,
    Kind.ACKNOWLEDGED,
    Kind.ESCALATED,
    Kind.INVESTIGATION_BEGAN,
    Kind.PARTLY_RECOVERED,
)


def _marked(milestones: Milestones) -> dict[str, Kind]:
    marked: dict[str, Kind] = {}
    for kind in reversed(_RANK):
        source, stated = milestones.sources.get(kind), milestones.stated.get(kind)
        if source is not None and stated is not None and stated.at == source.at:
            marked[source.read.message.ts] = kind
    return marked


def _only_tells_of_then(reading: Reading, milestones: Milestones) -> bool:
    """Whether a short message says nothing but what happened at another time, and so has its line there."""
    read = reading.read
    if len(reading.statements) != 1 or len(read.message.text) >= _SHORT or read.is_alert or read.message.pinned:
        return False
    only = reading.statements[0]
    chosen = milestones.stated.get(only.kind)
    return (
        chosen is not None and chosen.source_ts == read.message.ts and not read.any("confirmed", "impact", "decision")
    )


def _of_statements(readings: Sequence[Reading], milestones: Milestones) -> list[Entry]:
    chosen: dict[tuple[str, object], Kind] = {
        (stated.source_ts, stated.at): kind for kind, stated in milestones.stated.items()
    }
    by_ts = {each.read.message.ts: each for each in readings}
    found: dict[str, Entry] = {}
    for kind in MILESTONES:
        stated, source = milestones.stated.get(kind), milestones.sources.get(kind)
        if stated is None or source is None or stated.at == source.at:
            continue
        reason = f"states a milestone: {kind.value.replace('_', ' ')}"
        entry = _stated(kind, stated, by_ts.get(stated.source_ts, source), reason, 12.0)
        found[entry.key] = entry
    for reading in readings:
        for statement in reading.statements:
            stated = statement.stated
            if (stated.source_ts, stated.at) in chosen:
                continue
            entry = _stated(_MINOR.get(statement.kind, statement.kind), stated, reading, "states when it happened", 5.0)
            found.setdefault(entry.key, entry)
    return list(found.values())


#: What a statement that did not become the milestone is shown as.
_MINOR = {
    Kind.IMPACT_BEGAN: Kind.IMPACT,
    Kind.DETECTED: Kind.FINDING,
    Kind.ACKNOWLEDGED: Kind.NOTE,
    Kind.DECLARED: Kind.ESCALATION,
    Kind.CAUSE_IDENTIFIED: Kind.FINDING,
    Kind.MITIGATED: Kind.RECOVERY,
    Kind.PARTLY_RECOVERED: Kind.RECOVERY,
    Kind.RESOLVED: Kind.RECOVERY,
}


def _stated(kind: Kind, stated: Stated, reading: Reading, reason: str, score: float) -> Entry:
    message = reading.read.message
    return Entry(
        key=f"{stated.source_ts}/{kind.value}/{stated.at:%Y%m%dT%H%M%S}",
        at=stated.at,
        precision=stated.precision,
        zone=stated.zone,
        kind=kind,
        text=stated.words,
        source_ts=stated.source_ts,
        actor=message.user or message.bot,
        reason=reason,
        score=score,
    )


def _repeated(read: Read, seen: Counter[str]) -> bool:
    """Whether a tool has said the same three times already; numbers and times aside."""
    same = _NUMBERS.sub("#", shortened(read.message.text, 120).lower())
    seen[same] += 1
    return seen[same] > 3


def _pruned(entries: Sequence[Entry], most: int) -> Iterable[Entry]:
    if len(entries) <= most:
        return entries
    times = [each.at for each in entries if each.at is not None]
    first, last = min(times), max(times)
    length = max((last - first).total_seconds(), 1.0) / _STRETCHES
    stretches: dict[int, list[Entry]] = defaultdict(list)
    kept: list[Entry] = []
    for each in entries:
        if each.score >= 10 or each.at is None:
            kept.append(each)
        else:
            stretches[int((each.at - first).total_seconds() // length)].append(each)
    room = max(most - len(kept), 0)
    for stretch in stretches.values():
        stretch.sort(key=lambda each: -each.score)
    depth = 0
    while room > 0 and any(len(stretch) > depth for stretch in stretches.values()):
        row = sorted((s[depth] for s in stretches.values() if len(s) > depth), key=lambda each: -each.score)
        kept += row[:room]
        room -= len(row[:room])
        depth += 1
    return kept
