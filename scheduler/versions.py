"""Which version of this program, and of what it stands on, gave an answer."""

from pathlib import Path

VERSION = "0.1.0"
"""This program's own; the distribution takes its version from here."""


def version_of(distribution: str) -> str:
    """Return the version of an installed distribution, or words that say that it is none."""
    if distribution == "cohort-scheduler":
        return VERSION
    known = _beside(distribution)
    if known is not None:
        return known
    from importlib import metadata

    try:
        return metadata.version(distribution)
    except metadata.PackageNotFoundError:
        return "(not installed)"


def _beside(distribution: str) -> str | None:
    """Return the version that stands in the name of a folder beside a package; looking through all distributions is slow."""
    from importlib.util import find_spec

    spec = find_spec(distribution)
    places = [] if spec is None else spec.submodule_search_locations or []
    found = [path.name for place in places for path in Path(place).parent.glob(f"{distribution}-*.dist-info")]
    return found[0].removesuffix(".dist-info").rpartition("-")[2] if len(found) == 1 else None


def solver_version() -> str:
    """Return the version of the library that brings the solvers."""
    return version_of("ortools")
