"""How to cite a statement: every form on one page, and each as a file for reference managers."""

from __future__ import annotations

from typing import Final

from scraper.errors import NotFound
from scraper.jobs.citing import citation
from scraper.pages.asking import Answer, Ask, moved
from scraper.pages.frame import page
from scraper.stages.citing import FORMS, cited

_BY_SUFFIX: Final = {form.suffix: name for name, form in FORMS.items()}


def cite(ask: Ask) -> Answer:
    """Show the citation of a statement in every form; a statement that became another leads to that."""
    number, other = ask.standing("statement")
    if other:
        return moved(ask, "statement", number, "cite")
    one = citation(ask.site.config, ask.store, str(number))
    forms = [(form.title, form.suffix, cited((one,), name)) for name, form in FORMS.items()]
    return page(ask, "cite.html", number=number, one=one, forms=forms)


def cite_file(ask: Ask) -> Answer:
    """Hand out the citation in one form, as a file; raises NotFound for a form that there is not."""
    name = _BY_SUFFIX.get(ask.keys["suffix"])
    if name is None:
        raise NotFound("there is no such form")
    number, other = ask.standing("statement")
    if other:
        return moved(ask, "statement", number, f"cite.{FORMS[name].suffix}")
    text = cited((citation(ask.site.config, ask.store, str(number)),), name)
    file = f'attachment; filename="trilateral-{number}.{FORMS[name].suffix}"'
    return Answer(text.encode("utf-8", "replace"), content_type=FORMS[name].media, headers={"Content-Disposition": file})
