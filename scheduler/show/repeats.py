"""The answer to `repeats` on a screen: what to add, who sits where, who still waits and why, and what more would win."""

from collections.abc import Iterator, Sequence

from models.judging.odd_hours import odd_sessions
from models.programme.offering import Offering
from models.programme.people import Learner
from models.programme.time import local
from models.programme.words import listed, plural
from scheduler.repeats.question import Point, Proposal
from scheduler.repeats.seats import Seated, divided, loads, seated
from scheduler.show.heading import heading
from scheduler.show.screen import Screen
from scheduler.show.times import city

FEW_POINTS = 12
GOALS = {
    "days-waited": "days waited in vain",
    "sessions-added": "sessions added",
    "graduation-days-lost": "days of graduation lost",
    "soonest": "days to the added sessions",
}


def show_repeats(screen: Screen, proposal: Proposal, *, local_times: bool = False) -> None:
    """Write a proposal; with `local_times` everybody's own time too."""
    heading(screen, proposal.instance)
    if not proposal.problem.waits:
        screen.line("Nobody waits: no repeat is needed.")
        _remarks(screen, proposal)
        return
    screen.line(sum_of_repeats(proposal), style="bold")
    if proposal.question.for_graduation:
        lost = proposal.values.get("graduation-days-lost", 0)
        screen.line(
            f"{plural(lost, 'day')} of graduation lost, all learners together."
            if lost
            else "No day of graduation is lost."
        )
    _offerings(
        screen, proposal, seated(proposal, added=False), "Free seats of published offerings, used first", local_times
    )
    _offerings(screen, proposal, seated(proposal, added=True), _to_add(proposal), local_times)
    _odd(screen, proposal)
    _load(screen, proposal)
    _left(screen, proposal)
    _curve(screen, proposal)
    _extras(screen, proposal)
    _remarks(screen, proposal)


def sum_of_repeats(proposal: Proposal) -> str:
    """Say how many waits are met, how, and how far that is proved."""
    cover = proposal.cover
    waiting, met = len(proposal.problem.waits), len(cover.seats)
    free = sum(not proposal.problem.options[k].added for k in cover.seats.values())
    sessions = sum(len(proposal.problem.options[k].offering.sessions) or 1 for k in cover.held)
    several = sessions > len(cover.held)
    added = (
        f"{plural(len(cover.held), 'added run')} of {sessions} sessions"
        if several
        else plural(sessions, "added session")
    )
    return f"{met} of {plural(waiting, 'wait')} met: {free} in free seats, {met - free} in {added}; {_proof(proposal)}."


def _to_add(proposal: Proposal) -> str:
    """Say what is added: sessions, or runs where one has several sessions."""
    is_single = all(len(proposal.problem.options[k].offering.sessions) <= 1 for k in proposal.cover.held)
    return "Sessions to add" if is_single else "Runs to add"


def _proof(proposal: Proposal) -> str:
    """Say how far the proposal is proved."""
    cover = proposal.cover
    if proposal.status == "optimal":
        return proposal.reason
    for name in cover.names:
        bound, value = cover.bounds.get(name), cover.values[name]
        if bound is None:
            return f"{proposal.reason} ({_goal(name)}: {value} here, nothing is proved)"
        if bound < value:
            return f"{proposal.reason} ({_goal(name)}: {value} here, {bound} at best)"
    return proposal.reason


def _goal(name: str) -> str:
    """Return a goal's name as staff would say it; `uncovered-2` = those of priority 2."""
    if name == "uncovered-rest":
        return "waits without priority not met"
    if name.startswith("uncovered-"):
        return f"waits of priority {name.removeprefix('uncovered-')} not met"
    return GOALS.get(name, name)


def _offerings(screen: Screen, proposal: Proposal, found: Sequence[Seated], title: str, local_times: bool) -> None:
    if not found:
        return
    screen.line()
    screen.line(title, style="bold")
    zone = proposal.instance.zone
    rows = []
    for each in found:
        seats = "no limit" if each.run.seats is None else str(each.run.seats)
        taken = f"{len(each.learners)} of {seats}" if each.option.added else f"{len(each.learners)}"
        rows.append(
            (
                each.run.component,
                _when(each.run, zone),
                _when(each.run, "UTC")[-5:],
                listed(each.taught_by) or "-",
                taken,
            )
        )
    head = ("Component", city(zone), "UTC", "Trainer", "Seated")
    screen.table(rows, head, whole=(0, 1, 2, 4))
    for each in found:
        screen.bullet(f"{each.run.id}{_more(each.run)}: {listed(each.learners)}", indent=2)
        for line in _own_times(proposal, each) if local_times else ():
            screen.line(line, indent=6)


