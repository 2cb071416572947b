"""Where in the course of the incident does a message stand: before anybody acted or after, from whom, saying what?

What "20 of 20 say 4" means depends on it: before a repair it is what is wrong, after one that it is put right.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.patterns import pattern
from bot.timeline.forms import Form, takes_on
from bot.timeline.reading import Reading
from bot.timeline.values import Kind
from bot.timeline.wordings import WORDINGS

#: So long after something was done people still say what it did.
_TAKES_EFFECT = timedelta(hours=2)
#: How people say that it is well, be the thing what it may; it counts once something was done.
_WELL = pattern(
    r"\b(?:works?|working|worked|ok|okay|fine|good|great|clean|green|back|again|normal|normally|healthy|stable|steady"
    r"|happy|gone|clear|cleared|clears|alive|able to|through|thru|better|right|correct|correctly|recover\w*|restored?"
    r"|drain(?:s|ed|ing)|caught up|catching up|calm|quiet|snappy|fast|instant|instantly|responsive|quick|succeed\w*"
    r"|success\w*|passe?[sd]|passing|smooth"
    r"|fresh|finished|complete[sd]?|flows?|flowing|moves|moving|processed|delivered|went through|loads|starts|runs)\b"
    r"|\b(?:is|are|now|came|all|come) up\b|\bconfirms?\b|\bno (?:new|more|further) [\pL]+|\b(?:0|zero|no) (?:errors?"
    r"|failures?|timeouts?|drops|loss|complaints?|alerts?|declines|rejects)\b|\b100 ?%|\b\d[\d.,k]* (?:left|to go)\b"
    r"|\bnow\b\W*$|:tada:|:raised_hands:|:white_check_mark:|:green_\w+:|🎉|✅|\w \w+!!|\ball \d+\b"
)
#: And that it is not, or not yet.
_ILL = pattern(
    r"\b(?:not|no|none|nothing|nobody|never|cannot|without|still|first\W*$|worse|only|but|nope|same|unless|until|if"
    r"|when|should|too"
    r" early|yet|wrong|fail\w*|broken?|down|stuck|slow|error\w*|dead|missing|lost|hang\w*|hung|crash\w*|timeouts?"
    r"|timing"
    r" out|empty|waiting|\d+x|than|gone wrong|denied|refus\w*|reject\w*|expired|old|stale|bad|weird"
    r"|odd|strange|ouch|uh|uh-oh|oh no|ugh|damn|wtf|yikes)\b|n(?:'|’)t\b|\b(?:do|does|did|is|was|are|were|ca|wo"
    r"|could|would"
    r"|has|have)nt\b|\b[45](?:\d\d|xx)\b|\?|:\(|:disappointed:|:sob:"
)
#: What is not as it should be by these words alone; the others only say that it is not well yet.
_AMISS = pattern(
    r"\b(?:not|nothing|nobody|never|cannot|worse|wrong|fail\w*|broken?|down|stuck|slow|error\w*|dead|missing|lost|hang\w*"
    r"|hung|crash\w*|timeouts?|timing out|empty|denied|refus\w*|reject\w*|expired|stale|bad|weird|odd|strange|ouch"
    r"|uh-oh|oh no|ugh|damn|wtf|yikes)\b|n(?:'|’)t\b|\b(?:do|does|did|is|was|are|were|ca|wo|could|would|has|have)nt\b"
    r"|\b[45](?:\d\d|xx)\b|:\(|:disappointed:|:sob:"
)
#: What is well by being no more: "no errors", "declines gone", "not a single drop".
_GOOD_NOTHING = pattern(
    r"\b(?:no|zero|0|without|not a single|nothing) (?:new |more |further |single |any )*(?:errors?|failures?|timeouts?"
    r"|drops?|loss|complaints?|alerts?|declines|rejects|calls|tickets|problems?|issues?|crashes|restarts|retries|[45]xx"
    r"|reports?|duplicates?|incidents?|pages|left|stuck)\b"
    r"|\b(?:errors?|failures?|timeouts?|declines?|drops?|losses|loss|complaints?|rejects?|crashes|[45]xx|lag|backlog"
    r"|alerts?|duplicates?|queue)s?(?: (?:is|are|all|now|have|has|down|rate|back|went|to|at))* (?:gone|zero|0"
    r"|stopped|empty"
    r"|cleared|down|flat)\b"
)
_NO_DIFFERENCE = pattern(
    WORDINGS["made no difference"][1]
    + r"|^\W*(?:(?:hm+|no|nope|ok|ugh|damn|and),? )*(?:it(?:'|’)?s |we(?:'|’)?re )?still (?:\d|not\b|the same\b|there\b"
    r"|slow\b|down\b|broken\b|bad\b|high\b|at\b|(?:failing|erroring|timing|seeing|getting|happening|crashing|dropping)\b)"
)
#: "changed back to the old value", "the PR is up" is what was done, not how it is.
_PUT_BACK = pattern(
    r"\b(?:chang|switch|swap|mov|turn|roll|revert|flip|put|set|plac|add|brought|bring|go"
    r"|went)\w* (?:[\pL\pN]+ ){0,2}back\b"
    r"|\b(?:pr|mr|cl|patch|hot-?fix|fix|build|doc|ticket|draft) (?:is |now )*up\b"
)
#: "gone, thank you! how long was it there?"
_ASKED = pattern(r"(?:^|[.!?\n])[^.!?\n]*\?+")
_WHO_ELSE = pattern(
    r"\b(?:too|as well|also|(?:any|some)(?:one|body) else|(?:just|only) me|me or)\b[^.!\n]{0,30}\?|\b(?:is"
    r"|just) it me\b"
)
_NUMBER = pattern(r"\d")
_OF_ALL = pattern(r"\b(?P<some>\d+) ?(?:of|out of|/) ?(?:the )?(?P<all>\d+)\b")
#: Who or what outside met it, as against what is measured inside.
_MET = pattern(
    r"\b(?:users?|customers?|clients?|merchants?|tenants?|players?|passengers?|patients?|students?|drivers?|sellers?"
    r"|buyers?|shoppers?|readers?|visitors?|guests?|members?|people|every(?:one|body)|somebody|someone|shops?|stores?"
    r"|hotels?|branch(?:es)?|schools?|offices?|callers?|calls|tickets?|complaints?|complains?|phones?|phoned|mine"
    r"|for me|my|carts?|checkouts?|orders?|payments?|bookings?|logins?|invoices?|service ?desk|support|hotline"
    r"|reviews?|stars?)\b"
)
_MINE = pattern(r"\b(?:my|mine|for me)\b")
#: What only who looks inside would say.
_INSIDE = pattern(
    r"`|\b[\pL\pN]{2,}[._/][\pL\pN]{2,}[\pL\pN._/-]*\b|\b[\pL]+\d+[\pL\pN-]*\b|\b(?:log|logs|graph|dashboard|trace"
    r"|stack|metric\w*"
    r"|cpu|heap|dump|pool|queue|index|table|row|rows|column|config\w*|policy|cert\w*|token|dns|api|db|database"
    r"|replica\w*"
    r"|node|nodes|pod|pods|cluster|job|cron\w*|process|thread|threads|lock|memory|disk|kernel|header|null|diff|query"
    r"|queries|build|image|container|cache|flag|branch|commit|release|version|event log|server|gateway|firmware|script"
    r"|migration|session\w*|partition|shard|topic|consumer\w*|broker|proxy|router|switch|link|port|packet\w*|bucket)\b"
)
#: "Same on node 2.": who has just done something has done it there too.
_SAME_THERE = pattern(r"^\W*(?:and |now )?(?:the )?same (?:on|for|in|with|at|to) ")
#: "running", "doing it": what was decided just before is carried out.
_CARRIES_OUT = pattern(
    r"^\W*(?:ok,? |yes,? |yep,? )?(?:i(?:'|’)m )?(?:[\pL]{3,}ing|did|done)(?: (?:it|that|now"
    r"|so))?\W*$"
)
_CARRIED_OUT = timedelta(minutes=15)
#: Who waits for it tells how it goes, and nothing new.
_GOES_ON = pattern(r"\bin progress\b|\bstill running\b|\bwaiting (?:for|on)\b|\balmost\b|\beta\b")
#: What somebody says who has met it as well.
_TOO = pattern(
    r"^\W*(?:(?:lol|yeah|yes|yep|oh|hm+|ugh|ok),? )?(?:same|me too|here too|also here|not just you|and me|ditto"
    r"|likewise"
    r"|reproduced|can(?: also)? repro\w*|can confirm|confirmed|\+1)\b|\b(?:here|for me|mine|on mine"
    r"|[\pL]+) too\b\W*(?:$|[,.;!])"
    r"|\bas well\b|\bcan(?:'|’)?t (?:either|as well)\b|\b(?:for me|here) as well\b|\b(?:says|has|have|see|sees|get"
    r"|gets) the same\b|\bnow also\b|\bsame (?:here|for|in|at|on|with|thing)\b"
)


@dataclass(frozen=True, slots=True)
class Place:
    """What somebody does by a message, and where in the course it stands."""

    form: Form
    #: Somebody had done something about it shortly before.
    after_act: bool
    #: The writer takes it on, acts or looks inside somewhere in the record.
    responder: bool


def is_well(text: str) -> bool:
    """Whether it says that it is well, and nothing against it; what it asks beside that does not count."""
    text = _ASKED.sub(" ", text) if "?" in text else text
    if all_of_them(text) and not _ILL.search(_OF_ALL.sub(" ", text)):
        return True
    rest = _GOOD_NOTHING.sub(" ", text)
    well = rest != text or _WELL.search(_PUT_BACK.sub(" ", rest)) is not None
    return well and _ILL.search(rest) is None


def is_ill(text: str) -> bool:
    """Whether it says that something is wrong, or denies something."""
    return _ILL.search(_GOOD_NOTHING.sub(" ", text)) is not None


def is_amiss(text: str) -> bool:
    """Whether its words alone say that something is wrong: not "still running", and no mere question."""
    return _AMISS.search(_GOOD_NOTHING.sub(" ", text)) is not None


def makes_no_difference(text: str) -> bool:
    """Whether it says that what was done before changed nothing: "no change", "still 9s"."""
    return _NO_DIFFERENCE.search(text) is not None


def all_of_them(text: str) -> bool:
    """Whether a whole sample behaves alike: "20 out of 20 say 4.75 now"."""
    return any(each.group("some") == each.group("all") for each in _OF_ALL.finditer(text))


def asks_who_else(text: str) -> bool:
    """Whether it asks if others meet the same: "denied. for you too?", "is it just me?"."""
    return _WHO_ELSE.search(text) is not None


def goes_on(text: str) -> bool:
    """Whether who waits for it says how it goes: "create still in progress"."""
    return _GOES_ON.search(text) is not None


def meets(text: str) -> bool:
    """Whether it speaks of those who met it from outside."""
    return _MET.search(text) is not None


def looks_inside(text: str) -> bool:
    """Whether it speaks of what only those see who look inside."""
    return _INSIDE.search(text) is not None


def says_too(text: str) -> bool:
    """Whether somebody meets the same as who spoke before."""
    return len(text) < 120 and _TOO.search(text) is not None


def places_of(readings: Sequence[Reading], since: datetime | None) -> dict[str, Place]:
    """The place of each message in the course of an incident that was known `since` then, by its `ts`."""
    responders = {
        each.read.message.user
        for each in readings
        if each.read.message.bot is None
        and (each.form is Form.ACTS or takes_on(each.read.message.text) or each.read.any("acknowledged", "acts"))
    }
    found: dict[str, Place] = {}
    acted: datetime | None = None
    last: Reading | None = None
    decided: datetime | None = None
    for each in readings:
        message = each.read.message
        form = each.form
        if last is not None and _SAME_THERE.match(message.text) and message.user == last.read.message.user:
            form = Form.ACTS
        if decided is not None and each.at - decided <= _CARRIED_OUT and _CARRIES_OUT.match(message.text):
            form = Form.ACTS
        after = acted is not None and each.at - acted <= _TAKES_EFFECT
        found[message.ts] = Place(form, after, message.user in responders)
        if (since is None or each.at >= since) and is_act(each, form):
            acted, last = each.at, each
        if form in (Form.DECIDES, Form.PROPOSES) or "decision" in each.read.signs:
            decided = each.at
    return found


def is_act(each: Reading, form: Form) -> bool:
    """Whether something was done by it that may put things right."""
    if each.looks_back or each.read.is_alert:
        return False
    if each.read.message.bot is not None:
        return each.read.any("change", "rolled_back") or form is Form.ACTS
    return (form is Form.ACTS and not each.read.is_symptom) or each.read.any("rolled_back", "turned_off")


def kind_in(each: Reading, place: Place) -> Kind:
    """The kind of a message whose words alone do not tell it."""
    text = each.read.message.text
    match place.form:
        case Form.ACTS:
            return Kind.CHANGE
        case Form.TELLS:
            return Kind.COMMUNICATION
        case Form.SUPPOSES:
            return Kind.HYPOTHESIS
        case Form.DECIDES:
            return Kind.DECISION
        case Form.PROPOSES:
            return Kind.DECISION
        case Form.EXPLAINS:
            return Kind.FINDING
        case Form.ASKS | Form.TAKES_ON:
            return Kind.NOTE
        case Form.STATES:
            pass
    if goes_on(text):
        return Kind.NOTE
    if place.after_act and is_well(text):
        return Kind.RECOVERY
    if place.after_act and _OF_ALL.search(text) and not is_ill(text):
        return Kind.RECOVERY  # "41 of 58 tunnels are there"
    if place.after_act and _MINE.search(text) and not is_ill(text):
        return Kind.RECOVERY  # "my phone rang", after somebody had done something
    if place.responder:
        return Kind.IMPACT if meets(text) and _NUMBER.search(text) and not looks_inside(text) else Kind.FINDING
    if meets(text) or is_ill(text):
        return Kind.IMPACT
    return Kind.FINDING if looks_inside(text) else Kind.NOTE
