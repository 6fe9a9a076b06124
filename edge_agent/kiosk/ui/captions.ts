import { button, h, icon, say } from "./dom";
import type { Messages } from "./messages";
import type { State } from "./state";

type CaptionWords = Pick<Messages["question"], "captionsOffline" | "lastResort">;

/** The candidate's own words, as a calm block that can be hidden. Final sentences are announced
 * politely; guesses are shown only. */
export function captions(words: Messages, { captionsOffline: offline, lastResort }: CaptionWords = words.question) {
  const finals = h("span", { "aria-live": "polite" });
  const stable = h("span");
  const tail = h("span", { class: "tail" });
  const empty = h("span", { class: "empty" }, words.question.captionsEmpty);
  const text = h("p", { class: "words" }, empty, finals, " ", stable, " ", tail);
  const engine = h("span", { class: "engine" });
  const warning = h("span", { class: "warning" }, icon("triangle-alert"), lastResort);
  const hiddenNote = h("p", { class: "words" }, h("span", { class: "empty" }, words.question.captionsHidden));
  const toggle = button("quiet", "captions-off", words.question.captionsHide, () => show(!shown));
  let shown = true;

  function show(value: boolean): void {
    shown = value;
    text.hidden = !shown;
    hiddenNote.hidden = shown;
    toggle.replaceChildren(
      icon(shown ? "captions-off" : "captions"),
      shown ? words.question.captionsHide : words.question.captionsShow,
    );
  }
  show(true);

  return {
    root: h(
      "section",
      { class: "captions", "aria-label": words.question.captions },
      h("div", { class: "window" }, text, hiddenNote),
      h("div", { class: "about" }, engine, warning, h("span", { class: "spring" }), toggle),
    ),
    update(state: State): void {
      say(empty, state.link === "offline" ? offline : words.question.captionsEmpty);
      say(finals, state.said.join(" "));
      say(stable, state.caption?.stable ?? "");
      say(tail, state.caption?.tail ?? "");
      empty.hidden = state.said.length > 0 || Boolean(state.caption?.stable || state.caption?.tail);
      const name = state.caption?.engine ?? "";
      if (name !== "") {
        say(engine, words.question.engine(name));
        warning.hidden = !name.includes("last resort");
      } else if (engine.textContent === "") {
        warning.hidden = true;
      }
    },
  };
}
