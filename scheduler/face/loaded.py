"""What every question is asked of: the instance of a folder, and how names are looked up in it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Self

from scheduler.files.faults import Fault, comma_list, nearest

if TYPE_CHECKING:
    from models.programme.instance import Instance


@dataclass(frozen=True, slots=True)
class LoadedFolder:
    """An instance, what is odd about its files but stops nothing, and the folder that it was read from."""

    instance: "Instance"
    warnings: tuple[Fault, ...] = ()
    folder: Path | None = None

    @classmethod
    def load(cls, folder: str | Path, *, as_of: date | None = None) -> Self:
        """Read a folder, on its own planning day or another; raise BadInstanceError with all its faults."""
        from scheduler.files.folder import load

        loaded = load(Path(folder), as_of)
        return cls(loaded.instance, loaded.warnings, Path(folder))

    def _known(self, learners: str | Iterable[str] | None) -> tuple[str, ...]:
        """Return the learners who are named, each once and in order, or none where nobody is."""
        if learners is None:
            return ()
        names = tuple(sorted(set(names_of(learners))))
        if not names:
            raise ValueError("no learner is named; leave `learners` out to ask about all of them")
        refuse("learner", names, self.instance.learner)
        return names

    def _components(self, named: str | Iterable[str]) -> tuple[str, ...]:
        """Return the components that are named, each once."""
        names = tuple(dict.fromkeys(names_of(named)))
        refuse("component", names, {code for edition in self.instance.editions.values() for code in edition.component})
        return names

    def _posed(self, *, tentative: bool = False, free: bool = False) -> "Instance":
        """Return the instance as it is asked about."""
        from models.changes.people import freed

        read = replace(self.instance, tentative=tentative)
        return freed(read) if free else read


def names_of(named: str | Iterable[str]) -> tuple[str, ...]:
    """Return what is named; a plain text is one name."""
    return (named,) if isinstance(named, str) else tuple(named)


def refuse(what: str, names: Iterable[str], known: Iterable[str]) -> None:
    """Raise ValueError for the first name that is not known, with the nearest that is."""
    among = sorted(known)
    for name in names:
        if name not in among:
            near = nearest(name, among)
            advice = f"did you mean {near!r}?" if near else f"there are {comma_list(among)}"
            raise ValueError(f"no {what} of the name {name!r}; {advice}")
