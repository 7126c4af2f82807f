"""The instances of the benchmark: made-up calendars of three sizes, each with one learner who has much to do."""

import tempfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from models.programme.instance import Instance
from scheduler.files.folder import load
from scheduler.generate import generate, write
from tests import oracle_milp

SIZES = {"about 40": (40, 2), "about 150": (150, 2), "about 600": (600, 2)}
"""Offerings that are still to come, and years of the calendar after the planning day."""

MOST_RECORDS = 4
"""A learner with more records than this has little left to plan."""


def made(offerings: int, years: int, seed: int, learners: int = 8) -> Instance:
    """Return a made-up instance, read from a folder as a user's would be."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        write(generate(learners, years, seed, 0.4, offerings=offerings), folder)
        return load(folder).instance


def cases(size: str, wanted: int) -> Iterator[tuple[Instance, str]]:
    """Return instances of a size with a learner who is rather new and can graduate."""
    offerings, years = SIZES[size]
    found = 0
    for seed in range(1_000):
        instance = made(offerings, years, seed)
        learner = _newcomer(instance)
        if learner is not None:
            found += 1
            yield instance, learner
        if found == wanted:
            return


def _newcomer(instance: Instance) -> str | None:
    for person in instance.learners:
        mine = sum(record.learner == person.id for record in instance.records)
        recent = person.enrolled is not None and instance.as_of - person.enrolled < timedelta(days=400)
        if mine <= MOST_RECORDS and recent and oracle_milp.earliest(instance, person.id) is not None:
            return person.id
    return None


def coming(instance: Instance) -> int:
    """Count the offerings that are still to start."""
    return sum(offering.start > instance.as_of for offering in instance.offerings)
