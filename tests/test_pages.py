"""`scheduler page`: what stands on whose page, in which files, and what hostile rows can do to it: nothing."""

import email
import email.policy
import json
import re
import shutil
import time
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import icalendar
import pytest

from models.programme.instance import Instance
from models.programme.plan import Path as LearnersPath
from scheduler.answers.overview import answer_overview
from scheduler.answers.path import PathAsked, answer_path
from scheduler.answers.personal import personal, personals
from scheduler.engines.budget import Budget
from scheduler.engines.processes import Work, shared_out
from scheduler.explain.places import Planned
from scheduler.files.folder import load
from scheduler.pages.journey import journeys
from scheduler.pages.learner import learner_page
from scheduler.pages.site import Site, site
from scheduler.questions import PathQuestion
from scheduler.report.steps import steps_of
from scheduler.solve.alone import solve_alone
from tests.command import INSTANCES, TINY, run
from tests.year_files import year_folder

CSCCE = INSTANCES / "cscce-2023-2026"
PAYLOADS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "'\"><svg onload=alert(1)>",
    "</style><script>alert(1)</script>",
    "</title><b>x",
    "{{ 7 * 7 }}",
    "{% raw %}",
    "${7*7}",
    "javascript:alert(1)",
    "<a href=javascript:alert(1)>x</a>",
    "<iframe src=data:text/html,x>",
    "<meta http-equiv=refresh content=0>",
    "--><script>alert(1)</script>",
    "]]><script>alert(1)</script>",
    "<math><mtext><style><img src=x onerror=alert(1)>",
    "<base href=//x>",
    "<form action=//x><button>x</button></form>",
    "<input autofocus onfocus=alert(1)>",
    "<details open ontoggle=alert(1)>",
    "<object data=x>",
    "<embed src=x>",
    "<link rel=stylesheet href=//x>",
    "<body onload=alert(1)>",
    "<video><source onerror=alert(1)>",
    "<template><script>alert(1)</script></template>",
    "<noscript><p title='</noscript><script>alert(1)</script>'>",
    "<textarea><script>alert(1)</script>",
    "<select><option><script>alert(1)</script>",
    '"onmouseover="alert(1)',
    "'onmouseover='alert(1)",
    "`onmouseover=alert(1)`",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;",
    "%3Cscript%3E",
    "\\u003cscript\\u003e",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<ScRiPt>alert(1)</sCrIpT>",
    "<x contenteditable onblur=alert(1)>",
    "url(javascript:alert(1))",
    "\r\nSubject: other\r\n\r\n<b>",
)

TOGETHER = 5
"""So many payloads stand in each field at once."""


@pytest.fixture(scope="module")
def tiny() -> Instance:
    """Return the small made-up instance."""
    return load(TINY).instance


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of pages and mails of the small instance, written by the command."""
    folder = tmp_path_factory.mktemp("pages") / "out"
    done = run("page", TINY, "--out", folder, "--mail", "--quiet", "--workers", "1")
    assert (done.code, done.out, done.err) == (1, "", "")
    return folder


class Tags(HTMLParser):
    """Collects the elements of a page with the names of their attributes."""

    def __init__(self) -> None:
        """Begin with nothing."""
        super().__init__()
        self.found: list[tuple[str, tuple[str, ...]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep an element."""
        self.found.append((tag, tuple(name for name, _ in attrs)))


def tags(text: str) -> list[tuple[str, tuple[str, ...]]]:
    """Return the elements of a page in order."""
    parser = Tags()
    parser.feed(text)
    return parser.found


def test_each_learner_has_a_page_and_a_calendar_file_and_staff_an_overview(pages: Path) -> None:
    found = sorted(each.relative_to(pages).as_posix() for each in pages.rglob("*") if each.is_file())
    names = [f"learners/learner-{name}.{kind}" for name in ("ada", "ben", "cal") for kind in ("html", "ics")]
    mails = [f"mail/{name}.eml" for name in ("ada", "ben", "cal")]
    assert found == sorted([*names, *mails, "mail/merge.csv", "overview.html"])


