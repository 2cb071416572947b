"""Which messages become lines of the timeline, and why each of them did.

Recall comes first: a person prunes, and cannot add what was never shown. Only where a record is long does the score
decide, per stretch of time, so that a busy hour does not push a quiet one out.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.patterns import pattern
from bot.timeline.milestones import Milestones
from bot.timeline.reading import Reading
from bot.timeline.related import of_one, words_of
from bot.timeline.signs import Read
from bot.timeline.values import MILESTONES, Entry, Kind, Precision, Stated, shortened
from bot.timeline.wordings import WORDINGS

#: The most lines that are kept; more than a person would read (a guess, to be measured).
MOST = 120
_STRETCHES = 24
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


def kind_of(read: Read) -> Kind:
    """What kind of thing a message tells that is no milestone."""
    signs = read.signs
    if read.is_alert:
        return Kind.RECOVERY if "cleared" in signs and "firing" not in signs else Kind.ALERT
    ended = signs & {"resolved", "mitigated", "restored", "rolled_back", "recovering"}
    if ended and "unfinished" not in signs and "relapse" not in signs:
        return Kind.RECOVERY
    text = read.message.text
    if _NO_EFFECT.search(text) and not _ACTS_FIRST.search(text):
        return Kind.FINDING
    if read.is_hypothesis:
        return Kind.HYPOTHESIS
    if _ACTS_FIRST.search(text) and not read.any("fault", "named_cause", "decision", "escalated", "communication"):
        return Kind.CHANGE
    if _LISTED.match(text) and "change" in signs:
        return Kind.CHANGE
    if (
        "report" not in signs
        and read.any("symptom", "impact", "change")
        and not _GIVES_NOTHING.search(text)
        and _observes(text, does=read.any("change", "acts"))
    ):
        return Kind.FINDING
    if _NOT_IT.search(text) and "refuted" in signs:
        return Kind.FINDING
    for sign, kind in (
        ("decision", Kind.DECISION),
        ("escalated", Kind.ESCALATION),
        ("escape", Kind.ESCALATION),
        ("communication", Kind.COMMUNICATION),
        ("notice", Kind.COMMUNICATION),
        ("named_cause", Kind.FINDING),
        ("fault", Kind.FINDING),
        ("report", Kind.IMPACT),
        ("relapse", Kind.IMPACT),
        ("impact", Kind.IMPACT),
        ("change", Kind.IMPACT if "symptom" in signs and not _SOMEBODY_DID.search(text) else Kind.CHANGE),
        ("delta", Kind.FINDING),
        ("symptom", Kind.IMPACT),
        ("acts", Kind.CHANGE),
        ("cause", Kind.FINDING),
        ("finding", Kind.FINDING),
        ("refuted", Kind.FINDING),
    ):
        if sign in signs:
            return kind
    return Kind.NOTE


_GIVES_NOTHING = pattern(WORDINGS["gives nothing"][1])
_NO_EFFECT = pattern(WORDINGS["made no difference"][1])
#: "pushing the old config", "I stopped the mail job", "mirror job disabled, logs removed": what was done stands first.
_ACTS_FIRST = pattern(
    WORDINGS["acts first"][1]
    + r"|, (?:re-?running|restarting|pushing|rolling (?:it |them )?back|reverting|replaying)\b"
    r"|^\W*(?:i |we )?(?:restarted|rebooted|reverted|rolled back|re-?deployed|switched|flipped|bumped|scaled|purged"
    r"|flushed"
    r"|drained|stopped the|doubled|disabled|raised|lowered)\b"
    r"|^\W*(?:the |all |new )*(?:[\w-]+ ){1,4}(?:is |are |now )*(?:disabled|removed|corrected|installed|rotated"
    r"|restarted"
    r"|bounced|deployed|replaced|raised|lowered|switched|re-enabled|purged|patched|halted|paused)\b(?:\W*$|[,.;]"
    r"| (?:and|by hand|to|on)\b)"
)
#: "a deploy is stuck" tells what is wrong, "rolling back the deploy that is stuck" what is done.
_SOMEBODY_DID = pattern(
    r"\b(?:i|we|they|team|engineer\w*)(?:(?:'|’)(?:ve|re|m))? (?:\w+ )?\w+(?:ed|ing)\b|^\W*(?:\w+, )?(?:re)?\w+(?:ed"
    r"|ing)\b"
    r"|\b(?:is|are|was|were|been|being) (?:now )?(?:\w+ed|rolled back|rolled out)\b|\bwent (?:out|live)\b|\bby \w"
)
_LISTED = pattern(r"^\W*\d{1,2}:\d\d\b")
#: What somebody saw where, as against what others met.
_OBSERVED = pattern(
    r"\b(?:shows?|showing|in the (?:\w+ )?logs?|dump|stack ?trace|flame ?graph|profile[rd]?|heap|explain plan)\b"
    r"|\b(?:pods?|containers?|nodes?|workers?|process(?:es)?|instances?) (?:keep |are |is )?(?:re-?start|crash|dy"
    r"|get killed)\w*"
)
#: "It was not the upgrade" tells of no upgrade.
_NOT_IT = pattern(r"\b(?:it|that|this) (?:is|was)(?:n(?:'|’)?t| not) (?:the|our|a)\b")
_MEASURED = pattern(
    r"\b(?:seeing|i see|we see|p9\d|cpu|connections?|null|rows|queries|threads|iops|heap|replicas?|packets?|pool)\b"
)
_AFFECTED = pattern(
    r"\b(?:users?|customers?|clients?|merchants?|tenants?|players?|passengers?|patients?|students?|drivers?"
    r"|sellers?|buyers?"
    r"|shoppers?|readers?|people|every(?:one|body)|no(?:body|-one| one)|orders?|payments?|authori[sz]ations?"
    r"|bookings?|sales"
    r"|revenue|carts?|checkouts?|logins?|sign-?ups?|tickets?|accounts?|teams?|data loss|lost)\b"
)


def _observes(text: str, *, does: bool) -> bool:
    """Whether it says what somebody saw inside, rather than whom it hit or what was done."""
    if _OBSERVED.search(text):
        return True
    return not does and _MEASURED.search(text) is not None and not _AFFECTED.search(text)


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
        least = 2.5  # Without an incident a line has to tell a lot to be worth showing.
    marked = _marked(milestones)
    alerts = [each.read.message.ts for each in readings if each.read.is_alert]
    takes_part = _taking_part(readings, milestones)
    words = words_of([each for each in readings if each.read.message.ts not in milestones.other])
    seen: Counter[str] = Counter()
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
            reasons == _JUST_A_SENTENCE and milestones.stated and not _goes_on(reading, words, takes_part, milestones)
        ):
            continue
        if score < least:
            continue
        told = kind or _kind_beside(reading)
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


#: So many telling messages make somebody one who takes part.
_TAKES_PART = 3
_TELLING = frozenset({
    "symptom", "fault", "named_cause", "cause", "guess", "refuted", "rolled_back", "restored", "mitigated", "resolved",
    "recovering", "acknowledged", "investigating", "declared", "escalated", "delta", "acts",
})  # fmt: skip
#: The reasons for a message that carries no sign: it is shown where it shares a word with those that do.
_JUST_A_SENTENCE = ("states something",)


def _taking_part(readings: Sequence[Reading], milestones: Milestones) -> frozenset[str | None]:
    """Who told more than one thing of the incident while it ran."""
    told = Counter(
        each.read.message.user
        for each in readings
        if each.read.signs & _TELLING and each.read.message.ts not in milestones.other and _runs(each, milestones)
    )
    return frozenset(user for user, count in told.items() if user is not None and count >= _TAKES_PART)


def _runs(reading: Reading, milestones: Milestones) -> bool:
    """Whether it was written between the detection and the end, as far as these are known."""
    detected, resolved = milestones.at(Kind.DETECTED), milestones.at(Kind.RESOLVED)
    return (detected is None or reading.at >= detected) and (resolved is None or reading.at <= resolved)


def _goes_on(
    reading: Reading, words: frozenset[str], takes_part: frozenset[str | None], milestones: Milestones
) -> bool:
    """Whether a sentence without a sign says how it goes on, or speaks of what the incident is about.

    Who takes part says so in any words, while it runs.
    """
    read = reading.read
    if read.message.user in takes_part and not read.is_question and _runs(reading, milestones):
        return True
    return _PROGRESS.search(reading.read.message.text) is not None or not words.isdisjoint(of_one(reading))


_PROGRESS = pattern(
    r"\bstill\b|\bin progress\b|\bdone\b|\brunning\b|\bwaiting\b|\bstart(?:s|ed|ing)\b|\bfinish\w*|\bready\b"
    r"|\bserv\w+\b"
    r"|\b(?:re)?try\w*\b|\bcreat\w+\b|\d ?%|\beta\b|\balmost\b|\bin place\b"
)


def _kind_beside(reading: Reading) -> Kind | None:
    """What a message tells at its own time, beside what it states of another; None where that is all it tells."""
    kind = kind_of(reading.read)
    if kind is Kind.NOTE and reading.statements and len(reading.read.message.text) < _SHORT:
        return None
    if kind not in {_MINOR.get(each.kind, each.kind) for each in reading.statements}:
        return kind
    others = reading.read.signs - _SIGNS_OF.get(kind, frozenset())
    if _LISTED.match(reading.read.message.text):
        return None
    kind = kind_of(replace(reading.read, signs=others))
    return None if kind is Kind.NOTE and len(reading.read.message.text) < _SHORT else kind


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
