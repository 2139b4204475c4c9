"""How common the letters of Korean, Japanese, Chinese and Western texts are, in bits: -log2 of their share in running text.

Only the order of magnitude matters, so there are a few classes for each language: the commonest letters one by one, the rest by
the parts of the national standards, which were themselves sorted by use (KS X 1001; JIS X 0208 levels 1 and 2; GB 2312 levels 1
and 2; Big5's two levels). Source of the lists: counts over news texts; of the classes, the standards' own tables.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from functools import lru_cache

_FIRST_SYLLABLES = (
    "이다의에는을가고한하로은지를사기서도자정대시아인리해일스부어나라수있전으것보과그원제상장주국여위구들연관동성안공만경우무중마오조소와비신"
    "거선발적면유했된당계드업회치화할개실용방세행법모트진생민니산결재러통분물간차후현내양추토등터력심점려년월합석금군각명역체영되히식외까습던록본또"
)
_FURTHER_SYLLABLES = (
    "말호반남배단특약복협권북교건론담참강규최설급프타크카파바며같때없저야데따른요속운문표함준핵평접포축처초래투입출직감책총집작종종높늘"
    "독학술판절청확활항환형태택피필하향허험혁훈흐희질찰창채철층친침쳐탁탄탈탐태테투팀팔패퍼편폐품풀피픈학럽럼럭례롭론루류륙률르름릉렇"
    "량림립많맞매먹먼멀메맺못목몇묘문믿및미밀밖발밝밤백벌범벽변별병봉불블빠빨뿐삼색샘션섭셨숙순술슈승싸쓰씨악암압앞액앙야약얼엄엔였열염"
    "예온올완왔왕욕욱울움워웠육으은음응읍임잃잘잡져족좋죄죠죽즈즉증짓짜째쪽찬찾척천첫체촉춘충취측칙칠컨컴케켜코콘쿠큰클키킨킬탕텔톤틀티"
)
_FIRST_KANJI = (
    "日一国会人年大十二本中長出三同時政事自行社見月分議後前民生連五発間対上部東者党地合市業内相方四定今回新場金員九入選立開手米力学問高代明"
    "実円関決子動京全目表戦経通外最言氏現理調体化田当八六約主題下首意法不来作性的要用制治度務強気小七成期公野協取都和統以機平総加山思家話世"
    "受区領多県続進正安設保改数記院女初北午指権心界支第産結百派点教報済書府活原先共得解名交資予川向際査勝面委告軍文反元重近千考判認画海参売"
    "利組知案道信策集在件団別物側任引使求所次水半品昨論計死官増係感特情投示変打男基私各始島直両韓脳障朝閣談臣僚省核鮮防衛盟岸領"
)
_FURTHER_KANJI = (
    "革価式確村提運終挙果西勢減台広容必応演電歳住争能無再位置企真流格有疑口過局少放税検藤町常校料沢裁状工建語球営空職証土与急止送援供可役構"
    "木割聞身費付施切由説転食比難補車優夫研収断井何南石足違消境神番規術護展態導備宅害配副算視条幹独警宮究育席輸訪楽起万着乗店述残想線率病農"
    "州武声質念待試族象銀域助労例然早張映限親額監環験追審商葉義伝働形景落欧担好退準賞訴辺造英被株頭技低毎医復仕去姿味負渡失移差衆個門写評課"
    "末守若極種美命含福蔵量望松非撃佐観察整段横融型白深字答夜製票況音申様財港識注呼渉達良響阪帰針専推谷古候史天階程満敗管値歌買突兵接請器士"
    "光討路悪科攻崎督授催細効図週積丸他及湾録処省旧室憲太橋歩離岡客風紙激否周師摘材登系批郎母易健黒火戸速存花春飛殺央券赤号単盤座破除完降超"
    "責並沖片充幸夏景緊密挑固射脅継抑繁栄緒拡掲威聖紀喜揮併悩尽秋冬雨雪夢紛拠駆維範歓迎承認般即暮賛敬静徳宿絶縮簡仲欠"
)
_HANZI = (
    "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多经么去法学如"
    "都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日军者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高"
    "间由问很最重并物手应战向头文体政美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世位次度门任常先海通教儿原东声提立及比员解"
    "水名真论处走义各入几口认条平系气题活尔更别打女变四神总何电数安少报才结反受目太量再感建务做接必场件计管期市直德资命山金指克许统区保至队"
    "形社便空决治展马科司五基眼书非则听却界达光放强即像难且权思王象完设式色路记南品住告类求据程北边死张该交规万取格望觉术领共确传师观清切院"
    "让识候带导争运這個們來為說時會對過發後裡經麼學當沒動還進樣從實軍無與長機關點業將兩間問應戰頭體見產給門東聲論義條氣電數報結務場計資許統區"
    "隊決馬書聽卻達強難權設記類張該規術領確傳師觀讓識帶導爭運韩谈议访总统部长联"
)
_HIRAGANA = frozenset("のにしたとるではすがいをなてれさかこらもりまあうよくそけめきどえわおつっんばやちみせだげ")
_MARKS = frozenset("、。，．・「」『』（）“”‘’：；？！…—―–～〜·ㆍ　－％〈〉《》【】〔〕■□▲△▼▽◆◇●○◎★☆※→←↑↓§×÷±℃")
_TYPOGRAPHY = frozenset("“”‘’–—…•\xa0·©®™°«»€£")
_CONTROL, _FOREIGN = 30.0, 25.0


def _tiers(*lists: str, bits: tuple[float, ...]) -> dict[str, float]:
    found: dict[str, float] = {}
    for letters, cost in zip(lists, bits, strict=True):
        for letter in letters:
            found.setdefault(letter, cost)
    return found


_COMMON_KO = _tiers(_FIRST_SYLLABLES, _FURTHER_SYLLABLES, bits=(7.2, 10.0))
_COMMON_JA = _tiers(_FIRST_KANJI, _FURTHER_KANJI, bits=(9.0, 11.5))
_COMMON_ZH = _tiers(_HANZI, bits=(8.8,))


@lru_cache(maxsize=32_768)
def _place(char: str, codec: str) -> int:
    """The two bytes of a character in a national standard as one number, 0 where it has none there."""
    try:
        code = char.encode(codec)
    except UnicodeEncodeError:
        return 0
    return int.from_bytes(code, "big") if len(code) == 2 else 0


def _korean(char: str) -> float:
    if "\uac00" <= char <= "\ud7a3":
        return _COMMON_KO.get(char) or (16.0 if _place(char, "euc_kr") else 21.0)
    if _is_han(char):
        return 13.0 if char in _COMMON_JA else 18.0
    if "\u3131" <= char <= "\u318e":
        return 13.0
    return _FOREIGN if _is_kana(char) else _mark(char)


def _japanese(char: str) -> float:
    if "\u3041" <= char <= "\u309f":
        return 5.8 if char in _HIRAGANA else 9.0
    if _is_kana(char):
        return 8.0 if char < "\uff00" else 10.0
    if _is_han(char):
        return _COMMON_JA.get(char) or (14.5 if 0 < _place(char, "euc_jp") < 0xD000 else 18.0)
    return 6.5 if char in "、。「」・" else _mark(char)


def _chinese(char: str) -> float:
    if _is_han(char):
        first = 0 < _place(char, "gb2312") < 0xD8A1 or 0 < _place(char, "big5") < 0xC680
        return _COMMON_ZH.get(char) or (13.0 if first else 19.0)
    return 7.0 if char in "，。、“”" else 18.0 if _is_kana(char) else _mark(char)


def _western(char: str) -> float:
    if char in _TYPOGRAPHY:
        return 8.0
    if char < "\u0250":
        return 9.0 if char.islower() else 13.0
    return 11.0 if char in "‚„†‡‹›ˆ˜" else 16.0


def _alphabetic(char: str) -> float:
    """Any alphabet: what a text in it costs a letter, marks beside."""
    if unicodedata.category(char) in {"Ll", "Lo", "Mn", "Mc"}:
        return 6.5
    return 10.0 if char.isalpha() or char in _TYPOGRAPHY else 14.0


def _mark(char: str) -> float:
    if char in _MARKS:
        return 9.0
    if "\uff01" <= char <= "\uff5e":
        return 11.0
    if char in _TYPOGRAPHY:
        return 12.0
    return 13.0 if "\u2150" <= char <= "\u24ff" or "\u3200" <= char <= "\u33ff" else _FOREIGN if "\uac00" <= char <= "\ud7a3" else 16.0


def _is_han(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff" or "\uf900" <= char <= "\ufaff"


def _is_kana(char: str) -> bool:
    return "\u3041" <= char <= "\u30ff" or "\uff61" <= char <= "\uff9f"


_OF: dict[str, Callable[[str], float]] = {
    "ko": _korean, "ja": _japanese, "zh": _chinese, "en": _western, "": _alphabetic,
}  # fmt: skip


@lru_cache(maxsize=32_768)
def bits(char: str, language: str) -> float:
    """Return how many bits a character costs in a text of ``language`` (ko, ja, zh, en, or ``""`` for any alphabet).

    Lower is commoner; 30 for a control character and private use, which no text holds.
    """
    if char < "\x7f":
        return 5.0 if char.isalpha() or char in " \n\t\r" else 7.0 if char >= " " else _CONTROL
    if char < "\xa0" or unicodedata.category(char) in {"Co", "Cn", "Cs"}:
        return _CONTROL
    return _OF[language](char)
