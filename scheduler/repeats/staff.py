"""When each trainer could teach one more session: what they teach already, when they are away, and their limits."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from models.judging.calendar import off_day, too_close
from models.programme.instance import Instance
from models.programme.offering import Session
from models.programme.people import Trainer
from models.programme.time import Span, local, monday_of
from models.programme.words import plural

Stretch = tuple[str, date]
"""A trainer's local week (by its Monday) or day."""


@dataclass(slots=True)
class Calendar:
    """One trainer's own sessions, absences and limits; `room` = how many more sessions a week or a day takes."""

    trainer: Trainer
    taught: list[tuple[Span, str]] = field(default_factory=list)
    away: list[tuple[Span, str]] = field(default_factory=list)
    standing: Counter[Stretch] = field(default_factory=Counter)

    def stretches(self, sessions: Iterable[Session]) -> Counter[Stretch]:
        """Count sessions by the weeks and days that have a limit."""
        found: Counter[Stretch] = Counter()
        for session in sessions:
            day = local(session.start, self.trainer.zone).date()
            if self.trainer.max_sessions_per_week is not None:
                found["week", monday_of(day)] += 1
            if self.trainer.max_sessions_per_day is not None:
                found["day", day] += 1
        return found

    def most(self, stretch: Stretch) -> int:
        """Return the limit of a week or a day."""
        limit = self.trainer.max_sessions_per_week if stretch[0] == "week" else self.trainer.max_sessions_per_day
        return 0 if limit is None else limit

    def room(self, stretch: Stretch) -> int:
        """Return how many sessions more a week or a day takes."""
        return max(0, self.most(stretch) - self.standing[stretch])

    def teach(self, sessions: Sequence[Session], label: str) -> None:
        """Enter sessions that are taught."""
        self.taught += [(session.span, label) for session in sessions]
        self.standing += self.stretches(sessions)

    def why_not(self, sessions: Sequence[Session]) -> str | None:
        """Return why some sessions cannot be taught beside all this, or None."""
        for session in sessions:
            why = self._not_then(session)
            if why:
                return why
        for stretch, count in self.stretches(sessions).items():
            if count > self.room(stretch):
                taught = self.standing[stretch]
                return f"{self.trainer.id} teaches {taught} in the {stretch[0]} of {stretch[1]}, of {self.most(stretch)} at most"
        return None

    def _not_then(self, session: Session) -> str | None:
        """Return why one session cannot be taught, whatever the limits of its day and week."""
        span, who = session.span, self.trainer
        for other, label in self.taught:
            if span.overlaps(other):
                return f"{who.id} teaches {label} then"
            if too_close(span, other, who.min_break):
                return f"{who.id} needs {plural(who.min_break or 0, 'minute')} between it and {label}"
        for other, words in self.away:
            if span.overlaps(other):
                return f"{who.id} is away then ({words})"
        return off_day(who, session)


def calendars_of(instance: Instance, names: Iterable[str]) -> dict[str, Calendar]:
    """Return the calendars of some trainers; one whom trainers.csv does not have keeps the programme's zone and no limit."""
    found = {}
    for name in sorted(set(names)):
        trainer = instance.trainer.get(name) or Trainer(id=name, zone=instance.zone)
        calendar = Calendar(trainer)
        for run in instance.offerings:
            if name in run.trainers and run.status != "cancelled":
                calendar.teach(run.sessions, run.id)
        for row in instance.unavailable_of.get(name, ()):
            calendar.away.append((row.span, row.note or row.words))
        found[name] = calendar
    return found
