"""Reads one YAML 1.2 mapping as plain values, each with its line and column; refuses what a form needs not."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
)

from scheduler.files.faults import Fault, Ledger
from scheduler.files.text import YAML_BYTES, read_text

DEEPEST = 20
Path_ = tuple[str | int, ...]
Place = tuple[int, int]
Plain = str | int | bool | None | list["Plain"] | dict[str, "Plain"]
_WHOLE = re.compile(r"-?(0|[1-9][0-9]{0,11})")
_NOTHING = ("", "~", "null", "Null", "NULL")


@dataclass(frozen=True, slots=True)
class Document:
    """A mapping as read. `keys` and `values` hold the line and column of each key and each value by its path."""

    file: str
    content: dict[str, Plain]
    keys: dict[Path_, Place] = field(default_factory=dict)
    values: dict[Path_, Place] = field(default_factory=dict)

    def at(self, *path: str | int, key: bool = False) -> Place:
        """Return the line and column of the value (or key) at a path, or of the nearest thing around it."""
        if key and path in self.keys:
            return self.keys[path]
        while path and path not in self.values:
            path = path[:-1]
        return self.values.get(path, (1, 1))

    def value(self, path: Path_) -> Plain:
        """Return what stands at a path of this document."""
        found: Plain = self.content
        for step in path:
            found = found[step]  # type: ignore[index] # a path of `values` always leads on
        return found

    def fault(
        self,
        *path: str | int,
        message: str,
        read: str | None = None,
        allowed: str | None = None,
        near: str | None = None,
        key: bool = False,
    ) -> Fault:
        """Return a fault at the value (or key) at a path."""
        line, column = self.at(*path, key=key)
        return Fault(file=self.file, line=line, column=column, message=message, read=read, allowed=allowed, near=near)


class RefusedError(Exception):
    """A construct that is not used in these files, with its place."""

    def __init__(self, message: str, line: int, column: int) -> None:
        super().__init__(message)
        self.line = line
        self.column = column


def read_yaml(path: Path, name: str, ledger: Ledger) -> Document | None:
    """Return the file's mapping; None after noting the fault that makes it unreadable."""
    text = read_text(path, name, ledger, YAML_BYTES)
    if text is None:
        return None
    try:
        return _document(text, name)
    except RefusedError as error:
        ledger.add(Fault(file=name, line=error.line, column=error.column, message=str(error)))
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        ledger.add(Fault(file=name, line=line, column=column, message=f"not YAML: {_words(error)}"))
    except Exception as error:  # noqa: BLE001 - whatever the library trips over, the file is at fault, never a traceback
        words = " ".join(str(error).split())[:200]
        ledger.add(Fault(file=name, line=1, column=1, message=f"not YAML: {words or type(error).__name__}"))
    return None


def _words(error: MarkedYAMLError) -> str:
    problem = error.problem or "it cannot be understood"
    return f"{problem} (indent with spaces, not tabs)" if "\\t" in problem else problem


@lru_cache(maxsize=16)
def _document(text: str, name: str) -> Document:
    """Return the mapping of a text. It is kept and shared: folders name the same editions again, and nothing changes one."""
    for number, row in enumerate(text.splitlines(), start=1):
        if row.startswith("%"):
            raise RefusedError("YAML directives (%…) are not used here", number, 1)
    events = iter(_checked(YAML(typ="safe", pure=True).parse(text)))
    root = next((event for event in events if isinstance(event, NodeEvent)), None)
    if not isinstance(root, MappingStartEvent):
        line, column = _place(root) if root else (1, 1)
        found = "empty" if root is None else "no mapping"
        raise RefusedError(f"{found}: the file must hold keys with values, like `format: 1`", line, column)
    document = Document(name, {})
    document.values[()] = _place(root)
    document.content.update(_mapping(events, (), document))
    return document


def _checked(events: Iterator[Event]) -> list[Event]:
    """Return the events of a text; raise RefusedError at the first that is not used in these files."""
    found: list[Event] = []
    depth = documents = 0
    for event in events:
        documents += isinstance(event, DocumentStartEvent)
        depth += int(isinstance(event, CollectionStartEvent)) - int(isinstance(event, CollectionEndEvent))
        message = _refusal(event, depth, documents)
        if message:
            raise RefusedError(message, *_place(event))
        found.append(event)
    return found


def _refusal(event: Event, depth: int, documents: int) -> str | None:
    if documents > 1:
        return "a second document (---) in one file: write one file each"
    if depth > DEEPEST:
        return f"nested deeper than {DEEPEST} levels"
    if isinstance(event, AliasEvent) or (isinstance(event, NodeEvent) and event.anchor):
        return "anchors and aliases (& and *) are not used here: write the value out (or put quotes around the text)"
    # Plain "!" means "this is text" and does no harm, any other tag asks for something that is not there.
    tag = getattr(event, "tag", None)
    return "tags (!…) are not used here: write the plain value" if tag not in {None, "!"} else None


def _place(event: Event) -> Place:
    return event.start_mark.line + 1, event.start_mark.column + 1


def _plain(event: Event, events: Iterator[Event], path: Path_, document: Document) -> Plain:
    """Return the value that begins with an event; what follows of it is taken from the events."""
    document.values[path] = _place(event)
    if isinstance(event, MappingStartEvent):
        return _mapping(events, path, document)
    if isinstance(event, ScalarEvent):
        return _scalar(event)
    entries: list[Plain] = []
    for entry in events:
        if isinstance(entry, CollectionEndEvent):
            break
        entries.append(_plain(entry, events, (*path, len(entries)), document))
    return entries


def _mapping(events: Iterator[Event], path: Path_, document: Document) -> dict[str, Plain]:
    content: dict[str, Plain] = {}
    for event in events:
        if isinstance(event, CollectionEndEvent):
            break
        if not isinstance(event, ScalarEvent):
            raise RefusedError("a key must be a single word", *_place(event))
        key = str(event.value)
        if key in content:
            first = document.keys[(*path, key)][0]
            raise RefusedError(f"the key {key!r} stands twice, first in line {first}", *_place(event))
        document.keys[(*path, key)] = _place(event)
        content[key] = _plain(next(events), events, (*path, key), document)
    return content


def _scalar(event: ScalarEvent) -> Plain:
    """Return a scalar as YAML 1.2 reads it, but days as text: the form's own reader says which are allowed."""
    text = str(event.value)
    if not event.implicit[0]:
        return text
    if _WHOLE.fullmatch(text):
        return int(text)
    if text in {"true", "false"}:
        return text == "true"
    return None if text in _NOTHING else text
