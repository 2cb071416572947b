"""What does an answer speak of: numbers, counts, times, links, actions, an audience, luck, nothing, not knowing?"""

from __future__ import annotations

from bot.patterns import NOT_JOINED, Pattern, pattern, plain
from bot.wording.again import says_again
from bot.wording.amounts import AMOUNT
from bot.wording.beside import ENOUGH, without_talk
from bot.wording.sentences import parts, without_bullet
from bot.wording.subjects import subjects
from bot.wording.vagueness import is_vaguely_said

_TIME_UNIT = r"(?:s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?|w|weeks?|months?|years?)"
_OTHER_UNIT = r"(?:ms|am|pm|a\.m|p\.m|o'clock|utc|gmt|cet|est|pst|percentile|st|nd|rd|th)"
#: Nouns that can be counted need no list: whatever stands in the plural after a number, and these.
_COUNTED = (
    r"(?:%|percent|per cent|pct|people|users?|customers?|clients?|tenants?|accounts?|orgs?|requests?|reqs?"
    r"|orders?|payments?|checkouts?|sessions?|tickets?|calls?|complaints?"
    r"|errors?|failures?|jobs?|messages?|events?|rows?|records?|hosts?|pods?|nodes?|shards?|regions?|rps|qps"
    r"|req/s|gb|tb|mb|kb|eur|usd|euros?|dollars?|€|\$|times|k|x"
    r"|carts?|baskets?|bookings?|merchants?|shops?|stores?|sites?|devices?|instances?|services?|queries"
    r"|transactions?|logins?|views?|visitors?|students?|patients?|[a-z]{3,}s)"
)
_CLOCK = (
    r"(?:\b\d{1,2}[:h.]\d{2}(?::\d{2})?(?: ?[ap]\.?m\.?)?(?:ish)?\b|\b\d{1,2} ?[ap]\.?m\b"
    r"|\b\d{4}-\d{2}-\d{2}t\d{2}:\d{2})"
)
_NOT_KNOWING = (
    r"(?:don't|do not|dont|doesn't|can't|cannot|could not|couldn't) (?:really |yet |actually |quite |exactly )?"
    r"(?:know|tell|say|remember|recall)|dunno|idk|no (?:idea|clue)|not (?:\w+ )?sure|unsure|unclear"
    r"|hard to (?:say|tell|know)|haven't (?:found|figured|looked|measured)|not yet (?:known|clear)|beats me"
)
_TO_COME = r"(?:unknown|\?+|tbd|tbc|to be determined|no data)"
#: Who may be told of an incident: an alert, a runbook and a queue hear of nothing.
_HEARERS = (
    r"(?:customers?|clients?|users?|teams?|support|sales|marketing|legal|finance|management|leadership|managers?|leads?"
    r"|partners?|board|others|rest|shops?|merchants?|colleagues|people|compan(?:y|ies)|org(?:ani[sz]ation)?|groups?"
    r"|departments?|staff|guilds?|everyone|everybody|engineers?|engineering|developers?|devs|stakeholders?|executives?"
    r"|channels?|mailing list|list|newsletter|blog|wiki|intranet|status ?page|all[- ]hands|town ?hall|meetings?|review"
    r"|retro(?:spective)?|guild|digest|page|board meeting|stand-?up)\b"
)
#: What people hear of an incident.
_TOLD = (
    r"(?:the|a|an|our) (?:[\w-]+ )?(?:post-?mortem|document|doc|write-?up|report|summary|timeline|findings|lessons"
    r"|learnings|outcomes?|results?|story|review|notes?|news|numbers|mail|e-?mail|message|letter|apology|update)"
)

