"""The page behind a signed link of a digest: what it would do, one button, and the deed.

Only a POST with the token of its own form does anything, and each link once; a GET or HEAD, however often, changes nothing. Answers are kept
nowhere, and the address of the page, which is the leave to act, goes on to no other site. It speaks the language of the digest; what went
wrong in particular is told in English.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from scraper import app
from scraper.catalogues import CATALOGUES, SOURCE
from scraper.catalogues.phrases import phrases
from scraper.errors import DatabaseBusy, LinkRefused, TrilateralError
from scraper.jobs import linking
from scraper.model.links import ReviewLink, read_link, spoken
from scraper.pages.asking import Answer, Ask
from scraper.pages.frame import page
from scraper.stages.digest.dates import moment

PRIVATE = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex, nofollow"}
"""The headers of every answer here."""

STATUS = {
    "malformed": 404, "not_found": 404, "forged": 403, "stored": 403, "form": 403, "expired": 410, "used": 409, "moved": 409, "input": 409,
    "busy": 503,
}  # fmt: skip
"""What is answered to a failure, by its code."""

_DECISIONS = ("confirmed", "renamed", "merged", "dismissed")
"""The words for what was decided so far, as :func:`scraper.jobs.lives.decision` gives them."""

_AGAIN = {"Retry-After": "30"}


def review(ask: Ask) -> Answer:
    """Show what a signed link would do (GET), or do it (POST); what cannot be done is told and changes nothing."""
    secret = linking.held_secret(ask.site.config, ask.site.home)
    try:
        answer = _done(ask, secret) if ask.method == "POST" else _asked(ask, secret)
    except TrilateralError as error:
        if error.code not in STATUS:
            raise
        answer = _refused(ask, error, spoken(ask.keys["token"], secret) if secret else SOURCE)
    return replace(answer, headers={**answer.headers, **PRIVATE})


def _link(ask: Ask, secret: str) -> ReviewLink:
    if not secret:
        raise LinkRefused("no link was ever signed here", code="forged")
    return read_link(ask.keys["token"], secret, ask.site.clock())


def _asked(ask: Ask, secret: str) -> Answer:
    case = linking.case(ask.site.config, ask.site.home, ask.site.clock, _link(ask, secret))
    return page(ask, "review.html", case=case, decided=_decided(case), csrf=ask.csrf(), **_speaking(case.link.language, case.link.action))


def _decided(case: linking.Case) -> str:
    return case.decision if case.decision in _DECISIONS else _DECISIONS[0]


def _done(ask: Ask, secret: str) -> Answer:
    """Do what the link says, beside whatever other process writes; the form's token is the one of the browser's cookie, never without one."""
    link = _link(ask, secret)
    if not hmac.compare_digest(ask.form.get("csrftoken", "").encode(), ask.csrf().encode()):
        raise LinkRefused("the form was not ours, or stood open too long; open the link again, and press the button there", code="form")
    with app.rooms(ask.site.home, {}, config=ask.site.config, alone=False) as rooms:
        made = linking.decide(rooms, link)
    return page(ask, "reviewed.html", link=link, made=made, **_speaking(link.language, link.action))


def _refused(ask: Ask, error: TrilateralError, language: str) -> Answer:
    """What was wrong, as a page; a database that is busy is no fault of the link."""
    busy, text = isinstance(error, DatabaseBusy), str(error)
    told = "" if busy else f"{text[:1].upper()}{text[1:]}."
    answer = page(ask, "unreviewed.html", status=STATUS[error.code], code=error.code, told=told, **_speaking(language))
    return replace(answer, headers=_AGAIN) if busy else answer


def _speaking(language: str, action: str = "") -> Mapping[str, Any]:
    """What the templates speak with, ``about`` being the words for an action; English where no catalogue has the language."""
    known = language if language in CATALOGUES else SOURCE
    say = phrases(known, "review")
    keys = (f"question_{action}", f"does_{action}", f"button_{action}", f"done_{action}", f"told_{action}") if action else ()
    about = {key.partition("_")[0]: key for key in keys}
    return {
        "language": known,
        "say": say,
        "about": about,
        "moment": lambda value: moment(value, "UTC", known) + (" UTC" if "T" in value else ""),
    }
