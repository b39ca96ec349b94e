// The graph by keyboard: arrows walk from node to node, neighbours first.

const WAYS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };

export const makeKeys = (box, canvas, filter, hooks) => {
  const next = (from, [dx, dy]) => {
    const here = canvas.place(from);
    const near = new Set(filter.neighbours(from, hooks.claims()));
    let best = null;
    for (const id of canvas.nodes()) {
      if (id === from) continue;
      const there = canvas.place(id);
      const [x, y] = [there.x - here.x, there.y - here.y];
      const along = x * dx + y * dy;
      const aside = Math.abs(x * dy) + Math.abs(y * dx);
      if (along <= 0 || aside > 1.8 * along) continue;
      const cost = (along + 2 * aside) * (near.has(id) ? 1 : 6);
      if (!best || cost < best.cost) best = { id, cost };
    }
    return best ? best.id : from;
  };
  const largest = () => [...canvas.nodes()].reduce((best, id) => (best === null || canvas.place(id).size > canvas.place(best).size ? id : best), null);
  box.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const chosen = hooks.chosen();
    if (WAYS[event.key]) {
      const known = chosen !== null && canvas.place(chosen) && canvas.nodes().has(chosen);
      const id = known ? next(chosen, WAYS[event.key]) : largest();
      if (id !== null) hooks.choose(id, { centre: true });
    } else if (event.key === "Enter") hooks.enter();
    else if (event.key === "+" || event.key === "=") canvas.zoom(1.4);
    else if (event.key === "-") canvas.zoom(1 / 1.4);
    else if (event.key === "0") canvas.fit();
    else if (event.key === "Escape") hooks.choose(null);
    else return;
    event.preventDefault();
  });
};
