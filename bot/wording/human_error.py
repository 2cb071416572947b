"""Where does a text stop at human error, carelessness or a slip, as if that explained something?"""

from __future__ import annotations

from bot.patterns import Found, pattern
from bot.wording.people import ROLE
from bot.wording.rule import Rule

_WORKER = r"(?:operator|pilot|driver|admin|engineer|developer|user|programmer|technician|staff|personnel|employee)"
_ERROR_AS_A_METRIC = pattern(
    r"^s? (?:rates?|counts?|messages?|pages?|budgets?|logs?|codes?|reports?|handling|tracking|reviews?|text|class"
    r"|types?|prompts?|screens?|[0-9]+)\b"
)
_BY_SOMEBODY = rf"(?:the |our |an? |one |his |her )?(?:[\w-]+ ){{0,2}}?(?:{ROLE}|person|whoever|<@)"


def _explains(found: Found, text: str) -> bool:
    """Not "user error messages", which are what a program shows."""
    return _ERROR_AS_A_METRIC.search(text[found.end() : found.end() + 24]) is None


RULES = (
    Rule(
        "human error",
        pattern(
            r"\bhuman[- ]?(?:errors?|mistakes?|failures?|failings?|slips?|lapses?|fallibility|nature)\b|\b(?:classic"
            r"|the|a|typical) human factor\b|^\W*human factors?\W*$"
            r"|\b(?:cause|reason|category|type)\w*(?: category)? ?[:=-] ?(?:simply "
            r"|just )?human\b|\bto err is human\b|\b(?:humans|people|we) are (?:only human|fallible|not perfect)\b"
            r"|\b(?:human|people) problem\b|\bpeople (?:(?:do|will|always|just|simply) )*(?:make|makes) (?:mistakes"
            r"|errors)\b"
        ),
        _explains,
    ),
    Rule(
        "somebody's error",
        pattern(
            rf"\b(?:{ROLE}|[\pL]{{2,}}person)(?:'s|s') (?:\w+ )?(?:typo|slip|mistake|error|oversight|carelessness"
            rf"|inattention|inexperience)\b|\b{_WORKER}(?:'s|s')? (?:errors?|mistakes?|slips?|oversight|negligence"
            rf"|misstep|failure)\b"
            r"|\b(?:someone|somebody|a person|people) (?:made|making) (?:a|an) (?:\w+ )?(?:mistake|error)\b"
            rf"|\b(?:mistakes?|errors?|slips?|typo|oversight|misjudge?ment|lapse|blunder|negligence|carelessness"
            rf"|mishandling|judge?ment|misstep|misconfiguration)(?: (?:made|committed|caused))? (?:by|of|from"
            rf"|on the part of) {_BY_SOMEBODY}|\b{_WORKER} slipped\b"
            r"|\bfailure of (?:the|an|one) (?:individual|person|operator|employee|engineer)\b|\bmishandling by\b"
        ),
        _explains,
    ),
    Rule(
        "a slip",
        pattern(
            r"\b(?:manual|honest|personal|innocent|individual|unforced|silly|stupid|careless|clerical|typing|typo"
            r"|copy[- /]?(?:and[- ])?paste|data[- ]entry|keyboard|simple|rookie|beginner's) (?:mistakes?|slips?"
            r"|errors?)\b|\b(?:slip of (?:the|a) (?:hand|finger|pen|keyboard|tongue|mind)|slips? of attention|slip-?up"
            r"|finger trouble|wrong click|mis-?clicks?|brain ?farts?|senior moment|brain fade|fat[- ]?finger(?:s|ed"
            r"|ing)?|mental lapse|lapses? (?:in|of) (?:concentration|attention|judge?ment|focus|memory)"
            r"|momentary lapse|blackout moment|mind slip)\b|\b(?:an|my|our|his|her|their|simple|just|simply|pure"
            r"|mere) (?:\w+ )?oversight\b|\bhand(?:ling)? error\b"
        ),
        _explains,
    ),
    Rule(
        "carelessness",
        pattern(
            r"\bcarelessness\b|\bnegligence\b|\binattention\b|\binattentiveness\b|\bsloppiness\b|\binexperience\b"
            r"|\bforgetfulness\b|\bcomplacency\b|\babsent-?minded(?:ness|ly)?\b|\bthoughtlessness\b"
            r"|\bnegligent handling\b|\b(?:lack of|insufficient|not enough|too little|poor|inadequate"
            r"|missing) (?:\w+ )?(?:attention|care|diligence|discipline|focus|concentration|experience|competence"
            r"|effort|vigilance|caution|thoroughness|carefulness|attentiveness)\b|\black of (?:ownership"
            r"|common sense)\b|\bnot paying (?:\w+ )?attention\b|\b(?:was|were|is|are)(?:n't"
            r"| not) (?:being )?(?:careful|paying attention|attentive|focus(?:s)?ed|vigilant|concentrating|thorough"
            r"|diligent)(?: enough)?\b|\b(?:was|were|got|is) (?:momentarily |easily |simply |just )?(?:distracted"
            r"|absent-minded|inattentive|not concentrating)\b|\b(?:tired|sleepy|overworked|distracted|careless"
            r"|inattentive|inexperienced|absent-minded) (?:\w+ )?(?:engineer|developer|operator|admin|person|colleague"
            r"|human|employee)\b"
        ),
    ),
    Rule(
        "a joke about users",
        pattern(
            r"\bpebk?cak\b|\bpebkac\b|\bid-?10-?t\b|\bpicnic error\b|\blayer[- ]?8\b"
            r"|\bbetween (?:the )?(?:keyboard and (?:the )?(?:chair|seat)|chair and (?:the )?(?:keyboard|computer"
            r"|screen))\b"
        ),
    ),
)
