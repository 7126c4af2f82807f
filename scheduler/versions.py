"""Which version of this program, and of what it stands on, gave an answer."""

VERSION = "0.1.0"
"""This program's own; the distribution takes its version from here."""


def version_of(distribution: str) -> str:
    """Return the version of an installed distribution, or words that say that it is none."""
    if distribution == "cohort-scheduler":
        return VERSION
    from importlib import metadata

    try:
        return metadata.version(distribution)
    except metadata.PackageNotFoundError:
        return "(not installed)"


def solver_version() -> str:
    """Return the version of the library that brings the solvers."""
    return version_of("ortools")
