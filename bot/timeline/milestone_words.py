"""In which words do people and status pages declare an incident, call somebody in and close it, or ask about it?"""

from __future__ import annotations

from bot.patterns import pattern

#: Who asks how many were hit knows that some were.
HOW_MANY = pattern(r"^\W*(?:(?:so|and|ok|but|also),? )*(?:how (?:many|much|long|often)|which|who)\b[^\n]{0,120}\?\W*$")
HYPOTHETICAL = pattern(r"\b(?:if|should (?:we|i)|could we|do we|shall we|not yet|going to|about to|before)\b")
CALLS_IT = pattern(r"\b(?:i(?:'|’)m |i am )?going to call (?:this|it) (?:an? )?(?:incident|outage|sev|p\d)")
#: "Calling this a P1, and paging the network on-call" declares and brings in.
PAGES = pattern(r"\b(?:and|also|,) (?:i(?:'|’)?m )?(?:page|paging|calling in|pulling in|escalat\w+)\b")
#: "@network_oncall please join", "@ana can you look"
CALLS_SOMEBODY = pattern(
    r"@[\pL][\pL\pN._-]*>?[^.\n]{0,40}\b(?:(?:can|could) you (?:look|help|check|join|come)|need you|your help|join"
    r"|jump in)\b"
)
#: "sev1 please, I'll run it", "P2 I'd say": who gives it a severity makes an incident of it.
GIVES_SEVERITY = pattern(r"^(?:[^\n]{0,40}\b)?(?:sev(?:erity)?[- ]?[0-4]|p[0-2])\b[^\n]{0,80}$")
LOOKS_BACK = pattern(
    r"^(?:on|between|from|beginning|starting|at) (?:\w+ ){0,3}\d|^.{0,300}\b(?:(?:was|were) caused by|(?:was"
    r"|were) due to|root cause (?:was|has been))\b|\bthis incident (?:was|has the same)\b|\bincident report\b"
    r"|\bwe (?:have )?mitigated this\b|\b(?:was|were) the result of\b|\bto prevent this\b"
)
#: How a status page says that it is over without the word.
NORMAL_AGAIN = pattern(
    r"\b(?:operating (?:normally|as expected)|(?:returned|back) to normal|fully (?:recovered|operational))\b"
)
RESOLVED_HEAD = pattern(
    r"^\W*(?:closing|resolving|marking|calling) (?:out )?(?:this|the|it)\b[^.\n]{0,20}\b(?:incident|resolved|closed"
    r"|over)\b"
    r"|^\W*(?:this|the) (?:incident|issue|outage) (?:has been|is|was) (?:now |fully )*resolved\b"
    r"|^\W*(?:this|the) (?:incident|issue|outage) (?:has been|is) (?:now |fully )*(?:closed|over)[.!]"
    r"|^\W*(?:major )?incident (?:\S*\d )?(?:is |has been )?(?:now )?(?:resolved|closed|over)[.!](?:\s|$)"
    r"|^\W*all[- ]clear\b"
)
#: "Steady since ten, I'm calling it resolved": who closes it, closes it now, whatever else is told.
CLOSES_NOW = pattern(
    r"\b(?:i|we)(?:(?:'|’)m|(?:'|’)re| am| are)? (?:now )?(?:calling|closing|marking|resolving|close"
    r"|resolve) (?:out )?(?:this|it"
    r"|the)\b[^.\n?]{0,30}\b(?:incident|resolved|closed|over|done)\b"
    r"|(?:^|[.!,;] ?)resolved[.!](?:\s|$)|(?:^|[.!,;] ?)(?:ok,? )?(?:closing|resolving) (?:the |this )?(?:p[0-5]"
    r"|sev-?\d|incident)\b"
    r"|^\W*(?:ok(?:ay)?,? )?closing(?: (?:this|it|out|now))*[.!:]\s"
)
GOES_ON = pattern(
    r"\b(?:continu\w+ to (?:monitor|investigat\w+|see|experience|work on|mitigate)|(?:are"
    r"|still) (?:\w+ )?(?:investigating|monitoring|seeing)|next update|provide (?:an )?update)\b"
)