_RULES: dict[str, Pattern] = {
    "number": pattern(AMOUNT),
    "count": pattern(
        rf"{AMOUNT}(?: ?(?:to|-|–|or|and) ?{AMOUNT})? ?(?:%|percent\b|per cent\b|€|\$)|[€$£] ?\d"
        rf"|{AMOUNT}(?:,? (?:of (?:all |the |our )?|out of "
        rf"|in )?(?:\d[\d.,]* )?)(?:[\p{{L}}/-]+ ){{0,2}}{_COUNTED}\b|\b\d[\d.,]* ?(?:k|rps|qps|gb|tb|mb|x)\b"
        r"|\b(?:half|a third|two thirds|a quarter|three quarters|a tenth) of\b|\b\d+ (?:in|of"
        r"|out of) (?:every )?\d+\b"
        r"|\b(?:all|every|each|no|zero|not a single|none of(?: the| our)?)(?: of)?(?: our"
        r"| the)? (?:[\p{L}-]+ ){0,2}(?:users?|customers?|clients?|tenants?|accounts?|requests?|orders?|payments?"
        r"|people|regions?|traffic|data|one|hosts?|nodes?)\b"
        r"|\b(?:everyone|everybody|nobody|no one) (?:was|were|could|couldn't|lost|saw|got|had|in|on)\b"
    ),
    "duration": pattern(
        rf"{AMOUNT}(?: ?(?:to|-|–|or) ?{AMOUNT})?(?: ?(?:and a half|or so))? ?-?{_TIME_UNIT}\b|\b(?:half an?|an"
        rf"|one|a) (?:hour|minute|day|week|second)\b|\b\d+ ?h ?\d+|\ball (?:day|night|morning|afternoon|week)\b"
        rf"|{_CLOCK} ?(?:utc|gmt|cet|uk time)? ?(?:to|till|until|-|–|—|and|→|->|-&gt;) ?(?:about |around "
        rf"|~)?{_CLOCK}|\bovernight\b"
    ),
    "time": pattern(
        rf"{_CLOCK}|\b(?:noon|midday|midnight)\b|\b(?:at|around|about|by|from|since|until|before|after|half"
        rf"|quarter (?:past|to)|just (?:before|after)) (?:about |around )?(?:one|two|three|four|five|six|seven"
        rf"|eight|nine|ten|eleven|twelve)(?: o'clock|$|[\s,.;!?](?:uk|in the|utc|local|am|pm))"
        r"|\bhalf (?:past )?(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b|\b\d{1,2} o'clock\b"
    ),
    "link": pattern(r"<?\bhttps?://[^\s<>|]+|\bwww\.[a-z0-9-]+\.[a-z]|<mailto:"),
    "audience": pattern(
        r"\b(?:shar(?:e|ed|ing) (?:it |this |that |them |the \w+ |a \w+ |what \S+ )*(?:with|in|at|on|to|via"
        r"|through|by)|(?:tell|telling|inform|informing|informs|notify|notifying|brief|briefing|warn|email|e-mail"
        r"|emailing|mail|mailing|message|messaging|call|update|updating)"
        rf" (?:<@|<!|<#|@|#|all |every|everyone|everybody"
        rf"|(?:(?:the|our|other|those|affected|each|its|their) )*{_HEARERS})"
        r"|present(?:ed|ing)? (?:it |this |that |the \w+ )?(?:at|to|in)|announc(?:e|ed|ing|ement)\b|(?:post"
        r"|posting|publish|publishing|put|putting|send|sending|circulate|forward|write it up|write-up"
        rf"|demo) (?:(?:it |this |that |them |{_TOLD} )?(?:in|to|on|at|around|for|via)\b|(?:the|an?|our)"
        rf" (?:[\w-]+ ){{1,2}}(?:in|to|on|at|around|for|via)"
        rf" (?:<@|<!|<#|@|#|all |every|(?:(?:the|our|other|a) )?(?:[\w-]+ )?{_HEARERS}))"
        r"|walk(?:ing)? (?:\S+ ){1,4}through|talk(?:ing)? (?:\S+ ){0,3}(?:at|to) )"
        r"|<#[A-Z0-9]+|(?:^|\s)#[a-z][a-z0-9_-]+"
        r"|\b(?:all[- ]hands|town ?hall|status ?page|newsletter|blog ?post|changelog|brown[- ]?bag|lunch (?:and"
        r"|&) learn|show (?:and|&) tell|stand-?up|retro(?:spective)?|guild|weekly (?:meeting|review|digest|mail"
        r"|ops)|ops (?:review|meeting)|team meeting|review meeting"
        r"|mailing list|release notes|engineering (?:meeting|channel|all)|stakeholders?|executives?|the board"
        r"|steering)\b"
        r"|\b(?:everyone|everybody|nobody|no one|the whole (?:team|company|org)|the other teams|other teams"
        r"|support|customers|sales|management|leadership) (?:else )?(?:should|will|needs? to|must|has to|have to"
        r"|ought to|gets?|hears?|learns?) (?:to )?(?:know|hear|learn|be told|get|be informed|read|see|of|about|a"
        r"|the|it)"
    ),
    "luck": pattern(
        r"\b(?:luck(?:y|ily)?|fortunate(?:ly)?|by (?:pure |sheer |mere )?(?:chance|accident)|coinciden(?:ce|tally)"
        r"|(?:just )?(?:so )?happened to\b|as it happen(?:s|ed)|near[- ]miss"
        r"|(?:could|might|would)(?: easily| well| just)?(?: have|'ve) (?:easily |also |well |just )?"
        r"(?:been|got|gotten|become|gone|lasted)"
        r" (?:\S+ ){0,2}?(?:worse|bigger|longer|catastroph\w+))\b"
    ),
    "unknown": pattern(
        rf"\b(?:{_NOT_KNOWING}|i wouldn't know|(?:nobody|no one|no-one) (?:really |yet )?knows|not known"
        r"|(?:is|are|was|remains?|still|it's) (?:still )?unknown|never found out|we never (?:learned|found|measured)"
        r"|who knows)\b"
        rf"|^\W*{_TO_COME}\W*$"
    ),
}
#: How a sentence begins that says no more than that its writer does not know.
_KNOWS_NOT = pattern(
    r"\W*(?:(?:sorry|honestly|frankly|hm+|well|actually|tbh|to be honest|so|and|still|also|oh|ok(?:ay)?|yeah|no|nope"
    r"|as of now|good question)\W+)*(?:(?:i|we|nobody|no one|no-one|none of us|who|it|that|this|which)(?:'m|'s|'re"
    r"|'ve| am| is| are| was| were| have| had| remains?)? )?(?:(?:still|really|honestly|just|also|simply|yet|been) )*"
    rf"(?:{_NOT_KNOWING}|wouldn't know|knows?|not (?:yet )?(?:known|clear)"
    rf"|never (?:found out|learned|found|measured)|{_TO_COME})"
    r"(?:\W|$)"
)
#: Where something else begins after that; so many words say something.
_GOES_ON = pattern(r"[,:()–—]| - | but | though | because | since | as | so | maybe | perhaps | i think | i guess ")
_SAYS_SOMETHING = 4
_SENTENCES = pattern(r"[.!;\n]+|\?+\s")
_TAIL = (
    r"(?:[\s,]+(?:really|else|special|specific|more|at all|at the moment|for now|right now|yet"
    r"|that i know(?: of)?|that i'm aware of|i know of|to add|to report|to say|to share|comes to mind|came to mind"
    r"|here|today|from me|from us|from my side|on my side|i can think of|i think|i'm afraid|sorry|thanks|thank you"
    r"|so far|in particular|of note|new|missing|it|was it|that's it))*"
)
_NOTHING = pattern(
    rf"\W*(?:(?:no|nope|nah),? ?)?(?:nothing|none|no|nope|nah|nil|nada|n/?a|n\.a\.|not applicable|not really"
    rf"|no one|nobody"
    rf"|nowhere|zero|no more|not that i know(?: of)?|not from me"
    rf"|(?:(?:yes|yep|yeah|yup|ok(?:ay)?|so|and),? ?)?{ENOUGH}|(?:i |we )?(?:have "
    rf"|had |got |there (?:is|was) )?(?:nothing|none)|(?:i |we )?(?:can't|cannot|couldn't) think of (?:anything"
    rf"|any)(?: \w+)?|no (?:actions?|ideas|changes?|questions?|follow-?ups?|luck|further \w+)|all (?:good"
    rf"|covered|said)|we're (?:good|fine)|-+|–|—|/|\.){_TAIL}\W*"
)
_VERB = (
    r"(?:add|adopt|agree|alert|allow|alter|analy[sz]e|annotate|archive|arrange|ask|assign|attach|audit|automate"
    r"|auto-\w+|back ?up|backfill|backport|ban|batch|benchmark|block|book|bound|bring|build|bump|cache|calculate"
    r"|call|canary|cancel"
    r"|cap|capture|change|check|clean|clear|clone|close|collect|combine|compare|configure|connect|consolidate"
    r"|convert|copy|correct|count|cover|create|cut|deactivate|declare|decommission|decouple|decrease|deduplicate"
    r"|default|define"
    r"|delete|deploy|deprecate|describe|detect|disable|discard|display|document|double|downgrade|draft|drain"
    r"|drill|drop|dump|duplicate|emit|enable|encrypt|enforce|enrich|escalate|exclude|exempt|exercise|expand"
    r"|expire|explain"
    r"|export|expose|extend|extract|fail|feed|file|filter|fix|flag|flush|force|forward|freeze|gate|generate|get"
    r"|give|grant|graph|group|guard|halve|harden|hide|hire|hold|hook|host|implement|import|include|increase|index"
    r"|inject|inline|insert|install|instrument"
    r"|integrate|introduce|invite|isolate|join|keep|kill|label|lease|let|limit|link|lint|list|load[- ]?test|lock"
    r"|log|lower|maintain|make|map|mark|mask|measure|merge|migrate|mirror|model|monitor|move|mute|name|notify"
    r"|offer|onboard|open|order"
    r"|overhaul|override|own|page|parametri[sz]e|partition|patch|pause|persist|pin|plan|plot|point|poll|populate"
    r"|post|practi[cs]e|pre-?\w+|prepare|present|prevent|print|prioriti[sz]e|profile|prohibit|promote|protect"
    r"|prove|provide|provision|prune|publish"
    r"|pull|purge|push|put|queue|quarantine|raise|ramp|rate[- ]?limit|re-?\w{3,}|read|rebuild|reconcile|record"
    r"|redirect|reduce|refactor|register|rehearse|reject|release|remind|remove|rename|render|renew|repair|replace"
    r"|replicate|report|reproduce|require"
    r"|reschedule|reserve|reset|resize|resolve|restart|restore|restrict|retire|retry|return|reuse|revert|review"
    r"|revoke|rewrite|roll|rotate|route|run|sample|sanitize|save|scale|scan|schedule|scope|scrub|script|seal"
    r"|search|secure|seed|send|separate|serve"
    r"|set|shard|share|shed|ship|shorten|show|shrink|shut|silence|simplify|simulate|skip|snapshot|sort|specify"
    r"|spike|spin|split|stagger|standardi[sz]e|start|stop|store|stream|stress[- ]?test|strip|subscribe|surface"
    r"|suspend|swap|switch|sync|tag|teach|tell|test"
    r"|throttle|tie|time ?out|trace|track|train|transfer|translate|trigger|trim|tune|turn|type|unblock|unify"
    r"|uninstall|unlock|update|upgrade|upload|use|validate|vendor|verify|version|walk|warn|watch|whitelist|widen"
    r"|wire|wrap|write)"
)
_GERUND = (
    r"(?:adding|alerting|automating|building|capping|changing|checking|creating|cutting|deleting|documenting"
    r"|dropping|enabling|disabling|enforcing|fixing|having (?:a|an|the)|increasing|lowering|raising|introducing"
    r"|limiting|making|measuring|migrating|moving|paging"
    r"|putting|rate[- ]?limiting|reducing|removing|replacing|requiring|rewriting|rotating|routing|running"
    r"|scheduling|sending|setting|showing|splitting|switching|testing|tracking|turning|updating|upgrading|using"
    r"|validating|writing|rehearsing)"
)
_WHO = r"(?:we|i|you|they|he|she|someone|somebody|<@[^<>]+>|@[\w.-]+|(?:the )?[\w-]+ team|the [\w-]+|let's|lets|us)"
_ACTION = pattern(
    r"(?:(?:ai|todo|to do|action(?: item)?|follow-?up|idea|next step)s? ?[:-] *)?"
    rf"(?:(?:first(?:ly)?|second(?:ly)?|then|also|and|next|maybe|perhaps|please|plus|so|finally|ideally|probably"
    rf"|just|to)[, ]+)*(?:{_VERB}|{_GERUND})\b(?:[ :].*\S|-.*\S)"
)
_PLAN = pattern(
    rf"\b{_WHO}(?:'ll| will| should| must| need to| needs to| have to| has to| ought to| could| can| shall"
    rf"| want to| plan to| 're going to|'re going to| are going to| am going to|'m going to|)"
    rf"(?: (?:now|also|then|just|probably|definitely|at least|maybe|always|all))* (?:{_VERB})\b \S"
    rf"|\b(?:let's|going to|plan(?:ning)? to|want to|need to|needs to|have to|should|must|will|'ll"
    rf"|could) (?:also |then |just |probably )?(?:{_VERB})\b \S"
    r"|\b(?:an?|the) (?:[\w-]+ )?(?:alert|alarm|test|check|limit|guard|canary|lint(?:er)?|dashboard|runbook"
    r"|timeout|gate|job|script|metric|probe|page|rule|policy|hook|drill|circuit breaker|feature flag|budget|index"
    r"|quota|cap|lock|step|warning) (?:on|for|that|which|when|in|to|before|at|per|of)\b"
)
#: "Review shows the diff": what looks like an order is the subject of a statement.
_NOUN_FIRST = pattern(
    r"\S+ (?:is|was|are|were|has|had|have|shows?|showed|took|takes|did|does|made|went|came|fails?|failed|started"
    r"|stopped|said|says|got|kept|fires?|fired|works?|worked|looks?|looked|\d+)\b"
)
_PAST = pattern(r"\b(?:was|were|had|did|didn't|could not|couldn't|wasn't|weren't)\b")
#: "No luck so far" and "bad luck" are not where a team was lucky.
_NO_LUCK = pattern(
    rf"(?:\b(?:no|not|without|bad|out of|any)|{NOT_JOINED})(?: much| any| so| really| just)? (?:luck|lucky)\b"
)
#: What is no number although it is written with digits.
_MARKUP = pattern(r"<[@#!][^<>]*>|<https?://[^<>]*>|https?://\S+|<mailto:[^<>]*>")
_NO_NUMBER = pattern(
    rf"{_CLOCK}|\bsev(?:erity)?[-\s:#]{{0,3}}\d\b|\b\d{{4}}-\d{{2}}-\d{{2}}\b|\b[vp]\d[\d.]*\b|\b[a-z]+-\d[\w-]*"
    rf"|\b\d{{1,2}} ?{_OTHER_UNIT}\b|\b\d+\.\d+\.\d+[\w.-]*"
)
_BARE = pattern(
    rf"\W*(?:about|around|roughly|approx(?:imately)?|circa|ca|maybe|at least|at most|up to|over|under"
    rf"|between|more than|less than|fewer than|some|nearly|almost|i'd say|i think|i guess|probably"
    rf"| )*(?:zero|{AMOUNT}(?: ?(?:to|-|–|or|and) ?{AMOUNT})?)"
    rf"(?:[, ]+(?:or so|ish|i think|i guess|in total|total|roughly"
    rf"|give or take|maybe|at most|at least))*\W*"
)
#: Longer texts are looked at so far, for what depends on whole lines.
_MOST_LINES = 400


