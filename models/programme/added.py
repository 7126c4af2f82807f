"""Marks fields that a digest leaves out: those added to the format later, at their defaults, and those that no file states."""

ADDED = {"added": True}
"""The metadata of a field that older instances do not have: at its default, it is no part of an instance's digest."""

SUPPOSED = {"supposed": True}
"""The metadata of a field that no file states: a question or a change says it, and it is no part of any digest."""
