"""What does it take to think beside the conversation? Time beyond the model's own, CPU and memory, by a local Claude.

Each measure is a process of its own, the local Claude another one, which answers after a fixed time.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median

from pydantic import SecretStr

from benchmarks import figures
from bot.assembly import open_database, second_mind
from bot.clock import SystemClock
from bot.interview.state import Interview, Workspace
from bot.interview.thoughts import Conclusion, Line, Material, Purpose
from bot.places import ROOT, TEMPLATES
from bot.rendering import Renderer
from bot.settings import OfflineSettings

#: What the local Claude takes to answer, in seconds.
LATENCY = 1.0
SECTIONS = 8
ROUNDS = 5
#: What eight drafts at once may take beside one. Source: the aim of this project.
AIM = 1.3
#: Interviews whose thoughts are thought one after the other, for what each leaves in memory.
INTERVIEWS = 200
ACME = Workspace("T0ACME")
BEGAN = datetime(2026, 11, 24, 12, tzinfo=UTC)
_TEXTS = (
    "p99 of checkout went up to {n} ms after the deploy of build {n}",
    "the pool of payments-db has {n} waiting, looking at the graphs",
    "support says {n} customers wrote in",
    "rolled build {n} back, errors are falling",
)


def messages(count: int, start: int = 0) -> tuple[Line, ...]:
    return tuple(
        Line(f"1795{start + n:06d}.000100", _TEXTS[n % 4].format(n=start + n), f"U0AAAAA{n % 20:02d}", "",
             BEGAN + timedelta(seconds=20 * n))
        for n in range(count)
    )  # fmt: skip


def draft(lines: tuple[Line, ...]) -> Material:
    return Material(Purpose.DRAFT, "service", "Checkout errors", lines, question="What happened?", needs=("when",))


@contextmanager
def local_claude(seconds: float) -> Iterator[str]:
    child = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.local_claude", str(seconds)], cwd=ROOT, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip
    assert child.stdout is not None
    try:
        yield child.stdout.readline().strip()
    finally:
        child.communicate()


class Bench:
    """A mind with a database of its own, and postmortems to think about."""

    def __init__(self, folder: Path, url: str) -> None:
        settings = OfflineSettings(
            database_url=SecretStr(f"sqlite:///{folder}/thinking.db"), anthropic_api_key=SecretStr("sk-ant-bench"),
            anthropic_base_url=url, claude_budget=10_000.0, claude_budget_day=100_000.0,
            claude_tokens=1_000_000_000, claude_tokens_day=10_000_000_000,
        )  # fmt: skip
        self.database = open_database(settings)
        mind = second_mind(settings, self.database, SystemClock(), Renderer(TEMPLATES))
        assert mind is not None
        self.mind = mind

    def postmortem(self, number: int = 0) -> int:
        begun = Interview(0, ACME, "", f"C{number}", f"C{number}", "service", "Checkout", "U0ADA", "U0ADA", BEGAN)
        with self.database.writing() as unit:
            return unit.postmortems.create(begun, "", BEGAN).id

    def think(self, wanted: Material, postmortem: int, key: str) -> float:
        """How long one thought took, in seconds."""
        began = time.perf_counter()
        found = self.mind.think(wanted, workspace=ACME, postmortem=postmortem, key=key, deadline=60.0)
        assert isinstance(found, Conclusion), found
        return time.perf_counter() - began

    def close(self) -> None:
        self.mind.close()
        self.database.close()


def sections(folder: Path) -> dict[str, float]:
    """One draft, and eight of one postmortem at once, over a channel of 500 messages."""
    with local_claude(LATENCY) as url:
        bench, lines = Bench(folder, url), messages(500)
        postmortem = bench.postmortem()
        bench.think(draft(lines), postmortem, "warm")
        one, all_of_them = [], []
        with ThreadPoolExecutor(SECTIONS) as pool:
            for turn in range(ROUNDS):
                one.append(bench.think(draft(lines), postmortem, f"one-{turn}"))
                began = time.perf_counter()
                list(pool.map(lambda n, t=turn: bench.think(draft(lines), postmortem, f"s-{t}-{n}"), range(SECTIONS)))
                all_of_them.append(time.perf_counter() - began)
        bench.close()
    return {"one": median(one), "eight": median(all_of_them)}


def large(folder: Path, count: int) -> dict[str, float]:
    """The first thought about a large channel, which looks through its parts, and the next one."""
    with local_claude(LATENCY) as url:
        bench, lines = Bench(folder, url), messages(count)
        postmortem, before = bench.postmortem(), _memory()
        cpu = time.process_time()
        first = bench.think(draft(lines), postmortem, "first")
        cpu = time.process_time() - cpu
        second = bench.think(draft(lines), postmortem, "second")
        with bench.database.reading() as unit:
            entries = unit.calls.of(postmortem)
        bench.close()
    tokens = sum(each.fresh + each.written + each.reread for each in entries[:-1])
    cost = sum(each.cost for each in entries[:-1]) / 1e6
    return {"first": first, "second": second, "cpu": cpu, "calls": len(entries) - 1, "tokens": tokens, "cost": cost,
            "before": before, "memory": _memory()}  # fmt: skip


def memory(folder: Path) -> dict[str, float]:
    """What the SDK and each interview leave behind: 200 interviews of 200 messages each, three thoughts for each."""
    plain = _now()
    with local_claude(0.0) as url:
        bench = Bench(folder, url)
        bench.think(draft(messages(10)), bench.postmortem(), "warm")
        loaded = _now()
        for number in range(INTERVIEWS):
            lines, postmortem = messages(200, start=1000 * number), bench.postmortem(number + 1)
            for key in range(3):
                bench.think(draft(lines), postmortem, f"t-{key}")
        after, threads = _now(), threading.active_count()
        bench.close()
    return {"plain": plain, "loaded": loaded, "each": (after - loaded) * 1024 / INTERVIEWS, "threads": threads}


def _memory() -> float:
    """The most memory that this process has had, in MB."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1 << 20 if sys.platform == "darwin" else 1 << 10)


