"""How does somebody take the document along: in which kinds and formats, by command and by the form?"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.__main__ import main
from bot.interview.state import Workspace
from storage.database import Database
from tests.conversations.talk import ASHA, TOM, Talk, conversation
from tests.fakes.scene import CHANNEL
from tests.unit.schema_check import faults
from tests.unit.test_report_json import FORM


@pytest.fixture
def told(database: Database) -> Iterator[Talk]:
    """A conversation with one answer."""
    with conversation(database) as talk:
        talk.answer("Customers could not pay by card.", user=TOM)
        yield talk


def files(talk: Talk, user: str) -> dict[str, bytes]:
    """What somebody has in their direct messages, by name."""
    found = [f for m in talk.direct(user) for f in m.get("files", ())]
    return {str(f["name"]): talk.s.person(user).file(f["id"]) for f in found}


def test_a_kind_and_formats_are_named_in_any_order(told: Talk) -> None:
    assert told.slash("export json full", ASHA) == (
        "The `full` document of PM-2026-001 is in your direct messages, as JSON."
    )
    assert told.mention("export executive", ASHA) == (
        "The `executive` document of PM-2026-001 is in your direct messages, as Markdown and HTML."
    )
    sent = files(told, ASHA)
    assert sorted(sent) == ["PM-2026-001-executive.html", "PM-2026-001-executive.md", "PM-2026-001-full.json"]
    document = json.loads(sent["PM-2026-001-full.json"])
    assert faults(document, FORM, FORM) == []
    assert document["kind"] == "full"
    answer = document["sections"][0]["blocks"][0]["points"][0]
    assert answer["text"] == "Customers could not pay by card."
    assert answer["evidence"][0]["type"] == "answer"
    assert f"/archives/{CHANNEL}/p" in answer["evidence"][0]["link"]
    assert b"Executive summary" in sent["PM-2026-001-executive.md"]
    assert files(told, TOM) == {}


def test_words_that_name_nothing_are_told_with_the_right_form(told: Talk) -> None:
    said = told.slash("export whole docx", ASHA)
    assert said == (
        "I can't export `whole docx`. Type `/postmortem export [kind] [format]`: "
        "kinds are report, full, executive, ml, llm; formats are md, html, json, pdf."
    )
    assert told.slash("export full docx", ASHA).startswith("I can't export `docx`."), "only the word it does not know"
    assert files(told, ASHA) == {}


def test_the_button_asks_which_and_brings_it_to_who_pressed(told: Talk) -> None:
    told.to_review()
    told.write()
    told.press("export", ASHA)
    view = told.modal(ASHA)
    kinds = next(b for b in view["blocks"] if b.get("block_id") == "kind")["element"]["options"]
    assert [option["value"] for option in kinds] == ["report", "full", "executive", "ml", "llm"]
    told.submit(ASHA)
    assert sorted(files(told, ASHA)) == ["PM-2026-001-report.html", "PM-2026-001-report.md"]
    assert files(told, TOM) == {}


#: Stands in for whoever makes a PDF, for as long as a file is not there.
SLOW = """
import sys, time
from pathlib import Path
while not Path(sys.argv[1]).exists():
    time.sleep(0.01)
