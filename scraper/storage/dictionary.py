"""The data dictionary: every table and column that an export may hold, with its meaning and unit. What does not stand here is not exported.

Times are UTC as ``YYYY-MM-DDTHH:MM:SSZ``, days ``YYYY-MM-DD``, yes and no 1 and 0. Left out on purpose: alerts, deliveries, digests and channels
(who is told what), who decided a review, marks and indexes that the program makes anew.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

_TYPES: Final = {"i": "integer", "r": "real", "t": "text"}


@dataclass(frozen=True, slots=True)
class Column:
    """A column: ``kind`` is integer, real or text; ``unit`` empty where the meaning says it; ``to`` the table whose key it holds, if any."""

    name: str
    kind: str
    meaning: str
    unit: str = ""
    to: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its meaning, its columns, those that tell its rows apart (``key``), and whether it is exported unless others are named."""

    name: str
    meaning: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    usual: bool = True


def _columns(text: str) -> tuple[Column, ...]:
    """Columns of lines ``name type [unit] >table: meaning``; unit and table may be missing."""
    return tuple(_column(*line.strip().split(": ", 1)) for line in text.strip().splitlines())


def _column(head: str, meaning: str) -> Column:
    name, kind, *more = head.split()
    unit = next((word.strip("[]") for word in more if word.startswith("[")), "")
    to = next((word[1:] for word in more if word.startswith(">")), "")
    return Column(name, _TYPES[kind], meaning, unit, to)


def _table(name: str, key: str, meaning: str, text: str, *, usual: bool = True) -> Table:
    return Table(name, meaning, tuple(key.split()), _columns(text), usual)


_PLACED = """
    event_id i >events: The event
    title t: Title of its lead page
    kind t: joint_statement, readout, press_statement, remarks, fact_sheet, memorandum, preview, report or commentary
    side t: joint, or the party whose own text it is; empty where only reports are known
    date t: Calendar date at the place of the meeting
    level t: Who met: leaders, foreign_ministers and so on
    place t: City, in English
    lead_article_id i >articles: The page that shows it best
    first_seen_at t [UTC]: When a page of it was first seen
    placeholder i [0/1]: 1 while only reports of it are known"""

_PAGE = """
    id i: Number of the page
    url t: Address
    canonical_url t: Address in its normal form, by which pages are told apart
    source_id t >sources: The source that brought it; empty where it was imported
    publisher t: Who published it
    party t: The party whose government publishes it; empty for the press
    official i [0/1]: 1 for a government's own page
    title t: Title of the page
    language t [ISO 639-1]: Language of the text
    published_at t [UTC]: When it was published, as far as it says: a time, or the bare date
    published_precision t: second, minute, date, or inferred
    published_day t: The date as the publisher wrote it
    published_raw t: The string as it was found
    published_zone t: The zone as the page wrote it
    authors t [JSON]: Who signed it
    fetched_at t [UTC]: When the page was read
    first_seen_at t [UTC]: When it was first seen
    not_seen_before_at t [UTC]: Last good poll without it
    text t: Main text; empty where the terms of the source or the choice of this export leave it out
    text_sha256 t [hex]: SHA-256 of the main text as UTF-8, also where the text is left out
    statement_text t: The released statement without the page around it; left out as the text is
    statement_sha256 t [hex]: SHA-256 of the statement's text, also where that is left out
    statement_start i [character]: Where the statement begins in the text
    statement_end i [character]: Where it ends
    length i [character]: Length of the main text
    kind t: What kind of text it was judged to be
    side t: joint, or the party whose own text it is
    level t: Who met
    date t: Day of the act
    place t: City, in English
    score r: Relevance, 0 to 1
    reasons t: Why it counts as an act of the parties
    rules t: Version of the rules that judged it
    capture_id i >captures: The page as it came
    statement_id i >statements: The statement it carries or tells of
    relation t: original, copy, rewrite, report or translation
    grade t: official, official_translation, verbatim, rewrite or report
    similarity r: To the statement's lead text, 0 to 1
    reason t: Why it was placed there"""

