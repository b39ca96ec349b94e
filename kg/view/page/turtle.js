// What is shown as Turtle: statements of the graph and no others.

const ESCAPES = { "\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f" };
const DATES = { 4: "gYear", 7: "gYearMonth", 10: "date" };
const ACTORS = new Set(["Person", "Organization", "Group", "Publisher"]);

export const turtle = (data, ids) => {
  const { kg, rdfs, schema, xsd, unit } = data.prefixes;
  const used = new Set(["kg"]);
  const name = (iri) => {
    for (const [prefix, space] of Object.entries(data.prefixes)) {
      if (iri.startsWith(space) && /^[A-Za-z][\w-]*$/.test(iri.slice(space.length))) {
        used.add(prefix);
        return `${prefix}:${iri.slice(space.length)}`;
      }
    }
    return `<${iri.replace(/[\u0000-\u0020<>"{}|^`\\]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`)}>`;
  };
  const text = (value, tag) => `"${value.replace(/[\\"\n\r\t\b\f]/g, (sign) => ESCAPES[sign])}"${tag ? (tag.includes(":") ? `^^${name(tag)}` : `@${tag}`) : ""}`;
  const typed = (value, type) => text(String(value), xsd + type);
  const blocks = new Map();
  const say = (subject, predicate, ...values) => {
    if (!blocks.has(subject)) blocks.set(subject, new Map());
    const row = blocks.get(subject);
    const key = predicate === "a" ? "a" : name(predicate);
    if (!row.has(key)) row.set(key, new Set());
    for (const value of values) if (value !== null) row.get(key).add(value);
  };

  const mention = (index, article) => {
    const [iri, start, end, exact, sentence] = data.mentions[index];
    if (!iri) return null;
    say(iri, "a", name(`${kg}Mention`));
    say(iri, `${kg}inArticle`, name(article));
    say(iri, `${kg}start`, typed(start, "integer"));
    say(iri, `${kg}end`, typed(end, "integer"));
    say(iri, `${kg}exact`, text(exact));
    say(iri, `${kg}sentence`, text(data.sentences[sentence]));
    return name(iri);
  };
  const thing = (id) => {
    const { iri, kind, labels, codes, countries } = data.things[id];
    if (!/^[a-z][a-z0-9+.-]*:/i.test(iri)) return text(iri);
    say(iri, "a", name(kg + kind), ...(ACTORS.has(kind) ? [name(`${kg}Actor`)] : []));
    for (const [language, label] of Object.entries(labels)) if (language) say(iri, `${rdfs}label`, text(label, language));
    if (kind === "Country") say(iri, `${kg}isoCode`, ...codes.map((code) => text(code)));
    for (const country of countries) if (country !== id) say(iri, `${kg}country`, thing(country));
    return name(iri);
  };

  for (const id of ids) {
    const event = data.things[id];
    const article = data.articles[event.article];
    say(event.iri, "a", name(kg + event.type), name(`${kg}Event`));
    for (const [language, label] of Object.entries(event.labels)) if (language) say(event.iri, `${rdfs}label`, text(label, language));
    say(event.iri, `${kg}inArticle`, name(article.iri));
    say(event.iri, `${kg}modality`, name(kg + event.modality));
    if (event.confidence !== null) say(event.iri, `${kg}confidence`, typed(event.confidence, "decimal"));
    if (event.from) say(event.iri, `${kg}earliest`, typed(event.from, "date"));
    if (event.to) say(event.iri, `${kg}latest`, typed(event.to, "date"));
    if (event.when) say(event.iri, `${kg}timeText`, text(event.when));
    for (const [property, role, filler] of event.roles) {
      const value = thing(filler);
      say(event.iri, kg + property, value);
      say(event.iri, kg + role, value);
    }
    const point = (subject, predicate, indexes) => say(subject, kg + predicate, ...indexes.map((index) => mention(index, article.iri)));
    point(event.iri, "evidence", event.evidence);
    point(event.iri, "roleMention", event.named);
    point(event.iri, "timeEvidence", event.dated);
    for (const quantity of event.quantities) {
      if (!quantity.iri) continue;
      say(event.iri, `${kg}quantity`, name(quantity.iri));
      say(quantity.iri, "a", name(`${kg}Quantity`));
      say(quantity.iri, `${kg}quantityText`, text(quantity.text));
      for (const key of ["value", "minimum", "maximum"]) if (quantity[key] !== null) say(quantity.iri, kg + key, typed(quantity[key], "decimal"));
      if (quantity.unit) say(quantity.iri, `${kg}unit`, name(unit + quantity.unit));
      point(quantity.iri, "evidence", quantity.words);
    }
    for (const claim of event.claims) {
      say(claim.iri, "a", name(`${kg}Claim`));
      say(claim.iri, `${kg}inArticle`, name(article.iri));
      say(claim.iri, `${kg}about`, name(event.iri));
      if (claim.by !== null) say(claim.iri, `${kg}assertedBy`, thing(claim.by));
      say(claim.iri, `${kg}stance`, name(kg + claim.stance));
      point(claim.iri, "evidence", claim.words);
    }
    say(article.iri, "a", name(`${kg}Article`));
    say(article.iri, `${kg}sourceName`, text(article.name));
    if (article.language) say(article.iri, `${schema}inLanguage`, text(article.language));
    if (article.title !== article.name) say(article.iri, `${schema}headline`, text(article.title, article.language));
    if (article.published) say(article.iri, `${schema}datePublished`, typed(article.published, DATES[article.published.length] || "string"));
    if (article.publisher !== null) say(article.iri, `${schema}publisher`, thing(article.publisher));
  }
  const body = [...blocks]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([subject, row]) => `${name(subject)} ${[...row].filter(([, values]) => values.size).map(([key, values]) => `${key} ${[...values].join(", ")}`).join(" ;\n    ")} .\n`);
  const head = [...used].sort().map((prefix) => `@prefix ${prefix}: <${data.prefixes[prefix]}> .\n`);
  return [...head, "\n", ...body].join("");
};
