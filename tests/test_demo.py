"""The demo starts with one command, says where to look, and ends with Ctrl-C."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import pytest

from bot.demo import has_desktop
from bot.places import ROOT


def demo(home: Path, *options: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "bot", "demo", "--no-browser", *options],
        cwd=home,
        env={"HOME": str(home), "PATH": os.defpath, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def address_of(running: subprocess.Popen[str]) -> str:
    """Reads what the demo says until it has named its address."""
    assert running.stdout is not None
    for line in running.stdout:
        if found := re.search(r"http://127\.0\.0\.1:\d+", line):
            return found.group()
    assert running.stderr is not None
    pytest.fail("no address:\n" + running.stderr.read())


def command_in(address: str) -> dict[str, Any]:
    """What the local Slack answers to somebody who types a command at once."""
    typed = {"as": "U0MARIA", "channel": "C0CHECKOUT", "command": "/postmortem", "text": "help"}
    asked = Request(f"{address}/_sim/slash", json.dumps(typed).encode(), {"content-type": "application/json"})
    with urlopen(asked, timeout=30) as answer:
        return dict(json.load(answer))


def ended(running: subprocess.Popen[str], how: signal.Signals) -> tuple[int, str]:
    running.send_signal(how)
    _, complaints = running.communicate(timeout=90)
    return running.returncode, complaints


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_the_demo_shows_a_page_and_ends_when_told(tmp_path: Path, how: signal.Signals) -> None:
    running = demo(tmp_path)
    try:
        address = address_of(running)
        with urlopen(address, timeout=10) as page:
            assert page.status == 200
            assert "Content-Security-Policy" in page.headers
        assert ended(running, how) == (0, "")
    finally:
        running.kill()
    assert list(tmp_path.iterdir()) == []


def test_who_types_as_soon_as_the_address_is_named_is_heard(tmp_path: Path) -> None:
    running = demo(tmp_path)
    try:
        assert command_in(address_of(running))["ok"] is True
        assert ended(running, signal.SIGTERM) == (0, "")
    finally:
        running.kill()


def test_the_demo_ends_cleanly_before_it_has_quite_begun(tmp_path: Path) -> None:
    running = demo(tmp_path)
    try:
        assert running.stdout is not None
        assert "Starting" in running.stdout.readline()
        assert ended(running, signal.SIGTERM) == (0, "")
    finally:
        running.kill()


def test_a_folder_keeps_the_demo_for_the_next_time(tmp_path: Path) -> None:
    for _ in range(2):
        running = demo(tmp_path, "--folder", "kept")
        try:
            address_of(running)
            assert ended(running, signal.SIGINT) == (0, "")
        finally:
            running.kill()
    assert {"postmortem.db", "slack.json"} <= {each.name for each in (tmp_path / "kept").iterdir()}


def test_a_port_that_is_taken_is_said_in_one_sentence(tmp_path: Path) -> None:
    running = demo(tmp_path)
    try:
        port = address_of(running).rpartition(":")[2]
        second = demo(tmp_path, "--port", port)
        _, complaint = second.communicate(timeout=30)
        assert second.returncode == 1
        assert complaint == f"The local Slack cannot use port {port}: something else does.\n"
        ended(running, signal.SIGINT)
    finally:
        running.kill()


@pytest.mark.parametrize(
    ("environ", "platform", "seen"),
    [
        ({"DISPLAY": ":0"}, "linux", True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "linux", True),
        ({}, "linux", False),
        ({}, "darwin", True),
        ({"SSH_CONNECTION": "10.0.0.1 1 10.0.0.2 22"}, "darwin", False),
        ({"DISPLAY": ":0", "CI": "true"}, "linux", False),
    ],
)
def test_a_browser_is_opened_only_where_somebody_sees_it(environ: dict[str, str], platform: str, seen: bool) -> None:
    assert has_desktop(environ, platform) is seen
