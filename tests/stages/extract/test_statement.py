from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.stages.extract.recurring import digest
from scraper.stages.extract.statement import isolate, without_inserts

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
        ("--- BEGIN STATEMENT ---\n\n", "\n\n--- END STATEMENT ---\n\nA cat was rescued from a tree on Sunday by a minister."),
        ("Text of the joint statement:\n\n", "\n\nEnd of the statement."),
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
        ("이하 전문\n", KO, "\n\n이상입니다."),
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
        f"By the year 2040, all ships of the three will carry the same lamps. {SECOND}\n\nFrom then on, they will meet in the spring of 2041.",
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


@pytest.mark.parametrize(
    "last",
    [
        "They will meet again next year.",
        "Reason 5 was given too.",
        "We will do so.",
        "Nothing else was agreed.",
        "Done at Long Lake, on the fourth day of May.",
        "Contact will be kept.",
        "The text is authentic in all three languages.",
        "The Way Ahead\n\nThey will meet again.",
        "Support for the people of the north will go on.",
        "Follow-up will be handled by the three ministries of trade.",
        "Work will start at the right time.",
        "They decided to publish a joint translation of the old maps for reference.",
        "The three sides launched an office of the straits, which is a news agency as well.",
        "- Create a shared app for distress calls on X and elsewhere",
        "- Join the alerts of the two coast guards for free",
    ],
)
def test_the_last_sentence_stays_however_short(last: str) -> None:
    text = f"{CORE}\n\n{last}"
    assert cut(text) == text
    assert without_inserts(text) == text
    assert cut(f"{text}\n\nRelated Articles\n\nFour states launched the River Compact on Friday, officials said.") == text


@pytest.mark.parametrize(
    ("core", "last"),
    [
        (KO, "내년에 다시 만난다."),
        (KO, "이상과 같이 합의하였다."),
        (KO, "세 나라는 위성 자료를 실시간으로 제공하기로 합의하였다."),
        (KO, "홈페이지는 세 나라가 함께 운영한다."),
        (JA, "次回は来年開かれる。"),
        (JA, "以上を確認した。"),
        (JA, "写真資料は三か国が相互に提供する。"),
    ],
)
def test_the_last_sentence_stays_in_korean_and_japanese(core: str, last: str) -> None:
    assert cut(f"{core}\n\n{last}") == f"{core}\n\n{last}"
    assert cut(f"{core}\n\n{last}\n\n목록\n\n이전글 강 협약 체결") == f"{core}\n\n{last}"


