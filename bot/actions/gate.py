"""What does an item still need before somebody can say that it is done, and how strong a remedy is it?"""

from __future__ import annotations

from enum import StrEnum

from bot.actions.item import Item, Status
from bot.actions.vague import is_vague
from bot.actions.values import Draft, Group, Person
from bot.patterns import Pattern, pattern


class Strength(StrEnum):
    """How well a remedy holds when everybody is tired, strongest first.

    Source: the hierarchy of hazard controls as used in safety work, narrowed to what software teams do.
    """

    REMOVE = "remove hazard"
    AUTOMATE = "automate"
    DETECT = "detect"
    DOCUMENT = "document"
    CAREFUL = "be careful"


#: Remedies that rest on people remembering; an incident that ends with these alone changes little.
WEAK = frozenset({Strength.DOCUMENT, Strength.CAREFUL})


def missing(item: Item) -> tuple[str, ...]:
    """Which of "owner", "due" and "measure" an open item has not; nothing is asked of one that is closed."""
    if item.status != Status.OPEN:
        return ()
    return tuple(
        name
        for name, there in (
            ("owner", isinstance(item.owner, (Person, Group))),
            ("due", item.due is not None and item.due_sure),
            ("measure", bool(item.measure)),
        )
        if not there
    )


def lacks(item: Draft) -> tuple[str, ...]:
    """Which of "owner", "due", "measure" and "sharper" the item lacks, in that order.

    An owner in words ("db team?") is nobody yet, a day that is not sure is none yet. "sharper" means that nobody could
    begin with the text as it stands: `sharper` has the question to ask.
    """
    found = []
    if not isinstance(item.owner, (Person, Group)):
        found.append("owner")
    if item.due is None or not item.due.sure:
        found.append("due")
    if not item.measure:
        found.append("measure")
    if sharper(item.text) is not None:
        found.append("sharper")
    return tuple(found)


_QUESTIONS: tuple[tuple[Pattern, str], ...] = (
    (
        pattern(r"monitor|alert|observab|logging|\blogs?\b|metric|visib|dashboard|notice"),
        "of what, so that we see what earlier?",
    ),
    (pattern(r"test|coverage|\bqa\b|quality"), "of which case, that would have failed before this shipped?"),
    (pattern(r"doc|runbook|playbook|wiki|knowledge"), "which page, for whom, to answer which question?"),
    (
        pattern(r"communicat|collabor|coordinat|handover|transparen|stakeholder"),
        "who tells whom what, where, at which moment?",
    ),
    (pattern(r"review"), "what would a review show that it does not show today?"),
    (pattern(r"train|onboard|awareness|educat|teach|learn"), "who should be able to do what afterwards?"),
    (
        pattern(r"careful|cautio|attention|dilig|vigilan|mindful|aware|care\b|harder|remember|double"),
        "what could make it safe for anyone who is not?",
    ),
    (
        pattern(r"process|procedure|practice|polic|rule|guideline|follow"),
        "which step, and what would make it happen by itself?",
    ),
    (
        pattern(r"look|investigat|explor|think|discuss|dig|understand|analy|examin|consider|revisit|follow up"),
        "what should be known at the end, and who decides then?",
    ),
    (
        pattern(r"robust|reliab|resilien|stab|scal|fragil|brittle|capacity|performance"),
        "against which failure, and up to what load?",
    ),
    (pattern(r"happen|prevent|fix|solve|handle|address"), "by changing what?"),
)
_ELSE = "what would somebody do first, and to what?"


def sharper(text: str) -> str | None:
    """The question that would make a vague item something to begin with; None where it is clear enough."""
    if not is_vague(text):
        return None
    return next((question for rule, question in _QUESTIONS if rule.search(text) is not None), _ELSE)


_STRENGTHS: tuple[tuple[Strength, Pattern], ...] = (
    (
        Strength.CAREFUL,
        pattern(
            r"\b(?:careful|cautious|attention|vigilant|mindful|diligent|try harder|double[- ]check|remember to"
            r"|don't forget|raise awareness|be aware|remind|tell (?:everyone|people|the team|all)|take care"
            r"|follow the (?:process|procedure|rules|runbook)"
            r"|communicate better|awareness)\b"
        ),
    ),
    (
        Strength.DOCUMENT,
        pattern(
            r"^\W*(?:\S+ ){0,5}?(?:document|documentation|write (?:up|down)|writing up|describe|runbooks?"
            r"|playbooks?|wiki|docs?|readme|training|train|teach|onboarding|workshop|checklists?|guidelines?"
            r"|how-?to|share (?:the|what)|present|announce|publish|explain|page in the wiki)\b"
        ),
    ),
    (
        Strength.DETECT,
        pattern(
            r"^\W*(?:\S+ ){0,4}?(?:alert|alerts|alerting|alarm|alarms|monitor|monitors|monitoring|detect|detects"
            r"|detection|page|pages|paging|notify|notifies|dashboards?|metrics?|graph|graphs|log|logs|logging"
            r"|trace|traces|tracing|probes?|watch|measure|track|slo|sli|health ?checks?|synthetic|report|route"
            r"|routing|show|surface|expose|canary check|warn)\b"
        ),
    ),
    (
        Strength.REMOVE,
        pattern(
            r"\b(?:remove|removing|delete|deleting|eliminate|eliminating|drop|replace|replacing|decommission"
            r"|retire|get rid of|isolate|separate|split|decouple|disable|turn off|redesign|rewrite|re-?architect"
            r"|migrate (?:off|away|from)|make (?:it )?impossible"
            r"|forbid|prohibit|block|refuse|reject|prevent|disallow|revoke|restrict|cap|limit|rate[- ]?limit"
            r"|bound|timeouts?|quota|circuit breaker|bulkhead|read-only|guard|guardrail|idempotent|redundan\w+"
            r"|fix the (?:bug|leak|race)|add (?:an |the )?(?:index|replica|limit|timeout|cap|constraint))\b"
        ),
    ),
    (
        Strength.AUTOMATE,
        pattern(
            r"\b(?:automate|automates|automatic|automatically|automated|automation|auto-?\w+|script|ci|pipeline"
            r"|lint|linter|gate|test|tests|testing|canary|canaries|enforce|enforces|validate|validates|validation"
            r"|check in|pre-?commit|pre-?merge|cron|schedule|scheduled|rollback button|one[- ]click|self-?heal\w*"
            r"|load[- ]?test|game ?day|drill|rehearse|feature flag|staged rollout|query plan|migration check"
            r"|verify|require|bot)\b"
        ),
    ),
    (
        Strength.DETECT,
        pattern(
            r"\b(?:alert|alerts|alarm|monitor|monitoring|detect|notify|dashboard|metric|graph|probe|health ?check)\b"
        ),
    ),
    (Strength.DOCUMENT, pattern(r"\b(?:document|documentation|runbook|wiki|docs|training|checklist|guideline)\b")),
)


def strength(text: str) -> Strength | None:
    """How strong a remedy the text names; None where it names none of the known sorts."""
    return next((kind for kind, rule in _STRENGTHS if rule.search(text) is not None), None)
