"""New statements and first mentions on the sheet: who published when and who has not, the proof, what changed, where to look further."""

from __future__ import annotations

from collections.abc import Iterator

from scraper.model.digest import Change, Comparable, Difference, NewInitiative, NewStatement, Publication
from scraper.model.flag import JOINT
from scraper.model.initiative import Near
from scraper.stages.digest.frame import Frame, dotted, marked
from scraper.stages.digest.sheet import Fact, Item, Part
from scraper.stages.digest.terms import INITIATIVES, KINDS, LANGUAGES, LEVELS


def statement(frame: Frame, item: NewStatement) -> Item:
    """Return a statement as an Item, with the first mentions of the digest that stand in it."""
    say = frame.say
    side = "" if item.side == JOINT and item.kind.startswith(JOINT) else frame.side(item.side)
    words = (frame.term(KINDS, item.kind), side, frame.term(LEVELS, item.level), item.place, frame.day(item.date) or say["undated"])
    badges = ((say["placeholder"], item.placeholder), (say["late"], item.late))
    return Item(
        Part(item.title, item.url, item.language),
        tuple(badge for badge, holds in badges if holds),
        dotted(*words),
        facts=tuple(_published(frame, item)),
        within=tuple(_mention(frame, one, alone=False) for one in frame.digest.initiatives if one.statement_id == item.id),
        more=tuple(_compared(frame, item)),
        links=_links(
            (say["link_page"], item.addresses.page),
            (say["link_capture"], item.addresses.capture),
            (say["link_cite"], item.addresses.cite),
            (say["link_compare"], item.addresses.compare),
        ),
    )


def initiative(frame: Frame, item: NewInitiative) -> Item:
    """Return a first mention as an Item of its own, with what its statement is."""
    return _mention(frame, item, alone=True)


def _links(*links: tuple[str, str]) -> tuple[Part, ...]:
    return tuple(Part(text, url) for text, url in links if url)


# --- who published when


def _published(frame: Frame, item: NewStatement) -> Iterator[Fact]:
    if item.published:
        yield frame.fact(frame.say["published"], *_publications(frame, item))
    absent = _absent(frame, item)
    if absent:
        yield frame.fact(frame.say["not_yet"], *((Part(_awaited(frame, side)),) for side in absent))
    if item.elsewhere:
        yield frame.fact(frame.say["elsewhere"], (Part(frame.sides(item.elsewhere)),))


def _publications(frame: Frame, item: NewStatement) -> Iterator[tuple[Part, ...]]:
    """The first page of each side; how many more it has is told behind it."""
    by_side: dict[str, list[Publication]] = {}
    for one in item.published:
        by_side.setdefault(one.side, []).append(one)
    for first, *more in by_side.values():
        rest = (Part("; " + frame.say.counted("more_pages", len(more))),) if more else ()
        yield (*_publication(frame, first), *rest)


def _publication(frame: Frame, item: Publication) -> tuple[Part, ...]:
    who = dotted(frame.side(item.side), item.publisher)
    language = f" ({frame.term(LANGUAGES, item.language)})" if item.language else ""
    when = "; ".join(word for word in (frame.brief(item.published_at), _seen(frame, item)) if word)
    return (Part(who or item.url, item.url), Part(f"{language} - {when}" if when else language))


def _seen(frame: Frame, item: Publication) -> str:
    if not item.seen_before:
        return ""
    if not item.seen_after or frame.brief(item.seen_after) == frame.brief(item.seen_before):
        return frame.say.filled("seen_by", end=frame.brief(item.seen_before))
    start, end = frame.bracket(item.seen_after, item.seen_before)
    return frame.say.filled("seen_between", start=start, end=end)


def _absent(frame: Frame, item: NewStatement) -> tuple[str, ...]:
    """The sides without a text of their own yet; a placeholder says so of all by its badge."""
    there = {one.side for one in item.published} | set(item.elsewhere)
    if item.placeholder or not item.published or JOINT in there:
        return ()
    return tuple(side for side, _ in frame.digest.sides if side not in there)


def _awaited(frame: Frame, side: str) -> str:
    """A side that has not published, and when its pages were last seen."""
    looked = next((one.looked_at for one in frame.digest.attendance if one.party == side), "")
    return frame.say.filled("looked", side=frame.side(side), time=frame.brief(looked)) if looked else frame.side(side)


# --- against what it stands


def _compared(frame: Frame, item: NewStatement) -> Iterator[Fact]:
    say = frame.say
    if item.comparable is not None:
        yield frame.fact(say["since_last"], *_changes(frame, item.comparable))
    if item.differences:
        yield frame.fact(say["differ"], *((Part(_difference(frame, one)),) for one in item.differences))
    if item.copies:
        yield frame.fact(say["copies"], (Part(_copies(frame, item)),))
    if item.languages:
        yield frame.fact(say["languages"], (Part(frame.listed(frame.term(LANGUAGES, code) for code in item.languages)),))


