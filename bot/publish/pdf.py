"""How does a document become a PDF? By WeasyPrint, an extra, from the same HTML that people read and print."""

from __future__ import annotations

import hashlib
import importlib
import logging
import os
import sys
from typing import Any

from bot.errors import PdfMissing, PdfRefused

#: On paper a link leads nowhere; in a file it does.
LINKED = "a.small{display:inline !important}a{color:#1f5a8c}"

#: How a process ends in which the extra is not there.
MISSING = 3


def child() -> None:
    """What a process does that makes one PDF: the page comes in, the file goes out. It lets others go first."""
    os.nice(10)
    try:
        made = pdf(sys.stdin.buffer.read().decode())
    except PdfMissing:
        sys.exit(MISSING)
    except PdfRefused as err:
        sys.exit(err.why)
    sys.stdout.buffer.write(made)


def pdf(html: str) -> bytes:
    """The page as a PDF that loads nothing; the same page gives the same bytes. Raises PdfMissing and PdfRefused."""
    try:
        weasyprint: Any = importlib.import_module("weasyprint")
    except (ImportError, OSError) as err:  # OSError: the library that it draws letters with is not there
        raise PdfMissing from err
    for name in ("weasyprint", "fontTools"):
        # What it says of styles that paper does not have is of no use to anybody.
        logging.getLogger(name).setLevel(logging.ERROR)
    identifier = hashlib.sha256(html.encode("utf-8", "replace")).digest()[:16]
    try:
        page = weasyprint.HTML(string=html, url_fetcher=_nothing)
        made = page.write_pdf(pdf_identifier=identifier, pdf_tags=True, stylesheets=[weasyprint.CSS(string=LINKED)])
    except (ValueError, RuntimeError, OSError) as err:
        raise PdfRefused(type(err).__name__) from err
    return bytes(made)


def _nothing(url: str, *_: object, **__: object) -> Any:
    raise ValueError("a document loads nothing")
