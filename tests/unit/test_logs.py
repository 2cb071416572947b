"""A log line tells what happened, and neither a secret nor what anybody wrote."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
import structlog

from bot.errors import SlackUnavailable
from bot.logs import NOT_LOGGED, configure, reference
from bot.settings import LogFormat, LogLevel

#: Put together here, so that no scanner takes it for a leaked one.
TOKEN = "-".join(["xoxb", "123456789012", "1234567890123", "AbCdEfGhIjKlMnOpQrStUvWx"])


@pytest.fixture(autouse=True)
def _put_back() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    # Bolt gives its logger the level that the root has when an app is made, in whatever test that was.
    logging.getLogger("slack_bolt.App").setLevel(logging.NOTSET)
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


class Written(io.StringIO):
    """What was logged, as the JSON that was written."""

    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.getvalue().splitlines()]


@pytest.fixture
def written() -> Written:
    stream = Written()
    configure(LogLevel.INFO, LogFormat.JSON, stream)
    return stream


def log() -> Any:
    return structlog.get_logger("bot.test")


def test_a_line_has_its_time_level_place_and_fields(written: Written) -> None:
    log().info("question posted", postmortem="PM-2026-014", round=2)
    (line,) = written.lines()
    assert line.pop("at").endswith("Z")
    assert line == {
        "event": "question posted",
        "level": "info",
        "logger": "bot.test",
        "postmortem": "PM-2026-014",
        "round": 2,
    }


def test_what_people_wrote_is_not_logged_however_deep_it_is(written: Written) -> None:
    log().warning("odd delivery", text="we broke it", delivery={"ts": "1.2", "message": {"text": "we broke it"}})
    (line,) = written.lines()
    assert line["text"] == NOT_LOGGED
    assert line["delivery"] == {"ts": "1.2", "message": NOT_LOGGED}
    assert "broke" not in written.getvalue()


def test_a_secret_is_masked_wherever_it_stands(written: Written) -> None:
    log().info(f"taken: {TOKEN}", where=[TOKEN], inside={"deep": (TOKEN,)})
    logging.getLogger("some.library").warning("sent %s", TOKEN)
    try:
        raise SlackUnavailable(f"no answer to {TOKEN}")
    except SlackUnavailable:
        log().exception("given up")
    assert len(written.lines()) == 3
    assert TOKEN not in written.getvalue()
    assert TOKEN[-8:] not in written.getvalue()


def test_an_exception_keeps_its_first_line_and_the_way_it_came(written: Written) -> None:
    try:
        raise ValueError("1 fault in the payload\n  input_value='we broke it'")
    except ValueError:
        log().exception("not understood", reference="R-234567")
    (line,) = written.lines()
    assert line["error"] == "ValueError: 1 fault in the payload"
    assert line["reference"] == "R-234567"
    assert "test_an_exception_keeps_its_first_line" in line["through"][-1]
    assert "broke" not in written.getvalue()


def test_an_exception_of_a_library_is_one_line_too(written: Written) -> None:
    try:
        raise OSError("away")
    except OSError:
        logging.getLogger("some.library").exception("failed")
    (line,) = written.lines()
    assert line["error"] == "OSError: away"


def test_libraries_that_print_payloads_are_kept_quiet(written: Written) -> None:
    configure(LogLevel.DEBUG, LogFormat.JSON, written)
    logging.getLogger("slack_sdk.web.base_client").debug("we broke it")
    logging.getLogger("slack_bolt.App").info("we broke it")
    logging.getLogger("slack_bolt.App").warning("something is wrong")
    assert [line["event"] for line in written.lines()] == ["something is wrong"]


def test_the_level_is_kept(written: Written) -> None:
    configure(LogLevel.WARNING, LogFormat.JSON, written)
    log().info("not this")
    log().warning("this")
    assert [line["event"] for line in written.lines()] == ["this"]


def test_a_text_line_is_one_line_that_a_person_reads() -> None:
    stream = io.StringIO()
    configure(LogLevel.INFO, LogFormat.TEXT, stream)
    try:
        raise OSError("away")
    except OSError:
        log().exception("given up", postmortem="PM-2026-014")
    assert stream.getvalue().count("\n") == 1
    for part in ("given up", "PM-2026-014", "OSError: away"):
        assert part in stream.getvalue()


def test_an_endless_value_is_cut(written: Written) -> None:
    log().info("so much", where="x" * 100_000)
    assert len(written.getvalue()) < 1_000


def test_a_reference_can_be_read_aloud() -> None:
    seen = {reference() for _ in range(200)}
    assert len(seen) == 200
    assert not [each for each in seen if set("01OIl") & set(each[2:])]
