"""Which messages speak, by their own words, of something else than a service of this team that is broken now?

Channels are full of other talk that uses the same words: tests fail, trains are down, merge conflicts get resolved,
and somebody shares the postmortem of another company. Each rule has a name, under which its examples stand in the
tests. What is said after such a message belongs to it by `stretches`.
"""

from __future__ import annotations

from bot.patterns import pattern
from bot.timeline.signs import Read

_DAYS = r"monday|tuesday|wednesday|thursday|friday|saturday|sunday"
_MONTHS = r"january|february|march|april|june|july|august|september|october|november|december"

RULES = {
    #: "test_checkout fails again on main, it's flaky"
    "development": pattern(
        r"\bflaky (?:\w+ )?(?:test|spec|build|job|ci)\w*|\btest\w*\b[^.\n]{0,30}\bflaky\b"
        r"|\b(?:unit|integration|regression|e2e|end-to-end)[ -]tests?\b|\btest suite\b|\btest_\w+"
        r"|\bmerge conflicts?\b|\bcode review\b|\blgtm\b|\bin ci\b|\bci (?:job|run|fails|failed|is|was|timed|twice)\b"
        r"|\bfailed ci\b|\bthe linter\b|\blint (?:error|fail)\w*|\brebas(?:e|ed|ing)\b|\bstand-?up\b|\bsprint\b"
        r"|\brelease notes\b|\bat line \d+\b|\b(?:error|code|file|test|\w+\.\w{1,4})\b[^.\n]{0,20}\bline \d+\b"
        r"|\bline \d{3,}\b|\bon my branch\b|\blocalhost\b"
        r"|\btests? (?:on|in|of) [^.\n]{0,30}\bfail\w*|\bfail\w*, retried\b"
    ),
    #: "my vpn is broken", "trains are down again"
    "private": pattern(
        r"\bmy (?:own )?(?:vpn|laptop|mac\w*|machine|computer|brain|internet|wi-?fi|car|bike|train|bus|kids?"
        r"|dog|cat|headset|mic|camera|calendar|password|flight|landlord|heating)\b"
        r"|\bmy (?:own )?phone (?:is|was|died|broke|fell|screen|battery)\b"
        r"|\b(?:the|our|my|office|floor) printer\b|\b(?:trains?|trams?|subway|metro) (?:is|are|was|were)\b"
        r"|\bfridge\b|\bof milk\b"
        r"|\b(?:coffee|espresso|tea|vending|ice|filter|soda) (?:machine|maker)\b|\b(?:kettle|microwave|toaster)\b"
        r"|\bdishwasher\b|\belevator\b|\bcandidate (?:is|was|for|at|who|does|did|will|asked)\b"
        r"|\bcanteen\b|\blunch\b|\bunrelated ?:|^\W*(?:ot|off ?topic)\b|\b(?:movers?|lift) (?:is|are|blocked|broke)\w*"
        r"|\bcandidate comes\b|\binterview(?:s|ing|er)?\b|\b(?:fortnite|minecraft|playstation|xbox|netflix|twitch)\b"
    ),
    #: "great read: the postmortem of another company"
    "others": pattern(
        r"\b(?:great|good|nice|interesting|worth a|fun|long|weekend) (?:read|write-?up|article|blog ?post|post|talk)\b"
        r"|\b(?:article|blog ?post|paper|podcast|talk|hacker ?news|twitter thread) (?:about|on|by|from)\b"
    ),
    #: "the postmortem for last week's incident is at 15:00"
    "past": pattern(
        r"\b(?:last|previous|past) (?:week|month|quarter|year|sprint|summer|winter|" + _DAYS + r")\b"
        r"|\b(?:outage|incident|downtime) (?:in|from|of|on|back in) (?:"
        + _MONTHS
        + "|"
        + _DAYS
        + r"|20\d\d|q[1-4]|may\b)"
        r"|\b(?:last|previous|past|old) (?:incident|outage|time)\b|\bpost-?mortem (?:meeting|review|for|is|at|on)\b"
        r"|\bremember (?:when|the (?:outage|incident))\b"
    ),
    #: "users will see errors during that window", "the risk is that the database is down for an hour"
    "planned": pattern(
        r"\bplanned (?:maintenance|downtime|outage)\b"
        r"|\bmaintenance (?:window|tonight|tomorrow|is|starts?|complete\w*)\b"
        r"|\bthe maintenance\b|\bthe risk (?:is|of|that)\b|\b(?:i|that) would\b|\bwould (?:mean|cause|\w+ again)\b"
        r"|\bin case (?:of|the|we)\b|\bwhat if\b|\bwhat happens (?:when|if)\b|\brunbook says\b"
        r"|^if\b|\bif (?:the|a|an|our)\b[^.\n?]{0,40}\bwe\b|\bduring the (?:migration|maintenance|upgrade)\b"
        r"|\b(?:let(?:'|’)?s|to|can we|please) schedule\b|\bscheduled for\b|\bwill see\b"
        r"|\b(?:as|was|were|we) announced\b|\bannounced (?:last|on|yesterday|earlier|weeks?|days?|beforehand|before)\b"
    ),
}
#: "pinned to last week's version" is done today.
_VERSION_OF_THEN = pattern(
    r"\b(?:last|previous) (?:week|month|night)(?:'|’)s (?:\w+ )?(?:version|release|build|backup|snapshot|image"
    r"|model|config\w*)\b"
)
#: "people complained last time": what they reported is old, unless it is like that time.
_BACK_THEN = pattern(r"\b(?P<before>[\pL]+) last time\b")
_LIKE_THEN = frozenset({"like", "as", "than", "since", "the", "from", "unlike"})
#: "It was decided to lower it, a new firmware needs a maintenance window"
_DECIDED = pattern(r"\bdecided to\b")
#: Other talk is short; a long message tells what happened, in whatever words.
_SHORT = 240
_OWN = pattern(r"\b(?:we|our|us|ours)\b")


def rule_of(read: Read) -> str | None:
    """The rule that sets a message aside by its own words; what users report, or somebody suspects, is not old."""
    if len(read.message.text) > _SHORT:
        return None
    for name, words in RULES.items():
        if name == "planned" and "decision" in read.signs and _DECIDED.search(read.message.text):
            continue
        if (
            name == "past"
            and not _back_then(read.message.text)
            and (
                read.any("report", "severity", "noticed")
                or ("guess" in read.signs and "incident_word" not in read.signs)
            )
        ):
            continue
        if words.search(_VERSION_OF_THEN.sub(" ", read.message.text)):
            return name
    return None


def _back_then(text: str) -> bool:
    found = _BACK_THEN.search(text)
    return found is not None and (found.group("before") or "").lower() not in _LIKE_THEN


def declares(read: Read) -> bool:
    """Whether somebody makes an incident of it, and not of the coffee."""
    return (
        read.any("declared")
        and not read.any("undeclared", "chatter")
        and not RULES["private"].search(read.message.text)
    )


def speaks_of_us(read: Read) -> bool:
    """Whether somebody says that the team's own service is hit."""
    return _OWN.search(read.message.text) is not None and read.any("symptom", "report", "noticed", "investigating")
