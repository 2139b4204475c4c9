"""Statements in the manner of such texts, written for these tests; nobody ever said them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Statement:
    """A title, the text with its paragraphs parted by blank lines, and its language."""

    title: str
    text: str
    language: str = "en"

    @property
    def blocks(self) -> tuple[str, ...]:
        """The paragraphs and headings in order."""
        return tuple(self.text.split("\n\n"))


MINISTERS = Statement(
    "Joint Statement of the Foreign Ministers of Norland, Ostia and Westmark",
    """The Foreign Minister of Norland, Ann Lee, the Secretary of State of Ostia, Bo Kim, and the Foreign Minister of Westmark, Cy Mori, met in Harbour City on May 4, 2030, to take stock of the work that their governments have done together since the summit at Long Lake.

Keeping the Sea Lanes Open

The three ministers agreed to set up a Northern Straits Rescue Mechanism, which will pass distress calls between their coast guards at any hour of the day. They asked their officials to report on it before the autumn.

They opposed any attempt to close the straits to the ships of others, and they underlined that the law of the sea holds for everyone.

Trade and Technology

The ministers welcomed the first meeting of the Spare Parts Council. They decided:

- to name one office in each country that answers for shortages within a week;

- to share what they know of bottlenecks in the supply of bearings and valves;

- to train forty engineers of each country at the yards of the other two.

They will meet again next year.""",
)

LEADERS = Statement(
    "The Long Lake Declaration",
    """We, the leaders of Norland, Ostia and Westmark, gathered at Long Lake today at a time when our peoples expect more of us than words.

1. We commit to consult each other within a day whenever something happens that touches the safety of all three. This commitment takes nothing from the treaties that each of us has signed.

2. We launch the Lantern Exercise, which our navies and coast guards will hold every spring. "No ship should be alone in the northern straits," as the three of us said at our first meeting.

3. Our ministers of finance will meet by the end of the year, and those of trade and industry will follow them.

4. We will open a Young Engineers Exchange, named in memory of those who built the first bridge between our shores.

We thank the people of Long Lake for their welcome, and we look forward to seeing each other in Westmark.

Reason enough was given to go on.""",
)

KOREAN = Statement(
    "노르란드·오스티아·웨스트마르크 외교장관 공동성명",
    """노르란드와 오스티아, 웨스트마르크 외교장관은 2030년 5월 4일 하버시티에서 회의를 갖고 지난해 정상회의 이후 세 나라가 함께해 온 일을 점검하였다.

해양 안전

세 장관은 조난 신호를 밤낮없이 주고받기 위한 북부해협 구조체계를 신설하기로 합의하였으며, 실무진에게 가을 전까지 결과를 보고하도록 하였다.

세 장관은 해협의 통항을 가로막으려는 어떠한 시도에도 반대하며, 해양법이 모든 나라에 똑같이 적용된다는 점을 강조하였다.

경제와 기술

세 장관은 부품협의회의 첫 회의를 환영하였다. 또한 청년 기술자 교류사업을 내년 봄에 시작하기로 하였다.

내년에 다시 만나기로 하였다.""",
    "ko",
)

JAPANESE = Statement(
    "ノルランド・オスティア・ウェストマルク外相共同声明",
    """ノルランド、オスティア及びウェストマルクの外務大臣は、2030年5月4日、ハーバーシティにおいて会談し、昨年の首脳会合以降の三か国の取組の進展を確認した。

海上の安全

三大臣は、遭難信号を昼夜を問わず共有するための北部海峡救難枠組みを立ち上げることで一致し、秋までに結果を報告するよう事務当局に指示した。

三大臣は、海峡の通航を妨げようとするいかなる試みにも反対し、海洋法がすべての国に等しく適用されることを強調した。

経済と技術

三大臣は、部品協議会の第一回会合を歓迎した。また、若手技術者交流事業を来春に開始することを決定した。

三大臣は来年再び会う。""",
    "ja",
)

OWN = (MINISTERS, LEADERS, KOREAN, JAPANESE)
