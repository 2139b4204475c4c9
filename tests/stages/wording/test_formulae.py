"""The watched formulae: which variant stands, where it is absent, and when it changed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.model.watch import Party, Watch
from scraper.model.wording import ABSENT, Formula, Stand, Standing, Variant, Watched
from scraper.parties import Parties
from scraper.stages.wording import Formulary, beside, shifts

HARBOUR = Formula(
    "harbour",
    (
        Variant("safe-open", {"en": ("safe … open harbour",), "ko": ("안전하고 … 항만",)}),
        Variant("open", {"en": ("open harbour",), "ko": ("열린 항만",)}),
    ),
    {"en": ("harbour",), "ko": ("항만",)},
)
WATCH = Watch("test", (Party("AA", "Aland", {"en": ("Aland",)}), Party("BB", "Borduria", {"en": ("Borduria",)})))
SMALL = Formulary(Watched((HARBOUR,)), Parties(WATCH))


def stood(formulary: Formulary, text: str, language: str = "en", *, whole: bool = True) -> dict[str, list[str]]:
    told: dict[str, list[str]] = {}
    for stand in formulary.stands(text, language, whole=whole):
        told.setdefault(stand.formula, []).append(stand.variant)
    return told


@pytest.mark.parametrize(
    ("text", "variants"),
    [
        ("They want an open harbour.", ["open"]),
        ("They want Open Harbors.", ["open"]),
        ("They want safe, busy and open harbours.", ["safe-open"]),
        ("Safe harbours are wanted. So is an open harbour.", ["open"]),
        ("Open harbours first. Later safe and open harbours.", ["safe-open", "open"]),
        ("The harbour was closed.", [ABSENT]),
        ("Nothing of the kind.", []),
        ("safe " + "word " * 14 + "open harbour", ["safe-open"]),
        ("safe " + "word " * 15 + "open harbour", ["open"]),
    ],
)
def test_a_variant_stands_where_its_words_do(text: str, variants: list[str]) -> None:
    assert stood(SMALL, text).get("harbour", []) == variants


def test_the_first_sentence_is_kept_and_an_absent_one_shows_its_topic() -> None:
    stands = SMALL.stands("Nothing.\nOpen harbours, they said. Open harbours again.", "en")
    assert stands == (Stand("harbour", "open", "Open harbours, they said."),)
    assert SMALL.stands("Nothing. The harbour sleeps.", "en") == (Stand("harbour", ABSENT, "The harbour sleeps."),)


def test_of_a_text_that_is_cut_nothing_is_absent() -> None:
    assert stood(SMALL, "The harbour sleeps.", whole=False) == {}
    assert stood(SMALL, "An open harbour.", whole=False) == {"harbour": ["open"]}


def test_a_language_without_phrases_has_none() -> None:
    assert stood(SMALL, "An open harbour.", "fr") == stood(SMALL, "開かれた港", "ja") == {}
    assert stood(SMALL, "안전하고 개방된 항만을 만든다.", "ko") == {"harbour": ["safe-open"]}


def test_no_formula_is_watched_in_an_empty_one() -> None:
    assert Formulary(Watched(), Parties(WATCH)).stands("An open harbour.", "en") == ()


def test_overlong_sentences_are_shortened() -> None:
    (stand,) = SMALL.stands("An open harbour " + "and " * 400 + "more.", "en")
    assert len(stand.sentence) == 700
    assert stand.sentence.endswith("…")


@pytest.mark.parametrize(
    ("language", "text", "formula", "variants"),
    [
        ("en", "We seek the full denuclearisation of, and lasting calm on, the Korean Peninsula.", "denuclearization-object", ["peninsula"]),
        ("en", "We seek the complete denuclearization of North Korea.", "denuclearization-object", ["dprk"]),
        ("en", "The denuclearization of the DPRK would bring calm to the Korean Peninsula.", "denuclearization-object", ["dprk"]),
        ("en", "Denuclearization is our aim.", "denuclearization-object", [ABSENT]),
        ("ko", "북한의 완전한 비핵화를 목표로 한다.", "denuclearization-object", ["dprk"]),
        ("ko", "한반도 비핵화 원칙에 변함이 없다.", "denuclearization-object", ["peninsula"]),
        ("ja", "北朝鮮の完全な非核化に取り組む。", "denuclearization-object", ["dprk"]),
        ("ja", "朝鮮半島の完全な非核化に取り組む。", "denuclearization-object", ["peninsula"]),
        ("en", "Calm across the Taiwan Strait is indispensable to prosperity in the Indo-Pacific.", "taiwan-strait", ["indo-pacific"]),
        ("en", "Calm across the Taiwan Strait is indispensable for the international community.", "taiwan-strait", ["international-community"]),
        ("en", "They spoke of peace and stability across the Taiwan Strait.", "taiwan-strait", ["importance"]),
        ("ko", "대만해협의 평화와 안정이 중요하다.", "taiwan-strait", ["importance"]),
        ("ja", "台湾海峡の平和と安定は国際社会にとって不可欠である。", "taiwan-strait", ["international-community"]),
        ("en", "Our position on Taiwan remains unchanged.", "taiwan-position", ["unchanged"]),
        ("en", "They spoke of Taiwan.", "taiwan-position", [ABSENT]),
        ("ko", "대만에 대한 우리의 기본 입장에 변함이 없다.", "taiwan-position", ["unchanged"]),
        ("ja", "台湾に関する基本的な立場に変更はない。", "taiwan-position", ["unchanged"]),
        ("en", "They favour a peaceful resolution of cross-Strait questions over Taiwan.", "cross-strait", ["peaceful-resolution"]),
        ("ja", "台湾をめぐる両岸問題の平和的解決を促す。", "cross-strait", ["peaceful-resolution"]),
        ("ko", "대만해협과 양안 문제의 평화적 해결을 촉구한다.", "cross-strait", ["peaceful-resolution"]),
        ("en", "They back Taiwan's meaningful participation in such bodies.", "taiwan-participation", ["meaningful"]),
        ("en", "We oppose unilateral attempts to change the status quo by force or coercion.", "status-quo", ["unilateral-force-or-coercion"]),
        ("en", "We oppose any attempts to change the status quo.", "status-quo", ["any"]),
        ("ko", "힘 또는 강압에 의한 일방적 현상 변경에 반대한다.", "status-quo", ["unilateral-force-or-coercion"]),
        ("ja", "力又は威圧による一方的な現状変更の試みに反対する。", "status-quo", ["unilateral-force-or-coercion"]),
        ("en", "The status quo must hold anywhere in the waters of the Indo-Pacific.", "status-quo-place", ["anywhere-indo-pacific"]),
        ("en", "In the South China Sea they decried unlawful maritime claims.", "maritime-claims", ["unlawful"]),
        ("ko", "남중국해에서의 불법적 해양 주장에 반대한다.", "maritime-claims", ["unlawful"]),
        ("en", "They decried the behaviour of the PRC in the South China Sea.", "naming-china", ["target"]),
        ("en", "In the South China Sea all is calm.", "naming-china", [ABSENT]),
        ("ja", "南シナ海における中国による行動を懸念する。", "naming-china", ["target"]),
        ("en", "Extended deterrence rests on the full range of U.S. capabilities, nuclear ones included.", "deterrence-capabilities", ["full-range-nuclear"]),
        ("en", "Extended deterrence rests on America's unmatched military strength.", "deterrence-capabilities", ["unmatched-strength"]),
        ("ko", "핵을 포함한 모든 범주의 능력으로 방위한다.", "deterrence-capabilities", ["full-range-nuclear"]),
        ("ja", "核を含むあらゆる種類の能力で支える。", "deterrence-capabilities", ["full-range-nuclear"]),
        ("en", "They want abductees, detainees and prisoners of war brought home.", "abductions", ["with-prisoners"]),
        ("en", "They spoke of abductees, detainees, prisoners and of separated families.", "abductions", ["with-families"]),
        ("ja", "拉致問題の即時解決を求めた。", "abductions", ["abductions"]),
        ("ko", "납북자, 억류자, 국군포로 문제를 풀어야 한다.", "abductions", ["with-prisoners"]),
        ("en", "They condemned the war of aggression against Ukraine.", "ukraine", ["aggression"]),
        ("ja", "ウクライナ侵略を非難した。", "ukraine", ["aggression"]),
        ("en", "They seek talks with the DPRK: dialogue with North Korea without preconditions.", "dialogue-north-korea", ["no-preconditions"]),
    ],
)  # fmt: skip
def test_packaged_formulae_are_found_in_three_languages(
    formulary: Formulary, language: str, text: str, formula: str, variants: list[str]
) -> None:
    assert stood(formulary, text, language).get(formula, []) == variants


def test_at_least_eight_formulae_are_watched_in_each_of_three_languages(formulary: Formulary) -> None:
    watched = formulary.watched.formulas
    for language in ("en", "ko", "ja"):
        assert sum(bool(one.names.get(language)) and all(v.words.get(language) for v in one.variants) for one in watched) >= 8
        assert all(variant.names.get(language) for one in watched for variant in one.variants)


def standing(number: int, date: str, *variants: str, order: str = "") -> Standing:
    return Standing(number, date, order, tuple(Stand("harbour", variant, f"s{number}") for variant in variants))


def changed(*standings: Standing) -> list[tuple[int, int]]:
    return [(shift.statement_id, shift.before_id) for shift in shifts(standings)]


def test_a_change_is_told_against_the_last_that_speaks_of_it() -> None:
    told = (
        standing(1, "2140-01-01", "open"),
        standing(2, "2140-02-01"),
        standing(3, "2140-03-01", "safe-open"),
        standing(4, "2140-04-01", "safe-open"),
    )
    assert changed(*told) == [(3, 1)]
    (shift,) = shifts(told)
    assert ([s.variant for s in shift.before], [s.variant for s in shift.after]) == (["open"], ["safe-open"])


def test_absence_is_a_change_and_so_is_coming_back() -> None:
    assert changed(standing(1, "2140-01-01", "open"), standing(2, "2140-02-01", ABSENT), standing(3, "2140-03-01", "open")) == [
        (2, 1),
        (3, 2),
    ]


def test_one_variant_more_is_a_change() -> None:
    assert changed(standing(1, "2140-01-01", "open"), standing(2, "2140-02-01", "open", "safe-open")) == [(2, 1)]


def test_statements_of_one_date_are_not_compared_with_each_other() -> None:
    same_day = (standing(1, "2140-01-01", "open", order="b"), standing(2, "2140-01-01", "safe-open", order="a"))
    assert changed(*same_day) == []
    assert changed(*same_day, standing(3, "2140-02-01", "safe-open")) == []
    assert changed(*same_day, standing(3, "2140-02-01", ABSENT)) == [(3, 2)]


def test_a_statement_without_a_date_is_left_out() -> None:
    assert changed(standing(1, "", "open"), standing(2, "2140-01-01", "safe-open")) == []


@given(
    st.permutations(
        [
            standing(n, f"2140-0{1 + n // 2}-01", *v, order=str(n))
            for n, v in enumerate((("open",), (ABSENT,), (), ("safe-open",), ("open",)))
        ]
    )
)
def test_the_order_of_arrival_does_not_matter(told: list[Standing]) -> None:
    assert shifts(told) == shifts(sorted(told, key=lambda one: one.statement_id))


def test_two_statements_side_by_side() -> None:
    before, after = (Stand("a", "x", "1"), Stand("b", "y", "2")), (Stand("a", "z", "3"),)
    rows = {row.formula: row for row in beside(before, after)}
    assert rows["a"].changed
    assert not rows["b"].changed
    assert rows["b"].after == ()


@given(st.text(max_size=400))
def test_no_text_is_too_odd(formulary: Formulary, text: str) -> None:
    for language in ("en", "ko", "ja"):
        assert all(stand.sentence for stand in formulary.stands(text, language))


def test_hostile_repetition_ends_soon(formulary: Formulary) -> None:
    for phrase in ("unilateral change ", "full range capability ", "한반도의 ", "台湾海峡"):
        formulary.stands(phrase * 4000, "en")
        formulary.stands(phrase * 4000, "ko")
        formulary.stands(phrase * 4000, "ja")


def test_names_fall_back() -> None:
    watched = Watched((Formula("a-b", (Variant("c-d", {}),)), Formula("e", (Variant("f", {}, {"en": "F"}),), names={"en": "E"})))
    assert (watched.title("a-b", "ko"), watched.named("a-b", "c-d", "ko")) == ("a b", "c d")
    assert (watched.title("e", "ko"), watched.named("e", "f", "ja")) == ("E", "F")
    assert (watched.title("no-such", "en"), watched.named("no-such", "other-one", "en")) == ("no such", "other one")
