"""What is asked of an import: the file, the folder as it stands, its names of things, and the options."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from models.programme.instance import Instance
from scheduler.files.faults import nearest
from scheduler.files.import_shapes import ImportsShape
from scheduler.imports.proposed import ImportFound, ImportRefusedError
from scheduler.imports.targets import known_things


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportAsked:
    """`on` = the day of what the file does not date; `zone` = where its times are; `whole` = whoever is absent has dropped."""

    path: Path
    folder: Path
    instance: Instance
    maps: ImportsShape
    offering: str | None = None
    who: str | None = None
    on: date | None = None
    zone: str | None = None
    whole: bool = False

    def found(self) -> ImportFound:
        """Return an empty proposal for the folder."""
        return ImportFound(folder=self.folder)

    def thing(self) -> str | None:
        """Return what --offering names, or the file's name, if it is an offering or component; raise ImportRefusedError."""
        things = known_things(self.instance)
        if self.offering is None or self.offering in things:
            return self.offering or (self.path.stem if self.path.stem in things else None)
        near = nearest(self.offering, things)
        hint = f"; did you mean {near!r}?" if near else ""
        raise ImportRefusedError(f"{self.path}: no offering or component is called {self.offering!r}{hint}")
