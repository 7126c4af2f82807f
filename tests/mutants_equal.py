"""Changes that were looked at and say the same as what they change, each with the reason."""

import tomllib
from functools import cache
from pathlib import Path


@cache
def _judged() -> dict[str, dict[str, list[str]]]:
    text = Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
    judged: dict[str, dict[str, list[str]]] = tomllib.loads(text)
    return judged


def judged_equal(module: str) -> dict[str, str]:
    """Return the changes of a module that are judged to say the same, with the reason."""
    return {words: reason for reason, listed in _judged().get(module, {}).items() for words in listed}
