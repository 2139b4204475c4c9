"""Every claim of the material is in the text part and in the HTML part, in each language."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scraper.model.digest import Digest, HeldBack, Material, NewInitiative, NewStatement, Publication, SourceTrouble, WatchReport
from scraper.model.initiative import Near
from scraper.stages.digest import compile, message_id, render_html, render_text, subject, to_message

SENTENCE = "The ministers launched the Harbour Watch Cell, to open in May."
START = SENTENCE.index("Harbour")
STATEMENT = NewStatement(
    id=4,
    title="Joint Statement of the Three Ministers",
    kind="joint_statement",
    date="2026-04-03",
    level="foreign_ministers",
    place="Brussels",
    side="joint",
    url="https://one.example/statement?a=1&b=2",
    language="en",
    published=(
        Publication(
            "AA", "Ministry A", "https://one.example/a", "2026-04-03T13:30:00Z", "2026-04-03T13:25:00Z", "2026-04-03T13:45:00Z", "en"
        ),
        Publication("BB", "Ministry B", "https://two.example/b", "2026-04-04", "2026-04-03T14:50:00Z", "2026-04-03T15:10:00Z", "ko"),
    ),
    copies=5,
    publishers=("Wire One", "Daily Two", "Herald Three", "Gazette Four"),
    languages=("en", "ko"),
)
PLACEHOLDER = NewStatement(9, "Talks held", "report", placeholder=True, late=True, copies=1)
INITIATIVE = NewInitiative(
    id="harbour-watch-cell",
    name="Harbour Watch Cell",
    kind="mechanism",
    language="en",
    sentence=SENTENCE,
    mark=(START, START + len("Harbour Watch Cell")),
    before="They met in the morning.",
    after="It reports every year.",
    side="AA",
    publisher="Ministry A",
    url="https://one.example/a",
    statement_title="Joint Statement of the Three Ministers",
    statement_date="2026-04-03",
    confidence=0.874,
    why="a capitalised name after 'launched'",
    nearest=(
        Near("n1", "Harbour Guard", "same first word"),
        Near("n2", "Watch Group", "same head"),
        Near("n3", "Cell", ""),
        Near("n4", "Fourth", "too far"),
    ),
)
TROUBLE = SourceTrouble("jp-x", "Board X", "blocked", "2026-04-01T00:00:00Z", "2026-03-31T23:30:00Z", "403 Forbidden")
REPORT = WatchReport(14, 15, 2016, 1990, 0, True, 392, "jp-x", "2026-04-01T00:00:00Z", "2026-04-01T06:32:00Z")
MATERIAL = Material(
    made_at="2026-04-03T22:30:00Z",
    zone="Asia/Seoul",
    sides=(("AA", "Aland"), ("BB", "Bland"), ("CC", "Cland")),
    statements=(STATEMENT, PLACEHOLDER),
    initiatives=(INITIATIVE,),
    known=("Old Framework", "Older Dialogue", "Old Framework"),
    troubles=(TROUBLE, SourceTrouble("kr-y", "Board Y", "stale", new=False)),
    held_back=HeldBack(12, 1),
    watch=REPORT,
)
LANGUAGE_CODES = ("en", "ko", "ja")


class Words(HTMLParser):
    """The text a reader sees, the links and the tags of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.text, self._style = "", False
        self.links: list[str] = []
        self.tags: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self._style = tag == "style"
        self.links += [value for key, value in attrs if key == "href" and value]

    def handle_endtag(self, tag: str) -> None:
        self._style = False

    def handle_data(self, data: str) -> None:
        self.text += "" if self._style else data


def parts(material: Material) -> tuple[str, str]:
    """Return the words of both parts with single spaces."""
    digest = compile(material)
    text = re.sub(r"\s*\n\s*\|?\s*", " ", render_text(digest, width=4000))
    return re.sub(r"\s+", " ", text), re.sub(r"\s+", " ", Words(render_html(digest)).text)


def claimed(material: Material, *claims: str) -> None:
    """Assert that both parts hold every claim."""
    for part in parts(material):
        for claim in claims:
            assert claim in part


