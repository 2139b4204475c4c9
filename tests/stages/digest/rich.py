"""A digest in which everything is told that a digest can tell, in three languages; for what looks at the whole of it."""

from __future__ import annotations

from dataclasses import replace

from scraper.model.digest import (
    Addresses,
    Attendance,
    Change,
    Comparable,
    Deciding,
    Difference,
    Edit,
    HeldBack,
    Material,
    NewInitiative,
    NewStatement,
    Notable,
    Publication,
    Rewording,
    SourceTrouble,
    WatchReport,
)
from scraper.model.initiative import Near
from scraper.model.revision import Piece

OURS = "https://monitor.example.org/"
TOKEN = "eyJhIjoiY29uZmlybSIsImkiOiJoYXJib3VyLXdhdGNoLWNlbGwifQ" * 4 + ".QmFzZTY0LVNpZ25hdHVyZS1vZi1hLWxpbmstaW4tYS1k"
SENTENCE = (
    "The ministers announced the launch of the Trilateral Harbour Watch Cell, under which the three coast guards share what they see."
)
KOREAN = "세 장관은 3국 해양 실험실의 출범을 발표하고, 매년 봄 연구진이 함께 훈련하기로 하였다."
JAPANESE = "三か国の大臣は、港湾の安全に関する三か国対話を立ち上げ、毎年春に専門家が会合することで一致した。"


def _mark(sentence: str, name: str) -> tuple[int, int]:
    return sentence.index(name), sentence.index(name) + len(name)


def _deciding(slug: str) -> Deciding:
    return Deciding(*(f"{OURS}review/{slug}{action}{TOKEN}" for action in "abc"))


