// The page: what the reader chose goes into the state, and what the state says is shown.
import { byId, element, quoted } from "./dom.js";
import { makeWords } from "./words.js";
import { makeState } from "./state.js";
import { makeFilter } from "./filter.js";
import { makePalette } from "./palette.js";
import { makeCanvas } from "./canvas.js";
import { makeFacets } from "./facets.js";
import { makeTime } from "./time.js";
import { makePanel } from "./panel.js";
import { makeSearch } from "./search.js";
import { makeKeys } from "./keys.js";
import { makeLegend } from "./legend.js";
import { savePicture, saveTurtle } from "./save.js";

const FILTERS = ["type", "country", "article", "language", "stance", "modality", "around", "hops", "from", "to", "undated", "claims"];

const data = JSON.parse(byId("data").textContent);
const number = new Map(data.things.map((thing, id) => [thing.iri, id]));
const known = new Set([...number.keys(), ...data.articles.map((article) => article.iri)]);
const shorten = (item) => (item.startsWith(data.base) ? item.slice(data.base.length) : item);
const lengthen = (item) => (known.has(data.base + item) ? data.base + item : item);

const words = makeWords(data);
const palette = makePalette(data);
const state = makeState(shorten, lengthen);
const filter = makeFilter(data);
const box = byId("graph");
let found = null;

const idOf = (iri) => number.get(iri) ?? null;
const chosen = () => idOf(state.now.chosen);
const hooks = {
  chosen,
  drawn: (id) => id < data.nodes.length,
  claims: () => state.now.claims,
  weight: (id) => filter.about(id).length,
  narrowed: () => state.now.around.length > 0,
  choose(id, { centre = false } = {}) {
    state.set({ chosen: id === null ? "" : data.things[id].iri, ...(id === null ? {} : { view: "panel" }) });
    if (id === null) return;
    if (centre) canvas.centre(id);
    byId("status").textContent = words.label(data.things[id]);
  },
  around(ids) {
    state.set({ around: ids.map((id) => data.things[id].iri), hops: 1 });
    canvas.fit();
  },
  expand(id) {
    const iri = data.things[id].iri;
    if (!state.now.around.length) return hooks.around([id]);
    if (state.now.around.includes(iri)) state.set({ hops: Math.min(state.now.hops + 1, 6) });
    else state.set({ around: [...state.now.around, iri] });
    return canvas.fit();
  },
  enter: () => panel.focus(),
  take(id) {
    if (hooks.drawn(id) && !canvas.nodes().has(id)) state.clear();
    hooks.choose(id, { centre: true });
  },
};
const canvas = makeCanvas(box, data, palette, words, hooks);
const panel = makePanel(byId("panel"), data, filter, words, palette, hooks);
const facets = makeFacets(byId("facets"), data, filter, words, palette, state);
const time = makeTime(
  { box: byId("time"), svg: byId("histogram"), low: byId("low"), high: byId("high"), play: byId("play"), reading: byId("reading"), undated: byId("undated"), undatedText: byId("undatedText") },
  filter, words, state,
);
const legend = makeLegend(byId("legend"), data, words, palette);
makeSearch(byId("search"), byId("suggestions"), byId("status"), data, words, hooks);
makeKeys(box, canvas, filter, hooks);

const speak = () => {
  document.documentElement.lang = words.language;
  for (const part of document.querySelectorAll("[data-text]")) part.textContent = words.text(part.dataset.text);
  for (const part of document.querySelectorAll("[data-label]")) {
    part.setAttribute("aria-label", words.text(part.dataset.label));
    if (part.tagName === "BUTTON") part.title = words.text(part.dataset.label);
  }
  byId("search").placeholder = words.text("searchHint");
  byId("cut").textContent = data.cut ? words.text("cut", { events: data.nodes.filter((node) => node.shape === "box").length, allEvents: data.allEvents }) : "";
  if (data.title === null) document.title = byId("title").textContent = words.text("title");
  canvas.rename();
  facets.build();
  legend.build();
  time.rename();
};

