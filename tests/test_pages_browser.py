"""Pages in a real browser: on a phone and a desk, in light and dark, on paper, without script, and for those who cannot see."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from scheduler.answers.overview import answer_overview
from scheduler.files.folder import load
from scheduler.pages.site import Site, site
from tests.browsers import address, browser, needs_browser
from tests.command import INSTANCES

pytestmark = needs_browser
SHOWN = ("L08", "L26", "L30", "L01")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return pages of some learners of the real programme."""
    place = tmp_path_factory.mktemp("site")
    found = answer_overview(load(INSTANCES / "cscce-2023-2026").instance, SHOWN, effects=False)
    for name, text in site(found, Site(), {}).items():
        (place / name).parent.mkdir(exist_ok=True)
        (place / name).write_text(text, encoding="utf-8")
    return place


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """Yield a browser for all tests of this file."""
    with browser() as found:
        yield found


def pages(folder: Path) -> list[Path]:
    """Return all pages."""
    return [*sorted(folder.glob("learners/*.html")), folder / "overview.html"]


def test_nothing_is_wider_than_a_phone_and_nothing_is_refused_by_the_policy(folder: Path, chromium: Any) -> None:  # noqa: ANN401
    for width in (320, 390, 1280):
        context = chromium.new_context(viewport={"width": width, "height": 800})
        page = context.new_page()
        told: list[str] = []
        page.on("console", lambda message, told=told: told.append(message.text))
        for each in pages(folder):
            page.goto(address(each))
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (each, width)
        assert not told
        context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_violation(folder: Path, chromium: Any, scheme: Any) -> None:  # noqa: ANN401
    from axe_playwright_python.sync_playwright import Axe

    context = chromium.new_context(viewport={"width": 390, "height": 800}, color_scheme=scheme)
    page = context.new_page()
    for name in ("learners/learner-L08.html", "learners/learner-L26.html", "overview.html"):
        page.goto(address(folder / name))
        found = Axe().run(page)
        assert not found.response["violations"], found.generate_report()
    context.close()


def test_a_learners_page_prints_on_one_sheet(folder: Path, chromium: Any) -> None:  # noqa: ANN401
    page = chromium.new_page()
    for each in folder.glob("learners/*.html"):
        page.goto(address(each))
        sheets = re.findall(rb"/Type\s*/Page[^s]", page.pdf(prefer_css_page_size=True))
        assert len(sheets) == 1, each
    page.close()


def test_everything_is_there_without_script(folder: Path, chromium: Any) -> None:  # noqa: ANN401
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address(folder / "overview.html"))
    assert page.locator("#learners tbody tr").count() == len(SHOWN)
    assert not page.locator(".tools").is_visible()
    page.locator("#learners a", has_text="L26").click()
    assert page.locator("h1").inner_text().startswith("You graduate on")
    context.close()


def test_learners_are_found_and_sorted_without_a_server(folder: Path, chromium: Any) -> None:  # noqa: ANN401
    page = chromium.new_page()
    page.goto(address(folder / "overview.html"))
    rows = page.locator("#learners tbody tr:visible")
    page.locator("#find").fill("l26")
    assert sorted(rows.locator("td:first-child").all_inner_texts()) == ["L26"]
    assert page.locator("#count").inner_text() == f"1 of {len(SHOWN)} shown"
    page.locator("#find").fill("")
    page.locator("#only").select_option("blocked")
    assert rows.locator("td:first-child").all_inner_texts() == ["L08"]
    page.locator("#only").select_option("")
    page.locator("th button", has_text="Graduates").click()
    first = rows.locator("td:first-child").all_inner_texts()
    page.locator("th button", has_text="Graduates").press("Enter")
    assert page.locator("th[aria-sort=descending]").count() == 1
    assert rows.locator("td:first-child").all_inner_texts() != first
    page.close()


def test_the_calendar_file_lies_behind_a_button(folder: Path, chromium: Any) -> None:  # noqa: ANN401
    page = chromium.new_page()
    page.goto(address(folder / "learners/learner-L26.html"))
    button = page.get_by_role("link", name="calendar")
    assert button.is_visible()
    assert button.bounding_box()["y"] < 800
    assert (folder / "learners" / button.get_attribute("href")).is_file()
    page.close()
