"""Which talks say themselves that there was no incident here: rehearsed, planned and as planned, or a customer's own?

A talk ends with two hours of silence. One hint alone is none: the words of each sort stand in real incidents, too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from bot.dialogue.reading import SILENCE
from bot.dialogue.turns import Act
from bot.patterns import Pattern, pattern
from bot.timeline.reading import Reading

#: So long before it, at most, a rehearsal or planned work is announced.
_BEFORE = timedelta(hours=48)
#: So long after it is over people still speak of it.
_AFTERWARDS = timedelta(minutes=30)
#: So many messages of the talk itself have to say so, and so many of all that are said in it: others of the day may
#: speak of a drill while something breaks.
_OFTEN, _SHARE = 2, 0.2
_REHEARSED = pattern(
    r"\b(?:game ?day|fire ?drill|drill|table-?top|exercise|simulation|rehearsal|chaos (?:day|test\w*))\b"
)
_WHEN = pattern(
    r"\b(?:tomorrow|tonight|today|this (?:morning|afternoon|evening)|now|starts?|starting|reminder"
    r"|\d{1,2}[:.h]?\d{0,2} ?(?:am|pm)"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b|\d{1,2}:\d\d|\d ?[–-] ?\d"
)
_IN_REHEARSAL = pattern(
    r"\b(?:game ?day|drill|table-?top|exercise|simulat\w+|rehears\w+|inject(?:ion)?s?|observers?|sandbox\w*"
    r"|scenario|debrief"
    r"|red team|blue team|responders?|facilitators?|dry ?run)\b"
)
_IS_REAL = pattern(
    r"\b(?:not a (?:drill|test|game|rehearsal)|no (?:drill|exercise)|(?:this|that|it)(?:'s"
    r"| is)? (?:is )?(?:for )?real\b"
    r"|(?:this|that) is (?:prod\w*|live|not (?:it|the (?:drill|exercise)))|real (?:incident|outage|customers?)"
    r"|stop(?:ping)? the (?:drill|exercise|game)|production is)\b"
)
_ANNOUNCED = pattern(
    r"\b(?:maintenance|window|upgrades?|migration|migrate|cut-?over|switch-?over|fail-?over test|patching|planned"
    r"|announced"
    r"|scheduled|chg-?\d+|firmware|software from|swap|replacement)\b"
)
_AS_MEANT = pattern(
    r"\b(?:suppress\w*|silenc\w+|muted|in maintenance|maintenance|as (?:planned|announced|expected)|(?:like"
    r"|as) in the plan"
    r"|(?:that(?:'s| is)|is|was|all) expected|ahead of (?:schedule|time|plan)|before the end|within the window"
    r"|the window"
    r"|per (?:the )?(?:plan|runbook)|step \d+|drain(?:ed|ing)|all tests? (?:are )?(?:fine|ok|green|pass\w*)|no impact"
    r"|nobody (?:noticed|will notice|called)|on schedule)\b"
)
_WENT_WRONG = pattern(
    r"\b(?:not (?:coming|come) (?:back|up)|didn(?:'|’)?t come|doesn(?:'|’)?t come|won(?:'|’)?t (?:start|boot|come)"
    r"|stuck|abort\w*"
    r"|roll(?:ed|ing)? (?:it )?back|unexpected\w*|customers? (?:are |is )?(?:call|report|complain|ask|say|see|can)\w*"
    r"|users? (?:are |is )?(?:report|complain|say|see|can)\w*|complain\w*|incident|sev ?-?\d|p1|outage|overran|overrun"
    r"|something(?:'s| is) wrong|nobody can|broken|corrupt\w*|data ?loss|(?:customers?|clients?|users?|guests?|people)"
    r" (?:have |has )?(?:called|rang|phoned|complained)|not renewed)\b"
)
#: What is harm unless it is said of what is being worked on: "payments are failing, 30% errors".
_FAILS = pattern(
    r"\b(?:(?:is|are|keeps?|started|still|all) failing|fails?|[45]\d\ds|drops? (?:\w+ )?(?:packets?|calls|connections"
    r"|requests|messages)|\d+(?:\.\d+)? ?% (?:of )?(?:the )?(?:errors?|failures?|loss)|(?:is|are) (?:all )?(?:down"
    r"|offline|unreachable)|(?:page|site|app|api|service|checkout|booking|login|payments?|phones?|everything|shop|website"
    r"|prod\w*) down|(?:not|n(?:'|’)t) work\w*|(?:good|fine|ok|okay|normal|healthy|working|works?|flow\w*) again)\b"
)
_WORKED_ON = pattern(
    r"\bfail(?:s|ing|ed)?[- ]?over\w*|\b0(?:\.0+)? ?%|\b(?:no|none|nothing|test) (?:\w+ )?fails?\b|\S*\d\S* (?:is|are)"
    r" (?:all )?(?:down|offline|unreachable)"
)
_FORESEEN = pattern(r"\b(?:suppress\w*|silenc\w+|muted|maintenance|expected|as planned)\b")
#: Nobody but one customer has it.
_ALONE = pattern(
    r"\b(?:(?:all |every )?other (?:customers?|clients?|tenants?|shops?|stores?|users?|merchants?|accounts?) (?:is"
    r"|are|were|look)"
    r" (?:all )?(?:fine|ok|okay|good|normal|green)|(?:any|no) other (?:customers?|clients?|tenants?|shops?|merchants?)"
    r"|nobody else|no(?:body| one) else (?:has|reports?|sees?)|only (?:theirs|them|this (?:one )?(?:customer|client"
    r"|tenant|account))"
    r"|just (?:them|theirs|this (?:one )?(?:customer|client|tenant))|none (?:is|are|was|were|of (?:them"
    r"|those) (?:is|are)) ours"
    r"|(?:everyone|everybody|the rest|all others?) (?:is|are) (?:fine|ok|okay|good|normal))\b"
)
#: What it was is the customer's.
_THEIRS = pattern(
    r"\b(?:(?:nothing|not) (?:\w+ ){0,3}on our (?:side|end)|not (?:us|ours|our (?:fault|bug|side|end|problem|doing))"
    r"|their (?:own )?(?:\w+ )?(?:handler|filter|firewall|proxy|vpn|script|code|settings?|config\w*|view"
    r"|integration|password"
    r"|browser|plugin|laptop|wi-?fi|router|network|server|side|end|fault)|they (?:changed|have changed"
    r"|(?:have )?added|put it back"
    r"|rolled|reverted|had (?:changed|set|turned)|apolog\w+|did a roll\w*)|wrong password|caps lock|user error"
    r"|works as (?:designed"
    r"|documented)|documented since|somebody (?:there|of theirs|on their (?:side|end)) (?:changed|turned))\b"
)


#: Who says no more than that it seems so.
_HEDGED = pattern(
    r"\?|\b(?:so far|i (?:think|guess|hope|believe|suppose)|maybe|perhaps|probably|might|seems?|looks like|not sure"
    r"|for now|yet)\b"
)
#: More than one customer has it.
_SEVERAL = pattern(
    r"\b(?:\d{2,}|[2-9]|two|three|four|five|ten|several|many|more|other|another|most|all|a second)"
    r" (?:of (?:our|the) )?(?:other |more )?(?:customers?|clients?|tenants?|merchants?|shops?|stores?|users?|accounts?)"
    r" (?:is |are |have |has |were )?(?:also |all |now )?(?:stuck|down|failing|affected|hit|broken|missing|waiting"
    r"|report\w*|complain\w*|see(?:s|ing)?|say(?:s|ing)?|without|called|cannot|can(?:'|’)?t|lost|have it|has it)\b"
)
#: From this chance on somebody here does something about it, and from that on surely.
_MENDED, _SURELY = 0.6, 0.8


def calm_talks(readings: Sequence[Reading]) -> frozenset[str]:
    """The messages, by their `ts`, of the talks that say themselves that there was no incident here."""
    calm: list[Reading] = []
    for first, talk in _talks(readings):
        before = _said_before(readings, first)
        rehearsed, planned = _up_to_the_last(talk, _IN_REHEARSAL), _up_to_the_last(talk, _AS_MEANT)
        if _is_rehearsal(before, rehearsed):
            calm += rehearsed
        elif _went_as_planned(before, planned):
            calm += planned
        elif _is_theirs(talk):
            calm += talk
    return frozenset(each.read.message.ts for each in calm)


def _talks(readings: Sequence[Reading]) -> Iterator[tuple[int, Sequence[Reading]]]:
    first = 0
    for place in range(1, len(readings) + 1):
        if place == len(readings) or readings[place].at - readings[place - 1].at >= SILENCE:
            yield first, readings[first:place]
            first = place


def _said_before(readings: Sequence[Reading], first: int) -> Sequence[Reading]:
    place = first
    while place and readings[first].at - readings[place - 1].at <= _BEFORE:
        place -= 1
    return readings[place:first]


def _up_to_the_last(talk: Sequence[Reading], words: Pattern) -> Sequence[Reading]:
    """What of a talk is said until half an hour after the last of these words."""
    last = next((each.at for each in reversed(talk) if words.search(each.read.message.text) is not None), None)
    return [each for each in talk if last is not None and each.at - last <= _AFTERWARDS]


def _said(readings: Sequence[Reading], words: Pattern) -> int:
    return sum(words.search(each.read.message.text) is not None for each in readings)


def _is_rehearsal(before: Sequence[Reading], talk: Sequence[Reading]) -> bool:
    announced = _is_announced((*before, *talk[:3]), _REHEARSED)
    return announced and _is_much(_said(talk, _IN_REHEARSAL), talk) and not _said(talk, _IS_REAL)


def _is_much(said: int, talk: Sequence[Reading]) -> bool:
    return said >= max(_OFTEN, _SHARE * len(talk))


def _went_as_planned(before: Sequence[Reading], talk: Sequence[Reading]) -> bool:
    if not (_is_announced((*before, *talk[:2]), _ANNOUNCED) and _is_much(_said(talk, _AS_MEANT), talk)):
        return False
    people = [each for each in talk if each.read.message.bot is None]
    if any(_goes_wrong(each) for each in people if not each.read.is_question):
        return False
    mended = any(each.does(Act.MENDS) >= _SURELY for each in people)
    return not mended and not any(each.read.any("severity", "declared", "rolled_back") for each in people)


def _goes_wrong(each: Reading) -> bool:
    text = each.read.message.text
    if _WENT_WRONG.search(text) is not None:
        return True
    return _FORESEEN.search(text) is None and _FAILS.search(_WORKED_ON.sub(" ", text)) is not None


def _is_theirs(talk: Sequence[Reading]) -> bool:
    people = [each for each in talk if each.read.message.bot is None]
    sure = [each for each in people if not each.read.is_question and _HEDGED.search(each.read.message.text) is None]
    alone = {each.at for each in sure if _ALONE.search(each.read.message.text)}
    theirs = {each.at for each in sure if _THEIRS.search(each.read.message.text)}
    if not alone or not theirs or len(alone | theirs) < _OFTEN or _said(people, _SEVERAL):
        return False
    mended = any(each.does(Act.MENDS) >= _MENDED for each in people)
    return not mended and not any(each.read.any("severity", "declared", "rolled_back") for each in people)


def _is_announced(readings: Sequence[Reading], words: Pattern) -> bool:
    return any(
        each.read.message.bot is None
        and words.search(each.read.message.text) is not None
        and _WHEN.search(each.read.message.text) is not None
        for each in readings
    )