@pytest.mark.parametrize(
    "tail",
    [
        "Recommended for you\n\nThe River Compact was launched by four states on Friday, officials said.",
        "Trending Now\n\nThe River Compact was launched by four states on Friday, officials said.",
        "What others are reading\n\nThe River Compact was launched by four states on Friday, officials said.",
        "ORGANIZATIONS IN THIS STORY\n\nMinistry of Norland",
        "ABOUT HARBOUR HERALD\n\nThe Herald was founded in 1901 and reaches readers in ninety countries.",
        "Dee Park covers diplomacy for the Herald. Follow her on X at @deepark.",
        "Dee Park is a staff writer at the Harbour Herald.",
        "Support our journalism. Become a member today.",
        "Want more stories like this one? Subscribe to the Herald for a dollar a week.",
        "Cryptocurrency Risk Warning: You can lose all of your money.",
        "Past performance is not indicative of future results. Your capital is at risk.",
        "The content of this release is the sole responsibility of its issuer.",
        "This is an unofficial translation. In case of doubt the original text prevails.",
        "Note: This translation is provided for reference only.",
        "Was this page helpful?\n\nYes\n\nNo",
        "Be the first to comment.",
        "You must be logged in to post a comment.",
        "Please enable cookies.",
        "Thanks for reading.",
        "Want to get notified whenever we write about any of these organizations? Sign up, and next time we'll email you a link to the story.",
        "Ann Lee (left), Bo Kim and Cy Mori pose for a photo in Harbour City on Saturday.",
        "This translation was generated automatically and may contain errors.",
        "세 장관이 회담에 앞서 기념촬영을 하고 있다.",
        "자세한 내용은 첨부파일을 참고하시기 바랍니다.",
        "로그인 후 이용하실 수 있습니다.",
        "会談に臨む左から三か国の外相。",
        "続きはログインしてご覧いただけます。",
        "Page last updated: 5 May 2030",
        "Last reviewed 5 May 2030.",
        "Post navigation\n\nPrevious Post: What the River Compact means",
        "첨부파일\n\n공동성명.hwp",
        "이전글 장관, 강 협약 체결\n\n다음글 항만 안전 구상 출범",
        "이 페이지에서 제공하는 정보에 대하여 만족하십니까?\n\n매우만족",
        "본 저작물은 공공누리 제1유형에 따라 이용할 수 있습니다.",
        "이 누리집은 공식 전자정부 누리집입니다.",
        "※ 본 번역은 비공식 번역으로 참고용입니다.",
        "예시일보 뉴스레터를 구독하세요.",
        "このページのトップへ",
        "※本訳文は仮訳であり、正文は英語である。",
        "※画像は海峡外務省提供。",
        "メールマガジンの購読はこちら。",
    ],
)
@pytest.mark.parametrize("core", [CORE, KO, JA])
def test_what_sites_put_behind_a_text_goes(core: str, tail: str) -> None:
    assert cut(f"{core}\n\n{tail}") == core


@pytest.mark.parametrize(
    "head",
    [
        "You are here: Home > News > 2030 > May",
        "Home / Media Centre / Speeches / Joint statement",
        "5 May 2030 | 3 min read",
        "Updated May 5, 2030, 4:12 p.m.",
        "Posted by admin on May 5, 2030 at 10:15 a.m.",
        "By Dee Park, Herald staff writer in Harbour City, Saturday, May 5, 2030, 10:15 a.m. GMT",
        "Below is the text of the statement.",
        "Already a subscriber? Log in to read the full story.",
        "Subscribe now and receive our weekly briefing in your inbox.",
        "This is an unofficial translation of the text released in Harbour City.",
        "게시판 상세보기 - 제목, 부서명, 작성일, 조회수, 첨부파일 정보 제공",
        "작성자 해협정책과 작성일 2030-05-05 조회 312 첨부 2",
        "입력 2030.05.05. 오후 3:12  수정 2030.05.05. 오후 4:01",
        "※ 아래는 공동성명의 비공식 국문 번역문임.",
        "公開日時：2030年5月5日 15時30分",
    ],
)
@pytest.mark.parametrize("core", [CORE, KO, JA])
def test_what_sites_put_before_a_text_goes(core: str, head: str) -> None:
    assert cut(f"{head}\n\n{core}") == core


@pytest.mark.parametrize(
    "heading", ["3 Comments", "2 thoughts on \u201cThree Allies Meet\u201d", "Leave a Reply", "댓글 12", "コメント(3)"]
)
def test_comments_go_however_long_they_are(heading: str) -> None:
    said = "I hope that the Harbour Light Initiative comes next, since all of us would gain by it in the long run."
    assert cut(f"{CORE}\n\n{heading}\n\n" + f"{said}\n\n" * 30) == CORE


def test_a_heading_of_the_text_is_none_of_a_box() -> None:
    more = f"{SECOND} {SECOND}"
    text = f"{CORE}\n\nContacts\n\n{more}\n\n{more}"
    assert cut(text) == text


def test_a_heading_on_responses_heads_no_comments() -> None:
    text = f"{CORE}\n\n{SECOND}\n\nResponse to Storms at Sea\n\n{SECOND} {LAST}\n\nCreated in 2023, the desk for distress calls has worked well."
    assert cut(text) == text


