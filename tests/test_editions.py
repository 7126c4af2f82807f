"""The four shipped editions say what their documents say, each value with its source, and no more."""

from pathlib import Path

import pytest

from models.programme.edition import Edition, Promise, Requirement, Window
from scheduler.files.editions import load_edition

IDS = ("cohort-2024", "fall-2023", "journey-2024", "rolling-2025")
REQUIRED = ("VALUES", "FEEDBACK")
EIGHT = ("FOURFRAME", "PACT", "DECIDE", "TOOLS", "VOLUNTEERS", "LSC1", "LSC2", "FACILITATOR")
NINE = ("FOURFRAME", "PACT", "DECIDE", "TOOLS", "VOLUNTEERS", "LSC1", "LSC2", "FACILITATE-PLAN", "FACILITATOR")
INTAKE = (("ORIENT",), ("VALUES",), ("FEEDBACK",))


@pytest.fixture(scope="module")
def editions() -> dict[str, Edition]:
    return {name: load_edition(name) for name in IDS}


def requirement(edition: Edition, name: str) -> Requirement:
    return next(each for each in edition.requirements if each.id == name)


def seats(edition: Edition) -> dict[str, int]:
    return {component.code: component.seats for component in edition.components if component.seats is not None}


def test_the_shipped_editions_are_the_four_that_documents_describe() -> None:
    folder = Path(__file__).parent.parent / "instances" / "editions"
    assert sorted(path.name for path in folder.iterdir()) == [f"{name}.yaml" for name in IDS]


@pytest.mark.parametrize(
    ("name", "documents"),
    [
        ("fall-2023", {"S001"}),
        ("cohort-2024", {"S000", "S002"}),
        ("journey-2024", {"S004"}),
        ("rolling-2025", {"S003"}),
    ],
)
def test_every_value_names_a_document_of_its_own_edition_or_is_marked_as_a_reading(
    editions: dict[str, Edition], name: str, documents: set[str]
) -> None:
    edition = editions[name]
    assert set(edition.documents) == documents | {"reading"}
    assert set(edition.sources.values()) <= documents | {"reading"}
    for component in edition.components:
        assert edition.source_of(f"components.{component.code}")
    assert {each.source for each in edition.requirements} <= documents
    assert {promise.source for promise in edition.supply} <= documents
    assert all(fee.source for fee in edition.fees)
    for path, value in (("gate", edition.gate), ("first", edition.first), ("last", edition.last)):
        assert not value or edition.source_of(path)


def test_time_limits(editions: dict[str, Edition]) -> None:
    assert {name: edition.window for name, edition in editions.items()} == {
        "fall-2023": None,
        "cohort-2024": Window(years=2, starts="enrolment", source="S002", reading="the first orientation day"),
        "journey-2024": None,
        "rolling-2025": Window(years=2, starts="enrolment", source="reading", reading="the day of enrolment"),
    }


def test_what_comes_first_and_last(editions: dict[str, Edition]) -> None:
    assert {name: edition.first for name, edition in editions.items()} == {
        "fall-2023": INTAKE,
        "cohort-2024": (("CEF", "CEFP"), *INTAKE),
        "journey-2024": INTAKE,
        "rolling-2025": (),
    }
    assert {name: edition.last for name, edition in editions.items() if edition.last} == {
        "journey-2024": (("CAPSTONE",),)
    }


def test_orientation_is_live_at_intake_and_a_task_of_unstated_length_since_rolling_enrolment(
    editions: dict[str, Edition],
) -> None:
    kinds = {name: edition.component["ORIENT"].kind for name, edition in editions.items()}
    assert kinds == {"fall-2023": "event", "cohort-2024": "event", "journey-2024": "event", "rolling-2025": "task"}
    assert all(requirement(edition, "orientation").pool == ("ORIENT",) for edition in editions.values())
    assert all(component.days is None for edition in editions.values() for component in edition.components)


def test_workshops_are_two_required_and_four_chosen(editions: dict[str, Edition]) -> None:
    for edition in editions.values():
        both, chosen = requirement(edition, "required-workshops"), requirement(edition, "chosen-workshops")
        assert (both.count, both.pool, chosen.count) == (2, REQUIRED, 4)
    pools = {name: requirement(edition, "chosen-workshops").pool for name, edition in editions.items()}
    assert pools == {"fall-2023": NINE, "cohort-2024": EIGHT, "journey-2024": EIGHT, "rolling-2025": NINE}
    assert len(REQUIRED) + len(NINE) == 11
    unlisted = [name for name in IDS if editions[name].source_of("requirements.chosen-workshops.from") == "reading"]
    assert unlisted == ["journey-2024", "rolling-2025"]


def test_the_second_workshop_of_the_series_needs_the_first(editions: dict[str, Edition]) -> None:
    for edition in editions.values():
        assert edition.component["LSC2"].requires == (("LSC1",),)
    sources = {name: edition.source_of("components.LSC2.requires") for name, edition in editions.items()}
    assert sources == {
        "fall-2023": "S001",
        "cohort-2024": "reading",
        "journey-2024": "reading",
        "rolling-2025": "reading",
    }


