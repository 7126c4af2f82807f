"""Reads `imports.yaml`, joins it with a map of the same form, and adds entries to it without touching its comments."""

import io
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from scheduler.files.faults import Fault, Ledger, comma_list
from scheduler.files.import_shapes import ImportsShape, ScoreShape
from scheduler.files.shaped import read_shape
from scheduler.files.yamltext import Document

PEOPLE = ("calendar", "people")
GROUPS = (("eventbrite", "events"), ("canvas", "sections"), ("canvas", "assignments"), ("moodle", "courses"),
          ("moodle", "activities"), ("moodle", "options"), ("zoom", "meetings"), PEOPLE)  # fmt: skip
Known = frozenset[str] | None
"""Ids that exist; None where that could not be read, and then nothing is claimed."""


def read_maps(path: Path, name: str, ledger: Ledger, *, things: Known, people: Known) -> ImportsShape | None:
    """Return a map, each name in it that nothing has noted; `things` = offerings and components; None if it does not fit."""
    shape, document = read_shape(path, name, ImportsShape, ledger)
    if shape is None or document is None:
        return None
    for fault in _dangling(shape, document, things, people):
        ledger.add(fault)
    return shape


def _dangling(shape: ImportsShape, document: Document, things: Known, people: Known) -> Iterator[Fault]:
    for kind, group in GROUPS:
        part = getattr(shape, kind)
        known, what = (people, "learner or trainer") if (kind, group) == PEOPLE else (things, "offering or component")
        if part is None or known is None:
            continue
        for label, target in (getattr(part, group) or {}).items():
            name = target.to if isinstance(target, ScoreShape) else target
            if name is not None and name not in known:
                near = Ledger().near(name, known)
                message, allowed = f"no {what} of this id", comma_list(sorted(known), 8)
                yield document.fault(kind, group, label, message=message, read=name, allowed=allowed, near=near)


def merged_maps(first: ImportsShape | None, second: ImportsShape | None) -> ImportsShape:
    """Return two maps as one; where both say something, the second holds."""
    found: dict[str, Any] = {"format": 1}
    for each in (first, second):
        _put(found, each.model_dump(exclude_unset=True) if each is not None else {})
    return ImportsShape.model_validate(found)


def with_entries(text: str, added: ImportsShape) -> str:
    """Return the text of a map with the entries of another in it; its comments and its order stay."""
    yaml = YAML()
    yaml.preserve_quotes = True
    content = yaml.load(text) if text.strip() else {}
    before = yaml_text(yaml, content)
    _put(content, added.model_dump(exclude_unset=True))
    after = yaml_text(yaml, content)
    return text if before == after else after


def yaml_text(yaml: YAML, content: object) -> str:
    """Return content as YAML text."""
    out = io.StringIO()
    yaml.dump(content, out)
    return out.getvalue()


def _put(into: Any, added: Mapping[str, Any]) -> None:  # noqa: ANN401 - a mapping of the library keeps comments
    for key, value in added.items():
        if isinstance(value, Mapping) and isinstance(into.get(key), Mapping):
            _put(into[key], value)
        else:
            into[key] = value
