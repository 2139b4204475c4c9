"""Times said from the instant of reading: ``3시간 전``, ``5 minutes ago``, ``2日前``."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, tzinfo

from scraper.model.moment import Moment, exact

_LABEL = r"(?:[\[(]?(?:입력|등록일?|게시일?|작성일?|수정|업데이트|公開|配信|更新|投稿|published|posted|updated)\s?:?\s?)?"
_AGO = re.compile(
    rf"{_LABEL}(?:about\s|약\s|約)?(?P<n>\d{{1,3}}|an?)\s?(?:(?P<second>초|秒|sec(?:ond)?s?)|(?P<minute>분|分|min(?:ute)?s?)|(?P<hour>시간|時間|hours?|hrs?)"
    r"|(?P<day>일|日|days?)|(?P<week>주일?|週間?|weeks?))\s?(?:전|前|ago)[)\]]?"
)
_NOW = re.compile(rf"{_LABEL}(?:방금(?:\s?전)?|たった今|just now)")


def ago(plain: str, raw: str, now: datetime, zone: tzinfo) -> Moment | None:
    """Return the Moment that ``plain`` (the whole of it, lower-case) names as seen from ``now`` (aware), in ``zone``; None where it is none.

    The precision is ``inferred``.
    """
    here = now.astimezone(zone)
    if _NOW.fullmatch(plain):
        return exact(here, raw, "inferred")
    found = _AGO.fullmatch(plain)
    if not found:
        return None
    count = int(found["n"]) if found["n"].isdecimal() else 1
    return exact(here - timedelta(**{f"{found.lastgroup}s": count}), raw, "inferred")
