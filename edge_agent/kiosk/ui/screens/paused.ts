import { button, h } from "../dom";
import type { Mount } from "../screen";

/** Nothing counts until the candidate goes on; the question is not shown meanwhile. */
export const paused: Mount = ({ words, press }) => {
  const on = button("primary", "play", words.paused.on, () => press({ type: "resume" }));
  on.classList.add("large");
  return {
    root: h(
      "section",
      { class: "screen quiet-moment" },
      h("h1", { class: "title" }, words.paused.title),
      h("p", { class: "lead" }, words.paused.lead),
      h("div", { class: "go" }, on),
    ),
    focus: on,
    update() {},
  };
};
