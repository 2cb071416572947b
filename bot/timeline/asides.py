"""Which messages speak of something else than a service of this team that is broken now?

Channels are full of other talk that uses the same words: tests fail, trains are down, merge conflicts get resolved,
and somebody shares the postmortem of another company. Each rule has a name, under which its examples stand in the
tests. Alarms of tools and notices of status pages are never set aside, except in a drill.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

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
        r"\bmy (?:own )?(?:vpn|laptop|mac\w*|machine|computer|brain|internet|wi-?fi|car|bike|train|bus|phone|kids?"
        r"|dog|cat|headset|mic|camera|calendar|password|flight|landlord|heating)\b"
        r"|\b(?:the|our|my|office|floor) printer\b|\b(?:trains?|trams?|subway|metro) (?:is|are|was|were)\b"
        r"|\bfridge\b|\bof milk\b"
        r"|\bcoffee machine\b|\bdishwasher\b|\belevator\b|\bcandidate (?:is|was|for|at|who|does|did|will|asked)\b"
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
_SHARES = pattern(r"https?://")
_OWN = pattern(r"\b(?:we|our|us|ours)\b")
_DRILL = pattern(
    r"\bload ?test\b[^.\n]{0,40}\b(?:from|starts?|starting|now|until)\b"
    r"|\bignore (?:the |any |all )?(?:alerts?|alarms?|pages)\b"
    r"|\b(?:game ?day|fire ?drill|drill|exercise|chaos (?:day|test|experiment)|tabletop)\b[^.\n]{0,20}\b(?:starts?"
    r"|begins?|started|now|today|time)\b|\bthis is (?:just |only )?(?:a|an|the) (?:\w+ )?(?:drill|exercise|game ?day)\b"
)
_NO_DRILL = pattern(r"\bnot a (?:drill|test|exercise)\b")
_DRILL_OVER = pattern(
    r"\b(?:drill|exercise|game ?day)\b[^.\n]{0,20}\b(?:over|done|finished|ended|complete\w*)\b"
    r"|^.{0,40}[.,] stopping\W*$"
)
#: Who speaks of an incident of then goes on in the past tense.
_IN_THE_PAST = pattern(
    r"\b(?:was|were|had|did|didn(?:'|’)?t|couldn(?:'|’)?t|wasn(?:'|’)?t|we (?:declared|found|rolled|fixed|restarted"
    r"|lost))\b"
)
#: Who prepares to ask a candidate about a case tells no case of today.
_CANDIDATE = pattern(r"\bcandidate\b|\binterview\w*\b")
#: How long after a word of then people still speak of it, and how long after an alarm they speak of now.
_THEN_LASTS, _ALARM_LASTS = timedelta(minutes=10), timedelta(hours=12)
#: How long a drill, or a talk about somebody else's story, lasts at most.
_DRILL_LASTS, _STORY_LASTS = timedelta(hours=4), timedelta(minutes=45)


def set_aside(reads: Iterable[Read]) -> dict[str, str]:
    """The messages, in order of time, that speak of something else: the rule's name by their `ts`."""
    found: dict[str, str] = {}
    drill = story = then = alarm = practice = None
    for read in reads:
        message = read.message
        if drill is not None and (message.at - drill > _DRILL_LASTS or _NO_DRILL.search(message.text)):
            drill = None
        if message.bot is None and _DRILL.search(message.text) and not _NO_DRILL.search(message.text):
            drill = message.at
        if drill is not None:
            found[message.ts] = "drill"
            if _DRILL_OVER.search(message.text):
                drill = None
            continue
        if "firing" in read.signs and read.is_alert:
            alarm = message.at
        open_now = alarm is not None and message.at - alarm <= _ALARM_LASTS
        if _CANDIDATE.search(message.text) and not open_now and RULES["private"].search(message.text):
            practice = message.at
        if practice is not None and not open_now and message.at - practice <= _STORY_LASTS and message.bot is None:
            found[message.ts] = "private"
            continue
        if then is not None and (open_now or message.at - then > _THEN_LASTS):
            then = None
        if then is not None and message.bot is None and _IN_THE_PAST.search(message.text) and not read.any("report"):
            found[message.ts], then = "past", message.at
            continue
        if message.bot is not None or _declares(read):
            story = None
            alarm = message.at if message.bot is None else alarm
            continue
        rule = _rule(read)
        if rule == "past" and not open_now:
            then = message.at
        if rule == "others" and _SHARES.search(message.text):
            story = message.at
        elif story is not None and (message.at - story > _STORY_LASTS or _speaks_of_us(read)):
            story = None
        if rule is None and story is not None:
            rule = "others"
        if rule is not None:
            found[message.ts] = rule
    return found


def _rule(read: Read) -> str | None:
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


def _declares(read: Read) -> bool:
    return (
        read.any("declared")
        and not read.any("undeclared", "chatter")
        and not RULES["private"].search(read.message.text)
    )


def _speaks_of_us(read: Read) -> bool:
    return _OWN.search(read.message.text) is not None and read.any("symptom", "report", "noticed", "investigating")
