"""Every conversation is held on both databases."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from storage.database import Database
from tests.conversations.talk import Talk, conversation
from tests.fakes.databases import database, database_url

__all__ = ["database", "database_url"]


@pytest.fixture
def talk(database: Database) -> Iterator[Talk]:
    """A postmortem of the small incident whose first question stands."""
    with conversation(database) as begun:
        yield begun
