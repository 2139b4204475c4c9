"""The catalogues say the same in every language, all of it is said somewhere, and a language is a file."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from babel.dates import format_datetime
from babel.messages.pofile import PoFileError

from scraper.catalogues import CATALOGUES, LANGUAGES, SOURCE, read
from scraper.catalogues.dates import PATTERN
from scraper.catalogues.phrases import Phrases
from scraper.stages.digest import terms

from .catalogued import faults, forms, opened, places, uses

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "scraper" / "catalogues" / "locale"
PACKAGES = (FOLDER.parent, ROOT / "scraper" / "stages" / "digest", ROOT / "scraper" / "stages" / "report", ROOT / "scraper" / "pages")
"""Where messages are asked for."""

TABLES = {said for name, said in vars(terms).items() if name.isupper()}
"""Contexts whose keys are the words of the model: test_phrases.py."""

ENGLISH = """
msgid ""
msgstr "Language: en\\nContent-Type: text/plain; charset=utf-8\\nPlural-Forms: nplurals=2; plural=(n != 1);\\n"
msgctxt "digest"
msgid "made"
msgstr "{time} in {zone}"
msgctxt "count"
msgid "ship"
msgid_plural "ship"
msgstr[0] "a ship"
msgstr[1] "{n} ships"
"""
POLISH = """
msgid ""
msgstr "Language: pl\\nContent-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);\\n"
msgctxt "digest"
msgid "made"
msgstr "{time}, strefa {zone}"
msgctxt "count"
msgid "ship"
msgid_plural "ship"
msgstr[0] "{n} statek"
msgstr[1] "{n} statki"
msgstr[2] "{n} statków"
"""
KOREAN = """
msgid ""
msgstr "Language: ko\\nContent-Type: text/plain; charset=utf-8\\nPlural-Forms: nplurals=1; plural=0;\\n"
msgctxt "digest"
msgid "made"
msgstr "{time} {zone}"
msgctxt "count"
msgid "ship"
msgid_plural "ship"
msgstr[0] "{n}"
"""


def folder_of(path: Path, **files: str) -> Path:
    for language, text in files.items():
        (path / f"{language}.po").write_text(text, encoding="utf-8")
    return path


def test_every_language_says_the_same() -> None:
    assert faults(FOLDER) == []


def test_a_reader_may_choose_from_what_is_there() -> None:
    assert set(CATALOGUES) == set(LANGUAGES) == set(opened(FOLDER))
    assert LANGUAGES[0] == SOURCE


def test_all_that_is_asked_for_is_there() -> None:
    keys = {key for context, key in opened(FOLDER)[SOURCE].messages}
    asked = uses(*PACKAGES).asked
    assert len(asked) > 50
    assert [one for one in sorted(asked) if not any(re.fullmatch(one, key) for key in keys)] == []


def test_all_that_is_there_is_asked_for() -> None:
    strings = re.compile("|".join(sorted(uses(*PACKAGES).strings, key=len)))
    assert [key for key in opened(FOLDER)[SOURCE].messages if key[0] not in TABLES and not strings.fullmatch(key[1])] == []


@pytest.mark.parametrize("language", sorted(CATALOGUES))
def test_patterns_are_those_of_dates(language: str) -> None:
    known, when = CATALOGUES[language], datetime(2087, 11, 29, 16, 35, tzinfo=UTC)
    told = {key: format_datetime(when, known.message(PATTERN, key), locale=known.locale) for key in known.singles[PATTERN]}
    assert all("29" in said for key, said in told.items() if key != "time")
    assert all("2087" in told[key] for key in ("day", "moment"))
    assert all(told[key].endswith("16:35") for key in ("time", "moment"))


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("", "", ""),
        ("Language: pl", "Language: cs", "pl: Language is cs"),
        ("nplurals=3", "nplurals=4", "pl: Plural-Forms are not those of the language, which has 3"),
        ("Plural-Forms", "Plurals", "pl: Plural-Forms are not those of the language, which has 3"),
        ("{time}, strefa {zone}", "", "pl: ('digest', 'made') is empty"),
        ("{time}, strefa {zone}", "{czas}, strefa {zone}", "has the places ['czas', 'zone'], not ['time', 'zone']"),
        ("{n} statek", "statek", ""),
        ("{n} statków", "statków", "has the places [], not ['n']"),
        ("{n} statki", "", "pl: ('count', 'ship') is empty"),
        ('msgstr[2] "{n} statków"', "", "pl: ('count', 'ship') is empty"),
        ('msgid "made"', 'msgid "mode"', "pl: ('digest', 'made') is missing"),
        ('msgid "made"', 'msgid "mode"', "pl: ('digest', 'mode') is not in en"),
        ('msgid_plural "ship"', 'msgid_plural "ships"', "has another msgid_plural"),
        ('msgctxt "digest"', '#, fuzzy\nmsgctxt "digest"', "pl: ('digest', 'made') is fuzzy"),
        ('msgctxt "digest"', '#~ msgid "old"\n#~ msgstr "dawny"\nmsgctxt "digest"', "pl: old is obsolete"),
        (
            'msgctxt "digest"',
            'msgctxt "digest"\nmsgid "made"\nmsgstr "{time} {zone}"\nmsgctxt "digest"',
            "pl: a message stands there twice",
        ),
    ],
)
def test_a_fault_is_named(tmp_path: Path, old: str, new: str, fault: str) -> None:
    found = faults(folder_of(tmp_path, en=ENGLISH, pl=POLISH.replace(old, new, 1)))
    assert any(fault in one for one in found) if fault else found == []


@pytest.mark.parametrize(("language", "said", "good"), [("ko", "{time} {zone}", True), ("ko", "{time} in {zone}", False), ("ko", "{time}の{zone}", False), ("ja", "{time}に{zone}、robots.txt", True), ("ja", "{time} 기준 {zone}", False)])  # fmt: skip
def test_a_word_of_another_language_is_named(tmp_path: Path, language: str, said: str, good: bool) -> None:
    text = KOREAN.replace("Language: ko", f"Language: {language}").replace("{time} {zone}", said)
    assert faults(folder_of(tmp_path, en=ENGLISH, **{language: text})) == (
        [] if good else [f"{language}: ('digest', 'made') is not translated: {said}"]
    )


@pytest.mark.parametrize(
    ("said", "good"),
    [("{time}는 {zone}", False), ("{time} ‘{zone}’을", False), ("{time}에서 {zone}까지", True), ("{time}이후 {zone}", True)],
)
def test_a_particle_that_hangs_on_the_word_before_is_named(tmp_path: Path, said: str, good: bool) -> None:
    text = KOREAN.replace("{time} {zone}", said)
    assert faults(folder_of(tmp_path, en=ENGLISH, ko=text)) == (
        [] if good else [f"ko: ('digest', 'made') has a particle after a place: {said}"]
    )


def test_keys_are_found_in_code_and_templates(tmp_path: Path) -> None:
    (tmp_path / "one.py").write_text(
        "self._say['a']\nsay.filled('b', n=1)\nphrases(language)['c' if x else 'd']\nself._fact('e')\ncounted(language, 'f', 2)\nsay[f'g_{x}']\nother['z']\nsay[y]\n"
    )
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "one.html").write_text("{{ say['h'] }} {{ say.counted('i', 2) }} {{ they.say }} {{ 'no' }}")
    found = uses(tmp_path)
    assert found.asked == {"a", "b", "c", "d", "e", "f", r"g_\w+", "h", "i"}
    assert "z" in found.strings - found.asked


def test_a_language_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "pl.po~").write_text("astray", encoding="utf-8")
    polish = read(folder_of(tmp_path, en=ENGLISH, pl=POLISH))["pl"]
    assert [Phrases(polish, "count").counted("ship", n) for n in (1, 3, 5, 12_345)] == [
        "1 statek",
        "3 statki",
        "5 statków",
        "12\xa0345 statków",
    ]
    assert Phrases(polish, "digest").filled("made", time="22:30", zone="UTC") == "22:30, strefa UTC"
    assert dict(Phrases(polish, "digest")) == {"made": "{time}, strefa {zone}"}
    assert len(Phrases(polish, "nowhere")) == 0


def test_what_a_language_lacks_is_said_in_english(tmp_path: Path) -> None:
    text = POLISH.replace('msgctxt "digest"', '#, fuzzy\nmsgctxt "digest"').replace('msgid "ship"', 'msgid "boat"')
    polish = read(folder_of(tmp_path, en=ENGLISH, pl=text))["pl"]
    assert Phrases(polish, "digest")["made"] == "{time} in {zone}"
    assert [Phrases(polish, "count").counted("ship", n) for n in (1, 2)] == ["a ship", "2 ships"]
    assert {key: set(keys) for key, keys in polish.plurals.items()} == {"count": {"ship"}}


@pytest.mark.parametrize(("context", "key"), [("digest", "nothing"), ("nowhere", "made"), ("count", "ship")])
def test_what_nobody_knows_is_a_fault(tmp_path: Path, context: str, key: str) -> None:
    english = read(folder_of(tmp_path, en=ENGLISH))["en"]
    with pytest.raises(KeyError):
        Phrases(english, context)[key]


def test_plural_forms_are_asked_for_where_there_are_any(tmp_path: Path) -> None:
    with pytest.raises(KeyError):
        Phrases(read(folder_of(tmp_path, en=ENGLISH))["en"], "digest").counted("made", 2)


def test_more_forms_than_the_language_has_are_no_message(tmp_path: Path) -> None:
    with pytest.raises(PoFileError):
        faults(folder_of(tmp_path, en=ENGLISH, pl=POLISH.replace("nplurals=3", "nplurals=2")))


def test_without_english_or_with_a_torn_file_nothing_is_read(tmp_path: Path) -> None:
    with pytest.raises(KeyError):
        read(folder_of(tmp_path, pl=POLISH))
    with pytest.raises(PoFileError):
        read(folder_of(tmp_path, en=ENGLISH, pl=POLISH + "astray\n"))


NEW = """
import sys
from scraper.config import rules
from scraper.stages.digest import trial_message
from scraper.stages.digest.dates import day, moment, short_day
from scraper.stages.digest.phrases import counted, phrases
from scraper.stages.digest.terms import KINDS, LANGUAGES, term

