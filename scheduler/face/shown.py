"""What answers have in common: how they read as text, as JSON and in a notebook."""

import json
from html import escape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from scheduler.show.screen import Screen


class Shown:
    """Something that a command writes; as text it is what the command writes into a file."""

    __slots__ = ()

    def _show(self, screen: "Screen") -> None:
        """Write it on a screen."""
        raise NotImplementedError

    def _answer(self) -> dict[str, Any]:
        """Return the mapping that the command prints with `--json`."""
        raise NotImplementedError

    def json(self) -> str:
        """Return the text that the command prints with `--json`."""
        return json.dumps(self._answer(), indent=2, ensure_ascii=False) + "\n"

    def __str__(self) -> str:
        """Return what the command writes into a file."""
        from scheduler.show.screen import Screen

        screen = Screen.plain()
        self._show(screen)
        return screen.text

    __repr__ = __str__

    def _repr_html_(self) -> str:
        return f"<pre>{escape(str(self))}</pre>"
