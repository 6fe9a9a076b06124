import { button, h, icon, say } from "../dom";
import type { Messages } from "../messages";
import type { Mount } from "../screen";

type Topic = { title: string; text: string; refused: string };

/** The notice in plain words, and separate choices; nothing is chosen beforehand. The third is asked for
 * only where the interview's policy allows what it is about. */
export const consent: Mount = ({ words, press }, state) => {
  const hint = h("p", { class: "hint", role: "status" });
  const recording = choice("recording", words.consent.recording, words, () => say(hint, ""));
  const scoring = choice("ai_scoring", words.consent.scoring, words, () => say(hint, ""));
  const asks = state.emotion_notice_version !== "";
  const emotion = asks ? choice("emotion", words.consent.emotion, words, () => say(hint, "")) : null;
  const all = [recording, scoring, ...(emotion === null ? [] : [emotion])];
  const go = button("primary", "arrow-right", words.consent.go, () => {
    const [kept, marked] = [recording.value(), scoring.value()];
    const open = all.find((one) => one.value() === null);
    if (open !== undefined || kept === null || marked === null) {
      say(hint, asks ? words.consent.missingOne : words.consent.missing);
      open?.focus();
      return;
    }
    press({ type: "consent", recording: kept, ai_scoring: marked, emotion: emotion?.value() ?? null });
  });
  return {
    root: h(
      "section",
      { class: "screen notice" },
      h("h1", { class: "title" }, words.consent.title),
      h("ul", { class: "plain-points" }, ...words.consent.points.map((text) => h("li", {}, text))),
      h("div", { class: "choices" }, ...all.map((one) => one.root)),
      h(
        "div",
        { class: "go" },
        go,
        hint,
        h("p", { class: "version" }, words.consent.version([state.notice_version, state.emotion_notice_version].filter(Boolean).join(", "))),
      ),
    ),
    update() {},
  };
};

function choice(name: string, topic: Topic, words: Messages, onChange: () => void) {
  const radio = (value: string, label: string): HTMLElement => {
    const input = h("input", { type: "radio", name, value, change: onChange });
    return h("label", { class: "option" }, input, h("span", { class: "mark" }, icon("check")), label);
  };
  const described = `${name}-refused`;
  const root = h(
    "fieldset",
    { class: "choice", "aria-describedby": described },
    h("legend", {}, topic.title),
    h("p", { class: "ask" }, topic.text),
    h("div", { class: "options" }, radio("yes", words.consent.yes), radio("no", words.consent.no)),
    h("p", { class: "refused", id: described }, topic.refused),
  );
  return {
    root,
    value(): boolean | null {
      const chosen = root.querySelector<HTMLInputElement>("input:checked");
      return chosen === null ? null : chosen.value === "yes";
    },
    focus(): void {
      root.querySelector<HTMLInputElement>("input")?.focus();
    },
  };
}
