"""The database, one file a noun; the only room that knows SQLite."""
