"""The first message of a home, in English, Korean or Japanese: text, HTML and subject from one Sheet."""

from __future__ import annotations

from collections.abc import Iterator

from scraper.model.digest import Material, Message
from scraper.model.welcome import Answer, Welcome
from scraper.stages.digest.compiling import compile, line
from scraper.stages.digest.compose import statement_item
from scraper.stages.digest.dates import day, moment
from scraper.stages.digest.html import html_of
from scraper.stages.digest.message import completed
from scraper.stages.digest.phrases import Phrases, phrases
from scraper.stages.digest.plain import text_of
from scraper.stages.digest.sheet import Fact, Item, Part, Section, Sheet

MAX_SUBJECT = 120

_ENGLISH: Phrases = {
    "title": "Welcome to the trilateral watch",
    "summary": "{answered} of {official} official sources answer; {recent} statements of the last {days} days",
    "state": "The watch",
    "awake": "This machine watches",
    "answers": "Official sources",
    "answered": "Answer",
    "silent": "Do not answer",
    "press": "Press and others",
    "press_of": "{n} of {total} answer",
    "registry": "Known initiatives",
    "registry_of": "{n} in the registry, {named} of them named in what is stored",
    "stored": "Stored",
    "stored_of": "{n} statements since {date}",
    "stored_none": "no statement yet",
    "history": "History",
    "history_of": "{n} of {total} addresses read; the rest follows",
    "history_all": "all {total} addresses asked",
    "next": "Next digest",
    "next_of": "{time}; urgent news at once, nothing on a day with nothing",
    "recent": "Statements of the last {days} days",
    "shown": "the latest {shown} of {n}",
    "none": "None was found. Those that do not answer are asked again; what they published meanwhile is found then.",
    "closing": "On the third day without news this watch says that it still watches.",
}
_KOREAN: Phrases = {
    "title": "3국 동향 감시를 시작합니다",
    "summary": "공식 출처 {official}곳 중 {answered}곳 응답, 최근 {days}일 성명 {recent}건",
    "state": "감시 상태",
    "awake": "감시 중",
    "answers": "공식 출처",
    "answered": "응답함",
    "silent": "응답 없음",
    "press": "언론 및 기타",
    "press_of": "{total}곳 중 {n}곳 응답",
    "registry": "알려진 이니셔티브",
    "registry_of": "등록부 {n}건, 그중 저장된 자료에 나온 것 {named}건",
    "stored": "저장됨",
    "stored_of": "{date} 이후 성명 {n}건",
    "stored_none": "아직 성명 없음",
    "history": "과거 기록",
    "history_of": "주소 {total}개 중 {n}개를 읽음, 나머지는 이어서 읽음",
    "history_all": "주소 {total}개를 모두 확인함",
    "next": "다음 다이제스트",
    "next_of": "{time}. 긴급 소식은 즉시, 소식이 없는 날은 보내지 않음",
    "recent": "최근 {days}일의 성명",
    "shown": "{n}건 중 최근 {shown}건",
    "none": "찾은 것이 없습니다. 응답하지 않는 출처에는 다시 묻고, 그동안 나온 것은 그때 찾습니다.",
    "closing": "소식 없이 사흘이 지나면 감시가 계속되고 있음을 알립니다.",
}
_JAPANESE: Phrases = {
    "title": "3か国動向の監視を始めました",
    "summary": "公式の情報源{official}件のうち{answered}件が応答、過去{days}日の声明{recent}件",
    "state": "監視の状態",
    "awake": "監視中",
    "answers": "公式の情報源",
    "answered": "応答あり",
    "silent": "応答なし",
    "press": "報道その他",
    "press_of": "{total}件のうち{n}件が応答",
    "registry": "既知のイニシアティブ",
    "registry_of": "登録簿に{n}件、うち保存した資料に出るもの{named}件",
    "stored": "保存済み",
    "stored_of": "{date}以降の声明{n}件",
    "stored_none": "声明はまだない",
    "history": "過去の記録",
    "history_of": "{total}件のアドレスのうち{n}件を読了、残りは続けて読む",
    "history_all": "{total}件のアドレスをすべて確認",
    "next": "次のダイジェスト",
    "next_of": "{time}。急ぎの知らせは直ちに、何もない日は送らない",
    "recent": "過去{days}日の声明",
    "shown": "{n}件のうち新しい{shown}件",
    "none": "見つからなかった。応答しない情報源には再び尋ね、その間に出たものはそのとき見つける。",
    "closing": "知らせのないまま3日たてば、監視が続いていることを知らせる。",
}
_PHRASES = {"en": _ENGLISH, "ko": _KOREAN, "ja": _JAPANESE}


