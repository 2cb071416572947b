"""Of which sort is a contributing factor, or something that went well or badly? As its writer says, else by its words.

`factor_sort("monitoring: nobody watched the pool")` is what somebody said (`said`); for "the pool had no alert" the
words only suggest it. A suggestion is shown as one and never as said. A person changes it by writing the sort and a
colon in front: in the answer, by editing it, or in the form that divides factors. What fits no sort stays unsorted
(`name` is empty); `text` is what is left without the sort in front.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.patterns import Pattern, pattern, plain
from bot.wording.mentions import mentions
from bot.wording.sentences import factors, sentences


@dataclass(frozen=True, slots=True)
class Sorted:
    """One statement with its sort; `name` is empty when neither its writer nor its words tell one."""

    name: str
    #: Whether its writer said so, rather than the words suggesting it.
    said: bool
    text: str


#: The sorts of factors, each with the group under which a full report shows it.
FACTOR_SORTS: Mapping[str, str] = {
    "technical": "technical",
    "capacity": "technical",
    "monitoring": "technical",
    "process": "process",
    "testing": "process",
    "runbook": "process",
    "people": "people",
}
#: The groups and sorts by the headings that people read.
FACTOR_HEADINGS: Mapping[str, str] = {
    "technical": "Technical",
    "process": "Process",
    "people": "Conditions that people worked in",
    "capacity": "Capacity",
    "monitoring": "Monitoring gap",
    "testing": "Testing gap",
    "runbook": "Runbook gap",
}
#: The sorts of what went well or badly, in the order of a full report, with their headings.
WENT_SORTS: Mapping[str, str] = {
    "detection": "Detection",
    "response": "Response",
    "communication": "Communication",
    "tooling": "Tooling and process",
}
_LONGEST = 2_000
_PREFIX = pattern(
    r"[\s*_]*([\pL]+)(?:[ -](?:gaps?|factors?|conditions?|planning|issues?|cause))?[*_]?[ ]?:[*_]?\s+(\S.*)"
)
#: Other words before the colon that mean a sort.
_ALSO = {
    "tech": "technical", "human": "people", "humans": "people", "person": "people", "organisational": "process",
    "organizational": "process", "procedural": "process", "procedure": "process", "alerting": "monitoring",
    "observability": "monitoring", "tests": "testing", "test": "testing", "runbooks": "runbook", "playbook": "runbook",
    "documentation": "runbook", "load": "capacity", "scaling": "capacity",
    "detected": "detection", "noticing": "detection", "mitigation": "response", "comms": "communication",
    "tools": "tooling", "systems": "tooling", "tool": "tooling", "system": "tooling",
}  # fmt: skip
#: "release 4312" is a thing, and no word about how releases are made.
_THIS_ONE = pattern(r"\b(?:release|deploy|deployment|rollout|ticket) #?v?\d[\w.-]*")
#: What the words of a factor suggest, the most particular sort first.
_FACTORS: tuple[tuple[str, Pattern], ...] = (
    ("runbook", pattern(r"\b(?:runbooks?|playbooks?|documented|undocumented|documentation|wiki|instructions for)\b")),
    (
        "testing",
        pattern(
            r"\b(?:tests?|tested|testing|untested|staging|load[- ]test\w*|canary|qa|coverage|integration environment"
            r"|evaluations?|evals?|benchmark\w*|dry run|rehears\w+)\b"
        ),
    ),
    (
        "monitoring",
        pattern(
            r"\b(?:alerts?|alerting|alarms?|monitor\w*|dashboards?|metrics?|paged|paging|noticed|unnoticed|visible"
            r"|invisible|observab\w+|logged|logging|threshold\w*|no graph)\b"
        ),
    ),
    (
        "capacity",
        pattern(
            r"\b(?:capacity|headroom|traffic (?:had |has )?(?:grown|doubled|tripled|growth)|pool size|too small"
            r"|undersized|sized|quota|disk (?:was |is )?full|exhausted|saturat\w+|scaled?|scaling|overload\w*|peak"
            r"|load)\b"
        ),
    ),
    (
        "people",
        pattern(
            r"\b(?:tired|fatigue|3 ?a\.?m|at night|woken|hand-?over|shift|alone|one person|single person"
            r"|only \pL+ knows?|new to|onboarding|train(?:ed|ing)|short-?staffed|vacation|holidays?|sick|workload"
            r"|interrupted|pressure|deadline|under stress|knowledge|unfamiliar|unaware|misread|similar names?"
            r"|looked (?:the same|alike)|confus\w+)\b"
        ),
    ),
    (
        "process",
        pattern(
            r"\b(?:process|procedure|review\w*|approv\w+|release\w*|roll-?out|deploy(?:ed|ment|s|ing)?(?: process"
            r"| on)?|policy|checklist|ownership|owned|owner|owns|change (?:window|freeze|management)|sign-?off"
            r"|escalat\w+|planned|priorit\w+|manual\w*|by hand|convention|standard|ticket|backlog)\b"
        ),
    ),
    (
        "technical",
        pattern(
            r"\b(?:code|bug|query|queries|index|config\w*|cache\w*|database|db|connections?|pool|timeouts?|retr(?:y"
            r"|ies)|queues?|memory|leak\w*|cpu|disk|network|dns|certificate|tls|version|library|dependency|driver"
            r"|schema|migration|lock\w*|deadlock|race|thread\w*|api|endpoint|servers?|hosts?|pods?|nodes?|cluster"
            r"|replica\w*|failover|default|flag|null|overflow|limit\w*|loop|parser|field|token\w*|model|prompt"
            r"|feature)\b"
        ),
    ),
)
#: The status page of somebody else shows how others are, and tells nobody how we are. Ours stands without an owner.
_OF_OTHERS = pattern(
    r"\b(?:its|their|his|her|(?:the )?(?:provider|vendor|supplier|carrier|cloud|aws|azure|gcp|google|cloudflare|stripe"
    r"|github)(?:['’]s)?)(?: own)? status ?page\b|\bstatus ?page (?:of|at) (?:the )?(?:provider|vendor|supplier)\b"
    r"|\b[\pL\d-]+['’]s (?:own )?status ?page (?:was|is|stayed|showed|still) (?:all |still )?(?:yellow|green|red|amber"
    r"|orange|fine|clean)\b"
    # Praise is no report.
    r"|\btold us (?:that )?(?:they|he|she|how much they) (?:[\pL]+ )?(?:loved?|liked?|enjoy\w*|appreciat\w*|valued?"
    r"|(?:is|are|was|were) (?:\pL+ )?(?:happy|grateful|thankful|pleased|glad|impressed))\b"
)
_WENT: tuple[tuple[str, Pattern], ...] = (
    # Who told us is how we noticed.
    (
        "detection",
        pattern(
            r"\b(?:no|without an?|missing|lacked an?|never (?:an?|any)) (?:\pL+ )?(?:alerts?|alarms?|monitors?)\b"
            r"|\b(?:customers?|clients?|users?|merchants?|shops?|sellers?|partners?|people|they|support|sales|somebody"
            r"|someone) (?:(?:told|informed|rang|warned|alerted) us\b|called us(?:$|[.,;:!)]"
            r"| (?:about|to|first|because|before|at|when|with|in|and|within|after|as|again|from|on|up|\d+)\b))"
            r"|\bheard (?:of |about )?(?:it )?(?:first )?"
            r"(?:from|through|via) (?:\pL+ )?(?:customers?|clients?|users?|merchants?|support|twitter|social)\b"
        ),
    ),
    (
        "communication",
        pattern(
            r"\b(?:communicat\w+|status ?page|customers? (?:were|was|heard|knew|learned|got)|told|informed|updates?"
            r"|support (?:team|had|knew)|stakeholders?|announc\w+|e-?mail\w*|messaging|in the loop|incident channel"
            r"|handed over|hand-?over)\b"
        ),
    ),
    (
        "detection",
        pattern(
            r"\b(?:alert\w*|alarms?|noticed?|noticing|detect\w+|paged|paging|pager"
            r"|pages? (?:us|on-?call|the|nobody|came|went|fired)|monitor\w*|spotted|saw it|found out"
            r"|reported|first report|dashboards? showed|anomaly|synthetic\w*)\b"
        ),
    ),
    (
        "tooling",
        pattern(
            r"\b(?:tool\w*|script\w*|feature flags?|flag|pipeline|rollback (?:button|script|took|was)|one[- ]click"
            r"|automat\w+|ci\b|deploy\w*|dashboards?|logs|traces?|tracing|vpn|access|permissions?|credentials"
            r"|runbooks?|playbooks?|canary|replica|backups?|circuit breaker|autoscal\w+)\b"
        ),
    ),
    (
        "response",
        pattern(
            r"\b(?:respon\w+|rolled back|roll(?:ing)? back|mitigat\w+|fix\w*|on-?call|joined|escalat\w+|decid\w+"
            r"|decision|triage\w*|diagnos\w+|investigat\w+|incident commander|found (?:the|it)|hands|war ?room|call"
            r"|pulled in|quick\w*|fast|restart\w*|reverted|(?:lost|wasted|cost us|spent) (?:[\pL\d]+ ){1,3}(?:minutes?"
            r"|mins?|hours?)|wrong (?:track|lead|direction|place|hypothesis)|red herring|misled|led us astray)\b"
        ),
    ),
)  # fmt: skip


def factor_sort(text: str) -> Sorted:
    """The sort of one contributing factor."""
    return _sorted(text, FACTOR_SORTS, _FACTORS)


def factor_group(name: str) -> str:
    """The group of a full report under which a sort stands: technical, process or people; empty for no sort."""
    return FACTOR_SORTS.get(name, "")


def went_sorts(text: str) -> tuple[Sorted, ...]:
    """What an answer says went well or badly: its lines, or its sentences where it is one line, each with its sort."""
    lines = factors(text)
    whole = lines if len(lines) > 1 else tuple(s for line in lines for s in sentences(line))
    # What was luck is told apart, and says nothing of how well anything was done.
    return tuple(_sorted(each, WENT_SORTS, () if "luck" in mentions(each) else _WENT) for each in whole)


def _sorted(text: str, sorts: Mapping[str, str], rules: tuple[tuple[str, Pattern], ...]) -> Sorted:
    found = _PREFIX.fullmatch(plain(text[:_LONGEST]).replace("\n", " "))
    if found is not None:
        word = (found.group(1) or "").lower()
        name = word if word in sorts else _ALSO.get(word, "")
        if name in sorts:
            return Sorted(name, True, text[found.start(2) :].strip())
    flat = _OF_OTHERS.sub(" ", _THIS_ONE.sub(" ", plain(text[:_LONGEST])))
    name = next((each for each, rule in rules if rule.search(flat) is not None), "")
    return Sorted(name, False, text.strip())
