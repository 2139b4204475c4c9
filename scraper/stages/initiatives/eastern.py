"""Head nouns, particles and verbs of creation in Korean and Japanese, as tables."""

from __future__ import annotations

import re
from functools import lru_cache

KOREAN_STRONG: dict[str, str] = {
    "협의체": "body", "협의회": "dialogue", "사무국": "body", "협력각서": "framework", "양해각서": "framework", "각서": "framework", "약정": "framework",
    "의향서": "framework", "프레임워크": "framework", "이니셔티브": "programme", "구상": "programme", "네트워크": "network", "메커니즘": "body",
    "실무그룹": "body", "실무 그룹": "body", "작업반": "body", "워킹그룹": "body", "포럼": "dialogue", "서밋": "dialogue", "프로그램": "programme",
    "핫라인": "system", "위원회": "body", "협의그룹": "body", "기구": "body", "기금": "programme", "펀드": "programme", "센터": "body", "대화": "dialogue",
    "대화체": "dialogue", "시스템": "system", "체계": "system", "컨소시엄": "body", "연구소": "body", "아카데미": "programme", "펠로십": "programme",
    "로드맵": "programme", "라운드테이블": "dialogue", "플랫폼": "system", "전담반": "body", "전담팀": "body", "대응반": "body", "점검반": "body", "태스크포스": "body",
    "경보망": "network", "연락망": "network", "감시망": "network", "정보망": "network", "통신망": "network", "직통회선": "system", "직통전화": "system",
    "가이드라인": "document", "지침": "document", "의정서": "framework", "시험장": "system", "테스트베드": "system", "허브": "body", "심포지엄": "dialogue",
    "콘퍼런스": "dialogue", "컨퍼런스": "dialogue", "인턴십": "programme", "장학사업": "programme", "경진대회": "programme", "캠페인": "programme",
    "행동계획": "programme", "데이터베이스": "system", "연합체": "body", "지원단": "body", "추진단": "body", "지원팀": "body", "대응팀": "body", "분석팀": "body", "상황실": "body", "사무소": "body",
    "점검단": "body", "평가단": "body", "자문단": "body", "조사단": "body", "연구단": "body", "기획단": "body", "협력단": "body", "교류단": "body",
}  # fmt: skip
"""Heads that make a name after the watched parties, with their families."""

KOREAN_WEAK: dict[str, str] = {
    "안보회의": "dialogue", "회의": "dialogue", "회담": "dialogue", "협의": "dialogue", "정상회의": "dialogue", "공동성명": "document", "성명": "document",
    "선언": "document", "원칙": "document", "정신": "document", "공약": "document", "헌장": "document", "훈련": "exercise", "연합훈련": "exercise",
    "연습": "exercise", "계획": "programme", "공동연구": "programme", "파트너십": "network", "협력": "cooperation", "협력체": "body", "채널": "system", "체제": "system",
    "사업": "programme", "협정": "framework", "협약": "framework", "회의체": "body", "캠프": "programme", "세미나": "dialogue", "워크숍": "dialogue", "비전": "document", "합의서": "framework", "제도": "system",
    "모임": "body", "교류과정": "programme", "연수과정": "programme", "교육과정": "programme", "양성과정": "programme", "강좌": "programme",
    "지도": "programme", "백서": "programme", "편람": "programme", "교범": "programme", "매뉴얼": "programme", "핸드북": "programme",
}  # fmt: skip
"""Heads of meetings, texts and activities: they need quotes, an ordinal or a verb of creation."""

JAPANESE_STRONG: dict[str, str] = {
    "事務局": "body", "枠組み": "framework", "枠組": "framework", "協力覚書": "framework", "覚書": "framework", "取決め": "framework", "取り決め": "framework",
    "意向書": "framework", "イニシアティブ": "programme", "イニシアチブ": "programme", "メカニズム": "body", "ネットワーク": "network", "作業部会": "body",
    "作業チーム": "body", "ワーキンググループ": "body", "運営グループ": "body", "フォーラム": "dialogue", "サミット": "dialogue", "プログラム": "programme",
    "ホットライン": "system", "委員会": "body", "協議体": "body", "対話": "dialogue", "基金": "programme", "センター": "body", "コンソーシアム": "body",
    "共有システム": "system", "システム": "system", "フェローシップ": "programme", "監視チーム": "body", "機構": "body", "調整グループ": "body",
    "協議会": "dialogue", "連絡会": "dialogue", "調整班": "body", "分析班": "body", "作業班": "body", "対策班": "body", "窓口": "system", "連絡室": "body", "企画室": "body",
    "調整室": "body", "タスクフォース": "body", "ロードマップ": "programme", "プラットフォーム": "system", "プロトコル": "framework", "コンパクト": "framework",
    "ラウンドテーブル": "dialogue", "シンポジウム": "dialogue", "セミナー": "dialogue", "ビジョン": "document", "ガイドライン": "document", "指針": "document",
    "行動計画": "programme", "競技会": "programme", "コンテスト": "programme", "コンペティション": "programme", "アカデミー": "programme", "インターンシップ": "programme",
    "奨学金": "programme", "キャンペーン": "programme", "データベース": "system", "テストベッド": "system", "回廊": "network", "連絡網": "network", "監視網": "network",
    "直通回線": "system", "アライアンス": "network", "研究会": "dialogue", "分科会": "body", "スキーム": "programme", "細則": "framework", "議定書": "framework", "合意書": "framework",
    "講座": "programme", "白書": "programme", "便覧": "programme", "マニュアル": "programme", "ハンドブック": "programme",
}  # fmt: skip
"""Heads that make a name after the watched parties, with their families."""

