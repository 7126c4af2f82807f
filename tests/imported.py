"""Folders and files of other systems for the tests of imports."""

import csv
import io
from pathlib import Path

from tests.command import Ran, run
from tests.test_second_step_files import components, folder

EDITION = components(
    "code: CODE, title: Content Design, kind: course, seats: 10",
    "code: QSS, title: Share, kind: event, repeatable: true",
) + ("requirements:\n  - {id: c, title: C, count: 1, from: [CODE]}\n")
RUNS = "CODE25W,CODE,2024-11-01,2024-12-02\nCODE25F,CODE,2025-09-02,2025-10-14\nQSS1,QSS,2025-03-04,2025-03-04\n"
PEOPLE = "learner,enrolled,email\nann,2024-01-02,Ann@Example.org\nben,2024-01-02,ben@example.org\ncyd,2024-01-02,\n"
CLASSIC = "Order #,Order Date,First Name,Last Name,Email,Quantity,Price Tier,Ticket Type,Attendee #,Group,Order Type,Currency,"
CLASSIC += "Total Paid,Fees Paid,Attendee Status,Home City\n"
NEWER = (
    "Order ID,Order date,Attendee first name,Attendee last name,Attendee email,Event name,Event ID,Event start date,"
)
NEWER += "Event start time,Event timezone,Ticket quantity,Ticket type,Buyer email,Barcode number\n"
ORDERS = "Order #,Order Date,Name,Email,Quantity,Total Paid,Order Status,Event Name\n"


def programme(place: Path, **tables: str) -> Path:
    """Write a folder of three learners, two of them with an e-mail address, and two components."""
    return folder(place / "programme", EDITION, RUNS, PEOPLE, **tables)


def rows(place: Path, table: str) -> list[dict[str, str]]:
    """Return the rows of a table; none where it is absent."""
    path = place / f"{table}.csv"
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8")))) if path.exists() else []


def written(place: Path, text: str) -> Path:
    """Write a file and return its place."""
    place.write_text(text, encoding="utf-8")
    return place


def attendee(order: int, email: str, number: int, status: str = "Attending", quantity: int = 1) -> str:
    """Return a line of a classic attendee report."""
    return f"{order},11/29/24 22:28,First,Last,{email},{quantity},,General,{number},,Free Order,USD,0,0,{status},Somewhere\n"


def imported(*words: str | Path) -> Ran:
    """Run an import that has to go well."""
    done = run("import", *words)
    assert done.code == 0, done.err
    return done


def everything(place: Path) -> dict[str, bytes]:
    """Return all files of a folder."""
    return {str(path.relative_to(place)): path.read_bytes() for path in sorted(place.rglob("*")) if path.is_file()}
