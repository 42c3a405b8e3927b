"""The report in a real browser: clicks, filter, search, sort, keyboard, phone, paper, and no script but ours."""

from __future__ import annotations

import base64
import io
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import hostile
import pytest

from policycmp.report.html import render_html, write_html
from policycmp.report.index import folder_name, write_index

pytestmark = pytest.mark.check

webdriver = pytest.importorskip("selenium.webdriver", reason="selenium is not installed (extra `browser`)")
CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome") or shutil.which("chromium-browser")
CHROMEDRIVER = shutil.which("chromedriver")
if not (CHROMIUM and CHROMEDRIVER):
    pytest.skip("needs Chromium and chromedriver", allow_module_level=True)


@pytest.fixture(scope="module")
def browser() -> Iterator[webdriver.Chrome]:
    options = webdriver.ChromeOptions()
    options.binary_location = str(CHROMIUM)
    for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(str(CHROMEDRIVER)))
    driver.set_script_timeout(240)  # the accessibility check walks every element, slowly on a busy machine
    yield driver
    driver.quit()


@pytest.fixture(scope="module")
def pages(comparison, tmp_path_factory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("pages")
    made = comparison("xiji-2025")
    place = folder / folder_name("xiji-2025")
    return {
        "zh": write_html(made, place / "report.html", lang="zh"),
        "en": write_html(comparison("pingluo-table"), folder / "en.html", lang="en"),
        "hostile": write_html(hostile.comparison(), folder / "hostile.html", lang="en"),
        "index": write_index([made, comparison("leshan-2021")], folder, "zh"),
    }


def show(browser, page: Path, width: int = 1280, *, script: bool = True, fragment: str = "") -> None:
    browser.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 500},
    )
    # Smooth scrolling would still be under way when a click arrives.
    reduced = [{"name": "prefers-reduced-motion", "value": "reduce"}]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": reduced})
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": not script})
    browser.get("about:blank")
    browser.get_log("browser")
    browser.get(page.as_uri() + fragment)


def run(browser, code: str, *arguments: object):
    return browser.execute_script(code, *arguments)


def visible(browser) -> list[str]:
    return run(
        browser,
        "return [...document.querySelectorAll('#clauses .pair')]"
        ".filter(e => e.offsetParent !== null).map(e => e.dataset.relation)",
    )


def click(browser, selector: str) -> None:
    browser.find_element("css selector", selector).click()


@pytest.mark.parametrize("name", ["zh", "en", "index"])
@pytest.mark.parametrize("width", [375, 1280])
def test_nothing_runs_over_the_edge_and_the_console_is_silent(browser, pages, name: str, width: int) -> None:
    show(browser, pages[name], width)
    if name != "index":
        click(browser, "#expand")
    assert run(browser, "return document.documentElement.scrollWidth") == width
    outside = """
        return [...document.querySelectorAll('body *')].filter(e => {
          const r = e.getBoundingClientRect();
          return r.width && (r.right > innerWidth + 1 || r.left < -1)
            && !e.closest('.contents ol, .scroll, .skip, .unseen') && getComputedStyle(e).position !== 'absolute';
        }).map(e => e.outerHTML.slice(0, 80))"""
    assert run(browser, outside) == []
    assert browser.get_log("browser") == []


def test_filter_by_relation(browser, pages) -> None:
    show(browser, pages["zh"])
    everything = visible(browser)
    wanted = max(set(everything), key=everything.count)
    click(browser, f"input[name=relation][value={wanted}]")
    assert visible(browser) == [wanted] * everything.count(wanted)
    shown = run(browser, "return document.querySelector('#shown').textContent")
    assert str(everything.count(wanted)) in shown and str(len(everything)) in shown
    click(browser, "input[name=relation][value=all]")
    assert visible(browser) == everything


def test_filter_works_without_javascript(browser, pages) -> None:
    show(browser, pages["zh"], script=False)
    try:
        click(browser, "input[name=relation][value=weaken]")
        browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
        assert set(visible(browser)) == {"weaken"}
        assert not browser.find_element("css selector", "#search").is_displayed()
        first = browser.find_element("css selector", ".pair[data-relation=weaken]")
        browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
        first.find_element("css selector", "summary").click()
        assert first.get_attribute("open")
    finally:
        browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


def test_search_narrows_and_says_when_nothing_is_left(browser, pages) -> None:
    show(browser, pages["zh"])
    everything = len(visible(browser))
    field = browser.find_element("css selector", "#search")
    field.send_keys("思政课")
    assert 0 < len(visible(browser)) < everything
    field.send_keys(" 没有这样的文字")
    assert visible(browser) == []
    assert browser.find_element("css selector", "#nothing").is_displayed()
    assert not [part for part in browser.find_elements("css selector", ".part") if part.is_displayed()]


def test_sort_by_share_copied_and_back(browser, pages) -> None:
    show(browser, pages["zh"])
    order = "return [...document.querySelectorAll('#clauses .pair')].map(e => e.dataset.{})"
    click(browser, "#sort option[value=copied]")
    copied = [float(value) for value in run(browser, order.format("copied"))]
    assert copied == sorted(copied, reverse=True) and len(set(copied)) > 1
    click(browser, "#sort option[value=order]")
    places = [int(value) for value in run(browser, order.format("order"))]
    assert places == sorted(places)


