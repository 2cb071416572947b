"""Which verbs tell what only a person can do, and only badly?"""

from __future__ import annotations

#: What only a person can do, and only badly.
FAILING = (
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
UNDONE = (
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
DID = (
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
BADLY = (
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
DAMAGE = (
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
ACCIDENT = r"(?:accidentally|mistakenly|carelessly|inadvertently|wrongly|stupidly|blindly|recklessly|unintentionally)"
DEED = rf"{DID}(?: [^\s.;!?]+){{0,9}}? {BADLY}"
SECOND_DEED = rf"\w+ (?:[^\s.;!?]+ ){{1,8}}?(?:and|but) (?:{UNDONE}|{FAILING}|{DAMAGE}|{DEED})"
PREDICATE = rf"(?:{FAILING}|{UNDONE}|{ACCIDENT} \w+|{DEED}|{DAMAGE})"
#: What people did not do without any fault in it: "did not get the page", "never saw it".
NOT_DONE = (
    r"(?:didn't|did not|never|hadn't|doesn't|does not|don't|do not)(?: (?:even|actually|really|properly|ever|fully"
    r"|once))*"
)
#: What somebody is said to have done wrong, and what somebody has made that can.
FAULT_NOUN = (
    r"(?:fault|mistakes?|negligence|carelessness|screw-?ups?|blunders?|errors?|oversight|incompetence|laziness"
    r"|ignorance|inaction|sloppiness|slow (?:response|reaction)|typo|haste|impatience|arrogance|bad (?:decision"
    r"|judge?ment)|failure to|poor (?:decision|judge?ment)|misjudge?ment|bad (?:deploy|change|commit|call))"
)
CHANGE = r"(?:own )?(?:\w+ ){0,2}?(?:change|deploy|deployment|commit|merge|pr|fix|migration|script|update|edit|release)"
