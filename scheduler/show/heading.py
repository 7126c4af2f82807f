"""The first lines of every screen: what was read, as of which day, and whether any of it is made up."""

from models.programme.instance import Instance
from scheduler.show.screen import Screen
from scheduler.show.times import city

SYNTHETIC = "Synthetic: made-up rows are among what was read."


def heading(screen: Screen, instance: Instance) -> None:
    """Write the heading of an instance."""
    screen.line(instance.title, style="bold")
    flags = [
        words
        for on, words in ((instance.tentative, "tentative offerings in use"), (instance.is_free, "bookings free"))
        if on
    ]
    words = [f"{instance.id} as of {instance.as_of}", f"programme time {city(instance.zone)}", *flags]
    screen.line(", ".join(words))
    if instance.synthetic:
        screen.line(SYNTHETIC)
    screen.line()
