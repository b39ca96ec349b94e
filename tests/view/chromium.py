"""Debian's Chromium, driven by selenium, for the tests of pages."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
browsers = pytest.mark.skipif(not (CHROMIUM and DRIVER), reason="needs Debian's chromium and chromium-driver")


@contextmanager
def chromium(profile: Path, width: int = 1280, height: int = 800) -> Iterator[Any]:
    """A browser with an empty page; files that pages make go to ``profile / "files"``."""
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM or ""
    for flag in (
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
        "--disable-background-networking", "--disable-component-update", f"--user-data-dir={profile / 'profile'}",
    ):  # fmt: skip
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver: Any = webdriver.Chrome(options=options, service=Service(DRIVER))
    try:
        driver.get("about:blank")
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        driver.execute_cdp_cmd("Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(profile / "files")})
        logged(driver, "performance")
        yield driver
    finally:
        driver.quit()


def logged(browser: Any, kind: str) -> list[dict[str, Any]]:
    """What the browser logged since it was last asked."""
    return list(browser.get_log(kind))


def asked(browser: Any) -> list[str]:
    """Every address that was asked for since the log was last read."""
    messages = [json.loads(entry["message"])["message"] for entry in logged(browser, "performance")]
    return [m["params"]["request"]["url"] for m in messages if m["method"] == "Network.requestWillBeSent"]


def soon(test: Callable[[], Any], what: str, seconds: float = 30) -> Any:
    """The first truthy answer of ``test``."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if answer := test():
            return answer
        time.sleep(0.05)
    raise AssertionError(f"not within {seconds} s: {what}")


def opened(browser: Any, path: Path, fragment: str = "") -> None:
    """Open a page from disk, anew, and wait until it is drawn."""
    browser.get("about:blank")
    browser.get(path.as_uri() + (f"#{fragment}" if fragment else ""))
    soon(lambda: browser.execute_script("return document.body && document.body.dataset.drawn"), "the graph is drawn")
