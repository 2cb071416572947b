"""What alerting, deploying and chatting tools put into a channel is read, wherever each of them puts its words."""

from __future__ import annotations

from typing import Any

import pytest

from bot.slack.history import record_message

TS = "1763650000.000100"


def section(words: str, **more: Any) -> dict[str, Any]:
    return {"type": "section", "text": {"type": "mrkdwn", "text": words}, **more}


def field(title: str, value: str) -> dict[str, Any]:
    return {"title": title, "value": value, "short": True}


PAGERDUTY = {
    "bot_id": "B1", "subtype": "bot_message", "username": "PagerDuty", "text": "",
    "attachments": [{
        "color": "danger",
        "fallback": "Triggered #4711: checkout 5xx above 5 %",
        "blocks": [
            section("*<https://acme.pagerduty.example/incidents/Q1|#4711 checkout 5xx above 5 %>*"),
            {"type": "section", "fields": [
                {"type": "mrkdwn", "text": "*Service*\n<https://acme.pagerduty.example/services/P1|checkout-api>"},
                {"type": "mrkdwn", "text": "*Assigned To*\n<@U0ANNA>"}]},
            {"type": "actions", "elements": [
                {"type": "button", "text": {"type": "plain_text", "text": "Acknowledge"}, "action_id": "ack"}]},
        ],
    }],
}  # fmt: skip
OPSGENIE = {
    "bot_id": "B2", "username": "Opsgenie", "text": "",
    "attachments": [{
        "pretext": "New alert: <https://opsgenie.example/a/77|#77>", "title": "Disk usage over 95 % on db-3",
        "fallback": "New alert: Disk usage over 95 % on db-3", "text": "The volume /var is nearly full.",
        "fields": [field("Priority", "P1"), field("Responders", "database team")],
        "actions": [{"type": "button", "text": "Ack", "name": "ack"}],
    }],
}  # fmt: skip
DATADOG = {
    "bot_id": "B3", "subtype": "bot_message", "username": "Datadog", "text": None,
    "attachments": [{
        "title": "Triggered: p99 latency of checkout is high", "title_link": "https://dd.example/monitors/9",
        "text": "avg(last_5m):p99 &gt; 2s\n@slack-inc", "fallback": "Triggered: p99", "color": "#B00",
        "image_url": "https://dd.example/snap.png", "fields": [field("Metric value", "3.4"), field("Env", "prod")],
    }],
}  # fmt: skip
GRAFANA = {
    "bot_id": "B4", "bot_profile": {"name": "Grafana"}, "text": "",
    "attachments": [{
        "title": "[FIRING:2] HighErrorRate (api prod)", "title_link": "https://grafana.example/alerting/list",
        "text": "**Firing**\n\nValue: B=7.2\nLabels:\n - alertname = HighErrorRate", "footer": "Grafana v11.2",
        "fallback": "[FIRING:2] HighErrorRate (api prod)", "ts": 1763650000, "color": "#D63232",
    }],
}  # fmt: skip
ALERTMANAGER = {
    "bot_id": "B5", "subtype": "bot_message", "username": "Alertmanager", "text": "",
    "attachments": [{
        "title": "[RESOLVED] SearchLatencyHigh (search)", "title_link": "https://am.example/#/alerts",
        "fallback": "[RESOLVED] SearchLatencyHigh (search) | https://am.example/#/alerts", "mrkdwn_in": ["fallback"],
        "fields": [field("Summary", "p95 was 4.1 s"), field("Runbook", "<https://wiki.example/search|search>")],
    }],
}  # fmt: skip
STATUSPAGE = {
    "bot_id": "B6", "username": "Statuspage", "text": "Acme Status - Incident Update",
    "blocks": [
        {"type": "header", "text": {"type": "plain_text", "text": "Elevated errors on checkout"}},
        section("*Monitoring* - A fix has been implemented and we are monitoring the results."),
        {"type": "context", "elements": [{"type": "mrkdwn", "text": "Affected: *Checkout*, *Payments API*"}]},
    ],
}  # fmt: skip
GITHUB = {
    "bot_id": "B7", "bot_profile": {"name": "GitHub"}, "text": "",
    "attachments": [{
        "color": "#36a64f", "fallback": "[acme/shop] Pull request merged by anna", "author_name": "anna",
        "pretext": "[acme/shop] Pull request merged by <https://github.example/anna|anna>",
        "title": "<https://github.example/acme/shop/pull/812|#812 Limit the pool of connections>",
        "text": "Caps the pool at 40.", "footer": "<https://github.example/acme/shop|acme/shop>",
    }],
}  # fmt: skip
JENKINS = {
    "bot_id": "B8", "subtype": "bot_message", "username": "jenkins", "text": "",
    "attachments": [{
        "color": "danger", "mrkdwn_in": ["text"], "fallback": "shop #4312 Failure after 3 min 12 sec",
        "text": "shop - #4312 Failure after 3 min 12 sec (<https://ci.example/job/shop/4312/|Open>)",
    }],
}  # fmt: skip
SENTRY = {
    "bot_id": "B9", "bot_profile": {"name": "Sentry"}, "text": "",
    "attachments": [{
        "color": "#E03E2F", "fallback": "[shop] PoolTimeout: no connection within 30 s",
        "blocks": [
            section(":red_circle: <https://sentry.example/issues/5|*PoolTimeout*>"),
            {"type": "rich_text", "elements": [{"type": "rich_text_preformatted", "elements": [
                {"type": "text", "text": "no connection within 30 s"}]}]},
            {"type": "context", "elements": [
                {"type": "mrkdwn", "text": "Events: *1,204*"}, {"type": "plain_text", "text": "State: Escalating"}]},
            {"type": "actions", "elements": [
                {"type": "static_select", "placeholder": {"type": "plain_text", "text": "Select Assignee..."}}]},
        ],
    }],
}  # fmt: skip
NEVER_SEEN = {
    "bot_id": "B0",
    "subtype": "bot_message",
    "username": "homegrown",
    "attachments": [{"payload": {"lines": [{"body": "queue depth 48,201"}]}, "note": "paging the storage team"}],
}
WITHOUT_A_PLACE = {"bot_id": "B0", "username": "cron", "event_payload": {"title": "Backup of db-1 failed"}}


