"""The command line: `python -m bot <command>`.

Commands import what they need when they are called, so that one of them does not pay, or fail, for another.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bot.errors import (
    BadCase,
    BadExport,
    BadSentences,
    NoDatabase,
    NoSuchPostmortem,
    NoSuchVersion,
    NotOfWorkspace,
    PostmortemError,
    ScriptFault,
    SettingsFault,
    SeveralWorkspaces,
    UnknownDocument,
)

if TYPE_CHECKING:
    from bot.cases import Case

#: What was handed in cannot be used; as with a command line that cannot be understood.
UNUSABLE = 2
HANDED_IN = (
    SettingsFault, ScriptFault, BadCase, BadExport, BadSentences, UnknownDocument, NoDatabase, NoSuchPostmortem,
    NoSuchVersion, SeveralWorkspaces, NotOfWorkspace,
)  # fmt: skip
#: Nothing was measured, since what it needs is not there: neither well nor badly done.
NOT_RUN = 3
#: Where several workspaces share a database, each has its own PM-2026-001.
of_workspace = click.option(
    "--workspace", default="", metavar="TEAM", help="The id of the workspace (T…), where several have that number."
)


class CommandLine(click.Group):
    """Tells the sentence of an error in place of a traceback, and ends with a code that says whose fault it was."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except PostmortemError as err:
            click.echo(str(err), err=True)
            ctx.exit(UNUSABLE if isinstance(err, HANDED_IN) else 1)


@click.group(cls=CommandLine, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
def main() -> None:
    """A Slack bot that conducts the incident postmortem as a conversation."""


@main.command()
@click.option("--clock-url", hidden=True, help="Take the time from there, as the local Slack tells it.")
def run(clock_url: str | None) -> None:
    """Serve a Slack workspace, until stopped."""
    from bot.clock import on_this_computer
    from bot.settings import read_settings

    if clock_url is not None and not on_this_computer(clock_url):
        raise click.UsageError("--clock-url takes an address of this computer, such as http://127.0.0.1:8080/clock.")

    settings = read_settings()

    from bot.assembly import run as serve
    from bot.logs import configure

    configure(settings.log_level, settings.log_format)
    sys.exit(serve(settings, clock_url=clock_url))


@main.command()
@click.option("--port", default=0, show_default="a free one", help="The port of the page, on this computer only.")
@click.option("--no-browser", is_flag=True, help="Do not open the page.")
@click.option(
    "--folder",
    type=click.Path(file_okay=False, path_type=Path),
    help="Keep the demo's database there; otherwise it is gone when the demo ends.",
)
@click.option(
    "--case",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Show a past incident of this file (.json or .jsonl) in place of the one that ships.",
)
@click.option("--id", "case_id", help="Which one of the file; the first, when not told.")
@click.option(
    "--export",
    type=click.Path(exists=True, path_type=Path),
    help="Show a channel of this Slack export (zip or folder).",
)
@click.option("--channel", help="Which channel of the export.")
@click.option("--claude", is_flag=True, help="With a Claude whose words are canned; no model is asked.")
def demo(
    port: int, no_browser: bool, folder: Path | None, case: Path | None, case_id: str | None, export: Path | None,
    channel: str | None, claude: bool,
) -> None:  # fmt: skip
    """Try the bot in a local Slack; nothing leaves this computer."""
    if case_id is not None and case is None:
        raise click.UsageError("--id needs --case.")
    if (export is None) != (channel is None) or (export is not None and case is not None):
        raise click.UsageError("--export and --channel belong together, and --case does without them.")

    from bot.demo import run as show

    sys.exit(show(port=port, open_browser=not no_browser, folder=folder, case=case, case_id=case_id, export=export,
                  channel=(channel or "").removeprefix("#"), claude=claude))  # fmt: skip


@main.command()
@click.option("--offline", is_flag=True, help="Leave out everything that needs Slack.")
@click.option("--live", is_flag=True, help="Ask Claude as well, with the key that is set; costs a few cents.")
def doctor(offline: bool, live: bool) -> None:
    """Check what the bot needs, and say how to mend it."""
    from bot.doctor import examine

    healthy = True
    for finding in examine(offline=offline, live=live):
        healthy = healthy and finding.ok
        click.echo(f"{'ok' if finding.ok else 'problem':<8} {finding.about:<10} {finding.says}")
        if finding.mend:
            click.echo(f"{'':<8} {'':<10} -> {finding.mend}")
    sys.exit(0 if healthy else 1)


@main.command()
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="One JSON object per case and line, and nothing else.")
@click.option("--channel", help="Which channel of a Slack export.")
def read(path: Path, as_json: bool, channel: str | None) -> None:
    """Read the record of past incidents, and say what it tells.

    PATH is a case (.json), many of them (.jsonl), a folder of cases, or a Slack export (zip or folder) with
    --channel. Needs neither Slack nor a database.
    """
    from bot.cases import read_cases, reading

    if channel is None and (path.suffix.lower() == ".zip" or (path / "channels.json").is_file()):
        raise click.UsageError("A Slack export needs --channel, to say which of its channels.")
    for case in read_cases(path) if channel is None else _exported(path, channel):
        told = reading(case)
        click.echo(json.dumps(told) if as_json else _as_text(told))


