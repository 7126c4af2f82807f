"""Eventbrite's three families of reports become bookings and seats taken; whoever gives back frees a seat."""

from pathlib import Path

import pytest

from scheduler.files.folder import load
from tests.command import run
from tests.imported import CLASSIC, NEWER, ORDERS, attendee, everything, imported, programme, rows, written

MAP = 'format: 1\neventbrite:\n  events:\n    "Content Design, fall": CODE25F   # once\n    "Open house": null\n'


def booked(place: Path) -> list[tuple[str, str, str]]:
    """Return who is booked where, with the note."""
    return [
        (row["learner"], row["offering"], row["note"]) for row in rows(place, "records") if row["status"] == "booked"
    ]


def taken(place: Path, offering: str = "CODE25F") -> int:
    """Return the seats taken by others."""
    return load(place).instance.offering[offering].taken


def test_attendees_of_the_classic_report(tmp_path: Path) -> None:
    place = programme(tmp_path)
    lines = attendee(1, "ann@example.org", 11) + attendee(1, "guest@else.org", 12) + attendee(2, "BEN@example.org", 13)
    lines += attendee(3, "x@else.org", 14, "Not Attending") + attendee(4, "y@else.org", 15, "Checked In")
    file = written(tmp_path / "CODE25F.csv", CLASSIC + lines)
    shown = imported("eventbrite", file, place, "--dry-run")
    assert "2 rows would be added to records.csv" in shown.out
    assert "1 row would be changed in offerings.csv" in shown.out
    assert "CODE25F: taken blank -> 2" in shown.out
    assert "CODE25F: 2 of the seats taken are held by people who are no learners here" in shown.out
    assert "columns that are not read: Order Date, First Name, Last Name" in shown.out
    assert (booked(place), taken(place)) == ([], 0)
    imported("eventbrite", file, place)
    assert booked(place) == [("ann", "CODE25F", "Eventbrite 1-11"), ("ben", "CODE25F", "Eventbrite 2-13")]
    assert taken(place) == 2
    before = everything(place)
    again = imported("eventbrite", file, place)
    assert "0 rows added to records.csv" in again.out
    assert everything(place) == before


def test_a_refund_frees_the_seat(tmp_path: Path) -> None:
    place = programme(tmp_path)
    start = attendee(1, "ann@example.org", 11) + attendee(2, "guest@else.org", 12)
    imported("eventbrite", written(tmp_path / "a.csv", CLASSIC + start), place, "--offering", "CODE25F")
    assert (len(booked(place)), taken(place)) == (1, 1)
    end = attendee(1, "ann@example.org", 11, "Refunded") + attendee(2, "guest@else.org", 12, "Deleted")
    shown = imported("eventbrite", written(tmp_path / "b.csv", CLASSIC + end), place, "--offering", "CODE25F")
    assert "1 row taken out of records.csv: the seat is free again" in shown.out
    assert (booked(place), taken(place)) == ([], 0)
    assert (place / "imports" / "records-before.csv").read_text(encoding="utf-8").count("ann") == 1
    before = everything(place)
    imported("eventbrite", tmp_path / "b.csv", place, "--offering", "CODE25F")
    assert everything(place) == before


def test_a_booking_by_hand_is_not_taken_out(tmp_path: Path) -> None:
    place = programme(tmp_path, records="learner,offering,status,note\nann,CODE25F,booked,by phone\n")
    file = written(tmp_path / "CODE25F.csv", CLASSIC + attendee(1, "ann@example.org", 11, "Refunded"))
    assert (
        "1 left out: given back, but the booking was not made by an import" in imported("eventbrite", file, place).out
    )
    assert booked(place) == [("ann", "CODE25F", "by phone")]


def test_seats_of_one_e_mail_and_seats_by_hand(tmp_path: Path) -> None:
    """One who orders three tickets with one address is booked once; 4 seats that stood there stay."""
    place = programme(tmp_path)
    path = place / "offerings.csv"
    path.write_text("offering,component,start,end,taken\nCODE25F,CODE,2025-09-02,2025-10-14,4\n", encoding="utf-8")
    lines = "".join(attendee(1, "ann@example.org", number) for number in (11, 12, 13))
    file = written(tmp_path / "CODE25F.csv", CLASSIC + lines)
    assert "taken 4 -> 6" in imported("eventbrite", file, place).out
    lines = "".join(
        attendee(1, "ann@example.org", number, "Refunded" if number == 11 else "") for number in (11, 12, 13)
    )
    imported("eventbrite", written(tmp_path / "CODE25F.csv", CLASSIC + lines), place)
    assert (booked(place), taken(place)) == ([("ann", "CODE25F", "Eventbrite 1-12")], 5)


