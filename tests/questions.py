"""The twenty questions that analysts ask, each with its query: docs/questions.md is written from here and from db/metadata.json."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
QUERIES: dict[str, dict[str, Any]] = json.loads((ROOT / "db" / "metadata.json").read_text("utf-8"))["databases"]["trilateral"]["queries"]
SERVED = "http://127.0.0.1:8001/trilateral"
"""Where `trilateral serve` shows the database."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question in a reader's words, the name of the query that answers it, and how to read the answer."""

    asked: str
    query: str
    reading: str

    @property
    def parameters(self) -> tuple[str, ...]:
        """What the query asks for, in order; each may be left empty."""
        return tuple(dict.fromkeys(re.findall(r"(?<![\w:]):([a-z]+)\b", QUERIES[self.query]["sql"])))


QUESTIONS = (
    Question("Which statements were there this month?", "statements_of_a_month", "One row a statement, however many pages carry it: `pages` counts them, `official_pages` those of governments, and `url` is where its text was taken from."),
    Question("Which initiatives are new since a date, and where is the proof?", "initiatives_new_since", "`sentence` is the proof, as it stands on the page at `url`; `basis` says whether the name is new in this database or anywhere, `confidence` how sure that is."),
    Question("What was the life of an initiative?", "life_of_an_initiative", "Read down: `status` goes from announced through convened and reaffirmed, and `cue` is the word that says so; a row without a sentence says that a comparable text did not mention it."),
    Question("What was named by one side only?", "named_by_one_side_only", "`only_by` is the government; what stands in a joint text is everybody's and not in this list."),
    Question("What has not been named for six months?", "not_named_lately", "`last_named` and `in_statement` are the last trace in an official text; press reports do not count."),
    Question("What changed against the previous statement?", "changed_against_the_previous", "`row` leads to both texts side by side; `reason` names both ways of saying it. Statements are compared with the last of the same level, kind, side and language."),
    Question("How did each side word a formula over time?", "formula_by_side", "A change of `variant` within one `side` is a change of wording; `absent` means that a text speaks of the subject without the formula."),
    Question("Where do the sides differ at one event?", "where_the_sides_differ", "`in_the_text_of` has it, `not_in_that_of` has a text of its own without it."),
    Question("Who published first?", "who_published_first", "`place` 1 was first; it came out between `not_before` and `not_after`, and where these two are far apart the order is a guess."),
    Question("How far behind is each government, year by year?", "lag_by_government_and_year", "The true average lies between `hours_behind_at_least` and `hours_behind_at_most`; `not_seen` are statements that it has not published at all."),
    Question("Was it quiet on a day?", "was_it_quiet", "Only *confirmed quiet* means that there was nothing; *watch incomplete* means that something may have been missed."),
    Question("Which sources were blind, and how long?", "blind_sources", "`blind_minutes` are those that no good poll vouches for; *no source on duty* is the time in which nobody watched a government at all."),
    Question("Which official pages were edited or removed?", "official_pages_changed", "`words_gone` and `words_come` are the edit; `kind` *gone* is a page that was taken down. `row` leads to the text before and after."),
    Question("Which copies of a statement are there, by grade?", "copies_by_grade", "`official` before `official_translation`, `verbatim`, `rewrite`, `report`; `similarity` is the part of the lead's words that the page holds."),
    Question("Of what is only press known, the primary text unseen?", "press_only", "No page of any government was found for these acts; `url` is one of the reports."),
    Question("Why was this address rejected?", "why_rejected", "`reason` lists what counted for and against; *not_read* was turned down by its title, without a look at the page."),
    Question("How many statements are there by level and year?", "statements_by_level_and_year", "`events` counts acts, `statements` their texts: three readouts of one call are one event and three statements."),
    Question("Who attended?", "who_attended", "As the best text of each event names them, with the office held then."),
    Question("What did each reviewer decide?", "decisions_by_reviewer", "A row that begins with *undo* takes an earlier one with the same subject back."),
    Question("What did I receive on a day?", "received_on", "One row for each finding and channel; `state` *sent* means that the channel took it. What was written to whom is not shown in Datasette."),
)  # fmt: skip


def page() -> str:
    """docs/questions.md."""
    head = (
        "# Twenty questions\n\n"
        f"Each is a query that `trilateral serve` offers at `{SERVED}`, with a form for what it asks; every field may be left empty. Add `.json` or `.csv` to\n"
        "its address for a program (`?_shape=objects`), and *View and edit SQL* to go on from it. The column `row` leads to the page of what a row is about.\n"
        "All twenty have an answer in the database that `make demo` leaves. Words are sought at `/search`, over all texts and in three languages.\n"
    )
    index = "\n".join(f"{number}. [{one.asked}](#{one.query})" for number, one in enumerate(QUESTIONS, 1))
    return f"{head}\n{index}\n{''.join(_section(one) for one in QUESTIONS)}"


def _section(one: Question) -> str:
    said = QUERIES[one.query]
    asks = ", ".join(f"`{name}`" for name in one.parameters) or "nothing"
    return (
        f'\n<a id="{one.query}"></a>\n## {one.asked}\n\n[`{one.query}`]({SERVED}/{one.query}) — asks for {asks}. {said["description"]}\n\n'
        f"How to read it: {one.reading}\n\n```sql\n{said['sql']}\n```\n"
    )
