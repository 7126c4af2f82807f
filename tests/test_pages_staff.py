"""The tables of the overview for staff: who is counted, and what the words say of it."""

from scheduler.answers.overview import answer_overview
from scheduler.pages.overview_tables import overview_tables
from tests.builders import course, edition, instance, learner, offering, record, requirement


def test_seats_count_who_is_booked_outside_the_programme_and_whom_the_plan_books() -> None:
    guest = learner("guest", enrolled=None)
    parts = edition(course("A"), requirements=[requirement(1, "A")])
    runs = [offering("A1", 4, seats=3, taken=1), offering("A2", 90)]
    found = answer_overview(instance(parts, runs, [learner(), guest], [record("guest", "booked", "A1")]), effects=False)
    tables = {table.anchor: table for table in overview_tables(found)}
    assert [row[0] for row in tables["seats"].rows] == ["A1", "A2"]
    assert [row[2:] for row in tables["seats"].rows] == [("2", "1", "3", "0"), ("0", "0", "not limited", "-")]
    assert "places that the plan gives to others are taken" in tables["chances"].words
