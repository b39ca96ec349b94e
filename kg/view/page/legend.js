// The legend: only what the page holds.
import { element } from "./dom.js";
import { CLAIMS } from "./claims.js";

export const makeLegend = (box, data, words, palette) => ({
  build() {
    const item = (mark, text) => element("li", {}, mark, element("span", {}, text));
    const painted = new Set(data.nodes.map((node) => node.paint));
    const statuses = new Set(data.things.map((thing) => thing.status));
    const stances = new Set(data.edges.map((edge) => edge.stance));
    const claims = Object.values(CLAIMS).map((claim) => ({ ...claim, held: claim.stances.filter((stance) => stances.has(stance)) })).filter(({ held }) => held.length);
    const types = new Set(data.things.map((thing) => thing.type));
    const kinds = Object.keys(data.shapes).filter((kind) => painted.has(kind));
    const families = Object.entries(data.families).filter(([name]) => painted.has(name));
    box.replaceChildren(
      element("ul", {}, ...kinds.map((kind) => item(palette.swatch(data.shapes[kind], kind), words.name(kind)))),
      element("ul", {}, ...families.map(([name, all]) => item(palette.swatch("box", name), all.filter((type) => types.has(type)).map(words.name).join(", ")))),
      element("ul", {}, ...[["sure", "sure"], ["doubtful", "doubtful"], ["refuted", "refuted"]].filter(([status]) => statuses.has(status)).map(([status, key]) => item(palette.swatch("box", null, status), words.text(key)))),
      element("ul", {}, ...claims.map(({ held, colour, dash }) => item(palette.line(colour, dash), `${words.text("says")}: ${held.map(words.name).join(", ")}`))),
    );
  },
});
