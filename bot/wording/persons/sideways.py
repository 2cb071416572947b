"""Where is somebody the cause from the side: in the passive, by their work, with irony, or as "nobody"?"""

from __future__ import annotations

from bot.patterns import exact_pattern, pattern
from bot.wording.people import LED, NAME, ROLE, SOMEONE, is_name
from bot.wording.persons.guards import not_as_planned
from bot.wording.persons.manner import BLINDLY
from bot.wording.rule import Rule

#: Deeds that harm by what they are, as they stand after "was".
_HARMED = (
    r"(?:taken (?:down|offline|out)|brought down|knocked (?:out|over|offline)|deleted|dropped|wiped|overwritten"
    r"|emptied"
    r"|erased|killed|unplugged|locked out|crashed|corrupted|shut (?:off|down)|disabled|leaked|exposed|forgotten"
    r"|ignored"
    r"|overlooked|missed|skipped|swapped|mixed up|misconfigured|mis-?(?:read|typed|labelled|labeled|handled|judged"
    r"|understood|wired|set)|left (?:open|on|off|out|running|exposed|enabled|disabled|unlocked|unattended|behind)"
    r"|let (?:lapse|expire|slip|rot|go stale)|rubber-?stamped|waved through|pushed through|nuked|trashed|bypassed"
    r"|neglected|hammered|silenced|muted|thrown away|lost|cut|damaged|broken|flooded|botched)"
)
_PERSON = rf"(?:{ROLE}\b|<@|@[\w.-]+|some(?:one|body)\b|him\b|her\b|them\b|us\b)"
_PASSIVE = r"\b(?:was|were|got|been|is|are|being)(?: (?:\w+ly|all|simply|just|again|then))* "
#: After a person, what says that they were the wrong one, or in the wrong way.
_UNFIT = (
    r"(?: \S+){0,6}? (?:who (?:does|did|do|has|had|was|is|were|would|could)(?:n't| not| no)?|in (?:a|his|her"
    r"|their) (?:hurry"
    r"|rush)|without|instead of|by (?:mistake|accident|hand at)|on a whim)\b"
)
#: Things that people make and answer for.
_WORK = (
    r"(?:change|changes|commit|commits|script|scripts|deploy|deployment|release|migration|merge|pr|pull request"
    r"|patch|fix"
    r"|hotfix|query|queries|edit|edits|refactoring|refactor|experiment|test|config|job|cron job|update|upgrade|code)"
)
_HARMS = (
    r"(?:broke|breaks|killed|kills|took (?:down|out|the|us|prod\w*|everything)|brought (?:down|the|us|prod\w*"
    r"|everything)"
    r"|emptied|wiped|deleted|caused|crashed|flooded|overwrote|locked|corrupted|dropped|ruined|leaked"
    r"|started (?:it|this"
    r"|all)|knocked|blew up|triggered)"
)
_CHECKED = (
    r"(?:checked|double-?checked|verified|tested|reviewed|validated|read|looked (?:at|into|over|twice)|questioned"
    r"|monitored|proofread|rehearsed|felt responsible|took (?:responsibility|ownership|care|notice)|thought (?:of"
    r"|about"
    r"|it through|to)|cared|bothered|remembered|followed (?:up|the|it)|did (?:their|his|her|the) (?:job|homework"
    r"|work))"
)
_PRAISE = (
    r"(?:great|good|nice|fine|excellent|brilliant|stellar|amazing|wonderful|lovely) (?:work|job|one|move|going|stuff)"
    r"|well (?:done|played)|bravo|congrat(?:s|ulations)|kudos|hats off|thanks a lot|slow clap|round of applause"
)
_IRONIC = (
    r"(?:brilliant|genius|wonderful|lovely|beloved|amazing|clever|esteemed|dear|glorious|marvellous|smart|so-called)"
)


