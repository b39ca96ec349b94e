// Files made in the page: a picture and the statements of what is shown.
import { element } from "./dom.js";
import { turtle } from "./turtle.js";

const hand = (blob, name) => {
  const address = URL.createObjectURL(blob);
  const link = element("a", { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
};

export const savePicture = (box, back) => {
  const source = box.querySelector("canvas");
  const made = element("canvas", { width: source.width, height: source.height });
  const ctx = made.getContext("2d");
  ctx.fillStyle = back;
  ctx.fillRect(0, 0, made.width, made.height);
  ctx.drawImage(source, 0, 0);
  made.toBlob((blob) => hand(blob, "graph.png"), "image/png");
};

export const saveTurtle = (data, ids) => hand(new Blob([turtle(data, ids)], { type: "text/turtle" }), "graph.ttl");
