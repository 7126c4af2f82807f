"""Names of files made from ids, safe on every system."""

import re


def safe(name: str) -> str:
    """Return an id as part of a file's name: letters, digits, `_` and `-` stay, anything else is written as `%2E`."""
    return re.sub(r"[^A-Za-z0-9_-]", lambda found: f"%{ord(found[0]):02X}", name)
