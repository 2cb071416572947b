"""Which words say whom it hit and what it cost: people, requests, data, money, objectives, complaints?"""

from __future__ import annotations

from bot.wording.amounts import AMOUNT
from bot.wording.field_rules.rule import (
    LINK,
    MONEY,
    OBJECTIVE,
    OF_MONEY,
    PART,
    PEOPLE,
    PERCENT,
    POTENTIAL,
    REQUESTS,
    TOLD,
    rule,
)
from bot.wording.repairs import REPAIR

#: Money that an agreement of service levels makes one pay back says nothing of the level.
PAID_BACK = rf"^[^%]*(?:{MONEY}|\brefund\w*|\bcredits?\b)[^%]*$"

#: "~3h of label printing": what stood still for so long.
_WORK_LOST = (
    rf"\blost (?:(?:about|around|roughly|some|over|nearly|almost|up to) )*{AMOUNT}"
    r" ?(?:h|hrs?|hours?|min(?:ute)?s?|days?) of (?:[\pL-]+ ){0,2}?(?:\pL+ing|work|sales|service"
    r"|business|production|trade)\b"
)

IMPACT = (
    rule(
        "impact.users",
        rf"{AMOUNT}(?: ?(?:to|-|–|or) ?{AMOUNT})? (?:of (?:our|all|the) )?(?:[\pL-]+ ){{0,2}}{PEOPLE}\b|\b(?:all"
        rf"|every|no|none of the|none of our|not a single)(?: of)?(?: our| the)? (?:[\pL-]+ ){{0,1}}{PEOPLE}\b"
        r"|\b(?:everyone|everybody|nobody|no one)\b",
        words=(
            "users",
            "people",
            "customers",
            "users affected",
            "affected users",
            "people affected",
            "customers affected",
        ),
        but=(rf"\b{TOLD}\b|{PERCENT}|\bcomplain|{PART}|{REPAIR}"),
    ),
    rule(
        "impact.share",
        rf"{PERCENT}|\b(?:half|a third|two thirds|a quarter|three quarters|a tenth|a fifth) of\b"
        r"|\b(?:one|two|three|\d+) (?:in|out of) (?:every )?(?:\d+|ten|five|four|three|twenty|a hundred)\b",
        words=("share", "percentage", "share of users", "share of all"),
        but=(rf"\b(?:cpu|memory|disk|quota|capacity|sample|confidence)\b|{OF_MONEY}|{PART}"),
        far=(rf"{OBJECTIVE}|\b(?:budget|nps|csat|alerts?|alarm|threshold)\b"),
    ),
    rule(
        "impact.geography",
        r"\b(?:in|from|across|for|of) (?:all of |most of |parts of |northern |southern |western |eastern "
        r"|the )*(?:europe|eu|uk|us|u\.s\.|usa|asia|africa|apac|emea|latam|north america|south america|america"
        r"|oceania|germany|france|spain|italy|portugal|poland|ireland|netherlands|benelux|nordics|sweden|norway"
        r"|denmark|finland|austria|switzerland|greece|turkey|india|china|japan|korea|singapore|indonesia|vietnam"
        r"|thailand|australia|new zealand|canada|mexico|brazil|argentina|chile|colombia|israel|uae|nigeria|kenya"
        r"|egypt|south africa|[\pL-]+ regions?|one region|a single region)\b|\b(?:worldwide|globally|everywhere"
        r"|all (?:our )?(?:regions|countries|markets)|region[- ]wide)\b|\b(?:eu|us|ap|sa|ca|me|af|europe"
        r"|asia)-(?:[a-z]+-)?[a-z]*\d\b|\b(?:eu|us)-(?:east|west|north"
        r"|south|central)\b",
        words=("geography", "region", "regions", "where", "countries", "markets"),
    ),
    rule(
        "impact.degradation",
        r"\b(?:(?:complete|full|total|partial|hard)(?:ly)? )?(?:outage|down|unavailable|unreachable|offline)\b"
        r"|\b(?:degraded|degradation|slow|slower|slowly|sluggish|laggy|latency|timeouts?|timed out|timing out"
        r"|intermittent(?:ly)?|now and then|on and off|sporadic(?:ally)?|flaky|every (?:other|second|third) \pL+"
        r"|blank page|spinner|error page|could(?:n't| not) (?:log in|pay|check out|order|search|sign in"
        r"|load|reach))\b",
        words=("degradation", "experience", "user experience", "what they saw", "kind"),
    ),
    rule(
        "impact.requests",
        rf"{AMOUNT}(?: ?(?:to|-|–|or) ?{AMOUNT})? (?:of (?:our|all|the) )?(?:[\pL-]+ ){{0,2}}{REQUESTS}\b"
        rf"|{PERCENT} (?:of )?(?:our |all |the )?(?:[\pL-]+ ){{0,2}}{REQUESTS}\b",
        words=("requests", "failed requests", "errors"),
        but=(rf"\b{TOLD}\b|\btickets?\b|\bbudget\b|{PART}|{REPAIR}"),
    ),
    rule(
        "impact.data_loss",
        r"\bdata\b.{0,60}\b(?:lost|loss|gone|corrupt\w*|missing|overwritten|wiped|safe|intact|whole|recovered"
        r"|duplicated?|restored|spoilt|wrong)\b|\b(?:lost|lose|losing|loss of|corrupt\w*|overwr\w+|deleted|wiped"
        r"|dropped|duplicat\w+|restored|recovered|replayed)\b.{0,60}\b(?:data|rows?|records?|files?|messages?"
        r"|events?|entries|documents?|orders?|uploads?|history|labels?)\b|\b(?:rows?|records?|files?|messages?"
        r"|events?|orders?|uploads?|labels?) (?:were |was |are |is |got |had been |have been )?(?:lost|gone"
        r"|corrupt\w*|missing|overwritten|deleted|wiped|duplicated|replayed|restored"
        r"|recovered)\b",
        words=("data loss", "data", "data lost"),
        # Orders that were lost in money are no data, nor are hours of work.
        but=rf"{MONEY}|{_WORK_LOST}",
    ),
)