#: Characters that are read; a Slack message has at most 40,000. Source: chat.postMessage, "Truncating content".
LONGEST = 40_000


def mentions(text: str) -> frozenset[str]:
    """What `text` speaks of, by the names that scripts use. "Unknown" and "nothing" are answers, not faults.

    "Unknown" says no more than that; "doubt" says so beside something else.

    A vague intention ("improve monitoring") is no action: nobody could begin with it.
    """
    flat = plain(text[:LONGEST])
    found = {name for name in ("duration", "time", "link", "audience") if _RULES[name].search(flat)}
    if _RULES["unknown"].search(flat):
        found.add("unknown" if _is_unknown(flat) else "doubt")
    if _RULES["luck"].search(_NO_LUCK.sub(" ", flat)):
        found.add("luck")
    words = _MARKUP.sub(" ", flat)
    counted = _NO_NUMBER.sub(" ", words)
    if _RULES["number"].search(counted):
        found.add("number")
    if (_RULES["count"].search(counted) and _counts(counted)) or _BARE.fullmatch(counted[:200].strip()):
        found.add("count")
    brief = (without_talk(flat) or flat).strip() if len(flat) < 200 else ""
    if brief and (_NOTHING.fullmatch(brief) or _NOTHING.fullmatch(flat.strip())):
        found.add("nothing")
    elif brief and (_POINTER.fullmatch(brief) or says_again(brief)):
        found.add("pointer")
    elif _acts(flat):
        found.add("action")
    return frozenset(found | subjects(flat))


