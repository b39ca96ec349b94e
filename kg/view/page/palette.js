// Colours of the light and the dark page, and the marks of legend and lists.
import { drawn } from "./dom.js";

const SHAPES = {
  dot: "M10 2a8 8 0 1 1 0 16a8 8 0 1 1 0-16z",
  square: "M3 3h14v14h-14z",
  diamond: "M10 1l9 9l-9 9l-9-9z",
  triangle: "M10 2l8 15h-16z",
  triangleDown: "M10 18l-8-15h16z",
  hexagon: "M5.500 2h9l4.500 8l-4.500 8h-9l-4.500-8z",
  star: "M10 1l2.300 6h6.500l-5.200 4l2 6.500l-5.600-4l-5.600 4l2-6.500l-5.200-4h6.500z",
  box: "M3 5h14a2 2 0 0 1 2 2v6a2 2 0 0 1-2 2h-14a2 2 0 0 1-2-2v-6a2 2 0 0 1 2-2z",
};

export const makePalette = (data) => {
  const system = window.matchMedia("(prefers-color-scheme: dark)");
  const families = new Map(Object.entries(data.families).flatMap(([name, types]) => types.map((type) => [type, name])));
  let theme = "auto";
  let variables = new Map();
  const dark = () => theme === "dark" || (theme === "auto" && system.matches);
  const palette = {
    use(wanted) {
      theme = ["light", "dark"].includes(wanted) ? wanted : "auto";
      document.documentElement.dataset.theme = dark() ? "dark" : "light";
      variables = new Map();
      for (const mark of document.querySelectorAll("svg[data-paint]")) mark.style.fill = palette.colour(mark.dataset.paint);
    },
    watch: (run) => system.addEventListener("change", run),
    colour: (paint) => data.palette[paint][dark() ? 1 : 0],
    css(name) {
      if (!variables.has(name)) variables.set(name, getComputedStyle(document.documentElement).getPropertyValue(name).trim());
      return variables.get(name);
    },
    family: (type) => families.get(type) || "transfer",
    kind: (kind) => (data.shapes[kind] ? kind : "Topic"),
    shape: (kind) => data.shapes[palette.kind(kind)],
    line(colour, dash) {
      const mark = drawn("svg", { viewBox: "0 0 28 20", class: "mark line", "aria-hidden": "true" });
      mark.append(drawn("path", { d: "M1 10h26", "stroke-dasharray": dash.join(" ") }));
      mark.style.setProperty("--stroke", `var(${colour})`);
      return mark;
    },
    swatch(shape, paint, status = "sure") {
      const mark = drawn("svg", { viewBox: "0 0 20 20", class: `mark ${shape} ${status}`, "aria-hidden": "true" });
      if (paint) {
        mark.dataset.paint = paint;
        mark.style.fill = palette.colour(paint);
      }
      mark.append(drawn("path", { d: SHAPES[shape] }));
      if (status === "refuted") mark.append(drawn("path", { class: "stroke", d: "M2 15L18 5" }));
      return mark;
    },
  };
  return palette;
};
