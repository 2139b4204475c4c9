"""What waits for a person's decision, for whoever is signed in; each decision is made on the page behind a signed link of one hour.

Looking at the list writes nothing, and a button on it only leads to that page.
"""

from __future__ import annotations

import hmac
from dataclasses import replace

from scraper.errors import InputError
from scraper.jobs import awaiting
from scraper.pages.asking import Answer, Ask, moved
from scraper.pages.frame import page
from scraper.pages.reviewing import PRIVATE

AT_ONCE = 30
"""Initiatives on one page of the list."""
_MOST_DIGITS = 6


def waiting(ask: Ask) -> Answer:
    """Answer ``/review``: the list (GET), or the way to the page that asks for a decision (POST); 403 for whoever is not signed in."""
    who = person(ask)
    if not who:
        answer = page(ask, "signin.html", status=403)
    elif ask.method == "POST":
        answer = _led(ask, who)
    else:
        answer = _listed(ask, who)
    return replace(answer, headers={**answer.headers, **PRIVATE})


def person(ask: Ask) -> str:
    """Return who is signed in, as the rows of decisions will say, else an empty string."""
    return " ".join(str((ask.actor or {}).get("id") or "").split())


def _listed(ask: Ask, who: str) -> Answer:
    text = ask.query.get("after", "0")
    after = int(text) if text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS else 0
    rows, total = awaiting.waiting(ask.site.desk, ask.store, limit=AT_ONCE, after=after)
    return page(ask, "reviews.html", rows=rows, total=total, who=who, csrf=ask.csrf(), after=after, more=after + len(rows), at_once=AT_ONCE)


def _led(ask: Ask, who: str) -> Answer:
    """To the page that asks; the form's token is the one of the browser's cookie, never without one."""
    if not hmac.compare_digest(ask.form.get("csrftoken", "").encode(), ask.csrf().encode()):
        raise InputError("the form was not ours, or stood open too long; open the list again, and press the button there")
    action, _, into = ask.form.get("decision", "").partition(" ")
    token = awaiting.token(ask.site.config, ask.site.home, ask.store, action, ask.form.get("initiative", ""), into, who)
    return moved(ask, "review", token, status=303)
