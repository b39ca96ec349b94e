// The table of an answer: every text is a text node, and IRIs of the data lead to their page on this server.

const STEP = 500; // rows that are drawn at once

function element(name, text, attributes = {}) {
  const made = document.createElement(name);
  if (text !== undefined) made.textContent = text;
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

function shorten(iri, prefixes) {
  const fits = Object.entries(prefixes).filter(([, start]) => iri.startsWith(start));
  if (!fits.length) return iri;
  const [prefix, start] = fits.reduce((best, next) => (next[1].length > best[1].length ? next : best));
  return `${prefix}:${iri.slice(start.length)}`;
}

export function makeTable(prefixes, here, words) {
  function cell(term) {
    const made = element("td");
    if (!term) return made;
    if (term.type === "uri" && here.some((start) => term.value.startsWith(start))) {
      made.append(element("a", shorten(term.value, prefixes), { href: `/about?iri=${encodeURIComponent(term.value)}` }));
    } else if (term.type === "uri") {
      made.append(shorten(term.value, prefixes));
    } else {
      const language = term["xml:lang"];
      made.append(language ? element("span", term.value, { lang: language }) : term.value);
    }
    return made;
  }

  return class Table {
    constructor(yasr) {
      this.yasr = yasr;
      this.label = words.table;
      this.priority = 10;
    }

    canHandleResults() {
      return Boolean(this.yasr.results?.getVariables()?.length);
    }

    draw() {
      const columns = this.yasr.results.getVariables();
      const rows = this.yasr.results.getBindings() ?? [];
      const box = element("div", undefined, { class: "wide", tabindex: "0", role: "region", "aria-label": words.answerTable });
      const table = element("table");
      const head = element("tr");
      for (const column of columns) head.append(element("th", column, { scope: "col" }));
      table.createTHead().append(head);
      const body = table.createTBody();
      const count = element("p", "", { role: "status" });
      const more = element("button", words.showMore, { type: "button" });
      const drawMore = () => {
        for (const row of rows.slice(body.rows.length, body.rows.length + STEP)) {
          const line = element("tr");
          for (const column of columns) line.append(cell(row[column]));
          body.append(line);
        }
        count.textContent = rows.length ? words.rowsShown.replace("{shown}", body.rows.length).replace("{all}", rows.length) : words.noAnswer;
        more.hidden = body.rows.length >= rows.length;
      };
      more.addEventListener("click", drawMore);
      drawMore();
      box.append(table);
      this.yasr.resultsEl.replaceChildren(count, box, more);
    }

    download(name = "answer") {
      return { getData: () => this.yasr.results?.asCsv(), contentType: "text/csv", title: words.downloadCsv, filename: `${name}.csv` };
    }
  };
}
