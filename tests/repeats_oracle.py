"""Two other ways to the same optimum: the flat model that the rules post, by CP-SAT, and a set-cover program by HiGHS."""

from collections.abc import Mapping
from dataclasses import replace

import networkx as nx
import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from models.formulation.formulate import formulate
from models.goals import all_goals
from models.goals.uncovered import of_priority
from models.programme.instance import Instance
from models.programme.plan import Plan
from scheduler.engines.budget import Budget
from scheduler.engines.cpsat import Settings
from scheduler.repeats.law import law
from scheduler.repeats.limits import limit_rules_of
from scheduler.repeats.posing import pose
from scheduler.repeats.problem import Problem
from scheduler.repeats.question import RepeatsQuestion
from scheduler.solve.lexicographic import minimise


def everything(instance: Instance, question: RepeatsQuestion) -> Instance:
    """Return the instance in which every candidate is an offering that may be held."""
    posed = pose(instance, question)
    together = _together(posed.problem.instance)
    added = [
        replace(run, status="candidate", crew=2 if run.component in together else 1) for run in posed.dates.candidates
    ]
    runs = tuple(sorted((*posed.problem.instance.offerings, *added), key=lambda run: run.id))
    return replace(posed.problem.instance, offerings=runs)


def _together(instance: Instance) -> set[str]:
    """Return the components that two teach together."""
    components = (each for edition in instance.editions.values() for each in edition.components)
    return {each.code for each in components if each.trainers == 2}


def flat(
    instance: Instance, question: RepeatsQuestion, seconds: float | None = None
) -> tuple[str, Mapping[str, int], Plan]:
    """Return the status, the goals' values and the plan of the flat model."""
    small = everything(instance, question)
    learners = sorted({row.learner for row in small.waitlist})
    formulation = formulate(small, learners, rules=law(limit_rules_of(question)), certain=True)
    priorities = sorted({row.priority for row in small.waitlist}, key=lambda each: (each is None, each or 0))
    names = ("days-waited", "sessions-added", "soonest")
    goals = [*(of_priority(each) for each in priorities), *(all_goals()[name] for name in names)]
    solved = minimise(formulation, [[goal] for goal in goals], Settings(), Budget(seconds))
    plan = formulation.plan(solved.values) if solved.values else Plan()
    return solved.kind, {goal.name: goal.value(small, plan) for goal in goals}, plan


def most_covered(problem: Problem, sessions: int | None = None) -> int:
    """Return how many waits can be met, by one binary variable a wait and option; people wait for one thing each."""
    pairs = [(wait.place, k) for wait in problem.waits for k in wait.fits]
    added = sorted({k for _, k in pairs if problem.options[k].added})
    if not pairs:
        return 0
    width = len(pairs) + len(added)
    column = {k: len(pairs) + number for number, k in enumerate(added)}
    rows, highs = [], []

    def require(terms: Mapping[int, float], high: float) -> None:
        row = np.zeros(width)
        for place, factor in terms.items():
            row[place] = factor
        rows.append(row)
        highs.append(high)

    for wait in problem.waits:
        require({number: 1.0 for number, (w, _) in enumerate(pairs) if w == wait.place}, 1)
    for k in sorted({k for _, k in pairs}):
        sitting = {number: 1.0 for number, (_, option) in enumerate(pairs) if option == k}
        seats = problem.options[k].seats
        require(sitting | ({column[k]: -float(seats)} if k in column else {}), 0 if k in column else seats)
    if sessions is not None:
        require(dict.fromkeys(column.values(), 1.0), sessions)
    costs = np.array([-1.0] * len(pairs) + [0.0] * len(added))
    limits = LinearConstraint(np.array(rows), -np.inf, np.array(highs))
    solved = milp(costs, constraints=limits, bounds=Bounds(0, 1), integrality=np.ones(width))
    assert solved.success
    return round(-float(solved.fun))


def maximum_flow(problem: Problem) -> int:
    """Return how many waits of one component can be met if every date is held: a maximum flow."""
    graph: nx.DiGraph[object] = nx.DiGraph()
    graph.add_nodes_from(["source", "sink"])
    for wait in problem.waits:
        graph.add_edge("source", ("wait", wait.place), capacity=1)
        for k in wait.fits:
            graph.add_edge(("wait", wait.place), ("option", k), capacity=1)
            graph.add_edge(("option", k), "sink", capacity=problem.options[k].seats)
    value, _ = nx.maximum_flow(graph, "source", "sink")
    return int(value)
