"""Where everything is kept that must survive the process: SQLite or PostgreSQL, by the same code."""
