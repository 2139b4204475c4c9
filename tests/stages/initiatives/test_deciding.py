"""What people decided of initiatives holds whatever comes later: names, merges, another registry."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scraper.model.grouping import NameForm, Review, name_forms, name_lines
from scraper.model.initiative import Found, Initiative, Registry, SeenName
from scraper.stages.initiatives import Resolver, Rulings, learned, resolve
from scraper.stages.initiatives.identities import Identities

from .samples import REGISTRY, WATCH
from .test_reach import REVIEWS, SEEN
from .test_resolving import seen

EMPTY = Registry()
REEF, KELP, TIDE = "Trilateral Reef Forum", "Trilateral Kelp Fund", "Trilateral Tide Council"
SLUGS = {REEF: "trilateral-reef-forum", KELP: "trilateral-kelp-fund", TIDE: "trilateral-tide-council"}


def lines(*names: str, language: str = "en", abbreviation: str = "") -> str:
    return name_lines(NameForm(name, language, abbreviation) for name in names)


def decided(action: str, subject: str, value: str = "", at: str = "1") -> Review:
    """A decision as the command makes it, on names."""
    into = lines(value) if action == "merge" else ""
    slug = SLUGS.get(value, value)
    return Review(action, SLUGS[subject], slug, at, subject_names=lines(subject), value_names=into)


def by_id(*names: SeenName, reviews: tuple[Review, ...] = (), registry: Registry = EMPTY) -> dict[str, Found]:
    return {one.id: one for one in resolve(names, registry, reviews, WATCH)}


def shares(*names: SeenName, reviews: tuple[Review, ...] = (), registry: Registry = EMPTY) -> dict[str, tuple[int, ...]]:
    """The mentions of each initiative."""
    return {slug: one.mention_ids for slug, one in by_id(*names, reviews=reviews, registry=registry).items()}


def test_the_names_of_a_decision_are_written_and_read() -> None:
    forms = (NameForm("한미일 산호\n포럼", "ko"), NameForm("Reef  Forum", "en", "TRF"))
    assert name_lines(forms) == "en\tReef Forum\tTRF\nko\t한미일 산호 포럼\t"
    assert name_forms(name_lines(forms)) == (NameForm("Reef Forum", "en", "TRF"), NameForm("한미일 산호 포럼", "ko", ""))
    assert name_forms("") == name_forms("nonsense\nen\t\t") == ()


VARIANTS = {
    "en": ("Trilateral Reef Forum", ("Reef Forum", "the U.S.-ROK-Japan Reef Forum", "Japan-U.S.-ROK Trilateral Reef Forum", "Third Trilateral Reef Forum", "2026 Reef Forum")),
    "ko": ("한미일 산호 협의체", ("한·미·일 산호 협의체", "미한일 산호 협의체", "제3차 한미일 산호 협의체", "3국 산호 협의체", "2026년 한미일 산호 협의체")),
    "ja": ("日米韓珊瑚対話", ("米日韓珊瑚対話", "第4回日米韓珊瑚対話", "日米韓 珊瑚対話", "三か国珊瑚対話", "2026年日米韓珊瑚対話")),
}  # fmt: skip


@pytest.mark.parametrize("language", list(VARIANTS))
def test_a_dismissed_name_is_dismissed_in_all_its_forms_also_where_they_come_later(language: str) -> None:
    name, later = VARIANTS[language]
    review = Review("dismiss", "whatever", subject_names=lines(name, language=language))
    other = seen(99, "Trilateral Anchor Pact", "2025-01-01")
    for form in (name, *later):
        assert shares(seen(1, form, "2026-01-01", language=language), other, reviews=(review,)) == {"trilateral-anchor-pact": (99,)}, form
        assert len(by_id(seen(1, form, "2026-01-01", language=language), other)) == 2


@pytest.mark.parametrize("language", list(VARIANTS))
def test_a_merged_name_is_an_alias_in_all_its_forms_also_where_they_come_first(language: str) -> None:
    name, later = VARIANTS[language]
    known = Review(
        "merge",
        "whatever",
        "cable-dialogue",
        subject_names=lines(name, language=language),
        value_names=lines("Trilateral Undersea Cable Dialogue"),
    )
    found = Review("merge", "whatever", "trilateral-kelp-fund", subject_names=lines(name, language=language), value_names=lines(KELP))
    for form in (name, *later):
        one = seen(1, form, "2026-01-01", language=language)
        (made,) = by_id(one, reviews=(known,), registry=REGISTRY).values()
        assert (made.id, made.known, made.decided, made.reason) == ("cable-dialogue", True, True, "merged by a person"), form
        assert shares(one, seen(2, KELP, "2026-02-01"), reviews=(found,)) == {"trilateral-kelp-fund": (1, 2)}
        assert shares(one, reviews=(found,)) == {"trilateral-kelp-fund": (1,)}


def test_an_abbreviation_beside_a_dismissed_name_is_dismissed_but_not_what_other_evidence_ties_to_it() -> None:
    review = Review("dismiss", "young-reef-divers", subject_names=lines("Young Reef Divers", abbreviation="YRD"))
    assert shares(seen(1, "Diving Youth", "2025-01-01", abbreviation="YRD"), reviews=(review,)) == {}
    korean = seen(2, "산호 포럼", "2025-01-01", language="ko", official=True, head="dialogue", statement_id=7)
    english = seen(3, REEF, "2025-01-01", official=True, head="dialogue", statement_id=7)
    assert len(by_id(korean, english)) == 1
    assert shares(korean, english, reviews=(decided("dismiss", REEF),)) == {"산호-포럼": (2,)}


A, B, C = seen(1, REEF, "2025-01-01"), seen(2, KELP, "2025-02-01"), seen(3, TIDE, "2025-03-01")
A_B, B_C, C_A = decided("merge", REEF, KELP, "1"), decided("merge", KELP, TIDE, "2"), decided("merge", TIDE, REEF, "3")
ALONE = {"trilateral-reef-forum": (1,), "trilateral-kelp-fund": (2,), "trilateral-tide-council": (3,)}
CHAINS = {
    "one": ((A_B,), {"trilateral-kelp-fund": (1, 2), "trilateral-tide-council": (3,)}),
    "chain": ((A_B, B_C), {"trilateral-tide-council": (1, 2, 3)}),
    "chain made from its end": ((replace(A_B, at="3"), B_C), {"trilateral-tide-council": (1, 2, 3)}),
    "the middle taken back": ((A_B, C_A), {"trilateral-kelp-fund": (1, 2, 3)}),
    "the first taken back": ((B_C,), {"trilateral-reef-forum": (1,), "trilateral-tide-council": (2, 3)}),
    "a circle of two": ((A_B, decided("merge", KELP, REEF, "2")), {"trilateral-reef-forum": (1, 2), "trilateral-tide-council": (3,)}),
    "a circle of three": ((A_B, B_C, C_A), {"trilateral-reef-forum": (1, 2, 3)}),
    "twice": ((A_B, replace(A_B, at="2")), {"trilateral-kelp-fund": (1, 2), "trilateral-tide-council": (3,)}),
    "into itself": ((decided("merge", REEF, REEF),), ALONE),
    "into what nobody knows": ((Review("merge", "trilateral-reef-forum", "nobody"),), ALONE),
    "what nobody knows": ((Review("merge", "nobody", "trilateral-reef-forum"),), ALONE),
}  # fmt: skip


@pytest.mark.parametrize("case", list(CHAINS))
def test_merges_follow_one_another(case: str) -> None:
    reviews, wanted = CHAINS[case]
    chance = random.Random(case)
    for _ in range(6):
        names = [A, B, C]
        chance.shuffle(names)
        assert shares(*names, reviews=tuple(chance.sample(reviews, len(reviews)))) == wanted
    bare = tuple(replace(review, subject_names="", value_names="") for review in reviews)
    assert shares(A, B, C, reviews=bare) == wanted, "by slugs alone"


def test_what_others_were_merged_into_gives_the_name_unless_a_person_gave_one() -> None:
    early, late = seen(1, REEF, "2025-01-01", official=True), seen(2, KELP, "2025-02-01")
    merged = by_id(early, late, reviews=(A_B,))["trilateral-kelp-fund"]
    assert (merged.name, merged.first_mention_id, merged.confidence) == (KELP, 1, 1.0)
    renamed = by_id(early, late, reviews=(A_B, decided("rename", REEF, "Fund of Reefs", "2")))["trilateral-kelp-fund"]
    assert (renamed.name, {name for name, _ in renamed.names}) == ("Fund of Reefs", {REEF, KELP})


LATEST = {
    ("dismiss",): 0,
    ("dismiss", "confirm"): 1,
    ("confirm", "dismiss"): 0,
    ("dismiss", "rename"): 1,
    ("rename", "dismiss"): 0,
    ("merge", "dismiss"): 0,
    ("dismiss", "merge"): 1,
}


@pytest.mark.parametrize("actions", list(LATEST), ids=" ".join)
def test_the_latest_of_contradictory_decisions_holds(actions: tuple[str, ...]) -> None:
    values = {"merge": KELP, "rename": "Fund of Reefs"}
    reviews = tuple(decided(action, REEF, values.get(action, ""), str(at)) for at, action in enumerate(actions))
    found = by_id(A, reviews=reviews)
    assert len(found) == LATEST[actions]
    assert all(one.decided and one.confidence == 1 for one in found.values())


def test_a_confirmation_of_a_wider_body_gives_the_scope() -> None:
    review = Review("confirm", "trilateral-reef-forum", "wider", subject_names=lines(REEF))
    (one,) = by_id(seen(1, REEF, "2025-01-01", confidence=0.5), reviews=(review,)).values()
    assert (one.scope, one.confidence, one.reason) == ("wider", 1.0, "one name, not known to the registry, confirmed by a person")


def test_of_two_known_ones_a_person_may_make_one() -> None:
    cable, lantern = (
        seen(1, "Undersea Cable Dialogue", "2025-01-01", initiative_id="cable-dialogue"),
        seen(2, "Pacific Lantern", "2025-01-02"),
    )
    review = Review("merge", "cable-dialogue", "pacific-lantern")
    assert shares(cable, lantern, registry=REGISTRY, reviews=(review,)) == {"pacific-lantern": (1, 2)}
    assert shares(cable, registry=REGISTRY, reviews=(review,)) == {"pacific-lantern": (1,)}
    later = seen(3, "Coral Watch Pact", "2025-01-03")
    into = Review("merge", "coral-watch-pact", "cable-dialogue", "0", subject_names=lines("Coral Watch Pact"))
    for at in ("0", "2"):
        assert shares(cable, lantern, later, registry=REGISTRY, reviews=(review, replace(into, at=at))) == {"pacific-lantern": (1, 2, 3)}
    assert shares(cable, lantern, registry=REGISTRY, reviews=(Review("dismiss", "cable-dialogue"),)) == {"pacific-lantern": (2,)}


ENTRY = Initiative("reef-forum-of-three", REEF, "dialogue", names={"en": (REEF,), "ko": ("한미일 산호 포럼",)})
OTHER = Initiative("kelp", KELP, "programme", names={"en": (KELP,)})
WITH_REEF, WITH_BOTH = Registry((*REGISTRY.initiatives, ENTRY)), Registry((*REGISTRY.initiatives, ENTRY, OTHER))
CABLE = "Trilateral Undersea Cable Dialogue"
INTO_CABLE = Review(
    "merge", SLUGS[REEF], "cable-dialogue", "1", subject_names=lines(REEF), value_names=lines(CABLE, "한미일 해저케이블 대화")
)


def moved(slug: str) -> Registry:
    """The registry with another slug for the cable dialogue."""
    return Registry(tuple(replace(one, id=slug) if one.id == "cable-dialogue" else one for one in REGISTRY.initiatives))


DROPPED = Registry(tuple(one for one in REGISTRY.initiatives if one.id != "cable-dialogue"))


def test_a_registry_that_learns_a_name_later_changes_no_decision() -> None:
    stored = (seen(1, "Reef Forum", "2025-01-01"), seen(2, REEF, "2026-01-01", initiative_id="reef-forum-of-three"))
    assert shares(*stored, registry=WITH_REEF) == {"reef-forum-of-three": (1, 2)}
    assert shares(*stored, registry=WITH_REEF, reviews=(decided("dismiss", REEF),)) == {}
    assert shares(*stored, registry=WITH_REEF, reviews=(INTO_CABLE,)) == {"cable-dialogue": (1, 2)}
    (renamed,) = by_id(*stored, registry=WITH_REEF, reviews=(decided("rename", REEF, "Forum of Reefs"),)).values()
    assert (renamed.id, renamed.name, renamed.known) == ("reef-forum-of-three", "Forum of Reefs", True)
    (confirmed,) = by_id(*stored, registry=WITH_REEF, reviews=(decided("confirm", REEF),)).values()
    assert confirmed.id == "reef-forum-of-three"
    assert shares(A, B, registry=WITH_BOTH, reviews=(A_B,)) == {"kelp": (1, 2)}
    assert shares(A, B, registry=WITH_REEF, reviews=(A_B,)) == {"reef-forum-of-three": (1, 2)}, "the registry's slug goes before another"


def test_a_registry_with_other_slugs_or_without_an_entry_changes_no_decision() -> None:
    mentions = (seen(1, REEF, "2025-01-01"), seen(2, CABLE, "2025-02-01", initiative_id="cable-dialogue"))
    assert shares(*mentions, registry=moved("sea-cables"), reviews=(INTO_CABLE,)) == {"sea-cables": (1, 2)}
    assert shares(*mentions, registry=DROPPED, reviews=(INTO_CABLE,)) == {"cable-dialogue": (1, 2)}
    korean = seen(3, "한미일 해저케이블 대화", "2025-03-01", language="ko")
    assert shares(*mentions, korean, registry=DROPPED, reviews=(INTO_CABLE,)) == {"cable-dialogue": (1, 2, 3)}
    gone = Review("dismiss", "cable-dialogue", subject_names=lines(CABLE))
    for registry in (REGISTRY, moved("sea-cables"), DROPPED):
        assert shares(*mentions, registry=registry, reviews=(gone,)) == {"trilateral-reef-forum": (1,)}
    called = Review("rename", "cable-dialogue", "Sea Cables", subject_names=lines(CABLE))
    for registry, slug in ((REGISTRY, "cable-dialogue"), (moved("sea-cables"), "sea-cables"), (DROPPED, "cable-dialogue")):
        assert by_id(mentions[1], registry=registry, reviews=(called,))[slug].name == "Sea Cables"


def test_an_entry_is_found_by_what_it_is_called_even_where_its_slug_is_given_to_another() -> None:
    taken = Registry(
        (
            Initiative("cable-dialogue", "Trilateral Wharf Talks", names={"en": ("Trilateral Wharf Talks",)}),
            *moved("sea-cables").initiatives,
        )
    )
    identities = Identities(taken, WATCH)
    assert identities.registered("cable-dialogue", name_forms(lines(CABLE))) == "sea-cables"
    assert identities.registered("cable-dialogue") == "cable-dialogue"
    assert identities.registered("nobody", name_forms(lines("Nothing Known"))) == ""


def test_decided_names_are_looked_for_everywhere_unless_they_say_too_little() -> None:
    resolver = Resolver(REGISTRY, WATCH)
    reviews = (
        Review("confirm", "coral-watch", subject_names=lines("Coral Watch", "a trilateral coral mechanism", "Corals")),
        Review("confirm", "산호", subject_names=lines("한미일 산호 협의체", "산호", language="ko")),
        Review("dismiss", "reef-forum", subject_names=lines(REEF)),
        INTO_CABLE,
    )
    taught = learned(resolver, reviews[:3]).initiatives[len(REGISTRY.initiatives) :]
    assert [(one.id, one.names) for one in taught] == [
        ("~coral-watch", {"en": ("Coral Watch",)}),
        ("~산호", {"ko": ("한미일 산호 협의체",)}),
    ]
    both = learned(resolver, (INTO_CABLE,))
    assert both.initiatives[-1].names == {"en": (REEF,)}
    assert learned(resolver, ()) == REGISTRY


@settings(deadline=None, max_examples=300)
@given(st.lists(SEEN, max_size=10), REVIEWS, st.randoms(use_true_random=False))
def test_each_mention_is_of_one_initiative_whatever_the_order(names: list[SeenName], reviews: list[Review], chance: random.Random) -> None:
    members = [replace(one, mention_id=number) for number, one in enumerate(names, 1)]
    found = resolve(tuple(members), REGISTRY, tuple(reviews), WATCH)
    mentions = [number for one in found for number in one.mention_ids]
    assert len(mentions) == len(set(mentions))
    assert len({one.id for one in found}) == len(found)
    if not any(review.action == "dismiss" for review in reviews):
        assert set(mentions) == {one.mention_id for one in members}
    chance.shuffle(members)
    assert resolve(tuple(members), REGISTRY, tuple(reviews), WATCH) == found


@given(REVIEWS)
def test_rulings_agree_on_what_they_hold(reviews: list[Review]) -> None:
    held = Rulings(Identities(REGISTRY, WATCH), reviews)
    for anchor in [("slug", review.subject) for review in reviews] + [one.id for one in REGISTRY.initiatives]:
        ruling = held.at(anchor)
        assert ruling is None or anchor in ruling.anchors