JAPANESE_WEAK: dict[str, str] = {
    "会合": "dialogue", "会議": "dialogue", "協議": "dialogue", "会談": "dialogue", "共同声明": "document", "声明": "document", "宣言": "document",
    "原則": "document", "精神": "document", "コミットメント": "document", "憲章": "document", "訓練": "exercise", "共同訓練": "exercise", "演習": "exercise",
    "計画": "programme", "共同研究": "programme", "パートナーシップ": "network", "協力": "cooperation", "体制": "system", "チーム": "body", "グループ": "body",
    "事業": "programme", "協定": "framework", "構想": "programme", "制度": "system",
}  # fmt: skip
"""Heads of meetings, texts and activities: they need brackets, an ordinal or a verb of creation."""

EASTERN_HEADS: dict[str, str] = {**KOREAN_WEAK, **KOREAN_STRONG, **JAPANESE_WEAK, **JAPANESE_STRONG}
_RANKED = tuple(sorted(EASTERN_HEADS, key=lambda head: (-len(head), head)))
_RANKS = {head.replace(" ", ""): rank for rank, head in reversed(tuple(enumerate(_RANKED)))}
_SIZES = tuple(sorted({len(head) for head in _RANKS}))

KOREAN_PARTICLES = "으로서|으로써|으로|에서는|에서|에게|까지|부터|이라는|라는|이라고|라고|이며|이고|이나|하고|에는|에도|에|의|이|가|은|는|을|를|과|와|도|만|로|및|등|인|간|서"
"""What may be stuck to a Korean name."""

KOREAN_CREATION = "신설|출범|설립|창설|발족|구성하|구축하|구축해|마련하|마련해|만들|체결|서명|가동|도입|제안|추진|채택|합의|개설|조성|설치|착수|결성|두기로"
JAPANESE_CREATION = "設置|設立|創設|新設|発足|立ち上げ|署名|締結|運用開始|採択|新たに|発表|設け|構築|策定|開設|結成|置く|置き|開始する|開始を|開講|始動|確立|導入"
KOREAN_FOUNDING = "신설|출범|설립|창설|발족|구성|구축|마련|만들|체결|서명|가동|도입|채택|개설|조성|설치|착수|결성|두기로|꾸리기로|운영하기로|열기로|시작하기로|시행하기로|운영한다|시행한다"
"""Verbs that bring their object into being, whatever it is called."""
JAPANESE_FOUNDING = (
    "設置|設立|創設|新設|発足|立ち上げ|署名|締結|採択|設け|構築|策定|開設|結成|置く|置き|開講|始動|確立|取りまとめ|試行|導入"
)
"""Verbs that bring their object into being, whatever it is called."""
KOREAN_EXERCISE = "훈련|연습|서비스|제도|대회|과정|프로그램|이니셔티브|사업|프로젝트|작전|네트워크|협의체|포럼|서밋|캠프"
JAPANESE_EXERCISE = (
    "訓練|演習|プログラム|イニシアティブ|枠組み|構想|事業|プロジェクト|作戦|ネットワーク|フォーラム|サミット|対話|声明|協議体"
)


_ABBREVIATION = re.compile(r"['\"」』〉》]{0,2}\s?[(（]([A-Z][A-Za-z0-9-]{1,9}[A-Z0-9])[)）]")


def abbreviation_after(plain: str, end: int) -> str:
    """Return the Latin abbreviation in parentheses right after a name that ends at ``end``, its closing quote between, or ``""``."""
    match = _ABBREVIATION.match(plain, end)
    return match[1] if match else ""


@lru_cache(maxsize=4096)
def eastern_head(text: str) -> str:
    """Return the longest head noun that ``text`` ends in, or ``""``."""
    ranks = [rank for size in _SIZES if (rank := _RANKS.get(text[-size:])) is not None]
    return _RANKED[min(ranks)] if ranks else ""
