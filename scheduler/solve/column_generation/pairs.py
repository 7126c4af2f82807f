"""Which two offerings never stand in one path: they meet at one instant, come in the wrong order, or load too much."""

from collections.abc import Sequence
from itertools import combinations

import numpy as np
import numpy.typing as npt

from models.programme.edition import Edition
from models.programme.offering import Offering
from models.programme.time import week_of
from models.rules.clashes import cliques
from scheduler.solve.column_generation.rows import Load

Matrix = npt.NDArray[np.bool_]
"""A yes or no for every two offerings, by their places."""


def clashing(runs: Sequence[Offering]) -> Matrix:
    """Say which two offerings meet at one instant."""
    place = {run.id: at for at, run in enumerate(runs)}
    found = np.zeros((len(runs), len(runs)), np.bool_)
    for clique in cliques(runs):
        at = [place[each] for each in clique]
        found[np.ix_(at, at)] = True
    np.fill_diagonal(found, val=False)
    return found


def too_near(edition: Edition, runs: Sequence[Offering]) -> Matrix:
    """Say between which two lie fewer days than the edition asks for."""
    found = np.zeros((len(runs), len(runs)), np.bool_)
    first = np.array([run.start.toordinal() for run in runs], np.int64)
    last = np.array([run.end.toordinal() for run in runs], np.int64)
    for key, days in edition.days_between:
        named = np.array([_is_named(edition, run, key) for run in runs], np.bool_)
        gap = np.maximum(first[None, :] - last[:, None], first[:, None] - last[None, :])
        found |= (gap < days) & named[:, None] & named[None, :]
    np.fill_diagonal(found, val=False)
    return found


def _is_named(edition: Edition, run: Offering, key: str) -> bool:
    component = edition.component.get(run.component)
    return component is not None and key in {component.code, component.kind}


def too_late(edition: Edition, runs: Sequence[Offering]) -> Matrix:
    """Say of which two the first (row) is needed before the second (column) starts, and has not ended by then."""
    found = np.zeros((len(runs), len(runs)), np.bool_)
    places: dict[str, list[int]] = {}
    for at, run in enumerate(runs):
        places.setdefault(run.component, []).append(at)
    for component in edition.components:
        entries = list(component.requires)
        if component.code not in edition.first_codes:
            entries += edition.first
        for code in (entry[0] for entry in entries if len(entry) == 1):
            for after in places.get(component.code, ()):
                strict = edition.gate == "registration" and (code,) in component.requires
                for before in places.get(code, ()):
                    found[before, after] = not _in_time(runs[before], runs[after], strict=strict)
    return found


def _in_time(one: Offering, other: Offering, *, strict: bool) -> bool:
    closes = other.registration_closes if strict else None
    if closes is not None and one.end > closes:
        return False
    return one.ends_before(other)


def twins(edition: Edition, runs: Sequence[Offering]) -> Matrix:
    """Say which two are runs of one component that counts once."""
    codes = np.array([run.component for run in runs])
    once = np.array(
        [run.component in edition.component and not edition.component[run.component].repeatable for run in runs]
    )
    found: Matrix = (codes[:, None] == codes[None, :]) & once[:, None]
    np.fill_diagonal(found, val=False)
    return found


def overloading(edition: Edition, runs: Sequence[Offering], load: Load) -> Matrix:
    """Say which two already take more courses at once, or more minutes in a week, than a learner has."""
    courses, minutes = load
    found = np.zeros((len(runs), len(runs)), np.bool_)
    for (at, one), (to, other) in combinations(enumerate(runs), 2):
        both = (one.weekly_minutes or 0) + (other.weekly_minutes or 0)
        found[at, to] = found[to, at] = (minutes is not None and both > minutes and _share_week(one, other)) or (
            courses == 1 and _is_course(edition, one) and _is_course(edition, other) and one.runs_beside(other)
        )
    return found


def _share_week(one: Offering, other: Offering) -> bool:
    loaded = bool(one.weekly_minutes and other.weekly_minutes)
    return loaded and week_of(one.start) <= week_of(other.end) and week_of(other.start) <= week_of(one.end)


def _is_course(edition: Edition, run: Offering) -> bool:
    component = edition.component.get(run.component)
    return component is not None and component.kind == "course"
