from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.stages.extract.statement import isolate

# Written for these tests in the manner of such texts; nobody ever said them.
FIRST = "The Foreign Minister of Norland, the Secretary of Ostia and the Foreign Minister of Westmark met on May 4 in Harbour City to review their joint work."
HEADING = "Keeping the Sea Lanes Open"
SECOND = "The three ministers agreed to set up a Northern Straits Rescue Mechanism, and they asked their officials to report on it before the autumn."
LAST = "They look forward to the next meeting of the three sides in Westmark this winter."
CORE = f"{FIRST}\n\n{HEADING}\n\n{SECOND}\n\n{LAST}"

KO_FIRST = "노르란드와 오스티아, 웨스트마르크 외교장관은 5월 4일 하버시티에서 만나 세 나라의 협력 현황을 점검하였다."
KO_LAST = "세 장관은 올겨울 웨스트마르크에서 열릴 다음 회의를 기대한다고 밝혔다."
KO = f"{KO_FIRST}\n\n{KO_LAST}"

JA_FIRST = "ノルランド、オスティア及びウェストマルクの外相は、5月4日、ハーバーシティにおいて会談し、三か国の協力の進展を確認した。"
JA_LAST = "三外相は、今冬にウェストマルクで開かれる次回会合への期待を表明した。"
JA = f"{JA_FIRST}\n\n{JA_LAST}"


def cut(text: str, title: str = "", language: str = "") -> str:
    start, end, _ = isolate(text, language, title)
    return text[start:end]


def marked(text: str) -> bool:
    return isolate(text, "", "")[2]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Begin Text:\n\n", "\n\nEnd Text."),
        (
            "Ministers Meet in Harbour City\n\nOffice of the Spokesperson\n\nBEGIN TEXT\n\n",
            "\n\nEND TEXT\n\nRelated stories\n\nA cat was rescued from a tree on Sunday by a passing minister of the cabinet.",
        ),
        (
            "The following text was released by the Governments of the three countries.\n\n[Begin text:]\n",
            "\n[End of text]\n\nSubscribe to our newsletter.",
        ),
        ("The following is the text of the joint statement issued by the three ministers in Harbour City:\n\n", ""),
        ("The text of the following statement was released by the three governments after the meeting.\n\n", "\n\n###"),
        ("Full text of the joint statement:\n\n", "\n\n- 30 -"),
        ("FULL TEXT\n\n", "\n\n(END)"),
        (
            "The three governments published a statement on Monday, and it reads as follows:\n\n",
            "\n\nCopyright 2030 Example Press. All rights reserved.",
        ),
        (
            "The below is attributable to Spokesperson Ann Lee:\n\n",
            "\n\n# # #\n\nAbout Example Wire\n\nExample Wire carries releases of governments around the world.",
        ),
    ],
)
def test_markers_of_english_pages(before: str, after: str) -> None:
    assert cut(before + CORE + after) == CORE
    assert marked(before + CORE + after)


@pytest.mark.parametrize(
    ("before", "core", "after"),
    [
        ("다음은 3국 외교장관 공동성명 전문.\n\n", KO, "\n\n-끝-"),
        ("공동성명 전문:\n", KO, "\n(끝)"),
        ("[전문] 3국 외교장관 공동성명\n\n", KO, ""),
        ("이하는 세 나라 정부가 회의를 마친 뒤 발표한 성명의 전문이다.\n\n", KO, "\n\nⓒ 예시일보. 무단전재 및 재배포 금지"),
        ("이하 전문\n", KO, ""),
        ("以下全文。\n\n", JA, "\n\n（了）"),
        ("共同声明の全文は以下のとおり。\n\n", JA, "\n\n以上"),
        ("【全文】\n", JA, "\n関連記事\n\n港で猫が救助されたと地元の消防が発表した、という話題です。"),
    ],
)
def test_markers_of_korean_and_japanese_pages(before: str, core: str, after: str) -> None:
    assert cut(before + core + after) == core
    assert marked(before + core + after)


