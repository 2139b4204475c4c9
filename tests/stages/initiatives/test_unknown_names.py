"""Names that no registry holds, told by the grammar of three languages."""

from __future__ import annotations

import pytest

from scraper.stages.initiatives import FLAG_AT, Finder

ENGLISH = [
    ("The ministers agreed to launch the Trilateral Semiconductor Resilience Council by spring.", ["Trilateral Semiconductor Resilience Council"]),
    ("The United States, Japan and Korea adopted the Tokyo Declaration on Safe Computing.", ["Tokyo Declaration on Safe Computing"]),
    ("They discussed the Trilateral Ocean Data Initiative, the Trilateral Battery Network, and the Trilateral Fusion Forum.",
     ["Trilateral Ocean Data Initiative", "Trilateral Battery Network", "Trilateral Fusion Forum"]),
    ("They praised the Trilateral Shipping Security and Port Resilience Framework.", ["Trilateral Shipping Security and Port Resilience Framework"]),
    ("They reviewed the Trilateral Working Group on Space Debris and the Trilateral Steering Committee.",
     ["Trilateral Working Group on Space Debris", "Trilateral Steering Committee"]),
    ("Officials convened a Trilateral Chiefs of Supply Meeting in Busan.", ["Trilateral Chiefs of Supply Meeting"]),
    ("Signing of a Memorandum of Cooperation on the Trilateral Harbor Safety Framework (THSF) followed.",
     ["Memorandum of Cooperation on the Trilateral Harbor Safety Framework"]),
    ("- Rare Earth Early Warning System (REWS) Pilot: The United States, Japan and Korea will exchange figures.",
     ["Rare Earth Early Warning System (REWS) Pilot"]),
    ("- Port Safety Cooperation: The three countries will train together.", ["Port Safety Cooperation"]),
    ("The Trilateral Women in Science Fellowship was inaugurated on Tuesday.", ["Trilateral Women in Science Fellowship"]),
    ("The 15th U.S.-Japan-ROK Reef Protection Talks ended.", ["U.S.-Japan-ROK Reef Protection Talks"]),
    ("US, Japan, Korea Hold Trilateral Cyber Dialogue in Guam", ["Trilateral Cyber Dialogue"]),
    ("Advisor John Smith's Trilateral Reef Dialogue opened.", ["Trilateral Reef Dialogue"]),
    ("They upheld the Phnom Penh and Trilateral Border Meetings.", ["Trilateral Border Meetings"]),
    ("The three countries will hold the first Pacific Lantern exercise.", ["Pacific Lantern"]),
    ("It was the third run of Exercise Silent Harbor by the three nations.", ["Silent Harbor"]),
    ("They welcomed the trilateral exercise NORTHERN TORCH.", ["NORTHERN TORCH"]),
    ('The three nations began the "Blue Horizon" drill on Monday.', ["Blue Horizon"]),
    ("They value programs like Young Trilateral Divers (YTD) of the three countries.", ["Young Trilateral Divers"]),
    ("The Trilateral Arctic Voyagers (TAV) met.", ["Trilateral Arctic Voyagers"]),
    ("The three countries launched Safe Seas Online (SSO) today.", ["Safe Seas Online"]),
    ("The three sides intend to develop a trilateral mechanism for sharing satellite images.", ["a trilateral mechanism for sharing satellite images"]),
    ("They committed to finalize a trilateral coordinating mechanism before the next round.", ["a trilateral coordinating mechanism"]),
    ("The leaders set up a trilateral hydrogen working group.", ["a trilateral hydrogen working group"]),
    ("A trilateral cyber hotline was established.", ["A trilateral cyber hotline"]),
    ("They signed a trilateral memorandum of understanding on shipbuilding.", ["a trilateral memorandum of understanding on shipbuilding"]),
    ("They reviewed the multi-year trilateral exercise plan.", ["multi-year trilateral exercise plan"]),
    ("We will hold a trilateral development and relief policy dialogue.", ["a trilateral development and relief policy dialogue"]),
    ("The three countries will establish a standing committee on sanctions.", ["a standing committee on sanctions"]),
    ("The three countries launch a pilot wave warning system.", ["a pilot wave warning system"]),
    ("The three countries activated a data-sharing mechanism.", ["a data-sharing mechanism"]),
    ("The wave height warning system, which went online, serves the three countries.", ["wave height warning system"]),
    ("The three countries conducted a tabletop exercise in June.", ["a tabletop exercise"]),
]  # fmt: skip

