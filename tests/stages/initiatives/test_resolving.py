"""From names to initiatives and to first mentions: by dates and keys, whatever the order of arrival."""

from __future__ import annotations

import random
from dataclasses import replace

from scraper.model.grouping import Review
from scraper.model.initiative import Flag, Found, Registry, SeenName
from scraper.stages.initiatives import firsts, resolve

from .samples import REGISTRY, WATCH

EMPTY = Registry()


def seen(number: int, name: str, date: str, **more: object) -> SeenName:
    """A mention of ``name`` in a statement of ``date``."""
    fields: dict[str, object] = {
        "mention_id": number, "article_id": number, "statement_id": number * 10, "url": f"https://x.example/{number}", "name": name,
        "language": "en", "initiative_id": "", "head": "dialogue", "abbreviation": "", "rule": "headed/1", "confidence": 0.8, "status": "reaffirmed",
        "date": date, "published": date, "official": False, "grade": "report",
    } | more  # fmt: skip
    return SeenName(**fields)  # type: ignore[arg-type]


def both(*names: SeenName, registry: Registry = EMPTY, reviews: tuple[Review, ...] = ()) -> tuple[tuple[Found, ...], tuple[Flag, ...]]:
    found = resolve(names, registry, reviews, WATCH)
    return found, firsts(found, names, registry)


def test_variants_are_one_and_the_earliest_statement_is_its_first_mention() -> None:
    late = seen(1, "Trilateral Reef Forum", "2025-02-01")
    early = seen(2, "U.S.-ROK-Japan Reef Forum", "2025-01-01", published="2025-03-01", official=True)
    (one,), (flag,) = both(late, early)
    assert (one.id, one.name, one.mention_ids, one.first_mention_id) == ("u-s-rok-japan-reef-forum", "U.S.-ROK-Japan Reef Forum", (2, 1), 2)
    assert one.names == (("Trilateral Reef Forum", "en"), ("U.S.-ROK-Japan Reef Forum", "en"))
    assert (one.known, one.kind, one.reason) == (False, "dialogue", "2 forms of one name, not known to the registry")
    assert (flag.kind, flag.basis, flag.mention_id, flag.statement_id) == ("new_initiative", "in_our_data", 2, 20)


def test_of_one_date_a_governments_own_text_is_the_proof() -> None:
    _, (flag,) = both(seen(1, "Reef Forum", "2025-01-01"), seen(2, "The Reef Forum", "2025-01-01", official=True))
    assert flag.mention_id == 2


def test_names_with_one_abbreviation_or_one_english_name_are_one() -> None:
    found, flags = both(
        seen(1, "Young Reef Divers", "2025-01-01", abbreviation="YRD"),
        seen(2, "Diving Youth", "2025-01-02", abbreviation="YRD"),
        seen(3, "산호 원칙", "2025-01-03", language="ko", abbreviation="Reef Principles"),
        seen(4, "Reef Principles", "2025-01-04"),
        seen(5, "Reef Watch", "2025-01-05", abbreviation="RW"),
        seen(6, "Reef Wall", "2025-01-05", abbreviation="RW"),
    )
    assert [one.mention_ids for one in found] == [(6,), (5,), (1, 2), (3, 4)] or len(found) == 4
    assert len(flags) == 4


def test_initials_inside_a_name_stand_for_its_words() -> None:
    spelled, short = seen(1, "Dialogue on Coral Reef Survey Data", "2025-01-01"), seen(2, "Trilateral Dialogue on CRS Data", "2025-01-02")
    assert len(both(spelled, short)[0]) == len(both(short, spelled)[0]) == 1
    assert len(both(spelled, short, seen(3, "Dialogue on Clean River Sand Data", "2025-01-02"))[0]) == 3
    assert len(both(spelled, seen(2, "Trilateral Framework on CRS Data", "2025-01-02"))[0]) == 2
    assert len(both(seen(1, "Dialogue on Coral Reefs and Data", "2025-01-01"), seen(2, "Dialogue on CR and Data", "2025-01-02"))[0]) == 2


def test_a_description_that_a_name_is_said_to_have_had_joins_it_at_any_date() -> None:
    described = seen(1, "a trilateral exchange program", "2017-06-03", rule="lowercase/1", head="programme")
    formerly = "formerly exchange program for young divers"
    named = seen(2, "Trilateral Divers Academy", "2020-10-15", abbreviation=formerly, head="programme")
    assert [one.mention_ids for one in both(described, named)[0]] == [(1, 2)]
    other = seen(3, "a divers exchange program", "2016-01-01", rule="lowercase/1", head="programme")
    assert len(both(described, named, other)[0]) == 3
    assert len(both(described, replace(named, abbreviation=""))[0]) == 2
    assert len(both(described, replace(named, abbreviation="formerly Exchange Program for Young Divers"))[0]) == 2


