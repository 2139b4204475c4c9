"""Citations of statements: BibTeX, RIS, CSL-JSON and a footnote in Chicago style; values in, strings out."""

from scraper.stages.citing.forms import FORMS, Form, cited

__all__ = ["FORMS", "Form", "cited"]
