"""Components that are no option for a learner: self-paced ones that only a record opens, which the learner does not have."""

from models.programme.edition import Component
from models.programme.instance import Instance


def is_closed_to(instance: Instance, learner: str, component: Component) -> bool:
    """Say whether a task requires something that nobody offers and that the learner has not done."""
    if component.kind != "task":
        return False
    done = {each.component for each in instance.initial_state[learner].done}
    return any(not any(_reachable(instance, learner, code, done) for code in entry) for entry in component.requires)


def _reachable(instance: Instance, learner: str, code: str, done: set[str]) -> bool:
    component = instance.component_for(learner, code)
    return code in done or code in instance.offerings_of or (component is not None and component.kind == "task")


def is_told(instance: Instance, learner: str, component: Component) -> bool:
    """Say whether an explanation looks at a component: it can be had, or some requirement cannot be met without it."""
    return not is_closed_to(instance, learner, component) or _is_needed(instance, learner, component.code)


def _is_needed(instance: Instance, learner: str, code: str) -> bool:
    edition = instance.edition_of(learner)
    done = {each.component for each in instance.initial_state[learner].done}
    for requirement in edition.requirements:
        pool = [edition.component[each] for each in requirement.pool]
        open_ones = [
            each
            for each in pool
            if _reachable(instance, learner, each.code, done) and not is_closed_to(instance, learner, each)
        ]
        enough = len(open_ones) >= requirement.count or any(each.repeatable for each in open_ones)
        if code in requirement.pool and not enough:
            return True
    return False


def is_missed(instance: Instance, learner: str, code: str) -> bool:
    """Say whether the want of any run of a component stands in the way: of a requirement, or of what is told of another."""
    done = {each.component for each in instance.initial_state[learner].done}
    if code in done or code in instance.offerings_of:
        return False
    if _is_needed(instance, learner, code):
        return True
    return any(
        code in entry and not any(_reachable(instance, learner, each, done) for each in entry)
        for other in instance.edition_of(learner).components
        if is_told(instance, learner, other)
        for entry in other.requires
    )
