"""An explanation on screen: the day, the few facts that rule out an earlier one, and what was asked beside it."""

from datetime import date

from models.programme.words import listed, plural
from models.rule import Fact
from scheduler.answers.explain import Explanation
from scheduler.answers.repair import RepairAnswer
from scheduler.explain.chain import Link
from scheduler.explain.many import Conflicts
from scheduler.show.blocked import because_any, fact_in_words
from scheduler.show.delays import delay
from scheduler.show.heading import heading
from scheduler.show.others import others_later, show_costs
from scheduler.show.repairs import left_out_words, show_repairs
from scheduler.show.screen import Screen
from scheduler.show.sharing_words import thing_in_words
from scheduler.show.why_not import show_why_not

UNPROVED = "The time ran out before the few facts behind this were found."


def show_explanation(screen: Screen, explanation: Explanation) -> None:
    """Write the whole explanation of one learner."""
    heading(screen, explanation.result.instance)
    answer = explanation.answer
    if answer.status == "not-enrolled":
        screen.line(f"{answer.learner} is not in the programme: there is nothing to explain.", style="bold")
    elif answer.status == "graduated":
        screen.line(f"{answer.learner} graduated on {answer.graduation}.", style="bold")
    elif explanation.conflicts is not None:
        _blocked(screen, explanation, explanation.conflicts)
    elif answer.alone is None:
        screen.line(f"{answer.learner}: {explanation.result.reason}.", style="bold")
    else:
        _day(screen, explanation, answer.alone)
    for each in explanation.why_not:
        screen.line()
        show_why_not(screen, answer.learner, each)
    if explanation.by is not None:
        screen.line()
        _by(screen, explanation, explanation.by)


def _day(screen: Screen, explanation: Explanation, day: date) -> None:
    learner = explanation.answer.learner
    screen.line(f"{learner} graduates on {day} at the earliest.", style="bold")
    asked = explanation.why_not or explanation.by is not None
    if not explanation.chain:
        screen.line(UNPROVED)
    elif asked:
        many = plural(len([link for link in explanation.chain if link.fact.rule != "earlier"]), "fact")
        screen.line(f"{many} together rule out every earlier day: scheduler explain without more options lists them.")
    else:
        screen.line("No earlier day is possible, because")
        for link in explanation.chain:
            if link.fact.rule != "earlier":
                _link(screen, link, day, explanation)
        screen.line("These together rule out every earlier day, and none of them can be spared for that.", indent=2)
    screen.line()
    _together(screen, explanation)


def _link(screen: Screen, link: Link, day: date, explanation: Explanation) -> None:
    screen.bullet(fact_in_words(link.fact))
    if link.without is None:
        return
    if link.without >= day:
        words = "without it: the same day, for other reasons"
    elif link.without <= explanation.result.instance.as_of:
        words = "without it: nothing would be left to do"
    else:
        words = f"without it: {link.without}, {plural((day - link.without).days, 'day')} earlier"
    screen.line(words, indent=6)


def _together(screen: Screen, explanation: Explanation) -> None:
    """Say how the day in the plan of all learners differs, and what has run out there; others are counted, never named."""
    answer = explanation.answer
    if not explanation.together:
        screen.line("Whether seats run out in the plan of all learners was not looked at here: scheduler path tells.")
    elif answer.graduation == answer.alone:
        screen.line("In the plan of all learners together the day is the same.")
    elif answer.graduation is not None:
        things = listed([thing_in_words(each) for each in answer.cause]) or "what the earliest path needs"
        screen.line(
            f"In the plan of all learners together the day is {answer.graduation}, {plural(delay(answer) or 0, 'day')} "
            f"later: by then there are no more {things}."
        )
        _waiting(screen, explanation)


def _waiting(screen: Screen, explanation: Explanation) -> None:
    """Say how many others have what has run out, and what it would cost them to give way: the fewest days in all decide."""
    waiting, learner = explanation.waiting, explanation.answer.learner
    if waiting is None:
        return
    have = f"{plural(waiting.takers, 'other learner')} {'has' if waiting.takers == 1 else 'have'} one of them"
    cost = others_later(waiting.fewer, waiting.days)
    screen.line(
        f"In that plan {have}. If {learner} had the earlier path, {cost}: most graduates, then fewest days in all."
    )


def _by(screen: Screen, explanation: Explanation, by: RepairAnswer) -> None:
    if by.repairs is None and by.is_settled:
        screen.line(f"By {by.by} it is possible: the day is {explanation.answer.graduation}.", style="bold")
    else:
        show_repairs(screen, by)


def _blocked(screen: Screen, explanation: Explanation, conflicts: Conflicts) -> None:
    learner = explanation.answer.learner
    screen.line(f"{learner} cannot graduate, because", style="bold")
    for number, conflict in enumerate(conflicts.found):
        if number:
            screen.line("and apart from that, because")
        screen.bullets(_in_words(conflict))
    if not conflicts.found:
        screen.line(UNPROVED)
        return
    if explanation.freed is not None and len(conflicts.found) == 1:
        costs = explanation.costs
        screen.line(
            because_any(len(conflicts.found[0]), freed=explanation.freed, at_others_cost=len(costs or ())), indent=2
        )
        show_costs(screen, explanation)
    elif len(conflicts.found) > 1:
        screen.line("In each of these groups at least one thing has to change.", indent=2)
    screen.line()
    screen.line(_how_many(conflicts))
    if explanation.left_out:
        screen.line(left_out_words(explanation.left_out))
    if explanation.answer.alone is not None:
        screen.line(f"Alone, {learner} could graduate on {explanation.answer.alone}: seats or places have run out.")
        _waiting(screen, explanation)


def _in_words(conflict: tuple[Fact, ...]) -> list[str]:
    return [fact_in_words(fact) for fact in conflict]


def _how_many(conflicts: Conflicts) -> str:
    count = plural(len(conflicts.found), "reason")
    if conflicts.complete:
        return f"{count}: proved to be all there {'is' if len(conflicts.found) == 1 else 'are'}."
    if conflicts.more:
        return f"{count} shown, and there are more: --limit shows them."
    return f"{count} found; whether there are more was not settled."
