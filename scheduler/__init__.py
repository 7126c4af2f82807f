"""Finds, checks, explains, compares and shows plans; `from scheduler import Programme` is the way in from a notebook."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scheduler.face.overbooking import overbook
    from scheduler.face.programme import Programme

__all__ = ["Programme", "overbook"]


def __getattr__(name: str) -> object:
    """Load what is public when it is first asked for: importing the package costs nothing."""
    if name == "Programme":
        from scheduler.face.programme import Programme

        return Programme
    if name == "overbook":
        from scheduler.face.overbooking import overbook

        return overbook
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
