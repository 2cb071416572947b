"""What the README and the settings page say is so: every setting, link, command and target that they name."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pydantic import SecretStr
from pydantic.fields import FieldInfo

from bot.__main__ import main
from bot.deliveries.commands import Commands
from bot.places import ROOT
from bot.settings import WEEKDAYS, Settings

README = ROOT / "README.md"
SETTINGS = ROOT / "docs" / "settings.md"
PAGES = [README, ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]


def rows(page: Path) -> dict[str, tuple[str, str]]:
    """The settings that a page lists: default and meaning by name."""
    found = re.findall(r"^\| `([A-Z_]+)` \|(.*?)\| (.*) \|$", page.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {name: (default.strip().strip("`"), meaning.replace("\\<", "<")) for name, default, meaning in found}


def default(name: str, field: FieldInfo) -> str:
    """The default as a person would write it into `.env`; empty where there is none."""
    if field.is_required():
        return ""
    value = field.default
    if name == "nudge_weekday":
        return WEEKDAYS[value][:3]
    if isinstance(value, tuple):
        return ",".join(value)
    return "" if value is None else value.get_secret_value() if isinstance(value, SecretStr) else str(value)


def test_the_settings_page_lists_every_setting_as_it_is() -> None:
    fields = Settings.model_fields
    assert rows(SETTINGS) == {
        str(field.validation_alias): (default(name, field), str(field.description)) for name, field in fields.items()
    }


def test_the_readme_gives_the_same_defaults() -> None:
    everything = rows(SETTINGS)
    shown = rows(README)
    assert {"SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "DATABASE_URL"} <= set(shown)
    assert {name: given for name, (given, _) in shown.items()} == {name: everything[name][0] for name in shown}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_somewhere(page: Path) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)[^)]*\)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_every_target_that_is_named_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE))
    named = {name for page in PAGES for name in re.findall(r"`?make ([a-z]+)\b`", page.read_text(encoding="utf-8"))}
    assert {"run", "doctor", "test", "check"} <= named
    assert named <= targets


def test_every_command_that_is_named_exists() -> None:
    text = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)
    assert set(re.findall(r"-m bot ([a-z]+)", text)) <= set(main.commands)
    typed = set(re.findall(r"(?:/postmortem|@postmortem) ([a-z]+)", text))
    assert typed
    assert [word for word in typed if not re.search(rf'"{word}": self\._', source(Commands))] == []


def source(of: type) -> str:
    return (ROOT / Path(*of.__module__.split("."))).with_suffix(".py").read_text(encoding="utf-8")


def test_real_slack_takes_at_most_ten_steps() -> None:
    part = README.read_text(encoding="utf-8").partition("## On your Slack")[2].partition("\n## ")[0]
    steps = [int(number) for number in re.findall(r"^(\d+)\. ", part, flags=re.MULTILINE)]
    assert steps == list(range(1, len(steps) + 1))
    assert len(steps) <= 10
