"""The digest of an instance: equal data gives an equal digest, however its files are written."""

import dataclasses
import hashlib
import json
from datetime import date
from typing import Any

from models.programme.instance import Instance

NOT_DATA = {"digest", "tentative"}


def digest_of(instance: Instance) -> str:
    """Return `sha256:` and the hash of everything the instance says; the flags of one question are left out."""
    kept = {name: value for name, value in _stated(instance).items() if name not in NOT_DATA}
    text = json.dumps(kept, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=_plain)
    return f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"


def _stated(noun: Any) -> dict[str, Any]:  # noqa: ANN401 - any noun
    """Return the values of a noun by name, without those of the format's second step that it leaves out."""
    fields = (field for field in dataclasses.fields(noun) if not field.metadata.get("supposed"))
    values = ((field, getattr(noun, field.name)) for field in fields)
    return {each.name: value for each, value in values if not each.metadata.get("added") or value != each.default}


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    if dataclasses.is_dataclass(value):
        return _stated(value)
    raise TypeError(f"no canonical form for {type(value).__name__}")
