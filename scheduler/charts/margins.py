"""Room around a drawing for its words in whatever font they are shown: drawings name a kind of font, and readers have others."""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

WIDEST = 0.62
"""The mean width of a letter in the widest fonts in use, as a share of their size; bold ones are wider still."""

BOLD = 1.12
MARGIN = 4
TOKEN = re.compile(r"<(/?)(g|text|tspan|svg)\b([^>]*?)(/?)>([^<]*)")
MOVE = re.compile(r"(translate|rotate)\(([-\d.]+)(?:[, ]+([-\d.]+))?\)")
SIZE = re.compile(r'width="([\d.]+)" height="([\d.]+)" viewBox="([-\d.]+) ([-\d.]+) ([\d.]+) ([\d.]+)"')
FILL = re.compile(r'<rect width="[\d.]+" height="[\d.]+" fill="white"/>')
BEFORE = {"end": 1.0, "middle": 0.5}
"""Which share of a word lies before the place where it is anchored."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of a drawing, in its own units."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class _Place:
    """Where something stands and how it is turned, in degrees."""

    x: float = 0.0
    y: float = 0.0
    turned: float = 0.0

    def moved(self, transform: str) -> "_Place":
        x, y, turned = self.x, self.y, self.turned
        for kind, first, second in MOVE.findall(transform):
            if kind == "rotate":
                turned += float(first)
            else:
                across, down, angle = float(first), float(second or 0), math.radians(turned)
                x += across * math.cos(angle) - down * math.sin(angle)
                y += across * math.sin(angle) + down * math.cos(angle)
        return _Place(x, y, turned)


def margin_of(drawing: str) -> Box:
    """Return what of an SVG drawing is shown."""
    found = SIZE.search(drawing)
    left, top, width, height = map(float, found.groups()[2:]) if found else (0.0, 0.0, 0.0, 0.0)
    return Box(left, top, left + width, top + height)


def words_in(drawing: str) -> Iterator[tuple[str, Box]]:
    """Yield the words of an SVG drawing, each with the rectangle that it may need in a wide font."""
    places, letters = [_Place()], ""
    for closing, name, attributes, empty, words in TOKEN.findall(drawing):
        if closing:
            places.pop()
            continue
        here = places[-1].moved(_attribute(attributes, "transform"))
        letters = attributes if name == "text" else letters
        if name in {"text", "tspan"} and words:
            yield unescape(words), _box(unescape(words), letters, here)
        if not empty:
            places.append(here)


def with_room(drawing: str) -> str:
    """Return an SVG drawing that is large enough for all its words in a wide font."""
    shown, boxes = margin_of(drawing), [box for _, box in words_in(drawing)]
    left = math.floor(min([shown.left, *(box.left - MARGIN for box in boxes)]))
    top = math.floor(min([shown.top, *(box.top - MARGIN for box in boxes)]))
    width = math.ceil(max([shown.right, *(box.right + MARGIN for box in boxes)])) - left
    height = math.ceil(max([shown.bottom, *(box.bottom + MARGIN for box in boxes)])) - top
    size = f'width="{width}" height="{height}"'
    wider = SIZE.sub(f'{size} viewBox="{left} {top} {width} {height}"', drawing, count=1)
    return FILL.sub(f'<rect x="{left}" y="{top}" {size} fill="white"/>', wider, count=1)


def _attribute(attributes: str, name: str) -> str:
    found = re.search(rf'\b{name}="([^"]*)"', attributes)
    return found.group(1) if found else ""


def _box(words: str, attributes: str, here: _Place) -> Box:
    size = float(_attribute(attributes, "font-size").removesuffix("px") or 11)
    length = len(words) * size * WIDEST * (BOLD if _attribute(attributes, "font-weight") == "bold" else 1)
    start = -length * BEFORE.get(_attribute(attributes, "text-anchor"), 0.0)
    angle = math.radians(here.turned)
    corners = [
        (
            here.x + across * math.cos(angle) - down * math.sin(angle),
            here.y + across * math.sin(angle) + down * math.cos(angle),
        )
        for across in (start, start + length)
        for down in (-size, size * 0.3)
    ]
    across, down = zip(*corners, strict=True)
    return Box(min(across), min(down), max(across), max(down))
