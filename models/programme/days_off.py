"""Days on which nothing is held: closures, and the public holidays of countries and their regions."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import cache

from models.programme.people import Closure


def closed_on(closures: Iterable[Closure], day: date) -> str | None:
    """Return why a day is closed, or None."""
    for closure in closures:
        if closure.start <= day <= closure.end:
            return closure.note or f"closed {closure.start} to {closure.end}"
    return None


def holiday_on(places: Sequence[str], day: date) -> str | None:
    """Return the public holiday of a day in any of some places (`US`, `DE-BY`), with the place where there are several."""
    for place in places:
        name = holidays_of(place, day.year).get(day)
        if name:
            return f"{name}, {place}" if len(places) > 1 else name
    return None


def day_off(closures: Iterable[Closure], places: Sequence[str], day: date) -> str | None:
    """Return why nothing is held on a day, or None if it is open."""
    return closed_on(closures, day) or holiday_on(places, day)


def announced_from(as_of: date, notice_days: int) -> date:
    """Return the first day on which something new may start: after the planning day, and so many days ahead of it."""
    return as_of + timedelta(days=max(notice_days, 1))


@cache
def holidays_of(place: str, year: int) -> dict[date, str]:
    """Return the public holidays of a country, or of a region of it written like `DE-BY`, in a year."""
    import holidays

    country, _, region = place.partition("-")
    return dict(holidays.country_holidays(country, subdiv=region or None, years=year))
