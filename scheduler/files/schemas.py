"""JSON Schemas of the YAML files, made from the shapes that read them."""

import json
import re

from scheduler.files.import_shapes import ImportsShape
from scheduler.files.shapes import EditionShape, InstanceShape, Shape

SHAPES: dict[str, type[Shape]] = {
    "edition.schema.json": EditionShape,
    "imports.schema.json": ImportsShape,
    "instance.schema.json": InstanceShape,
}
DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schemas() -> dict[str, str]:
    """Return the text of each schema by its file name."""
    return {name: _schema(shape) for name, shape in SHAPES.items()}


def _schema(shape: type[Shape]) -> str:
    schema = {"$schema": DIALECT, **shape.model_json_schema(by_alias=True)}
    text = json.dumps(schema, indent=2, ensure_ascii=False)
    return _short_names(text) + "\n"


def _short_names(text: str) -> str:
    """Name the sourced values `Sourced1`, `Sourced2`, …: the library's own names spell out their types."""
    names = dict.fromkeys(re.findall(r'"#/\$defs/(Sourced[^"]+)"', text))
    for number, name in enumerate(names, start=1):
        text = text.replace(f'"#/$defs/{name}"', f'"#/$defs/Sourced{number}"').replace(
            f'"{name}": {{', f'"Sourced{number}": {{'
        )
    return re.sub(r'"title": "Sourced\[.*\]"', '"title": "Sourced"', text)
