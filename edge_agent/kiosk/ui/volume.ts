// How loud the room's voice is: softer, louder, and the share between them in words for everybody.
import { h, icon, say } from "./dom";
import type { Messages } from "./messages";
import type { State } from "./state";

const STEP_PERCENT = 15;
const LEAST_PERCENT = 10;
const MOST_PERCENT = 100;

export function volume(words: Messages, set: (percent: number) => void) {
  let percent = MOST_PERCENT;
  const step = (by: number) => () => set(Math.min(MOST_PERCENT, Math.max(LEAST_PERCENT, percent + by)));
  const softer = end("minus", words.question.softer, step(-STEP_PERCENT));
  const louder = end("plus", words.question.louder, step(STEP_PERCENT));
  const told = h("span", { class: "told", role: "status" });
  const root = h("div", { class: "volume", role: "group", "aria-label": words.question.volume }, softer, told, louder);
  return {
    root,
    update(state: State): void {
      root.hidden = state.volume_percent === null;
      percent = state.volume_percent ?? MOST_PERCENT;
      say(told, words.question.volumeIs(percent));
      softer.disabled = percent <= LEAST_PERCENT;
      louder.disabled = percent >= MOST_PERCENT;
    },
  };
}

function end(name: string, label: string, click: () => void): HTMLButtonElement {
  return h("button", { type: "button", class: "button quiet end", "aria-label": label, title: label, click }, icon(name));
}
