// How nodes look: entities by kind, events as boxes whose outline tells how sure they are.

const POINTS = {
  diamond: [[0, -1.2], [1.2, 0], [0, 1.2], [-1.2, 0]],
  triangle: [[0, -1.15], [1.1, 0.85], [-1.1, 0.85]],
  triangleDown: [[0, 1.15], [1.1, -0.85], [-1.1, -0.85]],
  square: [[-0.9, -0.9], [0.9, -0.9], [0.9, 0.9], [-0.9, 0.9]],
  hexagon: [0, 1, 2, 3, 4, 5].map((k) => [1.1 * Math.cos((k * Math.PI) / 3), 1.1 * Math.sin((k * Math.PI) / 3)]),
  star: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((k) => {
    const r = k % 2 ? 0.55 : 1.25;
    return [r * Math.sin((k * Math.PI) / 5), -r * Math.cos((k * Math.PI) / 5)];
  }),
};

export const outline = (ctx, shape, x, y, size) => {
  ctx.beginPath();
  if (shape === "box") ctx.roundRect(x - size * 1.25, y - size * 0.8, size * 2.5, size * 1.6, size * 0.4);
  else if (POINTS[shape]) {
    for (const [px, py] of POINTS[shape]) ctx.lineTo(x + px * size, y + py * size);
    ctx.closePath();
  } else ctx.arc(x, y, size, 0, 2 * Math.PI);
};

// The status of an event: full and plain, hollow and dashed, or hollow, dashed and struck through.
export const drawEvent = (ctx, x, y, size, status, fill, line, back) => {
  outline(ctx, "box", x, y, size);
  ctx.fillStyle = status === "sure" ? fill : back;
  ctx.fill();
  ctx.lineWidth = size / 5;
  ctx.strokeStyle = line;
  ctx.setLineDash(status === "sure" ? [] : [size / 2.6, size / 3.6]);
  ctx.stroke();
  ctx.setLineDash([]);
  if (status === "refuted") {
    ctx.beginPath();
    ctx.moveTo(x - size * 1.1, y + size * 0.65);
    ctx.lineTo(x + size * 1.1, y - size * 0.65);
    ctx.stroke();
  }
};
