// Names on the graph: of one size on the screen, the weightier first, none over another.

const MOST = 170;
const TRIED = 1200;
// Signs that turn the direction of writing or move the line have no place in a picture.
const UNSEEN = /[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

export const plain = (text, length = 34) => {
  const clean = text.replace(UNSEEN, " ").replace(/\s+/g, " ").trim();
  return [...clean].length > length ? `${[...clean].slice(0, length - 1).join("")}…` : clean;
};

export const makeLabels = () => {
  const widths = new Map();
  const width = (ctx, text) => {
    const key = `${ctx.font}|${text}`;
    if (!widths.has(key)) widths.set(key, ctx.measureText(text).width);
    return widths.get(key);
  };
  // wanted: {text, x, y, size, bold, faint, always} in pixels of the screen, y the upper edge, in the order of weight.
  return (ctx, wanted, view) => {
    const taken = [];
    let tried = 0;
    ctx.textAlign = "center";
    ctx.textBaseline = "top";
    ctx.lineJoin = "round";
    ctx.lineWidth = 3;
    ctx.strokeStyle = view.back;
    for (const label of wanted) {
      if (taken.length >= MOST || tried >= TRIED) break;
      if (label.x < 0 || label.y < -20 || label.x > view.width || label.y > view.height) continue;
      tried += 1;
      ctx.font = `${label.bold ? "600 " : ""}${label.size}px system-ui, sans-serif`;
      const half = width(ctx, label.text) / 2 + 3;
      const x = Math.min(Math.max(label.x, half), Math.max(view.width - half, half));
      const box = [x - half, label.y - 1, x + half, label.y + label.size + 3];
      const free = taken.every((other) => box[2] < other[0] || box[0] > other[2] || box[3] < other[1] || box[1] > other[3]);
      if (!free && !label.always) continue;
      taken.push(box);
      ctx.globalAlpha = label.faint ? 0.35 : 1;
      ctx.strokeText(label.text, x, label.y);
      ctx.fillStyle = label.soft ? view.faint : view.text;
      ctx.fillText(label.text, x, label.y);
    }
    ctx.globalAlpha = 1;
  };
};
