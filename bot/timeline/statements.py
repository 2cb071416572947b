"""What a message states about another time than its own: "first complaints around half twelve".

Such a statement outranks the time at which something was posted, because people report starts and ends afterwards.
A clock time whose clause does not say what happened then gives no statement.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import lru_cache

from bot.patterns import Found, Pattern, pattern
from bot.timeline.denied_times import without_denied
from bot.timeline.form_words import VERBS
from bot.timeline.moments import Moment, Window, masked_text, moments_in, windows_in
from bot.timeline.signs import signs_of
from bot.timeline.values import Kind, Precision, Stated, shortened

#: How far from the message a stated moment may lie and still belong to this incident.
_FARTHEST = timedelta(days=45)
#: What is stated to have happened later than this after the message was written did not happen then.
_AHEAD_AT_MOST = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Statement:
    """`kind` happened at `stated.at`, says a message written at `written`.

    `strength` is 3 for both ends of an impact window, 2 for a moment with its own verb, 1 for a line of a list.
    """

    kind: Kind
    stated: Stated
    written: datetime
    strength: int


_HARM = pattern(
    r"\b(?:degrad\w+|errors?|fail\w*|down(?:time)?|unavailab\w+|outages?|incident|impact\w*|affect\w*|unable"
    r"|could(?:n.t| not)|cannot|can.t"
    r"|experienc\w+|delay\w*|slow\w*|latency|time[sd]? ?outs?|timing out|disrupt\w*|inaccessib\w+|interrupt\w*"
    r"|stale\w*|missing|lost|dropp\w+"
    r"|broken?|crash\w*|unresponsive|not (?:be )?(?:able|work\w*|process\w*|deliver\w*|receiv\w*|publish\w*"
    r"|stream\w*|sent|send\w*|load\w*|available|authorized)"
    r"|no \w+ (?:\w+ )?(?:events|were)|stopped|throttl\w+|offline|[45]xx|50[0234]|complain\w*|problem\w*"
    r"|issues?|saw|blocked|suppress\w*|rejected|inconsisten\w+|duplicat\w+|unresolved|wrong\w*"
    r"|not (?:\w+ ){0,2}(?:as expected|authorized|processed|delivered|updated)|longer than (?:usual|normal|expected)"
    r"|without|tripped|died|dead|expired|cliff|tanked|plunged|plummeted|collapsed|instead of|bad (?:window|period"
    r"|data)|declin\w+|elevated|connection resets?"
    r"|packet loss)\b"
)
_BEGAN = pattern(
    r"\b(?:start(?:ed|ing|s)?|began|begins?|beginning|commenc\w+|onset|kicked off|since|as of|dat(?:es"
    r"|ing) back to|go(?:es|ing) back to"
    r"|as early as|first felt|first (?:\w+ ){0,3}(?:complaints?|errors?|reports?|failures?|seen|saw|occurr\w+|symptoms?"
    r"|tickets?|spotted|happened|started|impact\w*|was|were|timeouts?|declines?|drops?)"
    r"|first ones? (?:came|arrived|hit|reported)"
    r"|(?:customers?|users?|clients?|merchants?|people|they|it) (?:\w+ )?(?:felt|noticed|saw|met|hit)"
    r" (?:it |this |that )?(?:from|since|as of)"
    r"|(?:complaints?|errors?|failures?|tickets?|went (?:down|dark|offline)|broken?|broke|died|tripped|crashed|expired"
    r"|stopped \w+ing|fell off a cliff|tanked|plunged|plummeted|collapsed) (?:from|at|around|about|since|~))(?:\b|$)"
)
#: "customers noticed it from 11:18": from then on it was felt, whoever noticed it when.
_FELT = pattern(
    r"\b(?:customers?|users?|clients?|merchants?|people|they) (?:\w+ )?(?:felt|noticed|saw|met|hit)"
    r" (?:it |this |that )?(?:from|since|as of)(?: about| around)?[\s~]*$"
)
#: "grafana says p95 went over 2s at 11:18": what a graph shows to rise then began about then.
_ON_A_GRAPH = pattern(
    r"\b(?:grafana|graphs?|dashboards?|datadog|kibana|metrics?|charts?|panels?)\b[^.;\n]{0,40}\b(?:p9\d|latency"
    r"|errors?|error rates?|[45]xx|timeouts?|failures?|lag|queue|response times?)\b[^.;\n]{0,30}\b(?:over|above|up"
    r"|past|rises?|rose|rising|climb\w*|jump\w*|spik\w*|grow\w*|grew)\b[^.;,\n]{0,24}"
    r"\b(?:at|from|since|around|about)[\s~]*$"
)
_BEGAN_OTHER = pattern(
    r"\b(?:roll-?\s?(?:back|out|ing)|deploy\w*|investigat\w*|restart\w*|looking|work(?:ing)?|upgrade|migrat\w*"
    r"|maintenance|monitor\w*|debug\w*|call|war room"
    r"|drain\w*|build|backup|releas\w*|fix\w*|mitigat\w*|test\w*|shift|meeting|triag\w*|job|i"
    r"|we) (?:\w+ ){0,2}?(?:start|began|begin|commenc|since)\w*|"
    r"(?:start|began|begin|commenc)\w* (?:the |a |an |our |to )?(?:roll|deploy|investigat|restart|looking|work"
    r"|upgrad|migrat|maint|monitor|debug|call|war|drain|build|backup|releas|fix|mitigat|test|triag|redeploy"
    r"|revert|scal)\w*"
)
_DETECTED = pattern(
    r"\b(?:(?:first )?detect\w*|noticed|alert(?:s|ed|ing)?(?: (?:fired|triggered|came in|went off))?|paged"
    r"|pager\w*|became aware|made aware|spotted|flagged|first (?:noticed|observed|alerted)|received (?:an |the "
    r"|our |initial |multiple )*(?:alert|report|page|indication)s?)\b"
)
_DETECTED_AFTER = pattern(
    r"^[\s,)]*(?:utc[\s,)]*)?(?:on \w+ \d{1,2}\w*[\s,]*)?(?:first alert\b|(?:our |the |an? |we |\w+ ){0,6}?"
    r"(?:detected|noticed"
    r"|alerted|flagged|observed|identified an? (?:increase|issue|spike)"
    r"|began showing|alerts? (?:fired|triggered|went)|(?:were|was|got) (?:alerted|paged|notified)|became aware"
    r"|received (?:an |the |multiple )?(?:alert|report|page)\w*|indicated|reported)\b)"
)
_HARM_AFTER = pattern(
    r"^[\s,)]*(?:utc[\s,)]*)?(?:[^.;\n]{0,90}?)\b(?:experienced|encountered|suffered|saw (?:an |a )?(?:increas"
    r"|elevat|error|degrad)\w*|(?:was|were|became|went|is|are) (?:\w+ )?"
    r"(?:degraded|down|unavailable|unable|failing|affected|impacted|offline|inaccessible|slow|delayed"
    r"|unresponsive)|(?:began|started) (?:failing|returning|seeing|throwing|experiencing|erroring|timing|to fail)"
    r"|caus(?:ed|ing) an? (?:outage|incident)|outage)\b"
)
_ENDED = pattern(
    r"\b(?:mitigat\w*|recover\w*|restored?|back to (?:normal|healthy|baseline)|ended|end(?:ing|s)?|until|till"
    r"|lasted|fixed|rolled back|stabili[sz]ed|repaired|subsided|cleared|normali[sz]ed|operational"
    r"|returned to normal|healthy|stopped(?: failing)?|finished recovering)\b"
)
_ENDED_AFTER = pattern(
    r"^[\s,)]*(?:utc[\s,)]*)?(?:[^.;\n]{0,60}?)\b(?:(?:was|were|is|are|had|have|has|been|fully|completely"
    r"|service|services) (?:\w+ly )?(?:recovered|restored|mitigated|fixed|resolved|operational"
    r"|back to normal|stabili[sz]ed)"
    r"|returned to normal|recovered fully|impact (?:ended|stopped)|full(?:y)? recover\w*)\b"
)
_PARTLY = pattern(
    r"\b(?:majority|most|partial\w*|some (?:of|services)|initial\w*|began to see|begin|began|start\w*|seeing"
    r"|signs of)\b"
)
_RESOLVED = pattern(
    r"\b(?:incident|issue|outage|problem)\b[^.;\n]{0,30}\b(?:resolved|closed|over)\b|^\W*(?:resolved|closed"
    r"|end of incident)\b|\bdeclared (?:it |the incident )?(?:as )?resolved\b|\bresolved\b"
    r"|(?:^\W*|[.,;:]\s+|\band\s+|\b(?:it|that|this|all|everything) (?:was|is|were)\s+)(?:(?:all|finally|only)\s+)?over"
    r"(?:\s+(?:at|by|around|about))?[\s~]*$"
)
_DECLARED = pattern(
    r"\bdeclared\b|\bincident (?:was )?(?:opened|created|raised|declared)\b|\b(?:opened|created|raised) (?:an? "
    r"|the )?(?:sev\W?\d |major )?incident\b"
)
_ACKNOWLEDGED = pattern(r"\back(?:ed|nowledged)\b")
_CAUSE = pattern(
    r"\b(?:root )?cause (?:was )?(?:identified|found|confirmed|determined)\b|\b(?:identified|found|confirmed"
    r"|determined) the (?:root )?cause\b"
)
#: What also happens to a thing, or is said of a number, tells of no change by its past tense.
_HAPPENS = frozenset({
    "drop", "start", "stop", "clear", "restore", "repair", "increase", "reduce", "double", "halve", "lower", "raise",
    "lock", "block", "throttle", "cap", "limit", "cut", "recreate", "resume", "pull", "point", "allow", "deny", "add",
})  # fmt: skip
_CHANGE = pattern(
    r"\b(?:" + "|".join(sorted(VERBS - _HAPPENS)) + r")(?:[a-z]?e)?d\b|\bwent (?:live|out)\b"
    r"|\b(?:deploy\w*|merged|released?|rolled out|roll-?out|shipped|sync(?:ed|hroni[sz]ed)?|migrat\w+|upgrad\w+"
    r"|changed?|flag|config\w*|restart\w*|updated?|rotat\w+|pushed)\b"
)
_PLANNED = pattern(
    r"\b(?:will be|scheduled|planned (?:maintenance|for)|maintenance window|going to|eta|expect(?:ed)? to"
    r"|next update|reconvene|estimat\w+|should be|(?:let(?:'|’)?s|to|can we|please) schedule)\b"
)
#: "Between 20:35 and 21:38 we experienced a delay due to planned maintenance" is no plan.
_EXPERIENCED = pattern(r"\b(?:experienced|encountered|suffered|saw|was degraded|were degraded|was down|were down)\b")
_LINE_START = pattern(r"^[\s>*•–—|\[(-]*$")
_ENDS_SENTENCE = pattern(r"[.!?;](?:\s|$)|\n")

#: The verbs that may stand before a time, and what they say happened then.
_BEFORE = (
    (Kind.DETECTED, _DETECTED),
    (Kind.RESOLVED, _RESOLVED),
    (Kind.DECLARED, _DECLARED),
    (Kind.ACKNOWLEDGED, _ACKNOWLEDGED),
    (Kind.CAUSE_IDENTIFIED, _CAUSE),
    (Kind.MITIGATED, _ENDED),
    (Kind.IMPACT_BEGAN, _BEGAN),
    (Kind.CHANGE, _CHANGE),
)
#: A sentence is looked at no farther back than this.
_LONGEST_SENTENCE = 600
#: How many characters may stand between the verb and the time.
_NEAR = 42


@lru_cache(maxsize=512)
def statements_in(text: str, source_ts: str, written: datetime, zone: str) -> tuple[Statement, ...]:
    """What `text`, written at `written` by somebody in `zone`, says about other moments than its own.

    What it denies it does not say: "it began 17:40, not 12:10".
    """
    masked, moments = without_denied(masked_text(text), moments_in(text, written, zone))
    if not moments:
        return ()
    windows = windows_in(text, moments)
    found: list[Statement] = []
    used: set[int] = set()
    for window in windows:
        used |= {window.start.start, window.end.start}
        if not any(each.strength == 3 for each in found):
            found += _of_window(masked, text, window, source_ts, written)
    for index, moment in enumerate(moments):
        if moment.start in used or abs(moment.at - written) > _FARTHEST:
            continue
        before, after = _clause(masked, moments, index)
        listed = _goes_on_listing(masked, moments, index, before)
        kind, strength = _kind("" if listed else before, after, moment, masked)
        strength = max(strength, 2) if listed else strength
        if kind is Kind.IMPACT_BEGAN and _ON_A_GRAPH.search(before):
            moment = replace(moment, precision=Precision.ABOUT)
        if kind is not None and moment.at - written <= _AHEAD_AT_MOST:
            found.append(_statement(kind, masked, text, moment, source_ts, written, strength))
    return tuple(found)


#: "since about quarter past seven", "it began around 05:00 GMT"
_SINCE = pattern(
    r"\b(?:since|starting|started|began|beginning|as of|after)(?: (?:about|around|roughly|approx\w*|at|the|circa))*"
    r"\W*$"
)


#: "last snapshot is from 22:00", "no changes since yesterday", "up since 02:14": not since when something is wrong.
_OF_NO_HARM = pattern(
    r"\b(?:snapshot|back-?up|copy|dump|version|data|file|image)s? (?:is|are|was|were) (?:from|of)\b"
    r"|\bno (?:\w+ )?changes?\b|\bup since\b|\b(?:normal|fine|ok|green)\b|\blast (?:\w+ ){0,4}(?:was|is|were|at)\b"
)


def beginning_in(
    text: str, source_ts: str, written: datetime, zone: str, *, only_since: bool = False
) -> tuple[Statement, ...]:
    """What a message that says since when it is so states: the first moment that it names, where that is past.

    With `only_since` it must be one that something is so *since*.
    """
    if _OF_NO_HARM.search(text):
        return ()
    masked, moments = without_denied(masked_text(text), moments_in(text, written, zone))
    past = [
        each
        for each in moments
        if timedelta() <= written - each.at <= _FARTHEST
        and (not only_since or (_SINCE.search(masked[: each.start]) is not None and not each.counted))
    ]
    about = [replace(each, precision=Precision.ABOUT) for each in past[:1]]
    return tuple(_statement(Kind.IMPACT_BEGAN, masked, text, each, source_ts, written, 1) for each in about)


def is_summary(text: str, statements: Sequence[Statement]) -> bool:
    """Whether a message looks back on the incident as a whole, so that its own time says nothing about it."""
    return any(each.strength == 3 for each in statements) or len({each.kind for each in statements}) > 2


def _of_window(masked: str, text: str, window: Window, source_ts: str, written: datetime) -> list[Statement]:
    begin, end = _sentence(masked, window.start.start, window.end.end)
    sentence = masked[begin:end]
    if not _HARM.search(sentence) or (_PLANNED.search(sentence) and not _EXPERIENCED.search(sentence)):
        return []
    if window.start.at - written > timedelta(minutes=30) or written - window.end.at > _FARTHEST:
        return []
    return [
        _statement(Kind.IMPACT_BEGAN, masked, text, window.start, source_ts, written, 3),
        _statement(Kind.MITIGATED, masked, text, window.end, source_ts, written, 3),
    ]


def _statement(
    kind: Kind, masked: str, text: str, moment: Moment, source_ts: str, written: datetime, strength: int
) -> Statement:
    begin, end = _sentence(masked, moment.start, moment.end)
    words = shortened(text[begin:end].strip(" -*•>|")) or moment.words
    stated = Stated(moment.at, moment.precision, source_ts, words, moment.zone, moment.bare)
    return Statement(kind, stated, written, strength)


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    cut = begin = max(0, start - _LONGEST_SENTENCE)
    for found in _ENDS_SENTENCE.finditer(text[cut:start]):
        begin = cut + found.end()
    stop = _ENDS_SENTENCE.search(text[end:])
    return begin, end + stop.start() if stop else len(text)


def _clause(text: str, moments: Sequence[Moment], index: int) -> tuple[str, str]:
    """What stands before and after a moment, in its own sentence and up to the neighbouring moments."""
    moment = moments[index]
    begin, end = _sentence(text, moment.start, moment.end)
    if index and moments[index - 1].end > begin:
        begin = moments[index - 1].end
    if index + 1 < len(moments) and moments[index + 1].start < end:
        end = moments[index + 1].start
    return text[begin : moment.start], text[moment.end : end]


def _goes_on_listing(text: str, moments: Sequence[Moment], index: int, before: str) -> bool:
    """Whether each time stands before what happened then: "12:31 it began, 13:01 first alert"."""
    if not index or not before.rstrip().endswith((",", ";", " and")):
        return False
    first = moments[index - 1]
    begin, _ = _sentence(text, first.start, first.end)
    if index > 1 and moments[index - 2].end > begin:
        return _goes_on_listing(text, moments, index - 1, text[moments[index - 2].end : first.start])
    return not text[begin : first.start].strip() and _BEGAN_AFTER.match(text[first.end :]) is not None


def _kind(before: str, after: str, moment: Moment, text: str) -> tuple[Kind | None, int]:
    if _PLANNED.search(before) or _PLANNED.search(after[:60]):
        return None, 0
    if _NAMES_A_THING.match(after) and _THE.search(before):
        return (Kind.CHANGE, 1) if _CHANGE.search(after[:20]) else (None, 0)
    if moment.counted:
        return _counted(before, after, moment)
    if _LINE_START.match(before) and after.strip() and (after[:1] in " -–:|)],"):
        listed = _listed_line(after)
        if listed is not None:
            return listed, 1
    if _ON_A_GRAPH.search(before):
        return Kind.IMPACT_BEGAN, 1
    kind, distance = _verb_before(before)
    if kind is Kind.IMPACT_BEGAN:
        kind = Kind.IMPACT_BEGAN if _FELT.search(before) else _really_began(before, after)
    if kind is Kind.MITIGATED:
        kind = _really_ended(before, after)
    if _ENDED_BY.search(before[-120:]) and not _NOT_ENDED.search(before[-120:]):
        kind, distance = (Kind.PARTLY_RECOVERED if _PARTLY.search(before) else Kind.MITIGATED), 0
    if kind is not None and distance <= 25:
        return kind, 2
    if not before.strip() and _BEGAN_AFTER.match(after):
        return Kind.IMPACT_BEGAN, 2
    opening = len(_HEADING.sub("", before).strip()) <= 45
    if opening and _DETECTED_AFTER.match(after):
        return Kind.DETECTED, 2
    if opening and _ENDED_AFTER.match(after):
        return (Kind.PARTLY_RECOVERED if _PARTLY.search(after[:60]) else Kind.MITIGATED), 2
    harm = _HARM_AFTER.match(after) if opening else None
    if harm and ("outage" in (harm.group() or "").lower() or not _CHANGE.search(after[:30])):
        return Kind.IMPACT_BEGAN, 2
    if kind is not None:
        return kind, 2
    if opening and _CHANGE.search(after[:80]):
        return Kind.CHANGE, 2
    return None, 0


def _verb_before(before: str) -> tuple[Kind | None, int]:
    best: tuple[Kind | None, int] = (None, _NEAR + 1)
    for kind, rule in _BEFORE:
        last = _last(rule, before)
        if last is not None and len(before) - last.end() < best[1]:
            best = kind, len(before) - last.end()
    return best


def _last(rule: Pattern, text: str) -> Found | None:
    found = list(rule.finditer(text))
    return found[-1] if found else None


def _really_began(before: str, after: str) -> Kind | None:
    """Whether what began was the harm, and not the work on it or its end."""
    around = before[-60:] + " " + after[: 140 if _OPENS_CLAUSE.search(before) else 60]
    by_responders = _BY_RESPONDERS.match(after) and not _HARM_AFTER.match(after)
    if _OTHER_SIDE.search(before) or (by_responders and not (after[:1] == "," and _IT_BEGAN.search(before))):
        return None
    if _BEGAN_OTHER.search(around):
        return Kind.CHANGE if _CHANGE.search(around) else None
    verb = _last(_BEGAN, before)
    subject = before[: verb.start()] if verb else before
    if _ENDED.search(subject[-24:]):
        return Kind.PARTLY_RECOVERED if _PARTLY.search(before) else Kind.MITIGATED
    if _HARM.search(around) or _HARM.search(before) or not after.strip(" .,)!"):
        return Kind.IMPACT_BEGAN
    return Kind.IMPACT_BEGAN if _BEGAN_LABEL.search(before) else None


#: "Starting at 20:30 UTC, a small share of clients in one region are seeing …": what began comes later.
_OPENS_CLAUSE = pattern(r"^\W*(?:starting|beginning) (?:\w+ ){0,2}$")
_OTHER_SIDE = pattern(r"\b(?:before|after|prior to)\W*$")
_BY_RESPONDERS = pattern(r"^[\s,)]*(?:utc)?[\s,]*(?:we|i|engineering|engineers|the team|our team|responders)\b")
#: "It started 12:31, we were paged 13:01": what began stands before the time, and who did what is said after it.
_IT_BEGAN = pattern(
    r"\b(?:it|impact|problems?|outage|errors?|failures?|timeouts?) (?:\w+ )?(?:began|started)"
    r"(?: (?:at|around|about|~))*[\s~]*$"
)
#: "12:31 it began": the verb after its time.
_BEGAN_AFTER = pattern(
    r"^[\s,:–-]*(?:utc[\s,:]*)?(?:it|impact|problems?|outage|errors?|failures?|timeouts?) (?:first |really )?"
    r"(?:began|started)\b(?:\W*$|[,;.])"
)
#: "Incident report (about 4 hours) On May 13 at": what stands before the bracket is a heading.
_THE = pattern(r"\b(?:the|our|that|this|yesterday(?:'|’)?s|today(?:'|’)?s|since|after) $")
#: "the 9:30 deploy" names a deploy, and no moment of the incident.
_NAMES_A_THING = pattern(
    r"^\s(?:utc )?(?:deploy\w*|release|roll-?out|change|build|migration|merge|push|config\w*|sync|meeting|stand-?up"
    r"|call|train|run|job|batch|backup|cron\w*|flight|shift|slot|spike|window)\b"
)
_HEADING = pattern(r"^.*[):]\s")
_ENDED_BY = pattern(
    r"\b(?:mitigat\w+|resolved|fixed|restored|recovered)\b[^.;\n]{0,60}\b(?:by|through|via|with)\b"
    r"|^\W*(?:we|services?|the team|team) (?:fully )?(?:restored|mitigated|recovered|fixed)\b"
)
_CALM = pattern(
    r"\b(?:no|haven.t|hasn.t|has not|have not|without|healthy|stable|normal|improv\w+|reduc\w+|recover\w*|fine|ok)\b"
)
_BEGAN_LABEL = pattern(
    r"^\W*(?:start(?:ed)?|began|impact|it|this|that|beginning|first)\b|\b(?:it (?:began|started)|first felt)\b"
)
_NOT_ENDED = pattern(
    r"\b(?:not|n't|n’t|never|to|will|trying to|attempt\w*)\s(?:\w+\s)?(?:mitigat|recover|restor|fix)\w*"
)

#: "stopped writing at 12:20" is no end of harm, "stopped failing" is.
_STOPPED_WORKING = pattern(
    r"\bstopped (?:writing|working|reading|sending|printing|responding|answering|updating|syncing|processing|shipping"
    r"|accepting|consuming|publishing|receiving|delivering|loading|charging|serving|replicating)\b"
)
_BROKE_AGAIN = pattern(r"^[^.;\n]{0,60}\b(?:again|degraded|failed|broke)\b")


def _really_ended(before: str, after: str) -> Kind | None:
    if _NOT_ENDED.search(before[-50:]) or _BROKE_AGAIN.search(after[:80]):
        return None
    last = _last(_ENDED, before)
    verb = (last.group() or "").lower() if last else ""
    if _STOPPED_WORKING.search(before[-40:]):
        return Kind.IMPACT_BEGAN
    if verb in ("until", "till", "lasted", "end", "ends", "ending", "ended", "stopped") and not (
        _HARM.search(before) or _HARM.search(after[:80]) or len(before.strip()) < 16
    ):
        return None
    return Kind.PARTLY_RECOVERED if _PARTLY.search(before[-70:]) else Kind.MITIGATED


def _counted(before: str, after: str, moment: Moment) -> tuple[Kind | None, int]:
    """What "20 minutes ago" says: harm that began then, or what an opening verb says."""
    if moment.words.lower().startswith("for"):
        return (
            (Kind.IMPACT_BEGAN, 2)
            if _HARM.search(before) and "signs" not in before and "no " not in before
            else (None, 0)
        )
    kind, distance = _verb_before(before)
    if kind is Kind.IMPACT_BEGAN:
        kind = _really_began(before, after)
    return (kind, 2) if distance <= 25 else (None, 0)


def _listed_line(after: str) -> Kind | None:
    """What a line of a pasted timeline, "13:10 - declared SEV2", says happened."""
    signs = signs_of(after.strip(" -–:|)],"))
    if "resolved" in signs and not signs & {"other_resolved", "unfinished"}:
        return Kind.RESOLVED
    if "declared" in signs and "undeclared" not in signs:
        return Kind.DECLARED
    if "mitigated" in signs and "unfinished" not in signs:
        return Kind.MITIGATED
    if "acknowledged" in signs or "acknowledged_by" in signs:
        return Kind.ACKNOWLEDGED
    if signs & {"firing", "noticed"} or _PAGED.search(after):
        return Kind.DETECTED
    if signs & {"named_cause"} and not signs & {"hedge", "no_cause", "refuted"}:
        return Kind.CAUSE_IDENTIFIED
    if signs & {"restored", "rolled_back"} and not signs & {"unfinished", "hedge", "relapse", "recovering"}:
        return Kind.MITIGATED
    if "began_label" in signs or _BEGAN_LINE.search(after):
        return Kind.IMPACT_BEGAN
    return None


_PAGED = pattern(
    r"\b(?:is|was|were|got|gets|are) paged\b|\bpages? (?:the )?(?:on-?call|us|sre)\b|\b(?:alert|alarm"
    r"|pager)s? (?:go|goes|went) off\b"
)
_BEGAN_LINE = pattern(
    r"\b(?:errors?|error rates?|latency|failures?|timeouts?|5xx)\b[^.\n]{0,30}\b(?:starts?|started|begins?"
    r"|began) to (?:climb|rise|increase|grow|spike|fail)"
    r"|\b(?:first (?:complaints?|errors?|failures?|reports?|tickets?)|impact (?:start|began)\w*|(?:errors?"
    r"|failures?|outage) (?:start|began|begin)\w*)"
)

__all__ = ["Precision", "Statement", "beginning_in", "is_summary", "statements_in"]
