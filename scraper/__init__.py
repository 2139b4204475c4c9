"""trilateral: a scheduled news monitor for statements that three governments make together."""

__version__ = "0.1.0"