KOREAN = [
    ("한미일 3국은 '한미일 반도체 협력 협의체'를 신설하기로 합의했다.", ["한미일 반도체 협력 협의체"]),
    ("3국 장관은 한·미·일 해저케이블 대화를 매년 열기로 했다.", ["한·미·일 해저케이블 대화"]),
    ("미한일 3국 협력 사무국 회의가 서울에서 열렸다.", ["미한일 3국 협력 사무국"]),
    ("한미일이 다영역 훈련 '퍼시픽 랜턴'을 처음 실시했다.", ["퍼시픽 랜턴"]),
    ("한미일 해군은 '2026 실버 앵커' 훈련을 했다.", ["실버 앵커"]),
    ("한미일 정상은 '부산 원칙(Busan Principles)'을 채택했다.", ["부산 원칙"]),
    ("한미일은 배터리 공급망 실무그룹을 구성하기로 했다.", ["배터리 공급망 실무그룹"]),
    ("한미일은 연례 3자 산림·수자원 대화를 발족할 것이라고 밝혔다.", ["연례 3자 산림·수자원 대화"]),
    ("제2차 한미일 우주안보 회의가 도쿄에서 열렸다.", ["한미일 우주안보 회의"]),
    ("한미일 공동훈련을 신설하기로 했다.", ["한미일 공동훈련"]),
]

JAPANESE = [
    ("日米韓海底ケーブル対話の初会合が東京で開かれた。", ["日米韓海底ケーブル対話"]),
    ("日米韓3か国は共同訓練「パシフィック・ランタン」を初めて実施した。", ["パシフィック・ランタン"]),
    ("三か国は「ソウル原則」を採択した。", ["ソウル原則"]),
    ("日米韓三か国重要鉱物に関する協力枠組みへの署名を歓迎した。", ["日米韓三か国重要鉱物に関する協力枠組み"]),
    ("米日韓は常設の調整委員会を設置する。", ["調整委員会"]),
    ("第3回日米韓宇宙安全保障協議を開催した。", ["日米韓宇宙安全保障協議"]),
    ("日米韓「港湾保護」作業部会に続き、「日米韓港湾サミット」が開かれた。", ["港湾保護", "日米韓港湾サミット"]),
]

NOTHING = [
    ("en", "The U.S.-Japan-Australia Trilateral Defense Dialogue took place."),
    ("en", "The U.S.-Japan-Philippines trilateral maritime dialogue was launched."),
    ("en", "The ROK's Bold Initiative was supported by the three countries."),
    ("en", "The U.S.-ROK Nuclear Planning Group met, the three countries heard."),
    ("en", "They met at the NATO Summit and near the Taiwan Strait with trilateral partners."),
    ("en", "They recalled the Iron Gate Talks of the three countries."),
    ("en", "The three countries support the International Reef Network."),
    ("en", "They reaffirmed trilateral cooperation on supply chains and a shared vision."),
    ("en", "They announced new trilateral initiatives in many fields."),
    ("en", "The trilateral partnership has entered a new era."),
    ("en", "The Trilateral Summit was held."),
    ("en", "They issued a Trilateral Joint Press Statement of the Ministers Meeting."),
    ("en", "The Department of Harbor Safety Program belongs to the three countries."),
    ("en", "The three countries conducted a joint naval exercise."),
    ("en", "STRENGTHENING THE TRILATERAL SECURITY FRAMEWORK"),
    ("en", "The U.S.-ROK exercise Bold Shield worries the neighbours."),
    ("en", "The three countries have a bilateral trade mechanism that was launched."),
    ("en", "Humanitarian Assistance and Disaster Relief: the three countries train together."),
    ("ko", "한미일 3국 협력이 강화되고 있다고 평가했다."),
    ("ko", "한일 경제안보대화가 서울에서 개최됐다."),
    ("ko", "한중일 3국 협력사무국이 행사를 열었다."),
    ("ko", '한미일 장관은 "북한의 도발을 강력히 규탄한다"고 밝혔다.'),
    ("ko", "한미일은 '6자회담'과 '유엔 안보리'를 언급했다."),
    ("ko", "한미일은 유엔 해양 포럼을 창설하자는 제안에 답했다."),
    ("ko", "한미일 대화가 필요하다."),
    ("ja", "日米韓の協力は新たな高みに達した。"),
    ("ja", "日米豪防衛相対話が行われた。"),
    ("ja", "日中韓三国協力事務局が発表した。"),
    ("ja", "日米韓は「六者会合」に触れ、国際監視委員会の設置を求めた。"),
    ("ja", "日米韓外相会談が行われた。"),
    ("ja", "三者は「引き続き連携する」と述べた。"),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "names"), ENGLISH)
