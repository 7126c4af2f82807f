"""A journey as a drawing: rows for what comes first, tasks, courses, workshops and events along the months, in plain numbers."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from models.programme.instance import Instance
from models.programme.time import months_later
from scheduler.pages.words import day, days
from scheduler.report.steps import Step

ROWS: Mapping[str, str] = {
    "first": "First",
    "task": "Tasks",
    "course": "Courses",
    "workshop": "Workshops",
    "event": "Events",
}
"""The rows from above; what comes before everything else has one of its own, whatever it is."""

WIDE, NARROW = 760, 350
EDGE = 6
HEAD, LANE, BAR, ROW_HEAD = 44, 24, 14, 20
LABEL, LINE = 39.0, 14.0
"""Where the words above upright lines stand, and how much lower a second line of them."""

LETTER = 7.4
"""So wide is a letter of a label at most, on average."""

LEAST = 8
"""A bar is at least so wide, so that a single day can be seen."""

GAP = 6
MONTHS = 12
SIGNS = {"done": "✓ ", "booked": "", "planned": "", "tentative": "? "}


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One step: its box, its label and where that is anchored (`start` right of the box, `end` left of it)."""

    x: float
    y: float
    width: float
    label: str
    label_x: float
    anchor: str
    state: str
    told: str


@dataclass(frozen=True, slots=True, kw_only=True)
class JourneyRow:
    """One row: its title, its upper edge and its bars."""

    title: str
    y: float
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """An upright line with a label above it at `y`: a month's first day, the planning day, graduation."""

    x: float
    label: str
    anchor: str = "middle"
    y: float = LABEL

    def span(self) -> tuple[float, float]:
        """Return from where to where the label goes."""
        room = len(self.label) * LETTER
        start = self.x - {"start": 0.0, "middle": room / 2, "end": room}[self.anchor]
        return start, start + room


@dataclass(frozen=True, slots=True, kw_only=True)
class Journey:
    """A drawing in a box of `width` by `height`; `states` = those that occur; `told` = what it shows, in one sentence."""

    name: str
    width: float
    height: float
    rows: tuple[JourneyRow, ...]
    months: tuple[Mark, ...]
    years: tuple[Mark, ...]
    today: Mark
    graduation: Mark | None
    states: tuple[str, ...]
    told: str


@dataclass(frozen=True, slots=True)
class _Scale:
    first: date
    last: date
    width: float

    def x(self, when: date) -> float:
        inside = self.width - 2 * EDGE
        return round(EDGE + inside * (when - self.first).days / max(1, (self.last - self.first).days), 1)


def journeys(instance: Instance, learner: str, steps: Sequence[Step], graduation: date | None) -> tuple[Journey, ...]:
    """Return the drawing for a wide page and for a phone; none where there is no step."""
    if not steps:
        return ()
    return tuple(
        _journey(instance, learner, steps, graduation, name, width)
        for name, width in (("wide", WIDE), ("narrow", NARROW))
    )


def _journey(
    instance: Instance, learner: str, steps: Sequence[Step], graduation: date | None, name: str, width: float
) -> Journey:
    known = [*(step.start for step in steps), *(step.end for step in steps), instance.as_of]
    last = max([*known, graduation] if graduation else known)
    scale = _Scale(min(known).replace(day=1), last + timedelta(days=1), width)
    months, years = _calendar(scale)
    today = _mark(scale, instance.as_of, "today")
    end = _mark(scale, graduation, "graduation") if graduation and graduation > instance.as_of else None
    if end is not None and end.span()[0] < today.span()[1] + GAP:
        today = replace(today, y=LABEL + LINE)
    rows: list[JourneyRow] = []
    top = HEAD + today.y - LABEL
    for kind, title in ROWS.items():
        mine = [step for step in steps if _row(instance, learner, step) == kind]
        if mine:
            bars, lanes = _bars(instance, learner, mine, scale, top + ROW_HEAD)
            rows.append(JourneyRow(title=title, y=top, bars=bars))
            top += ROW_HEAD + lanes * LANE + GAP
    return Journey(
        name=name,
        width=width,
        height=top,
        rows=tuple(rows),
        months=months,
        years=years,
        today=today,
        graduation=end,
        states=tuple(state for state in SIGNS if any(step.state == state for step in steps)),
        told=_told(steps, instance.as_of, graduation),
    )


