// From an empty room to somebody who has chosen a language: which of the screens before check-in is
// shown. Who leaves without checking in leaves nothing of it behind.
import type { State } from "./state";

export type Step = "idle" | "language" | "check-in";

/** Nobody has touched anything for so long: whoever was here has left. */
export const LEFT_MS = 120_000;

export function arriving() {
  let waiting = false;
  let step: Step = "idle";
  let chosen = false;
  let touchedMs = 0;
  return {
    /** What to show; of the phases before consent only. */
    step(state: State, nowMs: number): Step {
      const assigned = state.phase === "waiting";
      if (assigned !== waiting) {
        waiting = assigned;
        touchedMs = nowMs;
        step = assigned && state.language_chosen ? "check-in" : "idle";
      }
      if (step === "language" && state.language_chosen && !chosen) {
        step = "check-in";
      }
      chosen = state.language_chosen;
      if (step !== "idle" && nowMs - touchedMs >= LEFT_MS) {
        step = "idle";
      }
      return step;
    },
    /** Somebody is here. True where that leads on. */
    arrive(nowMs: number): boolean {
      touchedMs = nowMs;
      if (!waiting || step !== "idle") {
        return false;
      }
      step = "language";
      return true;
    },
    /** Anything was pressed. */
    touch(nowMs: number): void {
      touchedMs = nowMs;
    },
    /** The language is chosen. */
    chose(nowMs: number): void {
      touchedMs = nowMs;
      step = waiting ? "check-in" : step;
    },
  };
}
