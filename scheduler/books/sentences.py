"""Hears what is shown on a screen and keeps the sentences; the tables between them become sheets of their own."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from rich.text import Text

from scheduler.books.tables import BookTable, of_texts
from scheduler.show.screen import WIDTH, Screen

Kind = Literal["heading", "sentence", "bullet", "gap"]
_OF_THE_SCREEN = re.compile(r"(?:^|(?<=[.;] ))[^.;]*--[a-z][a-z-]*[^.;]*[.;]?\s*")
"""A sentence that names an option of the command: it helps nobody who holds a sheet of paper."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of an answer."""

    kind: Kind
    words: str = ""


@dataclass(slots=True)
class Heard:
    """What was shown: the paragraphs in order, and the tables with their headings as titles."""

    lines: list[Paragraph] = field(default_factory=list)
    tables: list[BookTable] = field(default_factory=list)


class Sentences(Screen):
    """A screen that keeps paragraphs instead of drawing them."""

    def __init__(self, *, keep_tables: bool = False) -> None:
        """Make a screen; with `keep_tables` what is shown as a table is kept too, under the heading before it."""
        super().__init__(WIDTH, colour=False)
        self.heard = Heard()
        self.keep_tables = keep_tables

    def line(self, words: str = "", *, style: str = "", indent: int = 0) -> None:  # noqa: ARG002 - a screen's signature
        """Keep a paragraph, or a gap between two."""
        kept = _OF_THE_SCREEN.sub("", words).strip()
        if kept:
            self.heard.lines.append(Paragraph("heading" if style else "sentence", kept))
        elif not words and self.heard.lines and self.heard.lines[-1].kind != "gap":
            self.heard.lines.append(Paragraph("gap"))

    def bullet(self, words: str, *, mark: str = "-", indent: int = 2, style: str = "") -> None:  # noqa: ARG002 - the same
        """Keep a paragraph that hangs behind a mark."""
        self.heard.lines.append(Paragraph("bullet", words))

    def table(
        self,
        rows: Iterable[Sequence[str | Text]],
        head: Sequence[str] = (),
        *,
        right: Sequence[int] = (),  # noqa: ARG002 - a screen's signature
        whole: Sequence[int] = (),  # noqa: ARG002 - the same
        indent: int = 2,  # noqa: ARG002 - the same
    ) -> None:
        """Say in the heading before a table where it is, and keep it if that is wanted."""
        listed = [[str(cell) for cell in row] for row in rows]
        place = self._heading()
        if not listed or place is None:
            return
        words = self.heard.lines[place].words.rstrip(":")
        self.heard.lines[place] = Paragraph("sentence", f"{words}: in the tables.")
        if self.keep_tables:
            self.heard.tables.append(of_texts(words, head, listed))

    def _heading(self) -> int | None:
        """Return the place of the heading that stands right before what comes now."""
        places = [place for place, line in enumerate(self.heard.lines) if line.kind != "gap"]
        return places[-1] if places and self.heard.lines[places[-1]].kind == "heading" else None
