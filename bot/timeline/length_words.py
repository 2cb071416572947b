"""What does a length of time measure, by the words around it?"""

from __future__ import annotations

from bot.patterns import pattern

_CUT = r"\b[^.\n]{0,25}$"
#: "Time to repair: 0h 15m", "TTR 45m", "MTTR: 45m": a figure, which people compute to the minute.
_FIGURE = pattern(
    r"\b(?:time to (?:repair|mitigat\w+|recover\w*|fix|resolv\w+|resolution|restore|detect\w*|acknowledge\w*)"
    r"|ttr|ttm|mttr|ttd|mttd|tta|mtta)" + _CUT
)
#: "Time to detect: 12m", "detected after 12 minutes".
_DETECT = pattern(r"\b(?:time to detect\w*|ttd|mttd|(?:detected|noticed) (?:in|after|within))" + _CUT)
_ACKNOWLEDGE = pattern(r"\b(?:time to acknowledge\w*|tta|mtta|acknowledged (?:in|after|within))" + _CUT)
#: "Time to repair", "recovered after 40 min".
_REPAIR = pattern(
    r"\b(?:time to (?:repair|mitigat\w+|recover\w*|fix|restore)|ttr|ttm|mttr"
    r"|(?:mitigated|repaired|recovered|fixed|restored) (?:in|after|within))" + _CUT
)
#: "Time to resolve", "resolved after 3h", "the incident took 4 hours".
_RESOLVE = pattern(r"\b(?:time to resol\w+|resolved (?:in|after|within)|incident (?:took|was open(?: for)?))" + _CUT)
#: "Incident duration: 3h", "Duration: 45 min", which ends with the impact or with the incident.
_WHOLE = pattern(
    r"\b(?:(?:total |incident |outage |impact )?duration(?: of (?:the )?(?:incident|outage|impact))?"
    r"|incident lasted(?: for)?)" + _CUT
)
#: "The outage lasted 30 min", "was down for 2h 15m", "total downtime: 45 minutes".
_IMPACT = pattern(
    r"\b(?:(?:outage|downtime|impact|degradation|disruption|service|site|customers?|users?) (?:was |were |time )?"
    r"(?:lasted|down for|affected for|impacted for|unavailable for|took)"
    r"|(?:was|were) (?:\w+ )?(?:down|unavailable|degraded|affected|broken|out|offline|inaccessible|failing) for"
    r"|could(?:n.t| not) [^.\n]{1,40} for|lasted(?: for)?|downtime(?: of|:| was)?|outage of|impact of"
    r"|persisted for)" + _CUT
)
#: "45 minutes of downtime", "a 2 hour outage".
_IMPACT_AFTER = pattern(
    r"^\s?(?:of )?(?:downtime|outage|impact)\b|^\s?of (?:an )?outage\b|^[- ](?:long )?(?:outage|downtime)\b"
)
#: "it took us 20 minutes to detect it", "took 45 min to recover".
_TOOK = pattern(r"\btook(?: us| the team| about| around| roughly| nearly| almost)*\s?$")
_TO_DO = (
    (pattern(r"^ (?:for us )?to (?:detect|notice|spot|realise|realize|find out)\b"), "detect"),
    (pattern(r"^ (?:for us )?to (?:acknowledge|respond)\b"), "acknowledge"),
    (pattern(r"^ (?:for us )?to (?:mitigate|recover|repair|restore|fix)\b"), "repair"),
    (pattern(r"^ (?:for us )?to (?:resolve|close)\b"), "resolve"),
)
#: "within 5 minutes" and "per hour" measure something else; "so far" is not over; "5h in support hours" runs slower.
_ELSEWHERE = pattern(
    r"\b(?:support|business|working|office) (?:hours|time)\b|\bper\b|\beach\b|\bevery\b|\baverage\b|\bup to\b"
    r"|\bmedian\b|\bp\d\d\b|\bmaximum\b|\bprevious|\blast (?:time|week|month|year|incident)\b|\byesterday\b|\bonce\b"
    r"|\bwill\b|\bexpect\w*\b|\betas?\b|\bestimat\w*\b|\bnext\b|\bsome\b|\bsla\b|\bslo\b|\btarget\b|\bgoal\b|\bwithin\b"
    r"|\bat (?:most|least)\b|\bdelay\w*\b|\blatency\b|\bif\b|\b1st\b|\bso far\b|\bpartial\w*\b|\boccurrence\b"
    r"|\b(?:has|have|'s|’s) been\b|\bshould\b|\bcould take\b|\bmight\b|\bnormally\b|\busually\b|\btypically\b"
)


def is_figure(before: str) -> bool:
    """Whether a length stands after the name of a figure, "Time to repair:", and not in a sentence."""
    return _FIGURE.search(before) is not None


def measures_elsewhere(sentence: str) -> bool:
    """Whether a sentence speaks of another time, a limit, a pace or a plan."""
    return _ELSEWHERE.search(sentence) is not None


def measures(before: str, after: str) -> str | None:
    """What a length between these words measures, None where they do not say."""
    if _TOOK.search(before):
        return next((what for rule, what in _TO_DO if rule.match(after)), None)
    for rule, what in (
        (_DETECT, "detect"),
        (_ACKNOWLEDGE, "acknowledge"),
        (_REPAIR, "repair"),
        (_RESOLVE, "resolve"),
        (_WHOLE, "whole"),
        (_IMPACT, "impact"),
    ):
        if rule.search(before):
            return what
    return "impact" if _IMPACT_AFTER.match(after) else None
