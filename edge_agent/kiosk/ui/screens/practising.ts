import { button, h, say } from "../dom";
import { captions } from "../captions";
import { meter } from "../meter";
import type { Mount } from "../screen";

/** As a question looks and sounds, and nothing of it counts or is kept. */
export const practising: Mount = ({ words, press }) => {
  const text = h("h1", { class: "question" });
  const status = h("p", { class: "status", role: "status" });
  const block = captions(words, words.practising);
  const level = meter(words);
  const left = h("span", { class: "left" });
  const fill = h("i");
  const time = h("div", { class: "time-left" }, h("div", { class: "thin", "aria-hidden": "true" }, fill), left);
  const done = button("primary", "check", words.question.done, () => press({ type: "done", turn_id: "" }));
  done.classList.add("done");
  const skip = button("quiet", "skip-forward", words.practising.skip, () => press({ type: "skip", turn_id: "" }));
  let listening: boolean | null = null;
  return {
    root: h(
      "section",
      { class: "screen asked practising" },
      h("div", { class: "head" }, h("p", { class: "eyebrow" }, words.practising.title)),
      text,
      status,
      h("p", { class: "nothing-kept" }, words.practising.lead),
      block.root,
      h("footer", { class: "actions" }, time, h("div", { class: "row" }, skip, h("span", { class: "spring" }), level.root, done)),
    ),
    update(state, sinceMs) {
      const now = state.trying;
      if (now === null) {
        return;
      }
      say(text, now.said);
      level.update(state);
      block.update(state);
      const open = now.listening_ms !== null;
      const rest = open ? Math.max(0, now.limit_ms - (now.listening_ms ?? 0) - sinceMs) : now.limit_ms;
      const seconds = Math.ceil(rest / 1_000);
      fill.style.setProperty("transform", `scaleX(${(rest / now.limit_ms).toFixed(4)})`);
      say(left, open ? words.question.left(words.question.duration(Math.floor(seconds / 60), seconds % 60)) : "");
      say(status, open ? words.question.answering : words.question.asking);
      if (open !== listening) {
        listening = open;
        done.hidden = level.root.hidden = block.root.hidden = !open;
        time.classList.toggle("still", !open);
        (open ? done : skip).focus({ preventScroll: true });
      }
    },
  };
};
