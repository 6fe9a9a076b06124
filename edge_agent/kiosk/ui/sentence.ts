// One utterance as it was understood: pressed, it becomes a field. Both wordings stay on the screen.
import { button, h, icon, say } from "./dom";
import type { Context } from "./screen";
import type { Understood } from "./state";

const SENT_AFTER_MS = 400;
const MOST_CHARACTERS = 2_000;

export interface Sentence {
  root: HTMLElement;
  /** Everything that is written so far goes to the agent now. */
  send(): void;
}

export function sentence({ words, press }: Context, turn: string, { utterance_id: id, text, written }: Understood): Sentence {
  const label = h("label", { class: "unseen", for: `sentence-${id}` }, words.confirming.field);
  const field = h("textarea", {
    id: `sentence-${id}`,
    class: "typed",
    rows: "2",
    maxlength: String(MOST_CHARACTERS),
    spellcheck: "false",
    autocomplete: "off",
  });
  const own = h("span", { class: "own" });
  const heard = h("span", { class: "heard" });
  const open = h(
    "button",
    { type: "button", class: "sentence", click: () => edit() },
    h("span", { class: "words" }, own, heard),
    icon("pencil"),
    h("span", { class: "unseen" }, words.confirming.correct),
  );
  const done = button("quiet", "check", words.confirming.done, () => close());
  const undo = button("quiet", "undo-2", words.confirming.undo, () => {
    field.value = text;
    close();
  });
  const editing = h("div", { class: "editing", hidden: true }, label, field, h("div", { class: "row" }, done, undo));
  let sent = written || text;
  let timer = 0;

  const send = (): void => {
    window.clearTimeout(timer);
    timer = 0;
    if (field.value !== sent) {
      sent = field.value;
      press({ type: "correct", turn_id: turn, utterance_id: id, text: sent });
    }
  };
  const draw = (): void => {
    const changed = field.value.trim() !== "" && field.value.trim() !== text.trim();
    say(own, changed ? field.value : text);
    say(heard, changed ? words.confirming.heard(text) : "");
    open.classList.toggle("changed", changed);
  };
  const edit = (): void => {
    open.hidden = true;
    editing.hidden = false;
    field.focus();
    field.setSelectionRange(field.value.length, field.value.length);
  };
  const close = (): void => {
    send();
    draw();
    editing.hidden = true;
    open.hidden = false;
    open.focus();
  };
  field.value = sent;
  field.addEventListener("input", () => {
    timer ||= window.setTimeout(send, SENT_AFTER_MS);
  });
  field.addEventListener("keydown", (event) => {
    // A composed syllable of Korean ends with Enter too.
    if ((event.key === "Enter" && !event.isComposing) || event.key === "Escape") {
      event.preventDefault();
      close();
    }
  });
  draw();
  return { root: h("li", {}, open, editing), send };
}
