"""How long our pages, and Datasette's own beside them, take on a large database while a daemon writes to it."""
