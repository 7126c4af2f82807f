"""What answers have in common: how they read as text, and in a notebook."""

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scheduler.show.screen import Screen


class Shown:
    """Something that a command writes; as text it is what the command writes into a file."""

    __slots__ = ()

    def _show(self, screen: "Screen") -> None:
        """Write it on a screen."""
        raise NotImplementedError

    def __str__(self) -> str:
        """Return what the command writes into a file."""
        from scheduler.show.screen import Screen

        screen = Screen.plain()
        self._show(screen)
        return screen.text

    __repr__ = __str__

    def _repr_html_(self) -> str:
        return f"<pre>{escape(str(self))}</pre>"