@pytest.mark.parametrize(
    ("tool", "message", "words"),
    [
        ("PagerDuty", PAGERDUTY, ("#4711 checkout 5xx above 5 %", "checkout-api", "<@U0ANNA>")),
        ("Opsgenie", OPSGENIE, ("New alert: #77", "Disk usage over 95 %", "nearly full", "Priority: P1")),
        ("Datadog", DATADOG, ("Triggered: p99 latency", "https://dd.example/monitors/9", "p99 > 2s", "Env: prod")),
        ("Grafana", GRAFANA, ("[FIRING:2] HighErrorRate", "Value: B=7.2")),
        ("Alertmanager", ALERTMANAGER, ("[RESOLVED] SearchLatencyHigh", "Summary: p95 was 4.1 s", "wiki.example")),
        ("Statuspage", STATUSPAGE, ("Incident Update", "Elevated errors on checkout", "Monitoring", "Payments API")),
        ("GitHub", GITHUB, ("Pull request merged by anna", "#812 Limit the pool", "Caps the pool at 40.")),
        ("jenkins", JENKINS, ("#4312 Failure after 3 min 12 sec", "https://ci.example/job/shop/4312/")),
        ("Sentry", SENTRY, ("PoolTimeout", "no connection within 30 s", "Events: *1,204*", "State: Escalating")),
        ("homegrown", NEVER_SEEN, ("queue depth 48,201", "paging the storage team")),
        ("cron", WITHOUT_A_PLACE, ("Backup of db-1 failed",)),
    ],
    ids=lambda each: each if isinstance(each, str) else "",
)
def test_an_alert_is_read_whatever_tool_it_comes_from(
    tool: str, message: dict[str, Any], words: tuple[str, ...]
) -> None:
    read = record_message({"ts": TS, **message})
    assert read.bot == tool
    assert [each for each in words if each not in read.text] == []
    assert "Acknowledge" not in read.text
    assert "Select Assignee" not in read.text


def test_what_a_person_forwards_is_read_and_what_they_take_off_the_record_is_not() -> None:
    forwarded = {"text": "checkout is down since 14:02", "message_blocks": [], "is_share": True, "fallback": "x"}
    told = {"ts": TS, "user": "U1", "text": "see this\n// do not tell sales", "attachments": [forwarded]}
    assert record_message(told).text == "see this\ncheckout is down since 14:02"


def test_a_group_and_a_channel_without_a_label_wait_for_their_names() -> None:
    read = record_message({"ts": TS, "user": "U1", "text": "<!subteam^S0DB> look into <#C0DB|> and <#C1|web>"})
    assert read.text == "<!subteam^S0DB> look into <#C0DB> and #web"


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ({"text": "gone", "subtype": "tombstone"}, {"deleted": True}),
        ({"text": "x", "pinned_to": ["C1"]}, {"pinned": True}),
        ({"text": "x", "reactions": [{"name": "eyes", "count": 2}]}, {"reactions": ("eyes",) * 2}),
        ({"text": "x", "edited": {"user": "U1", "ts": "1763650001.000000"}}, {"edited_ts": "1763650001.000000"}),
        ({"text": "x", "subtype": "thread_broadcast", "thread_ts": "1763640000.000100"}, {"broadcast": True}),
        ({"text": "", "files": [{"id": "F1", "name": "p99.png"}]}, {"files": ("p99.png",), "text": "[file] p99.png"}),
        (
            {"subtype": "huddle_thread", "text": "", "room": {"name": "war room", "participant_history": ["U1"]}},
            {"subtype": "huddle_thread", "text": "[call] war room with <@U1>"},
        ),
    ],
    ids=["tombstone", "pin", "reaction", "edit", "broadcast", "file", "huddle"],
)  # fmt: skip
def test_what_is_more_than_words_is_kept_too(message: dict[str, Any], said: dict[str, Any]) -> None:
    read = record_message({"ts": TS, "user": "U1", **message})
    assert {name: getattr(read, name) for name in said} == said
