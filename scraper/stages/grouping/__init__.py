"""One statement, however many copies."""
