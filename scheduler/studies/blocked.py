"""Which components keep a learner from graduating: with all others taken as done, there is still no path."""

from models.changes.eased import as_if_had
from models.programme.instance import Instance
from scheduler.engines.budget import Budget
from scheduler.solve.alone import solve_alone


def core(instance: Instance, learner: str, budget: Budget) -> frozenset[str]:
    """Return components of which the offerings alone block a learner who is blocked.

    Taking a component as done frees whoever is blocked by it; what the clock may start with is never taken as done, for that
    could start it earlier. So while exempting some leaves the learner blocked, no calendar of those can help.
    """
    edition = instance.edition_of(learner)
    done = {each.component for each in instance.initial_state[learner].done}
    over = {code for code in done if code in edition.component and not edition.may_recur(code)}
    current, blocking = instance, set(edition.first_codes | over)
    for code in edition.component:
        if code in blocking:
            continue
        without = as_if_had(learner, code)(current)
        if solve_alone(without, learner, budget=budget).kind == "infeasible":
            current = without
        else:
            blocking.add(code)
    return frozenset(blocking)


def blocks(instance: Instance, learner: str, codes: frozenset[str], budget: Budget) -> bool:
    """Say whether a learner is blocked even with all other components taken as done."""
    for code in instance.edition_of(learner).component:
        if code not in codes:
            instance = as_if_had(learner, code)(instance)
    return solve_alone(instance, learner, budget=budget).kind == "infeasible"
