"""Guards cells of exported tables, so that no spreadsheet program takes one for a formula."""

RISKY = ("=", "+", "-", "@", "\t", "\r")


def guarded(text: str) -> str:
    """Return a cell that no spreadsheet program runs."""
    return f"'{text}" if text.startswith(RISKY) else text


def unguarded(text: object) -> object:
    """Return a cell as it was before it was guarded."""
    return text[1:] if isinstance(text, str) and text[:1] == "'" and text[1:].startswith(RISKY) else text
