"""How long does it take to look back on many postmortems? Searching, and what it adds to the start of a new one.

`python -m benchmarks past` measures on SQLite, and on PostgreSQL where the development packages have its binaries.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import accumulate
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from benchmarks import figures
from bot.interview.events import RecordRead
from bot.interview.state import Interview, Stage, Workspace
from bot.past.likeness import Wanted, typed
from bot.past.stem import stem
from bot.past.summing import RULES
from bot.past.terms import terms
from bot.places import PROMPTS, TEMPLATES
from bot.rendering import Renderer
from bot.timeline.values import RecordMessage
from bot.understanding.past_incidents import similar
from bot.understanding.record import understand
from storage.database import Database
from storage.past import Sight
from storage.rows import parent_row
from storage.tables import past, postmortems

FEW, MANY = 200, 20_000
#: Searches for each figure, and messages of the channel that is read at the start.
SEARCHES, MESSAGES = 60, 1_000
#: Different words, terms of one incident, and services.
WORDS, TERMS, SERVICES = 20_000, 180, 300
ACME = Workspace("T0ACME")
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


class Words:
    """Made-up words, a few in nearly every incident and most in few (Zipf's law), the same in every run."""

    def __init__(self) -> None:
        self.chance = random.Random(7)  # noqa: S311 -- made up, the same each time
        sounds = ["ka", "ro", "mi", "zen", "tul", "ba", "sho", "vex", "qui", "lon", "dra", "fi", "gor", "ny", "pel"]
        made: dict[str, None] = {}
        while len(made) < WORDS:
            made["".join(self.chance.choices(sounds, k=self.chance.randint(2, 4)))] = None
        self.all = list(made)
        self.weights = list(accumulate(1 / (rank + 20) for rank in range(WORDS)))

    def some(self, count: int) -> list[str]:
        return self.chance.choices(self.all, cum_weights=self.weights, k=count)

    def service(self) -> str:
        return f"{self.all[self.chance.randrange(SERVICES)]}-api"


def fill(database: Database, count: int, words: Words) -> None:
    """So many written postmortems, with their words."""
    script = (PROMPTS / "service.toml").read_text(encoding="utf-8")
    about = Interview(0, ACME, "", "C0", "", "service", "", "U0ADA", "U0ADA", NOW, stage=Stage.WRITTEN, written_at=NOW)
    with database.writing() as unit:
        known = unit.connection.execute(sa.select(sa.func.count()).select_from(postmortems)).scalar_one()
        for start in range(known, count, 1_000):
            parents, kept = [], []
            for n in range(start, min(start + 1_000, count)):
                service = words.service()
                one = replace(about, number=f"PM-2020-{n:05d}", title=f"{service} {words.some(1)[0]}", scope=f"C{n}")
                one = replace(one, written_at=NOW - timedelta(minutes=count - n), channel=f"C{n % 500}")
                own = {"enterprise": "", "team": ACME.team, "version": 1}
                parents.append({**parent_row(one), **own, "id": n + 1, "script": script, "due_at": None})
                parts = (terms(service), map(stem, words.some(40)), map(stem, words.some(TERMS)))
                told = [" ".join(dict.fromkeys(part)) for part in parts]
                kept.append({
                    **own, "postmortem_id": n + 1, "rules": RULES, "channel": one.channel, "private": n % 10 == 0,
                    "written_at": one.written_at, "size": sum(len(part.split()) for part in told),
                    "services": (service,), "sorts": (), "luck": (), "names": told[0], "causes": told[1],
                    "rest": told[2],
                })  # fmt: skip
            unit.connection.execute(sa.insert(postmortems), parents)
            unit.connection.execute(sa.insert(past), kept)
    if database.engine.dialect.name == "postgresql":
        with database.writing() as unit:
            unit.connection.exec_driver_sql("ANALYZE")


def searches(database: Database, words: Words) -> list[float]:
    """Milliseconds of each search for three words, of which the first is a service."""
    took = []
    for _ in range(SEARCHES):
        wanted = typed(" ".join([words.service(), *words.some(2)]))
        took.append(quickest(partial(_search, database, wanted)))
    return took


def _search(database: Database, wanted: Wanted) -> None:
    with database.reading() as unit:
        unit.past.find(ACME, wanted, Sight(of_all=True))


def quickest(work: Callable[[], object]) -> float:
    """Milliseconds that it takes at best, of three times: what else the computer does is not its own."""
    times = []
    for _ in range(3):
        begun = time.perf_counter()
        work()
        times.append(time.perf_counter() - begun)
    return 1000 * min(times)


def starts(database: Database, words: Words) -> tuple[list[float], list[float]]:
    """Milliseconds of working through the record of a new incident, and how many of them go into looking back."""
    renderer = Renderer(TEMPLATES)
    whole, back = [], []
    for n in range(6):
        about = Interview(
            10**6, ACME, "", f"CNEW{n}", "", "service", f"{words.service()} down", "U0ADA", "U0ADA", NOW
        )  # fmt: skip
        messages = [
            RecordMessage(f"{1795000000 + 10 * k}.000100", "U0ADA", " ".join(words.some(12)))
            for k in range(MESSAGES - 2)
        ]
        cause = f"found it: {words.service()} {' '.join(words.some(6))}"
        messages.append(RecordMessage("1795900000.000100", "U0ADA", cause))
        messages.append(RecordMessage("1795900100.000100", "U0ADA", "rolled back, resolved, all clear"))
        with database.writing() as unit:
            unit.record.store(ACME, about.channel, messages)
        known = understand(database, renderer.message, about, NOW).events[-1]
        assert isinstance(known, RecordRead)
        read = replace(about, facts=known.facts)
        whole.append(quickest(partial(understand, database, renderer.message, about, NOW)))
        back.append(quickest(partial(_look_back, database, read)))
    return whole, back


def _look_back(database: Database, interview: Interview) -> None:
    with database.reading() as unit:
        similar(unit, interview, ())


@contextmanager
def databases(folder: Path) -> Iterator[dict[str, Database]]:
    """One of each kind that is there."""
    found = {"SQLite": Database(f"sqlite:///{folder / 'past.db'}")}
    server: Any = None
    try:
        from tests.fakes.postgres import Postgres

        server = Postgres()
        server.start()
        found["PostgreSQL"] = Database(server.url(server.create()))
    except (ImportError, OSError) as err:
        print(f"not on PostgreSQL: {err}")
    try:
        yield found
    finally:
        for database in found.values():
            database.close()
        if server is not None:
            server.stop()


def measure(folder: Path) -> dict[str, float]:
    """Fills the databases, searches, and prints what it took beside the same with few postmortems."""
    figures.heading(f"Looking back on {MANY:,} postmortems")
    ratios: dict[str, float] = {}
    with databases(folder) as found:
        for name, database in found.items():
            database.migrate()
            words = Words()
            fill(database, FEW, words)
            few = searches(database, words)
            few_start = starts(database, words)
            fill(database, MANY, words)
            many = searches(database, words)
            whole, back = starts(database, words)
            columns = (f"{MANY:,}", f"{FEW:,}")
            figures.row(f"{name}: search, median", figures.median(many), figures.median(few), columns=columns)
            figures.row(f"{name}: search, p99", figures.p99(many), figures.p99(few), columns=columns)
            figures.row(
                f"{name}: look back at start", figures.median(back), figures.median(few_start[1]), columns=columns
            )
            alone = figures.median(whole) - figures.median(back)
            figures.row(f"{name}: record of {MESSAGES:,}", figures.median(whole), alone, columns=("with", "without"))
            ratios[name] = figures.median(whole) / alone
    return ratios
