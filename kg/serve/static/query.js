// Puts the query editor (yasqe, yasr) in the place of the plain form; without it the form does the same on the server.

const form = document.getElementById("plain");
const place = document.getElementById("editor");
const results = document.getElementById("results");
const { Yasqe, Yasr } = window.Yasgui;
const prefixes = JSON.parse(place.dataset.prefixes);

// IRIs of the data have their page on this server
function linkHere() {
  for (const link of results.querySelectorAll("a[href^='http']")) {
    const iri = link.getAttribute("href");
    if (!iri.startsWith(location.origin) && Object.values(prefixes).some((start) => iri.startsWith(start))) {
      link.href = `/about?iri=${encodeURIComponent(iri)}`;
      link.removeAttribute("target");
    }
  }
}

Yasqe.defaults.prefixCcApi = null; // no request leaves this server
Yasqe.defaults.autocompleters = ["variables"];
const yasqe = new Yasqe(place, {
  value: form.elements.query.value,
  persistenceId: null,
  createShareableLink: (editor) => `${location.origin}/query?${new URLSearchParams({ query: editor.getValue() })}`,
  consumeShareLink: null,
  requestConfig: { endpoint: "/sparql", method: "POST" },
  editorHeight: "22em",
});
const yasr = new Yasr(results, { prefixes, persistenceId: null });
new MutationObserver(linkHere).observe(results, { childList: true, subtree: true });
yasqe.on("query", () => document.getElementById("answer")?.remove());
yasqe.on("queryResponse", (_, response, duration) => yasr.setResponse(response, duration));
for (const field of place.querySelectorAll("textarea, [contenteditable]")) field.setAttribute("aria-label", "SPARQL");

form.hidden = true;
place.hidden = false;
results.hidden = false;
yasqe.refresh();
