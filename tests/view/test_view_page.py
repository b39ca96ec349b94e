"""The page is self-contained, text stays text, and a browser opens it without a word of complaint."""

from __future__ import annotations

import json
import re
import shutil
import time
from collections.abc import Iterator
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from kg.errors import BadParameter, NotFound
from kg.graph.facts import facts
from kg.view import select, write_page
from kg.view.select import doubt
from tests.graph.sample import sample

CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
browsers = pytest.mark.skipif(not (CHROMIUM and DRIVER), reason="needs Debian's chromium and chromium-driver")


def data(html: str) -> dict[str, Any]:
    block = re.search(r'<script type="application/json" id="data">(.*?)</script>', html, re.DOTALL)
    assert block is not None
    found: dict[str, Any] = json.loads(block[1])
    return found


def test_around_a_name_by_hops() -> None:
    found = facts(sample().quads())
    one = select(found, around="Polen")
    assert {e.type for e in one.events} == {"Expulsion"}
    near = select(found, around="Teheran", hops=1)
    far = select(found, around="IR", hops=2)
    assert len(near.events) < len(far.events)
    with pytest.raises(NotFound, match="Atlantis"):
        select(found, around="Atlantis")


def test_by_type_and_time() -> None:
    found = facts(sample().quads())
    assert {e.type for e in select(found, types=["expulsion", "Agreement"]).events} == {"Expulsion", "Agreement"}
    assert len(select(found, since=date(2023, 3, 31)).events) == 1
    assert select(found, since=date(2023, 4, 1)).events == ()
    assert select(found, until=date(2023, 2, 28)).events == ()
    with pytest.raises(BadParameter, match="Party"):
        select(found, types=["Party"])


def test_a_large_graph_is_cut_to_whole_events_and_says_so(tmp_path: Path) -> None:
    page = write_page(sample(), tmp_path / "v.html", limit=6)
    assert page.nodes <= 6 < page.selection.all_nodes
    assert page.selection.cut
    html = page.path.read_text(encoding="utf-8")
    assert f"{page.nodes} of {page.selection.all_nodes} nodes" in html
    nodes = {n["id"] for n in data(html)["nodes"]}
    assert all({e["from"], e["to"]} <= nodes for e in data(html)["edges"])


def test_doubtful_events_are_dashed_and_say_why(tmp_path: Path) -> None:
    assert {doubt(e) for e in facts(sample().quads()).events.values()} == {None, "denied", "rumoured", "negated"}
    html = write_page(sample(), tmp_path / "v.html").path.read_text(encoding="utf-8")
    for node in data(html)["nodes"]:
        if node["shape"] == "box":
            assert bool(node["shapeProperties"]["borderDashes"]) is bool(node["doubt"])
            assert node["doubt"] in node["label"]


def test_no_edge_is_level_since_its_label_would_stray(tmp_path: Path) -> None:
    found = data(write_page(sample(), tmp_path / "v.html").path.read_text(encoding="utf-8"))
    height = {n["id"]: n["y"] for n in found["nodes"]}
    assert all(isinstance(y, int) for y in height.values())
    assert all(height[e["from"]] != height[e["to"]] for e in found["edges"])


def test_text_cannot_leave_its_block(tmp_path: Path) -> None:
    html = write_page(sample(), tmp_path / "v.html", title="<script>alert(2)</script>").path.read_text(encoding="utf-8")
    assert "<script>alert" not in html
    assert "script>alert(1)" in json.dumps(data(html)).replace("<", "")
    assert html.count("</script>") == 3


def test_no_address_is_fetched(tmp_path: Path) -> None:
    html = unescape(write_page(sample(), tmp_path / "v.html").path.read_text(encoding="utf-8"))
    assert not re.search(r"<(script|link|img|iframe)[^>]+(src|href)=[\"']?(https?:)?//", html)
    assert "default-src 'none'" in html
    assert "unsafe-inline" not in html
    assert "sourceMappingURL" not in html


@pytest.fixture(params=["light", "dark"])
def browser(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Any]:
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM or ""
    for flag in (
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--window-size=1400,900",
        "--disable-background-networking", "--disable-component-update", "--disable-sync",
        f"--user-data-dir={tmp_path / 'profile'}",
    ):  # fmt: skip
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver: Any = webdriver.Chrome(options=options, service=Service(DRIVER))
    try:
        driver.get("about:blank")
        scheme = {"features": [{"name": "prefers-color-scheme", "value": request.param}]}
        driver.execute_cdp_cmd("Emulation.setEmulatedMedia", scheme)
        logged(driver, "performance")
        yield driver
    finally:
        driver.quit()


def logged(browser: Any, kind: str) -> list[dict[str, Any]]:
    """What the browser logged since it was last asked."""
    return list(browser.get_log(kind))


def drawn(browser: Any) -> int:
    """The number of nodes on the canvas, once it is drawn."""
    until = time.monotonic() + 30
    while time.monotonic() < until:
        if count := browser.find_element("tag name", "body").get_attribute("data-nodes"):
            return int(count)
        time.sleep(0.1)
    raise AssertionError("the graph was not drawn within 30 s")


@browsers
def test_a_browser_opens_it(browser: Any, tmp_path: Path) -> None:
    page = write_page(sample(), tmp_path / "v.html")
    browser.get(page.path.as_uri())
    assert drawn(browser) == page.nodes
    assert logged(browser, "browser") == []
    messages = [json.loads(entry["message"])["message"] for entry in logged(browser, "performance")]
    asked = [m["params"]["request"]["url"] for m in messages if m["method"] == "Network.requestWillBeSent"]
    assert [u for u in asked if not u.startswith(("file:", "data:", "chrome:"))] == []
    assert [u for u in asked if u.startswith("file:")] == [page.path.as_uri()]


@browsers
def test_markup_in_an_article_is_shown_as_text(browser: Any, tmp_path: Path) -> None:
    browser.get(write_page(sample(), tmp_path / "v.html").path.as_uri())
    drawn(browser)
    field = browser.find_element("id", "search")
    field.send_keys("munitie\n")
    browser.execute_script("arguments[0].dispatchEvent(new Event('change'))", field)
    shown = browser.find_element("id", "detail")
    assert "<script>alert(1)</script> munitie" in shown.text
    assert shown.find_elements("tag name", "script") == []
