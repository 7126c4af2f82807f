"""The promises of a planned year on a screen: how many are kept, and why each broken one is."""

from scheduler.calendar.question import CalendarAnswer, Unkept
from scheduler.show.blocked import fact_in_words
from scheduler.show.screen import Screen


def show_kept(screen: Screen, found: CalendarAnswer, *, everything: bool) -> None:
    """Write how many promises are kept and which are not, with the reasons; all of them with `everything`."""
    if not found.promises:
        return
    kept = [each for each in found.promises if each.is_kept]
    screen.line()
    screen.line(f"Promises: {len(kept)} of {len(found.promises)} kept", style="bold")
    why = {id(each.kept.due): each for each in found.unkept}
    for each in found.promises:
        if everything or not each.is_kept:
            verdict = "kept" if each.is_kept else "broken"
            screen.bullet(f"{each.due.component}, {each.due.label}: {each.found} of {each.due.needed}, {verdict}")
        if id(each.due) in why:
            _because(screen, why[id(each.due)])


def _because(screen: Screen, unkept: Unkept) -> None:
    if unkept.facts:
        screen.line("It cannot be kept, because", indent=4)
        screen.bullets([fact_in_words(each) for each in unkept.facts], indent=6)
        if unkept.remedy:
            screen.line(f"The least that would be enough: {unkept.remedy}.", indent=4)
    elif unkept.possible:
        screen.line("A calendar that keeps it exists: it was not found in time, or --keep forbids it.", indent=4)
    else:
        screen.line("The time ran out before the reason was found.", indent=4)
