"""The answers that judge what is there: a plan, and the calendar against its promises."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from scheduler.answers.audit import Audited
from scheduler.answers.check import Checked
from scheduler.face.shown import Shown

if TYPE_CHECKING:
    import pandas as pd

    from scheduler.show.screen import Screen


@dataclass(frozen=True, slots=True, repr=False)
class PlanJudged(Shown):
    """Whether a plan keeps every rule; `found` holds the values themselves."""

    found: Checked

    def frame(self) -> "pd.DataFrame":
        """Return a row for each broken rule; the columns are those of `frames.violations_frame`."""
        from scheduler.frames.judged import violations_frame

        return violations_frame(self.found)

    def proof(self) -> "pd.DataFrame":
        """Return what a certificate proves, no row where none was given; the columns are those of `frames.proof_frame`."""
        from scheduler.frames.judged import proof_frame

        return proof_frame(self.found)

    def _answer(self) -> dict[str, Any]:
        from scheduler.show.verdict import verdict

        return verdict(self.found)

    def _show(self, screen: "Screen") -> None:
        """Write what `scheduler check` writes."""
        from scheduler.show.verdict import show_verdict

        show_verdict(screen, self.found)


@dataclass(frozen=True, slots=True, repr=False)
class PromisesJudged(Shown):
    """Supply promises, kept or broken; `found` holds the values themselves."""

    found: Audited

    def frame(self) -> "pd.DataFrame":
        """Return a row for each promise in each period; the columns are those of `frames.promises_frame`."""
        from scheduler.frames.judged import promises_frame

        return promises_frame(self.found)

    def _answer(self) -> dict[str, Any]:
        from scheduler.show.promises import promises

        return promises(self.found.instance, self.found.judged, self.found.odd)

    def _show(self, screen: "Screen") -> None:
        """Write what `scheduler audit` writes."""
        from scheduler.show.promises import show_promises

        show_promises(screen, self.found.instance, self.found.judged, self.found.odd)
