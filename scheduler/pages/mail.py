"""A mail for each learner, ready to be sent by whoever may: text, the same as a page, and the calendar file; nothing is sent."""

from collections.abc import Iterator
from email.message import EmailMessage
from email.policy import SMTP

from models.programme.instance import Instance
from scheduler.pages.coming import Coming
from scheduler.pages.learner import LearnerPage
from scheduler.pages.render import mail_html
from scheduler.pages.words import day
from scheduler.show.flat import Row

MERGE_COLUMNS = ("learner", "email", "subject", "done", "needed", "next", "page", "calendar")


def mail_text(instance: Instance, page: LearnerPage, calendar: str) -> str:
    """Return a mail as a draft that mail programs open; without an address where none is stated."""
    mail = EmailMessage(policy=SMTP)
    address = instance.learner[page.learner].email
    if address:
        mail["To"] = address
    mail["Subject"] = subject(instance, page)
    mail["X-Unsent"] = "1"
    mail.set_content("\n".join(_text(instance, page)) + "\n", cte="quoted-printable")
    mail.add_alternative(mail_html(instance, page), subtype="html", cte="quoted-printable")
    mail.add_attachment(calendar, subtype="calendar", filename="plan.ics", cte="quoted-printable")
    _bound(mail, page.learner)
    return mail.as_string()


def subject(instance: Instance, page: LearnerPage) -> str:
    """Return the subject, in one line."""
    synthetic = "[synthetic] " if instance.synthetic else ""
    return " ".join(f"{synthetic}{page.headline} ({instance.title})".split())


def merge_row(instance: Instance, page: LearnerPage, place: str, calendar: str) -> Row:
    """Return one row of the table from which a mail merge fills its letters."""
    return {
        "learner": page.learner,
        "email": instance.learner[page.learner].email,
        "subject": subject(instance, page),
        "done": page.done,
        "needed": page.needed,
        "next": " ".join(page.tasks) or None,
        "page": place,
        "calendar": calendar,
    }


def _text(instance: Instance, page: LearnerPage) -> Iterator[str]:
    """Yield the lines of the text part."""
    yield f"{instance.title}: the plan of {page.learner} as of {day(instance.as_of)}"
    if instance.synthetic:
        yield "Synthetic: made-up rows are among what this plan was made from."
    yield ""
    yield f"{page.headline}."
    yield from page.below
    if page.needed:
        yield f"{page.done} of {page.needed} done."
    yield from _part(page.why.head if page.why and page.is_blocked else "", page.why.sentences if page.why else ())
    yield from _part("What would make it possible", page.ways)
    yield from _part("Watch out", tuple(words for _, words in page.warnings))
    yield from _part("What to do next", page.tasks)
    yield from _part("What is to come", tuple(_line(each) for each in page.coming))
    yield from _part("Good to know", page.notes)
    yield ""
    yield f"Times are in {page.zone} time. The calendar file is attached."


def _part(head: str, lines: tuple[str, ...]) -> Iterator[str]:
    if head and lines:
        yield ""
        yield f"{head}:"
        yield from (f"- {words}" for words in lines)


def _line(each: Coming) -> str:
    times = f" ({each.times})" if each.times else ""
    role = f", your role: {each.role}" if each.role else ""
    book = f", book by {each.book_by}" if each.book_by else ""
    return f"{each.name}, {each.title}: {each.when}{times}, {each.words}{role}{book}"


def _bound(mail: EmailMessage, name: str) -> None:
    """Give each part a boundary of its own that is the same on every run."""
    mixed = list(mail.walk())
    for number, part in enumerate(each for each in mixed if each.is_multipart()):
        part.set_boundary(f"=={number}={''.join(f'{ord(letter):x}' for letter in name)[:24]}=plan==")
