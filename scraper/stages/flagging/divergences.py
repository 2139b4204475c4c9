"""Where the sides' own texts of one event differ: an initiative or a formula in one and not in the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from scraper.model.flag import Finding, Voice
from scraper.model.wording import ABSENT, Watched


def divergences(
    voices: Sequence[Voice], parties: Sequence[str], languages: Mapping[str, frozenset[str]], watched: Watched
) -> tuple[Finding, ...]:
    """Return a finding for each initiative and each formula of which the sides' texts of one event do not say the same.

    Only texts of one kind are compared. ``languages`` are those in which the name of each initiative is known: a text of another
    could name it unseen, and says nothing. Of a formula whose topic a side does not speak of, it says nothing either.
    """
    found: dict[tuple[str, str, str, int], Finding] = {}
    ordered = sorted(voices, key=lambda one: (one.event_id, one.kind, _place(one, parties), one.date, one.order, one.statement_id))
    for _, group in groupby(ordered, key=lambda one: (one.event_id, one.kind)):
        told = tuple(group)
        for finding in (*_of_names(told, languages), *_of_formulae(told, watched)):
            found.setdefault(finding.key, finding)
    return tuple(found.values())


def _place(one: Voice, parties: Sequence[str]) -> int:
    return parties.index(one.side)


def _of_names(told: Sequence[Voice], languages: Mapping[str, frozenset[str]]) -> list[Finding]:
    """What one side names and another does not, in any of its texts."""
    findings = []
    for slug in sorted({slug for voice in told for slug in voice.named}):
        naming = [voice for voice in told if slug in voice.named]
        sides = {voice.side for voice in naming}
        silent = [voice for voice in told if voice.side not in sides]
        deaf = {voice.side for voice in silent if voice.language not in languages.get(slug, frozenset())}
        silent = [voice for voice in silent if voice.side not in deaf]
        if silent:
            findings.append(_name_finding(slug, naming, silent))
    return findings


def _name_finding(slug: str, naming: Sequence[Voice], silent: Sequence[Voice]) -> Finding:
    party, others = _sides(naming), _sides(silent)
    return Finding(
        "divergence", naming[0].statement_id, naming[0].event_id, slug, naming[0].named[slug], comparator_id=silent[0].statement_id,
        party=party, detail=others, reason=f"in the text of {party}, not in that of {others}", confidence=0.9,
    )  # fmt: skip


def _of_formulae(told: Sequence[Voice], watched: Watched) -> list[Finding]:
    """The formulae of which two sides that speak of the topic have other variants."""
    findings = []
    for formula in dict.fromkeys(one.id for one in watched.formulas):
        speaking = [voice for voice in told if voice.stands.get(formula)]
        pair = next(((one, other) for one in speaking for other in speaking if _differ(formula, one, other, speaking)), None)
        if pair is not None:
            findings.append(_formula_finding(watched, formula, *pair))
    return findings


def _differ(formula: str, one: Voice, other: Voice, speaking: Sequence[Voice]) -> bool:
    """Whether a side has words that no text of the other side has; the one that has a variant stands first."""
    if one.side == other.side or one.stands[formula] == {ABSENT}:
        return False
    return not any(voice.stands[formula] == one.stands[formula] for voice in speaking if voice.side == other.side)


def _formula_finding(watched: Watched, formula: str, one: Voice, other: Voice) -> Finding:
    said, unsaid = (_said(watched, formula, voice) for voice in (one, other))
    return Finding(
        "divergence", one.statement_id, one.event_id, comparator_id=other.statement_id, formula=formula, party=one.side, detail=other.side,
        sentence=one.sentences.get(formula, ""), reason=f"{watched.title(formula, 'en')}: {said} in the text of {one.side}; {unsaid} in that of {other.side}",
    )  # fmt: skip


def _said(watched: Watched, formula: str, voice: Voice) -> str:
    return " and ".join(ABSENT if name == ABSENT else watched.named(formula, name, "en") for name in sorted(voice.stands[formula]))


def _sides(voices: Sequence[Voice]) -> str:
    return ",".join(dict.fromkeys(voice.side for voice in voices))
