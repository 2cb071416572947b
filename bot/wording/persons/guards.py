"""When is what a rule found no fault: a plan, an opinion, a measure, a thing that somebody could not know?"""

from __future__ import annotations

from bot.patterns import Found, pattern
from bot.wording.people import ROLE, is_name

NEUTRAL_VERBS = (
    r"(?:had|has|have|is|was|were|are|could|couldn't|cannot|can't|can|didn't|did|needed|needs|got|received|never|no"
    r"|on|not|followed|used|and|or|in|for|to|of|at|from|with|tool|tools|cluster|service|system|error|access|console"
    r"|report|data|platform|portal|api|script|form|guide|manual|schedule|rotation|alert|alerts|page|pages|budget"
    r"|queue|count|quota|limit|account|accounts|key|keys|role|roles|list|job|workload|traffic|laptop)"
)
BLAMELESS = (
    r"have|had|get|got|gotten|receive|received|know|known|knew|see|saw|seen|hear|heard|reach|need|want|mean|find"
    r"|found|expect|work|exist|happen|help|belong|join|feel|lose|touch|mind|agree|cause|break|like|use|blame|show"
    r"|arrive|start|stop|think|believe|recall|yet|to|been|before|want|seem|own|match|sleep|leave|change|speak|went"
    r"|made|again|at"
)
PLANNED = pattern(
    r"\d{1,2}[:.h]\d{2}|\b(?:as|per|after|following) (?:planned|recommended|agreed|described|announced|instructed"
    r"|requested|scheduled|the|a|usual|it|part)\b|\bto (?:free|stop|mitigate|restore|drain|reduce|limit|protect"
    r"|relieve|isolate|prevent|end|test|let|make (?:room|space|sure)|get (?:the|us|it|traffic|things|checkout"
    r"|orders))\b|\btemporar|\bunused\b|\bold\b|\bplan(?:ned)?\b|\bticket\b|\brunbook\b|\bso that\b"
)
OPINION = pattern(r"\b(?:i|we) (?:do not|don't|wouldn't|would not) (?:think|say|call)\b")
#: "Our error rate", "our error budget".
MEASURED = pattern(r"^ (?:rates?|counts?|messages?|pages?|budgets?|logs?|codes?|reports?|handling|tracking|levels?)\b")
DEED_WORD = pattern(rf"(?:{NEUTRAL_VERBS}|{BLAMELESS})")
NEW_TO_IT = pattern(r"\b(?:has|had|have) never\b")
A_ROLE = pattern(ROLE)


def says_something(found: Found, text: str) -> bool:
    """Not "he forgot nothing", nor "I don't think"."""
    if OPINION.search(found.group() or "") is not None:
        return False
    rest = text[found.end() : found.end() + 12].lstrip().lower()
    return not rest.startswith(("nothing", "no ", "wrong")) or "told no" in (found.group() or "")


def somebodys(found: Found, text: str) -> bool:
    if MEASURED.search(text[found.end() : found.end() + 20]) is not None:
        return False
    return not (found.group() or "").lower().startswith(("nobody", "no one", "git "))


def named(found: Found, text: str) -> bool:
    return is_name(found) and says_something(found, text)


def deed_of_a_name(found: Found, text: str) -> bool:
    return is_name(found) and DEED_WORD.fullmatch(found.group("deed") or "") is None


def deed_of_a_role(found: Found, text: str) -> bool:
    return DEED_WORD.fullmatch(found.group("deed") or "") is None


def is_somebodys_work(found: Found, text: str) -> bool:
    """Not "the service's poor performance"."""
    owner, mark, _ = (found.group() or "").partition("'")
    return not mark or A_ROLE.fullmatch(owner) is not None or owner[:1].isupper() or owner.startswith("@")


def left_undone(found: Found, text: str) -> bool:
    """Not "if you don't turn it off", nor what one had never seen, did not see or did not get."""
    words = (found.group() or "").lower()
    if words.startswith(("you ", "i ")) or NEW_TO_IT.search(words) is not None:
        return False
    return deed_of_a_role(found, text) and says_something(found, text)


def not_as_planned(found: Found, text: str) -> bool:
    """Not "dropped the index at 14:02, as planned": with a time, a plan or a purpose it is a step of the response."""
    first = max(text.rfind(mark, 0, found.start()) for mark in ".;!?\n") + 1
    return PLANNED.search(text[max(first, found.start() - 60) : found.end() + 80]) is None


def plainly_harmful(found: Found, text: str) -> bool:
    """Not in the course of a response, nor where the sentence says what the deed went by or what good came of it."""
    first = max(text.rfind(mark, 0, found.start()) for mark in ".;!?\n") + 1
    ends = [at for mark in ".;!?\n" if (at := text.find(mark, found.end())) >= 0]
    return _RESPONSE.search(text[first : min(ends, default=len(text))]) is None


_RESPONSE = pattern(
    r"\d{1,2}[:.h]\d{2}|\b(?:plan(?:ned)?|agreed|asked|asks|described|recommended|announced|scheduled|ticket|runbook"
    r"|step \d|revert|fix|hotfix|back|restored?|recovered|dropped to|errors|alert|page|status|summary|timeline"
    r"|channel|call|customers?|stopped|ended|freed|drained|within|together|approved|approvals|reviews?"
    r"|in the (?:agreed|announced)|monday|tuesday|wednesday|thursday|friday|next|later|after|budget|chg|change \d"
    r"|\d+ minutes|temporar\w*|that the|which|so that|proposed|suggested|as the|to (?:stop|free|restore|reduce"
    r"|protect|limit|isolate|mitigate|let|end|drain|turn|relieve|make|see|find|check|test|clear|get))\b|%|\""
)


def deed_of_anybody(found: Found, text: str) -> bool:
    return DEED_WORD.fullmatch(found.group("deed") or "") is None and says_something(found, text)
