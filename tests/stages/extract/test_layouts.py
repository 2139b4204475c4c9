"""Pages laid out as newspapers and ministries of Korea, Japan and the United States lay them out; the words are made up."""

from __future__ import annotations

import pytest

from scraper.stages.extract import tree
from scraper.stages.extract.body import main_text

KOREAN = [
    "세 나라 외교장관은 10일 하버시티에서 회의를 열고 공급망 협력 방안을 논의했다.",
    "장관들은 해상 안전을 위한 공동 훈련을 내년 봄에 시작하기로 합의했다고 외교부가 밝혔다.",
    '외교부 당국자는 "이번 합의는 실무 협의를 거쳐 구체화될 것"이라고 말했다.',
    "이들은 또 핵심 소재의 안정적 공급을 위한 조기경보 체계를 마련하기로 했다.",
    "다음 회의는 웨스트마크에서 열릴 예정이며 날짜는 추후 정하기로 했다.",
]
BULLETS = [
    "□ 외교부는 1월 10일(토) 하버시티에서 세 나라 외교장관 회의를 개최",
    "ㅇ 장관들은 공급망 협력 강화를 위한 조기경보 체계를 마련하기로 합의하고 이행 상황을 점검할 예정",
    "ㅇ 해상 안전을 위한 공동 훈련을 내년 봄에 시작하기로 하고 실무 협의를 진행 중임",
    "□ 이번 회의는 작년 9월 이후 네 번째로 개최된 것으로, 다음 회의는 웨스트마크에서 열릴 계획임",
]
JAPANESE = [
    "三か国の外相は10日、都内で会談し、供給網の強化に向けた協力を確認した。",
    "会談後の共同記者会見で、外相は「具体的な行動に移す段階に来ている」と述べた。",
    "海上での共同訓練を来年春にも始める方針で一致した。",
    "次回の会合は来年、ウェストマークで開かれる見通しだ。",
    "外務省によると、会談は約一時間にわたって行われた。",
]
ENGLISH = [
    "The following is the text of a joint statement that was released today.",
    "The ministers met on the margins of the forum and agreed to keep in close touch on all of it.",
    "They look forward to the next meeting, which will be held in Westmark in the winter.",
]


def links(words: str) -> str:
    return "".join(f"<li><a href='/{place}'>{word}</a></li>" for place, word in enumerate(words.split("/")))


KO_MENU = links("정치/경제/사회/국제/문화/스포츠/연예/오피니언")
KO_NEWS = links(
    "코스피 이틀째 상승…외국인 순매수/내일 전국 비…기온 뚝 떨어진다/프로야구 7차전 승부 갈려/아파트값 6주 연속 하락/신형 전기차 예약 3만대 돌파"
)
KO_FOOT = "<div id='footer'><p>하늘시 구름로 209 (우) 03171 | 대표전화 02-100-2000 | 등록번호 00001</p><p>Copyright ⓒ 하늘일보. All rights reserved. 무단전재 및 재배포 금지</p></div>"
JA_MENU = links("社会/政治/経済/国際/スポーツ/文化/天気/地域")
JA_NEWS = links("台風20号 あす接近の見込み/平均株価 続伸 終値は3万9000円台/2打席連続ホームラン/新米の価格 3割上昇 各地で不足")

