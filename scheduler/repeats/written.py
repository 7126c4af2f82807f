"""Seats written out one by one, for those whose waits get in each other's way, or where too few may come."""

from collections.abc import Iterable

from scheduler.repeats.groups import WaitGroup
from scheduler.repeats.master import Master


def write_out(master: Master, waits: Iterable[int]) -> int:
    """Give each of some waits a variable for each option, with all that one person cannot have; return how many are new."""
    news = [master.group_of[wait] for wait in waits if wait in master.group_of]
    news = [group for group in news if group.place not in master.written]
    for group in news:
        _sit(master, group)
    for code in sorted({group.component for group in news}):
        _seat_by_seat(master, code)
    _keep_apart(master, {group.members[0] for group in news})
    return len(news)


def _sit(master: Master, group: WaitGroup) -> None:
    for k in group.fits:
        variable = master.program.variable(group.count, whole=True)
        master.sits[group.place, k] = variable
        if k in master.held:
            most = float(min(group.count, master.problem.options[k].seats))
            master.program.require([(1.0, variable), (-most, master.held[k])], high=0)
    seated = [(1.0, master.sits[group.place, k]) for group in (group,) for k in group.fits]
    master.program.require([*seated, (-1.0, master.covers[group.place])], low=0, high=0)
    master.written.add(group.place)


def _seat_by_seat(master: Master, code: str) -> None:
    """Bound those written out by each option's seats."""
    mine = [group for group in master.by_component[code] if group.place in master.written]
    for k in sorted({k for group in mine for k in group.fits}):
        seated = [(1.0, master.sits[group.place, k]) for group in mine if k in group.fits]
        seats = float(master.seats(k))
        if k in master.held:
            master.program.require([*seated, (-seats, master.held[k])], high=0)
        else:
            master.program.require(seated, high=seats)


def _keep_apart(master: Master, news: set[int]) -> None:
    """Post what one person cannot have together, and what has to come in order, of those written out."""
    problem = master.problem
    out = {wait for wait, group in master.group_of.items() if group.place in master.written and group.count == 1}
    for name in sorted({problem.waits[wait].row.learner for wait in news} & problem.tangled):
        for one, k, other, other_k in problem.clashes(name, master.usable):
            if {one, other} <= out and news & {one, other}:
                pair = (_seat(master, one, k), _seat(master, other, other_k))
                master.program.require([(1.0, variable) for variable in pair if variable is not None], high=1)
    for order in problem.orders:
        if news & {order.wait, *order.firsts} and {order.wait, *order.firsts} <= out | set(order.firsts):
            for k in order.late if order.wait in out else ():
                _post_order(master, order.wait, k, order.firsts)


def _seat(master: Master, wait: int, k: int) -> int | None:
    group = master.group_of.get(wait)
    return None if group is None else master.sits.get((group.place, k))


def _post_order(master: Master, wait: int, k: int, firsts: Iterable[int]) -> None:
    problem = master.problem
    before = [
        (-1.0, variable)
        for first in firsts
        for i in problem.waits[first].fits
        if (variable := _seat(master, first, i)) is not None and problem.before(i, k)
    ]
    variable = _seat(master, wait, k)
    if variable is not None:
        master.program.require([(1.0, variable), *before], high=0)


def require_attendance(master: Master, least: int) -> None:
    """Hold only what so many sit in; every seat has to be written out before."""
    for k, variable in master.held.items():
        seated = [(1.0, master.sits[group.place, k]) for group in master.groups if k in group.fits]
        master.program.require([*seated, (-float(least), variable)], low=0)
