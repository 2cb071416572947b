"""In which other words do people say the same? Each rule has a name, under which its examples stand in the tests.

They add to the words of `sign_words`, for what tools, shops, schools and people who write English as a second language
say in their own way: "the wifi is dead", "payouts are moving", "mine".
"""

from __future__ import annotations

from collections.abc import Mapping

_SECRETS = r"(?:tokens?|api keys?|secrets?|credentials?|passwords?|customer data|personal data|pii)"
_FAILURES = (
    r"(?:errors?|[45]xx|[45]\d\ds?|timeouts?|failures?|alerts?|alarms?|crashes|restarts|spikes?|lag|backlog|complaints?"
    r"|symptoms?|(?:packet )?loss|problems?|issues?)"
)
_SCARCE = (
    r"(?:ports?|memory|disk|space|sockets?|file descriptors?|connections?|quota|credits?|inodes?|threads?|handles?"
    r"|licen[cs]es?|addresses|ips?)"
)
_CHANGES = (
    r"(?:push|deploy\w*|release|roll-?out|change|job|script|update|upgrade|patch|migration|import|firmware|config\w*"
    r"|commit|cron\w*|rule|policy)"
)

#: The sign that a rule gives, and its words.
WORDINGS: dict[str, tuple[str, str]] = {
    # What goes wrong.
    "gives nothing": (
        "symptom",
        r"\b(?:gives?|giving|gave|returns?|shows?|showing|finds?|prints?|gets?|getting|sends?|sees?"
        r"|delivers?) (?:back )?"
        r"(?:no (?:hits?|results?|answers?|data|rows|response|output|signal)\b|only half\b|half of\b"
        r"|nothing(?:\W*$|[,.;!?]| (?:for|since|at|on|when|any|back)\b))",
    ),
    "not any more": (
        "symptom",
        r"\b(?:is|are|do|does|can|will|work\w*)(?:n(?:'|’)?t| not)\b[^.\n?]{0,50}\b(?:any ?more|any longer)\b",
    ),
    "shows this instead of that": (
        "symptom",
        r"\b(?:costs?|charged?|gets?|got|sees?|pays?|paid|says?|receives?) [^\n?;]{1,30} instead of\b"
        r"|\bone hour (?:early|late)\b|\b(?:an|one|two|\d+) hours? off\b",
    ),
    "fell off a cliff": (
        "symptom",
        r"\bfell off a cliff\b|\b(?:tanked|plunged|plummeted|collapsed|nose-?dived)\b|\b(?:is|are|went"
        r"|at) (?:now )?(?:at )?zero"
        r" (?:orders|payments|logins|traffic|sales)\b|\b(?:does|do|did|doing) nothing\b",
    ),
    "nothing comes": (
        "symptom",
        r"\bnothing (?:goes|comes|gets|arrives|moves|loads|prints|works|happens|is (?:going|coming|arriving|moving))\b"
        r"|\bno (?:[\w-]+ ){1,3}(?:arrives?|comes?|goes|gets? through|shows? up|appears?|loads?|is arriving"
        r"|are arriving)\b",
    ),
    "is not doing": ("symptom", r"(?:^|[.,;:] )[\w-]{3,} not [a-z]{3,}ing\b(?:\W*$|[.,;]| (?:any|new|since|on|in|for"
        r"|to the))"),
    "the wrong one": (
        "symptom",
        r"\bwrong (?:letters?|customers?|persons?|people|recipients?|accounts?|amounts?|items?|orders?"
        r"|patients?|prices?|languages?|rows?)\b|\b(?:receiv\w+|sees?|saw|gets?|got|sent|shown) [^.\n?]{0,40}\b(?:of"
        r"|to|from)"
        r" (?:somebody|someone|another|a different) (?:else|customer|person|user|account|tenant|patient)\b"
        r"|\b(?:somebody|someone) else(?:'|’)s \w+",
    ),
    "they get in touch": (
        "report",
        r"\b(?:customers?|users?|clients?|people|patients?|tenants?|drivers?|members?) (?:have |has )?(?:called|wrote"
        r"|written"
        r"|phoned|rang|mailed)\b"
        r"|\b(?:wave|flood|dozens|lots|hundreds|\d+) (?:of )?(?:chats|calls|tickets|complaints|mails|e-?mails)\b",
    ),
    "refuses": (
        "symptom",
        r"\brefus(?:es|ing) (?:[\w-]+ ){0,3}(?:everything|all|connections?|requests?|questions?|logins?|to (?:start"
        r"|load"
        r"|connect|work|answer|open))\b",
    ),
    "is dead": ("symptom", r"\b(?:is|are|was|were|went|seems?) (?:completely |totally |all )?dead\b(?:\W*$|[,.;:!]"
        r"| since)"),
    "is not moving": (
        "symptom",
        r"\b(?:is|are) not (?:going (?:through|out|in|since|from|anywhere)|coming (?:through|in|out|up)|moving|opening"
        r"|printing|charging|syncing|updating|arriving|connecting)\b",
    ),
    "lossy": (
        "symptom",
        r"\bpacket loss (?:of|is|at|on|between)\b|\b\d+(?:\.\d+)? ?% (?:packet )?loss\b|\bloss(?: is| at| of)? \d+ ?%"
        r"|\blosing (?:packets|data|messages|events|orders)\b",
    ),
    "many times the plan": (
        "symptom",
        r"\b\d+(?:\.\d+)?(?:x| times) (?:as |the |our )?(?:plan(?:ned)?|usual|normal|expected|budget|baseline|average"
        r"|much"
        r"|many|higher)\b",
    ),
    "is gone that should be there": (
        "symptom",
        r"\b(?:budgets?|data|rows|files|orders|records|photos|messages|balances?|history|configs?|carts?|tables?)\b"
        r"[^.\n?]{0,20}\b(?:is|are|was|were) (?:all |already |just |simply )?gone\b",
    ),
    "leaked": (
        "symptom",
        r"\b" + _SECRETS + r"\b[^.\n?]{0,40}\b(?:leak\w*|exposed|public|in (?:a |the |our )?(?:public |ci )?(?:logs?"
        r"|repo\w*"
        r"|gist|paste\w*))\b|\b(?:public|exposed|leak\w*|stolen|phished)\b[^.\n?]{0,60}\b" + _SECRETS + r"\b"
        r"|\bunauthori[sz]ed (?:access|logins?|use)\b|\bcompromised\b|\bransomware\b|\bmalware\b",
    ),
    "alarm of a tool": (
        "firing",
        r"^\W*(?:(?:critical|warning|down) ?:|critical [\w.-]+ [^\n]*\d)|^new (?:\w+ )?(?:issue|error)\b",
    ),
    "alarm cleared": ("cleared", r"^\W*(?:ok|up) ?:|^alert closed\b|\bis up again\b"),
    "rises again": (
        "relapse",
        r"(?:^|[,.;] ?|\b(?:error|failure|hit|loss|attack) )rates? (?:is |are )?(?:going )?back up\b"
        r"|\b(?:errors|lag|latency|failures|timeouts|attempts) (?:is |are )?(?:going )?back up\b",
    ),
    "back in it": (
        "relapse",
        r"\bback in it\b|\b(?:back )?(?:to|at) square one\b|\bsame symptoms?(?: again)?\W*$|\bhere we go again\b"
        r"|\bhappening again\b|\bback to (?:failing|erroring|timing out)\b",
    ),
    # What people do about it.
    "takes it": (
        "acknowledged",
        r"^\W*(?:ok(?:ay)?|right|alright),? (?:i(?:'|’)?m )?(?:taking|checking|grabbing) (?:it|this)\b"
        r"|^\W*(?:ok(?:ay)?,? )?(?:i(?:'|’)?m )?on my way\b|\blet me (?:(?:have|take) a (?:quick )?look|look|check"
        r"|see)\b"
        r"|\b(?:took|taken|taking) over (?:the )?(?:\w+ )?lead\b|^\W*mine(?: ?[,.;:!–-]+) ?\w"
        r"|^\W*(?:i(?:'|’)?m )?taking (?:this|it|that)(?: one)?\b|\bi take (?:it|this|that)\b",
    ),
    "doing it": (
        "acknowledged",
        r"^\W*(?:grabbing|taking|checking|handling|chasing|digging into|hunting|investigating) (?:this|it|that)\W*$"
        r"|\b(?:i(?:'|’)?ll|i will|i(?:'|’)?m|i am) (?:dig|chas|handl|grab|investigat|hunt|on this)\w*"
        r"|(?:^|[.!,;] )looking\W*$|^\W*received[.!]",
    ),
    "label first": (
        "declared",
        r"^\W{0,2}(?:(?:ok(?:ay)?|alright|right|so|yep|fine)[,.:]? )?(?:sev(?:erity)?[- ]?[0-4](?:\W*$|[.,!;] ?\S)"
        r"|p[0-2][.,!;] ?(?:<?@|opening|declaring|i(?:'|’)?m |i lead|i run|i drive|bridge|paging|comms|all hands))",
    ),
    "makes it one": ("declared", r"\btreat(?:ing)? (?:it|this|that) as (?:an? )?(?:sev|p\d|(?:major )?incident)"
        r"|\b(?:that|this)(?: is|(?:'|’)s) (?:now )?an? (?:\w+ )?incident\b|\bmak(?:e|es"
        r"|ing) (?:that|this|it) an? (?:major )?(?:incident|sev[- ]?\d|p\d)\b"),
    "brings in": (
        "escalated",
        r"\bcalling (?:\w+ ){0,3}(?:vendor|hotline|provider|support|help ?desk|carrier|on-?call|dba)\b"
        r"|\b(?:waking|woke|getting|pulling|adding|looping)(?: up| in)? (?:<?@|the (?:\w+ )?(?:team|on-?call|dba))"
        r"|\b(?:rais(?:ed|ing)|open(?:ed|ing)|logg(?:ed|ing)) [^.\n]{0,30}\b(?:with|at) (?:the |their |our )?(?:\w+ )?"
        r"(?:help ?desk|support|vendor|provider|bank|carrier|isp|noc|tac|hoster)\b|\binvolv(?:ed|ing) (?:the|our) \w+"
        r"|@[\w.-]+>?[^.\n]{0,60}\bcan you (?:join|jump in|hop on|come)\b|\b(?:calling|ringing|phoning) (?:him|her"
        r"|them)\b",
    ),
    "acts first": (
        "acts",
        r"^\W*(?:(?:ok(?:ay)?|yes|yep|here|right|so|alright)[,.]? )?(?:(?:i|we)(?:(?:'|’)(?:m|re|ve)| am| are"
        r"| have)? )?"
        r"(?:now |just |already )?(?:pushing|pointing|backfilling|unpausing|pausing|paused|halting|halted|revoking"
        r"|revoked"
        r"|shifting|re-?running|applying|installing|correcting|throttling|bouncing|pulling the|routing|blocking"
        r"|isolating)\b"
        r"|^\W*(?:i|we) (?:now )?(?:stop|stopped|pause|block|switch|restart|disable|remove|move|lower|raise|push|pull"
        r"|revert|restore) (?:the|all|it|this|that|those|our|every)\b",
    ),
    "takes it back": ("acts", r"(?:^|[.,;!] )(?:rolling (?:it|this|that|them) back|reverting(?: it| that| this)?)\W*$"),
    "tries": (
        "decision",
        r"\blet(?:'|’)?s (?:\w+ )?(?:pull|fall back|run|shift|lower|wait|rather|skip|ship|block|isolate|revoke)\b",
    ),
    "tells them": (
        "communication",
        r"\b(?:is|are|was|were|been) (?:informed|notified)\b|\b(?:has|have) been told\b|\btelling the (?:ones"
        r"|customers|users)|\b(?:posted|put up|plus|with) a banner\b"
        r"|^\W*sent (?:it |a \w+ )?to (?:all|the|our|every\w*)\b",
    ),
    # What people understand.
    "maybe it": ("guess", r"^\W*(?:perhaps|maybe) (?:the|they|some\w*|an?|our|it|its|it(?:'|’)s|that|this)\b"),
    "a change broke it": (
        "fault",
        r"\b" + _CHANGES + r"\b[^.!?\n]{0,40}\b(?:remove[ds]|broke|breaks|emptie[ds]|wipe[ds]|overwr(?:ote|ites)"
        r"|delete[ds]"
        r"|drop(?:ped|s)|renamed?s?|truncate[ds]|corrupt(?:ed|s)|disable[ds]|swapped|reset) (?:the|an?|our|all|its"
        r"|every|half"
        r"|before|\d)",
    ),
    "is broken inside": (
        "fault",
        r"\b(?:burnt|burned out|fried|blown|cracked|faulty|defective|seized|corroded)\b(?:\W*$|[,.;]| (?:fuse|cable"
        r"|disk|fan|psu))",
    ),
    "somebody did it": (
        "fault",
        r"\b(?:someone|somebody) (?:re-?)?(?:uploaded|changed|deleted|moved|merged|removed|renamed|edited|pushed"
        r"|disabled"
        r"|enabled|restarted|switched|turned|dropped|halved|unplugged|rotated|revoked|updated|deployed|overwrote"
        r"|replaced)\b",
    ),
    "did it when": (
        "fault",
        r"\b(?:i|we) (?:\w+ed|forgot|broke|overwrote) [^.\n?]{1,40} when (?:i|we) (?:\w+ed|did|made)\b"
        r"|\b(?:cron\w*|jobs?|rules?|index|routes?|records?|alias|permissions?|role|secret)(?: is| was| are"
        r"| were) gone\b",
    ),
    "came with it": (
        "fault",
        r"\bwent from \S+ to \S+ (?:with|in|on|by) (?:the|our|last|yesterday)|\bgot (?:\w+er|more \w+"
        r"|less \w+) (?:with|in|by|after|since) (?:the|our|a)\b|\b(?:came|comes|arrived"
        r"|started|appeared) (?:in )?with (?:the |our )?(?:[\w.-]+(?:'|’)s |\w+ )?(?:release"
        r"|deploy\w*"
        r"|update|upgrade|patch|version|migration|change|\d[\d.]+)\b",
    ),
    "a change does it": (
        "fault",
        r"\b" + _CHANGES + r"\b[^.!?\n]{0,40}\b(?:lets|makes|made|causes|caused|forces|forced|blocks|blocked|kills"
        r"|killed"
        r"|crashes|overloads|slows) (?:the|an?|our|all|its|every|half|it)\b",
    ),
    "matches nothing": ("fault", r"\bmatch(?:es|ed|ing)? (?:0|zero|no|nothing)\b"),
    "got changed": (
        "fault",
        r"\bgot (?:\w+ly )?(?:disabled|removed|dropped|lost|changed|overwritten|reset|reverted|enabled|renamed"
        r"|deleted|deployed"
        r"|merged|downgraded) (?:in|by|with|during|to)\b",
    ),
    "got a new one": ("change", r"\bgot (?:a |an |the )?new \w+"),
    "points to the wrong thing": (
        "fault",
        r"\bpointed [^.\n]{1,30} (?:at|to) (?:the )?(?:live|prod\w*|wrong|old)\b|\b(?:points?|pointed|pointing|reads?"
        r"|writes?|connects?|goes|went) (?:to|at|from|into|with)? ?(?:an? |the )?(?:empty"
        r"|wrong|stale|dead|expired|deleted|missing|outdated)\b"
        r"|\b(?:ships|shipped|carries|uses|loads|bundles) (?:with )?(?:an? |the )?(?:old|outdated|stale|wrong"
        r"|expired)\b"
        r"|\bstill (?:reads?|writes?|uses?|points? (?:to|at)|connects? to|calls?) (?:from |the |an? )*(?:old|former"
        r"|wrong)\b",
    ),
    "one instead of another": (
        "fault",
        r"\b(?:is|was|are|were) (?:set to |at )?[\d.,]+ ?\w* instead of\b|\bset to \S+(?: \w+)? instead of\b",
    ),
    "no power": (
        "fault",
        r"\b(?:has|have|had) no power\b|\blost power\b|\bbreaker (?:has |is |was )?tripped\b|\btripped the\b"
        r"|\bunplugged\b"
        r"|\bplugged into the (?:same|wrong)\b",
    ),
    "lost what it needs": (
        "fault",
        r"\blost (?:its|their|the) (?:\w+ )?(?:token|lease|lock|leader|quorum|config\w*|credentials?|certificate"
        r"|route|mount)\b",
    ),
    "is used up": (
        "fault",
        r"\b(?:it(?:'|’)?s|they(?:'|’)?re|we(?:'|’)?re) out of (?:\w+ )?" + _SCARCE + r"\b"
        r"|\b(?:disk|volume|partition|inodes?) (?:is |was |ran )?full\b",
    ),
    "it is them": (
        "fault",
        r"\bit(?:'|’)?s (?:them|the provider|the vendor|on their (?:side|end)|their (?:side|end|outage))\b",
    ),
    "why it did": ("named_cause", r"^\W*(?:so )?why (?:it|this|they|we|that)\b[^:?\n]{0,40}: \w"),
    "is the source": (
        "named_cause",
        r"\b(?:is|was) (?:the|our) (?:source|culprit|offender|trigger|bottleneck)\b(?:\W*$|[,.;]| of (?:this|it|the))",
    ),
    "that is why": ("named_cause", r"\w{3,}[,;.–—-]+ ?(?:and )?(?:that|this)(?: is|(?:'|’)?s) why\W*$"),
    "that is it": ("confirmed", r"\b(?:that|this) is (?:it|the one)\W*$|^\W*that(?:(?:'|’)?s| is) the one\b"),
    "made no difference": (
        "refuted",
        r"\b(?:made|makes|make|with) no (?:real )?(?:difference|change)\b|[,;] no (?:real )?(?:difference|change"
        r"|effect)\b"
        r"|\b(?:hypothesis|theory|idea) (?:is |was )?(?:dropped|wrong|disproved|refuted|dead)\b"
        r"|\b(?:don(?:'|’)?t|do not) think so\b",
    ),
    "it is fine there": (
        "refuted",
        r"^\W*(?:no|nope|nah)\b[^\n?]{0,60}\b(?:fine|ok|okay|healthy|clean|normal|the same|works|working|idle|green)\b"
        r"|\ball (?:good|green|fine|ok|clear) (?:on |at |from )?(?:their|our|your) (?:side|end)\b"
        r"|\bwithin (?:the )?(?:limits|spec\w*|range|tolerance)\b",
    ),
    "it is not that": ("refuted", r"^\W*(?:nope|nah)[,. ]+\w|\b(?:it|that) is(?:n(?:'|’)?t| not) that\b"),
    "no difference": (
        "unfinished",
        r"\bno (?:real )?difference\b|\bstill (?:at \d|growing|rising|climbing|increasing|dropping packets)",
    ),
    "shrinks": (
        "recovering",
        r"\b(?:lag|temperature|temp|queue|backlog|errors?|load|usage|latency)\b[^.\n?]{0,20}\b(?:shrink\w*|dropping"
        r"|draining)\b"
        r"|\btrickl\w+ (?:back )?in\b",
    ),
    # What ends.
    "failures are gone": (
        "restored",
        r"\b" + _FAILURES + r"(?:(?:'|’)s| is| are| have| has) (?:now |all |completely |both )*(?:gone|stopped"
        r"|disappeared"
        r"|vanished)\b",
    ),
    "does it again": (
        "restored",
        r"\b(?:writes?|moves?|reads?|flows?|charges?|delivers?|plays?|moving|reading|writing|charging|arriving|sells?"
        r"|ticking"
        r"|com(?:es?|ing) (?:out|through)|go(?:es|ing) (?:out|through)|fill(?:s|ing)) again\b",
    ),
    "has it again": (
        "restored",
        r"\b(?:got|have|has) (?:the |our )?(?:wi-?fi|signal|access|power|network|internet|connection|connectivity|sound"
        r"|picture|data|prices) (?:again|back)\b",
    ),
    "goes green": ("restored", r"\b(?:go(?:es|ing)?|turn(?:s|ed|ing)?|went) green\b"),
    "good too": ("restored", r"\b(?:is|are|looks?) (?:all )?(?:good|fine|ok|okay) (?:too|now|as well)\b"),
    "moves": (
        "restored",
        r"\b(?:pay(?:out|ment)s?|orders?|traffic|messages|events|mails?|files|jobs|deliveries|builds|parcels|labels"
        r"|trains?)"
        r"(?: are| is) (?:now |all )?(?:moving|flowing|going (?:out|through)|coming (?:out|through))\b",
    ),
    "worked off": (
        "restored",
        r"\b(?:pending|stuck|queued|backlog|queue|lag)\b[^.\n?]{0,20}\b(?:is|are) (?:now |all )?(?:cleared|processed"
        r"|drained"
        r"|through|delivered|worked off)\b|\b(?:lag|backlog) (?:is )?(?:now )?(?:at )?(?:0|zero)\b"
        r"|\b(?:queue|backlog) (?:is |are )?(?:now )?empty\b",
    ),
    "right again": (
        "restored",
        r"\bwhere (?:it|they) should be\b|\ball (?:are |is |of them )?correct\b|\beverything (?:is )?(?:there"
        r"|in place|up)\b|\b(?:sees?|gets?"
        r"|shows?) (?:the )?(?:right|correct) \w+ (?:now|again)\b|\bnumbers (?:now )?match\b"
        r"|\b(?:confirms?|confirmed|resumed|back in|back to) normal (?:operations?|service)\b",
    ),
    "redone": (
        "rolled_back",
        r"\broll-?back is through\b|\brolled out (?:to all|everywhere|again)\b|\b(?:back-?fill|re-?run|replay"
        r"|re-?index|re-?build|re-?import|re-?processing|fail-?over|switch-?over"
        r"|re-?sync) (?:is |was |has )?(?:now )?(?:done|complete\w*|finished|through)\b",
    ),
    "is repaired": (
        "rolled_back",
        r"(?:^|[.;] )(?:[\w-]+ ){1,4}(?:is |was )?(?:replaced|repaired|re-?connected|re-?seated|spliced)\b(?:\W*$"
        r"|[,.;])"
        r"|\b(?:old|previous|last good) (?:[\w-]+ ){1,3}(?:is|are) (?:back|out|live|in place)\b"
        r"|\b(?:pulled|took|taken|removed) [^.\n?]{1,40} (?:out of|from) (?:the )?(?:index|pool|rotation|cluster"
        r"|path)\b",
    ),
    "fix is live": (
        "rolled_back",
        r"\b(?:#?\d{2,}|[rv]\d[\w.]*|hot-?fix|fix|patch|revert|rollback)(?: is)? (?:now )?(?:live|in prod\w*|deployed"
        r" everywhere)\b(?:\W*$|[,.;])",
    ),
    "revoked": (
        "rolled_back",
        r"^\W*(?:revoked|contained|quarantined)\b|\b" + _SECRETS + r"(?: is| are| was| were| has been| have been)?"
        r"(?: now)? (?:revoked|invalidated)\b",
    ),
    "back on": (
        "rolled_back",
        r"(?:^|[.,;] ?)(?:the )?(?:[\w-]{3,} ){1,3}(?:is |are )?back (?:on|in|in place)(?:\W*$|[,.;])",
    ),
    "over here": (
        "resolved",
        r"\bwe(?:'|’| a)?re (?:all )?done here\b|\bclosing (?:it |this )?(?:from|on) (?:our|my) (?:side|end)\b"
        r"|[,.;] ?resolving(?: (?:this|it|now))?\W*$|[.;] (?:ok )?closed\W*$"
        r"|\bi (?:now )?(?:call|consider) (?:this|it) (?:done|over|closed|resolved|finished)\b",
    ),
    "is paused": (
        "turned_off",
        r"(?:^|[,.;] ?)(?:[\w-]+ ){1,3}(?:is |are |now )*(?:paused|stopped|halted|killed)\W*$",
    ),
    "can close": (
        "resolved",
        r"\bcase closed\b|\b(?:closing|i close) (?:this|that) (?:one|incident)\b|\b(?:we|i) (?:can"
        r"|will) (?:now )?close (?:it|this)\b"
        r"|\bincident over\b",
    ),
    "closes it": (
        "resolved",
        r"\b(?:clos|finish|wrapp|solv)(?:ed|ing)(?: up)? (?:it |this )?(?:from|on) (?:my|our) (?:side|end)\b"
        r"|\bmark(?:ed|ing) (?:it|this) (?:as )?(?:solved|done|fixed|closed|over)\b"
        r"|\b(?:then|so|ok|think|guess) (?:i think |i guess )?(?:we|i) can close\b"
        r"|^\W*(?:ok(?:ay)?,? |so,? )?we(?:'|’)?re (?:all )?through[.!]",
    ),
    "ends it": (
        "resolved",
        r"\b(?:i|we) (?:now )?(?:end|conclude|finish) (?:the|this) (?:incident|case)\b"
        r"|^\W*(?:ok(?:ay)?,? |so,? )?(?:we(?:'|’)?re )?(?:all )?done here\b"
        r"|\b(?:technical(?:ly)?|this) (?:part )?(?:is |it(?:'|’)s )?closed (?:then|for (?:me|us|now))\b",
    ),
    "label closed": (
        "resolved",
        r"\b(?:p[0-4]|sev-?\s?[0-5]|incident (?:#|[a-z]+-)?\d+|inc-?\d+)(?: is| was| has been)?(?: now)? (?:closed|over"
        r"|resolved)\b",
    ),
    "their page": (
        "other_resolved",
        r"\b(?:their|provider(?:(?:'|’)s)?|vendor(?:(?:'|’)s)?) (?:status ?)?(?:page|status)\b[^\n]{0,30}\bresolved\b",
    ),
}  # fmt: skip


def with_wordings(signs: Mapping[str, str]) -> dict[str, str]:
    """The words of each sign, with those of the rules that give it."""
    found = dict(signs)
    for sign, words in WORDINGS.values():
        found[sign] = f"{found[sign]}|{words}"
    return found
