"""What stands around a released text on a page, told line by line: boxes, calls, notices, lists of labels, the head of what comes after."""

from __future__ import annotations

import re

from scraper.stages.extract import furniture
from scraper.text import has_cjk, sentences

_SIGHT = 600
_SHORT = 80
_CALL_AT_MOST = 320.0
_I = re.IGNORECASE

# A line of its own that heads the readers' comments: nothing of the text comes after it, however long the comments are.
_COMMENTS = re.compile(
    r"^\W{0,4}(?:\d{0,5} ?comments?(?: \(\d{1,5}\))?|\d{1,5} (?:thoughts?|responses?|replies|comments?) (?:on|to)\b.{0,200}|leave a (?:comment|reply).{0,30}|join the (?:conversation|discussion)|post a comment|"
    r"(?:전체 ?)?댓글(?: ?(?:쓰기|보기|달기|입력|목록))?[\s(]?\d{0,6}\)?개?|コメント(?:を(?:書く|残す|投稿)|する|欄)?[\s(（]?\d{0,6}[)）]?(?:件)?)\W{0,4}$",
    _I,
)  # fmt: skip
# A line of its own that heads something else than the text: links, boxes, files, neighbours of the post.
_AFTER = re.compile(
    r"^\W{0,4}(?:(?:\w{1,20} ){0,2}(?:related|recommended|popular|trending|latest|more|top|other|recent|similar|featured)\s(?:stories|articles|news|topics|posts|links|content|coverage|reading|headlines|documents|releases|press releases|statements|items|resources|from\b.{0,60}|on\b.{0,60}|in\b.{0,60})|"
    r"related|most (?:read|viewed|popular|recent|shared|commented)|(?:recommended|suggested|picked|selected|chosen) for you|(?:trending|popular|latest|breaking|happening|live|just)(?: (?:now|today|in|this week|updates?|videos?))?|what (?:others|people|else|we|our)\b.{0,30}|read (?:more|also|next)|also read|see also|more|"
    r"(?:you )?(?:may|might) (?:also )?(?:like|be interested).{0,40}|about the authors?|editor.?s.? picks?|don.?t miss.{0,20}|what to read next|up next|organi[sz]ations? in this story|people in this story|companies (?:in this story|mentioned)|"
    r"(?:share|like|rate|print|save|e-?mail) this\b.{0,30}|share (?:on|via|with)\b.{0,40}|tags?|tagged\b.{0,200}|topics?|categor(?:y|ies)|filed (?:under|in)\b.{0,120}|posted (?:in|under)\b.{0,200}|post navigation|"
    r"(?:previous|next|older|newer) (?:post|article|story|entry|release|page|news)s?\b.{0,200}|attach(?:ments?|ed files?)|downloads?|(?:media|press) (?:contacts?|inquir(?:y|ies)|enquir(?:y|ies))|contacts?(?: us| information)?|"
    r"follow us\b.{0,40}|connect with us|stay (?:connected|informed|up to date)|quick links|site ?map|return to list|back to\b.{0,40}|top of page|newsletters?|advertisement|sponsored(?: content)?|"
    r"관련 ?(?:기사|뉴스|링크|사이트|글|자료|정보|콘텐츠|동영상|영상|포토|이슈)(?:[\s:].{0,40})?|연관 ?(?:기사|뉴스|검색어|콘텐츠)|많이 본.{0,20}|추천 ?(?:기사|뉴스|콘텐츠).{0,10}|인기 ?(?:기사|뉴스|글).{0,10}|최신 ?(?:기사|뉴스|글).{0,10}|최근 ?(?:기사|뉴스|글).{0,10}|이 시각.{0,30}|주요 ?뉴스.{0,10}|"
    r"(?:첨부|붙임)(?: ?(?:파일|문서|자료|물))?(?: ?\(?\d{0,3}(?:개|건)?\)?)?|(?:이전|다음)(?: ?(?:글|기사|게시물|페이지)(?:[\s:].{0,150})?)?|목록(?: ?(?:보기|으로|가기))?|(?:해시)?태그|공유(?: ?하기)?|(?:만족도|여론) ?(?:조사|평가).{0,20}|(?:콘텐츠|자료|페이지)? ?담당 ?(?:부서|자).{0,60}|공공누리.{0,60}|"
    r"맨 ?위로|(?:페이지 ?)?(?:상단|위)으?로(?: 이동)?|저작권 ?(?:정책|안내).{0,20}|.{1,20}의 다른 ?(?:기사|글).{0,10}|이 (?:기사|글)(?:를|을|와).{0,40}|"
    r"関連(?:記事|リンク|ニュース|情報|ファイル|資料|ページ|サイト).{0,20}|おすすめ.{0,20}|人気(?:記事|ランキング).{0,10}|アクセスランキング.{0,10}|最新(?:記事|ニュース).{0,10}|あわせて読みたい.{0,10}|合わせて読みたい.{0,10}|"
    r"[\[［（(]?参考(?:資料|リンク)?[\]］）)]?(?:\s?別添.{0,10})?|別添(?:資料)?|添付(?:資料|ファイル)?|(?:この)?ページの(?:先頭|トップ|一番上).{0,10}|.{1,20}(?:へ|に)戻る|(?:前|次)(?:の(?:記事|ページ|報道発表)|へ).{0,120}|タグ|カテゴリー?|シェア(?:する)?|共有(?:する)?|"
    r"(?:本件(?:に関する|の)?)?(?:お)?問い?合わ?せ先?.{0,20}|ランキング|ダウンロード)\W{0,4}$",
    _I,
)  # fmt: skip
_ABOUT = re.compile(r"^(?:About|ABOUT) (?:the )?[A-Z][\w&.'\u2019-]{0,30}(?: (?:(?:of|the|and|for|&) )?[A-Z][\w&.'\u2019-]{0,30}){0,5}:?$")
# Notices that stand behind the text, sentences although they are: of risk, of rights, on a translation.
_CLOSING = re.compile(
    r"^\W{0,6}(?:(?:[\w-]{1,20} ){0,2}risk (?:warning|disclosure)|disclaimer|legal notice|/?public release\b|"
    r"(?:(?:the )?(?:above|foregoing|preceding)|this|the)\s(?:text |document |page |version |release |article )?is (?:an? )?(?:unofficial|courtesy|provisional|informal|machine|automatic|non-official|working)\s(?:\w{1,15} )?translat|"
    r"(?:unofficial|courtesy|provisional|informal|non-official|working|machine) translation\b|(?:automatically |machine[- ])?translated (?:by|with|from)\b|"
    r"(?:the )?(?:views|opinions)(?: and \w{1,15})? expressed|(?:copyright|\(c\)\s|©|ⓒ)|"
    r"저작권자|무단 ?(?:전재|복제|배포)|(?:본|이|위) (?:번역|글|문서|자료)[은는이].{0,30}(?:비공식|참고|번역)|비공식 ?(?:번역|국문|영문)|참고용 ?번역|자동 ?번역|기계 ?번역|"
    r"(?:本|この|これは)(?:翻訳|訳文|訳|文書)?.{0,12}(?:仮訳|非公式|参考訳|機械翻訳)|(?:非公式|参考)(?:の)?(?:翻訳|訳)|無断(?:転載|複製))",
    _I,
)  # fmt: skip
_RIGHTS = re.compile(r"^\W{0,6}(?:copyright|\(c\)\s|©|ⓒ)", _I)
# The same said within a short paragraph: whose the responsibility is, that it is a translation, who the author is, whose a picture is.
_CLOSING_INSIDE = re.compile(
    r"\bsole responsibility\b|\btakes? no (?:\w{1,12} )?responsibility|\bpast performance\b|\bcapital (?:is )?at risk\b|\bnot (?:constitute|intended as|to be (?:construed|taken) as) .{0,40}advice|for (?:reference|information(?:al)?)(?: purposes)? only|"
    r"\b(?:unofficial|provisional|courtesy|informal|machine|ai|automatic)\b.{0,60}\btranslat|\btranslation\b.{0,80}\b(?:reference|unofficial|accura\w{1,4}|original|automatically|machine|ai)\b|\boriginal\b.{0,60}\btranslation\b|"
    r"\bis an? (?:\w{1,20} ){0,3}(?:staff writer|reporter|correspondent|journalist|columnist|contributor|freelancer?|newspaper|news (?:agency|site|outlet|organi[sz]ation))\b|\bcovers? .{1,60} for (?:the )?[A-Z]|\bcontributed (?:to this|reporting)|"
    r"(?:비공식|참고용?|기계|자동|가) ?.{0,20}번역|번역.{0,30}(?:비공식|참고|원문|정확)|공식 (?:\S{1,10} )?(?:누리집|홈페이지|웹사이트)|(?:사진|이미지|그림)(?: ?제공|.{0,20}(?:제공|출처)(?:[\s=:/].{0,20})?$)|"
    r"(?:仮|参考|非公式|機械)(?:の)?.{0,10}訳|訳.{0,20}(?:参考|非公式|正文|原文)|(?:写真|画像)提供|(?:写真|画像|図).{0,20}提供[。)）]?$",
    _I,
)  # fmt: skip
_INSIDE_AT_MOST = 260.0
# What the parties of a text do: a sentence that says so is hardly the site's.
_ACTS = re.compile(
    r"^\W{0,4}(?:we|they|both|all|he|she|the (?:[\w-]{1,20} ){0,3}(?:ministers?|secretar(?:y|ies)|leaders?|presidents?|officials?|sides?|countries|governments?|parties|nations|two|three|delegations?|representatives?|envoys?|participants?))\b|"
    r"\b(?:reaffirm|affirm|reiterat|welcom|underscor|underlin|emphasi[sz]|stress|express|agree|commit|pledge|resolv|condemn|denounc|recogni[sz]|confirm|discuss|decid|conven|concur|highlight|appreciat|consult|cooperat|concern|oppos|launch|establish|urg|shar(?:e|ed|ing) (?:the|their|our))\w{0,6}\b|"
    r"\b(?:look(?:s|ed|ing)? forward|meets? again|met|will (?:meet|continue|work|hold|seek))\b|"
    r"확인|강조|합의|환영|논의|협의|평가|의지|협력|기대|하기로|당부|규탄|촉구|우려|공조|회담|회의|만나|一致|確認|表明|強調|歓迎|協議|議論|意見交換|連携|協力|非難|期待|決定|合意|懸念|会談|会合|会う",
    re.IGNORECASE,
)  # fmt: skip
# A call to the reader: what he should do, and what he gets of it.
_CALLING = re.compile(
    r"^\W{0,4}(?:please )?(?:want|looking for|interested in|do you|have (?:a|you)|got (?:a|any)|enjoy(?:ed|ing)?|like what|watch|listen|read|click|tap|download|support|donate|become|join|follow|stay|get|receive|try|start|upgrade|"
    r"buy|register|log ?in|sign|subscribe|be the first|never miss|don.t miss|unlock|create|choose|help us|tell us|send us|scan|add us|set us)\b",
    _I,
)  # fmt: skip
_GAIN = re.compile(
    r"newsletter|\bsubscri(?:be|ber|bers|ption|ptions)\b|\binbox|your (?:account|e-?mail|phone|feed|device)|\bapps?\b|free trial|\btrial\b|\balerts\b|\bstories\b|podcast|\bvideo (?:below|above)|whatsapp|telegram|our channel|\bmembers?hip\b|"
    r"our journalis|unlimited|\bpremium\b|\bads?\b|ad-free|for free\b|free of charge|\bcomment(?:s|ing)? (?:on|below|section)|our (?:reporting|work|coverage|readers|site|website)|\b(?:facebook|twitter|instagram|linkedin|youtube|tiktok|threads|bluesky)\b|\bon X\b|@\w|\b(?:log|sign) ?in\b|the full (?:story|article)|\bnews tips?\b",
    _I,
)  # fmt: skip
_SELLS = re.compile(
    r"newsletter|\bsubscri(?:be|ber|bers|ption|ptions)\b|\binbox|free trial|\bmembers?hip\b|our journalis|unlimited|뉴스레터|구독|회원|購読|会員|メルマガ|メールマガジン|有料",
    _I,
)
_CALLING_EAST = re.compile(
    r"(?:구독|제보|뉴스레터|회원|로그인|앱을|앱에서|카카오|네이버|유튜브|텔레그램|홈페이지).{0,80}(?:하세요|보세요|주세요|바랍니다|드립니다|클릭|참조|참고)[\s.!)\]]{0,4}$|"
    r"(?:購読|会員|ログイン|メルマガ|メールマガジン|フォロー|アプリ|有料).{0,60}(?:ください|下さい|こちら|できます|読めます|受付中|お申し込み)[\s。！)）]{0,4}$"
)
_LABELS = re.compile(
    r"제목|부서명?|담당|작성자?|작성일|등록일|게시일|게시자|수정일|입력일?|조회수?|첨부(?:파일)?|내용|번호|구분|분류|카테고리|출처|전화번호|연락처|이메일|정보 ?제공|상세 ?보기|상세보기|"
    r"件名|掲載日|更新日|登録日|公開日|投稿日|担当(?:課|者)?|閲覧数|番号|分類|添付|カテゴリ"
)
_TRAIL = re.compile(r"\s(?:>|»|›|＞|/|\|)\s|>|＞|»|›")
_STAMP = re.compile(
    r"^\W{0,4}(?:last |first )?(?:updated?|published|posted|modified|reviewed|filed|issued|created)(?:\s?:|(?:\son|\sat)?\s(?:[a-z]{3,9}[,.]?\s){0,2}\d)|^\W{0,4}\d{1,3}[ -]min(?:ute)?s?\b.{0,20}$|^\W{0,4}(?:(?:posted |published |written |reported )?by|from)\s.{3,100}(?:\d{4}|\d:\d\d(?:\s?[ap]\.?m\.?)?(?:\s[A-Z]{2,4})?)$|^\W{0,4}(?:listen to|estimated reading|reading time)\b|"
    r"^\W{0,4}(?:기사 ?)?(?:최종 ?)?(?:입력|수정|등록|승인|송고|게시|작성|발행)(?:일시?|시간)?[\s:]{0,4}\d|^\W{0,4}(?:公開|更新|掲載|配信|投稿|発行)(?:日時?|時刻)?[\s:：]{0,4}\d",
    _I,
)  # fmt: skip
_ADDRESS = re.compile(r"https?:/|www\.|[\w.+-]{2,40}@[\w-]{2,40}\.\w|\.(?:com|org|net|gov|kr|jp)\b", _I)
_WORD = re.compile(r"[A-Za-z\u00c0-\u024f][\w'\u2019.&-]*")
# What a page says of itself and its working: of comments, fields, players, cookies.
_WORKING = re.compile(
    r"comments? (?:are|is|have been) (?:now )?(?:closed|moderated|disabled|off)|no comments? yet|first to comment|to (?:post|leave|write|add) a comment|(?:log|sign)(?:ged)? in to\b|fields are (?:required|marked)|"
    r"thank(?:s| you) for (?:reading|subscribing|visiting|your (?:feedback|interest|support))|^\W{0,3}please\b|\ban error (?:has )?occurred|something went wrong|try again later|\bjavascript\b|\bcookies\b|"
    r"to (?:view|listen to|watch|read|play|download|print) (?:this|the|our) (?:page|article|story|video|audio|post|file|document|full)|\bclick(?:ing)? (?:here|below|on)\b|(?:e-?mail|text|notify) you\b|get notified|\bunsubscribe\b|"
    r"(?:세요|십시오|시기 바랍니다|실 수 있습니다)[\s.!)\]]{0,4}$|(?:ください|下さい|いただけます)[\s。！)）]{0,4}$",
    _I,
)  # fmt: skip
_PICTURE = re.compile(
    r"\((?:l|c|r|left|right|cent(?:er|re)|from left|from right)\)|\b(?:second|third|far|from) (?:left|right)\b|\bpos(?:e|es|ed|ing) (?:for|with|during|before)\b|\bshak(?:e|es|ing) hands\b|\bfile photo\b|\bgetty images\b|"
    r"기념 ?촬영|악수하|포즈를|(?:左|右)から",
    _I,
)  # fmt: skip
_POWERED = re.compile(
    r"^\W{0,4}(?:proudly )?(?:powered by|theme:|designed by|hosted by)|required fields are marked|e-?mail address will not be published|\(opens in (?:a )?new (?:window|tab)\)",
    _I,
)
_INSERTED = re.compile(
    r"^\W{0,4}(?:advertisement|sponsored(?: content)?|(?:story|article|content) continues (?:below|after|beneath).{0,40}|scroll (?:down )?(?:to|for)\b.{0,30}|continue reading.{0,60}|(?:read (?:more|also)|also read|see also|related(?: stor(?:y|ies)| articles?)?|recommended)\s?:.{0,200}|"
    r"광고|이 기사를 공유.{0,20}|\[?관련 ?기사\]?.{0,120}|広告|スポンサーリンク|(?:【|［|\[|＜|<)?(?:関連記事|あわせて読みたい|合わせて読みたい)(?:】|］|\]|＞|>)?.{0,120}|この記事は有料.{0,60}|残り\s?\d{1,5}文字.{0,40})\W{0,4}$",
    _I,
)  # fmt: skip


