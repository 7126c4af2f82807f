"""Finds and reads edition files."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from models.programme.edition import Edition
from scheduler.files.book import names_in
from scheduler.files.edition_checks import check_edition
from scheduler.files.edition_from import edition_from
from scheduler.files.faults import BadInstanceError, Fault, Ledger, comma_list, nearest
from scheduler.files.shaped import read_shape
from scheduler.files.shapes import EditionShape
from scheduler.files.yamltext import Document

PACKAGE = Path(__file__).resolve().parent.parent
SHIPPED = (PACKAGE.parent / "instances" / "editions", PACKAGE / "editions")
_ID = re.compile(r"\w[\w.-]*")


@dataclass(frozen=True, slots=True)
class ReadEdition:
    """An edition with the document it stands in; `edition` is None where the file has faults."""

    edition: Edition | None
    document: Document | None


def edition_paths(folder: Path | None = None) -> dict[str, Path]:
    """Return every edition that can be named by its id; those beside an instance (`folder`/editions) come first."""
    places = [*(() if folder is None else (folder,)), *(shipped.parent for shipped in SHIPPED)]
    found: dict[str, Path] = {}
    for place in places:
        for path in names_in(place, "editions"):
            found.setdefault(path.stem, path)
    return dict(sorted(found.items()))


def load_edition(edition_id: str, folder: Path | None = None) -> Edition:
    """Return an edition that is shipped, or stands beside an instance.

    Raise BadInstanceError if there is none of that id, or its file has faults.
    """
    ledger = Ledger()
    paths = edition_paths(folder)
    if edition_id not in paths:
        raise BadInstanceError([unknown_edition("editions", edition_id, paths)])
    read = read_edition(paths[edition_id], paths[edition_id].as_posix(), ledger, must_be=edition_id)
    ledger.refuse()
    if read.edition is None:  # pragma: no cover - a file without faults gives an edition
        raise BadInstanceError([Fault(file=edition_id, message="cannot be read")])
    return read.edition


def known_editions(own: Mapping[str, Edition], folder: Path | None = None) -> list[Edition]:
    """Return every edition that can be named, by id: an instance's `own` before those of its folder and those that are shipped.

    Raise BadInstanceError with the faults of a file.
    """
    known = {name: load_edition(name, folder) for name in edition_paths(folder)} | dict(own)
    return [known[name] for name in sorted(known)]


def unknown_edition(file: str, edition_id: str, known: Iterable[str]) -> Fault:
    """Return the fault of an edition id that no file stands for."""
    names = sorted(known)
    near = nearest(edition_id, names)
    return Fault(file=file, message="no edition of this id", read=edition_id, allowed=comma_list(names), near=near)


def is_edition_id(text: str) -> bool:
    """Say whether a text can be the id of an edition, and so cannot lead out of the folder of editions."""
    return _ID.fullmatch(text) is not None


def read_edition(path: Path, name: str, ledger: Ledger, *, must_be: str | None = None) -> ReadEdition:
    """Read one edition file; `must_be` is the id that its file name promises."""
    faults = len(ledger.faults) + ledger.more
    shape, document = read_shape(path, name, EditionShape, ledger)
    if shape is None or document is None:
        return ReadEdition(None, document)
    if must_be is not None and shape.id != must_be:
        message = "the id differs from the file's name"
        ledger.add(document.fault("id", message=message, read=shape.id, allowed=must_be))
    edition = edition_from(shape)
    check_edition(edition, document, ledger)
    return ReadEdition(edition if len(ledger.faults) + ledger.more == faults else None, document)
