"""In which words do people commit themselves to something, and in which do they not?"""

from __future__ import annotations

from bot.patterns import pattern

PREFIX = pattern(
    r"\W*(?:<@[^<>]+>[:,]? )?\W*(?:ais?|ap|to-?dos?|action(?: items?| points?)?s?"
    r"|follow[- ]?ups?|next steps?)\W{0,3}(?: ?#?\d{1,3})? ?(?::|–|—| -) *\S.*\s.*\S"
)
#: "AI @ann write the runbook", "TODO(ann) write the runbook": marked without a colon.
MARKED = pattern(
    r"\W*(?:ai|ap|todo|action(?: items?)?)(?: (?P<at><@[^<>]+>|@[\w.-]+):?"
    r"| ?\((?P<name>[\p{L}][\p{L}\p{N}._-]*)\):?) (?P<what>\S.*\s.*\S)"
)
#: "filed OPS-7 to raise the pool size"; a case with somebody else's support is none.
FILED = pattern(
    r"\b(?:filed|opened|created|raised|logged|cut|made|i (?:will |now )?(?:file|open|create|raise)) (?:an? |the )?"
    r"(?:(?:follow[- ]?up|jira|github|gitlab|tracking|new|backlog) )*"
    r"(?:tickets?|issues?|tasks?|card|story|bug|<https?://[^<>]+>|https?://\S+|[a-z][a-z0-9]+-\d+|#\d+)\b?"
    r"[^.;\n]{0,40}?"
    r"(?: to | for |: ?| so that )[\p{L}]"
)
OF_OTHERS = pattern(
    r"\b(?:support|vendor|provider|carrier|aws|azure|gcp|google|their) (?:\w+ )?(?:ticket|case|issue)|\bcase id\b"
    r"|\bwith (?:the |our )?(?:vendor|provider|carrier|aws|azure|gcp|support)\b"
)
#: A line that opens a list of items, and the lines of one.
HEADING = pattern(
    r"\W*(?:action items?|actions?|action points?|next steps?|follow[- ]?ups?|to-?dos?|ais?|remediations?"
    r"|tasks)(?: \([^()]*\))?\W*"
)
POINT = pattern(r"[ \t]*(?:[-*•‣◦–—·]|\(?\d{1,3}[.)]|\[[ xX]?\]|:[a-z_]+:|&gt;)[ \t]*\S")
#: A sentence that only says of the one before it whose it is, by when or how urgent.
DETAIL = pattern(r"\W*(?:owners?|assignees?|assigned to|due|deadline|by|prio(?:rity)?|p[0-3])\b ?[:=]?[^.!?]{0,60}[.]?")
#: What is built so that it does not happen again.
_PRECAUTION = (
    r"\b(?:add|write|build|create|put|set up|make) (?:an?|the) (?:[\w-]+ ){0,3}(?:alerts?|alarms?|checks?|tests?"
    r"|monitors?"
    r"|monitoring|guards?|runbooks?|dashboards?|limits?|reminders?|probes?|lint\w*|validation)\b"
)
ONE_MORE = pattern(
    r"(?:(?:[,;] ?| )(?:and|then|also) (?:then |also )?|[,;.!] )((?:i(?:'|’)ll|i will|i(?:'|’)m going to|will) [\p{L}])"
)
#: What is asked behind words of one's own, and leaves them said: ", ok?".
TAG = pattern(
    r"[\s,;–—-]+(?:ok(?:ay)?|right|al(?:l )?right|yes|yeah|fine|agreed|deal|good|sounds good|no objections?"
    r"|any objections?|(?:is )?(?:that|this) (?:ok(?:ay)?|fine|alright)|(?:ok(?:ay)?|fine|good) (?:for|with"
    r"|by) [\w@<> ]{1,30})"
    r" ?\?+\W*$"
)
#: What somebody offers to do: nothing is promised before somebody else says yes.
OFFERED = pattern(
    r"^\W*(?:\w+[,:] )?(?:(?:should|shall|can|could) i|(?:do you |you )?want me to|i could|how about i|what if i) "
    r"([\p{L}][^?]*)\?+\W*$"
)
GO_AHEAD = pattern(
    r"\W*(?:(?:yes|yep|yeah|sure|ok(?:ay)?)\W+)?(?:(?:yes )?please(?: do)?|go ahead|go for it|do (?:it|that)"
    r"|(?:that )?would be (?:great|good|nice|helpful)|great|perfect|\+1|:\+1:|:thumbsup:|:white_check_mark:)"
    r"(?:\W+(?:thanks?(?: you)?|thx|please|yes))?\W*"
)
REFUSED = pattern(r"\W*(?:no|nope|nah|nein|(?:please |pls |better )?(?:don't|do not|not)|rather not|wait|hold on)\b")
#: "I'll grab lunch", "I'll be back tomorrow", "I'll look": what people say of themselves, and no work.
OWN_WAYS = pattern(
    r"(?:\b(?:i|we|you|they)(?:'ll| will| can| should| could| must| shall| need to| have to| am going to"
    r"|'m going to|'m gonna|'re going to)|^\W*will|\blet's|\blet me) (?:not |never |also |just |then |all "
    r"|probably |really |maybe )*(?:know|(?:order|buy|bring|get) (?:\w+ ){0,2}(?:food|pizzas?|lunch|dinner|beers?"
    r"|coffee|cake|snacks|drinks)"
    r"|be (?:back|there|here|off|out|away|in|at|around|late|gone|ooo|afk|on(?:line| call| pto| holiday| leave)?|offline"
    r"|available|free|travelling|traveling|driving|sleeping|home|on my way)|look|see|think|sleep|eat|grab|celebrate"
    r"|head (?:home|out|off|to|over)|hop|jump|join|drop (?:off|out|by)|leave (?:at|in|soon|early|now|for)"
    r"|come (?:back|in|over|by|online)|go (?:home|offline|to|for|on|get|grab|eat|afk|out|over)"
    r"|have (?:a |some |my )?(?:lunch|dinner|breakfast|coffee|tea|beers?|break|drinks?|nap|rest|look|day off)"
    r"|take (?:a |my |the )?(?:lunch|break|nap|rest|walk|look|day off|train|bus|afternoon|morning|day)"
    r"|get (?:some |a |my )?(?:coffee|lunch|dinner|breakfast|sleep|rest|food|tea|air)|(?:log|sign|clock) off"
    r"|miss|watch|wait|stay|catch up|check in|talk (?:to you |later|tomorrow|soon))\b"
)
#: What outlasts the incident: who puts something there does not end it by that.
_KEPT = (
    r"\b(?:add|put|include|write|move|copy|turn|file|collect|get|record|document|note) [^.;?!\n]{1,160}? (?:in"
    r"|into|to|on|onto) "
    r"(?:an?|the|our|their) (?:[\w-]+ ){0,2}(?:eval(?:uation)?s?(?: (?:sets?|suites?))?|(?:test|golden|regression)"
    r" (?:sets?|suites?|cases?|plans?|tests)|test(?:s|ing) (?:sets?|suites?|plans?)|runbooks?|playbooks?|backlog"
    r"|checklists?"
    r"|wiki|faq|docs|documentation|onboarding|roadmap|sprint|handbook|retro|release (?:notes|checklist))\b"
)
#: "@tina can you please send it to all by tomorrow?" asks one person for a thing.
ASKS_ONE = pattern(
    r"^\W*(?:<@[^<>]+>|@[\w.-]+)[:,]? (?:can|could|would) you (?:please |pls )?[\p{L}]|^\W*(?:can"
    r"|could) you (?:<@[^<>]+>|@[\w.-]+)"
)
OURS = pattern(
    r"\b(?:we|someone|somebody|they|you|<@[^<>]+>|@[\w.-]+|[\w-]+ team|<!subteam[^<>]*>)"
    r" (?:all |really |probably |also |definitely |still )*"
    r"(?:should|ought to|need to|needs to|must|have to|has to|want to|will|'ll)"
    r"(?: (?:also|really|probably|definitely|then))* [\p{L}]"
    r"|(?:^|[,;] )\W*need to [\p{L}]"
    r"|\bwe (?:really |also |still )*need (?:an?|the|some|auto\w*|permanent|better|more|another|one) [\p{L}]"
    r"|\b(?:we'll|let's|can you|could you|please|pls|needs? to be|should be|must be) [\p{L}]"
)
#: "please sleep well", "can you pass the salt": asks, and names nothing that outlasts the day.
POLITE = pattern(r"\b(?:please|pls|can you|could you|let's)\b")
LATER = pattern(
    r"\b(?:later|afterwards|after (?:this|that|the (?:incident|outage|rollback|fix|dust|weekend|holidays?)|we're"
    r"|it's|we are|things)|next (?:week|sprint|quarter|month|time|release|iteration)|tomorrow|monday"
    r"|going forward|from now on|in (?:the )?future|long(?:er)?[- ]term|permanent(?:ly)?"
    r"|follow[- ]?up|tickets?|backlog|jira|issue for|post-?mortem|retro(?:spective)?|so (?:that )?(?:this|that|it"
    r"|we) (?:\w+ )?(?:never|doesn't|does not|won't|can't|cannot|don't)|never (?:again|happens|ships)|ever again"
    r"|happens? again|again\b.{0,12}$|prevent|once (?:this|it|we|everything|the dust)|eventually|at some point"
    r"|when (?:this|it) is over|in q[1-4]|this (?:quarter|week|sprint)|before (?:the next|version|v?\d+\.\d))\b"
    rf"|{_PRECAUTION}|{_KEPT}"
)
#: "write a check that …", "add the restart order to the runbook": things, and nothing that is done now.
A_THING = pattern(rf"\b(?:an?|the) (?:\w+ )?check\b|{_KEPT}")
NOW = pattern(
    r"\b(?:restart(?:ing)?|roll(?:ing)? ?(?:it )?back|rollback|revert(?:ing)?|check(?:ing)?(?: (?:if|the|whether"
    r"|with|on|it|that|this|now))|look(?:ing)? (?:at|into|now)|take a look|right now|now|immediately|first\b"
    r"|page (?:the|<@|@|someone|them|him|her)|escalate|kill(?:ing)? (?:the|it|that|this)|drain|fail(?:ing)? ?over"
    r"|bounce|flush|try(?:ing)?|wait|call|ping|join|asap|quickly|in a (?:sec|minute|moment|bit)"
    r"|a (?:sec|minute|moment)|in \d+ ?(?:m|min|mins|minutes)|scale (?:up|it|out)|be (?:fine|ok|okay|back|good|up"
    r"|able|recovered|done|there|safe|enough)|see (?:if|it|what|recovery)|recover|keep an eye|update you"
    r"|let you know|be right|post (?:an )?update)\b"
)
NOT_MEANT = pattern(
    r"\?\W*$|\b(?:should|could|would|must|might)(?:n't| not)? have\b|\b(?:should|could|would)(?:'ve|a)\b"
    r"|\bif (?:we|it|this|that)\b|\bmaybe we\b|\bnot sure\b|\bdon't (?:need|have) to\b|\bwon't\b|\bshouldn't\b"
    r"|\bdo we\b|\bshould we\b"
)
#: What its writer does not promise after all.
NOT_MEANT_BY_ME = pattern(
    r"\?\W*$|\b(?:should|could|would)(?:n't| not)? have\b|\bdon't (?:need|have) to\b|\bnot sure\b|\bmaybe\b"
    r"|\bif (?:you|anyone|nobody|it|this|that) (?:want|like|need|happen|fail|come|break|still|isn't|doesn't|gets)\w*"
    r"|\bunless\b|\bi(?:'ll| will|'m going to| am going to) not\b"
)
#: "we need the db team later": who is needed, and no thing.
NEEDS_PEOPLE = pattern(
    r"\bwe (?:really |also |still )*need (?:the |some |more |another |an? )?(?:[\w-]+ )?(?:team|people|person|hands"
    r"|eyes|dba|vendor|help|him|her|them)(?: (?:later|now|here|too|again|tomorrow|today|tonight|on \w+"
    r"|for (?:this|that|it)))*\W*$"
)
#: What names a day and no work: a farewell, a treat, a report of what was.
NO_WORK = pattern(
    r"\b(?:see (?:you|ya|u)|good ?night|good ?bye|bye|have a (?:good|nice|great)|thanks (?:all|everyone|everybody)"
    r"|happy (?:weekend|holidays)|pizzas?|lunch|dinner|beers?|cakes?|drinks|(?:i|we) feel|(?:i'm|im|i am|feeling)"
    r" (?:ill|sick)|ill be|(?:ran|worked|went|was|were|happened|came|looked) (?:ok|okay|fine|well|good|great|up|down)"
    r"|(?:the )?same (?:here|for me))\b"
)
ANOTHER_DAY = pattern(
    r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|tomorrow|tmrw|tonight|this (?:week|afternoon|evening)|next \w+)\b"
)
#: Where people write without capitals, a sentence ends here all the same; "approx. two" is one.
ENDS = pattern(r"[\p{L}\p{N})]{3,}[.!] +[\p{Ll}]")
NO_END = pattern(r"\b(?:approx|incl|excl|etc|resp|dept|prof|asst|mins?|secs?|hrs?|vers|nos?|tel|ext)[.]")
ITS_OWNER = pattern(r"(?:[.,;:–—(-] ?|\bowner )(?:me|mine|on me)\W*(?:$|[.,;])")