RULES = (
    Rule(
        "done by somebody",
        pattern(
            rf"{_PASSIVE}{_HARMED}(?: [^\s.;!?]+){{0,6}}? by {LED}{_PERSON}"
            rf"|{_PASSIVE}\w+(?: [^\s.;!?]+){{0,6}}? by {LED}{_PERSON}{_UNFIT}"
            rf"|\bthe wrong [^.;!?]{{1,40}}? (?:was|were|got) \w+ by {LED}{_PERSON}"
            rf"|\b(?:approved|merged|deployed|signed off|waved through|pushed"
            rf"|released) by {LED}{_PERSON}(?: \S+){{0,2}}? "
            rf"{BLINDLY}"
        ),
        not_as_planned,
    ),
    Rule(
        "done by somebody by name",
        exact_pattern(
            rf"(?i:{_PASSIVE}{_HARMED}(?: [^\s.;!?]+){{0,6}}? by|\bthe wrong [^.;!?]{{1,40}}? (?:was|were"
            rf"|got) \w+ by) {NAME}"
            r"(?:[\s.,;!?)]|$)"
            rf"|(?i:\b(?:approved|merged|deployed|signed off|waved through|pushed"
            rf"|released) by) (?P<other>\p{{Lu}}\p{{Ll}}+)"
            rf"(?i:(?: \S+){{0,2}}? {BLINDLY})"
        ),
        lambda found, text: (found.group("name") is None or is_name(found)) and not_as_planned(found, text),
    ),
    Rule(
        "somebody's work did it",
        pattern(
            rf"(?:\b(?:his|her|their|my|your)|\b{ROLE}(?:'s|s')|@[\w.-]+'s"
            rf"|<@[^<>]+>(?:'s)?) (?:[\w-]+ ){{0,2}}?{_WORK}"
            rf"(?: (?:is|was) (?:what|the (?:one|thing) that)| that)? {_HARMS}\b"
            rf"|\b{_WORK} (?:by|of|from) {LED}{ROLE}(?: \S+){{0,3}}? (?:is|was)? ?(?:what|that)? ?{_HARMS}\b"
        ),
    ),
    Rule(
        "somebody's work did it, by name",
        exact_pattern(
            rf"(?:^|[\s(\"'*_>:,.-]){NAME}'s (?i:(?:[\w-]+ ){{0,2}}?{_WORK}(?: (?:is|was) (?:what|the (?:one"
            rf"|thing) that)"
            rf"| that)? {_HARMS}\b)"
        ),
        lambda found, text: is_name(found),
    ),
    Rule(
        "nobody checked",
        pattern(
            rf"\b(?:no(?:body|[ -]one)|none of (?:us|them|the \w+))(?: (?:from|in|on|at"
            rf"|of) (?:the )?[\w-]+(?: (?:team|side"
            rf"|squad|department))?)?(?: (?:had|has|have|ever|even|really|actually|ever|properly"
            rf"|there))* {_CHECKED}\b"
        ),
    ),
    Rule(
        "praise that is none",
        pattern(
            rf"\b(?:{_PRAISE})(?:,| to| for| from)? (?:[\pL.@<>-]+,? )?(?:you|whoever|for (?:taking|breaking"
            rf"|deleting|dropping"
            rf"|killing|wiping))\b|\bthanks to (?:our|the|those|some) {_IRONIC} [\w-]+(?: [\w-]+)?"
            rf"|\b(?:our|the|those) (?:so-called |self-appointed )(?:\w+ )?(?:experts?|engineers?|specialists?"
            rf"|team|gurus?)"
        ),
    ),
    Rule(
        "it began with somebody",
        pattern(
            rf"\b(?:culprits?|guilty party|offenders?|one to blame) (?:is|are|was|were|here is|in this case is"
            rf"|turned out to"
            rf" be) {LED}{SOMEONE}|\b(?:outage|incident|mess|failure|this one) belongs to (?:the "
            rf"|our )?[\w-]+(?: team)?\b"
            rf"|\b(?:came|comes|boils|boiled|is|was) down to (?:one|a single|the|an?"
            rf"|our) (?:[\w-]+ ){{0,2}}?{ROLE} (?:who|not"
            rf"|being|that|\w+ing)\b|\b(?:we|they|customers|users|everyone) (?:were|was|got|are|have been|had been"
            rf"|'ve been)"
            rf"(?: once more| again| badly)? let down by\b|\b(?:it|this|all|everything)(?: all)? (?:started"
            rf"|began) (?:with|when)"
            rf" {LED}{ROLE} \w+(?:ing|ed)\b"
        ),
    ),
    Rule(
        "it began with somebody by name",
        exact_pattern(
            rf"(?i:\b(?:it|this|all|everything)(?: all)? (?:started|began|starts|begins) (?:with"
            rf"|when)) {NAME} \p{{Ll}}+(?:ing|ed)\b"
        ),
        lambda found, text: is_name(found),
    ),
)