def test_a_description_in_lower_case_joins_the_name_beside_it() -> None:
    lower = seen(1, "a trilateral reef dialogue", "2025-01-01", rule="lowercase/1")
    named = seen(2, "Trilateral Reef and Coral Dialogue", "2025-01-02")
    wider = seen(3, "Trilateral Reef and Coral Policy Dialogue", "2025-01-02")
    assert len(both(lower, named)[0]) == 1
    assert len(both(lower, named, wider)[0]) == 2
    assert len(both(lower, named, seen(4, "Trilateral Reef and Fish Dialogue", "2025-01-02"))[0]) == 3
    assert len(both(lower, seen(2, named.name, "2025-03-02"))[0]) == 2
    assert len(both(seen(1, lower.name, "", rule="lowercase/1"), named)[0]) == 2


def test_a_topic_raises_no_flag_and_an_unsure_mention_is_no_proof() -> None:
    assert both(seen(1, "Reef Defense Cooperation", "2025-01-01", confidence=0.55))[1] == ()
    _, (flag,) = both(seen(1, "Reef Forum", "2025-01-01", confidence=0.5), seen(2, "Reef Forum", "2025-01-01"))
    assert flag.mention_id == 2
    _, (flag,) = both(seen(1, "Reef Forum", "2025-01-01", confidence=0.5), seen(2, "Reef Forum", "2025-02-01"))
    assert flag.mention_id == 1


def test_a_known_one_is_flagged_only_where_its_very_first_naming_is_in_the_data() -> None:
    at_first = seen(1, "Trilateral Undersea Cable Dialogue", "2024-03-01", initiative_id="cable-dialogue")
    later = seen(2, "Trilateral Undersea Cable Dialogue", "2024-03-02", initiative_id="cable-dialogue")
    (one,), (flag,) = both(later, at_first, registry=REGISTRY)
    assert (one.id, one.known, one.kind, one.confidence, one.nearest) == ("cable-dialogue", True, "dialogue", 1.0, ())
    assert (flag.basis, flag.mention_id) == ("ever", 1)
    assert both(later, registry=REGISTRY)[1] == ()
    month = seen(3, "Pacific Lantern", "2024-06-30", initiative_id="pacific-lantern")
    assert both(month, registry=REGISTRY)[1][0].basis == "ever"
    for slug in ("minerals", "secretariat"):
        assert both(seen(4, "x", "2001-01-01", initiative_id=slug), registry=REGISTRY)[1] == ()
    assert both(seen(5, "Pacific Lantern", "", initiative_id="pacific-lantern"), registry=REGISTRY)[1] == ()


def test_a_name_found_before_the_registry_knew_it_is_known_now_and_the_other_way() -> None:
    (one,), _ = both(seen(1, "Undersea Cable Dialogue", "2025-01-01"), registry=REGISTRY)
    assert one.id == "cable-dialogue"
    (two,), _ = both(seen(1, "해저 대화", "2025-01-01", abbreviation="TUCD"), registry=REGISTRY)
    assert two.id == "cable-dialogue"
    (three,), _ = both(seen(1, "Cable Dialogue", "2025-01-01", abbreviation="TUCD"), registry=REGISTRY)
    assert three.id == "cable-dialogue"
    (four,), _ = both(seen(1, "바다의 등불", "2025-01-01", abbreviation="Pacific Lantern Network"), registry=REGISTRY)
    assert four.known is False
    (exercise,), _ = both(seen(1, "바다의 등불", "2025-01-01", abbreviation="Pacific Lantern Exercise"), registry=REGISTRY)
    assert exercise.id == "pacific-lantern"
    (five,), _ = both(seen(1, "바다의 등불", "2025-01-01", abbreviation="Undersea Cable Dialogue"), registry=REGISTRY)
    assert five.id == "cable-dialogue"
    (gone,), flags = both(seen(1, "Undersea Cable Dialogue", "2025-01-01", initiative_id="cable-dialogue"))
    assert (gone.known, gone.id, len(flags)) == (False, "undersea-cable-dialogue", 1)


def test_the_nearest_known_ones_come_with_reasons() -> None:
    (one,), (flag,) = both(seen(1, "Trilateral Undersea Cable Network", "2025-01-01"), registry=REGISTRY)
    assert [near.id for near in one.nearest] == ["cable-dialogue"]
    assert one.nearest[0].why == 'same words as "Trilateral Undersea Cable Dialogue", another head noun'
    assert "nearest known: Trilateral Undersea Cable Dialogue" in flag.reason
    whys = {name: both(seen(1, name, "2025-01-01"), registry=REGISTRY)[0][0].nearest[0].why for name in (
        "Deep Undersea Cable Dialogue", "Cable Dialogue", "Undersea Volcano Dialogue", "해저 케이슨 대화",
    )}  # fmt: skip
    assert whys["Deep Undersea Cable Dialogue"].endswith("with deep added")
    assert whys["Cable Dialogue"].endswith("without undersea")
    assert whys["Undersea Volcano Dialogue"].startswith("shares undersea with")
    assert whys["해저 케이슨 대화"].startswith("shares characters with")


