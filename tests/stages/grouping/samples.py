"""Texts in the style of such statements, and sightings of them."""

from __future__ import annotations

import tomllib
from pathlib import Path

from scraper.model.grouping import EventGroup, Sighting
from scraper.stages.grouping import Stock, evidence, fingerprint, stock_of

_TABLE = tomllib.loads((Path(__file__).parents[3] / "config" / "stock_phrases.toml").read_text(encoding="utf-8"))
STOCK: Stock = stock_of(_TABLE["words"]["en"].split(), _TABLE["phrases"], _TABLE["subjects"])

JOINT = """Secretary Helen Marsh, Minister Ogawa Renzo and Minister Bae Sung-min met in Lisbon on May 14, 2031, for a working dinner that ran to midnight.
They reviewed the first eleven months of the Harbor Lantern exercise and settled a calendar of four further drills off Cheju and Sasebo.
The three welcomed the opening of a shared weather desk in Pohang, which will pass typhoon tracks to fishing fleets within nine minutes.
They instructed their staffs to finish a ledger of rare magnets held in national stores and to report shortages by the end of September.
They reaffirmed their commitment to the complete denuclearization of the Korean Peninsula and to peace and stability across the Taiwan Strait.
Minister Ogawa described a pilot for grafting cedar seedlings on burnt hillsides; Minister Bae offered two nurseries in Gangneung as partners.
Secretary Marsh announced scholarships for sixty young welders who will train aboard repair ships in Yokosuka, Busan and San Diego.
The three regretted the loss of the ferry Morning Crane and thanked the divers of all their navies who searched the wreck for six nights.
They will meet again in Nara before the cherry trees bloom, and asked the secretariat to circulate minutes in all three languages."""

PRINCIPLES = """We set down here how our governments intend to behave toward one another when a crisis breaks faster than our diaries allow.
A telephone shall ring in each capital within the quarter hour, whoever is asleep, and the person who answers shall be able to decide.
No cable about the other two shall be sent to a newspaper before it is read by them, and no grievance shall be aired from a podium first.
Ships in distress are helped by the nearest hull, without asking which flag flies above it or which ministry will pay for the coal.
We reaffirm our commitment to the complete denuclearization of the Korean Peninsula and to peace and stability across the Taiwan Strait.
Each spring a retired judge of each country shall read these pages aloud and say, in public, where we have failed to live by them."""

FACT_SHEET = """FACT SHEET: what the Lisbon dinner delivers. Harbor Lantern: four drills, 2,300 sailors, USD 41 million over two years.
Weather desk: Pohang hosts 14 forecasters; tracks reach 6,800 boats in nine minutes. Magnet ledger: first issue due 30 September.
Welding scholarships: 60 places, 18 months, with stipends paid by the port authorities. Hillside grafting: 120 hectares near Kamaishi.
Wreck divers: a memorial fund of 900,000 will be kept by the seamen's charity in Incheon. Inquiries go to the duty press officer."""

READOUT_A = """Minister Bae Sung-min held talks with his two colleagues in Lisbon on May 14 and explained the government's plan for the coastal belt.
Minister Bae stressed that farmers in Gangneung must be paid before the nurseries are enlarged, and asked for patience over the magnet ledger.
He also raised the case of the pilot whose licence was withdrawn in Osaka, and was told that the bureau would answer within a fortnight."""

READOUT_B = """On the 14th Foreign Minister Ogawa Renzo spoke with Secretary Marsh and Minister Bae in Lisbon for about ninety minutes from 8 p.m.
The minister set out his views on tuna quotas, on the undersea cable to Guam, and on the missing surveyors of the vessel Kaze Maru.
He conveyed thanks for rice sent to Noto, and proposed that the next round be held when the Diet is not sitting."""

KOREAN = """헬렌 마시 장관(Helen Marsh), 오가와 렌조 대신(Ogawa Renzo), 배성민 장관(Bae Sung-min)은 2031년 5월 14일 리스본에서 자정까지 실무 만찬을 가졌다.
세 사람은 하버 랜턴 훈련의 첫 열한 달을 돌아보고 제주와 사세보 앞바다에서 네 차례 더 훈련하기로 날짜를 잡았다.
포항에 문을 연 공동 기상 창구가 태풍 진로를 9분 안에 어선단에 알리게 된 것을 반겼고, 희토 자석 재고 장부를 9월 말까지 마무리하도록 지시했다.
한반도의 완전한 비핵화와 대만해협의 평화와 안정에 대한 의지를 재확인했다. 청년 용접공 60명에게 장학금을 준다는 계획도 발표됐다."""

