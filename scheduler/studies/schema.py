"""The JSON Schema of a study file, made from the shape that reads it and from the parameters of every change."""

import json
from typing import Any

from scheduler.files.schemas import DIALECT
from scheduler.studies.changes import CHANGES
from scheduler.studies.shapes import StudyShape, change_shape


def study_schemas() -> dict[str, str]:
    """Return the text of the schema by its file name."""
    schema: dict[str, Any] = {"$schema": DIALECT, **StudyShape.model_json_schema(by_alias=True)}
    changes = {name: change_shape(name).model_json_schema(by_alias=True) for name in CHANGES}
    schema["$defs"] = {**schema.get("$defs", {}), "Change": {"anyOf": list(changes.values())}}
    text = json.dumps(schema, indent=2, ensure_ascii=False)
    return {"study.schema.json": text.replace('"$comment": "Change"', '"$ref": "#/$defs/Change"') + "\n"}
