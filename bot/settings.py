"""Every setting of the bot: its name, its default, and what it may be.

Constructing `Settings(...)` uses exactly what it is given; `read_settings()` takes the environment first and
then a `.env` file in the working folder. An empty value counts as not set. A field's description finishes the
sentence "<NAME> must be ..." that a person reads when the value cannot be used; values themselves are never
shown, since a token may have landed under the wrong name.
"""

from __future__ import annotations

import difflib
import os
from enum import StrEnum
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Any, TypeVar
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dotenv import dotenv_values
from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, PydanticBaseSettingsSource, SettingsConfigDict

from bot.actions.links import begins_tickets
from bot.errors import SettingsFault
from bot.report.checklist import BINDABLE
from bot.understanding.severity import read_severities

ENV_FILE = ".env"
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


class LogFormat(StrEnum):
    """How a log line is written."""

    TEXT = "text"
    JSON = "json"


class LogLevel(StrEnum):
    """The least important line that is still written."""

    DEBUG = "debug"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


class Names(StrEnum):
    """How the document speaks of the people who took part."""

    ROLES = "roles"
    NAMES = "names"


class People(StrEnum):
    """How Claude is told of people."""

    NUMBERS = "numbers"
    NAMES = "names"


class ClaudeEffort(StrEnum):
    """How much a model thinks before it answers."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


def _slack_address(value: str) -> str:
    parts = urlsplit(value)
    clear_text = parts.scheme == "http" and _is_this_computer(parts.hostname or "")
    if not parts.hostname or not (parts.scheme == "https" or clear_text):
        raise ValueError("a token must not travel in clear text")
    return value.rstrip("/") + "/"


def _is_this_computer(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _database_address(value: SecretStr) -> SecretStr:
    """Drivers are ours to choose: what hosts call `postgres://` is psycopg 3 here."""
    scheme, colon, rest = value.get_secret_value().partition("://")
    match scheme.lower():
        case "postgres" | "postgresql" | "postgresql+psycopg" if colon and rest:
            urlsplit(f"postgresql://{rest}").port  # noqa: B018 -- reading it raises ValueError when it is no number
            return SecretStr(f"postgresql+psycopg://{rest}")
        case "sqlite" if rest.startswith("/") and len(rest) > 1:
            return SecretStr(f"sqlite://{rest}")
        case _:
            raise ValueError("neither SQLite nor PostgreSQL")


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, OSError) as err:
        raise ValueError("no such zone") from err
    return name


def _weekday(value: object) -> object:
    """Monday is 0, as in `datetime.weekday()`; the first three letters are enough."""
    if not isinstance(value, str):
        return value
    for number, name in enumerate(WEEKDAYS):
        if value.lower() in (name, name[:3]):
            return number
    raise ValueError("no such weekday")


def _emoji(name: str) -> str:
    """Slack's own name without its colons; empty when nothing marks a message."""
    plain = name.strip(":").lower()
    if not plain or any(each.isspace() or each == ":" for each in plain):
        raise ValueError("no name of an emoji")
    return "" if plain == "off" else plain


def _patterns(value: object) -> object:
    """Channel names as people write them: with or without #, in any case."""
    if not isinstance(value, str):
        return value
    found = tuple(part.strip().removeprefix("#").lower() for part in value.split(",") if part.strip())
    if any(set(part) - set("abcdefghijklmnopqrstuvwxyz0123456789-_.*?") and part.isascii() for part in found):
        raise ValueError("no name of a channel")
    return found


def _rules(value: object) -> object:
    """Names of rules of the checklist that people can still make true."""
    if not isinstance(value, str):
        return value
    found = tuple(dict.fromkeys(part.strip().lower() for part in value.split(",") if part.strip()))
    if not set(found) <= set(BINDABLE):
        raise ValueError("no such rule")
    return found


def _lower(value: object) -> object:
    return value.lower() if isinstance(value, str) else value


def _folder(path: Path) -> Path:
    if not path.is_dir():
        raise ValueError("no such folder")
    return path.resolve()


def _claude_address(value: str) -> str:
    return _slack_address(value).rstrip("/")


