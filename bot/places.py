"""Where the files that ship beside the code are, and which of a team's own files are used instead."""

from __future__ import annotations

from pathlib import Path

#: The folder that holds `bot/`, and beside it `prompts/`, `templates/` and the manifest.
ROOT = Path(__file__).resolve().parent.parent
PROMPTS = ROOT / "prompts"
TEMPLATES = ROOT / "templates"
MANIFEST = ROOT / "manifest.json"


def laid_over(shipped: Path, own: Path | None, suffix: str) -> dict[str, Path]:
    """Every file below `shipped` with this suffix by its name there (`service.toml`, `documents/short.md.j2`).

    A file of the same name below `own` takes its place, and further files there are added.
    """
    found: dict[str, Path] = {}
    for folder in (shipped, own):
        if folder is not None:
            found |= {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob(f"*{suffix}"))}
    return found
