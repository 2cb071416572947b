"""`python -m bot eval wording`: how the rules are held against sentences that were labelled by hand."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.__main__ import main
from bot.evals.labels import FRESH, OWN, SINCE, Labelled, Of, read_labelled
from bot.evals.wording import of_kind, of_labels, of_sentences, read
from bot.patterns import Found
from bot.places import ROOT
from bot.wording import counterfactual, hindsight, human_error, judgement, person_as_cause
from bot.wording.concerns import concerns
from bot.wording.rule import Rule

RULES = {
    "person_as_cause": person_as_cause.RULES,
    "human_error": human_error.RULES,
    "counterfactual": counterfactual.RULES,
    "hindsight": hindsight.RULES,
    "judgement": judgement.RULES,
}


@cache
def told() -> list[tuple[str, ...]]:
    """The table of rules in the documentation: rule, kind, an example, a counter-example."""
    page = (ROOT / "docs" / "wording.md").read_text(encoding="utf-8")
    rows = [tuple(cell.strip() for cell in line.strip("|").split("|")) for line in page.splitlines() if "|" in line]
    return [row for row in rows if len(row) == 4 and row[1] in {*RULES, "vague"}]


def asked(sentences: tuple[Labelled, ...]) -> list[Labelled]:
    return [each for each in sentences if each.of is not Of.CHECK]


def test_the_labelled_sentences_are_many_half_neutral_and_a_third_kept_aside() -> None:
    own = asked(read_labelled(OWN))
    assert len(own) >= 400
    assert 0.4 < sum(not each.kinds for each in own) / len(own) < 0.6
    assert 0.3 < sum(each.aside for each in own) / len(own) < 0.4
    assert all(each.aside for each in read_labelled(FRESH))
    texts = [each.text.lower() for file in (OWN, SINCE, FRESH) for each in read_labelled(file)]
    assert len(texts) == len(set(texts))


@pytest.mark.parametrize("file", [OWN, FRESH])
def test_what_was_kept_aside_is_found_and_little_else(file: Path) -> None:
    reads = [read(each) for each in asked(read_labelled(file)) if each.aside]
    for score in (of_labels(reads), of_sentences(reads)):
        assert score.precision is not None
        assert score.recall is not None
        assert score.precision >= 0.95
        assert score.recall >= 0.85


def test_every_rule_is_told_with_an_example_that_it_finds() -> None:
    known = {(rule.name, kind) for kind, rules in RULES.items() for rule in rules}
    assert {(rule, kind) for rule, kind, *_ in told() if kind != "vague"} == known
    for name, kind, example, _ in told():
        if kind == "vague":
            assert [each.rule for each in concerns(example)] == [name], example
        else:
            (rule,) = (each for each in RULES[kind] if each.name == name)
            assert any(_counts(rule, found, example) for found in rule.words.finditer(example)), (name, example)
            assert kind in {str(each.kind) for each in concerns(example)}, example


def _counts(rule: Rule, found: Found, text: str) -> bool:
    return rule.counts is None or rule.counts(found, text)


def test_what_a_rule_leaves_alone_raises_nothing_of_its_kind() -> None:
    found = {row[3]: [c.words for c in concerns(row[3]) if str(c.kind) == row[1]] for row in told()}
    assert {text: words for text, words in found.items() if words} == {}


def rows(tmp_path: Path, *lines: object) -> Path:
    path = tmp_path / "mine.jsonl"
    path.write_text("\n".join(each if isinstance(each, str) else json.dumps(each) for each in lines), encoding="utf-8")
    return path


MISSED = {"text": "the cables were swapped by gremlins", "kinds": ["person_as_cause"]}
RIGHT = {"text": "Ines overlooked the warning", "kinds": ["person_as_cause"]}
WRONG = {"text": "this was human error", "kinds": []}
EITHER = {"text": "in hindsight it was the pool", "kinds": [], "also": ["hindsight"]}


def test_scores_count_what_is_right_wrong_and_missed_and_not_what_readers_differ_on(tmp_path: Path) -> None:
    reads = [read(each) for each in read_labelled(rows(tmp_path, MISSED, RIGHT, WRONG, EITHER))]
    assert of_kind(reads, "person_as_cause").recall == 0.5
    assert of_kind(reads, "human_error").precision == 0
    assert of_kind(reads, "hindsight").precision is None
    assert (of_sentences(reads).precision, of_sentences(reads).recall) == (0.5, 0.5)


def test_the_command_scores_a_file_and_lists_the_misses(tmp_path: Path) -> None:
    done = CliRunner().invoke(
        main, ["eval", "wording", "--misses", "--file", str(rows(tmp_path, MISSED, RIGHT, WRONG))]
    )
    assert done.exit_code == 0
    assert "the cables were swapped by gremlins\n    expected person_as_cause\n    got      nothing" in done.stdout
    assert "    got      human_error “human error”" in done.stdout
    assert "Ines" not in done.stdout


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("{", "line 2 is no JSON object."),
        ({"kinds": []}, 'line 2 has no "text".'),
        ({"text": "a"}, 'line 2 has no list "kinds".'),
        ({"text": "a", "kinds": ["rude"]}, 'line 2: "rude" is none of'),
        ({"text": "a", "kinds": [], "of": "song"}, 'line 2: "of" is one of text, item, check.'),
        ({"text": "a", "kinds": [], "aside": "yes"}, 'line 2: "aside" is true or false.'),
    ],
)
def test_a_file_that_cannot_be_read_is_told_with_its_line(tmp_path: Path, line: object, why: str) -> None:
    done = CliRunner().invoke(main, ["eval", "wording", "--file", str(rows(tmp_path, RIGHT, line))])
    assert done.exit_code == 2
    assert why in done.stderr
