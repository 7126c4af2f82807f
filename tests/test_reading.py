"""A folder becomes one instance, however its rows are ordered and its text is encoded."""

import random
import time as clock
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from models.changes.people import freed
from models.programme.offering import Offering
from models.programme.time import Span
from scheduler.files.digest import digest_of
from scheduler.files.editions import edition_paths, load_edition
from scheduler.files.faults import BadInstanceError
from scheduler.files.folder import Loaded, load
from scheduler.files.new import new_instance
from tests.builders_files import FILES, added, changed, write_instance
from tests.builders_small import SMALL, at
from tests.pace import heartbeat


def read(folder: Path, changes: dict[str, str | bytes | None] | None = None) -> Loaded:
    return load(write_instance(folder, changes))


def test_every_value_of_every_table_arrives(tmp_path: Path) -> None:
    loaded = read(tmp_path)
    assert loaded == Loaded(replace(SMALL, digest=loaded.instance.digest), ())
    assert loaded.instance.digest == digest_of(SMALL)
    assert loaded.instance.digest.startswith("sha256:")


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_rows_changes_nothing(tmp_path: Path, seed: int) -> None:
    shuffler = random.Random(seed)  # noqa: S311 - a shuffle for a test
    changes: dict[str, str | bytes | None] = {}
    for name, text in FILES.items():
        if name.endswith(".csv"):
            header, *rows = text.splitlines(keepends=True)
            shuffler.shuffle(rows)
            changes[name] = "".join([header, *rows])
    assert read(tmp_path, changes).instance == replace(SMALL, digest=digest_of(SMALL))


def _semicolons(text: str) -> str:
    """Rewrite a table with `;` between cells, as spreadsheet programs of half the world do."""
    import csv
    import io

    out = io.StringIO()
    csv.writer(out, delimiter=";", lineterminator="\r\n").writerows(csv.reader(io.StringIO(text)))
    return out.getvalue()


@pytest.mark.parametrize(
    "rewrite",
    [
        lambda text: text.encode("utf-8-sig"),
        lambda text: text.replace("\n", "\r\n").encode(),
        lambda text: text.replace("\n", "\r").encode(),
        lambda text: _semicolons(text).encode(),
        lambda text: _semicolons(text).encode("utf-8-sig"),
        lambda text: text.replace("\n", "\n\n").encode(),
        lambda text: (text + "," * text.splitlines()[0].count(",") + "\n").encode(),
        lambda text: text.replace(",2025", ",  2025").replace("\nL", "\n L").encode(),
    ],
    ids=["BOM", "CRLF", "CR", "semicolons", "semicolons and BOM", "blank lines", "row of blanks", "spaces"],
)
def test_the_text_form_changes_nothing(tmp_path: Path, rewrite: object) -> None:
    assert callable(rewrite)
    tables = {name: rewrite(text) for name, text in FILES.items() if name.endswith(".csv")}
    assert read(tmp_path, tables).instance == replace(SMALL, digest=digest_of(SMALL))


def test_a_quoted_line_break_stays_in_its_cell(tmp_path: Path) -> None:
    loaded = read(tmp_path, changed("learners.csv", "general registrant", '"one\ntwo"'))
    assert loaded.instance.learner["L3"].note == "one\ntwo"


def test_tables_may_hold_only_their_headers(tmp_path: Path) -> None:
    headers = {name: text.splitlines()[0] for name, text in FILES.items() if name.endswith(".csv")}
    instance = read(tmp_path, {**headers}).instance
    assert [*instance.offerings, *instance.learners, *instance.records, *instance.closures] == []


def test_only_offerings_are_needed(tmp_path: Path) -> None:
    changes: dict[str, str | bytes | None] = {name: None for name in FILES if name.endswith(".csv")}
    changes["offerings.csv"] = FILES["offerings.csv"]
    instance = read(tmp_path, changes).instance
    assert (len(instance.offerings), instance.learners, instance.records) == (4, (), ())


def test_columns_may_stand_in_any_order_and_be_left_out(tmp_path: Path) -> None:
    text = "end,start,component,offering\n2025-05-16,2025-04-07,CODE,CODE25S\n"
    changes: dict[str, str | bytes | None] = {name: None for name in FILES if name.endswith(".csv")}
    instance = read(tmp_path, changes | {"offerings.csv": text}).instance
    expected = Offering(id="CODE25S", component="CODE", start=date(2025, 4, 7), end=date(2025, 5, 16), seats=25)
    assert instance.offerings == (expected,)


def test_any_change_of_data_changes_the_digest(tmp_path: Path) -> None:
    changes = [
        changed("offerings.csv", "1,200 USD", "1,300 USD"),
        changed("instance.yaml", "2025-03-25", "2025-03-26"),
        changed("editions/mini.yaml", "count: 3", "count: 2"),
        changed("records.csv", "540", "541"),
        changed("unavailable.csv", "13:00", "13:01"),
    ]
    digests = {read(tmp_path / str(number), change).instance.digest for number, change in enumerate(changes)}
    assert len(digests | {digest_of(SMALL)}) == len(changes) + 1


def test_the_flags_of_a_question_leave_the_digest(tmp_path: Path) -> None:
    instance = read(tmp_path).instance
    assert digest_of(freed(replace(instance, tentative=True))) == instance.digest


