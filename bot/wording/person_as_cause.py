"""Where does a text tell of a person, a team or a supplier as the cause?

What people did in their roles ("the on-call engineer rolled back") is no cause, nor what they could not know.
"""

from __future__ import annotations

from bot.patterns import Found, exact_pattern, pattern
from bot.wording.people import ADVERBS, DEPARTMENT, LED, NAME, ROLE, SOMEBODY, SOMEONE, SUPPLIER, is_name
from bot.wording.rule import Rule

#: What only a person can do, and only badly.
_FAILING = (
    r"(?:mis-?(?:a|c|d|f|g|h|i|j|k|l|m|n|o|p|q|r|t|u|v|w|y|z|sp)\w*(?:ed|read|set|took|understood)|(?:over"
    r"|under)(?:ruled|rode|reacted|stepped|estimated|looked)|locked out (?:the|everyone|everybody|all|our|half)"
    r"|(?:fiddled|tampered|meddled|toyed|played|messed) (?:around )?with|handed (?:it|this|that) to (?:no one|nobody)"
    r"|(?:wired|configured|installed|labelled|labeled|mounted|entered|set|connected|typed|applied|implemented|coded"
    r"|sized|tuned|merged|calculated|handled|executed) (?:[^\s.;!?]+ ){0,5}?(?:incorrectly|wrongly|improperly|badly"
    r"|poorly|wrong)\b|owes? us|kept (?:quiet|silent)|clicked (?:through|past|away)|denied"
    r"|signed off on (?:an? )?(?:un\w+|bad|\w+less)|skipped (?:the |all |his |her |their |our "
    r"|any )?(?:\w+ )?(?:review|tests?|testing|checks?|canary|staging|steps?|approvals?|process|procedure|validation"
    r"|checklist)|thought (?:he|she|they) (?:was|were|had)|(?:didn't|did not|doesn't|does not) know (?:what (?:he|she"
    r"|they)|how to|any better)|(?:left|gave|wrote|sent|handed over|documented|checked|tested|told us) (?:no|nothing"
    r"|nobody)\b|let (?:this|it|that|them) (?:slip|through|pass|happen)|forgot(?:ten)?|forgets?|ignor(?:ed?|es|ing)"
    r"|neglect(?:ed|s)?|mis-?typed|mis-?read|misjudged|mishandled|mis-?configured|misclicked|mislabell?ed"
    r"|misunderstood|overlooked|underestimated|panicked|fat[- ]?fingered|(?:mess|screw|fuck|f\*+k|cock|muck|foul"
    r"|stuff)(?:ed|es|s)? (?:(?:it|this|that|things|everything|us|the [\w-]+) )?(?:up|over)|screwed (?:us|it)|botched"
    r"|blew (?:it|this)|bungled|fumbled|dropped the ball|slept through|slacked|(?:is|was|were|'s|'re) (?:too |so "
    r"|very )?(?:asleep (?:again|at|on|during)|too proud|too lazy|careless|sloppy|lazy|negligent|distracted"
    r"|inattentive|inexperienced|slow|incompetent|unprepared|reckless|clueless|drunk)\b|(?:was not|were not|wasn't"
    r"|weren't|isn't|is not|not) (?:paying|careful|monitoring|watching|listening|attentive|testing|checking|following"
    r"|looking|reading|doing (?:his|her|their)|reviewing|escalating|telling|asking|informing|updating)|(?:did|do|does"
    r"|doing|done) (?:his|her|their) jobs?\b|had no business|got (?:complacent|careless|lazy|sloppy|cocky)|(?:can't"
    r"|cannot|could not) be trusted|kept (?:it|this|that) (?:to|quiet|secret|from)|should be (?:held|fired|disciplined"
    r"|replaced|punished|blamed)|(?:needs?|has|have|must) to (?:learn|be (?:trained|fired|replaced|disciplined"
    r"|more careful)|pay (?:more )?attention|wake up|take responsibility)|(?:is|was|were|are) the (?:reason|culprits?"
    r"|cause|problem|weak link)|(?:is|was|were|are) to be blamed|introduced (?:the|a|this|that|an) (?:\w+ )?(?:bug"
    r"|fault|regression|error|vulnerability|defect|flaw|leak|issue|problem)|made (?:a|the|this|that|another"
    r"|an) (?:[\w-]+ )?(?:mistake|error|blunder)|missed (?:the|a|an|that|this|it|his|her|their|our|my)\b|(?:didn't"
    r"|did not|don't|do not|doesn't|does not|never|wouldn't|would not) (?:even |really )?(?:bother|care\b"
    r"|think (?:about|of|it|twice|ahead|before|further)|pay (?:\w+ )?attention|listen)|(?:can't"
    r"|couldn't) (?:be bothered|care less)|bothered to|did (?:a|an) (?:\w+ )?(?:terrible|bad|poor|lousy|awful|sloppy"
    r"|horrible) job|left (?:\w+ ){1,4}?(?:open|running|exposed|enabled|disabled|unlocked|unattended|unprotected|lying"
    r"|behind|in place|switched (?:on|off)|turned (?:on|off)|(?:on|off)(?:[,.;]|$| for | after | by | and ))|rushed"
    r"|rushes|insisted (?:on|that)|pressured|refus(?:ed|es)|promised|dragged (?:his|her|their) feet|(?:keeps?"
    r"|kept) \w+ing|knew [^.;!?]{0,60}?(?:and|but|yet) (?:did|said|told) (?:nothing|nobody|no one)|(?:did|said"
    r"|told) (?:nothing\b|nobody|no one|none of)|sat on|wasted|lost (?:us|the data)|cost us|let (?:\w+ ){1,3}?(?:drift"
    r"|expire|lapse|slip|rot|run out|run wild|go stale|down)\b|mixed(?:-| )up|confused (?:the|prod|staging|it)"
    r"|went home|gave up|walked away|looked away|ha(?:s|ve|d) no (?:clue|idea (?:what|how|about))|lack(?:s"
    r"|ed) (?:the )?(?:\w+ )?(?:knowledge|skills?|experience|discipline|training)|(?:has|have"
    r"|had) (?:only )?(?:himself|herself|themselves) to blame|ma(?:de|kes?) (?:it|things|everything|matters) (?:much "
    r"|even |a lot )?worse|gave us (?:the|a) wrong|sent us (?:a|the) (?:corrupted|broken|wrong|bad)|(?:was"
    r"|were) warned|took (?:too long|forever|ages)|took (?:his|her|their) (?:sweet )?time|cut corners|jumped the gun"
    r"|guessed|tested in prod\w*|should be ashamed|bypassed|circumvented|violated|disregarded|hid\b|lied|pushed for"
    r"|pushed through|has no sense)"
)
#: What a person left undone, told as the cause.
_UNDONE = (
    r"(?:didn't|did not|never|hadn't|had not|doesn't|does not|don't|do not|failed to|fails to|refused to|neglected to"
    r"|omitted to|neither)(?: (?:even|actually|really|properly|bother to|want to|ever|once))* (?:read|reads|check"
    r"|checks|double[- ]?check|test|tests|look|tell|inform|notify|notice|follow|review|update|verify|escalate|ask"
    r"|respond|answer|react|listen|document|communicate|mention|warn|announce|monitor|watch|do|validate|confirm|add"
    r"|set|run|pay|think|care|remember|looked|told|checked|tested|asked|answered|responded|reviewed|followed|updated"
    r"|informed|notified|verified|documented|announced|mentioned|warned|escalated|watched|re-?enabled|renewed|cleaned"
    r"|patch|patched|renew|coordinate|apologi[sz]e|hand over|close|clean|enable|disable|restore|take|raise|raised"
    r"|report|act|move|rotate|back up|plan|prepare|secure|configure|realise|realize|understand|share|consult|involve"
    r"|speak|talk|call|page|wait|speak up)\b"
)
_DID = (
    r"(?:shut (?:off|down)|switched (?:off|on)|turned (?:off|on)|pulled|closed|moved|stopped|killed|picked|selected"
    r"|sent|deleted|dropped|ran|run|pushed|rebooted|restarted|removed|deployed|merged|changed|pasted|clicked|typed"
    r"|entered|applied|committed|released|shipped|overwrote|truncated|wiped|disabled|enabled|unplugged|edited|copied"
    r"|executed|launched|approved|skipped|force-pushed|rolled (?:out|back)|signed (?:it |this |that )?off|hit|pressed"
    r"|fed|loaded|uploaded|promoted|used|put|chose|did (?:it|this|that|so)|rotated|updated|upgraded|opened|left"
    r"|connected|scaled|configured|purged|cleared|published|mounted|assigned|granted|revoked|swapped|cut|wrote|called"
    r"|rerun|reran|set|reverted|imported|migrated|renamed|patched|installed|activated|started|flipped|decided"
    r"|went ahead|reused|treated|gave|filled|created|added|modified|altered|switched|accepted|ordered|labelled|labeled"
    r"|pinned)"
)
#: By which a deed reads as a fault.
_BADLY = (
    r"(?:accidentally|by accident|by mistake|mistakenly|carelessly|inadvertently|blindly|unintentionally|recklessly"
    r"|(?:the|a|two|our) wrong|(?:an? |the )?(?:untested|broken|buggy|half-finished|unreviewed|corrupt(?:ed)?|faulty"
    r"|incorrect|invalid|bad|flawed|unsafe|outdated|half-baked|garbage|risky|poor) \S+|(?:too|far too) (?:early|late"
    r"|soon|fast|quickly)|prematurely|without (?:any |even |first |proper |prior |a )*(?:testing|checking|telling"
    r"|asking|reading|thinking|looking|review|permission|approval|a second|second|informing|warning|notifying"
    r"|announcing|waiting|approval|notice|backup|back-?up|verifying|understanding|knowing|consulting|coordinating"
    r"|tests?|running|a where|where|evals?|evaluating|evaluation|announcement|authori[sz]ation|plan|rollback plan"
    r"|letting|talking|following)|straight (?:to|into|in)|directly (?:to|into|on|in) (?:main|master|prod\w*|the live)"
    r"|(?:although|even though|despite) .{0,40}|before (?:i|he|she|they|we) (?:had |even )*(?:read|checked|tested|knew"
    r"|looked|asked|understood|verified|thought)|during (?:business|office|peak|working|trading) hours"
    r"|in the middle of (?:the|a) \w+|on (?:a )?friday(?: (?:evening|afternoon|night))?|(?:nobody|no one"
    r"|none of us) (?:had )?\w+ed|from (?:his|her|their|a) (?:own )?laptop|thinking it was|and (?:then )?(?:left|went"
    r"|walked) \w+|and (?:then )?(?:told|informed) (?:nobody|no one)|and (?:just )?(?:hoped|assumed|forgot)|and (?:he "
    r"|she |they )?(?:never|didn't|did not) \w+|on (?:his|her|their|my) own\b|for no reason|(?:that|which) (?:broke"
    r"|crashed|took (?:down|out)|killed|wiped|corrupted|brought down)|on garbage|on bad data|(?:into|in|on"
    r"|to) the wrong|whole (?:\w+ )?(?:outage|incident))"
)
#: What a person did to the thing that broke.
_DAMAGE = (
    r"(?:br(?:o|ea)ke?s? (?:the|it|this|that|our|everything|prod\w*|staging|main|master|checkout|login|things"
    r"|[\w-]+ing)\b|caused? (?:the|this|it|an?|our|all|that|another)\b|triggered (?:the|this|our) (?:outage|incident"
    r"|failure)|(?:took|brought|knocked) (?:(?:down|out|offline) \w+|(?:the site|prod\w*|everything|it|us"
    r"|the \w+) (?:down|offline|out))|(?:wiped|ruined|destroyed|trashed|nuked|corrupted|crashed|sank|leaked) (?:the"
    r"|our|all|everything|half|prod\w*|it|a|an|customer|data)\b|killed (?:the|our|all|prod\w*|everything)\b"
    r"|locked (?:everyone|everybody|us all|us|all users) out|(?:is|was|were|are|'s|'re|am|'m) (?:solely |entirely "
    r"|clearly |the ones? )?(?:to blame|at fault|guilty)|(?:is|was|were|are|am|'m|'re|'s) (?:all |solely |entirely "
    r"|fully )?responsible for (?:the|this|that) (?:outage|incident|problem|mess|failure|downtime|breakage|damage"
    r"|disaster|delay|bug|leak)|caused)"
)
_ACCIDENT = r"(?:accidentally|mistakenly|carelessly|inadvertently|wrongly|stupidly|blindly|recklessly|unintentionally)"
_DEED = rf"{_DID}(?: [^\s.;!?]+){{0,9}}? {_BADLY}"
_SECOND_DEED = rf"\w+ (?:[^\s.;!?]+ ){{1,8}}?(?:and|but) (?:{_UNDONE}|{_FAILING}|{_DAMAGE}|{_DEED})"
_PREDICATE = rf"(?:{_FAILING}|{_UNDONE}|{_ACCIDENT} \w+|{_DEED}|{_DAMAGE})"
#: What went wrong, before "because" and a person.
_OUTCOME = (
    r"(?:outage|incident|downtime|failure|problem|issue|mess|leak|crash|it all|it|this|everything|all|whole thing|bug"
    r"|delay|disaster|breach|we)"
)
_BECAUSE = (
    rf"(?:\b{_OUTCOME} (?:only |all |just )?(?:happened|occurr?ed|started|began|begins|went down|went wrong|failed"
    rf"|broke"
    r"|crashed|goes back to|comes down to|came from|was down|collapsed|is here|was there"
    r"|arose)(?: \w+){0,2}?,? (?:because|since|when|as|after|due to|thanks to|on account of)(?: of)?|\b(?:root |main "
    r"|real |immediate |direct |outage |underlying )?(?:causes?|reasons?|culprit|trigger|origin)(?: (?:of|for"
    r"|behind) (?:the |this |our |all )?[\w-]+(?: [\w-]+)?)? ?(?:is|was|were|:|=|-|–|being)(?: (?:simply|just|clearly"
    r"|probably|that|because|quite simply))*|\b(?:goes back to|traced (?:back )?to|attributable to|attributed to"
    r"|down to the fact that|caused by the fact that)) "
)
_NEUTRAL_VERBS = (
    r"(?:had|has|have|is|was|were|are|could|couldn't|cannot|can't|can|didn't|did|needed|needs|got|received|never|no|on"
    r"|not|followed|used|and|or|in|for|to|of|at|from|with|tool|tools|cluster|service|system|error|access|console"
    r"|report|data|platform|portal|api|script|form|guide|manual|schedule|rotation|alert|alerts|page|pages|budget|queue"
    r"|count|quota|limit|account|accounts|key|keys|role|roles|list|job|workload|traffic|laptop)"
)
#: By which any deed reads as a fault.
_BLINDLY = (
    r"(?:accidentally|by accident|by mistake|mistakenly|carelessly|inadvertently|blindly|recklessly|without (?:any "
    r"|even |first |proper |prior |properly |actually |the |a |an )*(?:(?:check|test|ask|tell|inform|coordinat|validat"
    r"|verify|mak|tak|follow|consult|notify|warn|announc|gett|read|look|think|understand|know|runn|review|wait"
    r"|consider|document|confirm|measur|evaluat|sync|involv|updat|escalat|drain|talk|speak|read|back|let|giv"
    r"|communicat|discuss|approv|plan|stag|agree|double-check|authori[sz]|clear)\w*ing\b|(?:permission|approval"
    r"|authori[sz]ation|notice|warning|review|backup|consent|supervision|testing|tests|announcement|a word|agreement"
    r"|coordination|consultation)\b)|before (?:taking|making|checking|testing|asking|reading|verifying|telling|backing"
    r"|confirming|getting|waiting|the backup|the tests|approval)|(?:and|but|then) (?:told|informed|asked"
    r"|warned) (?:nobody|no one|none)|in (?:a (?:hurry|rush)|haste)\b|hastily|while (?:the )?\w+ (?:was|were) still"
    r"|despite (?:being told|(?:the|our|all|several|repeated) (?:\w+ )?(?:warnings?|freeze|alerts?|policy|rules?"
    r"|advice|objections?)))"
)
_ANY_DEED = rf"(?P<deed>[a-z]+ed|{_DID}|went|took|made|began|built|brought|threw|gave|broke|did)(?: [^\s.;!?]+){{0,9}}?"
#: What is rarely done on purpose; `_not_as_planned` lets off what was.
_DESTROYED = (
    r"(?:deleted|dropped|wiped|unplugged|terminated|truncated|overwrote|purged|exposed|leaked|broke|disabled|(?:turned"
    r"|switched) off|removed|erased|formatted) (?:the|our|all|every|half) (?:[\w-]+ ){0,2}?(?:bucket|database|tables?"
    r"|index|gateway|cluster|server|volume|alarms?|alerts?|alerting|monitoring|backups?|data|production|prod"
    r"|instances?|partition|records|replica|nodes?|disk|logs|placeholders|api|build|limit|queue|namespace|schema"
    r"|keys?)\b"
)
_PLANNED = pattern(
    r"\d{1,2}[:.h]\d{2}|\b(?:as|per|after|following) (?:planned|recommended|agreed|described|announced|instructed"
    r"|requested|scheduled|the|a|usual|it|part)\b|\bto (?:free|stop|mitigate|restore|drain|reduce|limit|protect|make"
    r"|relieve|isolate|prevent|end|test|let|get)\b|\btemporar|\bunused\b|\bold\b|\bplan(?:ned)?\b|\bticket\b"
    r"|\brunbook\b|\bso that\b"
)
#: What people did not do without any fault in it: "did not get the page", "never saw it".
_NOT_DONE = (
    r"(?:didn't|did not|never|hadn't|doesn't|does not|don't|do not)(?: (?:even|actually|really|properly|ever|fully"
    r"|once))*"
)
_BLAMELESS = (
    r"have|had|get|got|gotten|receive|received|know|known|knew|see|saw|seen|hear|heard|reach|need|want|mean|find|found"
    r"|expect|work|exist|happen|help|belong|join|feel|lose|touch|mind|agree|cause|break|like|use|blame|show|arrive"
    r"|start|stop|think|believe|recall|yet|to|been|before|want|seem|own|match|sleep|leave|change|speak|went|made|again"
    r"|at"
)
_NOBODY = (
    r"\bno(?:body|[ -]one)(?: [^\s.;!?]+){0,5}? (?:even )?(?:bothered|cared)\b|\bwe(?: all| just| simply)? (?:forgot"
    r"|ignored|neglected|messed (?:it |this )?up|screwed (?:it |this )?up|dropped the ball)\b"
)
_FAULT_NOUN = (
    r"(?:fault|mistakes?|negligence|carelessness|screw-?ups?|blunders?|errors?|oversight|incompetence|laziness"
    r"|ignorance|inaction|sloppiness|slow (?:response|reaction)|typo|haste|impatience|arrogance|bad (?:decision"
    r"|judge?ment)|failure to|poor (?:decision|judge?ment)|misjudge?ment|bad (?:deploy|change|commit|call))"
)
_CHANGE = (
    r"(?:own )?(?:\w+ ){0,2}?(?:change|deploy|deployment|commit|merge|pr|fix|migration|script|update|edit|release)"
)
_BLAMED = rf"\bblam(?:e|es|ed|ing) (?:it on |this on |for this )?(?:the |our |an? )?(?:[\w-]+ )?{SOMEONE}"


