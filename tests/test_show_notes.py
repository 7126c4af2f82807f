"""What is told beside a path: extra fees, wishes that were met or not, and what is avoided in vain."""

import dataclasses
from collections.abc import Sequence
from typing import Any

import pytest

from models.programme.edition import Fee
from scheduler.show.fees import extra_fees
from tests.builders import (
    away,
    course,
    day,
    edition,
    instance,
    learner,
    meets,
    offering,
    record,
    session,
)
from tests.shown import notes, path, steps

WORKSHOPS = tuple("ABCDEFG")
EXTRA = Fee(id="extra", title="Each beyond the six", of=WORKSHOPS, beyond=6, source="S000")


def seven(fee: Fee, done: int = 0) -> list[tuple[str, str]]:
    """Return the extra fees of somebody who takes seven workshops, some of which are done."""
    workshops = [course(code) for code in WORKSHOPS]
    runs = [meets(f"{code}1", session(number)) for number, code in enumerate(WORKSHOPS, start=1)]
    records = [record("ada", "completed", code, -1) for code in WORKSHOPS[:done]]
    case = instance(edition(*workshops, fees=(fee,)), runs, records=records)
    booked = path("ada", *(f"{code}1" for code in WORKSHOPS[done:]))
    found = extra_fees(case.edition_of("ada"), steps(case, booked))
    return [(step.label, sentence) for step, sentence in found]


@pytest.mark.parametrize("done", [0, 3, 6])
def test_le7_the_seventh_workshop_costs_extra_and_nobody_says_how_much(done: int) -> None:
    sentence = "G1 is number 7 where 6 are included: extra fee, amount not stated [S000]."
    assert seven(EXTRA, done) == [("G1", sentence)]


def test_le7_six_workshops_cost_nothing_extra() -> None:
    assert seven(dataclasses.replace(EXTRA, of=WORKSHOPS[:6])) == []


def test_an_extra_fee_that_is_stated_is_told() -> None:
    fee = dataclasses.replace(EXTRA, amount=80, currency="USD", source=None)
    assert seven(fee) == [("G1", "G1 is number 7 where 6 are included: extra fee, 80 USD.")]


def wish(runs: Sequence[str], *, last: int = 30, **fields: Any) -> list[str]:  # noqa: ANN401 - any field of the noun
    """Return the notes on a wish for B of somebody who takes A."""
    offerings = [meets("A1", session(1)), *(offering(name, 20) for name in runs)]
    who = learner(prefers=("B",))
    case = instance(edition(course("A"), course("B")), offerings, [who], **fields)
    return notes(case, path("ada", "A1"), day(last))[:-1]


def test_le8_a_wish_for_what_is_not_offered_is_told() -> None:
    assert wish([]) == ["B is wished for; the calendar holds no B run."]


def test_le8_a_wish_for_what_does_not_fit_is_told() -> None:
    assert wish(["B1"], unavailable=(away("ada", 19, 21),)) == [
        "B is wished for; the calendar holds no B run that fits."
    ]


def test_le8_a_wish_that_would_cost_time_is_told() -> None:
    assert wish(["B1"]) == ["B is wished for; it is not part of this path: graduating early comes before wishes."]


def test_le8_a_run_fits_if_it_ends_on_the_last_day() -> None:
    assert wish(["B1"], last=20) == wish(["B1"])
    assert wish(["B1"], last=19) == ["B is wished for; the calendar holds no B run that fits."]


def test_le8_a_wish_for_what_the_edition_does_not_have_is_told() -> None:
    case = instance(edition(course("A")), [meets("A1", session(1))], [learner(prefers=("B",))])
    assert notes(case, path("ada", "A1"))[0] == "B is wished for; it is no component of edition e."


def test_a_wish_that_is_met_is_not_told() -> None:
    case = instance(edition(course("A")), [meets("A1", session(1))], [learner(prefers=("A",))])
    assert notes(case, path("ada", "A1")) == ["Price not stated for the one planned offering."]


def test_what_is_avoided_in_vain_is_told() -> None:
    case = instance(edition(course("A")), [meets("A1", session(1))], [learner(avoids=("A",))])
    assert notes(case, path("ada", "A1"))[0] == (
        "A is to be avoided, and is part of this path: graduating early comes before wishes."
    )
