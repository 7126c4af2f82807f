"""Days, instants and zones: clock changes, leap days, and half-open spans."""

import zoneinfo
from datetime import UTC, date, datetime, time

import pytest

from models.programme.time import (
    ClockFoldError,
    ClockGapError,
    Span,
    anniversary,
    day_start,
    instant,
    local,
    minutes_of,
    whole_days,
    zone,
)

NEW_YORK = "America/New_York"
HOUR = 60


def utc(*parts: int) -> int:
    """Return the instant of a moment in UTC."""
    return minutes_of(datetime(*parts, tzinfo=UTC))  # type: ignore[arg-type, misc]


def test_an_instant_is_a_minute_since_1970() -> None:
    assert utc(1970, 1, 1, 0, 0) == 0
    assert utc(1970, 1, 2, 0, 1) == 24 * HOUR + 1
    assert minutes_of(datetime(1970, 1, 1, 0, 0, 59, tzinfo=UTC)) == 0


def test_weekly_noon_in_new_york_is_five_or_four_hours_later_in_utc() -> None:
    weeks = [
        date(2023, 10, 9),
        date(2023, 10, 16),
        date(2023, 10, 23),
        date(2023, 10, 30),
        date(2023, 11, 6),
        date(2023, 11, 13),
    ]
    noons = [instant(datetime.combine(each, time(12)), NEW_YORK) for each in weeks]
    assert [local(noon, "UTC").hour for noon in noons] == [16, 16, 16, 16, 17, 17]
    assert [local(noon, "Europe/London").hour for noon in noons] == [17, 17, 17, 16, 17, 17]


@pytest.mark.parametrize(
    ("clock", "wrong"), [((1, 59), None), ((2, 0), ClockGapError), ((2, 59), ClockGapError), ((3, 0), None)]
)
def test_a_time_that_the_clocks_skip_is_refused(clock: tuple[int, int], wrong: type[Exception] | None) -> None:
    moment = datetime(2025, 3, 9, *clock)  # noqa: DTZ001 - a local time
    if wrong is None:
        assert local(instant(moment, NEW_YORK), NEW_YORK).replace(tzinfo=None) == moment
    else:
        with pytest.raises(wrong, match=r"2025-03-09 02:\d\d does not exist in America/New_York"):
            instant(moment, NEW_YORK)


@pytest.mark.parametrize(
    ("clock", "wrong"), [((0, 59), None), ((1, 0), ClockFoldError), ((1, 59), ClockFoldError), ((2, 0), None)]
)
def test_a_time_that_the_clocks_show_twice_is_refused(clock: tuple[int, int], wrong: type[Exception] | None) -> None:
    moment = datetime(2025, 11, 2, *clock)  # noqa: DTZ001 - a local time
    if wrong is None:
        assert local(instant(moment, NEW_YORK), NEW_YORK).replace(tzinfo=None) == moment
    else:
        with pytest.raises(wrong, match=r"2025-11-02 01:\d\d exists twice in America/New_York"):
            instant(moment, NEW_YORK)


def test_a_day_starts_at_its_first_instant() -> None:
    assert day_start(date(2025, 3, 5), NEW_YORK) == utc(2025, 3, 5, 5, 0)
    # Midnight is skipped in Santiago when the clocks go forward: the day starts at one.
    assert day_start(date(2024, 9, 8), "America/Santiago") == utc(2024, 9, 8, 4, 0)
    assert local(day_start(date(2024, 9, 8), "America/Santiago"), "America/Santiago").hour == 1
    # Midnight comes twice in Havana when they go back: the day starts at the first.
    assert day_start(date(2024, 11, 3), "America/Havana") == utc(2024, 11, 3, 4, 0)


def test_whole_days_are_as_long_as_the_clocks_make_them() -> None:
    lengths = [
        whole_days(first, last, NEW_YORK)
        for first, last in [
            (date(2025, 3, 8), date(2025, 3, 8)),
            (date(2025, 3, 9), date(2025, 3, 9)),
            (date(2025, 11, 2), date(2025, 11, 2)),
            (date(2025, 3, 8), date(2025, 3, 10)),
        ]
    ]
    assert [(span.end - span.start) / HOUR for span in lengths] == [24, 23, 25, 71]


@pytest.mark.parametrize(
    ("one", "other", "overlap"),
    [
        ((0, 5), (5, 9), False),
        ((0, 6), (5, 9), True),
        ((0, 9), (3, 4), True),
        ((5, 5), (0, 9), True),
        ((9, 9), (0, 9), False),
    ],
)
def test_spans_are_half_open(one: tuple[int, int], other: tuple[int, int], overlap: bool) -> None:
    assert Span(*one).overlaps(Span(*other)) is overlap
    assert Span(*other).overlaps(Span(*one)) is overlap


@pytest.mark.parametrize(
    ("day", "years", "expected"),
    [
        (date(2023, 9, 21), 2, date(2025, 9, 21)),
        (date(2024, 2, 29), 1, date(2025, 2, 28)),
        (date(2024, 2, 29), 4, date(2028, 2, 29)),
        (date(2024, 2, 28), 1, date(2025, 2, 28)),
        (date(2024, 3, 1), 1, date(2025, 3, 1)),
        (date(2023, 2, 28), 1, date(2024, 2, 28)),
        (date(2025, 1, 31), 0, date(2025, 1, 31)),
    ],
)
def test_anniversaries(day: date, years: int, expected: date) -> None:
    assert anniversary(day, years) == expected


def test_zones_come_from_the_tzdata_package_alone() -> None:
    assert zoneinfo.TZPATH == ()
    with pytest.raises(zoneinfo.ZoneInfoNotFoundError):
        zone("America/Atlantis")
