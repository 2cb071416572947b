"""Was anybody told of the incident by what somebody wrote, and was that customers?"""

from __future__ import annotations

from bot.patterns import pattern
from bot.timeline.forms import Form, form_of
from bot.timeline.signs import signs_of
from bot.timeline.values import Entry, Kind

#: "status page was not updated", "we should tell the customers", "the post goes out in a minute": nobody was told yet.
_NOT_TOLD = pattern(
    r"\b(?:not|never|nobody|no one|nothing|without|forgot\w*|should|could|still (?:have|need) to|todo|about to"
    r"|go(?:es|ing) (?:out|up|live)|in (?:a|one|two) (?:min|minute|moment|sec|second|bit)s?)\b|n(?:'|’)t\b"
)
STATUS_PAGE = pattern(r"\bstatus ?page\b")
#: "status page: resolved", "status page set to degraded": what stands there now, in the words of such pages.
SHOWN_THERE = pattern(
    r"^\W*(?:(?:updated|set|moved|changed) (?:the |our )?status ?page to"
    r"|(?:posted (?:to|on) )?(?:the |our )?status ?page(?: updated| says|(?: is)? now(?: says)?)?"
    r" ?(?::|->|=>|→|–|—|=| - )"
    r"|(?:the |our )?status ?page(?:(?: is)? now(?: says)?| says"
    r"|(?: is| was)? (?:set|updated|moved|changed) to)) ?\W{0,2}"
    r"(?:investigating|identified|monitoring|resolved|degraded|operational|all green|(?:partial|major|full) outage)"
    r"(?:\W*$|[.,;:!)])"
)
#: Where customers are told, or that they were.
_CUSTOMERS = pattern(
    r"\bstatus ?page\b|\b(?:tweet(?:ed)?|banner|in-app (?:message|notice)|newsletter)\b"
    r"|\b(?:told|informed|notified|e-?mailed|wrote to|warned|updated) (?:the |our |all |affected |those )*"
    r"(?:customers|clients|users|merchants|shops|partners|subscribers)\b"
    r"|\b(?:customers|clients|users|merchants|shops|partners|subscribers) (?:were |are |have been |got )?(?:told"
    r"|informed|notified|e-?mailed|warned|updated)\b"
)


def tells(words: str) -> bool:
    """Whether somebody was told: not what others told us, what was asked, or what was not posted."""
    heard = "report" in signs_of(words) and form_of(words) is not Form.TELLS
    return not heard and not words.rstrip().endswith("?") and _NOT_TOLD.search(words) is None


def told_customers(entry: Entry) -> bool:
    """Whether an entry is what customers were told: posted by the tool of a status page, or told by who did so.

    What is said to stand on the status page was told there, whatever else it is to the incident.
    """
    if STATUS_PAGE.search(entry.actor or "") is not None or SHOWN_THERE.search(entry.text) is not None:
        return True
    return entry.kind is Kind.COMMUNICATION and _CUSTOMERS.search(entry.text) is not None and tells(entry.text)
