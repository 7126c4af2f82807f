"""Writes an empty, commented instance to start from."""

import json
import shutil
from datetime import UTC, date, datetime
from pathlib import Path

from scheduler.files.exporting import refuse_book_name
from scheduler.files.rows import ROWS
from scheduler.files.writing import CannotWriteError, write_text

SETTINGS = """\
# An instance: the programme on one planning day. The tables beside this file hold its calendar and its people;
# fill offerings.csv first, delete the tables you do not need. Days are written 2025-04-01, times 2025-04-01 12:00.
format: 1

# A short name, and a title for reports.
id: {name}
title: {title}

# The rules that hold for every learner who names no others: the id of an edition that comes with the program,
# of a file ID.yaml in a folder `editions` beside this file, or a path relative to this file.
edition: rolling-2025

# The planning day: what was recorded up to it is known, what starts after it can be booked.
as_of: {as_of}

# The zone of every local time for which no other is named.
timezone: {zone}

# true as soon as any row is made up; it is then shown in every output.
synthetic: false

# Optional: when a repeat, or an offering of the year, may be held. Take the # away to use it.
# candidates:
#   first: {as_of}            # first and last day
#   last: {as_of}
#   weekdays: [tue, wed, thu]
#   starts: ["12:00", "16:00"]    # local times of day
#   notice_days: 21               # earliest lead for an announcement
#   holidays: US                  # country code; closures.csv adds other closed days
#   minutes: 90                   # length of a session
"""


def new_instance(
    folder: Path, *, as_of: date | None = None, title: str | None = None, zone: str = "America/New_York"
) -> None:
    """Write an empty instance into a new or empty folder; `as_of` defaults to today; raise CannotWriteError."""
    refuse_book_name(folder)
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise CannotWriteError(f"cannot write {folder}: it exists and is not an empty folder; name a new one")
        day = as_of or datetime.now(tz=UTC).astimezone().date()
        _write_whole(folder, day, title or title_of(folder), zone)
    except OSError as error:
        raise CannotWriteError(f"cannot write {folder}: {error.strerror}; nothing was changed") from error


def _write_whole(folder: Path, as_of: date, title: str, zone: str) -> None:
    """Fill a folder beside, then give it its name in one step."""
    target = folder.absolute()
    part = target.with_name(f".{target.name}.cohort-scheduler-part")
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir()
    try:
        name = name_of(target.name)
        words = json.dumps(title, ensure_ascii=False) if title != title_of(folder) else title
        write_text(part / "instance.yaml", SETTINGS.format(name=name, title=words, as_of=as_of, zone=zone))
        for table, row in ROWS.items():
            write_text(part / f"{table}.csv", ",".join(row.model_fields) + "\n")
        part.replace(target)
    finally:
        shutil.rmtree(part, ignore_errors=True)


def title_of(folder: Path) -> str:
    """Return the title of a programme that nobody named, after its folder."""
    return f"The programme {name_of(folder.absolute().name)}"


def name_of(text: str) -> str:
    """Return a folder's name as an id that YAML reads as text."""
    kept = "".join(letter if letter.isascii() and (letter.isalnum() or letter in "-_") else "-" for letter in text)
    name = kept.strip("-_")
    return name if name[:1].isalpha() and name not in {"true", "false", "null"} else f"instance-{name}".strip("-")