def test_a_page_says_the_day_the_steps_and_when_to_book(pages: Path) -> None:
    text = (pages / "learners/learner-ada.html").read_text(encoding="utf-8")
    assert "You graduate on" in text
    assert "Tue 4 Feb 2025, 18:00 to 19:30 (New York: 12:00)" in text
    assert "What to do next" in text
    assert "Synthetic: made-up rows" in text
    assert 'href="learner-ada.ics" download' in text
    assert "0 of " in text
    overview = (pages / "overview.html").read_text(encoding="utf-8")
    assert 'href="learners/learner-ada.html"' in overview
    assert "The year at a glance" in overview


def test_who_cannot_graduate_is_told_why_and_what_would_make_it_possible(pages: Path) -> None:
    blocked = [each for each in pages.glob("learners/*.html") if "you cannot graduate" in each.read_text("utf-8")]
    assert blocked
    for each in blocked:
        text = each.read_text(encoding="utf-8")
        assert "Why not" in text
        assert "What would make it possible" in text
        assert "You would then graduate on" in text


def test_no_learner_stands_on_anybody_elses_page(pages: Path) -> None:
    people = {"ada", "ben", "cal"}
    for each in [*pages.glob("learners/*"), *pages.glob("mail/*.eml")]:
        mine = each.stem.removeprefix("learner-")
        words = set(re.findall(r"[a-z]+", each.read_text(encoding="utf-8").lower()))
        assert not (people - {mine}) & words, each


def test_pages_are_whole_in_themselves_and_small(pages: Path) -> None:
    for each in pages.rglob("*.html"):
        text = each.read_text(encoding="utf-8")
        policy = re.search(r'Content-Security-Policy" content="([^"]+)"', text)
        assert policy
        assert "default-src &#39;none&#39;" in policy[1]
        assert "unsafe" not in policy[1]
        assert not re.search(r"(?:src|href)=\"(?:https?:)?//", text)
        assert 'lang="en"' in text
        assert len(text.encode()) < 60_000
    assert "<script" not in (pages / "learners/learner-ada.html").read_text(encoding="utf-8")


def test_a_mail_is_a_draft_with_text_page_and_calendar_file(pages: Path) -> None:
    mail = email.message_from_bytes((pages / "mail/ada.eml").read_bytes(), policy=email.policy.default)
    assert mail["X-Unsent"] == "1"
    assert mail["To"] is None
    kinds = [part.get_content_type() for part in mail.walk() if not part.is_multipart()]
    assert kinds == ["text/plain", "text/html", "text/calendar"]
    calendar = next(part for part in mail.walk() if part.get_content_type() == "text/calendar")
    assert list(icalendar.Calendar.from_ical(calendar.get_content()).walk("VEVENT"))
    table = (pages / "mail/merge.csv").read_text(encoding="utf-8").splitlines()
    assert table[0] == "learner,email,subject,done,needed,next,page,calendar"
    assert len(table) == 4


def test_the_same_files_come_out_of_the_same_folder(pages: Path, tmp_path: Path) -> None:
    run("page", TINY, "--out", tmp_path / "again", "--mail", "--quiet", "--workers", "1")
    for each in (each for each in pages.rglob("*") if each.is_file()):
        assert (tmp_path / "again" / each.relative_to(pages)).read_bytes() == each.read_bytes()


def test_private_names_cannot_be_guessed_and_stay(tmp_path: Path) -> None:
    run("page", TINY, "--out", tmp_path / "out", "--private", "--quick", "--quiet")
    before = sorted(each.name for each in (tmp_path / "out/learners").iterdir())
    assert all(re.fullmatch(r"[0-9a-f]{32}\.(html|ics)", name) for name in before)
    assert len(before) == 6
    run("page", TINY, "--out", tmp_path / "out", "--private", "--quick", "--quiet")
    assert sorted(each.name for each in (tmp_path / "out/learners").iterdir()) == before
    links = (tmp_path / "out/links.csv").read_text(encoding="utf-8").splitlines()
    assert links[0] == "learner,name"
    assert [line.split(",")[0] for line in links[1:]] == ["ada", "ben", "cal"]


