"""An offering whose last session lies before its last day frees what follows from that session on, in every way of searching."""

from models.programme.edition import Component, Edition, Requirement
from models.programme.instance import Instance
from models.programme.offering import Session
from scheduler.files.folder import load
from scheduler.questions import PathQuestion
from scheduler.solve.alone import solve_alone
from scheduler.solve.paths import solve_paths
from scheduler.studies.study import after_steps, step
from tests import oracle_milp
from tests.command import INSTANCES
from tests.small_words import at, day, instance_of, learner, run


def after_the_last_session(*names: str) -> Instance:
    """Return an instance in which B1 starts after the last session of A1 and before A1's last day; B2 is much later."""
    edition = Edition(
        id="small",
        title="Small",
        components=(
            Component(code="A", title="First", kind="course"),
            Component(code="B", title="Second", kind="course", requires=(("A",),)),
        ),
        requirements=(Requirement(id="both", title="Both", count=2, pool=("A", "B")),),
    )
    first = run(
        "A1", "A", 5, 30, sessions=[Session(start=at(5, 12), minutes=60), Session(start=at(10, 12), minutes=60)]
    )
    second = run("B1", "B", 8, 20, sessions=[Session(start=at(15, 12), minutes=60)])
    late = run("B2", "B", 40, 50, sessions=[Session(start=at(40, 12), minutes=60)])
    return instance_of(edition, [first, second, late], [learner(name) for name in names])


def test_one_learner_goes_on_after_the_last_session() -> None:
    instance = after_the_last_session("ada")
    assert solve_alone(instance, "ada").graduation == day(30) == oracle_milp.earliest(instance, "ada")


def test_several_learners_go_on_after_the_last_session() -> None:
    instance = after_the_last_session("ada", "ben")
    result = solve_paths(instance, PathQuestion(learners=("ada", "ben")))
    assert [answer.graduation for answer in result.learners] == [day(30), day(30)]


def test_the_real_programme_without_an_autumn_course() -> None:
    instance = after_steps(load(INSTANCES / "cscce-2023-2026").instance, (step("cancel", "CODE25F"),))
    found = solve_alone(instance, "L26").graduation
    assert found == oracle_milp.earliest(instance, "L26")
    assert found is not None
