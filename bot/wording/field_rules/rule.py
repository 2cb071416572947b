"""What marks the words of an answer as those of one field: a share, a sum of money, an objective, hours, tickets?

Each rule looks at one clause. `near` has to stand in the same sentence, `far` must not; what is `but` keeps the clause
out. `words` are the labels that people write before a colon ("SLO target: 99.9 %"); what follows is the field's.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.patterns import Pattern, pattern

PEOPLE = (
    r"(?:people|users?|customers?|clients?|tenants?|accounts?|merchants?|shops?|visitors?|shoppers?|buyers?"
    r"|subscribers?|readers?|orgs?|organi[sz]ations?|patients?|students?|guests?|households?|members?|companies)"
)
REQUESTS = (
    r"(?:requests?|reqs?|api calls|orders?|payments?|checkouts?|transactions?|queries|jobs?|messages?|uploads?"
    r"|logins?|bookings?|sessions?|predictions?|answers?|searches|emails?|events?|webhooks?|errors?|5xx|500s|5\d\ds)"
)
PERCENT = r"(?:\d[\d.,]* ?(?:%|percent\b|per cent\b|pct\b))"
MONEY = (
    r"(?:[€$£¥] ?\d[\d.,]*(?: ?[km]\b)?|\b\d[\d.,' ]* ?(?:[km] ?|thousand |million )?(?:€|\$|£|eur\b|usd\b|gbp\b"
    r"|chf\b|euros?\b|dollars?\b|pounds?\b))"
)
#: A share of what is earned tells of money, not of how many it hit.
OF_MONEY = rf"{PERCENT} (?:of|in) (?:[\pL'’-]+ ){{0,4}}?(?:revenue|sales|turnover|income|earnings|takings|profit)\b"
LINK = r"(?:<?https?://[^\s<>|]+)"
POTENTIAL = (
    r"(?:would have|could have|might have|would've|could've|potential\w*|at stake|at risk|had it|had this|if it had)"
)
TOLD = r"(?:told|notified|informed|e-?mailed|written to|wrote to|messaged|contacted|warned|called)"
PROCESS = (
    r"(?:process\w*|reviews?|reviewed|releases?|deploy\w*|approv\w*|checklist|rota|rotation|on-?call|hand-?over"
    r"|meeting|drills?|change (?:window|freeze)|freeze|sign-?off|policy|procedure|ticket\w*|manual\w*|by hand)"
)
#: A part of those who were counted before, or who came off well: neither is how many it hit.
PART = (
    r"(?:\bof (?:those|them|these)\b"
    rf"|\b(?:{PEOPLE}|{REQUESTS}) (?:(?:who|that|which|had|have|then|later|eventually|just|simply|still) )*"
    r"(?:tried again|retried|came back|got through|went through|recovered|succeeded|later paid|then paid"
    r"|eventually paid|still paid|paid (?:later|afterwards|in the end|anyway|after all))"
    r"(?: (?:and|then|later|afterwards|eventually|paid|succeeded|it|worked|got through|went through|in the end"
    r"|on (?:the |a )?(?:retry|second try|second attempt)))*[.!]?$)"
)
#: How a version is written: "v13", "prompt 12", "2.1", "gpt-4o-2024-08-06", a day, the hash of a commit.
VERSION = (
    r"(?:\bv ?\d|\b(?:version|prompt|model|build|release|revision|rev|tag|#) ?#?\d|\b[\pL]+[-_.]v?\d|\b\d+\.\d"
    r"|\b\d{4}-\d\d-\d\d|\b(?:[a-f]+\d|\d+[a-f])[0-9a-f]{4,38}\b|^\W*\d+\W*$)"
)
OBJECTIVE = r"(?:s\.?l\.?[oai]s?\b|objective|availability|uptime|service[- ]level|success rate|nines)"


@dataclass(frozen=True, slots=True)
class FieldRule:
    """How the words of one field are known."""

    name: str
    here: Pattern
    words: tuple[str, ...] = ()
    near: Pattern | None = None
    but: Pattern | None = None
    far: Pattern | None = None
    #: What begins another thing in the same sentence, of which the field says nothing.
    until: Pattern | None = None
    #: Whether the field's words begin where the rule finds them, and not with their clause.
    from_here: bool = False
    #: What a value of it always has, also after its label: a count has a number, a version looks like one.
    shape: Pattern | None = None


def rule(
    name: str,
    here: str,
    *,
    words: tuple[str, ...] = (),
    near: str = "",
    but: str = "",
    far: str = "",
    until: str = "",
    from_here: bool = False,
    shape: str = "",
) -> FieldRule:
    """A rule from the texts of its patterns."""
    beside = [pattern(each) if each else None for each in (near, but, far, until, shape)]
    return FieldRule(name, pattern(here), words, beside[0], beside[1], beside[2], beside[3], from_here, beside[4])
