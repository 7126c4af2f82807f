"""Reads one YAML 1.2 mapping as plain values, each with its line and column; refuses what a form needs not."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    NodeEvent,
)
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from scheduler.files.faults import Fault, Ledger
from scheduler.files.text import YAML_BYTES, read_text

DEEPEST = 20
Path_ = tuple[str | int, ...]
Place = tuple[int, int]
Plain = str | int | bool | None | list["Plain"] | dict[str, "Plain"]
_WHOLE = re.compile(r"-?(0|[1-9][0-9]{0,11})")
_TAG = "tag:yaml.org,2002:"


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


def _document(text: str, name: str) -> Document:
    for number, row in enumerate(text.splitlines(), start=1):
        if row.startswith("%"):
            raise RefusedError("YAML directives (%…) are not used here", number, 1)
    _check_events(YAML(typ="safe", pure=True).parse(text))
    node = YAML(typ="safe", pure=True).compose(text)
    if not isinstance(node, MappingNode):
        line, column = (node.start_mark.line + 1, node.start_mark.column + 1) if node else (1, 1)
        found = "empty" if node is None else "no mapping"
        raise RefusedError(f"{found}: the file must hold keys with values, like `format: 1`", line, column)
    document = Document(name, {})
    content = _plain(node, (), document)
    if isinstance(content, dict):
        document.content.update(content)
    return document


def _check_events(events: Iterator[Event]) -> None:
    depth = documents = 0
    for event in events:
        documents += isinstance(event, DocumentStartEvent)
        depth += int(isinstance(event, CollectionStartEvent)) - int(isinstance(event, CollectionEndEvent))
        message = _refusal(event, depth, documents)
        if message:
            raise RefusedError(message, event.start_mark.line + 1, event.start_mark.column + 1)


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


def _plain(node: Node, path: Path_, document: Document) -> Plain:
    document.values[path] = (node.start_mark.line + 1, node.start_mark.column + 1)
    if isinstance(node, MappingNode):
        return _plain_mapping(node, path, document)
    if isinstance(node, SequenceNode):
        return [_plain(entry, (*path, place), document) for place, entry in enumerate(node.value)]
    return _scalar(node)


def _plain_mapping(node: MappingNode, path: Path_, document: Document) -> dict[str, Plain]:
    content: dict[str, Plain] = {}
    for key_node, value_node in node.value:
        place = (key_node.start_mark.line + 1, key_node.start_mark.column + 1)
        if not isinstance(key_node, ScalarNode):
            raise RefusedError("a key must be a single word", *place)
        key = str(key_node.value)
        if key in content:
            first = document.keys[(*path, key)][0]
            raise RefusedError(f"the key {key!r} stands twice, first in line {first}", *place)
        document.keys[(*path, key)] = place
        content[key] = _plain(value_node, (*path, key), document)
    return content


def _scalar(node: Node) -> Plain:
    text = str(node.value)
    kind = str(node.tag).removeprefix(_TAG)
    if kind == "int" and _WHOLE.fullmatch(text):
        return int(text)
    if kind == "bool" and text in {"true", "false"}:
        return text == "true"
    # Days stay text here: the form's own reader says which are allowed.
    return None if kind == "null" else text
