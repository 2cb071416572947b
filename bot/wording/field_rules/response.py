"""Which words say how it was found, escalated, mitigated and checked, and what a runbook did for it?"""

from __future__ import annotations

from bot.wording.amounts import AMOUNT
from bot.wording.field_rules.rule import rule

RESPONSE = (
    rule(
        "detection.first_sign",
        r"\b(?:first (?:sign|symptom|hint|alert|error|report|thing)|earliest|error rates?|latency|queue|spikes?"
        r"|spiked|graphs?|dashboards?"
        r"|alerts?|alarms?|noticed|saw|logs?)\b",
        words=("first sign", "first indication", "symptom", "data source"),
    ),
    rule(
        "investigation.approach",
        r"\b(?:logs?|traces?|tracing|metrics|profil\w+|bisect\w*|diff\w*|compared|looked (?:at|into|through)|dug"
        r"|grep\w*|kubectl|dashboards?|explain|strace|datadog|grafana|kibana|git log|heap dump|thread dump"
        r"|flame ?graphs?|tcpdump|slow query log"
        r"|reproduced?|ruled out)\b",
        words=("investigation", "approach", "tools", "tools used"),
    ),
    rule(
        "escalation.reason",
        r"\b(?:escalat\w+|pulled in|paged|called in|woke|brought in|asked .{1,30} to (?:help|join|look))\b",
        words=("escalation", "reason for escalation", "escalated because"),
        but=(
            r"\b(?:before|until|nobody|never|no one|without|not|wasn't|weren't) (?:\S+ ){0,3}"
            r"(?:paged|woke|escalated)\b"
        ),
    ),
    rule(
        "mitigation.risk",
        r"\b(?:risks?|risky|risked|danger(?:ous)?|worst case|side effects?|could (?:have )?(?:broken?|lost?|made"
        r"|make|taken?|dropped?|caused?)"
        r"|afraid|feared|safe(?:r|st)?|harmless)\b",
        words=("risk", "risk assessment"),
    ),
    rule(
        "mitigation.approval",
        r"\b(?:approv\w+|sign(?:ed)?[- ]off|ok'?(?:e?d|ayed)|okayed|go-?ahead|green light|agreed|decided|said yes"
        r"|gave the (?:ok|nod|word)"
        r"|authori[sz]ed|consulted|asked (?:first|nobody|anyone|anybody)|four eyes)\b",
        words=("approval", "approved by", "approved"),
    ),
    rule(
        "recovery.validation",
        r"\b(?:validat\w+|verif\w+|confirm\w+|check(?:ed|s|ing)|smoke tests?|synthetics?|test (?:order|payment"
        r"|purchase|login|run)s?|back (?:to|at) (?:normal|baseline|zero|usual)|error rates? (?:fell|dropped|was|were"
        r"|back)"
        r"|by hand)\b",
        words=("validation", "validated", "recovery"),
    ),
    rule(
        "recovery.monitoring",
        r"\b(?:afterwards|monitor(?:ed|ing)|watch(?:ed|ing)|kept an eye|observ\w+|next (?:morning|day)|overnight"
        r"|worr\w+|concern\w*"
        rf"|for (?:another|the next|the following) (?:{AMOUNT}|an?|few|couple)\b)",
        words=("monitoring", "afterwards", "concerns"),
    ),
    rule(
        "runbook.used",
        r"\b(?:runbooks?|playbooks?|wiki|docs?|procedure|checklist|instructions)\b",
        words=("runbook", "playbook"),
        but=(r"\b(?:should|needs? to|has to|must|add(?:ing)?|belongs?|update[sd]?|missing|lacks?)\b"),
    ),
    rule(
        "runbook.updates",
        r"\b(?:should|needs?|has to|must|add(?:ing)?|belongs?|update[sd]?|missing|lacks?|write|extend)\b",
        words=("runbook updates", "updates needed", "add to the runbook", "to add"),
    ),
)
