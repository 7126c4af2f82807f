"""What each kind of change costs, in units of effort that only order the repairs; None = the kind is never proposed."""

from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True, kw_only=True)
class Costs:
    """Whole numbers from 1; a repair costs the sum of its changes."""

    announce: int | None = 5
    rebook: int | None = 8
    add_seat: int | None = 10
    add_place: int | None = 10
    free_span: int | None = 15
    lift_limit: int | None = 15
    extend_window: int | None = 20
    release: int | None = 60
    waive_rule: int | None = 80
    add_offering: int | None = 100
    add_first_offering: int | None = 150
    waive_requirement: int | None = 200

    @property
    def by_kind(self) -> dict[str, int | None]:
        """Costs by the name of the kind."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


MEANING = {
    "announce": "make a tentative offering bookable",
    "rebook": "a learner gives up a booking for another offering of the same component",
    "add_seat": "one more seat in an offering",
    "add_place": "one more place in a role at an offering",
    "free_span": "a learner comes in a stretch that is stated as unavailable",
    "lift_limit": "a learner gives up stated hours, or a limit of hours a week or of courses at once",
    "extend_window": "a learner gets up to 30 days more; for each 30 days begun",
    "release": "a learner gives up a booking",
    "waive_rule": "a learner needs no prerequisite of one component, or nothing that comes first or last",
    "add_offering": "one more offering of a component, like its latest",
    "add_first_offering": "an offering of a component of which none was ever stated; its length is not stated either",
    "waive_requirement": "a learner graduates without one requirement",
}


def as_yaml(costs: Costs) -> str:
    """Return costs as the text of a costs file, with what each kind means."""
    lines = ["# What each kind of change costs: whole numbers, or null to propose none of it.", "format: 1"]
    for kind, cost in costs.by_kind.items():
        lines.append(f"{kind}: {'null' if cost is None else cost} # {MEANING[kind]}")
    return "\n".join(lines) + "\n"