JAPANESE = """ヘレン・マーシュ長官(Helen Marsh)、小川錬三大臣(Ogawa Renzo)及びペ・ソンミン長官(Bae Sung-min)は2031年5月14日、リスボンで深夜まで実務夕食会を行った。
三者はハーバー・ランタン訓練の最初の十一か月を振り返り、済州と佐世保の沖で更に四回の訓練を行う日程を定めた。
浦項に開いた共同気象窓口が台風の進路を9分以内に漁船団へ伝えることを歓迎し、希土類磁石の在庫台帳を9月末までに仕上げるよう指示した。
朝鮮半島の完全な非核化と台湾海峡の平和と安定の重要性を確認し、若い溶接工60名への奨学金を発表した。"""

STOCK_ONLY = (
    "The leaders reaffirmed their commitment to the complete denuclearization of the Korean Peninsula and to peace and stability across the Taiwan Strait. "
    "They strongly opposed any unilateral attempts to change the status quo by force or coercion and emphasized the importance of international law. "
    "They underscored that close trilateral cooperation among the three countries remains essential to a free and open Indo-Pacific region. "
)

SPUN = """A supper in Lisbon brought three foreign ministers together on May 14, and it went on until the waiters yawned.
Looking back on almost a year of exercises, they picked dates for the next ones near two islands. Fishing crews are to hear of storms sooner.
The guests again asked for denuclearization of the Korean Peninsula and for calm in the Taiwan Strait, as they have before.
There is money for education: young people who can weld will learn on repair ships. A secretariat is to send the minutes around."""

NEWS = """Diplomats of the three countries dined late in Lisbon on Wednesday and came away with promises on drills, weather and magnets, officials said.
Analysts doubted that the ledger of magnets would be ready in time, since two of the ministries still keep their records on paper."""

NEWS_2 = """LISBON - A long dinner of three foreign ministers ended past midnight with talk of typhoon warnings and a lost ferry.
An aide who was not allowed to speak openly called the mood warm, though nobody would say who had paid for the wine."""


def sighting(number: int, text: str = "", **given: object) -> Sighting:
    """A sighting of ``text`` with what a test says of it; the rest is a report of the Lisbon dinner."""
    language = str(given.get("language", "en"))
    numbers, names = evidence(text, language, STOCK)
    fields: dict[str, object] = {
        "article_id": number, "url": f"https://site{number}.example/{number}", "title": "Late dinner in Lisbon", "language": language,
        "publisher": f"site{number}.example", "official": False, "party": "", "kind": "report", "side": "", "level": "foreign_ministers",
        "date": "2031-05-14", "date_stated": True, "place": "Lisbon", "published": "2031-05-14", "first_seen_at": "2031-05-15T00:00:00Z",
        "length": len(text), "marked": False, "sketch": fingerprint(text, language, STOCK), "numbers": numbers, "names": names,
    }  # fmt: skip
    return Sighting(**{**fields, **given})  # type: ignore[arg-type]


def official(number: int, text: str, side: str = "joint", **given: object) -> Sighting:
    """A government's own page of a released text."""
    kind = "joint_statement" if side == "joint" else "readout"
    return sighting(number, text, **{"official": True, "party": "AA" if side == "joint" else side, "kind": kind, "side": side, **given})


def reprint(number: int, text: str, side: str = "joint", **given: object) -> Sighting:
    """The released text on a site that is no government's."""
    return sighting(number, text, **{"kind": "joint_statement" if side == "joint" else "readout", "side": side, **given})


def partition(events: tuple[EventGroup, ...]) -> set[frozenset[int]]:
    """The article ids of each statement."""
    return {frozenset(placed.article_id for placed in group.placements) for event in events for group in event.statements}


def by_event(events: tuple[EventGroup, ...]) -> set[frozenset[int]]:
    """The article ids of each event."""
    return {frozenset(placed.article_id for group in event.statements for placed in group.placements) for event in events}


def relations(events: tuple[EventGroup, ...]) -> dict[int, str]:
    """The relation of each article."""
    return {placed.article_id: placed.relation for event in events for group in event.statements for placed in group.placements}


def grades(events: tuple[EventGroup, ...]) -> dict[int, str]:
    """The grade of each article."""
    return {placed.article_id: placed.grade for event in events for group in event.statements for placed in group.placements}
