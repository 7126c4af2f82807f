"""Says whether one learner's problem, with clashes and load left out, falls apart into its requirements."""

from models.formulation.learner_variables import LearnerVariables
from models.programme.edition import Requirement


def falls_apart(choices: LearnerVariables) -> bool:
    """Say whether leaving clashes and load out leaves a problem that falls apart into its requirements."""
    if choices.learner.free or choices.learner.releases or any(task.kept for task in choices.tasks.values()):
        return False
    for entry in choices.edition.last:
        single = len(entry) == 1 and entry[0] in choices.tasks
        if not single and not any(choices.done(code) for code in entry):
            return False
    requirements = choices.edition.requirements
    if not choices.edition.counts_plainly or any(each.in_credits for each in requirements):
        return False
    return _pools_are_apart(choices) and not any(_counts_by_role_only(choices, each) for each in requirements)


def _pools_are_apart(choices: LearnerVariables) -> bool:
    plain = [set(each.pool) for each in choices.edition.requirements if each.role is None]
    return sum(len(pool) for pool in plain) == len(set[str]().union(*plain))


def _counts_by_role_only(choices: LearnerVariables, requirement: Requirement) -> bool:
    """Say whether some run is too short to count for a requirement unless the learner has a role in it."""
    least = requirement.min_minutes
    if least is None or requirement.role is not None:
        return False
    runs = (run for code in requirement.pool for run in choices.open_runs(code))
    return any(run.plays and (run.offering.minutes or least) < least for run in runs)