@pytest.mark.parametrize(
    "head",
    [
        "Three Allies Meet in Harbour City\n\n",
        "Skip to content\nHome\nWorld\nPolitics\n\nThree Allies Meet in Harbour City\n\nBy Ann Lee\n\nMay 5, 2030\n\n",
        "An official website of the Norland government\nOfficial websites use .example\nShare sensitive information only on official, secure websites.\n\n",
        "Webp x7k2m9q4w8e1r5t3y6u0\n\nORGANIZATIONS IN THIS STORY\n\nAnn Lee Foreign Minister | Official Website\n\n",
        "three-allies-meet-in-harbour-city\n\n",
        "Foreign Ministers Ann Lee (L), Bo Kim (C) and Cy Mori pose for a photo in Harbour City. (Example Press)\n\n",
        "HARBOUR CITY, May 4 (Example Press) -- ",
        "HARBOUR CITY \u2014 ",
        "Photo: Ministry of Norland\n\n",
        "coast harbour lamp river stone window table cloud garden bridge paper water light forest engine music letter summer winter island signal copper meadow valley lantern orchard\n\n",
    ],
)
def test_furniture_at_the_head_goes_by_its_shape(head: str) -> None:
    assert cut(head + CORE, "Three Allies Meet in Harbour City") == CORE
    assert not marked(head + CORE)


@pytest.mark.parametrize(
    "tail",
    [
        "\n\nRisk Warning: Shares may fall, and nothing on this website constitutes investment advice of any kind whatsoever.",
        "\n\n/Public Release. This material from the originating organization might be edited for clarity, style and length.View in full here.",
        "\n\nORGANIZATIONS IN THIS STORY",
        "\n\n(Example Press)",
        "\n\nTags: talks, sea",
        "\n\nShare this\nFacebook\nX\nE-mail",
        "\n\nRelated Articles\n\nA cat was rescued from a tree on Sunday by a passing minister of the cabinet.",
        "\n\n\u00a9 2030 Example Press. All rights reserved.",
        "\n\nSign up for our newsletter to get the news of the day before everybody else does.",
        "\n\nann.lee@example.com",
        " 2030.05.05 ann.lee@example.com",
        " All rights reserved.",
        "\n\n###",
        "\n\n\u203b This article has been translated by AI. Share your feedback here.",
    ],
)
def test_furniture_at_the_tail_goes_by_its_shape(tail: str) -> None:
    assert cut(CORE + tail) == CORE


@pytest.mark.parametrize(
    ("text", "core"),
    [
        (f"바로가기 메뉴\n본문 바로가기\n\n보도자료\n\n3국 외교장관회의 개최\n\n{KO}\n\n붙임 : 회의 사진.  끝.", KO),
        (f"3국 외교장관 회동\n홍길동\nhong@example.com | 2030-05-05 15:32:07\n{KO}\n[ⓒ 예시일보. 무단전재-재배포 금지]", KO),
        (f"(하버시티=예시통신) 홍길동 기자 = {KO}\n\n관련기사\n고양이 구조", KO),
        (f"報道発表\n\n三か国外相会合（結果）\n\n令和12年5月5日\n(写真提供:ノルランド外務省)\n\n{JA}\n\n印刷する", JA),
        (f"【ハーバーシティ共同】{JA}\n\n関連リンク", JA),
        (f"外相会合\n\n1.総論\n{JA}", f"1.総論\n{JA}"),
    ],
)
def test_furniture_of_korean_and_japanese_pages(text: str, core: str) -> None:
    assert cut(text) == core


@pytest.mark.parametrize(
    "text",
    [
        CORE,
        KO,
        JA,
        f"{FIRST}\n\n- Norland and Ostia set up a shared desk for distress calls at sea\n- Westmark lends two ships to the common patrol each year",
        "By continuing to work together, the three sides will keep the peace of the region for many years. " + LAST,
        "Previous meetings of the three ministers were held in Ostia and in Westmark, and they went well. " + LAST,
        "Following the summit of last year, the three leaders issued a joint statement on the safety of the sea lanes. " + SECOND,
        "공유된 가치를 바탕으로 세 나라는 협력을 계속하기로 하였다. 구독 경제와 인쇄 산업도 논의되었다.",
        "The text of the treaty was not discussed, but the ministers agreed to meet again before winter comes.",
    ],
)
def test_a_clean_text_stays_whole(text: str) -> None:
    assert cut(text) == text
    assert not marked(text)


