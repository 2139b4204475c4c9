"""How well, how fast and in how much memory copies of a text are found among many, beside libraries for near duplicates."""
