import { button, h, say } from "../dom";
import type { Mount } from "../screen";

/** The answer is over and was disturbed: once more, or not. */
export const offering: Mount = ({ words, press }) => {
  let turn_id = "";
  const again = button("primary", "repeat", words.offering.again, () => press({ type: "answer_again" }));
  const keep = button("quiet", "arrow-right", words.offering.keep, () => press({ type: "done", turn_id }));
  for (const one of [again, keep]) {
    one.classList.add("large");
  }
  // No live region: a voice that counts down says nothing else.
  const left = h("p", { class: "hint" });
  return {
    root: h(
      "section",
      { class: "screen quiet-moment" },
      h("h1", { class: "title" }, words.offering.title),
      h("p", { class: "lead" }, words.offering.lead),
      h("div", { class: "go" }, again, keep),
      left,
    ),
    focus: again,
    update({ offer_shown_ms, phase_elapsed_ms, question }, sinceMs) {
      turn_id = question?.turn_id ?? "";
      const seconds = Math.max(0, Math.ceil((offer_shown_ms - phase_elapsed_ms - sinceMs) / 1_000));
      say(left, words.offering.left(seconds));
    },
  };
};
