"""Keeps outcomes by digest in one file beside the study, so that what was solved once is never solved again."""

import json
import sqlite3
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Self

from scheduler.files.faults import SchedulerError
from scheduler.studies.outcome import ScenarioOutcome

PATIENCE = 30.0
"""Seconds to wait for another run that writes into the same file."""


class StoreError(SchedulerError):
    """The file of results cannot be used; the words say what to do."""


class Store:
    """Outcomes by key. Each batch is written in one transaction: a run that is killed loses the batch it was at, no more."""

    def __init__(self, path: Path | None) -> None:
        """Open or make the file; None = keep nothing."""
        self.path = path
        self.connection: sqlite3.Connection | None = None
        if path is None:
            return
        try:
            self.connection = sqlite3.connect(path, timeout=PATIENCE)
            self.connection.execute("PRAGMA journal_mode=WAL")
            self.connection.execute("CREATE TABLE IF NOT EXISTS outcomes (key TEXT PRIMARY KEY, content TEXT NOT NULL)")
            self.connection.commit()
        except sqlite3.Error as error:
            if self.connection is not None:
                self.connection.close()
            raise self._broken(error) from error

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the file."""
        if self.connection is not None:
            self.connection.close()

    def known(self, keys: Iterable[str]) -> dict[str, ScenarioOutcome]:
        """Return the outcomes that are kept under some keys."""
        if self.connection is None:
            return {}
        wanted = set(keys)
        try:
            rows = self.connection.execute("SELECT key, content FROM outcomes").fetchall()
            return {key: ScenarioOutcome.of(json.loads(content)) for key, content in rows if key in wanted}
        except (sqlite3.Error, ValueError, KeyError, TypeError) as error:
            raise self._broken(error) from error

    def keep(self, outcomes: Mapping[str, ScenarioOutcome]) -> None:
        """Write outcomes; a scenario that was stopped or failed is tried again the next time."""
        if self.connection is None:
            return
        rows = [
            (key, json.dumps(each.plain(), ensure_ascii=False))
            for key, each in outcomes.items()
            if each.status not in {"error", "unknown"}
        ]
        try:
            with self.connection:
                self.connection.executemany("INSERT OR REPLACE INTO outcomes VALUES (?, ?)", rows)
        except sqlite3.Error as error:
            raise self._broken(error) from error

    def _broken(self, error: Exception) -> StoreError:
        return StoreError(
            f"{self.path}: the results kept from earlier runs cannot be used ({error}); "
            "delete the file, and they are solved again, or use --no-store"
        )


def store_beside(study: Path) -> Path:
    """Return the file of results of a study."""
    return study.with_name(f"{study.stem}.results.sqlite")