def test_skills_shares_and_talks(editions: dict[str, Edition]) -> None:
    shares = {name: requirement(edition, "skills-share") for name, edition in editions.items()}
    assert {name: (each.count, each.min_minutes) for name, each in shares.items()} == {
        "fall-2023": (3, None),
        "cohort-2024": (3, 60),
        "journey-2024": (2, None),
        "rolling-2025": (3, None),
    }
    talks = {name: requirement(edition, "talk") for name, edition in editions.items()}
    assert all((each.count, each.pool, each.role) == (1, ("QSS",), "talk") for each in talks.values())
    assert all(edition.component["QSS"].roles == (("talk", 3),) for edition in editions.values())
    assert all(edition.component["QSS"].repeatable for edition in editions.values())
    assert {name: edition.source_of("components.QSS.roles") for name, edition in editions.items()} == {
        "fall-2023": "S001",
        "cohort-2024": "S000",
        "journey-2024": "reading",
        "rolling-2025": "reading",
    }


def test_courses_and_electives(editions: dict[str, Edition]) -> None:
    assert {name: requirement(edition, "core").pool for name, edition in editions.items()} == {
        "fall-2023": ("CODE",),
        "cohort-2024": ("CODE", "PBK"),
        "journey-2024": ("CODE", "PBK"),
        "rolling-2025": ("CODE", "PBK"),
    }
    pools = {
        name: each.pool for name, edition in editions.items() for each in edition.requirements if each.id == "elective"
    }
    assert pools == {
        "cohort-2024": ("NOC", "COP", "NOCPROJECT"),
        "journey-2024": ("NOC", "COP"),
        "rolling-2025": ("NOC", "COP", "PMB"),
    }


def test_an_elective_comes_after_both_core_courses_where_the_edition_says_so(editions: dict[str, Edition]) -> None:
    needs = {
        (name, code): (edition.component[code].requires, edition.source_of(f"components.{code}.requires"))
        for name, edition in editions.items()
        for code in ("NOC", "COP", "PMB")
        if code in edition.component
    }
    both = (("CODE",), ("PBK",))
    assert needs == {
        ("cohort-2024", "NOC"): (both, "S002"),
        ("cohort-2024", "COP"): (both, "S002"),
        ("journey-2024", "NOC"): (both, "S004"),
        ("journey-2024", "COP"): (both, "S004"),
        ("rolling-2025", "NOC"): (both, "reading"),
        ("rolling-2025", "COP"): (both, "reading"),
        ("rolling-2025", "PMB"): (both, "reading"),
    }
    assert all(edition.component["PBK"].requires == () for edition in editions.values() if "PBK" in edition.component)
    assert {name: edition.gate for name, edition in editions.items()} == {
        "fall-2023": None,
        "cohort-2024": "first-session",
        "journey-2024": "first-session",
        "rolling-2025": "first-session",
    }


def test_pilot_alumni_finish_with_a_task_of_their_own(editions: dict[str, Edition]) -> None:
    edition = editions["cohort-2024"]
    project = edition.component["NOCPROJECT"]
    assert (project.kind, project.requires, project.days) == ("task", (("NOCPILOT",),), None)
    assert [name for name in IDS if "NOCPROJECT" in editions[name].component] == ["cohort-2024"]


def test_seats_are_stated_only_since_rolling_enrolment(editions: dict[str, Edition]) -> None:
    courses = ("CODE", "PBK", "NOC", "COP", "PMB")
    assert [name for name in IDS if seats(editions[name])] == ["rolling-2025"]
    rolling = editions["rolling-2025"]
    assert seats(rolling) == dict.fromkeys((*courses, *REQUIRED, *NINE), 25)
    assert {rolling.source_of(f"components.{code}.seats") for code in courses} == {"S003"}
    assert {rolling.source_of(f"components.{code}.seats") for code in (*REQUIRED, *NINE)} == {"reading"}


def test_promises_about_the_calendar(editions: dict[str, Edition]) -> None:
    promises = {name: edition.supply[0] for name, edition in editions.items()}
    assert promises == {
        "fall-2023": Promise(of=(*REQUIRED, *NINE), count=2, per="window", source="S001"),
        "cohort-2024": Promise(of=(*REQUIRED, *EIGHT), count=2, per="window", source="S000"),
        "journey-2024": Promise(of=EIGHT, count=1, per="calendar-year", source="S004"),
        "rolling-2025": Promise(of=(*REQUIRED, *NINE), count=1, per="calendar-year", source="S003"),
    }
    assert all(edition.supply[1].every_months == 3 for edition in editions.values())


def test_only_the_two_stated_amounts_are_stated(editions: dict[str, Edition]) -> None:
    stated = [(name, fee.id, fee.amount, fee.currency) for name in IDS for fee in editions[name].fees if fee.amount]
    assert stated == [("cohort-2024", "nonprofit", 5000, "USD"), ("cohort-2024", "supporting", 7500, "USD")]


def test_le7_a_seventh_workshop_costs_extra_and_nobody_says_how_much(editions: dict[str, Edition]) -> None:
    extra = {name: fee for name in IDS for fee in editions[name].fees if fee.beyond is not None}
    assert {name: (fee.beyond, fee.amount) for name, fee in extra.items()} == dict.fromkeys(
        ("cohort-2024", "journey-2024", "rolling-2025"), (6, None)
    )
    for name, fee in extra.items():
        workshops = [component.code for component in editions[name].components if component.kind == "workshop"]
        assert sorted(fee.of) == sorted(workshops)
