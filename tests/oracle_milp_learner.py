"""One learner's columns and rows in the mixed-integer program."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from models.programme.edition import Requirement
from models.programme.time import anniversary
from tests.linear_program import LinearProgram
from tests.oracle_milp_pieces import DAY, Believed, Piece, is_attended, pieces

Factors = dict[int, float]


class LearnerProgram:
    """Everything is zero for a learner who does not graduate; what stands is chosen by everyone who does."""

    def __init__(self, program: LinearProgram, believed: Believed) -> None:
        """Make the columns."""
        self.program, self.believed = program, believed
        self.pieces = list(pieces(believed))
        self.places: dict[str, list[int]] = defaultdict(list)
        self.runs: dict[str, list[int]] = defaultdict(list)
        for place, piece in enumerate(self.pieces):
            self.places[piece.code].append(place)
            if piece.run is not None:
                self.runs[piece.run.id].append(place)
        self.horizon = max([1, *((piece.last - believed.instance.as_of).days for piece in self.pieces)])
        self.graduates = program.yes_or_no()
        self.day = program.number(self.horizon)
        self.chosen = [program.yes_or_no() for _ in self.pieces]
        self.acts: dict[tuple[int, str], int] = {}

    def new_seats(self, offering: str) -> list[int]:
        """Return the columns that newly take a seat."""
        return [self.chosen[place] for place in self.runs.get(offering, ()) if not self.pieces[place].standing]

    def new_roles(self, offering: str, role: str) -> list[int]:
        """Return the columns that newly take a place in a role."""
        return [self.acts[place, role] for place in self.runs.get(offering, ()) if (place, role) in self.acts]

    def build(self) -> None:
        """Add every row that concerns this learner alone."""
        self.program.at_most({self.day: 1, self.graduates: -self.horizon}, 0)
        for piece, column in zip(self.pieces, self.chosen, strict=True):
            self.program.at_most({column: 1, self.graduates: -1}, 0)
            if piece.standing:
                self.program.at_least({column: 1, self.graduates: -1}, 0)
        self._roles()
        self._once()
        self._clashes()
        self._load()
        for place, piece in enumerate(self.pieces):
            if piece.first > self.believed.instance.as_of:
                self._order(place, piece)
        for need in self.believed.edition.requirements:
            self._meet(need)
        for entry in self.believed.edition.last:
            self._finish(entry)
        self._window()

    def _roles(self) -> None:
        for place, piece in enumerate(self.pieces):
            may = piece.role is None and piece.run is not None and piece.first > self.believed.instance.as_of
            names = [name for name, _ in self.believed.component[piece.code].roles] if may else []
            for name in names:
                self.acts[place, name] = self.program.yes_or_no()
            taken = {self.acts[place, name]: 1.0 for name in names}
            if taken:
                self.program.at_most({**taken, self.chosen[place]: -1}, 0)

    def _once(self) -> None:
        same: dict[str, Factors] = defaultdict(dict)
        for piece, column in zip(self.pieces, self.chosen, strict=True):
            if not piece.standing and not self.believed.component[piece.code].repeatable:
                same[piece.code][column] = 1
        for factors in same.values():
            self.program.at_most(factors, 1)

    def _clashes(self) -> None:
        """Go through all sessions by their starts: one clashes with those before it that are not over."""
        sessions = [
            (session.span.start, session.span.end, place)
            for place, piece in enumerate(self.pieces)
            for session in (piece.run.sessions if piece.run else ())
        ]
        running: list[tuple[int, int]] = []
        pairs: set[tuple[int, int]] = set()
        for start, end, place in sorted(sessions):
            running = [(over, other) for over, other in running if over > start]
            pairs |= {(min(place, other), max(place, other)) for _, other in running if other != place}
            running.append((end, place))
        for one, other in sorted(pairs):
            self.program.at_most({self.chosen[one]: 1, self.chosen[other]: 1}, 1)

    def _load(self) -> None:
        person = self.believed.person
        runs = [(piece, column) for piece, column in zip(self.pieces, self.chosen, strict=True) if piece.run]
        for day in sorted({piece.first for piece, _ in runs}):
            monday = day - day.weekday() * DAY
            if person.max_weekly_minutes is not None:
                week: Factors = {
                    column: piece.run.weekly_minutes or 0
                    for piece, column in runs
                    if piece.run and piece.first <= monday + 6 * DAY and piece.last >= monday
                }
                self.program.at_most(week, person.max_weekly_minutes)
            if person.max_courses is not None:
                at_once: Factors = {
                    column: 1
                    for piece, column in runs
                    if piece.first <= day <= piece.last and self.believed.component[piece.code].kind == "course"
                }
                self.program.at_most(at_once, person.max_courses)

    def _order(self, place: int, piece: Piece) -> None:
        edition, column = self.believed.edition, self.chosen[place]
        if piece.run is not None and not is_attended(self.believed, piece.run):
            self.program.at_most({column: 1}, 0)
        for entry in () if piece.code in edition.first_codes else edition.first:
            self._after(column, entry, [early for early in self._of(entry) if self.pieces[early].precedes(piece)])
        for entry in self.believed.component[piece.code].requires:
            strict = edition.gate == "registration" and not piece.standing
            closing = piece.run.registration_closes if piece.run and strict else None
            early = [before for before in self._of(entry) if self.pieces[before].precedes(piece)]
            in_time = [before for before in early if closing is None or self.pieces[before].last <= closing]
            self._after(column, entry, in_time)
        if piece.code in edition.last_codes:
            self._after_all_else(column, piece)

    def _of(self, codes: Iterable[str]) -> list[int]:
        wanted = set(codes)
        return [place for code in sorted(wanted) for place in self.places[code]]

    def _after(self, column: int, entry: Sequence[str], early: Sequence[int]) -> None:
        if not any(self.believed.is_done(code) for code in entry):
            self.program.at_most({column: 1, **{self.chosen[place]: -1.0 for place in early}}, 0)

    def _after_all_else(self, column: int, piece: Piece) -> None:
        for need in self.believed.edition.requirements:
            if not self.believed.edition.last_codes.issuperset(need.pool):
                factors = self._contributions(need, [p for p, other in enumerate(self.pieces) if other.precedes(piece)])
                lacking = max(0, need.count - len(self.believed.counted(need)))
                self.program.at_least({**factors, column: -float(lacking)}, 0)

    def _contributions(self, need: Requirement, places: Iterable[int]) -> Factors:
        """Return the columns that count towards a requirement beside the records."""
        factors: Factors = {}
        open_codes = set(need.pool) - self.believed.counted(need)
        for place in places:
            if self.pieces[place].code in open_codes:
                factors |= dict.fromkeys(self._ways_to_count(need, place), 1.0)
        return factors

    def _ways_to_count(self, need: Requirement, place: int) -> list[int]:
        piece = self.pieces[place]
        if need.role is not None:
            if piece.role is not None:
                return [self.chosen[place]] if piece.role == need.role else []
            return [self.acts[place, need.role]] if (place, need.role) in self.acts else []
        minutes = piece.length()
        if piece.role is not None or need.min_minutes is None or minutes is None or minutes >= need.min_minutes:
            return [self.chosen[place]]
        return [column for (one, _), column in self.acts.items() if one == place]

    def _meet(self, need: Requirement) -> None:
        """Choose which things count, and graduate no sooner than they end."""
        counting: Factors = {}
        ends: dict[str, Factors] = defaultdict(dict)
        for place in self._of(set(need.pool) - self.believed.counted(need)):
            piece = self.pieces[place]
            for column in self._contributions(need, [place]):
                counts = self.program.yes_or_no()
                counting[counts] = 1
                self.program.at_most({counts: 1, column: -1}, 0)
                # One row for all runs of what counts once: the relaxation sees more of a sum.
                row = place if self.believed.component[piece.code].repeatable else piece.code
                ends[str(row)][counts] = -float((piece.last - self.believed.instance.as_of).days)
        for factors in ends.values():
            self.program.at_least({self.day: 1, **factors}, 0)
        lacking = max(0, need.count - len(self.believed.counted(need)))
        self.program.at_least({**counting, self.graduates: -float(lacking)}, 0)

    def _finish(self, entry: Sequence[str]) -> None:
        if any(self.believed.is_done(code) for code in entry):
            return
        counting: Factors = {}
        for place in self._of(entry):
            counts = self.program.yes_or_no()
            counting[counts] = 1
            self.program.at_most({counts: 1, self.chosen[place]: -1}, 0)
            self._no_sooner(counts, self.pieces[place].last)
        self.program.at_least({**counting, self.graduates: -1}, 0)

    def _no_sooner(self, column: int, day: date) -> None:
        self.program.at_least({self.day: 1, column: -float((day - self.believed.instance.as_of).days)}, 0)

    def _by(self, start: date, conditions: Iterable[int]) -> None:
        """If all the conditions hold, graduate within the window that starts on a day."""
        window = self.believed.edition.window
        limit = (anniversary(start, window.years if window else 0) - self.believed.instance.as_of).days
        self._until(limit, conditions)

    def _until(self, limit: int, conditions: Iterable[int]) -> None:
        slack = float(self.horizon + abs(limit) + 1)
        factors: Factors = {self.day: 1, self.graduates: slack}
        named = list(conditions)
        for column in named:
            factors[column] = slack
        self.program.at_most(factors, limit + slack * (len(named) + 1))

    def _window(self) -> None:
        person, window = self.believed.person, self.believed.edition.window
        if person.deadline is not None:
            self._until((person.deadline - self.believed.instance.as_of).days, [])
        elif window and window.starts == "enrolment":
            self._by(self.believed.joined, [])
        elif window and window.starts == "orientation":
            self._orientation()
        elif window:
            self._first_component()

    def _orientation(self) -> None:
        """Choose the entry of `first` that is done last, which starts the clock, and obey its window."""
        believed = self.believed
        if not believed.edition.first:
            self._by(believed.joined, [])
            return
        decides = [self.program.yes_or_no() for _ in believed.edition.first]
        self.program.at_least({**dict.fromkeys(decides, 1.0), self.graduates: -1}, 0)
        for entry, decisive in zip(believed.edition.first, decides, strict=True):
            known = [row.date for row in believed.completions if row.component in entry and row.date]
            known += [believed.joined for row in believed.exemptions if row.component in entry]
            if known:
                self._by(max(min(known), believed.joined), [decisive])
            for place in self._of(entry):
                self._by(max(self.pieces[place].last, believed.joined), [decisive, self.chosen[place]])

    def _first_component(self) -> None:
        believed, first = self.believed, self.believed.edition.first_codes
        starts = {run.id: run.start for run in believed.instance.offerings}
        for row in believed.completions:
            begun = starts.get(row.offering or "", row.date or believed.instance.as_of)
            if row.component not in first and begun >= believed.joined:
                self._by(begun, [])
        for place, piece in enumerate(self.pieces):
            if piece.code not in first and piece.first >= believed.joined:
                self._by(piece.first, [self.chosen[place]])
