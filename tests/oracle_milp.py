"""The question `path` as a mixed-integer program, written apart from the product and from brute force."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from models.programme.instance import Instance
from tests.linear_program import LinearProgram
from tests.oracle_milp_learner import LearnerProgram
from tests.oracle_milp_pieces import believe

Room = Mapping[tuple[str, str | None], int]
"""Seats (no role) and places in a role that are left, where they are limited."""


def earliest(instance: Instance, learner: str) -> date | None:
    """Return the earliest day of graduation if nobody else takes anything new; None if there is no path."""
    missing, days = _solve(instance, [learner])
    return None if missing else instance.as_of + timedelta(days=days)


def best(instance: Instance) -> tuple[int, int]:
    """Return the fewest learners who do not graduate and, among such plans, the least sum of days to graduation."""
    return _solve(instance, [person.id for person in instance.learners if person.enrolled is not None])


def program_of(instance: Instance, learner: str) -> tuple[LinearProgram, int, int]:
    """Return one learner's program and its columns for graduating at all and for the days until then."""
    program, (part,) = joint_program(instance, [learner])
    return program, part.graduates, part.day


def room_of(instance: Instance) -> Room:
    """Count the seats and role places that are left when everybody keeps what they have booked."""
    everyone = [believe(instance, person.id) for person in instance.learners]
    held = Counter(row.offering for each in everyone for row in each.standing)
    acting = Counter((row.offering, row.role) for each in everyone for row in each.standing)
    room: dict[tuple[str, str | None], int] = {}
    for run in instance.offerings:
        if run.seats is not None:
            room[run.id, None] = max(0, run.seats - run.taken - held[run.id])
        for role, places in run.roles:
            room[run.id, role] = max(0, places - acting[run.id, role])
    return room


def _solve(instance: Instance, learners: Sequence[str]) -> tuple[int, int]:
    program, parts = joint_program(instance, learners)
    most = program.least({part.graduates: -1.0 for part in parts}) if parts else []
    assert most is not None, "nobody graduating is always lawful"
    count = round(sum(most[part.graduates] for part in parts))
    program.at_least({part.graduates: 1.0 for part in parts}, count)
    soonest = program.least({part.day: 1.0 for part in parts}) if parts else []
    assert soonest is not None, "the first solution is still one"
    return len(parts) - count, round(sum(soonest[part.day] for part in parts))


def joint_program(instance: Instance, learners: Sequence[str]) -> tuple[LinearProgram, list[LearnerProgram]]:
    """Return the program of some learners, and each learner's part of it."""
    program = LinearProgram()
    believed = [believe(instance, learner) for learner in learners]
    parts = [LearnerProgram(program, each) for each in believed if not each.has_graduated]
    for part in parts:
        part.build()
    _share(instance, program, parts)
    return program, parts


def _share(instance: Instance, program: LinearProgram, parts: Sequence[LearnerProgram]) -> None:
    """Nobody new beyond the seats and role places that are left."""
    for (offering, role), places in room_of(instance).items():
        new = [
            column
            for part in parts
            for column in (part.new_seats(offering) if role is None else part.new_roles(offering, role))
        ]
        if len(new) > places:
            program.at_most(dict.fromkeys(new, 1.0), places)
