"""Which words say what is to change, what it refers to and how it is shared?"""

from __future__ import annotations

from bot.wording.amounts import AMOUNT
from bot.wording.field_rules.rule import PERCENT, rule

#: How people say by what they will know that an action worked: a test of it, and nothing that is built.
HOW_WE_KNOW = (
    r"\b(?:how (?:will )?(?:we|you|to)(?:'ll| will)? (?:know|tell|see)|(?:we|you)(?:'ll| will| shall)? (?:know|can tell"
    r"|can see)|measured?(?: by| ?[:=])|success(?: metric| criteri(?:a|on))? ?[:=]|done when|it worked (?:if|when|once)"
    r"|works (?:if|when)|proof ?[:=]|(?:next|in the|in a) (?:game ?day|drill)\b)"
)
PREVENTION = (
    rule(
        "prevention.monitor",
        r"\b(?:monitors?|alerts?|alarms?|alerting|synthetics?|probes?|canary check|page (?:us|on))\b",
        words=("monitor", "new monitor", "alert", "new alert"),
        until=HOW_WE_KNOW,
    ),
    rule(
        "prevention.monitor_query",
        r"\x60[^\x60]+\x60|\b(?:sum|avg|rate|max|min|p9\d|count)\(.+\)",
        words=("query", "monitor query"),
        near=(r"\b(?:monitors?|alerts?|alarms?|query|promql)\b"),
        until=HOW_WE_KNOW,
    ),
    rule(
        "prevention.monitor_threshold",
        rf"\b(?:above|over|below|under|more than|less than|exceeds?|reach(?:es)?|threshold|for) (?:of )?(?:{AMOUNT}"
        r"|an? )"
        rf"|[<>≥≤] ?\d|&[lg]t; ?\d|{PERCENT}",
        words=("threshold",),
        near=(r"\b(?:monitors?|alerts?|alarms?|threshold|pages?|paging)\b"),
        until=HOW_WE_KNOW,
        from_here=True,
    ),
    rule(
        "prevention.monitor_notifies",
        r"\b(?:notif\w+|pages? (?:the|us|on|whoever)|paging|pagerduty|opsgenie|goes to|sent to|posts? (?:in|to)"
        r"|warns?)\b"
        r"|(?:^|\s)#[a-z][\w-]+|<#[A-Z0-9]+",
        words=("notification", "notifies", "notify"),
        near=(r"\b(?:monitors?|alerts?|alarms?|pages?|paging|notif\w+)\b"),
        until=HOW_WE_KNOW,
    ),
    rule(
        "prevention.dashboard",
        r"\b(?:dashboards?|panels?|widgets?|grafana|graphs? (?:of|for|on))\b",
        words=("dashboard", "widgets", "panel"),
        until=HOW_WE_KNOW,
    ),
)

REFERENCES = (
    rule(
        "references.dashboard",
        r"https?://[^\s<>|]*(?:grafana|datadog|kibana|dashboard|newrelic|honeycomb|splunk|cloudwatch|prometheus"
        r"|sentry|lightstep)"
        r"[^\s<>|]*",
        words=("dashboard link", "dashboard", "dashboards"),
    ),
    rule(
        "references.tickets",
        r"https?://[^\s<>|]*(?:jira|/browse/|/issues/|linear\.app|youtrack|servicenow|shortcut)[^\s<>|]*"
        r"|\b[A-Z]{2,8}-\d{1,6}\b",
        words=("ticket", "jira", "issue"),
        but=(r"\b(?:SEV|PM|AI|UTC|GMT|CVE|ISO|P)-\d"),
    ),
    rule(
        "references.incidents",
        r"\bPM-\d{4}-\d+|\bINC-?\d+\b|\b(?:like|same as|similar to|as in) (?:the|our|last"
        r"|that) .{0,40}\b(?:incident|outage)\b",
        words=("related incidents", "related", "similar incidents", "earlier incidents"),
    ),
    rule(
        "references.runbook",
        r"https?://[^\s<>|]*(?:runbook|playbook|sop)[^\s<>|]*",
        words=("runbook link",),
    ),
    rule(
        "references.architecture",
        r"https?://[^\s<>|]*(?:architecture|/adr|design-?doc|diagram|miro\.com|lucid)[^\s<>|]*",
        words=("architecture", "architecture docs", "design"),
    ),
)

SHARING = (
    rule(
        "sharing.meeting",
        r"\b(?:(?:review|postmortem|post-mortem|ops|incident) (?:meeting|review|session)|retro(?:spective)?"
        r"|walk(?:ed|ing)? .{0,40}through"
        r"|meeting)\b",
        words=("meeting", "review meeting"),
        but=(r"\b(?:all[- ]hands|team meeting|engineering meeting)\b"),
    ),
    rule(
        "sharing.briefing",
        r"\b(?:brief(?:ing|s|ed)?|stand-?ups?|team meeting|weekly|demo)\b",
        words=("briefing",),
    ),
    rule(
        "sharing.all_hands",
        r"\b(?:all[- ]hands|town ?hall|tech talk|show (?:and|&) tell|brown[- ]?bag|lunch (?:and|&) learn|guild"
        r"|engineering meeting|presentation"
        r"|present(?:s|ed)?)\b",
        words=("all-hands", "all hands", "presentation"),
    ),
    rule(
        "sharing.documentation",
        r"\b(?:docs?|documentation|documents?|wiki|handbook|confluence|notion|write-?up|blog ?post"
        r"|newsletter|canvas)\b",
        words=("documentation", "docs"),
    ),
    rule(
        "sharing.runbook",
        r"\b(?:runbooks?|playbooks?)\b",
        words=("runbook updated",),
        # That it was wrong, or that nobody keeps it up, is no update.
        near=r"\b(?:updat\w+|writes?|wrote|written|writing|rewr\w+|adds?|added|adding|chang\w+|correct(?:ed|s)|fix(?:ed|es)"
        r"|extend\w*|amend\w*|revis\w+|puts?|gets?|got)\b",
        but=r"\b(?:not|never|nobody|no one|no-one|without|\pL+n't)\b|\b(?:last|since) (?:updated|changed|written)\b",
    ),
    rule(
        "sharing.training",
        r"\b(?:training|trainings|onboarding|workshops?|game ?days?|fire ?drills?|course|drills?)\b",
        words=("training",),
    ),
)
