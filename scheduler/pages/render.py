"""Pages as text: templates filled with everything escaped, and a policy that lets no other style or script in."""

import base64
import hashlib
from functools import cache
from importlib import resources

from jinja2 import Environment, PackageLoader, StrictUndefined

from models.programme.instance import Instance
from scheduler.pages.learner import LearnerPage
from scheduler.pages.overview import STATUS, OverviewPage
from scheduler.pages.words import day
from scheduler.pages.year import YearPage
from scheduler.show.times import city


def learner_html(instance: Instance, page: LearnerPage, receipt: str) -> str:
    """Return a learner's page, whole in one file."""
    return _filled("learner.html", instance, receipt, page=page, blocked=page.is_blocked)


def overview_html(instance: Instance, page: OverviewPage, receipt: str) -> str:
    """Return the overview for staff, whole in one file."""
    return _filled("overview.html", instance, receipt, script=_asset("table.js"), page=page, states=STATUS)


def year_html(instance: Instance, page: YearPage, receipt: str) -> str:
    """Return the page of a planned year, whole in one file."""
    return _filled("year.html", instance, receipt, page=page)


def mail_html(instance: Instance, page: LearnerPage) -> str:
    """Return what a mail shows: no drawing and no style that a mail program would not show."""
    return (
        _environment()
        .get_template("mail.html")
        .render(title=instance.title, today=day(instance.as_of), synthetic=instance.synthetic, page=page)
    )


def _filled(template: str, instance: Instance, receipt: str, *, script: str = "", **values: object) -> str:
    style = _asset("page.css")
    return (
        _environment()
        .get_template(template)
        .render(
            title=instance.title,
            today=day(instance.as_of),
            zone=city(instance.zone),
            synthetic=instance.synthetic,
            receipt=receipt,
            style=_trusted(style),
            script=_trusted(script),
            policy=_policy(style, script),
            **values,
        )
    )


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("scheduler.pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def _asset(name: str) -> str:
    return (resources.files("scheduler.pages") / "templates" / name).read_text(encoding="utf-8")


def _trusted(ours: str) -> str:
    """Return a file of ours as it is: nothing of an instance is ever in it."""
    from markupsafe import Markup

    return Markup(ours)  # noqa: S704 - a file of this package


@cache
def _policy(style: str, script: str) -> str:
    """Return a policy under which only these very texts count as style and script, and nothing is loaded from anywhere."""
    scripts = f"script-src {_hash(script)}; " if script else ""
    return f"default-src 'none'; {scripts}style-src {_hash(style)}; base-uri 'none'; form-action 'none'"


def _hash(text: str) -> str:
    digest = base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
    return f"'sha256-{digest}'"
