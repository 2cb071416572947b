"""Where is somebody the cause from the side: in the passive, by their work, with irony, or as "nobody"?"""

from __future__ import annotations

from bot.patterns import Found, exact_pattern, pattern
from bot.wording.people import DEPARTMENT, LED, NAME, ROLE, SOMEONE, is_name
from bot.wording.persons.guards import not_as_planned
from bot.wording.persons.manner import BLINDLY
from bot.wording.persons.verbs import DAMAGE, DID, FAILING
from bot.wording.rule import Rule

#: Deeds that harm by what they are, as they stand after "was".
_HARMED = (
    r"(?:taken (?:down|offline|out)|brought down|knocked (?:out|over|offline)|deleted|dropped|wiped|overwritten"
    r"|emptied|erased|killed|unplugged|locked out|crashed|corrupted|shut (?:off|down)|disabled|leaked|exposed"
    r"|forgotten|ignored|overlooked|missed|skipped|swapped|mixed up|misconfigured|mis-?(?:read|typed|labelled"
    r"|labeled|handled|judged|understood|wired|set)|left (?:open|on|off|out|running|exposed|enabled|disabled"
    r"|unlocked|unattended|behind)|let (?:lapse|expire|slip|rot|go stale)|rubber-?stamped|waved through"
    r"|pushed through|nuked|trashed|bypassed|neglected|hammered|silenced|muted|thrown away|lost|cut|damaged|broken"
    r"|flooded|botched|rushed|forced through|cut short)"
)
_PERSON = (
    rf"(?:{ROLE}\b|(?:{DEPARTMENT}|human (?:hands|beings?))(?:[\s.,;:!?)]|$)|<@|@[\w.-]+|some(?:one|body)\b|him\b"
    r"|her\b|them\b|us\b)"
)
_PASSIVE = r"\b(?:was|were|got|been|is|are|being)(?: (?:\w+ly|all|simply|just|again|then))* "
#: After a person, what says that they were the wrong one, or in the wrong way.
_UNFIT = (
    r"(?: \S+){0,6}? (?:who (?:does|did|do|has|had|was|is|were|would|could)(?:n't| not| no)?|in (?:a|his|her"
    r"|their) (?:hurry|rush)|without|instead of|by (?:mistake|accident|hand at)|on a whim)\b"
)
#: Things that people make and answer for.
_WORK = (
    r"(?:change|changes|commit|commits|script|scripts|deploy|deployment|release|migration|merge|pr|pull request"
    r"|patch|fix|hotfix|query|queries|edit|edits|refactoring|refactor|experiment|test|config|job|cron job|update"
    r"|upgrade|code)"
)
#: Nothing follows: "it was Ana's change that we rolled back" tells of a response.
_WORK_ALONE = rf"(?:[\w-]+ ){{0,2}}?{_WORK}\W*(?:$|[.;!\n]|, )"
_ALL = r"(?: all| just| only| once again| again| simply)?"
_POOR_WORK = (
    r"\b(?:careless|reckless|sloppy|hasty|rushed|clumsy|botched|thoughtless|negligent|ill-advised"
    r"|unreviewed|untested|unannounced) [\w-]+(?: [\w-]+)?"
)
_HARMS = (
    r"(?:broke|breaks|killed|kills|took (?:down|out|the|us|prod\w*|everything)|brought (?:down|the|us|prod\w*"
    r"|everything)|emptied|wiped|deleted|caused|crashed|flooded|overwrote|locked|corrupted|dropped|ruined|leaked"
    r"|started (?:it|this|all)|knocked|blew up|triggered)"
)
_CHECKED = (
    r"(?:checked|double-?checked|verified|tested|reviewed|validated|read|looked (?:at|into|over|twice)|questioned"
    r"|monitored|proofread|rehearsed|felt responsible|took (?:responsibility|ownership|care|notice)|opened (?:it|the"
    r"|a)|asked (?:the|a|for|us)|took the (?:trouble|time)|made the effort|thought (?:of|about|it through|to)|cared"
    r"|bothered|remembered|followed (?:up|the|it)|did (?:their|his|her|the) (?:job|homework|work))"
)
#: What somebody did to a thing that ran.
_TOUCHED = (
    r"(?:changed|deleted|re-?ran|ran|left|turned|switched|removed|pushed|merged|deployed|edited|renamed|moved"
    r"|disabled|unplugged|pasted|copied|shipped|uploaded|dropped|overwrote|killed|typed|clicked|hit|loaded|swapped"
    r"|touched|cut|wiped|pulled|rebooted|upgraded|downgraded|committed|hard-?coded|commented|rotated|reverted|purged"
    r"|flushed|set|truncated|released|reconfigured|shut|closed|opened|published|bumped|raised|lowered|modified"
    r"|altered|messed|played|fiddled)"
)
#: Before "because", what nobody is blamed for.
_GOOD_NEWS = pattern(
    r"\b(?:noticed|found|caught|recovered|resolved|saved|knew|know|fast|quick\w*|helped|lucky|luckily|good|well"
    r"|worked|went away|ended|stopped|fell|cleared|restored|back|normal|short|contained|fixed|see|learned|improved)\b"
)
_PRAISE = (
    r"(?:great|good|nice|fine|excellent|brilliant|stellar|amazing|wonderful|lovely) (?:work|job|one|move|going"
    r"|stuff)|well (?:done|played)|bravo|congrat(?:s|ulations)|kudos|hats off|thanks a lot|slow clap"
    r"|round of applause"
)
_IRONIC = (
    r"(?:brilliant|genius|wonderful|lovely|beloved|amazing|clever|esteemed|dear|glorious|marvellous|smart|so-called)"
)


