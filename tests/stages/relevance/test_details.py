"""Kind, side, level, day, place and people of an act, in three languages."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from scraper.model.article import Article, Relevance
from scraper.model.moment import Moment
from scraper.stages.relevance import Judge

Rule = Callable[..., Relevance]

LEVELS = [
    ("Trilateral Leaders' Summit", "President Lee, President Trump and Prime Minister Ota of Japan met.", "leaders"),
    ("Talks in Lima", "U.S. Secretary of State Ann Poe, Japanese Foreign Minister Ota and ROK Foreign Minister Kim met. The leaders smiled.", "foreign_ministers"),
    ("Talks in Seoul", "The Vice Foreign Ministers of South Korea and Japan and the U.S. Deputy Secretary of State met in Seoul.", "vice_ministers"),
    ("Defence talks", "U.S. Secretary of Defense Poe met the defense ministers of Japan and South Korea and praised the exercise Freedom Edge.", "defence_ministers"),
    ("한미일 합참의장 회의", "한미일 합참의장이 10일 서울에서 회의를 열었다.", "chiefs_of_defence"),
    ("한미일 안보실장 통화", "한미일 안보실장이 10일 3자 통화를 했다.", "security_advisers"),
    ("日米韓財務相会合", "日米韓3カ国の財務相が会合を開いた。", "ministers_other"),
    ("한미일 북핵수석대표 협의", "한미일 북핵수석대표가 18일 서울에서 협의했다.", "envoys"),
    ("日米韓局長級協議", "日米韓の局長級協議が8日に行われた。", "officials"),
    ("日米韓が共同訓練", "日米韓は8日、東シナ海で共同訓練を実施した。", "forces"),
    ("South Korea, U.S. and Japan vow unity", "South Korea, the United States and Japan vowed unity in a note.", ""),
]  # fmt: skip


@pytest.mark.parametrize(("title", "text", "level"), LEVELS)
def test_level(ruling: Rule, title: str, text: str, level: str) -> None:
    assert ruling(title, text, "2025-07-10").level == level


BODY = (
    "The Secretary and the Foreign Ministers reaffirmed their resolve to work together on supply chains and on the security of the region."
)
KINDS = [
    ("Joint Statement of Japan, the United States and the Republic of Korea", f"The following is the text of a joint statement by the three governments.\n\n{BODY}", "", "joint_statement", "joint"),
    ("Joint Statement of the United States, Japan, and the Republic of Korea on Trade", f"The Secretary of State of the United States, the Minister for Foreign Affairs of Japan, and the Minister of Foreign Affairs of the Republic of Korea met in Lima on April 3, and issued the following joint statement.\n\n{BODY}", "https://www.state.gov/a", "joint_statement", "joint"),
    ("Ministers meet in Lima", f"The foreign ministers of Japan, the Republic of Korea and the United States met in Lima and released the following joint press statement.\n\n{BODY}", "https://www.mofa.go.kr/a", "joint_statement", "joint"),
    ("Secretary Poe meets the ministers", f"Secretary Poe met the foreign ministers of Japan and the Republic of Korea in Lima. The three issued a joint statement.\n\n{BODY}", "https://www.state.gov/a", "readout", "US"),
    ("Allies issue joint statement", "SEOUL, April 3 (Wire) -- South Korea, the United States and Japan issued a joint statement following the joint drills, an official said.", "", "report", ""),
    ("Lima Principles", "We, the leaders of Japan, the United States, and the Republic of Korea, met today in Lima.", "", "joint_statement", "joint"),
    ("한미일 외교장관 공동성명", "우리 한국, 미국, 일본 외교장관들은 오늘 뉴욕에서 만났다.", "https://www.mofa.go.kr/a", "joint_statement", "joint"),
    ("日米韓外相共同声明(仮訳)", "我々、日米韓の外相は本日ニューヨークで会合を行った。", "https://www.mofa.go.jp/a", "joint_statement", "joint"),
    ("日米韓外相会合(概要)", "3日、岩屋外務大臣は、ルビオ米国国務長官及び趙兌烈韓国外交部長官と日米韓外相会合を行った。", "https://www.mofa.go.jp/a", "readout", "JP"),
    ("한미일 외교장관회의 개최", "조현 장관은 3일 미국 국무장관 및 일본 외무대신과 한미일 외교장관회의를 갖고 협력을 논의했다.", "https://www.mofa.go.kr/a", "readout", "KR"),
    ("Fact Sheet: the U.S.-Japan-ROK summit", "President Poe hosted the leaders of Japan and the Republic of Korea for a trilateral summit.", "https://www.whitehouse.gov/a", "fact_sheet", "US"),
    ("Remarks at the U.S.-Japan-ROK meeting", "Thank you all for coming. The United States, Japan and the Republic of Korea stand together.", "https://www.state.gov/a", "remarks", "US"),
    ("Secretary Poe's Trilateral Meeting", "The below is attributable to the Spokesperson:\n\nSecretary of State Ann Poe met with the foreign ministers of Japan and the Republic of Korea.", "", "readout", "US"),
    ("모두발언", "한미일 정상회의에 함께해 주셔서 감사합니다. 한국과 미국, 일본은 굳건히 함께할 것입니다.", "https://www.president.go.kr/a", "remarks", "KR"),
    ("日米韓外相会合における冒頭発言", "本日は日米韓外相会合に御参加いただき感謝します。3か国の連携を強化します。", "https://www.mofa.go.jp/a", "remarks", "JP"),
    ("Memorandum of Cooperation on a Trilateral Framework", "The Ministries of Defense of Japan, the Republic of Korea, and the United States will hold consultations and exercises under this framework.", "", "memorandum", "joint"),
    ("한미일 안보협력 프레임워크 협력각서", "대한민국, 미합중국, 일본의 국방당국은 이 각서에 따라 정책 협의와 훈련을 실시한다.", "", "memorandum", "joint"),
    ("日米韓安全保障協力に関する覚書 協力覚書", "日本、米国及び韓国の防衛当局は、この覚書に基づき協議と訓練を実施する。", "", "memorandum", "joint"),
    ("Ministers sign memorandum of cooperation", "The defense ministers of Japan, the Republic of Korea and the United States signed a memorandum of cooperation in Lima, officials said.", "", "report", ""),
    ("Foreign ministers of S. Korea, U.S., Japan to meet next week", "The foreign ministers of South Korea, the United States and Japan will meet in Lima next week, the ministry said.", "", "preview", ""),
    ("한미일 외교차관, 내주 도쿄서 회의", "한미일 외교차관이 다음 주 도쿄에서 협의회를 연다고 외교부가 밝혔다.", "", "preview", ""),
    ("日米韓外相、来週会談へ", "日米韓の外相が来週、リマで会談する方向で調整している。", "", "preview", ""),
    ("日米韓次官協議の開催", "4月16日、日米韓次官協議が東京において開催される予定です。", "https://www.mofa.go.jp/a", "preview", "JP"),
    ("Japan, U.S., South Korea hold talks", "The foreign ministers of Japan, South Korea and the United States met in Lima on Thursday and agreed that they will hold a summit.", "", "report", ""),
    ("Allies issue joint statement", "SEOUL, April 3 (Wire) -- South Korea, the United States and Japan issued a joint statement, an official said.", "", "report", ""),
    ("日米韓首脳が共同声明", "【ソウル通信】日米韓の首脳は3日、共同声明を発表した。", "", "report", ""),
    ("[칼럼] 한미일 공동성명의 의미", "한미일 외교장관이 공동성명을 채택했다.", "", "commentary", ""),
    ("What the summit means", "National Commentaries\n\nThe leaders of Japan, South Korea and the United States met at a summit.", "", "commentary", ""),
]  # fmt: skip


@pytest.mark.parametrize(("title", "text", "url", "kind", "side"), KINDS)
def test_kind_and_side(ruling: Rule, title: str, text: str, url: str, kind: str, side: str) -> None:
    found = ruling(title, text, "2025-04-04", *([url] if url else []))
    assert (found.kind, found.side) == (kind, side)


def test_a_joint_fact_sheet_is_everybodys(ruling: Rule) -> None:
    found = ruling(
        "Key Outcomes of the U.S.-Japan-ROK meeting",
        "This joint fact sheet sets out what was agreed.",
        "2025-04-04",
        "https://www.state.gov/a",
    )
    assert (found.kind, found.side) == ("fact_sheet", "joint")


def test_what_stands_before_the_statement_tells_that_it_was_handed_over(judge: Judge) -> None:
    head = "The following text was released by the Governments of Japan, the Republic of Korea and the United States.\n\nBegin Text:\n\n"
    text = head + "The three ministers met on May 5 in Lima and agreed on patrols."
    found = judge.judge(Article("https://mirror.example/a", "Talks in Lima", text, "en", statement=(len(head), len(text)), marked=True))
    assert (found.kind, found.side, found.place) == ("joint_statement", "joint", "Lima")


DAYS = [
    ("The foreign ministers of Japan, the ROK and the U.S. met on April 3 in Lima, following a missile launch on April 1.", "2025-04-03", True),
    ("On Thursday the foreign ministers of Japan, the ROK and the U.S. met in Lima.", "2025-04-03", False),
    ("The foreign ministers of Japan, the ROK and the U.S. met in Lima.", "2025-04-04", False),
    ("The foreign ministers of Japan, the ROK and the U.S. will meet on April 20 in Lima.", "2025-04-20", True),
    ("Lima\nApril 2, 2025\n\nThe foreign ministers of Japan, the ROK and the U.S. met. They last met on March 1 in Rome, officials of all sides said.", "2025-04-02", True),
    ("한미일 외교장관은 3일(현지시간) 리마에서 회담했다. 지난해 4월 2일 회담 이후 처음이다.", "2025-04-03", True),
    ("한미일 외교장관은 지난달 31일 리마에서 회담을 갖고 공동성명을 채택했다.", "2025-03-31", True),
    ("日米韓外相は3日午後(日本時間4日未明)、リマで会談した。", "2025-04-03", True),
    ("外務省は4日、日米韓の次官協議を9日に東京都内で開催すると発表した。", "2025-04-09", True),
    ("외교부는 4일 한미일 차관협의회를 9일 도쿄에서 개최할 예정이라고 밝혔다.", "2025-04-09", True),
    ("The ministry said on April 4 that the foreign ministers of Japan, the ROK and the U.S. will meet on April 9 in Lima.", "2025-04-09", True),
    ("令和7年4月4日\n\n4月3日、日米韓外相会合がリマにおいて開催された。前回は昨年9月2日に行われた。", "2025-04-03", True),
]  # fmt: skip


@pytest.mark.parametrize(("text", "day", "stated"), DAYS)
def test_the_day_of_the_act(ruling: Rule, text: str, day: str, stated: bool) -> None:
    found = ruling("", text, "2025-04-04")
    assert (found.date, found.date_stated) == (day, stated)


def test_a_past_act_is_never_dated_long_after_it_was_told(ruling: Rule) -> None:
    found = ruling(
        "", "The foreign ministers of Japan, the ROK and the U.S. met in Lima. The deal expires on December 31, 2025.", "2025-04-04"
    )
    assert (found.date, found.date_stated) == ("2025-04-04", False)


PLACES = [
    ("The foreign ministers of Japan, the ROK and the U.S. met in Munich, Seoul said.", "Munich"),
    ("Seoul, Washington and Tokyo agreed to meet, officials said on Monday.", ""),
    ("ROME, April 3 (Wire) -- The foreign ministers of Japan, the ROK and the U.S. met in Lima.", "Lima"),
    ("The foreign ministers of Japan, the ROK and the U.S. met in Lima. It was the first time since they held talks in New York.", "Lima"),
    ("한미일 외교장관이 3일 독일 뮌헨에서 회담했다.", "Munich"),
    ("한미일 외교차관이 18일 도쿄서 만났다고 서울의 소식통이 밝혔다.", "Tokyo"),
    ("한미일 외교차관이 16일 서울 종로구 외교부 청사에서 회의를 열었다.", "Seoul"),
    ("日米韓次官協議が16日、ソウルにおいて開催された。前回はワシントンで行われた。", "Seoul"),
    ("1日(ブルネイ時間)、日米韓外相会合が行われた。", "Brunei"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "place"), PLACES)
def test_the_place_of_the_act(ruling: Rule, text: str, place: str) -> None:
    assert ruling("", text, "2025-04-04").place == place


PEOPLE = [
    (
        "U.S. Secretary of State Ann B. Poe, Japanese Foreign Minister Ota Kenji, and ROK Foreign Minister Kim Min-ho met. Kim thanked President Wood.",
        {("Ann B. Poe", "US"), ("Ota Kenji", "JP"), ("Kim Min-ho", "KR")},
    ),
    (
        "National Security Advisor Ann Poe of the United States, National Security Advisor Ota Kenji of Japan and Director of National Security Kim Min-ho of the Republic of Korea met.",
        {("Ann Poe", "US"), ("Ota Kenji", "JP"), ("Kim Min-ho", "KR")},
    ),
    ("김민호 외교부 제1차관은 앤 포 미국 국무부 부장관, 오타 겐지(太田 健二) 일본 외무성 사무차관과 한미일 차관협의회를 열었다.", {("김민호", "KR"), ("앤 포", "US"), ("오타 겐지", "JP")}),
    ("太田健二外務大臣は、アン・ポー米国国務長官、金民浩(キム・ミンホ)韓国外交部長官と日米韓外相会合を行った。", {("太田健二", "JP"), ("アン・ポー", "US"), ("金民浩", "KR")}),
    ("太田健二防衛相は1日、ポー米国防長官、金民浩韓国国防相とリマで会談した。", {("太田健二", "JP"), ("ポー", "US"), ("金民浩", "KR")}),
    ("ROK JCS Chairman Gen. Kim Min-ho, U.S. Chairman of the Joint Chiefs of Staff Gen. Ann Poe and Japan's Chief of Staff, Joint Staff Gen. Ota Kenji met in Lima.", {("Kim Min-ho", "KR"), ("Ann Poe", "US"), ("Ota Kenji", "JP")}),
    ("The foreign ministers of Japan, the ROK and the U.S. met in Lima.", set()),
]  # fmt: skip


@pytest.mark.parametrize(("text", "people"), PEOPLE)
def test_the_people_who_took_part(ruling: Rule, text: str, people: set[tuple[str, str]]) -> None:
    assert {(person.person, person.party) for person in ruling("", text, "2025-04-04").participants} == people


def test_an_office_is_kept_as_written(judge: Judge) -> None:
    article = Article(
        "https://x.example/",
        "",
        "Foreign Minister Kim Min-ho of South Korea met U.S. and Japanese officials.",
        "en",
        published=Moment("2025-04-04", "date"),
    )
    (kim,) = judge.judge(article).participants
    assert (kim.person, kim.office, kim.party) == ("Kim Min-ho", "Foreign Minister", "KR")