BROKEN_LINES = f"""<div id="gnb"><ul>{KO_MENU}</ul></div><div class="wrap"><h3 class="tit">외교장관 회의 열려</h3>
<div class="info"><span>입력 2026.01.10 10:20</span><span>수정 2026.01.10 11:00</span></div><div class="sns"><a>페이스북</a><a>카카오톡</a></div>
<div id="newsBody">{"<br><br>".join(KOREAN)}<br><br>hong@haneul.example 홍길동 기자<br><br>ⓒ 하늘일보, 무단 전재 및 재배포 금지</div>
<div class="relate"><h4>관련기사</h4><ul>{KO_NEWS}</ul></div><div class="most"><h4>많이 본 뉴스</h4><ul>{KO_NEWS}</ul></div></div>{KO_FOOT}"""
SHEET = f"""<table><tr><td><a>홈</a> &gt; <a>보도자료</a></td></tr></table><table><tr><td width=180><table><tr><td><a href=x>알림마당</a></td></tr>
<tr><td><a href=x>공지사항</a></td></tr></table></td><td><table class="board_view"><tr><th>제목</th><td colspan=3>외교장관 회의 개최 결과</td></tr>
<tr><th>부서명</th><td>공보과</td><th>작성일</th><td>2026-01-10</td></tr><tr><th>조회수</th><td>1234</td><th>첨부</th><td><a>보도자료.hwp</a></td></tr>
<tr><td colspan=4 class="view_cont">{"<br>&nbsp;<br>".join(KOREAN)}</td></tr></table></td></tr></table>{KO_FOOT}"""
PAIRS = f"""<div class="lnb"><ul>{KO_MENU}</ul></div><div class="contents"><dl class="view"><dt>외교장관 회의 개최</dt><dd class="date">2026.01.10</dd>
<dd class="cont">{"".join(f"<p>{line}</p>" for line in BULLETS)}</dd></dl></div>{KO_FOOT}"""
BROADCASTER = f"""<div id="header"><ul>{JA_MENU}</ul></div><main><section class="module--detail"><h1>三か国外相が会談</h1><p class="time">2026年1月10日 18時20分</p>
<div class="content--body"><div class="body-text"><p>{"<br><br>".join(JAPANESE)}</p></div></div></section><section class="module--recommend"><h2>あわせて読みたい</h2>
<ul>{JA_NEWS}</ul></section><section class="ranking"><h2>アクセスランキング</h2><ol>{JA_NEWS}</ol></section></main>
<div id="footer"><p>Copyright 例放送局 All rights reserved. 許可なく転載することを禁じます。</p></div>"""
NUMBERED = f"""<div id="head"><a>本文へ</a><a>English</a><a>サイトマップ</a></div><div id="bread"><a>トップページ</a> &gt; <a>会見・発表・広報</a></div>
<div id="maincontents"><p class="rightalign">令和8年1月10日</p><h1>三か国外相会合</h1><div><ol>{"".join(f"<li>{line}</li>" for line in JAPANESE)}</ol></div>
<div class="link-list"><h2>関連リンク</h2><ul>{JA_NEWS}</ul></div></div><div id="side"><ul>{JA_MENU}</ul></div>
<div id="foot"><a>法的事項</a><a>アクセシビリティについて</a><p>外務省 〒100-0000 千代田区霞が関2-2-1 電話（代表） 03-0000-0000</p></div>"""
COLUMNS = f"""<div class="nav">{JA_MENU}</div><table><tr><td class="left"><ul>{JA_NEWS}</ul></td><td class="main"><font size=5>三か国外相が会談</font><br>2026年1月10日<br><br>
{"<br>".join("　" + line for line in JAPANESE)}<br><br><a href=x>記事一覧へ戻る</a></td><td class="right"><div class="ad">広告 今なら初月無料。お申し込みはこちらからどうぞ。</div></td></tr></table>"""
DEPARTMENT = f"""<div class="usa-banner"><p>An official website of the government of Westmark</p><p>Official websites use .example. Such a website belongs to an official organization.</p></div>
<nav><a>News</a><a>Spotlights</a></nav><div class="adetail"><h1>Trilateral Statement</h1><div class="inside ntext">{"".join(f"<p>{line}</p>" for line in ENGLISH)}
<ul><li>To hold an exercise next year, in the spring.</li></ul><p>They thanked their hosts for the meeting and for the care they had taken of them.</p></div></div>
<footer><p>Sign up for news from the department and get the latest stories by e-mail every morning.</p></footer>"""


@pytest.mark.parametrize(
    ("body", "wanted", "unwanted"),
    [
        (BROKEN_LINES, KOREAN, ["무단", "코스피", "페이스북", "입력", "hong@"]),
        (SHEET, KOREAN, ["조회수", "부서명", "1234", "공지사항", "대표전화"]),
        (PAIRS, BULLETS, ["대표전화", "스포츠"]),
        (BROADCASTER, JAPANESE, ["台風", "許可なく", "あわせて"]),
        (NUMBERED, JAPANESE, ["台風", "関連リンク", "法的事項", "電話"]),
        (COLUMNS, JAPANESE, ["台風", "初月無料", "戻る"]),
        (DEPARTMENT, [*ENGLISH, "To hold an exercise next year, in the spring."], ["official organization", "Sign up", "Spotlights"]),
    ],
    ids=["broken-lines", "sheet", "pairs", "broadcaster", "numbered", "columns", "department"],
)
def test_the_text_of_a_layout_and_nothing_around_it(body: str, wanted: list[str], unwanted: list[str]) -> None:
    html = f"<html><head><title>A page</title></head><body>{body}</body></html>"
    root = tree.parse(html)
    assert root is not None
    found = main_text(root, html)
    paragraphs = [line.removeprefix("- ") for line in found.text.split("\n\n")]
    assert [line for line in wanted if line not in paragraphs] == []
    assert [word for word in unwanted if word in found.text] == []
    assert found.extractor == "blocks"
