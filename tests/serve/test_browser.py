"""In Chromium: pages draw without a word of complaint, ask no other host, and the editor answers."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest

CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
pytestmark = pytest.mark.skipif(not (CHROMIUM and DRIVER), reason="needs Debian's chromium and chromium-driver")


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM or ""
    for flag in (
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--window-size=1280,800",
        "--disable-background-networking", "--disable-component-update", "--disable-sync",
        f"--user-data-dir={tmp_path_factory.mktemp('profile')}",
    ):  # fmt: skip
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver: Any = webdriver.Chrome(options=options, service=Service(DRIVER))
    try:
        yield driver
    finally:
        driver.quit()


def quiet(browser: Any, address: str) -> None:
    """Nothing on the console, and no request but to this server."""
    assert browser.get_log("browser") == []
    messages = [json.loads(entry["message"])["message"] for entry in browser.get_log("performance")]
    asked = [m["params"]["request"]["url"] for m in messages if m["method"] == "Network.requestWillBeSent"]
    assert [url for url in asked if not url.startswith((f"{address}/", "data:", "chrome:", "about:"))] == []


def until(browser: Any, selector: str) -> list[Any]:
    end = time.monotonic() + 30
    while time.monotonic() < end:
        if found := browser.find_elements("css selector", selector):
            return list(found)
        time.sleep(0.1)
    raise AssertionError(f"no {selector} within 30 s")


@pytest.mark.parametrize("width", [1280, 390])
def test_pages_fit_and_say_nothing(browser: Any, address: str, width: int) -> None:
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": width < 500})
    browser.get_log("performance")
    for path in ("/", "/list/actors", "/list/articles", "/id/country/RU", "/id/incident/1", "/query?name=denials"):
        browser.get(address + path)
        assert browser.find_element("css selector", "h1").is_displayed()
        assert browser.execute_script("return document.documentElement.scrollWidth") <= width, path
    quiet(browser, address)


def test_markup_in_an_article_is_shown_as_text(browser: Any, address: str) -> None:
    browser.get(f"{address}/list/actors")
    assert "<script>alert(1)</script>" in browser.find_element("css selector", "main").text
    assert len(browser.find_elements("css selector", "main script, main img, main svg, main style")) == 0
    quiet(browser, address)


def test_the_editor_asks_and_links_its_answer_to_the_pages(browser: Any, address: str) -> None:
    browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    query = "SELECT ?e ?label { ?e a kg:Organization ; rdfs:label ?label } ORDER BY ?label"
    browser.get(f"{address}/query?{urlencode({'query': query})}")
    button = until(browser, ".yasqe_queryButton")[0]
    assert not browser.find_element("id", "plain").is_displayed()
    button.click()
    links = until(browser, "#results a[href^='/about']")
    assert len(links) >= 8
    assert browser.find_elements("css selector", "#results img, #results script") == []
    assert "<script>alert(1)</script>" in browser.find_element("id", "results").text
    quiet(browser, address)
    links[0].click()
    until(browser, "main .kind")
    quiet(browser, address)


def test_the_graph_around_a_thing(browser: Any, address: str) -> None:
    browser.get(f"{address}/view?{urlencode({'iri': 'https://w3id.org/kg-news/id/country/RU'})}")
    until(browser, "canvas")
    quiet(browser, address)
