"""What the generated programme offers, how often, and its edition file."""

from dataclasses import dataclass

MONDAY, TUESDAY, WEDNESDAY, THURSDAY = range(4)
REQUIRED_COURSES = ("CODE", "PBK")
ELECTIVES = ("NOC", "COP", "PMB")
REQUIRED_WORKSHOPS = ("VALUES", "FEEDBACK")
CHOSEN = ("FOURFRAME", "PACT", "DECIDE", "TOOLS", "VOLUNTEERS", "LSC1", "LSC2", "FACILITATE-PLAN", "FACILITATOR")
CHOSEN_COUNT = 4
SHARES = 3
ORIENTATION_DAYS = 7
WINDOW_YEARS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One dated component: how often a year it is held, where in its turn, for how many days, and when it meets."""

    code: str
    per_year: float
    phase: float
    days: int = 1
    weekdays: tuple[int, ...] = (TUESDAY, WEDNESDAY, THURSDAY)
    minutes: int = 90
    weekly_hours: int | None = None

    @property
    def is_course(self) -> bool:
        """Say whether this is one of the courses."""
        return self.weekly_hours is not None


COURSES = (
    Entry(code="CODE", per_year=2, phase=0.1, days=39, weekdays=(MONDAY,), weekly_hours=3),
    Entry(code="PBK", per_year=2, phase=0.4, days=39, weekdays=(TUESDAY,), weekly_hours=3),
    Entry(code="NOC", per_year=1, phase=0.7, days=52, weekdays=(TUESDAY, THURSDAY), weekly_hours=5),
    Entry(code="COP", per_year=1, phase=0.6, days=52, weekdays=(MONDAY, WEDNESDAY), weekly_hours=5),
    Entry(code="PMB", per_year=1, phase=0.8, days=2, weekdays=(TUESDAY, WEDNESDAY), minutes=180, weekly_hours=6),
)
WORKSHOPS = tuple(
    Entry(code=code, per_year=2, phase=(place % 5 + 1) / 6, minutes=120 if code.startswith("LSC") else 90)
    for place, code in enumerate(REQUIRED_WORKSHOPS + CHOSEN)
)
SKILLS_SHARE = Entry(code="QSS", per_year=4, phase=0.5, minutes=60, weekdays=(THURSDAY,))
ENTRIES = (*COURSES, *WORKSHOPS, SKILLS_SHARE)
MORE = tuple(
    Entry(code=f"MORE{place:02}", per_year=1, phase=(place % 7 + 1) / 8) for place in range(1, 31 - len(WORKSHOPS))
)
"""Workshops that a large programme holds beside the usual ones; all of them can be chosen."""
REQUIRES = {**dict.fromkeys(ELECTIVES, REQUIRED_COURSES), "LSC2": ("LSC1",)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What an edition says beside what is taught: `more` workshops to choose from, `seats` of a run, places for a talk."""

    more: tuple[Entry, ...] = ()
    seats: int | None = None
    talks: int = 3
    window_years: int | None = WINDOW_YEARS


USUAL = Terms()


def edition(terms: Terms = USUAL) -> str:
    """Return the text of `editions/generated.yaml`."""
    window = f"{{years: {terms.window_years}, starts: enrolment}}" if terms.window_years else "null"
    components = [_component(entry, terms) for entry in (*ENTRIES, *terms.more)]
    chosen = (*CHOSEN, *(entry.code for entry in terms.more))
    return "\n".join([*_HEAD, f"window: {window}", *_FIRST, *components, *_requirements(chosen), ""])


def _component(entry: Entry, terms: Terms) -> str:
    kind = "course" if entry.is_course else "workshop"
    more = f", requires: [{', '.join(REQUIRES[entry.code])}]" if entry.code in REQUIRES else ""
    if entry is SKILLS_SHARE:
        kind, more = "event", f", repeatable: true, roles: {{talk: {terms.talks}}}"
    elif terms.seats is not None:
        more = f", seats: {terms.seats}{more}"
    return f"  - {{code: {entry.code}, title: {entry.code.capitalize()}, kind: {kind}{more}}}"


_HEAD = (
    "format: 1",
    "id: generated",
    "title: A made-up programme",
    "synthetic: true",
)
_FIRST = (
    "gate: first-session",
    "first: [ORIENT]",
    "last: []",
    "components:",
    f"  - {{code: ORIENT, title: Orientation, kind: task, days: {ORIENTATION_DAYS}}}",
)


def _requirements(chosen: tuple[str, ...]) -> tuple[str, ...]:
    return (
        "requirements:",
        "  - {id: orientation, title: Orientation, count: 1, from: [ORIENT]}",
        f"  - {{id: core, title: Both core courses, count: 2, from: [{', '.join(REQUIRED_COURSES)}]}}",
        f"  - {{id: elective, title: One elective, count: 1, from: [{', '.join(ELECTIVES)}]}}",
        f"  - {{id: required, title: Both required workshops, count: 2, from: [{', '.join(REQUIRED_WORKSHOPS)}]}}",
        f"  - {{id: chosen, title: Four chosen workshops, count: {CHOSEN_COUNT}, from: [{', '.join(chosen)}]}}",
        f"  - {{id: skills-share, title: Skills shares, count: {SHARES}, from: [QSS]}}",
        "  - {id: talk, title: A talk, count: 1, from: [QSS], role: talk}",
    )
