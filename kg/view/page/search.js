// The search box: names in every language and every form that was met, events by their labels.
import { element, quoted } from "./dom.js";

const MOST = 12;
const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLocaleLowerCase();

export const makeSearch = (field, list, status, data, words, hooks) => {
  // Made when it is first asked for: a large page opens sooner.
  let entries = null;
  const every = () => data.things.flatMap((thing, id) => {
    const texts = new Map(Object.entries(thing.labels).map(([language, text]) => [text, language]));
    for (const text of thing.other || []) if (!texts.has(text)) texts.set(text, "");
    return [...texts].map(([text, language]) => ({ id, text, language, folded: fold(text), event: Boolean(thing.type) }));
  });
  const weight = new Map(data.nodes.map((node) => [node.id, node.size]));
  let active = -1;
  let shown = [];

  const rank = (entry, wanted) => {
    const at = entry.folded.indexOf(wanted);
    if (at < 0) return -1;
    const kind = entry.folded === wanted ? 4 : at === 0 ? 3 : /[\s:(–-]/.test(entry.folded[at - 1]) ? 2 : 1;
    return kind * 100 + (weight.get(entry.id) || 0) + (entry.event ? -60 : 0) + (entry.language === words.language ? 1 : 0);
  };
  const find = (text) => {
    const wanted = fold(text.trim());
    if (!wanted) return [];
    entries ??= every();
    const best = new Map();
    for (const entry of entries) {
      const score = rank(entry, wanted);
      if (score > 0 && score > (best.get(entry.id)?.score ?? 0)) best.set(entry.id, { ...entry, score });
    }
    return [...best.values()].sort((a, b) => b.score - a.score || a.text.localeCompare(b.text) || a.id - b.id).slice(0, MOST);
  };
  const close = () => {
    list.hidden = true;
    active = -1;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  };
  const mark = (index) => {
    active = index;
    [...list.children].forEach((item, at) => item.setAttribute("aria-selected", String(at === index)));
    if (index >= 0) {
      field.setAttribute("aria-activedescendant", list.children[index].id);
      list.children[index].scrollIntoView({ block: "nearest" });
    } else field.removeAttribute("aria-activedescendant");
  };
  const take = (entry) => {
    if (!entry) return;
    field.value = entry.text;
    close();
    hooks.take(entry.id);
  };
  const open = () => {
    shown = find(field.value);
    list.replaceChildren(
      ...shown.map((entry, index) => {
        const thing = data.things[entry.id];
        const item = element("li", { id: `suggestion-${index}`, role: "option", "aria-selected": "false" }, quoted(entry.text, "span", { class: "value" }));
        const own = words.label(thing);
        const kind = words.name(thing.type ? "Event" : thing.kind);
        const said = thing.type ? kind : `${kind} (${hooks.weight(entry.id)})`;
        item.append(element("small", {}, quoted(own === entry.text || thing.type ? said : `${own} · ${said}`)));
        item.addEventListener("pointerdown", (event) => {
          event.preventDefault();
          take(entry);
        });
        return item;
      }),
    );
    list.hidden = !shown.length;
    field.setAttribute("aria-expanded", String(shown.length > 0));
    status.textContent = field.value.trim() ? words.text("found", { n: shown.length }) : "";
    mark(-1);
  };
  field.addEventListener("input", open);
  field.addEventListener("focus", () => field.value && field.select());
  field.addEventListener("blur", close);
  field.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (list.hidden) open();
      if (shown.length) mark((active + (event.key === "ArrowDown" ? 1 : active < 0 ? 0 : -1) + shown.length) % shown.length);
      event.preventDefault();
    } else if (event.key === "Enter") {
      if (list.hidden) open();
      take(shown[Math.max(active, 0)]);
      event.preventDefault();
    } else if (event.key === "Escape" && !list.hidden) {
      close();
      event.stopPropagation();
    }
  });
};