def test_status_is_of_the_last_date_and_a_report_does_not_raise_it() -> None:
    def status(*names: SeenName) -> str:
        return both(*names)[0][0].status

    assert (
        status(seen(1, "Reef Forum", "2025-01-01", status="proposed"), seen(2, "Reef Forum", "2025-02-01", status="established"))
        == "established"
    )
    official = seen(3, "Reef Forum", "2025-02-01", status="reaffirmed", official=True)
    assert status(official, seen(2, "Reef Forum", "2025-02-01", status="established")) == "reaffirmed"
    assert status(seen(1, "Reef Forum", "2025-01-01", status="")) == ""


def test_reviews_dismiss_rename_confirm_and_merge() -> None:
    forum, watch, unsure = (
        seen(1, "Reef Forum", "2025-01-01"),
        seen(2, "Reef Watch Group", "2025-01-02"),
        seen(3, "Reef Topic Forum", "2025-01-03", confidence=0.5),
    )
    assert len(both(forum, watch, reviews=(Review("dismiss", "reef-forum"), Review("dismiss", "no-such")))[0]) == 1
    (one,), _ = both(forum, reviews=(Review("rename", "reef-forum", "Forum of Reefs"),))
    assert (one.id, one.name) == ("reef-forum", "Forum of Reefs")
    assert len(both(unsure)[1]) == 0
    assert len(both(unsure, reviews=(Review("confirm", "reef-topic-forum"),))[1]) == 1
    (merged,), flags = both(forum, watch, reviews=(Review("merge", "reef-watch-group", "reef-forum"),))
    assert (merged.id, merged.mention_ids, merged.reason, len(flags)) == ("reef-forum", (1, 2), "merged by a person", 1)
    (known,), none = both(forum, registry=REGISTRY, reviews=(Review("merge", "reef-forum", "cable-dialogue"),))
    assert (known.id, known.known, none) == ("cable-dialogue", True, ())
    assert len(both(forum, watch, reviews=(Review("merge", "reef-forum", "nobody"), Review("split", "reef-forum")))[0]) == 2


def test_a_review_finds_its_subject_under_every_slug_it_has_had() -> None:
    early = seen(1, "Trilateral Reef Forum", "2025-01-01")
    late = seen(2, "Reef Forum", "2025-02-01")
    assert both(early, late, reviews=(Review("dismiss", "reef-forum"),))[0] == ()


def test_two_things_do_not_share_a_slug() -> None:
    found, _ = both(
        seen(1, "Reef Group", "2025-01-01"), seen(2, "Reef  Group!", "2025-01-01", abbreviation=""), seen(3, "reef-group", "2025-02-01")
    )
    assert len({one.id for one in found}) == len(found)
    taken, _ = both(seen(1, "Secretariat Trilateral Shield", "2025-01-01"), seen(2, "secretariat", "2025-01-01"), registry=REGISTRY)
    assert len({one.id for one in taken}) == 2


def test_a_page_with_a_time_comes_before_one_with_the_bare_day() -> None:
    timed = seen(1, "Reef Forum", "2025-01-01", official=True, published="2025-01-02T09:00:00Z")
    for bare in ("2025-01-02", "2025-01-03"):
        (one,), (flag,) = both(timed, seen(2, "The Reef Forum", "2025-01-01", official=True, published=bare))
        assert (one.first_mention_id, flag.mention_id) == (1, 1)
    (one,), _ = both(timed, seen(2, "The Reef Forum", "2025-01-01", official=True, published="2025-01-01"))
    assert one.first_mention_id == 2


def test_the_order_of_arrival_does_not_matter() -> None:
    names = [
        seen(1, "Trilateral Reef Forum", "2025-02-01", abbreviation="TRF"), seen(2, "Reef Forum", "2025-01-01", confidence=0.55),
        seen(3, "한미일 산호 포럼", "2025-01-01", language="ko", abbreviation="TRF"), seen(4, "a trilateral coral group", "2025-01-03", rule="lowercase/1"),
        seen(5, "Trilateral Coral Watch Group", "2025-01-03"), seen(6, "Pacific Lantern", "2024-06-01", initiative_id="pacific-lantern"),
        seen(7, "Reef-Forum", "", official=True), seen(8, "Coral Fund", "2025-01-03"), seen(9, "Coral Fund", "2025-01-03", official=True),
    ]  # fmt: skip
    reviews = (Review("merge", "coral-fund", "pacific-lantern", at="2"), Review("rename", "trilateral-coral-watch-group", "CWG", at="1"))
    wanted = both(*names, registry=REGISTRY, reviews=reviews)
    chance = random.Random(7)
    for _ in range(40):
        chance.shuffle(names)
        assert both(*names, registry=REGISTRY, reviews=tuple(chance.sample(reviews, 2))) == wanted
