"""One sentence said of the parties together, of other trios, and of two of them that only mention the third."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

OWN = {
    "en": ("U.S.-Japan-ROK", "ROK-U.S.-Japan", "US-ROK-Japan", "South Korea, the U.S. and Japan", "Seoul, Washington and Tokyo", "Japan, the United States, and the Republic of Korea"),
    "ko": ("한미일", "한·미·일", "한·일·미", "한국과 미국, 일본", "미국·일본·한국", "美日韓", "한국, 미국, 일본"),
    "ja": ("日米韓", "日・米・韓", "日韓米", "日本、米国、韓国", "米日韓", "韓米日", "日本と米国、韓国"),
}  # fmt: skip
FOREIGN = {
    "en": ("U.S.-Japan-Philippines", "Japan, China and South Korea", "Australia-Japan-U.S.", "South Korea, the U.S. and Australia", "Tokyo, Beijing and Seoul", "India, Japan and the United States"),
    "ko": ("한중일", "미·일·필리핀", "한미호", "미국·일본·호주", "한국과 중국, 일본", "美日印"),
    "ja": ("日中韓", "日米比", "日米豪", "米韓豪", "日本、中国、韓国", "日米印", "日英伊"),
}  # fmt: skip
PAIRS = {
    "en": (("South Korea and Japan", "the United States"), ("the United States and Japan", "South Korea"), ("Tokyo and Seoul", "Washington")),
    "ko": (("한일", "미국"), ("한미", "일본"), ("미일", "한국"), ("한국과 일본", "미국")),
    "ja": (("日韓", "米国"), ("日米", "韓国"), ("米韓", "日本"), ("日本と韓国", "米国")),
}  # fmt: skip
POSTS = {
    "en": ("leaders", "foreign ministers", "vice foreign ministers", "defense ministers", "military chiefs", "national security advisers", "finance ministers", "nuclear envoys", "senior officials"),
    "ko": ("정상", "외교장관", "외교차관", "국방장관", "합참의장", "안보실장", "재무장관", "북핵수석대표", "국장"),
    "ja": ("首脳", "外相", "外務次官", "防衛相", "制服組トップ", "安保担当高官", "財務相", "北朝鮮担当高官", "局長"),
}  # fmt: skip
ACTS = {
    "en": (
        ("{post} of {who} meet in Lima", "LIMA, June 3 -- The {post} of {who} met on Tuesday and adopted a joint statement on supply chains."),
        ("{who} {post} to hold talks", "The {post} of {who} will hold talks in Munich next week, officials said on Tuesday."),
        ("Talks in Jakarta", "The {post} of {who} held trilateral talks in Jakarta on June 3, and agreed to meet again next year."),
        ("{who} {post}' meeting", "A meeting of the {post} of {who} was held in Lima. They discussed North Korea and the region."),
    ),
    "ko": (
        ("{who} {post}, 리마서 회담", "{who} {post}이 3일 리마에서 회담을 갖고 공급망 협력에 관한 공동성명을 채택했다."),
        ("{who} {post} 회의 내주 개최", "{who} {post}들이 다음 주 뮌헨에서 회의를 연다고 당국자가 밝혔다."),
        ("자카르타 회의 결과", "{who} {post}은 3일 자카르타에서 3자 회의를 개최하고 내년에 다시 만나기로 합의했다."),
        ("3국 {post} 공동성명", "(리마=통신) {who} {post}이 리마에서 만나 최근의 미사일 발사를 규탄하는 공동성명을 냈다."),
    ),
    "ja": (
        ("{who}{post}、リマで会談", "{who}の{post}は3日、リマで会談し、供給網協力に関する共同声明を採択した。"),
        ("{who}{post}会合、来週開催へ", "{who}の{post}が来週、ミュンヘンで会合を開くと当局者が明らかにした。"),
        ("ジャカルタ会合の結果", "{who}の{post}は3日、ジャカルタで三者会合を開催し、来年も会うことで一致した。"),
        ("三カ国{post}が共同声明", "【リマ通信】{who}の{post}はリマで会談し、ミサイル発射を非難する共同声明を出した。"),
    ),
}  # fmt: skip
OF_TWO = {
    "en": (
        "The {post} of {pair} met in Lima on Tuesday and agreed to keep working with {third}.",
        "The {post} of {pair} met in Lima and stressed three-way cooperation with {third}.",
        "The {post} of {pair} spoke by phone on Tuesday about a visit to {third} by the president.",
        "The {post} of {pair} adopted a joint statement in Lima that welcomes trilateral cooperation with {third}.",
    ),
    "ko": (
        "{pair} {post}이 3일 리마에서 만나 {third}과의 협력도 이어가기로 했다.",
        "{pair} {post}은 리마에서 회담하고 한미일 3국 협력을 강화하기로 했다.",
        "{pair} {post}이 3일 통화하고 {third} 방문 일정을 논의했다.",
        "{pair} {post}은 {third}을 포함한 한미일 협력의 중요성을 담은 공동성명을 발표했다.",
    ),
    "ja": (
        "{pair}の{post}は3日、リマで会談し、{third}との協力も続けることで一致した。",
        "{pair}の{post}はリマで会談し、日米韓3カ国の協力を強化することで一致した。",
        "{pair}の{post}は3日、電話で協議し、{third}訪問の日程を話し合った。",
        "{pair}の{post}は日米韓協力の重要性を盛り込んだ共同声明を発表した。",
    ),
}  # fmt: skip


def told_of(groups: dict[str, tuple[str, ...]]) -> Iterator[tuple[str, str, str]]:
    """Yield language, title and text of every frame said of every compound in ``groups``."""
    for language, names in groups.items():
        for who, post, (title, text) in product(names, POSTS[language], ACTS[language]):
            yield language, _upper(title.format(who=who, post=post)), text.format(who=who, post=post)


def of_two() -> Iterator[tuple[str, str, str]]:
    """Yield language, title and text of what two of the parties do."""
    joint = {"en": "{pair} {post} talk", "ko": "{pair} {post} 회담", "ja": "{pair}{post}会談"}
    for language, pairs in PAIRS.items():
        for (pair, third), post, text in product(pairs, POSTS[language], OF_TWO[language]):
            yield language, _upper(joint[language].format(pair=pair, post=post)), text.format(pair=pair, post=post, third=third)


def _upper(title: str) -> str:
    return title[0].upper() + title[1:]