def test_pages_of_learners_who_are_gone_go_too(tmp_path: Path) -> None:
    folder = tmp_path / "copy"
    shutil.copytree(TINY, folder)
    run("page", folder, "--out", tmp_path / "out", "--quick", "--quiet")
    (tmp_path / "out/notes.txt").write_text("mine")
    rows = (folder / "learners.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    (folder / "learners.csv").write_text("".join(row for row in rows if not row.startswith("ada")), encoding="utf-8")
    run("page", folder, "--out", tmp_path / "out", "--quick", "--quiet")
    found = sorted(each.name for each in (tmp_path / "out").rglob("*") if each.is_file())
    assert not [name for name in found if "ada" in name]
    assert "notes.txt" in found


def test_one_learner_alone_is_still_planned_with_everybody(tmp_path: Path) -> None:
    run("page", TINY, "--out", tmp_path / "all", "--quick", "--quiet")
    run("page", TINY, "--out", tmp_path / "one", "--learner", "ada", "--quiet")
    assert sorted(each.name for each in (tmp_path / "one").rglob("*.*")) == ["learner-ada.html", "learner-ada.ics"]
    name = "learners/learner-ada.html"
    assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "all" / name).read_bytes()


def test_an_unknown_learner_and_a_file_in_the_way_are_told_in_a_sentence(tmp_path: Path) -> None:
    wrong = run("page", TINY, "--out", tmp_path / "out", "--learner", "adda")
    assert wrong.code == 2
    assert "did you mean 'ada'" in wrong.err
    (tmp_path / "file").write_text("x")
    stopped = run("page", TINY, "--out", tmp_path / "file", "--quiet")
    assert stopped.code == 2
    assert "is no folder" in stopped.err
    assert (tmp_path / "file").read_text() == "x"


def hostile(instance: Instance, words: str) -> Instance:
    """Return the instance with some words in every field that is free text."""
    editions = {
        name: replace(
            edition,
            title=words,
            components=tuple(replace(each, title=words) for each in edition.components),
            requirements=tuple(replace(each, title=words, source=words) for each in edition.requirements),
        )
        for name, edition in instance.editions.items()
    }
    return replace(
        instance,
        title=words,
        editions=editions,
        learners=tuple(replace(each, note=words, email=f"{each.id}@example.org") for each in instance.learners),
        records=tuple(replace(each, note=words) for each in instance.records),
        offerings=tuple(replace(each, price=words, note=words, trainers=(words,)) for each in instance.offerings),
    )


@pytest.fixture(scope="module")
def benign(tiny: Instance) -> dict[str, str]:
    """Return the files of the instance with a harmless word in every field."""
    return dict(site(answer_overview(hostile(tiny, "Harmless"), effects=False), Site(mail=True), {}))


@pytest.mark.parametrize("first", range(0, len(PAYLOADS), TOGETHER))
def test_markup_in_every_field_stays_text(tiny: Instance, benign: dict[str, str], first: int) -> None:
    words = " ".join(PAYLOADS[first : first + TOGETHER])
    files = site(answer_overview(hostile(tiny, words), effects=False), Site(mail=True), {})
    for name, text in files.items():
        if name.endswith(".html"):
            assert tags(text) == tags(benign[name]), name
        if name.endswith(".eml"):
            mail = email.message_from_string(text, policy=email.policy.default)
            assert len(mail.get_all("Subject", [])) == 1
            html = next(part for part in mail.walk() if part.get_content_type() == "text/html")
            was = email.message_from_string(benign[name], policy=email.policy.default)
            before = next(part for part in was.walk() if part.get_content_type() == "text/html")
            assert tags(html.get_content()) == tags(before.get_content())


def test_processes_find_what_one_process_finds(tiny: Instance) -> None:
    found = answer_path(tiny, PathAsked(question=PathQuestion(learners=tuple(sorted(tiny.learner))))).result
    many = found.learners * 11
    one, several = (list(personals(found, many, workers=count)) for count in (1, 2))
    assert [(each.answer, each.missing, each.missed) for each in one] == [
        (each.answer, each.missing, each.missed) for each in several
    ]
    assert [[fact.sentence for fact in each.why or ()] for each in one] == [
        [fact.sentence for fact in each.why or ()] for each in several
    ]


