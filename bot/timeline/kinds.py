"""What kind of thing does a message tell that is no milestone?"""

from __future__ import annotations

from bot.dialogue.turns import Act
from bot.patterns import pattern
from bot.timeline.course import Place, goes_on, kind_in, looks_inside, makes_no_difference, meets
from bot.timeline.forms import Form, is_astonished
from bot.timeline.reading import Reading
from bot.timeline.signs import Read
from bot.timeline.told import STATUS_PAGE
from bot.timeline.values import Kind
from bot.timeline.wordings import WORDINGS


def kind_of(read: Read) -> Kind:
    """What kind of thing a message tells that is no milestone."""
    signs = read.signs
    if read.is_alert:
        return Kind.RECOVERY if "cleared" in signs and "firing" not in signs else Kind.ALERT
    ended = signs & {"resolved", "mitigated", "restored", "rolled_back", "recovering"}
    if ended and "unfinished" not in signs and "relapse" not in signs:
        return Kind.RECOVERY
    text = read.message.text
    if makes_no_difference(text) and not _ACTS_FIRST.search(text):
        return Kind.FINDING
    if "refuted" in signs and _NOT_IT.search(text) and not read.any("report", "relapse"):
        return Kind.FINDING
    if read.is_hypothesis:
        return Kind.HYPOTHESIS
    if _ACTS_FIRST.search(text) and not read.any("fault", "named_cause", "decision", "escalated", "communication"):
        return Kind.CHANGE
    if LISTED.match(text) and "change" in signs:
        return Kind.CHANGE
    if (
        "report" not in signs
        and read.any("symptom", "impact", "change")
        and not _GIVES_NOTHING.search(text)
        and _observes(text, does=read.any("change", "acts"))
    ):
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


def told_kind(reading: Reading, place: Place) -> Kind:
    """The kind that the rules take a message for, unless what people do around it makes another far likelier."""
    kind = _kind_by_rules(reading, place)
    message = reading.read.message
    if reading.weighed is None or message.bot is not None or (kind is Kind.NOTE and goes_on(message.text)):
        return kind
    act = reading.weighed.act
    if kind is Kind.HYPOTHESIS and act is Act.CALLS_IN:
        return kind  # "I think it is the provider, @marcus please have a look"
    if act is Act.DECIDES and reading.read.is_question:
        return kind  # "can you send me the query id?" asks
    likely, by_rules = _KIND_OF.get(act), [each for each, told in _KIND_OF.items() if told is kind]
    if likely is None or reading.weighed.chance(act) < _LIKELY_ENOUGH or reading.weighed.chance(*by_rules) >= _TOO:
        return kind
    return likely


def _kind_by_rules(reading: Reading, place: Place) -> Kind:
    """The kind that the words of a message tell, unless its form or its place in the course says otherwise."""
    read = reading.read
    kind, text = kind_of(read), read.message.text
    if STATUS_PAGE.search(read.message.bot or "") is not None:
        return Kind.COMMUNICATION  # Whatever it says, it is what customers were told.
    if read.message.bot is not None:
        return Kind.CHANGE if kind is Kind.NOTE and place.form is Form.ACTS else kind
    if "report" not in read.signs and is_astonished(text):
        return Kind.FINDING  # "the index is empty?!"
    beside = kind_in(reading, place)
    if kind is Kind.NOTE:
        return beside
    if kind is Kind.COMMUNICATION and "report" in read.signs and place.form is not Form.TELLS:
        return Kind.IMPACT  # "merchants see declines, two of them mailed"
    if kind is Kind.IMPACT and place.form is Form.TELLS and "report" not in read.signs:
        return Kind.COMMUNICATION  # "both customers are being called"
    if place.form is Form.SUPPOSES and kind in _NO_QUESTIONS and "report" not in read.signs:
        return Kind.HYPOTHESIS  # "redis failover in progress?"
    if place.form in (Form.PROPOSES, Form.DECIDES) and kind in (Kind.CHANGE, Kind.FINDING) and not read.is_symptom:
        return Kind.DECISION  # "can we restart the pods", "ok restart half of them"
    few = kind is Kind.IMPACT and len(text.split()) <= _FEW and not read.any("report", "relapse")
    if few and place.form in (Form.DECIDES, Form.ACTS):
        return beside  # "please freeze the file", "frozen"
    if kind is Kind.RECOVERY and "refuted" in read.signs and "rolled_back" in read.signs:
        return Kind.FINDING  # "It was rolled back on Monday, so it is not that."
    if kind in (Kind.IMPACT, Kind.CHANGE) and beside is Kind.RECOVERY and "relapse" not in read.signs:
        return Kind.RECOVERY  # "declines gone", "queue drains, 100k -> 20k"
    inside = place.responder and looks_inside(text) and not meets(text)
    if kind is Kind.IMPACT and beside is Kind.FINDING and inside and not read.any("report", "relapse"):
        return Kind.FINDING  # "cors config on the bucket is empty"
    return kind


#: From this chance on what a message does tells its kind.
_LIKELY_ENOUGH = 0.4
#: From this chance on it may as well do what the rules take it for.
_TOO = 0.2
_KIND_OF = {
    Act.HARM: Kind.IMPACT,
    Act.FINDS: Kind.FINDING,
    Act.EXPLAINS: Kind.FINDING,
    Act.SUSPECTS: Kind.HYPOTHESIS,
    Act.DECIDES: Kind.DECISION,
    Act.MENDS: Kind.CHANGE,
    Act.CHANGED: Kind.CHANGE,
    Act.RECOVERS: Kind.RECOVERY,
    Act.CLOSES: Kind.RECOVERY,
    Act.CALLS_IN: Kind.ESCALATION,
    Act.TELLS: Kind.COMMUNICATION,
}
#: A command, or the word that it was carried out, has so few words.
_FEW = 6
_NO_QUESTIONS = frozenset({Kind.CHANGE, Kind.FINDING, Kind.IMPACT, Kind.COMMUNICATION})
_GIVES_NOTHING = pattern(WORDINGS["gives nothing"][1])
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
LISTED = pattern(r"^\W*\d{1,2}:\d\d\b")
#: What somebody saw where, as against what others met.
_OBSERVED = pattern(
    r"\b(?:shows?|showing|in the (?:\w+ )?logs?|dump|stack ?trace|flame ?graph|profile[rd]?|heap|explain plan)\b"
    r"|\b(?:pods?|containers?|nodes?|workers?|process(?:es)?|instances?) (?:keep |are |is )?(?:re-?start|crash|dy"
    r"|get killed)\w*"
)
#: "It was not the upgrade" tells of no upgrade, "it's not redis, ping is fine" of no trouble with it.
_NOT_IT = pattern(
    r"\b(?:it|that|this)(?: is|(?:'|’)?s| was)(?:n(?:'|’)?t| not) (?:(?:the|our|a|an) )?[\pL]"
    r"|\b(?:and|so),? not (?:the|our|a)\b"
)
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
