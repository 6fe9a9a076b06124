// What the candidate takes along: what was recorded, how long it is kept, how to ask, and a code to scan.
import { h, icon } from "./dom";
import { kept } from "./kept";
import type { Context } from "./screen";
import type { Kept, Receipt } from "./state";

const SVG = "http://www.w3.org/2000/svg";
/** Around the code, in modules: scanners need it. */
const QUIET = 4;

export function receipt(context: Context, given: Receipt, keeping: Kept): HTMLElement {
  const { words, language } = context;
  const recorded = [
    words.receipt.sound,
    given.scoring ? words.receipt.scored : words.receipt.unscored,
    ...(given.emotion === true ? [words.receipt.emotion] : []),
  ].join(" ");
  const lines = h(
    "dl",
    {},
    h("dt", {}, icon("mic"), words.receipt.recorded),
    h("dd", {}, recorded),
    h("dt", {}, icon("clock"), words.receipt.keptTitle),
    h("dd", {}, kept(context, keeping)),
    h("dt", {}, icon("info"), words.receipt.askTitle),
    h("dd", {}, given.ask[language] || words.receipt.ask),
  );
  const card = h("section", { class: "receipt", "aria-labelledby": "receipt-title" });
  const text = h("div", {}, h("h2", { id: "receipt-title" }, words.receipt.title), lines);
  card.append(text);
  if (given.qr !== null) {
    card.append(h("figure", { class: "code" }, code(given.qr, words.receipt.code), h("figcaption", {}, words.receipt.scan)));
  }
  return card;
}

function code({ size, path }: { size: number; path: string }, label: string): SVGSVGElement {
  const svg = document.createElementNS(SVG, "svg");
  const whole = size + 2 * QUIET;
  svg.setAttribute("viewBox", `${-QUIET} ${-QUIET} ${whole} ${whole}`);
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", label);
  svg.setAttribute("shape-rendering", "crispEdges");
  const dark = document.createElementNS(SVG, "path");
  dark.setAttribute("d", path);
  svg.append(dark);
  return svg;
}
