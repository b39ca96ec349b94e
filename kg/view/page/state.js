// What the reader chose, kept in the fragment of the address, so that a link shows the same.

const LISTS = ["type", "country", "article", "language", "stance", "modality", "around"];
const PLAIN = { ui: "", theme: "auto", chosen: "", from: "", to: "", undated: true, claims: true, hops: 1, view: "panel" };

export const makeState = (shorten, lengthen) => {
  const listeners = [];
  const empty = () => ({ ...PLAIN, ...Object.fromEntries(LISTS.map((name) => [name, []])) });
  let now = empty();

  const write = () => {
    const parts = new URLSearchParams();
    for (const [name, value] of Object.entries(now)) {
      if (LISTS.includes(name)) for (const item of value) parts.append(name, shorten(item));
      else if (value !== PLAIN[name]) parts.set(name, name === "chosen" ? shorten(value) : value === false ? "0" : String(value));
    }
    const wanted = `#${parts}`;
    if (wanted !== (location.hash || "#")) history.replaceState(null, "", wanted);
  };
  const read = () => {
    const parts = new URLSearchParams(location.hash.slice(1));
    const found = empty();
    for (const name of LISTS) found[name] = [...new Set(parts.getAll(name).map(lengthen))];
    for (const [name, usual] of Object.entries(PLAIN)) {
      const given = parts.get(name);
      if (given === null) continue;
      if (typeof usual === "boolean") found[name] = given !== "0";
      else if (typeof usual === "number") found[name] = Math.min(Math.max(Number.parseInt(given, 10) || usual, 1), 6);
      else if (name === "from" || name === "to") found[name] = /^\d{4}-\d\d-\d\d$/.test(given) ? given : usual;
      else found[name] = name === "chosen" ? lengthen(given) : given;
    }
    return found;
  };
  const tell = (before) => {
    const changed = new Set(Object.keys(now).filter((name) => String(now[name]) !== String(before[name])));
    if (changed.size) for (const listener of listeners) listener(now, changed);
  };
  const set = (patch) => {
    const before = now;
    now = { ...now, ...patch };
    write();
    tell(before);
  };
  window.addEventListener("hashchange", () => {
    const before = now;
    now = read();
    tell(before);
  });
  return {
    get now() {
      return now;
    },
    set,
    toggle(name, item) {
      const list = now[name];
      set({ [name]: list.includes(item) ? list.filter((other) => other !== item) : [...list, item] });
    },
    clear() {
      set({ ...empty(), ui: now.ui, theme: now.theme, view: now.view, chosen: now.chosen });
    },
    start(listener) {
      listeners.push(listener);
      now = read();
      listener(now, new Set(Object.keys(now)));
    },
  };
};
