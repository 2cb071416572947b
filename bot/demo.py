"""How the bot is tried out: a local Slack with an incident in it, and the bot, in one process on this computer."""

from __future__ import annotations

import json
import logging
import os
import signal
import sys
import webbrowser
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import click
from pydantic import SecretStr

from bot.assembly import run as serve
from bot.beginning.slack_exports import open_export
from bot.cases import Case, read_cases
from bot.errors import BadCase, PostmortemError
from bot.logs import configure
from bot.places import MANIFEST
from bot.sandbox.from_case import seed_of
from bot.sandbox.from_export import load, seed_of_export
from bot.sandbox.seeds import seed_workspace
from bot.sandbox.server import LocalSlack
from bot.sandbox.workspace import Workspace
from bot.settings import LogFormat, LogLevel, Settings
from bot.stopping import SIGNALS, Stop

SEED = Path(__file__).resolve().parent / "sandbox" / "seeds" / "checkout.json"
DATABASE = "postmortem.db"
WORKSPACE = "slack.json"

WELCOME = """
A local Slack is running, with an incident of this morning in it. Nothing leaves this computer.

    {url}

  1. Open that address, and look through #inc-checkout: it is over, and nobody has written it up.
  2. Type /postmortem start there, and answer in the thread as the person that "act as" shows.
  3. Turn the clock a week or two on: on Mondays, owners are reminded of what is past its date.

Ctrl-C ends it.
"""

WELCOME_TO_CASE = """
A local Slack is running, with a past incident in it. Nothing leaves this computer.

    {url}

Type /postmortem start in its channel, and answer in the thread. Ctrl-C ends it.
"""
#: Before the address, which is named once the bot hears what is typed there.
BEGINNING = "Starting a local Slack and the bot, which takes a few seconds ..."
#: With `--claude`, on the page and in the terminal.
CANNED = "Claude's words are canned: they were written beforehand, and no model is asked."
#: Names of cases that are listed when none is called as somebody typed.
LISTED = 10


@dataclass(eq=False)
class PortTaken(PostmortemError):
    """The local Slack cannot use port {port}: something else does."""

    port: int


def run(
    *, port: int, open_browser: bool, folder: Path | None, case: Path | None = None, case_id: str | None = None,
    export: Path | None = None, channel: str = "", claude: bool = False,
) -> int:  # fmt: skip
    """Shows the demo until it is stopped; what `folder` holds from an earlier demo goes on from there.

    With `case` the channel is that of a past incident from a file, the first one or the one called `case_id`; with
    `export` it is `channel` of a Slack export. With `claude` something stands in for the model, and says what was
    written beforehand.
    """
    past = case is not None or export is not None
    opened = open_export(export) if export is not None else None
    if opened is not None:
        opened.messages(channel)  # what is wrong with it is said before anything is started
        seed = seed_of_export(opened, channel)
    else:
        seed = json.loads(SEED.read_text("utf-8")) if case is None else seed_of(chosen(case, case_id))
    configure(LogLevel.WARNING, LogFormat.TEXT)
    with ExitStack() as stack:
        told = stack.enter_context(Stop())

        def end(*_: object) -> None:
            # Python drops what is raised within a destructor: that it was told to end is noted besides.
            told.tell()
            raise KeyboardInterrupt

        # Until the bot listens to signals itself, both ways of ending the demo clean up alike.
        for each in SIGNALS:
            signal.signal(each, end)
        if folder is None:
            kept = Path(stack.enter_context(TemporaryDirectory(prefix="postmortem-demo-")))
        else:
            kept = folder
            kept.mkdir(parents=True, exist_ok=True)
        manifest = json.loads(MANIFEST.read_text(encoding="utf-8"))
        workspace = _workspace(kept / WORKSPACE, seed)
        if opened is not None and workspace.channel_named(channel) is None:
            load(workspace, opened, channel)
        local = LocalSlack(workspace, manifest, port=port, note=CANNED if claude else "")
        try:
            local.start()
        except OSError as err:
            raise PortTaken(port) from err
        stack.callback(local.stop)
        asked = _canned(stack) if claude else {}
        settings = Settings(
            slack_bot_token=SecretStr(local.bot_token),
            slack_app_token=SecretStr(local.app_token),
            slack_api_url=local.api_url,
            database_url=SecretStr(f"sqlite:///{kept.resolve() / DATABASE}"),
            # Nobody who tries a bot out waits two minutes after an answer.
            quiet_seconds=20,
            log_level=LogLevel.WARNING,
            **asked,
        )
        try:
            if claude:
                click.echo(f"\n{CANNED}")
            click.echo(BEGINNING)

            def welcome() -> None:
                click.echo((WELCOME_TO_CASE if past else WELCOME).format(url=local.url))
                if open_browser and has_desktop(os.environ, sys.platform):
                    webbrowser.open(local.url)

            return serve(settings, f"{local.url}/_sim/clock", told, welcome)
        except KeyboardInterrupt:
            return 0
        finally:
            # What still ends in other threads has nobody left to tell.
            logging.disable(logging.CRITICAL)


def _canned(stack: ExitStack) -> dict[str, Any]:
    """The settings that lead to a local Claude, which lasts as long as `stack` does."""
    from bot.sandbox.claude.canned import canned
    from bot.sandbox.claude.server import LocalClaude

    local = stack.enter_context(LocalClaude(canned))
    return {"anthropic_api_key": SecretStr("sk-ant-canned"), "anthropic_base_url": local.url}


def has_desktop(environ: Mapping[str, str], platform: str) -> bool:
    """Whether a browser that is opened here would be seen by the person who asked for it."""
    if environ.get("SSH_CONNECTION") or environ.get("CI"):
        return False
    if platform in ("darwin", "win32"):
        return True
    return bool(environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"))


def chosen(path: Path, case_id: str | None) -> Case:
    """The case of that name in a file, or the first; BadCase where there is none."""
    names: list[str] = []
    for case in read_cases(path):
        if case_id in (None, case.id):
            return case
        names.append(case.id)
    listed = ", ".join(names[:LISTED]) + (" …" if len(names) > LISTED else "")
    raise BadCase(path, f"it holds no case {case_id}, but {listed}." if names else "it holds no case.")


def _workspace(saved: Path, seed: dict[str, Any]) -> Workspace:
    if saved.exists():
        return Workspace(path=saved)
    workspace = seed_workspace(seed).workspace
    workspace.path = saved
    return workspace
