import { button, h, icon } from "../dom";
import type { Mount } from "../screen";

/** A greeting and one large button. */
export const waiting: Mount = ({ words, press }, state) => {
  const begin = button("primary", "arrow-right", words.waiting.begin, () => press({ type: "check_in" }));
  begin.classList.add("large");
  const points = words.waiting.points.map(([name, text]) =>
    h("li", {}, icon(name ?? "check"), h("span", {}, text ?? "")),
  );
  return {
    root: h(
      "section",
      { class: "screen welcome" },
      h("h1", { class: "title" }, words.waiting.greeting(state.candidate_name)),
      h("p", { class: "lead" }, words.waiting.lead),
      h("ul", { class: "points" }, ...points),
      h("div", { class: "go" }, begin, h("p", { class: "hint" }, words.waiting.hint)),
    ),
    focus: begin,
    update() {},
  };
};