def _now() -> float:
    """The memory of this process now, in MB; where the system does not tell, the most that it has had."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() / (1 << 20)
    except OSError:
        return _memory()


def measure(folder: Path) -> dict[str, float]:
    """Measures all of it and prints what it took."""
    figures.heading(f"Thinking: what it takes beside a model that answers after {LATENCY:.0f} s")

    def child(*words: str) -> dict[str, float]:
        place = folder / "-".join(words)
        place.mkdir()
        told = subprocess.run(
            [sys.executable, "-m", "benchmarks.drafting", *words, str(place)],
            cwd=ROOT, capture_output=True, text=True, check=True,
        )  # fmt: skip
        found: dict[str, float] = json.loads(told.stdout.splitlines()[-1])
        return found

    drafts = child("sections")
    ratio = drafts["eight"] / drafts["one"]
    print(
        f"a draft {drafts['one']:.2f} s, {SECTIONS} at once {drafts['eight']:.2f} s: {ratio:.2f} (aim: at most {AIM})"
    )
    for count in (10_000, 100_000):
        told = child("large", str(count))
        print(
            f"{count:>8,} messages: first thought {told['first']:.1f} s ({told['cpu']:.1f} s CPU), the next "
            f"{told['second']:.1f} s; {told['calls']:.0f} calls, {told['tokens']:,.0f} tokens, ${told['cost']:.3f}; "
            f"peak {told['memory']:.0f} MB ({told['before']:.0f} before)",
            flush=True,
        )
    left = child("memory")
    print(
        f"memory: {left['plain']:.0f} MB, {left['loaded']:.0f} MB with the SDK, {left['each']:.0f} KB an interview, "
        f"{left['threads']:.0f} threads"
    )
    return {"drafting": ratio}


if __name__ == "__main__":
    import logging

    import structlog

    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    what, *rest = sys.argv[1:]
    place = Path(rest[-1])
    match what:
        case "sections":
            print(json.dumps(sections(place)))
        case "large":
            print(json.dumps(large(place, int(rest[0]))))
        case _:
            print(json.dumps(memory(place)))
