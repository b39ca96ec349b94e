// What the page says, in the language that was chosen.

export const makeWords = (data) => {
  let language = data.language;
  let order = [language, "en"];
  const pick = (texts) => {
    if (!texts) return undefined;
    for (const wanted of order) if (texts[wanted]) return texts[wanted];
    return Object.values(texts)[0];
  };
  const words = {
    get language() {
      return language;
    },
    use(wanted) {
      language = data.languages.includes(wanted) ? wanted : data.language;
      order = [language, "en"];
    },
    text(key, values = {}) {
      return pick(data.texts[key]).replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole));
    },
    name: (key) => pick(data.names[key]) || key,
    capital: (text) => text.slice(0, 1).toLocaleUpperCase(language) + text.slice(1),
    label(thing) {
      return pick(thing.labels) || (thing.other && thing.other[0]) || (thing.type && words.name(thing.type)) || thing.iri.split("/").pop();
    },
    speech(code) {
      try {
        return new Intl.DisplayNames([language], { type: "language" }).of(code) || code;
      } catch {
        return code || "?";
      }
    },
    land(code) {
      try {
        return new Intl.DisplayNames([language], { type: "region" }).of(code) || code;
      } catch {
        return code;
      }
    },
    // A day, a month or a year, as exact as it was given.
    day(iso) {
      const parts = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?/.exec(iso || "");
      if (!parts) return iso || "…";
      const [, year, month, day] = parts;
      const form = { year: "numeric", month: month && (day ? "short" : "long"), day: day && "numeric", timeZone: "UTC" };
      return new Intl.DateTimeFormat(language, form).format(new Date(Date.UTC(year, (month || 1) - 1, day || 1)));
    },
    span(from, to) {
      if (from && from === to) return words.day(from);
      return `${from ? words.day(from) : "…"} – ${to ? words.day(to) : "…"}`;
    },
  };
  return words;
};
