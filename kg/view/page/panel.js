// The evidence panel: one event or one entity, with every sentence that speaks of it.
import { element, quoted } from "./dom.js";

const FIRST = 40;

export const makePanel = (box, data, filter, words, palette, hooks) => {
  const link = (id) => {
    const thing = data.things[id];
    return element("button", { type: "button", class: "link", onclick: () => hooks.choose(id, { centre: true }) }, quoted(words.label(thing)));
  };
  const row = (name, ...values) => [element("dt", {}, name), ...values.map((value) => element("dd", {}, value))];
  const stance = (name) => element("span", { class: `stance ${name}` }, words.name(name));
  const badge = (thing) => (thing.status === "sure" ? null : element("span", { class: `status ${thing.status}` }, verdict(thing)));
  const verdict = (thing) => {
    if (thing.modality !== "actual" && data.texts[thing.modality]) return words.text(thing.modality);
    const heaviest = ["denies", "doubts", "suspects"].find((name) => thing.claims.some((claim) => claim.stance === name));
    return heaviest ? words.text(heaviest) : words.name(thing.modality);
  };

  const sentence = ([index, marks]) => {
    const text = data.sentences[index];
    const made = element("blockquote", { dir: "auto" });
    let at = 0;
    for (const [start, end, kind] of marks) {
      made.append(text.slice(at, start), element("mark", { class: kind }, text.slice(start, end)));
      at = end;
    }
    made.append(text.slice(at));
    return made;
  };

  const source = (index) => {
    const article = data.articles[index];
    const publisher = article.publisher === null ? "" : words.label(data.things[article.publisher]);
    const facts = [
      publisher.includes(article.name) ? null : publisher, // one without a name is called after its article
      article.published && words.text("published", { day: words.day(article.published) }),
      words.speech(article.language),
      article.link ? null : article.name,
    ];
    const line = element("p", { class: "source" }, quoted(article.title, "cite"), element("span", {}));
    facts.filter(Boolean).forEach((fact, at) => line.lastChild.append(at ? " · " : "", quoted(fact)));
    if (article.link) line.append(element("a", { href: article.link, rel: "noopener noreferrer", target: "_blank" }, words.text("open")));
    return line;
  };

  const event = (id, thing) => {
    const list = element("dl", {});
    const roles = new Map();
    for (const [property, , filler] of thing.roles) roles.set(property, [...(roles.get(property) || []), filler]);
    for (const [property, fillers] of roles) list.append(...row(words.name(property), ...fillers.map(link)));
    if (thing.quantities.length) list.append(...row(words.text("amount"), ...thing.quantities.map((quantity) => quoted(quantity.text))));
    if (thing.from || thing.to || thing.when) {
      const days = thing.from || thing.to ? words.span(thing.from, thing.to) : "";
      list.append(...row(words.text("when"), element("span", {}, days, days && thing.when ? " · " : "", thing.when ? quoted(thing.when, "q") : "")));
    }
    const said = thing.claims.map((claim) => {
      const who = claim.own || claim.by === null ? element("span", {}, words.text("own_voice")) : link(claim.by);
      const spoken = claim.own ? [] : claim.words.map((index) => quoted(data.mentions[index][3], "q"));
      return element("li", {}, who, " ", stance(claim.stance), ...spoken.flatMap((words_) => [" ", words_]));
    });
    return [
      element("h2", { tabindex: "-1" }, quoted(words.label(thing))),
      element("p", { class: "kind" }, palette.swatch("box", palette.family(thing.type)), words.capital(words.name(thing.type)), " ", badge(thing)),
      tools(id, true),
      list,
      element("h3", {}, words.text("says")),
      element("ul", { class: "said" }, ...said),
      element("h3", {}, words.text("sentences")),
      ...thing.passages.map(sentence),
      source(thing.article),
    ];
  };

  const tools = (id, isEvent) => {
    const made = element("p", { class: "tools" });
    if (!hooks.drawn(id)) return made;
    const add = (key, run) => made.append(element("button", { type: "button", "data-tool": key, onclick: run }, words.text(key)));
    add("center", () => hooks.choose(id, { centre: true }));
    add("only", () => hooks.around([id]));
    if (!isEvent || hooks.narrowed()) add("expand", () => hooks.expand(id));
    return made;
  };

  const shortList = (ids) => {
    const made = element("ol", { class: "events" });
    const order = [...ids].sort((a, b) => (data.things[a].from || "9999").localeCompare(data.things[b].from || "9999") || a - b);
    const add = (part) => {
      for (const id of part) {
        const thing = data.things[id];
        const days = thing.from || thing.to ? words.span(thing.from, thing.to) : "";
        made.append(element("li", {}, palette.swatch("box", palette.family(thing.type)), element("span", {}, link(id), " ", badge(thing), days && element("small", {}, days))));
      }
    };
    add(order.slice(0, FIRST));
    if (order.length > FIRST) {
      const more = element("button", { type: "button" }, words.text("more", { n: order.length - FIRST }));
      more.addEventListener("click", () => {
        more.parentNode.remove();
        add(order.slice(FIRST));
      });
      made.append(element("li", {}, more));
    }
    return made;
  };

  const entity = (id, thing) => {
    const list = element("dl", {});
    const others = [...new Set([...Object.values(thing.labels), ...thing.other])].filter((text) => text !== words.label(thing));
    if (others.length) list.append(...row(words.text("also"), element("span", {}, ...others.slice(0, 12).flatMap((text, at) => [at ? " · " : "", quoted(text)]))));
    if (thing.kind !== "Country" && thing.countries.length) list.append(...row(words.text("country"), ...thing.countries.map(link)));
    const events = filter.about(id);
    const claims = filter.claims(id);
    return [
      element("h2", { tabindex: "-1" }, quoted(words.label(thing))),
      element("p", { class: "kind" }, palette.swatch(palette.shape(thing.kind), palette.kind(thing.kind)), words.capital(words.name(thing.kind))),
      tools(id, false),
      list,
      ...(events.length ? [element("h3", {}, words.text("events", { n: events.length })), shortList(events)] : []),
      ...(claims.length ? [element("h3", {}, words.text("claims", { n: claims.length })), shortList(claims)] : []),
    ];
  };

  return {
    show(id) {
      const thing = id === null ? null : data.things[id];
      const parts = thing === null ? [element("p", { class: "start" }, words.text("start"))] : thing.type ? event(id, thing) : entity(id, thing);
      box.replaceChildren(...parts.filter(Boolean));
      box.scrollTop = 0;
    },
    list: (target, ids) => target.replaceChildren(ids.length ? shortList(ids) : element("p", { class: "start" }, words.text("nothing"))),
    focus: () => box.querySelector("h2, .start")?.focus(),
  };
};
