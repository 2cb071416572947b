"""What somebody sees who writes a script: everything that is wrong with it at once, its conversation, and a walk."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.__main__ import main
from bot.interview.script import FACTS, MENTIONS
from bot.interview.script_file import read_script
from bot.places import PROMPTS, ROOT

GOOD = """
id = "own"
title = "own kind"
[[section]]
id = "summary"
heading = "Summary"
made_of = "summary"
[[section]]
id = "open"
heading = "What was not asked"
[[topic]]
id = "overview"
title = "what happened"
  [[topic.question]]
  id = "overview.sentence"
  section = "summary"
  ask = "What stopped working, and for whom?"
[[topic]]
id = "closing"
title = "what was not asked"
  [[topic.question]]
  id = "closing.open"
  section = "open"
  ask = "What did I not ask?"
"""

OPEN = 'section = "open"'


def checked(folder: Path, text: str, *options: str, typed: str = "") -> Result:
    file = folder / "own.toml"
    file.write_text(text, encoding="utf-8")
    return CliRunner().invoke(main, ["script", "check", str(file), *options], input=typed)


def faults(folder: Path, text: str) -> list[str]:
    """What is wrong, without the bullets; the script is refused."""
    said = checked(folder, text)
    assert said.exit_code == 2
    assert said.stdout == ""
    first, *rest = said.stderr.splitlines()
    assert first.endswith("own.toml cannot be used:")
    return [line.removeprefix("  - ") for line in rest]


@pytest.mark.parametrize("kind", sorted(path.stem for path in PROMPTS.glob("*.toml")))
def test_every_kind_that_ships_passes_its_own_check(kind: str) -> None:
    said = CliRunner().invoke(main, ["script", "check", str(PROMPTS / f"{kind}.toml")])
    assert said.exit_code == 0, said.stderr
    script, _ = read_script((PROMPTS / f"{kind}.toml").read_text(encoding="utf-8"))
    for question in script.questions:
        assert f"  {question.id} → " in said.stdout
        for text in question.texts:
            assert text in said.stdout


def test_the_example_that_teaches_writing_a_script_passes_and_can_be_walked(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "scripts.md").read_text(encoding="utf-8")
    example = page[page.index("# pipeline.toml") :].partition("```")[0]
    file = tmp_path / "pipeline.toml"
    file.write_text(example, encoding="utf-8")
    typed = "Orders were late\n\n/skip\nsome rows were lost\n\n/skip\n/skip\nno check of freshness\n\n/skip\n"
    said = CliRunner().invoke(
        main, ["script", "check", str(file), "--walk"], input=typed + "checks: alert on freshness\n\n/skip\n"
    )
    assert said.exit_code == 0, said.stderr
    assert "Which partitions are whole again" in said.stdout[said.stdout.index("Type an answer") :]
    assert "**Checks**" in said.stdout
    assert "no check of freshness" in said.stdout
    script, _ = read_script(example)
    for name in {*FACTS, *MENTIONS}:
        assert name in page, f"{name} is not told"
    for question in script.questions:
        assert question.texts


def test_a_good_script_shows_its_conversation(tmp_path: Path) -> None:
    said = checked(tmp_path, GOOD)
    assert said.exit_code == 0
    assert said.stdout.splitlines() == [
        "1 of 2 · what happened",
        "  overview.sentence → “Summary”",
        "    “What stopped working, and for whom?”",
        "2 of 2 · what was not asked",
        "  closing.open → “What was not asked”",
        "    “What did I not ask?”",
        "",
        "At most 12 questions and 4 follow-ups.",
        "2 of the 2 are raised in every conversation to which they apply.",
    ]


def test_a_script_that_does_not_end_with_what_was_not_asked_is_advised_to(tmp_path: Path) -> None:
    said = checked(tmp_path, GOOD.replace("closing.open", "closing.word"))
    assert said.exit_code == 0
    assert said.stdout.splitlines()[-1] == (
        "It ends with closing.word: let “What did I not ask?” (closing.open) be the last question."
    )


@pytest.mark.parametrize(
    ("was", "becomes", "fault"),
    [
        ('id = "own"', 'id = "other"', "the script: its id 'other' must be the name of its file, 'own'"),
        ('title = "own kind"', "asks = -1", "the script: 'asks' must be a whole number from 0 up"),
        ('made_of = "summary"', 'made_of = "poem"', "section 'summary': made_of is 'poem'"),
        ('made_of = "summary"', "sorts = ['fix']", "section 'summary': only a section made of items has 'sorts'"),
        ('section = "summary"', 'section = "sumary"', "unknown section 'sumary'; declare it as a"),
        ('id = "closing.open"', 'id = "overview.sentence"', "question 'overview.sentence': the id stands twice"),
        ('id = "closing"', 'id = "overview"', "topic 'overview': the id stands twice"),
        (OPEN, OPEN + '\ndepth = 1', "topic 'closing': it must begin with a question of depth 0"),
        (OPEN, OPEN + '\ndepht = 1', "question 'closing.open': unknown key 'depht'; it may have"),
        (OPEN, OPEN + '\ndepth = "1"', "question 'closing.open': 'depth' must be a whole number"),
        (OPEN, OPEN + '\nneeds = ["count"]', "'count' is looked for, and no [[…probe]] is about it"),
        (OPEN, OPEN + '\nneeds = ["mood"]', "nothing can find 'mood' in an answer; it can find"),
        (OPEN, OPEN + '\nshows = ["mood"]', "unknown fact 'mood' in 'shows'"),
        (OPEN, OPEN + '\nwhen = { missing = "mood" }', "unknown fact 'mood' in a condition"),
        (OPEN, OPEN + '\nwhen = { }', "a condition has exactly one of fact, missing, said and"),
        (OPEN, OPEN + '\nwhen = "cause"', "'when' must be one or several tables"),
        (OPEN, OPEN + '\nsettled = { fact = "cause" }', "'settled' needs a 'confirm' wording"),
        (OPEN, OPEN + '\nbuilds_on = ["answer:no.such"]', "which no question has as its id"),
        (OPEN, OPEN + '\nfields = ["impact.mood"]', "unknown field 'impact.mood' in 'fields'; there are"),
        (OPEN, OPEN + '\nwhen = { lacks = ["impact.mood"] }', "unknown field 'impact.mood' in 'lacks'; there are"),
        ('title = "own kind"', 'title = "own"\n[form]\nafter = "no.such"', "it is offered after 'no.such', which no"),
        ('title = "own kind"', 'title = "own"\n[form]\nafter = "closing.open"', "it needs at least one [[form.page]]"),
        (
            'title = "own kind"',
            'title = "own"\n[form]\nafter = "closing.open"\n[[form.page]]\ntitle = "A"\nfields = ["impact.mood"]',
            "page 1 of the form: unknown field 'impact.mood'",
        ),
        (
            'section = "summary"',
            'section = "summary"\nbuilds_on = ["answer:closing.open"]',
            "question 'overview.sentence': it builds on the answer to 'closing.open', which is asked later",
        ),
        (
            'section = "open"',
            'section = "open"\nwhen = { said = "luck", of = "closing.open" }',
            "question 'closing.open': it waits for its own answer, which is a loop",
        ),
        ("What did I not ask?", "What did I not ask? Who knows? Say it.", "more than two sentences; say less"),
        ("What did I not ask?", "Why did you not ask?", "asks a person why; ask how it came to be possible"),
        ("What did I not ask?", "And why didn't they ask?", "asks a person why"),
        ("What did I not ask?", "Whose fault was it?", "uses a word of blame"),
        ("What did I not ask?", "And {answer}?", "unknown placeholder {answer}; there are"),
        ("What did I not ask?", "And {?", "braces do not match"),
        ("What did I not ask?", " ", "an empty wording; write what is asked"),
        ('ask = "What did I not ask?"', "", "question 'closing.open': it needs 'ask', the wording"),
        ('ask = "What did I not ask?"', "ask = 5", "question 'closing.open': 'ask' must be one or several tables"),
        (
            'ask = "What did I not ask?"',
            'ask = [{ when = { fact = "cause" }, text = "What else?" }]',
            "its last wording must have no 'when', so that one always applies",
        ),
    ],
)  # fmt: skip
def test_a_fault_is_named_with_its_place_and_what_to_do(tmp_path: Path, was: str, becomes: str, fault: str) -> None:
    assert was in GOOD
    broken = GOOD.replace(was, becomes, 1) if was != 'id = "closing.open"' else GOOD.replace(was, becomes)
    assert [each for each in faults(tmp_path, broken) if fault in each], faults(tmp_path, broken)


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    broken = GOOD.replace('section = "summary"', 'section = "sumary"').replace("What did I not ask?", "Why did you go?")
    assert len(faults(tmp_path, broken)) == 2


@pytest.mark.parametrize("text", ["", "id =", "topic = 3", "section = ['a']\ntopic = [[1]]", "[[topic]]\nquestion = 1"])
def test_what_is_no_script_is_refused_in_words(tmp_path: Path, text: str) -> None:
    assert faults(tmp_path, text)


def test_a_file_that_is_no_text_is_refused_in_one_sentence(tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    file.write_bytes(b"\xff\xfe\x00")
    said = CliRunner().invoke(main, ["script", "check", str(file)])
    assert said.exit_code == 2
    assert "it cannot be read as UTF-8 text" in said.stderr


def test_a_script_is_walked_in_the_terminal_to_its_document(tmp_path: Path) -> None:
    said = checked(tmp_path, GOOD, "--walk", typed="Customers could not pay\nfor an hour\n\n/back\n\n/skip\n")
    assert said.exit_code == 0, said.output
    told = said.stdout[said.stdout.index("Type an answer") :]
    asked = [line for line in told.splitlines() if " of 2 · " in line]
    assert asked == [
        "1 of 2 · what happened",
        "2 of 2 · what was not asked",
        "1 of 2 · what happened · once more",
        "2 of 2 · what was not asked · once more",
    ]
    assert "## Summary\n\nCustomers could not pay\n\nfor an hour" in told
    assert "*Skipped by the team.*" in told


def test_a_walk_that_is_broken_off_still_shows_what_was_said(tmp_path: Path) -> None:
    said = checked(tmp_path, GOOD, "--walk", typed="Customers could not pay\n/deeper\n/end\n")
    assert said.exit_code == 0
    assert "Nothing changed: deep enough." in said.stdout
    assert "Customers could not pay" in said.stdout[said.stdout.index("## Summary") :]