def test_a_picture_s_mark_of_copyright_does_not_end_the_text() -> None:
    text = f"{CORE}\n\n\u00a9 Dee Park 2030\n\n{SECOND} {SECOND}"
    assert cut(text) == text


def test_a_site_s_notes_in_its_own_language_go() -> None:
    text = f"{CORE}\n\n{SECOND} {SECOND}"
    assert cut(f"{text}\n\n해양외교부는 여러분의 의견을 언제나 소중하게 듣겠다.") == text
    assert cut(f"{KO}\n\n{text}") == f"{KO}\n\n{text}"


@pytest.mark.parametrize(("left", "right"), [("\u201c", "\u201d"), ('"', '"'), ("\u300c", "\u300d"), ("\u300e", "\u300f")])
def test_a_quotation_that_holds_the_text_is_opened(left: str, right: str) -> None:
    inner = f"{FIRST}\n\n{SECOND}\n\n{LAST}"
    behind = "The envoy of Southland called this a good day for the whole of the north, and left it at that."
    said = "The statement in full:"
    assert cut(f"{said}\n\n{left}{inner}{right}\n\n{behind}") == inner
    assert cut(f"{left}{inner}{right}") == inner


def test_a_quotation_opens_anew_with_each_paragraph() -> None:
    quoted = f"\u201c{FIRST}\n\n\u201c{SECOND}\n\n\u201c{LAST}\u201d"
    assert cut(f"The statement in full:\n\n{quoted}\n\nThe envoy of Southland called this a good day for the north.") == quoted[1:-1]


@pytest.mark.parametrize(
    "text",
    [
        f"\u201c{FIRST}\u201d one of them read out.\n\n{SECOND}\n\n{LAST}",
        f"\u201c{FIRST}\u201d\n\n{SECOND}\n\n{LAST} {SECOND}",
        f"\u201c{FIRST}\n\n{SECOND}\n\n{LAST}",
    ],
)
def test_other_quotations_stay(text: str) -> None:
    assert cut(text) == text


@pytest.mark.parametrize(
    "insert",
    [
        "Advertisement",
        "Story continues below advertisement",
        "Scroll to continue",
        "Read more: Four states launch the River Compact",
        "RELATED: Four states launch the River Compact",
        "Sign up for the Morning Brief and get the news in your inbox.",
        "Subscribe to our newsletter",
        "[관련기사] 강 협약 출범",
        "광고",
        "【関連記事】河川協定が発足",
    ],
)
def test_what_sites_put_between_paragraphs_goes(insert: str) -> None:
    assert without_inserts(f"{FIRST}\n\n{insert}\n\n{SECOND}") == f"{FIRST}\n\n{SECOND}"
    assert without_inserts(insert) == insert
    assert without_inserts(f"{insert}\n\n") == f"{insert}\n\n"


def test_what_recurs_on_the_host_goes_at_the_edges_only() -> None:
    preamble = "The Herald prints the words of public bodies as they come, without a comment of its own."
    closing = "Capital Wire carries releases to readers in ninety countries, every day of the year."
    text = f"{preamble}\n\n{FIRST}\n\n{closing}\n\n{SECOND}\n\n{closing}"
    assert cut(text) == text
    start, end, _ = isolate(text, "", "", frozenset({digest(preamble), digest(closing.upper())}))
    assert text[start:end] == f"{FIRST}\n\n{closing}\n\n{SECOND}"


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
        "Home > \n",
        "\u201cA b. \n",
        "We met (L). Photo by X and Y, they said.\n",
        "They met.\nA\n",
        "Subscribe? ",
        "제목 작성일 ",
        "Read more: a\n\n",
    ],
)
def test_long_hostile_texts_are_read_in_linear_time(piece: str) -> None:
    text = piece * (400_000 // len(piece))
    start, end, _ = isolate(without_inserts(text), "")
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
