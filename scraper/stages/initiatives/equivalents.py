"""Head nouns that translate each other in English, Korean and Japanese, as a table."""

from __future__ import annotations

_LINES = """
secretariat 事務局 사무국
consortium コンソーシアム 컨소시엄 연합체 企業連合
committee commission council 委員会 위원회 협의회 協議会 評議会
group 作業部会 グループ 運営グループ 調整グループ ワーキンググループ 작업반 実務グループ 실무그룹 협의그룹 워킹그룹 作業班 分科会
team cell unit taskforce チーム 作業チーム 監視チーム タスクフォース 班 調整班 分析班 作業班 対策班 태스크포스 전담반 전담팀 대응반 점검반 지원단 추진단 지원팀 대응팀 분석팀 작업반
center centre institute observatory hub センター 研究所 센터 연구소 허브 拠点
office desk cell unit 企画室 連絡室 調整室 事務所 窓口 室 사무소 상황실 사무실 기획실 연락실 실
mechanism body メカニズム 協議体 機構 메커니즘 협의체 기구 회의체 협력체 枠組み 枠組 체계
dialogue talks consultation consultations 対話 協議 대화 대화체 협의 협의체 협의회 協議会
forum フォーラム 포럼
meeting conference summit talks assembly 会合 会議 会談 サミット 회의 회담 서밋 정상회의 콘퍼런스 컨퍼런스 안보회의
roundtable ラウンドテーブル 라운드테이블 円卓会議
symposium seminar workshop conference シンポジウム セミナー 研究会 심포지엄 세미나 워크숍 会議 콘퍼런스 컨퍼런스
framework arrangement 枠組み 枠組 取決め 取り決め 프레임워크 체계 약정 体制 체제
memorandum memoranda moc mou 覚書 協力覚書 협력각서 양해각서 각서
letter loi 意向書 의향서
agreement pact accord 協定 合意書 협정 협약 합의서
compact コンパクト 콤팩트 컴팩트 규약 협약 盟約
protocol 議定書 プロトコル 細則 의정서
fund endowment 基金 ファンド 기금 펀드
initiative イニシアティブ イニシアチブ 構想 이니셔티브 구상
program programme project scheme プログラム 事業 スキーム 計画 制度 프로그램 사업 제도
plan blueprint 計画 行動計画 계획 행동계획
roadmap ロードマップ 로드맵 行程表
fellowship scholarship internship フェローシップ 奨学金 インターンシップ プログラム 펠로십 장학사업 인턴십 프로그램
academy curriculum アカデミー 아카데미 캠프
campaign キャンペーン 캠페인
competition contest 競技会 コンテスト コンペティション 경진대회
exchange 交流 交流事業 교류 교류사업 プログラム 프로그램 事業 사업
training 訓練 研修 훈련 연수
exercise drill 訓練 共同訓練 演習 훈련 연합훈련 연습
database index repository データベース 데이터베이스
reserve stockpile 制度 備蓄 비축 제도 備蓄制度
network ネットワーク 連絡網 監視網 네트워크 경보망 연락망 감시망 정보망 통신망
partnership alliance coalition パートナーシップ アライアンス 파트너십 연대
corridor 回廊 회랑
system platform システム 共有システム プラットフォーム 体制 体系 시스템 체계 플랫폼 체제 制度 제도
hotline line channel ホットライン 直通回線 チャネル 핫라인 직통회선 직통전화 채널
testbed range facility テストベッド 테스트베드 시험장 施設
principles 原則 원칙
statement 声明 共同声明 성명 공동성명
declaration 宣言 선언
commitment pledge コミットメント 공약 約束 서약
charter 憲章 헌장
vision ビジョン 비전
guidelines ガイドライン 指針 가이드라인 지침
spirit 精神 정신
cooperation coordination collaboration assistance 協力 協調 協力 협력 조정
"""
CONCEPTS: dict[str, frozenset[int]] = {}
"""Which lines of the table a head noun stands in."""
for _number, _line in enumerate(_LINES.strip().split("\n")):
    for _head in _line.split():
        CONCEPTS[_head] = CONCEPTS.get(_head, frozenset()) | {_number}


def concepts(head: str) -> frozenset[int]:
    """Return the concepts of a head noun (singular), as numbers that say nothing else; none of one that is in no table."""
    return CONCEPTS.get(head.replace(" ", ""), frozenset())
