"""The question `path` as a mixed-integer program, written apart from the product and from brute force."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

from models.instance import Instance
from tests.linear_program import LinearProgram
from tests.oracle_milp_learner import LearnerProgram
from tests.oracle_milp_pieces import Believed, believe


def earliest(instance: Instance, learner: str) -> date | None:
    """Return the earliest day of graduation if nobody else takes anything new; None if there is no path."""
    missing, days = _solve(instance, [learner])
    return None if missing else instance.as_of + timedelta(days=days)


def best(instance: Instance) -> tuple[int, int]:
    """Return the fewest learners who do not graduate and, among such plans, the least sum of days to graduation."""
    return _solve(instance, [person.id for person in instance.learners if person.enrolled is not None])


def _solve(instance: Instance, learners: Sequence[str]) -> tuple[int, int]:
    program = LinearProgram()
    believed = [believe(instance, learner) for learner in learners]
    parts = [LearnerProgram(program, each) for each in believed if not each.has_graduated]
    for part in parts:
        part.build()
    _share(instance, program, parts)
    most = program.least({part.graduates: -1.0 for part in parts}) if parts else []
    assert most is not None, "nobody graduating is always lawful"
    count = round(sum(most[part.graduates] for part in parts))
    program.at_least({part.graduates: 1.0 for part in parts}, count)
    soonest = program.least({part.day: 1.0 for part in parts}) if parts else []
    assert soonest is not None, "the first solution is still one"
    return len(parts) - count, round(sum(soonest[part.day] for part in parts))


def _share(instance: Instance, program: LinearProgram, parts: Sequence[LearnerProgram]) -> None:
    """Nobody new beyond the seats and role places that are left."""
    everyone: list[Believed] = [believe(instance, person.id) for person in instance.learners]
    held = Counter(row.offering for each in everyone for row in each.standing)
    acting = Counter((row.offering, row.role) for each in everyone for row in each.standing)
    for run in instance.offerings:
        if run.seats is not None:
            seats = [column for part in parts for column in part.new_seats(run.id)]
            program.at_most(dict.fromkeys(seats, 1.0), max(0, run.seats - run.taken - held[run.id]))
        for role, places in run.roles:
            taken = [column for part in parts for column in part.new_roles(run.id, role)]
            program.at_most(dict.fromkeys(taken, 1.0), max(0, places - acting[run.id, role]))
