// The graph on its canvas. vis-network holds nodes and edges, moves and zooms them and finds what lies under the
// pointer. Which of them are shown is set by its two lists of ids, and edges are drawn here, in a few paths: by its
// DataSet and its own drawing, filters of 2,000 nodes and 5,000 edges take more than 100 ms.
import { drawEvent, outline } from "./shapes.js";
import { makeLabels, plain } from "./labels.js";
import { CLAIMS, claimOf } from "./claims.js";

const DIM = 0.16;

export const makeCanvas = (box, data, palette, words, hooks) => {
  const places = new Map(data.nodes.map((node) => [node.id, node]));
  const sorted = [...data.nodes].sort((a, b) => b.size - a.size || a.id - b.id);
  const ends = data.edges.map((edge) => [places.get(edge.from), places.get(edge.to)]);
  const still = window.matchMedia("(prefers-reduced-motion: reduce)");
  const label = makeLabels();
  let names = new Map();
  let visible = { nodes: new Set(), edges: [] };
  let least = 3;
  let chosen = null;
  let near = null;
  let hovered = null;

  // From afar a node keeps a least size on the screen, the larger the fewer there are.
  const sizeOf = (node) => Math.max(node.size, (node.shape === "box" ? 0.65 : 1) * least / network.getScale());
  const render = ({ ctx, id, x, y }) => ({
    drawNode() {
      const node = places.get(id);
      const size = sizeOf(node);
      const colour = palette.colour(node.paint);
      ctx.globalAlpha = near && !near.has(id) ? DIM : 1;
      if (node.shape === "box") {
        const thing = data.things[id];
        drawEvent(ctx, x, y, size, thing.status, colour, thing.status === "refuted" ? palette.css("--alarm") : palette.css("--line-strong"), palette.css("--back"));
      } else {
        outline(ctx, node.shape, x, y, size);
        ctx.fillStyle = colour;
        ctx.fill();
      }
      if (id === chosen || id === hovered) {
        outline(ctx, node.shape, x, y, size + 3 / network.getScale());
        ctx.setLineDash([]);
        ctx.lineWidth = (id === chosen ? 3 : 2) / network.getScale();
        ctx.strokeStyle = palette.css("--accent");
        ctx.stroke();
      }
      ctx.globalAlpha = 1;
    },
    nodeDimensions: { width: 2.4 * sizeOf(places.get(id)), height: 2.4 * sizeOf(places.get(id)) },
  });

  const network = new vis.Network(
    box,
    {
      nodes: data.nodes.map(({ id, x, y }) => ({ id, x, y, shape: "custom", ctxRenderer: render })),
      edges: data.edges.map(({ id, from, to }) => ({ id, from, to })),
    },
    data.options,
  );
  network.renderer._drawEdges = network.renderer._drawArrows = () => {};

  const drawEdges = (ctx) => {
    const scale = network.getScale();
    const middle = network.getViewPosition();
    const [wide, high] = [box.clientWidth / scale / 2, box.clientHeight / scale / 2];
    const seen = visible.edges.filter((id) => {
      const [a, b] = ends[id];
      return !(
        Math.max(a.x, b.x) < middle.x - wide || Math.min(a.x, b.x) > middle.x + wide ||
        Math.max(a.y, b.y) < middle.y - high || Math.min(a.y, b.y) > middle.y + high
      );
    });
    const strong = (id) => chosen !== null && (ends[id][0].id === chosen || ends[id][1].id === chosen);
    const groups = { plain: [], dashed: [], strong: [] };
    for (const claim of Object.keys(CLAIMS)) [groups[claim], groups[`strong ${claim}`]] = [[], []];
    for (const id of seen) {
      const { stance, dashes } = data.edges[id];
      if (stance) groups[`${strong(id) ? "strong " : ""}${claimOf(stance)}`].push(id);
      else groups[strong(id) ? "strong" : dashes ? "dashed" : "plain"].push(id);
    }
    const arrows = scale > 0.45;
    const draw = (list, colour, alpha, width, dash) => {
      if (!list.length) return;
      ctx.globalAlpha = alpha;
      ctx.strokeStyle = ctx.fillStyle = colour;
      ctx.lineWidth = width / scale;
      ctx.setLineDash(scale > 0.3 ? dash : []);
      ctx.beginPath();
      for (const id of list) {
        const [a, b] = ends[id];
        ctx.moveTo(a.x, a.y);
        ctx.lineTo(b.x, b.y);
      }
      ctx.stroke();
      ctx.setLineDash([]);
      if (!arrows) return;
      ctx.beginPath();
      for (const id of list) {
        const [a, b] = ends[id];
        const length = Math.hypot(b.x - a.x, b.y - a.y) || 1;
        const [ux, uy] = [(b.x - a.x) / length, (b.y - a.y) / length];
        const [tx, ty] = [b.x - ux * (b.size * 1.15 + 1), b.y - uy * (b.size * 1.15 + 1)];
        ctx.moveTo(tx, ty);
        ctx.lineTo(tx - 8 * ux + 3.5 * uy, ty - 8 * uy - 3.5 * ux);
        ctx.lineTo(tx - 8 * ux - 3.5 * uy, ty - 8 * uy + 3.5 * ux);
        ctx.closePath();
      }
      ctx.fill();
    };
    ctx.save();
    const alpha = near ? 0.18 : scale < 0.3 ? Math.max(0.5 - seen.length / 12000, 0.12) : 0.65;
    draw(groups.plain, palette.css("--edge"), alpha, 1, []);
    draw(groups.dashed, palette.css("--edge"), alpha, 1, [7, 5]);
    for (const [claim, { colour, dash }] of Object.entries(CLAIMS)) draw(groups[claim], palette.css(colour), alpha, 1.2, dash);
    draw(groups.strong, palette.css("--accent"), 0.9, 1.6, []);
    for (const [claim, { colour, dash }] of Object.entries(CLAIMS)) draw(groups[`strong ${claim}`], palette.css(colour), 0.95, 2, dash);
    ctx.restore();
  };

  const drawLabels = (ctx) => {
    const scale = network.getScale();
    const middle = network.getViewPosition();
    const view = { width: box.clientWidth, height: box.clientHeight, text: palette.css("--text"), faint: palette.css("--faint"), back: palette.css("--back") };
    const at = (x, y) => [(x - middle.x) * scale + view.width / 2, (y - middle.y) * scale + view.height / 2];
    const wanted = [];
    const few = 120;
    const add = (node, more) => {
      if (!node || !visible.nodes.has(node.id)) return;
      const [x, y] = at(node.x, node.y);
      const event = node.shape === "box";
      const size = event ? 11 : Math.round(11 + Math.min(node.size / 6, 5));
      wanted.push({ text: names.get(node.id), x, y: y + sizeOf(node) * scale * 1.2 + 3, size, soft: event, ...more });
    };
    add(places.get(hovered), { always: true, bold: true });
    add(places.get(chosen), { always: true, bold: true });
    if (near) for (const node of sorted) if (near.has(node.id) && node.id !== chosen) add(node, {});
    if (chosen !== null && scale > 0.7) {
      for (const id of visible.edges) {
        const [a, b] = ends[id];
        if (a.id !== chosen && b.id !== chosen) continue;
        const [x, y] = at((a.x + b.x) / 2, (a.y + b.y) / 2);
        wanted.push({ text: plain(data.edges[id].roles.map(words.name).join(", "), 24), x, y: y - 6, size: 10, soft: true });
      }
    }
    for (const node of sorted) {
      if (node.id === chosen || node.id === hovered || (near && near.has(node.id))) continue;
      if (node.shape === "box" ? scale > 0.6 || few / 2 > visible.nodes.size : scale > 0.28 || node.size > 12 || few > visible.nodes.size) add(node, { faint: Boolean(near) });
    }
    ctx.save();
    const ratio = ctx.canvas.width / box.clientWidth;
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    label(ctx, wanted, view);
    ctx.restore();
  };

  network.on("beforeDrawing", drawEdges);
  network.on("afterDrawing", drawLabels);
  network.on("hoverNode", ({ node }) => {
    hovered = node;
    box.style.cursor = "pointer";
    network.redraw();
  });
  network.on("blurNode", () => {
    hovered = null;
    box.style.cursor = "";
    network.redraw();
  });
  network.on("click", ({ nodes, edges }) => {
    if (nodes.length) hooks.choose(nodes[0]);
    else hooks.choose(edges.length ? data.edges[edges[0]][data.edges[edges[0]].stance ? "to" : "from"] : null);
  });
  network.on("doubleClick", ({ nodes }) => {
    if (nodes.length) hooks.expand(nodes[0]);
  });

  let goal = null;
  network.on("animationFinished", () => (goal = null));
  const glide = (position, scale) => {
    const animation = still.matches || document.hidden ? false : { duration: 250, easingFunction: "easeInOutQuad" };
    goal = animation ? { position, scale } : null;
    network.moveTo({ position, scale, animation });
  };
  // Where the view is, or where it is on its way to.
  const view = () => goal ?? { position: network.getViewPosition(), scale: network.getScale() };
  return {
    network,
    nodes: () => visible.nodes,
    show(found) {
      visible = { nodes: new Set(found.nodes), edges: found.edges };
      least = Math.min(Math.max(90 / Math.sqrt(found.nodes.length || 1), 2.4), 7);
      network.body.nodeIndices = found.nodes;
      network.body.edgeIndices = found.edges;
      network.redraw();
    },
    choose(id, around) {
      chosen = id !== null && places.has(id) ? id : null;
      near = chosen === null ? null : around;
      network.redraw();
    },
    rename() {
      names = new Map(data.nodes.map(({ id, shape }) => {
        const thing = data.things[id];
        return [id, shape === "box" ? words.capital(words.name(thing.type)) : plain(words.label(thing))];
      }));
      network.redraw();
    },
    centre(id) {
      const node = places.get(id);
      if (node) glide({ x: node.x, y: node.y }, Math.max(view().scale, 0.9));
    },
    zoom: (factor) => glide(view().position, Math.min(Math.max(view().scale * factor, 0.03), 4)),
    // Everything that is shown, or some of it, in view.
    fit(ids = [...visible.nodes]) {
      const shown = ids.map((id) => places.get(id)).filter(Boolean);
      if (!shown.length || !box.clientWidth) return;
      const [left, right] = [Math.min(...shown.map((n) => n.x)), Math.max(...shown.map((n) => n.x))];
      const [top, bottom] = [Math.min(...shown.map((n) => n.y)), Math.max(...shown.map((n) => n.y))];
      const scale = Math.min((box.clientWidth - 40) / (right - left + 60), (box.clientHeight - 50) / (bottom - top + 60), 1.4);
      goal = null;
      network.moveTo({ position: { x: (left + right) / 2, y: (top + bottom) / 2 + 8 / scale }, scale });
    },
    redraw: () => network.redraw(),
    place: (id) => places.get(id),
  };
};
