// Puts the query editor (yasqe, yasr) in the place of the plain form; without it the form does the same on the server.

import { makeTable } from "./table.js";

const form = document.getElementById("plain");
const place = document.getElementById("editor");
const results = document.getElementById("results");
const { Yasqe, Yasr } = window.Yasgui;
const { prefixes, here } = JSON.parse(place.dataset.prefixes);
const words = JSON.parse(place.dataset.words);

Yasqe.defaults.prefixCcApi = null; // no request leaves this server
Yasqe.defaults.autocompleters = ["variables"];
Yasr.registerPlugin("table", makeTable(prefixes, here, words)); // theirs reads the text of articles as HTML

const yasqe = new Yasqe(place, {
  value: form.elements.query.value,
  persistenceId: null,
  createShareableLink: (editor) => `${location.origin}/query?${new URLSearchParams({ query: editor.getValue() })}`,
  consumeShareLink: null,
  requestConfig: { endpoint: "/sparql", method: "POST" },
  editorHeight: "22em",
});
const yasr = new Yasr(results, { prefixes, persistenceId: null });
yasqe.on("query", () => document.getElementById("answer")?.remove());
yasqe.on("queryResponse", (_, response, duration) => yasr.setResponse(response, duration));
const scrolled = place.querySelector(".CodeMirror-scroll"); // what is cut off can be reached by keyboard
for (const [key, value] of Object.entries({ tabindex: "0", role: "region", "aria-label": words.queryText })) scrolled.setAttribute(key, value);
for (const field of place.querySelectorAll("textarea")) field.setAttribute("aria-label", "SPARQL");

form.hidden = true;
place.hidden = false;
results.hidden = false;
yasqe.refresh();