def _exported(path: Path, channel: str) -> list[Case]:
    from bot.beginning.slack_exports import open_export

    return [open_export(path).case(channel.removeprefix("#"))]


@main.command(name="import")
@click.argument("path", metavar="EXPORT", type=click.Path(exists=True, path_type=Path))
@click.option("--channel", required=True, help="The channel of the export that holds the incident.")
@click.option("--into", required=True, help="The channel of the workspace in which people are asked: a name or an id.")
@click.option("--facilitator", required=True, help="Who facilitates: a name or an id.")
@click.option("--title", default="", help="What the postmortem is called; by default after the channel.")
def import_(path: Path, channel: str, into: str, facilitator: str, title: str) -> None:
    """Begin a postmortem on an old incident.

    EXPORT is a Slack export, zip or folder. Its messages become the record; the conversation is held in another
    channel, which the bot is in. The bot that serves the workspace opens it there within seconds.
    """
    from bot.settings import read_settings

    settings = read_settings()

    from bot.assembly import take_in

    told = take_in(settings, path, channel.removeprefix("#"), into.removeprefix("#"), facilitator, title)
    click.echo(told)


@main.command()
@click.argument("number")
@click.argument("words", metavar="[KIND] [FORMAT]...", nargs=-1)
@click.option(
    "--to",
    "folder",
    default=".",
    show_default="this folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The folder for the files.",
)
@of_workspace
def export(number: str, words: tuple[str, ...], folder: Path, workspace: str) -> None:
    """Write a postmortem's document into files.

    NUMBER is such as PM-2026-014. KIND is report, full, executive, ml, llm or one of your own; FORMAT is md, html,
    json or pdf. Without them it is the kind of the postmortem, as Markdown and HTML.
    """
    from bot.assembly import export as write
    from bot.settings import read_offline_settings, read_settings

    try:
        paths, said = write(read_settings(), number, words, folder, workspace)
    except SettingsFault:
        # Without the tokens of Slack it is written too, only without links.
        paths, said = write(read_offline_settings(), number, words, folder, workspace)
    for path in paths:
        click.echo(str(path))
    if said:
        click.echo(said, err=True)


@main.command()
@click.argument("number")
@click.argument("versions", metavar="[VERSION] [VERSION]", type=click.IntRange(min=1), nargs=-1)
@of_workspace
def versions(number: str, versions: tuple[int, ...], workspace: str) -> None:
    """List, print or compare published versions of a document.

    NUMBER is such as PM-2026-014. One VERSION is printed, two are compared. What was deleted since is in none.
    """
    if len(versions) > 2:
        raise click.UsageError("At most two versions can be compared.")

    from bot.assembly import past_versions
    from bot.settings import read_offline_settings

    text = past_versions(read_offline_settings(), number, list(versions), workspace)
    click.echo(text or "It was not published yet.\n", nl=False)


@main.group(name="eval")
def evaluate() -> None:
    """Compare what the rules find with what people wrote down."""


@evaluate.command()
@click.argument("folder", metavar="DIR", type=click.Path(exists=True, path_type=Path))
@click.option("--misses", "each_miss", is_flag=True, help="List what was missed or wrong, one by one.")
def timeline(folder: Path, each_miss: bool) -> None:
    """Score the reading of time on the cases in DIR (.json and .jsonl files that hold a `truth`)."""
    from bot.cases import read_cases
    from bot.evals.scores import all_outcomes
    from bot.evals.table import misses, table

    cases = list(read_cases(folder))
    outcomes = all_outcomes(cases)
    for line in (*(misses(outcomes) if each_miss else ()), *table(outcomes, len(cases))):
        click.echo(line)


