"""Opens an instance folder and applies what the options ask to be different."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from models.changes.people import freed
from models.programme.edition import Edition
from models.programme.instance import Instance
from scheduler.commands.delivery import tell
from scheduler.commands.names import refuse_unknown

if TYPE_CHECKING:
    from scheduler.files.faults import Fault

MOST_WARNINGS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is asked to differ from the folder; `edition` is for every learner."""

    as_of: date | None = None
    edition: str | None = None
    tentative: bool = False
    free: bool = False


def opened(folder: Path, *, quiet: bool = False, as_of: date | None = None) -> Instance:
    """Return the instance of a folder, its warnings on stderr; raise BadInstanceError with all faults.

    With `as_of` the records are read as they are known on that day, and it is the instance's planning day.
    """
    from scheduler.files.folder import load

    loaded = load(folder, as_of)
    if not quiet:
        tell_warnings(loaded.warnings, folder, as_of)
    return loaded.instance


def tell_warnings(warnings: "Sequence[Fault]", folder: Path, as_of: date | None = None) -> None:
    """Write the first warnings of a folder to stderr, and how to see the others."""
    for warning in warnings[:MOST_WARNINGS]:
        tell(f"warning: {warning}")
    more = len(warnings) - MOST_WARNINGS
    if more > 0:
        day = f" --as-of {as_of}" if as_of else ""
        tell(f"and {more} more warnings, all told by: scheduler validate {folder}{day}")


def asked(folder: Path, wanted: Wanted, *, quiet: bool = False) -> Instance:
    """Return the instance of a folder as the options want it, its records read as they are known on the day asked about."""
    return as_wanted(opened(folder, quiet=quiet, as_of=wanted.as_of), wanted, folder)


def as_wanted(instance: Instance, wanted: Wanted, folder: Path) -> Instance:
    """Return the instance as the options want it; raise click.BadParameter for an unknown edition."""
    if wanted.edition is not None:
        instance = _under(instance, wanted.edition, folder)
    read = replace(instance, as_of=wanted.as_of or instance.as_of, tentative=wanted.tentative)
    return freed(read) if wanted.free else read


def with_named_edition(instance: Instance, name: str, folder: Path) -> Instance:
    """Return the instance with an edition among its editions; raise click.BadParameter if there is none of that id."""
    if name in instance.editions:
        return instance
    return replace(instance, editions=dict(sorted({**instance.editions, name: read_named(name, folder)}.items())))


def read_named(name: str, folder: Path | None = None) -> Edition:
    """Return an edition that comes with the program or stands beside an instance; raise click.BadParameter if none does."""
    from scheduler.files.editions import edition_paths, load_edition

    refuse_unknown("edition", [name], edition_paths(folder))
    return load_edition(name, folder)


def _under(instance: Instance, edition: str, folder: Path) -> Instance:
    """Return the instance with every learner under one edition."""
    instance = with_named_edition(instance, edition, folder)
    learners = tuple(replace(learner, edition=edition) for learner in instance.learners)
    return replace(instance, edition=edition, learners=learners)


def refuse_past(by: date | None, instance: Instance) -> None:
    """Raise click.BadParameter for a `--by` that is not after the planning day."""
    if by is not None and by <= instance.as_of:
        raise click.BadParameter(f"{by} is not after the planning day {instance.as_of}", param_hint="'--by'")
