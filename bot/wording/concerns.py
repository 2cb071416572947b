"""Which words in a text would a facilitator ask about? Blame, human error, what should have been, judgement, vagueness.

A concern is a place to ask, never a verdict: nothing is changed, the author decides. What people in their roles did
("the on-call engineer rolled back") and what is denied ("not Raj's fault") is left alone. The kinds follow Etsy's
Debriefing Facilitation Guide and PagerDuty's postmortem guide; the words are our own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

from bot.patterns import Found, Pattern, exact_pattern, pattern, plain


class Kind(StrEnum):
    """What a facilitator would ask about."""

    PERSON_AS_CAUSE = "person_as_cause"
    HUMAN_ERROR = "human_error"
    COUNTERFACTUAL = "counterfactual"
    HINDSIGHT = "hindsight"
    JUDGEMENT = "judgement"
    VAGUE = "vague"


@dataclass(frozen=True, slots=True)
class Concern:
    """The words at `start` to `end` of the text, and what there is to ask about them."""

    kind: Kind
    start: int
    end: int
    words: str


#: Places of one kind that are told of; nobody reads more, and a text of nothing else stays quick.
MOST = 100

# people ----------------------------------------------------------------------------------------------------------

_ROLE = (
    r"(?:engineers?|developers?|devs?|devops|sres?|dbas?|admins?|sysadmins?|operators?|ops|on-?call(?:er)?"
    r"|responders?|contractors?"
    r"|consultants?|interns?|newcomers?|juniors?|seniors?|reviewers?|approvers?|authors?|maintainers?|committers?"
    r"|testers?|managers?"
    r"|leads?|bosses|boss|vendors?|suppliers?|support|sales|marketing|finance|qa|team(?: mates?)?|teams"
    r"|teammates?|colleagues?|coworkers?"
    r"|person|people|guys?|girl|man|woman|folks|hires?|employees?|staff|management|leadership|commander|analysts?"
    r"|technicians?|architects?"
    r"|cto|ceo|whoever)"
)
_PLACED = r"(?: (?:on|from|in|at|of|who|that)(?: (?:the |our |that )?[\w-]+)?)?"
_SOMEBODY = (
    r"(?:<@[^<>]+>|@[\w.-]+|\b(?:he|she|they|i|you|someone|somebody|anyone|one of (?:us|them|you)"
    r"|whoever(?: \S+){1,4}?)|\b" + _ROLE + _PLACED + r")"
)
_ADVERB = (
    r"(?: (?:just|then|also|simply|again|completely|totally|really|probably|apparently|once|had|has|have|'d"
    r"|obviously|clearly|even|still))*"
)
#: What only a person can do, and only badly.
_FAILING = (
    r"(?:forgot(?:ten)?|forgets?|ignor(?:ed|es)|neglect(?:ed|s)|mistyped|mis-typed|misconfigured|misread"
    r"|misjudged|mishandled|misclicked"
    r"|overlooked|(?:mess|screw|fuck|f\*+k|cock|muck|foul)(?:ed|es|s)? (?:(?:it|this|that|things|everything"
    r"|the [\w-]+) )?up|botched|blew it"
    r"|bungled|fumbled|dropped the ball|slept through|slacked|(?:was|were) (?:asleep|careless|sloppy|lazy"
    r"|negligent|distracted|not paying)"
    r"|made (?:a|the|this|that|another|an) (?:[\w-]+ )?(?:mistake|error|blunder)|missed (?:the|a|an|that|this|it"
    r"|his|her|their|our|my)\b"
    r"|didn't (?:bother|care|think|pay)|did not (?:bother|care|think|pay)|can't be bothered|couldn't be bothered"
    r"|bothered to)"
)
#: What a person left undone, told as the cause.
_UNDONE = (
    r"(?:didn't|did not|never|hadn't|doesn't|does not|failed to|fails to|refused to|neglected to|omitted to)"
    r"(?: (?:even|actually|really|properly|bother to|want to|ever))?"
    r" (?:read|check|test|look|tell|inform|notice|follow|review|update|verify|escalate|ask|respond|answer|react"
    r"|listen|document|communicate"
    r"|mention|warn|announce|monitor|watch|do|validate|confirm|add|set|run|pay|think|care|remember|looked|told"
    r"|checked|tested|read|asked"
    r"|answered|responded|reviewed|followed|updated|informed|notified|verified|documented|announced|mentioned"
    r"|warned|escalated|watched)\b"
)
_DID = (
    r"(?:shut (?:off|down)|switched off|pulled|closed|moved|stopped|killed|picked|selected|sent|deleted|dropped"
    r"|ran|pushed|rebooted|restarted|removed|deployed|merged|changed|pasted|clicked|typed"
    r"|entered|applied|committed"
    r"|released|shipped|overwrote|truncated|wiped|disabled|turned off|unplugged|edited|copied|executed|launched"
    r"|approved|skipped|force-pushed)"
)
_BADLY = (
    r"(?:accidentally|by accident|by mistake|mistakenly|carelessly|inadvertently|blindly|the wrong \w+"
    r"|a wrong \w+|an untested \w+|untested \w+"
    r"|without (?:testing|checking|telling|asking|reading|thinking|looking|review|permission|approval|a second)"
    r"|straight (?:to|into)"
    r"|directly (?:to|into|on|in) (?:main|master|prod))"
)
_DAMAGE = (
    r"(?:broke (?:the|it|this|that|our|everything|prod|production|staging|main|master|checkout|login|[\w-]+ing)\b"
    r"|caused (?:the|this|it|an?|our|all|that)\b|(?:took|brought|knocked) (?:down )?(?:the site|prod\w*"
    r"|everything|it|us|the \w+) ?(?:down|offline)?"
    r"|(?:wiped|ruined|destroyed|trashed|nuked) |(?:is|was|were|are|'s|'re) (?:solely |entirely "
    r"|the ones? )?(?:to blame|at fault|guilty)"
    r"|(?:is|was|were|are) (?:solely |entirely )?responsible for (?:the|this) (?:outage|incident|problem|mess"
    r"|failure|downtime))"
)
_PEOPLE = pattern(
    rf"{_SOMEBODY}{_ADVERB} (?:{_FAILING}|{_UNDONE}|(?:accidentally|mistakenly|carelessly|inadvertently|wrongly"
    rf"|stupidly) \w+"
    rf"|{_DID}(?: [^\s.,;!?]+){{0,7}}? {_BADLY}|{_DAMAGE})"
    rf"|\bno(?:body|[ -]one) (?:even )?(?:bothered|cared)\b"
    rf"|\bwe(?: all| just| simply)? (?:forgot|ignored|neglected|messed (?:it |this )?up|screwed (?:it |this )?up"
    rf"|dropped the ball)\b"
)
_FAULT = pattern(
    r"(?:\b(?:my|his|her|their|your|our|whose)|\b" + _ROLE + r"'s|\b" + _ROLE + r"(?:s'|')|<@[^<>]+>(?:'s)?"
    r"|@[\w.-]+'s"
    r"|\b(?:someone|somebody|anyone|nobody|no one)(?: else)?'s) (?:own )?(?:fault|mistake|negligence|carelessness"
    r"|screw-?up|blunder|error)\b"
    r"|\bfault of (?:the |our |an? )?(?:[\w-]+ )?(?:" + _ROLE + r"|<@)"
    r"|\b(?:caused|broken|triggered|introduced) by (?:the |our |an? |that |some )?(?:[\w-]+ ){0,2}?(?:"
    + _SOMEBODY
    + r"|him|her|them|us|me)"
    r"|\b(?:this|that|it|all)(?: one)?(?:'s| is| was) (?:all )?(?:down to|on) (?:the |our )?(?:[\w-]+ )?(?:"
    + _ROLE
    + r"|<@[^<>]+>|him|her|them|me|us)\b"
    r"|\b(?:can|may) thank \S+ (?:and \S+ )?for (?:this|that|it|the)\b"
    r"|\bblam(?:e|es|ed|ing) (?:it on |this on |for this )?(?:the |our |an? )?(?:[\w-]+ )?(?:"
    + _ROLE
    + r"|<@[^<>]+>|him|her|them|me|us|you)\b"
    r"|\bwho (?:broke|forgot|did this|screwed|messed|is to blame|was to blame|caused)\b"
)
_NAMED = exact_pattern(
    r"(?:^|[\s(\"'*_>])(?P<name>\p{Lu}\p{Ll}+(?:[ -]\p{Lu}\p{Ll}+)?)(?:"
    + f"(?i:{_ADVERB} (?:{_FAILING}|{_UNDONE}|accidentally|mistakenly|carelessly"
    f"|{_DID}(?: [^\\s.,;!?]+){{0,7}}? {_BADLY}|{_DAMAGE}))"
    + r"|(?i:'s? (?:own )?(?:fault|mistake|negligence|carelessness|screw-?up|blunder)\b))",
)
_BY_NAME = exact_pattern(
    r"(?:\b(?:caused|broken|triggered|introduced) by|\bbecause of|\bblam(?:e|es|ed|ing)(?: it on)?|\bfault of"
    r"|\b(?:this|that|it)(?:'s| is| was)"
    r"(?: all)? on|\bthanks to) (?P<name>\p{Lu}\p{Ll}+)(?:[\s.,;!?)]|$)",
)
#: Capitalised words that are no names of people: how sentences begin, and what systems are called.
_NO_NAME = pattern(
    r"(?:the|this|that|these|those|it|its|we|our|a|an|he|she|they|you|i|if|when|while|after|before|because|since"
    r"|then|there|here|what|which"
    r"|who|where|how|why|and|but|or|so|as|no|nobody|none|nothing|everyone|everybody|everything|all|both|each|some"
    r"|one|two|another|any"
    r"|also|only|just|still|once|later|earlier|today|yesterday|maybe|probably|apparently|in|on|at|by|for|from"
    r"|with|to|of|not|first|second"
    r"|redis|kafka|postgres|postgresql|mysql|mongo|mongodb|nginx|envoy|istio|linkerd|kubernetes|docker|helm"
    r"|terraform|ansible|puppet|chef"
    r"|jenkins|github|gitlab|bitbucket|argo|spinnaker|flux|aws|azure|google|amazon|cloudflare|fastly|akamai"
    r"|stripe|paypal|adyen|twilio"
    r"|slack|datadog|grafana|prometheus|pagerduty|opsgenie|sentry|splunk|elastic|elasticsearch|kibana|rabbit"
    r"|celery|sidekiq|cassandra"
    r"|vault|consul|nomad|etcd|zookeeper|hadoop|spark|airflow|snowflake|heroku|vercel|netlify|linux|windows"
    r"|ubuntu|debian|chrome|safari"
    r"|firefox|android|java|python|ruby|rails|django|react|node|php|oracle|jira|confluence|microsoft|apple"
    r"|systemd|cron|lambda|aurora|dynamo"
    r"|deploy|deploys|release|rollback|rollout|migration|latency|traffic|checkout|login|payment|payments|cache"
    r"|queue|database|server|service"
    r"|worker|job|script|config|update|upgrade|patch|change|query|index|lock|pool|disk|memory|network|dns|proxy"
    r"|gateway|router|switch|node"
    r"|cluster|pod|container|image|build|pipeline|test|tests|alert|alerts|monitor|monitoring|page|dashboard|graph"
    r"|log|logs|code|commit"
    r"|branch|merge|user|users|customer|customers|client|clients|backup|restore|failover|replica|primary|shard"
    r"|partition|certificate|cert"
    r"|monday|tuesday|wednesday|thursday|friday|saturday|sunday|january|february|march|april|may|june|july|august"
    r"|september|october"
    r"|november|december|autoscaler|scheduler|loadbalancer|balancer|importer|exporter|bot|cronjob|version|retry"
    r"|retries|timeout|timeouts"
    r"|\w+(?:tion|tions|ment|ments|ing|ency|ance|ity|ness|ware|base|ql|db|js))"
)

# the other kinds -------------------------------------------------------------------------------------------------

_HUMAN_ERROR = pattern(
    r"\bhuman[- ]?(?:errors?|mistakes?|failures?|failings?|slips?)\b|\bpebk?cak\b|\bpebcak\b|\bid-?10-?t\b"
    r"|\b(?:operator|pilot|driver|admin|engineer|developer)(?:'s)? errors?\b|\buser error\b|\b(?:manual|honest"
    r"|personal|innocent|individual) (?:mistakes?|slips?)\b"
    r"|\bmanual errors?\b|\bcarelessness\b|\bnegligence\b|\binattention\b|\binattentiveness\b|\bsloppiness\b"
    r"|\binexperience\b|\bforgetfulness\b|\bcomplacency\b"
    r"|\bfat[- ]?finger(?:s|ed|ing)?\b|\black of (?:attention|care|diligence|discipline|focus|concentration"
    r"|experience|competence|effort|ownership)\b"
    r"|\b(?:someone|somebody|a person|people) (?:made|making) (?:a|an) (?:\w+ )?(?:mistake|error)\b"
    r"|\b(?:mistake|error|slip) (?:made )?(?:by|of|from|on the part of) (?:the |our |an? )?(?:[\w-]+ )?(?:"
    + _ROLE
    + r"|<@)"
)
_ERROR_AS_A_METRIC = pattern(
    r"^s? (?:rates?|counts?|messages?|pages?|budgets?|logs?|codes?|reports?|handling|tracking|reviews?)"
)
_PARTICIPLE = (
    r"(?:had|been|done|gone|seen|caught|known|told|made|taken|given|found|run|set|put|kept|held|sent|read|thought"
    r"|paid|left|lost|said|got|gotten"
    r"|come|become|begun|brought|built|bought|cut|hit|let|led|met|quit|shut|split|spent|stood|understood|won"
    r"|written|woken|broken|chosen"
    r"|rolled|spoken|shown|felt|heard|meant|dealt|looked|stopp?ed|[a-z]{2,}ed)"
)
_BETWEEN = (
    r"(?: (?:never|also|probably|just|at least|easily|really|already|only|all|both|maybe|perhaps|not"
    r"|certainly|definitely|at that point|then))*"
)
_COUNTERFACTUAL = pattern(
    rf"\b(?:should|could|would|might)(?:n't| not)?{_BETWEEN} (?:have|of|'ve){_BETWEEN} {_PARTICIPLE}\b"
    rf"|\b(?:should|could|would)(?:n't)?(?:'ve|a|ve){_BETWEEN} {_PARTICIPLE}\b"
    rf"|\b(?:should|could|why (?:didn't|did not)|shouldn't|couldn't) (?:we|they|he|she|you|i|someone"
    rf"|the [\w-]+)(?: not)? have {_PARTICIPLE}\b"
    rf"|\bought(?: not)? to have {_PARTICIPLE}\b|\bneedn't have\b|\bif only\b|\b(?:i|we) wish (?:we|i|they"
    rf"|someone|somebody|the [\w-]+) had\b"
    r"|\bif (?:we|they|he|she|you|i|someone|somebody|anyone|only|<@[^<>]+>|the [\w-]+(?: [\w-]+)?|\w+) had(?:n't"
    r"| not| only| just)? (?:\w+)"
    r"|(?:^|[.;!?\n] *|, *|\bbut )had (?:we|they|he|she|you|i|someone|somebody|anyone|the [\w-]+"
    r"|<@[^<>]+>) (?:not )?\w+"
    r"|\b(?:we|they|he|she|i|you|" + _ROLE + r"|<@[^<>]+>) (?:all )?failed to \w+"
    r"|\bno(?:body|[ -]one) thought (?:to|of)\b|\bwas (?:totally |completely |entirely |easily )?(?:avoidable"
    r"|preventable)\b"
)
#: "It could easily have been worse" answers the question about luck; "could have been the cache" is a guess.
_LUCK_OR_GUESS = pattern(
    r"^.{0,30}?\b(?:have|'ve) (?:easily |also |just |really )?(?:been|gone|got|gotten|become|made|ended|turned"
    r"|lasted)"
    r"(?: \S+){0,3}? (?:worse|bigger|longer|badly|bad|up (?:in|with)|catastroph\w+)"
)
_GUESS = pattern(r"^(?:could|might) have been (?:the|a|an|caused|related|due)\b")
_HINDSIGHT = pattern(
    r"\bin hindsight\b|\bwith hindsight\b|\bhindsight\b|\bin retrospect\b|\bretrospectively\b"
    r"|\blooking back(?: now)?(?:,|$|\.|;| (?:it|we|the|that|this|i|now))"
    r"|\bobvious(?:ly)?\b|(?:^|[.;!?\n] *)clearly\b|\b(?:was|were|is|'s) (?:so |very |quite |pretty )?(?:clearly"
    r"|plainly|evidently)\b|\bevidently\b"
    r"|\b(?:signs|warnings?|clues|signals|symptoms) (?:were|was|had been) (?:all |always |clearly |right "
    r"|already )*(?:there|clear|visible|everywhere|obvious)\b"
    r"|\b(?:anyone|anybody|everyone|everybody) (?:could|would|should|can) (?:have )?(?:see|seen|know|known|notice"
    r"|noticed|tell|told|guess|guessed)\b"
    r"|\b(?:see|saw|seen) (?:it|this|that) coming\b|\bmatter of time\b|\bbound to (?:fail|happen|break|go wrong"
    r"|blow up)\b"
    r"|\bwas (?:inevitable|foreseeable|predictable|unavoidable)\b|\binevitably\b|\b(?:writing"
    r"|handwriting) (?:was |is )?on the wall\b"
    r"|\b(?:everyone|everybody|we all|we) (?:always )?knew (?:it|this|that (?:it|this)) (?:would|was going to"
    r"|could)\b|\bpredictably\b"
    r"|\bit was (?:clear|plain|evident|apparent) (?:that|from)\b|\bdisaster waiting to happen\b"
    r"|\baccident waiting to happen\b|\bknew (?:all along|better)\b"
    r"|\ball along\b|\bno surprise (?:that|there)\b|\bunsurprisingly\b"
)
_JUDGEMENT = pattern(
    r"\b(?:stupid(?:ly|ity)?|dumb|idiot(?:ic|s|ically)?|morons?|moronic|lazy|lazily|laziness|sloppy|sloppily"
    r"|careless(?:ly)?|reckless(?:ly|ness)?"
    r"|irresponsible|irresponsibly|incompeten(?:t|ce|tly)|unprofessional|negligent(?:ly)?|pathetic"
    r"|ridiculous(?:ly)?|embarrassing|shameful"
    r"|disgraceful|inexcusable|unforgivable|amateurish|amateur hour|clueless|half-assed|half-baked|crappy|shitty"
    r"|shit show|shitshow|useless|insane"
    r"|idiocy|foolish|silly|laughable|wtf|facepalm|hopeless|abysmal|appalling|dreadful|lame|unqualified|ignorant"
    r"|naive|nonsensical)\b"
    r"|\b(?:is|was|are|were|'s) (?:such |just |really |simply |an? )*(?:joke|disgrace|disaster of|shame"
    r"|embarrassment|garbage|rubbish|crap|shit)\b"
    r"|\b(?:bad|poor|terrible|awful|horrible|wrong) (?:judge?ment|judgment|decision|decisions|call|choice|choices"
    r"|idea|job|handover|communication|engineering|planning|management|review|attitude|work|practice)\b"
    r"|\b(?:handover|response|review|communication|decision|process|coordination|planning|code|design|work|job"
    r"|team|attitude|engineering) (?:was|were|is) (?:\w+ )?(?:terrible|awful|horrible|bad|poor|unacceptable"
    r"|disastrous|catastrophic)\b"
    r"|\bpoorly (?:handled|managed|done|planned|written|tested|thought|communicated|executed|designed)\b"
    r"|\basleep at the wheel\b|\bunacceptable\b"
    r"|\b(?:no excuse|what were (?:they|you|we) thinking|common sense|should know better|know better)\b"
)
_ABOUT_A_MEASURE = pattern(
    r"(?:latenc|throughput|performance|traffic|load times?|network|response times?|error rates?|slo\b|weather)"
)

_GENERIC = (
    r"(?:monitoring|alerting|alerts|logging|logs|observability|metrics|testing|tests|test coverage|coverage"
    r"|documentation|docs|process(?:es)?|procedures?"
    r"|communications?|training|trainings|knowledge(?: sharing)?|(?:code |peer )?reviews?|(?:code )?quality"
    r"|reliability|resilience|resiliency|robustness|stability"
    r"|visibility|awareness|collaboration|coordination|tooling|tools|onboarding|performance|security|runbooks"
    r"|playbooks|response|responses|handovers?"
    r"|planning|practices|best practices|things|it|this|that|everything|systems?|the system|infrastructure|infra"
    r"|architecture|automation|attention|care|discipline"
    r"|transparency|culture|mindset|deployments?|deploys|releases?|on-?call|incident (?:response|management"
    r"|handling)|change management|safety|checks|safeguards"
    r"|error handling|scalability|capacity|response times?)"
)
_FILLER = (
    r"(?: (?:our|the|some|a|more|better|overall|general|in|on|any|all|team's|current|existing|internal|up"
    r"|further|stronger|proper|good|lot of|bit of))*"
)
_LATER = (
    r"(?: (?:for (?:the |our |all |every )?(?:teams?|everyone|everybody|people|engineers|developers|staff"
    r"|newcomers|juniors|on-?call)|in general|overall|next time|in (?:the )?future|going forward|from now on|soon"
    r"|a bit|a lot|here"
    r"|there|everywhere|further|somehow|more|better"
    r"|in the team|as a team|across (?:the )?(?:teams?|board|company|org)|around (?:this|it|that|here)"
    r"|for (?:this|it|that|next time)|if possible|at some point"
    r"|in this area|of things|generally|please))*"
)
_LEAD = (
    r"(?:(?:ai|todo|action(?: item)?|follow-?up|idea)s? ?[:-] *)?(?:(?:[-*•–] |\d{1,2}[.)] |\[ ?\] )\s*)*"
    r"(?:(?:we|i|you|they|let's|lets|everyone|people|the team|team|maybe|perhaps|please|just|also|and|then"
    r"|so)(?:'ll| will)? )*"
    r"(?:(?:need|needs|have|has|want|plan|try|ought) to |(?:should|must|could|will|can|shall|would)(?: all)? "
    r"|there (?:should|must|needs to) be )?"
    r"(?:(?:probably|definitely|really|also|just|maybe|try to|be sure to|make sure to) )*"
)
_VAGUE = pattern(
    rf"{_LEAD}(?:(?:improv(?:e|ed|ing|ements? (?:of|to|in))|enhanc(?:e|ing)|strengthen(?:ing)?|increas(?:e|ing)"
    rf"|rais(?:e|ing)|optimi[sz](?:e|ing)|tighten(?:ing)?"
    r"|harden(?:ing)?|streamlin(?:e|ing)|invest(?:ing)? in|work(?:ing)? on|focus(?:ing)? on|better|more|good"
    r"|proper|stronger|clearer|do(?:ing)? (?:better|more)|add more|add better|add|have (?:better|more)"
    r"|need (?:better|more)|write (?:better|more)|get better at|expand|revisit|rethink|reconsider|clean up|fix"
    r"|polish|upgrade|review|look at|think about|consider|ensure|guarantee|provide|promote|encourage)"
    rf"{_FILLER} {_GENERIC}(?:(?:,| and| or| &| /){_FILLER} {_GENERIC})*{_LATER}"
    rf"|(?:be|being)(?: \w+)? (?:more )?(?:careful|cautious|diligent|proactive|vigilant|mindful|aware|attentive"
    rf"|responsible|disciplined|transparent|thorough)\b.*"
    r"|pay(?:ing)?(?: \w+)? attention\b.*|rais(?:e|ing) awareness\b.*|try(?:ing)? harder\b.*|tak(?:e"
    r"|ing) (?:more |better )?care\b.*"
    r"|communicat(?:e|ing)(?: \w+)? (?:better|more|earlier|clearly)\b.*|(?:test|document|monitor|review|plan"
    r"|check|log|alert|automate)(?:ing)?(?: (?:things|it|this|everything|changes|code))?(?: (?:much|way"
    r"|a lot))? (?:more|better|harder|thoroughly|properly|carefully|everything)"
    + _LATER
    + r"|(?:follow(?:ing)?|stick(?:ing)? to|adher(?:e|ing) to|respect(?:ing)?) (?:the "
    r"|our )?(?:\w+ )?(?:process(?:es)?|procedures?|rules?|guidelines?|best practices|policy|policies|runbooks?)"
    + _LATER
    + r"|(?:look(?:ing)? into|investigat(?:e|ing)|think(?:ing)? about|look(?:ing)? at|dig(?:ging)? into"
    r"|explor(?:e|ing)|discuss(?:ing)?|follow up(?: on)?|examin(?:e|ing)|analy[sz](?:e|ing)|understand(?:ing)?)"
    r"(?: (?:it|this|that|the (?:issue|problem|matter|topic|cause|root cause|options?|situation|incident)|options"
    r"|things|why|what happened))?"
    + _LATER
    + r"|mak(?:e|ing) (?:sure )?(?:the |our |this |that |it |things |everything )?(?:\w+ )?(?:is |are )?(?:more "
    r"|less |better|much better)(?:robust|reliable|resilient|stable|scalable|secure|visible|efficient|safe"
    r"|fragile|brittle|flaky)?"
    + _LATER
    + r"|(?:make sure|ensure)(?: that)? (?:this|it|that)(?: \w+)? (?:doesn't|does not|won't|never|cannot"
    r"|can't) (?:ever )?happens?\b.*"
    r"|(?:fix|solve|handle|address|resolve|improve|prevent) (?:it|this|that|things|the (?:issue|problem|bug"
    r"|root cause))"
    + _LATER
    + r"|do(?:ing)? (?:better|more)(?: \w+){0,2}|learn from (?:this|it).*|double[- ]check(?: (?:things|everything"
    r"|before))?.*|be better.*"
    r"|(?:remember|don't forget) to .*"
    r"|(?:about |roughly |around )?(?:quite (?:a (?:lot|few|bit|while)|some|many)|a lot|lots|many|some|several"
    r"|a (?:few|while|bit|bunch|number|handful)|loads|tons|plenty|most|not (?:that |too |so )?(?:many|much|long)"
    r"|long|too long|a long time|for a while)"
    r"(?: of)?(?: (?:them|it|people|customers|users|requests|orders|errors|time|minutes|hours|traffic"
    r"|tickets))?)[\s.!…]*"
)
_SPECIFIC = pattern(r"[0-9]|\x60|https?://|<#|<http|so that|/[a-z]+/")
_LINE = pattern(r"[^\n]+")
_CLAUSES = pattern(r"[.;!?\n]+(?:\s|$)|\n")

_NOT = pattern(
    r"(?:\bnot?\b|n't\b|\bnever\b|\bnobody\b|\bno[ -]one\b|\bwithout\b|\bnone\b|\bneither\b|\bnor\b"
    r"|\brather than\b|\binstead of\b|\bhardly\b|\bless\b)[^.;!?\n]{0,28}$"
)
#: How far before a place a denial is looked for, in characters.
_REACH = 44


def concerns(text: str) -> tuple[Concern, ...]:
    """Every place to ask about in `text`, in order; at most MOST of a kind. Places of one kind do not overlap."""
    flat = plain(text)
    found: list[Concern] = []
    for kind, places in (
        (Kind.PERSON_AS_CAUSE, _people(flat)),
        (Kind.HUMAN_ERROR, _human_errors(flat)),
        (Kind.COUNTERFACTUAL, _counterfactuals(flat)),
        (Kind.HINDSIGHT, _undenied(_HINDSIGHT, flat)),
        (Kind.JUDGEMENT, _judgements(flat)),
        (Kind.VAGUE, _vague(flat)),
    ):
        end = -1
        for start, stop in sorted(islice(places, MOST)):
            if start >= end:
                start, stop = _trimmed(flat, start, stop)
                found.append(Concern(kind, start, stop, text[start:stop]))
                end = stop
    return tuple(sorted(found, key=lambda concern: (concern.start, concern.end)))


_Places = Iterator[tuple[int, int]]


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in " \n\t.,;!?":
        start += 1
    while end > start and text[end - 1] in " \n\t.,;!?…":
        end -= 1
    return start, end


def _denied(text: str, start: int) -> bool:
    return _NOT.search(text[max(0, start - _REACH) : start]) is not None


def _undenied(rule: Pattern, text: str) -> _Places:
    return ((each.start(), each.end()) for each in rule.finditer(text) if not _denied(text, each.start()))


def _people(text: str) -> _Places:
    for each in _PEOPLE.finditer(text):
        if not _denied(text, each.start()):
            yield each.start(), each.end()
    for each in _FAULT.finditer(text):
        words = (each.group() or "").lower()
        if not _denied(text, each.start()) and not words.startswith(("nobody", "no one", "git ")):
            yield each.start(), each.end()
    for rule in (_NAMED, _BY_NAME):
        for each in rule.finditer(text):
            if not _denied(text, each.start()) and _is_name(each):
                yield each.start(), each.end()


def _is_name(found: Found) -> bool:
    name = found.group("name") or ""
    return not any(_NO_NAME.fullmatch(word) for word in name.replace("-", " ").split())


def _human_errors(text: str) -> _Places:
    for start, end in _undenied(_HUMAN_ERROR, text):
        if not _ERROR_AS_A_METRIC.search(text[end : end + 24]):
            yield start, end


def _counterfactuals(text: str) -> _Places:
    for each in _COUNTERFACTUAL.finditer(text):
        rest = text[each.start() : each.start() + 70]
        if not _LUCK_OR_GUESS.search(rest) and not _GUESS.search(rest):
            yield each.start(), each.end()


def _judgements(text: str) -> _Places:
    for start, end in _undenied(_JUDGEMENT, text):
        if not _ABOUT_A_MEASURE.search(text[max(0, start - 40) : end + 30]):
            yield start, end


def _vague(text: str) -> _Places:
    for line in _LINE.finditer(text):
        start, end = line.start(), line.end()
        # A vague line is short; the rule is about what it leaves out.
        if end - start > 400:
            continue
        for first, last in _sentences(text, start, end):
            words = text[first:last].strip()
            if 3 < len(words) <= 120 and _VAGUE.fullmatch(words) and not _SPECIFIC.search(words):
                yield first, last


def _sentences(text: str, start: int, end: int) -> _Places:
    at = start
    for each in _CLAUSES.finditer(text[start:end]):
        yield at, start + each.start()
        at = start + each.end()
    if at < end:
        yield at, end
