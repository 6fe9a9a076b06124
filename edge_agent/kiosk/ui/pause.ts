// A pause can be wanted from every question: a button in the bar. Where it has to wait for the end of the
// answer, the same button takes it back.
import { h, icon, say } from "./dom";
import type { Context } from "./screen";
import type { State } from "./state";

export function pause() {
  let context: Context | null = null;
  let waits = false;
  const label = h("span");
  const root = h("button", { type: "button", class: "ask", click: () => context?.press({ type: waits ? "resume" : "pause" }) });
  root.append(icon("circle-pause"), label);
  return {
    root,
    update(now: Context, state: State | null): void {
      context = now;
      waits = state?.pause_waits ?? false;
      root.hidden = !(state !== null && ["asking", "thinking", "answering"].includes(state.phase));
      root.setAttribute("aria-pressed", String(waits));
      say(label, waits ? now.words.paused.waits : now.words.paused.want);
    },
  };
}