def tells_of_acts(line: str) -> bool:
    """Tell whether a line says what parties do or did ("They agreed to ...", 합의하였다, 一致した): it is hardly the site's own."""
    return _ACTS.search(line[:_SIGHT]) is not None


def ends_all(line: str) -> bool:
    """Tell whether a line heads the comments of readers: nothing of the text stands behind it."""
    return len(line) < 250 and _COMMENTS.match(line) is not None


def heads_rest(line: str) -> bool:
    """Tell whether a line heads something that is not the text: links, boxes, files, tags, a company's words on itself."""
    return len(line) < 250 and (_AFTER.match(line) is not None or (len(line) < _SHORT and _ABOUT.match(line) is not None))


def closes(line: str) -> bool:
    """Tell whether a line is a notice of the kind that stands behind a text: of risk, of rights, on a translation."""
    sight = line[:_SIGHT]
    if _CLOSING.match(sight):
        return True
    return furniture.weight(sight) < _INSIDE_AT_MOST and _CLOSING_INSIDE.search(sight) is not None and not tells_of_acts(sight)


def is_rights(line: str) -> bool:
    """Tell whether a line begins with a mark of copyright, which also stands beneath pictures in the midst of a text."""
    return _RIGHTS.match(line[:_SHORT]) is not None


def is_around(line: str) -> bool:
    """Tell whether a line is none of a text's own, though it may be a sentence: a notice, a call, labels, a trail of crumbs, a stamp."""
    sight = line[:_SIGHT].strip()
    return (
        furniture.is_notice(line)
        or closes(sight)
        or is_call(sight)
        or _is_labels(sight)
        or _is_bare(sight)
        or _asks(sight)
        or _serves(sight)
    )