def test_expand_and_collapse(browser, pages) -> None:
    show(browser, pages["zh"])
    count = "return document.querySelectorAll('#clauses .pair[open]').length"
    click(browser, "#expand")
    assert run(browser, count) == len(visible(browser))
    click(browser, "#collapse")
    assert run(browser, count) == 0


def test_a_link_opens_its_clause_even_if_filtered_out(browser, pages) -> None:
    show(browser, pages["zh"])
    link = browser.find_element("css selector", ".first a")
    target = link.get_attribute("href").split("#")[1]
    relation = browser.find_element("id", target).get_attribute("data-relation")
    other = next(name for name in visible(browser) if name != relation)
    click(browser, f"input[name=relation][value={other}]")
    assert not browser.find_element("id", target).is_displayed()
    run(browser, "arguments[0].click()", link)
    assert browser.find_element("id", target).is_displayed()
    assert browser.find_element("id", target).get_attribute("open")


def test_keyboard_reaches_and_opens_a_clause(browser, pages) -> None:
    from selenium.webdriver.common.keys import Keys

    show(browser, pages["zh"])
    body = browser.switch_to.active_element
    body.send_keys(Keys.TAB)
    assert browser.switch_to.active_element.get_attribute("class") == "skip"
    for _ in range(60):
        browser.switch_to.active_element.send_keys(Keys.TAB)
        element = browser.switch_to.active_element
        outline = run(
            browser,
            "const e = document.activeElement, s = getComputedStyle(e.matches('[type=radio]') ? e.nextElementSibling : e);"
            "return s.outlineStyle",
        )
        assert outline != "none", element.get_attribute("outerHTML")[:90]
        if element.tag_name == "summary" and run(browser, "return !!arguments[0].closest('#pairs')", element):
            break
    element.send_keys(Keys.ENTER)
    assert run(browser, "return document.activeElement.parentElement.open")


def test_targets_filter_and_sort(browser, pages) -> None:
    show(browser, pages["zh"])
    click(browser, "input[name=change][value=removed]")
    changes = run(
        browser,
        "return [...document.querySelectorAll('#target-rows tbody tr')].filter(e => e.offsetParent).map(e => e.dataset.change)",
    )
    assert set(changes) == {"removed"}
    click(browser, "#target-rows thead th:first-child button")
    assert (
        browser.find_element("css selector", "#target-rows thead th").get_attribute("aria-sort")
        == "ascending"
    )


@pytest.mark.parametrize("script", [True, False])
def test_paper_shows_every_clause(browser, pages, script: bool) -> None:
    pdfplumber = pytest.importorskip("pdfplumber")
    show(browser, pages["zh"], script=script)
    page = base64.b64decode(browser.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True})["data"])
    with pdfplumber.open(io.BytesIO(page)) as document:
        assert all(abs(p.width - 595) < 3 and abs(p.height - 842) < 3 for p in document.pages)
        text = "".join(p.extract_text() for p in document.pages)
    # Units stand inside the clauses, which are closed on the screen.
    assert text.count("责任单位") > len(visible(browser))


def test_hostile_text_does_nothing(browser, pages) -> None:
    show(browser, pages["hostile"])
    click(browser, "#expand")
    run(browser, "document.querySelectorAll('details').forEach(d => { d.open = true; })")
    run(
        browser,
        "document.querySelectorAll('body *').forEach(e => ['mouseover', 'click', 'error', 'load'].forEach("
        "t => e.tagName !== 'A' && e.tagName !== 'BUTTON' && e.dispatchEvent(new Event(t))))",
    )
    assert browser.title != "pwned" and "compared with" in browser.title
    assert browser.get_log("browser") == []


def test_the_policy_alone_stops_a_script_that_got_through(browser, pages, tmp_path: Path) -> None:
    page = pages["hostile"].read_text(encoding="utf-8").replace("</main>", hostile.ATTACK + "</main>", 1)
    path = tmp_path / "through.html"
    path.write_text(page, encoding="utf-8")
    show(browser, path)
    assert browser.title != "pwned"
    assert any("Content Security Policy" in entry["message"] for entry in browser.get_log("browser"))


def _axe() -> str | None:
    """Return axe-core's script: of the environment variable POLICYCMP_AXE, or of the package axe-core-python."""
    if path := os.environ.get("POLICYCMP_AXE"):
        return Path(path).read_text(encoding="utf-8")
    try:
        import axe_core_python
    except ImportError:
        return None
    return (Path(axe_core_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")


@pytest.mark.parametrize("width", [375, 1280])
@pytest.mark.parametrize("name", ["zh", "en", "index"])
def test_no_serious_accessibility_finding(browser, pages, name: str, width: int) -> None:
    axe = _axe()
    if axe is None:
        pytest.skip("axe-core is not installed (extra `browser`)")
    show(browser, pages[name], width)
    run(browser, "[...document.querySelectorAll('details')].slice(0, 12).forEach(d => { d.open = true; })")
    # As a bound function of the driver: the page's own policy forbids any script but its own.
    run(browser, axe)
    found = browser.execute_async_script(
        "const done = arguments[arguments.length - 1]; axe.run(document).then(r => done(r.violations), e => done([{id: String(e), impact: 'critical', nodes: []}]))"
    )
    serious = [(v["id"], v["impact"], [n["html"][:100] for n in v["nodes"][:3]]) for v in found]
    assert [v for v in serious if v[1] in ("serious", "critical")] == []


def test_page_is_quick_and_small(pages, comparison) -> None:
    for name in ("xiji-2025", "pingluo-table"):
        assert len(render_html(comparison(name), "en").encode()) < 2_000_000