def test_a_stranger_who_becomes_a_learner(tmp_path: Path) -> None:
    place = programme(tmp_path)
    file = written(tmp_path / "CODE25F.csv", CLASSIC + attendee(1, "cyd@example.org", 11))
    imported("eventbrite", file, place)
    assert (booked(place), taken(place)) == ([], 1)
    people = (
        (place / "learners.csv")
        .read_text(encoding="utf-8")
        .replace("cyd,2024-01-02,", "cyd,2024-01-02,cyd@example.org")
    )
    (place / "learners.csv").write_text(people, encoding="utf-8")
    imported("eventbrite", file, place)
    assert (booked(place), taken(place)) == ([("cyd", "CODE25F", "Eventbrite 1-11")], 0)


def test_attendees_of_the_newer_report_by_event(tmp_path: Path) -> None:
    """The barcode is the key; an event that is not mapped is asked for with the lines to add; a map is kept in the folder."""
    place = programme(tmp_path)
    line = "T{n},2025-01-01 12:00:00,A,B,{email},{event},9,{day},18:00:00,America/New_York,1,,buyer@x.org,B{n}\n"
    text = NEWER + line.format(n=1, email="ann@example.org", event='"Content Design, fall"', day="2025-09-02")
    text += line.format(n=2, email="new@x.org", event='"Content Design, fall"', day="2025-09-02")
    file = written(
        tmp_path / "report.csv", text + line.format(n=3, email="ben@example.org", event="Open house", day="")
    )
    refused = run("import", "eventbrite", file, place)
    assert refused.code == 2
    assert '    "Content Design, fall": WHICH' in refused.err
    assert "format: 1\neventbrite:\n  events:\n" in refused.err
    names = written(tmp_path / "names.yaml", MAP)
    assert "are kept in imports.yaml" in imported("eventbrite", file, place, "--map", names).out
    assert (booked(place), taken(place)) == ([("ann", "CODE25F", "Eventbrite T1-B1")], 1)
    assert (place / "imports.yaml").read_text(encoding="utf-8") == MAP
    before = everything(place)
    assert "1 left out: the event is passed over" in imported("eventbrite", file, place).out
    assert everything(place) == before


def test_an_event_that_stands_for_a_component_by_its_day(tmp_path: Path) -> None:
    place = programme(tmp_path)
    (place / "imports.yaml").write_text("format: 1\neventbrite:\n  events: {Share: QSS}\n", encoding="utf-8")
    line = "T{n},2025-01-01 12:00:00,A,B,{email},Share,9,{day},18:00:00,America/New_York,1,,buyer@x.org,B{n}\n"
    text = line.format(n=1, email="ann@example.org", day="2025-03-04") + line.format(
        n=2, email="ben@example.org", day="2025-04-04"
    )
    shown = imported("eventbrite", written(tmp_path / "r.csv", NEWER + text), place)
    assert "no offering of QSS is held on 2025-04-04" in shown.out
    assert booked(place) == [("ann", "QSS1", "Eventbrite T1-B1")]


def test_orders_by_number_and_quantity(tmp_path: Path) -> None:
    place = programme(tmp_path)
    (place / "imports.yaml").write_text(MAP, encoding="utf-8")
    event = '"Content Design, fall"'
    text = (
        f"1,1/2/25,Ann Lee,ann@example.org,3,0,Completed,{event}\n2,1/2/25,Ben,ben@example.org,1,0,Completed,{event}\n"
    )
    text += f"2,1/3/25,Ben,ben@example.org,1,0,Refunded/Canceled,{event}\n3,1/3/25,Cy,c@x.org,2,0,Besetzt,{event}\n"
    file = written(tmp_path / "orders.csv", ORDERS + text)
    shown = imported("eventbrite", file, place)
    assert (booked(place), taken(place)) == ([("ann", "CODE25F", "Eventbrite 1")], 2)
    assert "the status 'Besetzt' is not known: say holds or frees under eventbrite, statuses (3)" in shown.out
    (place / "imports.yaml").write_text(MAP + "  statuses: {Besetzt: holds}\n", encoding="utf-8")
    imported("eventbrite", file, place)
    assert taken(place) == 4


