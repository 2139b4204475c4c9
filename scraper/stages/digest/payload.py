"""A message for machines: one JSON object (RFC 8259) with every finding of the digest in it.

``format`` is 1; a key may be added under the same number, none is taken away or given another meaning. Texts are those that a reader
sees: cleaned, links http and https only. Empty values are left out of a finding.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from scraper.model.digest import (
    Addresses,
    Attendance,
    Change,
    Comparable,
    Deciding,
    Difference,
    Digest,
    Edit,
    Message,
    NewInitiative,
    NewStatement,
    Notable,
    Rewording,
    SourceTrouble,
)

FORMAT = 1

Finding = dict[str, Any]


def payload_of(digest: Digest, identity: str, subject: str) -> str:
    """Return the JSON of a digest: ``format``, ``id``, ``made_at`` (UTC), ``language``, ``zone``, ``subject`` and ``findings``, the order of
    which is that of the digest but for new initiatives, which come first; and ``watch``, how each government was seen, where any is watched. The
    same digest gives the same characters."""
    rest: Finding = {"zone": digest.zone, "findings": list(_findings(digest))}
    watched = [_attendance(one) for one in digest.attendance]
    return _json(identity, digest.made_at, digest.language, subject, **rest | ({"watch": watched} if watched else {}))


def bare_payload(message: Message) -> str:
    """Return the JSON of a message that tells of no findings: the same keys, ``findings`` empty, and its ``text``."""
    return _json(message.message_id, message.made_at, message.language, message.subject, findings=[], text=message.text)


def _json(identity: str, made_at: str, language: str, subject: str, **rest: object) -> str:
    head = {"format": FORMAT, "id": identity, "made_at": made_at, "language": language, "subject": subject}
    # A lone surrogate, which only text that was never cleaned can hold, is escaped into what every reader of JSON refuses or replaces.
    return json.dumps(head | rest, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace").decode("utf-8")


def _findings(digest: Digest) -> Iterator[Finding]:
    for initiative in digest.initiatives:
        yield _initiative(initiative)
    for statement in digest.statements:
        yield _filled(kind="new_statement", statement=_statement(statement), late=statement.late, placeholder=statement.placeholder)
    for notable in digest.notable:
        yield _notable(notable)
    for rewording in digest.wording:
        yield _rewording(rewording)
    for edit in digest.edits:
        yield _edit(edit)
    for trouble in digest.troubles:
        yield _trouble(trouble)
    yield from (_filled(kind="source_recovered", name=name) for name in digest.recovered)
    yield from (_filled(kind="notice", sentence=said) for said in digest.notices)
    yield from _watch(digest)


def _filled(**values: Any) -> Finding:
    """The values that say something; a number always does."""
    return {key: value for key, value in values.items() if value is not False and value not in ("", (), [], {}, None)}


def _statement(item: NewStatement) -> Finding:
    texts = [
        _filled(side=one.side, publisher=one.publisher, url=one.url, language=one.language, published_at=one.published_at,
                seen_after=one.seen_after, seen_before=one.seen_before)
        for one in item.published
    ]  # fmt: skip
    return _filled(id=item.id, title=item.title, type=item.kind, date=item.date, level=item.level, place=item.place, side=item.side,
                   url=item.url, language=item.language, copies=item.copies, texts=texts, elsewhere=list(item.elsewhere),
                   compared_with=_before(item.comparable), differences=[_record(one) for one in item.differences],
                   links=_record(item.addresses))  # fmt: skip


def _before(item: Comparable | None) -> Finding:
    """The last comparable statement, with the strongest changes since and how many there are."""
    if item is None:
        return {}
    changes = [_record(one) for one in item.changes]
    return _filled(id=item.id, title=item.title, date=item.date, url=item.url, changes=changes, changed=item.changed)


def _record(item: Change | Difference | Addresses | Deciding) -> Finding:
    """What a record says, under the names of its fields."""
    return _filled(**{key: list(value) if isinstance(value, tuple) else value for key, value in asdict(item).items()})


def _attendance(item: Attendance) -> Finding:
    return _filled(party=item.party, place=item.place, answered=item.answered, official=item.official, silent=list(item.silent),
                   looked_at=item.looked_at, blind=item.blind)  # fmt: skip


def _initiative(item: NewInitiative) -> Finding:
    return _filled(
        kind="new_initiative", initiative=_filled(id=item.id, name=item.name, type=item.kind),
        statement=_filled(id=item.statement_id or None) | _named(item), sentence=item.sentence,
        mark=list(item.mark), language=item.language, side=item.side, publisher=item.publisher, url=item.url, basis=item.basis,
        confidence=item.confidence, nearest=[_filled(id=near.id, name=near.name) for near in item.nearest],
        paragraph=item.paragraph or None, earlier_statements=item.earlier or None, earlier_since=item.since, links=_record(item.addresses),
        decide=_record(item.deciding),
    )  # fmt: skip


def _named(item: NewInitiative | Notable | Rewording) -> Finding:
    return _filled(title=item.statement_title, date=item.statement_date)


def _notable(item: Notable) -> Finding:
    return _filled(
        kind=next(iter(item.kinds), "flag"), kinds=list(item.kinds), initiative=_filled(name=item.name), statement=_named(item),
        sentence=item.sentence, language=item.language, side=item.side, publisher=item.publisher, url=item.url, parties=list(item.parties),
        others=list(item.others), instance=item.instance, compared_with=_compared(item.comparator_title, item.comparator_date, item.comparator_url),
        from_comparator=item.from_comparator, confidence=item.confidence,
    )  # fmt: skip


def _rewording(item: Rewording) -> Finding:
    return _filled(
        kind="wording", formula=item.formula, before=list(item.before), after=list(item.after), statement=_named(item), sentence=item.sentence,
        before_sentence=item.before_sentence, language=item.language, side=item.side, publisher=item.publisher, url=item.url,
        compared_with=_compared(item.before_title, item.before_date, item.before_url),
    )  # fmt: skip


def _compared(title: str, date: str, url: str) -> Finding:
    return _filled(title=title, date=date, url=url)


def _edit(item: Edit) -> Finding:
    pieces = [[piece.op, piece.text] for piece in item.pieces]
    return _filled(kind=f"official_edit_{item.kind}", title=item.title, url=item.url, publisher=item.publisher, side=item.side,
                   seen_at=item.seen_at, language=item.language, pieces=pieces)  # fmt: skip


def _trouble(item: SourceTrouble) -> Finding:
    return _filled(kind="source_failing", source=item.id, name=item.name, outcome=item.outcome, since=item.since,
                   last_good=item.last_good, error=item.error, new=item.new)  # fmt: skip


def _watch(digest: Digest) -> Iterator[Finding]:
    report = digest.watch
    if report is not None:
        yield {"kind": "watch_report", "complete": report.complete, "answered": report.answered, "official": report.official,
               "polls": report.polls, "good": report.good, "statements": report.statements, "blind_minutes": report.blind_minutes}  # fmt: skip