def test_what_time_left_out_is_said(tiny: Instance) -> None:
    found = answer_overview(tiny, effects=False)
    over = Budget()
    over.stopped = True
    planned = Planned(instance=tiny, plan=found.path.result.plan)
    ada = next(each for each in found.path.result.learners if each.learner == "ada")
    assert not personal(planned, ada, over).complete
    assert "time for this page ran out" in " ".join(
        learner_page(tiny, personal(planned, ada, over), "proved", "x").notes
    )
    assert all(each.complete for each in found.personal)


def slow_square(_shared: None, number: int, budget: Budget) -> int | None:
    """Return a square after a while, or nothing where the budget is over."""
    time.sleep(0 if budget.is_over else 0.02)
    return None if budget.is_over else number * number


def test_work_that_is_stopped_answers_at_once_and_in_order() -> None:
    budget = Budget()
    work = Work(answer=slow_square, lost=lambda _number: None, shared=None)
    found = shared_out(work, list(range(200)), 1, budget)
    assert [next(found), next(found)] == [0, 1]
    budget.stopped = True
    assert list(found)[-1] is None


def test_the_day_on_a_page_is_the_best_that_the_plan_of_all_leaves() -> None:
    instance = load(CSCCE).instance
    found = answer_path(instance, PathAsked(question=PathQuestion(learners=tuple(sorted(instance.learner))))).result
    planned = Planned(instance=found.instance, plan=found.plan)
    waiting = [each for each in found.learners if each.status == "graduates" and each.graduation != each.alone]
    assert waiting
    for each in waiting:
        assert solve_alone(planned.met_by(each), each.learner).graduation == each.graduation


def boxes(
    instance: Instance, learner: str, path: LearnersPath | None
) -> Iterator[list[tuple[float, float, float, float]]]:
    """Yield the boxes of bars with their labels, one list for each drawing."""
    for drawing in journeys(instance, learner, steps_of(instance, learner, path), None):
        found = []
        for bar in (bar for row in drawing.rows for bar in row.bars):
            room = len(bar.label) * 7
            left, right = (
                (bar.x, bar.label_x + room) if bar.anchor == "start" else (bar.label_x - room, bar.x + bar.width)
            )
            assert left >= 0
            assert right <= drawing.width + 0.5
            found.append((left, right, bar.y, bar.y + 20))
        yield found


def test_no_word_above_a_drawing_covers_another() -> None:
    instance = load(CSCCE).instance
    found = answer_path(instance, PathAsked(question=PathQuestion(learners=tuple(sorted(instance.learner))))).result
    for each in found.learners:
        for drawing in journeys(instance, each.learner, steps_of(instance, each.learner, each.path), each.graduation):
            ends = [(mark.x, mark.x + 30) for mark in drawing.years]
            assert all(before[1] <= after[0] for before, after in pairwise(ends))
            if drawing.graduation is not None and drawing.graduation.y == drawing.today.y:
                assert drawing.today.span()[1] <= drawing.graduation.span()[0]
            assert all(bar.x + bar.width < drawing.width for row in drawing.rows for bar in row.bars)


def test_nothing_in_a_drawing_covers_anything_else() -> None:
    instance = load(CSCCE).instance
    found = answer_path(instance, PathAsked(question=PathQuestion(learners=tuple(sorted(instance.learner))))).result
    for each in found.learners:
        for drawn in boxes(instance, each.learner, each.path):
            for number, (left, right, top, low) in enumerate(drawn):
                for other_left, other_right, other_top, other_low in drawn[:number]:
                    assert right <= other_left or other_right <= left or low <= other_top or other_low <= top


def test_a_planned_year_is_shown_before_and_after(tmp_path: Path) -> None:
    folder = year_folder(tmp_path / "year")
    done = run("calendar", folder, "--quiet", "--page", tmp_path / "year.html", "--json")
    added = [row for row in json.loads(done.out)["offerings"] if row["state"] == "added"]
    text = (tmp_path / "year.html").read_text(encoding="utf-8")
    before, after = text.split('<h2 id="after">')
    assert added
    assert "held added" not in before
    assert after.count('class="held added"') == len(added)
    for head in ("Offerings to add", "Compared with", "Who gains and who loses", "Promises"):
        assert head in after