def test_hard_wrapped_lines_are_one_paragraph() -> None:
    text = (
        "Page 3\n"
        "The three ministers met in the old town hall of\nthe harbour and went through the long list of\nprojects that their officials had drawn up, which\nthey approved without changes of any kind."
    )
    assert cut(text) == text[7:]


def test_the_title_once_more_goes() -> None:
    title = "Norland, Ostia and Westmark agree that they will build a rescue mechanism for the northern straits together."
    assert cut(f"{title}\n\n{CORE}", title) == CORE
    assert cut(f"{title[:60]}...\n\n{CORE}", title) == CORE


def test_without_a_marker_most_of_the_text_stays() -> None:
    text = f"{FIRST}\n\nRelated: {SECOND} {SECOND} {SECOND}"
    start, end, found = isolate(text, "en")
    assert (end - start >= 0.4 * len(text), found) == (True, False)


def test_a_text_of_short_lines_only_stays_whole() -> None:
    assert cut("  July 8, 2030\nJoint Statement\nHarbour City  ") == "July 8, 2030\nJoint Statement\nHarbour City"


def test_a_marker_with_nothing_behind_it_is_no_marker() -> None:
    assert cut(f"{CORE}\n\nBegin Text:").startswith(CORE)


def test_a_blank_text_has_no_statement() -> None:
    assert isolate(" \n ", "") == (0, 0, False)


@given(
    st.text(max_size=400)
    | st.lists(
        st.sampled_from([CORE, "Begin Text:", "End Text.", "###", "전문", "以下全文。", "Related", "\n", KO_FIRST, "(了)", "a@b.cd"]),
        max_size=8,
    ).map("\n".join),
    st.text(max_size=30),
)
def test_the_stretch_is_always_inside_the_text(text: str, title: str) -> None:
    start, end, _ = isolate(text, "", title)
    if text.strip():
        assert 0 <= start < end <= len(text)
        assert text[start:end] == text[start:end].strip()
    else:
        assert (start, end) == (0, 0)


@pytest.mark.parametrize(
    "piece",
    [
        "a",
        "The following is ",
        "[ ",
        "(A =",
        "A, ",
        "-a",
        "다. ",
        "Begin text ",
        "the text of the following ",
        "# ",
        "\n- ",
        "全文",
        "a.\n",
        "Copyright ",
    ],
)
def test_long_hostile_texts_are_read_in_linear_time(piece: str) -> None:
    text = piece * (400_000 // len(piece))
    start, end, _ = isolate(text, "")
    assert 0 <= start < end <= len(text)


def test_sample_with_markers(shared: Path) -> None:
    text = (shared / "samples" / "brussels-2025-04-03.txt").read_text(encoding="utf-8")
    statement = cut(text, "US, Japan, S. Korea Hold Trilateral Talks in Brussels", "en")
    assert statement.startswith("United States Secretary of State Marco Rubio")
    assert statement.endswith("in Japan this summer.")
    assert "\n\nAddressing the North Korean Threat\n\n" in statement
    assert isolate(text, "")[2]


@pytest.mark.parametrize("title", ["", "Trilateral talks reaffirm ROK-U.S.-Japan cooperation on security issues"])
def test_sample_without_markers(shared: Path, title: str) -> None:
    text = (shared / "samples" / "seoul-2024-10-16.txt").read_text(encoding="utf-8")
    statement = cut(text, title, "en")
    assert statement.startswith("The Vice Foreign Ministers of the Republic of Korea")
    assert statement.endswith("South Korea, Japan, and the United States.")
    assert "ORGANIZATIONS" not in statement