def test_an_ambiguous_time_is_read_where_its_offset_is_stated(tmp_path: Path) -> None:
    changes = changed(
        "unavailable.csv", "2025-03-26 12:00,2025-03-26 13:00", "2025-11-02 01:30-04:00,2025-11-02T01:30-05:00"
    )
    span = read(tmp_path, changes).instance.unavailable[1].span
    assert span.end - span.start == 60
    assert span.start == at("2025-11-02 00:30") + 60


@pytest.mark.parametrize("row", ["2025-06-12 23:00,60", "2025-06-12 00:00,1440"])
def test_a_session_may_fill_its_day_to_midnight(tmp_path: Path, row: str) -> None:
    instance = read(tmp_path, changed("sessions.csv", "2025-06-12 12:00-04:00,", row)).instance
    assert instance.offering["QSS25A"].closes == at("2025-06-13 00:00")


def test_a_spans_days_are_those_of_the_persons_zone(tmp_path: Path) -> None:
    span = read(tmp_path, changed("unavailable.csv", "L1,", "L2,")).instance.unavailable[0].span
    assert span == Span(at("2025-07-01 00:00", "Australia/Sydney"), at("2025-07-15 00:00", "Australia/Sydney"))


def test_learners_bring_their_editions(tmp_path: Path) -> None:
    other = FILES["editions/mini.yaml"].replace("id: mini", "id: other").replace("seats: 25, source: D1", "seats: 9")
    changes = changed("learners.csv", "L2,mini", "L2,other") | {"editions/other.yaml": other}
    instance = read(tmp_path, changes).instance
    assert sorted(instance.editions) == ["mini", "other"]
    assert instance.edition_of("L2").component["PBK"].seats == 9


def test_an_edition_may_be_named_by_its_path(tmp_path: Path) -> None:
    changes = changed("instance.yaml", "edition: mini", "edition: rules/own.yaml")
    changes |= {"rules/own.yaml": FILES["editions/mini.yaml"], "editions/mini.yaml": None}
    assert read(tmp_path, changes).instance == replace(SMALL, digest=digest_of(SMALL))


def test_shipped_editions_are_found_by_id() -> None:
    assert {"fall-2023", "cohort-2024", "journey-2024", "rolling-2025"} <= set(edition_paths())
    assert load_edition("rolling-2025").id == "rolling-2025"
    with pytest.raises(BadInstanceError, match="did you mean 'rolling-2025'"):
        load_edition("roling-2025")


@pytest.mark.parametrize(
    ("changes", "warnings"),
    [
        (
            added("records.csv", "L2,ORIENT,,completed,2025-04-01,,,"),
            [
                (
                    "records.csv:7:5: date: dated after the planning day 2025-03-25: "
                    "not yet known, so ignored; read '2025-04-01'"
                )
            ],
        ),
        (
            added("records.csv", "L2,CODE,CODE24F,booked,,,,"),
            [
                (
                    "records.csv:7:3: offering: over since 2024-10-18 and not recorded as completed: "
                    "the booking does not count; read 'CODE24F'"
                )
            ],
        ),
        (
            changed("offerings.csv", "2025-04-01,,lou", "2025-04-01,cancelled,lou"),
            ["records.csv:5:3: offering: this offering is cancelled: the booking does not count; read 'CODE25S'"],
        ),
        (
            changed("offerings.csv", "2025-05-16,,3", "2025-05-16,3,3"),
            ["offerings.csv:2:5: seats: over its seats: 4 are taken or booked, 3 exist; read '3'"],
        ),
        (
            changed("candidates.csv", "2025-06-03", "2025-03-25"),
            [
                (
                    "candidates.csv:2:2: start: not after the planning day 2025-03-25: it cannot be used; "
                    "read '2025-03-25 12:00'"
                )
            ],
        ),
        (changed("learners.csv", "L2,mini,2025-02-01", "L2,mini,2026-02-01"), []),
        (added("records.csv", "L2,CODE,CODE25S,missed,,,,", "L2,CODE,CODE24F,missed,,,,"), []),
    ],
)
def test_what_is_odd_is_told_and_stops_nothing(
    tmp_path: Path, changes: dict[str, str | bytes | None], warnings: list[str]
) -> None:
    assert [str(warning) for warning in read(tmp_path, changes).warnings] == warnings


def test_a_new_instance_reads_without_faults(tmp_path: Path) -> None:
    new_instance(tmp_path / "a new one", as_of=date(2025, 3, 25))
    loaded = load(tmp_path / "a new one")
    assert (loaded.instance.id, loaded.instance.as_of, loaded.warnings) == ("a-new-one", date(2025, 3, 25), ())
    assert [*loaded.instance.offerings, *loaded.instance.learners] == []
    assert sorted(path.name for path in (tmp_path / "a new one").iterdir()) == sorted(
        ["instance.yaml", "arrivals.csv", "patterns.csv", *(name for name in FILES if name.endswith(".csv"))]
    )


def test_two_hundred_thousand_rows_are_the_limit(tmp_path: Path) -> None:
    row = "L1,CODE,,missed,,,,\n"
    began = clock.process_time()
    with pytest.raises(BadInstanceError) as refused:
        read(tmp_path, {"records.csv": FILES["records.csv"].splitlines()[0] + "\n" + row * 1_000_000})
    assert [str(fault) for fault in refused.value.faults] == [
        "records.csv:200002:1: more than 200,000 rows; split the instance, or leave out what is long over"
    ]
    assert clock.process_time() - began < 300 * heartbeat()
