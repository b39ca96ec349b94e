"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const tone = () => (dark.matches ? 1 : 0);
  const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

  // Everything that comes from articles goes in as text, never as markup.
  const element = (name, text) => {
    const made = document.createElement(name);
    if (text !== undefined) made.textContent = text;
    return made;
  };
  const describe = (node) => {
    const part = document.createDocumentFragment();
    part.append(element("h2", node.heading));
    const list = element("dl");
    for (const [name, value] of node.detail) list.append(element("dt", name), element("dd", value));
    part.append(list);
    return part;
  };
  const tooltip = (node) => {
    const box = element("div");
    box.append(describe(node));
    return box;
  };
  const paint = (node) => {
    const colour = data.palette[node.paint][tone()];
    const border = node.shape === "box" ? css("--faint") : colour;
    const on = { background: colour, border: css("--text") };
    return {
      color: { background: colour, border, highlight: on, hover: on },
      font: { size: node.letters || 15, color: css("--text"), strokeColor: css("--back"), strokeWidth: node.shape === "box" ? 0 : 3 },
    };
  };
  const edgePaint = () => ({
    color: { color: css("--faint"), highlight: css("--text"), hover: css("--text"), opacity: 0.75 },
    font: { color: css("--faint"), strokeColor: css("--back"), strokeWidth: 3 },
  });

  const nodes = new vis.DataSet(data.nodes.map((n) => ({ ...n, ...paint(n), title: tooltip(n) })));
  const edges = new vis.DataSet(data.edges.map((e) => ({ ...e, ...edgePaint() })));
  const network = new vis.Network(document.getElementById("graph"), { nodes, edges }, data.options);

  const detail = document.getElementById("detail");
  const show = (id) => {
    const node = nodes.get(id);
    if (node) detail.replaceChildren(describe(node));
  };
  network.on("selectNode", (event) => show(event.nodes[0]));
  document.getElementById("fit").addEventListener("click", () => network.fit());

  const names = document.getElementById("names");
  for (const heading of new Set(data.nodes.map((n) => n.heading))) {
    const option = element("option");
    option.value = heading;
    names.append(option);
  }
  document.getElementById("search").addEventListener("change", (event) => {
    const wanted = event.target.value.trim().toLowerCase();
    if (!wanted) return;
    const found = data.nodes.find((n) => n.heading.toLowerCase() === wanted)
      || data.nodes.find((n) => n.heading.toLowerCase().includes(wanted));
    if (!found) return;
    network.selectNodes([found.id]);
    network.focus(found.id, { scale: 1 });
    show(found.id);
  });

  const recolour = () => {
    nodes.update(data.nodes.map((n) => ({ id: n.id, ...paint(n) })));
    edges.update(data.edges.map((e) => ({ id: e.id, ...edgePaint() })));
    for (const mark of document.querySelectorAll(".mark[data-paint]")) {
      mark.style.background = data.palette[mark.dataset.paint][tone()];
    }
  };
  dark.addEventListener("change", recolour);
  recolour();
  network.once("afterDrawing", () => document.body.setAttribute("data-nodes", String(nodes.length)));
})();