_MENTION = """
    id i: Number of the mention
    article_id i >articles: The page
    initiative_id t >initiatives: The initiative
    field t: text or title of the page
    name t: The name as it stands there
    start i [character]: Offset of the name; text[start:end] is the name
    end i [character]: Offset of the first character behind it
    sentence t: The sentence around it: the evidence
    sentence_before t: The sentence before; left out as the text is
    sentence_after t: The sentence behind; left out as the text is
    cue t: Words that give its status
    status t: Status by that cue
    rule t: The rule that found it, with its version
    language t [ISO 639-1]: Language of the page
    instance t: Ordinal or year of a series
    abbreviation t: Abbreviation given with the name
    confidence r: 0 to 1
    why t: Why it is one
    revision_id i: The edit that took it out; its offsets are those in the text before"""

_FLAG = """
    id i: Number of the flag
    kind t: new_initiative, new_instance, first_by_party, revived, omitted, withdrawn, unnamed, wording or divergence
    basis t: in_our_data, or ever as far as is known
    initiative_id t >initiatives: The initiative
    statement_id i >statements: The statement
    mention_id i >mentions: The proof
    formula t: The watched formula
    comparator_id i: The statement it is compared with
    sentence t: What proves it; of an omission the sentence in the comparator
    party t: Whose text says it
    instance t: Ordinal or year of a series
    detail t: Whose text does not say it
    flagged_at t [UTC]: When it was flagged
    superseded_at t [UTC]: When it no longer held
    reason t: Why
    confidence r: 0 to 1"""

