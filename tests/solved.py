"""The plans of a formulation as CP-SAT enumerates them, each found by forbidding the choices of those before."""

from ortools.sat.python import cp_model

from models.formulation.formulate import Formulation
from models.formulation.learner_variables import LearnerVariables
from models.programme.plan import Plan
from scheduler.engines.cpsat_model import CpSatModel
from tests.builders import day


def solved_plans(formulation: Formulation, days: tuple[int, ...]) -> set[Plan]:
    """Return every plan of which the tasks start on one of `days`."""
    posted = CpSatModel(formulation.model)
    if posted.source.impossible:
        return set()
    model = cp_model.CpModel(posted.proto)
    starts = cp_model.Domain.from_values([day(number).toordinal() for number in days])
    places = [place for choices in formulation.everyone for place in _places(choices)]
    for task in (task for choices in formulation.everyone for task in choices.tasks.values()):
        does, start = posted.variables[task.does], posted.variables[task.start]
        model.add_linear_expression_in_domain(start, starts).only_enforce_if(does)
        model.add(start == formulation.model.lows[task.start]).only_enforce_if(~does)
    found: set[Plan] = set()
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.cp_model_presolve = False
    while (status := solver.solve(model)) == cp_model.OPTIMAL:
        values = list(solver.response_proto.solution)
        found.add(formulation.plan(values))
        if not places:
            break
        model.add_forbidden_assignments(
            [posted.variables[each] for each in places], [[values[each] for each in places]]
        )
    assert status == (cp_model.INFEASIBLE if places else cp_model.OPTIMAL)
    return found


def _places(choices: LearnerVariables) -> list[int]:
    """Return the variables of a learner's choices."""
    runs = [run for listed in choices.runs.values() for run in listed]
    places = [run.book for run in runs] + [plays for run in runs for plays in run.plays.values()]
    places += [place for task in choices.tasks.values() for place in (task.does, task.start)]
    return places + ([] if choices.graduates is None else [choices.graduates])
