"""Which candidates are held and who teaches them, as variables of a model, and the way back to a plan."""

from collections.abc import Sequence

from models.formulation.linear import Model
from models.programme.instance import Instance
from models.programme.plan import Held


class Holding:
    """The literals `held[offering]` and `teaches[offering, trainer]` of a model, shared by all learners."""

    def __init__(self, instance: Instance, model: Model) -> None:
        """Make a literal for each candidate, and for each trainer who could teach it."""
        self.instance = instance
        self.held = {each: model.literal("held", each) for each in instance.candidate_ids}
        self.teaches = {
            (each, trainer): model.literal("teaches", each, trainer)
            for each in self.held
            for trainer in instance.offering[each].trainers
        }

    def chosen(self, values: Sequence[int]) -> tuple[Held, ...]:
        """Read what is held, and by whom, from the variables' values."""
        teachers: dict[str, list[str]] = {}
        for (each, trainer), literal in self.teaches.items():
            if values[literal]:
                teachers.setdefault(each, []).append(trainer)
        return tuple(
            held_by(each, teachers.get(each, ())) for each, literal in sorted(self.held.items()) if values[literal]
        )


def held_by(offering: str, trainers: Sequence[str]) -> Held:
    """Return that an offering is held by some trainers, in the order of their names."""
    first, *others = sorted(trainers) or (None,)
    return Held(offering=offering, trainer=first, beside=tuple(others))
