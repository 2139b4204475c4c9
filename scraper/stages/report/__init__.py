"""The report of a month in Markdown: tables, proofs and footnotes; values in, a string out."""

from scraper.stages.report.markdown import escaped
from scraper.stages.report.monthly import monthly

__all__ = ["escaped", "monthly"]
