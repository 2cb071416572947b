"""What a whole record says: facts, timeline, people, loose ends, contradictions and the receipt of the reading."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from bot.dialogue.reading import Dialogue, read_dialogue
from bot.dialogue.turns import Act, Turn
from bot.patterns import pattern
from bot.timeline.answers import with_answers
from bot.timeline.artefacts import shows_it
from bot.timeline.cause_change import change_behind
from bot.timeline.consistency import contradictions_of
from bot.timeline.course import is_well
from bot.timeline.denied_times import undenied_moments
from bot.timeline.entries import entries_of, worth
from bot.timeline.gaps import loose_ends_of, quote
from bot.timeline.incident import LIKELY
from bot.timeline.milestones import Milestones, find_milestones
from bot.timeline.reading import Reading
from bot.timeline.receipt import receipt_of
from bot.timeline.roles import actors_of
from bot.timeline.signs import Read, read_signs, signs_of
from bot.timeline.statements import beginning_in, statements_in
from bot.timeline.values import Facts, Kind, Quote, Record, RecordMessage, in_order
from bot.timeline.versions import versions_of
from bot.timeline.zones import known_zone
from bot.wording.corrections import last_counts
from bot.wording.repairs import without_repairs

#: How many quotes, links and services are kept of each kind: what fits under a question or in a document.
_QUOTES, _LINKS, _SERVICES, _CANDIDATES = 6, 40, 8, 60
#: The longest text that is searched for times; beyond it stand logs.
_LONGEST = 12_000

#: So many people who speak more than once, with so many messages, talk with each other.
_PEOPLE, _MESSAGES = 2, 5
#: Words that tell of a beginning by less than this chance have to say "since".
_A_LITTLE = 0.1
#: Who does one of these may say since when it is so.
_SAYS_SINCE_WHEN = (Act.DATES, Act.HARM, Act.EXPLAINS, Act.FINDS)
_SEVERITY = pattern(
    r"\bsev(?:erity)?[-\s:]{0,3}(?P<number>[0-5])\b|\b(?P<p>p[0-4])\b|\bseverity\W{1,4}(?P<word>critical|major"
    r"|minor|high|medium|low)\b"
)
_SERVICE = pattern(
    r"(?:^|[\s,{(*])(?:service|component|app|application|job)\*?\s?[:=]\s?[*\"`']?(?P<name>[^\s,;:(){}\[\]\"'`"
    r"|*<>]{2,60})"
)
_DEGRADED = pattern(
    r"(?:degraded (?:performance|availability) for|issues? with) (?P<names>[A-Z][^.\n]{1,80}?)(?:\.|$|\n)"
)
_BY_COMMA = pattern(r",\s*(?:and\s+)?|\s+and\s+")
_WORTH_A_LINK = pattern(
    r"/(?:pull|merge_requests|commit|commits|releases?|actions/runs|builds?|pipelines?|deployments?|deploys?"
    r"|compare|d|dashboards?|explore|incidents?)/|grafana|datadoghq|kibana|dashboard|argocd|jenkins|circleci"
    r"|travis|buildkite|spinnaker|statuspage|pagerduty"
)
_NUMBERED = pattern(r"\d")


def read_record(
    messages: Sequence[RecordMessage],
    *,
    zone: str = "UTC",
    zones: Mapping[str, str] | None = None,
    surely: bool = False,
) -> Record:
    """Everything that `messages`, in any order and with any repetitions, say about the incident.

    `zones` are the tz names of the writers' clocks by user id, `zone` that of everybody else. Without `surely` nothing
    is asserted where the messages do not show that there was an incident. Deleted messages are counted and not read.
    Never raises for what a message says; ValueError for a `ts` that is no time.
    """
    zones = {user: name for user, name in (zones or {}).items() if known_zone(name)}
    zone = zone if known_zone(zone) else "UTC"
    ordered = in_order(messages)
    reads = with_answers([read_signs(message) for message in ordered])
    spoken = [read for read in reads if not (read.message.deleted or read.is_service)]
    dialogue = read_dialogue([_turn(read.message) for read in spoken]) if _is_conversation(spoken) else None
    readings = [_reading(read, place, dialogue, zones, zone) for place, read in enumerate(spoken)]
    milestones = find_milestones(readings, dialogue.incident if dialogue is not None else None, surely=surely)
    entries = entries_of(readings, milestones) if readings else ()
    return Record(
        facts=_facts(readings, milestones),
        entries=entries,
        actors=actors_of(readings, milestones, entries),
        loose_ends=loose_ends_of(readings, milestones),
        contradictions=contradictions_of(readings, milestones, zones, zone),
        receipt=receipt_of(ordered, reads),
        action_candidates=_candidates(readings),
        planned=_planned(spoken, dialogue),
    )


def _is_conversation(reads: Sequence[Read]) -> bool:
    """Whether people talk with each other, which a status page and a report do not."""
    people = Counter(read.message.user for read in reads if read.message.bot is None)
    return people.total() >= _MESSAGES and sum(said > 1 for said in people.values()) >= _PEOPLE


def _reading(read: Read, place: int, dialogue: Dialogue | None, zones: Mapping[str, str], zone: str) -> Reading:
    message = read.message
    writer, text = zones.get(message.user or "", zone), message.text[:_LONGEST]
    stated = statements_in(text, message.ts, message.at, writer)
    if dialogue is None:
        return Reading(read, stated)
    weighed = dialogue.turns[place]
    if not stated and weighed.chance(*_SAYS_SINCE_WHEN) >= LIKELY and not is_well(text):
        only_since = weighed.chance(Act.DATES) < LIKELY or weighed.alone(Act.DATES) < _A_LITTLE
        stated = beginning_in(text, message.ts, message.at, writer, only_since=only_since)
    return Reading(read, stated, weighed, undenied_moments(text, message.at, writer))


def _turn(message: RecordMessage) -> Turn:
    in_thread = message.thread_ts is not None and message.thread_ts != message.ts
    writer = message.user or message.bot or ""
    return Turn(message.at, writer, message.text, message.bot is not None, in_thread)


def _facts(readings: Sequence[Reading], milestones: Milestones) -> Facts:
    stated = milestones.stated
    if not stated:
        return Facts(links=_links(readings))
    return Facts(
        began=stated.get(Kind.IMPACT_BEGAN),
        detected=stated.get(Kind.DETECTED),
        acknowledged=stated.get(Kind.ACKNOWLEDGED),
        declared=stated.get(Kind.DECLARED),
        investigation_began=stated.get(Kind.INVESTIGATION_BEGAN),
        escalated=stated.get(Kind.ESCALATED),
        cause_identified=stated.get(Kind.CAUSE_IDENTIFIED),
        mitigated=stated.get(Kind.MITIGATED),
        partly_recovered=stated.get(Kind.PARTLY_RECOVERED),
        resolved=stated.get(Kind.RESOLVED),
        severity=_severity(readings),
        services=_services(readings),
        impact=_impact(readings),
        links=_links(readings),
        versions=versions_of(readings, stated[Kind.DETECTED].at if Kind.DETECTED in stated else None),
        cause_change=change_behind(readings, milestones),
    )


def _severity(readings: Iterable[Reading]) -> str | None:
    """The last severity that somebody gave, in the form SEV-2, P1 or the word itself."""
    last = None
    for each in readings:
        if each.read.is_question or "severity" not in each.read.signs:
            continue
        for found in _SEVERITY.finditer(each.read.message.text):
            number, p, word = found.group("number"), found.group("p"), found.group("word")
            last = f"SEV-{number}" if number else p.upper() if p else (word or "").lower()
    return last


def _services(readings: Iterable[Reading]) -> tuple[str, ...]:
    names: Counter[str] = Counter()
    for each in readings:
        message = each.read.message
        if message.bot is None:
            continue
        for found in _SERVICE.finditer(message.text[:3000]):
            names[(found.group("name") or "").rstrip(".,")] += 1
        for found in _DEGRADED.finditer(message.text[:600]):
            for name in _BY_COMMA.split(found.group("names") or ""):
                if 1 < len(name.strip()) <= 40 and len(name.split()) <= 3:
                    names[name.strip()] += 1
    return tuple(name for name, _ in names.most_common(_SERVICES))


def _impact(readings: Iterable[Reading]) -> tuple[Quote, ...]:
    """What was said about who was affected, numbers first."""
    every = [each for each in readings if _says_impact(each)]
    last = last_counts([each.read.message.text for each in every])
    told = [each for each, stands in zip(every, last, strict=True) if stands]
    told.sort(key=lambda each: (not _NUMBERED.search(without_repairs(each.read.message.text)), -worth(each.read)[0]))
    return tuple(quote(each) for each in told[:_QUOTES])


def _says_impact(each: Reading) -> bool:
    """Whether it says who was affected, besides what was put right again."""
    if "impact" not in each.read.signs or each.read.is_question or each.read.is_chatter:
        return False
    text = each.read.message.text
    rest = without_repairs(text)
    return rest == text or "impact" in signs_of(rest)


def _links(readings: Iterable[Reading]) -> tuple[Quote, ...]:
    found: dict[str, Quote] = {}
    for each in readings:
        message = each.read.message
        for link in each.read.links:
            if shows_it(link) or _WORTH_A_LINK.search(link):
                found.setdefault(link, Quote(link, message.ts, message.user or message.bot))
    return tuple(found.values())[:_LINKS]


def _planned(reads: Sequence[Read], dialogue: Dialogue | None) -> frozenset[str]:
    if dialogue is None:
        return frozenset()
    told = zip(reads, dialogue.turns, strict=True)
    return frozenset(
        read.message.ts for read, each in told if read.message.bot is None and each.chance(Act.PLANS) >= LIKELY
    )


def _candidates(readings: Iterable[Reading]) -> tuple[Quote, ...]:
    found = [
        each
        for each in readings
        if "action" in each.read.signs and each.read.message.bot is None and not each.read.is_chatter
    ]
    return tuple(quote(each) for each in found[:_CANDIDATES])
