"""Names that people type: the nearest right one for a wrong one, and the program's own."""

from collections.abc import Iterable

import click


def no_such_name(what: str, name: str, known: Iterable[str]) -> str:
    """Return the sentence that there is no such name, with the nearest right one or the names there are."""
    from scheduler.files.faults import comma_list, nearest

    names = sorted(known)
    near = nearest(name, names)
    advice = f"did you mean {near!r}?" if near else f"there are {comma_list(names)}"
    return f"no {what} of the name {name!r}; {advice}"


def refuse_unknown(what: str, names: Iterable[str], known: Iterable[str]) -> None:
    """Raise click.BadParameter for the first name of a thing (`learner`, `edition`) that is not known."""
    everything = set(known)
    for name in names:
        if name not in everything:
            raise click.BadParameter(no_such_name(what, name, everything), param_hint=f"'{what}'")