def _says_something(found: Found, text: str) -> bool:
    """Not "he forgot nothing", nor "I don't think"."""
    if _OPINION.search(found.group() or "") is not None:
        return False
    rest = text[found.end() : found.end() + 12].lstrip().lower()
    return not rest.startswith(("nothing", "no ", "wrong")) or "told no" in (found.group() or "")


def _somebodys(found: Found, text: str) -> bool:
    if _MEASURED.search(text[found.end() : found.end() + 20]) is not None:
        return False
    return not (found.group() or "").lower().startswith(("nobody", "no one", "git "))


def _named(found: Found, text: str) -> bool:
    return is_name(found) and _says_something(found, text)


def _deed_of_a_name(found: Found, text: str) -> bool:
    return is_name(found) and _DEED_WORD.fullmatch(found.group("deed") or "") is None


def _deed_of_a_role(found: Found, text: str) -> bool:
    return _DEED_WORD.fullmatch(found.group("deed") or "") is None


def _is_somebodys_work(found: Found, text: str) -> bool:
    """Not "the service's poor performance"."""
    owner, mark, _ = (found.group() or "").partition("'")
    return not mark or _A_ROLE.fullmatch(owner) is not None or owner[:1].isupper() or owner.startswith("@")


def _left_undone(found: Found, text: str) -> bool:
    """Not "if you don't turn it off", nor what one had never seen, did not see or did not get."""
    words = (found.group() or "").lower()
    if words.startswith(("you ", "i ")) or _NEW_TO_IT.search(words) is not None:
        return False
    return _deed_of_a_role(found, text) and _says_something(found, text)


