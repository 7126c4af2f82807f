"""The model that one writes first: a boolean for each offering, an implication for each booking, a last day to minimise."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta

from ortools.sat.python import cp_model

from models.programme.instance import Instance
from tests.oracle_milp import room_of
from tests.oracle_milp_pieces import DAY, Piece, believe, is_attended, pieces


class PlainModel:
    """One learner's model in CP-SAT, as documentation and tutorials would have it."""

    def __init__(self, instance: Instance, learner: str) -> None:
        """Build the model."""
        self.believed = believe(instance, learner)
        self.as_of = instance.as_of
        self.model = cp_model.CpModel()
        self.room = room_of(instance)
        self.pieces = [piece for piece in pieces(self.believed) if piece.standing or self._room(piece, None)]
        self.books = [self.model.new_bool_var("") for _ in self.pieces]
        self.talks: dict[tuple[int, str], cp_model.IntVar] = {}
        last = max([1, *((piece.last - self.as_of).days for piece in self.pieces)])
        self.day = self.model.new_int_var(0, last, "graduation")
        self._bookings()
        self._clashes()
        self._load()
        self._requirements()

    def earliest(self) -> date | None:
        """Return the earliest day of graduation."""
        self.model.minimize(self.day)
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.linearization_level = 2
        if solver.solve(self.model) != cp_model.OPTIMAL:
            return None
        return self.as_of + timedelta(days=solver.value(self.day))

    def _bookings(self) -> None:
        once = defaultdict(list)
        for place, (piece, books) in enumerate(zip(self.pieces, self.books, strict=True)):
            component = self.believed.component[piece.code]
            if piece.standing:
                self.model.add(books == 1)
            elif not component.repeatable:
                once[piece.code].append(books)
            if piece.first > self.as_of:
                self._after(place, piece)
            if piece.run and piece.role is None and piece.first > self.as_of:
                for role in (role for role, _ in component.roles if self._room(piece, role)):
                    self.talks[place, role] = talk = self.model.new_bool_var("")
                    self.model.add_implication(talk, books)
        for booked in once.values():
            self.model.add_at_most_one(booked)

    def _after(self, place: int, piece: Piece) -> None:
        edition = self.believed.edition
        if piece.run and not is_attended(self.believed, piece.run):
            self.model.add(self.books[place] == 0)
        first = () if piece.code in edition.first_codes else edition.first
        for entry in (*first, *self.believed.component[piece.code].requires):
            if not any(self.believed.is_done(code) for code in entry):
                early = [
                    books
                    for other, books in zip(self.pieces, self.books, strict=True)
                    if other.code in entry and other.precedes(piece)
                ]
                self.model.add_bool_or(early).only_enforce_if(self.books[place])

    def _clashes(self) -> None:
        sessions = [
            (session.span.start, session.span.end, place)
            for place, piece in enumerate(self.pieces)
            for session in (piece.run.sessions if piece.run else ())
        ]
        # Everything a learner sits in shares the one learner: an interval for each session.
        self.model.add_no_overlap(
            [
                self.model.new_optional_fixed_size_interval_var(start, end - start, self.books[place], "")
                for start, end, place in sessions
            ]
        )

    def _load(self) -> None:
        person, runs = self.believed.person, [pair for pair in zip(self.pieces, self.books, strict=True) if pair[0].run]
        for day in sorted({piece.first for piece, _ in runs}):
            monday = day - day.weekday() * DAY
            if person.max_weekly_minutes is not None:
                week = [
                    (piece.run.weekly_minutes or 0) * books
                    for piece, books in runs
                    if piece.run and piece.first <= monday + 6 * DAY and piece.last >= monday
                ]
                self.model.add(sum(week) <= person.max_weekly_minutes)
            if person.max_courses is not None:
                at_once = [
                    books
                    for piece, books in runs
                    if piece.first <= day <= piece.last and self.believed.component[piece.code].kind == "course"
                ]
                self.model.add(sum(at_once) <= person.max_courses)

    def _requirements(self) -> None:
        for need in self.believed.edition.requirements:
            counted = self.believed.counted(need)
            places = [p for p, piece in enumerate(self.pieces) if piece.code in need.pool and piece.code not in counted]
            if need.role is None:
                literals = [(place, self.books[place]) for place in places]
            else:
                literals = [(p, self.books[p]) for p in places if self.pieces[p].role == need.role]
                literals += [(p, self.talks[p, need.role]) for p in places if (p, need.role) in self.talks]
            self._count(literals, need.count - len(counted))

    def _count(self, literals: Sequence[tuple[int, cp_model.IntVar]], missing: int) -> None:
        counts = []
        for place, literal in literals:
            count = self.model.new_bool_var("")
            self.model.add_implication(count, literal)
            self.model.add(self.day >= (self.pieces[place].last - self.as_of).days).only_enforce_if(count)
            counts.append(count)
        self.model.add(sum(counts) >= missing)

    def _room(self, piece: Piece, role: str | None) -> int:
        return 1 if piece.run is None else self.room.get((piece.run.id, role), 1)
