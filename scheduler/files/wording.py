"""Turns what the validating library says into this project's words."""

import re

from pydantic_core import ErrorDetails

from scheduler.files.faults import Ledger

EXPECTED = {
    "string_type": ("not a text", "a text (put a number or true in quotes)"),
    "string_too_short": ("an empty text", "a text that says something"),
    "int_type": ("not a whole number", "a whole number, like 3"),
    "bool_type": ("neither true nor false", "true or false"),
    "list_type": ("not a list", "a list, like [CODE, PBK]"),
    "too_short": ("an empty list", "a list with at least one entry"),
    "dict_type": ("not a mapping", "keys with values, like {talk: 3}"),
    "model_type": ("not a mapping", "keys with values, like {id: core, count: 2}"),
    "model_attributes_type": ("not a mapping", "keys with values, like {id: core, count: 2}"),
}
BOUNDS = {"greater_than_equal": ("ge", "at least"), "less_than_equal": ("le", "at most")}


def fault_words(detail: ErrorDetails, ledger: Ledger) -> tuple[str, str | None, str | None]:
    """Return what is wrong, what is allowed, and the nearest right name."""
    kind, context = detail["type"], detail.get("ctx", {})
    if kind == "cell":
        near = context["meant"] or ledger.near(str(detail["input"]), context["names"])
        return context["message"], context["allowed"], near
    if kind == "literal_error":
        allowed = re.findall(r"'([^']*)'", context["expected"])
        near = ledger.near(str(detail["input"]), allowed)
        return "not one of the words for this", context["expected"].replace("'", ""), near
    if kind == "missing":
        return "must be stated", None, None
    if kind in BOUNDS:
        key, words = BOUNDS[kind]
        return "a number out of range", f"{words} {context[key]}", None
    message, expected = EXPECTED.get(kind, (detail["msg"], None))
    return message, expected, None
