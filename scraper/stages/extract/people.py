"""Names of people in a byline: parted, and freed of what bylines put around them, in English, Korean and Japanese."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scraper.text import CJK, HAN, HANGUL, clean, has_cjk, squeeze

_BY = re.compile(
    r"(?i)^\s*(?:.{0,24}\b(?:by|par|por)|(?:(?:eingestellt|veröffentlicht|geschrieben|verfasst|erstellt|publiziert|zeige alle beiträge|artikel|text|beitrag)\s)?vo[nm]|door|di|af|av|"
    r"autor(?:en|in)?|auteur|author|text|words|interview|글쓴이|글|작성자|취재|기자|文|執筆|筆者|取材・文|記者)(?:\s*[:：=・]\s*|\s+)(?=\S)"
)
_AFTER = re.compile(
    r"(?i)\s+(?:alle (?:artikel|beiträge)|shares?|at|am|on|updated|published|view|all posts|for the|follow|contact)\b.*$|\s+[|•·–—-]\s.*$|\s+\d.*$|\s*@.*$"
)
_MAIL = re.compile(r"\(?[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,4}\)?")
_AND = re.compile(rf"(?i)\s*(?:;|,|、|，|\||/|／|＆|\s(?:and|und|y|et|&|with)\s|\s&\s)\s*|(?<=[{HANGUL}{HAN}])[·・ㆍ](?=[{HANGUL}{HAN}])")
# Ann Lee Senior Correspondent, Ann Lee Daily Staff: an office behind a whole name.
_OFFICE = re.compile(
    r"(?i)^((?:[^\W\d_][\w'’.-]*\s){2}(?:[^\W\d_][\w'’.-]*\s)??)(?:\w+\s){0,2}(?:staff|correspondent|reporter|editor|writer|columnist)(?:\s.*)?$"
)
# Titles of office around a name: 홍길동 선임기자, 정치부 山田太郎, 編集委員.
_ROLE_AFTER = re.compile(
    r"\s{0,3}(?:(?:선임|수석|전문|객원|인턴|수습|시민|대학생|외교|국방|정치|통일외교|탐사)\s?)?(?:기자|특파원|논설위원|논설실장|편집위원|편집인|칼럼니스트|앵커|아나운서|통신원|리포터|에디터|지국장|記者|特派員|論説委員|編集委員|支局長|編集長|キャスター|カメラマン)"
    r"(?:\s{0,2}(?:=|입니다|씀|입력|발신))?\s{0,3}=?$"
)
_ROLE_BEFORE = re.compile(r"^(?:記者|特派員|編集委員|論説委員|(?:政治|経済|社会|国際|外信|外報)部\s?(?:記者)?|기자|글)[\s:：=・]{1,3}")
# 【ソウル=山田太郎】, (서울=홍길동 기자): the place a report is sent from stands before the name.
_FROM = re.compile(rf"^[(（\[【<]?\s?[{CJK}]{{1,8}}\s?[=＝]\s?(?=[{CJK}])")
_PARENTHESIS = re.compile(r"\s{0,3}[(（\[【].{0,40}[)）\]】]\s{0,3}$")
_ADDRESS = re.compile(r"(?i)https?:|www\.|facebook\.com|twitter\.com")
_WHEN = re.compile(r"\d{1,4}\s?[./:년年-]\s?\d[\d\s./:,년월일年月日시분時分초秒]{1,24}(?:(?i:uhr|h|am|pm|오전|오후)\b)?")
_NOBODY = re.compile(
    r"(?i)^(?:admin|administrator|editor|webmaster|unknown|null|none|author|autor|by|name|posted|publiziert|veröffentlicht|guest|no author|user|super user|comments?|publisher|copyright|anonymous|anónimo"
    r"|undefined|nan|n/a|default|root|test|web|online|share|print|germany|관리자|운영자|작성자|관리팀|管理者|事務局)\b.{0,14}$"
    r"|^\d|\d.*\s|\s.*\d|[<>{}=*:?!()\[\]]|\b(?:on|am|le|el|says?|said|sagt|dit)$|\.(?:com|org|net|de|ch|fr|it|kr|jp)$|rights reserved|rechte vorbehalten|creative commons|^licen[sc]e|^(?:alle|mehr) (?:beiträge|artikel)|^\W|\bgmbh\b"
)
# A desk signs where no person does.
_DESK = re.compile(
    r"(?i)^(?:die |the )?(?:redaktion|redacción|rédaction|redazione|staff|editorial|newsroom|news desk|team)\b|\b(?:redaktion|staff|desk|team|editors)$|(?:편집국|편집부|뉴스팀|뉴스부|뉴스룸|취재팀|취재부|보도국|編集部|編集局|報道部|取材班|政治部|国際部|外信部|支局)$"
)
_LATIN_NAME = re.compile(
    r"(?:[A-ZÀ-ÞĀ-Ž][\w'’.-]{0,25}|v[oa]n|d[aeiu]l?|de[nr]|la|le|el|bin|al)(?:\s(?:[A-ZÀ-ÞĀ-Ž][\w'’.-]{0,25}|v[oa]n|d[aeiu]l?|de[nr]|la|le|el|bin|al)){1,4}"
)
_FULL_KOREAN = re.compile(rf"[{HANGUL}]{{3}}")
_EAST_NAME = re.compile(rf"[{HANGUL}]{{2,4}}|[{HAN}]{{2,3}}\s?[{HAN}{CJK}]{{1,4}}")


def people_of(byline: str) -> Iterator[str]:
    """Yield the names in a byline (``By Ann Lee and Bo Kim``, ``홍길동·김철수 기자``), each as it is written but for roles, mail and "by"."""
    line = squeeze(clean(byline))[:300]
    if _ADDRESS.search(line):
        return
    line = _WHEN.sub(" | ", _MAIL.sub(" ", line))
    for person in (name for part in _AND.split(_BY.sub("", line)) for name in _parted(_bare(part))):
        if 2 <= len(person) <= 60 and len(person.split()) <= 6 and not _NOBODY.search(person):
            yield person


def is_desk(name: str) -> bool:
    """Tell whether a name is that of an editorial desk or team (``편집국``, ``編集部``, ``Newsroom``) and not of a person."""
    return _DESK.search(name) is not None


def person_like(name: str) -> bool:
    """Tell whether a text has the form of a person's name: two to five capitalised words, or two to six East Asian characters."""
    return (_EAST_NAME if has_cjk(name) else _LATIN_NAME).fullmatch(name) is not None


def _parted(name: str) -> list[str]:
    """Korean names of three syllables side by side (홍길동 김철수) are so many people; Korean does not part a name."""
    words = name.split()
    return words if len(words) > 1 and all(_FULL_KOREAN.fullmatch(word) for word in words) else [name]


def _bare(part: str) -> str:
    name = _FROM.sub("", _BY.sub("", squeeze(part))).strip(" =＝】)）")
    name = _PARENTHESIS.sub("", _ROLE_BEFORE.sub("", name))
    name = _ROLE_AFTER.sub("", name) if has_cjk(name) else _OFFICE.sub(r"\1", _AFTER.sub("", name))
    return name.strip(" .,-\u2013\u2014|\"'“”")
