"""The image holds everything that the bot needs, and nothing that it copies is left out of the build."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from fnmatch import fnmatch
from pathlib import Path

import pytest

from bot.places import ROOT


def instructions(name: str) -> list[str]:
    lines = (ROOT / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ").splitlines()
    return [line.removeprefix(f"{name} ") for line in lines if line.startswith(f"{name} ")]


def copied() -> list[tuple[str, str]]:
    """What is copied, and where to below the working folder of the image."""
    pairs = []
    for line in instructions("COPY"):
        *sources, target = line.split()
        pairs += [(source, source if target == "./" else target) for source in sources]
    return pairs


@pytest.fixture
def image(tmp_path: Path) -> Path:
    for source, target in copied():
        whole = ROOT / source
        if whole.is_dir():
            shutil.copytree(whole, tmp_path / target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(whole, tmp_path / target)
    return tmp_path


def test_the_bot_starts_from_what_is_copied_and_nothing_else(
    image: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    home = tmp_path_factory.mktemp("home")
    data = tmp_path_factory.mktemp("data")
    (check,) = instructions("HEALTHCHECK")
    command = json.loads(check.partition("CMD ")[2])
    assert command[0] == "python"
    done = subprocess.run(
        [sys.executable, *command[1:]],
        cwd=image,
        env={
            "HOME": str(home),
            "PATH": os.defpath,
            "PYTHONDONTWRITEBYTECODE": "1",
            "DATABASE_URL": f"sqlite:///{data}/postmortem.db",
        },
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stderr == ""
    assert "problem" not in done.stdout


def test_the_image_runs_the_bot_as_nobody_in_particular() -> None:
    assert [json.loads(line) for line in instructions("CMD")] == [["python", "-m", "bot", "run"]]
    assert instructions("USER") == ["postmortem"]


def test_the_image_installs_exactly_what_is_locked() -> None:
    (install,) = [line for line in instructions("RUN") if "pip install" in line]
    assert "--require-hashes -r requirements.lock" in install


def test_everything_that_is_copied_reaches_the_build() -> None:
    rules = [
        line
        for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
        if line and not line.startswith("#")
    ]
    assert rules[0] == "*"
    let_in = [rule[1:] for rule in rules if rule.startswith("!")]
    assert sorted(let_in) == sorted(source for source, _ in copied())
    assert any(fnmatch("bot/__pycache__", rule) for rule in rules if not rule.startswith("!"))
