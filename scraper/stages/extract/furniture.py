"""What a line of a page is: prose of a text, or furniture around it (navigation, captions, bylines, notices, calls)."""

from __future__ import annotations

import re

from scraper.text import CJK, fold, has_cjk, sentences

_SIGHT = 600
_I = re.IGNORECASE

# Lines that are furniture wherever they stand, sentence or not.
_NOTICE = re.compile(
    r"^\W{0,4}(?:"
    r"an? official websites? of the|official websites? use|a \.?\w{2,5} website belongs|a lock \(|here.s how you know|you are viewing archived|this is archived|skip to (?:main )?content|"
    r"share sensitive information|secure \.?\w{2,5} websites|risk warning|disclaimer\b|/?public release\b|view in full|read (?:more|also|next|the full)\b|also read|see also|click (?:here|below)|"
    r"(?:\w+ ){0,2}(?:related|recommended|popular|trending) (?:stories|articles|news|posts|links|content|coverage|reading)\b|most (?:read|viewed|popular)\b|"
    r"you (?:may|might) (?:also like|be interested)|organi[sz]ations? in this story|letters? to the editor|send a letter|have a concern|(?:please )?(?:sign up|subscribe|log ?in)\b|"
    r"get (?:the latest|our (?:free|newsletter|app))|(?:join|follow|like|find) us (?:on|at)\b|share this\b|print this|e-?mail this|download (?:the )?(?:pdf|app)|"
    r"(?:©|ⓒ|\(c\)\s|copyright\b)|this (?:article|story|post|content|material|press release) (?:was|is|has been|may|might|originally|appeared|first)\b|"
    r"(?:photo|image|picture|file photo|video|graphic)s?(?: credit| by| courtesy)?\s?[:/]|(?:tags?|topics?|categor(?:y|ies)|keywords?|source|contacts?|published|date|location)\s?:|filed under|posted (?:in|on|by)\b|"
    r"(?:media|press) (?:contacts?|inquiries|enquiries)\b|for (?:more|further) information,? (?:please|visit|contact|see|on)|about the author|leave a (?:comment|reply)|"
    r"we use cookies|this (?:web)?site uses|by (?:continuing to (?:use|browse)|clicking|using (?:this|our))|accept (?:all )?cookies|with your (?:current )?subscription|"
    r"(?:the )?(?:views|opinions) expressed|(?:edited|writing|reporting|additional reporting|translated|compiled) by\b|embargoed|"
    r"바로가기|본문 ?바로|주메뉴|검색창|관련 ?(?:기사|뉴스|링크)|많이 본|추천 ?(?:기사|뉴스)|인기 ?(?:기사|뉴스)|최신 ?(?:기사|뉴스)|(?:첨부|붙임)[\s:.\d]|기사 ?제보|제보는|저작권자|저작권 |무단[ 전복배]|"
    r"사진\s?[=:/]|\[사진|자료 ?사진|영상\s?[=:]|담당 ?(?:부서|자)|문의\s?[:처]|공공누리|본 (?:저작물|기사)[은는을]|이 기사는|"
    r"関連(?:記事|リンク|ニュース)|おすすめ|人気記事|最新(?:記事|ニュース)|この記事|記事の続き|続きを読む|無断|著作権|写真\s?[=:：提／/]|\(写真|（写真|【写真|〔写真|このページの(?:先頭|トップ)|サイトマップ"
    r")",
    _I,
)  # fmt: skip
# Words of navigation and of a page's own labels: furniture where nothing more stands on the line.
_LABEL = re.compile(
    r"^\W{0,4}(?:top of page|back to (?:top|list)|(?:previous|next)(?: (?:page|post|article|story|item|entry|issue|slide|photo|image|news|release))?|share(?: \w+)?|e-?mail|print|advertisement|sponsored(?: content)?|\d{0,4} ?comments?|for immediate release|menu|search|home|register|"
    r"privacy policy|terms of (?:use|service)|all rights reserved|"
    r"메뉴|로그인|회원가입|구독(?:하기)?|공유(?:하기)?|인쇄(?:하기)?|스크랩|글자 ?크기.{0,10}|댓글.{0,6}|좋아요|목록(?:으로)?|이전 ?글|다음 ?글|"
    r"関連(?:情報|資料)|シェア(?:する)?|印刷(?:する|用)?|ツイート|ログイン|会員登録|本文へ.{0,8}|お問い合わせ.{0,6}|英語版.{0,10}|戻る|トップへ.{0,6}|ページの先頭.{0,6}|コメント.{0,6}|\[参考\].{0,40}|[（(]参考[）)].{0,40})\W{0,4}$",
    _I,
)  # fmt: skip
_SIGNATURE = re.compile(r"[\w.+-]{2,40}@[\w-]{2,40}\.[\w.]{2,20}")
_FUNCTION = frozenset((
    "the", "of", "and", "to", "in", "a", "for", "on", "with", "that", "is", "was", "by", "at", "from", "as", "their", "its", "it", "be",
    "are", "an", "this", "which", "will",
))  # fmt: skip
# The same said in the middle of a sentence.
_INSIDE = re.compile(
    r"all rights reserved|무단 ?(?:전재|복제|배포)|재배포 ?금지|저작권자|ⓒ|無断(?:転載|複製)|無断で|view in full here|translated by (?:ai|google)|(?:ai|machine)[- ]translat|auto(?:matically)? translated|자동 ?번역|"
    r"機械翻訳|요약한 결과|본문 전체 읽기|\[email.{0,3}protected\]|does not constitute (?:investment|financial|legal)|do(?:es)? not (?:necessarily )?(?:reflect|represent) the|edited for (?:clarity|style|length)|"
    r"(?:subscribe|sign up) (?:to|for) (?:our|the|a)|enable javascript|our newsletter|privacy policy|terms of (?:use|service)|cookies? (?:policy|to )|official, secure websites|safely connected to",
    _I,
)  # fmt: skip
_CAPTION = re.compile(
    r"\b(?:pos(?:e|es|ing) (?:for|before|during)|shak(?:e|es|ing) hands|\((?:l|c|r|left|right|center|centre)\)|(?:from|at) (?:the )?(?:left|right)\b|(?:second|third|far) (?:from|left|right)|file photo|\(?photo(?: by| courtesy|:)|getty images|"
    r"(?:reuters|ap|afp|epa|yonhap|kyodo)\s?(?:photo|/|-yonhap)|handout|screenshot|courtesy of)|기념 ?촬영|악수하|포즈를|\[?사진 ?(?:제공|출처)?\s?[=:]|(?:=|/)\s?(?:연합뉴스|뉴시스|뉴스1|로이터|AP)|"
    r"写真(?:提供|撮影|左|右|中央)|(?:左|右|中央)から|[=＝](?:共同|ロイター|AP|AFP|時事|聯合)",
    _I,
)  # fmt: skip
_END = re.compile(r"(?<!\.\.)[.!?\u3002\uff01\uff1f:;][\"'\u201d\u2019\u300d\u300f)\]\uff09\u3015*\d]{0,4}$")
_INNER = re.compile(r"[.,;:!?\"\u201c\u201d\u3001\u3002\uff0c\u300c()\u2014\u2013]")
_ITEM = re.compile(
    r"^\s{0,8}(?:[-\u2013\u2022\u00b7*\u25aa\u25cb\u25e6\u25a1\u25a0\u25b2\u25b3\u25cf\u25c6\u25c7\u3147\u203b\u2022\uf0b7]|\(?\d{1,2}[.)\uff0e\uff09]|\(?[a-zivx]{1,4}[.)]|[\u2460-\u2473]|[\uac00\ub098\ub2e4\ub77c\ub9c8\ubc14\uc0ac\uc544][.)]|[\u4e00-\u4e5d][\u3001.])\s?\S"
)
_WORD = re.compile(r"[A-Za-z\u00c0-\u024f][\w'\u2019.&-]*")
_SLUG = re.compile(
    r"(?i)^(?:\w{1,12}\s)?(?=[a-z0-9_-]*\d)(?=[a-z0-9_-]*[a-z])[a-z0-9_-]{10,80}(?:\.(?:webp|jpe?g|png|gif))?$|\.(?:webp|jpe?g|png|gif|svg)$|^(?:webp|jpe?g|png|image|img)\s\S{1,80}$|^[a-z0-9',.]{1,30}(?:-[a-z0-9',.]{1,30}){4,}$"
)
_COMMA = re.compile(r"[,\u3001\uff0c]")
_KOREAN_END = re.compile(r"(?:다|요|까|음|함|임|됨|것)[.!?\"'\u201d\u2019)]{0,3}$")
_SPEAKER = re.compile(r"^[A-Z][A-Z .'-]{3,60}\s?:")
_HANGING = re.compile(r"[을를은는의와며,\u3001\u00b7]$")
_LETTER = re.compile(f"[A-Za-z\u00c0-\u024f{CJK}]")