TABLES: Final = {
    table.name: table
    for table in (
        _table("events", "id", "Meetings, calls, exercises and joint acts.", """
            id i: Number of the event; never given again
            name t: Name
            date t: Calendar date at the place of the meeting
            place t: City, in English
            level t: Who met
            first_seen_at t [UTC]: When it was first seen"""),
        _table("statements", "id", "Each official text once, or a placeholder while only reports are known.", f"id i: Number of the statement; never given again{_PLACED}"),
        _table("participants", "event_id person office party", "Who took part in an event.", """
            event_id i >events: The event
            person t: Name as written
            office t: Office as written
            party t: Party"""),
        _table("articles", "id", "Pages that are, or tell of, an act of the watched parties.", _PAGE),
        _table("revisions", "id", "Each page as it was before an edit or takedown.", """
            id i: Number of the edit
            article_id i >articles: The page
            seen_at t [UTC]: When the change was seen
            kind t: substance, completed, gone, returned, or rules (no word changed)
            title t: Title as it was before
            text t: Text as it was before; left out as the text of the page is
            text_sha256 t [hex]: SHA-256 of the text as it was before
            diff t [JSON]: The word diff [[op, text], ...]; left out as the text is
            kept_share r: Share of the former words that are still there, 0 to 1"""),
        _table("initiatives", "id", "Dialogues, mechanisms, exercises, bodies and frameworks: those of the registry, and those found.", """
            id t: Identifier, from the name
            name t: Name
            kind t: dialogue, exercise, body and so on
            scope t: Whose it is
            status t: Latest status by its cue in a text
            first_statement_id i >statements: The statement that first named it
            first_seen_at t [UTC]: When it was first seen
            known i [0/1]: 1 where it is in the registry
            trilateral i [0/1]: 1 where it is of the three alone
            reason t: Why it is one
            confidence r: 0 to 1
            nearest t [JSON]: Known initiatives that resemble it
            gone_at t [UTC]: When it no longer held"""),
        _table("initiative_names", "initiative_id name language", "Every name of every initiative.", """
            initiative_id t >initiatives: The initiative
            name t: Name
            language t [ISO 639-1]: Language of the name"""),
        _table("initiative_links", "initiative_id other_id kind", "What one initiative is to another.", """
            initiative_id t >initiatives: The later one, or the precursor
            other_id t >initiatives: The earlier one, or what the precursor came to be
            kind t: precursor, renaming or variant
            reason t: Why
            at t [UTC]: When it was found"""),
        _table("mentions", "id", "Every place where an initiative is named.", _MENTION),
        _table("observations", "initiative_id statement_id status mention_id", "What each statement says of each initiative.", """
            initiative_id t >initiatives: The initiative
            statement_id i >statements: The statement
            status t: proposed, announced, established and so on; not_mentioned where comparable ones before named it
            cue t: The words that say so
            date t: Of the statement
            side t: joint, or a party
            mention_id i >mentions: The proof"""),
        _table("flags", "id", "What an analyst should be told.", _FLAG),
        _table("formulae", "formula variant statement_id sentence", "Watched phrases in each statement.", """
            formula t: The formula
            variant t: Which form of it stands there; absent where its topic is spoken of without it
            statement_id i >statements: The statement
            sentence t: The sentence around it: the evidence"""),
        _table("captures", "id", "Where the bytes of each page lie, in files that are not part of the export.", """
            id i: Number of the capture
            url t: Address
            fetched_at t [UTC]: When it was fetched
            status i: HTTP status
            content_type t: Media type
            file t: WARC file
            offset i [byte]: Of the record in the file
            length i [byte]: Of the record, compressed
            digest t: Of the body
            kept i [0/1]: 0 where the file is deleted after its time"""),
        _table("public_archive", "article_id", "Official pages that a public archive was asked to keep.", """
            article_id i >articles: The page
            state t: waiting, saved or given_up
            archived_url t: Where its copy is to be seen
            archived_at t [UTC]: When that was made
            reason t: Why the last attempt failed"""),
        _table("sources", "id", "What is polled.", """
            id t: Name of the source
            name t: What people call it
            publisher t: Who publishes it
            country t: Country
            party t: The watched party whose government publishes it
            language t [ISO 639-1]: Language
            kind t: feed, listing, sitemap and so on
            url t: Address
            official i [0/1]: 1 for a government's own site
            enabled i [0/1]: 0 where it is switched off
            interval r [minute]: Time between two polls
            follow t: article: items are opened; never: the entry is all
            store t: How much text may be kept: full, excerpt or link"""),
        _table("coverage_days", "day source_id", "How each official source was watched on days that are over.", """
            day t: UTC day
            source_id t >sources: The source
            party t: The party whose government it is
            polls i: Attempts at the source itself
            good i: Good polls, those of stand-ins counted
            minutes i [minute]: Length of the day as far as it was on duty
            blind_minutes i [minute]: Between good polls too far apart
            longest_blind_minutes i [minute]: The longest spot of them
            blind_from t [UTC]: When that began
            blind_to t [UTC]: When that ended"""),
        _table("history_events", "id", "What the history in the configuration says has happened.", """
            id t: Name of the act
            date t: The day at the place of the act; a month or a year where no more is known
            until t: Its last day, if it lasted
            name t: What it was
            level t: Who met
            place t: City, in English
            document t: What came out of it
            event_id i >events: The event that it is"""),
        _table("reviews", "id", "What people decided; who did is left out.", """
            id i: Number of the decision
            at t [UTC]: When
            action t: confirm, rename, merge, split or dismiss; with undo before it, one taken back
            subject t: Identifier or addresses that it is about
            value t: What it became, or the addresses it was put to
            note t: Why"""),
        _table("aliases", "kind old_id", "Numbers and identifiers that became others.", """
            kind t: event, statement or initiative
            old_id t: As it was
            new_id t: What it became; empty where nothing took its place
            at t [UTC]: When"""),
        _table("polls", "id", "Every attempt at every source, as long as it is kept.", """
            id i: Number of the attempt
            source_id t >sources: The source
            started_at t [UTC]: When it began
            finished_at t [UTC]: When it ended
            outcome t: ok, not_modified, or why nothing came
            http_status i: HTTP status
            entries i: Entries on the page
            new i: Entries not seen before
            error t: What went wrong""", usual=False),
        _table("entries", "id", "Every item of every source that was seen, as long as it is kept, and what was decided of it.", """
            id i: Number of the entry
            source_id t >sources: The source
            url t: Address
            title t: Title
            published_at t [UTC]: As the publisher says: a time, or the bare date
            published_precision t: second, minute, date, or inferred
            first_seen_at t [UTC]: When it was first seen
            not_seen_before_at t [UTC]: Last good poll without it
            decision t: What was done with it
            reason t: Why
            article_id i >articles: The page, where it was kept""", usual=False),
    )
}  # fmt: skip
"""By name, in an order in which every table comes after the ones it refers to as far as that can be."""

USUAL: Final = tuple(table.name for table in TABLES.values() if table.usual)
"""What is exported unless tables are named."""