BUSINESS = (
    rule(
        "revenue.lost",
        rf"{MONEY}|{OF_MONEY}|\b(?:no|zero|little|hardly any)(?: lost| measurable| direct)?"
        r" (?:revenue|sales|turnover|money|cost)\b"
        r"|\b(?:cost us nothing|no (?:lost|missed) (?:sales|orders|revenue))\b",
        words=("revenue", "revenue lost", "revenue impact", "lost revenue", "direct loss", "cost", "lost sales"),
        but=(rf"\b{POTENTIAL}\b|\bper hour\b|\ban hour\b|\bbudget\b"),
    ),
    rule(
        "revenue.method",
        r"\b(?:work(?:ed|ing) out|calculat\w+|estimat\w+|extrapolat\w+|based on|going by|multipl\w+|average (?:order"
        r"|basket|cart)|times the (?:average|usual)|compared (?:with|to)|against (?:the same|last|a normal"
        r"|an ordinary)|same (?:hour|day|time|window) (?:last|the) week|from the (?:ledger|books|invoices|billing"
        r"|orders table)"
        r"|finance (?:says|said|counted|gave|reckons))\b",
        words=("method", "calculation", "calculation method", "how", "worked out"),
    ),
    rule(
        "revenue.potential",
        rf"\b{POTENTIAL}\b.*{MONEY}|{MONEY}.*\b(?:{POTENTIAL}|per hour|an hour|a day more)\b",
        words=("potential", "potential loss", "potential revenue loss"),
    ),
    rule(
        "slo.target",
        r"\b(?:target|goal|objective|promise[ds]?|s\.?l\.?[oa])\b.*\d|\d.*\b(?:target|goal|objective|promise[ds]?"
        r"|s\.?l\.?[oa])\b"
        r"|\b(?:two|three|four|five|\d) nines\b",
        words=("slo target", "target", "objective", "slo", "sla"),
        near=(OBJECTIVE + r"|\btarget\b"),
        but=(
            r"\b(?:reached|achieved|actual\w*|dropped|fell|landed|ended|measured|budget|left|got to|came (?:out"
            rf"|in))\b|{PAID_BACK}"
        ),
    ),
    rule(
        "slo.actual",
        r"\b(?:reached|achieved|actual(?:ly)?|landed|ended (?:up|at|on)|measured|came (?:out|in)|dropped to|fell to"
        rf"|down to|got to|managed|we (?:had|were at|hit|made|got)|was at|stood at|in fact|instead)\b.*(?:{PERCENT}"
        r"|\d\d[.,]\d)"
        r"|\b(?:missed|breached|broke|violated|within|met|kept) (?:it|the|our)\b",
        words=("slo actual", "actual", "reached", "achieved", "slo reached"),
        near=(OBJECTIVE + r"|\btarget\b"),
        but=(rf"\bbudget\b|{PAID_BACK}"),
    ),
    rule(
        "slo.budget_used",
        r"\b(?:used|burn(?:t|ed|s)?|consumed|spent|ate|eaten|cost|gone|blew|blown|exhausted|took"
        r"|overspent|over)\b",
        words=("error budget used", "budget used", "error budget consumed", "error budget"),
        near=(r"\bbudget\b"),
        but=(r"\b(?:left|remain\w*|still have)\b"),
    ),
    rule(
        "slo.budget_left",
        r"\b(?:left|remain\w*|still have|to spare|to go)\b",
        words=("error budget left", "budget left", "error budget remaining"),
        near=(r"\bbudget\b"),
    ),
    rule(
        "customers.tickets",
        r"\btickets?\b",
        words=("tickets", "support tickets"),
        but=(rf"\bjira\b|\bgithub\b|{LINK}"),
    ),
    rule(
        "customers.complaints",
        r"\bcomplain\w*\b|\bangry (?:e-?mails?|calls?)\b",
        words=("complaints",),
        # When the first of them came is no number of them.
        but=r"\bfirst complain|\bcomplaints? (?:came|started|began|arrived|were (?:around|at|about|from))\b",
    ),
    rule(
        "customers.social",
        r"\b(?:twitter|tweet\w*|social media|reddit|mastodon|linkedin|facebook|instagram|tiktok|bluesky|hacker news"
        r"|down ?detector|trustpilot|app ?store reviews?)\b",
        words=("social", "social media", "mentions"),
    ),
    rule(
        "customers.nps",
        r"\b(?:nps|csat|promoter score|satisfaction|star ratings?)\b",
        words=("nps", "csat"),
    ),
)
