"""Tells whether a file is a workbook before anything in it is unpacked, and if not, what it seems to be."""

import stat
import zipfile
from collections.abc import Sequence
from pathlib import Path

from scheduler.files.faults import Fault
from scheduler.files.text import MEGABYTE, TABLE_BYTES

BOOK = ".xlsx"
"""How a workbook's name ends."""

MOST_MEMBERS = 2_000
MOST_UNPACKED = 400 * MEGABYTE
MOST_OF_ONE = {"xl/sharedStrings.xml": 128 * MEGABYTE, "xl/styles.xml": 8 * MEGABYTE, "xl/workbook.xml": MEGABYTE}
"""What of a workbook is read as a whole is kept smaller than the sheets, which are read row by row."""

MOST_OF_OTHERS = 8 * MEGABYTE
ALLOWED = "a workbook saved as .xlsx"
_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PASSWORD = "EncryptedPackage".encode("utf-16-le")
_INSIDE = (
    ("xl/workbook.bin", "an Excel workbook of the binary kind (.xlsb)"),
    ("word/", "a Word document"),
    ("ppt/", "a PowerPoint presentation"),
    ("META-INF/MANIFEST.MF", "a Java archive"),
)
_OPEN_DOCUMENT = b"application/vnd.oasis.opendocument."


def enclosing(path: Path) -> Path | None:
    """Return the file into which a path leads as if it were a folder, or None."""
    try:
        return next((parent for parent in path.parents if parent.is_file()), None)
    except (OSError, ValueError):
        return None


def looks_like_a_book(path: Path) -> bool:
    """Say whether a file may be meant as a workbook: by its name, or because it begins as one does."""
    if path.suffix.lower() in {BOOK, ".xlsm"}:
        return True
    try:
        with path.open("rb") as stream:
            return stream.read(len(_OLE)).startswith((_ZIP, _OLE))
    except (OSError, ValueError):
        return False


def refusal_of(path: Path) -> Fault | None:
    """Return why a file is not opened as a workbook, or None; only the list of what it holds has been read."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            return _fault(path, "this is no plain file")
        if status.st_size > TABLE_BYTES:
            return _fault(path, f"too large: {status.st_size:,} bytes", f"at most {TABLE_BYTES:,} bytes")
        with path.open("rb") as stream:
            start = stream.read(len(_OLE))
        if not start.startswith(_ZIP):
            return _fault(path, _other_kind(path, start))
        with zipfile.ZipFile(path) as archive:
            return _archive(path, archive)
    except zipfile.BadZipFile:
        return _fault(path, "damaged: the file ends before it should, or parts of it are overwritten")
    except (OSError, ValueError, NotImplementedError) as error:
        return _fault(path, f"cannot be read: {getattr(error, 'strerror', None) or error}")


def _archive(path: Path, archive: zipfile.ZipFile) -> Fault | None:
    members = archive.infolist()
    if len(members) > MOST_MEMBERS:
        return _fault(path, f"holds {len(members):,} parts, which no workbook does")
    too_large = _too_large(members)
    if too_large is not None:
        return _fault(path, too_large)
    names = {member.filename for member in members}
    if any(member.flag_bits & 1 for member in members):
        return _fault(path, "parts of it are locked with a password; save it without one")
    if "xl/workbook.xml" in names:
        return None
    kind = next((words for start, words in _INSIDE if any(name.startswith(start) for name in names)), None)
    if kind is None and "mimetype" in names:
        with archive.open("mimetype") as stream:
            mark = stream.read(100)
        kind = "a LibreOffice (OpenDocument) file" if mark.startswith(_OPEN_DOCUMENT) else None
    return _fault(path, f"this is {kind or 'a zip archive'}, not a workbook")


def _too_large(members: Sequence[zipfile.ZipInfo]) -> str | None:
    """Say why what a file holds is not unpacked: reading stops at the size that is stated, so that a lie helps nobody."""
    whole = sum(member.file_size for member in members)
    if whole > MOST_UNPACKED:
        packed = sum(member.compress_size for member in members)
        return f"{packed:,} bytes that unpack to {whole:,} (a zip bomb?); at most {MOST_UNPACKED:,} are unpacked"
    for member in members:
        in_rows = member.filename.startswith("xl/worksheets/")
        most = MOST_UNPACKED if in_rows else MOST_OF_ONE.get(member.filename, MOST_OF_OTHERS)
        if member.file_size > most and (member.filename.endswith((".xml", ".rels"))):
            return f"its part {member.filename} unpacks to {member.file_size:,} bytes; at most {most:,} are read"
    return None


def _other_kind(path: Path, start: bytes) -> str:
    if start.startswith(_OLE):
        with path.open("rb") as stream:
            locked = _PASSWORD in stream.read(2 * MEGABYTE)
        return (
            "a workbook that is locked with a password; save it without one"
            if locked
            else "an old Excel workbook (.xls), or another old Office file; save it as .xlsx"
        )
    return "empty" if not start else "this is a file, not a folder, and not a workbook"


def _fault(path: Path, message: str, allowed: str = ALLOWED) -> Fault:
    return Fault(file=str(path), message=message, allowed=allowed)
