"""Plans again what a change has struck of a calendar that is held, and nothing else."""

from dataclasses import replace

from models.programme.instance import Instance
from scheduler.calendar.changed import left_to_plan, nearest, replacements
from scheduler.calendar.planner import PlannedCalendar, Planner
from scheduler.calendar.promises import dues_of
from scheduler.calendar.question import CalendarQuestion, baseline
from scheduler.calendar.season import season_of
from scheduler.calendar.struck import struck_by
from scheduler.calendar.worth import Valuer
from scheduler.engines.budget import Budget


class CalendarRepair:
    """One change: `struck` = what it strikes, `left` and `question` = what is planned again, `before` = what was told."""

    def __init__(self, instance: Instance, question: CalendarQuestion, budget: Budget) -> None:
        """Take the changes of a question about the calendar that is held."""
        self.keep = question.keep
        self.struck = struck_by(instance, question.changes)
        self.left = left_to_plan(self.struck)
        barred = frozenset((run.component, run.start) for run in self.struck.lost)
        self.question = replace(question, most=(*replacements(self.struck), *question.most), barred=barred)
        was = season_of(replace(instance, patterns=()))
        self.before = Valuer(was, dues_of(was.instance), budget).standing

    def plan(self, planner: Planner) -> PlannedCalendar:
        """Return the best calendar with what is lost planned again, near the dates that were told where that is as good."""
        planner.valuer.told = {name: answer.graduation for name, answer in self.before.answers.of.items()}
        found = planner.plan(planner.starts.near((run.component, run.start) for run in self.struck.lost))
        near = nearest(planner, found.best, self.struck, keep=self.keep)
        if near is not found.best:
            found.best, found.crews = near, None
        found.baselines = [
            baseline("before the change", self.before),
            baseline("nothing done", planner.valuer.standing),
        ]
        return found
