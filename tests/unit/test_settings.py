"""Every fault of the settings is told at once, and no secret is ever shown."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bot.errors import SettingsFault
from bot.settings import LogFormat, LogLevel, Names, OfflineSettings, Settings, read_offline_settings, read_settings

TOKENS = {"SLACK_BOT_TOKEN": "xoxb-1-secret", "SLACK_APP_TOKEN": "xapp-1-secret"}


@pytest.fixture(autouse=True)
def _empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for name, value in TOKENS.items():
        monkeypatch.setenv(name, value)
    return monkeypatch


def faults_of(given: pytest.MonkeyPatch, **values: str) -> tuple[str, ...]:
    for name, value in values.items():
        given.setenv(name, value)
    with pytest.raises(SettingsFault) as caught:
        read_settings()
    return caught.value.faults


def test_two_tokens_are_enough(given: pytest.MonkeyPatch) -> None:
    settings = read_settings()
    assert settings.slack_bot_token.get_secret_value() == "xoxb-1-secret"
    assert settings.slack_app_token.get_secret_value() == "xapp-1-secret"
    assert settings.slack_api_url == "https://slack.com/api/"
    assert settings.database_url.get_secret_value() == "sqlite:///postmortem.db"
    assert (settings.quiet_seconds, settings.max_asks, settings.max_probes) == (120, 12, 4)
    assert (settings.timezone, settings.nudge_weekday, settings.nudge_hour) == ("UTC", 0, 9)
    assert (settings.prompts_dir, settings.templates_dir) == (None, None)
    assert (settings.log_format, settings.log_level) == (LogFormat.TEXT, LogLevel.INFO)
    assert settings.names is Names.ROLES


def test_all_faults_are_listed_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    faults = faults_of(
        monkeypatch,
        SLACK_APP_TOKEN="xoxb-swapped",
        SLACK_API_URL="http://slack.com/api/",
        DATABASE_URL="mysql://somewhere",
        POSTMORTEM_QUIET_SECONDS="a while",
        POSTMORTEM_MAX_ASKS="0",
        POSTMORTEM_MAX_PROBES="2.5",
        POSTMORTEM_TIMEZONE="Berlin",
        POSTMORTEM_NUDGE_WEEKDAY="someday",
        POSTMORTEM_NUDGE_HOUR="2",
        POSTMORTEM_PROMPTS_DIR="nowhere",
        POSTMORTEM_TEMPLATES_DIR="nowhere",
        POSTMORTEM_LOG_FORMAT="xml",
        POSTMORTEM_LOG_LEVEL="loud",
        POSTMORTEM_NAMES="initials",
    )
    assert {fault.split()[0] for fault in faults} == {
        "SLACK_BOT_TOKEN",
        "SLACK_APP_TOKEN",
        "SLACK_API_URL",
        "DATABASE_URL",
        "POSTMORTEM_QUIET_SECONDS",
        "POSTMORTEM_MAX_ASKS",
        "POSTMORTEM_MAX_PROBES",
        "POSTMORTEM_TIMEZONE",
        "POSTMORTEM_NUDGE_WEEKDAY",
        "POSTMORTEM_NUDGE_HOUR",
        "POSTMORTEM_PROMPTS_DIR",
        "POSTMORTEM_TEMPLATES_DIR",
        "POSTMORTEM_LOG_FORMAT",
        "POSTMORTEM_LOG_LEVEL",
        "POSTMORTEM_NAMES",
    }


def test_a_fault_says_what_is_wanted_and_not_what_was_given(given: pytest.MonkeyPatch) -> None:
    (missing, wrong) = faults_of(given, SLACK_BOT_TOKEN="", SLACK_APP_TOKEN="hunter2")
    assert missing.startswith("SLACK_BOT_TOKEN is missing: the bot token that starts with xoxb-")
    assert wrong.startswith("SLACK_APP_TOKEN must be the app-level token that starts with xapp-")
    assert "hunter2" not in missing + wrong


def test_the_list_reads_as_a_list() -> None:
    assert str(SettingsFault(("one.", "two."))) == "The settings cannot be used:\n  - one.\n  - two."


def test_no_secret_is_in_the_repr(given: pytest.MonkeyPatch) -> None:
    given.setenv("DATABASE_URL", "postgresql://bot:hunter2@db/postmortem")
    shown = repr(read_settings()) + str(read_settings())
    assert "secret" not in shown.lower().replace("secretstr", "")
    assert "hunter2" not in shown


def test_an_empty_value_counts_as_not_set(given: pytest.MonkeyPatch) -> None:
    for name in ("DATABASE_URL", "POSTMORTEM_MAX_ASKS", "POSTMORTEM_TIMEZONE", "POSTMORTEM_PROMPTS_DIR"):
        given.setenv(name, "")
    assert read_settings().max_asks == 12


def test_a_token_copied_with_its_line_end_is_the_token(given: pytest.MonkeyPatch) -> None:
    given.setenv("SLACK_BOT_TOKEN", " xoxb-2\n")
    assert read_settings().slack_bot_token.get_secret_value() == "xoxb-2"


def test_a_bare_prefix_is_no_token(given: pytest.MonkeyPatch) -> None:
    (fault,) = faults_of(given, SLACK_BOT_TOKEN="xoxb-")
    assert fault.startswith("SLACK_BOT_TOKEN must be")


def test_the_environment_goes_before_the_env_file(given: pytest.MonkeyPatch) -> None:
    Path(".env").write_text("POSTMORTEM_MAX_ASKS=5\nPOSTMORTEM_MAX_PROBES=1\nOTHER=x\n", encoding="utf-8")
    given.setenv("POSTMORTEM_MAX_ASKS", "7")
    settings = read_settings()
    assert (settings.max_asks, settings.max_probes) == (7, 1)


def test_an_unreadable_env_file_is_a_fault_and_no_traceback(given: pytest.MonkeyPatch) -> None:
    Path(".env").write_bytes(b"POSTMORTEM_NAMES=\xff\xfe\n")
    (fault,) = faults_of(given)
    assert fault.startswith(".env cannot be read")


def test_a_misspelt_name_is_noticed_wherever_it_is(given: pytest.MonkeyPatch) -> None:
    Path(".env").write_text("POSTMORTEM_MAX_ASK=5\n", encoding="utf-8")
    assert faults_of(given, SLACK_BOT_TOKN="xoxb-3") == (
        "POSTMORTEM_MAX_ASK is no setting; POSTMORTEM_MAX_ASKS is.",
        "SLACK_BOT_TOKN is no setting; SLACK_BOT_TOKEN is.",
    )


def test_what_a_cluster_puts_into_the_environment_is_no_fault(given: pytest.MonkeyPatch) -> None:
    given.setenv("POSTMORTEM_SERVICE_HOST", "10.0.0.1")
    given.setenv("POSTMORTEM_PORT", "tcp://10.0.0.1:80")
    assert read_settings().max_asks == 12


@pytest.mark.parametrize(
    ("written", "used"),
    [
        ("postgres://u:p@db:5432/pm", "postgresql+psycopg://u:p@db:5432/pm"),
        ("postgresql://u:p@db/pm?sslmode=require", "postgresql+psycopg://u:p@db/pm?sslmode=require"),
        ("postgresql+psycopg://db/pm", "postgresql+psycopg://db/pm"),
        ("sqlite:///relative.db", "sqlite:///relative.db"),
        ("sqlite:////data/absolute.db", "sqlite:////data/absolute.db"),
    ],
)
def test_database_addresses_name_our_driver(given: pytest.MonkeyPatch, written: str, used: str) -> None:
    given.setenv("DATABASE_URL", written)
    assert read_settings().database_url.get_secret_value() == used


@pytest.mark.parametrize(
    "written",
    ["postmortem.db", "sqlite://postmortem.db", "sqlite:///", "postgresql+psycopg2://db/pm", "postgres://db:x/pm"],
)
def test_a_database_address_that_cannot_work_is_a_fault(given: pytest.MonkeyPatch, written: str) -> None:
    (fault,) = faults_of(given, DATABASE_URL=written)
    assert fault.startswith("DATABASE_URL must be sqlite:///<file>, or postgresql://")


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1:8080/api", "http://localhost:8080/api/", "https://slack.com/api"]
)
def test_the_api_address_ends_with_a_slash(given: pytest.MonkeyPatch, address: str) -> None:
    given.setenv("SLACK_API_URL", address)
    assert read_settings().slack_api_url == address.rstrip("/") + "/"


@pytest.mark.parametrize(
    "address", ["http://10.0.0.5/api/", "http://localhost.example.org/api/", "slack.com", "ftp://x/"]
)
def test_tokens_never_travel_in_clear_text(given: pytest.MonkeyPatch, address: str) -> None:
    (fault,) = faults_of(given, SLACK_API_URL=address)
    assert fault.startswith("SLACK_API_URL must be an https address")


@pytest.mark.parametrize(("written", "number"), [("mon", 0), ("Tue", 1), ("SUNDAY", 6)])
def test_weekdays_are_written_as_people_write_them(given: pytest.MonkeyPatch, written: str, number: int) -> None:
    given.setenv("POSTMORTEM_NUDGE_WEEKDAY", written)
    assert read_settings().nudge_weekday == number


@pytest.mark.parametrize("zone", ["Nowhere/At_All", "America", "../etc/localtime", "/etc/localtime"])
def test_a_zone_must_exist(given: pytest.MonkeyPatch, zone: str) -> None:
    (fault,) = faults_of(given, POSTMORTEM_TIMEZONE=zone)
    assert fault == "POSTMORTEM_TIMEZONE must be an IANA zone name such as Europe/Berlin."


def test_a_teams_own_folders_are_found_from_the_working_folder(given: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "ours").mkdir()
    given.setenv("POSTMORTEM_PROMPTS_DIR", "ours")
    assert read_settings().prompts_dir == tmp_path / "ours"


@pytest.mark.parametrize(("written", "name"), [(":Memo:", "memo"), ("pushpin", "pushpin"), ("off", ""), ("OFF", "")])
def test_the_mark_for_the_timeline_is_an_emojis_name_or_none(
    given: pytest.MonkeyPatch, written: str, name: str
) -> None:
    given.setenv("POSTMORTEM_TIMELINE_REACTION", written)
    assert read_settings().timeline_reaction == name


def test_an_address_for_tickets_has_a_place_for_the_title(given: pytest.MonkeyPatch) -> None:
    given.setenv("POSTMORTEM_TICKET_URL", "https://tickets.example/new?summary={title}")
    assert read_settings().ticket_url == "https://tickets.example/new?summary={title}"
    (fault,) = faults_of(given, POSTMORTEM_TICKET_URL="https://tickets.example/new")
    assert fault.startswith("POSTMORTEM_TICKET_URL must be an address with {title} and perhaps {text} in it")


def test_a_mark_of_two_words_is_no_emoji(given: pytest.MonkeyPatch) -> None:
    given.setenv("POSTMORTEM_TIMELINE_REACTION", "push pin")
    with pytest.raises(SettingsFault, match="POSTMORTEM_TIMELINE_REACTION must be the name of an emoji, or off"):
        read_settings()


def test_what_needs_no_slack_needs_no_tokens() -> None:
    assert read_offline_settings().max_asks == 12


def test_what_needs_no_slack_still_names_every_other_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POSTMORTEM_NAMES", "initials")
    with pytest.raises(SettingsFault) as caught:
        read_offline_settings()
    assert [fault.split()[0] for fault in caught.value.faults] == ["POSTMORTEM_NAMES"]


def test_settings_made_by_hand_are_exactly_those(given: pytest.MonkeyPatch) -> None:
    given.setenv("POSTMORTEM_MAX_ASKS", "5")
    assert OfflineSettings().max_asks == 12


def test_settings_made_by_hand_keep_the_rules() -> None:
    with pytest.raises(ValueError, match="xoxb-"):
        Settings.model_validate({"slack_bot_token": "xapp-1", "slack_app_token": "xapp-1"})


def test_the_test_run_started_with_none_of_our_settings() -> None:
    assert not [name for name in os.environ if name.startswith(("SLACK_", "POSTMORTEM_", "ANTHROPIC_"))]


def test_binding_rules_are_named_and_an_unknown_one_is_refused_with_the_list(given: pytest.MonkeyPatch) -> None:
    given.setenv("POSTMORTEM_BINDING_RULES", " Owners, due,owners ")
    assert read_settings().binding_rules == ("owners", "due")
    (fault,) = faults_of(given, POSTMORTEM_BINDING_RULES="owners, perfect")
    assert fault.startswith("POSTMORTEM_BINDING_RULES must be names of rules")
    assert "owners, due, priority" in fault
    (over,) = faults_of(given, POSTMORTEM_BINDING_RULES="started")
    assert "must be names of rules" in over, "what is over can't be made true any more"
