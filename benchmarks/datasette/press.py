"""Rows of statements, of the articles that carry them, and of everything that was concluded from both."""

from __future__ import annotations

import json
import struct
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random

from benchmarks.datasette.acts import Act, Named
from benchmarks.datasette.sink import Sink
from benchmarks.datasette.texts import Place, Text, introduced, written
from benchmarks.datasette.words import LANGUAGES, drawn, tongue
from scraper.model.source import Source
from scraper.model.wording import Watched
from scraper.text import spaced

_HASHES = (120, 320)
"""Hashes of a sketch."""
_STATES = ("proposed", "announced", "launched", "convened", "reaffirmed", "reaffirmed", "reaffirmed")
_GRADES = (("verbatim", "copy"), ("verbatim", "copy"), ("rewrite", "rewrite"), ("report", "report"), ("report", "report"))
_WHY = json.dumps(["+0.50 the title names the parties together", "+0.30 the act is reported in a verb of saying", "+0.20 an official page"])


@dataclass(slots=True)
class Press:
    """Writes acts: ids of articles and mentions rise in the order of their acts; ``firsts`` is the first statement of each initiative."""

    sink: Sink
    sources: Sequence[Source]
    watched: Watched
    articles: int = 0
    mentions: int = 0
    flags: int = 0
    firsts: dict[str, tuple[int, str]] = field(default_factory=dict)
    pages: list[tuple[int, str, str, str]] = field(default_factory=list)

    def write(self, act: Act) -> None:
        """Write one act with its event, where it is the first of it."""
        chance = drawn(f"act {act.number}")
        body = self._body(chance, act, act.language)
        lead = self.articles + 1
        if act.first:
            self._event(act)
        bodies = {act.language: (body, _sketch(chance))}
        carried = [self._article(chance, act, copy, bodies) for copy in range(act.pages)]
        self._statement(act, carried[0], lead)
        self._concluded(chance, act, lead)

    def _body(self, chance: Random, act: Act, code: str) -> Text:
        named = [(one.slug, one.names.get(code, one.names["en"])) for one in act.named]
        return written(chance, code, named)

    def _event(self, act: Act) -> None:
        at = f"{act.day}T09:00:00Z"
        self.sink.put("events", id=act.event, name=_name(act), date=str(act.day), place=act.place, level=act.level, first_seen_at=at)
        for side, office in (("KR", "장관"), ("US", "Secretary"), ("JP", "大臣"), ("US", "Spokesperson")):
            self.sink.put("participants", event_id=act.event, person=f"Person {act.event % 900}", office=office, party=side)

    def _statement(self, act: Act, body: Text, lead: int) -> None:
        self.sink.put(
            "statements", id=act.number, event_id=act.event, title=act.title, kind=act.kind, side=act.side or None, date=str(act.day), level=act.level,
            place=act.place, lead_article_id=lead, first_seen_at=f"{act.day}T09:05:00Z", placeholder=int(act.reported),
        )  # fmt: skip
        self.sink.put("statements_fts", rowid=act.number, title=spaced(f"{act.title} · {_name(act)}"), text=spaced(body.text))
        chain = "" if act.reported else f"{act.level} {act.kind} {act.side} {act.language}"
        self.sink.put("wordings", statement_id=act.number, chain=chain, digest=f"1-{act.number:016x}")

    def _article(self, chance: Random, act: Act, copy: int, bodies: dict[str, tuple[Text, bytes]]) -> Text:
        self.articles += 1
        code = act.language if not copy or chance.random() < 0.7 else chance.choice(LANGUAGES)
        if code not in bodies:
            bodies[code] = (self._body(chance, act, code), _sketch(chance))
        body, sketch = bodies[code]
        grade, relation = ("official", "original") if not copy and not act.reported else chance.choice(_GRADES)
        if grade == "report":
            named = [(one.slug, one.names.get(code, one.names["en"])) for one in act.named[:1]]
            body, sketch = written(chance, code, named, 0.5), _sketch(chance)
        text = introduced(tongue(code), self.articles, body) if copy else body
        source = _source(chance, self.sources, act, copy)
        self.sink.put("articles", **_article(self.articles, act, copy, code, grade, relation, text, body, sketch, source, chance))
        self._beside(act, code, text, chance)
        return body

    def _beside(self, act: Act, code: str, text: Text, chance: Random) -> None:
        """What stands beside an article's row: where its page lies, its search text, the names in it, and how it changed."""
        number = self.articles
        seen = f"{act.day}T1{number % 10}:00:00Z"
        self.sink.put(
            "captures", id=number, url=url(number), fetched_at=seen, status=200, content_type="text/html", file=f"kept-{act.day.year}.warc.gz",
            offset=number * 9000, length=8500, digest=f"{number:064x}", kept=1,
        )  # fmt: skip
        self.sink.put("articles_fts", rowid=number, title=spaced(act.title), text=spaced(text.text))
        self.sink.put("rereadings", article_id=number, next_at=None, last_at=seen, outcome="none")
        for key in (f"d:{act.day}", f"t:{act.number}"):
            self.sink.put("article_keys", key=key, article_id=number)
        for place in text.places:
            self._mention(number, code, place)
        if chance.random() < 0.03:
            diff = json.dumps([["same", text.text[:300]], ["gone", "was"], ["new", "is"]])
            self.sink.put("revisions", article_id=number, seen_at=seen, text=text.text, kind="substance", title=act.title, diff=diff, kept_share=0.98, digest="d")  # fmt: skip

    def _mention(self, article: int, code: str, place: Place) -> None:
        self.mentions += 1
        self.sink.put(
            "mentions", article_id=article, initiative_id=place.slug, field="text", name=place.name, start=place.start, end=place.end,
            sentence=place.sentence, cue="welcomed", rule="known/1", language=code, status="reaffirmed", confidence=1.0, why="a known name", head="dialogue",
            instance="", abbreviation="", registry_id=place.slug, sentence_before=place.before, sentence_after=place.after,
        )  # fmt: skip

    def _concluded(self, chance: Random, act: Act, lead: int) -> None:
        """Observations, flags and formulae of a statement whose first article is ``lead``."""
        mention = self.mentions or None
        for one in act.named:
            state = chance.choice(_STATES)
            self.sink.put(
                "observations", initiative_id=one.slug, statement_id=act.number, status=state, cue="welcomed", date=str(act.day), side=act.side or None, mention_id=mention
            )  # fmt: skip
            if one.slug not in self.firsts:
                self.firsts[one.slug] = (act.number, f"{act.day}T09:05:00Z")
                self._flag(act, "new_initiative", one, mention)
            elif chance.random() < 0.15:
                self._flag(act, chance.choice(("first_by_party", "revived", "new_instance", "divergence")), one, mention)
        if not act.reported:
            for formula in chance.sample(self.watched.formulas, min(4, len(self.watched.formulas))):
                variant = chance.choice(formula.variants).id
                self.sink.put(
                    "formulae",
                    formula=formula.id,
                    variant=variant,
                    statement_id=act.number,
                    sentence=chance.choice(tongue(act.language).sentences),
                )
        self.pages.append((act.number, url(lead), str(act.day), act.title))

    def _flag(self, act: Act, kind: str, one: Named, mention: int | None) -> None:
        self.flags += 1
        gone = f"{act.day}T12:00:00Z" if self.flags % 12 == 0 else None
        self.sink.put(
            "flags", id=self.flags, kind=kind, basis="in_our_data", initiative_id=one.slug, statement_id=act.number, mention_id=mention,
            flagged_at=f"{act.day}T09:05:00Z", superseded_at=gone, reason="one name, not known to the registry", confidence=0.8, party=act.side or None,
        )  # fmt: skip


