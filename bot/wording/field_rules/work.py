"""Which words say what it took: hours, teams, executives, and what was told to whom?"""

from __future__ import annotations

from bot.wording.amounts import AMOUNT
from bot.wording.field_rules.rule import PEOPLE, TOLD, rule

OPERATION = (
    rule(
        "operation.hours",
        rf"{AMOUNT}(?: ?(?:to|-|–|or) ?{AMOUNT})?[ -]?(?:person|people|engineer(?:ing)?|man|working|team)?[ -]?"
        r"(?:hours?|hrs?|h|days?|nights?)\b|\b(?:half a|one|a|an) (?:whole )?(?:day|night|hour)\b",
        words=("hours", "engineering hours", "hours spent", "effort"),
        but=(r"\b(?:stood still|delayed|slipped|down for|lasted|until|notice)\b"),
    ),
    rule(
        "operation.teams",
        r"\b(?:teams?|squads?|sres?|departments?|dbas?|on-?calls?)\b",
        words=("teams", "teams involved"),
        but=(r"\b(?:executive|customer success|account (?:team|manager))\b"),
    ),
    rule(
        "operation.escalations",
        r"\b(?:customer success|csms?|account (?:managers?|teams?)|key accounts?|tams?)\b"
        r"|\bcustomers? .{0,30}escalat\w+|\bescalat\w+ .{0,30}\b(?:customers?|accounts?|support)\b",
        words=("escalations", "customer success escalations"),
    ),
    rule(
        "operation.executives",
        r"\b(?:exec(?:s|utives?)?|[cC][tTeEfFoOiI][oO]s?|vps?|directors?|(?:the )?board|leadership|c-level"
        r"|heads? of \pL+"
        r"|management|managing director|founders?)\b",
        words=("executives", "executive involvement", "leadership"),
    ),
)

COMMUNICATION = (
    rule(
        "communication.status_page",
        r"\bstatus ?(?:page|site|update)s?\b",
        words=("status page", "statuspage"),
    ),
    rule(
        "communication.told",
        r"\b(?:e-?mails?|e-?mailed|newsletter|banner|in-app|phoned|letters?|text messages?|sms|push (?:message"
        r"|notification)s?"
        rf"|posts? on|{TOLD})\b",
        words=("customers told", "customer communication", "email", "e-mail"),
    ),
    rule(
        "communication.notified",
        rf"{AMOUNT}(?: of (?:them|our|the))?(?: [\pL-]+){{0,2}} ?(?:{PEOPLE}|them)?\b"
        rf"|\b(?:all|every|no|none|some)(?: of (?:our|the))?(?: [\pL-]+){{0,2}} {PEOPLE}\b"
        r"|\b(?:all|none|some) of them\b|\b(?:nobody|everybody|everyone|no one)\b",
        words=("notified", "customers notified", "customer count notified", "how many"),
        near=(rf"\b(?:{TOLD}|e-?mails?|mails?|newsletter|notification)\b"),
        but=(r"\bminutes?\b|\bhours?\b|\d:\d|\bat \d"),
    ),
    rule(
        "communication.support",
        r"\b(?:support|help ?desk|service desk|customer care|macros?|canned)\b",
        words=("support",),
        but=(r"\btickets?\b"),
    ),
    rule(
        "communication.internal",
        r"\b(?:internal(?:ly)?|stakeholders?|company-wide|all-staff|#[a-z][\w-]+|<#[A-Z0-9]+[^>]*>"
        rf"|updates? every|every {AMOUNT} ?(?:min\w*|hours?))",
        words=("internal", "internal updates", "updates"),
        but=(r"\bstatus ?page\b"),
    ),
)
