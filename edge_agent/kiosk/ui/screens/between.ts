import { h } from "../dom";
import type { Mount } from "../screen";

/** Between two questions: thanks, and nothing that judges. */
export const between: Mount = ({ words }) => ({
  root: h(
    "section",
    { class: "screen quiet-moment", "aria-live": "polite" },
    h("h1", { class: "title" }, words.between.title),
    h("p", { class: "lead" }, words.between.lead),
  ),
  update() {},
});

/** Before the agent's first word, or while it is away. */
export const lost: Mount = ({ words }) => ({
  root: h(
    "section",
    { class: "screen quiet-moment", "aria-live": "polite" },
    h("h1", { class: "title" }, words.lost.title),
    h("p", { class: "lead" }, words.lost.lead),
  ),
  update() {},
});
