"""Relevance proper: acts of the three, and what only looks like them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scraper.model.article import LEVELS, STATEMENT_KINDS, Article, Relevance
from scraper.model.moment import Moment
from scraper.model.watch import Watch
from scraper.parties import Parties
from scraper.stages.relevance import Judge, judge
from scraper.stages.relevance.interest import of_interest

Rule = Callable[..., Relevance]

ACTS = [
    ("Japan, U.S., South Korea agree on tanker patrols", "Defense ministers of the three countries met in Busan on Tuesday and agreed on joint patrols."),
    ("Envoys compare notes on Pyongyang", "Nuclear envoys of South Korea, the United States and Japan held talks by telephone on Friday, Seoul's foreign ministry said."),
    ("Top diplomats meet on margins of forum", "The foreign ministers of Japan, the ROK and the United States met in Lima on Thursday and issued a joint statement."),
    ("Rubio hosts Asian counterparts", "Secretary of State Marco Rubio met his Japanese and South Korean counterparts for trilateral talks in Washington on Monday."),
    ("Seoul, Tokyo and Washington begin naval drill", "The navies of the three countries began a three-day exercise in waters south of Jeju Island."),
    ("한미일 재무장관, 환율 안정 공조 합의", "한국과 미국, 일본의 재무장관이 12일 서울에서 회의를 열고 외환시장 안정을 위해 협력하기로 합의했다고 밝혔다."),
    ("외교장관 3자 통화", "조현 외교부 장관은 3일 미국 국무장관, 일본 외무대신과 3자 통화를 갖고 북한의 미사일 발사를 규탄했다."),
    ('합참 "3국 공중훈련 실시"', "한·미·일 3국은 20일 제주 남방 상공에서 전략폭격기가 참가한 가운데 공중훈련을 실시했다고 합동참모본부가 밝혔다."),
    ("日米韓の海保長官級が初会合", "海上保安庁は5日、日米韓3カ国の海上保安機関による長官級会合を横浜市で開催し、合同訓練の実施で一致したと発表した。"),
    ("Press Availability with Japanese Vice Foreign Minister Ota and Republic of Korea Vice Foreign Minister Kim", "Ann Poe\n\nDeputy Secretary of State\n\nTokyo, Japan\n\nGood afternoon, and thank you all for coming out on a cold day like this one."),
    ("Ministers meet in Lima", "Subscribe now to read all of our stories every day of the week.\n\nA photo agency took this picture on Monday morning in Lima.\n\nThe foreign ministers of Japan, South Korea and the United States met in Lima."),
    ("Old friends", "The foreign ministers of Japan, South Korea and the United States met in Lima. Russian Foreign Minister Petrov and his Chinese counterpart in the Kremlin called it a bloc."),
    ("Japan, U.S., South Korea condemn launch", ""),
    ("三か国の外相、電話で協議", "岩屋外相は4日、米国のルビオ国務長官、韓国の趙兌烈外相と電話で協議し、日米韓の連携を確認した。"),
]  # fmt: skip

OTHERS = [
    ("Japan, U.S., Australia ministers meet", "The defense ministers of Japan, the United States and Australia held a trilateral meeting in Perth on Monday and issued a joint statement."),
    ("China, Japan, South Korea hold summit", "The leaders of China, Japan and South Korea held a trilateral summit in Seoul and adopted a joint declaration."),
    ("Japan-U.S. Foreign Ministers' Meeting", "The foreign ministers of Japan and the United States met in Tokyo. They agreed that Japan-U.S.-ROK cooperation remains important."),
    ("Leaders of Seoul and Tokyo resume shuttle diplomacy", "The two leaders agreed to deepen bilateral ties between South Korea and Japan, and to keep up cooperation with the United States."),
    ("Quad Leaders' Joint Statement", "We, the leaders of Australia, India, Japan, and the United States, met today. We welcome the United States-Japan-Republic of Korea trilateral partnership."),
    ("Wall Street lifts Asian stocks", "Stocks in Japan, South Korea and the US rose, with the Nikkei and Kospi shares gaining on hopes of talks."),
    ("U.S. tops South Korea, Japan in volleyball", "The United States met South Korea and Japan at the World Cup and scored twice in the tournament final on Sunday."),
    ("Trade figures for June", "Exports rose two percent in June, the ministry said in a monthly report on Monday."),
    ("한일중 정상회의 서울서 개최", "한국과 일본, 중국 3국 정상은 27일 서울에서 정상회의를 열고 공동선언을 채택했다."),
    ("한미 정상회담 결과", "한국과 미국 양국 정상은 16일 워싱턴에서 회담하고 동맹 강화에 합의했으며 한미일 협력의 중요성도 확인했다."),
    ("한미일 증시 동반 상승", "한미일 주식 시장이 일제히 올랐다. 코스피 주가는 1% 상승했다."),
    ("日米比首脳会談", "日米比3カ国の首脳は11日、ワシントンで会談し、南シナ海情勢をめぐり共同声明を発表した。"),
    ("日韓首脳会談", "日韓両首脳は17日、東京で会談し、両国関係の改善で一致した。日米韓協力の重要性も確認した。"),
    ("大谷、日米韓通算500号", "メジャーリーグの選手が野球の試合で日米韓通算の本塁打記録を更新した。"),
    ("[사설] 한미일 협력, 실질로 답해야", "한미일 외교장관이 서울에서 회담을 갖고 공동성명을 채택했다. 이제 실질적 성과를 보여야 한다."),
    ("Foreign ministers talk", "The two foreign ministers reconfirmed that Japan, the United States and the Republic of Korea will coordinate closely."),
    ("외교장관 통화", "두 장관은 한미일 외교장관회의에서 논의한 북핵 문제에 대해 의견을 교환했다."),
    ("한일·한미 연쇄 정상회담", "이 대통령은 한일 정상회담에 이어 한미 정상회담을 갖는다고 대변인이 밝혔다."),
    ("서울시, 한미일 청년 문화교류 개최", "서울시는 12일 시청에서 열린 행사에 청년들을 초청했다고 밝혔다."),
    ("Editorial: Making the most of the U.S.-Japan-ROK summit", "The leaders of the United States, Japan and South Korea held a summit and issued a joint statement."),
]  # fmt: skip


@pytest.mark.parametrize(("title", "text"), ACTS)
def test_an_act_of_the_three_is_relevant(ruling: Rule, title: str, text: str) -> None:
    found = ruling(title, text, "2025-07-08")
    assert found.relevant, found.reasons


@pytest.mark.parametrize(("title", "text"), OTHERS)
def test_what_only_looks_like_one_is_not(ruling: Rule, title: str, text: str) -> None:
    found = ruling(title, text, "2025-07-08")
    assert not found.relevant, found.reasons


def test_a_mention_deep_in_a_long_document_is_not_enough(ruling: Rule) -> None:
    filler = "The ministers discussed ports, schools, roads and water in the member states of the conference at some length. " * 30
    found = ruling("Communique of the Ocean Conference", filler + "They noted the U.S.-Japan-ROK trilateral summit.", "2025-07-08")
    assert not found.relevant
    assert found.reasons == ("+0.10 the text names the parties together once",)


def test_reasons_are_sentences_with_their_points(ruling: Rule) -> None:
    found = ruling(*ACTS[0])
    assert found.reasons[0] == "+0.50 the title names the parties together: 'Japan, U.S., South Korea agree'"
    assert all(reason[0] in "+-" and reason[1].isdigit() for reason in found.reasons)


def test_the_page_of_one_party_goes_without_saying_its_name(ruling: Rule) -> None:
    title = "Press Availability with Japanese Vice Foreign Minister Mori and Republic of Korea Vice Foreign Minister Cho"
    assert ruling(title, "Good afternoon, and welcome.", "2025-07-08", "https://www.state.gov/x").relevant
    assert not ruling(title, "Good afternoon, and welcome.", "2025-07-08").relevant


def test_a_meeting_of_three_whose_own_speaker_names_no_country(ruling: Rule) -> None:
    title = "Remarks by President Hale, President Yun of the Republic of Korea, and Prime Minister Mori of Japan Before Trilateral Meeting"
    text = "We are glad to be here together. The three of us have met before, and we will meet again in the coming months to carry this forward."
    found = ruling(title, text, "2025-07-08")
    assert found.relevant, found.reasons
    assert not ruling(title.replace("Trilateral ", ""), text, "2025-07-08").relevant
    assert not ruling(title.replace("President Hale", "President Reyes of the Philippines"), text, "2025-07-08").relevant


def test_as_many_officials_in_the_title_as_parties(ruling: Rule) -> None:
    title = "Remarks by President Stone, President Park Min-ho of the Republic of Korea, and Prime Minister Ota of Japan"
    assert ruling(
        title, "Thank you. The partnership of Japan, the United States and the Republic of Korea has never been stronger, I believe."
    ).relevant


def test_the_isolated_statement_is_what_is_judged(judge: Judge) -> None:
    text = "The foreign ministers of Japan, the ROK and the United States met in Lima.\n\nRoads were closed on Monday, the city said in a notice."
    whole = Article("https://news.example/a", "Notice", text, "en")
    part = Article("https://news.example/a", "Notice", text, "en", statement=(76, len(text)))
    assert judge.judge(whole).relevant
    assert not judge.judge(part).relevant


def test_an_article_without_text_or_date(ruling: Rule) -> None:
    found = ruling("", "")
    assert found == Relevance(False, 0.0, (), "report")


@given(title=st.text(max_size=60), text=st.text(max_size=400), day=st.sampled_from(["", "2025-02-30", "2024-02-29"]))
def test_no_text_makes_it_fail_and_it_says_the_same_twice(judge: Judge, title: str, text: str, day: str) -> None:
    article = Article("https://mofa.go.kr/x", title, text, "ko", published=Moment(day, "date") if day else None, official=True)
    found = judge.judge(article)
    assert found == judge.judge(article)
    assert 0.0 <= found.score <= 1.0
    assert found.relevant == (found.score >= 0.5)
    assert found.kind in STATEMENT_KINDS
    assert found.level in ("", *LEVELS)


PIECES = ["한미일", "日米韓", "U.S.-Japan-ROK", "met", "on April 3", "in Seoul", "10월 16일", "16日(現地時間)", "令和6年", "Foreign Minister ", "외교부 장관", "の", "(", ")", ",", " and ", "\n", "99月99日", "the 31st (local time)"]  # fmt: skip


@settings(max_examples=200)
@given(st.lists(st.sampled_from(PIECES), max_size=40))
def test_broken_pieces_of_real_wording_never_fail(judge: Judge, pieces: list[str]) -> None:
    found = judge.judge(Article("https://x.example/", "".join(pieces[:4]), "".join(pieces), "en", published=Moment("2024-03-31", "date")))
    assert found.date == "" or len(found.date) == 10


def test_the_module_function_builds_its_own_judge(watch: Watch, ruling: Rule) -> None:
    title, text = ACTS[0]
    assert judge(Article("https://news.example/a", title, text, "en"), watch) == ruling(title, text)


@pytest.mark.parametrize(
    ("title", "summary", "wanted"),
    [("日米韓が協議", "", True), ("Japan and South Korea talk", "", True), ("Trilateral meeting", "in Tokyo", True), ("Trilateral meeting", "", False), ("Weather", "Rain in Japan", False)],
)  # fmt: skip
def test_interest_is_doubtful_but_not_blind(watch: Watch, title: str, summary: str, wanted: bool) -> None:
    assert of_interest(title, summary, Parties(watch)) is wanted


HOSTILE = [
    "on the ",
    "(",
    "가 ",
    "1",
    "日",
    "10월 ",
    "Minister A",
    "met in the ",
    "U.S.-",
    "と",
    "'",
    "\n",
    "the text was released by the governments ",
    "A, ",
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_hostile_text_comes_to_an_end(judge: Judge, piece: str) -> None:
    said = judge.judge(Article("https://x.example/", piece * 50, piece * 100_000, "en", published=Moment("2024-03-31", "date")))
    assert 0.0 <= said.score <= 1.0
