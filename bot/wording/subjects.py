"""Which matters does an answer touch that are asked about only where they apply: money, promises, data, versions?"""

from __future__ import annotations

from bot.patterns import Pattern, pattern

_DATA = (
    r"(?:data|rows?|records?|files?|messages?|events?|entries|documents?|tables?|backups?|orders?|uploads?|photos?"
    r"|images?|history|accounts?|metrics|logs|labels?|features?|predictions?|scores?)"
)
_HARMED = (
    r"(?:lost|losing|corrupt(?:ed|ion)?|overwrit(?:ten|ing|es?)|overwrote|deleted|wiped|truncated|dropped|vanished"
    r"|missing|duplicated?|garbled|damaged|gone)"
)
_BETWEEN = r"(?:[\p{L}\p{N}'’%.,-]+ ){0,6}?"
_RULES: dict[str, Pattern] = {
    "money": pattern(
        r"[€$£¥] ?\d|\d[\d.,]* ?(?:[km] )?(?:€|\$|£|eur|usd|gbp|euros?|dollars?|pounds?)\b"
        r"|\b(?:revenue|turnover|refund(?:s|ed)?|chargebacks?|invoic(?:e|es|ed|ing)|bill(?:ed|ing)|charg(?:ed|ing)"
        r"|lost sales|sales|service credits?|compensat\w+|penalt(?:y|ies)|orders|payments|purchases"
        r"|bookings|subscriptions)\b"
    ),
    "objective": pattern(
        r"\b(?:s\.?l\.?[oai]\.?s?|service[- ]level (?:objective|agreement|indicator)s?|error[- ]budgets?"
        r"|(?:uptime|availability) (?:target|goal|promise|objective)s?|burn rate|contractual)\b"
    ),
    "data_loss": pattern(
        rf"\b{_HARMED} {_BETWEEN}{_DATA}\b|\b{_DATA} {_BETWEEN}{_HARMED}\b|\bdata[- ](?:loss|corruption)\b"
    ),
    "version": pattern(
        r"\bv\d+(?:[.-]\w+)*\b|\b\d+\.\d+\.\d+\b|\b(?:version|release|build|revision|rev|commit|tag|checkpoint"
        r"|snapshot|prompt|model)"
        r"s? ?[:#=]? ?[\p{L}._-]*\d[\w.-]*|\b[\p{L}]+-\d[\w.]*(?:-[\w.]+)*\b"
        r"|\b(?:[0-9]+[a-f][0-9a-f]*|[a-f]+[0-9][0-9a-f]*)[0-9a-f]{5,38}\b"
    ),
}
#: A part of a system that is called after what is sold: nobody speaks of money by "the orders table".
_CALLED_SO = pattern(
    r"\b(?:orders|payments|purchases|bookings|subscriptions|sales|billing)[ _-](?:table|topic|queue|service|index|api"
    r"|database|db|schema|worker|pod|partition|pipeline|job|cache|cluster|shard)s?\b"
)
#: What is said not to be so: "no data was lost", "without losing a row", "did not breach".
_DENIED = pattern(r"\b(?:no|not|never|without|none|nothing|n['’]t|zero|neither|cannot|nobody|no one)\b[^.;!?\n]{0,60}")


def subjects(text: str) -> frozenset[str]:
    """The matters that `text` touches, by the names that scripts use; that no data was lost touches no loss."""
    told = {"data_loss": _DENIED.sub(" ", text), "money": _CALLED_SO.sub(" ", text)}
    return frozenset(name for name, rule in _RULES.items() if rule.search(told.get(name, text)))
