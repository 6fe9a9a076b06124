// An answer in writing: a large field whose text the agent gets while it is written, so that nothing is
// lost when the time is over or this page is loaded again.
import { h, say } from "./dom";
import type { Context } from "./screen";
import type { State } from "./state";

const SENT_AFTER_MS = 400;
const MOST_CHARACTERS = 4_000;

export function writing({ words, press }: Context) {
  const field = h("textarea", {
    id: "typed",
    class: "typed",
    maxlength: String(MOST_CHARACTERS),
    spellcheck: "false",
    autocomplete: "off",
    "aria-describedby": "typed-help",
  });
  const left = h("span");
  let filled = false;
  let sent = "";
  let timer = 0;

  const send = (): void => {
    window.clearTimeout(timer);
    timer = 0;
    if (field.value !== sent) {
      sent = field.value;
      press({ type: "typed", text: sent });
    }
  };
  field.addEventListener("input", () => {
    timer ||= window.setTimeout(send, SENT_AFTER_MS);
  });

  return {
    root: h(
      "section",
      { class: "writing" },
      h("label", { for: "typed" }, words.writing.label),
      field,
      h("p", { class: "hint", id: "typed-help" }, words.writing.help, " ", left),
    ),
    field,
    /** Everything that is written so far goes to the agent now. */
    send,
    update(state: State): void {
      if (!filled && state.phase === "answering") {
        filled = true;
        field.value = sent = state.typed;
      }
      say(left, words.writing.left(MOST_CHARACTERS - field.value.length));
    },
  };
}
