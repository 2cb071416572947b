"""`doctor --live` and `eval claude`: what the command line says of a Claude that answers, and of one that does not."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from bot.__main__ import main
from bot.sandbox.claude import wire
from bot.sandbox.claude.server import Answer, LocalClaude, busy
from tests.fakes.claude import EMPTY, KEY, claim, lines_of, reply

Script = Callable[[dict[str, Any]], Answer]


def picks(body: dict[str, Any], *ids: str) -> Answer:
    return Answer(wire.message(json.dumps({"ids": ids}), model=body["model"]))


@pytest.fixture
def typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Result]]:
    monkeypatch.chdir(tmp_path)
    running: list[LocalClaude] = []

    def one(*words: str, script: Script | None = None, **environ: str) -> Result:
        told = {"DATABASE_URL": f"sqlite:///{tmp_path}/x.db", **environ}
        if script is not None:
            local = LocalClaude(script, key=KEY).start()
            running.append(local)
            told = {"ANTHROPIC_API_KEY": KEY, "ANTHROPIC_BASE_URL": local.url, **told}
        return CliRunner().invoke(main, words, env=told)

    yield one
    for local in running:
        assert local.refused == []
        local.stop()


def found(said: Result, about: str) -> list[str]:
    lines = [line.split(maxsplit=2) for line in said.stdout.splitlines()]
    return [f"{line[0]} {line[2]}" for line in lines if len(line) > 2 and line[1] == about]


def test_without_a_key_nobody_is_asked(typed: Callable[..., Result]) -> None:
    said = typed("doctor", "--offline", "--live")
    assert found(said, "claude") == ["ok no key, so no model is asked: the rules do it alone"]
    assert "model" not in {line.split()[1] for line in said.stdout.splitlines()}


def test_with_one_each_model_a_shape_and_the_cache_are_tried(typed: Callable[..., Result]) -> None:
    said = typed("doctor", "--offline", "--live", script=lambda body: picks(body, "m0002", "m0003"))
    assert found(said, "claude") == ["ok there is a key"]
    assert found(said, "model") == ["ok claude-sonnet-5-5 is there", "ok claude-haiku-5-5 is there"]
    (shape,) = found(said, "structured")
    assert shape.startswith("ok an answer in the right shape in 1 attempt, for $0.00")
    (cache,) = found(said, "cache")
    assert cache.startswith("ok ")
    assert "came from the cache" in cache
    assert KEY not in said.output


@pytest.mark.parametrize(
    ("script", "environ", "about", "says"),
    [
        (lambda body: picks(body, "m0002", "m0003"), {"POSTMORTEM_CLAUDE_WRITING_MODEL": "claude-old"}, "model",
         "problem claude-old is not there"),
        (lambda body: picks(body, "m0002", "m0003"), {"ANTHROPIC_API_KEY": "sk-ant-other"}, "structured",
         "problem rejected 401 authentication_error"),
        (lambda body: picks(body, "m0001"), {}, "structured", "problem an answer in the right shape in 1 attempt, "
         "which does not answer what was asked"),
        (lambda body: Answer(wire.refusal()), {}, "structured", "problem refused cyber"),
        (lambda body: busy(3600), {}, "structured", "problem overloaded 529 overloaded_error"),
        (lambda body: Answer(wire.error("rate_limit_error", "enforced_spend_limit_reached"), 429), {}, "structured",
         "problem spend_limit 429 rate_limit_error enforced_spend_limit_reached"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_what_to_do(
    typed: Callable[..., Result], script: Script, environ: dict[str, str], about: str, says: str
) -> None:
    said = typed("doctor", "--offline", "--live", script=script, **environ)
    assert says in found(said, about)
    assert said.exit_code == 1
    assert " -> " in said.stdout


def test_prices_without_a_model_and_broken_prices_are_found_without_asking(
    typed: Callable[..., Result], tmp_path: Path
) -> None:
    broken = tmp_path / "prices.toml"
    broken.write_text("as_of = 2026-01-01\n[models.other]\ninput = 1\n", encoding="utf-8")
    said = typed("doctor", "--offline", ANTHROPIC_API_KEY=KEY, POSTMORTEM_CLAUDE_PRICES=str(broken))
    (fault,) = found(said, "prices")
    assert "needs output, in dollars for a million tokens" in fault
    said = typed("doctor", "--offline", ANTHROPIC_API_KEY=KEY, POSTMORTEM_CLAUDE_CRITIQUE_MODEL="claude-next-1")
    (fault,) = found(said, "prices")
    assert "there is no price for claude-next-1" in fault


# --- eval claude ---

SAID = ("p99 of checkout went up to 4.2 s", "rolled back 4312", "checkout is back to normal", "lunch anyone?")
CASE = {
    "incident": {"id": "one", "tz": "UTC"},
    "messages": [
        {"ts": datetime(2026, 6, 24, 10, 10 * n, tzinfo=UTC).isoformat(), "user": "ann", "text": text}
        for n, text in enumerate(SAID)
    ],
    "truth": {
        "timeline": [{"at": None, "text": text, "evidence": n} for n, text in enumerate(SAID[:3])],
        "action_items": [{"text": "Add an alert on checkout"}],
    },
}


def drafts(body: dict[str, Any]) -> Answer:
    """Two sentences to every draft, of which one has no ground; every line glossed, a question among them; no item."""
    shown = lines_of(body)
    task = body["messages"][0]["content"][-1]["text"]
    if "Draft an answer" in task:
        good = claim(f"{SAID[0]}.", ("m0001", SAID[0]))
        return Answer(reply(statements=[good, claim("It took 3 hours.", ("m0001", SAID[0]))]))
    if "The timeline needs" in task:
        return Answer(reply(statements=[claim(e["text"], (e["id"], e["text"]), about=e["id"]) for e in shown]))
    return Answer(wire.message(json.dumps(EMPTY)))


def test_it_is_not_run_without_a_key_and_ends_with_a_code_of_its_own(
    typed: Callable[..., Result], tmp_path: Path
) -> None:
    said = typed("eval", "claude", str(tmp_path))
    assert said.stdout.startswith("not run: no key.")
    assert said.exit_code == 3


def test_what_held_what_was_added_and_what_it_cost_is_told(typed: Callable[..., Result], tmp_path: Path) -> None:
    (tmp_path / "cases.jsonl").write_text(json.dumps(CASE), encoding="utf-8")
    said = typed("eval", "claude", str(tmp_path / "cases.jsonl"), script=drafts)
    assert said.exit_code == 0, said.output
    told = {line[:16].strip(): line[16:] for line in said.stdout.splitlines()}
    assert said.stdout.startswith("1 cases, 5 calls")
    assert told["drafts"] == "0 held whole, 3 in part, 0 not at all; 0 times there was nothing to say"
    assert told["without ground"].startswith("4 of 10 (40 %)")
    assert told["action items"] == "rules 0 of 1 (0 %), the model 0 of 1 (0 %) of those that people wrote down"
    assert told["cost"].startswith("$0.0")
    assert "of the lines that people wrote down" in told["timeline"]


def test_where_nothing_came_it_says_why_and_is_no_success(typed: Callable[..., Result], tmp_path: Path) -> None:
    (tmp_path / "cases.jsonl").write_text(json.dumps(CASE), encoding="utf-8")
    said = typed("eval", "claude", str(tmp_path / "cases.jsonl"), script=lambda _: Answer(wire.refusal()))
    assert said.exit_code == 1
    assert said.stdout.splitlines()[-1] == "nothing came    refused 5"