def test_whoever_is_absent_has_dropped_only_from_a_whole_list(tmp_path: Path) -> None:
    place = programme(tmp_path)
    both = attendee(1, "ann@example.org", 11) + attendee(2, "ben@example.org", 12) + attendee(3, "x@y.org", 13)
    imported("eventbrite", written(tmp_path / "CODE25F.csv", CLASSIC + both), place)
    file = written(tmp_path / "CODE25F.csv", CLASSIC + attendee(2, "ben@example.org", 12))
    assert "2 left out: an earlier file gave them a seat" in imported("eventbrite", file, place).out
    assert (len(booked(place)), taken(place)) == (2, 1)
    imported("eventbrite", file, place, "--whole-list")
    assert (booked(place), taken(place)) == ([("ben", "CODE25F", "Eventbrite 2-12")], 0)


def test_what_the_rules_refuse_is_left_out_with_the_reason(tmp_path: Path) -> None:
    done = "learner,component,offering,status,date\nann,CODE,CODE25W,completed,2024-12-02\n"
    place = programme(tmp_path, records=done)
    lines = attendee(1, "ann@example.org", 11) + attendee(2, "ben@example.org", 12)
    file = written(tmp_path / "CODE25F.csv", CLASSIC + lines)
    for words in (("--dry-run",), ()):
        shown = imported("eventbrite", file, place, *words)
        assert "1 left out: CODE is completed or exempt already (ann)" in shown.out
    assert booked(place) == [("ben", "CODE25F", "Eventbrite 2-12")]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_other_separators_and_own_columns(tmp_path: Path, separator: str) -> None:
    place = programme(tmp_path)
    text = (CLASSIC + attendee(1, "ann@example.org", 11)).replace(",", separator)
    file = written(
        tmp_path / "CODE25F.csv", text.replace(f"{separator}Email{separator}", f"{separator}Work mail{separator}")
    )
    refused = run("import", "eventbrite", file, place)
    assert (refused.code, "no column for email (attendee email, email, email address, buyer email" in refused.err) == (
        2,
        True,
    ), refused.err
    names = written(tmp_path / "m.yaml", "format: 1\neventbrite: {columns: {email: Work mail}}\n")
    imported("eventbrite", file, place, "--map", names)
    assert booked(place) == [("ann", "CODE25F", "Eventbrite 1-11")]


def test_an_order_without_numbers_of_attendees_names_them_all(tmp_path: Path) -> None:
    place = programme(tmp_path)
    (place / "records.csv").write_text("sep=;\nLearner;Offering;Status\ncyd;CODE25W;Booked\n", encoding="utf-8")
    text = "".join(f"1,1/2/25,N,{each},1,0,Completed\n" for each in ("ann@example.org", "ben@example.org", "g@x.org"))
    file = written(tmp_path / "CODE25F.csv", ORDERS.replace(",Event Name", "") + text)
    imported("eventbrite", file, place)
    assert (place / "records.csv").read_text(encoding="utf-8").splitlines()[:4] == [
        "sep=;",
        "Learner;Offering;Status;component;note",
        "cyd;CODE25W;Booked;;",
        "ann;CODE25F;booked;CODE;Eventbrite 1",
    ]
    assert (len(load(place).instance.records), taken(place)) == (3, 1)
    before = everything(place)
    imported("eventbrite", file, place)
    assert everything(place) == before


def test_a_table_that_lies_elsewhere_stays_a_link(tmp_path: Path) -> None:
    place = programme(tmp_path)
    text = "learner,offering,status\ncyd,CODE25W,booked\n"
    (place / "records.csv").symlink_to(written(tmp_path / "elsewhere.csv", text))
    file = written(tmp_path / "CODE25F.csv", CLASSIC + attendee(1, "ann@example.org", 11))
    imported("eventbrite", file, place, "--dry-run")
    assert (tmp_path / "elsewhere.csv").read_text(encoding="utf-8") == text
    imported("eventbrite", file, place)
    assert (place / "records.csv").is_symlink()
    assert "Eventbrite 1-11" in (tmp_path / "elsewhere.csv").read_text(encoding="utf-8")
    assert not [path.name for path in tmp_path.iterdir() if path.name.startswith(".")]
