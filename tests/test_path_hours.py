"""Local hours at the end of a day: who states an earliest hour alone can come until midnight."""

from dataclasses import replace

from models.judging.violations import violations
from models.programme.plan import Plan
from scheduler.solve.alone import solve_alone
from tests.builders import away, booked_path, course, edition, instance, learner, meets, requirement, session


def test_who_can_come_from_noon_on_cannot_stay_past_midnight() -> None:
    late = meets("B1", session(3, "23:30", 60))
    small = instance(edition(course("B"), requirements=[requirement(1, "B")]), [late], [learner(earliest=12 * 60)])
    plan = Plan(paths=(booked_path("ada", "B1"),))
    assert [each.rule for each in violations(small, plan)] == ["attendance"]
    assert solve_alone(small, "ada").kind == "infeasible"
    anytime = replace(small, learners=(learner(),), unavailable=(away("ada", 9, 9),))
    assert violations(anytime, plan) == []
    assert solve_alone(anytime, "ada").kind == "optimal"
