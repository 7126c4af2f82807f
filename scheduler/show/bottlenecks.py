"""What is short, and what one more place would save: the staff's view of shared seats and places."""

from typing import Any

from models.programme.instance import Instance
from scheduler.show.delays import thing
from scheduler.show.screen import Screen
from scheduler.show.sharing_words import shortage_in_words, thing_in_words
from scheduler.solve.bottlenecks import Bottleneck
from scheduler.solve.result import Result
from scheduler.solve.shortages import Shortage

HEAD = ("One more place", "More graduate", "Learner-days saved")


def show_bottlenecks(screen: Screen, result: Result) -> None:
    """Write what is short by counting, and what one more place in each thing that has run out would save."""
    if result.shortages:
        screen.line()
        sentences = [shortage_in_words(result.instance, each) for each in result.shortages]
        screen.bullets([f"{each[0].upper()}{each[1:]}." for each in sentences], indent=0)
    found = result.bottlenecks
    if found is None or not (found.tried or found.untried):
        return
    screen.line()
    worth = [each for each in found.tried if each.more or each.days]
    if worth:
        screen.table([_row(each) for each in worth], HEAD, right=(1, 2), indent=0)
    idle = len(found.tried) - len(worth)
    told = ["Each line is a new solution of the whole question."] if worth else []
    told += [f"{idle} more would save nothing by themselves."] if idle else []
    told += [f"{found.untried} more may be short and were not tried."] if found.untried else []
    screen.line(" ".join(told))


def _row(each: Bottleneck) -> tuple[str, str, str]:
    return (thing_in_words(each.thing), *won_in_words(each))


def won_in_words(each: Bottleneck) -> tuple[str, str]:
    """Return how many more graduate and how many days are saved, as cells of a table."""
    least = "" if each.is_proved else "at least "
    return (f"{least}{each.more}" if each.more else "-", "-" if each.days is None else f"{least}{each.days}")


def bottlenecks(result: Result) -> dict[str, Any] | None:
    """Return what was tried, for JSON; None where nothing was."""
    found = result.bottlenecks
    if found is None:
        return None
    tried = [
        thing(each.thing) | {"more_graduate": each.more, "days_saved": each.days, "proved": each.is_proved}
        for each in found.tried
    ]
    return {"one_more_place": tried, "untried": found.untried}


def shortages(instance: Instance, found: tuple[Shortage, ...]) -> list[dict[str, Any]]:
    """Return what is short by counting, for JSON."""
    return [
        {
            "component": each.component,
            "role": each.role,
            "in_time": each.in_time,
            "places": each.places,
            "needed": each.needed,
            "short": each.short,
            "sessions_needed": each.sessions,
            "places_each_needed": each.cap,
            "offerings": list(each.offerings),
            "sentence": shortage_in_words(instance, each),
        }
        for each in found
    ]
