"""Where is a PDF made so that it holds nobody up? In a process of its own, which yields to the bot and may be ended."""

from __future__ import annotations

import subprocess
import sys
import threading

from bot.errors import PdfMissing, PdfRefused
from bot.places import ROOT
from bot.publish.pdf import MISSING

#: Seconds that it may take; a long full report takes about ten on a slow computer.
WITHIN = 60.0
CHILD = (sys.executable, "-c", "from bot.publish.pdf import child; child()")


class PdfProcess:
    """Makes PDFs, each in a process of its own, until it is stopped."""

    def __init__(self, within: float = WITHIN, command: tuple[str, ...] = CHILD) -> None:
        self.within, self.command = within, command
        self._lock = threading.Lock()
        self._running: set[subprocess.Popen[bytes]] = set()
        self._stopped = False

    def make(self, html: str) -> bytes:
        """The page as a PDF, the same bytes as `pdf.py` makes. Raises PdfMissing and PdfRefused."""
        pipe = subprocess.PIPE
        with self._lock:
            if self._stopped:
                raise PdfRefused("the bot is being stopped")
            try:
                process = subprocess.Popen(self.command, stdin=pipe, stdout=pipe, stderr=pipe, cwd=ROOT)  # noqa: S603 -- our own words
            except OSError as err:
                raise PdfRefused(type(err).__name__) from err
            self._running.add(process)
        with process:
            try:
                made, said = process.communicate(html.encode("utf-8", "replace"), self.within)
            except subprocess.TimeoutExpired as err:
                raise PdfRefused(f"it took longer than {self.within:g} seconds") from err
            finally:
                with self._lock:
                    self._running.discard(process)
                process.kill()
        if process.returncode == MISSING:
            raise PdfMissing
        if process.returncode or not made:
            raise PdfRefused("the bot is being stopped" if self._stopped else _why(said))
        return made

    def stop(self) -> None:
        """Ends what is being made, and makes nothing more."""
        with self._lock:
            self._stopped = True
            for process in self._running:
                process.kill()


def _why(said: bytes) -> str:
    """The last line that it said: the name of an error."""
    lines = said.decode("utf-8", "replace").strip().splitlines()
    return lines[-1].partition(":")[0] if lines else "its process ended"
