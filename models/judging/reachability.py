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