def _name(act: Act) -> str:
    return f"{act.level}, {act.day}"


def url(article: int) -> str:
    """Return the address of an article's page."""
    return f"https://press{article % 400}.example.org/{article % 30}/article-{article}"


def _sketch(chance: Random) -> bytes:
    count = chance.randint(*_HASHES)
    return struct.pack(f"<{count}Q", *sorted(chance.getrandbits(64) for _ in range(count)))


def _source(chance: Random, sources: Sequence[Source], act: Act, copy: int) -> Source:
    own = [one for one in sources if one.official and one.party == act.side] if not copy else []
    return chance.choice(own or list(sources))


def _article(
    number: int, act: Act, copy: int, code: str, grade: str, relation: str, text: Text, body: Text, sketch: bytes, source: Source, chance: Random
) -> dict[str, object]:  # fmt: skip
    day, start = str(act.day), len(text.text) - len(body.text)
    exact = chance.random() < 0.6
    at = f"{day}T{8 + copy % 12:02d}:{number % 60:02d}:00Z"
    return {
        "id": number, "url": url(number), "canonical_url": url(number), "source_id": source.id, "publisher": source.publisher, "party": source.party,
        "official": int(source.official), "title": act.title, "language": code, "published_at": at if exact else day,
        "published_precision": "minute" if exact else "date", "published_raw": at, "published_day": day, "fetched_at": f"{day}T22:00:00Z",
        "first_seen_at": f"{day}T21:{number % 60:02d}:00Z", "not_seen_before_at": f"{day}T07:00:00Z", "text": text.text, "statement_text": body.text,
        "statement_start": start, "statement_end": len(text.text), "marked": 0, "extractor": "trafilatura", "capture_id": number, "score": 1.0,
        "reasons": _WHY, "kind": act.kind, "side": act.side, "level": act.level, "date": day, "date_stated": 1, "place": act.place, "participants": "[]",
        "rules": "3", "length": len(body.text), "sketch": sketch, "numbers": '["16", "21"]', "names": '["~dprk"]', "component": number - copy,
        "statement_id": act.number, "relation": relation, "grade": grade, "similarity": 1.0, "reason": "the same words",
    }  # fmt: skip


def catalogue(sink: Sink, named: Sequence[Named], firsts: dict[str, tuple[int, str]]) -> None:
    """Write initiatives, their names and their search text; those of the registry stand already and get their first statement."""
    for one in named:
        statement, seen = firsts.get(one.slug, (None, None))
        if one.known:
            sink.connection.execute(
                "UPDATE initiatives SET first_statement_id = ?, first_seen_at = ?, status = 'reaffirmed' WHERE id = ?",
                (statement, seen, one.slug),
            )
            continue
        sink.put(
            "initiatives", id=one.slug, name=one.names["en"], kind="dialogue", scope="trilateral-government", status="reaffirmed",
            first_statement_id=statement, first_seen_at=seen, known=0, trilateral=1, reason="one name, not known to the registry", confidence=0.8,
        )  # fmt: skip
        for code, name in one.names.items():
            sink.put("initiative_names", initiative_id=one.slug, name=name, language=code)
    sink.finish()
    rows = sink.connection.execute("SELECT rowid, id, name FROM initiatives WHERE known = 0").fetchall()
    by_slug = {one.slug: one for one in named}
    sink.all(
        "initiatives_fts",
        "rowid name names",
        ((row, spaced(name), spaced(" · ".join(sorted(by_slug[slug].names.values())))) for row, slug, name in rows),
    )