sys.stdout.write("%PDF-slow")
"""


def test_the_conversation_goes_on_while_a_pdf_is_made_and_who_asked_is_told_what_became_of_it(
    told: Talk, tmp_path: Path
) -> None:
    made, pdfs = tmp_path / "made", told.s.bot.pdfs
    pdfs.command = (sys.executable, "-c", SLOW, str(made))
    before = told.asked()
    for who in (ASHA, TOM):
        told.s.person(who).slash(CHANNEL, "/postmortem export pdf")
    told.s.person(TOM).click(CHANNEL, str(told.question()["ts"]), "next")
    end = time.monotonic() + 10
    while told.asked() == before:
        assert time.monotonic() < end, "the next question does not come"
        time.sleep(0.02)
    assert files(told, ASHA) == {}
    made.touch()
    told.s.settle()
    assert files(told, ASHA) == files(told, TOM) == {"PM-2026-001.pdf": b"%PDF-slow"}
    assert "The `report` document of PM-2026-001 is in your direct messages, as PDF." in told.ephemerals(ASHA).values()

    pdfs.within, made = 0.2, tmp_path / "never"
    pdfs.command = (sys.executable, "-c", SLOW, str(made))
    assert told.slash("export pdf", ASHA) == (
        "The document could not be made a PDF (it took longer than 0.2 seconds). Any browser prints the HTML to PDF."
    )


def test_files_are_written_on_the_command_line(database: Database, tmp_path: Path) -> None:
    with conversation(database) as talk:
        talk.answer("Customers could not pay by card.", user=TOM)
        environ = {"DATABASE_URL": database.engine.url.render_as_string(hide_password=False)}
        run = CliRunner().invoke(main, ["export", "pm-2026-001", "full", "md", "--to", str(tmp_path)], env=environ)
        assert run.exit_code == 0, run.stderr
        path = tmp_path / "PM-2026-001-full.md"
        assert run.stdout == f"{path}\n"
        assert run.stderr == "Messages are not linked: without the tokens of Slack its address is not known.\n"
        assert "Customers could not pay by card." in path.read_text(encoding="utf-8")
        tokens = {
            "SLACK_BOT_TOKEN": talk.s.slack.bot_token,
            "SLACK_APP_TOKEN": talk.s.slack.app_token,
            "SLACK_API_URL": talk.s.slack.api_url,
        }
        run = CliRunner().invoke(main, ["export", "PM-2026-001", "md", "--to", str(tmp_path)], env=environ | tokens)
        assert run.stderr == ""
        assert f"/archives/{CHANNEL}/p" in (tmp_path / "PM-2026-001.md").read_text(encoding="utf-8")
        for words, says in (
            (["PM-2026-999"], "There is no postmortem PM-2026-999 in this database (DATABASE_URL).\n"),
            (["PM-2026-001", "full", "docx"], "docx: that is no document. Type `export NUMBER [kind] [format]`"),
        ):
            run = CliRunner().invoke(main, ["export", *words, "--to", str(tmp_path)], env=environ)
            assert run.exit_code == 2
            assert run.stdout == ""
            assert run.stderr.startswith(says)


def test_where_two_workspaces_have_the_number_both_are_named_and_nothing_is_written(
    database: Database, tmp_path: Path
) -> None:
    def run(*words: str) -> Result:
        environ = {"DATABASE_URL": database.engine.url.render_as_string(hide_password=False)}
        return CliRunner().invoke(main, [*words], env=environ)

    with conversation(database) as talk:
        talk.answer("Customers could not pay by card.", user=TOM)
        here = talk.row()
        with database.writing() as unit:
            source = unit.postmortems.load(here.id)[1]
            there = replace(here, workspace=Workspace("T0OTHER"), title="Payroll export stuck", said=(), asked=())
            assert unit.postmortems.create(there, source, None).number == "PM-2026-001"
        team = here.workspace.team
        for command in (["export", "PM-2026-001", "md", "--to", str(tmp_path)], ["versions", "PM-2026-001"]):
            asked = run(*command)
            assert (asked.exit_code, asked.stdout) == (2, "")
            assert "PM-2026-001 stands in several workspaces of this database" in asked.stderr
            assert f"  - {team}: checkout errors, begun on 2026-11-20" in asked.stderr
            assert "  - T0OTHER: Payroll export stuck, begun on 2026-11-20" in asked.stderr
            wrong = run(*command, "--workspace", "T0NOBODY")
            assert (wrong.exit_code, wrong.stdout) == (2, "")
            assert "The workspace T0NOBODY has no postmortem PM-2026-001" in wrong.stderr
        assert not list(tmp_path.glob("PM-*"))

        assert run("export", "pm-2026-001", "md", "--to", str(tmp_path), "--workspace", team).exit_code == 0
        assert "could not pay by card" in (tmp_path / "PM-2026-001.md").read_text(encoding="utf-8")
        assert run("export", "PM-2026-001", "md", "--to", str(tmp_path), "--workspace", "T0OTHER").exit_code == 0
        assert "Payroll export stuck" in (tmp_path / "PM-2026-001.md").read_text(encoding="utf-8")
        assert run("versions", "PM-2026-001", "--workspace", team).stdout == "It was not published yet.\n"
