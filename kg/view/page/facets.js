// The filters: one list of boxes a property, each with the number of events that it would leave.
import { element, quoted } from "./dom.js";
import { FACETS } from "./filter.js";

const TITLES = { type: "event_type", stance: "stance", modality: "modality", country: "country", language: "article_language", article: "article" };
const LONG = 12;

export const makeFacets = (box, data, filter, words, palette, state) => {
  let rows = new Map();
  const titles = new Map(data.articles.map((article) => [article.iri, article.title]));
  const text = {
    type: (value) => words.capital(words.name(value)),
    stance: (value) => (data.texts[value] ? words.text(value) : value),
    modality: (value) => (data.texts[value] ? words.text(value) : value),
    country: (value) => words.land(value),
    language: (value) => words.speech(value),
    article: (value) => titles.get(value),
  };
  const open = new Set(["type", "stance"]);

  const list = (name) => {
    const totals = [...filter.totals(name)].map(([value, count]) => ({ value, count, text: text[name](value) }));
    totals.sort((a, b) => b.count - a.count || a.text.localeCompare(b.text, words.language));
    const items = element("ul", {});
    const made = new Map();
    for (const { value, text: said } of totals) {
      const field = element("input", { type: "checkbox", onchange: () => state.toggle(name, value) });
      const number = element("span", { class: "count" });
      const swatch = name === "type" ? palette.swatch("box", palette.family(value)) : null;
      const item = element("li", {}, element("label", {}, field, swatch, quoted(said, "span", { class: "value" }), number));
      items.append(item);
      made.set(value, { field, number, item, said: said.toLocaleLowerCase() });
    }
    rows.set(name, made);
    const parts = [items];
    if (totals.length > LONG) {
      const narrow = element("input", { type: "search", "aria-label": words.text("narrow", { what: words.text(TITLES[name]) }), placeholder: "…", autocomplete: "off" });
      narrow.addEventListener("input", () => {
        const wanted = narrow.value.trim().toLocaleLowerCase();
        for (const row of made.values()) row.item.hidden = !row.said.includes(wanted);
      });
      parts.unshift(narrow);
    }
    const chosen = element("span", { class: "chosen" });
    const details = element("details", { class: "facet", "data-facet": name, open: open.has(name) }, element("summary", {}, element("span", {}, words.text(TITLES[name])), chosen), ...parts);
    details.addEventListener("toggle", () => (details.open ? open.add(name) : open.delete(name)));
    made.chosen = chosen;
    return details;
  };

  return {
    build() {
      rows = new Map();
      box.replaceChildren(...FACETS.map(list));
    },
    show(found, now) {
      for (const [name, made] of rows) {
        const checked = new Set(now[name]);
        made.chosen.textContent = checked.size ? String(checked.size) : "";
        for (const [value, row] of made) {
          const count = found.counts[name].get(value) || 0;
          const said = String(count);
          if (row.number.textContent !== said) {
            row.number.textContent = said;
            row.item.classList.toggle("none", count === 0);
          }
          if (row.field.checked !== checked.has(value)) row.field.checked = checked.has(value);
        }
      }
    },
  };
};
