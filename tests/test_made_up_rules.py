"""Rules that no engine knows go through every question: no illegal plan, no false proof, no defect."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from models.formulation.formulate import formulate
from models.goals import all_goals
from models.judging.violations import violations
from models.programme.instance import Instance
from models.programme.plan import Plan
from models.rule import Rule
from models.rules import beside
from scheduler.engines.budget import Budget
from scheduler.engines.cpsat import Settings
from scheduler.files.folder import load
from scheduler.generate import generate
from scheduler.questions import PathQuestion
from scheduler.repeats.answering import solve_repeats
from scheduler.repeats.question import RepeatsQuestion
from scheduler.solve import branching
from scheduler.solve.alone import solve_alone
from scheduler.solve.column_generation import handled
from scheduler.solve.lexicographic import minimise
from scheduler.solve.paths import planned_in, solve_paths
from tests.builders import learner
from tests.command import INSTANCES, TINY, run
from tests.made_up_rules import LEARNERS, RULES, at_most_of_a_component, evenly, not_in_one_month
from tests.repeats_builders import on, question, seats, waits, workshop
from tests.repeats_oracle import flat
from tests.small_words import Size
from tests.strategies import made

named = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
FIRST = ("not-graduating", "graduation")


def generated(folder: Path, learners: int, seed: int, tightness: float = 0.5) -> Instance:
    """Return a made-up instance of the generator."""
    for name, text in generate(learners=learners, years=2, seed=seed, tightness=tightness).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return load(folder).instance


def best(instance: Instance, learners: Sequence[str], seconds: float | None = None) -> tuple[str, dict[str, int], Plan]:
    """Return what the flat model of all rules finds: its status, bounds and plan."""
    formulation = formulate(instance, learners)
    stages = [[all_goals()[name]] for name in FIRST]
    solved = minimise(formulation, stages, Settings(), Budget(seconds))
    return solved.kind, solved.bounds, formulation.plan(solved.values) if solved.values else Plan()


@pytest.mark.parametrize("rule", LEARNERS, ids=lambda rule: rule.name)
@pytest.mark.parametrize("seeds", [range(12), pytest.param(range(25), marks=pytest.mark.slow)])
def test_one_learner_graduates_on_the_day_of_the_flat_model(rule: Rule, seeds: range) -> None:
    binding = 0
    for seed in seeds:
        instance = made(seed, Size(learners=1, offerings=9, horizon=90, edges=bool(seed % 2)))
        for who in planned_in(instance):
            without = solve_alone(instance, who).path
            with beside(rule):
                found = solve_alone(instance, who)
                formulation = formulate(instance, [who], certain=True)
                solved = minimise(formulation, [[all_goals()["graduation"]]], Settings(), Budget())
                assert (found.path is None) == (not solved.values), seed
                if found.path is not None:
                    plan = Plan(paths=(found.path,))
                    assert violations(instance, plan) == []
                    assert found.values["graduation"] == solved.bounds["graduation"], seed
                binding += found.path != without
    assert binding


def assert_as_flat(instance: Instance) -> None:
    """Assert that a joint plan breaks no rule, is what the flat model finds where it is proved, and claims no more otherwise."""
    result = solve_paths(instance, PathQuestion(learners=planned_in(instance)))
    assert violations(instance, result.plan) == []
    kind, bounds, _ = best(instance, planned_in(instance))
    assert kind == "optimal"
    goals = {goal.name: goal for goal in result.goals}
    least = {name: bounds[name] // all_goals()[name].scale for name in FIRST}
    if result.status == "feasible":
        assert (goals["not-graduating"].bound or 0) <= least["not-graduating"]
    else:
        assert {name: goals[name].value for name in FIRST} == least


@pytest.mark.parametrize(
    "rule",
    [pytest.param(rule, id=rule.name, marks=[pytest.mark.slow] * (rule.name == "not_in_one_month")) for rule in RULES],
)
def test_five_together_are_planned_as_by_the_flat_model(tmp_path: Path, rule: Rule) -> None:
    with beside(rule):
        assert_as_flat(generated(tmp_path, 5, 1))


@pytest.mark.slow
@named
@pytest.mark.parametrize("seed", [1, 2])
def test_ten_together_are_planned_as_by_the_flat_model(tmp_path: Path, rule: Rule, seed: int) -> None:
    with beside(rule):
        assert_as_flat(generated(tmp_path, 10, seed))


@pytest.mark.slow
@named
def test_sixty_together_break_no_rule_and_claim_no_more_than_is_so(tmp_path: Path, rule: Rule) -> None:
    instance = generated(tmp_path, 60, 3)
    with beside(rule):
        result = solve_paths(instance, PathQuestion(learners=planned_in(instance)), budget=Budget(20))
        assert violations(instance, result.plan) == []
        _, bounds, plan = best(instance, planned_in(instance), 20)
        first = next(goal for goal in result.goals if goal.name == "not-graduating")
        missing = all_goals()["not-graduating"].value(instance, plan)
        assert (first.bound or 0) <= missing
        assert (first.value or 0) >= bounds.get("not-graduating", 0)


@named
def test_repeats_break_no_rule_and_seat_as_many_as_the_flat_model(rule: Rule) -> None:
    people = [learner(name) for name in ("ada", "ben", "cyd", "dan")]
    instance = question(
        [workshop("A"), workshop("B"), workshop("C")],
        people,
        [waits(each.id, code) for each in people for code in "ABC"],
        [on("A", 3), on("B", 4), on("C", 5), on("A", 40), on("B", 41), on("C", 80), on("C", 130)],
    )
    with beside(rule):
        proposal = solve_repeats(instance, RepeatsQuestion())
        kind, values, _ = flat(instance, RepeatsQuestion())
        assert (proposal.status, kind) == ("optimal", "optimal")
        assert {name: proposal.values[name] for name in values} == values
        for point in proposal.curve:
            limited = solve_repeats(instance, RepeatsQuestion(most_sessions=point.sessions))
            assert point.covered == len(seats(limited)) == point.bound


@named
def test_every_question_is_answered_within_the_rules(tmp_path: Path, rule: Rule) -> None:
    study = tmp_path / "study.yaml"
    study.write_text(
        "format: 1\nid: s\ntitle: S\nquestion: together\nbaseline: []\nscenarios:\n  - {id: less, changes: [{cancel: QSS25B}]}\n",
        encoding="utf-8",
    )
    with beside(rule):
        plan = tmp_path / "plan.json"
        path = run("path", TINY, "--json")
        plan.write_text(path.out, encoding="utf-8")
        assert path.code in {0, 1}
        for words in (
            ("path", TINY, "--learner", "ada", "--explain"),
            ("explain", TINY, "ada"),
            ("explain", TINY, "ben"),
            ("repair", TINY, "ada"),
            ("missed", TINY),
            ("value", TINY),
            ("critical", TINY),
            ("progress", TINY),
            ("check", TINY, plan),
            ("rules", TINY),
        ):
            done = run(*words)
            assert done.code in {0, 1, 2}, (words, done.err)
            assert "defect" not in done.err, (words, done.err)
        assert json.loads(run("check", TINY, plan, "--json").out)["kept"]
        whatif = run("whatif", TINY, study)
        assert whatif.code in {0, 1}, whatif.err


@pytest.mark.slow
def test_a_repair_claims_no_more_than_it_tried() -> None:
    with beside(not_in_one_month()):
        done = run("repair", INSTANCES / "impossible-2025")
        assert done.code in {0, 1}
        assert "proved that there is no other" not in done.out


@pytest.mark.parametrize("name", sorted(handled.BY_ARRAYS))
def test_a_rule_that_the_arrays_forget_only_makes_them_slower(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    instance = generated(tmp_path, 6, 4, tightness=0.8)
    asked = PathQuestion(learners=planned_in(instance))
    before = solve_paths(instance, asked)
    monkeypatch.setattr(handled, "BY_ARRAYS", handled.BY_ARRAYS - {name})
    again = solve_paths(instance, asked)
    assert (again.status, again.goals[:2]) == (before.status, before.goals[:2])


@pytest.mark.parametrize("name", sorted(handled.BY_MASTER))
def test_a_shared_rule_that_the_master_forgets_gives_no_wrong_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    instance = generated(tmp_path, 6, 4, tightness=0.8)
    asked = PathQuestion(learners=planned_in(instance))
    before = solve_paths(instance, asked)
    monkeypatch.setattr(handled, "BY_MASTER", handled.BY_MASTER - {name})
    monkeypatch.setattr("scheduler.solve.column_generation.cohort.BY_MASTER", handled.BY_MASTER)
    again = solve_paths(instance, asked)
    assert (again.status, again.goals[:2]) == (before.status, before.goals[:2])


def test_an_order_that_branching_forgets_only_makes_it_slower(monkeypatch: pytest.MonkeyPatch) -> None:
    for seed in range(20):
        instance = made(seed, Size(learners=1, offerings=9, horizon=90, edges=True))
        before = [solve_alone(instance, who).values for who in planned_in(instance)]
        with monkeypatch.context() as patched:
            patched.setattr(branching, "ORDERED", "")
            assert [solve_alone(instance, who).values for who in planned_in(instance)] == before


def test_a_shared_rule_and_one_that_more_bookings_mend_hold_side_by_side(tmp_path: Path) -> None:
    with beside(evenly(), at_most_of_a_component(4)):
        assert_as_flat(generated(tmp_path, 6, 5))