def _ticket_address(value: str) -> str:
    if value and not begins_tickets(value):
        raise ValueError("no address with a place for the title")
    return value


def _claude_key(value: SecretStr | None) -> SecretStr | None:
    """A key is printable ASCII without blanks; anything else would fail within the header that carries it."""
    if value is None or not value.get_secret_value():
        return None
    if not all("!" <= each <= "~" for each in value.get_secret_value()):
        raise ValueError("no key")
    return value


def _model(name: str) -> str:
    if not name or any(each.isspace() or not each.isprintable() for each in name):
        raise ValueError("no name of a model")
    return name


def _file(path: Path) -> Path:
    if not path.is_file():
        raise ValueError("no such file")
    return path.resolve()


def _levels(value: str) -> str:
    read_severities(value)
    return value


def _starts(prefix: str) -> AfterValidator:
    def check(token: SecretStr) -> SecretStr:
        if not token.get_secret_value().startswith(prefix) or len(token) == len(prefix):
            raise ValueError(f"does not start with {prefix}")
        return token

    return AfterValidator(check)


class OfflineSettings(BaseSettings):
    """What the commands need that never talk to Slack; every value has a default."""

    model_config = SettingsConfigDict(
        frozen=True,
        extra="ignore",
        validate_by_name=True,
        hide_input_in_errors=True,
        env_file=ENV_FILE,
        env_file_encoding="utf-8",
        env_ignore_empty=True,
    )

    slack_api_url: Annotated[str, AfterValidator(_slack_address)] = Field(
        default="https://slack.com/api/",
        validation_alias="SLACK_API_URL",
        description="an https address (or http on this computer)",
    )
    database_url: Annotated[SecretStr, AfterValidator(_database_address)] = Field(
        default=SecretStr("sqlite:///postmortem.db"),
        validation_alias="DATABASE_URL",
        description="sqlite:///<file>, or postgresql://<user>:<password>@<host>/<database>",
    )
    quiet_seconds: int = Field(
        default=120,
        ge=0,
        le=3600,
        validation_alias="POSTMORTEM_QUIET_SECONDS",
        description="a whole number from 0 to 3600 (the silence that ends an answer; 0: only Next does)",
    )
    max_asks: int = Field(
        default=12,
        ge=1,
        le=50,
        validation_alias="POSTMORTEM_MAX_ASKS",
        description="a whole number from 1 to 50 (how many questions one postmortem may put)",
    )
    max_probes: int = Field(
        default=4,
        ge=0,
        le=20,
        validation_alias="POSTMORTEM_MAX_PROBES",
        description="a whole number from 0 to 20 (how many follow-ups one postmortem may put)",
    )
    timezone: Annotated[str, AfterValidator(_zone)] = Field(
        default="UTC",
        validation_alias="POSTMORTEM_TIMEZONE",
        description="an IANA zone name such as Europe/Berlin",
    )
    nudge_weekday: Annotated[int, BeforeValidator(_weekday)] = Field(
        default=0,
        ge=0,
        le=6,
        validation_alias="POSTMORTEM_NUDGE_WEEKDAY",
        description="a weekday: mon, tue, wed, thu, fri, sat or sun",
    )
    nudge_hour: int = Field(
        default=9,
        # Clocks are turned in the first hours of a day: an earlier hour could be missing, or come twice.
        ge=3,
        le=23,
        validation_alias="POSTMORTEM_NUDGE_HOUR",
        description="a whole number from 3 to 23 (the hour, in POSTMORTEM_TIMEZONE)",
    )
    severities: Annotated[str, AfterValidator(_levels)] | None = Field(
        default=None,
        validation_alias="POSTMORTEM_SEVERITIES",
        description="levels with their meanings, the worst first: SEV1: nothing works; SEV2: a part does not",
    )
    prompts_dir: Annotated[Path, AfterValidator(_folder)] | None = Field(
        default=None,
        validation_alias="POSTMORTEM_PROMPTS_DIR",
        description="a folder that exists; its files are laid over prompts/",
    )
    templates_dir: Annotated[Path, AfterValidator(_folder)] | None = Field(
        default=None,
        validation_alias="POSTMORTEM_TEMPLATES_DIR",
        description="a folder that exists; its files are laid over templates/",
    )
    log_format: Annotated[LogFormat, BeforeValidator(_lower)] = Field(
        default=LogFormat.TEXT,
        validation_alias="POSTMORTEM_LOG_FORMAT",
        description="text or json",
    )
    log_level: Annotated[LogLevel, BeforeValidator(_lower)] = Field(
        default=LogLevel.INFO,
        validation_alias="POSTMORTEM_LOG_LEVEL",
        description="debug, info, warning or error",
    )
    names: Annotated[Names, BeforeValidator(_lower)] = Field(
        default=Names.ROLES,
        validation_alias="POSTMORTEM_NAMES",
        description="roles or names (how the document speaks of the people who took part)",
    )

    anthropic_api_key: Annotated[SecretStr | None, AfterValidator(_claude_key)] = Field(
        default=None,
        validation_alias="ANTHROPIC_API_KEY",
        description="a key of Anthropic's API, or nothing (without it no model is asked)",
    )
    anthropic_base_url: Annotated[str, AfterValidator(_claude_address)] = Field(
        default="https://api.anthropic.com",
        validation_alias="ANTHROPIC_BASE_URL",
        description="an https address (or http on this computer)",
    )
    claude_writing_model: Annotated[str, AfterValidator(_model)] = Field(
        default="claude-sonnet-5-5",
        validation_alias="POSTMORTEM_CLAUDE_WRITING_MODEL",
        description="the name of a model (for questions, drafts and summaries)",
    )
    claude_critique_model: Annotated[str, AfterValidator(_model)] = Field(
        default="claude-sonnet-5-5",
        validation_alias="POSTMORTEM_CLAUDE_CRITIQUE_MODEL",
        description="the name of a model (for what an answer or a document lacks)",
    )
    claude_extraction_model: Annotated[str, AfterValidator(_model)] = Field(
        default="claude-haiku-5-5",
        validation_alias="POSTMORTEM_CLAUDE_EXTRACTION_MODEL",
        description="the name of a model (for picking messages and action items)",
    )
    claude_effort: Annotated[ClaudeEffort | None, BeforeValidator(_lower)] = Field(
        default=None,
        validation_alias="POSTMORTEM_CLAUDE_EFFORT",
        description="low, medium or high (for every call; otherwise as each file in prompts/claude says)",
    )
    claude_people: Annotated[People, BeforeValidator(_lower)] = Field(
        default=People.NUMBERS,
        validation_alias="POSTMORTEM_CLAUDE_PEOPLE",
        description="numbers or names (how people are called in what leaves: P1, P2 …, or their names)",
    )
    claude_budget: float = Field(
        default=2.0,
        ge=0,
        le=10_000,
        validation_alias="POSTMORTEM_CLAUDE_BUDGET",
        description="US dollars from 0 to 10000 (what the calls for one postmortem may cost)",
    )
    claude_budget_day: float = Field(
        default=20.0,
        ge=0,
        le=100_000,
        validation_alias="POSTMORTEM_CLAUDE_BUDGET_DAY",
        description="US dollars from 0 to 100000 (what all calls of one day in POSTMORTEM_TIMEZONE may cost)",
    )
    claude_tokens: int = Field(
        default=5_000_000,
        ge=0,
        le=1_000_000_000,
        validation_alias="POSTMORTEM_CLAUDE_TOKENS",
        description="a whole number from 0 to 1000000000 (how many tokens the calls for one postmortem may take)",
    )
    claude_tokens_day: int = Field(
        default=50_000_000,
        ge=0,
        le=10_000_000_000,
        validation_alias="POSTMORTEM_CLAUDE_TOKENS_DAY",
        description="a whole number from 0 to 10000000000 (how many tokens all calls of one day may take)",
    )
    claude_prices: Annotated[Path, AfterValidator(_file)] | None = Field(
        default=None,
        validation_alias="POSTMORTEM_CLAUDE_PRICES",
        description="a file that exists, written like prompts/claude/prices.toml",
    )

    timeline_reaction: Annotated[str, AfterValidator(_emoji)] = Field(
        default="pushpin",
        validation_alias="POSTMORTEM_TIMELINE_REACTION",
        description="the name of an emoji, or off (a message that is marked with it goes on the timeline)",
    )

    ticket_url: Annotated[str, AfterValidator(_ticket_address)] = Field(
        default="",
        validation_alias="POSTMORTEM_TICKET_URL",
        description="an address with {title} and perhaps {text} in it, or nothing (where a ticket for an action is "
        "begun, such as https://github.com/acme/shop/issues/new?title={title}&body={text}; the form of the actions "
        "links to it)",
    )

    record_channels: Annotated[tuple[str, ...], NoDecode, BeforeValidator(_patterns)] = Field(
        default=(),
        validation_alias="POSTMORTEM_RECORD_CHANNELS",
        description="names of channels with * for anything, divided by commas, such as inc-*, or nothing (recorded as "
        "people write, the new ones of them without an invitation, while the bot has to be invited to those that are "
        "there already; once such a channel says that it is resolved, a postmortem is offered there)",
    )

    binding_rules: Annotated[tuple[str, ...], NoDecode, BeforeValidator(_rules)] = Field(
        default=(),
        validation_alias="POSTMORTEM_BINDING_RULES",
        description="names of rules divided by commas, or nothing (a document is a draft, and cannot be called shared, "
        f"before they hold): {', '.join(BINDABLE)}",
    )

    @field_validator("*", mode="before")
    @classmethod
    def _without_blanks(cls, value: object) -> object:
        """A token copied with its line end is the token all the same."""
        return value.strip() if isinstance(value, str) else value

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Only what the constructor is given; `_Environment` reads the outside."""
        return (init_settings,)


class Settings(OfflineSettings):
    """What `run` needs: the settings with both Slack tokens."""

    slack_bot_token: Annotated[SecretStr, _starts("xoxb-")] = Field(
        validation_alias="SLACK_BOT_TOKEN",
        description="the bot token that starts with xoxb- (Slack: Install App)",
    )
    slack_app_token: Annotated[SecretStr, _starts("xapp-")] = Field(
        validation_alias="SLACK_APP_TOKEN",
        description="the app-level token that starts with xapp- (Slack: Basic Information, App-Level Tokens)",
    )


class _Environment(BaseSettings):
    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return env_settings, dotenv_settings


class _OfflineFromOutside(_Environment, OfflineSettings):
    pass


class _FromOutside(_Environment, Settings):
    pass


def read_settings() -> Settings:
    """Everything that `run` needs, from the environment and `.env`; SettingsFault lists all faults."""
    return _read(_FromOutside)


def read_offline_settings() -> OfflineSettings:
    """The same without the Slack tokens, whether they are set or not."""
    return _read(_OfflineFromOutside)


_Read = TypeVar("_Read", bound=OfflineSettings)


def _read(model: type[_Read]) -> _Read:
    try:
        faults = _misspelt()
        settings = model()
    except ValidationError as err:
        faults += tuple(_fault(model, each["type"], str(each["loc"][0])) for each in err.errors())
    except (OSError, UnicodeDecodeError) as err:
        raise SettingsFault((f"{ENV_FILE} cannot be read as UTF-8 text ({type(err).__name__}).",)) from err
    if faults:
        raise SettingsFault(faults)
    return settings


def _fault(model: type[OfflineSettings], kind: str, name: str) -> str:
    fields = model.model_fields.values()
    description = next(field.description for field in fields if field.validation_alias == name)
    return f"{name} is missing: {description}." if kind == "missing" else f"{name} must be {description}."


def _misspelt() -> tuple[str, ...]:
    """Names that nearly are a setting; the rest of the environment is none of our business."""
    known = [str(field.validation_alias) for field in Settings.model_fields.values()]
    given: dict[str, Any] = {**dotenv_values(ENV_FILE), **os.environ}
    faults = []
    for name in sorted(set(given).difference(known)):
        near = difflib.get_close_matches(name, known, n=1, cutoff=0.9)
        if near and name.startswith(("POSTMORTEM_", "SLACK_")):
            faults.append(f"{name} is no setting; {near[0]} is.")
    return tuple(faults)
