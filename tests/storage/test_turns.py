"""Writers of one process: one at a time, and the one that may wait least goes first."""

from __future__ import annotations

import threading
import time

from storage.turns import Turns


def test_the_writer_that_may_wait_least_goes_first() -> None:
    turns, order = Turns(), []

    def write(name: str, within: float) -> None:
        assert turns.acquire(within)
        order.append(name)
        turns.release()

    assert turns.acquire(1)
    patient = threading.Thread(target=write, args=("patient", 20.0))
    patient.start()
    _until(turns, 1)
    pressed = threading.Thread(target=write, args=("pressed", 5.0))
    pressed.start()
    _until(turns, 2)
    turns.release()
    patient.join(5)
    pressed.join(5)
    assert order == ["pressed", "patient"]


def test_whoever_waits_in_vain_is_told_and_keeps_nobody_waiting() -> None:
    turns = Turns()
    assert turns.acquire(1)
    assert not turns.acquire(0.01)
    turns.release()
    assert turns.acquire(0.01)


def _until(turns: Turns, waiting: int) -> None:
    end = time.monotonic() + 5
    while turns.waiting < waiting and time.monotonic() < end:
        time.sleep(0.001)
