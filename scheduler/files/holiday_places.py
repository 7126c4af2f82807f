"""Countries and their regions as they are named for public holidays: `US`, `DE-BY`."""

from collections.abc import Sequence

from scheduler.files.faults import Fault, Ledger, comma_list, nearest
from scheduler.files.yamltext import Document

ALLOWED = "a code like US, CA, GB, or of a region like DE-BY"


def holiday_places_of(written: str | Sequence[str] | None) -> tuple[str, ...]:
    """Return the places that are named, each once, in the order written."""
    if written is None:
        return ()
    return (written,) if isinstance(written, str) else tuple(dict.fromkeys(written))


def misnamed(place: str) -> tuple[str, str, str | None] | None:
    """Return what is wrong with a place, what is allowed, and the nearest right one; None where the calendar knows it."""
    from holidays.utils import list_supported_countries

    known = list_supported_countries(include_aliases=True)
    country, dash, region = place.partition("-")
    if country not in known:
        return "no country code that the holiday calendar knows", ALLOWED, nearest(country, sorted(known))
    if dash and region not in known[country]:
        regions = sorted(known[country])
        near = nearest(region, regions)
        allowed = f"{country} alone, or with one of {comma_list(regions, 20)}" if regions else f"{country} alone"
        return f"no region of {country} that the holiday calendar knows", allowed, near and f"{country}-{near}"
    return None


def check_places(written: str | Sequence[str] | None, at: tuple[str, str], document: Document, ledger: Ledger) -> None:
    """Note every place of a key of instance.yaml that the holiday calendar does not know."""
    for number, place in enumerate(holiday_places_of(written)):
        wrong = misnamed(place)
        path = at if isinstance(written, str) else (*at, number)
        if wrong is not None:
            ledger.add(_fault(document, path, place, wrong))


def _fault(document: Document, path: Sequence[str | int], place: str, wrong: tuple[str, str, str | None]) -> Fault:
    message, allowed, near = wrong
    return document.fault(*path, message=message, read=place, allowed=allowed, near=near)
