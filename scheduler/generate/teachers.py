"""The made-up trainers of a year to be planned: what each teaches, how much, and when they are away."""

import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from scheduler.generate.people import Cell

TEACHES = {
    "T1": ("CODE", "COP", "VALUES", "FOURFRAME", "LSC1", "LSC2", "FACILITATE-PLAN"),
    "T2": ("CODE", "NOC", "FEEDBACK", "VOLUNTEERS", "FACILITATOR", "VALUES"),
    "T3": ("PBK", "PMB", "TOOLS", "DECIDE"),
    "T4": ("NOC", "PBK", "PACT", "DECIDE", "FACILITATE-PLAN", "QSS"),
}
ZONES = {"T3": "America/Los_Angeles", "T4": "Europe/London"}
USUALLY_AWAY, OFTEN_AWAY = 1, 3
"""How often in the year each of them is away: usually, and where it is hard."""


def trainer_rows(more: Sequence[str]) -> Iterator[dict[str, Cell]]:
    """Yield the trainers; what there is `more` to teach goes round."""
    names = list(TEACHES)
    for place, (name, codes) in enumerate(TEACHES.items()):
        zone = ZONES.get(name, "America/New_York")
        row: dict[str, Cell] = {"trainer": name, "timezone": zone}
        row["teaches"] = ";".join((*codes, *more[place :: len(names)]))
        row |= {"max_sessions_per_week": 4, "max_sessions_per_day": 2, "max_courses": 2}
        yield row | {"holidays": "GB" if zone.startswith("Europe") else "US"}


def absence_rows(chance: random.Random, year: int, *, often: bool) -> Iterator[dict[str, Cell]]:
    """Yield when the trainers of a year are away."""
    for name in TEACHES:
        for _ in range(OFTEN_AWAY if often else USUALLY_AWAY):
            first = date(year, 1, 5) + timedelta(days=chance.randrange(330))
            last = first + timedelta(days=chance.randrange(7, 28))
            yield {"who": name, "start": first, "end": last, "note": "synthetic: away"}
