"""Learners and their e-mail addresses from Canvas's list of users."""

from pydantic_core import PydanticCustomError

from scheduler.files.cells import identifier
from scheduler.imports.asked import ImportAsked
from scheduler.imports.people import People, is_email
from scheduler.imports.proposed import ImportFound
from scheduler.imports.reading import ForeignTable, Form, Names, read_sheet

NAMES: Names = {
    "sis": ("user_id",),
    "login": ("login_id",),
    "email": ("email",),
    "status": ("status",),
}
FORM = Form(what="list of users of Canvas", read_by="canvas", names=NAMES, needs=("login",))
COLUMNS = ("learner", "email", "note")
NOTE = "from Canvas"


def accounts(asked: ImportAsked) -> ImportFound:
    """Return new learners, and e-mail addresses of those who have none yet; raise ImportRefusedError."""
    sheet = read_sheet(asked.path, FORM)
    found = asked.found()
    table, people = found.table("learners", COLUMNS), People(asked.instance)
    places = {row.get("learner", ""): place for place, row in enumerate(table.now.rows)}
    taken = {each.casefold() for each in (*asked.instance.learner, *asked.instance.trainer)}
    emails = {*people.shared, *(each.email.casefold() for each in asked.instance.learners if each.email)}
    for row in sheet.rows:
        reason, email = _reason(sheet, row), sheet.cell(row, "email")
        if reason:
            found.leave_out(reason, sheet.cell(row, "login") or sheet.cell(row, "sis"))
            continue
        learner = people.find(email, sheet.cell(row, "sis"), sheet.cell(row, "login"))
        stands = asked.instance.learner[learner].email if learner else None
        if learner is None:
            _add(found, sheet, row, taken, emails)
        elif email and stands and stands.casefold() != email.casefold():
            found.leave_out("another e-mail address stands here: kept", learner)
        elif email and not stands and email.casefold() not in emails:
            emails.add(email.casefold())
            table.change(places[learner], {"email": email})
        else:
            table.known += 1
    if table.rows:
        found.remarks.append("new learners have no day of enrolment: they are not planned until `enrolled` says one")
    found.tell_unread(sheet.unread())
    return found


def _reason(sheet: ForeignTable, row: list[str]) -> str | None:
    """Return why a line is passed over, or None."""
    status, email = sheet.cell(row, "status").casefold(), sheet.cell(row, "email")
    if status in {"deleted", "suspended"}:
        return f"{status} in Canvas"
    return "no e-mail address" if email and not is_email(email) else None


def _add(found: ImportFound, sheet: ForeignTable, row: list[str], taken: set[str], emails: set[str]) -> None:
    name = sheet.cell(row, "sis") or sheet.cell(row, "login")
    email = sheet.cell(row, "email")
    if not _is_id(name):
        found.leave_out("not usable as the id of a learner", name[:40])
    elif name.casefold() in taken:
        found.leave_out("the id is in use already", name)
    elif email.casefold() in emails:
        found.leave_out("the e-mail address is in use already", name)
    else:
        taken.add(name.casefold())
        emails.update({email.casefold()} - {""})
        found.table("learners", COLUMNS).rows.append({"learner": name, "email": email, "note": NOTE})


def _is_id(text: str) -> bool:
    """Say whether a text can be an id; one that could be taken for a path is none."""
    if any(each in text for each in ("/", "\\", "..", "<", ">")):
        return False
    try:
        return identifier(text) == text
    except PydanticCustomError:
        return False
