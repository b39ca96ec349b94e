"""The page in a browser: one load a page, and then what a reader does with it."""

from __future__ import annotations

import math
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pyoxigraph as ox
import pytest

from kg.graph.facts import facts
from kg.graph.store import Graph
from kg.records import Interval
from kg.view import Page, write_page
from tests.graph.sample import DRONES, IRAN, RUSSIA, Writer, dutch, fill, german
from tests.view.chromium import asked, browsers, chromium, logged, opened, soon
from tests.view.large import large
from tests.view.test_view_page import data

pytestmark = browsers

TITLE = "<img src=x onerror=alert(1)> \"Iran\" & 'Rusland' \u202eslaat om"
HOSTILE = f"""{TITLE}

De \u202edrones\u202c 🚢 <b>van</b> </script><script>alert(3)</script> werden op 3 mei 2022 naar Rusland verscheept door Iran.
"""


def hostile() -> Any:
    """An article whose title, names and sentence are markup, quotes and signs that turn the direction of writing."""
    w = Writer("https://example.org/a?b=\"><script>alert(4)</script>", HOSTILE, "nl", publisher="<u>Krant</u>")
    sentence = HOSTILE.split("\n")[2]
    w.event("Shipment", "verscheept", sentence,
            (("agent", w.mention("Iran", IRAN, sentence)), ("patient", w.mention("Rusland", RUSSIA, sentence)),
             ("object", w.mention("\u202edrones\u202c 🚢 <b>van</b> </script><script>alert(3)</script>", DRONES, sentence))))  # fmt: skip
    return w.linked()


def calendar() -> Any:
    """Talks in four months."""
    days = [date(2022, 5, 3), date(2022, 7, 1), date(2022, 10, 9), date(2023, 1, 31)]
    w = Writer("en/talks.txt", "Talks\n\n" + "".join(f"They met on {d}. " for d in days), "en")
    for day in days:
        sentence = f"They met on {day}."
        when = Interval(day, day, str(day), w.span(str(day)))
        w.event("Meeting", "met", sentence, (("participant", w.mention("They", RUSSIA, sentence)),), interval=when)
    return w.linked()


@pytest.fixture(scope="module")
def graph() -> Graph:
    return fill(Graph.memory(), dutch(), german(), hostile(), calendar())


