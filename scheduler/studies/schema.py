"""The JSON Schemas of a study file and of a file of changes, made from the shapes that read them and from every change."""

import json
from typing import Any

from scheduler.files.schemas import DIALECT
from scheduler.files.shapes import Shape
from scheduler.studies.changes import CHANGES
from scheduler.studies.shapes import ChangesShape, StudyShape, change_shape


def study_schemas() -> dict[str, str]:
    """Return the text of each schema by its file name."""
    return {"study.schema.json": _schema(StudyShape), "changes.schema.json": _schema(ChangesShape)}


def _schema(shape: type[Shape]) -> str:
    schema: dict[str, Any] = {"$schema": DIALECT, **shape.model_json_schema(by_alias=True)}
    changes = {name: change_shape(name).model_json_schema(by_alias=True) for name in CHANGES}
    schema["$defs"] = {**schema.get("$defs", {}), "Change": {"anyOf": list(changes.values())}}
    text = json.dumps(schema, indent=2, ensure_ascii=False)
    return text.replace('"$comment": "Change"', '"$ref": "#/$defs/Change"') + "\n"
