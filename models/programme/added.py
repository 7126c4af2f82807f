"""Parts of the format's second step: where they are absent, nothing says that they could have been there."""

ADDED = {"added": True}
"""The metadata of a field that older instances do not have: at its default, it is no part of an instance's digest."""
