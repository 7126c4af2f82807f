"""What learners share as frames: seats and places by offering, what is short, and the prices that prove a joint plan."""

from collections.abc import Iterator
from typing import Any

import pandas as pd

from models.rule import Resource
from scheduler.frames.columns import Columns, frame_with
from scheduler.show.sharing_words import shortage_in_words
from scheduler.solve.bottlenecks import Bottlenecks
from scheduler.solve.result import Result
from scheduler.solve.sharing import taken_newly

NAMED: Columns = {"offering": "text", "component": "text", "start": "day"}
SEATS: Columns = {
    **NAMED,
    "end": "day",
    "thing": "text",
    "places": "number",
    "held": "number",
    "planned": "number",
    "free": "number",
}
SHORT: Columns = {
    "component": "text",
    "role": "text",
    "needed": "number",
    "places": "number",
    "short": "number",
    "sessions": "number",
    "cap": "number",
    "in_words": "text",
}
BOTTLENECK: Columns = {
    "offering": "text",
    "thing": "text",
    "more_graduate": "number",
    "days_saved": "number",
    "proved": "flag",
}
PRICES: Columns = {**NAMED, "thing": "text", "days": "measure"}


def seats_frame(result: Result) -> pd.DataFrame:
    """Return how full each coming offering is when the plan is carried out, in the order of the calendar.

    `offering`, `component`, `start`, `end`, `thing` (seat, or the name of a role), and counts of places: `places` in all, `held`
    before the plan (people outside the instance included), `planned` newly by it, `free` after it.
    """
    planned = taken_newly(result.instance, result.plan)
    rows = (_row(result, use.thing, use.places, use.used, planned[use.thing]) for use in result.uses)
    return frame_with(rows, SEATS)


def _row(result: Result, thing: Resource, places: int, used: int, planned: int) -> dict[str, Any]:
    run = result.instance.offering[thing[1]]
    return {
        "offering": run.id,
        "component": run.component,
        "start": run.start,
        "end": run.end,
        "thing": _name(thing),
        "places": places,
        "held": used - planned,
        "planned": planned,
        "free": max(0, places - used),
    }


def shortages_frame(result: Result) -> pd.DataFrame:
    """Return what is short by plain counting: `needed` places, `places` that there are, and how many are `short`.

    `component`, `role` (absent = seats), `sessions` (so many more would do), `cap` (or so many places in each), `in_words`.
    """
    rows = (
        {
            "component": each.component,
            "role": each.role,
            "needed": each.needed,
            "places": each.places,
            "short": each.short,
            "sessions": each.sessions,
            "cap": each.cap,
            "in_words": shortage_in_words(result.instance, each),
        }
        for each in result.shortages
    )
    return frame_with(rows, SHORT)


def bottlenecks_frame(found: Bottlenecks) -> pd.DataFrame:
    """Return what one more place in each scarce thing would win, best first; each row is a new solution.

    `offering`, `thing` (seat, or the name of a role), `more_graduate` (learners), `days_saved` (learner-days; absent where more
    graduate, because then the sums are not of as many), `proved` (no plan wins more; else each number is what is won at least).
    """
    rows = (
        {
            "offering": each.thing[1],
            "thing": _name(each.thing),
            "more_graduate": each.more,
            "days_saved": each.days,
            "proved": each.is_proved,
        }
        for each in found.tried
    )
    return frame_with(rows, BOTTLENECK)


def prices_frame(result: Result) -> pd.DataFrame:
    """Return the prices of what is scarce, in the proof that no joint plan takes fewer days; the dearest first.

    `offering`, `component`, `start`, `thing` (seat, or the name of a role), `days` = what one place is worth, in learner-days.
    """
    frame = frame_with(_prices(result), PRICES)
    return frame.sort_values(["days", "start", "offering"], ascending=[False, True, True], ignore_index=True)


def _prices(result: Result) -> Iterator[dict[str, Any]]:
    for proof in (each for each in result.proofs if each.day):
        for thing, price in sorted(proof.prices.items()):
            run = result.instance.offering[thing[1]]
            yield {
                "offering": run.id,
                "component": run.component,
                "start": run.start,
                "thing": _name(thing),
                "days": price / proof.day,
            }


def _name(thing: Resource) -> str:
    role = thing[2:]
    return role[0] if role else "seat"
