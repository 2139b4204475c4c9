"""The life of an initiative as its page tells it: where it is named, who named it first, and what was flagged of it."""

from __future__ import annotations

from scraper.storage.store import Row, Store

_HELD = "m.initiative_id = ? AND m.revision_id IS NULL"

_STANDING = "mentions m JOIN articles a ON a.id = m.article_id JOIN statements s ON s.id = a.statement_id"
_ORDER = "s.date DESC, s.id DESC, a.id <> s.lead_article_id, NOT a.official, a.id, m.id"
# A name may stand in thousands of pages: what is shown is read of those alone that are chosen.
_MENTIONS = f"""SELECT m.id, m.name, m.sentence, m.language, m.status, m.cue, m.instance, m.confidence, m.why, a.id AS article_id, a.publisher, a.url,
  a.official, a.grade, a.id = s.lead_article_id AS lead, s.id AS statement_id, s.title AS statement, s.date, s.side, l.language AS statement_language
  FROM (SELECT m.id AS chosen FROM {_STANDING} WHERE {_HELD} ORDER BY {_ORDER} LIMIT ?) JOIN {_STANDING} LEFT JOIN articles l ON l.id = s.lead_article_id
  WHERE m.id = chosen ORDER BY {_ORDER}"""

_FIRSTS = f"""WITH ranked AS MATERIALIZED (
  SELECT m.id AS chosen, row_number() OVER (PARTITION BY coalesce(s.side, '')
    ORDER BY s.date IS NULL, s.date, NOT a.official, a.id <> s.lead_article_id, a.published_at IS NULL, a.published_at, m.id) AS place FROM {_STANDING} WHERE {_HELD})
  SELECT coalesce(s.side, '') AS side, s.date, s.id AS statement_id, s.title AS statement, m.id AS mention_id, m.name, m.sentence, m.language, m.status,
    a.id AS article_id, a.publisher, a.url, a.id = s.lead_article_id AS lead, l.language AS statement_language
  FROM ranked CROSS JOIN {_STANDING} LEFT JOIN articles l ON l.id = s.lead_article_id
  WHERE ranked.place = 1 AND m.id = chosen ORDER BY s.date IS NULL, s.date, m.id"""

_FLAGS = """SELECT f.id, f.kind, f.basis, f.party, f.instance, f.flagged_at, f.superseded_at, f.reason, f.confidence, f.mention_id,
  coalesce(f.sentence, m.sentence) AS sentence, m.name, m.language, s.id AS statement_id, s.title AS statement, s.date,
  (SELECT min(d.settled_at) FROM alerts x JOIN deliveries d ON d.alert_id = x.id WHERE x.flag_id = f.id AND d.state = 'sent') AS told_at
  FROM flags f LEFT JOIN mentions m ON m.id = f.mention_id
  LEFT JOIN aliases b ON b.kind = 'statement' AND b.old_id = CAST(f.statement_id AS TEXT)
  LEFT JOIN statements s ON s.id = coalesce(CAST(b.new_id AS INTEGER), f.statement_id)
  WHERE f.initiative_id = ?1 OR f.initiative_id IN (SELECT old_id FROM aliases WHERE kind = 'initiative' AND new_id = ?1)
  ORDER BY f.superseded_at IS NOT NULL, f.id DESC LIMIT ?2"""


def counted(store: Store, slug: str) -> Row | None:
    """Return how often the initiative of this very slug is named: ``mentions``, ``articles``, ``statements``; None where there is none."""
    return store.row(
        "SELECT count(m.id) AS mentions, count(DISTINCT m.article_id) AS articles, count(DISTINCT a.statement_id) AS statements FROM initiatives i "
        "LEFT JOIN mentions m ON m.initiative_id = i.id AND m.revision_id IS NULL LEFT JOIN articles a ON a.id = m.article_id "
        "WHERE i.id = ? GROUP BY i.id",
        (slug,),
    )


def names(store: Store, slug: str) -> list[Row]:
    """Return the names of an initiative, those of the registry and those that texts have, by language: ``name``, ``language``, ``known``
    (whether it stands beside the initiative and not only in texts), ``uses`` (mentions of just this form)."""
    return store.rows(
        "WITH used AS (SELECT name, language, count(*) AS uses FROM mentions WHERE initiative_id = ?1 AND revision_id IS NULL GROUP BY name, language), "
        "forms AS (SELECT name, language FROM initiative_names WHERE initiative_id = ?1 UNION SELECT name, language FROM used) "
        "SELECT f.name, f.language, n.name IS NOT NULL AS known, coalesce(u.uses, 0) AS uses FROM forms f "
        "LEFT JOIN initiative_names n ON n.initiative_id = ?1 AND n.name = f.name AND n.language = f.language "
        "LEFT JOIN used u ON u.name = f.name AND u.language = f.language ORDER BY f.language, uses DESC, f.name",
        (slug,),
    )


def mentions(store: Store, slug: str, limit: int) -> list[Row]:
    """Return where an initiative is named now, newest statement first and in it the lead first: the mention, its article and statement;
    ``lead`` tells whether the article's words are the statement's."""
    return store.rows(_MENTIONS, (slug, limit))


def firsts(store: Store, slug: str) -> list[Row]:
    """Return the first mention of an initiative in statements of each side, the earliest side first and of one day in the lead's own words: ``side`` (joint, a
    party's id, or empty for reports that are nobody's own), ``date``, ``sentence``, ``name``, and where it stands."""
    return store.rows(_FIRSTS, (slug,))


def flags(store: Store, slug: str, limit: int) -> list[Row]:
    """Return the flags of an initiative, those in force first, also those raised under a slug that became this one; ``told_at`` is when
    a message about it was taken (UTC), None where none was."""
    return store.rows(_FLAGS, (slug, limit))