_LASTED = pattern(
    rf"{AMOUNT}(?: ?(?:to|-|–|or) ?{AMOUNT})?(?: ?(?:and a half|or so))? ?-?{_TIME_UNIT}\b"
    rf"|\bhalf an?\b|\bhalf (?:past )?(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b"
)


#: An answer that only points at other words: what it stands for is not in it.
_POINTER = pattern(
    r"\W*(?:(?:the |that )?(?:first|second|third|last|former|latter|same|other) ?(?:one|thing|again|here)?"
    r"|(?:(?:please|you can|better) )*ask <?@?[\w|-]+>?|(?:all|none|both|either|most) of (?:the above|them|these|those)"
    r"|which (?:one|ones))\W*"
)


def _is_unknown(flat: str) -> bool:
    """Whether a text says nothing but that its writer does not know."""
    if _RULES["count"].search(flat):
        return False
    for sentence in _SENTENCES.split(flat):
        words = sentence.strip()
        if not words:
            continue
        begun = _KNOWS_NOT.match(words)
        left = words if begun is None else words[begun.end() :]
        pieces = [left] if begun is None else _GOES_ON.split(left)[1:]
        if any(len(piece.split()) >= (_SAYS_SOMETHING if begun else 3) for piece in pieces):
            return False
    return True


def _counts(words: str) -> bool:
    """Whether a count is left once lengths of time are taken out: "40 minutes" is none."""
    return _RULES["count"].search(_LASTED.sub(" . ", words)) is not None


def _acts(text: str) -> bool:
    for line in text.split("\n")[:_MOST_LINES]:
        for part in parts(without_bullet(line)[:2000]):
            if is_vaguely_said(part):
                continue
            if _ACTION.fullmatch(part) is not None and _NOUN_FIRST.match(part) is None:
                return True
            if _PLAN.search(part) is not None and _PAST.search(part) is None:
                return True
    return False
