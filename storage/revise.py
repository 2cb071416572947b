"""Write the next migration: `python -m storage.revise "what changes"` compares the tables with the migrations so far.

What it writes is a proposal: it sees new and dropped columns, and takes a renamed one for both.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory

from storage import migrate


def revise(message: str, migrations: Path = migrate.MIGRATIONS) -> Path:
    """Write the migration that brings the newest tables of `migrations` to those of the code; gives back its file."""
    config = Config()
    config.set_main_option("script_location", str(migrations).replace("%", "%%"))
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    newest = ScriptDirectory.from_config(config).get_current_head() or "0"
    with tempfile.TemporaryDirectory() as folder:
        url = sa.make_url(f"sqlite:///{folder}/revise.db")
        migrate.upgrade(url, migrations)
        engine = sa.create_engine(url, poolclass=sa.NullPool)
        with engine.connect() as connection:
            config.attributes["connection"] = connection
            written = command.revision(config, message, autogenerate=True, rev_id=f"{int(newest) + 1:04d}")
    if written is None or isinstance(written, list):
        raise RuntimeError("no migration was written")
    return Path(written.path)


if __name__ == "__main__":
    print(revise(" ".join(sys.argv[1:]) or sys.exit("Say what changes.")))  # noqa: T201
