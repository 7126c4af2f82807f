"""One policy for every date that is supposed: announced early enough, after the planning day, and on no day off.

A row of candidates.csv on a public holiday is taken all the same, for somebody wrote it down. One more run in a month is a
question about the month, not a date to announce: it keeps the notice, and days off are not looked at.
"""

from datetime import date

from models.programme import days_off
from models.programme.instance import Instance
from models.programme.offering import Offering
from models.programme.time import local


def first_new_day(instance: Instance) -> date:
    """Return the first day on which something new can begin."""
    return days_off.announced_from(instance.as_of, notice_days(instance))


def notice_days(instance: Instance) -> int:
    """Return how many days ahead something new has to be announced."""
    return instance.slots.notice_days if instance.slots else 0


def why_off(instance: Instance, day: date) -> str | None:
    """Return why nothing new is held on a day: a closure, or a holiday of the places that `candidates` names; else None."""
    return days_off.day_off(instance.closures, instance.slots.places if instance.slots else (), day)


def is_shut(instance: Instance, run: Offering) -> bool:
    """Say whether a session lies on a day off, or the first or last day of what has no sessions."""
    days = [local(each.start, instance.zone).date() for each in run.sessions] or [run.start, run.end]
    return any(why_off(instance, day) for day in days)
