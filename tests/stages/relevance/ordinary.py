"""An ordinary news day, made up: politics, sports, markets, crime and entertainment in three languages, one item in twenty naming all three
countries without their doing anything together. Every item is a title and a text, drawn from vocabularies by a seed."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

NAMED = 0.05
"""The share of items that name all three countries."""

Topic = tuple[tuple[str, ...], tuple[str, ...]]
"""Titles and sentences of one subject, with slots."""

WORDS: dict[str, dict[str, tuple[str, ...]]] = {
    "en": {
        "city": ("Daegu", "Nagoya", "Denver", "Incheon", "Sapporo", "Tampa", "Gwangju", "Kobe", "Portland", "Ulsan"),
        "country": ("Japan", "South Korea", "the United States", "France", "Brazil", "Vietnam", "Germany", "India", "Australia", "Canada"),
        "name": (
            "Park Min-ho",
            "Sato Yuki",
            "Laura Bennett",
            "Kim Ara",
            "Tanaka Ken",
            "Marcus Hill",
            "Choi Eun-ji",
            "Mori Aya",
            "Dana Whitfield",
        ),
        "party": ("ruling party", "main opposition party", "upper house", "national assembly", "city council", "budget committee"),
        "sum": ("3.2 billion won", "480 million yen", "$75 million", "1.1 trillion won", "$2.4 billion", "90 billion yen"),
        "day": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
        "number": ("three", "seven", "twelve", "forty", "two hundred", "1,500"),
        "thing": (
            "a pension bill",
            "a plan for new housing",
            "the school lunch law",
            "a tax on plastic",
            "the railway budget",
            "an audit of the tram works",
        ),
        "team": ("the Lions", "the Blue Waves", "the Giants", "Ulsan United", "the Falcons", "Yokohama FC", "the Harbour Stars"),
        "firm": ("a chip maker", "a shipbuilder", "an airline", "a game studio", "a battery supplier", "a retailer"),
        "show": ("a drama about chefs", "a film on divers", "a dance contest", "an album of ballads", "a musical", "a quiz show"),
    },
    "ko": {
        "city": ("대구", "나고야", "덴버", "인천", "삿포로", "광주", "고베", "울산", "포틀랜드", "전주"),
        "country": ("일본", "한국", "미국", "프랑스", "브라질", "베트남", "독일", "인도", "호주", "캐나다"),
        "name": ("박민호", "김아라", "최은지", "이도현", "정유나", "사토 유키", "로라 베넷", "마커스 힐"),
        "party": ("여당", "제1야당", "국회 예산결산특별위원회", "시의회", "법제사법위원회", "도의회"),
        "sum": ("32억 원", "4억 8천만 엔", "7천500만 달러", "1조 1천억 원", "24억 달러"),
        "day": ("월요일", "화요일", "수요일", "목요일", "금요일", "지난 12일", "오는 20일"),
        "number": ("세 명", "일곱 곳", "열두 건", "40여 명", "200여 곳", "1천500명"),
        "thing": ("연금 개편안", "주택 공급 대책", "학교 급식법", "플라스틱 부담금", "철도 예산", "트램 공사 감사"),
        "team": ("라이온즈", "블루웨이브", "자이언츠", "울산 유나이티드", "팔콘스", "하버스타즈"),
        "firm": ("반도체 업체", "조선사", "항공사", "게임 개발사", "배터리 업체", "유통업체"),
        "show": ("요리사 드라마", "해녀 영화", "댄스 경연", "발라드 앨범", "뮤지컬", "퀴즈 예능"),
    },
    "ja": {
        "city": ("名古屋", "札幌", "神戸", "仙台", "大邱", "仁川", "デンバー", "光州", "松山", "タンパ"),
        "country": ("日本", "韓国", "米国", "フランス", "ブラジル", "ベトナム", "ドイツ", "インド", "豪州", "カナダ"),
        "name": ("佐藤由紀", "田中健", "森彩", "山口仁", "朴ミンホ", "キム・アラ", "ローラ・ベネット"),
        "party": ("与党", "野党第一党", "参院予算委員会", "市議会", "衆院法務委員会", "県議会"),
        "sum": ("4億8000万円", "900億円", "7500万ドル", "24億ドル", "32億ウォン"),
        "day": ("月曜日", "火曜日", "12日", "20日", "先週末", "28日夜"),
        "number": ("3人", "7カ所", "12件", "約40人", "200社余り", "1500人"),
        "thing": ("年金改革法案", "住宅対策", "給食費無償化", "プラスチック課税", "鉄道予算", "路面電車の監査"),
        "team": ("ライオンズ", "ブルーウェーブ", "ジャイアンツ", "横浜FC", "ファルコンズ", "港スターズ"),
        "firm": ("半導体メーカー", "造船会社", "航空会社", "ゲーム会社", "電池メーカー", "小売り大手"),
        "show": ("料理人のドラマ", "海女の映画", "ダンス大会", "バラードのアルバム", "ミュージカル", "クイズ番組"),
    },
}

ORDINARY: dict[str, tuple[Topic, ...]] = {
    "en": (
        (("{party} passes {thing} after long debate", "{name} resigns over {thing}", "Mayor of {city} defends {thing}", "Voters in {city} split on {thing}"),
         ("The {party} voted on {day} to pass {thing}, ending weeks of debate.", "{name}, a lawmaker from {city}, said the vote was a mistake.",
          "The foreign minister, asked about {thing}, said the cabinet would decide on {day}.", "A spokesman for the prime minister declined to comment.",
          "The president will visit {city} on {day} to open a hospital.", "Critics say it would cost {sum} within a year.",
          "Ministers agreed that {number} offices would close.", "The defence minister told the {party} that the base in {city} will be moved.",
          "{country} will hold elections in spring, and {country} in autumn.", "The government of {country} announced a joint statement of its ministries on {thing}.")),
        (("{team} win in {city}", "{name} scores twice as {team} advance", "{team} sign {name} for {sum}", "{country} held to a draw by {country}"),
         ("{team} beat their rivals on {day} in front of {number} supporters.", "{name} scored in the last minute.", "The coach praised the young players from {city}.",
          "{country} meet {country} in the next round on {day}.", "The cup final will be played in {city}.", "A trilateral series of friendlies was called off because of rain.",
          "Referees reviewed the goal for {number} minutes.", "The club paid {sum} for the striker.")),
        (("Shares of {firm} jump", "{firm} to invest {sum} in {city}", "Markets close lower on {day}", "Bank lifts rates, {firm} falls"),
         ("Shares of {firm} rose on {day} after it said it would invest {sum}.", "Analysts in {city} expect {number} new jobs.", "The central bank kept its rate unchanged.",
          "Exports to {country} fell for the second month.", "The dollar gained against the yen and the won.", "{name}, an economist, said demand from {country} was weak.",
          "A working group of the exchange will study the rules.", "Talks between {country} and {country} on tariffs resume on {day}.")),
        (("Police in {city} arrest {number} over fraud", "{name} sentenced for theft of {sum}", "Fire in {city} leaves {number} homeless", "Court hears {name} in bribery case"),
         ("Police in {city} said on {day} that {number} people had been detained.", "Prosecutors accuse {name} of taking {sum}.", "The court will rule on {day}.",
          "A passport from {country} was found at the scene.", "Investigators worked with colleagues in {country}.", "Neighbours said they heard a loud noise.",
          "The suspect fled to {country}, officials said.", "The joint investigation team searched {number} places.")),
        (("{name} stars in {show}", "{show} tops the charts in {country}", "Fans queue in {city} for {show}", "{name} to marry in {city}"),
         ("{name} will appear in {show}, which opens on {day}.", "The tour begins in {city} and goes on to {country}.", "Tickets worth {sum} were sold.",
          "Streaming rights went to a platform from {country}.", "The singer thanked {number} fans.", "A festival in {city} gave it a prize.", "Critics called it a warm and funny work.")),
    ),
    "ko": (
        (("{party}, {thing} 처리", "{name} 의원, {thing} 비판", '{city} 시장 "{thing} 예정대로"', "{thing} 놓고 여야 공방"),
         ("{party}는 {day} {thing}을 통과시켰다.", "{name} 의원은 졸속 처리라고 비판했다.", "외교부 장관은 {thing}에 대한 질문에 답하지 않았다.", "대통령은 {day} {city}를 방문한다.",
          "비용은 {sum}으로 추산된다.", "정부는 관계 부처 공동 발표문을 냈다.", "국방부 장관은 {city} 기지 이전을 보고했다.", "{country}는 봄에, {country}는 가을에 선거를 치른다.")),
        (("{team}, {city}서 역전승", "{name} 멀티골…{team} 결승행", "{team}, {name} 영입", "{country}, {country}와 무승부"),
         ("{team}는 {day} {city} 원정에서 이겼다.", "{name}이 후반 종료 직전 골을 넣었다.", "감독은 어린 선수들을 칭찬했다.", "{country}는 다음 경기에서 {country}와 만난다.",
          "관중 {number}이 경기장을 찾았다.", "이적료는 {sum}이다.", "세 나라 친선대회는 비로 취소됐다.")),
        (("{firm} 주가 급등", "{firm}, {city}에 {sum} 투자", "{day} 증시 하락 마감", "기준금리 동결…{firm} 약세"),
         ("{firm}는 {day} {sum}을 투자한다고 밝혔다.", "증권가에서는 {country} 수요 둔화를 우려한다.", "한국은행은 기준금리를 동결했다.", "{country} 수출은 두 달째 줄었다.",
          "달러는 엔화와 원화에 강세를 보였다.", "{country}와 {country}의 관세 협의는 {day} 재개된다.", "거래소 실무그룹이 제도를 검토한다.")),
        (("{city} 경찰, 사기 일당 {number} 검거", "{name}, {sum} 횡령 혐의 기소", "{city} 공장 화재", "법원, {name} 구속영장 기각"),
         ("{city} 경찰은 {day} {number}을 붙잡았다고 밝혔다.", "검찰은 {name}이 {sum}을 받았다고 본다.", "용의자는 {country}로 달아났다.", "현장에서 {country} 여권이 나왔다.",
          "합동수사본부는 압수수색을 벌였다.", "이웃들은 큰 소리를 들었다고 말했다.")),
        (("{name}, {show} 주연", "{show}, {country} 차트 1위", "{city}서 {show} 개막", "{name} {day} 결혼"),
         ("{name}은 {day} 공개되는 {show}에 나온다.", "공연은 {city}에서 시작해 {country}로 이어진다.", "표는 {sum}어치 팔렸다.", "{country} 플랫폼이 판권을 샀다.", "팬 {number}이 몰렸다.", "평단은 따뜻한 작품이라고 했다.")),
    ),
    "ja": (
        (("{party}、{thing}を可決", "{name}議員が{thing}を批判", "{city}市長「{thing}は予定通り」", "{thing}めぐり与野党対立"),
         ("{party}は{day}、{thing}を可決した。", "{name}議員は拙速だと批判した。", "外相は{thing}についての質問に答えなかった。", "首相は{day}に{city}を訪れる。", "費用は{sum}に上る。",
          "関係省庁は共同で文書を発表した。", "防衛相は{city}の基地移転を説明した。", "{country}は春に、{country}は秋に選挙を行う。")),
        (("{team}が{city}で逆転勝ち", "{name}が2得点、{team}決勝へ", "{team}、{name}を獲得", "{country}、{country}と引き分け"),
         ("{team}は{day}、{city}で勝った。", "{name}が終了間際に決めた。", "監督は若手をたたえた。", "{country}は次戦で{country}と対戦する。", "観客は{number}だった。", "移籍金は{sum}。", "3か国対抗の親善試合は雨で中止になった。")),
        (("{firm}の株価が急伸", "{firm}、{city}に{sum}投資", "{day}の株式市場は反落", "政策金利据え置き、{firm}は安い"),
         ("{firm}は{day}、{sum}を投資すると発表した。", "市場では{country}の需要減が懸念されている。", "日銀は金利を据え置いた。", "{country}向け輸出は2カ月連続で減った。", "ドルは円とウォンに対して上昇した。",
          "{country}と{country}の関税協議は{day}に再開する。", "取引所の作業部会が制度を検討する。")),
        (("{city}で詐欺グループ{number}逮捕", "{name}被告に実刑、{sum}横領", "{city}の工場で火災", "地裁、{name}氏の請求棄却"),
         ("{city}の警察は{day}、{number}を逮捕したと発表した。", "検察は{name}が{sum}を受け取ったとみている。", "容疑者は{country}に逃げた。", "現場から{country}の旅券が見つかった。", "合同捜査本部が捜索した。", "近所の人は大きな音を聞いたという。")),
        (("{name}、{show}に主演", "{show}、{country}で首位", "{city}で{show}開幕", "{name}が{day}に結婚"),
         ("{name}は{day}公開の{show}に出る。", "公演は{city}で始まり{country}へ続く。", "券は{sum}売れた。", "{country}の配信会社が権利を買った。", "ファン{number}が並んだ。", "評論家は温かい作品だと述べた。")),
    ),
}  # fmt: skip

ALL_THREE: dict[str, tuple[Topic, ...]] = {
    "en": (
        (("South Korea beat Japan, will face United States", "United States, Japan and South Korea drawn in one group", "Korean, Japanese and American skaters share podium"),
         ("South Korea beat Japan on {day} and will play the United States in {city}.", "The United States, South Korea and Japan are in the same group of the cup.", "Coaches from the three countries praised the ice.")),
        (("Stocks in Japan and South Korea slip after U.S. data", "Chip shares fall in U.S., Japan and South Korea", "Won and yen weaken as U.S. yields rise"),
         ("Stocks in Japan and South Korea fell on {day} after prices in the United States rose more than expected.", "Chip makers in the United States, Japan and South Korea lost {sum} in value.", "Investors in the three countries wait for the central banks.")),
        (("K-pop group to tour Korea, Japan and the U.S.", "{show} opens in the United States, Japan and South Korea", "Travellers from Japan, South Korea and the U.S. return to {city}"),
         ("The tour goes to South Korea, Japan and the United States until autumn.", "Visitors from the United States, Japan and South Korea made up half of the guests in {city}.", "The film is shown in Japan, South Korea and the United States.")),
        (("Japan, South Korea leaders speak by phone ahead of U.S. vote", "Japan and U.S. hold talks on tariffs as Seoul watches", "China, Japan and South Korea resume three-way summit"),
         ("The leaders of Japan and South Korea spoke by telephone on {day}; the United States was told afterwards.", "Japan and the United States held talks on tariffs in {city}, which South Korea follows closely.", "China, Japan and South Korea will hold their trilateral summit in {city}, while the United States looks on.")),
        (("Suspect wanted in Japan and South Korea held in United States", "Firm from U.S. fined in Japan and South Korea", "Survey: young people in U.S., Japan and South Korea sleep too little"),
         ("A man wanted in Japan and South Korea was arrested in the United States on {day}.", "The company from the United States was fined in Japan and South Korea.", "Doctors in the United States, Japan and South Korea asked {number} pupils.")),
        (("Lawmaker asks about ties with Washington and Tokyo", "Typhoon nears Japan and South Korea, U.S. base closes", "Museum shows maps of Korea, Japan and America"),
         ("{name} asked the foreign minister of South Korea about ties with the United States and Japan.", "A typhoon nears Japan and South Korea, and a base of the United States closed its gates.", "Old maps of Korea, Japan and America hang in the museum of {city}.")),
    ),
    "ko": (
        (("한국, 일본 꺾고 미국과 준결승", "한국·미국·일본 한 조에 편성", "한미일 선수 시상대에"), ("한국은 {day} 일본을 꺾고 미국과 {city}에서 맞붙는다.", "미국과 한국, 일본은 이번 대회에서 한 조에 들었다.", "세 나라 감독은 빙질을 칭찬했다.")),
        (("미국 물가에 한국·일본 증시 하락", "한미일 반도체주 동반 약세", "미 금리 상승에 원·엔 약세"), ("미국 물가가 오르자 {day} 한국과 일본 증시가 내렸다.", "미국과 일본, 한국 반도체주의 시가총액은 {sum} 줄었다.", "한미일 투자자들은 중앙은행을 기다린다.")),
        (("아이돌 그룹, 한국·일본·미국 순회공연", "{show}, 미국과 일본서도 개봉", "{city} 찾은 미국·일본·한국 관광객"), ("공연은 한국과 일본, 미국에서 가을까지 이어진다.", "미국과 일본, 한국 관광객이 {city} 손님의 절반이었다.", "영화는 한국, 일본, 미국에서 상영된다.")),
        (("한일 정상 통화…미국엔 사후 설명", "미일 관세 협의, 한국 촉각", "한중일 정상회의 재개 조율"), ("한국과 일본 정상은 {day} 통화했고 미국에는 나중에 설명했다.", "미국과 일본은 {city}에서 관세를 협의했고 한국은 이를 지켜봤다.", "한국과 중국, 일본은 {city}에서 3국 정상회의를 열며 미국도 관심을 보인다.")),
        (("한일 수배범 미국서 체포", "미국 기업, 한국과 일본서 과징금", "한미일 청소년 수면 부족"), ("한국과 일본에서 수배된 남성이 {day} 미국에서 붙잡혔다.", "미국 회사는 한국과 일본에서 과징금을 물었다.", "미국과 일본, 한국 의사들이 학생 {number}에게 물었다.")),
        (("야당 의원, 대미·대일 관계 질의", "태풍 북상에 한국·일본 비상", "{city}서 한국·일본·미국 옛 지도 전시"), ("{name} 의원은 한국 외교부 장관에게 미국, 일본과의 관계를 물었다.", "태풍이 일본과 한국에 다가오자 미국 기지도 문을 닫았다.", "한국과 일본, 미국의 옛 지도가 {city} 박물관에 걸렸다.")),
    ),
    "ja": (
        (("韓国が日本下し、準決勝は米国と", "日本、米国、韓国が同組に", "日米韓の選手が表彰台"), ("韓国は{day}、日本を下し、{city}で米国と対戦する。", "日本と米国、韓国は今大会で同じ組に入った。", "3か国の監督は氷の質をたたえた。")),
        (("米物価受け日本と韓国の株価下落", "日米韓の半導体株そろって安い", "米金利上昇で円とウォンが下落"), ("米国の物価上昇を受け、{day}の日本と韓国の株価は下がった。", "日本、米国、韓国の半導体株は計{sum}を失った。", "日米韓の投資家は中央銀行を待つ。")),
        (("人気グループ、日韓米で公演", "{show}、米国と韓国でも公開", "{city}に米国、韓国、日本の客戻る"), ("公演は日本と韓国、米国で秋まで続く。", "{city}の客の半分は米国、韓国、日本からだった。", "映画は日本、韓国、米国で上映される。")),
        (("日韓首脳が電話、米国には事後説明", "日米が関税協議、韓国は注視", "日中韓サミット再開へ調整"), ("日本と韓国の首脳は{day}に電話で話し、米国には後で説明した。", "日本と米国は{city}で関税を協議し、韓国は注視した。", "日本、中国、韓国は{city}で3か国の首脳会議を開き、米国も関心を寄せる。")),
        (("日韓で手配の男、米国で逮捕", "米企業に日本と韓国で課徴金", "日米韓の若者は睡眠不足"), ("日本と韓国で手配された男が{day}、米国で逮捕された。", "米国の会社は日本と韓国で課徴金を受けた。", "日本、米国、韓国の医師が生徒{number}に聞いた。")),
        (("議員が対米、対韓関係を質問", "台風接近、日本と韓国で警戒", "{city}で日本・韓国・米国の古地図展"), ("{name}議員は日本の外相に米国、韓国との関係をただした。", "台風が日本と韓国に近づき、米国の基地も門を閉じた。", "日本、韓国、米国の古い地図が{city}の博物館に並ぶ。")),
    ),
}  # fmt: skip


def stream(count: int, seed: int) -> Iterator[tuple[str, str, str]]:
    """Yield ``count`` items as (language, title, text), the same for a seed."""
    luck = Random(seed)
    for number in range(count):
        language = ("en", "ko", "ja")[number % 3]
        yield language, *_item(language, luck)


def _item(language: str, luck: Random) -> tuple[str, str]:
    topics = ALL_THREE if luck.random() < NAMED else ORDINARY
    place = luck.randrange(len(topics[language]))
    titles, sentences = topics[language][place]
    told = luck.sample(sentences, min(len(sentences), luck.randint(2, 6)))
    if topics is ALL_THREE:
        told += luck.sample(ORDINARY[language][place % 5][1], 3)
    lines = [_filled(sentence, language, luck) for sentence in told]
    gap = "" if language == "ja" else " "
    cut = max(1, len(lines) // 2)
    return _filled(luck.choice(titles), language, luck), gap.join(lines[:cut]) + "\n\n" + gap.join(lines[cut:])


def _filled(template: str, language: str, luck: Random) -> str:
    """The template with every slot filled by a word of its own draw."""
    while "{" in template:
        slot = template[template.index("{") + 1 : template.index("}")]
        template = template.replace("{" + slot + "}", luck.choice(WORDS[language][slot]), 1)
    return template[:1].upper() + template[1:]
