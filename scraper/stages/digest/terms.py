"""What a reader sees for the fixed words of the tables: kinds, levels, outcomes, languages; in English, Korean and Japanese."""

from __future__ import annotations

_COLUMN = {"en": 0, "ko": 1, "ja": 2}
_Words = tuple[str, str, str]

KINDS: dict[str, _Words] = {
    "joint_statement": ("Joint statement", "공동성명", "共同声明"),
    "readout": ("Readout", "회담 결과 발표", "会談結果の発表"),
    "press_statement": ("Press statement", "언론 발표문", "報道発表"),
    "remarks": ("Remarks", "발언", "発言"),
    "memorandum": ("Memorandum", "각서", "覚書"),
    "preview": ("Preview", "예고 보도", "予告"),
    "fact_sheet": ("Fact sheet", "설명자료", "ファクトシート"),
    "report": ("Report", "보도", "報道"),
    "commentary": ("Commentary", "논평", "論評"),
}
LEVELS: dict[str, _Words] = {
    "leaders": ("Leaders", "정상", "首脳"),
    "foreign_ministers": ("Foreign ministers", "외교장관", "外相"),
    "vice_ministers": ("Vice ministers", "외교차관", "外務次官"),
    "defence_ministers": ("Defence ministers", "국방장관", "防衛相"),
    "chiefs_of_defence": ("Chiefs of defence", "합참의장", "参謀総長級"),
    "security_advisers": ("Security advisers", "안보보좌관", "安全保障担当補佐官"),
    "ministers_other": ("Other ministers", "기타 장관", "その他の閣僚"),
    "envoys": ("Envoys", "특별대표", "特別代表"),
    "officials": ("Officials", "실무", "実務"),
    "forces": ("Forces", "군", "部隊"),
}
OUTCOMES: dict[str, _Words] = {
    "ok": ("answering again", "정상 응답", "正常応答"),
    "not_modified": ("unchanged", "변경 없음", "変更なし"),
    "empty": ("answers, but lists nothing", "응답은 있으나 목록이 비어 있음", "応答はあるが一覧が空"),
    "stale": ("nothing new for longer than usual", "평소보다 오래 새 글 없음", "通常より長く新着なし"),
    "gap": ("entries may have been missed", "일부 항목을 놓쳤을 수 있음", "一部を見落とした可能性"),
    "blocked": ("access refused", "접근 차단", "アクセス拒否"),
    "robots": ("robots.txt forbids it", "robots.txt가 금지", "robots.txt により禁止"),
    "moved": ("moved elsewhere", "주소 이전", "移転"),
    "http": ("the server answers with an error", "서버 오류 응답", "サーバーがエラーを応答"),
    "dns": ("its name is not found", "도메인을 찾을 수 없음", "ドメインが見つからない"),
    "tls": ("its certificate is not accepted", "인증서 오류", "証明書エラー"),
    "timeout": ("does not answer in time", "응답 시간 초과", "時間内に応答なし"),
    "connect": ("cannot be reached", "접속 불가", "接続できない"),
    "too_large": ("the page is too large", "페이지가 너무 큼", "ページが大きすぎる"),
    "not_a_feed": ("the answer is no feed", "피드가 아닌 응답", "フィードではない応答"),
    "wrong_channel": ("another channel is served", "다른 채널이 응답", "別のチャンネルが応答"),
    "parse": ("the page cannot be understood", "페이지 해석 불가", "ページを解釈できない"),
}
LANGUAGES: dict[str, _Words] = {
    "en": ("English", "영어", "英語"),
    "ko": ("Korean", "한국어", "韓国語"),
    "ja": ("Japanese", "일본어", "日本語"),
    "zh": ("Chinese", "중국어", "中国語"),
}


def term(table: dict[str, _Words], word: str, language: str) -> str:
    """Return how ``word`` reads in ``language``; a word that is not in ``table`` with its underscores as spaces."""
    found = table.get(word)
    return found[_COLUMN.get(language, 0)] if found else word.replace("_", " ")