def _row(instance: Instance, learner: str, step: Step) -> str:
    if step.component in instance.edition_of(learner).first_codes:
        return "first"
    component = instance.component_for(learner, step.component)
    return component.kind if component else "course" if step.start != step.end else "workshop"


def _bars(
    instance: Instance, learner: str, steps: Sequence[Step], scale: _Scale, top: float
) -> tuple[tuple[Bar, ...], int]:
    """Put each step into the first lane where it and its label fit; return the bars and how many lanes there are."""
    lanes: list[float] = []
    bars: list[Bar] = []
    for step in steps:
        x = scale.x(step.start)
        width = max(LEAST, scale.x(step.end + timedelta(days=1)) - x)
        x = min(x, scale.width - width - 1)
        label = f"{SIGNS[step.state]}{step.component}{f' ({step.role})' if step.role else ''}"
        room = len(label) * LETTER + 4
        right = x + width + room + EDGE <= scale.width
        start, end = (x, x + width + room) if right else (x - room, x + width)
        lane = next((number for number, used in enumerate(lanes) if used <= start), len(lanes))
        lanes[lane : lane + 1] = [end + GAP]
        bars.append(
            Bar(
                x=x,
                y=top + lane * LANE,
                width=width,
                label=label,
                label_x=x + width + 4 if right else x - 4,
                anchor="start" if right else "end",
                state=step.state,
                told=f"{_title(instance, learner, step)}: {days(step.start, step.end)}, {step.state}",
            )
        )
    return tuple(bars), len(lanes)


def _title(instance: Instance, learner: str, step: Step) -> str:
    component = instance.component_for(learner, step.component)
    return f"{step.label}, {component.title}" if component else step.label


def _months(scale: _Scale) -> Iterator[date]:
    """Yield so many first days of months that their names do not touch."""
    count = (scale.last.year - scale.first.year) * MONTHS + scale.last.month - scale.first.month + 1
    apart = next(each for each in (1, 2, 3, 6, 12, 24, count) if scale.width / count * each >= len("Jan ") * LETTER)
    yield from (months_later(scale.first, number) for number in range(0, count, apart))


def _calendar(scale: _Scale) -> tuple[tuple[Mark, ...], tuple[Mark, ...]]:
    """Return the names of months, and the years above the first one of each."""
    shown = [each for each in _months(scale) if scale.x(each) + len("Jan") * LETTER <= scale.width]
    newest = {each.year: each for each in reversed(shown)}
    months = tuple(Mark(x=scale.x(each), label=f"{each:%b}", anchor="start") for each in shown)
    years: list[Mark] = []
    ends = scale.width
    for each in newest.values():  # the last one first: of two that would touch, the one of a whole year stays
        mark = Mark(x=scale.x(each), label=str(each.year), anchor="start")
        if mark.span()[1] <= ends:
            years.insert(0, mark)
            ends = mark.x - GAP
    return months, tuple(years)


def _mark(scale: _Scale, when: date, label: str) -> Mark:
    x = scale.x(when)
    room = len(label) * LETTER / 2
    anchor = "start" if x < room else "end" if x > scale.width - room else "middle"
    return Mark(x=x, label=label, anchor=anchor)


def _told(steps: Sequence[Step], today: date, graduation: date | None) -> str:
    counted = [(state, sum(step.state == state for step in steps)) for state in SIGNS]
    words = ", ".join(f"{count} {state}" for state, count in counted if count)
    end = f", graduation on {day(graduation)}" if graduation else ""
    return f"{len(steps)} steps from {day(min(s.start for s in steps))} on: {words}; today is {day(today)}{end}."