def test_english_claims() -> None:
    claimed(
        MATERIAL,
        "4 April 2026, 07:30 · times in Asia/Seoul",
        "1 new initiative, 2 new statements, 2 sources need a look, confirmed quiet",
        "Joint statement · Foreign ministers · Brussels · 3 April 2026",
        "Aland · Ministry A (English) - 3 Apr, 22:30; first seen between 3 Apr, 22:25 and 22:45",
        "Bland · Ministry B (Korean) - 4 Apr; first seen between 3 Apr, 23:50 and 4 Apr, 00:10",
        "5 (Wire One, Daily Two, Herald Three and 2 more)",
        "English, Korean",
        "primary text not yet seen",
        "found late",
        "undated",
        "first in our data",
        "They met in the morning. The ministers launched the ",
        ", to open in May. It reports every year.",
        "Aland · Ministry A",
        "Joint Statement of the Three Ministers · 3 April 2026",
        "87 % · a capitalised name after 'launched'",
        "Harbour Guard (n1) - same first word",
        "Cell (n3)",
        "Old Framework · Older Dialogue",
        "Board X (jp-x)",
        "access refused (blocked)",
        "1 April 2026, 09:00",
        "1 April 2026, 08:30",
        "403 Forbidden",
        "nothing new for longer than usual (stale)",
        "never",
        "Confirmed quiet",
        "14 of 15 official sources",
        "6 h 32 min, jp-x (1 April 2026, 09:00 to 15:32)",
        "2016, of which 1990 good",
        "12 new statements, 1 new initiative.",
    )
    for part in parts(MATERIAL):
        assert "Cland" in part.partition("Not yet seen from")[2][:12]
        assert "Fourth" not in part
        assert "Gazette" not in part
        assert part.count("Old Framework") == 1


@pytest.mark.parametrize(
    ("language", "claims"),
    [
        ("ko", ("2026년 4월 4일 07:30", "새 성명 2건", "공동성명 · 외교장관 · Brussels", "5건 (Wire One, Daily Two, Herald Three 외 2건)", "원문 미확인", "접근 차단 (blocked)", "6시간 32분")),
        ("ja", ("2026年4月4日 07:30", "新たな声明 2件", "共同声明 · 外相 · Brussels", "5件（Wire One、Daily Two、Herald Threeほか2件）", "原文未確認", "アクセス拒否 (blocked)", "6時間32分")),
    ],
)  # fmt: skip
def test_other_languages(language: str, claims: tuple[str, ...]) -> None:
    material = replace(MATERIAL, language=language)
    claimed(material, *claims)
    assert f'<html lang="{language}">' in render_html(compile(material))


def test_unknown_language_is_english_and_unknown_words_are_shown() -> None:
    material = Material(
        "2026-04-03T22:30:00Z", language="fr", statements=(NewStatement(1, "T", "new_kind", "2026-04", "deputies", side="ZZ"),)
    )
    claimed(material, "new kind · ZZ · deputies · 2026-04")


@pytest.mark.parametrize("language", LANGUAGE_CODES)
def test_links_are_in_both_parts(language: str) -> None:
    digest = compile(replace(MATERIAL, language=language))
    wanted = {"https://one.example/statement?a=1&b=2", "https://one.example/a", "https://two.example/b"}
    assert set(Words(render_html(digest)).links) == wanted
    lines = {line.strip() for line in render_text(digest, width=30).splitlines()}
    assert wanted <= lines


HOSTILE = '<script>alert(1)</script>"><img src=x onerror=y>\u202e{{ 7*7 }}'


def test_hostile_text_is_escaped() -> None:
    statement = replace(
        STATEMENT, title=HOSTILE, place=HOSTILE, publishers=(HOSTILE,), published=(replace(STATEMENT.published[0], publisher=HOSTILE),)
    )
    initiative = replace(
        INITIATIVE, name=HOSTILE, sentence=HOSTILE, mark=(0, 8), before=HOSTILE, after=HOSTILE, why=HOSTILE, language='"><script>'
    )
    trouble = replace(TROUBLE, name=HOSTILE, error=HOSTILE, id=HOSTILE)
    digest = compile(
        replace(
            MATERIAL, statements=(statement,), initiatives=(initiative,), troubles=(trouble,), known=(HOSTILE,), sides=(("AA", HOSTILE),)
        )
    )
    page = render_html(digest)
    words = Words(page)
    assert not {"script", "img", "iframe", "object"} & set(words.tags)
    assert words.text.count("<script>alert(1)</script>") >= 10
    assert "{{ 7*7 }}" in words.text
    assert "\u202e" not in page + render_text(digest) + subject(digest)


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "JavaScript:alert(1)", "data:text/html,x", "//no.scheme/", "https://", "https://a.example/ b", "http://a\n.example/", "ftp://a.example/", "https:/a"],
)  # fmt: skip
def test_only_web_addresses_are_links(url: str) -> None:
    statement = replace(STATEMENT, url=url, published=(replace(STATEMENT.published[0], url=url),))
    digest = compile(replace(MATERIAL, statements=(statement,), initiatives=(replace(INITIATIVE, url=url),)))
    assert Words(render_html(digest)).links == []
    assert url not in render_text(digest)


