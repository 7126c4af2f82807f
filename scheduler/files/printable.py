"""Text that is safe to show: characters that steer a terminal, break lines unseen or turn the reading order are written out."""

import re
import unicodedata

_STEERING = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
_UNSEEN = re.compile(r"[\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
BLANK_LETTERS = frozenset("\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
"""Letters and signs by their class that nobody sees."""

INVISIBLE = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})
"""Unicode's classes of characters that are not seen, or that turn the order in which others are read."""


def printable(text: str) -> str:
    """Return a text in which every steering character is written as its code; line ends and tabs stay."""
    return _STEERING.sub(_code, text)


def kept_in_line(text: str) -> str:
    """Return an output whose colours stay, and in which what breaks lines unseen or turns their order is written as its code."""
    return _UNSEEN.sub(_code, text)


def _code(found: "re.Match[str]") -> str:
    return f"\\u{ord(found[0]):04x}"


def unseen(text: str) -> str | None:
    """Return code point and name of the first character that nobody sees (`U+200B ZERO WIDTH SPACE`), or None."""
    for sign in text:
        blank = unicodedata.category(sign) == "Zs" and sign != " "
        if blank or sign in BLANK_LETTERS or unicodedata.category(sign) in INVISIBLE:
            return f"U+{ord(sign):04X} {unicodedata.name(sign, 'without a name')}"
    return None