def _bad_news(found: Found, text: str) -> bool:
    """Not "we noticed because somebody looked"."""
    first = max(text.rfind(mark, 0, found.start()) for mark in ".;!?\n") + 1
    return _GOOD_NEWS.search(text[first : found.start()]) is None and not_as_planned(found, text)


#: Before a person: "half of the annotators".
_SOME = rf"(?:(?:half|some|most|many|one|two|several|all) of )?{LED}"

RULES = (
    Rule(
        "done by somebody",
        pattern(
            rf"{_PASSIVE}{_TOUCHED}(?: [^\s.;!?]+){{0,4}}? by some(?:one|body)\b"
            rf"|{_PASSIVE}{_HARMED}(?: [^\s.;!?]+){{0,6}}? by {_SOME}{_PERSON}"
            rf"|{_PASSIVE}\w+(?: [^\s.;!?]+){{0,6}}? by {LED}{_PERSON}{_UNFIT}"
            rf"|{_PASSIVE}\w+(?: [^\s.;!?]+){{0,4}}? (?:in|into|to|on) (?:a|the) (?:public|open|wrong"
            rf"|shared) \w+ by {LED}{_PERSON}|\bthe wrong [^.;!?]{{1,40}}? (?:was|were|got) \w+ by {LED}{_PERSON}"
            r"|\b(?:approved|merged|deployed|signed off|waved through|pushed"
            rf"|released) by {LED}{_PERSON}(?: \S+){{0,2}}? {BLINDLY}"
        ),
        not_as_planned,
    ),
    Rule(
        "done by somebody by name",
        exact_pattern(
            rf"(?i:{_PASSIVE}\w+(?: [^\s.;!?]+){{0,6}}? by) (?P<one>\p{{Lu}}\p{{Ll}}+)(?i:(?: \S+){{0,2}}? {BLINDLY})"
            rf"|(?i:{_PASSIVE}{_HARMED}(?: [^\s.;!?]+){{0,6}}? by|\bthe wrong [^.;!?]{{1,40}}? (?:was|were|got) \w+ by)"
            rf" {NAME}(?:[\s.,;:!?)]|$)|(?i:\b(?:approved|merged|deployed|signed off|waved through|pushed|released) by)"
            rf" (?P<other>\p{{Lu}}\p{{Ll}}+)(?i:(?: \S+){{0,2}}? {BLINDLY})"
        ),
        lambda found, text: (found.group("name") is None or is_name(found)) and not_as_planned(found, text),
    ),
    Rule(
        "somebody's work did it",
        pattern(
            rf"(?:\b(?:his|her|their|my|your)|\b{ROLE}(?:'s|s')|@[\w.-]+'s"
            rf"|<@[^<>]+>(?:'s)?) (?:[\w-]+ ){{0,2}}?{_WORK}(?: (?:is|was) (?:what|the (?:one|thing) that)"
            rf"| that)? {_HARMS}\b|\b{_WORK} (?:by|of|from) {LED}{ROLE}(?: \S+){{0,3}}? (?:is|was)? ?(?:what"
            rf"|that)? ?{_HARMS}\b"
        ),
    ),
    Rule(
        "somebody's work did it, by name",
        exact_pattern(
            rf"(?:^|[\s(\"'*_>:,.-]){NAME}'s (?i:(?:[\w-]+ ){{0,2}}?{_WORK}(?: (?:is|was) (?:what|the (?:one"
            rf"|thing) that)| that)? {_HARMS}\b)"
        ),
        lambda found, text: is_name(found),
    ),
    Rule(
        "it was somebody's work",
        pattern(
            rf"\b(?:it|this|that)(?: was|'?s| is){_ALL} (?:his|her|their|my|your|(?:the |our )?{ROLE}(?:'s|s'))"
            rf" {_WORK_ALONE}"
        ),
    ),
    Rule(
        "it was somebody's work, by name",
        exact_pattern(rf"(?i:\b(?:it|this|that)(?: was|'?s| is){_ALL}) {NAME}'s (?i:{_WORK_ALONE})"),
        lambda found, text: is_name(found),
    ),
    Rule(
        "it was somebody by name who did",
        exact_pattern(
            rf"(?i:\b(?:it|this|that) (?:was|is)(?: once again| again| just)?) {NAME},? (?i:who|that)(?i:(?: \w+ly"
            rf"| had| has| then| just)* (?:{_TOUCHED}\b|{DAMAGE}|{FAILING}))"
        ),
        lambda found, text: is_name(found) and not_as_planned(found, text),
    ),
    Rule(
        "somebody unfit did it",
        pattern(
            r"\b(?:careless|reckless|sloppy|rogue|lazy|negligent|clueless|inexperienced|impatient|overconfident"
            r"|distracted|incompetent|overeager|overzealous|sleepy"
            rf"|untrained) (?:[\w-]+ )?{ROLE}(?: \S+){{0,3}}? (?:{DID}|\w+ed)\b"
        ),
    ),
    Rule(
        "nobody checked",
        pattern(
            rf"\b(?:no(?:body|[ -]one)|none of (?:us|them|the \w+)|not (?:a single|one) {ROLE})(?: (?:from|in|on|at"
            r"|of) (?:the )?[\w-]+(?: (?:team|side|squad|department))?)?(?: (?:had|has|have|ever|even|really"
            rf"|actually|ever|properly|there))* {_CHECKED}\b"
        ),
    ),
    Rule(
        "somebody, whoever that was, did it",
        pattern(
            r"\b(?:some(?:one|body)|whoever)(?: (?:else|again))?(?:,? (?:on|from|in|at|of|with) (?:(?:the"
            r"|our) )?[\w&-]+(?: (?:team|side|squad|shift|department))?)?(?: (?:had|has|just|also|then|apparently"
            rf"|obviously|must have|simply))* {_TOUCHED}\b"
        ),
        not_as_planned,
    ),
    Rule(
        "because somebody did it",
        pattern(
            rf"\b(?:because|since|only as) (?:{LED}{ROLE}|{DEPARTMENT}|he|she|some(?:one|body)|<@[^<>]+>"
            rf"|@[\w.-]+)(?: (?:had|has|just))* {_TOUCHED}\b"
        ),
        _bad_news,
    ),
    Rule(
        "poor work by somebody",
        pattern(rf"{_POOR_WORK} (?:by|from|of) {LED}{_PERSON}"),
    ),
    Rule(
        "poor work by somebody by name",
        exact_pattern(rf"(?i:{_POOR_WORK} (?:by|from|of)) {NAME}(?:[\s.,;:!?)]|$)"),
        lambda found, text: is_name(found),
    ),
    Rule(
        "nothing but somebody",
        pattern(
            r"(?:^|[.!?:;,\n] ?)(?:(?:well|so|yes|honestly|frankly|basically),? )?(?:(?:it|this|that)(?: was|'s"
            rf"| is) )?(?:all )?(?:the|our|that|an?) (?:[\w-]+ ){{0,2}}?{ROLE}(?: (?:from|in|of"
            r"|at) (?:the )?[\w-]+)?,? (?:of course|again|as (?:usual|always|ever)|who else|once (?:more|again)"
            r"|naturally)\W*(?:$|[.\n])|(?:^|[.!?:;\n] ?)(?:it|this|that)(?: was|'s) (?:all )?(?:the"
            rf"|our) (?:[\w-]+ ){{0,2}}?{ROLE}(?: (?:from|in|of|at) (?:the )?[\w-]+)?\W*(?:$|\n)|\b{ROLE}(?:'s"
            r"|s') (?:own )?(?:mess|doing|handiwork|baby|failure|shortcut|half-baked)\b"
        ),
    ),
    Rule(
        "praise that is none",
        pattern(
            rf"\b(?:this|that) is what (?:happens|you get|we get) when\b|\bthanks to (?:[\pL]+'s|{LED}{ROLE}(?:'s"
            r"|s')) (?:[\w-]+ ){1,4}?(?:we|customers|users|everything|everyone|nothing|half) (?:lost|were|was|had"
            rf"|spent|broke|missed|could|couldn't|got|went)\b|\b(?:{_PRAISE})(?:,| to| for"
            r"| from)? (?:[\pL.@<>-]+,? )?(?:you|whoever|for (?:taking|breaking|deleting|dropping|killing"
            rf"|wiping))\b|\bthanks to (?:our|the|those|some) {_IRONIC} [\w-]+(?: [\w-]+)?|\b(?:our|the"
            r"|those) (?:so-called |self-appointed )(?:\w+ )?(?:experts?|engineers?|specialists?|team|gurus?)"
            r"|\b(?:can|could|have) (?:all |only )?(?:to )?thank (?:the |our |those )?[\w-]+(?: [\w-]+){0,2}? for"
            r" (?:this|that|it)(?: one| mess| outage| incident| night)?\W*(?:$|\n)"
        ),
    ),
    Rule(
        "somebody called names",
        pattern(
            r"\b(?:some|which|whatever|what) (?:complete |absolute |total |bloody |real |utter )?(?:genius|hero|clown"
            r"|joker|idiot|moron|fool|muppet|cowboy|bright spark|wise ?guy|smart ?(?:ass|arse|alec\w*))\b"
        ),
    ),
    Rule(
        "it began with somebody",
        pattern(
            r"\b(?:carelessness|negligence|impatience|haste|arrogance|laziness|incompetence|sloppiness|ignorance"
            rf"|stubbornness|recklessness) (?:of|by|on the part of) {LED}{SOMEONE}|\b(?:caused|triggered|provoked"
            r"|started|brought on) by (?:\S+ ){0,3}?(?:change|edit|action|decision|intervention|experiment|deploy"
            rf"|mistake|move) (?:of|by|from) {LED}{SOMEONE}|\b{ROLE}(?:'s|s') (?:decision|choice|idea|attempt|plan"
            r"|habit)[^.;!?]{0,60}? (?:brought|took|cost|led to|caused|broke|killed)\b|\b(?:culprits?"
            r"|guilty party|offenders?|one to blame) (?:is|are|was|were|here is|in this case is"
            rf"|turned out to be) {LED}{SOMEONE}|\b(?:outage|incident|mess|failure|this one) belongs to (?:the "
            r"|our )?[\w-]+(?: team)?\b|\b(?:came|comes|boils|boiled|is|was) down to (?:one|a single|the|an?"
            rf"|our) (?:[\w-]+ ){{0,2}}?{ROLE} (?:who|not|being|that|\w+ing)\b|\b(?:we|they|customers|users"
            r"|everyone) (?:were|was|got|are|have been|had been|'ve been)(?: once more| again"
            r"| badly)? let down by\b|\b(?:it|this|all|everything)(?: all)? (?:started|began|went (?:south|wrong"
            r"|downhill|bad)|fell apart|blew up|collapsed) (?:with|when|after|because|as soon as|the moment"
            rf"|once) {LED}{ROLE} \w+(?:ing|ed)\b"
        ),
    ),
    Rule(
        "it began with somebody by name",
        exact_pattern(
            r"(?i:\b(?:it|this|all|everything)(?: all)? (?:started|began|starts|begins|went (?:south|wrong|downhill"
            r"|bad)|fell apart|blew up|collapsed) (?:after|because|as soon as|the moment|once|with"
            rf"|when)) {NAME} \p{{Ll}}+(?:ing|ed)\b"
        ),
        lambda found, text: is_name(found),
    ),
)