def test_the_name_is_marked_in_both() -> None:
    digest = compile(MATERIAL)
    assert "<mark>Harbour Watch Cell</mark>" in render_html(digest)
    assert "**Harbour Watch Cell**" in render_text(digest, width=200)


@pytest.mark.parametrize("mark", [(-1, 3), (5, 2), (0, 10_000)])
def test_a_mark_outside_the_sentence_marks_nothing(mark: tuple[int, int]) -> None:
    digest = compile(replace(MATERIAL, initiatives=(replace(INITIATIVE, mark=mark),)))
    assert digest.initiatives[0].sentence == SENTENCE
    assert "<mark>" not in render_html(digest)


def test_mark_stays_true_when_the_sentence_is_cleaned_and_cut() -> None:
    long = "\u200bpad \n\n " * 300 + "the Harbour\u00ad\tWatch  Cell" + " more" * 300
    start = long.index("Harbour")
    (item,) = compile(
        replace(MATERIAL, initiatives=(replace(INITIATIVE, sentence=long, mark=(start, start + len("Harbour\u00ad\tWatch  Cell"))),))
    ).initiatives
    assert item.sentence[slice(*item.mark)] == "Harbour Watch Cell"
    assert "the Harbour Watch Cell more" in item.sentence
    assert item.sentence.startswith("… ")
    assert item.sentence.endswith(" …")
    assert len(item.sentence) < 800


def test_order() -> None:
    statements = tuple(
        NewStatement(number, f"S{number}", "report", date) for number, date in ((1, "2026-01-01"), (2, "2026-03-01"), (3, "2026-03-01"))
    )
    initiatives = tuple(replace(INITIATIVE, id=name, name=name, confidence=sure) for name, sure in (("b", 0.5), ("a", 0.5), ("c", 0.9)))
    troubles = (replace(TROUBLE, name="A", new=False), replace(TROUBLE, name="B"))
    digest = compile(Material("", statements=statements, initiatives=initiatives, troubles=troubles))
    assert [item.id for item in digest.statements] == [3, 2, 1]
    assert [item.name for item in digest.initiatives] == ["c", "a", "b"]
    assert [item.name for item in digest.troubles] == ["B", "A"]


@pytest.mark.parametrize(
    ("material", "has_news", "is_due"),
    [
        (Material(""), False, False),
        (Material("", known=("X",), held_back=HeldBack(3)), False, False),
        (Material("", troubles=(replace(TROUBLE, new=False),)), False, False),
        (Material("", troubles=(TROUBLE,)), True, True),
        (Material("", statements=(STATEMENT,)), True, True),
        (Material("", initiatives=(INITIATIVE,)), True, True),
        (Material("", watch=REPORT), False, True),
    ],
)
def test_news(material: Material, has_news: bool, is_due: bool) -> None:
    digest = compile(material)
    assert (digest.has_news, digest.is_due) == (has_news, is_due)


@pytest.mark.parametrize(
    ("report", "claim"),
    [
        (replace(REPORT, statements=2), "Watch complete."),
        (replace(REPORT, complete=False), "Watch incomplete: silence may not mean quiet."),
        (replace(REPORT, blind_minutes=0), "none"),
        (replace(REPORT, blind_minutes=45), "45 min, jp-x"),
        (replace(REPORT, blind_minutes=60, blind_source=""), "1 h 0 min"),
    ],
)
def test_watch_report(report: WatchReport, claim: str) -> None:
    claimed(replace(MATERIAL, watch=report), claim)


def test_sides() -> None:
    bare = replace(
        STATEMENT, published=(Publication("", "", "https://x.example/", seen_before="2026-04-03T13:45:00Z"),), publishers=(), copies=2
    )
    claimed(replace(MATERIAL, statements=(bare,)), "https://x.example/ - first seen 3 Apr, 22:45")
    joint = replace(STATEMENT, published=(replace(STATEMENT.published[0], side="joint"),))
    for part in parts(replace(MATERIAL, statements=(joint,))):
        assert "Not yet seen from" not in part


