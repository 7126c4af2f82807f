"""Words for what learners share: seats of an offering, places in a role at an offering, and what is short of them."""

from models.programme.instance import Instance
from models.programme.words import number, plural
from models.rule import Resource
from scheduler.solve.shortages import Shortage


def thing_in_words(thing: Resource) -> str:
    """Return `seats of CODE25W`, or `talk places at QSS25B`."""
    rule, offering, *role = thing
    return f"{role[0]} places at {offering}" if rule == "role_places" else f"seats of {offering}"


def shortage_in_words(instance: Instance, shortage: Shortage) -> str:
    """Return `24 talk places, 25 needed, 1 short: one more session, or a cap of 4`."""
    what = f"{shortage.role} place" if shortage.role else f"{shortage.component} seat"
    held = f"{plural(shortage.places, what)}, {shortage.needed} needed, {shortage.short} short"
    if shortage.in_time:
        wanted = f"{plural(shortage.needed, what)} {'is' if shortage.needed == 1 else 'are'} needed"
        held = f"for all to graduate as early as alone, {wanted} and {shortage.places} there, {shortage.short} short"
    cures = []
    if shortage.sessions is not None:
        kind = _kind(instance, shortage.component)
        cures.append(f"{number(shortage.sessions)} more {kind}" + ("s" if shortage.sessions > 1 else ""))
    if shortage.cap is not None:
        cures.append(f"a cap of {shortage.cap}" if shortage.role else f"{shortage.cap} seats in each")
    return f"{held}: {', or '.join(cures)}" if cures else held


def _kind(instance: Instance, code: str) -> str:
    """Return what one offering of a component is called."""
    kinds = {each.component[code].kind for each in instance.editions.values() if code in each.component}
    return "run" if "course" in kinds else "session"
