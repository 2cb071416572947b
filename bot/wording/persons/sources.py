"""Where does a text name somebody as the source of what happened: caused by, because of, to blame, whose fault?"""

from __future__ import annotations

from bot.patterns import exact_pattern, pattern
from bot.wording.people import LED, NAME, ROLE, SOMEBODY, SOMEONE, SUPPLIER, is_name
from bot.wording.persons.guards import deed_of_a_name, deed_of_a_role, is_somebodys_work, named, somebodys
from bot.wording.persons.verbs import FAULT_NOUN
from bot.wording.rule import Rule

#: What went wrong, before "because" and a person.
OUTCOME = (
    r"(?:outage|incident|downtime|failure|problem|issue|mess|leak|crash|it all|it|this|everything|all|whole thing"
    r"|bug|delay|disaster|breach|we)"
)
BECAUSE = (
    rf"(?:\b{OUTCOME} (?:only |all |just )?(?:happened|occurr?ed|started|began|begins|went down|went wrong|failed"
    r"|broke|crashed|goes back to|comes down to|came from|was down|collapsed|is here|was there"
    r"|arose)(?: \w+){0,2}?,? (?:because|since|when|as|after|due to|thanks to|on account of)(?: of)?|\b(?:root "
    r"|main |real |immediate |direct |outage |underlying )?(?:causes?|reasons?|culprit|trigger|origin)(?: (?:of|for"
    r"|behind) (?:the |this |our |all )?[\w-]+(?: [\w-]+)?)? ?(?:is|was|were|:|=|-|–|being)(?: (?:simply|just"
    r"|clearly|probably|that|because|quite simply))*|\b(?:goes back to|traced (?:back )?to|attributable to"
    r"|attributed to|down to the fact that|caused by the fact that)) "
)
#: "It would be wrong to blame", "nobody blames".
BLAMED = rf"\bblam(?:e|es|ed|ing) (?:it on |this on |for this )?(?:the |our |an? )?(?:[\w-]+ )?{SOMEONE}"
RULES = (
    Rule(
        "it is with somebody",
        pattern(
            rf"\b[\pL]+'s (?:own )?doing\b|\b(?:blame|fault) (?:goes|belongs|should go) to {LED}{SOMEONE}"
            rf"|\blet (?:the |an? )?{ROLE} (?:touch|near|anywhere|loose|deploy)\b|\b(?:blame|fault|responsibility"
            r"|error|failure)(?: for \w+(?: \w+)?)? (?:lies|lay|rests|falls|sits|is) (?:solely |squarely "
            rf"|entirely )?(?:with|on) {LED}{SOMEONE}|\bon (?:his|her|their|your|my|[\pL]+'s) watch\b|\b{ROLE}(?:'s"
            r"|s'|') (?:\w+ )?(?:decisions?|actions?|haste|impatience|handling|behaviou?r|choices?|attitude"
            r"|omission|arrogance) (?:\w+ )?(?:led|caused|resulted|cost|brought|took|broke|meant|made)"
        ),
    ),
    Rule(
        "somebody's poor work",
        pattern(
            rf"(?:\b(?:his|her|their|my)|\b{ROLE}(?:'s|s'|'|)|@[\w.-]+'s|[\pL]{{3,}}'s) (?:careless|reckless|sloppy"
            r"|hasty|poor|lazy|negligent|irresponsible|thoughtless|rushed|clumsy|bad|lack of|inability|refusal"
            r"|failure|incompetent|stupid|shortcut)\b"
        ),
        is_somebodys_work,
    ),
    Rule(
        "caused by somebody",
        pattern(
            r"\b(?:caused|broken|(?:was|were|been|is|issue|outage|incident) triggered|introduced|brought on"
            rf"|provoked) by {LED}(?:{SOMEBODY}\b|{SOMEONE})|\b(?:botched|messed up|screwed up|wrecked|ruined|wiped"
            rf"|mishandled|bungled|sabotaged|neglected|destroyed|nuked) by {LED}{SOMEONE}|\b(?:because of|if not for"
            r"|due to|thanks to) (?:the|our|that|this|some) (?:[\w-]+ ){0,1}?(?:engineer|developer|dev|consultant"
            r"|contractor|operator|admin|dba|intern|vendor|guy|person|manager|colleague|tester|new hire)s?\b(?: we"
            rf"| the| it| this| that|[,.!]|$)|\bcaused by (?:\S+ ){{1,3}}?work (?:of|by|from) {LED}{SOMEONE}"
            rf"|\bresponsibility of {LED}{SOMEONE} that\b|\bperson responsible\b|\b(?:mishandling|failure|oversight"
            rf"|fault|misuse|inaction) (?:by|of|on the part of|from) {LED}{SOMEONE}|\bthe responsible {ROLE}\b"
            r"|\bresponsible for (?:the|this) (?:outage|failure|incident|mess|damage|downtime|breakage|delay) (?:is"
            rf"|was|were|are) {LED}{SOMEONE}"
        ),
    ),
    Rule(
        "caused by somebody by name",
        exact_pattern(
            r"(?i:\b(?:caused|broken|(?:was|were|been|is|outage) triggered|introduced) by|\bbecause of|\bif not for"
            r"|\bcause ?[:=-]|\bculprit(?: is| was|:)|\bblame goes to|\bblam(?:e|es|ed|ing)(?: it on)?|\bfault of"
            r"|\b(?:this|that|it|one)(?:'s| is| was)(?: all| entirely| fully| solely| squarely| completely"
            r"| just)? on|\bmistake (?:by|of)|\btraced (?:back )?to|\bresponsible (?:\w+ )?(?:is|was|were)"
            rf"|\bit all goes back to) {NAME}(?:'s\b|[\s.,;!?)]|$)"
        ),
        lambda found, text: is_name(found),
    ),
    Rule(
        "somebody's fault",
        pattern(
            rf"(?:\b(?:my|his|her|their|your|our|whose)|\b{ROLE}(?:'s|s'|')|<@[^<>]+>(?:'s)?|@[\w.-]+'s|\b(?:someone"
            rf"|somebody|anyone|nobody|no one)(?: else)?'s) (?:own )?{FAULT_NOUN}\b|\bfault of {LED}(?:{ROLE}\b|<@)"
            r"|\bmistake on (?:my|his|her|their|our|your) (?:part|side|end)\b|\bmy bad\b|\b(?:this|that|it|all"
            r"|whole thing|mess|outage|incident)(?: one)?(?:'s| is| was) (?:all )?(?:down to|on) (?:the "
            rf"|our )?(?:[\w-]+ )?{SOMEONE}|\b(?:can|may) thank \S+ (?:and \S+ )?for (?:this|that|it|the)\b"
            r"|\b(?:takes?|took|taking) (?:all )?the blame"
        ),
        somebodys,
    ),
    Rule("blame", pattern(rf"{BLAMED}|\bi blame (?:the|our)\b")),
    Rule(
        "who did it",
        pattern(
            r"\bwho (?:broke|forgot|did (?:this|that)|screwed|messed|is to blame|was to blame|caused|(?:approved"
            r"|wrote|deployed|merged|pushed) (?:this|that) (?:rubbish|garbage|crap|mess|junk|shit))|\bwhy (?:did"
            r"|didn't|do|don't|does|doesn't|would|wouldn't) (?:he|she|they|you|someone|somebody"
            rf"|the (?:[\w-]+ )?{ROLE})\b"
        ),
    ),
    Rule("why a person by name", exact_pattern(rf"(?i:\bwhy (?:did|didn't|does|would)) {NAME} "), named),
    Rule(
        "it happened because somebody did",
        pattern(
            rf"{BECAUSE}(?:{LED}{ROLE}(?: (?:from|on|in|at|of) (?:the )?[\w-]+)?|he|she|someone|somebody|<@[^<>]+>"
            r"|@[\w.-]+)(?: who| that)?(?: \w+ly)? (?P<deed>\w+)"
        ),
        deed_of_a_role,
    ),
    Rule(
        "it happened because of somebody by name",
        exact_pattern(rf"(?i:{BECAUSE}){NAME}(?:'s (?P<thing>\w+)|(?: who)?(?: \w+ly)? (?P<deed>\p{{Ll}}+))"),
        deed_of_a_name,
    ),
    Rule(
        "a supplier failed us",
        pattern(
            rf"{SUPPLIER}(?:'s support)?,?(?: who| simply| just| completely)* (?:(?:mess|screw|fuck)ed (?:it |this "
            r"|us )?(?:up|over)|screwed us|let us down|dropped the ball|botched|didn't (?:bother|tell|warn|inform"
            r"|care)|did not (?:bother|tell|warn|inform|care)|never (?:told|warned|informed)|gave us (?:the"
            r"|a) wrong|is to blame|are to blame|ignored us|lied|sent us (?:an? |the )?(?:malformed|empty|faulty"
            r"|stale|incomplete|wrong|broken|corrupt(?:ed)?|bad)|let (?:the |our |their )?(?:own )?[\w-]+ (?:expire"
            r"|lapse)|forgot|never sent|pulled the (?:rug|plug)|left us (?:alone|hanging|in the dark|without)"
            r"|(?:changed|removed|switched off|shut down|rotated|deprecated|broke|rerouted|upgraded"
            r"|migrated) (?:[^\s.;!?]+ ){1,5}?(?:without (?:a word|any|telling|warning|notice|asking|informing"
            r"|announc\w+)|unannounced|overnight and told)|shipped (?:an? )?(?:broken|faulty|untested|bad|buggy)"
            r"|kept (?:it|this|that|us) (?:quiet|secret|in the dark))"
        ),
    ),
)
