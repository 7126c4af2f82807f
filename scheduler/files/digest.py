"""The digest of an instance: equal data gives an equal digest, however its files are written."""

import dataclasses
import hashlib
import json
from datetime import date

from models.programme.instance import Instance

NOT_DATA = {"digest", "tentative", "free", "repeats"}


def digest_of(instance: Instance) -> str:
    """Return `sha256:` and the hash of everything the instance says; the flags of one question are left out."""
    content = {field.name: getattr(instance, field.name) for field in dataclasses.fields(instance)}
    kept = {name: value for name, value in content.items() if name not in NOT_DATA}
    text = json.dumps(kept, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=_plain)
    return f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    if dataclasses.is_dataclass(value):
        return {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
    raise TypeError(f"no canonical form for {type(value).__name__}")
