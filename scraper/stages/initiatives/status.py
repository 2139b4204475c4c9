"""What a sentence says has become of an initiative: the cue nearest to its name, and the status that the cue stands for.

The states are those of scraper.model.initiative.STATUSES. Of several cues in one sentence the nearest that governs the name wins;
a condition, a possibility or a bill caps at ``proposed``; an attributive past ("launched in April") reaffirms.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

REACH = 160
"""Characters before a name in which its governing verb is sought; after it, half of that."""

_EN = (
    ("proposed", (r"plan(?:s|ned|ning)? to|with plans to|intend(?:s|ed)? to|seek(?:s|ing)? to|propos\w+|consider(?:s|ing|ed)? \w+ing|explor\w+|envision\w+|"
     r"committed to finali[sz]\w+|to finali[sz]e|discuss\w* (?:the )?(?:establish|develop|creat|launch|possib)\w+(?: of)?|discussions on (?:the )?develop\w+(?: of)?|"
     r"work(?:s|ing)? to(?:ward)? (?:establish|develop)\w*|bill (?:that|to) establish\w*|expected to \w+|would (?:be )?(?:launch|establish|creat)\w*|calls? for")),
    ("established", (r"today,? we announce the (?:establishment|launch|creation) of|(?:formally |officially |jointly )?launched|launch of|establishe[sd]|signed|"
     r"signing of|inaugurated|activated|activate|entered into (?:force|effect)|institutionali[sz]\w+|set up|stood up|formed|created|finali[sz]ed|"
     r"went online|operationali[sz]ed")),
    ("announced", (r"announc\w+ (?:the |a |an |their )?(?:new )?(?:launch|establishment|creation|formation|start|decision)(?: of| to)?|announc\w+ (?:a|an|the|their)|"
     r"(?:agreed|decided|concurred|pledged|committed) to (?:\w+ ){0,2}(?:launch|establish|create|set up|form|institute|hold|initiate|convene|activate)|"
     r"will (?:\w+ )?(?:launch|establish|create|initiate|convene|hold|form|sponsor)|are establishing|unveil\w*|decided on|establishment of|formation of|creation of")),
    ("scheduled", r"look(?:s|ed|ing)? forward to|will host|scheduled (?:for|to)|(?:is|are) set to|upcoming|will (?:conduct|take part in)|to be held"),
    ("convened", r"convened|held|hosted|conducted|executed|execution of|took place|kicked off|carried out|meeting of|gathered \w+ \w+ for|met (?:\w+ ){0,4}for|concluded"),
    ("reaffirmed", (r"welcom\w+|thank\w*|reaffirm\w+|reiterat\w+|recall\w*|commend\w*|applaud\w*|prais\w+|through|under|including by|continu\w+|build\w* on|building upon|uphold\w*|"
     r"remain\w* committed|in line with|underscor\w+|stress\w+|noted|highlight\w*|not(?:ing|es)|based on|like|such as|in accordance with|carry forward|acknowledg\w+|expand\w*")),
    ("established", r"relaunched as|renamed|rebranded|replaced by|evolved into|folded into"),
    ("resumed", r"resum\w+|reviv\w+|restart\w*"),
)  # fmt: skip
_EN_AFTER = (
    ("renamed", r"(?:was|were|has been|is) (?:relaunched as|renamed|replaced by|folded into)"),
    ("established", r"(?:was|were|has been|have been|is) (?:\w+ly )?(?:launched|established|signed|activated|created|inaugurated|set up)|went online|entered into (?:force|effect)"),
    ("scheduled", r"will (?:be held|take place)|is (?:scheduled|set) (?:for|to)|to be held"),
    ("proposed", r"would|is being (?:discussed|considered)"),
    ("convened", r"(?:was|were) (?:\w+ )?(?:held|convened|conducted|carried out)|took place|kicked off|will be conducted"),
    ("resumed", r"for the first time in \w+ (?:years|months)|(?:was|were) resumed"),
)  # fmt: skip
_KO = (
    ("renamed", "개칭|명칭(?:을|이)? ?변경|확대 ?개편|재출범"),
    ("resumed", "재개|년 만에"),
    ("announced", "(?:신설|출범|설립|창설|발족|구성|마련|구축|시행|실시|개최|신설)(?:을|를|에)? ?(?:시키|하|키)?기로|발족할|출범할|신설할|설립할|신설을 발표|출범을 발표|설립을 발표|설립 발표|합의"),
    ("proposed", "추진하기로|설립을 추진|신설을 검토|검토|모색|제안|구상 중|추진 중"),
    ("scheduled", "예정|조율 중|열릴|개최한다"),
    ("established", "출범했|출범하였|출범시켰|공식 출범|서명|체결|발효|가동|발족했|발족하였|채택|신설했|설치했|마련했|구축했"),
    ("convened", "개최|열렸|열고|열린|실시|진행(?:했|됐|하였)|갖고|가졌"),
    ("reaffirmed", "재확인|평가|환영|지속|계속|바탕으로|정례적|정기적|이어가|강화"),
)  # fmt: skip
_JA = (
    ("renamed", "改称|改組|後継|として再始動"),
    ("resumed", "再開|年ぶり"),
    ("reaffirmed", "署名を含む"),
    ("announced", "(?:立ち上げ|設置|設立|創設|開始|発足)(?:る|す|さ)?(?:せ)?(?:る)?ことで(?:一致|合意)|(?:立ち上げ|設立|創設|設置)を発表|新設|創設する|(?:設置|設立)することに合意|(?:設置|設立|創設)する|立ち上げる|発足させ|決めた"),
    ("proposed", "検討|目指す|方針|構想|策定に向け|調整を進め"),
    ("scheduled", "予定|次回|開催する方向|実施すると発表|実施する"),
    ("established", "発足(?:した|し)|立ち上げ(?:た|まし|られ)|署名|締結(?:した|し)|発効|運用(?:を)?開始|設置(?:した|し)|採択"),
    ("convened", "開催|行いました|行った|行われ|実施(?:した|し|され)|開かれ|初会合"),
    ("reaffirmed", "再確認|歓迎|称賛|評価|継続|踏まえ|引き続き|改めて"),
)  # fmt: skip
_CAPPED = re.compile(r"\b(?:if|would|could|might|bill|legislation)\b|가능성|법안|可能性|法案", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Cue:
    """A status with the words of the sentence that gave it (both may be empty)."""

    status: str = ""
    words: str = ""


def _compiled(table: tuple[tuple[str, str], ...], *, words: bool) -> tuple[tuple[str, re.Pattern[str]], ...]:
    edge = (r"\b(?:", r")\b") if words else ("(?:", ")")
    return tuple((status, re.compile(edge[0] + body + edge[1], re.IGNORECASE)) for status, body in table)


_BEFORE_EN, _AFTER_EN = _compiled(_EN, words=True), _compiled(_EN_AFTER, words=True)
_TABLES = {"ko": _compiled(_KO, words=False), "ja": _compiled(_JA, words=False)}


def status_of(sentence: str, start: int, end: int, language: str) -> Cue:
    """Return the cue that governs ``sentence[start:end]``; ``language`` is en, ko or ja (any other is read as English)."""
    cue = _eastern(sentence, start, end, language) if language in _TABLES else _english(sentence, start, end)
    beside = sentence[max(0, start - REACH) : end + REACH]
    if cue.status in ("announced", "established") and _CAPPED.search(beside):
        return Cue("proposed", cue.words)
    return cue


def _english(sentence: str, start: int, end: int) -> Cue:
    after = sentence[end : end + REACH // 2]
    follows = [(m.start(), status, m.group()) for status, pattern in _AFTER_EN for m in [pattern.search(after)] if m]
    if follows and min(follows)[0] <= 24:
        _, status, words = min(follows)
        return Cue(status, words)
    before = sentence[max(0, start - REACH) : start]
    found = [(m.end(), len(m.group()), status, m.group()) for status, pattern in _BEFORE_EN for m in pattern.finditer(before)]
    if found:
        best = max(found)
        # a verb of intention right before the nearest verb governs it: "plans to develop"
        return Cue(best[2], best[3])
    if follows:
        _, status, words = min(follows)
        return Cue(status, words)
    return Cue()


def _eastern(sentence: str, start: int, end: int, language: str) -> Cue:
    """Korean and Japanese put the verb after its object: the nearest cue after the name, else the nearest before."""
    after = sentence[end : end + REACH // 2]
    table = _TABLES[language]
    found = [(m.start(), -len(m.group()), status, m.group()) for status, pattern in table for m in [pattern.search(after)] if m]
    if found:
        best = min(found)
        return Cue(best[2], best[3])
    before = sentence[max(0, start - REACH // 2) : start]
    back = [(m.end(), len(m.group()), status, m.group()) for status, pattern in table for m in pattern.finditer(before)]
    return Cue(max(back)[2], max(back)[3]) if back else Cue()
