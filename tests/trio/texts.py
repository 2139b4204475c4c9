"""Texts of our own about the acts of Japan, the Philippines and the United States, and of others: as a source gives them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Text:
    """One page; ``date`` is the day on which it was published."""

    url: str
    title: str
    date: str
    text: str
    language: str = "en"

    def record(self) -> dict[str, str]:
        """The text as a line of a file to import."""
        return {"url": self.url, "title": self.title, "date": self.date, "language": self.language, "text": self.text}


_MANILA = """The text of the following statement was released by the Governments of Japan, the Republic of the Philippines, and the United States of America.

The Foreign Ministers of Japan and the Philippines and the U.S. Secretary of State met in Manila on July 10, 2025, and resolved to make the waters around them safer for the fishermen and crews who live by them.

They expressed serious concern over the ramming of supply boats in the South China Sea and recalled that the award of 2016 is final. They thanked the pilots and divers who found the nine men of the trawler that sank off Palawan in May.

The ministers welcomed the second Trilateral Maritime Dialogue, which was held in Yokosuka, and the first freight trains on the Luzon Economic Corridor. They looked forward to Balikatan next spring.

They announced the launch of the Trilateral Lighthouse Restoration Initiative, under which forty lights between Okinawa and Mindanao will be lit again by 2028. They also decided to establish the Trilateral Coast Guard Academy Network, so that cadets of the three countries can sail on one another's ships.

The ministers will meet again in Tokyo next year."""

JOINT = Text(
    "https://dfa.gov.ph/news/joint-statement-manila", "Joint Statement of the Foreign Ministers of Japan, the Philippines and the United States", "2025-07-10", _MANILA
)  # fmt: skip
SAME = Text(
    "https://www.state.gov/joint-statement-japan-philippines-us-manila/", "Joint Statement on the Japan-Philippines-U.S. Foreign Ministers' Meeting", "2025-07-11", _MANILA
)  # fmt: skip
COPY = Text(
    "https://islandcourier.example/world/manila-full-text",
    "FULL TEXT: Joint statement of Japan, the Philippines and the U.S.",
    "2025-07-11",
    f"MANILA, Philippines - Here is what the three governments put out on Thursday evening.\n\n{_MANILA}\n\nSubscribe to our newsletter for more stories like this one.",
)
TRANSLATION = Text(
    "https://www.mofa.go.jp/mofaj/press/danwa/page_manila.html",
    "日米比外相会合共同声明",
    "2025-07-11",
    """日本国外務大臣、フィリピン共和国外務大臣及びアメリカ合衆国国務長官は、2025年7月10日、マニラにおいて会合し、漁業者や船員の生活の場である海をより安全なものとする決意を表明した。

三大臣は、南シナ海における補給船への衝突に深刻な懸念を表明し、2016年の仲裁判断が最終的なものであることを想起した。5月にパラワン沖で沈没した漁船の乗組員9名を発見した操縦士及び潜水士に謝意を表した。

三大臣は、横須賀で第2回日米比海洋協議が開催されたことを歓迎した。また、ルソン経済回廊において最初の貨物列車が運行されたことを歓迎した。

三大臣は、沖縄からミンダナオまでの40の灯台を2028年までに再点灯する「日米比灯台復旧イニシアティブ」の立上げを発表した。

三大臣は、来年東京で再び会合する。""",
    "ja",
)
CALL_JP = Text(
    "https://www.mofa.go.jp/mofaj/press/release/page_call.html",
    "日米比外務次官級電話協議",
    "2025-03-06",
    """3月5日、船越外務事務次官は、ランドー米国国務副長官及びラザロ・フィリピン外務次官との間で、日米比次官電話協議を実施したところ、概要は以下のとおりです。

三者は、台風被災地への支援について意見交換を行い、日米比海洋協議を年内に開催することで一致しました。""",
    "ja",
)
CALL_PH = Text(
    "https://dfa.gov.ph/news/readout-trilateral-call",
    "Readout of the Japan-Philippines-U.S. Vice Foreign Ministers' Call",
    "2025-03-06",
    """Undersecretary Lazaro spoke by phone on March 5, 2025 with the Deputy Secretary of State of the United States and the Vice Foreign Minister of Japan.

Nagpasalamat ang Pilipinas sa Japan at Estados Unidos para sa tulong sa mga nasalanta ng bagyo. Patuloy na magtutulungan ang tatlong bansa.

The three sides agreed to hold the Trilateral Maritime Dialogue within the year and discussed relief for the towns that the typhoon struck.""",
    "fil",
)
REPORT = Text(
    "https://pahayagan.example/balita/pagpupulong",
    "Japan, Philippines, U.S. foreign ministers meet in Manila",
    "2025-07-10",
    """MANILA - Nagpulong nitong Huwebes ang mga kalihim panlabas ng Pilipinas, Japan at Estados Unidos.

The foreign ministers of Japan, the Philippines and the United States met in Manila on Thursday and agreed to relight forty lighthouses.""",
    "fil",
)
KOREAN = Text(
    "https://www.state.gov/joint-statement-us-japan-rok/",
    "Joint Statement of the United States, Japan and the Republic of Korea",
    "2025-07-11",
    """The Foreign Ministers of Japan and the Republic of Korea and the U.S. Secretary of State met in Kuala Lumpur on July 11, 2025. They reaffirmed that the three countries stand together on the peninsula.

The ministers announced the launch of the Trilateral Winter Road Initiative, and the United States, Japan and the Republic of Korea will meet again in Seoul.""",
)
QUAD = Text(
    "https://www.state.gov/quad-joint-statement/",
    "Joint Statement from the Quad Foreign Ministers",
    "2025-07-01",
    """The Foreign Ministers of Australia, India and Japan and the U.S. Secretary of State met in Washington on July 1, 2025. The Quad reaffirmed its commitment to a free and open Indo-Pacific and noted with concern what happens in the waters of the Philippines.

The Quad ministers announced the launch of the Quad Critical Minerals Initiative.""",
)
FOUR = Text(
    "https://www.war.gov/four-defence-ministers/",
    "Joint Statement of the Defense Ministers of Australia, Japan, the Philippines and the United States",
    "2025-05-31",
    """The defense ministers of Australia, Japan, the Philippines and the United States met in Singapore on May 31, 2025. The four ministers agreed to sail together, and announced the Quadrilateral Patrol Framework.""",
)
LATER = Text(
    "https://www.whitehouse.gov/briefing-room/trilateral-tokyo/",
    "Readout of the Trilateral Meeting of the Foreign Ministers of the United States, Japan and the Philippines",
    "2026-04-16",
    """Secretary of State Rubio met on April 15, 2026 in Tokyo with the Foreign Minister of Japan and the Secretary of Foreign Affairs of the Philippines. The three reviewed the Trilateral Lighthouse Restoration Initiative, of which the first twelve lights burn again, and they called what happens in the South China Sea dangerous and coercive.""",
)

OURS = (JOINT, SAME, COPY, TRANSLATION, CALL_JP, CALL_PH, REPORT, LATER)
OTHERS = (KOREAN, QUAD, FOUR)
