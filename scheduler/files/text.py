"""Reads a file as UTF-8 text, or says in one sentence why that cannot be done."""

import stat
from pathlib import Path
from typing import TYPE_CHECKING

from scheduler.files.faults import Fault, Ledger

if TYPE_CHECKING:
    from scheduler.files.book import Book

MEGABYTE = 1_000_000
TABLE_BYTES = 64 * MEGABYTE
YAML_BYTES = MEGABYTE // 4
UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
BYTE_ORDER_MARK = "\ufeff"
"""Stands before a text, so that Excel reads it as UTF-8."""

UTF8_MARK = BYTE_ORDER_MARK.encode("utf-8")
BYTES_LOOKED_AT = 400
OTHER_KINDS = (
    ((b"pk\x03\x04",), "a workbook (.xlsx) or another archive"),
    ((b"\xd0\xcf\x11\xe0",), "an old workbook (.xls)"),
    ((b"<html", b"<!doctype html", b"<table"), "a web page"),
)
"""What other files begin with, in small letters."""

LONGEST_MARK = 16


def read_text(path: Path, name: str, ledger: Ledger, limit: int) -> str | None:
    """Return the text of a file of at most `limit` bytes, without byte-order mark; None after noting a fault."""
    content = _read_bytes(path, name, ledger, limit)
    if content is None:
        return None
    disguised = next(
        (kind for marks, kind in OTHER_KINDS if content.lstrip()[:LONGEST_MARK].lower().startswith(marks)), None
    )
    if disguised is not None:
        ledger.add(_at(name, content, 0, f"this is {disguised}, whatever its name is; save the table as CSV UTF-8"))
        return None
    if _looks_like_utf16(content):
        ledger.add(_at(name, content, 0, "not UTF-8: looks like UTF-16; save the file as CSV UTF-8 (or plain UTF-8)"))
        return None
    try:
        text = content.removeprefix(UTF8_MARK).decode("utf-8")
    except UnicodeDecodeError as error:
        ledger.add(_not_utf8(name, content.removeprefix(UTF8_MARK), error))
        return None
    if "\0" in text:
        ledger.add(_at(name, content, content.index(b"\0"), "a NUL byte: this is no text file; save it as UTF-8 text"))
        return None
    return text


def _read_bytes(path: Path, name: str, ledger: Ledger, limit: int) -> bytes | None:
    from scheduler.files.book import inside

    try:
        found = inside(path)
        if found is not None:
            return _in_a_book(*found, name, ledger, limit)
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            what = "a folder" if stat.S_ISDIR(status.st_mode) else "no plain file"
            ledger.add(Fault(file=name, message=f"this is {what}; a file is needed here"))
            return None
        if status.st_size > limit:
            ledger.add(
                Fault(file=name, message=f"too large: {status.st_size:,} bytes", allowed=f"at most {limit:,} bytes")
            )
            return None
        return path.read_bytes()
    except FileNotFoundError:
        ledger.add(Fault(file=name, message="there is no such file"))
    except (OSError, ValueError) as error:
        ledger.add(Fault(file=name, message=f"cannot be read: {getattr(error, 'strerror', None) or error}"))
    return None


def _in_a_book(book: "Book", inner: str, name: str, ledger: Ledger, limit: int) -> bytes | None:
    """Return the lines of a file that the settings of a workbook hold."""
    content = book.texts.get(inner, "").encode("utf-8")
    if not book.texts:
        pass  # the workbook says so itself
    elif inner not in book.texts:
        ledger.add(Fault(file=name, message="the sheet `settings` holds no line of this file"))
    elif len(content) > limit:
        ledger.add(Fault(file=name, message=f"too large: {len(content):,} bytes", allowed=f"at most {limit:,} bytes"))
    else:
        return content
    return None


def _looks_like_utf16(content: bytes) -> bool:
    if content.startswith(UTF16_MARKS):
        return True
    head = content[:BYTES_LOOKED_AT]
    # ASCII written as UTF-16 has a zero in every second byte.
    return len(head) > 1 and 0 in head and max(head[0::2].count(0), head[1::2].count(0)) * 3 > len(head)


def unreadable_line(content: bytes, place: int) -> tuple[int, str]:
    """Return the number of the line that a byte stands in, and its words as Latin-1 has them."""
    begin, end = content.rfind(b"\n", 0, place) + 1, content.find(b"\n", place)
    words = content[begin : len(content) if end < 0 else end].decode("latin-1").strip()
    return content.count(b"\n", 0, place) + 1, words


def _not_utf8(name: str, content: bytes, error: UnicodeDecodeError) -> Fault:
    _, words = unreadable_line(content, error.start)
    message = f"not UTF-8 (byte {content[error.start]:#04x}): looks like Latin-1 or Windows-1252; save as CSV UTF-8"
    return _at(name, content, error.start, message, words)


def _at(name: str, content: bytes, place: int, message: str, read: str | None = None) -> Fault:
    return Fault(file=name, line=content.count(b"\n", 0, place) + 1, column=1, message=message, read=read)
