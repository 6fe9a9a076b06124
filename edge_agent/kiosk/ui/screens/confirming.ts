// What was understood of one answer: read, corrected where something was misheard, and confirmed.
import { button, h, say } from "../dom";
import type { Context, Mount } from "../screen";
import { sentence, type Sentence } from "../sentence";
import type { Confirming, State } from "../state";

/** From here on it is said that nobody waits for ever. */
const SOON_MS = 60_000;
/** Whoever touches the screen is there; told no more often than this. */
const TOLD_EVERY_MS = 5_000;

export const confirming: Mount = (context, state) => {
  const { words, press } = context;
  const turn = state.confirming?.turn_id ?? "";
  const eyebrow = h("p", { class: "eyebrow" });
  const question = h("h1", { class: "question", tabindex: "-1" });
  const lead = h("p", { class: "status", role: "status" });
  const list = sentences(context, turn);
  const confirm = (right: boolean) => (): void => {
    list.send();
    press({ type: "confirm", turn_id: turn, right });
  };
  const right = button("primary", "check", words.confirming.right, confirm(true));
  const misheard = button("quiet", "hand", words.confirming.misheard, confirm(false));
  const leave = button("quiet", "skip-forward", words.confirming.leave, () => press({ type: "leave_words" }));
  right.classList.add("done");
  // No live region: a voice that counts down says nothing else.
  const left = h("p", { class: "hint" });
  const root = h(
    "section",
    { class: "screen asked reading" },
    h("div", { class: "head" }, eyebrow),
    question,
    lead,
    list.root,
    h("footer", { class: "actions" }, left, h("div", { class: "row" }, leave, h("span", { class: "spring" }), misheard, right)),
  );
  let told = performance.now();
  for (const sign of ["pointerdown", "keydown", "wheel"]) {
    root.addEventListener(sign, () => {
      if (performance.now() - told > TOLD_EVERY_MS) {
        told = performance.now();
        press({ type: "still_reading" });
      }
    }, { passive: true });
  }
  return {
    root,
    focus: question,
    update(now, sinceMs) {
      const read = now.confirming;
      if (read === null || read.turn_id !== turn) {
        return;
      }
      say(eyebrow, words.confirming.of(read.position + 1, read.count));
      say(question, read.question);
      list.update(read);
      const some = read.sentences.length > 0;
      right.hidden = misheard.hidden = !some || read.arriving;
      const leftMs = read.left_ms - sinceMs;
      say(lead, status(now, read, leftMs, words.confirming));
      const seconds = Math.max(0, Math.ceil(leftMs / 1_000));
      say(left, leftMs > SOON_MS ? words.confirming.help : words.confirming.left(seconds));
    },
  };
};

function status(state: State, read: Confirming, leftMs: number, words: Context["words"]["confirming"]): string {
  if (read.sentences.length === 0) {
    return state.link === "online" ? words.waiting : words.away;
  }
  if (read.arriving) {
    return words.arriving;
  }
  return leftMs > SOON_MS ? words.lead : words.stillThere;
}

/** The utterances in their order; one that came stays as it is, so that what is being written is not disturbed. */
function sentences(context: Context, turn: string) {
  const root = h("ol", { class: "sentences" });
  const shown = new Map<string, Sentence>();
  return {
    root,
    send(): void {
      shown.forEach((one) => one.send());
    },
    update(read: Confirming): void {
      for (const one of read.sentences) {
        if (!shown.has(one.utterance_id)) {
          const made = sentence(context, turn, one);
          shown.set(one.utterance_id, made);
          root.append(made.root);
        }
      }
      root.hidden = shown.size === 0;
    },
  };
}
