"""Which words give which sign, as patterns by the name of the sign; case does not matter."""

from __future__ import annotations

_CANNOT = r"(?:can(?:'|’)?t|cannot|can not|couldn(?:'|’)?t|could ?not|unable to|not able to)"

SIGNS: dict[str, str] = {
    # What tools say.
    "firing": r"\[firing|\bfiring\b|\btriggered\b|\balerting\b|\[alert|\balert:|\[critical\]|\bcritical\b.*\balert"
    r"|\balarm\b|status: ?(?:firing|alerting|critical|down|problem)|\bproblem:|monitor (?:alert|triggered|is down)"
    r"|\bis (?:currently )?down\b|:rotating_light:|:fire:|🔥|🚨|\bstate: ?alarm|no data|check failed"
    r"|healthcheck is down"
    r"|^new (?:issue|error)\b",
    "cleared": r"\[resolved|\[ok\]|^resolved\b|status: ?(?:ok|resolved|recovered|up)\b|\brecovered\b|back to ok"
    r"|\bis (?:now )?up\b|state: ?ok|✅ resolved|^recovery\b|alert (?:is )?(?:resolved|cleared)",
    "opened_by_tool": r"\btriggered (?:by|through the|via the)\b",
    "acknowledged_by": r"\backnowledged by\b",
    "resolved_by": r"\bresolved by\b",
    # What people call the incident itself.
    "declared": r"\b(?:declar(?:e|es|ed|ing)|call(?:ing|ed)|open(?:ed|ing)|rais(?:ed|ing)|creat(?:ed|ing)"
    r"|start(?:ed|ing))"
    r"\b[^.!?\n]{0,30}\b(?:an? |this |the |new |major |as )*(?:incident|sev-?\s?[0-5]|p[0-4]\b|major incident|outage)"
    r"|\bincident\b[^.!?\n]{0,20}\b(?:is |was |has been |been |now )*(?:declared|opened|raised)\b"
    r"|\b(?:this is|we have|it's|it’s|making (?:this|it)|upgrad\w+ (?:this|it)? ?to)\s(?:now )?(?:a "
    r"|an )?(?:sev-?\s?[0-5]|p[01]\b|major incident|incident)\b"
    r"|^/(?:incident|inc|pd|rootly|firehydrant|sev)\b.*\b(?:declare|new|open|trigger|create|start)"
    r"|\bsev-?\s?[0-5] (?:declared|opened)\b|^incident declared|\bdeclared (?:this )?as an incident"
    r"|\bi (?:now )?(?:open|call|raise|create)\b[^.!?\n]{0,20}\b(?:an? |this |the |new |major |as )*(?:incident|sev-?\s?[0-5]|p[0-4]\b)",
    "undeclared": r"\bnot (?:an|a|declar\w+)\b[^.\n]{0,12}\bincident|\bdeclared (?:as )?(?:resolved|over|closed"
    r"|fixed)"
    r"|\bshould (?:we|i) (?:declare|open|raise|call)|do we need (?:to|an)|similar (?:to|incident)|(?:last"
    r"|previous|past|prior|old|other|another|that) incident"
    r"|\bclos(?:e|ed|ing)\b[^.\n]{0,20}incident|\bincident (?:review|report|process|template|doc|channel)\b",
    "severity": r"\bsev-?\s?[0-5]\b|\bseverity\W{1,3}\w+|\bp[0-4]\b(?: incident| issue)|\bpriority\W{1,3}p?[0-5]\b",
    "notice": r"\bwe(?:'re|’re| are)? (?:are )?(?:currently |still |actively )?(?:investigating|aware of)\b"
    r"|\bis(?: now| currently)? experiencing (?:degraded|an? (?:partial|major) outage)|^investigating\b",
    "incident_word": r"\bincident\b|\boutage\b|\bdowntime\b|\bpostmortem\b|\bwar ?room\b|\bdegraded\b",
    # What goes wrong.
    "symptom": r"\b[45]xx\b|\b(?:50[0234]|40[0134]|429|599)s?\b|\berrors?\b|\berroring\b|\bfail(?:s|ed|ing|ures?)?\b"
    r"|\b(?:is|are|was|were|went|goes|going|been) (?:completely |all |totally |hard )?down\b|\boffline\b"
    r"|\bunreachable\b|\bunavailable\b"
    r"|\bunresponsive\b|\bnot (?:working|responding|loading|starting|available|launching|receiving|able"
    r"|completing|healthy)\b|\b" + _CANNOT + r"\b"
    r"|\btime[sd]? ?outs?\b|\btiming out\b|\blatency\b|\bslow(?:er|ness|ly)?\b|\bdegrad\w+\b|\boutage\b|\bcrash\w*\b"
    r"|\boom(?:killed|s)?\b|\bstuck\b|\bspik(?:e|es|ed|ing)\b|\bcomplain\w*\b|\bno space\b|\bexpired\b"
    r"|\bbroken?\b|\bbroke\b"
    r"|\bdrop(?:s|ped|ping)? (?:quickly |sharply )?(?:to (?:zero|0)|quickly|sharply|strongly)\b|\bdenied\b"
    r"|\bforbidden\b|\bforbid\b|\bmissing\b"
    r"|\bpending\b|\bterminating\b|\bunexpected\w*\b|\bcorrupt\w*\b|\bleak\w*\b|\bdelet(?:ed|ion) (?:all|by)"
    r"|\bweird\b|\bsuspicious\b"
    r"|\bexposed\b|\bissues? with\b|\bproblems? with\b|\bhigh (?:cpu|memory|load|usage|level|latency|error)"
    r"|\bqueue (?:is )?(?:growing|backing)"
    r"|\b(?:success|availab\w+|traffic|throughput|orders|requests|sign-?ups|logins)\b[^.\n]{0,40}"
    r"\b(?:(?:begins?|began|starts?|started) to (?:drop|fall|decline)"
    r"|(?:reach|hit|drop|fall|fell|went|go|is at)\w* (?:to |at )?(?:zero|0 ?%))"
    r"|\bbacklog\w*\b|\bnot been\b|\bno longer\b|\bstopped\b|\bdip in\b|\bincreas\w+ (?:in )?(?:errors?|latency"
    r"|response|failures?|5xx)|\bout of (?:disk|memory|space)|\bflaky\b"
    r"|\breturning (?:nothing|empty|no results)\b|\bis empty\b|\bblank page"
    r"|\bno(?:body|[ -]?one) (?:can|is able)\b|\b(?:does|do|did)(?:n(?:'|’)?t| not) (?:work|load|start|open|respond|connect|show|arrive|get|return|send|receive|finish|complete|come|go|print|sync|update|refresh)\w*\b"
    r"|\b(?:charg|bill|book|sen[dt]|paid|pays?|print|deliver|post|process)(?:e[ds]|ed|ing)? (?:\w+ )?(?:twice|two times|double)\b|\bdoubl\w+ (?:charg|book|bill|pay|entr)\w*"
    r"|\bduplicat\w+ (?:charg|book|bill|pay|order|entr|email|messag|row|record)\w*"
    r"|\blook(?:s|ing)? (?:odd|off|strange|weird|wrong|broken|bad|funny)\b|\b(?:wrong|odd|strange|garbled|empty|blank|stale) (?:results?|answers?|data|values?|prices?|balances?|totals?|numbers?|scores?|pages?|responses?)\b"
    r"|\b(?:spinner|spinning|hang(?:s|ing)|hung|frozen|freez\w+|sluggish|laggy|lagging)\b|\bcrash-?loop\w*\b|\w{3,}(?:error|exception)\b"
    r"|\b(?:against|on|in) prod(?:uction)? (?:instead of|by mistake|by accident)|\bby (?:mistake|accident)\b|\baccidentally\b",
    "report": r"\b(?:users?|customers?|support|teams?|people|someone|client|merchants?|tickets?"
    r"|community)\b[^.\n]{0,60}"
    r"\b(?:report\w*|saying|says?|complain\w*|notif\w+|see(?:ing)?|notice\w*|can(?:'|’)?t|cannot|flagg\w+"
    r"|experienc\w+)"
    r"|\breport(?:s|ed|ing)\b|\bis reporting\b|\bfirst (?:detected|noticed|complaints?|reports?|seen)\b"
    r"|\bcomplaints?\b"
    r"|\b(?:anyone|anybody) else (?:see|hav|get)"
    r"|\b(?:down|broken|slow|failing|flaky)\b[^.\n]{0,20}\b(?:anyone|anybody)\b"
    r"|\b(?:getting|got|received|have|seeing) (?:\w+ ){0,3}(?:tickets?|complaints?|calls) (?:about|that|from|of)\b",
    "noticed": r"\bfirst (?:detected|noticed|spotted|observed|alert\w*)\b|\b(?:team|we|i|member|monitoring"
    r"|members)\b[^.\n]{0,30}"
    r"\b(?:noticed?|observed|detected|spotted|realized|realised|alerted|received)\b|\balerted\b|^detected\b"
    r"|\bproblem is identified\b"
    r"|\b(?:pagerduty|pingdom|alert\w*) (?:high priority )?(?:alert|went off|fired)"
    r"|\b(?:critical|high|priority) (?:alert|alarm)\b"
    r"|\b(?:alert|alarm) (?:from|that|about|fired|went|came|triggered|says)|\bhear reports\b",
    "began_label": r"^\W*(?:start|beginning|onset) of (?:the )?(?:incident|impact|outage)\b|^\W*(?:incident"
    r"|impact|outage) (?:start\w*|began|begins)\b",
    # What people do about it.
    "acknowledged": r"\back\b|\backed\b|\backnowledged?\b|\bon it\b|\bi(?:'|’)?m on\b|\btaking a look\b"
    r"|\blooking (?:into|at|now)\b"
    r"|\bi(?:'|’)?ll (?:look|take|check|investigate)\b|\bi can (?:look|take)\b|^looking\b|\bhaving a look\b|:eyes:|👀"
    r"|\backnowledges\b|\bi(?: have|(?:'|’)ve got) it\b|\bi(?:(?:'|’)?ve| have)? (?:take|took|taken) (?:it|this) (?:on|over)?|\bi look (?:at|into)\b"
    r"|^\W*checking\W*(?:it|this|now)?\W*$|\bmine\b\W*$",
    "investigating": r"\binvestigat\w*\b|\blook(?:ing|ed)? (?:into|at)\b|\bdigging\b|\bdebug\w*\b|\btriag\w*\b"
    r"|\btroubleshoot\w*\b|\bchecking\b|\bchecked\b",
    "escalated": r"\bescalat(?:e|es|ed|ing|ion)\b"
    r"|\bpag(?:ed|ing) (?:in )?(?:<?@|<!subteam|the |our |sre|dba|\w+ on.?call|on.?call"
    r"|someone|him|her|them|\w+$)|\bpage (?:<@|@|the (?:on|dba|sre|db|network|platform|infra)|someone|on-?call"
    r"|out\b)|\b(?:pull|loop|bring|rop|call)(?:ed|ing)? in\b|\blooping\b"
    r"|\bsupport (?:ticket|case)\b|\bcase id\b|\bneed (?:help|someone) from\b|\basks? how to contact\b"
    r"|\bwar ?room started\b|\bincident lead\b|\bcommander\b",
    "change": r"\bdeploy\w*\b|\broll(?:ed|ing|s)? (?:out|back|over)\b|\broll-?(?:out|back)s?\b|\breleas(?:e|ed"
    r"|ing|es)\b|\bmerg(?:ed|e|ing)\b"
    r"|\bship(?:ped|ping)\b|\bfeature flag|\bflag\b|\bupgrad\w+\b|\brestart\w*\b|\bredeploy\w*\b|\breboot\w*\b"
    r"|\bscal(?:ed|e|ing) (?:up|down|out|to)\b"
    r"|\bmigrat\w+\b|\bcordon\w*\b|\buncordon\w*\b|\bdrain\w*\b|\brevert\w*\b|\bincreas(?:ed|ing)\b"
    r"|\bappl(?:ied|y|ying)\b|\bbump\w*\b"
    r"|\bfail(?:ed|ing)? ?over\b|\bpurg\w+\b|\bflush\w*\b|\bdisabl\w+\b|\benabl(?:ed|ing)\b|\bdelet(?:ed|ing"
    r"|e)\b|\brotat\w+\b|\bchanged\b"
    r"|\bconfig\w* (?:change|update)|\badded\b|\bremoved\b|\bupdated\b|\bunpaused\b|\bpaused\b|\bterraform\b"
    r"|\bkubectl\b|\brelaunched\b|\bhotfix\b|\bpatched\b|\bnew node",
    "decision": r"\bdecid\w+\b|\bdecisions?\b|\bwe(?:(?:'|’)ll| will| are going to|(?:'|’)re going to)\b|\bi(?:'"
    r"|’)ll (?:roll|revert|restart|scale|disable|fail|drain|kill|bump|push|deploy|switch|turn)"
    r"|\blet(?:'|’)?s (?:roll|revert|restart|scale|disable|fail|drain|kill|go|switch|turn|try|do|declare|freeze"
    r"|stop)|\bgoing to (?:roll|revert|restart|scale|disable|fail|drain|kill|try|switch)"
    r"|\bgo ahead\b|\bplan(?:ned)? (?:is|to)\b|\bagreed\b",
    "escape": r"\b(?:jump(?:ing|ed)?|hop(?:ping)?|mov(?:e|ing)|tak(?:e|ing)|get(?:ting)?"
    r"|join(?:ing)?)\b[^.\n]{0,25}\b(?:call|zoom|huddle|meet|bridge|teams)\b"
    r"|\bhuddle\b|\bzoom\.us\b|meet\.google\.com|\bgoogle meet\b|\bincident (?:call|bridge)\b|\bon a call\b"
    r"|\bwar ?room started\b",
    # What people understand.
    "hedge": r"\bmight\b|\bmaybe\b|\bperhaps\b|\bcould (?:be|it|this|have)\b|\bmay (?:be|have)\b|\bpossib\w+\b"
    r"|\bprobab\w+\b|\blikely\b"
    r"|\bsuspect\w*\b|\bsuspicion\b|\bi think\b|\bi guess\b|\bguess\w*\b|\bwonder\w*\b|\btheory\b"
    r"|\bhypothes\w+\b|\busually\b|\bassum\w+\b|\bpresumably\b"
    r"|\blooks? like\b|\blooking like\b|\bseems?\b|\bsounds like\b|\bsuggest\w*\b|\bapparently\b"
    r"|\bappears? to\b|\bnot sure\b|\bunclear\b|\bbeliev\w+\b|\bcan it be\b|\bis it\b",
    "guess": r"\b(?:could|might|may) (?:it )?(?:be|have been)\b|\bmaybe (?:it|its|the|a|we|because|related"
    r"|something|our)\b|\bi (?:think|suspect|guess|wonder|believe) (?:it|if|this|that|the|we)|\bsuspect(?:s|ing"
    r"|ed)? (?:it|the|a|that|this|network|we)\b|\bprobably (?:the|a|because|due|caused|related|just)\b"
    r"|\busually means\b|\bmy (?:guess|theory|hunch)\b|\bis it (?:possible|related|the)\b|\bsuggestion that\b"
    r"|\blooks like (?:the|a|it|we)\b|\bwonder(?:ing)? if\b|\bpossibl[ey] (?:the|a|due|caused|related|root)\b"
    r"|\bhypothes[ei]s\b",
    "fault": r"\bexhaust(?:ed|ion)\b|\bsaturat\w+\b|\bdeadlock\w*\b|\bleak(?:s|ing|ed)?\b|\bmisconfigur\w+\b"
    r"|\bexpired\b|\b(?:ran|running|is|are|were|was) out of\b|\bbad (?:deploy|config|index|release|commit|query"
    r"|migration|image|node|rollout)\b|\b(?:missing|wrong|dropped|stale|broken) (?:index|config|secret|flag"
    r"|migration|certificate|cert|env|variable|permission|role|dns|record)\b|\brace condition\b|\bsince (?:the "
    r"|release |deploy|version |v?\\d)|\bmisses? the\b|\bis full\b(?:\W*$|[,.;!)])|\bfull disks?\b"
    r"|\bthrottl\w+\b|\bintroduced\b"
    r"|\b(?:got|was|were|has been|have been|is) (?:\w+ly )?(?:halved|lowered|raised|reduced|removed|dropped|renamed|deleted|tightened|changed|disabled|switched off|turned off|moved|overwritten|revoked|rotated|bumped|upgraded|downgraded|flipped|truncated|emptied|wiped)\b[^.\n?]{0,40}\b(?:in the|by the|by a|by an|by our|with the|during the|since the|yesterday|last night|this night|this morning|overnight|earlier today)\b"
    r"|\b(?:locked|broken|taken down|knocked out|overwhelmed|flooded|blocked|triggered|filled up|exhausted|damaged|cut|starved|held) by (?:the|an?|our|their|its|one)\b"
    r"|\b(?:comes|came|coming) from (?:the|an?|our|their|its)\b|\b(?:cut|hit|damaged|severed) (?:the|an?|our) (?:duct|fib(?:re|er)|cable|line)\b|\bfib(?:re|er) cut\b"
    r"|\b(?:upstream|nightly|cron|import|migration|cleanup|batch|sync) (?:job|script|task) (?:\w+ )?(?:renamed|deleted|dropped|removed|changed|overwrote|truncated|wiped|emptied)\b",
    "cause": r"\b(?:root )?cause[sd]?\b|\bdue to\b|\bbecause\b|\bthe reason\b|\bculprit\b|\bturns out\b"
    r"|\bidentified\b|\bfound (?:the|that|a|it|out)\b"
    r"|\bstems? from\b|\bstemmed from\b|\bthe (?:issue|problem|bug) (?:is|was)\b"
    r"|\btraced (?:it )?(?:back )?to\b|\bbottleneck\b|\bexplanation\b|\bexplains\b"
    r"|\bis responsible\b|\bresponsible for\b|\bresult(?:ed)? (?:of|from)\b|\bintroduced (?:by|in)\b|\bit(?:'"
    r"|’)?s the\b|\bcame from\b|\bquota\b|\bleft over\b|\bdiscovered\b",
    "named_cause": r"\b(?:root )?cause (?:has been |was |is |of [^.\n]{0,60} (?:is|was|determined"
    r"|identified) ?)?(?:identified|found|confirmed|determined|understood|known|that|the|an?|:)"
    r"|\b(?:root )?cause ?:|\b(?:found|confirmed|shown|seen) to be the (?:root )?cause\b|\broot cause (?:is|was)\b|\b(?:identified|found|determined|know|understand|discovered|pinpointed"
    r"|isolated|confirmed) (?:the |a |an )?(?:root |underlying |likely )?(?:cause|culprit|issue|problem|source|bug)\b"
    r"|\bculprit (?:is|was)\b|\bwas caused by\b|\bis caused by\b|\bcaused (?:this|the outage|the incident)\b"
    r"|\btraced (?:it )?(?:back )?to\b|\bturns out\b"
    r"|\bthe (?:reason|cause)\b[^.\n]{0,40}\b(?:is|was)\b|\bunderlying issue\b[^.\n]{0,50}\bidentified\b"
    r"|\b(?:team|we|cp|i) (?:have )?identified\b|^identified\b"
    r"|\bfound (?:that|it|out|the)\b|\bidentified that\b|\bexplanation revealed\b|\bit(?:'|’)?s the (?:new "
    r"|last )?(?:release|deploy\w*|config|change|migration|index|query)\b"
    r"|\b(?:that|this|which)(?: is|(?:'|’)s| was) (?:the (?:root )?cause|the culprit|the reason|to blame|what(?: is|(?:'|’)s| was)? (?:\w+ )?(?:broke|breaks|breaking|caus\w+|kill\w*|tak\w+|took|mak\w+|made|fill\w*|block\w*|overload\w*|exhaust\w*|eat\w*))\b"
    r"|\b(?:that|this)(?: is|(?:'|’)s| was) why (?:\w+ ){0,5}(?:fail|time|error|slow|down|stuck|crash|reject|declin|restart|drop|break|broke|return)\w*",
    "no_cause": r"\b(?:root )?cause (?:is |was |remains )?(?:still )?(?:unknown|unclear|not (?:yet )?(?:known"
    r"|clear|identified|found))|\binvestigat\w+ (?:the )?(?:root )?cause"
    r"|\b(?:find|finding|looking for|look for|identify|identifying|determine|determining|understand"
    r"|understanding|searching for) (?:out )?(?:the |a |what )?(?:root |underlying )?cause"
    r"|\bno (?:known |obvious )?(?:root )?cause|\bdon(?:'|’)?t know (?:the |why|what)|\broot cause analysis\b"
    r"|\brca\b|\bbeen unable to\b|\bhaven(?:'|’)?t (?:found|identified)",
    "confirmed": r"^\W*(?:yes|yep|yup|yeah|confirmed|confirming|exactly|indeed|bingo|correct|right)\b"
    r"|\bthat(?:'|’)?s (?:it|the one|what it was)\b|\bthat was it\b|\bthis was it\b"
    r"|\bconfirm(?:s|ed|ing)?\b|\bconfirmation\b|\bverified\b|\bproves?\b|\bgraph shows\b|\byou(?:'|’)?re right\b",
    "refuted": r"\b(?:not|isn(?:'|’)?t|wasn(?:'|’)?t|never) (?:the |a |our |it\b|that\b)[^.\n]{0,20}(?:cause"
    r"|culprit|issue|problem|it\b|that\b)?|\brul(?:ed|ing|e) (?:it |that |this )?out\b|\bred herring|"
    r"\bthat(?:'|’)?s not it\b|\bnot it\b|\bdidn(?:'|’)?t help\b|\bdid not help\b|\bit does not\b|\bunrelated\b"
    r"|\bturned out not\b|\bturns out it is not\b|\bexonerat\w+|\b(?:looks?|is|are|was) (?:fine|healthy|clean"
    r"|green|normal|ok|innocent)\b|\bno,|\bdropped (?:the|that) (?:theory|idea)"
    r"|\bdropping (?:that|it|this)\b|\ball (?:fine|good|green|ok) on (?:their|our) (?:side|end)\b",
    # What ends.
    "mitigated": r"\bmitigated\b|\b(?:incident|issue|problem|service)? ?(?:is |was |been )?repaired\b"
    r"|\bmitigation (?:is |was |has been )?(?:in place|applied|complete\w*|live|deployed|worked)"
    r"|\bimpact (?:is|has) (?:over|ended|stopped)|\bbringing the (?:outage"
    r"|incident) to an end\b|\boutage (?:is |has )?(?:over|ended)\b|\bincident ends\b|\bstopped the bleeding\b",
    "restored": r"\bback to (?:zero|0\b|normal|baseline|healthy|green|usual|100 ?%|working)|\breturn(?:ed"
    r"|s)? (?:back )?to (?:normal|100|healthy|baseline)|\b(?:fully|completely|has|have|is|are"
    r"|all) (?:now )?(?:recovered|restored)\b|\brestored\b"
    r"|\brecovered\b|\b(?:is|are|was|were|be|been|now) (?:now )?(?:working|healthy|available|stable|back"
    r"|up) ?(?:again|normally|now|up|fine|and running)\b|\b(?:is|are|were|was) (?:now |fully )?operational\b"
    r"|\b(?:working|flowing|processing|loading|responding|serving|sending|delivering|accepting|launching|syncing"
    r"|running|succeeding) again\b|\bworks? again\b"
    r"|\b(?:fine|ok|okay|good|healthy|stable|normal) again\b|\bback (?:up|online|in business)\b|\bservice resumes\b"
    r"|\beverything is (?:okay|ok|fine|working|back|normal|operating)\b|\b(?:problem|issue|outage|this"
    r"|it) (?:is|was|has been|'s|seems|should be) (?:now )?(?:fixed|solved|resolved)\b|\bnow back\b|\bare now back\b"
    r"|\bhas become available\b|\bsuccess (?:rate )?(?:went |is |goes )?back to 100|\bgoes back to 100"
    r"|\bno longer seeing\b|\bfix(?:ed)? (?:confirmed|verified|works|worked)|\boperating normally\b"
    r"|\bfixes the (?:issue|problem)"
    r"|\b(?:opens?|loads?|ships?|runs?|prints?|ok|okay|fast|snappy|quick|reachable|accessible|responsive|online|available|possible|shipping|printing|playing|matching|normal) again\b"
    r"|\bcan (?:\w+ ){1,4}again\b|\b(?:is|are) back\b(?:\W*$|[,.;!])|\b(?:wave|link|line|service|site|node|pod|disk|power)s? (?:is|are) up\b|\bback (?:at|to|down to|up to|below|under) (?:its |the |our |their |around |about |~ ?)?(?:usual|baseline|normal|\d[\d.,]*)"
    r"|\b(?:is|are|all|looks?|now) (?:back )?normal\b|\b(?:queues?|latency|errors?|traffic|rates?|load|lag) (?:is |are )?(?:back )?normal\b"
    r"|\ball (?:is|are|\d+ (?:\w+ )?are) (?:good|fine|green|healthy|clean)\b|^(?:yes,? )?all (?:good|fine)\b",
    "rolled_back": r"\brolled back\b|\broll-?back (?:to \S+ |of \S+ )?(?:is |was |has )?(?:complete\w*|done|finished|deployed|live"
    r"|succe\w+)|\brollback of\b[^.\n]{0,80}\bcompleted?\b|\brevert(?:ed)? (?:is |was )?(?:deployed|live|merged"
    r"|done|complete)|\breverted (?:to|the)\b|\bfailed over\b|\bfix (?:is |was |has been )?(?:deployed|live|out"
    r"|rolled out|applied|shipped|in prod)"
    r"|\brevert (?:is |was |has been )?(?:out|in|done|live|deployed|merged|complete\w*|through)\b|\b(?:\w+ )?(?:is |was |were |has been |have been |now )?(?:reverted|downgraded|undone)\b(?:\W*$|[,.;]| everywhere| on all| in prod\w*| now)"
    r"|\b(?:removed|taken|pulled|took it|took them) (?:out )?(?:from|of|out of) (?:service|rotation|the pool|the load balancer|the lb)\b"
    r"|\b(?:flag|feature|toggle|switch|banner|job|cron) (?:is |was |has been )(?:now )?(?:off|disabled|stopped)\b"
    r"|\bswap(?:ped)? (?:is |was )?(?:done|complete\w*|finished)\b|\b(?:backup|secondary|standby|fallback) [^.\n]{0,20}\b(?:is|are) (?:now )?(?:live|active|serving|primary|in use)\b"
    r"|\bpinned (?:to|at|back to)\b",
    "recovering": r"\brecover(?:ing|y|ies)\b|\b(?:errors?|latency|rate|rates|queue|backlog|lag|load|depth|5xx|p9\d"
    r"|failures?)\b[^.\n]{0,25}\b(?:dropp\w+|falling|going down|coming down|down to|decreas\w+|improv\w+"
    r"|subsid\w+|clear\w+)"
    r"|\bimprov(?:ing|ed|ement|ements)\b|\bpartial\w*\b[^.\n]{0,30}\b(?:recover\w*|restor\w*|flowing)"
    r"|\bstabili[sz]\w+\b|\bsteadied\b|\bsettl\w+\b|\breturning to normal\b|\btrending (?:down|positive|better)"
    r"|\bstart(?:s|ed|ing)? (?:to )?(?:recover|process\w*|work|succeed)|\bbegin to succeed\b"
    r"|\bbegins? (?:to )?(?:climb|increas|succeed)\w*|\blooks? (?:good|better|ok)\b|\blooking (?:good|better)\b",
    "partly": r"\b(?:first|half|some|most|part|one|two|several|a few|\d+)(?: of)? (?:\w+ ){1,4}(?:is|are) (?:now )?(?:back|up|done"
    r"|working|online|ok|live|healthy|fixed)\b|\b\d+ of (?:the )?\d+ (?:\w+ ){0,3}(?:are|is|done|back|up|verified|healthy|recovered)\b",
    "resolved": r"\bincident\b[^.!?\n]{0,40}\b(?:is |was |has been |been |now |as |declared |repaired and "
    r"|status: ?)*(?:resolved|closed|over)\b|\ball[- ]clear\b|^\W*resolved\b\W*$|\bmark(?:ed|ing)? (?:this |it "
    r"|the incident )?(?:as )?resolved\b"
    r"|\bcall(?:ing|ed)? (?:this|it|the incident) (?:as )?(?:resolved|closed|over|done)|\bclos(?:e|ed"
    r"|ing)(?: out)? (?:this |the |out )*(?:major |sev-?\d |p\d )?incident\b|\bresolv(?:ed|ing) (?:this |the )?incident\b"
    r"|^\W*resolved[:,\s]|[,;.] (?:now )?resolved\W*$"
    r"|\bissue (?:is |was |has been |now |fully )+resolved\b|\b(?:this|it) (?:is |has been "
    r"|is now )resolved\b"
    r"|\bdeclar\w+ (?:as )?(?:resolved|over)\b|\bthis incident (?:has been|is) (?:now )?resolved\b"
    r"|\b(?:everything|all (?:systems|services)) (?:is|are) (?:now )?(?:operating normally|operational)\b"
    r"|^/(?:incident|inc|pd|rootly|firehydrant)\b.*\b(?:resolve|close)|\bstand(?:ing)? down\b"
    r"|^\W*(?:ok(?:ay)?,? )?(?:i(?:'|’)?m )?call(?:ing)? it\b\W*(?:$|th(?:x|anks?)|done|a day)|[.!]\s+(?:re)?resolved\b(?:\W|$)"
    r"|^\W*(?:ok(?:ay)?,? |i(?:'|’)?m |we(?:'|’)?re )?clos(?:e|ing)(?: (?:this|it|out))*(?: now)?\W*$|\bclosing (?:this |it )?(?:out )?as (?:resolved|fixed|done|solved)\b"
    r"|\bwe are done here\b",
    "other_resolved": r"\bresolved status\b|\b(?:alert|alarm|ticket|merge conflict|conflict|dns|comment"
    r"|hostname|thread)s?\b[^.\n]{0,20}\bresolved\b|\bnot resolved\b|\bresolved (?:on|at|by) (?:their|the provider)"
    r"|\bunresolved\b|\bwill be resolv\w+"
    r"|\bonce [^.\n]{0,30}resolved|\buntil [^.\n]{0,30}resolved|\bwhen [^.\n]{0,30}resolved|\bto be resolved\b"
    r"|\b(?:await\w*|wait\w* (?:for|on)|confirm that|that) [^.\n]{0,80}\bresolved\b|\bget(?:ting)? (?:this|it"
    r"|the \w+) resolved\b|\bif [^.\n]{0,40}resolved|\bresolved for (?:some|one)|\bpartially resolved\b"
    r"|\bresolved,? (?:however|but)\b|\bbefore (?:resolving|closing)|\bwill be resolving\b|\bbelieving\b",
    "unfinished": r"\bnot (?:yet |been |fully |completely )*(?:fixed|resolved|back|recovered|mitigated|restored"
    r"|working|repaired|rolled back)\b|\bstill (?:failing|down|broken|seeing|happening|not|an issue|erroring"
    r"|timing|degraded|slow|see|experienc\w+|fail\w*)\b"
    r"|\b(?:no|without) (?:luck|improvement|change|effect|sign\w* of recovery)\b|\bdidn(?:'|’)?t (?:help|work"
    r"|fix)\b|\bdoes(?:n(?:'|’)?t| not) (?:help|work|seem to help|fix)\b|\bshould (?:be|fix|recover|help)\b"
    r"|\bhope\w*\b|\bexpect\w*\b"
    r"|\bwill (?:be )?(?:mitigate|recover|fix|restore|roll)\w*\b|\bonce (?:it|this|the|that|we)\b"
    r"|\bworking (?:on|to|towards?)\b|\bcontinu(?:e|ing) to (?:work|investigate)|\bisn(?:'|’)?t (?:fixed"
    r"|resolved|back)|\bto (?:mitigate|restore|recover)\b|\bbefore (?:it|this|we)\b|\bif (?:we|this|it|that)\b"
    r"|\buntil\b|\bwhen (?:it|this|we)\b|\bno actual fixes\b",
    "relapse": r"\bagain (?:failing|down|broken|slow|timing)|\b(?:failing|broken|down|erroring|happening|dying"
    r"|wrong|terminating) again\b|\bonce again (?:going|fail\w*|down)|\bis back(?:, unfortunately)?\b.*:\("
    r"|\bcame back\b|\brecurr?(?:s|ed|ence|ing)\b|\bregress\w*\b|\bspiking again\b|\baren(?:'"
    r"|’)?t working again\b|\bbegin failing again\b|\bstill (?:failing|down|broken|erroring|timing out)\b"
    r"|\bre-?open\w*\b|\bnot (?:actually |fully )?(?:fixed|resolved)\b"
    r"|\b(?:problem|issue|errors?|alert|alarm|outage|timeouts?|failures?)s?(?: is|(?:'|’)s| are) back\b|\b(?:it|this)(?: is|(?:'|’)s) back,? (?:re-?open|unfortunately|sadly|damn|ugh)",
    "negated": r"\bnot (?:yet )?(?:confirmed|clear|known)\b|\bno incident\b|\bfalse alarm\b|\bdrill\b"
    r"|\bgame ?day\b|\bexercise\b",
    # What it meant and who was told.
    "impact": r"\b\d[\d,.]*\s?[km]?\+? (?:\w+ ){0,2}(?:users?|customers?|orders?|payments?|requests?|repos\w*"
    r"|merchants?|tickets?|accounts?|sessions?|jobs?|runs?|tenants?)\b|\b\d+(?:\.\d+)?\s?% of\b|\b(?:all|some"
    r"|most|many|few|no) (?:of )?(?:our |the )?(?:users?|customers?|merchants?|tenants?|teams?)\b"
    r"|\bimpact(?:ed|ing|s)?\b|\baffect(?:ed|ing|s)?\b|\brevenue\b|\bdata loss\b|\blost\b",
    "communication": r"\bstatus ?page\b|\bcomms\b|\bannounc\w+\b|\b(?:users|customers|teams|support) (?:updated"
    r"|informed|notified|told)\b|\b(?:update|updates|email|notice) (?:was |been )?(?:sent?|posted|published"
    r"|distributed)\b|\bnotif(?:y|ied) \b|\binform(?:ed|ing)? \b|\btweet\w*\b|\bposted (?:in|on|to)\b"
    r"|\bcommunicat\w+\b|\bnext update\b|\bpublish\w*\b|\bupdated the status\b",
    "finding": r"\bshows?\b|\bseeing\b|\blogs?\b|\bgraphs?\b|\bgrafana\b|\bdashboard\b|\bmetrics?\b|\bfound\b"
    r"|\bfind\b|\bnotic\w+\b|\bobserv\w+\b|\bdiscover\w+\b|\brealiz\w+\b|\bconfirm\w*\b|\btrace\w*\b"
    r"|\b\d+(?:\.\d+)?\s?(?:ms|s|%|rps|qps|gb|gi|mb|mi|k)\b|\bconnections?\b|\bpool\b|\bmemory\b|\bcpu\b"
    r"|\bdisk\b|\breplica\w*\b|\bnodes?\b|\bpods?\b|\bidentif\w+\b|\bnoted?\b|\bcompar\w+\b|\bcheck\w*\b"
    r"|\bverif\w+\b|\btest\w*\b",
    "delta": r"\b\d+(?:\.\d+)?\s?(?:ms|s|m|%|k|rps|qps|gb|gi|mb)?\s?(?:->|→|=>)\s?\d|\b(?:back|down|up|drop\w*"
    r"|fell|rose|went|jump\w*|climb\w*|spik\w*) (?:from [\d.,%]+ ?\w* )?to \d",
    # What is said besides.
    "chatter": r"^\W*(?:thanks?|thank you|thx|ty|ok(?:ay)?|cool|nice|great|lol|haha\w*|\+1|np|no worries|brb|gm"
    r"|good morning|morning|hi|hello|hey|sure|sounds good|will do|awesome|amazing|congrats|wow|ugh|nope?|yes"
    r"|yep|yeah|yup|k|done|welcome|same|me too|agreed?|good (?:job|work)|nice work|well done)\b[^\d]{0,25}$"
    r"|\blunch\b|\bcoffee\b|\bweekend\b|\bbirthday\b|\bholiday\b|\bhave a (?:good|great|nice)\b",
    "question": r"\?\W*$",
    "action": r"(?:^|[.!?]\s+|\n)\W{0,4}(?:ai|action(?: item)?s?|todo|to do|follow[- ]?ups?)\s?[:\-–]"
    r"|\baction items?\b"
    r"|\bfollow(?:ing)?[- ]?up\b|\b(?:we|i) (?:should|need to|must|ought to|have to)\b|\blet(?:'"
    r"|’)?s (?:make sure|add|also|not forget|write|create|document|file)\b|\bi(?:'|’)?ll (?:write|file|open"
    r"|create|add|document|follow)\b|\bcreate (?:a )?ticket\b|\bpostmortem\b|\bnext time\b|\bneeds? (?:a "
    r"|an )?(?:alert|test|runbook|ticket|owner)\b|\bretrospective\b",
}