def _serves(sight: str) -> bool:
    """What a page says of its own working, or of a picture."""
    if furniture.weight(sight) > _INSIDE_AT_MOST or furniture.is_item(sight):
        return False
    return _WORKING.search(sight) is not None or (_PICTURE.search(sight) is not None and (has_cjk(sight) or not tells_of_acts(sight)))


def _asks(sight: str) -> bool:
    return furniture.weight(sight) < _CALL_AT_MOST and is_question(sight)


def _is_bare(sight: str) -> bool:
    return _is_trail(sight) or (len(sight) < 120 and (_STAMP.match(sight) is not None or _POWERED.search(sight) is not None))


def _is_labels(sight: str) -> bool:
    """A board's labels in one line ("제목, 작성일, 조회수, 첨부파일"), or one row of a table of them."""
    return len(set(_LABELS.findall(sight))) >= 3 and not tells_of_acts(sight) and (not furniture.ends(sight) or len(sight) < _SHORT)


def _is_trail(sight: str) -> bool:
    """Where the page stands in its site: "Home > News > Releases > ..."."""
    return not furniture.ends(sight) and len(_TRAIL.findall(sight)) >= 2 and len(sight) < 400


def is_call(line: str) -> bool:
    """Tell whether a line asks its reader for something for the site's own sake: to subscribe, to follow, to look elsewhere."""
    sight = line[:_SIGHT].strip()
    if not sight or furniture.weight(sight) > _CALL_AT_MOST:
        return False
    if has_cjk(sight):
        return furniture.weight(sight) < 200 and _CALLING_EAST.search(sight) is not None
    asked = _CALLING.match(sight) is not None or is_question(sentences(sight)[0].of(sight))
    return asked and not furniture.is_item(sight) and _GAIN.search(sight) is not None


