"""The editions that an instance uses, and what its folder says about itself."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from models.programme.edition import Component, Edition
from scheduler.files.book import inside, is_book
from scheduler.files.editions import ReadEdition, edition_paths, is_edition_id, read_edition, unknown_edition
from scheduler.files.faults import Fault, Ledger, comma_list
from scheduler.files.settings import FolderSettings
from scheduler.files.tables import Tables


@dataclass(frozen=True, kw_only=True)
class UsedEditions:
    """`editions` by id, those that could be read; `complete` = none is missing; `default` = the instance's own."""

    editions: Mapping[str, Edition]
    default: str
    complete: bool

    def components(self, code: str) -> list[Component]:
        """Return a component as each edition has it: the default edition's first, then by edition id."""
        order = sorted(self.editions.values(), key=lambda edition: (edition.id != self.default, edition.id))
        return [edition.component[code] for edition in order if code in edition.component]

    @property
    def codes(self) -> frozenset[str] | None:
        """Every component code of any edition; None where an edition could not be read."""
        known = frozenset(code for edition in self.editions.values() for code in edition.component)
        return known if self.complete else None


def read_programme(folder: Path, settings: FolderSettings, tables: Tables, ledger: Ledger) -> UsedEditions:
    """Read the instance's edition and those that learners name; faults stand where the edition is named."""
    for fault in _leading_nowhere(folder / "editions"):
        ledger.add(fault)
    paths = edition_paths(folder)
    default, name = _default(folder, settings, paths, ledger)
    read = {settings.edition: default}
    known = {default.edition.id if default.edition else settings.edition}
    for line in (*tables.learners, *tables.arrivals):
        wanted = line.row.edition
        if wanted is None or wanted in known:
            continue
        known.add(wanted)
        if wanted in paths:
            read[wanted] = read_edition(paths[wanted], _shown(folder, paths[wanted]), ledger, must_be=wanted)
        elif default.edition is not None:
            near = ledger.near(wanted, [*paths, default.edition.id])
            ledger.add(line.fault("edition", "no edition of this id", allowed=comma_list(sorted(paths)), near=near))
    editions = {one.edition.id: one.edition for one in read.values() if one.edition is not None}
    return UsedEditions(
        editions=dict(sorted(editions.items())),
        default=default.edition.id if default.edition else name,
        complete=all(one.edition is not None for one in read.values()),
    )


def _leading_nowhere(place: Path) -> Iterator[Fault]:
    """Find what stands where editions are looked for and cannot hold any: a shipped edition would be taken instead."""
    if place.is_symlink() and not place.exists():
        message = "a link that leads nowhere; mend it, or delete it"
        yield Fault(file=place.name, message=message, read=str(place.readlink()))
    elif place.exists() and not place.is_dir():
        yield Fault(file=place.name, message="not a folder", allowed="a folder with edition files, or nothing")


def _default(
    folder: Path, settings: FolderSettings, paths: Mapping[str, Path], ledger: Ledger
) -> tuple[ReadEdition, str]:
    name = settings.edition
    if name in paths:
        return read_edition(paths[name], _shown(folder, paths[name]), ledger, must_be=name), name
    if not is_edition_id(name) or name.endswith((".yaml", ".yml")):
        path = Path(os.path.normpath(folder / name)) if is_book(folder) else folder / name
        try:
            found = inside(path)
            exists = path.is_file() if found is None else found[1] in found[0].texts
        except (OSError, ValueError):
            exists = False
        if exists:
            return read_edition(path, _shown(folder, path), ledger), name
        ledger.add(settings.document.fault("edition", message="there is no edition file at this path", read=name))
        return ReadEdition(None, None), name
    fault = unknown_edition(settings.document.file, name, paths)
    place = settings.document.fault("edition", message=fault.message, read=name, allowed=fault.allowed, near=fault.near)
    ledger.add(place)
    return ReadEdition(None, None), name


def _shown(folder: Path, path: Path) -> str:
    return path.relative_to(folder).as_posix() if path.is_relative_to(folder) else path.as_posix()
