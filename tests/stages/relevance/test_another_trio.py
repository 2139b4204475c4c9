"""Another trio is watched without touching the code."""

from __future__ import annotations

from scraper.model.article import Article
from scraper.model.moment import Moment
from scraper.model.watch import Party, Term, Watch
from scraper.stages.relevance import judge

WATCH = Watch(
    "Japan, Australia and the United States",
    (
        Party("JP", "Japan", {"en": ("Japan",), "ja": ("日本",)}, {"en": ("Japanese",)}, {"ja": ("日",)}, domains=("go.jp",)),
        Party("AU", "Australia", {"en": ("Australia",), "ja": ("豪州",)}, {"en": ("Australian",)}, {"ja": ("豪",)}, domains=("gov.au",)),
        Party("US", "United States", {"en": ("United States", "U.S."), "ja": ("米国",)}, {}, {"ja": ("米",)}, domains=("gov",)),
    ),
    others=(Party("KR", "South Korea", {"en": ("South Korea", "ROK")}, short={"ja": ("韓",)}),),
    together={"en": ("trilateral",), "ja": ("三か国",)},
    levels=(Term("defence_ministers", {"en": ("defense ministers",), "ja": ("防衛相",)}),),
    acts=(Term("gathering", {"en": ("meeting", "met", "dialogue"), "ja": ("会談",)}),),
    places=(Term("Perth", {"en": ("Perth",), "ja": ("パース",)}),),
)


def rule(title: str, text: str, url: str = "https://x.example/") -> tuple[bool, str, str, str]:
    found = judge(Article(url, title, text, "en", published=Moment("2025-06-02", "date"), official="gov" in url), WATCH)
    return found.relevant, found.level, found.place, found.side


def test_the_new_trio_is_relevant_and_the_shipped_one_is_not() -> None:
    met = "The defense ministers of Japan, Australia and the United States met in Perth on June 1 for talks on patrols."
    assert rule("Japan-Australia-U.S. meeting", met) == (True, "defence_ministers", "Perth", "")
    assert rule("日米豪防衛相会談", "日米豪の防衛相は1日、パースで会談した。") == (True, "defence_ministers", "Perth", "")
    assert not rule("日米韓防衛相会談", "日米韓の防衛相は1日、パースで会談した。")[0]
    assert not rule("U.S.-Japan-ROK meeting", "The defense ministers of Japan, South Korea and the United States met in Perth on June 1.")[
        0
    ]


def test_the_side_is_the_party_whose_domain_it_is() -> None:
    met = "The defense ministers of Japan, Australia and the United States met in Perth."
    assert rule("Japan-Australia-U.S. meeting", met, "https://www.minister.gov.au/a")[3] == "AU"


def test_an_empty_watch_finds_nothing() -> None:
    two = Watch("x", (Party("A", "A", {"en": ("Ruritania",)}), Party("B", "B", {"en": ("Syldavia",)})))
    found = judge(Article("https://x.example/", "한미일 회담", "The U.S. and Japan met on Monday.", "en"), two)
    assert not found.relevant
    assert (found.level, found.place, found.date, found.participants) == ("", "", "", ())