def is_notice(line: str) -> bool:
    """Tell whether a line is a notice, a call or a caption label: furniture although it may be a whole sentence."""
    sight = line[:_SIGHT].strip()
    if _NOTICE.match(sight) or (weight(sight) < 90 and _SIGNATURE.search(sight)):
        return True
    found = _INSIDE.search(sight)
    if found is None:
        return len(sight) < 60 and _LABEL.match(sight) is not None
    # Behind running text it is that text's last sentence that is the notice, not the paragraph.
    first = sentences(sight)[0]
    return found.start() < first.end or not is_prose(first.of(sight))


def is_caption(line: str) -> bool:
    """Tell whether a line describes a picture."""
    sight = line[:_SIGHT]
    return len(line) < 450 and _CAPTION.search(sight) is not None


def is_item(line: str) -> bool:
    """Tell whether a line begins like an item of a list or a numbered paragraph, with enough behind the mark to be text."""
    sight = line[:_SIGHT]
    return _ITEM.match(sight) is not None and weight(sight) >= 25


def is_prose(line: str) -> bool:
    """Tell whether a line is running text: a sentence or a good piece of one, by its length, its end and its capitals."""
    sight = line[:_SIGHT].strip()
    if _SLUG.search(sight) or len(_LETTER.findall(sight)) < 6:
        return False
    return _east_asian(sight, len(line)) if has_cjk(sight[:200]) else _latin(sight)