def is_insert(line: str) -> bool:
    """Tell whether a line is what sites put between the paragraphs of any text: an advertisement's label, a call, a link elsewhere."""
    if len(line) >= 300 or not line.strip():
        return False
    return _INSERTED.match(line) is not None or (is_call(line) and _SELLS.search(line) is not None and not tells_of_acts(line))


def is_question(line: str) -> bool:
    """Tell whether a line ends in a question: statements declare, sites ask."""
    return line.rstrip(" \"')\u201d\u300d").endswith(("?", "？", "습니까", "십니까"))


def is_last_word(line: str) -> bool:
    """Tell whether a short line is a sentence of the text all the same ("They will meet again next year."), not a label or a name."""
    sight = line[:_SIGHT].strip()
    if not furniture.ends(sight) or sight.endswith((":", "：")) or is_question(sight) or _ADDRESS.search(sight):
        return False
    if has_cjk(sight):
        return furniture.weight(sight) >= 15
    words = _WORD.findall(sight)
    capital = sum(word[0].isupper() for word in words[1:])
    return len(words) >= 3 and capital * 3 <= (len(words) - 1) * 2 and any(word.islower() for word in words[1:])


def own_sentences(line: str) -> int:
    """Return where in a paragraph its own sentences end: before notices and calls that follow them, and before a question that leads up
    to these; its length where none follows."""
    spans = sentences(line)
    for index, span in enumerate(spans[1:], 1):
        if is_around(span.of(line)) and not is_question(span.of(line)):
            while index and is_question(spans[index - 1].of(line)):
                index -= 1  # noqa: PLW2901 - back over the questions that lead up to the call
            return spans[index].start
    return len(line)
