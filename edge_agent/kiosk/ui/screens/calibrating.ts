import { button, h, icon } from "../dom";
import type { Mount } from "../screen";

/** Skippable, and it says what skipping means. */
export const calibrating: Mount = ({ words, press }) => {
  const skip = button("primary", "arrow-right", words.calibrating.skip, () => press({ type: "skip_calibration" }));
  skip.classList.add("large");
  return {
    root: h(
      "section",
      { class: "screen welcome" },
      h("h1", { class: "title" }, words.calibrating.title),
      h("p", { class: "lead" }, words.calibrating.lead),
      h("ul", { class: "points" }, h("li", {}, icon("eye-off"), h("span", {}, words.calibrating.note))),
      h("div", { class: "go" }, skip),
    ),
    focus: skip,
    update() {},
  };
};
