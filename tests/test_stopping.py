"""A process that is told to end ends, whenever it is told."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator

import pytest

from bot.places import ROOT
from bot.stopping import SIGNALS, Stop

#: Waits as a bot does, with a thread beside it that is always busy.
WAITING = """
import threading
from bot.stopping import Stop

def work():
    while True:
        sum(range(1000))

threading.Thread(target=work, daemon=True).start()
with Stop() as stop:
    stop.at_signals()
    print("ready", flush=True)
    stop.wait()
print("ended", flush=True)
"""


@pytest.fixture(autouse=True)
def signals_as_they_were() -> Iterator[None]:
    before = {each: signal.getsignal(each) for each in SIGNALS}
    yield
    for each, handler in before.items():
        signal.signal(each, handler)


@pytest.mark.parametrize("how", SIGNALS)
def test_a_signal_that_comes_just_as_it_begins_to_wait_is_not_missed(how: signal.Signals) -> None:
    for _ in range(5):
        running = subprocess.Popen([sys.executable, "-c", WAITING], cwd=ROOT, stdout=subprocess.PIPE, text=True)
        try:
            assert running.stdout is not None
            assert running.stdout.readline() == "ready\n"
            running.send_signal(how)
            assert running.communicate(timeout=30)[0] == "ended\n"
        finally:
            running.kill()


def test_who_is_told_before_waiting_does_not_wait() -> None:
    with Stop() as stop:
        stop.tell()
        stop.tell()
        stop.wait()


def test_another_thread_may_tell_it() -> None:
    with Stop() as stop:
        threading.Timer(0.05, stop.tell).start()
        stop.wait()
        assert stop.told


def test_a_second_signal_while_it_ends_does_nothing() -> None:
    with Stop() as stop:
        stop.at_signals()
        os.kill(os.getpid(), signal.SIGTERM)
        stop.wait()
    os.kill(os.getpid(), signal.SIGTERM)
    assert stop.told
