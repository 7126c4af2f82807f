"""Learners of a year who are equal in everything but their names: what is found of one is true of all."""

from collections.abc import Sequence
from dataclasses import replace

from models.programme.instance import Instance
from scheduler.solve.alike import waits_of, without_name


def equals_of(instance: Instance, learners: Sequence[str]) -> list[tuple[str, ...]]:
    """Return the learners who are equal in everything but their names, together."""
    return Equals(instance).groups(instance, learners)


class Equals:
    """Tells who is equal on the calendars of a year, which differ in what is held and when those enrol who are expected."""

    def __init__(self, instance: Instance) -> None:
        """Look once at what is the same on all of them: records, when somebody cannot come, what they wait for."""
        known: dict[object, int] = {}
        waits = waits_of(instance)
        self.kinds: dict[str, int] = {}
        for name in instance.learner:
            rows = tuple(replace(row, learner="", note=None) for row in instance.records_of.get(name, ()))
            spans = tuple((row.span.start, row.span.end) for row in instance.unavailable_of.get(name, ()))
            self.kinds[name] = known.setdefault((rows, spans, waits.get(name, ())), len(known))

    def groups(self, instance: Instance, learners: Sequence[str]) -> list[tuple[str, ...]]:
        """Return the learners who are equal on one calendar, together."""
        found: dict[object, list[str]] = {}
        for name in learners:
            found.setdefault((without_name(instance.learner[name]), self.kinds[name]), []).append(name)
        return [tuple(names) for names in found.values()]
