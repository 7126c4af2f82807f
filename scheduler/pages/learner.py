"""What stands on one learner's page: only what concerns the learner, in sentences, days and times."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from models.programme.instance import Instance
from models.programme.words import hours, listed, plural
from scheduler.answers.personal import Lighter, Personal
from scheduler.explain.doubtful import doubtful
from scheduler.explain.missed import Missed
from scheduler.explain.sheets import BOOKED, TOO_LATE, Missing
from scheduler.pages.coming import Coming, coming, tasks
from scheduler.pages.journey import Journey, journeys
from scheduler.pages.words import day, days, in_days, sentence
from scheduler.report.steps import Step, steps_of
from scheduler.show.missed import instead_of
from scheduler.show.notes import notes_of
from scheduler.show.sharing_words import thing_in_words
from scheduler.show.times import city, slack

MOST_REASONS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Reasons:
    """A heading with sentences below it."""

    head: str
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LearnerPage:
    """All of a page; an empty part is left out. `calendar` = the name of the calendar file beside it."""

    learner: str
    headline: str
    below: tuple[str, ...]
    done: int
    needed: int
    tasks: tuple[str, ...]
    coming: tuple[Coming, ...]
    finished: tuple[str, ...]
    journey: tuple[Journey, ...]
    chances: tuple[tuple[str, str, str], ...]
    why: Reasons | None
    ways: tuple[str, ...]
    is_blocked: bool
    harmless: tuple[str, ...]
    missed: tuple[tuple[str, str, str, str], ...]
    lighter: tuple[str, ...]
    warnings: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]
    zone: str
    calendar: str


def learner_page(instance: Instance, found: Personal, proved: str, calendar: str) -> LearnerPage:
    """Return the page of one learner; `proved` = how far the plan is proved, in words."""
    answer = found.answer
    steps = steps_of(instance, answer.learner, answer.path)
    ahead = [step for step in steps if step.lies_ahead]
    done, needed = counted_of(instance, found)
    return LearnerPage(
        learner=answer.learner,
        headline=_headline(found),
        below=tuple(_below(found, proved)),
        done=done,
        needed=needed,
        tasks=tuple(tasks(instance, answer.learner, ahead)),
        coming=tuple(coming(instance, answer.learner, ahead)),
        finished=tuple(f"{step.label}{_role(step.role)}, {day(step.end)}" for step in steps if not step.lies_ahead),
        journey=journeys(instance, answer.learner, steps, answer.graduation),
        chances=tuple(_chances(found.missing or (), instance.as_of)) if answer.status == "graduates" else (),
        why=_why(found),
        ways=tuple(_ways(found)),
        is_blocked=answer.status == "blocked",
        harmless=tuple(_step(row) for row in found.missed or () if row.lost == 0),
        missed=tuple(_missed(row) for row in found.missed or () if row.lost != 0),
        lighter=tuple(_lighter(instance, found, found.lighter)) if found.lighter else (),
        warnings=tuple(_warnings(instance, found, ahead)),
        notes=(*map(sentence, notes_of(instance, answer.learner, steps, answer.deadline)), *_cut_short(found)),
        zone=city(instance.learner[answer.learner].zone),
        calendar=calendar,
    )


def _cut_short(found: Personal) -> Iterator[str]:
    if not found.complete:
        yield "The time for this page ran out: last chances, reasons and what if a step is missed were not all looked at."


def counted_of(instance: Instance, found: Personal) -> tuple[int, int]:
    """Return how much of what is required is done, and how much it is; (0, 0) = not known.

    A requirement in credits counts as one.
    """
    requirements = instance.edition_of(found.answer.learner).requirements
    if found.answer.status != "graduated" and found.missing is None:
        return 0, 0
    missing = {each.requirement.id: each for each in found.missing or ()}
    needed = sum(1 if each.in_credits else each.count for each in requirements)
    open_ = sum(1 if each.requirement.in_credits else each.requirement.count - each.done for each in missing.values())
    return needed - open_, needed


def _headline(found: Personal) -> str:
    answer = found.answer
    if answer.status == "graduates" and answer.graduation:
        return f"You graduate on {day(answer.graduation)}"
    if answer.status == "graduated":
        return f"You have graduated{f', on {day(answer.graduation)}' if answer.graduation else ''}"
    if answer.status == "blocked":
        return "As things are, you cannot graduate"
    return "Your day of graduation is not known yet"


def _below(found: Personal, proved: str) -> Iterator[str]:
    """Yield what the day rests on: the last day allowed, the proof, and what others have to do with it."""
    answer = found.answer
    if answer.status == "unknown":
        yield "The time for this plan ran out before a way was found or ruled out."
        return
    if answer.status in {"graduated", "not-enrolled"}:
        return
    if answer.deadline is None:
        yield "No last day is stated."
    elif answer.graduation and answer.status == "graduates":
        yield f"The last day allowed is {day(answer.deadline)}: {slack((answer.deadline - answer.graduation).days)}."
    else:
        yield f"The last day allowed is {day(answer.deadline)}."
    if answer.status == "graduates":
        yield from _together(found, proved)


def _together(found: Personal, proved: str) -> Iterator[str]:
    answer = found.answer
    planned = "Everybody is planned together, so the places in this plan are not given twice"
    if answer.alone and answer.alone != answer.graduation:
        things = listed([thing_in_words(each) for each in answer.cause]) or "what an earlier path needs"
        yield f"{planned}. If nobody else took another seat it would be {day(answer.alone)}: by then there are no more {things}."
        return
    yield f"{planned}; a place is yours once it is booked. Of this plan: {proved}."


def _role(role: str | None) -> str:
    return f" (role: {role})" if role else ""


def _chances(missing: tuple[Missing, ...], today: date) -> Iterator[tuple[str, str, str]]:
    for each in sorted(missing, key=lambda one: (one.start_by or date.max, one.requirement.id)):
        if each.what == BOOKED:
            continue
        done = f"{each.done} of {each.requirement.amount(each.requirement.count)} done"
        by = f"start {each.what} by {day(each.start_by)}" if each.start_by else each.what
        soon = in_days((each.start_by - today).days) if each.start_by else ""
        yield each.requirement.title, done, f"{by}, {soon}" if soon else by


def _why(found: Personal) -> Reasons | None:
    """Return why no earlier, or why not at all, in at most five sentences."""
    facts = [sentence(fact.sentence) for fact in found.why or ()]
    if not facts:
        return None
    if len(facts) > MOST_REASONS:
        facts = [*facts[: MOST_REASONS - 1], f"{len(facts) - MOST_REASONS + 1} more facts of this kind."]
    if found.answer.status == "blocked":
        return Reasons(head="Why not", sentences=tuple(facts))
    return Reasons(head="Why no earlier", sentences=tuple(facts))


def _ways(found: Personal) -> Iterator[str]:
    """Yield what the least change is that lets a blocked learner graduate; staff decide whether it is made."""
    for repair in found.repair.found[:1] if found.repair else ():
        for step in repair.steps:
            yield sentence(step.words)
        then = repair.days.get(found.answer.learner)
        if then:
            yield f"You would then graduate on {day(then)}. Ask the staff of the programme: it is theirs to decide."


def _missed(row: Missed) -> tuple[str, str, str, str]:
    what = _step(row)
    if row.graduation is None or row.lost is None:
        return what, day(row.start), "no way to graduate then", ""
    return what, day(row.start), f"{day(row.graduation)}, {plural(row.lost, 'day')} later", instead_of(row)


def _step(row: Missed) -> str:
    return f"{row.booking.offering}{_role(row.booking.role)}"


def _lighter(instance: Instance, found: Personal, lighter: Lighter) -> Iterator[str]:
    graduation, before = lighter.answer.graduation, found.answer.graduation
    if graduation is None or before is None:
        return
    later = (graduation - before).days
    when = "on the same day" if later == 0 else f"{plural(abs(later), 'day')} {'later' if later > 0 else 'earlier'}"
    yield (
        f"Your busiest week would have {hours(lighter.minutes)} hours in place of {hours(lighter.minutes_before)}, and you would "
        f"graduate on {day(graduation)}, {when}, if seats are free."
    )
    mine = {step.label for step in steps_of(instance, found.answer.learner, found.answer.path)}
    others = [step for step in steps_of(instance, found.answer.learner, lighter.answer.path) if step.label not in mine]
    if others:
        yield f"Other dates than above: {listed([f'{step.label} ({days(step.start, step.end)})' for step in others])}."


def _warnings(instance: Instance, found: Personal, ahead: list[Step]) -> Iterator[tuple[str, str]]:
    """Yield what may go wrong, told apart by kind: a clash, nothing offered, no time known."""
    for _, words in sorted(doubtful(instance, found.answer.learner, found.answer.path).items()):
        yield "clash", f"A booking does not count as things are: {sentence(words)}"
    for each in found.missing or ():
        if each.what == TOO_LATE:
            yield "not offered", f"{each.requirement.title}: {TOO_LATE} with what is offered in time."
    silent = [step.label for step in ahead if step.run and not step.run.sessions]
    if silent:
        yield "no time known", f"Session times of {listed(silent)} are not stated, so no clash with them is ruled out."
