"""What the names of another system stand for here: offerings or components, said once in `imports.yaml`."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from models.programme.instance import Instance
from scheduler.files.book import IMPORTS
from scheduler.files.faults import nearest
from scheduler.files.import_shapes import ScoreShape
from scheduler.imports.proposed import ImportRefusedError

SHOWN = 30
LONGEST_NAME = 200
PLACEHOLDER = "WHICH"
Given = Mapping[str, str | ScoreShape | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """An offering or a component; `least` = the score from which it is completed."""

    name: str
    least: int | None = None


class Targets:
    """Looks names up, and gathers those that nothing is said of."""

    def __init__(self, instance: Instance, kind: str, group: str, given: Given | None) -> None:
        self.kind, self.group = kind, group
        self.given = {_folded(name): target for name, target in (given or {}).items()}
        self.things = known_things(instance)
        self.unmapped: dict[str, None] = {}

    def says(self, name: str) -> bool:
        """Say whether a name is mapped, be it to nothing, or is an offering or component itself."""
        return _folded(name) in self.given or name in self.things

    def of(self, *names: str) -> Target | None:
        """Return what the first of these names that is mapped stands for; None where it is to be passed over, or not mapped."""
        for name in names:
            if name and self.says(name):
                return _target(self.given.get(_folded(name), name))
        self.unmapped[next((name for name in names if name), "")] = None
        return None

    def refuse(self, path: Path, what: str, hint: str = "") -> None:
        """Raise ImportRefusedError with the lines to add, where names are not mapped yet."""
        if self.unmapped:
            raise ImportRefusedError(self.lines(path, what, list(self.unmapped), hint))

    def lines(self, path: Path, what: str, names: list[str], hint: str = "") -> str:
        """Return what is not mapped yet, and the lines to add to the map."""
        shown = [name for name in names if 0 < len(name) <= LONGEST_NAME][:SHOWN]
        near = {name: nearest(name, self.things) for name in shown}
        lines = [
            f"    {json.dumps(name, ensure_ascii=False)}: {PLACEHOLDER}" + (f"   # {near[name]}?" if near[name] else "")
            for name in shown
        ]
        more = [f"    # … and {len(names) - len(shown)} more"] if len(names) > len(shown) else []
        head = (
            f"{path}: nothing was read, as these {what} ({len(names)}) are not mapped yet{hint}.\nPut these lines into {IMPORTS}"
            f" in the folder, or into a file for --map, with an offering or component for {PLACEHOLDER}, or null to pass it over:"
        )
        return "\n".join([head, "format: 1", f"{self.kind}:", f"  {self.group}:", *lines, *more])


def known_things(instance: Instance) -> frozenset[str]:
    """Return the ids of all offerings and components."""
    codes = (code for edition in instance.editions.values() for code in edition.component)
    return frozenset({*instance.offering, *codes})


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())


def _target(said: str | ScoreShape | None) -> Target | None:
    if isinstance(said, ScoreShape):
        return Target(name=said.to, least=said.least)
    return None if said is None else Target(name=said)
