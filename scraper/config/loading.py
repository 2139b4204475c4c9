"""The whole configuration from a folder."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from scraper.config.alerting import check_rules, read_alerts
from scraper.config.aside import read_aside
from scraper.config.files import NAMES, OPTIONAL, defaults_folder, find, read
from scraper.config.history import read_history
from scraper.config.notes import Notes, Table
from scraper.config.secrets import Secrets
from scraper.config.sources import check_parties, merged, read_fetch, read_keeping, read_sources
from scraper.config.stock import read_stock
from scraper.config.watching import read_registry, read_watch
from scraper.config.windows import read_windows
from scraper.config.wording import read_wording
from scraper.errors import ConfigError, Problem
from scraper.model.catalogue import Aside
from scraper.model.grouping import StockLanguage
from scraper.model.history import History
from scraper.model.initiative import Registry
from scraper.model.settings import AlertSettings, FetchSettings, KeepingSettings
from scraper.model.source import Source
from scraper.model.watch import Watch
from scraper.model.window import Calendar
from scraper.model.wording import Watched


@dataclass(frozen=True, slots=True)
class Config:
    """A configuration that can be used. ``sources`` holds disabled ones too; ``warnings`` are unknown keys and the like; ``aside`` is
    what the catalogue says of dead addresses and of keys."""

    sources: tuple[Source, ...]
    watch: Watch
    registry: Registry
    alerts: AlertSettings
    fetch: FetchSettings
    stock: StockLanguage = field(default_factory=StockLanguage)
    warnings: tuple[Problem, ...] = ()
    windows: Calendar = field(default_factory=Calendar)
    keeping: KeepingSettings = field(default_factory=KeepingSettings)
    wording: Watched = field(default_factory=Watched)
    history: History = field(default_factory=History)
    aside: Aside = field(default_factory=Aside)


def load(folder: Path, environ: Mapping[str, str], *, builtin: Path | None = None, strict: bool = False) -> Config:
    """Return the configuration of ``folder``; a file that is not there is taken from ``builtin`` (the packaged defaults).

    ``environ`` gives the values of ``${NAME}``. With ``strict`` warnings are problems too. Raises ConfigError with every
    problem of every file at once; no message holds a secret.
    """
    if not folder.is_dir():
        raise ConfigError((Problem(str(folder), "", "there is no such folder; trilateral init FOLDER makes a home"),))
    return _Reading(folder, builtin or defaults_folder() / "config", environ).config(strict=strict)


class _Reading:
    """One run over the files; each has its notes."""

    def __init__(self, folder: Path, builtin: Path, environ: Mapping[str, str]) -> None:
        self._builtin = builtin
        self._environ = environ
        self._paths = {}
        self._notes = {}
        for name in NAMES:
            path, shown = find(folder, builtin, name)
            self._paths[name] = path
            self._notes[name] = Notes(shown)
        self._extra = Notes("builtin sources.toml")

    def config(self, *, strict: bool) -> Config:
        tables = {name: self._table(name) for name in NAMES}
        fetch, keeping, sources, aside = self._sources(tables["sources.toml"])
        watch = self._watch(tables["watch.toml"])
        registry = self._registry(tables["initiatives.toml"])
        alerts = self._alerts(tables["alerts.toml"])
        stock = read_stock(tables["stock_phrases.toml"] or {}, self._notes["stock_phrases.toml"])
        windows = self._windows(tables["windows.toml"], watch)
        wording = read_wording(tables["wording.toml"] or {}, self._notes["wording.toml"])
        history = self._history(tables["history.toml"], watch)
        if watch is not None:
            parties = frozenset(party.id for party in watch.parties)
            check_parties(sources, parties, self._notes["sources.toml"])
            check_rules(alerts, parties, frozenset(level.id for level in watch.levels), self._notes["alerts.toml"])
        warnings = tuple(warning for notes in self._all_notes() for warning in notes.warnings)
        problems = tuple(problem for notes in self._all_notes() for problem in notes.problems) + (warnings if strict else ())
        if problems or watch is None:
            raise ConfigError(tuple(dict.fromkeys(problems)))
        return Config(sources, watch, registry, alerts, fetch, stock, warnings, windows, keeping, wording, history, aside)

    def _table(self, name: str) -> Table | None:
        missing = name in OPTIONAL and not self._paths[name].exists()
        return {} if missing else read(self._paths[name], self._notes[name])

    def _all_notes(self) -> tuple[Notes, ...]:
        return (self._extra, *self._notes.values())

    def _sources(self, table: Table | None) -> tuple[FetchSettings, KeepingSettings, tuple[Source, ...], Aside]:
        notes = self._notes["sources.toml"]
        catalogue = self._catalogue() if table and "include" in table else None
        fetch, keeping, found = merged(table or {}, catalogue, notes)
        secrets = self._secrets("sources.toml")
        aside = read_aside(((catalogue or {}, self._extra), (table or {}, notes)))
        sources = read_sources(found, secrets, notes, aside)
        return read_fetch(fetch, secrets, notes), read_keeping(keeping, notes), sources, aside

    def _catalogue(self) -> Table | None:
        """The packaged sources.toml, or None where the file being read is that itself."""
        path = self._builtin / "sources.toml"
        if path.resolve() == self._paths["sources.toml"].resolve():
            return None
        return read(path, self._extra) or {}

    def _watch(self, table: Table | None) -> Watch | None:
        return None if table is None else read_watch(table, self._notes["watch.toml"])

    def _registry(self, table: Table | None) -> Registry:
        return read_registry(table or {}, self._notes["initiatives.toml"])

    def _alerts(self, table: Table | None) -> AlertSettings:
        return read_alerts(table or {}, self._secrets("alerts.toml"), self._notes["alerts.toml"])

    def _windows(self, table: Table | None, watch: Watch | None) -> Calendar:
        """The packaged hours hold for the packaged parties: where others are watched, those that fit are taken."""
        path = self._paths["windows.toml"]
        own = path.parent != self._builtin
        return read_windows(table or {}, watch.parties if watch else (), path.parent, self._notes["windows.toml"], strangers=not own)

    def _history(self, table: Table | None, watch: Watch | None) -> History:
        """The packaged history is that of the packaged parties: where others are watched, there is none."""
        own = self._paths["history.toml"].parent != self._builtin
        return read_history(table or {}, watch, self._notes["history.toml"], strangers=not own)

    def _secrets(self, name: str) -> Secrets:
        return Secrets(self._environ, self._paths[name].parent)