const showAround = (now) => {
  const names = now.around.map(idOf).filter((id) => id !== null).map((id) => words.label(data.things[id]));
  byId("around").hidden = !names.length;
  byId("aroundNames").replaceChildren(quoted(words.text("around", { names: names.join(", ") })));
  byId("hops").textContent = words.text("hops", { n: now.hops });
};

const update = (now, changed) => {
  const start = performance.now();
  const has = (...keys) => keys.some((key) => changed.has(key));
  if (has("theme")) {
    palette.use(now.theme);
    byId("theme").value = now.theme;
    canvas.redraw();
  }
  if (has("ui")) {
    words.use(now.ui || data.language);
    byId("ui").value = words.language;
    speak();
  }
  if (has(...FILTERS)) {
    byId("claims").checked = now.claims;
    found = filter.apply(now, number);
    canvas.show(found);
  }
  if (has("ui", ...FILTERS)) {
    facets.show(found, now);
    time.show(found, now);
    showAround(now);
    byId("count").textContent = words.text("shown", { events: found.events.length, allEvents: data.allEvents, nodes: found.nodes.length, allNodes: data.allNodes });
    document.body.dataset.events = found.events.length;
    document.body.dataset.nodes = found.nodes.length;
  }
  if (has("chosen", "ui", ...FILTERS)) {
    const id = idOf(now.chosen);
    const near = new Set();
    if (id !== null) {
      near.add(id);
      for (const other of filter.neighbours(id, now.claims)) {
        near.add(other);
        for (const further of data.things[other].type ? filter.neighbours(other, now.claims) : []) near.add(further);
      }
    }
    canvas.choose(id, near);
  }
  if (has("chosen", "ui", "around")) panel.show(idOf(now.chosen));
  for (const name of ["panel", "list"]) {
    const on = now.view === name;
    byId(name).hidden = !on;
    byId(`${name}Tab`).setAttribute("aria-selected", String(on));
    byId(`${name}Tab`).tabIndex = on ? 0 : -1;
  }
  if (now.view === "list" && has("view", "ui", ...FILTERS)) panel.list(byId("list"), found.events);
  if (has(...FILTERS)) performance.measure("filter", { start });
};

for (const [id, name] of [["ui", "ui"], ["theme", "theme"]]) byId(id).addEventListener("change", () => state.set({ [name]: byId(id).value }));
const tabs = ["panel", "list"].map((name) => byId(`${name}Tab`));
for (const [index, name] of ["panel", "list"].entries()) {
  tabs[index].addEventListener("click", () => state.set({ view: name }));
  tabs[index].addEventListener("keydown", (event) => {
    if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
    tabs[1 - index].focus();
    tabs[1 - index].click();
  });
}
byId("claims").addEventListener("change", () => state.set({ claims: byId("claims").checked }));
const press = (id, run) => byId(id).addEventListener("click", run);
press("reset", () => {
  time.stop();
  state.clear();
  canvas.fit();
});
byId("skip").addEventListener("click", (event) => {
  event.preventDefault(); // the fragment of the address holds the state
  box.focus();
});
press("zoomIn", () => canvas.zoom(1.4));
press("zoomOut", () => canvas.zoom(1 / 1.4));
press("fit", () => canvas.fit());
press("wider", () => {
  state.set({ hops: Math.min(state.now.hops + 1, 6) });
  canvas.fit();
});
press("closer", () => {
  state.set({ hops: Math.max(state.now.hops - 1, 1) });
  canvas.fit();
});
press("leave", () => {
  state.set({ around: [], hops: 1 });
  canvas.fit();
});
press("picture", () => savePicture(box, palette.css("--back")));
press("turtle", () => saveTurtle(data, found.events));
palette.watch(() => {
  palette.use(state.now.theme);
  canvas.redraw();
});
if (window.matchMedia("(max-width: 60rem)").matches) byId("filters").open = byId("key").open = false;

for (const code of data.languages) byId("ui").append(element("option", { value: code, lang: code }, new Intl.DisplayNames([code], { type: "language" }).of(code)));
state.start(update);
if (state.now.chosen && !state.now.around.length && hooks.drawn(chosen() ?? Infinity)) canvas.centre(chosen());
else canvas.fit();
canvas.network.once("afterDrawing", () => {
  performance.mark("drawn");
  document.body.dataset.drawn = "yes";
});
