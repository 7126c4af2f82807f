"""What stands on the overview for staff: the year at a glance, everybody's day, seats, what matters most, what is promised."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from models.programme.instance import Instance
from models.programme.words import listed, plural
from scheduler.answers.overview import Overview
from scheduler.answers.personal import Personal
from scheduler.pages.learner import counted_of
from scheduler.pages.overview_tables import overview_tables
from scheduler.pages.tables import Glance, PageTable, glance_of
from scheduler.pages.words import day
from scheduler.report.steps import steps_of
from scheduler.show.proof import proof
from scheduler.show.sharing_words import shortage_in_words
from scheduler.solve.result import Result

STATUS = {
    "graduates": "on the way",
    "graduated": "graduated",
    "blocked": "cannot graduate",
    "unknown": "not settled",
    "not-enrolled": "not in the programme",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class OverviewLine:
    """One learner's line; `page` None = there is no page. `order` = days as numbers, for sorting."""

    learner: str
    page: str | None
    status: str
    state: str
    graduation: str
    order: int
    spare: str
    spare_order: int
    done: str
    next_step: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OverviewPage:
    """All of the overview."""

    headline: str
    below: tuple[str, ...]
    people: tuple[OverviewLine, ...]
    glance: Glance
    tables: tuple[PageTable, ...]


def overview_page(found: Overview, pages: Mapping[str, str]) -> OverviewPage:
    """Return the overview; `pages` = the address of each learner's page, as seen from the overview."""
    result = found.path.result
    return OverviewPage(
        headline=_headline(result),
        below=tuple(_below(result)),
        people=tuple(_person(found.instance, each, pages) for each in found.personal),
        glance=_glance(found.instance),
        tables=tuple(overview_tables(found)),
    )


def _headline(result: Result) -> str:
    counted = [(sum(each.status == status for each in result.learners), words) for status, words in STATUS.items()]
    return listed([f"{count} {words}" for count, words in counted if count]) or "Nobody is in the programme yet"


def _below(result: Result) -> Iterator[str]:
    yield f"Everybody is planned together. Of this plan: {proof(result)}."
    for each in result.shortages:
        words = shortage_in_words(result.instance, each)
        yield f"{words[0].upper()}{words[1:]}."


def _person(instance: Instance, found: Personal, pages: Mapping[str, str]) -> OverviewLine:
    answer = found.answer
    known = answer.graduation if answer.status in {"graduates", "graduated"} else None
    spare = (answer.deadline - answer.graduation).days if answer.deadline and answer.graduation else None
    ahead = [step for step in steps_of(instance, answer.learner, answer.path) if step.lies_ahead]
    done, needed = counted_of(instance, found)
    following = next((step for step in ahead if step.start > instance.as_of), None)
    is_on = answer.status == "graduates"
    return OverviewLine(
        learner=answer.learner,
        page=pages.get(answer.learner),
        status=STATUS[answer.status],
        state=answer.status,
        graduation=day(known) if known else "-",
        order=known.toordinal() if known else date.max.toordinal(),
        spare=plural(spare, "day") if is_on and spare is not None else "-",
        spare_order=spare if is_on and spare is not None else 10**6,
        done=f"{done} of {needed}" if needed else "-",
        next_step=f"{following.label}, {day(following.start)}" if following else "-",
    )


def _glance(instance: Instance) -> Glance:
    """Return the twelve months from that of the planning day on."""
    ahead = [(run, run.status) for run in instance.offerings if run.status != "cancelled" and run.end >= instance.as_of]
    codes = [code for edition in instance.editions.values() for code in edition.component]
    return glance_of(codes, ahead, instance.as_of)
