"""The words of a story's statements in three languages; the lists of one kind are parallel."""

from __future__ import annotations

from dataclasses import dataclass

EDITED = {
    "en": "A footnote was added on the {word} survey, which opens in room {number}.",
    "ko": "{number}호실에서 열리는 {word} 조사에 관한 각주가 추가되었다.",
    "ja": "{number}号室で始まる{word}調査についての注記を加えた。",
}


@dataclass(frozen=True)
class Level:
    """Who meets, as each language says it; ``room`` is which of a government's sites tells of it."""

    who: dict[str, str]
    name: dict[str, str]
    room: int = 0


LEVELS = (
    Level(
        {"en": "The Secretary of State of the United States and the Foreign Ministers of the Republic of Korea and Japan",
         "ko": "한국 외교부 장관, 미국 국무장관, 일본 외무대신은", "ja": "日本の外務大臣、米国の国務長官及び韓国の外交部長官は"},
        {"en": "Foreign Ministers' Meeting", "ko": "외교장관회의", "ja": "外相会合"},
    ),
    Level(
        {"en": "The Secretary of Defense of the United States and the Defense Ministers of the Republic of Korea and Japan",
         "ko": "한국 국방부 장관, 미국 국방장관, 일본 방위대신은", "ja": "日本の防衛大臣、米国の国防長官及び韓国の国防部長官は"},
        {"en": "Defense Ministers' Meeting", "ko": "국방장관회의", "ja": "防衛相会合"}, 1,
    ),
    Level(
        {"en": "The Deputy Secretary of State of the United States and the Vice Foreign Ministers of the Republic of Korea and Japan",
         "ko": "한국 외교부 제1차관, 미국 국무부 부장관, 일본 외무사무차관은", "ja": "日本の外務事務次官、米国の国務副長官及び韓国の外交部第1次官は"},
        {"en": "Vice Foreign Ministers' Meeting", "ko": "외교차관 협의회", "ja": "次官協議"},
    ),
    Level(
        {"en": "The Chiefs of Defense of the United States, the Republic of Korea, and Japan",
         "ko": "한국 합참의장, 미국 합참의장, 일본 통합막료장은", "ja": "日本の統合幕僚長、米国の統合参謀本部議長及び韓国の合同参謀議長は"},
        {"en": "Chiefs of Defense Meeting", "ko": "합참의장 회의", "ja": "参謀総長級会合"}, 1,
    ),
    Level(
        {"en": "The special representatives of the United States, the Republic of Korea, and Japan",
         "ko": "한국, 미국, 일본의 수석대표는", "ja": "日本、米国及び韓国の首席代表は"},
        {"en": "Special Representatives' Meeting", "ko": "수석대표 협의", "ja": "首席代表者協議"},
    ),
    Level(
        {"en": "The National Security Advisors of the United States, the Republic of Korea, and Japan",
         "ko": "한국 국가안보실장, 미국 국가안보보좌관, 일본 국가안전보장국장은", "ja": "日本の国家安全保障局長、米国の国家安全保障担当補佐官及び韓国の国家安保室長は"},
        {"en": "National Security Advisors' Meeting", "ko": "안보실장 회의", "ja": "国家安全保障局長会合"},
    ),
)  # fmt: skip
PLACES = tuple(
    dict(zip(("en", "ko", "ja"), words.split("/"), strict=True))
    for words in ("Honolulu/호놀룰루/ホノルル", "Seattle/시애틀/シアトル", "Seoul/서울/ソウル", "Tokyo/도쿄/東京", "San Diego/샌디에이고/サンディエゴ",
                  "Detroit/디트로이트/デトロイト", "Chicago/시카고/シカゴ", "Busan/부산/釜山", "Los Angeles/로스앤젤레스/ロサンゼルス")
)  # fmt: skip
THINGS = tuple(
    dict(zip(("en", "ko", "ja"), words.split("/"), strict=True))
    for words in (
        "Kelp Forest/해조숲/海藻林", "Lighthouse Lamp/등대불빛/灯台灯火", "Seed Vault/종자금고/種子庫", "Ferry Timetable/여객선시각/連絡船時刻", "River Gauge/하천수위/河川水位",
        "Coral Nursery/산호육성/珊瑚育成", "Weather Mast/기상탑/気象塔", "Tidal Barrage/조력댐/潮力堰", "Museum Loan/박물관대여/博物館貸出", "Glacier Core/빙하시료/氷河試料",
        "Harbour Pilot/항만도선/港湾水先", "Honeybee Health/꿀벌건강/蜜蜂衛生", "Night Sky/밤하늘/夜空観測", "Paper Archive/종이기록/紙記録", "Railway Bridge/철도교량/鉄道橋梁",
        "Salt Marsh/염습지/塩性湿地", "School Garden/학교텃밭/学校菜園", "Snow Depth/적설량/積雪深", "Whale Song/고래노래/鯨歌", "Stone Wall/돌담/石垣",
        "Sail Training/범선교육/帆船教育", "Pottery Kiln/도자가마/陶磁窯", "Orchard Frost/과수서리/果樹霜害", "Cave Mapping/동굴지도/洞窟地図", "Bamboo Craft/대나무공예/竹工芸",
        "Volcano Watch/화산관측/火山観測", "Letter Exchange/편지교류/書簡交流", "Fog Signal/안개신호/霧信号", "Mountain Hut/산장/山小屋", "Plankton Count/부유생물/浮遊生物",
    )
)  # fmt: skip
HEADS = tuple(
    dict(zip(("en", "ko", "ja"), words.split("/"), strict=True))
    for words in (
        "Initiative/이니셔티브/イニシアティブ",
        "Partnership/파트너십/パートナーシップ",
        "Dialogue/대화/対話",
        "Framework/프레임워크/枠組み",
    )
)
VERBS = {
    "en": ("compared", "measured", "catalogued", "repaired", "mapped", "photographed", "translated", "weighed", "sorted", "listed"),
    "ko": ("비교하고", "측정하고", "정리하고", "수리하고", "그리고", "촬영하고", "번역하고", "분류하고", "기록하고", "점검하고"),
    "ja": ("比較し", "測定し", "整理し", "修理し", "図示し", "撮影し", "翻訳し", "分類し", "記録し", "点検し"),
}
NOUNS = {
    "en": ("anchors", "barometers", "canoes", "drums", "engines", "fences", "gloves", "hinges", "inks", "jars", "kettles", "lanterns", "mosses",
           "needles", "oars", "pumps", "quilts", "ropes", "scales", "tiles", "urns", "valves", "wheels", "yarns", "zithers"),
    "ko": ("닻", "기압계", "카누", "북", "엔진", "울타리", "장갑", "경첩", "잉크", "항아리", "주전자", "등불", "이끼", "바늘", "노", "펌프", "이불", "밧줄", "저울",
           "기와", "단지", "밸브", "바퀴", "실", "거문고"),
    "ja": ("錨", "気圧計", "丸木舟", "太鼓", "機関", "柵", "手袋", "蝶番", "墨", "壺", "薬缶", "提灯", "苔", "針", "櫂", "ポンプ", "布団", "縄", "秤", "瓦", "骨壺", "弁", "車輪",
           "糸", "琴"),
}  # fmt: skip
QUALITIES = {
    "en": ("amber", "bronze", "crooked", "dented", "enamelled", "frosted", "gilded", "hollow", "ivory", "jagged", "knotted", "lacquered", "mossy", "nickel",
           "oaken", "painted", "quilted", "rusted", "sandy", "tarred"),
    "ko": ("호박색", "청동", "굽은", "움푹한", "법랑", "서리 낀", "금박", "속 빈", "상아색", "들쭉날쭉한", "매듭진", "옻칠한", "이끼 낀", "니켈", "참나무", "채색한", "누빈", "녹슨", "모래빛",
           "타르칠한"),
    "ja": ("琥珀色の", "青銅の", "曲がった", "窪んだ", "琺瑯の", "霜の降りた", "金箔の", "中空の", "象牙色の", "ぎざぎざの", "結び目の", "漆塗りの", "苔むした", "ニッケルの", "樫の", "彩色の", "刺子の",
           "錆びた", "砂色の", "タール塗りの"),
}  # fmt: skip
BODIES = (
    {"en": "Their experts {verb} {number} {0} beside the {1}, {other} the {2}, and will show the {3} to visitors.",
     "ko": "3국 전문가들은 {0} {number}점과 {1} 옆에서 {verb}, {2}도 {other}, {3}을 방문객에게 공개하기로 하였다.",
     "ja": "三か国の専門家は{0}{number}点を{1}の傍らで{verb}、{2}も{other}、{3}を来訪者に公開することとした。"},
    {"en": "Of the {0} found that winter {number} were handed to divers, who {verb} {1} and {2} until the {3} gave way.",
     "ko": "그해 겨울 발견된 {0} 가운데 {number}점은 잠수사에게 넘겨졌고, 이들은 {1}과 {2}을 {verb} {3}이 무너질 때까지 일하였다.",
     "ja": "その冬に見つかった{0}のうち{number}点は潜水士に渡され、彼らは{1}と{2}を{verb}、{3}が崩れるまで働いた。"},
    {"en": "A fund of {number} dollars pays for {0}; students {verb} {1} with it, teachers {other} {2}, and nobody sells {3}.",
     "ko": "{number}달러의 기금으로 {0} 비용을 댄다. 학생들은 {1}을 {verb} 교사들은 {2}을 {other}, 아무도 {3}을 팔지 않는다.",
     "ja": "{number}ドルの基金が{0}の費用を賄う。学生は{1}を{verb}、教師は{2}を{other}、誰も{3}を売らない。"},
    {"en": "No fewer than {number} villages asked for {0} and {1}, and had {2} sent by rail when the {3} came late.",
     "ko": "{number}개 마을이 {0}과 {1}을 요청하였고, {3}이 늦어지자 {2}을 철도로 보냈다.",
     "ja": "{number}の村が{0}と{1}を求め、{3}が遅れると{2}を鉄道で送った。"},
    {"en": "Where {0} used to stand, page {number} of the plan has {1}, {2} and a fence around the {3}.",
     "ko": "{0}이 서 있던 자리에 계획서 {number}쪽은 {1}, {2} 그리고 {3}을 두른 울타리를 두었다.",
     "ja": "{0}が立っていた場所に、計画書の{number}頁は{1}、{2}及び{3}を囲む柵を置く。"},
)  # fmt: skip
DENUCLEARIZATION = {
    "en": ("the complete denuclearization of North Korea", "the complete denuclearization of the Korean Peninsula"),
    "ko": ("북한의 완전한 비핵화", "한반도의 완전한 비핵화"),
    "ja": ("北朝鮮の完全な非核化", "朝鮮半島の完全な非核化"),
}
MONTHS = ("", "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