def test_english_names_are_found_whole(unknowing: Finder, sentence: str, names: list[str]) -> None:
    assert [m.name for m in unknowing.mentions("", sentence, "en")] == names


@pytest.mark.parametrize(("sentence", "names"), KOREAN)
def test_korean_names_are_found_whole(unknowing: Finder, sentence: str, names: list[str]) -> None:
    assert [m.name for m in unknowing.mentions("", sentence, "ko")] == names


@pytest.mark.parametrize(("sentence", "names"), JAPANESE)
def test_japanese_names_are_found_whole(unknowing: Finder, sentence: str, names: list[str]) -> None:
    assert [m.name for m in unknowing.mentions("", sentence, "ja")] == names


@pytest.mark.parametrize(("language", "sentence"), NOTHING)
def test_activities_bodies_of_others_and_figures_of_speech_are_no_names(unknowing: Finder, language: str, sentence: str) -> None:
    assert [m.name for m in unknowing.mentions("", sentence, language)] == []


def test_a_name_carries_rule_family_instance_and_abbreviation(unknowing: Finder) -> None:
    (one,) = unknowing.mentions("", "The 4th Trilateral Reef Protection Forum (TRPF) was held.", "en")
    assert (one.rule, one.head, one.instance, one.abbreviation) == ("headed/1", "dialogue", "4", "TRPF")
    assert one.why == "the three stand in the name; an abbreviation is given for it; the text is too short to name the three"
    (two,) = unknowing.mentions("", "제3차 한미일 산호초 보호 포럼이 열렸다.", "ko")
    assert (two.rule, two.head, two.instance) == ("headed-ko/1", "dialogue", "3")
    (three,) = unknowing.mentions("", "第4回日米韓珊瑚フォーラムを開いた。", "ja")
    assert (three.rule, three.head, three.instance) == ("headed-ja/1", "dialogue", "4")


def test_a_topic_as_a_label_is_kept_without_being_worth_a_flag(unknowing: Finder) -> None:
    (one,) = unknowing.mentions("", "- Improved Cooperation on Reef Defense: The three countries will train.", "en")
    assert one.rule == "labelled/1"
    assert one.confidence < FLAG_AT


def test_the_title_counts_only_where_a_name_stands_nowhere_else(unknowing: Finder) -> None:
    text = "We, the leaders of Japan, the Republic of Korea and the United States, affirm what follows." + " We stand together." * 30
    (one,) = unknowing.mentions("Busan Principles", text, "en")
    assert (one.field, one.name, one.sentence, one.rule) == ("title", "Busan Principles", "Busan Principles", "titled/1")
    found = unknowing.mentions("Trilateral Reef Forum opens", text + " The Trilateral Reef Forum met.", "en")
    assert [(m.field, m.name) for m in found] == [("text", "Trilateral Reef Forum")]
    assert unknowing.mentions("Joint Statement", text, "en") == ()


def test_the_first_three_places_of_a_name_are_kept_and_a_span_is_heeded(unknowing: Finder) -> None:
    line = "The Trilateral Reef Forum of the three countries met. "
    found = unknowing.mentions("", line * 5, "en")
    assert [m.start for m in found] == [4, 4 + len(line), 4 + 2 * len(line)]
    last = unknowing.mentions("", line * 5, "en", span=(4 * len(line), 5 * len(line)))
    assert [m.start for m in last] == [4 + 4 * len(line)]


def test_a_long_text_that_does_not_name_the_three_has_no_names_of_theirs(unknowing: Finder) -> None:
    text = "The Trilateral Reef Forum met in Suva. " * 20
    assert unknowing.mentions("", text, "en") == ()
    assert unknowing.mentions("", "Japan, the U.S. and South Korea spoke. " + text, "en") != ()


def test_another_language_is_read_by_its_script(unknowing: Finder) -> None:
    assert [m.name for m in unknowing.mentions("", "Foro: the Trilateral Reef Forum.", "es")] == ["Trilateral Reef Forum"]