def sealed(event, arguments):
    if event == "open":
        raise OSError(arguments)

print(rules.one_of("pl", rules.LANGUAGES) or "a channel may have it")
print(trial_message("desk", "2087-11-29T16:35:00Z", language="pl", zone="Europe/Warsaw").subject)
sys.addaudithook(sealed)
for language in ("pl", "ko", "ja", "en", "xx"):
    said = (day("2087-11-29", language), short_day("2087-11-29", language), counted(language, "statement", 5), term(LANGUAGES, "ko", language))
    print(*said, term(KINDS, "readout", language), phrases(language)["statements"], moment("2087-11-29T16:35:00Z", "Europe/Warsaw", language), sep=" | ")
"""
HEAD = POLISH.partition("msgctxt")[0]
MESSAGES = {("trial", "title"): "Próba kanału {name}", ("pattern", "day"): "d MMMM y", ("kind", "readout"): "Komunikat"}


def test_a_new_catalogue_needs_no_line_of_code_and_nothing_is_read_after_import(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "scraper", tmp_path / "scraper", ignore=shutil.ignore_patterns("__pycache__"))
    entries = "".join(f'msgctxt "{context}"\nmsgid "{key}"\nmsgstr "{said}"\n' for (context, key), said in MESSAGES.items())
    folder_of(tmp_path / "scraper" / "catalogues" / "locale", pl=HEAD + entries)
    told = subprocess.run([sys.executable, "-I", "-X", "utf8", "-c", f"import sys; sys.path.insert(0, {str(tmp_path)!r}){NEW}"], capture_output=True, text=True, encoding="utf-8", check=False)  # fmt: skip
    assert told.stdout.splitlines() == [
        "a channel may have it",
        "Próba kanału desk",
        "29 listopada 2087 | 29 lis | 5 new statements | koreański | Komunikat | New statements | 29 listopada 2087, 17:35",
        "2087년 11월 29일 | 11월 29일 | 새 성명 5건 | 한국어 | 회담 결과 발표 | 새 성명 | 2087년 11월 29일 17:35",
        "2087年11月29日 | 11月29日 | 新たな声明 5件 | 韓国語 | 会談概要 | 新たな声明 | 2087年11月29日 17:35",
        "29 November 2087 | 29 Nov | 5 new statements | Korean | Readout | New statements | 29 November 2087, 17:35",
        "29 November 2087 | 29 Nov | 5 new statements | Korean | Readout | New statements | 29 November 2087, 17:35",
    ], told.stderr


def test_every_place_and_form_is_read() -> None:
    counts = [message for (context, _), message in opened(FOLDER)[SOURCE].messages.items() if context == "count"]
    assert all(len(forms(message)) == 2 and places(forms(message)[0]) == {"n"} for message in counts)
