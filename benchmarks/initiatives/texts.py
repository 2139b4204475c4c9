"""Statements of our own in three languages, 2 to 6 KB each, with known and unknown names in them; the same at every run."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from benchmarks.initiatives.registry import unknown

LANGUAGES = ("en", "ko", "ja")
SMALLEST, LARGEST = 2_048, 6_144
"""Bytes of UTF-8."""

_SPACING = 6
"""Of so many sentences one brings a known name in; of three times as many one brings an unknown one in."""

_TITLE = {
    "en": "Joint Statement of the United States, Japan, and the Republic of Korea",
    "ko": "한미일 외교장관 공동성명",
    "ja": "日米韓外相会合共同声明",
}
_OPENING = {
    "en": "The Foreign Ministers of the United States, Japan, and the Republic of Korea met in {place} on {month} {day}, 2026.",
    "ko": "한국과 미국, 일본의 외교장관은 2026년 {number}월 {day}일 {place}에서 한미일 외교장관회의를 개최하였다.",
    "ja": "2026年{number}月{day}日、{place}において日米韓外相会合が開催された。",
}
_KNOWN = {
    "en": (
        "They welcomed the progress made by the {name} since the last meeting and asked officials to report in the autumn.",
        "Ministers reaffirmed that the {name} will continue to serve as the main channel for this work.",
        "The first session of the {name} was held in {place} in {month}, with experts from all three countries taking part.",
        "Under the {name}, the three sides shared data on accidents at sea and compared what each of them had learned.",
    ),
    "ko": (
        "장관들은 {name}의 진전을 환영하고 가을까지 결과를 보고하도록 실무자들에게 지시하였다.",
        "세 장관은 {name}를 통한 협력을 계속해 나가기로 하였다.",
        "지난 {number}월 {place}에서 {name} 첫 회의가 열려 전문가들이 참석하였다.",
    ),
    "ja": (
        "三大臣は{name}の進展を歓迎し、秋までに結果を報告するよう事務方に指示した。",
        "三大臣は{name}を通じた協力を引き続き進めていくことで一致した。",
        "{number}月には{place}で{name}の初会合が開かれ、専門家が参加した。",
    ),
}  # fmt: skip
_UNKNOWN = {
    "en": ("The Ministers announced the launch of the {name}.", "They agreed to establish the {name} before the end of the year."),
    "ko": ("장관들은 {name} 출범을 발표하였다.", "세 나라는 올해 안에 {name}를 설립하기로 합의하였다."),
    "ja": ("三大臣は{name}の立ち上げを発表した。", "三か国は年内に{name}を設立することで一致した。"),
}
_PLAIN = {
    "en": (
        "They exchanged views on the situation in the region and stressed the importance of calm and predictable conduct at sea and in the air.",
        "The Secretary thanked his colleagues for their hospitality and noted that the talks had been frank, detailed and useful.",
        "Officials will meet again before the end of the year to prepare the ground for decisions on funding and on the division of labour.",
        "Ministers underlined that any attempt to change the status quo by force would meet with a firm and coordinated response.",
        "They discussed how supply chains for essential goods can be kept open when ports close because of storms or strikes.",
        "The sides took note of a report by their experts on the cost of insurance for small vessels, which has doubled within five years.",
        "In the afternoon the delegations visited a training centre for pilots and spoke with students about their plans.",
        "The Minister for Foreign Affairs of Japan explained his government's thinking on the matter and expressed his gratitude for support.",
        "The Republic of Korea will host the next round of consultations, and the United States offered to send observers.",
        "It was agreed that the public should be told more about what has been achieved, in plain words and in good time.",
        "Several participants pointed out that trust grows slowly and is quickly lost, which is why regular contact at all levels matters.",
        "They condemned recent launches of ballistic missiles and called on the Democratic People's Republic of Korea to return to dialogue.",
        "The exchange of students, teachers and journalists has grown by a third, and more scholarships will be offered from next spring.",
        "A spokesperson said afterwards that no decision had been taken on tariffs, and that the European Union would be kept informed.",
        "Work on common standards goes on; the next draft is expected in {month} and will be open for comment for six weeks.",
    ),
    "ko": (
        "장관들은 역내 정세에 대해 의견을 교환하고 해상과 공중에서의 예측 가능한 행동이 중요하다는 점을 강조하였다.",
        "장관은 동료들의 환대에 사의를 표하고 이번 협의가 솔직하고 상세하며 유익하였다고 평가하였다.",
        "실무자들은 연말 이전에 다시 만나 재원과 역할 분담에 관한 결정을 준비하기로 하였다.",
        "참석자들은 힘에 의한 현상 변경 시도에 단호하고 조율된 대응을 해 나갈 것임을 분명히 하였다.",
        "폭풍이나 파업으로 항구가 닫힐 때 필수품 공급망을 어떻게 유지할 것인지에 대해서도 논의하였다.",
        "소형 선박의 보험료가 5년 사이 두 배로 올랐다는 전문가 보고서에 주목하였다.",
        "오후에는 대표단이 조종사 훈련원을 방문하여 학생들과 장래 계획에 대해 이야기를 나누었다.",
        "일본 외무대신은 자국 정부의 입장을 설명하고 지지에 감사를 표하였다.",
        "한국이 다음 협의를 주최하며 미국은 참관단을 보내겠다고 제안하였다.",
        "그동안의 성과를 국민에게 알기 쉬운 말로 제때 알려야 한다는 데 의견을 같이하였다.",
        "북한의 탄도미사일 발사를 규탄하고 대화에 복귀할 것을 촉구하였다.",
        "학생과 교사, 언론인 교류가 3분의 1 늘었으며 내년 봄부터 장학금이 확대된다.",
        "대변인은 관세에 관한 결정은 없었으며 유럽연합에도 내용을 공유할 것이라고 밝혔다.",
    ),
    "ja": (
        "三大臣は地域情勢について意見を交換し、海上及び空中における予測可能な行動の重要性を強調した。",
        "大臣は同僚のもてなしに謝意を述べ、今回の協議は率直かつ詳細で有益であったと評価した。",
        "事務方は年末までに再び会い、財源と役割分担に関する決定の準備を行うこととなった。",
        "出席者は、力による現状変更の試みに対して断固として連携した対応をとる考えを示した。",
        "嵐やストライキで港が閉じた際に必需品の供給網をいかに維持するかについても議論した。",
        "小型船舶の保険料が5年間で倍になったとする専門家の報告に留意した。",
        "午後、代表団は操縦士の訓練所を訪れ、学生たちと将来の計画について語り合った。",
        "韓国の外交部長官は自国政府の考え方を説明し、支持に感謝した。",
        "次回の協議は韓国が主催し、米国は視察団を派遣することを提案した。",
        "これまでの成果を国民に分かりやすい言葉で適時に伝えるべきであるとの認識を共有した。",
        "北朝鮮による弾道ミサイルの発射を非難し、対話に戻るよう求めた。",
        "学生、教員、記者の交流は三割増え、来春から奨学金が拡充される。",
        "報道官は、関税に関する決定はなく、欧州連合にも内容を伝えると述べた。",
    ),
}  # fmt: skip
_PLACES = {
    "en": ("Honolulu", "Busan", "Kyoto", "Seattle"),
    "ko": ("호놀룰루", "부산", "교토", "시애틀"),
    "ja": ("ホノルル", "釜山", "京都", "シアトル"),
}
_MONTHS = ("January", "March", "May", "July", "September", "November")


@dataclass(frozen=True, slots=True)
class Document:
    """A statement with the names that were put into it, known and unknown, in order."""

    title: str
    text: str
    language: str
    known: tuple[str, ...]
    unknown: tuple[str, ...]


def documents(count: int, names: Mapping[str, Sequence[str]], seed: int = 20261122) -> tuple[Document, ...]:
    """Return ``count`` statements, the languages in turns; ``names`` are the known ones by language."""
    chance = random.Random(seed)  # noqa: S311  the same texts at every run
    return tuple(_document(chance, LANGUAGES[number % 3], names[LANGUAGES[number % 3]], number) for number in range(count))


def _document(chance: random.Random, language: str, names: Sequence[str], number: int) -> Document:
    wanted = chance.randint(SMALLEST, LARGEST - 600)
    known: list[str] = []
    new: list[str] = []
    pieces, size = [], 0
    for sentence, name, kind in _sentences(chance, language, names, number):
        {"known": known, "unknown": new}.get(kind, []).append(name)
        pieces.append(sentence)
        size += len(sentence.encode()) + 1
        if size >= wanted:
            break
    return Document(_TITLE[language], _joined(pieces, language), language, tuple(known), tuple(new))


def _sentences(chance: random.Random, language: str, names: Sequence[str], number: int) -> Iterator[tuple[str, str, str]]:
    """An opening, then sentences without end, each with the name in it and whether that is known."""
    yield _filled(chance, _OPENING[language], language, ""), "", ""
    place = 0
    while True:
        place += 1
        if place % (3 * _SPACING) == 3:
            name = unknown(language, 7 * number + place)
            yield _filled(chance, chance.choice(_UNKNOWN[language]), language, name), name, "unknown"
        elif place % _SPACING == 1:
            name = chance.choice(names)
            yield _filled(chance, chance.choice(_KNOWN[language]), language, name), name, "known"
        else:
            yield _filled(chance, chance.choice(_PLAIN[language]), language, ""), "", ""


def _filled(chance: random.Random, pattern: str, language: str, name: str) -> str:
    month = chance.choice(_MONTHS)
    return pattern.format(
        name=name, place=chance.choice(_PLACES[language]), month=month, number=chance.randint(1, 12), day=chance.randint(1, 28)
    )


def _joined(pieces: Sequence[str], language: str) -> str:
    """Paragraphs of four sentences."""
    gap = "" if language == "ja" else " "
    return "\n\n".join(gap.join(pieces[at : at + 4]) for at in range(0, len(pieces), 4))
