"""A sheet of text of some width: everything shown is written here first, so that output is whole or not at all."""

import io
import os
import re
import shutil
import sys
from collections.abc import Iterable, Sequence
from typing import Self

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

WIDTH = 80
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")


class Screen:
    """Collects what is shown; nothing in it is markup, and control characters of the input never reach a terminal."""

    def __init__(self, width: int, *, colour: bool) -> None:
        """Make an empty sheet of `width` columns."""
        self.stream = io.StringIO()
        self.console = Console(
            file=self.stream,
            width=width,
            force_terminal=colour,
            no_color=not colour,
            color_system="standard" if colour else None,
            markup=False,
            emoji=False,
            highlight=False,
            legacy_windows=False,
            force_jupyter=False,
        )

    @classmethod
    def plain(cls) -> Self:
        """Return a sheet for files and pipes."""
        return cls(WIDTH, colour=False)

    @classmethod
    def terminal(cls) -> Self:
        """Return a sheet like the terminal: its width, and colour unless NO_COLOR is set."""
        is_terminal = sys.stdout.isatty()
        colour = is_terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
        return cls(max(40, shutil.get_terminal_size((WIDTH, 24)).columns), colour=colour)

    def line(self, words: str = "", *, style: str = "", indent: int = 0) -> None:
        """Write a paragraph, wrapped; without words an empty line."""
        if words:
            self.show(plain(words, style), indent=indent)
        else:
            self.console.print()

    def bullet(self, words: str, *, mark: str = "-", indent: int = 2, style: str = "") -> None:
        """Write a paragraph that hangs behind a mark."""
        grid = Table.grid(padding=(0, 1, 0, 0))
        grid.add_row(mark, plain(words, style))
        self.show(grid, indent=indent)

    def bullets(self, sentences: Iterable[str], *, indent: int = 2) -> None:
        """Write one marked paragraph for each sentence."""
        for sentence in sentences:
            self.bullet(sentence, indent=indent)

    def table(
        self,
        rows: Iterable[Sequence[str | Text]],
        head: Sequence[str] = (),
        *,
        right: Sequence[int] = (),
        whole: Sequence[int] = (),
        indent: int = 2,
    ) -> None:
        """Write rows under heads; columns in `right` are numbers, those in `whole` are never wrapped."""
        listed = [[plain(cell) if isinstance(cell, str) else cell for cell in row] for row in rows]
        if not listed:
            return
        table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), show_header=bool(head), header_style="bold")
        for place in range(len(listed[0])):
            table.add_column(
                head[place] if head else "",
                justify="right" if place in right else "left",
                no_wrap=place in whole,
                overflow="fold",
            )
        for row in listed:
            table.add_row(*row)
        self.show(table, indent=indent)

    def show(self, content: RenderableType, *, indent: int = 0) -> None:
        """Write anything that can be rendered."""
        self.console.print(Padding(content, (0, 0, 0, indent), expand=False))

    @property
    def text(self) -> str:
        """Everything written, without blanks at the ends of lines."""
        return "".join(f"{line.rstrip()}\n" for line in self.stream.getvalue().split("\n")[:-1])


def plain(words: str, style: str = "") -> Text:
    """Return words in which nothing is markup or a control character."""
    return Text(_CONTROL.sub(" ", words), style=style)
