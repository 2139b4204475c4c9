"""A Watch of the shipped three and a registry, small enough to read."""

from __future__ import annotations

from scraper.model.initiative import Initiative, Registry
from scraper.model.watch import Party, Watch

WATCH = Watch(
    "South Korea, the United States and Japan",
    (
        Party(
            "KR",
            "Republic of Korea",
            {"en": ("Republic of Korea", "South Korea", "ROK", "Korea"), "ko": ("한국",), "ja": ("韓国",)},
            {"en": ("South Korean", "Korean")},
            {"ko": ("한",), "ja": ("韓",)},
            {"en": ("Seoul",)},
            ("go.kr",),
        ),
        Party(
            "US",
            "United States",
            {"en": ("United States", "U.S.", "US"), "ko": ("미국",), "ja": ("米国",)},
            {"en": ("American",)},
            {"ko": ("미",), "ja": ("米",)},
            {"en": ("Washington",)},
            ("gov",),
        ),
        Party(
            "JP",
            "Japan",
            {"en": ("Japan",), "ko": ("일본",), "ja": ("日本",)},
            {"en": ("Japanese",)},
            {"ko": ("일",), "ja": ("日",)},
            {"en": ("Tokyo",)},
            ("go.jp",),
        ),
    ),
    others=(
        Party("CN", "China", {"en": ("China",), "ko": ("중국",), "ja": ("中国",)}, short={"ko": ("중",), "ja": ("中",)}),
        Party("AU", "Australia", {"en": ("Australia",), "ko": ("호주",), "ja": ("豪州",)}, short={"ko": ("호",), "ja": ("豪",)}),
        Party("PH", "Philippines", {"en": ("Philippines",), "ko": ("필리핀",), "ja": ("フィリピン",)}, short={"ja": ("比",)}),
    ),
    together={"en": ("trilateral", "three countries", "three nations"), "ko": ("3국", "3자"), "ja": ("三か国", "3か国", "三者")},
    stop={"en": ("Taiwan Strait", "Iron Gate Talks"), "ko": ("6자회담",), "ja": ("六者会合",)},
    bodies={"en": ("NATO", "UN Security Council"), "ko": ("유엔 안보리",), "ja": ("国連安保理",)},
)

REGISTRY = Registry(
    (
        Initiative(
            "cable-dialogue",
            "Trilateral Undersea Cable Dialogue",
            "dialogue",
            names={"en": ("U.S.-Japan-ROK Undersea Cable Dialogue",), "ko": ("한미일 해저케이블 대화",), "ja": ("日米韓海底ケーブル対話",)},
            abbreviations=("TUCD",),
            first_mentioned="2024-03-01",
            series=True,
        ),
        Initiative(
            "pacific-lantern",
            "Pacific Lantern",
            "exercise",
            names={"en": ("Pacific Lantern",), "ko": ("퍼시픽 랜턴",), "ja": ("パシフィック・ランタン",)},
            first_mentioned="2024-06",
        ),
        Initiative("secretariat", "Trilateral Secretariat", "body", names={"ko": ("한미일 3국 협력사무국",), "ja": ("日米韓事務局",)}),
        Initiative(
            "lab-framework", "Trilateral Framework", "framework", casing="mixed", names={"en": ("trilateral laboratories network",)}
        ),
        Initiative("data-system", "Real-time data system of ours", casing="generic", names={"en": ("real-time wave data sharing",)}),
        Initiative("minerals", "Minerals Stockpile Partnership", scope="wider", trilateral=False, abbreviations=("RISE",)),
        Initiative("shield", "Iron Lantern", "exercise", scope="national-or-other-group", trilateral=False),
        Initiative(
            "defence-meeting", "Trilateral Ministerial Meeting", "dialogue", names={"en": ("Trilateral Defense Ministerial Meeting",)}
        ),
        Initiative(
            "foreign-meeting", "Trilateral Ministerial Meeting", "dialogue", names={"en": ("Trilateral Foreign Ministerial Meeting",)}
        ),
    )
)