@pytest.fixture(scope="module")
def page(graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> Page:
    return write_page(graph, tmp_path_factory.mktemp("page") / "v.html")


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    with chromium(tmp_path_factory.mktemp("browser")) as driver:
        yield driver


@pytest.fixture
def opened_page(browser: Any, page: Page) -> Iterator[Any]:
    """The page without a filter; whatever a test does, nothing may be complained of or asked for."""
    if browser.current_url.startswith(page.path.as_uri()):
        browser.execute_script("location.hash = ''")
        browser.execute_script("scrollTo(0, 0); document.activeElement.blur()")
    else:
        opened(browser, page.path)
    yield browser
    assert logged(browser, "browser") == []
    urls = asked(browser)
    assert [u for u in urls if not u.startswith(("about:", "data:", "blob:", page.path.as_uri()))] == []


def shown(browser: Any) -> tuple[int, int]:
    """Events and nodes that the filters leave."""
    body = browser.find_element("tag name", "body")
    return int(body.get_attribute("data-events")), int(body.get_attribute("data-nodes"))


def state(browser: Any) -> dict[str, list[str]]:
    return parse_qs(urlsplit(browser.current_url).fragment)


def press(browser: Any, css: str) -> None:
    """Press a control, whether or not it is in view."""
    browser.execute_script("arguments[0].click()", browser.find_element("css selector", css))


def choose(browser: Any, text: str) -> None:
    """Take the first suggestion for a text."""
    field = browser.find_element("id", "search")
    field.clear()
    field.send_keys(text + "\n")


def panel(browser: Any) -> str:
    return str(browser.find_element("id", "panel").text)


def test_it_shows_the_whole_graph(opened_page: Any, page: Page) -> None:
    assert shown(opened_page) == (len(page.selection.events), page.nodes)
    assert "Choose a node" in panel(opened_page)


def test_search_suggests_names_in_any_language(opened_page: Any) -> None:
    field = opened_page.find_element("id", "search")
    field.send_keys("noord")
    options = opened_page.find_elements("css selector", "#suggestions [role=option]")
    assert options[0].text.split("\n") == ["Noord-Korea", "North Korea · country (2)"]
    assert field.get_attribute("aria-expanded") == "true"
    field.send_keys("\ue015")  # arrow down
    assert field.get_attribute("aria-activedescendant") == options[0].get_attribute("id")
    assert options[0].get_attribute("aria-selected") == "true"
    field.send_keys("\n")
    assert "North Korea" in panel(opened_page)
    assert state(opened_page)["chosen"] == ["country/KP"]
    choose(opened_page, "coree du n")  # without its accent, in French
    assert "North Korea" in panel(opened_page)
    choose(opened_page, "nobody of that name")
    assert field.get_attribute("aria-expanded") == "false"


def test_filters_narrow_and_tell_what_each_would_leave(opened_page: Any, graph: Graph) -> None:
    events = list(facts(graph.quads()).events.values())
    shipments = [e for e in events if e.type == "Shipment"]
    press(opened_page, "[data-facet=type] li:first-child input")
    assert shown(opened_page)[0] == len(shipments)
    assert state(opened_page) == {"type": ["Shipment"]}
    counts = opened_page.execute_script(
        "return [...document.querySelectorAll('[data-facet=stance] li')]"
        ".map(e => ['.value', '.count'].map(part => e.querySelector(part).textContent))"
    )
    assert dict(counts)["denied"] == str(sum(e.denied for e in shipments)) == "1"
    press(opened_page, "[data-facet=stance] li:nth-child(2) input")
    assert shown(opened_page)[0] == 1
    press(opened_page, "#reset")
    assert shown(opened_page)[0] == len(events)
    for fragment, left in (
        ("country=KP", [e for e in events if e.type in ("Deployment", "Agreement")]),
        ("language=de", [e for e in events if e.article.endswith(german_article(graph))]),
        ("modality=negated", [e for e in events if e.modality == "negated"]),
        ("modality=negated&modality=possible", [e for e in events if e.modality in ("negated", "possible")]),
        (f"article=article/{german_article(graph)}", [e for e in events if e.article.endswith(german_article(graph))]),
    ):
        opened_page.execute_script("location.hash = arguments[0]", fragment)
        soon(lambda: shown(opened_page)[0] == len(left), fragment, 5)  # noqa: B023


def german_article(graph: Graph) -> str:
    return graph.articles()["de/iran.txt"].node.value.rsplit("/", 1)[1]


def test_the_slider_narrows_at_both_ends_and_plays(opened_page: Any) -> None:
    from selenium.webdriver.common.action_chains import ActionChains
    from selenium.webdriver.common.keys import Keys

    everything = shown(opened_page)[0]
    low, high = (opened_page.find_element("id", name) for name in ("low", "high"))
    assert opened_page.find_element("id", "undatedText").text == f"without a date ({everything - 5})"
    opened_page.find_element("id", "undated").click()
    assert (shown(opened_page)[0], state(opened_page)) == (5, {"undated": ["0"]})
    assert len(opened_page.find_elements("css selector", "#histogram .now")) == 11  # May to March
    high.send_keys(Keys.ARROW_LEFT)
    assert (shown(opened_page)[0], state(opened_page)["to"]) == (4, ["2023-02-28"])
    assert high.get_attribute("aria-valuetext") == "Feb 28, 2023"
    wide = opened_page.find_element("id", "histogram").size["width"]
    ActionChains(opened_page).move_to_element_with_offset(low, -wide // 2, 0).click_and_hold().move_by_offset(wide // 3, 0).release().perform()
    assert 0 < shown(opened_page)[0] < 4
    before = state(opened_page)
    histogram = opened_page.find_element("id", "histogram")
    ActionChains(opened_page).move_to_element(histogram).click_and_hold().move_by_offset(-wide // 8, 0).release().perform()
    assert state(opened_page)["from"] < before["from"]
    assert state(opened_page)["to"] < before["to"]
    opened_page.execute_script("location.hash = 'undated=0&from=2023-03-31'")
    soon(lambda: shown(opened_page)[0] == 1, "an event that lasts into the window", 5)
    opened_page.execute_script("location.hash = 'undated=0'")
    soon(lambda: shown(opened_page)[0] == 5, "the whole time", 5)
    opened_page.find_element("id", "play").click()
    assert opened_page.find_element("id", "play").get_attribute("aria-label") == "Pause"
    start = state(opened_page)["to"]
    soon(lambda: state(opened_page).get("from") and state(opened_page)["to"] > start, "the window moves", 5)
    opened_page.find_element("id", "play").click()
    assert opened_page.find_element("id", "play").get_attribute("aria-label") == "Play"


def test_the_panel_tells_roles_amounts_days_claims_and_marks_the_words(opened_page: Any) -> None:
    choose(opened_page, "Shipment: Iran → Russia (drones)")
    opened_page.execute_script("location.hash = ''")
    choose(opened_page, "drones")
    links = [e for e in opened_page.find_elements("css selector", ".events .link") if "Iran" in e.text]
    opened_page.execute_script("arguments[0].click()", links[0])
    told = panel(opened_page)
    for words in (
        "supplier\nIran", "recipient\nRussia", "Amount\ndrie containers", "Mar 1, 2023 – Mar 31, 2023", "in maart 2023",
        "Ukraine asserts aldus", "Iran verscheept drones naar Rusland", "De Proef", "published Apr 2, 2023", "Dutch", "nl/iran.txt",
    ):  # fmt: skip
        assert words in told
    marked = {m.text: m.get_attribute("class") for m in opened_page.find_elements("css selector", "#panel mark")}
    assert marked["geleverd"] == "tells"
    assert marked["aldus"] == "says"
    assert marked["drie containers"] == "amount"
    press(opened_page, "#panel dl .link")
    assert opened_page.find_element("css selector", "#panel h2").text in ("drones", "Iran", "Russia")
    press(opened_page, "[data-tool=only]")
    assert 0 < shown(opened_page)[0] < 9
    around = shown(opened_page)
    press(opened_page, "#wider")
    assert shown(opened_page) > around
    assert state(opened_page)["hops"] == ["2"]
    press(opened_page, "#leave")
    assert "around" not in state(opened_page)


def settled(browser: Any) -> None:
    """Wait until the graph no longer moves: two pictures of it a moment apart are the same."""
    picture = "return document.querySelector('#graph canvas').toDataURL()"
    soon(lambda: browser.execute_script(picture) == (time.sleep(0.15), browser.execute_script(picture))[1], "the graph is still", 20)


def test_a_click_on_the_graph_opens_a_node_and_an_edge(opened_page: Any, page: Page) -> None:
    from selenium.webdriver.common.action_chains import ActionChains

    choose(opened_page, "Iran")
    box = opened_page.find_element("id", "graph")

    def click(x: int, y: int) -> None:
        ActionChains(opened_page).move_to_element_with_offset(box, x, y).click().perform()

    soon(lambda: panel(opened_page).startswith("Iran"), "the panel of the name", 5)
    settled(opened_page)
    click(-box.size["width"] // 2 + 5, -box.size["height"] // 2 + 5)
    soon(lambda: "Choose a node" in panel(opened_page), "an empty place lets go", 5)
    click(0, 0)  # a name that was searched stands in the middle
    soon(lambda: panel(opened_page).startswith("Iran"), "the node under the pointer", 5)
    choose(opened_page, "russische Diplomaten")
    nodes = {n["label"]: n for n in data(page.path.read_text(encoding="utf-8"))["nodes"]}
    start, end = nodes["russische Diplomaten"], next(n for label, n in nodes.items() if label.startswith("Expulsion"))
    far = math.dist((start["x"], start["y"]), (end["x"], end["y"]))
    settled(opened_page)
    for reach in range(24, 60, 4):
        click(round(reach * (end["x"] - start["x"]) / far), round(reach * (end["y"] - start["y"]) / far))
        if panel(opened_page).startswith("Expulsion"):
            break
    else:
        raise AssertionError("no line under the pointer")


def test_everything_by_keyboard(opened_page: Any) -> None:
    from selenium.webdriver.common.keys import Keys

    def focus() -> str:
        return str(opened_page.execute_script("return document.activeElement.id || document.activeElement.tagName"))

    def keys(*pressed: str) -> None:
        for key in pressed:
            opened_page.switch_to.active_element.send_keys(key)

    opened_page.execute_script("document.querySelector('.skip').focus()")
    keys(Keys.ENTER)
    soon(lambda: focus() == "graph", "the link leads to the graph", 5)
    keys(Keys.ARROW_RIGHT)
    first = opened_page.find_element("id", "status").text
    assert first in panel(opened_page)
    keys(Keys.ARROW_RIGHT, Keys.ARROW_DOWN, Keys.ARROW_LEFT, "+", "-", "0")
    assert opened_page.find_element("css selector", "#panel h2").text == opened_page.find_element("id", "status").text
    keys(Keys.ENTER)
    assert focus() == "H2"
    opened_page.execute_script("document.getElementById('graph').focus()")
    keys(Keys.ESCAPE)
    assert "Choose a node" in panel(opened_page)
    opened_page.find_element("id", "panelTab").send_keys(Keys.ARROW_RIGHT)
    assert focus() == "listTab"
    assert len(opened_page.find_elements("css selector", "#list .events > li")) == shown(opened_page)[0]
    before = shown(opened_page)[0]
    opened_page.find_element("id", "low").send_keys(Keys.ARROW_RIGHT)
    assert shown(opened_page)[0] == before - 1
    assert state(opened_page)["from"] == ["2022-06-01"]
    reached = set()
    opened_page.execute_script("document.getElementById('search').focus()")
    for _ in range(60):
        opened_page.switch_to.active_element.send_keys(Keys.TAB)
        reached.add(focus())
    assert {"ui", "theme", "picture", "turtle", "reset", "graph", "zoomIn", "fit", "listTab"} <= reached


def test_it_speaks_four_languages(opened_page: Any) -> None:
    words = {"nl": ("Filters", "Levering"), "de": ("Filter", "Lieferung"), "en": ("Filters", "Shipment"), "fr": ("Filtres", "Livraison")}
    for language, (filters, shipment) in words.items():
        opened_page.execute_script("location.hash = arguments[0]", f"ui={language}&chosen=country/RU")
        soon(lambda: opened_page.find_element("tag name", "html").get_attribute("lang") == language, language, 5)  # noqa: B023
        assert opened_page.find_element("css selector", "#filters summary").text == filters
        assert opened_page.find_element("css selector", "[data-facet=type] .value").text == shipment
        assert {"nl": "Rusland", "de": "Russland", "en": "Russia", "fr": "Russie"}[language] in panel(opened_page)


def test_light_and_dark(opened_page: Any) -> None:
    def back() -> str:
        return str(opened_page.execute_script("return getComputedStyle(document.body).backgroundColor"))

    def system(scheme: str) -> None:
        opened_page.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": scheme}]})

    system("light")
    light = back()
    system("dark")
    soon(lambda: back() != light, "the page follows the system", 5)
    dark = back()
    opened_page.execute_script("location.hash = 'theme=light'")
    soon(lambda: back() == light, "what the reader chose counts", 5)
    system("light")
    opened_page.execute_script("location.hash = 'theme=dark'")
    soon(lambda: back() == dark, "what the reader chose counts", 5)
    # the canvas, too: the corner of the graph is as dark as the page
    assert opened_page.execute_script("return document.getElementById('theme').value") == "dark"


def test_text_of_articles_stays_text(opened_page: Any) -> None:
    opened_page.execute_script("document.getElementById('filters').open = true")
    choose(opened_page, "alert(3)")
    told = panel(opened_page)
    assert "</script><script>alert(3)</script>" in told
    for index in range(len(opened_page.find_elements("css selector", ".events .link"))):
        press(opened_page, f".events li:nth-child({index + 1}) .link")
        if TITLE in panel(opened_page):
            break
        choose(opened_page, "alert(3)")
    else:
        raise AssertionError("no event of the hostile article")
    assert HOSTILE.split("\n")[2] in opened_page.execute_script("return document.querySelector('#panel blockquote').textContent")
    assert "<u>Krant</u>" in panel(opened_page)
    link = opened_page.find_element("css selector", ".source a")
    assert link.get_attribute("rel") == "noopener noreferrer"
    assert link.get_attribute("href").startswith("https://example.org/a?b=")
    for made in ("#panel script", "#panel img", "#panel b", "#panel u", "aside img", "li img"):
        assert opened_page.find_elements("css selector", made) == []
    # what turns the direction of writing ends where its element ends
    kept = opened_page.execute_script(
        "return [...document.querySelectorAll('#panel *, #facets *')].filter(e => e.children.length === 0 && /[\u202a-\u202e]/.test(e.textContent))"
        ".map(e => getComputedStyle(e.closest('bdi, [dir=auto]') || e).unicodeBidi)"
    )
    assert kept
    assert set(kept) <= {"isolate", "plaintext", "isolate-override"}


def test_a_link_shows_the_same_again(browser: Any, page: Page) -> None:
    opened(browser, page.path, "type=Shipment&chosen=country/IR&ui=de&view=list&undated=0&theme=dark")
    assert shown(browser)[0] == 1
    assert browser.find_element("id", "list").is_displayed()
    assert browser.find_element("tag name", "html").get_attribute("lang") == "de"
    opened(browser, page.path, "type=Party&chosen=nothing&from=gestern&hops=-3&around=none&ui=xx&theme=%3Cb%3E&view=%22")
    assert shown(browser)[0] == 0  # a type that is not there leaves nothing; the rest is passed over
    assert logged(browser, "browser") == []


def test_turtle_and_picture_of_what_is_shown(browser: Any, page: Page, graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> None:
    opened(browser, page.path)
    saved = (
        "const made = URL.createObjectURL; URL.createObjectURL = (blob) => { window.saved = blob; return made(blob); };"
        "document.getElementById(arguments[0]).click(); URL.createObjectURL = made"
    )
    browser.execute_script(saved, "turtle")
    text = browser.execute_async_script("window.saved.text().then(arguments[0])")
    told = {str(t) for t in (q.triple for q in ox.parse(text.encode(), format=ox.RdfFormat.TURTLE))}
    assert told <= {str(q.triple) for q in graph.quads()}
    whole = facts(ox.parse(text.encode(), format=ox.RdfFormat.TURTLE))
    assert whole.events == facts(graph.quads()).events
    browser.execute_script("location.hash = 'type=Expulsion'")
    soon(lambda: shown(browser)[0] == 1, "one event", 5)
    browser.execute_script(saved, "turtle")
    text = browser.execute_async_script("window.saved.text().then(arguments[0])")
    assert [e.type for e in facts(ox.parse(text.encode(), format=ox.RdfFormat.TURTLE)).events.values()] == ["Expulsion"]
    browser.execute_script("window.saved = null")
    browser.execute_script(saved.removesuffix("URL.createObjectURL = made"), "picture")
    soon(lambda: browser.execute_script("return window.saved && window.saved.type === 'image/png' && window.saved.size > 2000"), "a picture", 10)
    assert logged(browser, "browser") == []


def test_lines_from_sources_can_be_put_out(opened_page: Any, page: Page) -> None:
    html = page.path.read_text(encoding="utf-8")
    speaking = {e["from"] for e in data(html)["edges"] if "stance" in e} - {e["to"] for e in data(html)["edges"] if "stance" not in e}
    assert speaking  # some are quoted and take part in nothing
    assert "Who says so: " in opened_page.find_element("id", "legend").text
    assert len(opened_page.find_elements("css selector", "#legend .mark.line")) >= 2
    press(opened_page, "#claims")
    assert shown(opened_page) == (len(page.selection.events), page.nodes - len(speaking))
    assert state(opened_page) == {"claims": ["0"]}
    press(opened_page, "#claims")
    assert shown(opened_page) == (len(page.selection.events), page.nodes)


def test_two_thousand_nodes_and_five_thousand_edges(browser: Any, tmp_path: Path) -> None:
    """Time of the page's own thread, not of the clock: other work on the machine does not count."""

    def spent() -> float:
        metrics = browser.execute_cdp_cmd("Performance.getMetrics", {})["metrics"]
        return float(next(m["value"] for m in metrics if m["name"] == "TaskDuration"))

    page = write_page(large(), tmp_path / "large.html")
    assert (page.nodes, page.edges) == (2000, 5000)
    browser.execute_cdp_cmd("Performance.enable", {"timeDomain": "threadTicks"})
    opened(browser, page.path)
    assert spent() < 2
    taken: dict[str, list[float]] = {}
    for fragment in ("type=Shipment", "stance=denies", "country=CN", "from=2018-01-01&to=2020-01-01", "") * 3:
        before, start = shown(browser)[0], spent()
        browser.execute_script("location.hash = arguments[0]", fragment)
        soon(lambda: shown(browser)[0] != before, fragment, 10)  # noqa: B023
        taken.setdefault(fragment, []).append(spent() - start)
    assert {fragment: seconds for fragment, seconds in taken.items() if min(seconds) >= 0.1} == {}