def weight(line: str) -> float:
    """Length in Latin letters; an East Asian character counts for two and a half."""
    cjk = sum(1 for c in line if c >= "\u3040")
    return len(line) + 1.5 * cjk


def ends(line: str) -> bool:
    """Tell whether a line ends like a sentence."""
    tail = line.rstrip()[-8:]
    return _END.search(tail) is not None or _KOREAN_END.search(tail) is not None


def runs_on(line: str, following: str) -> bool:
    """Tell whether ``following``, the very next line, goes on with the sentence of ``line`` (hard-wrapped text)."""
    if not line or ends(line):
        return False
    start = following.lstrip()[:1]
    return start.islower() or (len(line) > 9 and len(following) > 5 and _HANGING.search(line.rstrip()[-2:]) is not None)


def same_title(line: str, title: str) -> bool:
    """Tell whether a line is the title once more, perhaps shortened with dots or with the site's name."""
    a, b = fold(line[:_SIGHT]).rstrip(". \u2026"), fold(title[:_SIGHT]).rstrip(". \u2026")
    if len(a) < 8 or len(b) < 8:
        return bool(a) and a == b
    return a == b or (len(a) >= 20 and b.startswith(a)) or ((a in b or b in a) and min(len(a), len(b)) * 10 >= max(len(a), len(b)) * 6)


def _latin(sight: str) -> bool:
    words = _WORD.findall(sight)
    if len(words) >= 25 and not _INNER.search(sight) and sum(word.lower() in _FUNCTION for word in words) * 12 < len(words):
        return False
    if _SPEAKER.match(sight) and len(words) > 6:
        return True
    capital = sum(word[0].isupper() for word in words if len(word) > 3)
    long = sum(len(word) > 3 for word in words)
    if ends(sight):
        return len(words) >= 6 and (capital * 10 < long * 9 or len(words) >= 16)
    return len(words) >= 14 and capital * 10 < long * 7 and (_INNER.search(sight) is not None or len(words) >= 18)


def _east_asian(sight: str, length: int) -> bool:
    if ends(sight):
        return weight(sight) >= 38
    return (length >= 90 and _INNER.search(sight) is not None) or (length >= 45 and len(_COMMA.findall(sight)) >= 2)