HARBOUR = NewInitiative(
    "harbour-watch-cell", "Trilateral Harbour Watch Cell", "body", "en", SENTENCE, _mark(SENTENCE, "Trilateral Harbour Watch Cell"),
    "They met in the morning.", "It reports every year.", "joint", "Ministry of Tides", "https://tides.example/statement", "Joint Statement of the Ministers",
    "2140-09-22", 0.87, "a capitalised name after 'announced the launch of'", (Near("harbour-guard", "Harbour Guard", "same first word"),), "ever",
    statement_id=4, paragraph=4, earlier=63, since="2110", capture_id=9, deciding=_deciding("h"),
    addresses=Addresses(f"{OURS}initiative/harbour-watch-cell", f"{OURS}statement/4", f"{OURS}capture/9", f"{OURS}statement/4/cite"),
)  # fmt: skip
LAB = replace(
    HARBOUR, id="marine-lab", name="3국 해양 실험실", kind="programme", language="ko", sentence=KOREAN, mark=_mark(KOREAN, "3국 해양 실험실"), before="", after="",
    basis="in_our_data", nearest=(), earlier=1, paragraph=0, confidence=0.6, deciding=Deciding(f"{OURS}review/l{TOKEN}", "", f"{OURS}review/m{TOKEN}"),
)  # fmt: skip
DIALOGUE = replace(
    HARBOUR, id="harbour-dialogue", name="港湾の安全に関する三か国対話", kind="dialogue", language="ja", sentence=JAPANESE,
    mark=_mark(JAPANESE, "港湾の安全に関する三か国対話"), before="会合は東京で行われた。", after="次回はソウルで開く。", statement_id=77, side="CC", publisher="外務省",
    statement_title="三か国外相会合の結果", deciding=_deciding("d"),
)  # fmt: skip
STATEMENT = NewStatement(
    4, "Joint Statement of the Ministers of Aland, Bland and Cland", "joint_statement", "2140-09-22", "foreign_ministers", "New York", "joint",
    "https://tides.example/statement", "en",
    (
        Publication("AA", "Ministry of Tides", "https://tides.example/a", "2140-09-22T13:30:00Z", "2140-09-22T13:25:00Z", "2140-09-22T13:45:00Z", "en"),
        Publication("AA", "Embassy", "https://embassy.example/a", "", "2140-09-22T15:00:00Z", "2140-09-22T16:00:00Z", "ko"),
        Publication("BB", "외교부", "https://bland.example/b", "2140-09-22", "2140-09-22T14:50:00Z", "2140-09-22T15:10:00Z", "ko"),
    ), 17, ("Wire One", "연합 통신", "朝の新聞", "Gazette"), languages=("en", "ja", "ko"), event_id=2, capture_id=9,
    comparable=Comparable(
        3, "Joint Statement on the Meeting in Jakarta", "2139-07-11", "https://tides.example/before",
        (
            Change("moved", "Denuclearization of", ("the Korean Peninsula",), ("North Korea",), "S."),
            Change("dropped", "The door to dialogue", ("open",), ("",), "S."),
            Change("new", "Peace in the strait", (), ("indispensable",), "S."),
        ), 5,
    ),
    differences=(
        Difference("Trilateral Harbour Watch Cell", ("AA",), ("BB", "CC")),
        Difference("Denuclearization of", ("AA",), ("CC",), ("North Korea",), ("the Korean Peninsula",)),
    ),
    addresses=Addresses(f"{OURS}statement/4", "", f"{OURS}capture/9", f"{OURS}statement/4/cite", f"{OURS}compare/3/4"),
)  # fmt: skip
READOUT = NewStatement(
    5, "한미일 외교장관회의 결과", "readout", "2140-09-22", "foreign_ministers", "New York", "BB", "https://bland.example/r", "ko",
    (Publication("BB", "외교부", "https://bland.example/r", "2140-09-22", "", "2140-09-22T15:10:00Z", "ko"),), event_id=2, elsewhere=("AA",),
    comparable=Comparable(2, "한미일 외교장관회의 개최", "2139-07-11"), addresses=Addresses(f"{OURS}statement/5"),
)  # fmt: skip
PLACEHOLDER = NewStatement(9, "Talks held", "report", placeholder=True, late=True, copies=1)
RICH = Material(
    "2140-09-23T22:30:00Z", "Asia/Seoul", "en", (("AA", "Aland"), ("BB", "Bland"), ("CC", "Cland")),
    (PLACEHOLDER, READOUT, STATEMENT), (HARBOUR, LAB, DIALOGUE),
    (Notable(7, ("first_by_party", "revived"), "Old Forum", "The Old Forum met.", (4, 13), "en", False, ("AA",), ("BB",), "2", "AA", "Ministry of Tides",
             "https://tides.example/n", "Joint Statement", "2140-09-22", "Earlier", "2139-01-02", "https://tides.example/e", 0.9),),
    (Edit(9, "substance", "A page of the Ministry", "https://tides.example/p", "Ministry of Tides", "AA", "2140-09-22T10:00:00Z", "en",
          (Piece("same", "They will meet"), Piece("gone", "in Seoul"), Piece("new", "in Busan")), ("Kelp Forum",)),),
    (Rewording(8, "Peace", ("strong",), ("weak", ""), "We hope for peace.", "We demand peace.", "en", "joint", "Ministry of Tides", "https://tides.example/w",
               "Joint Statement", "2140-09-22", "Earlier", "2139-01-02", "https://tides.example/v"),),
    ("Old Framework", "Older Dialogue"),
    (SourceTrouble("jp-x", "Board X", "blocked", "2140-09-20T00:00:00Z", "2140-09-19T23:30:00Z", "403 Forbidden"), SourceTrouble("y", "Board Y", "stale", new=False)),
    ("Board Z",), ("83 % of the disk budget is used",), HeldBack(12, 1),
    WatchReport(14, 15, 2016, 1990, 3, False, 392, "jp-x", "2140-09-20T00:00:00Z", "2140-09-20T06:32:00Z"),
    attendance=(
        Attendance("AA", "Alandia", 5, 5, (), "2140-09-23T22:25:00Z"), Attendance("BB", "Blandia", 3, 4, ("Board X",), "2140-09-23T22:20:00Z"),
        Attendance("CC", "Clandia", 0, 3, ("Board Q", "Board R", "Board S"), "2140-09-23T02:00:00Z"),
    ),
)  # fmt: skip


def rich(language: str) -> Material:
    """The rich digest in a language, named in it where the house would name it so."""
    places = {"ko": ("뉴욕", ("알란드", "블란드", "클란드"), ("알란디아", "블란디아", "클란디아")),
              "ja": ("ニューヨーク", ("アランド", "ブランド", "クランド"), ("アランディア", "ブランディア", "クランディア"))}  # fmt: skip
    if language not in places:
        return replace(RICH, language=language)
    place, names, capitals = places[language]
    return replace(
        RICH, language=language, sides=tuple(zip(("AA", "BB", "CC"), names, strict=True)),
        statements=tuple(replace(one, place=one.place and place) for one in RICH.statements),
        attendance=tuple(replace(one, place=capital) for one, capital in zip(RICH.attendance, capitals, strict=True)),
    )  # fmt: skip