def welcome_message(welcome: Welcome, identity: str, unsubscribe: str = "") -> Message:
    """Return the message; ``identity`` as :func:`scraper.stages.digest.message_id` gives it."""
    sheet = _Composer(welcome).sheet()
    subject = line(f"{sheet.title}: {sheet.summary}", MAX_SUBJECT)
    message = Message(identity, subject, text_of(sheet), html_of(sheet), welcome.language, unsubscribe, welcome.made_at)
    return completed(message, sheet)


class _Composer:
    def __init__(self, welcome: Welcome) -> None:
        self._welcome = welcome
        self._say = _PHRASES.get(welcome.language, _ENGLISH)

    def sheet(self) -> Sheet:
        here = self._welcome
        made = phrases(here.language)["made"].format(time=self._moment(here.made_at), zone=here.zone)
        answered = sum(one.answered for one in here.official)
        told = self._say["summary"].format(answered=answered, official=len(here.official), recent=here.recent, days=here.days)
        return Sheet(here.language, self._say["title"], made, told, tuple(self._sections()), self._say["closing"])

    def _sections(self) -> Iterator[Section]:
        here = self._welcome
        yield Section("watch", self._say["state"], (Item(Part(self._say["awake"]), facts=tuple(self._state())),), numbered=False)
        if here.official:
            yield Section("answers", self._say["answers"], (self._answers(),), numbered=False)
        title = self._say["recent"].format(days=here.days)
        if not here.statements:
            yield Section("statements", title, note=self._say["none"])
            return
        frame = compile(Material(here.made_at, here.zone, here.language, here.sides, here.statements))
        note = self._say["shown"].format(n=here.recent, shown=len(here.statements)) if here.recent > len(here.statements) else ""
        yield Section("statements", title, tuple(statement_item(frame, one) for one in frame.statements), note)

    def _state(self) -> Iterator[Fact]:
        here = self._welcome
        yield self._fact("press", self._say["press_of"].format(n=here.press[0], total=here.press[1]))
        yield self._fact("registry", self._say["registry_of"].format(n=here.registry, named=here.named))
        stored = self._say["stored_of"].format(n=here.stored, date=day(here.earliest, here.language)) if here.stored else ""
        yield self._fact("stored", stored or self._say["stored_none"])
        if here.history[1]:
            form = "history_all" if here.history[0] >= here.history[1] else "history_of"
            yield self._fact("history", self._say[form].format(n=here.history[0], total=here.history[1]))
        if here.next_digest:
            yield self._fact("next", self._say["next_of"].format(time=self._moment(here.next_digest)))

    def _fact(self, key: str, said: str) -> Fact:
        return Fact(self._say[key], ((Part(said),),))

    def _answers(self) -> Item:
        """Those that answer in one line, each that does not in one of its own."""
        good = [one for one in self._welcome.official if one.answered]
        silent = tuple((Part(_told(one)),) for one in self._welcome.official if not one.answered)
        facts = (
            [Fact(self._say["answered"], ((Part(phrases(self._welcome.language)["comma"].join(line(one.name) for one in good)),),))]
            if good
            else []
        )
        if silent:
            facts.append(Fact(self._say["silent"], silent))
        return Item(Part(self._say["press_of"].format(n=len(good), total=len(self._welcome.official))), facts=tuple(facts))

    def _moment(self, value: str) -> str:
        return moment(value, self._welcome.zone, self._welcome.language)


def _told(one: Answer) -> str:
    return line(f"{one.name} ({one.id})" + (f": {one.error}" if one.error else ""))
