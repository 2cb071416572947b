"""When is the database asked what is due? APScheduler is a clock and nothing else; what is due is rows."""

from __future__ import annotations

import logging
from collections.abc import Callable

import structlog
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler

from bot.clock import SystemClock

log = structlog.get_logger()

#: Seconds between two looks at what is due, at who is to be reminded, and at what can be forgotten.
SWEEP_EVERY = 2
REMIND_EVERY = 15
FORGET_EVERY = 3600


class Scheduler:
    """Calls three functions at their intervals, one after the other each; a late call is made once, not thrice."""

    def __init__(self, sweep: Callable[[], None], remind: Callable[[], None], forget: Callable[[], None]) -> None:
        # A missed tick is no news: the next one asks the same rows.
        logging.getLogger("apscheduler").setLevel(logging.ERROR)
        self._scheduler = BackgroundScheduler(timezone="UTC", executors={"default": ThreadPoolExecutor(3)})
        for work, seconds in ((sweep, SWEEP_EVERY), (remind, REMIND_EVERY), (forget, FORGET_EVERY)):
            self._scheduler.add_job(
                _reported(work),
                "interval",
                seconds=seconds,
                max_instances=1,
                coalesce=True,
                misfire_grace_time=None,
                # At once after a start: what came due while nobody looked has waited long enough.
                next_run_time=SystemClock().now(),
            )

    def start(self) -> None:
        self._scheduler.start()

    def stop(self) -> None:
        self._scheduler.shutdown(wait=False)


def _reported(work: Callable[[], None]) -> Callable[[], None]:
    def tick() -> None:
        try:
            work()
        except Exception as err:
            log.error("tick.failed", work=work.__qualname__, error=type(err).__name__, exc_info=True)

    return tick