def test_initiative_with_little_known() -> None:
    bare = NewInitiative("x", "예시 협의체", "", "ja", "예시。", (0, 2), before="前。", after="後。")
    claimed(
        replace(MATERIAL, initiatives=(bare, replace(bare, id="y", basis="ever", url="https://x.example/y"))),
        "none near",
        "前。",
        "first ever",
        "https://x.example/y",
    )
    assert (
        '<blockquote lang="ja"><span class="beside">前。</span><mark>예시</mark>。<span class="beside">後。</span></blockquote>'
        in render_html(compile(replace(MATERIAL, initiatives=(bare,))))
    )


def test_empty_digest_says_so() -> None:
    digest = compile(Material("2026-04-03T22:30:00Z"))
    assert "Nothing new." in render_text(digest)
    assert "Nothing new." in render_html(digest)
    assert subject(digest) == "Nothing new."


def test_subject() -> None:
    assert subject(compile(replace(MATERIAL, troubles=(), watch=None))) == "NEW joint statement, FMs + first mention: Harbour Watch… +1"


def test_message_id_depends_on_alerts_and_channel_alone() -> None:
    assert message_id([3, 1, 2], "mail") == message_id((1, 2, 3), "mail")
    assert len({message_id([1, 2], "mail"), message_id([12], "mail"), message_id([1, 2], "file")}) == 3
    assert re.fullmatch(r"[a-z0-9-]+", message_id([1], 'a"\r\n<b>'))


def test_message_holds_both_parts() -> None:
    digest = compile(replace(MATERIAL, language="ja"))
    message = to_message(digest, "digest-1", "mailto:a@b.example")
    assert (message.message_id, message.unsubscribe, message.language) == ("digest-1", "mailto:a@b.example", "ja")
    assert (message.text, message.html, message.subject) == (render_text(digest), render_html(digest), subject(digest))
    assert message.made_at == "2026-04-03T22:30:00Z"


def test_page_is_readable_on_a_phone() -> None:
    page = render_html(compile(MATERIAL))
    assert 'name="viewport" content="width=device-width' in page
    assert "max-width: 640px" in page
    assert "prefers-color-scheme: dark" in page
    tags = Words(page).tags
    assert tags.count("h1") == 1
    assert {"h2", "h3", "blockquote", "mark", "dl"} <= set(tags)
    assert not re.search(r"(?i)<(?:script|link|img|iframe)|url\(|@import|src=", page)


TEXT = st.text(max_size=40)
HOSTILE_MATERIAL = st.builds(
    Material,
    made_at=TEXT,
    language=st.sampled_from(["en", "ko", "ja", "xx"]),
    sides=st.just((("AA", "Aland"),)),
    statements=st.lists(
        st.builds(NewStatement, id=st.integers(), title=TEXT, kind=TEXT, date=TEXT, url=TEXT, published=st.lists(st.builds(Publication, TEXT, TEXT, TEXT, TEXT, TEXT, TEXT), max_size=2).map(tuple), copies=st.integers(0, 9), publishers=st.lists(TEXT, max_size=4).map(tuple)),
        max_size=2,
    ).map(tuple),
    initiatives=st.lists(
        st.builds(NewInitiative, id=TEXT, name=TEXT, kind=TEXT, language=TEXT, sentence=TEXT, mark=st.tuples(st.integers(-2, 50), st.integers(-2, 50)), before=TEXT, url=TEXT, confidence=st.floats(0, 1)),
        max_size=2,
    ).map(tuple),
    troubles=st.lists(st.builds(SourceTrouble, TEXT, TEXT, TEXT, TEXT, TEXT, TEXT), max_size=2).map(tuple),
)  # fmt: skip


@settings(max_examples=120, deadline=None)
@given(HOSTILE_MATERIAL)
def test_any_material_renders_to_safe_parts(material: Material) -> None:
    digest = compile(material)
    assert isinstance(digest, Digest)
    page = render_html(digest)
    assert all(link.lower().startswith(("http://", "https://")) for link in Words(page).links)
    assert not re.search(r"(?i)<(?:script|img|iframe)", page)
    assert "\n" not in subject(digest)
    assert render_text(digest).endswith("\n")
    for item in digest.initiatives:
        assert 0 <= item.mark[0] <= item.mark[1] <= len(item.sentence)
    for statement in digest.statements:
        assert statement.title in unescape(page).replace("\r", "")
