"""Marks fields that were added to the format later: at their defaults they change no digest of an older folder."""

ADDED = {"added": True}
"""The metadata of a field that older instances do not have: at its default, it is no part of an instance's digest."""
