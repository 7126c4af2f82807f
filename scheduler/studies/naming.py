"""Checks that every name in a study is one of the instance, or one that the study itself brings in."""

from collections.abc import Iterator, Mapping, Sequence

from models.programme.instance import Instance
from scheduler.files.faults import Ledger, comma_list
from scheduler.files.yamltext import Document, Path_
from scheduler.studies.changes import Kind
from scheduler.studies.shapes import kinds_of
from scheduler.studies.study import ChangeStep

WORDS = {"who": "learner or trainer"}
FEW = 20


def check_names(
    document: Document,
    read: Sequence[tuple[Path_, ChangeStep]],
    chances: Sequence[str],
    instance: Instance,
    ledger: Ledger,
) -> None:
    """Note every name that nothing has, at its place, with the nearest right one."""
    known = _known(instance, [step for _, step in read])
    for path, step in read:
        for key, kind in kinds_of(step.change).items():
            value = step.subject if key == step.change else dict(step.values).get(key)
            if value is not None and kind != "new" and value not in known[kind]:
                _note(document, (*path, key), WORDS.get(kind, kind), str(value), known[kind], ledger)
    tentative = {run.id for run in instance.offerings if run.status == "tentative"}
    for name in chances:
        if name not in tentative:
            _note(document, ("chances", name), "tentative offering", name, tentative, ledger)


def _note(document: Document, place: Path_, what: str, name: str, names: set[str], ledger: Ledger) -> None:
    allowed = comma_list(sorted(names)) if len(names) <= FEW else f"one of the {len(names)} that exist"
    near = ledger.near(name, names)
    ledger.add(document.fault(*place, message=f"no {what} of this name", read=name, allowed=allowed, near=near))


def _known(instance: Instance, steps: Sequence[ChangeStep]) -> Mapping[Kind, set[str]]:
    editions = instance.editions.values()
    learners = {*instance.learner, *_joining(steps)}
    return {
        "offering": {*instance.offering, *(str(one.subject) for one in steps if one.change == "add")},
        "learner": learners,
        "trainer": set(instance.trainer),
        "who": {*learners, *instance.trainer},
        "edition": set(instance.editions),
        "component": {code for each in editions for code in each.component},
        "requirement": {one.id for each in editions for one in each.requirements},
        "new": set(),
    }


def _joining(steps: Sequence[ChangeStep]) -> Iterator[str]:
    for each in steps:
        if each.change == "join":
            count = int(dict(each.values)["count"])
            yield from (f"{each.subject}{number:0{len(str(count))}}" for number in range(1, count + 1))