_NEW_TO_IT = pattern(r"\b(?:has|had|have) never\b")
_A_ROLE = pattern(ROLE)


def _not_as_planned(found: Found, text: str) -> bool:
    """Not "dropped the index at 14:02, as planned": with a time, a plan or a purpose it is a step of the response."""
    first = max(text.rfind(mark, 0, found.start()) for mark in ".;!?\n") + 1
    return _PLANNED.search(text[max(first, found.start() - 60) : found.end() + 80]) is None


def _deed_of_anybody(found: Found, text: str) -> bool:
    return _DEED_WORD.fullmatch(found.group("deed") or "") is None and _says_something(found, text)


_OPINION = pattern(r"\b(?:i|we) (?:do not|don't|wouldn't|would not) (?:think|say|call)\b")
#: "Our error rate", "our error budget".
_MEASURED = pattern(r"^ (?:rates?|counts?|messages?|pages?|budgets?|logs?|codes?|reports?|handling|tracking|levels?)\b")
_DEED_WORD = pattern(rf"(?:{_NEUTRAL_VERBS}|{_BLAMELESS})")

RULES = (
    Rule("somebody failed", pattern(rf"{SOMEBODY}{ADVERBS} {_PREDICATE}"), _says_something),
    Rule("somebody failed to", pattern(rf"{SOMEBODY}{ADVERBS} (?:failed|fails|neglected|omitted) to \w+")),
    Rule("somebody did, and failed", pattern(rf"{SOMEBODY}{ADVERBS} {_SECOND_DEED}"), _says_something),
    Rule(
        "somebody did it blindly",
        pattern(rf"{SOMEBODY}{ADVERBS} {_ANY_DEED} {_BLINDLY}"),
        _deed_of_anybody,
    ),
    Rule(
        "somebody by name did it blindly",
        exact_pattern(rf"(?:^|[\s(\"'*_>:,.-]){NAME}(?i:{ADVERBS} {_ANY_DEED} {_BLINDLY})"),
        lambda found, text: is_name(found) and _deed_of_anybody(found, text),
    ),
    Rule("somebody destroyed it", pattern(rf"{SOMEBODY}{ADVERBS} {_DESTROYED}"), _not_as_planned),
    Rule(
        "somebody by name destroyed it",
        exact_pattern(rf"(?:^|[\s(\"'*_>:,.-]){NAME}(?i:{ADVERBS} {_DESTROYED})"),
        lambda found, text: is_name(found) and _not_as_planned(found, text),
    ),
    Rule("the one who", pattern(rf"\bthe ones? (?:who|that) (?:{_DID}|{_DAMAGE}|{_FAILING})")),
    Rule(
        "it is with somebody",
        pattern(
            rf"\b[\pL]+'s (?:own )?doing\b|\b(?:blame|fault) (?:goes|belongs|should go) to {LED}{SOMEONE}"
            rf"|\blet (?:the |an? )?{ROLE} (?:touch|near|anywhere|loose|deploy)\b|\b(?:blame|fault|responsibility"
            rf"|error|failure)(?: for \w+(?: \w+)?)? (?:lies|lay|rests|falls|sits|is) (?:solely |squarely "
            rf"|entirely )?(?:with|on) {LED}{SOMEONE}|\bon (?:his|her|their|your|my|[\pL]+'s) watch\b|\b{ROLE}(?:'s|s'"
            rf"|') (?:\w+ )?(?:decisions?|actions?|haste|impatience|handling|behaviou?r|choices?|attitude|omission"
            rf"|arrogance) (?:\w+ )?(?:led|caused|resulted|cost|brought|took|broke|meant|made)"
        ),
    ),
    Rule(
        "somebody did not",
        pattern(rf"{SOMEBODY}{ADVERBS} {_NOT_DONE} (?P<deed>\w+)"),
        _left_undone,
    ),
    Rule(
        "somebody by name did not",
        exact_pattern(rf"(?:^|[\s(\"'*_>:,.-]){NAME}(?i:{ADVERBS} {_NOT_DONE} (?P<deed>\w+))"),
        lambda found, text: _deed_of_a_name(found, text) and _says_something(found, text),
    ),
    Rule(
        "somebody's poor work",
        pattern(
            rf"(?:\b(?:his|her|their|my)|\b{ROLE}(?:'s|s'|'|)|@[\w.-]+'s|[\pL]{{3,}}'s) (?:careless|reckless|sloppy"
            rf"|hasty|poor|lazy|negligent"
            r"|irresponsible|thoughtless|rushed|clumsy|bad|lack of|inability|refusal|failure|incompetent|stupid"
            r"|shortcut)\b"
        ),
        _is_somebodys_work,
    ),
    Rule(
        "a department failed",
        pattern(
            rf"\b{DEPARTMENT} (?:{_FAILING}|(?:didn't|did not|never) (?:tell|told|inform|informed|ask|asked|bother"
            rf"|warn|listen|communicate|announce|answer|call|called|respond|responded|reply|replied|react|check"
            rf"|checked|escalate|escalated|follow|followed|test|tested|notify|notified)|sat |told nobody"
            rf"|[^.;!?]{{1,60}}? and told (?:nobody|no one))"
        ),
        _says_something,
    ),
    Rule("nobody cared", pattern(_NOBODY)),
    Rule(
        "somebody by name failed",
        exact_pattern(
            rf"(?:^|[\s(\"'*_>:,.-]){NAME}(?: and \p{{Lu}}\p{{Ll}}+)?(?i:{ADVERBS} (?:{_PREDICATE}|{_SECOND_DEED}"
            rf"|{_ACCIDENT})|'s? (?:own )?{_FAULT_NOUN}\b|'s? {_CHANGE} (?:{_DAMAGE}|deleted|wiped|overwrote|truncated"
            rf"|dropped|killed|crashed|flooded)|(?: \w+){{1,2}}'s {_FAULT_NOUN})"
        ),
        _named,
    ),
    Rule(
        "somebody by name, in small letters",
        pattern(
            r"(?:^|[.,;:!?\n] ?|\b(?:because|since|that|and) )(?P<name>[\pL]{2,15})(?: just| also"
            r"| simply)? (?:forgot (?:to|the|that|about)|mistyped|misread|overlooked|fat-?fingered|(?:messed"
            r"|screwed) (?:it |this |that )?up|didn't bother|did not bother|slept through|neglected to)\b"
        ),
        _named,
    ),
    Rule(
        "caused by somebody",
        pattern(
            rf"\b(?:caused|broken|(?:was|were|been|is|issue|outage|incident) triggered|introduced|brought on"
            rf"|provoked) by {LED}(?:{SOMEBODY}\b|{SOMEONE})|\b(?:botched|messed up|screwed up|wrecked|ruined|wiped"
            rf"|mishandled|bungled|sabotaged|neglected|destroyed|nuked) by {LED}{SOMEONE}|\b(?:because of|if not for"
            rf"|due to|thanks to) (?:the|our|that|this|some) (?:[\w-]+ ){{0,1}}?(?:engineer|developer|dev|consultant"
            rf"|contractor|operator|admin|dba|intern|vendor|guy|person|manager|colleague|tester|new hire)s?\b(?: we"
            rf"| the| it| this| that|[,.!]|$)|\bcaused by (?:\S+ ){{1,3}}?work (?:of|by|from) {LED}{SOMEONE}"
            rf"|\bresponsibility of {LED}{SOMEONE} that\b|\bperson responsible\b|\b(?:mishandling|failure|oversight"
            rf"|fault|misuse|inaction) (?:by|of|on the part of|from) {LED}{SOMEONE}|\bthe responsible {ROLE}\b"
            rf"|\bresponsible for (?:the|this) (?:outage|failure|incident|mess|damage|downtime|breakage|delay) (?:is"
            rf"|was|were|are) {LED}{SOMEONE}"
        ),
    ),
    Rule(
        "caused by somebody by name",
        exact_pattern(
            r"(?i:\b(?:caused|broken|(?:was|were|been|is|outage) triggered|introduced) by|\bbecause of|\bif not for"
            r"|\bcause ?[:=-]|\bculprit(?: is| was|:)|\bblame goes to|\bblam(?:e|es|ed|ing)(?: it on)?|\bfault of"
            r"|\b(?:this|that|it|one)(?:'s| is| was)(?: all)? on|\bmistake (?:by|of)|\btraced (?:back )?to"
            rf"|\bresponsible (?:\w+ )?(?:is|was|were)|\bit all goes back to) {NAME}(?:'s\b|[\s.,;!?)]|$)"
        ),
        lambda found, text: is_name(found),
    ),
    Rule(
        "somebody's fault",
        pattern(
            rf"(?:\b(?:my|his|her|their|your|our|whose)|\b{ROLE}(?:'s|s'|')|<@[^<>]+>(?:'s)?|@[\w.-]+'s|\b(?:someone"
            rf"|somebody|anyone|nobody|no one)(?: else)?'s) (?:own )?{_FAULT_NOUN}\b|\bfault of {LED}(?:{ROLE}\b|<@)"
            rf"|\bmistake on (?:my|his|her|their|our|your) (?:part|side|end)\b|\bmy bad\b|\b(?:this|that|it|all"
            rf"|whole thing|mess|outage|incident)(?: one)?(?:'s| is| was) (?:all )?(?:down to|on) (?:the "
            rf"|our )?(?:[\w-]+ )?{SOMEONE}|\b(?:can|may) thank \S+ (?:and \S+ )?for (?:this|that|it|the)\b"
            rf"|\b(?:takes?|took|taking) (?:all )?the blame"
        ),
        _somebodys,
    ),
    Rule("blame", pattern(rf"{_BLAMED}|\bi blame (?:the|our)\b")),
    Rule(
        "who did it",
        pattern(
            r"\bwho (?:broke|forgot|did (?:this|that)|screwed|messed|is to blame|was to blame|caused|(?:approved|wrote"
            r"|deployed|merged|pushed) (?:this|that) (?:rubbish|garbage|crap|mess|junk|shit))|\bwhy (?:did|didn't|do"
            r"|don't|does|doesn't|would|wouldn't) (?:he|she|they|you|someone|somebody"
            rf"|the (?:[\w-]+ )?{ROLE})\b"
        ),
    ),
    Rule("why a person by name", exact_pattern(rf"(?i:\bwhy (?:did|didn't|does|would)) {NAME} "), _named),
    Rule(
        "it happened because somebody did",
        pattern(
            rf"{_BECAUSE}(?:{LED}{ROLE}(?: (?:from|on|in|at|of) (?:the )?[\w-]+)?|he|she|someone|somebody|<@[^<>]+>"
            rf"|@[\w.-]+)"
            r"(?: who| that)?(?: \w+ly)? (?P<deed>\w+)"
        ),
        _deed_of_a_role,
    ),
    Rule(
        "it happened because of somebody by name",
        exact_pattern(rf"(?i:{_BECAUSE}){NAME}(?:'s (?P<thing>\w+)|(?: who)?(?: \w+ly)? (?P<deed>\p{{Ll}}+))"),
        _deed_of_a_name,
    ),
    Rule(
        "a supplier failed us",
        pattern(
            rf"{SUPPLIER}(?:'s support)?,?(?: who| simply| just| completely)* (?:(?:mess|screw|fuck)ed (?:it |this "
            rf"|us )?"
            r"(?:up|over)|screwed us|let us down|dropped the ball|botched|didn't (?:bother|tell|warn|inform|care)"
            r"|did not (?:bother|tell|warn|inform|care)|never (?:told|warned|informed)|gave us (?:the|a) wrong"
            r"|is to blame|are to blame|ignored us|lied)"
        ),
    ),
)
