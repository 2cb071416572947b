"""The page that says where each idea of the beginning is done names only what exists."""

from __future__ import annotations

import re

from bot.interview.script_file import read_script
from bot.places import PROMPTS, ROOT
from bot.report.checklist import RULES

PAGE = (ROOT / "docs" / "seeds.md").read_text(encoding="utf-8")
ROWS = [line for line in PAGE.splitlines() if line.startswith("| ") and not line.startswith(("| part ", "| --- "))]


def test_every_row_says_where_or_that_it_is_not_yet() -> None:
    assert len(ROWS) > 150
    for row in ROWS:
        cells = [cell.strip() for cell in row.strip("|").split("|")]
        assert len(cells) == 2, row
        assert all(cells), row


def test_every_question_and_file_that_is_named_exists() -> None:
    ids = {q.id for path in PROMPTS.glob("*.toml") for q in read_script(path.read_text(encoding="utf-8"))[0].questions}
    for name in re.findall(r"`([^`]+)`", PAGE):
        if "/" in name and not name.startswith("/"):
            assert (ROOT / name).exists(), name
        elif re.fullmatch(r"[a-z]+\.[a-z]+", name):
            assert name in ids, name


def test_every_check_that_is_named_exists() -> None:
    checks = {rule.id for rule in RULES}
    for names in re.findall(r"checklist ((?:`\w+`(?:, | and )?)+)", PAGE):
        assert set(re.findall(r"`(\w+)`", names)) <= checks, names
