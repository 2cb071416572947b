"""Every test here runs on both databases."""

from __future__ import annotations

from tests.fakes.databases import database, database_url, empty_url

__all__ = ["database", "database_url", "empty_url"]
