"""The files of a folder of pages: one page and one calendar file a learner, an overview, and mails."""

import csv
import io
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from models.programme.instance import Instance
from scheduler.answers.overview import Overview
from scheduler.answers.personal import Personal
from scheduler.pages.learner import learner_page
from scheduler.pages.mail import MERGE_COLUMNS, mail_text, merge_row
from scheduler.pages.overview import overview_page
from scheduler.pages.render import learner_html, overview_html
from scheduler.report.calendar_files import files_of
from scheduler.report.file_names import safe
from scheduler.report.ics import calendar_text
from scheduler.show.flat import csv_text
from scheduler.show.plan import receipt
from scheduler.show.proof import proof

LEARNERS, MAIL = "learners", "mail"
OVERVIEW, LINKS = "overview.html", "links.csv"
SILENT = {"not-enrolled"}
"""Whoever is not in the programme has no plan, and no page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """What is wanted: `private` = names of files that cannot be guessed, `mail` = a mail for each learner too."""

    private: bool = False
    mail: bool = False
    overview: bool = True


def site(found: Overview, wanted: Site, old: Mapping[str, str]) -> Mapping[str, str]:
    """Return the text of each file by its place in the folder; `old` = what stood there before.

    With `private` a learner keeps the name of the page that `links.csv` of the last time holds.
    """
    instance = found.instance
    rests_on, proved = receipt(found.path.result), proof(found.path.result)
    people = [each for each in found.personal if each.answer.status not in SILENT]
    names = _names(people, wanted, old)
    files: dict[str, str] = {}
    rows = []
    for each in people:
        learner, name = each.answer.learner, names[each.answer.learner]
        page = learner_page(instance, each, proved, f"{name}.ics")
        calendar = _calendar(instance, each, old.get(f"{LEARNERS}/{name}.ics"))
        files[f"{LEARNERS}/{name}.html"] = learner_html(instance, page, rests_on)
        files[f"{LEARNERS}/{name}.ics"] = calendar
        rows.append(merge_row(instance, page, f"{LEARNERS}/{name}.html", f"{LEARNERS}/{name}.ics"))
        if wanted.mail:
            files[f"{MAIL}/{safe(learner)}.eml"] = mail_text(instance, page, calendar)
    if wanted.mail:
        files[f"{MAIL}/merge.csv"] = csv_text(rows, MERGE_COLUMNS)
    if wanted.private:
        files[LINKS] = csv_text(
            [{"learner": learner, "name": name} for learner, name in names.items()], ("learner", "name")
        )
    if wanted.overview:
        pages = {learner: f"{LEARNERS}/{name}.html" for learner, name in names.items()}
        files[OVERVIEW] = overview_html(instance, overview_page(found, pages), rests_on)
    return files


def _names(people: list[Personal], wanted: Site, old: Mapping[str, str]) -> dict[str, str]:
    """Return the name of each learner's files, without ending."""
    known = dict(_links(old.get(LINKS, ""))) if wanted.private else {}
    return {
        each.answer.learner: known.get(each.answer.learner) or secrets.token_hex(16)
        if wanted.private
        else f"learner-{safe(each.answer.learner)}"
        for each in people
    }


def _links(text: str) -> Iterator[tuple[str, str]]:
    for row in csv.DictReader(io.StringIO(text)):
        learner, name = row.get("learner"), row.get("name")
        if learner and name and name == safe(name):
            yield learner, name


def _calendar(instance: Instance, found: Personal, before: str | None) -> str:
    ((title, entries),) = files_of(instance, [found.answer], everybody=False).values()
    return calendar_text(title, entries, instance.as_of, before=before)


def stale(found: Mapping[str, str], there: list[str]) -> list[str]:
    """Return the pages and mails of the last time that this time has none of: of learners who are gone."""
    ours = (f"{LEARNERS}/", f"{MAIL}/")
    endings = (".html", ".ics", ".eml")
    return [name for name in there if name.startswith(ours) and name.endswith(endings) and name not in found]