@evaluate.command()
@click.option("--misses", "each_miss", is_flag=True, help="List what was missed or wrongly found, one by one.")
@click.option("--aside", is_flag=True, help="With --misses: of the sentences kept aside instead.")
@click.option(
    "--file",
    "path",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help='Score these sentences: one {"text": …, "kinds": […]} per line; no kinds means nothing to ask about.',
)
def wording(each_miss: bool, aside: bool, path: Path | None) -> None:
    """Score the rules for blame and vagueness on sentences labelled by hand."""
    if aside and not each_miss:
        raise click.UsageError("--aside needs --misses.")

    from bot.evals.labels import FRESH, OWN, SINCE, read_labelled
    from bot.evals.wording import misses, read, table

    reads = [read(each) for file in ([path] if path else [OWN, SINCE]) for each in read_labelled(file)]
    for line in (*(misses(reads, aside=aside) if each_miss else ()), *table(reads)):
        click.echo(line)
    if path is None:
        click.echo("Written after the rules:")
        for line in table([read(each) for each in read_labelled(FRESH)]):
            click.echo(line)


@evaluate.command()
@click.argument("folder", metavar="DIR", type=click.Path(exists=True, path_type=Path))
@click.option("--cases", default=5, show_default=True, help="How many cases; each costs a few cents.")
@click.option("--misses", "each_miss", is_flag=True, help="List what was dropped or missed, one by one.")
def claude(folder: Path, cases: int, each_miss: bool) -> None:
    """Measure what Claude adds to the rules, on the cases in DIR; needs a key, and costs money."""
    from bot.settings import read_offline_settings

    settings = read_offline_settings()

    from itertools import islice
    from tempfile import TemporaryDirectory

    from pydantic import SecretStr

    from bot.assembly import open_database, second_mind
    from bot.cases import read_cases
    from bot.clock import SystemClock
    from bot.evals.claude import measured, table
    from bot.logs import configure
    from bot.places import TEMPLATES
    from bot.rendering import Renderer
    from bot.settings import LogFormat, LogLevel

    configure(LogLevel.ERROR, LogFormat.TEXT)
    with TemporaryDirectory(prefix="postmortem-eval-") as kept:
        own = settings.model_copy(update={"database_url": SecretStr(f"sqlite:///{kept}/eval.db")})
        database = open_database(own)
        try:
            mind = second_mind(own, database, SystemClock(), Renderer(TEMPLATES, settings.templates_dir))
            if mind is None:
                click.echo(
                    "not run: no key. Set ANTHROPIC_API_KEY to measure; the rules alone are measured by"
                    " `eval timeline`."
                )
                sys.exit(NOT_RUN)
            try:
                found = measured(islice(read_cases(folder), cases), mind, database)
            finally:
                mind.close()
        finally:
            database.close()
    for line in table(found, each_miss=each_miss):
        click.echo(line)
    sys.exit(0 if found.answered else 1)


def _as_text(told: dict[str, Any]) -> str:
    times = [f"  {name:<10} {told[name] or 'unknown'}" for name in TIMES]
    entries = [
        f"  {entry['at'] or 'at an unknown time'}  {entry['kind']}: {entry['text']}" for entry in told["entries"]
    ]
    warnings = [f"  ! {warning['text'] if isinstance(warning, dict) else warning}" for warning in told["warnings"]]
    return "\n".join([str(told["id"]), *times, *entries, *warnings, ""])


#: What is told of every case, in this order, known or not.
TIMES = ("start", "detected", "declared", "mitigated", "resolved")


@main.group()
def script() -> None:
    """What a postmortem asks: a team's own scripts."""


@script.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--walk", "walked", is_flag=True, help="Then hold the conversation here: type the answers.")
def check(file: Path, walked: bool) -> None:
    """Say everything that is wrong with a script, or what its conversation would look like.

    FILE is a script (.toml). Needs neither Slack nor a database.
    """
    from bot.interview.plan import Limits
    from bot.scripts.preview import faults_of, preview

    try:
        found, faults = faults_of(file.read_text(encoding="utf-8"), file)
    except (OSError, UnicodeDecodeError) as err:
        raise ScriptFault(file, (f"it cannot be read as UTF-8 text ({type(err).__name__})",)) from err
    if found is None or faults:
        raise ScriptFault(file, faults)
    for line in preview(found, Limits()):
        click.echo(line)
    if walked:
        from bot.scripts.walk import walk

        click.echo()
        walk(found, Limits(), _line, click.echo)


def _line() -> str | None:
    """The next line that somebody types; None when there are no more."""
    click.echo("> ", nl=False)
    line = sys.stdin.readline()
    return line.rstrip("\n") if line else None


if __name__ == "__main__":
    main(prog_name="python -m bot")
