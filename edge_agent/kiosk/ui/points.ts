// The points of a calibration, at places of the whole screen, and nothing else to look at.
import { button, h, say } from "./dom";
import type { Context } from "./screen";
import type { Calibration } from "./state";

/** Focus stays on the section, so that the key which began it cannot end it; Escape skips. */
export function points({ words, press }: Context) {
  const now = words.calibrating.now;
  const asking = h("span", { role: "status" });
  const told = h("h1", { class: "told" }, asking);
  const sentence = h("p", { class: "sentence" });
  const field = h("div", { class: "field", "aria-hidden": "true" });
  const count = h("p", { class: "hint" });
  const leave = (): void => press({ type: "skip_calibration" });
  const skip = button("quiet", "skip-forward", words.calibrating.skip, leave);
  const root = h(
    "section",
    { class: "gaze", tabindex: "-1", "aria-label": words.calibrating.title },
    field,
    told,
    sentence,
    h("div", { class: "foot" }, count, skip),
  );
  root.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      leave();
    }
  });
  let drawn = "";

  return {
    root,
    update(state: Calibration): void {
      const reading = state.kind === "read";
      const again = state.attempt > 1 && state.kind === "point" ? `${now.again} ` : "";
      const asked = state.kind === "done" ? now.check : now[state.kind];
      say(asking, state.seen || reading ? again + asked : now.unseen);
      told.classList.toggle("gentle", !state.seen && !reading);
      say(sentence, reading ? now.sentence : "");
      say(count, reading ? "" : words.calibrating.of(state.position, state.count));
      const key = `${state.attempt} ${state.name}`;
      if (key === drawn) {
        return;
      }
      drawn = key;
      field.replaceChildren();
      if (!reading) {
        const dot = h("i", { class: `dot ${state.kind}` }); // a new one, so that its ring begins anew
        dot.style.setProperty("left", `${state.x_ratio * 100}%`);
        dot.style.setProperty("top", `${state.y_ratio * 100}%`);
        field.append(dot);
      }
    },
  };
}
