"""Fits a YAML file into its shape, every misfit at its place."""

from pathlib import Path
from typing import TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from scheduler.files.faults import Fault, Ledger, comma_list
from scheduler.files.shapes import Shape
from scheduler.files.wording import fault_words
from scheduler.files.yamltext import Document, Path_, read_yaml

ShapeType = TypeVar("ShapeType", bound=Shape)


def read_shape(
    path: Path, name: str, kind: type[ShapeType], ledger: Ledger
) -> tuple[ShapeType | None, Document | None]:
    """Return the file in its shape, and the document for the places of its values; None where that failed."""
    document = read_yaml(path, name, ledger)
    return (None, None) if document is None else (fitted(document, (), kind, ledger), document)


def fitted(document: Document, at: Path_, kind: type[ShapeType], ledger: Ledger) -> ShapeType | None:
    """Return what stands at a path of a document in its shape; None where it does not fit."""
    try:
        return kind.model_validate(document.value(at))
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            ledger.add(_fault(document, at, kind, detail, ledger))
        return None


def _fault(document: Document, at: Path_, kind: type[Shape], detail: ErrorDetails, ledger: Ledger) -> Fault:
    path = _path_in(document, (*at, *detail["loc"]))
    name = str(path[-1]) if path else ""
    if detail["type"] == "missing":
        missing = detail["loc"][-1]
        return document.fault(*path, message=f"the key {missing!r} is missing")
    if detail["type"] == "extra_forbidden":
        keys = _keys(kind, detail["loc"][:-1])
        near = ledger.near(name, keys)
        message = "no key of this name"
        return document.fault(*path, message=message, read=name, allowed=comma_list(keys, 20), near=near, key=True)
    message, allowed, near = fault_words(detail, ledger)
    where = ".".join(str(step + 1) if isinstance(step, int) else step for step in path)
    read = _shown(detail["input"])
    return document.fault(*path, message=f"{where}: {message}", read=read, allowed=allowed, near=near)


def _shown(value: object) -> str:
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    return str(value)


def _path_in(document: Document, loc: Path_) -> Path_:
    """Return the part of a location that stands in the file: names of union branches are left out."""
    path: Path_ = ()
    for step in loc:
        if (*path, step) in document.values:
            path = (*path, step)
    return path


def _keys(kind: type[BaseModel], loc: Path_) -> list[str]:
    """Return the keys that may stand in the mapping at a location."""
    for step in loc:
        fields = {field.alias or name: field for name, field in kind.model_fields.items()}
        if isinstance(step, str) and step in fields:
            kind = _shape_in(fields[step].annotation) or kind
    return [field.alias or name for name, field in kind.model_fields.items()]


def _shape_in(annotation: object) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    found = (_shape_in(part) for part in get_args(annotation))
    return next((shape for shape in found if shape is not None), None)