def _changes(frame: Frame, item: Comparable) -> Iterator[tuple[Part, ...]]:
    named = dotted(item.title, frame.day(item.date))
    yield (Part(named or item.url, item.url),)
    yield from ((Part(_change(frame, one)),) for one in item.changes)
    rest = item.changed - len(item.changes)
    if not item.changes:
        yield (Part(frame.say["unchanged"]),)
    elif rest > 0:
        yield (Part(frame.say.counted("more_changes", rest)),)


_SAID = {"moved": "change_moved", "dropped": "change_dropped", "taken_up": "change_taken_up", "new": "change_new"}


def _change(frame: Frame, item: Change) -> str:
    now, before = (frame.listed(name or frame.say["absent"] for name in names) for names in (item.after, item.before))
    return frame.say[_SAID[item.kind]].format(formula=item.formula, now=now, before=before)


def _difference(frame: Frame, item: Difference) -> str:
    sides, others = frame.sides(item.parties), frame.sides(item.others)
    if not item.here and not item.there:
        return frame.say.filled("differ_name", name=item.name, sides=sides, others=others)
    here, there = (frame.listed(name or frame.say["absent"] for name in names) or frame.say["absent"] for names in (item.here, item.there))
    return frame.say.filled("differ_formula", name=item.name, here=here, there=there, sides=sides, others=others)


def _copies(frame: Frame, item: NewStatement) -> str:
    more = item.copies - len(item.publishers)
    if not item.publishers:
        return str(item.copies)
    form = "copies_more" if more > 0 else "copies_of"
    return frame.say[form].format(n=item.copies, names=frame.listed(item.publishers), more=more)


# --- first mentions


def _mention(frame: Frame, item: NewInitiative, *, alone: bool) -> Item:
    say = frame.say
    basis = say["ever" if item.basis == "ever" else "in_our_data"]
    badges = ("" if alone else say["first_mention"], basis, say["placeholder"] if item.placeholder and alone else "")
    under = dotted(frame.term(INITIATIVES, item.kind), frame.term(LANGUAGES, item.language) if item.language else "")
    own = (
        (say["link_page"], item.addresses.statement),
        (say["link_capture"], item.addresses.capture),
        (say["link_cite"], item.addresses.cite),
    )
    return Item(
        Part(item.name, language=item.language),
        tuple(badge for badge in badges if badge),
        under,
        _quote(item),
        tuple(_proof(frame, item, alone=alone)),
        links=_links((say["link_initiative"], item.addresses.page), *(own if alone else ())),
        actions=_actions(frame, item),
    )


def _proof(frame: Frame, item: NewInitiative, *, alone: bool) -> Iterator[Fact]:
    say = frame.say
    paragraph = say.filled("paragraph", n=item.paragraph) if item.paragraph else ""
    told = dotted(frame.side(item.side), item.publisher)
    if told or item.url or paragraph:
        source = Part(told or item.url, item.url)
        yield frame.fact(
            say["source"], (source, Part(f", {paragraph}")) if paragraph and source.text else (Part(source.text or paragraph, item.url),)
        )
    if alone and (item.statement_title or item.statement_date):
        yield frame.fact(say["statement"], (Part(dotted(item.statement_title, frame.day(item.statement_date))),))
    if item.earlier:
        yield frame.fact(say["record"], (Part(say.counted("none_of", item.earlier, year=item.since)),))
    percent = f"{round(item.confidence * 100)} %"
    why = (Part(" · "), Part(item.why, language="en")) if item.why else ()
    yield frame.fact(say["confidence"], (Part(percent), *why))
    yield frame.fact(say["nearest"], *(_near(near) for near in item.nearest) if item.nearest else ((Part(say["no_nearest"]),),))


def _near(near: Near) -> tuple[Part, ...]:
    why = (Part(" - "), Part(near.why, language="en")) if near.why else ()
    return (Part(f"{near.name} ({near.id})"), *why)


def _actions(frame: Frame, item: NewInitiative) -> tuple[Part, ...]:
    say, deciding = frame.say, item.deciding
    into = next((near.name for near in item.nearest if near.id != item.id), "")
    return _links(
        (say["decide_confirm"], deciding.confirm),
        (say.filled("decide_merge", name=into), deciding.merge if into else ""),
        (say["decide_dismiss"], deciding.dismiss),
    )


def _quote(item: NewInitiative) -> tuple[Part, ...]:
    """The evidence sentence with the name marked, and one sentence either side, dimmed."""
    gap = "" if item.language in {"ja", "zh"} else " "
    before = (Part(item.before + gap, language=item.language, dimmed=True),) if item.before else ()
    after = (Part(gap + item.after, language=item.language, dimmed=True),) if item.after else ()
    return (*before, *marked(item.sentence, item.mark, item.language), *after)