def _when(run: Offering, zone: str) -> str:
    return str(run.start) if run.opens is None else f"{local(run.opens, zone):%a %Y-%m-%d %H:%M}"


def _more(run: Offering) -> str:
    return f" ({len(run.sessions)} sessions, to {run.end})" if len(run.sessions) > 1 else ""


def _own_times(proposal: Proposal, each: Seated) -> Iterator[str]:
    for name in each.learners:
        zone = proposal.problem.instance.learner[name].zone
        yield f"{name}: {_when(each.run, zone)} ({city(zone)})"


def _odd_start(run: Offering, who: Learner) -> list[str]:
    """Return when the first odd session starts by the clocks of a learner; nothing where none is odd."""
    return [f"{local(each.start, who.zone):%a %H:%M}" for each in odd_sessions(run, who)][:1]


def _odd(screen: Screen, proposal: Proposal) -> None:
    instance = proposal.problem.instance
    found = [
        f"{name} in {each.run.id} ({when} local)"
        for each in (*seated(proposal, added=False), *seated(proposal, added=True))
        for name in each.learners
        for when in _odd_start(each.run, instance.learner[name])
    ]
    if found:
        screen.line()
        screen.line(f"Odd hours, before 07:00 or after 22:00 local time: {listed(found)}.")


def _load(screen: Screen, proposal: Proposal) -> None:
    """Tell the trainers' load: the busiest week of each, and the spread of what is added."""
    found = loads(proposal)
    if not found or not proposal.cover.held:
        return
    words = [
        f"{load.trainer} {load.added} added, busiest week {load.busiest}" + (f" of {load.limit}" if load.limit else "")
        for load in found
    ]
    spread = max(load.added for load in found) - min(load.added for load in found)
    screen.line()
    screen.line(f"Trainers: {'; '.join(words)}; spread {spread} (the most added less the fewest).")


def _left(screen: Screen, proposal: Proposal) -> None:
    if not proposal.reasons:
        return
    screen.line()
    screen.line("Still waiting, and why", style="bold")
    by_sentence: dict[str, list[str]] = {}
    for reason in proposal.reasons:
        by_sentence.setdefault(reason.sentence, []).append(f"{reason.wait.learner} ({reason.wait.component})")
    for sentence, people in by_sentence.items():
        screen.bullet(f"{listed(people)}: {sentence}")


def _curve(screen: Screen, proposal: Proposal) -> None:
    points = [point for point in proposal.curve if point.sessions or point.covered]
    added = len(proposal.cover.held)
    if not added:
        return
    screen.line()
    screen.line("Sessions and people covered", style="bold")
    screen.table([_point(point) for point in _thinned(points)], ("Added", "Covered", ""), right=(0, 1))
    words = f"Plain division of those who wait by the seats suggests {plural(divided(proposal), 'session')}; "
    left = f", and {len(proposal.reasons)} of those who wait stay without" if proposal.reasons else ""
    screen.line(f"{words}with hours, trainers and free seats it takes {added}{left}.", indent=2)


def _thinned(points: Sequence[Point]) -> list[Point]:
    """Leave out points in the middle of a long curve."""
    if len(points) <= FEW_POINTS:
        return list(points)
    step = -(-len(points) // FEW_POINTS)
    return [*points[:-1:step], points[-1]]


def _point(point: Point) -> tuple[str, str, str]:
    proved = "proved" if point.covered >= point.bound else f"at most {point.bound}"
    return str(point.sessions), str(point.covered), proved


def _extras(screen: Screen, proposal: Proposal) -> None:
    if not proposal.reasons or not proposal.extras:
        return
    screen.line()
    screen.line("One more candidate time would win", style="bold")
    zone = proposal.instance.zone
    for extra in proposal.extras:
        when = f"{local(extra.start, zone):%a %Y-%m-%d %H:%M} {city(zone)}"
        screen.bullet(f"{extra.component} on {when}: at least {extra.seats} more ({listed(extra.learners[:8])})")


def _remarks(screen: Screen, proposal: Proposal) -> None:
    sentences = [
        *proposal.warnings,
        *proposal.notes,
        *(f"{why[0].upper()}{why[1:]}." for why in proposal.barren.values()),
    ]
    if sentences:
        screen.line()
        screen.line("Notes", style="bold")
        screen.bullets(f"{each[0].upper()}{each[1:]}" for each in sentences)
